"""Booking rooms and people: reading the diary, finding free times, and the one way to take them."""

from mediation.scheduling.services.booking import book, hold
from mediation.scheduling.services.changing import block_weekly, cancel, end_series, left_of_series, move
from mediation.scheduling.services.finding import free_for, free_near, free_times
from mediation.scheduling.services.naming import is_of_court, numbers
from mediation.scheduling.services.reading import between, blockings, get, of_dispute, of_person, on_day
from mediation.scheduling.services.rooms import add_resource, resource, resources

__all__ = [
    "add_resource",
    "between",
    "block_weekly",
    "blockings",
    "book",
    "cancel",
    "end_series",
    "free_for",
    "free_near",
    "free_times",
    "get",
    "hold",
    "is_of_court",
    "left_of_series",
    "move",
    "numbers",
    "of_dispute",
    "of_person",
    "on_day",
    "resource",
    "resources",
]
