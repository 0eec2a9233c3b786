"""Booking rooms and people: one function places every meeting, and the database refuses what overlaps."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import selectinload

from mediation.disputes.models import Dispute, Party
from mediation.kernel import audit, clock, states
from mediation.kernel.actor import Actor
from mediation.kernel.db import db, transaction
from mediation.kernel.errors import NotPermitted
from mediation.kernel.i18n import _
from mediation.periods import services as periods
from mediation.scheduling import labels, rules
from mediation.scheduling.errors import NotBookable
from mediation.scheduling.models import OVERLAP, Booking, Claim, Resource
from mediation.scheduling.rules import BookingStatus, ClaimantKind, Free, Obstacle, Place, Purpose, ResourceKind, Span
from mediation.web.templating import moment

__all__ = ["NotBookable", "book", "cancel", "free_times", "get", "move", "resources"]

SUGGESTIONS = 3
EXCLUSION_VIOLATION = "23P01"


@dataclass(frozen=True)
class People:
    """Who must be there: nobody can be in two places."""

    mediators: tuple[int, ...] = ()
    judges: tuple[int, ...] = ()
    parties: tuple[int, ...] = ()


@dataclass(frozen=True)
class Wish:
    """What somebody wants to book, before anybody knows whether it is free."""

    court_id: int
    span: Span
    place: Resource | None
    people: People
    short_notice_agreed: bool = False
    blocking: bool = False

    @property
    def claims(self) -> dict[tuple[ClaimantKind, str], Span]:
        """Everything occupied, each once, in one order for everybody so that two bookings cannot lock crosswise."""
        wanted = dict.fromkeys(_keys(self.people), self.span)
        if self.place is not None:
            room = (ClaimantKind.RESOURCE, str(self.place.id))
            wanted[room] = self.span.with_turnaround(self.place.turnaround_minutes)
        return dict(sorted(wanted.items()))


def _keys(people: People) -> Iterator[tuple[ClaimantKind, str]]:
    yield from ((ClaimantKind.MEDIATOR, str(i)) for i in people.mediators)
    yield from ((ClaimantKind.JUDGE, str(i)) for i in people.judges)
    if people.parties:
        rows = db.session.execute(sa.select(Party.id, Party.id_key).where(Party.id.in_(people.parties)))
        # The same person may be a party of two disputes: recognised by the identity number where one is known.
        yield from ((ClaimantKind.PARTY, key or f"party:{party_id}") for party_id, key in rows)


def get(actor: Actor, booking_id: int) -> Booking | None:
    """A booking of the actor's court."""
    own_court = sa.select(Booking).where(Booking.court_id == actor.court_id, Booking.id == booking_id)
    return db.session.scalar(own_court.options(selectinload(Booking.claims)))


def of_dispute(dispute_id: int) -> Sequence[Booking]:
    """All meetings of a dispute, cancelled ones too, the latest first."""
    rows = sa.select(Booking).where(Booking.dispute_id == dispute_id)
    return db.session.scalars(rows.order_by(Booking.starts_at.desc(), Booking.id.desc())).all()


def resources(
    actor: Actor, kinds: Collection[ResourceKind] = tuple(ResourceKind), *, in_use: bool = True
) -> Sequence[Resource]:
    """The rooms and tribunals of the court, in the order of the doors."""
    rows = sa.select(Resource).where(Resource.court_id == actor.court_id, Resource.kind.in_(kinds))
    if in_use:
        rows = rows.where(Resource.in_use)
    return db.session.scalars(rows.order_by(Resource.kind, Resource.code, Resource.id)).all()


def resource(actor: Actor, resource_id: int) -> Resource | None:
    """A room or tribunal of the actor's court."""
    return db.session.scalar(sa.select(Resource).where(Resource.id == resource_id, Resource.court_id == actor.court_id))


