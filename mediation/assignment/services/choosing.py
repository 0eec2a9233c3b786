"""Handing the dispute over: on which route, whether it may be now, to whom, with which letter (S4 arts 11, 12; R3-20)."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from mediation.assignment import documents, labels, rules
from mediation.assignment.models import Assignment
from mediation.assignment.obstacles import IssueFacts, issue_obstacles
from mediation.assignment.rules import Choice, Kind, Obstacle, Occasion
from mediation.assignment.services import recording, telling
from mediation.assignment.services.bodies import require_body
from mediation.assignment.services.checking import refuse, require_free
from mediation.assignment.services.reading import joint_choice, open_of
from mediation.assignment.services.suggesting import Suggestion, suggest
from mediation.assignment.together import choosing as together
from mediation.disputes import services as disputes
from mediation.disputes.models import Dispute
from mediation.disputes.rules import Capacity, Route
from mediation.disputes.rules import Status as DisputeStatus
from mediation.documents import services as library
from mediation.intake import labels as intake_labels
from mediation.intake import rules as intake_rules
from mediation.intake import services as intake
from mediation.intake.rules import Answer
from mediation.kernel import audit, clock
from mediation.kernel.actor import Actor
from mediation.kernel.db import transaction
from mediation.kernel.errors import DomainError, NotPermitted
from mediation.litigation import services as litigation
from mediation.litigation.rules import Procedure
from mediation.periods import services as periods
from mediation.periods.rules import PeriodKey
from mediation.roster import labels as roster_labels
from mediation.roster import rules as roster_rules
from mediation.roster import services as roster
from mediation.roster.models import Mediator

PRE_FILING_NUMBER = "诉前调"
STEP_OF_ROUTE = {Route.A: "delegate", Route.B: "entrust", Route.C: "refer"}


# --- handing over ---------------------------------------------------------------------------------------------------


def route_of(dispute: Dispute) -> Route | None:
    """The route on which the dispute would be handed over: after filing B; outside by choice C; else what is open."""
    if dispute.status is DisputeStatus.FILED:
        return Route.B
    if dispute.status is DisputeStatus.IN_MEDIATION:
        return dispute.route
    facts = intake.route_facts(dispute)
    if facts.applicants and all(given.chooses_outside for given in facts.applicants):
        return Route.C
    return Route.A if Route.A in facts.enabled else Route.B


@dataclass(frozen=True)
class Hindrance:
    """Why a dispute may not be handed over now, in words."""

    reason: Any
    article: str
    remedy: Any = ""


def issue_facts(dispute: Dispute, *, procedure: Procedure | None = None) -> IssueFacts:
    """What decides whether this dispute may be handed over now."""
    case = litigation.of_dispute(dispute.id)
    return IssueFacts(
        route=route_of(dispute),
        already_open=open_of(dispute.id) is not None,
        somebody_refuses=any(a.answer is Answer.REFUSES for a in intake.consents(dispute.id).values()),
        filed=case is not None,
        procedure=procedure or (case.procedure if case else None),
    )


def hindrances(dispute: Dispute, facts: IssueFacts | None = None) -> list[Hindrance]:
    """Everything that stands in the way of handing this dispute over: by the rules of the route, then by our own."""
    known = facts or issue_facts(dispute)
    found = []
    if known.route is not None and dispute.status is not DisputeStatus.IN_MEDIATION:
        found = [
            Hindrance(intake_labels.OBSTACLE[o], intake_rules.OBSTACLE_ARTICLE[o], intake_labels.REMEDY.get(o, ""))
            for o in intake.route_obstacles(dispute, known.route)
        ]
    own = [
        Hindrance(labels.OBSTACLE[o], rules.OBSTACLE_ARTICLE[o], labels.REMEDY.get(o, ""))
        for o in issue_obstacles(known)
    ]
    return found or own


def issue(
    actor: Actor,
    dispute: Dispute,
    *,
    choice: Choice,
    mediator_id: int | None = None,
    organisation_id: int | None = None,
    procedure: Procedure | None = None,
    on: date | None = None,
    reason: str = "",
) -> Assignment:
    """Hand a dispute to a mediator or an organisation: number, letter, three working days to answer (R3-20).

    Whoever designates somebody else than suggested gives the reason. The choice is kept so that it can be replayed.
    """
    if not rules.may_issue(actor, dispute):
        raise NotPermitted("issue", article="S4 art. 11")
    day = on or clock.today()
    facts = issue_facts(dispute, procedure=procedure)
    for found in hindrances(dispute, facts):
        raise DomainError(found.reason, article=found.article, remedy=found.remedy)
    if facts.route is None:
        raise refuse(Obstacle.NO_ROUTE)
    with transaction():
        suggestion = suggest(actor, dispute, on=day)
        mediator = _fit(actor, dispute, mediator_id, organisation_id, suggestion)
        _joint(dispute, choice, mediator_id)
        together.require_designable(dispute, suggestion, choice, mediator_id, day)
        why = recording.require_reason(suggestion, mediator_id, choice, reason)
        assignment = Assignment(
            court_id=dispute.court_id,
            dispute_id=dispute.id,
            kind=rules.KIND_OF_ROUTE[facts.route],
            mediator_id=mediator_id,
            organisation_id=organisation_id or (mediator.organisation_id if mediator else None),
            choice=choice,
            reasons={"seed": suggestion.seed, "suggested": suggestion.outcome.suggested, "levers": suggestion.version},
            procedure=facts.procedure if facts.route is Route.B else None,
            issued_on=day,
            issued_by_id=actor.id,
        )
        fresh = _move(actor, dispute, facts.route, day)
        audit.record(
            actor, "issue", assignment, kind=assignment.kind, mediator=mediator_id,
            organisation=assignment.organisation_id, choice=choice, reasons=assignment.reasons,
        )  # fmt: skip
        recording.keep(
            actor, assignment, suggestion, occasion=Occasion.ISSUE, choice=choice, chosen_id=mediator_id, reason=why
        )
        _take_part(actor, dispute, assignment)
        together.done(actor, dispute, day)
        case = litigation.of_dispute(dispute.id)
        if fresh and facts.route is Route.B and case is not None:
            litigation.begin_prior_mediation(actor, case)
        _ask(actor, dispute, assignment)
    return assignment


def _fit(
    actor: Actor, dispute: Dispute, mediator_id: int | None, organisation_id: int | None, suggestion: Suggestion
) -> Mediator | None:
    """The mediator may be chosen and has no tie that stands in the way; an organisation appoints later."""
    if mediator_id is None:
        body = roster.get_organisation(actor, organisation_id) if organisation_id is not None else None
        if body is None:
            raise refuse(Obstacle.NOBODY)
        require_body(actor, suggestion.inputs.case, body)
        return None
    mediator = roster.get_mediator(actor, mediator_id)
    if mediator is None:
        raise refuse(Obstacle.NOBODY)
    if organisation_id is not None and mediator.organisation_id != organisation_id:
        raise refuse(Obstacle.OTHER_ORGANISATION)
    require_fit(actor, dispute, mediator, suggestion)
    return mediator


def off_list() -> DomainError:
    """Who was struck off the list is given nothing; somebody else of the list can be (S4 art. 10; R2-10)."""
    obstacle = roster_rules.Obstacle.NOT_ACTIVE
    return DomainError(
        roster_labels.OBSTACLE[obstacle],
        article=roster_rules.OBSTACLE_ARTICLE[obstacle],
        remedy=labels.CHOOSE_ANOTHER,
    )


def require_fit(actor: Actor, dispute: Dispute, mediator: Mediator, suggestion: Suggestion) -> None:
    """Refused when the list, the leave, the reach or a tie stands against it (R2-07, R2-10, R2-22)."""
    candidate = suggestion.of(mediator.id)
    if candidate is None:
        raise off_list()
    if not candidate.ties and not candidate.may_be_chosen:
        raise DomainError(candidate.reason, article=candidate.article, remedy=labels.CHOOSE_ANOTHER)
    require_free(actor, dispute, mediator)
    if not candidate.may_be_chosen:
        raise DomainError(candidate.reason, article=candidate.article, remedy=labels.CHOOSE_ANOTHER)


def _joint(dispute: Dispute, choice: Choice, mediator_id: int | None) -> None:
    if choice is Choice.JOINT and (mediator_id is None or joint_choice(dispute.id) != mediator_id):
        raise refuse(Obstacle.NOT_JOINT)


def _move(actor: Actor, dispute: Dispute, route: Route, day: date) -> bool:
    """Into mediation. False when another mediator is found for a dispute already there: it stays there."""
    if dispute.status is DisputeStatus.IN_MEDIATION:
        return False
    if route is Route.A and disputes.number_of(dispute, PRE_FILING_NUMBER) is None:
        disputes.give_number(actor, dispute, PRE_FILING_NUMBER, day)
    disputes.move(actor, dispute, STEP_OF_ROUTE[route], on=day)
    return True


def _take_part(actor: Actor, dispute: Dispute, assignment: Assignment) -> None:
    disputes.participate(actor, dispute, Capacity.DIVERTED, user_id=actor.id)
    if assignment.organisation_id is not None:
        disputes.participate(actor, dispute, Capacity.ORGANISED, organisation_id=assignment.organisation_id)
    if assignment.mediator_id is not None:
        take_mediator(actor, dispute, assignment.mediator_id)


def take_mediator(actor: Actor, dispute: Dispute, mediator_id: int) -> None:
    """The mediator takes part: sees the dispute, and is barred from later parts in it (R2-19, R2-20)."""
    disputes.participate(actor, dispute, Capacity.MEDIATED, mediator_id=mediator_id)


def _ask(actor: Actor, dispute: Dispute, assignment: Assignment) -> None:
    """The letter with its slip, the three working days, and word to whoever is asked (S5 art. 12)."""
    deadline = periods.open_deadline(
        actor, PeriodKey.MEDIATOR_ACCEPT, subject=assignment, dispute_id=dispute.id, start=assignment.issued_on
    )
    kind, title = documents.KIND[assignment.kind]
    library.request(
        actor,
        kind=kind,
        subject=assignment,
        dispute_id=dispute.id,
        title=title,
        number=documents.number(dispute),
        data=documents.letter(dispute, assignment, reply_until=deadline.final_on, actor=actor),
        sealed=assignment.kind is not Kind.REFERRED,
    )
    telling.offered(actor, dispute, assignment, deadline.final_on)
