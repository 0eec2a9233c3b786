"""A tie comes to light while somebody mediates: the work pauses, and recusal is decided (S4 art. 15; S5 art. 13)."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa

from mediation.assignment import rules as assignments
from mediation.assignment.models import Assignment, ConflictCheck
from mediation.assignment.rules import CheckResult, Finding, Status, SuspensionReason
from mediation.assignment.services import checking, course, reading, telling
from mediation.assignment.ties import documents, ledger, pending, rules, words
from mediation.assignment.ties.ledger import TieData, refused
from mediation.assignment.ties.models import Recusal, Tie, TieVerdict
from mediation.assignment.ties.rules import Decision, Obstacle, Origin, RecusalStatus, TieSource
from mediation.assignment.together import present
from mediation.assignment.together.models import CoMediator
from mediation.assignment.together.rules import ACTIVE
from mediation.disputes import services as disputes
from mediation.disputes.models import Dispute
from mediation.disputes.rules import Status as DisputeStatus
from mediation.kernel import audit, clock, states
from mediation.kernel.actor import Actor, system
from mediation.kernel.db import db, transaction
from mediation.kernel.errors import NotPermitted
from mediation.periods import services as periods
from mediation.periods.models import Deadline
from mediation.periods.rules import PeriodKey
from mediation.roster.models import Mediator

# Only what has begun can pause; who has not accepted yet cannot accept before the decision.
AT_WORK = frozenset({Status.ACCEPTED, Status.SCHEDULED, Status.IN_SESSION})


def get(actor: Actor, recusal_id: int) -> Recusal | None:
    """One that the actor may read: the court, and those to whom the dispute was handed."""
    found = pending.get(recusal_id, court_id=actor.court_id)
    return found if found is not None and reading.get(actor, found.assignment_id) is not None else None


# --- it comes to light ------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Application:
    """What a party says against a mediator, as the registry wrote it down (S4 art. 15; CPL art. 48)."""

    party_id: int
    ground: Finding
    statement: str
    # With whom the tie is, when the party can name somebody.
    tie: TieData | None = None
    # Which of several mediators; the one who presides when nothing is said.
    mediator_id: int | None = None


def apply(actor: Actor, assignment: Assignment, told: Application, *, on: date | None = None) -> Recusal:
    """A party applies for recusal, with its reason; from that moment the mediator pauses."""
    if not assignments.may_issue(actor, assignment):
        raise NotPermitted("apply_recusal", article="S4 art. 15")
    if assignment.status not in assignments.OPEN or assignment.mediator_id is None:
        raise refused(Obstacle.NOT_AT_WORK)
    if disputes.party(assignment.dispute_id, told.party_id) is None:
        raise refused(Obstacle.NOT_A_PARTY, field="party_id")
    if not told.statement.strip():
        raise refused(Obstacle.NO_WORDS, field="statement")
    day = on or clock.today()
    if day > clock.today() or day < assignment.issued_on:
        raise refused(Obstacle.FUTURE_DAY, field="on")
    about = told.mediator_id or assignment.mediator_id
    if about not in _mediating(assignment):
        raise refused(Obstacle.NOT_AT_WORK, field="mediator_id")
    if pending.open_about(assignment, about) is not None:
        raise refused(Obstacle.PENDING_ALREADY)
    dispute, mediator = course.dispute_of(assignment), db.session.get_one(Mediator, about)
    with transaction():
        if told.tie is not None:
            ledger.record(
                actor, mediator, told.tie, source=TieSource.TOLD, dispute=dispute, told_by_id=told.party_id,
                key=_one_of(dispute, told.tie),
            )  # fmt: skip
        check = checking.allege(actor, dispute, mediator, told.ground)
        return _raise(
            actor, dispute, assignment, check, Origin.PARTY, statement=told.statement.strip(), party_id=told.party_id,
            on=day,
        )  # fmt: skip


def _one_of(dispute: Dispute, tie: TieData) -> str:
    """Whom a party names without a number and who is in this very dispute is that person, not only of that name."""
    if tie.id_no.strip():
        return ""
    people = [(p.name, p.id_key) for p in disputes.parties(dispute.id)]
    people += [(a.name, a.id_key) for p in disputes.parties(dispute.id) for a in p.agents]
    keys = [key for name, key in people if name == tie.other_name.strip()]
    return keys[0] if len(keys) == 1 else ""


def disclose(
    actor: Actor, dispute: Dispute, mediator: Mediator, *, declared: Collection[Finding], text: str
) -> ConflictCheck:
    """The mediator discloses; a tie disclosed while the dispute is with this mediator must be decided on."""
    with transaction():
        check = checking.disclose(actor, dispute, mediator, declared=declared, text=text)
        assignment = reading.open_of(dispute.id)
        if declared and assignment is not None and mediator.id in _mediating(assignment):
            _stop(actor, dispute, assignment, check, Origin.MEDIATOR, statement=text.strip())
    return check


def enter_tie(actor: Actor, mediator: Mediator, data: TieData, *, source: TieSource) -> Tie:
    """A further entry in the ledger: every dispute that this mediator has is looked at anew."""
    with transaction():
        tie = ledger.record(actor, mediator, data, source=source)
        for dispute in _with(mediator):
            look_again(actor, dispute)
    return tie


def answer(actor: Actor, dispute: Dispute, tie: Tie, *, name: str, is_same: bool, reason: str) -> TieVerdict:
    """Whether it is the same person; if so, the tie counts from now on."""
    with transaction():
        made = ledger.answer(actor, dispute, tie, name=name, is_same=is_same, reason=reason)
        look_again(actor, dispute)
    return made


def _with(mediator: Mediator) -> list[Dispute]:
    rows = (
        sa.select(Dispute)
        .join(Assignment, Assignment.dispute_id == Dispute.id)
        .where(
            sa.or_(Assignment.mediator_id == mediator.id, Assignment.id.in_(_beside(mediator))),
            Assignment.status.in_(assignments.OPEN),
        )
    )
    return list(db.session.scalars(rows.order_by(Dispute.id)))


def look_again(actor: Actor, dispute: Dispute) -> None:
    """Somebody joined the dispute, or something was learnt: are there ties now that nobody knew of (R2-22)?"""
    if dispute.status is not DisputeStatus.IN_MEDIATION:
        return
    assignment = reading.open_of(dispute.id)
    if assignment is not None:
        for mediator_id in sorted(_mediating(assignment)):
            _look_at(actor, dispute, assignment, db.session.get_one(Mediator, mediator_id))


def _mediating(assignment: Assignment) -> set[int]:
    """The one who presides and everybody beside."""
    return present.asked_ids(assignment) | ({assignment.mediator_id} if assignment.mediator_id is not None else set())


def _beside(mediator: Mediator) -> sa.Select[Any]:
    return sa.select(CoMediator.assignment_id).where(
        CoMediator.mediator_id == mediator.id, CoMediator.status.in_(ACTIVE)
    )


def _look_at(actor: Actor, dispute: Dispute, assignment: Assignment, mediator: Mediator) -> None:
    before = reading.latest_check(dispute.id, mediator.id)
    known = {(tie["finding"], tie["name"]) for tie in before.findings} if before else set()
    ties = checking.background(dispute, [mediator]).check(mediator)
    if all((tie.finding.value, tie.name) in known for tie in ties):
        return
    with transaction():
        check = checking.check_conflict(actor, dispute, mediator)
        if checking.stands_in_the_way(check) is not None:
            _stop(actor, dispute, assignment, check, Origin.RECORDS)


def _stop(
    actor: Actor,
    dispute: Dispute,
    assignment: Assignment,
    check: ConflictCheck,
    origin: Origin,
    *,
    statement: str = "",
) -> None:
    """A tie stops the work; a name that is only alike is asked about, and stops nothing yet."""
    if check.result is CheckResult.TO_CLEAR:
        telling.to_clerk(actor, dispute, assignment, "recusal.name", words.NAME)
        return
    already = pending.open_about(assignment, check.mediator_id)
    if already is None:
        _raise(actor, dispute, assignment, check, origin, statement=statement)
    else:
        already.findings = check.findings
        audit.record(actor, "widen", already, mediator=check.mediator_id, findings=_found(check))


def _found(check: ConflictCheck) -> list[str]:
    return sorted({tie["finding"] for tie in check.findings})


def _raise(
    actor: Actor,
    dispute: Dispute,
    assignment: Assignment,
    check: ConflictCheck,
    origin: Origin,
    *,
    statement: str = "",
    party_id: int | None = None,
    on: date | None = None,
) -> Recusal:
    day = on or clock.today()
    recusal = Recusal(
        court_id=dispute.court_id,
        dispute_id=dispute.id,
        assignment_id=assignment.id,
        mediator_id=check.mediator_id,
        organisation_id=db.session.get_one(Mediator, check.mediator_id).organisation_id,
        origin=origin,
        party_id=party_id,
        statement=statement,
        findings=check.findings,
        raised_on=day,
        raised_by_id=actor.id,
    )
    facts: dict[str, Any] = {"mediator": check.mediator_id, "origin": origin, "party": party_id}
    audit.record(actor, "raise", recusal, on=day, findings=_found(check), **facts)
    deadline = periods.open_deadline(actor, PeriodKey.RECUSAL_DECIDE, subject=recusal, dispute_id=dispute.id, start=day)
    if assignment.status in AT_WORK:
        course.suspend(_able(actor, assignment), assignment, reason=SuspensionReason.RECUSAL, note=statement)
    words.raised(actor, dispute, assignment, deadline.final_on)
    return recusal


def _able(actor: Actor, assignment: Assignment) -> Actor:
    """What follows by law from somebody's act is done by the system where that person could not do it."""
    return actor if assignments.may_pause(actor, assignment) else system(assignment.court_id)


