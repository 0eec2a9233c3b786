"""The catalogue of figures (DOMAIN 7.3) as dated definitions: what is divided by what, by which day, pending or not.

A changed reading is a new row with a higher version and the day from which it holds; the former one stays and goes on
answering for its own time. How each is counted stands in `tallies`, under the same name and version.
"""

import enum
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from mediation.statistics.rules import Indicator


class Figure(enum.StrEnum):
    """All figures, by their numbers in the catalogue; variants carry a letter."""

    I01 = "I01"
    I02 = "I02"
    I03A = "I03a"
    I03B = "I03b"
    I03C = "I03c"
    I04 = "I04"
    I05 = "I05"
    I06 = "I06"
    I07 = "I07"
    I08A = "I08a"
    I08B = "I08b"
    I09 = "I09"
    I09B = "I09b"
    I10 = "I10"
    I10B = "I10b"
    I11 = "I11"
    I12A = "I12a"
    I12B = "I12b"
    I13 = "I13"
    I14 = "I14"
    I15 = "I15"
    I16A = "I16a"
    I16B = "I16b"
    I17 = "I17"
    I18A = "I18a"
    I18B = "I18b"
    I19 = "I19"
    I20 = "I20"
    I21A = "I21a"
    I21B = "I21b"
    I21C = "I21c"
    I21D = "I21d"
    I21E = "I21e"
    I21F = "I21f"
    I21G = "I21g"
    I21H = "I21h"
    I22 = "I22"
    I23A = "I23a"
    I23B = "I23b"
    I24 = "I24"


class Way(enum.StrEnum):
    """R7-02: never mixed in one rate."""

    FLOW = "flow"
    COHORT = "cohort"
    CUMULATIVE = "cumulative"


class Unit(enum.StrEnum):
    """What the value is."""

    PERCENT = "percent"
    DAYS = "days"
    PER_10_000 = "per_10_000"
    SCORE = "score"
    NUMBER = "number"


class Day(enum.StrEnum):
    """R7-03: the day of the event by which something falls into a period."""

    RECEIVED = "received"
    HANDED_OUT = "handed_out"
    ACCEPTED = "accepted"
    ENDED = "ended"
    FILED = "filed"
    FAST_TRACK = "fast_track"
    CASE_CLOSED = "case_closed"
    EFFECTIVE = "effective"
    APPLIED = "applied"
    DECIDED = "decided"
    DUE = "due"
    CLOSED = "closed"
    POPULATION = "population"
    BOOKED = "booked"
    COMPLAINED = "complained"
    SUSPECTED = "suspected"
    ASKED = "asked"
    RATED = "rated"


class Pending(enum.StrEnum):
    """R7-04: what is not yet over."""

    IN_DENOMINATOR = "in_denominator"
    LEFT_OUT = "left_out"
    INCLUDED = "included"
    NONE = "none"


class Standing(enum.StrEnum):
    """How sure the formula is (U16): the label that stands beside every figure."""

    STORY = "story"
    PUBLISHED = "published"
    INFERRED = "inferred"
    PRACTICE = "practice"
    OURS = "ours"


class Dimension(enum.StrEnum):
    """By what a figure is taken apart."""

    CAUSE_1 = "cause1"
    CAUSE_2 = "cause2"
    CAUSE_3 = "cause3"
    CAUSE_4 = "cause4"
    ROUTE = "route"
    SOURCE = "source"
    STREET = "street"
    COMMUNITY = "community"
    ORGANISATION = "organisation"
    MEDIATOR = "mediator"
    ROOM = "room"
    TRIBUNAL = "tribunal"


CAUSES = (Dimension.CAUSE_1, Dimension.CAUSE_2, Dimension.CAUSE_3, Dimension.CAUSE_4)
OF_DISPUTE = (*CAUSES, Dimension.ROUTE, Dimension.SOURCE, Dimension.STREET, Dimension.COMMUNITY)
OF_MEDIATION = (*OF_DISPUTE, Dimension.ORGANISATION, Dimension.MEDIATOR, Dimension.ROOM)
OF_CASE = (*OF_DISPUTE, Dimension.TRIBUNAL)
ALL_WAYS = (Way.FLOW, Way.COHORT, Way.CUMULATIVE)
EVENTS = (Way.FLOW, Way.CUMULATIVE)


@dataclass(frozen=True)
class Definition:
    """One reading of one figure, from a day on."""

    figure: Figure
    numerator: Day
    denominator: Day | None
    pending: Pending
    standing: Standing
    dimensions: tuple[Dimension, ...]
    ways: tuple[Way, ...] = ALL_WAYS
    unit: Unit = Unit.PERCENT
    # Where a high figure is a warning and not an achievement.
    lower_is_better: bool = False
    # Until R7-10 and R7-11 bite, a comparison across 1 January 2025 carries the break marker.
    breaks: bool = False
    source: str = "DOMAIN 7.3"
    version: int = 1
    valid_from: date = date(2017, 6, 1)

    @property
    def name(self) -> str:
        """Number and version, as they stand beside the value."""
        return f"{self.figure.value} v{self.version}"

    @property
    def natural(self) -> Way:
        """How it is counted when nobody says otherwise."""
        return self.ways[0]


