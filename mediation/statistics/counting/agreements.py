"""Agreements, their performance, and their confirmation by the court."""

import sqlalchemy as sa

from mediation.agreements.models import Agreement, Clause, Instalment
from mediation.assignment.models import Assignment
from mediation.assignment.rules import Kind
from mediation.confirmation.models import Confirmation
from mediation.confirmation.rules import Outcome
from mediation.statistics.catalogue import Reading
from mediation.statistics.counting.mediations import BEFORE_FILING, EVERY
from mediation.statistics.facts import Condition, Frame, Rows, days_between


def agreements(f: Frame, *kinds: Kind) -> tuple[Rows, sa.FromClause]:
    """Agreements that took effect, with the mediation they came from."""
    e, a = f.of(Agreement), f.of(Assignment)
    where = (e.c.court_id == f.court_id, e.c.effective_on.is_not(None), a.c.kind.in_(kinds))
    return Rows(e.join(a, a.c.id == e.c.assignment_id), where, e.c.dispute_id, e.c.dispute_id, mediation=a), e


def agreed(f: Frame) -> tuple[Rows, sa.FromClause]:
    """Before or outside filing, by the day of effect."""
    rows, e = agreements(f, *BEFORE_FILING)
    return rows.that(f.within(e.c.effective_on)), e


def left_to_do(f: Frame, e: sa.FromClause) -> Condition:
    """I09b: something was not yet performed at signing."""
    k, any_clause = f.of(Clause), f.of(Clause)
    later = sa.or_(k.c.performed_on.is_(None), k.c.performed_on > e.c.effective_on)
    nothing_typed = ~sa.exists().where(any_clause.c.agreement_id == e.c.id)
    return sa.or_(sa.exists().where(k.c.agreement_id == e.c.id, later), nothing_typed)


def applications(f: Frame) -> tuple[Rows, sa.FromClause, sa.FromClause]:
    """Applications for confirmation, with agreement and mediation."""
    c, e, a = f.of(Confirmation), f.of(Agreement), f.of(Assignment)
    source = c.join(e, e.c.id == c.c.agreement_id).join(a, a.c.id == e.c.assignment_id)
    return Rows(source, (c.c.court_id == f.court_id,), c.c.dispute_id, c.c.dispute_id, mediation=a), c, e


def asked_for(f: Frame, e: sa.FromClause) -> Condition:
    """Confirmation of the agreement has been applied for so far."""
    c = f.of(Confirmation)
    return sa.exists().where(c.c.agreement_id == e.c.id, f.so_far(c.c.applied_on))


def decided(f: Frame, *, applied_within: bool = False) -> tuple[Rows, sa.FromClause]:
    """Decided: valid, dismissed or, as the court reads U16, not accepted; withdrawals are none."""
    rows, c, _e = applications(f)
    outcomes = [Outcome.VALID, Outcome.DISMISSED]
    if f.readings.not_accepted is Reading.COUNTED:
        outcomes.append(Outcome.NOT_ACCEPTED)
    days = [f.within(c.c.applied_on), f.so_far(c.c.decided_on)] if applied_within else [f.within(c.c.decided_on)]
    return rows.that(c.c.outcome.in_(outcomes), *days), c


def handled(f: Frame, *, applied_within: bool) -> Rows:
    """Days from acceptance to the ruling."""
    rows, c = decided(f, applied_within=applied_within)
    ruled = rows.that(c.c.outcome.in_((Outcome.VALID, Outcome.DISMISSED)), c.c.accepted_on.is_not(None))
    return Rows(
        ruled.source, ruled.where, c.c.id, c.c.dispute_id, days_between(c.c.accepted_on, c.c.decided_on), mediation=ruled.mediation
    )  # fmt: skip


def falling_due(f: Frame, *, effective_within: bool = False) -> tuple[Rows, Rows]:
    """I11: agreements by the last day on which something of them is due; and of these, those performed by that day."""
    k, i = f.of(Clause), f.of(Instalment)
    last = sa.select(i.c.clause_id, sa.func.max(i.c.due_on).label("due")).group_by(i.c.clause_id).subquery()
    rows, e = agreements(f, *EVERY)
    due = sa.func.max(sa.func.coalesce(last.c.due, k.c.due_on)).label("due")
    parts = (
        sa.select(
            k.c.agreement_id, due, sa.func.max(k.c.performed_on).label("performed"),
            sa.func.count().label("clauses"), sa.func.count(k.c.performed_on).label("kept"),
        )
        .select_from(k.outerjoin(last, last.c.clause_id == k.c.id))
        .where(k.c.court_id == f.court_id)
        .group_by(k.c.agreement_id)
        .subquery()
    )  # fmt: skip
    day = sa.func.coalesce(parts.c.due, e.c.effective_on)
    days = [f.within(e.c.effective_on), f.so_far(day)] if effective_within else [f.within(day)]
    source = rows.source.join(parts, parts.c.agreement_id == e.c.id)
    found = Rows(source, (*rows.where, *days), rows.unit, rows.dispute, mediation=rows.mediation)
    kept = (parts.c.kept == parts.c.clauses, parts.c.performed <= day, f.so_far(parts.c.performed))
    return found, found.that(*kept)
