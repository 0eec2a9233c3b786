"""The day board: rooms and tribunals across, hours down; what is free can be clicked, what is taken says for what."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from mediation.kernel import clock
from mediation.scheduling import rules
from mediation.scheduling.models import Booking, Resource
from mediation.scheduling.rules import Span

QUARTER = timedelta(minutes=15)
NOON = 12  # the row of the noon break, after twelve quarters of the morning


@dataclass(frozen=True)
class Bar:
    """A booking as it lies on the board."""

    booking: Booking
    row: int
    rows: int
    title: str = ""
    may_open: bool = False


@dataclass(frozen=True)
class Gap:
    """Half an hour that can be had."""

    starts_at: datetime
    row: int


@dataclass(frozen=True)
class Column:
    """One room on one day."""

    resource: Resource
    bars: Sequence[Bar]
    gaps: Sequence[Gap]


@dataclass(frozen=True)
class Hour:
    """A line of the board's own scale."""

    at: datetime
    row: int


def hours(day: date) -> list[Hour]:
    """The half hours of the court's day with their rows."""
    return [Hour(start, row_of(start)) for start in rules.raster_of(day)]


def row_of(moment: datetime) -> int:
    """The row of a moment: quarters of an hour from the opening, one row for the whole noon break."""
    local = clock.local(moment)
    morning, afternoon = rules.OPENING
    minutes = local.hour * 60 + local.minute
    opens, noon = _minutes(morning[0]), _minutes(morning[1])
    again, closes = _minutes(afternoon[0]), _minutes(afternoon[1])
    if minutes < noon:
        return max(minutes - opens, 0) // 15
    if minutes < again:
        return NOON
    return NOON + 1 + (min(minutes, closes) - again) // 15


def _minutes(clocktime: object) -> int:
    return int(clocktime.hour) * 60 + int(clocktime.minute)  # type: ignore[attr-defined]


def _rows(span: Span, day: date) -> tuple[int, int]:
    """The first row and how many, of that part of a booking that lies on this day."""
    starts = max(span.starts_at, clock.at(day))
    ends = min(span.ends_at, clock.at(day) + timedelta(days=1) - timedelta(minutes=1))
    first = row_of(starts)
    local = clock.local(ends)
    last = row_of(ends) + (1 if local.minute % 15 and row_of(ends) != NOON else 0)
    return first, max(last - first, 1)


def columns(
    day: date,
    resources: Sequence[Resource],
    bookings: Sequence[Booking],
    *,
    now: datetime,
    working_day: bool,
    titles: Mapping[int, str],
    openable: Collection[int],
) -> list[Column]:
    """The board of a day. `titles` holds the names of those disputes that the reader may know."""
    found = []
    for resource in resources:
        own = [b for b in bookings if b.resource_id == resource.id]
        bars = [
            Bar(
                booking,
                *_rows(Span(booking.starts_at, booking.ends_at), day),
                titles.get(booking.dispute_id or 0, ""),
                booking.id in openable,
            )
            for booking in own
        ]
        found.append(Column(resource, bars, _gaps(day, resource, own, now) if working_day else []))
    return found


def _gaps(day: date, resource: Resource, bookings: Sequence[Booking], now: datetime) -> list[Gap]:
    """Half hours still to come that overlap no booking, airing of the room included on both sides."""
    taken = [Span(b.starts_at, b.ends_at).with_turnaround(resource.turnaround_minutes) for b in bookings]
    gaps = []
    for start in rules.raster_of(day):
        half = Span(start, start + rules.RASTER).with_turnaround(resource.turnaround_minutes)
        shown = Span(start, start + rules.RASTER)
        if start > now and not any(half.overlaps(t) or shown.overlaps(t) for t in taken):
            gaps.append(Gap(start, row_of(start)))
    return gaps