# --- it is decided ----------------------------------------------------------------------------------------------------


def decide(actor: Actor, recusal: Recusal, decision: Decision, *, reason: str) -> None:
    """The organisation or the court decides, within three days, with reasons (S4 art. 15; CPL art. 50)."""
    states.check(rules.STEPS, decision.value, actor, recusal)
    check = _check_of(recusal)
    obstacle = rules.decision_obstacle(decision, check.result, reason=reason)
    if obstacle is not None:
        raise refused(obstacle, field="reason" if obstacle is Obstacle.NO_WORDS else "decision")
    assignment = _assignment(recusal)
    dispute = course.dispute_of(assignment)
    with transaction():
        pending.close(actor, recusal, decision.value, reason=reason.strip())
        documents.decided(actor, dispute, recusal)
        beside = next((co for co in present.active(assignment) if co.mediator_id == recusal.mediator_id), None)
        if decision is Decision.UPHOLD and beside is not None:
            # The one who presides goes on alone, or with whoever else is there.
            present.depart(system(assignment.court_id), beside, "leave", reason)
            disputes.end_participation(actor, dispute, mediator_id=recusal.mediator_id)
            _go_on(actor, assignment)
        elif decision is Decision.UPHOLD:
            able = actor if assignments.may_supervise(actor, assignment) else system(assignment.court_id)
            course.replace(able, assignment, reason=reason)
        else:
            checking.set_aside(actor, check)
            _go_on(actor, assignment)
        words.decided(actor, dispute, assignment, recusal)


