"""What the register tells: cases in scope, their situation, the judges' lists."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import sqlalchemy as sa

from mediation.accounts.models import User, UserRole
from mediation.disputes import services as disputes
from mediation.disputes.models import CaseNumber, Dispute
from mediation.disputes.rules import Status as DisputeStatus
from mediation.documents import services as documents
from mediation.kernel import clock
from mediation.kernel.actor import Actor, Role
from mediation.kernel.db import db
from mediation.kernel.errors import DomainError
from mediation.litigation import labels, rules
from mediation.litigation.models import FeeNotice, LitigationCase, YearlyWage
from mediation.litigation.rules import Obstacle, Situation, Status
from mediation.notices import services as notices
from mediation.periods import services as periods
from mediation.periods.models import Deadline
from mediation.periods.table import PeriodKey
from mediation.scheduling.models import Booking
from mediation.scheduling.rules import BookingStatus, Purpose

MEDIATION_DOCUMENT = "civil_mediation_document"


def get(actor: Actor, case_id: int) -> LitigationCase | None:
    """A case of a dispute this actor may know of."""
    wanted = sa.select(LitigationCase).join(Dispute, Dispute.id == LitigationCase.dispute_id)
    return db.session.scalar(wanted.where(LitigationCase.id == case_id, disputes.visible(actor)))


def of_dispute(dispute_id: int) -> LitigationCase | None:
    """The case of a dispute, once it has been filed."""
    return db.session.scalar(sa.select(LitigationCase).where(LitigationCase.dispute_id == dispute_id))


def dispute_of(case: LitigationCase) -> Dispute:
    """The dispute a case is about."""
    return db.session.get_one(Dispute, case.dispute_id)


def number_of(case: LitigationCase) -> str:
    """（2026）鲁0102民初1号."""
    return db.session.get_one(CaseNumber, case.case_number_id).canonical


def notice_of(case: LitigationCase) -> FeeNotice | None:
    """The case's fee notice, if one was issued."""
    return db.session.scalar(sa.select(FeeNotice).where(FeeNotice.case_id == case.id))


def limit_of(case: LitigationCase) -> Deadline | None:
    """The running trial limit of the case's procedure."""
    return periods.current("litigation_case", case.id, rules.TRIAL_LIMIT[case.procedure])


def situation(case: LitigationCase) -> Situation:
    """What the obstacles look at."""
    notice, limit = notice_of(case), limit_of(case)
    payment = periods.current("fee_notice", notice.id, PeriodKey.FEE_PAYMENT) if notice else None
    return Situation(
        mediating=case.status is Status.PRIOR_MEDIATION and dispute_of(case).status is DisputeStatus.IN_MEDIATION,
        agreed=case.agreed_on is not None,
        fee_settled=notice is not None and notice.settled,
        relief_open=notice is not None and notice.relief_open,
        pay_until=payment.final_on if payment else None,
        limit=limit.final_on if limit else None,
        heard=case.heard_on is not None,
        document=case.effect is not None,
        served=_served(case),
        today=clock.today(),
    )


def _served(case: LitigationCase) -> bool:
    """S2 art. 149: in force when the last party has signed; or at once where they agreed so (S2 art. 151)."""
    if case.effect is rules.Effect.ON_AGREEMENT:
        return True
    document = documents.latest(MEDIATION_DOCUMENT, "litigation_case", case.id)
    if document is None:
        return False
    reached = {service.party_id for service in notices.services_of(document.id)}
    return {party.id for party in disputes.parties(case.dispute_id)} <= reached


def obstacles(case: LitigationCase, step: str) -> list[Obstacle]:
    """What stands in the way of a step, for the page that offers it."""
    return rules.obstacles(step, situation(case))


def refuse(obstacle: Obstacle) -> DomainError:
    """The refusal with its article and what remains possible."""
    return DomainError(
        labels.OBSTACLE[obstacle],
        article=rules.OBSTACLE_ARTICLE[obstacle],
        remedy=labels.REMEDY.get(obstacle, ""),
    )


def check(case: LitigationCase, step: str) -> None:
    """Refuse the step if anything stands in its way."""
    for found in obstacles(case, step):
        raise refuse(found)


def fast_track_judges(actor: Actor) -> Sequence[User]:
    """The judges of the fast track at the actor's court."""
    held = sa.select(UserRole.user_id).where(UserRole.role == Role.FAST_TRACK_JUDGE)
    wanted = sa.select(User).where(User.court_id == actor.court_id, User.id.in_(held), User.disabled_at.is_(None))
    return db.session.scalars(wanted.order_by(User.name, User.id)).all()


def wage(court_id: int, on: date) -> YearlyWage | None:
    """The latest yearly wage published by a day (S2 art. 272); None until the court has entered one."""
    known = sa.select(YearlyWage).where(YearlyWage.court_id == court_id, YearlyWage.published_on <= on)
    return db.session.scalar(known.order_by(YearlyWage.year.desc()).limit(1))


@dataclass(frozen=True)
class Listed:
    """One line of a judge's list."""

    case: LitigationCase
    number: str
    cause: str
    booking: Booking | None
    limit: date | None

    @property
    def days_on_track(self) -> int:
        """Days since the case came to the fast track, for the court's own target (R3-50)."""
        return (clock.today() - self.case.fast_track_on).days if self.case.fast_track_on else 0


def hearings_on(actor: Actor, day: date, *, judge_id: int | None = None) -> list[Listed]:
    """What the fast-track tribunals hear on a day, tribunal by tribunal, in the order of the clock."""
    wanted = (
        _listing(actor)
        .where(Booking.starts_at >= clock.at(day), Booking.starts_at < clock.at(day + timedelta(days=1)))
        .order_by(Booking.resource_id, Booking.starts_at, Booking.id)
    )
    if judge_id is not None:
        wanted = wanted.where(LitigationCase.judge_id == judge_id)
    return [_listed(row) for row in db.session.execute(wanted)]


def cases_of_judge(actor: Actor, *, judge_id: int | None = None) -> list[Listed]:
    """The open fast-track cases, the nearest trial limit first."""
    wanted = _listing(actor).where(LitigationCase.status == Status.FAST_TRACK)
    if judge_id is not None:
        wanted = wanted.where(LitigationCase.judge_id == judge_id)
    limit = Deadline.final_on.is_(None), Deadline.final_on, LitigationCase.id
    return [_listed(row) for row in db.session.execute(wanted.order_by(*limit))]


def _listing(actor: Actor) -> Any:
    running = sa.and_(
        Deadline.subject_type == "litigation_case",
        Deadline.subject_id == LitigationCase.id,
        Deadline.ended_on.is_(None),
        Deadline.key.in_(set(rules.TRIAL_LIMIT.values())),
    )
    live = sa.and_(
        Booking.id == LitigationCase.hearing_booking_id,
        Booking.status == BookingStatus.BOOKED,
        Booking.purpose == Purpose.HEARING,
    )
    return (
        sa.select(LitigationCase, CaseNumber.canonical, Dispute, Booking, Deadline.final_on)
        .join(CaseNumber, CaseNumber.id == LitigationCase.case_number_id)
        .join(Dispute, Dispute.id == LitigationCase.dispute_id)
        .outerjoin(Booking, live)
        .outerjoin(Deadline, running)
        .where(disputes.visible(actor), LitigationCase.fast_track)
    )


def _listed(row: Any) -> Listed:
    case, number, dispute, booking, limit = row
    return Listed(case, number, dispute.cause.name, booking, limit)
