"""The court's hours as dated data, half-open times, and what speaks against a meeting at a time (R3-24)."""

import enum
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal
from itertools import pairwise

from mediation.kernel import clock
from mediation.scheduling.rules.kinds import Obstacle

# The law sets no hours: this court's own (DOMAIN 3.10), all days through the calendar of the periods.
Halves = tuple[tuple[time, time], tuple[time, time]]
OPENING: Halves = ((time(9, 0), time(12, 0)), (time(13, 30), time(17, 0)))
# A court's day lies inside these; longer ones would be a slip of the pen.
EARLIEST, LATEST = time(6, 0), time(22, 0)
DEFAULT_LENGTH, LONGEST = timedelta(minutes=90), timedelta(minutes=180)
RASTER = timedelta(minutes=30)
LENGTHS = (30, 60, 90, 120, 150, 180)
HORIZON_DAYS = 45


@dataclass(frozen=True, order=True)
class Settled:
    """The court's hours from a day on, until the next settled ones."""

    since: date
    halves: Halves


def halves_on(settled: Collection[Settled], day: date) -> Halves:
    """The hours that hold on a day: the last settled for it, or the usual ones."""
    return max((s for s in settled if s.since <= day), key=lambda s: s.since, default=Settled(day, OPENING)).halves


class HoursObstacle(enum.StrEnum):
    """Why hours cannot be settled so."""

    ORDER = "order"
    QUARTERS = "quarters"
    BACKDATED = "backdated"


def hours_obstacle(halves: Halves, since: date, today: date) -> HoursObstacle | None:
    """Both halves one after the other, on quarters of an hour, and never for a day that has begun."""
    told = [moment for half in halves for moment in half]
    if any(a >= b for a, b in pairwise(told)) or told[0] < EARLIEST or told[-1] > LATEST:
        return HoursObstacle.ORDER
    if any(moment.minute % 15 or moment.second for moment in told):
        return HoursObstacle.QUARTERS
    return HoursObstacle.BACKDATED if since <= today else None


@dataclass(frozen=True, order=True)
class Span:
    """A half-open time: its end is the next one's beginning."""

    starts_at: datetime
    ends_at: datetime

    def overlaps(self, other: "Span") -> bool:
        """Two half-open times overlap when each begins before the other ends."""
        return self.starts_at < other.ends_at and other.starts_at < self.ends_at

    def with_turnaround(self, minutes: int) -> "Span":
        """The time a room is really taken: airing and tidying included."""
        return Span(self.starts_at, self.ends_at + timedelta(minutes=minutes))


def obstacles(
    span: Span,
    *,
    now: datetime,
    working_day: bool,
    short_notice_agreed: bool = False,
    blocking: bool = False,
    halves: Halves = OPENING,
) -> list[Obstacle]:
    """What speaks against a meeting at this time, the hardest first. Blocking a room keeps only to the clock."""
    if span.ends_at <= span.starts_at:
        return [Obstacle.NOT_AFTER_START]
    if span.starts_at <= now:
        return [Obstacle.PAST]
    if blocking:
        return []
    found = []
    if span.ends_at - span.starts_at > LONGEST:
        found.append(Obstacle.TOO_LONG)
    if not working_day:
        found.append(Obstacle.REST_DAY)
    elif not within(span, halves):
        found.append(Obstacle.OUTSIDE_HOURS)
    # R3-24: at least one day ahead, unless all agree.
    if not short_notice_agreed and clock.local(span.starts_at).date() <= clock.local(now).date():
        found.append(Obstacle.SHORT_NOTICE)
    return found


def within(span: Span, spells: Collection[tuple[time, time]]) -> bool:
    """Wholly inside one of these spells of one day."""
    starts, ends = clock.local(span.starts_at), clock.local(span.ends_at)
    return starts.date() == ends.date() and any(
        opens <= starts.time() and ends.time() <= closes for opens, closes in spells
    )


def starts_of(day: date, length: timedelta, halves: Halves = OPENING) -> Iterator[datetime]:
    """The beginnings, every half hour, from which a meeting of this length ends within the same half of the day."""
    for opens, closes in halves:
        start = clock.at(day, opens.hour, opens.minute)
        last = clock.at(day, closes.hour, closes.minute) - length
        while start <= last:
            yield start
            start += RASTER


def raster_of(day: date, halves: Halves = OPENING) -> Iterator[datetime]:
    """Every half hour of the court's day: the rows of the board."""
    yield from starts_of(day, RASTER, halves)


def minutes_of(halves: Halves) -> int:
    """How long the court is open on a day with these hours."""
    return sum((c.hour * 60 + c.minute) - (o.hour * 60 + o.minute) for o, c in halves)


def minutes_within(span: Span, days: Mapping[date, Halves]) -> int:
    """How many minutes of a time lie inside the court's hours on these days (I22)."""
    day, last, total = clock.local(span.starts_at).date(), clock.local(span.ends_at).date(), timedelta()
    while day <= last:
        for opens, closes in days.get(day, ()):
            begins = max(span.starts_at, clock.at(day, opens.hour, opens.minute))
            ends = min(span.ends_at, clock.at(day, closes.hour, closes.minute))
            total += max(ends - begins, timedelta())
        day += timedelta(days=1)
    return int(total.total_seconds()) // 60


def outside(day: date, spells: Collection[tuple[time, time]]) -> list[Span]:
    """The parts of a day outside these spells."""
    found, since = [], clock.at(day)
    for opens, closes in sorted(spells):
        begins = clock.at(day, opens.hour, opens.minute)
        if since < begins:
            found.append(Span(since, begins))
        since = max(since, clock.at(day, closes.hour, closes.minute))
    midnight = clock.at(day + timedelta(days=1))
    return [*found, Span(since, midnight)] if since < midnight else found


def percent(numerator: int, denominator: int) -> str:
    """A ratio with two decimals, rounded half up; nothing of nothing is no ratio (R7-01)."""
    if not denominator:
        return "—"
    return str((Decimal(numerator * 100) / denominator).quantize(Decimal("0.01"), ROUND_HALF_UP)) + "%"


# A hold keeps a time from others: long enough to ask the parties, never for weeks.
SHORTEST_HOLD, LONGEST_HOLD = timedelta(minutes=5), timedelta(days=7)
