"""Taking time: fixing a meeting, holding a time while the parties are asked. The database refuses what overlaps."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from mediation.disputes.models import Dispute
from mediation.kernel import audit, clock
from mediation.kernel.actor import Actor, system
from mediation.kernel.db import db, transaction
from mediation.kernel.errors import DomainError, NotPermitted
from mediation.scheduling import labels, rules
from mediation.scheduling.errors import NotBookable
from mediation.scheduling.models import OVERLAP, Booking, Claim, Resource, Wish
from mediation.scheduling.rules import BookingStatus, ClaimantKind, Obstacle, Purpose, Span, WishStatus
from mediation.scheduling.services import refusing
from mediation.scheduling.services.finding import agrees_by_acting, own_holds
from mediation.scheduling.services.people import People, Who, beings, gathered
from mediation.scheduling.services.reading import get
from mediation.scheduling.services.rooms import resource

EXCLUSION_VIOLATION = "23P01"


@dataclass(frozen=True)
class Wanted:
    """What somebody wants to take, before anybody knows whether it is free."""

    court_id: int
    span: Span
    place: Resource | None
    people: People
    short_notice_agreed: bool = False
    off_duty_agreed: bool = False
    blocking: bool = False
    # A hold that becomes the meeting it was for keeps its time, though that may have come close meanwhile.
    held: bool = False

    def claims(self, known: dict[Who, str]) -> dict[str, tuple[Who, Span]]:
        """Everything occupied, each being once, in one order for everybody so that two bookings cannot lock crosswise."""
        wanted: dict[str, tuple[Who, Span]] = {}
        for who, being in known.items():
            wanted.setdefault(being, (who, self.span))
        if self.place is not None:
            key = str(self.place.id)
            taken = self.span.with_turnaround(self.place.turnaround_minutes)
            wanted[f"resource:{key}"] = ((ClaimantKind.RESOURCE, key), taken)
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
    clerk_ids: Iterable[int] = (),
    party_ids: Iterable[int] = (),
    agent_ids: Iterable[int] | None = None,
    subject_type: str = "",
    subject_id: int = 0,
    agreed_short_notice: bool = False,
    agreed_off_duty: bool = False,
    note: str = "",
    series: str = "",
) -> Booking:
    """Fix a meeting, or take a room out of service for a time. With the parties come those who act for them.

    What was held for the same dispute and purpose gives way: the hold at that very time becomes the meeting.
    """
    people = gathered(
        mediator_ids=mediator_ids, judge_ids=judge_ids, clerk_ids=clerk_ids, party_ids=party_ids, agent_ids=agent_ids
    )
    blocking = purpose is Purpose.BLOCKED
    place = may_take(actor, purpose, dispute_id, resource_id)
    with transaction():
        span = Span(starts_at, ends_at)
        held = own_holds(actor.court_id, dispute_id)
        if held:
            # Everybody waits for people and rooms first and for rows afterwards: nobody crosswise.
            _queue_up(actor.court_id, Wanted(actor.court_id, span, place, people).claims(beings(people)))
        hold = _give_way(actor, held, purpose, span)
        wanted = Wanted(
            actor.court_id, span, place, people, agreed_short_notice,
            agreed_off_duty or agrees_by_acting(actor, people), blocking,
            held=hold is not None and (hold.starts_at, hold.ends_at) == (starts_at, ends_at),
        )  # fmt: skip
        booking = hold or Booking(
            court_id=actor.court_id, dispute_id=dispute_id, purpose=purpose, booked_by_id=actor.id, claims=[]
        )
        booking.subject_type, booking.subject_id = subject_type, subject_id
        booking.note, booking.series = note or booking.note or "", series
        occupy(actor, booking, wanted, "book" if hold is None else "confirm")
        _wish_come_true(booking)
    return booking


def hold(
    actor: Actor,
    *,
    dispute_id: int,
    purpose: Purpose,
    starts_at: datetime,
    ends_at: datetime,
    lasting: timedelta,
    people: People,
    resource_id: int | None = None,
    agreed_short_notice: bool = False,
    agreed_off_duty: bool = False,
    note: str = "",
) -> Booking:
    """Keep a time while the parties are asked: it occupies like a booking, and ends by itself."""
    place = may_take(actor, purpose, dispute_id, resource_id)
    until = clock.now() + lasting
    if not rules.SHORTEST_HOLD <= lasting <= rules.LONGEST_HOLD or until > ends_at:
        raise DomainError(labels.HOLD_LENGTH, field="lasting")
    off_duty = agreed_off_duty or agrees_by_acting(actor, people)
    wanted = Wanted(actor.court_id, Span(starts_at, ends_at), place, people, agreed_short_notice, off_duty)
    with transaction():
        booking = new_hold(actor.court_id, dispute_id, purpose, actor.id, until, note)
        occupy(actor, booking, wanted, "hold")
    return booking


def new_hold(court_id: int, dispute_id: int, purpose: Purpose, by_id: int, until: datetime, note: str = "") -> Booking:
    """A hold that occupies nothing yet."""
    return Booking(
        court_id=court_id, dispute_id=dispute_id, purpose=purpose, booked_by_id=by_id, status=BookingStatus.HELD,
        held_until=until, note=note, claims=[],
    )  # fmt: skip


def may_take(actor: Actor, purpose: Purpose, dispute_id: int | None, resource_id: int | None) -> Resource | None:
    """The room, if this actor may take time for this purpose and dispute."""
    allowed = rules.may_block if purpose is Purpose.BLOCKED else rules.may_book
    if not allowed(actor, actor.court_id):
        raise NotPermitted("book")
    if dispute_id is not None:
        found = db.session.scalar(sa.select(Dispute.court_id).where(Dispute.id == dispute_id))
        if found != actor.court_id:
            raise NotPermitted("book")
    return place_of(actor, resource_id)


def place_of(actor: Actor, resource_id: int | None) -> Resource | None:
    """A room of the actor's court."""
    if resource_id is None:
        return None
    found = resource(actor, resource_id)
    if found is None:
        raise NotBookable(Obstacle.NO_PLACE, labels.OBSTACLE[Obstacle.NO_PLACE], article="S4 art. 14")
    return found


