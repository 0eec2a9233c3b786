"""Asking for a figure: over which days, counted which way, as known when; answered with both counts and the definition."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

import sqlalchemy as sa

from mediation.kernel import clock
from mediation.kernel.db import db
from mediation.statistics import booked
from mediation.statistics.catalogue import (
    BEARS_ON,
    Definition,
    Figure,
    Point,
    Readings,
    Settled,
    Unit,
    Way,
    definition_on,
    readings_on,
)  # fmt: skip
from mediation.statistics.counting.queries import halves
from mediation.statistics.facts import Facts, Frame, Rows, known_by
from mediation.statistics.models import FigureReading, Population
from mediation.statistics.rules import Part, Period

SCALE = {Unit.PERCENT: 100, Unit.DAYS: 1, Unit.SCORE: 1, Unit.PER_10_000: 10_000}
OF_PEOPLE = frozenset({Figure.I19, Figure.I20})


@dataclass(frozen=True)
class Question:
    """One figure over a period. Without a day the latest knowledge is asked, counted to the end of the period (R7-01)."""

    figure: Figure
    way: Way
    period: Period
    as_of: date | None = None
    # The moment to which a frozen month looks back; past the evening of `as_of`.
    known_at: datetime | None = None

    @property
    def until(self) -> date:
        """Up to which day events count: never beyond today."""
        return min(self.as_of or self.period.last, clock.today())

    @property
    def facts(self) -> Facts:
        """From which records."""
        if self.known_at is not None:
            return Facts(self.known_at)
        return Facts() if self.as_of is None else known_by(self.as_of)


@dataclass(frozen=True)
class Answer:
    """Both counts, never the value alone (R7-01), and by which definition and readings they were counted."""

    question: Question
    definition: Definition
    readings: Readings
    numerator: int
    denominator: int | None
    # Another definition or reading held at the beginning of the period: the figure is not comparable throughout.
    changed: bool = False

    @property
    def number(self) -> Decimal | None:
        """Half-up to two decimals; nothing divided by nothing is no figure."""
        return value(self.definition.unit, self.numerator, self.denominator)

    @property
    def text(self) -> str:
        """As it is written."""
        return written(self.definition.unit, self.numerator, self.denominator)

    def change(self, former: "Answer") -> str:
        """Difference to another period, in points, days or cases; empty where one of them is no figure."""
        if self.number is None or former.number is None:
            return ""
        difference = exact(self) - exact(former)
        if self.definition.unit is Unit.NUMBER:
            return f"{int(difference):+}"
        return f"{difference.quantize(Decimal('0.01'), ROUND_HALF_UP):+}"


def exact(answer: Answer) -> Decimal:
    """The value before rounding."""
    if answer.definition.unit is Unit.NUMBER:
        return Decimal(answer.numerator)
    return Decimal(SCALE[answer.definition.unit] * answer.numerator) / Decimal(answer.denominator or 1)


def value(unit: Unit, numerator: int, denominator: int | None) -> Decimal | None:
    """R7-01: half-up to two decimals, None where nothing is divided."""
    if unit is Unit.NUMBER:
        return Decimal(numerator)
    if not denominator:
        return None
    found = Decimal(SCALE[unit] * numerator) / Decimal(denominator)
    return found.quantize(Decimal("0.01"), ROUND_HALF_UP)


def written(unit: Unit, numerator: int, denominator: int | None) -> str:
    """The value as the house writes it, without the unit's word."""
    found = value(unit, numerator, denominator)
    if found is None:
        return "—"
    return f"{found} %" if unit is Unit.PERCENT else str(found)


# ---- by which definition ----------------------------------------------------------------------------------------------


def settled(court_id: int, facts: Facts | None = None) -> Sequence[Settled]:
    """What the court settled about the open points, the oldest first; as known at the moment asked for."""
    rows = sa.select(FigureReading.point, FigureReading.reading, FigureReading.valid_from).where(
        FigureReading.court_id == court_id
    )
    if facts is not None and facts.before is not None:
        rows = rows.where(FigureReading.settled_at < facts.before)
    return [Settled(*row) for row in db.session.execute(rows.order_by(FigureReading.id))]


def _bearing(figure: Figure, readings: Readings) -> tuple[str, ...]:
    return tuple(getattr(readings, point.value) for point in Point if figure in BEARS_ON[point])


