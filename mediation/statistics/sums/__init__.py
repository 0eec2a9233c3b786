"""Figures over all courts: one additive table of sums by court and month, kept in the very transaction of each act."""
