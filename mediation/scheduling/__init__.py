"""Rooms, tribunals and people: bookings that cannot collide."""
