"""Special panels of the court: who stands on them, for which causes, under which conditions (S4 art. 9; S5 art. 28)."""
