"""Mediations: handed out, running, ended, successful, late."""

from typing import Any

import sqlalchemy as sa
from sqlalchemy.sql.expression import ColumnElement

from mediation.agreements.models import MediationSession
from mediation.agreements.rules import Method
from mediation.assignment.models import Assignment, Suspension
from mediation.assignment.rules import EndCode, Kind, SuspensionReason
from mediation.litigation.models import LitigationCase
from mediation.periods.models import Deadline
from mediation.periods.table import PeriodKey
from mediation.statistics.catalogue import Reading
from mediation.statistics.facts import Condition, Frame, Rows, days_between

MEDIATION_KEYS = (
    PeriodKey.MEDIATION_PRE, PeriodKey.MEDIATION_OUT, PeriodKey.MEDIATION_POST_ORD, PeriodKey.MEDIATION_POST_SUM,
)  # fmt: skip
BEFORE_FILING = (Kind.DELEGATED, Kind.REFERRED)
AFTER_FILING = (Kind.ENTRUSTED,)
EVERY = tuple(Kind)
# R7-06: FAIL and UNREACHED.
FAILED = (EndCode.UNREACHABLE, EndCode.UNWILLING, EndCode.DIVERGENCE, EndCode.EXPIRED, EndCode.UNSIGNED)


def mediations(f: Frame, *kinds: Kind, declined: bool = False) -> Rows:
    """Disputes handed to a mediator; those he did not take up are none (R3-22)."""
    a = f.of(Assignment)
    taken_up = sa.or_(a.c.end_code.is_not(None), a.c.ended_on.is_(None))
    where = [a.c.court_id == f.court_id, a.c.kind.in_(kinds)] + ([] if declined else [taken_up])
    return Rows(a, tuple(where), a.c.dispute_id, a.c.dispute_id, mediation=a)


def of(rows: Rows, name: str) -> ColumnElement[Any]:
    """A column of the mediation."""
    if rows.mediation is None:
        raise TypeError("no mediations")
    return rows.mediation.c[name]


def each(rows: Rows) -> Rows:
    """Every handing-over counts, not every dispute once."""
    return Rows(
        rows.source, rows.where, of(rows, "id"), rows.dispute, rows.measure, mediation=rows.mediation, case=rows.case
    )  # fmt: skip


def handed_out(f: Frame, *kinds: Kind) -> Rows:
    """By the day of the letter."""
    rows = mediations(f, *kinds)
    return rows.that(f.within(of(rows, "issued_on")))


def over(rows: Rows) -> Condition:
    """The mediation has ended."""
    return of(rows, "end_code").is_not(None)


def ended(f: Frame, *kinds: Kind) -> Rows:
    """By the day on which the mediation ended."""
    rows = mediations(f, *kinds)
    return rows.that(over(rows), f.within(of(rows, "ended_on")))


def ended_of(f: Frame, rows: Rows) -> Rows:
    """Of these, those that have ended so far."""
    return rows.that(over(rows), f.so_far(of(rows, "ended_on")))


def successful(f: Frame, rows: Rows) -> Rows:
    """R7-06: agreement reached, or withdrawn after mediation work, as the court reads U17."""
    code, settled = of(rows, "end_code"), of(rows, "end_code") == EndCode.SETTLED
    counted = {
        Reading.MEDIATED: sa.and_(settled, of(rows, "mediated")),
        Reading.ALWAYS: settled,
        Reading.NEVER: sa.false(),
    }[f.readings.withdrawal]
    return rows.that(sa.or_(code == EndCode.AGREEMENT, counted))


def without_withdrawn(f: Frame, rows: Rows) -> Rows:
    """R7-06 WITHDRAWN is left out: settled without mediation work, where that is no success."""
    if f.readings.withdrawal is Reading.ALWAYS:
        return rows
    return rows.that(sa.or_(of(rows, "end_code") != EndCode.SETTLED, of(rows, "mediated")))


def not_agreed(f: Frame) -> Rows:
    """Mediations before filing that ended without agreement."""
    rows = ended(f, *BEFORE_FILING)
    return rows.that(of(rows, "end_code").in_(FAILED))


def filed_since(f: Frame, rows: Rows) -> Rows:
    """Of these, those filed so far."""
    c = f.of(LitigationCase)
    return rows.that(sa.exists().where(c.c.dispute_id == rows.dispute, f.so_far(c.c.filed_on)))


def length(rows: Rows) -> Rows:
    """I12: natural days from acceptance to the end, the first not counted, without what the law leaves out."""
    days = days_between(of(rows, "accepted_on"), of(rows, "ended_on")) - of(rows, "excluded_days")
    return each(rows).that(of(rows, "accepted_on").is_not(None)).measured(days)


def running(f: Frame, rows: Rows) -> Condition:
    """Accepted and not ended by the day to which is counted."""
    still = sa.or_(of(rows, "ended_on").is_(None), of(rows, "ended_on") > f.until)
    return sa.and_(f.so_far(of(rows, "accepted_on")), still)


def ended_or_running(f: Frame, *kinds: Kind) -> Rows:
    """Ended in the period, and still running at its end."""
    rows = mediations(f, *kinds)
    return rows.that(sa.or_(sa.and_(over(rows), f.within(of(rows, "ended_on"))), running(f, rows)))


def late(f: Frame, rows: Rows) -> Rows:
    """I13: ended after the last day, or running past it."""
    d = f.of(Deadline)
    ran_out = sa.exists().where(
        d.c.dispute_id == of(rows, "dispute_id"), d.c.subject_type == "assignment", d.c.subject_id == of(rows, "id"),
        d.c.key.in_(MEDIATION_KEYS), d.c.final_on < f.until,
    )  # fmt: skip
    past = sa.and_(running(f, rows), sa.or_(of(rows, "final_on") < f.until, ran_out))
    after = sa.and_(
        over(rows), f.so_far(of(rows, "ended_on")), of(rows, "ended_on") > of(rows, "final_on")
    )  # fmt: skip
    return rows.that(sa.or_(after, past))


def in_time_to_accept(f: Frame, rows: Rows) -> Rows:
    """I16: accepted within the three working days of S5 art. 12."""
    d = f.of(Deadline)
    return rows.that(
        f.so_far(of(rows, "accepted_on")),
        sa.exists().where(
            d.c.dispute_id == of(rows, "dispute_id"),
            d.c.subject_type == "assignment",
            d.c.subject_id == of(rows, "id"),
            d.c.key == PeriodKey.MEDIATOR_ACCEPT,
            of(rows, "accepted_on") <= d.c.final_on,
        ),
    )


def online(f: Frame, rows: Rows) -> Rows:
    """I17: at least one session held by video."""
    s = f.of(MediationSession)
    return rows.that(
        sa.exists().where(
            s.c.assignment_id == of(rows, "id"), s.c.method == Method.VIDEO, s.c.started_at.is_not(None), f.so_far(s.c.started_at)
        )
    )  # fmt: skip


def suspected(f: Frame) -> Rows:
    """I23: a suspicion of sham mediation was reported to the court (S4 art. 18)."""
    rows = mediations(f, *EVERY, declined=True)
    s = f.of(Suspension)
    return rows.that(
        sa.exists().where(
            s.c.assignment_id == of(rows, "id"), s.c.reason == SuspensionReason.SHAM, f.within(s.c.began_on)
        )
    )  # fmt: skip
