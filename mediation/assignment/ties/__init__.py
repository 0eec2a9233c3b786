"""The ledger of ties of the mediators, and what follows when one of them meets a dispute (S4 arts 15, 16; S5 art. 13)."""
