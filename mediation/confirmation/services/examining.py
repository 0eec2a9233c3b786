"""Examination: the parties called and questioned together, supplements, the findings on every ground (S2 356-358)."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime, timedelta

from mediation.confirmation import documents, rules
from mediation.confirmation.models import Confirmation, Questioning
from mediation.confirmation.rules import STEPS, Finding, Ground, Obstacle, Question
from mediation.confirmation.services import reading
from mediation.disputes import services as disputes
from mediation.disputes.people import addressee
from mediation.kernel import audit, clock, states
from mediation.kernel.actor import Actor
from mediation.kernel.db import db, transaction
from mediation.kernel.errors import DomainError
from mediation.kernel.i18n import _
from mediation.notices import services as notices
from mediation.scheduling import services as scheduling
from mediation.scheduling.models import Booking
from mediation.scheduling.rules import Free, Purpose

QUESTIONING_LENGTH = timedelta(minutes=30)
CHOICES = 6


def times_for_questioning(actor: Actor, confirmation: Confirmation, since: date | None = None) -> list[Free]:
    """The next times when the judge, all parties and a room are free."""
    return scheduling.free_times(
        actor,
        length=QUESTIONING_LENGTH,
        judge_ids=_judge(confirmation),
        party_ids=[p.id for p in disputes.parties(confirmation.dispute_id)],
        since=clock.at(since) if since else None,
        limit=CHOICES,
    )


def _judge(confirmation: Confirmation) -> list[int]:
    return [confirmation.judge_id] if confirmation.judge_id is not None else []


def plan_questioning(
    actor: Actor, confirmation: Confirmation, *, starts_at: datetime, resource_id: int | None
) -> Booking:
    """Call all parties for one time (S2 art. 356): judge, parties and room are booked together, each is told."""
    states.check(STEPS, "plan_questioning", actor, confirmation)
    with transaction():
        _cancel_former(actor, confirmation)
        booking = scheduling.book(
            actor,
            purpose=Purpose.QUESTIONING,
            starts_at=starts_at,
            ends_at=starts_at + QUESTIONING_LENGTH,
            resource_id=resource_id,
            dispute_id=confirmation.dispute_id,
            judge_ids=_judge(confirmation),
            party_ids=[p.id for p in disputes.parties(confirmation.dispute_id)],
            subject_type="confirmation",
            subject_id=confirmation.id,
        )
        with db.session.no_autoflush:
            confirmation.questioning_booking_id = booking.id
            audit.advance(STEPS, "plan_questioning", actor, confirmation, starts_at=booking.starts_at)
        _call(actor, confirmation, booking)
    return booking


def _cancel_former(actor: Actor, confirmation: Confirmation) -> None:
    former = reading.booking_of(confirmation)
    if former is not None and former.starts_at > clock.now():
        found = scheduling.get(actor, former.id)
        if found is not None:
            # The new call says all; a notice that the old one is off would only confuse.
            scheduling.cancel(actor, found, _("The questioning was put to another time."), told=False)


def _call(actor: Actor, confirmation: Confirmation, booking: Booking) -> None:
    """Summon both parties; an earlier summons holds no longer."""
    notices.supersede(actor, confirmation, "questioning")
    facts = {"when": documents.moment_text(booking.starts_at), "place": documents.place_text(booking)}
    for party in disputes.parties(confirmation.dispute_id):
        to = addressee(party)
        notices.tell(actor, to, "questioning", subject=confirmation, dispute_id=confirmation.dispute_id, facts=facts)


def question(
    actor: Actor,
    confirmation: Confirmation,
    *,
    present: Collection[int],
    answers: Mapping[Question, str],
    note: str = "",
    held_at: datetime | None = None,
) -> Questioning:
    """Take down what the parties said, all of them present together (S2 art. 356)."""
    states.check(STEPS, "question", actor, confirmation)
    given = {q: text.strip() for q, text in answers.items() if text.strip()}
    told = {"present": frozenset(present), "answered": set(given)}
    for found in reading.stands_in_the_way(actor, confirmation, "question", **told):
        reading.refuse(found, field="present" if found is Obstacle.NOT_BOTH_PRESENT else "")
    at = held_at or clock.now()
    if at > clock.now():
        raise DomainError(_("A questioning cannot have been held at a time still to come."), field="held_at")
    with transaction():
        record = Questioning(
            court_id=confirmation.court_id,
            dispute_id=confirmation.dispute_id,
            confirmation_id=confirmation.id,
            present=sorted(present),
            answers={q.value: given[q] for q in Question},
            note=note,
            held_at=at,
            recorded_by_id=actor.id,
        )
        audit.record(actor, "record", record, present=record.present)
        audit.advance(STEPS, "question", actor, confirmation)
        documents.questioning_record(actor, confirmation, record)
    return record


def order_supplement(actor: Actor, confirmation: Confirmation, *, what: str, due: date) -> None:
    """Statements or proof are not sufficient or in doubt: the parties supplement within a set time (S2 art. 356)."""
    states.check(STEPS, "order_supplement", actor, confirmation)
    for found in reading.stands_in_the_way(actor, confirmation, "order_supplement", supplement_due=due):
        reading.refuse(found, field="due")
    with transaction():
        with db.session.no_autoflush:
            confirmation.supplement, confirmation.supplement_due = what, due
            audit.advance(STEPS, "order_supplement", actor, confirmation, due=due)
        documents.supplement_notice(actor, confirmation)


def supplied(actor: Actor, confirmation: Confirmation) -> None:
    """The supplements are there: the examination goes on where it stood."""
    step = "supplied_after_questioning" if reading.questionings(confirmation) else "supplied"
    with transaction(), db.session.no_autoflush:
        audit.advance(STEPS, step, actor, confirmation, what=confirmation.supplement)
        confirmation.supplement, confirmation.supplement_due = "", None


def examine(actor: Actor, confirmation: Confirmation, *, findings: Mapping[Ground, Finding], reason: str = "") -> None:
    """Write down what was found on every ground of S2 art. 358; the ruling follows from it."""
    states.check(STEPS, "examine", actor, confirmation)
    for found in reading.stands_in_the_way(actor, confirmation, "examine", findings=dict(findings)):
        reading.refuse(found)
    if Finding.FOUND in findings.values() and not reason.strip():
        raise DomainError(
            _("Say what was found: the ruling gives the reason."), article=rules.GROUND_ARTICLE, field="reason"
        )
    with transaction(), db.session.no_autoflush:
        confirmation.checklist = {ground.value: findings[ground].value for ground in Ground}
        confirmation.reason = reason
        audit.advance(STEPS, "examine", actor, confirmation, findings=confirmation.checklist)


def last_questioning(confirmation: Confirmation) -> Questioning | None:
    """The questioning the ruling rests on."""
    held: Sequence[Questioning] = reading.questionings(confirmation)
    return held[0] if held else None