def _mediated(figure: Figure, denominator: Day, pending: Pending, standing: Standing) -> Definition:
    return Definition(figure, Day.ENDED, denominator, pending, standing, OF_MEDIATION, breaks=True)


def _load(figure: Figure, day: Day) -> Definition:
    """R7-12: read by the court alone, never ranked in public."""
    return Definition(
        figure, day, None, Pending.INCLUDED, Standing.OURS, OF_MEDIATION, ways=(Way.FLOW, Way.CUMULATIVE), unit=Unit.NUMBER
    )  # fmt: skip


def _mean(figure: Figure, day: Day, standing: Standing, dimensions: tuple[Dimension, ...]) -> Definition:
    """Natural days, the first not counted, time left out by law subtracted; only what is over has a length."""
    return Definition(
        figure, day, day, Pending.LEFT_OUT, standing, dimensions, unit=Unit.DAYS, lower_is_better=True
    )  # fmt: skip


F, D, P, S = Figure, Day, Pending, Standing
DEFINITIONS: tuple[Definition, ...] = (
    Definition(F.I01, D.HANDED_OUT, D.RECEIVED, P.NONE, S.PRACTICE, OF_DISPUTE, breaks=True),
    Definition(F.I02, D.HANDED_OUT, D.RECEIVED, P.NONE, S.OURS, OF_DISPUTE),
    _mediated(F.I03A, D.HANDED_OUT, P.IN_DENOMINATOR, S.STORY),
    _mediated(F.I03B, D.ENDED, P.LEFT_OUT, S.INFERRED),
    _mediated(F.I03C, D.ENDED, P.LEFT_OUT, S.INFERRED),
    _mediated(F.I04, D.ENDED, P.LEFT_OUT, S.PUBLISHED),
    Definition(F.I05, D.ENDED, D.FILED, P.LEFT_OUT, S.INFERRED, OF_DISPUTE, breaks=True),
    Definition(F.I06, D.ENDED, D.FILED, P.LEFT_OUT, S.INFERRED, OF_DISPUTE, ways=EVENTS, breaks=True),
    Definition(F.I07, D.CASE_CLOSED, D.FILED, P.LEFT_OUT, S.STORY, OF_DISPUTE, breaks=True),
    Definition(F.I08A, D.FAST_TRACK, D.FILED, P.NONE, S.PRACTICE, OF_CASE, breaks=True),
    _mean(F.I08B, D.CASE_CLOSED, S.PRACTICE, OF_CASE),
    Definition(F.I09, D.APPLIED, D.EFFECTIVE, P.IN_DENOMINATOR, S.PRACTICE, OF_MEDIATION),
    Definition(F.I09B, D.APPLIED, D.EFFECTIVE, P.IN_DENOMINATOR, S.PRACTICE, OF_MEDIATION),
    Definition(F.I10, D.DECIDED, D.DECIDED, P.LEFT_OUT, S.PRACTICE, OF_MEDIATION),
    _mean(F.I10B, D.DECIDED, S.OURS, OF_MEDIATION),
    Definition(F.I11, D.DUE, D.DUE, P.LEFT_OUT, S.INFERRED, OF_MEDIATION),
    _mean(F.I12A, D.ENDED, S.PUBLISHED, OF_MEDIATION),
    _mean(F.I12B, D.ENDED, S.PUBLISHED, OF_MEDIATION),
    Definition(F.I13, D.ENDED, D.ENDED, P.INCLUDED, S.OURS, OF_MEDIATION, lower_is_better=True),
    Definition(
        F.I14, D.FILED, D.ENDED, P.IN_DENOMINATOR, S.PRACTICE, OF_MEDIATION, ways=(Way.COHORT, Way.CUMULATIVE), lower_is_better=True
    ),
    Definition(F.I15, D.CASE_CLOSED, D.CASE_CLOSED, P.LEFT_OUT, S.PRACTICE, OF_CASE, breaks=True),
    Definition(F.I16A, D.ACCEPTED, D.HANDED_OUT, P.IN_DENOMINATOR, S.OURS, OF_MEDIATION, ways=(Way.COHORT, Way.CUMULATIVE)),
    Definition(F.I16B, D.ENDED, D.ENDED, P.LEFT_OUT, S.OURS, OF_MEDIATION),
    Definition(F.I17, D.ENDED, D.ENDED, P.LEFT_OUT, S.PUBLISHED, OF_MEDIATION),
    Definition(F.I18A, D.RATED, D.RATED, P.NONE, S.OURS, OF_MEDIATION, ways=EVENTS, unit=Unit.SCORE),
    Definition(F.I18B, D.RATED, D.ASKED, P.IN_DENOMINATOR, S.OURS, OF_MEDIATION, ways=(Way.COHORT, Way.CUMULATIVE)),
    Definition(
        F.I19, D.FILED, D.POPULATION, P.NONE, S.PUBLISHED, (), ways=EVENTS, unit=Unit.PER_10_000, lower_is_better=True, breaks=True
    ),
    Definition(
        F.I20, D.FILED, D.POPULATION, P.NONE, S.PUBLISHED, (Dimension.STREET, Dimension.COMMUNITY), ways=EVENTS,
        unit=Unit.PER_10_000, lower_is_better=True, breaks=True,
    ),
    _load(F.I21A, D.HANDED_OUT),
    _load(F.I21B, D.ACCEPTED),
    _load(F.I21C, D.ENDED),
    _load(F.I21D, D.ENDED),
    _load(F.I21E, D.ENDED),
    replace(_mean(F.I21F, D.ENDED, S.OURS, OF_MEDIATION), ways=ALL_WAYS),
    _load(F.I21G, D.ENDED),
    _load(F.I21H, D.ACCEPTED),
    Definition(F.I22, D.BOOKED, D.BOOKED, P.NONE, S.OURS, (Dimension.ROOM,), ways=(Way.FLOW,)),
    Definition(F.I23A, D.COMPLAINED, None, P.NONE, S.OURS, (), ways=EVENTS, unit=Unit.NUMBER, lower_is_better=True),
    Definition(F.I23B, D.SUSPECTED, None, P.NONE, S.OURS, OF_MEDIATION, ways=EVENTS, unit=Unit.NUMBER, lower_is_better=True),
    Definition(F.I24, D.CLOSED, D.CLOSED, P.LEFT_OUT, S.OURS, OF_DISPUTE, ways=EVENTS),
)  # fmt: skip


