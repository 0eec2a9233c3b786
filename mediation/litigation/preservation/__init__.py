"""Preservation before suit and in suit: its ruling, its measure, and the days that run from it (CPL arts 103-108)."""
