"""The outbox of notices and the proof of service."""