def definition_on(figure: Figure, day: date, definitions: Iterable[Definition] = DEFINITIONS) -> Definition:
    """The reading in force on a day; before the first one, the first."""
    rows = sorted((d for d in definitions if d.figure is figure), key=lambda d: (d.valid_from, d.version))
    return next((d for d in reversed(rows) if d.valid_from <= day), rows[0])


# Where each figure of the president's page stands in the catalogue, and how it is counted there.
FIGURE_OF = {
    indicator: (Figure.I03A, Way.COHORT)
    if indicator is Indicator.I03A_COHORT
    else (Figure(indicator.value), Way.COHORT if indicator is Indicator.I14 else Way.FLOW)
    for indicator in Indicator
}


# ---- what each court decides (Appendix A) ---------------------------------------------------------------------------


class Point(enum.StrEnum):
    """A point of counting the sources leave open; each court settles it from a day on."""

    # U17: whether a withdrawal counts as success.
    WITHDRAWAL = "withdrawal"
    # U18: whether the fast track of I07 means cases closed by it or handed to it.
    FAST_TRACK = "fast_track"
    # U16: whether applications not accepted stand among those decided (I10).
    NOT_ACCEPTED = "not_accepted"


class Reading(enum.StrEnum):
    """The answers that are possible."""

    MEDIATED = "mediated"
    ALWAYS = "always"
    NEVER = "never"
    CLOSED = "closed"
    HANDED_OVER = "handed_over"
    COUNTED = "counted"
    LEFT_OUT = "left_out"


# The first is the one this product is shipped with.
READINGS: dict[Point, tuple[Reading, ...]] = {
    Point.WITHDRAWAL: (Reading.MEDIATED, Reading.ALWAYS, Reading.NEVER),
    Point.FAST_TRACK: (Reading.CLOSED, Reading.HANDED_OVER),
    Point.NOT_ACCEPTED: (Reading.COUNTED, Reading.LEFT_OUT),
}
# Which figures a point bears on.
BEARS_ON: dict[Point, frozenset[Figure]] = {
    Point.WITHDRAWAL: frozenset({F.I03A, F.I03B, F.I03C, F.I04, F.I05, F.I06, F.I07, F.I21E}),
    Point.FAST_TRACK: frozenset({F.I07}),
    Point.NOT_ACCEPTED: frozenset({F.I10}),
}


@dataclass(frozen=True)
class Readings:
    """How one court reads every open point on one day."""

    withdrawal: Reading = Reading.MEDIATED
    fast_track: Reading = Reading.CLOSED
    not_accepted: Reading = Reading.COUNTED


@dataclass(frozen=True)
class Settled:
    """What a court settled about one point, from a day on."""

    point: Point
    reading: Reading
    valid_from: date


def readings_on(settled: Iterable[Settled], day: date) -> Readings:
    """The points as they stand on a day; of two decisions for one day the later counts."""
    held = sorted((s for s in settled if s.valid_from <= day), key=lambda s: s.valid_from)
    return replace(Readings(), **{s.point.value: s.reading for s in held})
