"""Disputes that belong together: who mediates the others, and giving this one to the same mediator where that is lawful."""

from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from mediation.assignment import labels
from mediation.assignment.models import Assignment
from mediation.assignment.rules import Choice, Obstacle, Status
from mediation.assignment.services import choosing
from mediation.assignment.services.checking import refuse
from mediation.disputes import finding
from mediation.disputes.finding import Related
from mediation.disputes.models import Dispute
from mediation.kernel.actor import Actor
from mediation.kernel.db import db
from mediation.roster.models import Mediator

# Given back, or replaced: whoever had it is not the one who mediates it.
GONE = (Status.DECLINED,)


@dataclass(frozen=True)
class Sibling:
    """A dispute that belongs together with this one, and who mediates or mediated it."""

    dispute: Related
    mediator_id: int | None = None
    mediator: str = ""
    status: Status | None = None


def siblings(actor: Actor, dispute: Dispute) -> list[Sibling]:
    """The disputes of the same parties and of the same series, with their mediators."""
    found = finding.related(actor, dispute)
    held = _held([one.id for one in found])
    return [Sibling(one, *held.get(one.id, (None, "", None))) for one in found]


def _held(dispute_ids: Sequence[int]) -> dict[int, tuple[int | None, str, Status | None]]:
    if not dispute_ids:
        return {}
    rows = (
        sa.select(Assignment.dispute_id, Assignment.mediator_id, Mediator.name, Assignment.status)
        .join(Mediator, Mediator.id == Assignment.mediator_id)
        .where(Assignment.dispute_id.in_(dispute_ids), Assignment.status.not_in(GONE))
        .order_by(Assignment.id)
    )
    return {row[0]: (row[1], row[2], row[3]) for row in db.session.execute(rows)}


def reason_for(actor: Actor, dispute: Dispute, mediator_id: int) -> str:
    """Why this mediator, where a related dispute is with the same one; in the court's own language. Empty otherwise."""
    other = next((one for one in siblings(actor, dispute) if one.mediator_id == mediator_id), None)
    return labels.SAME_MEDIATOR_REASON[other.dispute.relation] % {"number": other.dispute.number} if other else ""


def give_to_same(actor: Actor, dispute: Dispute, *, other_id: int) -> Assignment:
    """Designate whoever mediates a dispute that belongs together with this one (S4 art. 12).

    The list, the load, the leave and the check for ties are asked as in any other designation; the reason is kept.
    """
    other = next((one for one in siblings(actor, dispute) if one.dispute.id == other_id), None)
    if other is None or other.mediator_id is None:
        raise refuse(Obstacle.NOBODY)
    # The reason stands in the choice record, in the court's own language.
    reason = labels.SAME_MEDIATOR_REASON[other.dispute.relation] % {"number": other.dispute.number}
    return choosing.issue(actor, dispute, choice=Choice.DESIGNATED, mediator_id=other.mediator_id, reason=reason)
