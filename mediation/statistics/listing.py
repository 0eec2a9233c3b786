"""Exactly the cases behind a figure, to look at and to take along in a spreadsheet that counts them again by itself."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from mediation.disputes.models import CaseNumber, Cause, Dispute
from mediation.kernel import audit, clock, sheets
from mediation.kernel.actor import Actor
from mediation.kernel.db import db, transaction
from mediation.kernel.errors import NotPermitted
from mediation.kernel.sheets import Formula
from mediation.roster.conduct.models import Complaint
from mediation.roster.models import Mediator
from mediation.scheduling.models import Resource
from mediation.statistics import apart, asking, booked, rules
from mediation.statistics.apart import Line, Only
from mediation.statistics.asking import SCALE, Answer, Question
from mediation.statistics.catalogue import Figure, Readings, Unit
from mediation.statistics.facts import Rows
from mediation.statistics.rules import Part


def cases(rows: Rows) -> Any:
    """The cases: id, number, cause, received, status, and what each adds where days are summed. One row for each unit."""
    if rows.dispute is None:
        return _complaints(rows)
    found = (
        sa.select(rows.unit.label("unit"), sa.func.max(rows.dispute).label("dispute"), _added(rows).label("added"))
        .select_from(rows.source)
        .where(*rows.where)
        .group_by(rows.unit)
        .subquery()
    )
    number = (
        sa.select(CaseNumber.canonical)
        .where(CaseNumber.dispute_id == Dispute.id)
        .order_by(CaseNumber.id.desc())
        .limit(1)
        .scalar_subquery()
    )
    return (
        sa.select(
            Dispute.id, sa.func.coalesce(number, Dispute.receipt_no).label("number"), Cause.name.label("cause"),
            Dispute.received_at, Dispute.status, found.c.added, found.c.unit,
        )
        .join(Cause, sa.and_(Cause.version == Dispute.cause_version, Cause.code == Dispute.cause_code))
        .join(found, found.c.dispute == Dispute.id)
        .order_by(Dispute.received_at, Dispute.id, found.c.unit)
    )  # fmt: skip


def _added(rows: Rows) -> sa.ColumnElement[Any]:
    return sa.literal(1) if rows.measure is None else sa.func.sum(rows.measure)


def _complaints(rows: Rows) -> Any:
    units = rows.units().subquery()
    return (
        sa.select(
            sa.null().label("id"), Mediator.name.label("number"), sa.literal("").label("cause"),
            Complaint.received_on.label("received_at"), sa.null().label("status"), sa.literal(1).label("added"),
            Complaint.id.label("unit"),
        )
        .join(units, units.c.unit == Complaint.id)
        .join(Mediator, Mediator.id == Complaint.mediator_id)
        .order_by(Complaint.received_on, Complaint.id)
    )  # fmt: skip


# ---- the spreadsheet ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Words:
    """What the sheets say, in the reader's language."""

    figure: str
    cases: str
    head: Sequence[str]
    about: Sequence[tuple[str, str]]
    above: str
    below: str
    value: str
    status: Any


@dataclass
class _Row:
    number: str
    cause: str
    day: Any
    status: str
    above: int = 0
    below: int = 0


def workbook(actor: Actor, answer: Answer, only: Only | None, words: Words) -> bytes:
    """The figure as formulas over the listed cases: whoever strikes out a row sees the figure follow."""
    if not rules.may_export(actor):
        raise NotPermitted("export")
    question = answer.question
    rows = _rows(actor.court_id, question, only, words)
    body = sheets.live_workbook(
        [(words.figure, _first_page(answer, rows, words)), (words.cases, _second_page(rows, words))]
    )
    with transaction():
        audit.note(
            actor, "statistics.export", subject_type="statistics", indicator=question.figure, way=question.way,
            first=question.period.first, last=question.period.last, as_of=question.as_of, rows=len(rows),
            only=f"{only.dimension.value}:{only.key}" if only else "",
        )  # fmt: skip
    return body


def _rows(court_id: int, question: Question, only: Only | None, words: Words) -> list[_Row]:
    if question.figure is Figure.I22:
        return _rooms(court_id, question, only)
    found: dict[int, _Row] = {}
    for part in Part:
        rows = apart.rows_of(court_id, question, part, only)
        if rows is None:
            continue
        for one in db.session.execute(cases(rows)):
            row = found.setdefault(one.unit, _row(one, words))
            if part is Part.NUMERATOR:
                row.above = int(one.added)
            else:
                row.below = 1
    return list(found.values())


def _row(one: Any, words: Words) -> _Row:
    day = one.received_at if one.id is None else clock.local(one.received_at).date()
    return _Row(one.number, one.cause, day, "" if one.status is None else words.status(one.status))


def _rooms(court_id: int, question: Question, only: Only | None) -> list[_Row]:
    used = booked.by_room(asking.frame_of(court_id, question, Readings()))
    names = dict(db.session.execute(sa.select(Resource.id, Resource.name).where(Resource.id.in_(used))).all())
    return [
        _Row(names[room], "", None, "", above, below)
        for room, (above, below) in used.items()
        if only is None or only.key == str(room)
    ]


def _first_page(answer: Answer, rows: Sequence[_Row], words: Words) -> Iterable[Sequence[object]]:
    yield from ((name, said) for name, said in words.about)
    place, last = len(words.about) + 1, len(rows) + 1
    sheet = words.cases[:31].replace("'", "''")
    span = f"'{sheet}'!{{0}}2:{{0}}{max(last, 2)}"
    yield words.above, Formula(f"=SUM({span.format('E')})")
    if answer.definition.denominator is None:
        yield words.value, Formula(f"=B{place}")
        return
    people = answer.question.figure in asking.OF_PEOPLE
    yield words.below, (answer.denominator if people else Formula(f"=SUM({span.format('F')})"))
    scale = SCALE[answer.definition.unit]
    times = "" if scale == 1 else f"{scale}*"
    percent = '&" %"' if answer.definition.unit is Unit.PERCENT else ""
    rounded = f"ROUND({times}B{place}/B{place + 1},2)"
    shown = f'TEXT({rounded},"0.00"){percent}' if percent else rounded
    yield words.value, Formula(f'=IF(B{place + 1}=0,"—",{shown})')


def _second_page(rows: Sequence[_Row], words: Words) -> Iterable[Sequence[object]]:
    yield words.head
    yield from ((row.number, row.cause, row.day, row.status, row.above, row.below) for row in rows)


def chart(
    actor: Actor, whole: Answer, kind: str, words: Sequence[str], told: Sequence[tuple[str, Answer | Line]]
) -> bytes:
    """The table beside a chart: each line its counts, and its value as a formula over the two."""
    if not rules.may_export(actor):
        raise NotPermitted("export")
    question, ratio = whole.question, whole.denominator is not None
    rows: list[Sequence[object]] = [words if ratio else words[:2]]
    scale = SCALE[whole.definition.unit] if ratio else 1
    for place, (name, one) in enumerate(told, 2):
        value = Formula(f'=IF(C{place}=0,"—",ROUND({scale}*B{place}/C{place},2))')
        rows.append((name, one.numerator, one.denominator, value) if ratio else (name, one.numerator))
    with transaction():
        audit.note(
            actor, "statistics.export", subject_type="statistics", indicator=question.figure, way=question.way,
            first=question.period.first, last=question.period.last, as_of=question.as_of, rows=len(told), only=kind,
        )  # fmt: skip
    return sheets.live_workbook([(f"{question.figure.value} {kind}", rows)])
