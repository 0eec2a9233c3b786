"""What is summed by court and month, and which figures follow from it exactly. No database.

A figure counts each dispute once over any period (R7-05), so months cannot simply be added: a dispute with two
mediations stands in two of them. Each row therefore also says in which month the same dispute counted before. A period
takes the rows of its months whose earlier month lies before it, and so each dispute once, whatever months are added.

A year is the sum of its months, of those rows whose earlier month lies before the year. A period that holds the whole
year begins with it or before it: of the year's months it would take just these rows, and takes the year's instead.
"""

import enum
from dataclasses import dataclass
from datetime import date, timedelta

from mediation.statistics.catalogue import Definition, Figure, Way
from mediation.statistics.rules import Period, month_of, year_of


class Measure(enum.IntEnum):
    """What is summed; the numbers stand in the table and keep their meaning."""

    RECEIVED = 1
    HANDED_OUT = 2
    HANDED_OUT_ALL = 3
    ENDED_BEFORE = 4
    ENDED_AFTER = 5
    ENDED_ALL = 6
    ENDED_NOT_WITHDRAWN = 7
    SUCCESS_BEFORE = 8
    SUCCESS_AFTER = 9
    FILED = 10
    # Mediated with success after filing, or closed by the fast track (I07).
    QUICK = 11
    # Mediated with success before filing, or filed (I06).
    BROUGHT = 12
    AGREED = 13
    APPLIED = 14
    DECIDED = 15
    CONFIRMED = 16
    # Every mediation by itself, with its days (I12).
    LENGTH_BEFORE = 17
    LENGTH_AFTER = 18
    ENDED_LATE = 19
    # From acceptance to the end; from the day after the last day to the end (I13).
    RUNNING = 20
    RUNNING_LATE = 21


# These last from a day to another; all others happen on one day.
LASTING = {Measure.RUNNING: Measure.ENDED_ALL, Measure.RUNNING_LATE: Measure.ENDED_LATE}
# Every mediation counts, not every dispute once.
EACH = frozenset({Measure.LENGTH_BEFORE, Measure.LENGTH_AFTER})
# No earlier month; not over yet.
NEVER, OPEN = 0, 99_999_999
# How far two years, and two months, lie apart in the table.
YEAR = 10_000


@dataclass(frozen=True)
class Half:
    """One of the two counts of a figure: these measures together, or the days of one."""

    measures: tuple[Measure, ...]
    days: bool = False


def _of(*measures: Measure) -> Half:
    return Half(measures)


F, M = Figure, Measure
HALVES: dict[tuple[Figure, int], tuple[Half, Half]] = {
    (F.I01, 1): (_of(M.HANDED_OUT), _of(M.RECEIVED)),
    (F.I02, 1): (_of(M.HANDED_OUT_ALL), _of(M.RECEIVED)),
    (F.I03A, 1): (_of(M.SUCCESS_BEFORE), _of(M.HANDED_OUT)),
    (F.I03B, 1): (_of(M.SUCCESS_BEFORE), _of(M.ENDED_BEFORE)),
    (F.I03C, 1): (_of(M.SUCCESS_BEFORE), _of(M.ENDED_NOT_WITHDRAWN)),
    (F.I04, 1): (_of(M.SUCCESS_AFTER), _of(M.ENDED_AFTER)),
    (F.I05, 1): (_of(M.SUCCESS_AFTER), _of(M.FILED)),
    (F.I06, 1): (_of(M.SUCCESS_BEFORE), _of(M.BROUGHT)),
    (F.I07, 1): (_of(M.QUICK), _of(M.FILED)),
    (F.I09, 1): (_of(M.APPLIED), _of(M.AGREED)),
    (F.I10, 1): (_of(M.CONFIRMED), _of(M.DECIDED)),
    (F.I12A, 1): (Half((M.LENGTH_BEFORE,), days=True), _of(M.LENGTH_BEFORE)),
    (F.I12B, 1): (Half((M.LENGTH_AFTER,), days=True), _of(M.LENGTH_AFTER)),
    (F.I13, 1): (_of(M.ENDED_LATE, M.RUNNING_LATE), _of(M.ENDED_ALL, M.RUNNING)),
}


def halves(definition: Definition, way: Way) -> tuple[Half, Half] | None:
    """What both counts of a figure are the sums of; none where it cannot be added from months."""
    counted = definition.natural if way is Way.CUMULATIVE else way
    return HALVES.get((definition.figure, definition.version)) if counted is Way.FLOW else None


def day_key(day: date) -> int:
    """A day as the table writes it: 20260302."""
    return day.year * YEAR + day.month * 100 + day.day


def month_key(day: date) -> int:
    """A month as the table writes it, before all of its days: 20260300."""
    return day_key(day) - day.day


def year_key(day: date) -> int:
    """A year as the table writes it, before all of its months: 20260000."""
    return day.year * YEAR


def widened(period: Period, today: date) -> Period:
    """The months in which the period lies, whole; its last year, whole, if only days still to come are added by it."""
    whole = Period(month_of(period.first).first, month_of(period.last).last)
    year = year_of(period.last)
    if period.last >= today and whole.first <= year.first:
        return Period(whole.first, year.last)
    return whole


def keys(whole: Period) -> list[int]:
    """The rows in which these whole months are read: its whole years, and the months of the others."""
    found, day = [], whole.first
    while day <= whole.last:
        one = year_of(day)
        if day == one.first and one.last <= whole.last:
            found.append(year_key(day))
        else:
            one = month_of(day)
            found.append(month_key(day))
        day = one.last + timedelta(days=1)
    return found


def cut_off(period: Period, today: date) -> list[Period]:
    """The days of these months, or of this year, that do not belong to the period."""
    whole, one = widened(period, today), timedelta(days=1)
    found = []
    if whole.first < period.first:
        found.append(Period(whole.first, period.first - one))
    if period.last < whole.last:
        found.append(Period(period.last + one, whole.last))
    return found


def ends_a_month(period: Period) -> bool:
    """Whether its last day is the last of a month."""
    return period.last == month_of(period.last).last


def months_after(period: Period, today: date) -> list[int]:
    """The months after a period, to that of today."""
    found, day = [], month_of(period.last).last + timedelta(days=1)
    while day <= today:
        found.append(month_key(day))
        day = month_of(day).last + timedelta(days=1)
    return found


def is_read_from_sums(half: Half, period: Period, today: date) -> bool:
    """Whether the sums answer, corrected by the few days cut off; what lasts they know at a month's end and today."""
    cut = sum(days.days for days in cut_off(period, today))
    if not any(measure in LASTING for measure in half.measures):
        # Of the days still to come nothing is told yet: they cost nothing.
        coming = max((widened(period, today).last - max(today, period.last)).days, 0)
        return cut - coming < period.days
    begins = period.first == month_of(period.first).first
    return begins and (period.last == today or ends_a_month(period))
