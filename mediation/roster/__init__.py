"""Mediation organisations and mediators of the court's lists."""
