"""The day board: rooms and tribunals across, hours down; what is free can be clicked, what is taken says for what."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from mediation.kernel import clock
from mediation.scheduling import rules
from mediation.scheduling.models import Booking, Resource
from mediation.scheduling.rules import Halves, Span

QUARTER = timedelta(minutes=15)


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


@dataclass(frozen=True)
class Grid:
    """The rows of a day's board: quarters of an hour, one row for the whole noon break."""

    day: date
    halves: Halves = rules.OPENING

    @property
    def noon(self) -> int:
        """The row of the noon break."""
        return self._minutes(0, 1) // 15 - self._minutes(0, 0) // 15

    @property
    def rows(self) -> int:
        """How many rows there are."""
        return self.noon + 1 + (self._minutes(1, 1) - self._minutes(1, 0)) // 15

    def _minutes(self, half: int, end: int) -> int:
        at = self.halves[half][end]
        return at.hour * 60 + at.minute

    @property
    def hours(self) -> list[Hour]:
        """The half hours of the court's day with their rows."""
        return [Hour(start, self.row_of(start)) for start in rules.raster_of(self.day, self.halves)]

    def row_of(self, moment: datetime) -> int:
        """The row of a moment; what lies outside the hours is drawn at their edge."""
        local = clock.local(moment)
        minutes = local.hour * 60 + local.minute
        if minutes < self._minutes(0, 1):
            return max(minutes - self._minutes(0, 0), 0) // 15
        again = self._minutes(1, 0)
        if minutes < again:
            return self.noon
        return self.noon + 1 + (min(minutes, self._minutes(1, 1)) - again) // 15

    def lies(self, span: Span) -> tuple[int, int]:
        """The first row and how many, of that part of a booking that lies on this day."""
        starts = max(span.starts_at, clock.at(self.day))
        ends = min(span.ends_at, clock.at(self.day + timedelta(days=1)) - timedelta(minutes=1))
        first, last = self.row_of(starts), self.row_of(ends)
        if clock.local(ends).minute % 15 and last != self.noon:
            last += 1
        return min(first, self.rows - 1), max(last - first, 1)


def columns(
    grid: Grid,
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
                *grid.lies(Span(booking.starts_at, booking.ends_at)),
                titles.get(booking.dispute_id or 0, ""),
                booking.id in openable,
            )
            for booking in own
        ]
        found.append(Column(resource, bars, _gaps(grid, resource, own, now) if working_day else []))
    return found


def _gaps(grid: Grid, resource: Resource, bookings: Sequence[Booking], now: datetime) -> list[Gap]:
    """Half hours still to come that overlap no booking, airing of the room included on both sides."""
    taken = [Span(b.starts_at, b.ends_at).with_turnaround(resource.turnaround_minutes) for b in bookings]
    gaps = []
    for start in rules.raster_of(grid.day, grid.halves):
        half = Span(start, start + rules.RASTER).with_turnaround(resource.turnaround_minutes)
        shown = Span(start, start + rules.RASTER)
        if start > now and not any(half.overlaps(t) or shown.overlaps(t) for t in taken):
            gaps.append(Gap(start, grid.row_of(start)))
    return gaps
