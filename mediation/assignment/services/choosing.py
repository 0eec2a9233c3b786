"""Finding the mediator: who may be chosen, in which order, and handing the dispute over (S4 arts 11, 12; R3-20)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa

from mediation.assignment import choice as ordering
from mediation.assignment import conflicts, documents, labels, rules
from mediation.assignment.choice import Score, Standing
from mediation.assignment.conflicts import Found
from mediation.assignment.models import Assignment
from mediation.assignment.obstacles import IssueFacts, issue_obstacles
from mediation.assignment.rules import CheckResult, Choice, Kind, Obstacle
from mediation.assignment.services import telling
from mediation.assignment.services.checking import background, is_waived, refuse, require_free
from mediation.assignment.services.reading import joint_choice, latest_check, open_of
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
from mediation.kernel.db import db, transaction
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


@dataclass(frozen=True)
class Candidate:
    """A mediator of the list as the choice page shows them: with a place in the order, or with the reason why not."""

    mediator: Mediator
    score: Score | None
    result: CheckResult
    ties: tuple[Found, ...]
    waived: bool
    reason: Any = ""
    article: str = ""
    may_be_chosen: bool = True

    @property
    def strength(self) -> Any:
        """How close the field is to the cause, in words."""
        return labels.STRENGTH[self.score.strength] if self.score else ""


@dataclass(frozen=True)
class Suggestion:
    """The whole list for one dispute: the suggested mediator first, then the others, then who may not be chosen."""

    seed: str
    joint_id: int | None
    candidates: tuple[Candidate, ...]

    @property
    def first(self) -> Candidate | None:
        """The one suggested; None when nobody may be chosen."""
        return next((c for c in self.candidates if c.score is not None), None)

    def of(self, mediator_id: int) -> Candidate | None:
        """One mediator of the list."""
        return next((c for c in self.candidates if c.mediator.id == mediator_id), None)


def suggest(actor: Actor, dispute: Dispute, *, on: date | None = None) -> Suggestion:
    """Rank the list for a dispute. First who may be chosen at all, then strength, load and rest; nothing is written."""
    day = on or clock.today()
    seed = f"{dispute.receipt_no}/{day.isoformat()}"
    mediators = roster.list_active(actor, day)
    loads = roster.loads(dispute.court_id)
    ties = _ties(dispute, mediators)
    away = roster.away_on(dispute.court_id, [m.id for m in mediators], day)
    barred = {m.id: _barred(m, day, loads.get(m.id, 0), m.id in away, ties[m.id]) for m in mediators}
    free = [m for m in mediators if barred[m.id] is None and conflicts.result(_kinds(ties[m.id])) in PASSES]
    scores = ordering.rank(
        _standings(dispute.court_id, free, loads), cause_code=dispute.cause_code, today=day, seed=seed
    )
    by_id = {m.id: m for m in mediators}
    ranked = [_ranked(by_id[s.mediator_id], s, scores[0], ties[s.mediator_id]) for s in scores]
    scored = {s.mediator_id for s in scores}
    rest = [_unranked(dispute, m, barred[m.id], ties[m.id]) for m in mediators if m.id not in scored]
    rest.sort(key=lambda c: (not c.may_be_chosen, c.mediator.name, c.mediator.id))
    return Suggestion(seed, joint_choice(dispute.id), (*ranked, *rest))


PASSES = frozenset({CheckResult.CLEAR, CheckResult.WARNING})


def _kinds(ties: Sequence[Found]) -> list[rules.Finding]:
    return [tie.finding for tie in ties]


def _ties(dispute: Dispute, mediators: Sequence[Mediator]) -> dict[int, list[Found]]:
    """What the system finds, and what the mediator disclosed about this dispute earlier."""
    behind = background(dispute, mediators)
    found = {}
    for mediator in mediators:
        check = latest_check(dispute.id, mediator.id)
        told = [] if check is None else [Found(rules.Finding(t["finding"])) for t in check.findings]
        found[mediator.id] = behind.check(mediator) + [t for t in told if t.finding in conflicts.DECLARED]
    return found


def _barred(mediator: Mediator, day: date, load: int, away: bool, ties: Sequence[Found]) -> tuple[Any, str] | None:
    """The first reason why a mediator may not be chosen at all, with its article."""
    for found in roster.assignable(mediator, day, load=load, away=away):
        return roster_labels.OBSTACLE[found], roster_rules.OBSTACLE_ARTICLE[found]
    for tie in ties:
        if tie.finding in conflicts.BLOCKING:
            return labels.FINDING[tie.finding], conflicts.FINDING_ARTICLE[tie.finding]
    return None


def _ranked(mediator: Mediator, score: Score, first: Score, ties: list[Found]) -> Candidate:
    reason = "" if score is first else labels.PART[ordering.why_after(first, score)]
    return Candidate(mediator, score, conflicts.result(_kinds(ties)), tuple(ties), waived=False, reason=reason)


def _unranked(dispute: Dispute, mediator: Mediator, barred: tuple[Any, str] | None, ties: list[Found]) -> Candidate:
    result = conflicts.result(_kinds(ties))
    if barred is not None:
        return Candidate(
            mediator, None, result, tuple(ties), waived=False, reason=barred[0], article=barred[1], may_be_chosen=False
        )
    check = latest_check(dispute.id, mediator.id)
    first = ties[0].finding
    waived = check is not None and is_waived(check)
    return Candidate(
        mediator, None, result, tuple(ties), waived=waived, reason=labels.FINDING[first],
        article=conflicts.FINDING_ARTICLE[first], may_be_chosen=waived,
    )  # fmt: skip


def _standings(court_id: int, mediators: Sequence[Mediator], loads: dict[int, int]) -> list[Standing]:
    rows = sa.select(Assignment.mediator_id, sa.func.max(Assignment.issued_on)).where(
        Assignment.court_id == court_id, Assignment.mediator_id.in_([m.id for m in mediators])
    )
    last = {row[0]: row[1] for row in db.session.execute(rows.group_by(Assignment.mediator_id))}
    return [
        Standing(m.id, tuple(s.cause_code for s in m.strengths), loads.get(m.id, 0), last.get(m.id)) for m in mediators
    ]


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
) -> Assignment:
    """Hand a dispute to a mediator or an organisation: number, letter, three working days to answer (R3-20)."""
    if not rules.may_issue(actor, dispute):
        raise NotPermitted("issue", article="S4 art. 11")
    day = on or clock.today()
    facts = issue_facts(dispute, procedure=procedure)
    for found in hindrances(dispute, facts):
        raise DomainError(found.reason, article=found.article, remedy=found.remedy)
    if facts.route is None:
        raise refuse(Obstacle.NO_ROUTE)
    with transaction():
        mediator = _fit(actor, dispute, mediator_id, organisation_id, day)
        _joint(dispute, choice, mediator_id)
        assignment = Assignment(
            court_id=dispute.court_id,
            dispute_id=dispute.id,
            kind=rules.KIND_OF_ROUTE[facts.route],
            mediator_id=mediator_id,
            organisation_id=organisation_id or (mediator.organisation_id if mediator else None),
            choice=choice,
            reasons=_reasons(actor, dispute, mediator_id, day),
            procedure=facts.procedure if facts.route is Route.B else None,
            issued_on=day,
            issued_by_id=actor.id,
        )
        fresh = _move(actor, dispute, facts.route, day)
        audit.record(
            actor, "issue", assignment, kind=assignment.kind, mediator=mediator_id,
            organisation=assignment.organisation_id, choice=choice, reasons=assignment.reasons,
        )  # fmt: skip
        _take_part(actor, dispute, assignment)
        case = litigation.of_dispute(dispute.id)
        if fresh and facts.route is Route.B and case is not None:
            litigation.begin_prior_mediation(actor, case)
        _ask(actor, dispute, assignment)
    return assignment


def _fit(
    actor: Actor, dispute: Dispute, mediator_id: int | None, organisation_id: int | None, day: date
) -> Mediator | None:
    """The mediator may be chosen and has no tie that stands in the way; an organisation appoints later."""
    if mediator_id is None:
        if organisation_id is None or roster.get_organisation(actor, organisation_id) is None:
            raise refuse(Obstacle.NOBODY)
        return None
    mediator = roster.get_mediator(actor, mediator_id)
    if mediator is None:
        raise refuse(Obstacle.NOBODY)
    if organisation_id is not None and mediator.organisation_id != organisation_id:
        raise refuse(Obstacle.OTHER_ORGANISATION)
    require_assignable(mediator, day)
    require_free(actor, dispute, mediator)
    return mediator


def require_assignable(mediator: Mediator, day: date) -> None:
    """Refused when the list stands against it: not active, certificate expired, too many open (R2-10)."""
    for found in roster.assignable(mediator, day):
        raise DomainError(
            roster_labels.OBSTACLE[found],
            article=roster_rules.OBSTACLE_ARTICLE[found],
            remedy=labels.CHOOSE_ANOTHER,
        )


def _joint(dispute: Dispute, choice: Choice, mediator_id: int | None) -> None:
    if choice is Choice.JOINT and (mediator_id is None or joint_choice(dispute.id) != mediator_id):
        raise refuse(Obstacle.NOT_JOINT)


def _reasons(actor: Actor, dispute: Dispute, mediator_id: int | None, day: date) -> dict[str, Any]:
    """Kept with the assignment, so that the choice can be explained and repeated later."""
    suggestion = suggest(actor, dispute, on=day)
    chosen = suggestion.of(mediator_id) if mediator_id else None
    kept: dict[str, Any] = {"seed": suggestion.seed}
    if suggestion.first:
        kept["suggested"] = suggestion.first.mediator.id
    if chosen is not None and chosen.score is not None:
        kept |= chosen.score.as_data()
    return kept


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
