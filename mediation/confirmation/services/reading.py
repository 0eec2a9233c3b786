"""What is known of an application: whose it is, what is missing, what stands in the way of the next step."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from typing import Any, NoReturn

import sqlalchemy as sa

from mediation.agreements.models import Agreement
from mediation.agreements.rules import AgreementStatus
from mediation.assignment.models import Assignment
from mediation.confirmation import labels, obstacles, rules
from mediation.confirmation.models import Confirmation, Questioning
from mediation.confirmation.obstacles import Facts
from mediation.confirmation.rules import Exclusion, Finding, Ground, Material, Obstacle, Outcome, Status
from mediation.disputes import services as disputes
from mediation.disputes.models import CaseNumber, Dispute
from mediation.intake.suitability import Confirmable, confirmable
from mediation.kernel import clock, dossier
from mediation.kernel.actor import COURT, Actor, Role
from mediation.kernel.db import db
from mediation.kernel.errors import DomainError
from mediation.notices import services as notices
from mediation.periods import services as periods
from mediation.periods.models import Deadline
from mediation.periods.rules import DeadlineStatus
from mediation.periods.table import PeriodKey
from mediation.scheduling.models import Booking
from mediation.web.templating import day

DECIDING = (PeriodKey.CONFIRM_ACCEPT, PeriodKey.CONFIRM_DECIDE_TARGET, PeriodKey.CONFIRM_DECIDE_STAT)


def get(actor: Actor, confirmation_id: int) -> Confirmation | None:
    """An application to the actor's own court; mediators see only what became of it, on the dispute's page."""
    if not actor.has(*COURT):
        return None
    own = sa.select(Confirmation).where(Confirmation.id == confirmation_id, Confirmation.court_id == actor.court_id)
    return db.session.scalar(own)


def of_dispute(dispute_id: int) -> Sequence[Confirmation]:
    """The applications about a dispute's agreements, last first."""
    return dossier.of(Confirmation, dispute_id)[::-1]


def agreement_of(dispute_id: int) -> Agreement | None:
    """The agreement in effect that could be confirmed."""
    made = reversed(dossier.of(Agreement, dispute_id))
    return next((agreement for agreement in made if agreement.status is AgreementStatus.EFFECTIVE), None)


def pending(agreement_id: int) -> bool:
    """Whether the agreement is before the court, or was confirmed: then there is nothing more to apply for."""
    kept = dossier.beside(Confirmation, "agreement", agreement_id)
    if kept is not None:
        about = (c for c in kept if c.agreement_id == agreement_id)
        return any(c.status in rules.BEFORE_RULING or c.outcome is Outcome.VALID for c in about)
    found = sa.select(Confirmation.id).where(
        Confirmation.agreement_id == agreement_id,
        sa.or_(Confirmation.status.in_(rules.BEFORE_RULING), Confirmation.outcome == Outcome.VALID),
    )
    return db.session.scalar(found.limit(1)) is not None


def last_day(agreement: Agreement) -> date | None:
    """The last day to apply, as it was computed when the agreement took effect (CPL 205)."""
    if agreement.effective_on is None:
        return None
    kept = periods.last("agreement", agreement.id, PeriodKey.CONFIRM_APPLY)
    if kept is not None:
        return kept.final_on
    return periods.compute(PeriodKey.CONFIRM_APPLY, agreement.effective_on, court_id=agreement.court_id).final


def apply_obstacles(dispute: Dispute, *, excluded: bool) -> list[Obstacle]:
    """What would stand against an application made today by all parties in person: for the button on the page."""
    agreement = agreement_of(dispute.id)
    today = clock.today()
    return obstacles.apply_obstacles(
        obstacles.ApplyFacts(
            effective_on=agreement.effective_on if agreement else None,
            apply_until=last_day(agreement) if agreement else None,
            received_on=today,
            today=today,
            cause_excluded=excluded,
            pending=agreement is not None and pending(agreement.id),
            sued=disputes.is_filed(dispute),
        )
    )


def missing(confirmation: Confirmation) -> list[Material]:
    """The papers the law asks for and that are not there yet (R3-71)."""
    wanted = obstacles.required(
        form=confirmation.form,
        title_concerned=confirmation.title_concerned,
        by_agent=any(row.get("agent_id") for row in confirmation.applied_by),
    )
    there = set(confirmation.materials)
    return [material for material in Material if material in wanted and material.value not in there]


def questionings(confirmation: Confirmation) -> Sequence[Questioning]:
    """The questionings held, last first."""
    found = sa.select(Questioning).where(Questioning.confirmation_id == confirmation.id)
    return dossier.once(
        ("questionings", confirmation.id), lambda: db.session.scalars(found.order_by(Questioning.id.desc())).all()
    )


