"""A fixed meeting goes on with another mediator: at its time when the new one is free, else at another (S4 arts 13, 14)."""

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime

import sqlalchemy as sa

from mediation.kernel import clock, states
from mediation.kernel.actor import Actor
from mediation.kernel.db import db, transaction
from mediation.scheduling import labels, rules
from mediation.scheduling.errors import NotBookable
from mediation.scheduling.models import Booking, Claim
from mediation.scheduling.rules import BookingStatus, ClaimantKind, Obstacle, Purpose, Span
from mediation.scheduling.services import hindrances, refusing, telling, waiting
from mediation.scheduling.services.booking import Wanted, occupy, place_of
from mediation.scheduling.services.expecting import expected_at
from mediation.scheduling.services.finding import agrees_by_acting
from mediation.scheduling.services.people import People, beings, people_of


def _people(booking: Booking, former: Collection[int], mediator_ids: Collection[int]) -> People:
    """Everybody who comes already, with the new mediators instead of those who left."""
    now = people_of(booking)
    stay = tuple(i for i in now.mediators if i not in former and i not in mediator_ids)
    return replace(now, mediators=(*mediator_ids, *stay))


def _kept(actor: Actor, booking: Booking, people: People) -> Wanted:
    """The time everybody was told; a day of notice is not asked for again, for nobody has to come at another time."""
    span = Span(booking.starts_at, booking.ends_at)
    place = place_of(actor, booking.resource_id)
    return Wanted(booking.court_id, span, place, people, off_duty_agreed=agrees_by_acting(actor, people), held=True)


def against(
    actor: Actor, booking: Booking, *, former: Collection[int], mediator_ids: Collection[int]
) -> NotBookable | None:
    """Why the meeting cannot stay at its time with the new mediator; None when it can. A look only, nothing is taken."""
    wanted = _kept(actor, booking, _people(booking, former, mediator_ids))
    known = beings(wanted.people)
    try:
        refusing.refuse_unlawful(wanted, known)
    except NotBookable as refused:
        return refused
    new = [being for (kind, key), being in known.items() if kind is ClaimantKind.MEDIATOR and int(key) in mediator_ids]
    elsewhere = sa.select(Claim.id).where(
        Claim.court_id == booking.court_id, Claim.being.in_(new), Claim.live, Claim.booking_id != booking.id,
        Claim.starts_at < booking.ends_at, Claim.ends_at > booking.starts_at,
    )  # fmt: skip
    if db.session.scalar(elsewhere.limit(1)) is not None:
        return NotBookable(Obstacle.TAKEN, labels.MEDIATOR_ELSEWHERE, article="S4 art. 14")
    return None


def keep(actor: Actor, booking: Booking, *, former: Collection[int], mediator_ids: Collection[int]) -> None:
    """The meeting stays where it is, with the new mediator; whatever collides is refused by the database itself."""
    states.check(rules.STEPS, "hand_on", actor, booking)
    with transaction():
        occupy(actor, booking, _kept(actor, booking, _people(booking, former, mediator_ids)), "hand_on")
        _told(actor, booking, telling.OTHER_MEDIATOR)


def move(
    actor: Actor,
    booking: Booking,
    *,
    former: Collection[int],
    mediator_ids: Collection[int],
    starts_at: datetime,
    ends_at: datetime,
    resource_id: int | None,
    agreed_short_notice: bool = False,
) -> None:
    """The meeting with the new mediator at another time or in another room: everybody is told of the new time."""
    states.check(rules.STEPS, "hand_on", actor, booking)
    people = _people(booking, former, mediator_ids)
    wanted = Wanted(
        booking.court_id, Span(starts_at, ends_at), place_of(actor, resource_id), people, agreed_short_notice,
        agrees_by_acting(actor, people),
    )  # fmt: skip
    with transaction():
        occupy(actor, booking, wanted, "hand_on")
        db.session.refresh(booking, ["resource"])
        _told(actor, booking, telling.MOVED)


def _told(actor: Actor, booking: Booking, kind: str) -> None:
    telling.tell(actor, booking, kind, expected_at([booking])[booking.id])
    hindrances.review(booking.court_id, booking_ids=[booking.id], silently=True)
    waiting.after_freeing(booking.court_id)


def comes_to_one(dispute_id: int, mediator_id: int) -> bool:
    """Whether a mediation session to come is fixed with this mediator in it."""
    rows = (
        sa.select(Booking.id)
        .join(Claim, Claim.booking_id == Booking.id)
        .where(
            Booking.dispute_id == dispute_id,
            Booking.purpose == Purpose.SESSION,
            Booking.status == BookingStatus.BOOKED,
            Booking.starts_at > clock.now(),
            Claim.claimant_kind == ClaimantKind.MEDIATOR,
            Claim.claimant_key == str(mediator_id),
            Claim.live,
        )
    )
    return db.session.scalar(rows.limit(1)) is not None
