"""Finding assignments and what belongs to them, within the reader's scope."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date
from typing import Any

import sqlalchemy as sa

from mediation.accounts import services as accounts
from mediation.accounts.models import User
from mediation.assignment import rules
from mediation.assignment.models import Assignment, ConflictCheck, ContactAttempt, Extension, Suspension
from mediation.assignment.rules import OPEN, Status
from mediation.assignment.together.models import CoMediator
from mediation.assignment.together.rules import CoStatus
from mediation.disputes.models import Dispute
from mediation.intake import services as intake
from mediation.kernel import dossier
from mediation.kernel.actor import COURT, Actor
from mediation.kernel.db import db
from mediation.periods import services as periods
from mediation.periods.models import Deadline
from mediation.periods.rules import PeriodKey
from mediation.roster.models import Mediator, Organisation


def scope(actor: Actor) -> sa.ColumnElement[bool]:
    """The court sees its own; a mediator and an organisation see what was handed to them, also afterwards."""
    own = Assignment.court_id == actor.court_id
    if actor.has(*COURT):
        return own
    mine: list[sa.ColumnElement[bool]] = [sa.false()]
    if actor.mediator_id is not None:
        mine.append(Assignment.mediator_id == actor.mediator_id)
        mine.append(Assignment.id.in_(_beside(actor.mediator_id)))
    if actor.organisation_id is not None:
        mine.append(Assignment.organisation_id == actor.organisation_id)
    return sa.and_(own, sa.or_(*mine))


def _beside(mediator_id: int) -> sa.Select[Any]:
    """The assignments in which somebody mediates beside the one who presides."""
    seen = (CoStatus.ASKED, CoStatus.ACCEPTED, CoStatus.CHAIRING)
    return sa.select(CoMediator.assignment_id).where(CoMediator.mediator_id == mediator_id, CoMediator.status.in_(seen))


def get(actor: Actor, assignment_id: int) -> Assignment | None:
    """An assignment in the actor's scope."""
    return db.session.scalar(sa.select(Assignment).where(Assignment.id == assignment_id, scope(actor)))


def open_of(dispute_id: int) -> Assignment | None:
    """The one assignment with which the dispute is now; None when it is with nobody."""
    return next((a for a in dossier.of(Assignment, dispute_id) if a.status in OPEN), None)


def open_ones(dispute_ids: Collection[int]) -> Sequence[Assignment]:
    """The assignments with which these disputes are now."""
    rows = sa.select(Assignment).where(Assignment.dispute_id.in_(dispute_ids), Assignment.status.in_(OPEN))
    return db.session.scalars(rows.order_by(Assignment.id)).all()


def of_dispute(dispute_id: int) -> Sequence[Assignment]:
    """Every assignment of the dispute, the latest first."""
    return dossier.of(Assignment, dispute_id)[::-1]


def mine(actor: Actor, statuses: Iterable[Status] = OPEN) -> Sequence[tuple[Assignment, Dispute]]:
    """What was handed to this mediator or organisation, with its dispute."""
    rows = (
        sa.select(Assignment, Dispute)
        .join(Dispute, Dispute.id == Assignment.dispute_id)
        .where(scope(actor), Assignment.status.in_(tuple(statuses)))
        .order_by(Assignment.issued_on, Assignment.id)
    )
    return [(row[0], row[1]) for row in db.session.execute(rows)]


def count_waiting(actor: Actor) -> sa.Select[Any]:
    """How many wait to be accepted by this mediator or organisation."""
    own = sa.select(sa.func.count(Assignment.id)).where(scope(actor), Assignment.status == Status.ISSUED)
    if actor.mediator_id is not None:
        own = own.where(Assignment.mediator_id == actor.mediator_id)
    return own


def key_of(assignment: Assignment) -> PeriodKey:
    """Which mediation period runs for it."""
    return rules.period_key(assignment.kind, assignment.procedure)


def clock_of(assignment: Assignment) -> Deadline | None:
    """The clock that runs now: for the answer, then for the mediation itself."""
    key = PeriodKey.MEDIATOR_ACCEPT if assignment.status is Status.ISSUED else key_of(assignment)
    return periods.current(Assignment.__tablename__, assignment.id, key)