def booking_of(confirmation: Confirmation) -> Booking | None:
    """For when and where the parties were called."""
    booked = confirmation.questioning_booking_id
    return db.session.get(Booking, booked) if booked else None


def facts(actor: Actor, confirmation: Confirmation, **told: Any) -> Facts:
    """What the obstacles look at, with what this step is told."""
    agreement = db.session.get_one(Agreement, confirmation.agreement_id)
    booking = booking_of(confirmation)
    until = last_day(agreement)
    served = notices.services_of(confirmation.ruling_document_id) if confirmation.ruling_document_id else ()
    known = Facts(
        today=clock.today(),
        judge_bars=rules.bars(
            actor.id, diverted_by_id=confirmation.diverted_by_id, mediator_user_id=confirmation.mediator_user_id
        ),
        missing=missing(confirmation),
        late=until is not None
        and obstacles.is_late(posted_on=confirmation.posted_on, received_on=confirmation.applied_on, apply_until=until),
        parties=frozenset(p.id for p in disputes.parties(confirmation.dispute_id)),
        questioned=bool(questionings(confirmation)),
        called=booking is not None and booking.starts_at <= clock.now(),
        findings={Ground(k): Finding(v) for k, v in confirmation.checklist.items()},
        supplement_due=confirmation.supplement_due,
        served=frozenset(s.party_id for s in served),
    )
    return replace(known, **told)


def stands_in_the_way(actor: Actor, confirmation: Confirmation, step: str, **told: Any) -> list[Obstacle]:
    """What the page says of a step before it is taken."""
    return obstacles.obstacles(step, facts(actor, confirmation, **told))


def refuse(found: Obstacle, *, field: str = "", agreement: Agreement | None = None) -> NoReturn:
    """Refuse with the article and the lawful ways that remain; lateness names the computed day."""
    message = labels.OBSTACLE[found]
    until = last_day(agreement) if agreement is not None else None
    if found is Obstacle.LATE and until is not None:
        message = str(labels.LATE_AFTER) % {"day": day(until)}
    raise DomainError(message, article=rules.OBSTACLE_ARTICLE[found], remedy=labels.REMEDY.get(found, ""), field=field)


def exclusion_of(dispute: Dispute) -> Exclusion | None:
    """What the cause alone says against confirmation; the judge looks again (S2 art. 355)."""
    found = confirmable(dispute.cause_code, version=dispute.cause_version, name=dispute.cause.name)
    return Exclusion.STATUS_RELATION if found is Confirmable.NO else None


# ---- work lists ---------------------------------------------------------------------------------------------------


def work(actor: Actor, *, done: bool = False) -> Any:
    """The applications by days left; a judge sees the own ones and those nobody has accepted yet."""
    final = (
        sa.select(sa.func.min(Deadline.final_on))
        .where(
            Deadline.subject_type == "confirmation",
            Deadline.subject_id == Confirmation.id,
            Deadline.status == DeadlineStatus.OPEN,
            Deadline.key.in_(DECIDING),
        )
        .correlate(Confirmation)
        .scalar_subquery()
    )
    rows = (
        sa.select(Confirmation, final.label("final_on"), CaseNumber.canonical, Dispute)
        .join(Dispute, Dispute.id == Confirmation.dispute_id)
        .outerjoin(CaseNumber, CaseNumber.id == Confirmation.case_number_id)
        .where(Confirmation.court_id == actor.court_id, *_mine(actor))
    )
    if done:
        return rows.where(Confirmation.status == Status.SERVED).order_by(
            Confirmation.decided_on.desc(), Confirmation.id.desc()
        )
    # What waits for service has no deadline of its own and comes last; NULL sorts differently on each database.
    return rows.where(Confirmation.status != Status.SERVED).order_by(final.is_(None), final, Confirmation.id)


def _mine(actor: Actor) -> Iterable[sa.ColumnElement[bool]]:
    if actor.has(Role.CONFIRMATION_JUDGE):
        return (sa.or_(Confirmation.judge_id.is_(None), Confirmation.judge_id == actor.id),)
    return ()


def work_count(actor: Actor) -> sa.Select[Any]:
    """How many applications wait for a decision."""
    waiting = sa.select(sa.func.count()).select_from(Confirmation)
    own = (Confirmation.court_id == actor.court_id, Confirmation.status.in_(rules.BEFORE_RULING), *_mine(actor))
    return waiting.where(*own)


def assignment_of(agreement: Agreement) -> Assignment:
    """Under which assignment the agreement was made."""
    return db.session.get_one(Assignment, agreement.assignment_id)
