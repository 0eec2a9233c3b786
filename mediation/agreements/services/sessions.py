"""Sessions: booked, opened with duties told and identity checked, minuted, adjourned, ended."""

from collections.abc import Mapping, Sequence
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import selectinload

from mediation.accounts import services as accounts
from mediation.accounts.models import User
from mediation.agreements import documents, labels, reports, rules
from mediation.agreements.models import Attendance, CaucusNote, MediationSession
from mediation.agreements.rules import SESSION_STEPS, Duty, Method, SessionStatus
from mediation.assignment import services as assignments
from mediation.assignment.models import Assignment
from mediation.assignment.rules import Status as AssignmentStatus
from mediation.assignment.together import present as together
from mediation.disputes import services as disputes
from mediation.disputes.models import Dispute
from mediation.disputes.people import addressee
from mediation.kernel import audit, clock, dossier, states
from mediation.kernel.actor import Actor
from mediation.kernel.db import db, transaction
from mediation.kernel.errors import DomainError, NotPermitted, Stale
from mediation.notices import services as notices
from mediation.scheduling import services as scheduling
from mediation.scheduling.models import Booking
from mediation.scheduling.rules import BookingStatus, Free, Purpose, ResourceKind
from mediation.scheduling.services import doors, telling

RUNNING = (AssignmentStatus.ACCEPTED, AssignmentStatus.SCHEDULED, AssignmentStatus.IN_SESSION)


def get(actor: Actor, session_id: int) -> MediationSession | None:
    """A session of a dispute the actor may see."""
    found = (
        sa.select(MediationSession)
        .join(Dispute, Dispute.id == MediationSession.dispute_id)
        .where(MediationSession.id == session_id, disputes.visible(actor))
        .options(selectinload(MediationSession.attendances))
    )
    return db.session.scalar(found)


def of_dispute(dispute_id: int) -> Sequence[MediationSession]:
    """The sessions of a dispute, first to last."""
    return dossier.of(MediationSession, dispute_id)


def without_session(actor: Actor, *, limit: int = 50) -> list[Assignment]:
    """The running mediations for which the actor may fix a time: none is fixed and none under way, the oldest first."""
    fixed = sa.exists().where(
        MediationSession.assignment_id == Assignment.id,
        MediationSession.status.in_((SessionStatus.PLANNED, SessionStatus.OPEN)),
    )
    rows = sa.select(Assignment).where(
        Assignment.court_id == actor.court_id,
        Assignment.status.in_(RUNNING),
        Assignment.dispute_id.in_(disputes.ids(actor)),
        ~fixed,
    )
    found = db.session.scalars(rows.order_by(Assignment.id).limit(limit))
    return [assignment for assignment in found if rules.may_arrange(actor, assignment)]


def booking_of(session: MediationSession) -> Booking | None:
    """When and where the session takes place."""
    return db.session.get(Booking, session.booking_id) if session.booking_id else None


def is_without_room(session: MediationSession, booking: Booking | None) -> bool:
    """Planned, and what was booked for it stands no longer: the room was released, or its meeting called off."""
    gone = booking is not None and booking.status is not BookingStatus.BOOKED
    return session.status is SessionStatus.PLANNED and gone


def is_on_other_day(booking: Booking | None) -> bool:
    """Whether what is booked for a session is not today."""
    return booking is not None and clock.local(booking.starts_at).date() != clock.today()


def without_room(actor: Actor, *, limit: int = 50) -> list[MediationSession]:
    """The sessions that have lost their time and room, and for which the actor may fix another, the oldest first."""
    rows = (
        sa.select(MediationSession)
        .join(Booking, Booking.id == MediationSession.booking_id)
        .where(
            MediationSession.status == SessionStatus.PLANNED,
            Booking.status != BookingStatus.BOOKED,
            MediationSession.dispute_id.in_(disputes.ids(actor)),
        )
    )
    found = db.session.scalars(rows.order_by(MediationSession.id).limit(limit))
    return [session for session in found if rules.may_arrange(actor, session)]


