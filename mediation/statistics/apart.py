"""Taking a figure apart: by cause, route, people, places or time; each line again two counts and the cases behind them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.sql.expression import ColumnElement

from mediation.agreements.models import MediationSession
from mediation.disputes.labels import ROUTE, SOURCE
from mediation.disputes.models import Cause, Dispute
from mediation.disputes.rules import Route, Source
from mediation.kernel.db import db
from mediation.roster.models import Mediator, Organisation, Street
from mediation.scheduling.models import Booking, Resource
from mediation.statistics import asking, booked, rules
from mediation.statistics.asking import Answer, Question
from mediation.statistics.catalogue import CAUSES, Dimension, Figure, Readings, Way
from mediation.statistics.counting.queries import halves
from mediation.statistics.facts import Facts, Frame, Rows
from mediation.statistics.rules import Part, Period, Step

# So many lines at most in one view; a longer period is asked for in longer steps.
MOST_STEPS = 400


@dataclass(frozen=True)
class Only:
    """One line of a view: only the cases of this cause, mediator, street."""

    dimension: Dimension
    key: str


@dataclass(frozen=True)
class Line:
    """One line: its two counts and how the value is written."""

    key: str
    name: str
    numerator: int
    denominator: int | None
    text: str


# ---- by what ------------------------------------------------------------------------------------------------------------


def keyed(f: Frame, rows: Rows, dimension: Dimension) -> tuple[Rows, ColumnElement[Any]]:
    """The rows with the column by which they are taken apart."""
    if dimension in {Dimension.MEDIATOR, Dimension.ORGANISATION, Dimension.ROOM}:
        return _of_mediation(f, rows, dimension)
    if dimension is Dimension.TRIBUNAL:
        if rows.case is None:
            raise LookupError(dimension)
        return rows, rows.case.c.tribunal_id
    d = f.of(Dispute)
    joined = replace(rows, source=rows.source.join(d, d.c.id == rows.dispute))
    if dimension in CAUSES:
        return joined, d.c.cause_version + ":" + d.c.cause_code
    if dimension in {Dimension.STREET, Dimension.COMMUNITY}:
        street: sa.FromClause = Street.__table__.alias()
        located = replace(joined, source=joined.source.outerjoin(street, street.c.id == d.c.street_id))
        if dimension is Dimension.STREET:
            return located, sa.func.coalesce(street.c.parent_id, street.c.id)
        return located, sa.case((street.c.parent_id.is_not(None), street.c.id))
    return joined, d.c[dimension.value]


def _of_mediation(f: Frame, rows: Rows, dimension: Dimension) -> tuple[Rows, ColumnElement[Any]]:
    a = rows.mediation
    if a is None:
        raise LookupError(dimension)
    if dimension is Dimension.MEDIATOR:
        return rows, a.c.mediator_id
    if dimension is Dimension.ORGANISATION:
        m: sa.FromClause = Mediator.__table__.alias()
        joined = replace(rows, source=rows.source.outerjoin(m, m.c.id == a.c.mediator_id))
        return joined, sa.func.coalesce(a.c.organisation_id, m.c.organisation_id)
    s, b = f.of(MediationSession), f.of(Booking)
    last = (
        sa.select(b.c.resource_id)
        .select_from(s.join(b, b.c.id == s.c.booking_id))
        .where(s.c.assignment_id == a.c.id, s.c.started_at.is_not(None))
        .order_by(s.c.started_at.desc(), s.c.id.desc())
        .limit(1)
        .scalar_subquery()
    )
    return rows, last


def narrowed(f: Frame, rows: Rows, only: Only) -> Rows:
    """The rows of one line."""
    found, column = keyed(f, rows, only.dimension)
    if only.dimension in CAUSES:
        if only.key.count(".") + 1 < int(only.dimension.value[-1]):
            # A cause of a higher level stands alone in this list: its disputes name nothing closer.
            return found.that(column == only.key)
        below = only.key.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + ".%"
        return found.that(sa.or_(column == only.key, column.like(below, escape="\\")))
    if not only.key:
        return found.that(column.is_(None))
    return found.that(column == _value(only))


def _value(only: Only) -> Any:
    if only.dimension is Dimension.ROUTE:
        return Route(only.key)
    if only.dimension is Dimension.SOURCE:
        return Source(only.key)
    return int(only.key)


def is_key(only: Only) -> bool:
    """Whether the line could exist at all."""
    if only.dimension in CAUSES:
        version, colon, code = only.key.partition(":")
        return bool(version and colon and code) and code.replace(".", "").isalnum()
    if not only.key:
        return True
    try:
        value = _value(only)
    except ValueError:
        return False
    return not isinstance(value, int) or 0 < value < 2**31


# ---- the lines ------------------------------------------------------------------------------------------------------------


def rows_of(court_id: int, question: Question, part: Part, only: Only | None = None) -> Rows | None:
    """The rows one half counts, all of them or those of one line."""
    rows = asking.half(court_id, question, part)
    if rows is None or only is None:
        return rows
    return narrowed(asking.frame_of(court_id, question, Readings()), rows, only)


def answer(court_id: int, question: Question, only: Only | None) -> Answer:
    """The figure, or that of one line."""
    whole = asking.answer(court_id, question)
    if only is None:
        return whole
    if question.figure is Figure.I22:
        above, below = booked.by_room(asking.frame_of(court_id, question, whole.readings)).get(
            int(only.key or 0), (0, 0)
        )
        return replace(whole, numerator=above, denominator=below)
    top, bottom = (rows_of(court_id, question, part, only) for part in Part)
    numbers = db.session.execute(
        sa.select(*(s.scalar_subquery() for s in ((top.total() if top else None), (bottom.size() if bottom else None)) if s is not None))
    ).one()  # fmt: skip
    if whole.denominator is None:
        return replace(whole, numerator=int(numbers[0]))
    below = int(numbers[1]) if bottom else asking.people(court_id, question, int(only.key or 0))
    return replace(whole, numerator=int(numbers[0]), denominator=below)


def answers(court_id: int, questions: Sequence[Question], only: Only) -> list[Answer]:
    """Several figures of one line, in as few questions to the database as it takes."""
    decided = {before: asking.settled(court_id, Facts(before)) for before in {q.facts.before for q in questions}}
    found: list[Answer] = []
    selects: list[sa.Select[Any]] = []
    for question in questions:
        definition, readings, changed = asking.read(court_id, question, decided[question.facts.before])
        f = asking.frame_of(court_id, question, readings)
        top, bottom = halves(definition, question.way, f)
        selects.append(narrowed(f, top, only).total())
        if bottom is not None:
            selects.append(narrowed(f, bottom, only).size())
        found.append(Answer(question, definition, readings, 0, None if bottom is None else 0, changed))
    numbers = iter(asking.counted(selects))
    return [
        replace(one, numerator=next(numbers), denominator=None if one.denominator is None else next(numbers))
        for one in found
    ]


def by(court_id: int, question: Question, dimension: Dimension) -> list[Line]:
    """The figure taken apart; the largest line first. Only the court reads this (R7-12)."""
    whole, readings, _changed = asking.read(court_id, question)
    if dimension not in whole.dimensions:
        raise LookupError(dimension)
    f = asking.frame_of(court_id, question, readings)
    if question.figure is Figure.I22:
        counts = {str(room): minutes for room, minutes in booked.by_room(f).items()}
        return _lines(court_id, question, dimension, {k: [a, b] for k, (a, b) in counts.items()})
    top, bottom = halves(whole, question.way, f)
    found: dict[str, list[int | None]] = {}
    for place, rows in enumerate((top, bottom)):
        if rows is None:
            continue
        for key, number in _grouped(f, rows, dimension, summed=place == 0):
            found.setdefault(key, [0, None if whole.denominator is None else 0])[place] = number
    if question.figure in asking.OF_PEOPLE:
        for key, counts_of in found.items():
            counts_of[1] = asking.people(court_id, question, int(key)) if key else 0
    return _lines(court_id, question, dimension, found)


def _grouped(f: Frame, rows: Rows, dimension: Dimension, *, summed: bool) -> Iterable[tuple[str, int]]:
    joined, column = keyed(f, rows, dimension)
    wanted = [column.label("key"), joined.unit.label("unit")]
    measured = summed and joined.measure is not None
    if measured and joined.measure is not None:
        wanted.append(joined.measure.label("measure"))
    table = sa.select(*wanted).select_from(joined.source).where(*joined.where).subquery()
    size = sa.func.sum(table.c.measure) if measured else sa.func.count(table.c.unit.distinct())
    totals: dict[str, int] = {}
    for key, number in db.session.execute(sa.select(table.c.key, size).group_by(table.c.key)):
        name = _upwards(dimension, key)
        totals[name] = totals.get(name, 0) + int(number)
    return totals.items()


def _upwards(dimension: Dimension, key: Any) -> str:
    """A dispute has one cause, so the lines of a level are the sums of those below it."""
    if key is None:
        return ""
    if dimension in CAUSES:
        version, _colon, code = str(key).partition(":")
        return f"{version}:{'.'.join(code.split('.')[: int(dimension.value[-1])])}"
    return str(getattr(key, "value", key))


def _lines(court_id: int, question: Question, dimension: Dimension, found: dict[str, list[Any]]) -> list[Line]:
    unit = asking.read(court_id, question, [])[0].unit
    names = names_of(dimension, found)
    lines = [
        Line(key, names.get(key, ""), above, below, asking.written(unit, above, below))
        for key, (above, below) in found.items()
    ]
    return sorted(lines, key=lambda line: (-(line.denominator or 0), -line.numerator, line.name, line.key))


def names_of(dimension: Dimension, keys: Iterable[str]) -> dict[str, str]:
    """How the lines are called; a cause by the name of its own version, whatever came after."""
    wanted = [key for key in keys if key]
    if dimension is Dimension.ROUTE:
        return {key: str(ROUTE[Route(key)]) for key in wanted}
    if dimension is Dimension.SOURCE:
        return {key: str(SOURCE[Source(key)]) for key in wanted}
    if dimension in CAUSES:
        pairs = [tuple(key.split(":", 1)) for key in wanted]
        causes = sa.select(Cause.version, Cause.code, Cause.name).where(
            Cause.version.in_({v for v, _c in pairs}), Cause.code.in_({c for _v, c in pairs})
        )
        return {f"{version}:{code}": name for version, code, name in db.session.execute(causes)}
    model: Any = {
        Dimension.MEDIATOR: Mediator, Dimension.ORGANISATION: Organisation, Dimension.STREET: Street,
        Dimension.COMMUNITY: Street, Dimension.ROOM: Resource, Dimension.TRIBUNAL: Resource,
    }[dimension]  # fmt: skip
    rows = sa.select(model.id, model.name).where(model.id.in_([int(key) for key in wanted]))
    return {str(number): name for number, name in db.session.execute(rows)}


# ---- by time --------------------------------------------------------------------------------------------------------------


def steps(period: Period, step: Step) -> list[Period]:
    """The period cut into days, weeks from Monday, months, quarters or years; the first and last may be shorter."""
    whole = {
        Step.DAY: lambda day: Period(day, day),
        Step.WEEK: _week_of,
        Step.MONTH: rules.month_of,
        Step.QUARTER: rules.quarter_of,
        Step.YEAR: rules.year_of,
    }[step]
    found: list[Period] = []
    day = period.first
    while day <= period.last:
        full = whole(day)
        found.append(Period(max(full.first, period.first), min(full.last, period.last)))
        day = full.last + timedelta(days=1)
    return found


def _week_of(day: date) -> Period:
    monday = day - timedelta(days=day.weekday())
    return Period(monday, monday + timedelta(days=6))


def fitting(period: Period, step: Step) -> Step:
    """The step asked for, or the shortest longer one that does not give more lines than a view holds."""
    longer = list(Step)[list(Step).index(step) :]
    lengths = {Step.DAY: 1, Step.WEEK: 7, Step.MONTH: 28, Step.QUARTER: 90, Step.YEAR: 365}
    return next((s for s in longer if period.days / lengths[s] <= MOST_STEPS), Step.YEAR)


def over_time(court_id: int, question: Question, step: Step) -> list[Answer]:
    """The figure step by step, each counted to its own end (or to the day as of which is asked)."""
    begun = [p for p in steps(question.period, fitting(question.period, step)) if p.first <= question.until]
    return asking.answers(court_id, [replace(question, period=p) for p in begun])


def last_year(period: Period) -> Period:
    """The same days of the year before; 29 February becomes the 28th, a whole month stays whole."""
    first, last = (_year_before(day) for day in (period.first, period.last))
    if period.last == rules.month_of(period.last).last:
        last = rules.month_of(last).last
    return Period(first, last)


def _year_before(day: date) -> date:
    try:
        return day.replace(year=day.year - 1)
    except ValueError:
        return day.replace(year=day.year - 1, day=28)


def compared(court_id: int, question: Question) -> Sequence[Answer]:
    """The period, the one before, and the same of last year; asked as of a past day, all three as known then.

    What is counted since the opening has no period before it: it is held against what it was a year ago. Where the
    period before is the same of last year, it is held against that once.
    """
    former: Sequence[Period] = list(dict.fromkeys((question.period.before(), last_year(question.period))))
    if question.way is Way.CUMULATIVE:
        opened, ended = question.period.first, former[-1].last
        former = [Period(opened, ended)] if opened <= ended else []
    return asking.answers(court_id, [question, *(replace(question, period=p) for p in former)])
