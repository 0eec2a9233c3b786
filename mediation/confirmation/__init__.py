"""Judicial confirmation: application, acceptance, questioning, ruling, service."""
