"""I22: minutes booked over minutes to be had, from the bookings as they stand or as they were known."""

from datetime import timedelta
from typing import Any

import sqlalchemy as sa

from mediation.kernel import clock
from mediation.kernel.actor import system
from mediation.kernel.db import db
from mediation.scheduling import rules
from mediation.scheduling.models import Booking
from mediation.scheduling.rules import BookingStatus, Purpose
from mediation.scheduling.services import using
from mediation.scheduling.services.hours import days_of
from mediation.statistics.facts import Frame


def by_room(f: Frame) -> dict[int, tuple[int, int]]:
    """For each room: booked minutes, and minutes it could be had."""
    first, last = f.period.first, min(f.period.last, f.until)
    if last < first:
        return {}
    use = using.use_of_rooms(system(f.court_id), first, last)
    if f.facts.before is None:
        return {room.resource.id: (room.numerator, room.denominator) for room in use.rooms}
    working = dict(days_of(f.court_id).open(first, last))
    used = {room.resource.id: [0, room.opening_minutes] for room in use.rooms}
    for row in db.session.execute(_bookings(f, list(used))):
        minutes = rules.minutes_within(using.taken(row), working)
        if row.purpose is Purpose.BLOCKED:
            used[row.resource_id][1] -= minutes
        else:
            used[row.resource_id][0] += minutes
    return {room: (above, below) for room, (above, below) in used.items()}


def minutes(f: Frame) -> tuple[int, int]:
    """All rooms together."""
    first, last = f.period.first, min(f.period.last, f.until)
    if f.facts.before is None and first <= last:
        return using.minutes_used(f.court_id, first, last)
    rooms = by_room(f).values()
    return sum(above for above, _below in rooms), sum(below for _above, below in rooms)


def _bookings(f: Frame, rooms: list[int]) -> sa.Select[Any]:
    b = f.of(Booking)
    return sa.select(b.c.resource_id, b.c.purpose, b.c.status, b.c.starts_at, b.c.ends_at, b.c.changed_at).where(
        b.c.court_id == f.court_id,
        b.c.status.in_((BookingStatus.BOOKED, BookingStatus.RELEASED)),
        b.c.resource_id.in_(rooms),
        b.c.starts_at < clock.at(min(f.period.last, f.until) + timedelta(days=1)),
        b.c.ends_at > clock.at(f.period.first),
    )
