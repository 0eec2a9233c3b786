"""How much the rooms are used (I22): booked minutes over minutes they could be had, on working days."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

import sqlalchemy as sa

from mediation.kernel import clock
from mediation.kernel.actor import Actor
from mediation.kernel.db import db
from mediation.scheduling import rules
from mediation.scheduling.models import Booking, Resource
from mediation.scheduling.rules import BookingStatus, Purpose, Span
from mediation.scheduling.services.hours import days_of
from mediation.scheduling.services.reading import resources

# The longest period the use of the rooms is shown for.
LONGEST_PERIOD = timedelta(days=366)


@dataclass(frozen=True)
class Counted:
    """A booking with the minutes that count of it."""

    booking: Booking
    minutes: int


@dataclass
class RoomUse:
    """One room's figure, with everything it was made of."""

    resource: Resource
    opening_minutes: int
    booked: list[Counted] = field(default_factory=list)
    blocked: list[Counted] = field(default_factory=list)

    @property
    def numerator(self) -> int:
        """Booked minutes inside the court's hours."""
        return sum(c.minutes for c in self.booked)

    @property
    def denominator(self) -> int:
        """Minutes the room could be had: the court's hours without those it was out of service."""
        return self.opening_minutes - sum(c.minutes for c in self.blocked)


@dataclass(frozen=True)
class Use:
    """The figures of a period, and its working days."""

    rooms: Sequence[RoomUse]
    days: Sequence[date]

    @property
    def numerator(self) -> int:
        """All rooms together."""
        return sum(r.numerator for r in self.rooms)

    @property
    def denominator(self) -> int:
        """All rooms together."""
        return sum(r.denominator for r in self.rooms)


def use_of_rooms(actor: Actor, first: date, last: date) -> Use:
    """The use of every room from the first to the last day, both included."""
    working = dict(days_of(actor.court_id).open(first, last))
    opening = sum(rules.minutes_of(halves) for halves in working.values())
    found = {r.id: RoomUse(r, opening) for r in resources(actor)}
    for booking in _bookings(actor, first, last):
        use = found.get(booking.resource_id or 0)
        minutes = rules.minutes_within(taken(booking), working)
        if use is not None and minutes:
            (use.blocked if booking.purpose is Purpose.BLOCKED else use.booked).append(Counted(booking, minutes))
    return Use(list(found.values()), list(working))


def minutes_used(court_id: int, first: date, last: date) -> tuple[int, int]:
    """All rooms together: booked minutes, and minutes to be had. Read in columns, for a figure among others."""
    working = dict(days_of(court_id).open(first, last))
    places = db.session.scalars(sa.select(Resource.id).where(Resource.court_id == court_id, Resource.in_use)).all()
    had = sum(rules.minutes_of(halves) for halves in working.values()) * len(places)
    booked = 0
    wanted = (Booking.purpose, Booking.status, Booking.starts_at, Booking.ends_at, Booking.changed_at)
    rows = sa.select(*wanted).where(*_within(court_id, first, last), Booking.resource_id.in_(places))
    for row in db.session.execute(rows):
        minutes = rules.minutes_within(taken(row), working)
        if row.purpose is Purpose.BLOCKED:
            had -= minutes
        else:
            booked += minutes
    return booked, had


def _within(court_id: int, first: date, last: date) -> tuple[sa.ColumnElement[bool], ...]:
    return (
        Booking.court_id == court_id,
        Booking.status.in_((BookingStatus.BOOKED, BookingStatus.RELEASED)),
        Booking.starts_at < clock.at(last + timedelta(days=1)),
        Booking.ends_at > clock.at(first),
    )


def _bookings(actor: Actor, first: date, last: date) -> Sequence[Booking]:
    rows = sa.select(Booking).where(*_within(actor.court_id, first, last))
    return db.session.scalars(rows.order_by(Booking.starts_at, Booking.id)).all()


def taken(booking: Any) -> Span:
    """The time a booking really took: a room released early was free again from then on."""
    ends: datetime = booking.ends_at
    if booking.status is BookingStatus.RELEASED:
        ends = max(min(ends, booking.changed_at), booking.starts_at)
    return Span(booking.starts_at, ends)
