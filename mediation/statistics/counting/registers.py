"""Disputes received and closed, cases filed and closed, complaints."""

from typing import Any

import sqlalchemy as sa
from sqlalchemy.sql.expression import ColumnElement

from mediation.assignment.rules import Kind
from mediation.disputes.models import AddressConfirmation, Dispute
from mediation.intake.models import Screening
from mediation.intake.rules import ScreeningResult
from mediation.litigation.models import LitigationCase
from mediation.litigation.rules import Manner
from mediation.periods.models import Deadline, DeadlinePause
from mediation.periods.table import PeriodKey
from mediation.roster.conduct.models import Complaint
from mediation.statistics.catalogue import Reading
from mediation.statistics.counting.mediations import AFTER_FILING, ended_of, mediations, of, successful
from mediation.statistics.facts import Condition, Frame, Rows, days_between

TRIAL_KEYS = (PeriodKey.TRIAL_SMALL, PeriodKey.TRIAL_SUMMARY, PeriodKey.TRIAL_ORDINARY)


def elsewhere(f: Frame, dispute: ColumnElement[int]) -> Condition:
    """Screened as belonging to another authority or court."""
    s = f.of(Screening)
    return sa.exists().where(
        s.c.dispute_id == dispute, s.c.result.in_((ScreeningResult.OUT_OF_SCOPE, ScreeningResult.WRONG_COURT))
    )  # fmt: skip


def received(f: Frame) -> Rows:
    """Disputes received that belong before this court."""
    d = f.of(Dispute)
    where = (d.c.court_id == f.court_id, f.within(d.c.received_at), ~elsewhere(f, d.c.id))
    return Rows(d, where, d.c.id, d.c.id)


def handed_out_of_received(f: Frame, *kinds: Kind) -> Rows:
    """Of the disputes received in the period, those handed to a mediator so far."""
    rows = mediations(f, *kinds)
    d = f.of(Dispute)
    return Rows(
        rows.source.join(d, d.c.id == rows.dispute),
        (*rows.where, f.within(d.c.received_at), ~elsewhere(f, d.c.id), f.so_far(of(rows, "issued_on"))),
        rows.unit, rows.dispute, mediation=rows.mediation,
    )  # fmt: skip


def closed(f: Frame) -> Rows:
    """Disputes closed."""
    d = f.of(Dispute)
    return Rows(d, (d.c.court_id == f.court_id, f.within(d.c.closed_at)), d.c.id, d.c.id)


def with_address(f: Frame, rows: Rows) -> Rows:
    """I24: somebody has signed the confirmation of the address for service (S11 art. 3)."""
    a = f.of(AddressConfirmation)
    return rows.that(
        sa.exists().where(a.c.dispute_id == rows.dispute, ~a.c.refused, f.so_far(a.c.confirmed_on))
    )  # fmt: skip


def cases(f: Frame) -> Rows:
    """Filed cases."""
    c = f.of(LitigationCase)
    return Rows(c, (c.c.court_id == f.court_id,), c.c.dispute_id, c.c.dispute_id, case=c)


def of_case(rows: Rows, name: str) -> ColumnElement[Any]:
    """A column of the case."""
    if rows.case is None:
        raise TypeError("no cases")
    return rows.case.c[name]


def filed(f: Frame) -> Rows:
    """By the day of filing. R7-10: what is filed here is 民初, never 诉前调确 or 诉前调书."""
    rows = cases(f)
    return rows.that(f.within(of_case(rows, "filed_on")))


def on_fast_track(f: Frame, rows: Rows) -> Condition:
    """I07 as the court reads U18: closed by the fast track, or handed to it."""
    if f.readings.fast_track is Reading.HANDED_OVER:
        return f.so_far(of_case(rows, "fast_track_on"))
    return sa.and_(of_case(rows, "fast_track"), f.so_far(of_case(rows, "closed_on")))


def fast_track(f: Frame) -> Rows:
    """I07: on the day on which the fast track closed the case, or was handed it (U18)."""
    rows = cases(f)
    day = "fast_track_on" if f.readings.fast_track is Reading.HANDED_OVER else "closed_on"
    return rows.that(on_fast_track(f, rows), f.within(of_case(rows, day)))


def closed_cases(f: Frame) -> Rows:
    """Cases closed."""
    rows = cases(f)
    return rows.that(f.within(of_case(rows, "closed_on")))


def duration(f: Frame, rows: Rows) -> Rows:
    """I08: days from filing to closing without those left out of the trial limit (S2 art. 243)."""
    p, d = f.of(DeadlinePause), f.of(Deadline)
    through = sa.case((p.c.through > of_case(rows, "closed_on"), of_case(rows, "closed_on")), else_=p.c.through)
    left_out = (
        sa.select(sa.func.coalesce(sa.func.sum(days_between(p.c.after, through)), 0))
        .select_from(p.join(d, d.c.id == p.c.deadline_id))
        .where(
            d.c.dispute_id == of_case(rows, "dispute_id"), d.c.subject_type == "litigation_case",
            d.c.subject_id == of_case(rows, "id"), d.c.key.in_(TRIAL_KEYS),
            p.c.through.is_not(None), p.c.after < of_case(rows, "closed_on"),
        )
        .scalar_subquery()
    )  # fmt: skip
    return rows.measured(days_between(of_case(rows, "filed_on"), of_case(rows, "closed_on")) - left_out)


def mediated_or_withdrawn(rows: Rows) -> Rows:
    """I15: closed by a mediation document or a withdrawal; a case deemed withdrawn is none."""
    return rows.that(of_case(rows, "manner").in_((Manner.MEDIATION_DOCUMENT, Manner.WITHDRAWN)))


def with_success(f: Frame, rows: Rows) -> Condition:
    """The case was mediated with success after filing, so far."""
    a = successful(f, ended_of(f, mediations(f, *AFTER_FILING)))
    return sa.exists().where(*a.where, a.unit == rows.unit)


def together(*halves: Rows) -> Rows:
    """Several lists, each dispute once (R7-05)."""
    both = sa.union(*(half.units() for half in halves)).subquery()
    return Rows(both, (), both.c.unit, both.c.unit)


def complaints(f: Frame) -> Rows:
    """Complaints about mediators (S4 art. 28)."""
    c = f.of(Complaint)
    return Rows(c, (c.c.court_id == f.court_id, f.within(c.c.received_on)), c.c.id, None)
