"""Duty shifts of resident mediators and rooms out of service every week: which days a weekly pattern falls on."""

import enum
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from dateutil.rrule import WEEKLY, rrule

# A pattern is planned for a year at most: a mistake in its last day then does little harm.
LONGEST_PATTERN = timedelta(days=366)
MOST_WEEKS = 8


@dataclass(frozen=True)
class Weekly:
    """These weekdays (0 is Monday) of every n-th week, from the first day to the last, both included."""

    weekdays: Collection[int]
    first: date
    last: date
    every: int = 1

    def days(self) -> Iterator[date]:
        """The days on which it falls; weeks are counted from that of the first day, Monday to Sunday."""
        if not self.weekdays:
            return iter(())
        monday = self.first - timedelta(days=self.first.weekday())
        found = rrule(
            WEEKLY,
            dtstart=datetime.combine(monday, time()),
            until=datetime.combine(self.last, time()),
            interval=self.every,
            byweekday=sorted(self.weekdays),
        )
        return (day for day in (moment.date() for moment in found) if day >= self.first)

    def falls_on(self, day: date) -> bool:
        """Whether a day is one of them."""
        if not self.first <= day <= self.last or day.weekday() not in self.weekdays:
            return False
        mondays = (day - timedelta(days=day.weekday())) - (self.first - timedelta(days=self.first.weekday()))
        return mondays.days // 7 % self.every == 0


@dataclass(frozen=True)
class Changes:
    """Single days on which it is otherwise: left out, or made up."""

    off: frozenset[date] = frozenset()
    extra: frozenset[date] = frozenset()


def on_duty(pattern: Weekly, changes: Changes, day: date, *, working_day: bool) -> bool:
    """Whether the shift is kept on a day: never while the court rests, and on a made-up day only if it was entered.

    A Saturday on which the court makes up work follows no weekday by itself; whose duty it is has to be said.
    """
    if not working_day or day in changes.off:
        return False
    return day in changes.extra or pattern.falls_on(day)


class DutyObstacle(enum.StrEnum):
    """Why duty, or a weekly blocking, cannot be planned so."""

    NOT_RESIDENT = "not_resident"
    ORDER = "order"
    NO_DAY = "no_day"
    TOO_LONG = "too_long"
    PAST = "past"
    NO_WORKING_DAY = "no_working_day"
    ALREADY_SO = "already_so"
    LATER_END = "later_end"


def duty_obstacle(pattern: Weekly, starts: time, ends: time, today: date) -> DutyObstacle | None:
    """A pattern begins today or later, names a day, ends within a year, and its hours lie in one day."""
    if ends <= starts:
        return DutyObstacle.ORDER
    if pattern.first < today or pattern.last < pattern.first:
        return DutyObstacle.PAST
    if pattern.last - pattern.first > LONGEST_PATTERN:
        return DutyObstacle.TOO_LONG
    return None if next(pattern.days(), None) else DutyObstacle.NO_DAY
