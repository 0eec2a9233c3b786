"""Allowances of the court for mediators (S4 art. 29)."""