def revise(booking: Booking) -> None:
    """Say that this is no longer what calendars have read."""
    booking.revision += 1
    booking.changed_at = clock.now()


def let_go(booking: Booking) -> None:
    """Nothing is occupied by it any more."""
    for claim in booking.claims:
        claim.live = False


def occupy(actor: Actor, booking: Booking, wanted: Wanted, act: str) -> None:
    """The one place where time is taken. Whatever is not free is refused by the database, not by a look beforehand."""
    known = beings(wanted.people)
    refusing.refuse_unlawful(wanted, known)
    facts = {
        "starts_at": wanted.span.starts_at,
        "ends_at": wanted.span.ends_at,
        "resource_id": wanted.place.id if wanted.place else None,
    }
    claims = wanted.claims(known)
    booking_id, dispute_id = booking.id, booking.dispute_id
    _queue_up(wanted.court_id, claims)
    _release_expired(wanted.court_id, claims)
    try:
        with db.session.begin_nested():
            if act in {"move", "hand_on"}:
                facts |= {"from": booking.starts_at, "from_resource_id": booking.resource_id}
            booking.starts_at, booking.ends_at = wanted.span.starts_at, wanted.span.ends_at
            booking.resource_id = wanted.place.id if wanted.place else None
            if act in {"move", "hand_on", "confirm"}:
                revise(booking)
                audit.advance(rules.STEPS, act, actor, booking, purpose=booking.purpose, **facts)
            else:
                audit.record(actor, act, booking, purpose=booking.purpose, until=booking.held_until, **facts)
            _write_claims(booking, claims)
            db.session.flush()
    except IntegrityError as error:
        if not _overlapped(error):
            raise
        raise refusing.taken(actor, wanted, booking_id, dispute_id) from error


def _write_claims(booking: Booking, wanted: dict[str, tuple[Who, Span]]) -> None:
    kept = {c.being: c for c in booking.claims if c.live}
    for being, claim in kept.items():
        claim.live = being in wanted
    for being, ((kind, key), span) in wanted.items():
        claim = kept.get(being) or Claim(court_id=booking.court_id, being=being)
        claim.claimant_kind, claim.claimant_key = kind, key
        claim.starts_at, claim.ends_at = span.starts_at, span.ends_at
        if being not in kept:
            booking.claims.append(claim)


