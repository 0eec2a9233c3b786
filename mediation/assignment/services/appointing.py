"""An organisation names the member who mediates, and another one when need be (S4 arts 12, 13)."""

from mediation.assignment import rules
from mediation.assignment.models import Assignment
from mediation.assignment.rules import Choice, Obstacle, Occasion, Status
from mediation.assignment.services import recording, telling
from mediation.assignment.services.checking import refuse
from mediation.assignment.services.choosing import require_fit, take_mediator
from mediation.assignment.services.reading import clock_of
from mediation.assignment.services.suggesting import Suggestion, suggest
from mediation.disputes import services as disputes
from mediation.disputes.models import Dispute
from mediation.kernel import audit
from mediation.kernel.actor import Actor
from mediation.kernel.db import db, transaction
from mediation.kernel.errors import IllegalStep, NotPermitted
from mediation.roster import services as roster

ARTICLE = "S4 arts 12, 13"
# Once a day is set, the room and the parties wait for this mediator: the meeting is cancelled first.
REPLACEABLE = frozenset({Status.ISSUED, Status.ACCEPTED})


def suggest_member(actor: Actor, assignment: Assignment) -> Suggestion:
    """The organisation's members for this dispute, suggested by the same filters, points and draw."""
    dispute = db.session.get_one(Dispute, assignment.dispute_id)
    return suggest(actor, dispute, organisation_id=assignment.organisation_id, without=assignment.mediator_id)


def appoint(actor: Actor, dispute: Dispute, assignment: Assignment, mediator_id: int, *, reason: str = "") -> None:
    """Name the member who mediates, inside the acceptance by the organisation; another than suggested with a reason."""
    suggestion = suggest_member(actor, assignment)
    _require_member(actor, assignment, mediator_id, suggestion, dispute)
    why = recording.require_reason(suggestion, mediator_id, Choice.DESIGNATED, reason)
    assignment.mediator_id = mediator_id
    audit.record(actor, "appoint", assignment, mediator=mediator_id, reason=why)
    recording.keep(
        actor, assignment, suggestion, occasion=Occasion.APPOINT, choice=Choice.DESIGNATED, chosen_id=mediator_id,
        reason=why,
    )  # fmt: skip
    take_mediator(actor, dispute, mediator_id)


def reappoint(actor: Actor, assignment: Assignment, *, mediator_id: int, reason: str) -> None:
    """Another member instead of the one named: always with a reason; the period runs on (S4 art. 13)."""
    if not rules.may_appoint(actor, assignment):
        raise NotPermitted("reappoint", article=ARTICLE)
    if assignment.mediator_id is None or assignment.status not in REPLACEABLE:
        raise IllegalStep("reappoint", assignment.status.value, article=ARTICLE)
    if mediator_id == assignment.mediator_id:
        raise refuse(Obstacle.SAME_MEMBER, field="mediator_id")
    if not reason.strip():
        raise refuse(Obstacle.NO_REASON, field="reason")
    dispute = db.session.get_one(Dispute, assignment.dispute_id)
    with transaction():
        suggestion = suggest_member(actor, assignment)
        _require_member(actor, assignment, mediator_id, suggestion, dispute)
        former = assignment.mediator_id
        disputes.end_participation(actor, dispute, mediator_id=former)
        assignment.mediator_id = mediator_id
        audit.record(actor, "reappoint", assignment, former=former, mediator=mediator_id, reason=reason.strip())
        recording.keep(
            actor, assignment, suggestion, occasion=Occasion.REAPPOINT, choice=Choice.DESIGNATED,
            chosen_id=mediator_id, reason=reason.strip(),
        )  # fmt: skip
        take_mediator(actor, dispute, mediator_id)
        telling.appointed(actor, dispute, assignment, clock_of(assignment))


def _require_member(
    actor: Actor, assignment: Assignment, mediator_id: int, suggestion: Suggestion, dispute: Dispute
) -> None:
    mediator = roster.get_mediator(actor, mediator_id)
    if mediator is None or mediator.organisation_id != assignment.organisation_id:
        raise refuse(Obstacle.OTHER_ORGANISATION, field="mediator_id")
    require_fit(actor, dispute, mediator, suggestion)