def clocks(assignments: Iterable[Assignment]) -> dict[int, Deadline]:
    """The running clock of each of them, in one question."""
    wanted = {a.id: PeriodKey.MEDIATOR_ACCEPT if a.status is Status.ISSUED else key_of(a) for a in assignments}
    rows = sa.select(Deadline).where(
        Deadline.subject_type == Assignment.__tablename__,
        Deadline.subject_id.in_(wanted),
        Deadline.ended_on.is_(None),
    )
    return {d.subject_id: d for d in db.session.scalars(rows) if wanted[d.subject_id] is d.key}


def final_on(assignment: Assignment) -> date | None:
    """The last day of the mediation as it stands now, or as it stood at the end."""
    running = clock_of(assignment) if assignment.accepted_on else None
    return running.final_on if running else assignment.final_on


def attempts(assignment: Assignment) -> Sequence[ContactAttempt]:
    """Every attempt to reach a party, the first on top."""
    made = (a for a in dossier.of(ContactAttempt, assignment.dispute_id) if a.assignment_id == assignment.id)
    return sorted(made, key=lambda attempt: (attempt.at, attempt.id))


def suspensions(assignment: Assignment) -> Sequence[Suspension]:
    """Every pause, the first on top."""
    made = (s for s in dossier.of(Suspension, assignment.dispute_id) if s.assignment_id == assignment.id)
    return sorted(made, key=lambda suspension: (suspension.began_on, suspension.id))


def extensions(assignment: Assignment) -> Sequence[Extension]:
    """Every extension the parties agreed on, the first on top."""
    return [e for e in dossier.of(Extension, assignment.dispute_id) if e.assignment_id == assignment.id]


def latest_check(dispute_id: int, mediator_id: int) -> ConflictCheck | None:
    """The last conflict check of this mediator against this dispute."""
    checks = dossier.of(ConflictCheck, dispute_id)
    return next((check for check in reversed(checks) if check.mediator_id == mediator_id), None)


def mediator_name(assignment: Assignment) -> str:
    """Who mediates, as it is shown: the mediator, or the organisation until one is appointed."""
    names = holder_names([assignment])[assignment.id]
    return names[0] or names[1]


def holder_names(assignments: Sequence[Assignment]) -> dict[int, tuple[str, str]]:
    """Names of mediator and organisation of each assignment."""
    mediators = _names(Mediator, {a.mediator_id for a in assignments})
    organisations = _names(Organisation, {a.organisation_id for a in assignments})
    return {
        a.id: (mediators.get(a.mediator_id or 0, ""), organisations.get(a.organisation_id or 0, ""))
        for a in assignments
    }


def mediator_names(ids: Iterable[int]) -> dict[int, str]:
    """What these mediators are called."""
    return _names(Mediator, set(ids))


def _names(model: type[Mediator] | type[Organisation], ids: set[int | None]) -> dict[int, str]:
    known = {row.id: row.name for row in dossier.mentioned(model) if row.id in ids}
    wanted = ids - known.keys() - {None}
    if wanted:
        known |= {
            row[0]: row[1] for row in db.session.execute(sa.select(model.id, model.name).where(model.id.in_(wanted)))
        }
    return known


def accounts_behind(assignment: Assignment) -> Sequence[User]:
    """Whom to tell: the mediator, or everybody who acts for the organisation until a mediator is appointed."""
    wanted = (
        User.mediator_id == assignment.mediator_id
        if assignment.mediator_id is not None
        else User.organisation_id == assignment.organisation_id
    )
    return accounts.open_accounts(wanted)


def joint_choice(dispute_id: int) -> int | None:
    """The mediator whom all who answered named, when both sides did (S4 art. 12); None when there is no such."""
    answers = intake.consents(dispute_id)
    named = {consent.preferred_mediator_id for consent in answers.values()}
    return named.pop() if len(answers) > 1 and len(named) == 1 else None
