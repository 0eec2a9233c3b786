"""The dispute and its parties: numbers, timeline, search, duplicates."""
