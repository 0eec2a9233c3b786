"""The trail on the screen: who did what, when; whether the chain is whole."""
