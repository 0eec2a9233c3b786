"""Receiving, screening, guiding, asking consent, choosing the route; refusal leads to filing."""
