"""Indicators with their definition, their counts and their cases; read-only over everyone's models."""
