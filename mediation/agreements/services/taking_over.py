"""Another mediator takes over a session fixed with the former one: at its time, or at another (S4 arts 13, 14)."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from mediation.agreements import labels, rules
from mediation.agreements.models import MediationSession
from mediation.agreements.rules import SessionStatus
from mediation.agreements.services import sessions
from mediation.assignment import services as assignments
from mediation.assignment.models import Assignment
from mediation.assignment.rules import Status
from mediation.assignment.together import present as together
from mediation.kernel import audit, clock
from mediation.kernel.actor import Actor
from mediation.kernel.db import db, transaction
from mediation.kernel.errors import DomainError, NotPermitted
from mediation.scheduling.errors import NotBookable
from mediation.scheduling.models import Booking, Claim
from mediation.scheduling.rules import BookingStatus, ClaimantKind
from mediation.scheduling.services import handing_on
from mediation.scheduling.services.people import people_of

ARTICLE = "S4 arts 13, 14"
# Who may still decline the dispute keeps the time for the parties; whoever paused it does not.
READY = frozenset({Status.ISSUED, Status.ACCEPTED, Status.SCHEDULED})


def _all_left(dispute_ids: Collection[int]) -> Sequence[MediationSession]:
    if not dispute_ids:
        return ()
    now = aliased(Assignment)
    comes = sa.exists().where(
        Claim.booking_id == Booking.id,
        Claim.claimant_kind == ClaimantKind.MEDIATOR,
        Claim.claimant_key == sa.cast(now.mediator_id, sa.String),
        Claim.live,
    )
    rows = (
        sa.select(MediationSession)
        .join(Booking, Booking.id == MediationSession.booking_id)
        .join(now, now.dispute_id == MediationSession.dispute_id)
        .where(
            MediationSession.dispute_id.in_(dispute_ids),
            MediationSession.status == SessionStatus.PLANNED,
            Booking.status == BookingStatus.BOOKED,
            Booking.starts_at > clock.now(),
            now.ended_on.is_(None),
            now.mediator_id.is_not(None),
            now.status.in_(READY),
            # Another mediation now; or the same one, whose organisation named another member meanwhile.
            sa.or_(now.id != MediationSession.assignment_id, ~comes),
        )
        .order_by(Booking.starts_at.desc(), MediationSession.id)
    )
    return db.session.scalars(rows).unique().all()


def left_over(dispute_ids: Collection[int]) -> Mapping[int, MediationSession]:
    """By dispute: the next session fixed with a mediator who no longer mediates it, while another one does."""
    return {session.dispute_id: session for session in _all_left(dispute_ids)}


def heir(session: MediationSession) -> Assignment | None:
    """The mediation that goes on and to which this session does not belong yet."""
    if session not in _all_left([session.dispute_id]):
        return None
    return assignments.open_of(session.dispute_id)


def _require(actor: Actor, session: MediationSession) -> tuple[Assignment, Booking]:
    assignment, booking = heir(session), sessions.booking_of(session)
    if assignment is None or booking is None:
        raise DomainError(labels.NOTHING_TO_TAKE_OVER, article=ARTICLE, remedy=labels.BOOK_ANEW)
    if not rules.may_arrange(actor, assignment):
        raise NotPermitted("take_over", article=ARTICLE)
    return assignment, booking


def _former(session: MediationSession, assignment: Assignment, booking: Booking) -> tuple[int, ...]:
    """Who comes to it and no longer mediates: the one who presided, and those who mediated beside."""
    if session.assignment_id == assignment.id:
        stay = together.mediator_ids(assignment)
        return tuple(i for i in people_of(booking).mediators if i not in stay)
    own = (session.assignment.mediator_id,) if session.assignment.mediator_id is not None else ()
    return own + tuple(co.mediator_id for co in together.every(session.assignment))


def former_name(session: MediationSession) -> str:
    """With whom the session was fixed."""
    assignment, booking = heir(session), sessions.booking_of(session)
    if assignment is None or booking is None or session.assignment_id != assignment.id:
        return assignments.mediator_name(session.assignment)
    names = assignments.mediator_names(_former(session, assignment, booking))
    return " · ".join(names[i] for i in sorted(names))


def against(actor: Actor, session: MediationSession) -> NotBookable | None:
    """Why the new mediator cannot come at the time that is fixed; None when the time can be kept."""
    assignment, booking = _require(actor, session)
    return handing_on.against(
        actor, booking, former=_former(session, assignment, booking), mediator_ids=together.mediator_ids(assignment)
    )


def keep(actor: Actor, session: MediationSession) -> None:
    """The session stays at its time with the new mediator; the parties are told who comes instead."""
    assignment, booking = _require(actor, session)
    former = _former(session, assignment, booking)
    with transaction():
        handing_on.keep(actor, booking, former=former, mediator_ids=together.mediator_ids(assignment))
        _belongs(actor, session, assignment, former, kept=True)


def move(
    actor: Actor,
    session: MediationSession,
    *,
    starts_at: datetime,
    ends_at: datetime,
    resource_id: int | None,
    agreed_short_notice: bool = False,
) -> None:
    """The session with the new mediator at another time; the parties are told of it."""
    assignment, booking = _require(actor, session)
    former = _former(session, assignment, booking)
    with transaction():
        handing_on.move(
            actor, booking, former=former, mediator_ids=together.mediator_ids(assignment),
            starts_at=starts_at, ends_at=ends_at, resource_id=resource_id, agreed_short_notice=agreed_short_notice,
        )  # fmt: skip
        _belongs(actor, session, assignment, former, kept=False)


def _belongs(
    actor: Actor, session: MediationSession, assignment: Assignment, former: Sequence[int], *, kept: bool
) -> None:
    session.assignment = assignment
    audit.record(
        actor, "hand_on", session, former=former[0] if former else None, mediator=assignment.mediator_id, kept=kept,
        assignment=assignment.id,
    )  # fmt: skip
    if assignment.status is Status.ACCEPTED:
        assignments.scheduled(actor, assignment)