def waive(actor: Actor, check: ConflictCheck, *, party_ids: Collection[int], on: date | None = None) -> ConflictCheck:
    """All parties agree, knowing the tie; a mediation that paused for it goes on (S4 art. 15; S5 art. 13)."""
    with transaction():
        checking.waive(actor, check, party_ids=party_ids, on=on)
        dispute = db.session.get_one(Dispute, check.dispute_id)
        documents.consented(actor, dispute, check)
        assignment = reading.open_of(check.dispute_id)
        recusal = pending.open_about(assignment, check.mediator_id) if assignment is not None else None
        if recusal is not None and assignment is not None:
            pending.close(actor, recusal, "consent", reason="")
            _go_on(actor, assignment)
            words.decided(actor, dispute, assignment, recusal)
    return check


def _check_of(recusal: Recusal) -> ConflictCheck:
    found = reading.latest_check(recusal.dispute_id, recusal.mediator_id)
    if found is None:  # pragma: no cover a recusal is only raised from a check
        raise refused(Obstacle.NOT_AT_WORK)
    return found


def _assignment(recusal: Recusal) -> Assignment:
    return db.session.get_one(Assignment, recusal.assignment_id)


def _go_on(actor: Actor, assignment: Assignment) -> None:
    """Back to where the mediation stood, unless it pauses for something else too."""
    pause = course.open_pause(assignment)
    if pause is not None and pause.reason is SuspensionReason.RECUSAL and not pending.open_ones(assignment):
        course.resume(_able(actor, assignment), assignment)


# --- what is due ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Due:
    """One decision that is due, as a line of the list."""

    recusal: Recusal
    title: str
    mediator: str
    deadline: Deadline | None
    # Whether the reader is among those who may decide it.
    mine: bool


def due(actor: Actor) -> list[Due]:
    """Every decision that is due in the reader's scope, the most urgent first."""
    rows = (
        sa.select(Recusal, Mediator.name, Deadline)
        .join(Assignment, Assignment.id == Recusal.assignment_id)
        .join(Mediator, Mediator.id == Recusal.mediator_id)
        .outerjoin(
            Deadline,
            sa.and_(
                Deadline.subject_type == pending.TYPE,
                Deadline.subject_id == Recusal.id,
                Deadline.key == PeriodKey.RECUSAL_DECIDE,
            ),
        )
        .where(Recusal.status == RecusalStatus.OPEN, reading.scope(actor))
        .order_by(Deadline.final_on, Recusal.id)
    )
    found = [(row[0], row[1], row[2]) for row in db.session.execute(rows)]
    titles = disputes.titles([recusal.dispute_id for recusal, _name, _deadline in found])
    return [
        Due(recusal, titles.get(recusal.dispute_id, ""), name, deadline, rules.may_decide(actor, recusal))
        for recusal, name, deadline in found
    ]
