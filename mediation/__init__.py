"""Litigation-mediation docking of a district court. Kept empty: rules must load without the web."""
