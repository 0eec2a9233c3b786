"""The fine for evidence that comes late by intent or gross negligence: proposed, approved, served, reconsidered (CPL arts 68, 118, 119)."""
