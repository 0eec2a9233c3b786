"""The board of a day or a week: rooms across, hours down; what is free can be clicked, what is taken says for what."""

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
    may_move: bool = False

    @property
    def starts(self) -> int:
        """Minutes since midnight at the court."""
        local = clock.local(self.booking.starts_at)
        return local.hour * 60 + local.minute

    @property
    def minutes(self) -> int:
        """How long it lasts."""
        return int((self.booking.ends_at - self.booking.starts_at).total_seconds()) // 60


@dataclass(frozen=True)
class Gap:
    """A time that can be had: half an hour of a day's board, or all of it until the next meeting."""

    starts_at: datetime
    ends_at: datetime
    row: int
    rows: int = 2


@dataclass(frozen=True)
class Column:
    """One room on one day."""

    resource: Resource
    bars: Sequence[Bar]
    gaps: Sequence[Gap]
    in_use: bool = True


@dataclass(frozen=True)
class Day:
    """One day of the board, all rooms across."""

    grid: "Grid"
    columns: Sequence[Column]
    resting: bool
    # What is special about it: a holiday, a Saturday on which work is made up.
    words: str = ""

    @property
    def day(self) -> date:
        """Which day."""
        return self.grid.day


@dataclass(frozen=True)
class Reader:
    """What somebody who looks at the board may know, open and move."""

    titles: Mapping[int, str]
    openable: Collection[int]
    movable: Collection[int]
    # Free times one by one, or in long stretches.
    stretches: bool = False


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
    def opens(self) -> int:
        """When the first row begins, in minutes since midnight."""
        return self._minutes(0, 0)

    @property
    def again(self) -> int:
        """When the row after the noon break begins."""
        return self._minutes(1, 0)

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
    reader: Reader,
    *,
    now: datetime,
    working_day: bool,
    unused: Collection[int] = (),
) -> list[Column]:
    """The board of a day."""
    day = Span(clock.at(grid.day), clock.at(grid.day + timedelta(days=1)))
    lying: dict[int | None, list[Booking]] = {}
    for booking in bookings:
        if booking.starts_at < day.ends_at and day.starts_at < booking.ends_at:
            lying.setdefault(booking.resource_id, []).append(booking)
    found = []
    for resource in resources:
        own = lying.get(resource.id, [])
        bars = [_bar(grid, booking, reader) for booking in own]
        in_use = resource.id not in unused
        gaps = _gaps(grid, resource, own, now) if working_day and in_use else []
        found.append(Column(resource, bars, _joined(gaps) if reader.stretches else gaps, in_use))
    return found


def _bar(grid: Grid, booking: Booking, reader: Reader) -> Bar:
    one_day = clock.local(booking.starts_at).date() == clock.local(booking.ends_at).date()
    return Bar(
        booking,
        *grid.lies(Span(booking.starts_at, booking.ends_at)),
        reader.titles.get(booking.dispute_id or 0, ""),
        booking.id in reader.openable,
        one_day and booking.id in reader.movable,
    )


def _gaps(grid: Grid, resource: Resource, bookings: Sequence[Booking], now: datetime) -> list[Gap]:
    """Half hours still to come that overlap no booking, airing of the room included on both sides."""
    taken = [Span(b.starts_at, b.ends_at).with_turnaround(resource.turnaround_minutes) for b in bookings]
    gaps = []
    for start in rules.raster_of(grid.day, grid.halves):
        half = Span(start, start + rules.RASTER).with_turnaround(resource.turnaround_minutes)
        shown = Span(start, start + rules.RASTER)
        if start > now and not any(half.overlaps(t) or shown.overlaps(t) for t in taken):
            gaps.append(Gap(start, shown.ends_at, grid.row_of(start)))
    return gaps


def _joined(gaps: Sequence[Gap]) -> list[Gap]:
    """Half hours that follow one another, as one time; the noon break parts them."""
    found: list[Gap] = []
    for gap in gaps:
        last = found[-1] if found else None
        if last is not None and last.ends_at == gap.starts_at:
            found[-1] = Gap(last.starts_at, gap.ends_at, last.row, last.rows + gap.rows)
        else:
            found.append(gap)
    return found
