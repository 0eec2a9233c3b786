"""Two and more mediators in one dispute: asked, accepting, leaving, and who presides (S4 art. 13; S5 arts 11, 12)."""

from collections.abc import Collection, Sequence

import sqlalchemy as sa

from mediation.accounts import services as accounts
from mediation.accounts.models import User
from mediation.assignment import rules as assignments
from mediation.assignment.models import Assignment
from mediation.assignment.services import checking, choosing, course, telling
from mediation.assignment.services.suggesting import Suggestion, suggest
from mediation.assignment.ties import pending
from mediation.assignment.together import present, rules
from mediation.assignment.together.models import CoMediator
from mediation.assignment.together.present import co_refused
from mediation.assignment.together.rules import CO_STEPS, ChairBy, CoObstacle, CoReason, CoStatus
from mediation.disputes import services as disputes
from mediation.disputes.models import Dispute
from mediation.kernel import audit, clock, states
from mediation.kernel.actor import Actor, system
from mediation.kernel.db import db, transaction
from mediation.kernel.errors import NotPermitted
from mediation.kernel.i18n import _l
from mediation.periods import services as periods
from mediation.periods.rules import PeriodKey
from mediation.roster import services as roster
from mediation.roster.models import Mediator

ARTICLE = "S4 art. 13"
ASKED = _l("%(title)s: you are asked to mediate it together with another mediator. Answer by %(day)s.")
ANSWERED = _l("%(title)s: the further mediator has accepted.")
DECLINED = _l("%(title)s: the further mediator has not accepted.")
PRESIDES = _l("%(title)s: from now on you preside over the mediation.")


def get(actor: Actor, co_id: int) -> CoMediator | None:
    """One of the own court, for those who may see the assignment or were asked."""
    co = db.session.scalar(sa.select(CoMediator).where(CoMediator.id == co_id, CoMediator.court_id == actor.court_id))
    if co is None:
        return None
    assignment = db.session.get_one(Assignment, co.assignment_id)
    return co if assignments.may_mediate(actor, co) or rules.may_add(actor, assignment) else None


def waiting(actor: Actor) -> Sequence[tuple[CoMediator, Dispute]]:
    """Where this mediator, or a member of this organisation, is asked to join."""
    own: list[sa.ColumnElement[bool]] = [sa.false()]
    if actor.mediator_id is not None:
        own.append(CoMediator.mediator_id == actor.mediator_id)
    if actor.organisation_id is not None:
        own.append(CoMediator.organisation_id == actor.organisation_id)
    rows = sa.select(CoMediator, Dispute).join(Dispute, Dispute.id == CoMediator.dispute_id)
    rows = rows.where(CoMediator.court_id == actor.court_id, CoMediator.status == CoStatus.ASKED, sa.or_(*own))
    return [(row[0], row[1]) for row in db.session.execute(rows.order_by(CoMediator.id))]


def candidates(actor: Actor, assignment: Assignment) -> Suggestion:
    """Who could join: by the same filters, points and check for ties as the first; an organisation sends its own."""
    dispute = course.dispute_of(assignment)
    own = None if assignments.may_supervise(actor, assignment) else assignment.organisation_id
    return suggest(actor, dispute, organisation_id=own, without=assignment.mediator_id)


def ask(actor: Actor, assignment: Assignment, *, mediator_id: int, why: CoReason, reason: str) -> CoMediator:
    """Ask a further mediator; the mediation does not meet before the answer."""
    if not rules.may_add(actor, assignment):
        raise NotPermitted("ask", article=ARTICLE)
    if assignment.status not in assignments.OPEN or assignment.mediator_id is None:
        raise co_refused(CoObstacle.NO_CHAIR)
    if mediator_id == assignment.mediator_id:
        raise co_refused(CoObstacle.THE_SAME, field="mediator_id")
    if any(co.mediator_id == mediator_id for co in present.active(assignment)):
        raise co_refused(CoObstacle.ALREADY, field="mediator_id")
    if not reason.strip():
        raise co_refused(CoObstacle.NO_WORDS, field="reason")
    mediator = roster.get_mediator(actor, mediator_id)
    suggestion = candidates(actor, assignment)
    if mediator is None or suggestion.of(mediator_id) is None:
        raise co_refused(CoObstacle.OWN_MEMBERS, field="mediator_id")
    dispute = course.dispute_of(assignment)
    with transaction():
        choosing.require_fit(actor, dispute, mediator, suggestion)
        co = _joined(actor, assignment, mediator, why, reason.strip(), CoStatus.ASKED)
        audit.record(actor, "ask", co, mediator=mediator.id, why=why, reason=co.reason)
        choosing.take_mediator(actor, dispute, mediator.id)
        deadline = periods.open_deadline(
            actor, PeriodKey.MEDIATOR_ACCEPT, subject=co, dispute_id=dispute.id, start=co.asked_on
        )
        telling.tell(actor, _accounts(mediator), dispute, assignment, "co_mediator.asked", ASKED, day=deadline.final_on)
    return co


