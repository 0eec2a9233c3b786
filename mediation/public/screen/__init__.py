"""The screen in the hall: what disputes are about and where they come from, in counts alone (DOMAIN 8.4)."""
