"""The president's figures: each the size of a list that can be opened."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

import sqlalchemy as sa

from mediation.assignment.models import Assignment
from mediation.assignment.rules import Status as Mediation
from mediation.disputes.models import CaseNumber, Cause, Dispute
from mediation.kernel import audit, clock, sheets
from mediation.kernel.actor import Actor
from mediation.kernel.db import db, transaction
from mediation.kernel.errors import NotPermitted
from mediation.litigation.models import LitigationCase
from mediation.litigation.rules import Status as Litigation
from mediation.periods import services as periods
from mediation.scheduling.services import using
from mediation.statistics import asking, counts, keeping, rules
from mediation.statistics.asking import Question
from mediation.statistics.catalogue import BEARS_ON, FIGURE_OF, Point, Readings, Settled, readings_on
from mediation.statistics.counts import Count
from mediation.statistics.facts import Facts, known_by
from mediation.statistics.keeping import SHELF, Kept, Shelves
from mediation.statistics.models import FigureReading
from mediation.statistics.rules import Indicator, Part, Period, Rate


def rates(actor: Actor, period: Period, wanted: Iterable[Indicator] = tuple(Indicator)) -> dict[Indicator, Rate]:
    """Both counts of each indicator, in one question to the database."""
    may(actor)
    return _rates(actor.court_id, keeping.of(actor.court_id), period, wanted)


def _rates(
    court_id: int, kept: Kept, period: Period, wanted: Iterable[Indicator] = tuple(Indicator)
) -> dict[Indicator, Rate]:
    definitions = {indicator: counts.DEFINITIONS[indicator] for indicator in wanted}
    halves = list(dict.fromkeys(half for d in definitions.values() for half in (d.numerator, d.denominator)))
    number = dict(zip(halves, _counted(court_id, kept, [(half, period) for half in halves]), strict=True))
    rates = {indicator: Rate(number[d.numerator], number[d.denominator]) for indicator, d in definitions.items()}
    return rates | _read_otherwise(court_id, kept, period, wanted)


def _read_otherwise(court_id: int, kept: Kept, period: Period, wanted: Iterable[Indicator]) -> dict[Indicator, Rate]:
    """The figures for which the court reads an open point not as the product comes (U16-U18): by the catalogue."""
    if "settled" not in kept:
        kept.put("settled", frozenset({FigureReading.__tablename__}), asking.settled(court_id))
    decided = kept["settled"]
    asked = {i: _question(i, period) for i in wanted if decided and _is_read_otherwise(i, period, decided)}
    found = asking.answers(court_id, asked.values())
    return {i: Rate(a.numerator, a.denominator or 0) for i, a in zip(asked, found, strict=True)}


def _is_read_otherwise(indicator: Indicator, period: Period, decided: Sequence[Settled]) -> bool:
    held, usual = readings_on(decided, period.last), Readings()
    figure = FIGURE_OF[indicator][0]
    return any(getattr(held, p.value) is not getattr(usual, p.value) for p in Point if figure in BEARS_ON[p])


def _question(indicator: Indicator, period: Period) -> Question:
    figure, way = FIGURE_OF[indicator]
    return Question(figure, way, period)


def _counted(court_id: int, kept: Kept, wanted: Sequence[tuple[Count, Period]]) -> list[int]:
    """How many disputes each of them counts: those not counted before in one question, of the others what has changed."""
    once = list(dict.fromkeys(wanted))
    new = [one for one in once if one not in kept]
    for one, numbers in _shelves(court_id, new).items():
        kept.put(one, counts.tables(one[0]), Shelves(numbers))
    held: dict[tuple[Count, Period], Shelves] = {one: kept[one] for one in once}
    again = {one: dict.fromkeys(found.changed, 0) for one, found in held.items() if found.changed}
    for shelf in sorted({shelf for changed in again.values() for shelf in changed}):
        for one, numbers in _shelves(
            court_id, [one for one, changed in again.items() if shelf in changed], shelf
        ).items():
            again[one] |= numbers
    for one, numbers in again.items():
        held[one] = held[one].recounted(numbers)
        kept.put(one, counts.tables(one[0]), held[one])
    return [held[one].number for one in wanted]


def _shelves(
    court_id: int, wanted: Sequence[tuple[Count, Period]], only: int | None = None
) -> dict[tuple[Count, Period], dict[int, int]]:
    """Of each count how many disputes stand on each shelf, or on this one only."""
    numbers: dict[tuple[Count, Period], dict[int, int]] = {one: {} for one in wanted}
    if wanted:
        on = "" if only is None else db.engine.dialect.name
        said = {} if only is None else {"shelf": only, "first": only * SHELF, "last": only * SHELF + SHELF - 1}
        for place, shelf, number in db.session.execute(_question_of(tuple(wanted), on), {"court": court_id} | said):
            numbers[wanted[place]][shelf] = number
    return numbers


@lru_cache(maxsize=64)
def _question_of(wanted: tuple[tuple[Count, Period], ...], on: str) -> Any:
    """Put together once, for the same is asked after every step: of one shelf `on` a database, or of all."""
    court: Any = sa.bindparam("court", type_=sa.Integer())
    parts = []
    for place, (count, period) in enumerate(wanted):
        ids = count(court, period)
        if on:
            ids = counts.narrowed(ids, _on_the_shelf if on == "sqlite" else _between)
        found = ids.subquery()
        shelf: Any = sa.bindparam("shelf", type_=sa.Integer())
        if not on:
            shelf = next(iter(found.c)) // sa.literal_column(str(SHELF), sa.Integer())
        part = sa.select(sa.literal_column(str(place)), shelf.label("shelf"), sa.func.count()).select_from(found)
        parts.append(part if on else part.group_by(sa.literal_column("shelf")))
    return sa.union_all(*parts)


def _between(dispute: sa.ColumnElement[int]) -> sa.ColumnElement[bool]:
    return dispute.between(sa.bindparam("first"), sa.bindparam("last"))


def _on_the_shelf(dispute: sa.ColumnElement[int]) -> sa.ColumnElement[bool]:
    """SQLite, where it sees a range, reads the whole period and looks for the disputes in it."""
    theirs: sa.ColumnElement[int] = Dispute.__table__.c.id
    return dispute.in_(sa.select(theirs).where(_between(theirs)))


def cases(actor: Actor, indicator: Indicator, part: Part, period: Period) -> Any:
    """Exactly the disputes an indicator counts: id, receipt number, cause, received, status."""
    may(actor)
    ids = _counted_by(actor.court_id, indicator, part, period).subquery()
    number = (
        sa.select(CaseNumber.canonical)
        .where(CaseNumber.dispute_id == Dispute.id)
        .order_by(CaseNumber.id.desc())
        .limit(1)
        .scalar_subquery()
    )
    return (
        sa.select(
            Dispute.id, sa.func.coalesce(number, Dispute.receipt_no), Cause.name, Dispute.received_at, Dispute.status
        )
        .join(Cause, sa.and_(Cause.version == Dispute.cause_version, Cause.code == Dispute.cause_code))
        .join(ids, next(iter(ids.c)) == Dispute.id)
        .order_by(Dispute.received_at, Dispute.id)
    )


def _counted_by(court_id: int, indicator: Indicator, part: Part, period: Period) -> sa.Select[Any]:
    if _is_read_otherwise(indicator, period, asking.settled(court_id)):
        rows = asking.half(court_id, _question(indicator, period), part)
        if rows is not None:
            return rows.units()
    definition = counts.DEFINITIONS[indicator]
    select = definition.numerator if part is Part.NUMERATOR else definition.denominator
    return select(court_id, period)


def by_month(court_id: int, kept: Kept, months: Sequence[Period]) -> list[dict[str, Any]]:
    """Handed out, ended and succeeded before filing, month by month: the chart and the table under it."""
    wanted = [(count, month) for month in months for count in counts.OF_A_MONTH]
    found = _counted(court_id, kept, wanted)
    return [
        {
            "month": month,
            "handed_out": found[3 * n],
            "ended": found[3 * n + 1],
            "succeeded": found[3 * n + 2],
            "rate": Rate(found[3 * n + 2], found[3 * n + 1]),
        }
        for n, month in enumerate(months)
    ]


@dataclass(frozen=True)
class Sheet:
    """What the president's page shows."""

    now: dict[Indicator, Rate]
    then: dict[Indicator, Rate]
    months: list[dict[str, Any]]
    pending: int
    # I22 with the period before; none for a period longer than its page can show.
    rooms: tuple[Rate, Rate] | None


