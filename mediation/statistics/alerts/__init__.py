"""Bounds the president sets on figures, and when a figure crossed one."""
