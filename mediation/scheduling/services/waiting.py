"""The waiting list: wishes for a time nobody could find yet, and the offer that follows when time becomes free."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

import sqlalchemy as sa

from mediation.accounts.models import User
from mediation.disputes import services as disputes
from mediation.disputes.models import Dispute
from mediation.kernel import audit, clock, states
from mediation.kernel.actor import Actor, system
from mediation.kernel.db import after_commit, db, transaction
from mediation.kernel.errors import DomainError
from mediation.kernel.i18n import _l
from mediation.notices import services as notices
from mediation.scheduling import labels, rules
from mediation.scheduling.errors import NotBookable
from mediation.scheduling.models import Booking, Resource, Wish
from mediation.scheduling.rules import BookingStatus, Free, Needs, Purpose, ResourceKind, WishStatus
from mediation.scheduling.services import booking as taking
from mediation.scheduling.services.finding import Ask, first_free, own_holds
from mediation.scheduling.services.hours import Days, days_of
from mediation.scheduling.services.people import People
from mediation.scheduling.services.room_uses import uses_of
from mediation.scheduling.services.rooms import resources

OFFERED = "time_offered"
OFFERED_TEXT = _l(
    "The time you wait for has become free: %(when)s, %(place)s. "
    "It is held for you until %(until)s: confirm it or let it go before then."
)
# So many wishes are looked at when time becomes free; the rest follow with the next.
AT_ONCE = 50


@dataclass(frozen=True)
class Wished:
    """What somebody waits for."""

    dispute_id: int
    purpose: Purpose
    people: People
    minutes: int
    first_day: date
    last_day: date
    deadline_on: date | None = None
    kind: ResourceKind = ResourceKind.ROOM
    needs: Needs = field(default_factory=Needs)


def wish(actor: Actor, wished: Wished) -> Wish:
    """Wait for a time. Where one is free already, it is offered at once."""
    taking.may_take(actor, wished.purpose, wished.dispute_id, None)
    _in_order(wished)
    if _waits(wished):
        raise DomainError(labels.ALREADY_WAITING)
    with transaction():
        made = Wish(
            court_id=actor.court_id, dispute_id=wished.dispute_id, purpose=wished.purpose,
            people=_kept(wished.people), minutes=wished.minutes, resource_kind=wished.kind, seats=wished.needs.seats,
            equipment=wished.needs.equipment, first_day=wished.first_day, last_day=wished.last_day,
            deadline_on=wished.deadline_on, wished_by_id=actor.id,
        )  # fmt: skip
        audit.record(
            actor, "wish", made, purpose=wished.purpose, minutes=wished.minutes, first_day=wished.first_day,
            last_day=wished.last_day, deadline_on=wished.deadline_on,
        )  # fmt: skip
        after_freeing(actor.court_id)
    return made


def _in_order(wished: Wished) -> None:
    if wished.last_day < max(wished.first_day, clock.today()):
        raise DomainError(labels.WISH_PERIOD, field="last_day")
    if wished.last_day > clock.today() + rules.LONGEST_PATTERN:
        raise DomainError(labels.WISH_PERIOD, field="last_day")
    if wished.minutes not in rules.LENGTHS:
        raise DomainError(labels.OBSTACLE[rules.Obstacle.TOO_LONG], field="minutes")


def _waits(wished: Wished) -> bool:
    rows = sa.select(Wish.id).where(
        Wish.dispute_id == wished.dispute_id,
        Wish.purpose == wished.purpose,
        Wish.status.in_((WishStatus.WAITING, WishStatus.OFFERED)),
    )
    return db.session.scalar(rows.limit(1)) is not None


def _kept(people: People) -> dict[str, Any]:
    return {name: list(getattr(people, name)) for name in ("mediators", "judges", "clerks", "parties", "agents")}


def people_wished(found: Wish) -> People:
    """Who must be there."""
    return People(**{name: tuple(ids) for name, ids in found.people.items()})


def get_wish(actor: Actor, wish_id: int) -> Wish | None:
    """A wish of the actor's court."""
    return db.session.scalar(sa.select(Wish).where(Wish.id == wish_id, Wish.court_id == actor.court_id))


def withdraw(actor: Actor, found: Wish) -> None:
    """Wait no longer."""
    with transaction():
        audit.advance(rules.WISH_STEPS, "withdraw", actor, found)


def wishes(actor: Actor, statuses: Sequence[WishStatus] = (WishStatus.WAITING, WishStatus.OFFERED)) -> Sequence[Wish]:
    """The list in the order in which it is served: by deadline, then by when the wish was made."""
    known = Wish.dispute_id.in_(disputes.ids(actor))
    return db.session.scalars(_in_turn(actor.court_id, statuses).where(known).limit(200)).all()


def _in_turn(court_id: int, statuses: Sequence[WishStatus]) -> sa.Select[Any]:
    far = sa.func.coalesce(Wish.deadline_on, sa.literal(date.max, sa.Date))
    rows = sa.select(Wish).where(Wish.court_id == court_id, Wish.status.in_(statuses))
    return rows.order_by(far, Wish.wished_at, Wish.id)


def after_freeing(court_id: int) -> None:
    """Once what frees the time is committed, the list is served: each wish in a transaction of its own."""

    def next_in_turn() -> None:
        serve(court_id)

    after_commit(next_in_turn)