def _overlapped(error: IntegrityError) -> bool:
    return getattr(error.orig, "sqlstate", "") == EXCLUSION_VIOLATION or OVERLAP in str(error.orig)


def _queue_up(court_id: int, claims: Iterable[str]) -> None:
    """On PostgreSQL two inserts that exclude each other may wait for one another; taking turns avoids the deadlock."""
    if db.engine.dialect.name != "postgresql":
        return
    lock = sa.text("SELECT pg_advisory_xact_lock(hashtextextended(:key, 0))")
    for being in claims:
        db.session.execute(lock, {"key": f"claim|{court_id}|{being}"})


def _release_expired(court_id: int, claims: dict[str, tuple[Who, Span]]) -> None:
    """Holds that ran out stand in nobody's way: whoever takes the time first lets go of them, in the same transaction."""
    begins, ends = min(s.starts_at for _w, s in claims.values()), max(s.ends_at for _w, s in claims.values())
    rows = (
        sa.select(Booking)
        .where(
            Booking.court_id == court_id,
            Booking.status == BookingStatus.HELD,
            Booking.held_until <= clock.now(),
            Booking.id.in_(
                sa.select(Claim.booking_id).where(
                    Claim.court_id == court_id, Claim.being.in_(claims), Claim.live, Claim.starts_at < ends,
                    Claim.ends_at > begins,
                )
            ),
        )
        .order_by(Booking.id)
        .with_for_update(of=Booking)
        .execution_options(populate_existing=True)
    )  # fmt: skip
    for found in db.session.scalars(rows).unique().all():
        expire(found)


def expire(found: Booking) -> None:
    """A hold has run out: its time is free, and a wish that was offered it is at an end."""
    revise(found)
    audit.advance(rules.STEPS, "expire", system(found.court_id), found, starts_at=found.starts_at)
    let_go(found)
    end_offer(found, WishStatus.LAPSED)


def end_offer(found: Booking, to: WishStatus) -> Wish | None:
    """Whatever happens to the time a wish was offered happens to the wish."""
    wish = db.session.scalar(sa.select(Wish).where(Wish.booking_id == found.id, Wish.status == WishStatus.OFFERED))
    if wish is not None:
        step = {WishStatus.LAPSED: "lapse", WishStatus.FULFILLED: "fulfil", WishStatus.DECLINED: "decline"}[to]
        audit.advance(rules.WISH_STEPS, step, system(found.court_id), wish)
    return wish


def _wish_come_true(booking: Booking) -> None:
    """Whoever has a time waits for none."""
    if booking.dispute_id is None:
        return
    rows = sa.select(Wish).where(
        Wish.dispute_id == booking.dispute_id,
        Wish.purpose == booking.purpose,
        Wish.status.in_((WishStatus.WAITING, WishStatus.OFFERED)),
    )
    for wish in db.session.scalars(rows):
        audit.advance(rules.WISH_STEPS, "fulfil", system(booking.court_id), wish, booking=booking.id)


def _give_way(actor: Actor, held: Iterable[int], purpose: Purpose, span: Span) -> Booking | None:
    """The hold that becomes the meeting; the others of the dispute are let go."""
    kept: Booking | None = None
    for i in sorted(held):
        found = _locked(actor, i)
        if found is None or found.purpose is not purpose:
            continue
        if found.held_until is not None and found.held_until <= clock.now():
            expire(found)
        elif kept is None and span.overlaps(Span(found.starts_at, found.ends_at)):
            kept = found
        else:
            revise(found)
            audit.advance(rules.STEPS, "drop", _dropper(actor, found), found, starts_at=found.starts_at)
            let_go(found)
    return kept


def _dropper(actor: Actor, found: Booking) -> Actor:
    """Who fixes the meeting lets go of what a colleague held for it; that follows by itself."""
    return actor if rules.may_change(actor, found) else system(found.court_id)


def _locked(actor: Actor, booking_id: int) -> Booking | None:
    row = sa.select(Booking.id).where(Booking.id == booking_id, Booking.status == BookingStatus.HELD)
    found = db.session.scalar(row.with_for_update())
    return get(actor, booking_id) if found is not None else None
