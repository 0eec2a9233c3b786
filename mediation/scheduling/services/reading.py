"""What is booked, and which rooms there are."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import raiseload, selectinload

from mediation.kernel import clock, dossier
from mediation.kernel.actor import Actor
from mediation.kernel.db import db
from mediation.scheduling.models import Booking, Claim
from mediation.scheduling.rules import BookingStatus, ClaimantKind, Purpose

LARGEST = 2**31 - 1


def get(actor: Actor, booking_id: int) -> Booking | None:
    """A booking of the actor's court."""
    own_court = sa.select(Booking).where(Booking.court_id == actor.court_id, Booking.id == booking_id)
    return db.session.scalar(own_court.options(selectinload(Booking.claims)))


def of_dispute(dispute_id: int) -> Sequence[Booking]:
    """All meetings of a dispute, cancelled ones too, the latest first."""
    return sorted(dossier.of(Booking, dispute_id), key=lambda b: (b.starts_at, b.id), reverse=True)


def standing() -> sa.ColumnElement[bool]:
    """What occupies its time: a booking, or a hold that has not run out."""
    held = sa.and_(Booking.status == BookingStatus.HELD, Booking.held_until > clock.now())
    return sa.or_(Booking.status == BookingStatus.BOOKED, held)


def on_day(actor: Actor, day: date) -> Sequence[Booking]:
    """What is booked or held at the court on a day."""
    return between(actor, day, day)


def between(actor: Actor, day: date, until: date, *, people: bool = True) -> Sequence[Booking]:
    """What is booked or held at the court on these days, both included; without `people`, not who must be there."""
    rows = sa.select(Booking).where(
        Booking.court_id == actor.court_id,
        standing(),
        Booking.starts_at < clock.at(until + timedelta(days=1)),
        Booking.ends_at > clock.at(day),
    )
    if not people:
        rows = rows.options(raiseload(Booking.claims))
    return db.session.scalars(rows.order_by(Booking.starts_at, Booking.resource_id, Booking.id)).all()


def blockings(actor: Actor, *, limit: int = 400) -> Sequence[Booking]:
    """When rooms of the court are out of service in the time to come."""
    rows = sa.select(Booking).where(
        Booking.court_id == actor.court_id,
        Booking.purpose == Purpose.BLOCKED,
        Booking.status == BookingStatus.BOOKED,
        Booking.ends_at > clock.now(),
    )
    return db.session.scalars(rows.order_by(Booking.starts_at, Booking.id).limit(limit)).all()


def of_person(
    actor: Actor, kind: ClaimantKind, key: int, *, since: datetime, until: datetime | None = None
) -> Sequence[Booking]:
    """What a mediator or judge of the court has before them, the next first."""
    rows = (
        sa.select(Booking)
        .join(Claim)
        .where(
            Claim.court_id == actor.court_id,
            Claim.claimant_kind == kind,
            Claim.claimant_key == str(key),
            Claim.live,
            Claim.ends_at > since,
            Booking.status == BookingStatus.BOOKED,
        )
    )
    if until is not None:
        rows = rows.where(Claim.starts_at < until)
    return db.session.scalars(rows.order_by(Booking.starts_at, Booking.id)).unique().all()