def free_times(
    actor: Actor, session: MediationSession, *, limit: int = 3, assignment: Assignment | None = None
) -> Sequence[Free]:
    """The first times that the mediator, the parties and a room have in common for a session.

    `assignment`: of the mediation that takes the session over; its present time is no hindrance then.
    """
    return scheduling.free_times(
        actor,
        kinds=(ResourceKind.ROOM,)
        if session.method is Method.ON_SITE
        else (ResourceKind.VIDEO_ROOM, ResourceKind.ROOM),
        mediator_ids=together.mediator_ids(assignment or session.assignment),
        party_ids=[p.id for p in disputes.parties(session.dispute_id)],
        dispute_id=session.dispute_id,
        besides=[session.booking_id] if assignment is not None and session.booking_id is not None else (),
        limit=limit,
    )


def rebook(
    actor: Actor,
    session: MediationSession,
    *,
    starts_at: datetime,
    ends_at: datetime,
    resource_id: int | None,
    agreed_short_notice: bool = False,
) -> None:
    """Another time and room for a session that has lost its own; the parties are told anew (R3-24; S4 art. 14)."""
    states.check(SESSION_STEPS, "rebook", actor, session)
    before = booking_of(session)
    if not is_without_room(session, before):
        raise DomainError(labels.HAS_ROOM, article="S4 art. 14")
    with transaction():
        booking = _book(actor, session, starts_at, ends_at, resource_id, agreed_short_notice=agreed_short_notice)
        audit.advance(
            SESSION_STEPS, "rebook", actor, session, starts_at=starts_at, instead_of=before.id if before else None
        )
        if before is not None:
            notices.supersede(actor, before)
        _tell(actor, session, booking)


def plan(
    actor: Actor,
    assignment: Assignment,
    *,
    starts_at: datetime,
    ends_at: datetime,
    resource_id: int | None,
    method: Method,
    agreed_short_notice: bool = False,
) -> MediationSession:
    """Book a room and tell both parties time and place (R3-24; S4 art. 14)."""
    dispute = db.session.get_one(Dispute, assignment.dispute_id)
    parties = disputes.parties(dispute.id)
    with transaction():
        session = MediationSession(
            court_id=assignment.court_id,
            dispute_id=dispute.id,
            assignment=assignment,
            method=method,
            attendances=[
                *(Attendance(party_id=p.id, name=p.name) for p in parties),
                *(Attendance(agent_id=a.id, party_id=p.id, name=a.name) for p in parties for a in p.agents),
            ],
        )
        if not rules.may_arrange(actor, assignment):
            raise NotPermitted("plan", article="S4 art. 14")
        audit.record(actor, "plan", session, starts_at=starts_at, ends_at=ends_at, resource=resource_id)
        booking = _book(actor, session, starts_at, ends_at, resource_id, agreed_short_notice=agreed_short_notice)
        assignments.scheduled(actor, assignment)
        _tell(actor, session, booking)
    return session


def _book(
    actor: Actor,
    session: MediationSession,
    starts_at: datetime,
    ends_at: datetime,
    resource_id: int | None,
    *,
    agreed_short_notice: bool,
) -> Booking:
    """The time of all who mediate and of every party, and a room."""
    booking = scheduling.book(
        actor,
        purpose=Purpose.SESSION,
        starts_at=starts_at,
        ends_at=ends_at,
        resource_id=resource_id,
        dispute_id=session.dispute_id,
        mediator_ids=together.mediator_ids(session.assignment),
        party_ids=tuple(p.id for p in disputes.parties(session.dispute_id)),
        subject_type="mediation_session",
        subject_id=session.id,
        agreed_short_notice=agreed_short_notice,
    )
    session.booking_id = booking.id
    return booking


def _tell(actor: Actor, session: MediationSession, booking: Booking) -> None:
    """Notices to the parties: time and place, never what the dispute is about (R2-28). What was told before is over.

    Whoever mediates is told too, where somebody else fixed it.
    """
    notices.supersede(actor, session)
    place = documents.place_name(booking) or documents.METHOD_TEXT[session.method]
    facts = {"when": telling.said(booking.starts_at), "place": place}
    for party in disputes.parties(session.dispute_id):
        to = addressee(party)
        notices.tell(actor, to, "session", subject=session, dispute_id=session.dispute_id, facts=facts)
    mediating = User.mediator_id.in_(together.mediator_ids(session.assignment))
    # Who fixed it knows.
    notices.tell_users(
        actor, accounts.open_accounts(mediating, User.id != actor.id), "session.fixed", labels.FIXED, subject=session,
        dispute_id=session.dispute_id, facts={
            "title": lambda: disputes.titles([session.dispute_id])[session.dispute_id], "when": booking.starts_at, "place": place,
        },
    )  # fmt: skip


