"""The registry looks at low ratings: no cause, or a complaint to be examined (S4 art. 28; S5 art. 29)."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from mediation.assignment.models import Assignment
from mediation.assignment.rating import rules
from mediation.assignment.rating.models import Rating
from mediation.assignment.rating.rules import Check
from mediation.disputes.models import Dispute, Party
from mediation.kernel import audit, clock, states
from mediation.kernel.actor import REGISTRY, Actor
from mediation.kernel.db import db, transaction
from mediation.kernel.errors import NotPermitted
from mediation.roster.conduct import services as conduct
from mediation.roster.models import Mediator
from mediation.roster.rules import Ground


@dataclass(frozen=True)
class Line:
    """A low rating with what the registry needs to look at it."""

    rating: Rating
    party: str
    mediator: Mediator | None
    dispute_id: int
    receipt_no: str


def lines(actor: Actor, *, limit: int = 100) -> Sequence[Line]:
    """Low ratings of the court: those to be looked at first, then the latest."""
    if not actor.has(*REGISTRY):
        raise NotPermitted("read_ratings", article="S4 art. 28")
    rows = (
        sa.select(Rating, Party.name, Mediator, Dispute.id, Dispute.receipt_no)
        .join(Party, Party.id == Rating.party_id)
        .join(Assignment, Assignment.id == Rating.assignment_id)
        .join(Dispute, Dispute.id == Rating.dispute_id)
        .outerjoin(Mediator, Mediator.id == Assignment.mediator_id)
        .where(Rating.court_id == actor.court_id, Rating.status != Check.NOT_NEEDED)
        .order_by(sa.case((Rating.status == Check.OPEN, 0), else_=1), Rating.id.desc())
        .limit(limit)
    )
    return [Line(*row) for row in db.session.execute(rows)]


def waiting(actor: Actor) -> sa.Select[Any]:
    """How many wait to be looked at."""
    return sa.select(sa.func.count()).where(Rating.court_id == actor.court_id, Rating.status == Check.OPEN)


def get(actor: Actor, rating_id: int) -> Rating | None:
    """A rating of this court."""
    return db.session.scalar(sa.select(Rating).where(Rating.id == rating_id, Rating.court_id == actor.court_id))


def clear(actor: Actor, rating: Rating, *, note: str) -> None:
    """Looked at, and no cause for complaint found; why is kept."""
    states.check(rules.STEPS, "clear", actor, rating)
    with transaction():
        rating.note = note
        rating.checked_by_id, rating.checked_at = actor.id, clock.now()
        audit.advance(rules.STEPS, "clear", actor, rating, note=note)


def complain(actor: Actor, rating: Rating, *, ground: Ground, note: str) -> None:
    """Received as a complaint about the mediator, to be examined like any other (S4 art. 28)."""
    states.check(rules.STEPS, "complain", actor, rating)
    with transaction():
        assignment = db.session.get_one(Assignment, rating.assignment_id)
        mediator = db.session.get_one(Mediator, assignment.mediator_id)
        made = conduct.receive(
            actor, mediator, received_on=rating.rated_on, complainant=db.session.get_one(Party, rating.party_id).name,
            ground=ground, text=note, dispute_no=db.session.get_one(Dispute, rating.dispute_id).receipt_no,
        )  # fmt: skip
        rating.note, rating.complaint_id = note, made.id
        rating.checked_by_id, rating.checked_at = actor.id, clock.now()
        audit.advance(rules.STEPS, "complain", actor, rating, complaint_id=made.id)
