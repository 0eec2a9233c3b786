"""An appraisal before filing: who applies for it, about what, with whose consent (S17)."""