def cancel(actor: Actor, session: MediationSession, *, reason: str) -> None:
    """Call the session off: the slot is free again, and the parties are told."""
    with transaction():
        audit.advance(SESSION_STEPS, "cancel", actor, session, reason=reason)
        booking = booking_of(session)
        # A room released because nobody came is free already; what is left is to call off the session itself.
        if booking is not None and booking.status is BookingStatus.BOOKED:
            scheduling.cancel(actor, booking, reason)


def open_session(
    actor: Actor,
    session: MediationSession,
    *,
    present: Mapping[int, tuple[bool, bool]],
    duties: set[Duty],
    other_day: str = "",
) -> None:
    """Begin: who is present with identity (and authority) checked, and everything told (R3-25, R2-24).

    `present` maps an attendance to (identity checked, authority checked); who is not in it is absent. `other_day` says
    why it is held on another day than the parties were told.
    """
    states.check(SESSION_STEPS, "open", actor, session)
    unchecked = sum(1 for identity, _authority in present.values() if not identity)
    elsewhen = is_on_other_day(booking_of(session))
    unexplained = elsewhen and not other_day.strip()
    for found in rules.session_obstacles(
        duties=duties, present=len(present), unchecked=unchecked, other_day=unexplained
    ):
        raise DomainError(
            labels.SESSION_OBSTACLE[found],
            article=rules.SESSION_OBSTACLE_ARTICLE[found],
            remedy=labels.SESSION_REMEDY.get(found, ""),
            field="other_day" if found is rules.SessionObstacle.OTHER_DAY else "",
        )
    with transaction():
        session.other_day = other_day.strip() if elsewhen else ""
        session.duties = sorted(duties)
        session.started_at = clock.now()
        for attendance in session.attendances:
            attendance.present = attendance.id in present
            attendance.identity_checked, attendance.authority_checked = present.get(attendance.id, (False, False))
        audit.advance(
            SESSION_STEPS, "open", actor, session, duties=duties, present=sorted(present), reason=session.other_day
        )
        if booking := booking_of(session):
            here = {a.party_id for a in session.attendances if a.present and a.party_id is not None}
            doors.note_present(actor, booking, here, session.assignment.mediator_id)
        assignments.session_opened(actor, session.assignment)
        reports.rights_notice(actor, session)


def write(actor: Actor, session: MediationSession, *, minutes: str, outcome: str, version: int) -> None:
    """Write the minutes (S3 art. 27). Two people writing at once: the second sees both versions."""
    if not rules.may_conduct(actor, session):
        raise NotPermitted("write", article="S3 art. 27")
    if session.version != version:
        raise Stale(labels.STALE_MINUTES, remedy=session.minutes, subject=session)
    with transaction():
        session.minutes, session.outcome = minutes, outcome
        audit.record(actor, "write", session, length=len(minutes))


def close(actor: Actor, session: MediationSession, step: str) -> None:
    """Adjourn or end; the minutes become a document in the confidential folder."""
    with transaction():
        session.ended_at = clock.now()
        audit.advance(SESSION_STEPS, step, actor, session)
        if step == "adjourn":
            assignments.adjourned(actor, session.assignment)
        documents.mediation_record(actor, session)


def take_note(actor: Actor, session: MediationSession, *, text: str) -> CaucusNote:
    """A private note of a caucus: only its author will ever read it (R10-11)."""
    if not rules.may_conduct(actor, session):
        raise NotPermitted("take_note", article="S4 art. 22")
    with transaction():
        note = CaucusNote(
            court_id=session.court_id,
            dispute_id=session.dispute_id,
            session_id=session.id,
            author_id=actor.id,
            text=text,
        )
        audit.record(actor, "write", note)
    return note


def notes(actor: Actor, session: MediationSession) -> Sequence[CaucusNote]:
    """The actor's own notes of a session; nobody else's."""
    own = sa.select(CaucusNote).where(CaucusNote.session_id == session.id, CaucusNote.author_id == actor.id)
    return db.session.scalars(own.order_by(CaucusNote.id)).all()