def on_day(actor: Actor, day: date) -> Sequence[Booking]:
    """What is booked at the court on a day."""
    rows = sa.select(Booking).where(
        Booking.court_id == actor.court_id,
        Booking.status == BookingStatus.BOOKED,
        Booking.starts_at < clock.at(day + timedelta(days=1)),
        Booking.ends_at > clock.at(day),
    )
    return db.session.scalars(rows.order_by(Booking.starts_at, Booking.resource_id, Booking.id)).all()


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
        )
    )
    if until is not None:
        rows = rows.where(Claim.starts_at < until)
    return db.session.scalars(rows.order_by(Booking.starts_at, Booking.id)).unique().all()


def book(
    actor: Actor,
    *,
    purpose: Purpose,
    starts_at: datetime,
    ends_at: datetime,
    resource_id: int | None = None,
    dispute_id: int | None = None,
    mediator_ids: Iterable[int] = (),
    judge_ids: Iterable[int] = (),
    party_ids: Iterable[int] = (),
    subject_type: str = "",
    subject_id: int = 0,
    agreed_short_notice: bool = False,
    note: str = "",
) -> Booking:
    """Fix a meeting, or take a room out of service for a time."""
    blocking = purpose is Purpose.BLOCKED
    allowed = rules.may_block if blocking else rules.may_book
    if not allowed(actor, actor.court_id):
        raise NotPermitted("book")
    _own_dispute(actor, dispute_id)
    people = People(tuple(mediator_ids), tuple(judge_ids), tuple(party_ids))
    place = _place_of(actor, resource_id)
    wish = Wish(actor.court_id, Span(starts_at, ends_at), place, people, agreed_short_notice, blocking)
    with transaction():
        booking = Booking(
            court_id=actor.court_id,
            dispute_id=dispute_id,
            purpose=purpose,
            subject_type=subject_type,
            subject_id=subject_id,
            booked_by_id=actor.id,
            note=note,
            claims=[],
        )
        _occupy(actor, booking, wish, "book")
    return booking


def move(
    actor: Actor,
    booking: Booking,
    starts_at: datetime,
    ends_at: datetime,
    resource_id: int | None,
    *,
    agreed_short_notice: bool = False,
) -> None:
    """Put a meeting to another time or room; everybody who must be there is checked again."""
    states.check(rules.STEPS, "move", actor, booking)
    people = _people_of(booking)
    wish = Wish(
        booking.court_id,
        Span(starts_at, ends_at),
        _place_of(actor, resource_id),
        people,
        agreed_short_notice,
        booking.purpose is Purpose.BLOCKED,
    )
    with transaction():
        _occupy(actor, booking, wish, "move")


def cancel(actor: Actor, booking: Booking, reason: str) -> None:
    """Free the time again; who cancelled and why stays on record."""
    with transaction():
        booking.cancelled_reason = reason[:300]
        audit.advance(rules.STEPS, "cancel", actor, booking, reason=reason, starts_at=booking.starts_at)
        for claim in booking.claims:
            claim.live = False


def _occupy(actor: Actor, booking: Booking, wish: Wish, act: str) -> None:
    """The one place where time is taken. Whatever is not free is refused by the database, not by a look beforehand."""
    _refuse_unlawful(wish)
    facts = {
        "starts_at": wish.span.starts_at,
        "ends_at": wish.span.ends_at,
        "resource_id": wish.place.id if wish.place else None,
    }
    claims = wish.claims
    _queue_up(wish.court_id, claims)
    try:
        with db.session.begin_nested():
            if act == "move":
                facts |= {"from": booking.starts_at, "from_resource_id": booking.resource_id}
            booking.starts_at, booking.ends_at = wish.span.starts_at, wish.span.ends_at
            booking.resource_id = wish.place.id if wish.place else None
            if act == "move":
                audit.advance(rules.STEPS, act, actor, booking, **facts)
            else:
                audit.record(actor, act, booking, purpose=booking.purpose, **facts)
            _write_claims(booking, claims)
            db.session.flush()
    except IntegrityError as error:
        if not _overlapped(error):
            raise
        raise _taken(actor, wish, booking.id) from error


