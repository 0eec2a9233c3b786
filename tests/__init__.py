"""Tests: rules without a database, use cases and pages on real databases, journeys in a real browser."""
