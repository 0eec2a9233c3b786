"""Signing on a screen: a signer's turn on the house's tablet or at a personal link, and what proves it (S5 art. 19; S36 arts 13, 14)."""