def _write_claims(booking: Booking, wanted: dict[tuple[ClaimantKind, str], Span]) -> None:
    kept = {(c.claimant_kind, c.claimant_key): c for c in booking.claims if c.live}
    for who, claim in kept.items():
        claim.live = who in wanted
    for (claimant, key), span in wanted.items():
        found = kept.get((claimant, key))
        if found is not None:
            found.starts_at, found.ends_at = span.starts_at, span.ends_at
            continue
        booking.claims.append(
            Claim(
                court_id=booking.court_id,
                claimant_kind=claimant,
                claimant_key=key,
                starts_at=span.starts_at,
                ends_at=span.ends_at,
            )
        )


def _overlapped(error: IntegrityError) -> bool:
    return getattr(error.orig, "sqlstate", "") == EXCLUSION_VIOLATION or OVERLAP in str(error.orig)


def _queue_up(court_id: int, claims: Iterable[tuple[ClaimantKind, str]]) -> None:
    """On PostgreSQL two inserts that exclude each other may wait for one another; taking turns avoids the deadlock."""
    if db.engine.dialect.name != "postgresql":
        return
    lock = sa.text("SELECT pg_advisory_xact_lock(hashtextextended(:key, 0))")
    for kind, key in claims:
        db.session.execute(lock, {"key": f"claim|{court_id}|{kind}|{key}"})


def _refuse_unlawful(wish: Wish) -> None:
    day = clock.local(wish.span.starts_at).date()
    found = rules.obstacles(
        wish.span,
        now=clock.now(),
        working_day=not periods.calendar().is_rest(day),
        short_notice_agreed=wish.short_notice_agreed,
        blocking=wish.blocking,
    )
    if wish.place is not None and not wish.place.in_use:
        found.append(Obstacle.OUT_OF_USE)
    if found:
        raise NotBookable(
            found[0],
            labels.OBSTACLE[found[0]],
            article=rules.OBSTACLE_ARTICLE[found[0]],
            remedy=labels.REMEDY.get(found[0], ""),
        )


def _own_dispute(actor: Actor, dispute_id: int | None) -> None:
    if dispute_id is None:
        return
    found = db.session.scalar(sa.select(Dispute.court_id).where(Dispute.id == dispute_id))
    if found != actor.court_id:
        raise NotPermitted("book")


def _place_of(actor: Actor, resource_id: int | None) -> Resource | None:
    if resource_id is None:
        return None
    found = resource(actor, resource_id)
    if found is None:
        raise NotBookable(Obstacle.NO_PLACE, labels.OBSTACLE[Obstacle.NO_PLACE], article="S4 art. 14")
    return found


def _people_of(booking: Booking) -> People:
    """Who is occupied by a booking; parties are found again by their keys."""
    live = [c for c in booking.claims if c.live]
    ids = {
        kind: tuple(int(c.claimant_key) for c in live if c.claimant_kind is kind)
        for kind in (ClaimantKind.MEDIATOR, ClaimantKind.JUDGE)
    }
    keys = {c.claimant_key for c in live if c.claimant_kind is ClaimantKind.PARTY}
    parties = db.session.execute(sa.select(Party.id, Party.id_key).where(Party.dispute_id == booking.dispute_id))
    present = tuple(party_id for party_id, key in parties if (key or f"party:{party_id}") in keys)
    return People(ids[ClaimantKind.MEDIATOR], ids[ClaimantKind.JUDGE], present)


