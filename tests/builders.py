"""Builders of legal states: each calls the services a person would use. Every stage adds its own here."""