def sheet(actor: Actor, period: Period) -> Sheet:
    """All figures of the president's page, counted from the records as they stand."""
    may(actor)
    court_id = actor.court_id
    kept = keeping.of(court_id)
    return Sheet(
        _rates(court_id, kept, period),
        _rates(court_id, kept, period.before()),
        by_month(court_id, kept, last_months(period.last)),
        _pending(court_id, kept),
        _use_of_rooms(court_id, kept, period),
    )


def _use_of_rooms(court_id: int, kept: Kept, period: Period) -> tuple[Rate, Rate] | None:
    """I22 for a period and the one before, as the page of the rooms counts it."""
    if period.last - period.first > using.LONGEST_PERIOD:
        return None
    calendar = periods.calendar()
    key = "rooms", period
    # The holidays are the nation's: another court's administrator may have taken them over.
    if key not in kept or kept[key][0] is not calendar:
        now, then = (Rate(*using.minutes_used(court_id, p.first, p.last)) for p in (period, period.before()))
        kept.put(key, using.TABLES, (calendar, (now, then)))
    found: tuple[Rate, Rate] = kept[key][1]
    return found


def months_shown(period: Period) -> list[Period]:
    """The months of a chart over a period: each that it touches, a year at least and three at most."""
    first, last = period.first, period.last
    touched = 12 * (last.year - first.year) + last.month - first.month + 1
    return last_months(last, min(max(touched, 12), 36))


