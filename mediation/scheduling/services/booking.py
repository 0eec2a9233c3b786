"""Placing, moving and cancelling meetings: one function takes time, and the database refuses what overlaps."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from mediation.disputes.models import Dispute
from mediation.kernel import audit, clock, states
from mediation.kernel.actor import Actor
from mediation.kernel.db import db, transaction
from mediation.kernel.errors import NotPermitted
from mediation.kernel.i18n import _
from mediation.periods import services as periods
from mediation.scheduling import labels, rules
from mediation.scheduling.errors import NotBookable
from mediation.scheduling.models import OVERLAP, Booking, Claim, Resource
from mediation.scheduling.rules import ClaimantKind, Obstacle, Purpose, ResourceKind, Span
from mediation.scheduling.services.finding import free_times
from mediation.scheduling.services.people import People, keys_of, people_of
from mediation.scheduling.services.reading import resource, resources
from mediation.web.templating import moment

EXCLUSION_VIOLATION = "23P01"


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
        wanted = dict.fromkeys(keys_of(self.people), self.span)
        if self.place is not None:
            room = (ClaimantKind.RESOURCE, str(self.place.id))
            wanted[room] = self.span.with_turnaround(self.place.turnaround_minutes)
        return dict(sorted(wanted.items()))


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
    people = people_of(booking)
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
        _revise(booking)
        audit.advance(rules.STEPS, "cancel", actor, booking, reason=reason, starts_at=booking.starts_at)
        for claim in booking.claims:
            claim.live = False


def _revise(booking: Booking) -> None:
    """Say that this is no longer what calendars have read."""
    booking.revision += 1
    booking.changed_at = clock.now()


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
                _revise(booking)
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