def _joined(
    actor: Actor, assignment: Assignment, mediator: Mediator, why: CoReason, reason: str, status: CoStatus
) -> CoMediator:
    return CoMediator(
        court_id=assignment.court_id,
        dispute_id=assignment.dispute_id,
        assignment_id=assignment.id,
        mediator_id=mediator.id,
        organisation_id=mediator.organisation_id,
        why=why,
        reason=reason,
        status=status,
        asked_on=clock.today(),
        answered_on=None if status is CoStatus.ASKED else clock.today(),
        asked_by_id=actor.id,
    )


def _accounts(mediator: Mediator) -> Sequence[User]:
    own = [User.mediator_id == mediator.id]
    if mediator.organisation_id is not None:
        own.append(User.organisation_id == mediator.organisation_id)
    return accounts.open_accounts(sa.or_(*own))


def accept(actor: Actor, co: CoMediator) -> None:
    """The further mediator takes part; a tie stands in the way as for the first."""
    states.check(CO_STEPS, "accept", actor, co)
    assignment, dispute = _of(co)
    with transaction():
        checking.require_free(actor, dispute, db.session.get_one(Mediator, co.mediator_id))
        co.answered_on = clock.today()
        audit.advance(CO_STEPS, "accept", actor, co, mediator=co.mediator_id)
        periods.meet(actor, co, PeriodKey.MEDIATOR_ACCEPT, co.answered_on)
        telling.to_clerk(actor, dispute, assignment, "co_mediator.accepted", ANSWERED)


def decline(actor: Actor, co: CoMediator, *, reason: str) -> None:
    """Not accepted, with the reason in writing (S5 art. 12)."""
    states.check(CO_STEPS, "decline", actor, co)
    if not reason.strip():
        raise co_refused(CoObstacle.NO_WORDS, field="reason")
    _go(actor, co, "decline", reason)


def leave(actor: Actor, co: CoMediator, *, reason: str) -> None:
    """The court takes a further mediator out again, with the reason."""
    states.check(CO_STEPS, "leave", actor, co)
    if not reason.strip():
        raise co_refused(CoObstacle.NO_WORDS, field="reason")
    _go(actor, co, "leave", reason)


def _go(actor: Actor, co: CoMediator, step: str, reason: str) -> None:
    assignment, dispute = _of(co)
    with transaction():
        present.depart(actor, co, step, reason)
        disputes.end_participation(actor, dispute, mediator_id=co.mediator_id)
        telling.to_clerk(actor, dispute, assignment, "co_mediator.declined", DECLINED)


def expire_unanswered(actor: Actor) -> int:
    """The daily run: who did not answer in three working days is no longer waited for. How many."""
    late = periods.overdue_of(actor.court_id, clock.today(), (PeriodKey.MEDIATOR_ACCEPT,))
    found = [db.session.get(CoMediator, d.subject_id) for d in late if d.subject_type == present.TYPE]
    gone = [co for co in found if co is not None and co.status is CoStatus.ASKED]
    for co in gone:
        _go(actor, co, "lapse", "")
    return len(gone)


def preside(
    actor: Actor, assignment: Assignment, co: CoMediator, *, by: ChairBy, party_ids: Collection[int] = ()
) -> None:
    """Another of those who mediate together presides: leads minutes and agreement from now on (S4 art. 13; S5 art. 11)."""
    if not rules.may_add(actor, assignment):
        raise NotPermitted("preside", article=ARTICLE)
    if co.assignment_id != assignment.id or co.status is not CoStatus.ACCEPTED or assignment.mediator_id is None:
        raise co_refused(CoObstacle.NOT_TOGETHER)
    if assignment.status not in assignments.OPEN:
        raise co_refused(CoObstacle.NO_CHAIR)
    everybody = {party.id for party in disputes.parties(assignment.dispute_id)}
    if by is ChairBy.PARTIES and not everybody <= set(party_ids):
        raise co_refused(CoObstacle.NOT_ALL, field="party_ids")
    pending.require_none(assignment)
    former = db.session.get_one(Mediator, assignment.mediator_id)
    dispute = course.dispute_of(assignment)
    with transaction():
        able = actor if assignments.may_supervise(actor, co) else system(actor.court_id)
        audit.advance(CO_STEPS, "preside", able, co, mediator=co.mediator_id, by=by)
        beside = _joined(actor, assignment, former, co.why, co.reason, CoStatus.ACCEPTED)
        audit.record(actor, "step_back", beside, mediator=former.id, by=by)
        assignment.mediator_id = co.mediator_id
        audit.record(actor, "preside", assignment, former=former.id, mediator=co.mediator_id, by=by)
        chair = db.session.get_one(Mediator, co.mediator_id)
        telling.tell(actor, _accounts(chair), dispute, assignment, "co_mediator.presides", PRESIDES)


def _of(co: CoMediator) -> tuple[Assignment, Dispute]:
    return db.session.get_one(Assignment, co.assignment_id), db.session.get_one(Dispute, co.dispute_id)
