"""Commands: installation, demonstration, verification."""
