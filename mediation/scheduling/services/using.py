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
from mediation.scheduling.models import Booking, CourtHours, Resource, ResourceUse
from mediation.scheduling.rules import BookingStatus, Halves, Purpose, Span, Uses
from mediation.scheduling.services.hours import days_of
from mediation.scheduling.services.room_uses import uses_of
from mediation.scheduling.services.rooms import resources

# From which records it is counted, beside the nation's holidays.
TABLES = frozenset(model.__tablename__ for model in (Booking, CourtHours, Resource, ResourceUse))
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
    # The working days on which the room was in use.
    working_days: int
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
    working, uses = dict(days_of(actor.court_id).open(first, last)), uses_of(actor.court_id)
    used = {r.id: _used(working, uses.get(r.id, ())) for r in resources(actor, in_use=False)}
    rooms = [r for r in resources(actor, in_use=False) if used[r.id] or rules.in_use_on(uses.get(r.id, ()), last)]
    found = {r.id: RoomUse(r, _minutes(used[r.id]), len(used[r.id])) for r in rooms}
    for booking in _bookings(actor, first, last):
        use = found.get(booking.resource_id or 0)
        minutes = rules.minutes_within(taken(booking), used[use.resource.id]) if use is not None else 0
        if use is not None and minutes:
            (use.blocked if booking.purpose is Purpose.BLOCKED else use.booked).append(Counted(booking, minutes))
    return Use(list(found.values()), list(working))


def minutes_used(court_id: int, first: date, last: date) -> tuple[int, int]:
    """All rooms together: booked minutes, and minutes to be had. Read in columns, for a figure among others."""
    working = dict(days_of(court_id).open(first, last))
    used = {room_id: _used(working, uses) for room_id, uses in _rooms(court_id).items()}
    always = _minutes(working)
    had = sum(always if days is working else _minutes(days) for days in used.values())
    booked = 0
    wanted = (
        Booking.resource_id, Booking.purpose, Booking.status, Booking.starts_at, Booking.ends_at, Booking.changed_at,
    )  # fmt: skip
    rows = sa.select(*wanted).where(*_within(court_id, first, last), Booking.resource_id.in_(used))
    for row in db.session.execute(rows):
        minutes = rules.minutes_within(taken(row), used[row.resource_id])
        if row.purpose is Purpose.BLOCKED:
            had -= minutes
        else:
            booked += minutes
    return booked, had


def _rooms(court_id: int) -> dict[int, list[tuple[date, bool]]]:
    """Every room with what was settled of its use, in one question."""
    rows = (
        sa.select(Resource.id, ResourceUse.since, ResourceUse.in_use)
        .outerjoin(ResourceUse, ResourceUse.resource_id == Resource.id)
        .where(Resource.court_id == court_id)
        .order_by(Resource.id, ResourceUse.since)
    )
    found: dict[int, list[tuple[date, bool]]] = {}
    for room_id, since, in_use in db.session.execute(rows):
        found.setdefault(room_id, [])
        if since is not None:
            found[room_id].append((since, in_use))
    return found


def _used(working: dict[date, Halves], uses: Uses) -> dict[date, Halves]:
    """The working days on which the room was used."""
    return {day: halves for day, halves in working.items() if rules.in_use_on(uses, day)} if uses else working


def _minutes(days: dict[date, Halves]) -> int:
    return sum(rules.minutes_of(halves) for halves in days.values())


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
