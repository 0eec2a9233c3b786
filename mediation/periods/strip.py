"""The picture of a period: its months as a calendar, each day with what it is to the counting. Pure."""

import enum
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from mediation.periods.calendar import ONE_DAY, Calendar, Kind, days
from mediation.periods.derivation import Interval, StepKind
from mediation.periods.explaining import Line


class Mark(enum.StrEnum):
    """What a day is to the period; a plain counted day is COUNTED, a day before or after it OUTSIDE."""

    START = "start"
    COUNTED = "counted"
    REST = "rest"
    MADE_UP = "made_up"
    LEFT_OUT = "left_out"
    PASSED_OVER = "passed_over"
    FORMER = "former"
    MOVED = "moved"
    LAST = "last"
    OUTSIDE = "outside"


@dataclass(frozen=True)
class Cell:
    """One day of the picture; `name` is the rest day's name, or why time was left out."""

    day: date
    mark: Mark
    name: str = ""


@dataclass(frozen=True)
class Month:
    """One month, week by week from Monday; None where a week belongs to another month."""

    first: date
    weeks: tuple[tuple[Cell | None, ...], ...]

    @property
    def week(self) -> list[date]:
        """Monday to Sunday, for the heads of the columns."""
        monday = self.first - timedelta(days=self.first.weekday())
        return [monday + timedelta(days=number) for number in range(7)]


@dataclass(frozen=True)
class Gap:
    """Months between two shown ones in which nothing but counting happened."""

    months: int
    days: int


@dataclass(frozen=True)
class _Facts:
    start: date
    last: date
    former: frozenset[date]
    moved: dict[date, str]
    passed_over: dict[date, str]
    left_out: tuple[Interval, ...]
    calendar: Calendar

    def cell(self, day: date) -> Cell:
        if day == self.start:
            return Cell(day, Mark.START)
        if day == self.last:
            return Cell(day, Mark.LAST)
        if not self.start < day < self.last:
            return Cell(day, Mark.OUTSIDE)
        return self._inside(day)

    def _inside(self, day: date) -> Cell:
        for gap in self.left_out:
            if gap.after < day <= gap.through:
                return Cell(day, Mark.LEFT_OUT, ",".join(gap.causes))
        for mark, named in ((Mark.PASSED_OVER, self.passed_over), (Mark.MOVED, self.moved)):
            if day in named:
                return Cell(day, mark, named[day])
        if day in self.former:
            return Cell(day, Mark.FORMER)
        return self._plain(day)

    def _plain(self, day: date) -> Cell:
        fact = self.calendar.fact(day)
        if fact.kind is Kind.MAKEUP_WORKDAY:
            return Cell(day, Mark.MADE_UP)
        rest = fact.kind in {Kind.WEEKEND, Kind.HOLIDAY}
        return Cell(day, Mark.REST if rest else Mark.COUNTED, (fact.name or fact.kind).value if rest else "")

    @property
    def events(self) -> set[date]:
        """The days for whose sake a month is shown."""
        found = {self.start, self.last, *self.former, *self.moved, *self.passed_over}
        for gap in self.left_out:
            found |= {gap.after + ONE_DAY, gap.through}
        return {day for day in found if self.start <= day <= self.last}


def cells(lines: Sequence[Line], calendar: Calendar, *, open_since: date | None, today: date) -> list[Cell]:
    """Every day from the start to the last, each with what it is."""
    facts = _facts(lines, calendar, open_since, today)
    return [facts.cell(day) for day in days(facts.start, facts.last)]


def picture(lines: Sequence[Line], calendar: Calendar, *, open_since: date | None, today: date) -> list[Month | Gap]:
    """The months in which something happened to the period, and how many lie between them."""
    facts = _facts(lines, calendar, open_since, today)
    wanted = sorted({_first(day) for day in facts.events})
    shown: list[Month | Gap] = []
    for number, first in enumerate(wanted):
        if number and (between := _months(wanted[number - 1], first) - 1):
            began = _next(wanted[number - 1])
            shown.append(Gap(between, (first - began).days))
        shown.append(_month(first, facts))
    return shown


def marks(shown: Sequence[Month | Gap]) -> list[Mark]:
    """The marks that occur in the picture, for its legend."""
    found = {
        cell.mark
        for part in shown
        if isinstance(part, Month)
        for week in part.weeks
        for cell in week
        if cell is not None
    }
    return [mark for mark in Mark if mark in found - {Mark.OUTSIDE}]


def _facts(lines: Sequence[Line], calendar: Calendar, open_since: date | None, today: date) -> _Facts:
    start = next(line.day for line in lines if line.kind is StepKind.START)
    last = next(line.day for line in reversed(lines) if line.kind is StepKind.FINAL)
    left_out = [
        Interval(line.day, line.until, tuple(line.name.split(",")) if line.name else ())
        for line in lines
        if line.kind is StepKind.EXCLUDED and line.until is not None
    ]
    if open_since is not None and today > open_since:
        left_out.append(Interval(open_since, today))
    return _Facts(
        start=start,
        last=last,
        former=frozenset(line.day for line in lines if line.kind in {StepKind.EXTENDED, StepKind.RAW}) - {last},
        moved=_rest_days(line for line in lines if line.kind is StepKind.ROLLED),
        passed_over=_rest_days(line for line in lines if line.kind is StepKind.SKIPPED),
        left_out=tuple(left_out),
        calendar=calendar,
    )


def _rest_days(lines: Iterable[Line]) -> dict[date, str]:
    return {day: name for line in lines for day, name in line.rest_days}


def _first(day: date) -> date:
    return day.replace(day=1)


def _next(first: date) -> date:
    return (first + timedelta(days=31)).replace(day=1)


def _months(before: date, after: date) -> int:
    return (after.year - before.year) * 12 + after.month - before.month


def _month(first: date, facts: _Facts) -> Month:
    row: list[Cell | None] = [None] * first.weekday()
    weeks: list[tuple[Cell | None, ...]] = []
    for day in days(first, _next(first) - ONE_DAY):
        row.append(facts.cell(day))
        if len(row) == 7:  # noqa: PLR2004 days of a week
            weeks.append(tuple(row))
            row = []
    if row:
        weeks.append(tuple(row + [None] * (7 - len(row))))
    return Month(first, tuple(weeks))
