"""Objections to the ruling that confirms an agreement (S2 arts 127, 372)."""
