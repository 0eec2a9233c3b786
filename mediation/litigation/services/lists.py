"""The lists of the register: the cases in hand by trial limit, and what the tribunals hear on a day."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import sqlalchemy as sa

from mediation.accounts.models import User
from mediation.disputes import services as disputes
from mediation.disputes.models import CaseNumber, Cause, Dispute
from mediation.kernel import clock
from mediation.kernel.actor import Actor
from mediation.kernel.db import db
from mediation.litigation import rules
from mediation.litigation.models import LitigationCase
from mediation.litigation.rules import Status
from mediation.periods.models import Deadline
from mediation.scheduling.models import Booking, Resource
from mediation.scheduling.rules import BookingStatus, Purpose


@dataclass(frozen=True)
class Listed:
    """One line of the register."""

    case: LitigationCase
    number: str
    cause: str
    booking: Booking | None
    limit: date | None
    tribunal: str
    judge: str

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
    return [listed(row) for row in db.session.execute(wanted)]


def work(actor: Actor, statuses: Collection[Status], *, judge_id: int | None = None) -> sa.Select[Any]:
    """The cases in these states, the nearest trial limit first; closed ones the latest first. Rows for `listed`."""
    wanted = _listing(actor).where(LitigationCase.status.in_(statuses))
    if judge_id is not None:
        wanted = wanted.where(LitigationCase.judge_id == judge_id)
    if set(statuses) == {Status.CLOSED}:
        return wanted.order_by(LitigationCase.closed_on.desc(), LitigationCase.id.desc())
    return wanted.order_by(Deadline.final_on.is_(None), Deadline.final_on, LitigationCase.id)


def without_hearing(actor: Actor) -> list[Listed]:
    """Cases on the fast track for which no hearing is fixed yet, the oldest first."""
    wanted = _listing(actor).where(LitigationCase.status == Status.FAST_TRACK, LitigationCase.heard_on.is_(None))
    return [listed(row) for row in db.session.execute(wanted.where(Booking.id.is_(None)).order_by(LitigationCase.id))]


def _listing(actor: Actor) -> sa.Select[Any]:
    running = sa.and_(
        Deadline.subject_type == "litigation_case",
        Deadline.subject_id == LitigationCase.id,
        Deadline.ended_on.is_(None),
        Deadline.key.in_(sorted(set(rules.TRIAL_LIMIT.values()))),
    )
    live = sa.and_(
        Booking.id == LitigationCase.hearing_booking_id,
        Booking.status == BookingStatus.BOOKED,
        Booking.purpose == Purpose.HEARING,
    )
    columns: tuple[Any, ...] = (
        LitigationCase, CaseNumber.canonical, Cause.name, Booking, Deadline.final_on, Resource.name, User.name,
    )  # fmt: skip
    return (
        sa.select(*columns)
        .join(CaseNumber, CaseNumber.id == LitigationCase.case_number_id)
        .join(Dispute, Dispute.id == LitigationCase.dispute_id)
        .join(Cause, sa.and_(Cause.version == Dispute.cause_version, Cause.code == Dispute.cause_code))
        .outerjoin(Booking, live)
        .outerjoin(Deadline, running)
        .outerjoin(Resource, Resource.id == LitigationCase.tribunal_id)
        .outerjoin(User, User.id == LitigationCase.judge_id)
        .where(disputes.visible(actor))
    )


def listed(row: Any) -> Listed:
    """A line from a row of `work`."""
    case, number, cause, booking, limit, tribunal, judge = row
    return Listed(case, number, cause, booking, limit, tribunal or "", judge or "")
