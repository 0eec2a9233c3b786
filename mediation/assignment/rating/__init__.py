"""What parties say of a mediation that is over, and what the registry does with a bad word (DOMAIN 8.6)."""