def last_months(today: date, number: int = 12) -> list[Period]:
    """The last months, the oldest first."""
    months = [rules.month_of(today)]
    while len(months) < number:
        months.append(months[-1].before())
    return months[::-1]


def pending_hearing(court_id: int) -> int:
    """How many filed cases wait for a hearing: the backlog of the notice board (R3-11; DOMAIN 3.11)."""
    return _pending(court_id, keeping.of(court_id))


def pending_hearing_on(court_id: int, day: date) -> int:
    """How many waited on the evening of a day, as it was known then."""
    return db.session.scalar(_waiting(court_id, known_by(day))) or 0


def _waiting(court_id: int, facts: Facts) -> sa.Select[Any]:
    case = facts.of(LitigationCase).c
    on_track = case.status.in_((Litigation.FAST_TRACK, Litigation.ORDINARY))
    return sa.select(sa.func.count()).where(case.court_id == court_id, on_track, case.heard_on.is_(None))


def _pending(court_id: int, kept: Kept) -> int:
    if "pending" not in kept:
        waiting = db.session.scalar(_waiting(court_id, Facts())) or 0
        kept.put("pending", frozenset({LitigationCase.__tablename__}), waiting)
    found: int = kept["pending"]
    return found


def in_mediation(court_id: int) -> int:
    """How many disputes are in mediation now."""
    running = (Mediation.ACCEPTED, Mediation.SCHEDULED, Mediation.IN_SESSION, Mediation.SUSPENDED)
    found = sa.select(sa.func.count()).where(Assignment.court_id == court_id, Assignment.status.in_(running))
    return db.session.scalar(found) or 0


def workbook(
    actor: Actor, indicator: Indicator, part: Part, period: Period, *, head: Sequence[str], status: Any
) -> bytes:
    """The cases behind a figure as a spreadsheet; taking it along is written down."""
    if not rules.may_export(actor):
        raise NotPermitted("export")
    found = db.session.execute(cases(actor, indicator, part, period)).all()
    rows = [
        (number, cause, clock.local(received_at).date().isoformat(), status(state))
        for _id, number, cause, received_at, state in found
    ]
    body = sheets.workbook(f"{indicator.value} {part.value}", head, rows)
    with transaction():
        audit.note(
            actor,
            "statistics.export",
            subject_type="statistics",
            indicator=indicator,
            part=part,
            first=period.first,
            last=period.last,
            rows=len(rows),
        )
    return body


def may(actor: Actor) -> None:
    """The figures are the court's (DOMAIN 2.2)."""
    if not rules.may_read(actor):
        raise NotPermitted("read")
