"""Rest days and working days, as the State Council's yearly notices set them.

The notices name only the exceptions: holidays, and Saturdays or Sundays on which work is made up. A year whose
notice is not out yet is answered from the statutory holidays (S31 art. 2), and every such answer is provisional.
"""

import csv
import enum
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache, cached_property
from pathlib import Path
from types import MappingProxyType

DATA = Path(__file__).parent / "data"
ONE_DAY = timedelta(days=1)
SATURDAY = 5


class Kind(enum.StrEnum):
    WORKDAY = "workday"
    WEEKEND = "weekend"
    HOLIDAY = "holiday"
    MAKEUP_WORKDAY = "makeup_workday"


class Holiday(enum.StrEnum):
    NEW_YEAR = "new_year"
    SPRING_FESTIVAL = "spring_festival"
    QINGMING = "qingming"
    LABOUR_DAY = "labour_day"
    DRAGON_BOAT = "dragon_boat"
    MID_AUTUMN = "mid_autumn"
    NATIONAL_DAY = "national_day"
    VICTORY_DAY = "victory_day"


# S31 art. 2: the holidays on fixed dates; those of the lunar calendar are in data/lunar.csv.
FIXED = {
    (1, 1): Holiday.NEW_YEAR,
    (5, 1): Holiday.LABOUR_DAY,
    (5, 2): Holiday.LABOUR_DAY,
    (10, 1): Holiday.NATIONAL_DAY,
    (10, 2): Holiday.NATIONAL_DAY,
    (10, 3): Holiday.NATIONAL_DAY,
}


class OutOfRange(ValueError):
    """A day for which the court has neither a notice nor the dates of the lunar holidays."""

    def __init__(self, day: date, first: date, last: date) -> None:
        super().__init__(f"{day.isoformat()} is outside the holiday table ({first.isoformat()} to {last.isoformat()})")
        self.day = day
        self.first = first
        self.last = last


@dataclass(frozen=True, order=True)
class Entry:
    """One day that a yearly notice names."""

    day: date
    kind: Kind
    name: Holiday
    notice_year: int
    published_on: date | None = None


@dataclass(frozen=True)
class DayFact:
    """What a day is, and whether that still waits for the year's notice."""

    day: date
    kind: Kind
    name: Holiday | None
    provisional: bool


@cache
def shipped() -> tuple[Entry, ...]:
    """The notices for 2004 to 2026, as shipped with the product."""
    with (DATA / "notices.csv").open(encoding="utf-8", newline="") as file:
        return tuple(
            Entry(
                day=date.fromisoformat(row["day"]),
                kind=Kind(row["kind"]),
                name=Holiday(row["name"]),
                notice_year=int(row["notice_year"]),
                published_on=date.fromisoformat(row["published_on"]) if row["published_on"] else None,
            )
            for row in csv.DictReader(file)
        )


@cache
def lunar() -> Mapping[date, Holiday]:
    """Spring Festival eve to day 3, Qingming, Dragon Boat and Mid-Autumn of the years to come."""
    with (DATA / "lunar.csv").open(encoding="utf-8", newline="") as file:
        return MappingProxyType({date.fromisoformat(r["day"]): Holiday(r["name"]) for r in csv.DictReader(file)})


class Calendar:
    """The court's calendar: the notices known so far, and the fallback for the years after them."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self.entries = {entry.day: entry for entry in entries}
        self.noticed = frozenset(entry.notice_year for entry in self.entries.values())
        self._facts: dict[date, DayFact] = {}

    @cached_property
    def first(self) -> date:
        return date(min(self.noticed), 1, 1)

    @cached_property
    def last(self) -> date:
        return date(max(*self.noticed, max(lunar()).year), 12, 31)

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last

    def fact(self, day: date) -> DayFact:
        """What a day is; worked out once."""
        found = self._facts.get(day)
        if found is None:
            found = self._facts[day] = self._fact(day)
        return found

    def _fact(self, day: date) -> DayFact:
        if day not in self:
            raise OutOfRange(day, self.first, self.last)
        provisional = day.year not in self.noticed
        if entry := self.entries.get(day):
            return DayFact(day, entry.kind, entry.name, provisional=False)
        if provisional and (name := FIXED.get((day.month, day.day)) or lunar().get(day)):
            return DayFact(day, Kind.HOLIDAY, name, provisional=True)
        kind = Kind.WEEKEND if day.weekday() >= SATURDAY else Kind.WORKDAY
        return DayFact(day, kind, None, provisional)

    def is_rest(self, day: date, *, makeup_days_are_working: bool = True) -> bool:
        # R4-04: holidays and ordinary Saturdays and Sundays; a made-up working day is not a rest day.
        kind = self.fact(day).kind
        return kind in {Kind.WEEKEND, Kind.HOLIDAY} or (kind is Kind.MAKEUP_WORKDAY and not makeup_days_are_working)

    def working_days(self, after: date, through: date) -> int:
        """How many working days lie after one day, up to and with the other."""
        return sum(not self.is_rest(day) for day in days(after + ONE_DAY, through))


def days(first: date, last: date) -> Iterator[date]:
    """Every day from the first to the last, both included."""
    while first <= last:
        yield first
        first += ONE_DAY


@cache
def standard() -> Calendar:
    """The calendar of the shipped notices, for use without a database."""
    return Calendar(shipped())
