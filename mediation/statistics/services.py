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
from mediation.scheduling.services import using
from mediation.statistics import asking, counts, rules
from mediation.statistics.asking import Question
from mediation.statistics.catalogue import BEARS_ON, FIGURE_OF, Point, Readings, Settled, readings_on
from mediation.statistics.rules import Indicator, Part, Period, Rate


def rates(actor: Actor, period: Period, wanted: Iterable[Indicator] = tuple(Indicator)) -> dict[Indicator, Rate]:
    """Both counts of each indicator, in one question to the database."""
    may(actor)
    return _rates(actor.court_id, period, wanted)


def _rates(court_id: int, period: Period, wanted: Iterable[Indicator] = tuple(Indicator)) -> dict[Indicator, Rate]:
    definitions = {indicator: counts.DEFINITIONS[indicator] for indicator in wanted}
    halves = dict.fromkeys(half for d in definitions.values() for half in (d.numerator, d.denominator))
    found = _counted(half(court_id, period) for half in halves)
    number = dict(zip(halves, found, strict=True))
    rates = {indicator: Rate(number[d.numerator], number[d.denominator]) for indicator, d in definitions.items()}
    return rates | _read_otherwise(court_id, period, wanted)


def _read_otherwise(court_id: int, period: Period, wanted: Iterable[Indicator]) -> dict[Indicator, Rate]:
    """The figures for which the court reads an open point not as the product comes (U16-U18): by the catalogue."""
    decided = asking.settled(court_id)
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


def _counted(selects: Iterable[sa.Select[Any]]) -> Sequence[int]:
    """How many rows each of them has, in one question."""
    numbers = (sa.select(sa.func.count()).select_from(rows.subquery()).scalar_subquery() for rows in selects)
    return db.session.execute(sa.select(*numbers)).one()


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


def by_month(court_id: int, months: Sequence[Period]) -> list[dict[str, Any]]:
    """Handed out, ended and succeeded before filing, month by month: the chart and the table under it."""
    found = _counted(
        select(court_id, month, *counts.OUTSIDE)
        for month in months
        for select in (counts.handed_out, counts.ended, counts.succeeded)
    )
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
    """All figures of the president's page. They are counted again as soon as the court's records have changed.

    Whatever they count is changed only with an entry of the trail in the same transaction; while the trail ends where
    it ended, the figures are the same.
    """
    may(actor)
    return sheet_at(actor.court_id, audit.position(actor.court_id), period)


@lru_cache(maxsize=64)
def sheet_at(court_id: int, _position: str, period: Period) -> Sheet:
    """The same at one end of the trail."""
    return Sheet(
        _rates(court_id, period),
        _rates(court_id, period.before()),
        by_month(court_id, last_months(period.last)),
        pending_hearing(court_id),
        use_of_rooms(court_id, period),
    )


def use_of_rooms(court_id: int, period: Period) -> tuple[Rate, Rate] | None:
    """I22 for a period and the one before, as the page of the rooms counts it."""
    if period.last - period.first > using.LONGEST_PERIOD:
        return None
    now, then = (Rate(*using.minutes_used(court_id, p.first, p.last)) for p in (period, period.before()))
    return now, then


def last_months(today: date, number: int = 12) -> list[Period]:
    """The last months, the oldest first."""
    months = [rules.month_of(today)]
    while len(months) < number:
        months.append(months[-1].before())
    return months[::-1]


def pending_hearing(court_id: int) -> int:
    """How many filed cases wait for a hearing: the backlog of the notice board (R3-11; DOMAIN 3.11)."""
    waiting = sa.select(sa.func.count()).where(
        LitigationCase.court_id == court_id,
        LitigationCase.status.in_((Litigation.FAST_TRACK, Litigation.ORDINARY)),
        LitigationCase.heard_on.is_(None),
    )
    return db.session.scalar(waiting) or 0


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
