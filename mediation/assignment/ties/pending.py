"""Decisions on recusal that are due: who must wait for them, and what becomes of them when the mediation ends."""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa

from mediation.assignment import rules as assignments
from mediation.assignment.models import Assignment
from mediation.assignment.ties import rules
from mediation.assignment.ties.ledger import refused
from mediation.assignment.ties.models import Recusal
from mediation.assignment.ties.rules import Obstacle, RecusalStatus
from mediation.kernel import audit, clock, dossier
from mediation.kernel.actor import Actor
from mediation.kernel.db import db
from mediation.periods import services as periods
from mediation.periods.models import Deadline
from mediation.periods.rules import PeriodKey

TYPE = Recusal.__tablename__


def of_dispute(dispute_id: int) -> Sequence[Recusal]:
    """Every application and disclosure that had to be decided, the latest first."""
    return dossier.of(Recusal, dispute_id)[::-1]


def open_ones(assignment: Assignment) -> list[Recusal]:
    """What still has to be decided about this assignment."""
    every = dossier.of(Recusal, assignment.dispute_id)
    return [r for r in every if r.assignment_id == assignment.id and r.status is RecusalStatus.OPEN]


def open_about(assignment: Assignment, mediator_id: int) -> Recusal | None:
    """The decision that is due about one mediator."""
    return next((r for r in open_ones(assignment) if r.mediator_id == mediator_id), None)


def clock_of(recusal: Recusal) -> Deadline | None:
    """The three days for the decision (CPL art. 50)."""
    return periods.current(TYPE, recusal.id, PeriodKey.RECUSAL_DECIDE)


def waiting(actor: Actor) -> sa.Select[Any]:
    """How many decisions are due that this person may make."""
    wanted = sa.select(sa.func.count(Recusal.id)).where(
        Recusal.court_id == actor.court_id, Recusal.status == RecusalStatus.OPEN
    )
    if actor.organisation_id is not None:
        wanted = wanted.where(Recusal.organisation_id == actor.organisation_id)
    return wanted


def require_none(assignment: Assignment) -> None:
    """Nothing goes on before the decision (CPL art. 48)."""
    if open_ones(assignment):
        raise refused(Obstacle.RECUSAL_OPEN)


def require_free_hand(actor: Actor, assignment: Assignment) -> None:
    """The mediator about whom a decision is due does nothing in the dispute; what a party wants, the registry records."""
    if not assignments.may_issue(actor, assignment):
        require_none(assignment)


def drop(actor: Actor, assignment: Assignment) -> None:
    """The mediation has ended: nothing is left to decide."""
    for recusal in open_ones(assignment):
        close(actor, recusal, "drop", reason="")


def close(actor: Actor, recusal: Recusal, step: str, *, reason: str) -> None:
    """Decided, agreed to or without object: the period ends, the reason stays."""
    recusal.decided_on, recusal.decided_by_id, recusal.reason = clock.today(), actor.id, reason
    audit.advance(rules.STEPS, step, actor, recusal, mediator=recusal.mediator_id, reason=reason)
    deadline = clock_of(recusal)
    if deadline is None:
        return
    if step == "drop":
        periods.cancel(actor, deadline, step)
    else:
        periods.meet(actor, recusal, PeriodKey.RECUSAL_DECIDE, recusal.decided_on)


def get(recusal_id: int, *, court_id: int) -> Recusal | None:
    """One of the own court."""
    return db.session.scalar(sa.select(Recusal).where(Recusal.id == recusal_id, Recusal.court_id == court_id))
