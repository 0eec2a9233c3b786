"""What the parties decide together about their mediator, and mediators who work together (S4 arts 12, 13; S5 arts 10-14)."""
