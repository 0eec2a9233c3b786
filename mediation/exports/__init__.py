"""The whole court taken along: every dispute with its facts, for the court's own research and its archive."""
