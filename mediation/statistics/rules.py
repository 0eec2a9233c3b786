"""Indicators of DOMAIN 7.3: which, over which period, and how a rate is written. No database."""

import calendar
import enum
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal

from mediation.kernel.actor import COURT, Actor, Role


class Indicator(enum.StrEnum):
    """The figures shown, by their numbers in the catalogue."""

    I01 = "I01"
    I02 = "I02"
    I03A = "I03a"
    I03A_COHORT = "I03a-cohort"
    I03B = "I03b"
    I04 = "I04"
    I05 = "I05"
    I07 = "I07"
    I09 = "I09"
    I10 = "I10"
    I13 = "I13"
    I14 = "I14"


class Part(enum.StrEnum):
    """Which of the two counts of a rate."""

    NUMERATOR = "numerator"
    DENOMINATOR = "denominator"


class Counting(enum.StrEnum):
    """R7-02: never mixed in one rate without saying so."""

    FLOW = "flow"
    COHORT = "cohort"
    STOCK = "stock"


HEADLINE = (Indicator.I01, Indicator.I03A, Indicator.I03B, Indicator.I07, Indicator.I09, Indicator.I10, Indicator.I13)
FURTHER = tuple(i for i in Indicator if i not in HEADLINE)
COUNTING = dict.fromkeys(Indicator, Counting.FLOW) | {
    Indicator.I03A_COHORT: Counting.COHORT,
    Indicator.I13: Counting.STOCK,
    Indicator.I14: Counting.COHORT,
}
# R7-11: from 2025 prior mediation happens in filed cases, so earlier years do not compare.
REGIME_CHANGE = date(2025, 1, 1)
# R7-13: a count below this is not shown where figures leave the court.
SMALL = 5


class Span(enum.StrEnum):
    """Periods a president asks for."""

    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"
    ALL = "all"
    FREE = "free"


class Step(enum.StrEnum):
    """The steps of time."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"


@dataclass(frozen=True)
class Period:
    """Days from first to last, both included (R7-01); counted as of the end of the last day."""

    first: date
    last: date

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise ValueError("a period ends before it begins")

    @property
    def days(self) -> int:
        """Its length."""
        return (self.last - self.first).days + 1

    def before(self) -> "Period":
        """The period of the same kind just before: the month before a month, else as many days."""
        ends = self.first - timedelta(days=1)
        if self == month_of(self.first):
            return month_of(ends)
        if self == quarter_of(self.first):
            return quarter_of(ends)
        if self == year_of(self.first):
            return year_of(ends)
        if self.first.day == 1:
            return self._same_days_before(ends)
        return Period(ends - timedelta(days=self.days - 1), ends)

    def _same_days_before(self, ends: date) -> "Period":
        """For a month (quarter, year) still running: the same number of days of the one before."""
        for whole in (month_of, quarter_of, year_of):
            if whole(self.first).first == self.first and self.last < whole(self.first).last:
                former = whole(ends)
                return Period(former.first, min(former.first + timedelta(days=self.days - 1), former.last))
        return Period(ends - timedelta(days=self.days - 1), ends)

    def crosses_regimes(self) -> bool:
        """Whether it, or its comparison, lies on both sides of the change of 2025 (R7-11)."""
        return self.before().first < REGIME_CHANGE <= self.last


def month_of(day: date) -> Period:
    """The calendar month of a day."""
    return Period(day.replace(day=1), day.replace(day=calendar.monthrange(day.year, day.month)[1]))


def quarter_of(day: date) -> Period:
    """The quarter of a day."""
    first = date(day.year, 3 * ((day.month - 1) // 3) + 1, 1)
    return Period(first, month_of(date(first.year, first.month + 2, 1)).last)


def year_of(day: date) -> Period:
    """The calendar year of a day."""
    return Period(date(day.year, 1, 1), date(day.year, 12, 31))


def period_for(span: Span, today: date, *, opened_on: date, first: date | None, last: date | None) -> Period:
    """The asked period, ending today at the latest."""
    if span is Span.FREE and first and last:
        return Period(first, last)
    whole = {Span.MONTH: month_of, Span.QUARTER: quarter_of, Span.YEAR: year_of}.get(span)
    if whole is None:
        return Period(opened_on, max(today, opened_on))
    found = whole(today)
    return Period(found.first, min(found.last, today))


@dataclass(frozen=True)
class Rate:
    """Numerator and denominator, kept together and shown together (R7-01)."""

    numerator: int
    denominator: int

    @property
    def percent(self) -> str:
        """Half-up to two decimals; nothing divided by nothing is no figure."""
        if self.denominator == 0:
            return "—"
        value = Decimal(100 * self.numerator) / Decimal(self.denominator)
        return f"{value.quantize(Decimal('0.01'), ROUND_HALF_UP)} %"

    def change(self, former: "Rate") -> str:
        """Difference to the former period in percentage points; empty where one of them is no figure."""
        if self.denominator == 0 or former.denominator == 0:
            return ""
        now = Decimal(100 * self.numerator) / Decimal(self.denominator)
        then = Decimal(100 * former.numerator) / Decimal(former.denominator)
        points = (now - then).quantize(Decimal("0.01"), ROUND_HALF_UP)
        return f"{points:+}"


def may_read(actor: Actor) -> bool:
    """Court staff read the court's figures (DOMAIN 2.2); mediators see their own work elsewhere."""
    return actor.has(*COURT)


def may_read_own(actor: Actor) -> bool:
    """Mediators and organisations read the figures of their own cases, and of nobody else's (R7-12)."""
    mediator = actor.has(Role.MEDIATOR) and actor.mediator_id is not None
    return mediator or (actor.has(Role.ORGANISATION) and actor.organisation_id is not None)


def may_export(actor: Actor) -> bool:
    """Whoever reads the figures may take the list of cases behind them along: numbers and causes, no identities."""
    return may_read(actor)


def may_freeze(actor: Actor) -> bool:
    """The daily run and the operators' command freeze a month; no person does so by hand."""
    return actor.id == 0


def may_settle(actor: Actor) -> bool:
    """How an open point is read, and how many people live where, is the president's to settle (U16-U18)."""
    return actor.has(Role.PRESIDENT)
