"""Use cases of sessions, facts, drafting, signing, performance and failure: one module for each."""
