"""Supervision orders (督办): whoever leads the centre presses for a dispute, and sees what was answered (DOMAIN 8.1)."""
