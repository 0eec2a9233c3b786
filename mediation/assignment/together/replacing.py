"""Another mediator at a party's request, or by the court's own decision (S4 art. 13; S5 art. 14)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from mediation.assignment.models import Assignment
from mediation.assignment.rules import STEPS, EndCode
from mediation.assignment.services import course, ending
from mediation.assignment.together import rules
from mediation.assignment.together.choosing import refused
from mediation.assignment.together.models import ReplacementRequest
from mediation.assignment.together.rules import Obstacle, ReplacementGround, ReplacementOutcome, RequestFacts
from mediation.disputes import services as disputes
from mediation.intake import services as intake
from mediation.intake.rules import Answer, Manner
from mediation.kernel import audit, clock, dossier, states
from mediation.kernel.actor import Actor
from mediation.kernel.db import transaction

FIELD = {
    Obstacle.NO_GROUND: "ground",
    Obstacle.NO_REASON: "reason",
    Obstacle.NOT_A_PARTY: "party_id",
    Obstacle.NOTHING_REPLACED_YET: "outcome",
    Obstacle.STILL_WILLING: "will_not_choose",
}


@dataclass(frozen=True)
class Request:
    """What was asked and decided; without a party the court acts by itself."""

    reason: str
    outcome: ReplacementOutcome = ReplacementOutcome.GRANTED
    party_id: int | None = None
    ground: ReplacementGround | None = None
    will_not_choose: bool = False
    on: date | None = None


def requests(dispute_id: int) -> Sequence[ReplacementRequest]:
    """Every request for another mediator in a dispute, the first on top."""
    return dossier.of(ReplacementRequest, dispute_id)


def replaced(dispute_id: int) -> int:
    """How often a mediator was replaced because a party asked."""
    return sum(one.outcome is ReplacementOutcome.GRANTED for one in requests(dispute_id))


def replace(actor: Actor, assignment: Assignment, asked: Request) -> None:
    """Decide on another mediator: granted, refused with the reason, or, after a replacement, taken as refusal."""
    states.check(STEPS, "replace", actor, assignment)
    dispute = course.dispute_of(assignment)
    day = asked.on or clock.today()
    facts = RequestFacts(
        outcome=asked.outcome,
        reason=asked.reason,
        party_id=asked.party_id,
        parties=[party.id for party in disputes.parties(dispute.id)],
        ground=asked.ground,
        replaced=replaced(dispute.id),
        will_not_choose=asked.will_not_choose,
    )
    for obstacle in rules.request_obstacles(facts):
        raise refused(obstacle, field=FIELD[obstacle])
    with transaction():
        if asked.party_id is not None:
            _record(actor, assignment, asked, asked.party_id, day)
        if asked.outcome is ReplacementOutcome.GRANTED:
            course.replace(actor, assignment, reason=asked.reason)
        if asked.outcome is ReplacementOutcome.COUNTS_AS_REFUSAL and asked.party_id is not None:
            _refusal(actor, assignment, asked.party_id, asked.reason, day)


def _record(actor: Actor, assignment: Assignment, asked: Request, party_id: int, day: date) -> None:
    made = ReplacementRequest(
        court_id=assignment.court_id,
        dispute_id=assignment.dispute_id,
        assignment_id=assignment.id,
        party_id=party_id,
        ground=asked.ground,
        reason=asked.reason.strip(),
        outcome=asked.outcome,
        requested_on=day,
        decided_by_id=actor.id,
    )
    audit.record(
        actor, "decide", made, mediator=assignment.mediator_id, party=party_id, ground=made.ground,
        outcome=made.outcome, reason=made.reason,
    )  # fmt: skip


def _refusal(actor: Actor, assignment: Assignment, party_id: int, reason: str, day: date) -> None:
    """S5 art. 14: who still does not agree after a replacement, and will not choose, refuses mediation."""
    answer = intake.ConsentData(party_id, Answer.REFUSES, manner=Manner.ORAL, minutes=reason.strip(), answered_on=day)
    intake.record_consent(actor, course.dispute_of(assignment), answer)
    ending.end(actor, assignment, EndCode.UNWILLING, reason=reason)
