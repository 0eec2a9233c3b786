"""An organisation names the member who mediates, and another one when need be (S4 arts 12, 13)."""

from mediation.assignment import rules
from mediation.assignment.models import Assignment
from mediation.assignment.rules import CheckResult, Choice, Obstacle, Occasion
from mediation.assignment.services import recording, related, telling
from mediation.assignment.services.checking import refuse
from mediation.assignment.services.choosing import require_fit, take_mediator
from mediation.assignment.services.reading import clock_of
from mediation.assignment.services.suggesting import Candidate, Suggestion, suggest
from mediation.assignment.ties import pending
from mediation.assignment.together import present
from mediation.disputes import services as disputes
from mediation.disputes.models import Dispute
from mediation.kernel import audit
from mediation.kernel.actor import Actor
from mediation.kernel.db import db, transaction
from mediation.kernel.errors import NotPermitted
from mediation.roster import services as roster
from mediation.scheduling.services import hindrances

ARTICLE = "S4 arts 12, 13"


def suggest_member(actor: Actor, assignment: Assignment) -> Suggestion:
    """The organisation's members for this dispute, suggested by the same filters, points and draw."""
    dispute = db.session.get_one(Dispute, assignment.dispute_id)
    return suggest(actor, dispute, organisation_id=assignment.organisation_id, without=assignment.mediator_id)


def appoint(actor: Actor, dispute: Dispute, assignment: Assignment, mediator_id: int, *, reason: str = "") -> None:
    """Name the member who mediates, inside the acceptance by the organisation; another than suggested with a reason."""
    suggestion = suggest_member(actor, assignment)
    _require_member(actor, assignment, mediator_id, suggestion, dispute)
    why = recording.require_reason(
        suggestion, mediator_id, Choice.DESIGNATED, reason.strip() or related.reason_for(actor, dispute, mediator_id)
    )
    assignment.mediator_id = mediator_id
    audit.record(actor, "appoint", assignment, mediator=mediator_id, reason=why)
    recording.keep(
        actor, assignment, suggestion, occasion=Occasion.APPOINT, choice=Choice.DESIGNATED, chosen_id=mediator_id,
        reason=why,
    )  # fmt: skip
    take_mediator(actor, dispute, mediator_id)


def nameable(suggestion: Suggestion) -> list[Candidate]:
    """Whom the organisation may name: the suggested one first; last whoever has a tie that can be disclosed (S5 art. 13)."""
    found = list(suggestion.candidates)
    open_to_consent = {CheckResult.WAIVABLE, CheckResult.TO_CLEAR}
    tied = [c for c in found if not c.may_be_chosen and c.ties and c.result in open_to_consent]
    return [c for c in found if c.may_be_chosen] + tied


def against_another(assignment: Assignment) -> Obstacle | None:
    """Why the organisation may not name another member itself; None when it may."""
    if assignment.mediator_id is None:
        return Obstacle.NOBODY
    if assignment.status not in rules.REPLACEABLE:
        return Obstacle.IN_SESSION
    if recording.records_of(assignment)[0].chosen_id is not None:
        # Whom the parties chose together, or the court designated, the organisation does not put aside (S4 art. 12).
        return Obstacle.NOT_OURS
    return None


def require_another(actor: Actor, assignment: Assignment) -> None:
    """Refused unless the organisation may name another member now."""
    if not rules.may_appoint(actor, assignment):
        raise NotPermitted("reappoint", article=ARTICLE)
    obstacle = against_another(assignment)
    if obstacle is not None:
        raise refuse(obstacle)


def reappoint(actor: Actor, assignment: Assignment, *, mediator_id: int, reason: str) -> None:
    """Another member instead of the one named: always with a reason; the period runs on (S4 art. 13).

    A session that is fixed stands in question until it is kept with the new member or put to another time (S4 art. 14).
    """
    require_another(actor, assignment)
    if mediator_id == assignment.mediator_id or mediator_id in present.asked_ids(assignment):
        raise refuse(Obstacle.SAME_MEMBER, field="mediator_id")
    if not reason.strip():
        raise refuse(Obstacle.NO_REASON, field="reason")
    dispute = db.session.get_one(Dispute, assignment.dispute_id)
    with transaction():
        suggestion = suggest_member(actor, assignment)
        _require_member(actor, assignment, mediator_id, suggestion, dispute)
        former = assignment.mediator_id
        pending.drop(actor, assignment)
        disputes.end_participation(actor, dispute, mediator_id=former)
        assignment.mediator_id = mediator_id
        audit.record(actor, "reappoint", assignment, former=former, mediator=mediator_id, reason=reason.strip())
        recording.keep(
            actor, assignment, suggestion, occasion=Occasion.REAPPOINT, choice=Choice.DESIGNATED,
            chosen_id=mediator_id, reason=reason.strip(),
        )  # fmt: skip
        take_mediator(actor, dispute, mediator_id)
        telling.appointed(actor, dispute, assignment, clock_of(assignment))
        telling.to_clerk(actor, dispute, assignment, "assignment.reappointed", telling.REAPPOINTED)
        if former is not None:
            hindrances.review(assignment.court_id, mediator_ids=[former])


def _require_member(
    actor: Actor, assignment: Assignment, mediator_id: int, suggestion: Suggestion, dispute: Dispute
) -> None:
    mediator = roster.get_mediator(actor, mediator_id)
    if mediator is None or mediator.organisation_id != assignment.organisation_id:
        raise refuse(Obstacle.OTHER_ORGANISATION, field="mediator_id")
    require_fit(actor, dispute, mediator, suggestion)
