"""Enforcement: the packet with which a creditor asks the court to enforce what was confirmed (CPL arts 206, 247, 250)."""
