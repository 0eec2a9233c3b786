"""The web toolkit: sign-in to actor, forms, errors, lists. Knows no capability."""
