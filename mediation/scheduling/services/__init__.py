"""Booking rooms and people: reading the diary, finding free times, and the one way to take them."""

from mediation.scheduling.services.booking import add_resource, book, cancel, move
from mediation.scheduling.services.finding import free_for, free_times
from mediation.scheduling.services.naming import numbers
from mediation.scheduling.services.reading import get, of_dispute, of_person, on_day, resource, resources

__all__ = [
    "add_resource",
    "book",
    "cancel",
    "free_for",
    "free_times",
    "get",
    "move",
    "numbers",
    "of_dispute",
    "of_person",
    "on_day",
    "resource",
    "resources",
]
