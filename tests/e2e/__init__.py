"""Whole journeys in a real browser, against the demonstration court served as `make run` serves it."""
