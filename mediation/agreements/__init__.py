"""Sessions, minutes, undisputed facts, clauses, signing, performance."""
