"""The trial limit: what is left out of it, and how the president lengthens it (R3-48)."""