def read(
    court_id: int, question: Question, decided: Sequence[Settled] | None = None
) -> tuple[Definition, Readings, bool]:
    """Definition and readings in force on the last day counted, and whether others held on the first."""
    decided = settled(court_id, question.facts) if decided is None else decided
    first, last = question.period.first, max(min(question.period.last, question.until), question.period.first)
    definition, readings = definition_on(question.figure, last), readings_on(decided, last)
    former, before = definition_on(question.figure, first), readings_on(decided, first)
    changed = former.version != definition.version or _bearing(question.figure, before) != _bearing(
        question.figure, readings
    )
    return definition, readings, changed


def frame_of(court_id: int, question: Question, readings: Readings) -> Frame:
    """The question as the queries take it."""
    return Frame(question.facts, court_id, question.period, question.until, readings)


# ---- the answer -------------------------------------------------------------------------------------------------------


def answer(court_id: int, question: Question) -> Answer:
    """One figure."""
    return answers(court_id, [question])[0]


@dataclass(frozen=True)
class Fixed:
    """A question with the definition and readings by which it is to be counted."""

    question: Question
    definition: Definition
    readings: Readings
    changed: bool = False


def answers(court_id: int, questions: Iterable[Question]) -> list[Answer]:
    """Several figures, their counts in as few questions to the database as it takes."""
    asked = list(questions)
    decided = {before: settled(court_id, Facts(before)) for before in {q.facts.before for q in asked}}
    return fixed(court_id, [Fixed(q, *read(court_id, q, decided[q.facts.before])) for q in asked])


def fixed(court_id: int, asked: Sequence[Fixed]) -> list[Answer]:
    """The same where it is known by what they are counted."""
    selects: list[sa.Select[Any]] = []
    for one in asked:
        if one.question.figure is not Figure.I22:
            above, below = halves(one.definition, one.question.way, frame_of(court_id, one.question, one.readings))
            selects += [above.total()] + ([] if below is None else [below.size()])
    numbers = iter(counted(selects))
    return [
        Answer(
            one.question,
            one.definition,
            one.readings,
            *_both(court_id, one.question, one.definition, numbers),
            one.changed,
        )
        for one in asked
    ]


AT_ONCE = 60


def counted(selects: Sequence[sa.Select[Any]]) -> list[int]:
    """The number each of these gives, many in one question to the database."""
    numbers: list[int] = []
    for first in range(0, len(selects), AT_ONCE):
        row = db.session.execute(sa.select(*(s.scalar_subquery() for s in selects[first : first + AT_ONCE]))).one()
        numbers += [int(number) for number in row]
    return numbers


def _both(court_id: int, question: Question, definition: Definition, numbers: Any) -> tuple[int, int | None]:
    if question.figure is Figure.I22:
        return booked.minutes(frame_of(court_id, question, Readings()))
    above = next(numbers)
    if question.figure in OF_PEOPLE:
        return above, people(court_id, question)
    return above, None if definition.denominator is None else next(numbers)


def people(court_id: int, question: Question, street_id: int | None = None) -> int:
    """I19: residents and registered floating population; I20: residents; as told for the last day counted."""
    rows = sa.select(Population.resident, Population.floating).where(
        Population.court_id == court_id,
        Population.street_id.is_(None) if street_id is None else Population.street_id == street_id,
        Population.valid_from <= min(question.period.last, question.until),
    )
    if question.facts.before is not None:
        rows = rows.where(Population.told_at < question.facts.before)
    row = db.session.execute(rows.order_by(Population.valid_from.desc(), Population.id.desc()).limit(1)).first()
    if row is None:
        return 0
    return int(row.resident + row.floating if question.figure is Figure.I19 else row.resident)


def half(court_id: int, question: Question, part: Part) -> Rows | None:
    """The rows one half counts; none where it counts no cases."""
    if question.figure is Figure.I22:
        return None
    definition, readings, _changed = read(court_id, question)
    above, below = halves(definition, question.way, frame_of(court_id, question, readings))
    return above if part is Part.NUMERATOR else below


def over(question: Question, period: Period) -> Question:
    """The same over another period, counted to its end; a cohort is then judged at the end of its own period."""
    return replace(question, period=period)