def serve(court_id: int) -> int:
    """Offer the first common time to everybody waiting, in turn; how many were offered one."""
    days, done = days_of(court_id), 0
    ids = list(db.session.scalars(_in_turn(court_id, [WishStatus.WAITING]).with_only_columns(Wish.id).limit(AT_ONCE)))
    for wish_id in ids:
        with transaction():
            done += _serve_one(court_id, wish_id, days)
    return done


def _serve_one(court_id: int, wish_id: int, days: Days) -> bool:
    row = sa.select(Wish).where(Wish.id == wish_id, Wish.status == WishStatus.WAITING)
    found = db.session.scalar(row.with_for_update().execution_options(populate_existing=True))
    if found is None:
        return False
    dispute = db.session.get_one(Dispute, found.dispute_id)
    if dispute.closed_at is not None or found.last_day < clock.today():
        audit.advance(rules.WISH_STEPS, "lapse", system(court_id), found)
        return False
    for free in first_free(_asked(found), limit=1):
        return _offer(found, free, days)
    return False


def _asked(found: Wish) -> Ask:
    needs = Needs(found.seats, found.equipment)
    rooms = resources(system(found.court_id), (found.resource_kind,))
    return Ask(
        found.court_id,
        people_wished(found),
        timedelta(minutes=found.minutes),
        sorted((r for r in rooms if needs.met_by(r.capacity, r.equipment)), key=lambda r: (r.capacity, r.id)),
        clock.at(found.first_day),
        found.last_day,
        uses=uses_of(found.court_id),
        besides=own_holds(found.court_id, found.dispute_id),
    )


def _offer(found: Wish, free: Free, days: Days) -> bool:
    until = offered_until(free.span.starts_at, days)
    held = taking.new_hold(found.court_id, found.dispute_id, found.purpose, found.wished_by_id, until)
    place = db.session.get_one(Resource, free.resource_id)
    wanted = taking.Wanted(found.court_id, free.span, place, people_wished(found))
    try:
        taking.occupy(system(found.court_id), held, wanted, "hold")
    except NotBookable:
        return False  # somebody was faster
    found.booking_id = held.id
    audit.advance(rules.WISH_STEPS, "offer", system(found.court_id), found, booking=held.id, starts_at=held.starts_at)
    _tell(found, held, place)
    return True


def offered_until(starts_at: datetime, days: Days) -> datetime:
    """An offer stands until the court closes on the next working day, or until the meeting would begin."""
    day = clock.today() + timedelta(days=1)
    while not days.works(day) and day < days.last:
        day += timedelta(days=1)
    closes = days.halves(day)[1][1]
    return min(clock.at(day, closes.hour, closes.minute), starts_at)


def _tell(found: Wish, held: Booking, place: Resource) -> None:
    user = db.session.get_one(User, found.wished_by_id)
    facts = {"when": held.starts_at, "place": place.name, "until": held.held_until or held.starts_at}
    notices.tell_users(
        system(found.court_id), [user], OFFERED, OFFERED_TEXT, subject=held, dispute_id=found.dispute_id, facts=facts
    )


def drop(actor: Actor, held: Booking, reason: str = "") -> None:
    """Let go of a hold; an offer that is let go of has been declined."""
    states.check(rules.STEPS, "drop", actor, held)
    with transaction():
        _still(held)
        taking.revise(held)
        held.cancelled_reason = reason[:300]
        audit.advance(rules.STEPS, "drop", actor, held, starts_at=held.starts_at, reason=reason)
        taking.let_go(held)
        taking.end_offer(held, WishStatus.DECLINED)
        notices.supersede(actor, held)
        after_freeing(held.court_id)


def _still(held: Booking) -> None:
    """Wait for whoever is at the same hold, and see what has become of it."""
    db.session.refresh(held, with_for_update={"of": Booking})
    if held.status is not BookingStatus.HELD:
        raise DomainError(labels.HOLD_GONE, article="S4 art. 14")


def expire_holds(court_id: int) -> int:
    """Everything whose time of holding is over becomes free, and the list is served."""
    rows = sa.select(Booking).where(
        Booking.court_id == court_id, Booking.status == BookingStatus.HELD, Booking.held_until <= clock.now()
    )
    with transaction():
        found = db.session.scalars(rows.order_by(Booking.id).with_for_update(of=Booking)).unique().all()
        for held in found:
            taking.expire(held)
        after_freeing(court_id)
    return len(found)


def courts_due() -> Sequence[int]:
    """At which courts a hold has run out and still stands there."""
    rows = sa.select(Booking.court_id).where(Booking.status == BookingStatus.HELD, Booking.held_until <= clock.now())
    return db.session.scalars(rows.distinct().order_by(Booking.court_id)).all()


def held_by(actor: Actor) -> Sequence[Booking]:
    """What is held now for disputes that the actor may know of, the first to end first."""
    rows = sa.select(Booking).where(
        Booking.court_id == actor.court_id,
        Booking.status == BookingStatus.HELD,
        Booking.held_until > clock.now(),
        Booking.dispute_id.in_(disputes.ids(actor)),
    )
    return db.session.scalars(rows.order_by(Booking.held_until, Booking.id).limit(200)).all()