def free_times(
    actor: Actor,
    *,
    length: timedelta = rules.DEFAULT_LENGTH,
    resource_id: int | None = None,
    kinds: Collection[ResourceKind] = (ResourceKind.ROOM,),
    mediator_ids: Iterable[int] = (),
    judge_ids: Iterable[int] = (),
    party_ids: Iterable[int] = (),
    since: datetime | None = None,
    short_notice: bool = False,
    limit: int = SUGGESTIONS,
    besides: int | None = None,
) -> list[Free]:
    """The next times when all these people and one room are free.

    With a room asked for, that room is taken first and others of its kind stand in; `besides` is a booking that is
    itself about to move.
    """
    people = People(tuple(mediator_ids), tuple(judge_ids), tuple(party_ids))
    asked = resource(actor, resource_id) if resource_id else None
    rooms = list(resources(actor, (asked.kind,) if asked else kinds))
    rooms.sort(key=lambda r: r is not asked)
    places = [Place(r.id, r.turnaround_minutes) for r in rooms]
    if not places:
        return []
    after = max(since or clock.now(), clock.now())
    if not short_notice:
        after = max(after, clock.at(clock.today() + timedelta(days=1)))
    busy, taken = _busy(actor.court_id, set(_keys(people)), {p.id for p in places}, after, besides)
    found = rules.free_times(
        _working_days(after), length=length, after=after, busy=busy, places=places, busy_places=taken
    )
    return [free for free, _n in zip(found, range(limit), strict=False)]


def _working_days(after: datetime) -> Iterator[date]:
    first, calendar = clock.local(after).date(), periods.calendar()
    days = (first + timedelta(days=n) for n in range(rules.HORIZON_DAYS))
    return (day for day in days if day in calendar and not calendar.is_rest(day))


def _busy(
    court_id: int, people: set[tuple[ClaimantKind, str]], places: set[int], after: datetime, besides: int | None
) -> tuple[list[Span], dict[int, list[Span]]]:
    """The taken times of these people together, and of each room, from a moment on."""
    keys = [*people, *((ClaimantKind.RESOURCE, str(place)) for place in places)]
    rows = sa.select(Claim.claimant_kind, Claim.claimant_key, Claim.starts_at, Claim.ends_at).where(
        Claim.court_id == court_id,
        Claim.live,
        Claim.ends_at > after,
        sa.tuple_(Claim.claimant_kind, Claim.claimant_key).in_(keys),
        Claim.booking_id != (besides or 0),
    )
    busy: list[Span] = []
    taken: dict[int, list[Span]] = {}
    for kind, key, starts_at, ends_at in db.session.execute(rows):
        if kind is ClaimantKind.RESOURCE:
            taken.setdefault(int(key), []).append(Span(starts_at, ends_at))
        else:
            busy.append(Span(starts_at, ends_at))
    return busy, taken


def _taken(actor: Actor, wish: Wish, booking_id: int | None) -> NotBookable:
    """The refusal, with the next times that all could have; whose meeting stands there is not said."""
    free = free_times(
        actor,
        length=min(wish.span.ends_at - wish.span.starts_at, rules.LONGEST),
        resource_id=wish.place.id if wish.place else None,
        mediator_ids=wish.people.mediators,
        judge_ids=wish.people.judges,
        party_ids=wish.people.parties,
        since=wish.span.starts_at - rules.RASTER,
        short_notice=wish.short_notice_agreed,
        besides=booking_id,
    )
    names = {r.id: r.name for r in resources(actor)}
    times = [_("%(time)s, %(room)s", time=moment(f.span.starts_at), room=names[f.resource_id]) for f in free]
    remedy = _("Free for all who take part: %(times)s.", times=_("; ").join(times)) if times else ""
    return NotBookable(Obstacle.TAKEN, labels.OBSTACLE[Obstacle.TAKEN], remedy=remedy, free=free)


def add_resource(
    actor: Actor,
    *,
    kind: ResourceKind,
    code: str,
    name: str,
    capacity: int = 8,
    equipment: str = "",
    turnaround_minutes: int = 15,
) -> Resource:
    """A room or tribunal the court can book from now on."""
    with transaction():
        new = Resource(
            court_id=actor.court_id,
            kind=kind,
            code=code,
            name=name,
            capacity=capacity,
            equipment=equipment,
            turnaround_minutes=turnaround_minutes,
        )
        audit.record(actor, "add", new, kind=kind, code=code, name=name)
    return new
