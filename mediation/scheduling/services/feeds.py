"""Calendar subscriptions: who has which, and what the holder of an address reads."""

import hashlib
import secrets
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import selectinload

from mediation.accounts.models import Court, User
from mediation.disputes import services as disputes
from mediation.disputes.models import Dispute
from mediation.kernel import audit, clock, keys
from mediation.kernel.actor import REGISTRY, Actor
from mediation.kernel.db import db, transaction
from mediation.kernel.errors import NotPermitted
from mediation.scheduling import rules
from mediation.scheduling.models import Booking, CalendarFeed, Claim
from mediation.scheduling.rules import BookingStatus, ClaimantKind, FeedDetail, Purpose
from mediation.scheduling.services.naming import numbers
from mediation.scheduling.services.rooms import resource, resources

# A hold is nobody's appointment yet; only what was fixed is told to calendars.
NEVER_FIXED = (BookingStatus.HELD, BookingStatus.DROPPED, BookingStatus.EXPIRED)


@dataclass(frozen=True)
class Entry:
    """One meeting as a subscription tells it; what its level of detail withholds is empty."""

    uid: str
    revision: int
    booked_at: datetime
    changed_at: datetime
    starts_at: datetime
    ends_at: datetime
    off: bool
    purpose: Purpose | None = None
    number: str = ""
    title: str = ""
    place: str = ""
    booking_id: int = 0


@dataclass(frozen=True)
class Subscription:
    """What an address leads to."""

    feed: CalendarFeed
    owner: str
    locale: str
    entries: Sequence[Entry]


def digest(token: str) -> str:
    """What is kept of an address: nobody reads the address back from it."""
    return hashlib.sha256(token.encode()).hexdigest()


def make_feed(actor: Actor, *, kind: ClaimantKind, key: str, detail: FeedDetail, name: str) -> tuple[CalendarFeed, str]:
    """Subscribe to a calendar; the secret part of its address is told now and never again."""
    if not rules.may_subscribe(actor, kind, key) or detail not in rules.DETAILS[kind]:
        raise NotPermitted("make_feed")
    if kind is ClaimantKind.RESOURCE and resource(actor, int(key)) is None:
        raise NotPermitted("make_feed")
    token = secrets.token_urlsafe(32)
    with transaction():
        feed = CalendarFeed(
            court_id=actor.court_id,
            claimant_kind=kind,
            claimant_key=key,
            detail=detail,
            name=name,
            token_digest=digest(token),
            made_by_id=actor.id,
        )
        audit.record(actor, "make", feed, kind=kind, key=key, detail=detail, name=name)
    return feed, token


def revoke_feed(actor: Actor, feed: CalendarFeed) -> None:
    """From now on nobody reads anything at this address."""
    if not rules.may_subscribe(actor, feed.claimant_kind, feed.claimant_key):
        raise NotPermitted("revoke_feed")
    with transaction():
        if feed.revoked_at is None:
            feed.revoked_at = clock.now()
            audit.record(actor, "revoke", feed)


def renew_feed(actor: Actor, feed: CalendarFeed) -> tuple[CalendarFeed, str]:
    """The same subscription at a new address; the old one is dead at once."""
    with transaction():
        revoke_feed(actor, feed)
        return make_feed(actor, kind=feed.claimant_kind, key=feed.claimant_key, detail=feed.detail, name=feed.name)


def get_feed(actor: Actor, feed_id: int) -> CalendarFeed | None:
    """A living subscription that is the actor's to keep."""
    found = db.session.scalar(_kept(actor).where(CalendarFeed.id == feed_id))
    return found if found and rules.may_subscribe(actor, found.claimant_kind, found.claimant_key) else None


def feeds_of(actor: Actor) -> Sequence[CalendarFeed]:
    """The living subscriptions of the own calendar, and for the registry those of the rooms."""
    own = rules.own_calendar(actor)
    wanted = []
    if own is not None:
        wanted.append(sa.and_(CalendarFeed.claimant_kind == own[0], CalendarFeed.claimant_key == own[1]))
    if actor.has(*REGISTRY):
        wanted.append(CalendarFeed.claimant_kind == ClaimantKind.RESOURCE)
    if not wanted:
        return []
    return db.session.scalars(_kept(actor).where(sa.or_(*wanted)).order_by(CalendarFeed.id)).all()


def _kept(actor: Actor) -> sa.Select[CalendarFeed]:
    return sa.select(CalendarFeed).where(CalendarFeed.court_id == actor.court_id, CalendarFeed.revoked_at.is_(None))


def owners(actor: Actor) -> dict[tuple[ClaimantKind, str], str]:
    """The calendars somebody may subscribe to, by their names; the own one is called by the person's name."""
    found: dict[tuple[ClaimantKind, str], str] = {}
    own = rules.own_calendar(actor)
    if own is not None:
        found[own] = actor.name
    if actor.has(*REGISTRY):
        found |= {(ClaimantKind.RESOURCE, str(r.id)): r.name for r in resources(actor)}
    return found


def subscription(token: str) -> Subscription | None:
    """What is read at an address; None when it never was one, is revoked, or its person no longer works here."""
    row = db.session.execute(
        sa.select(CalendarFeed, User, Court)
        .join(User, User.id == CalendarFeed.made_by_id)
        .join(Court, Court.id == CalendarFeed.court_id)
        .where(CalendarFeed.token_digest == digest(token), CalendarFeed.revoked_at.is_(None))
    ).one_or_none()
    if row is None:
        return None
    feed, maker, court = row
    reader = maker.as_actor()
    if feed.claimant_kind is ClaimantKind.RESOURCE:
        room = resource(reader, int(feed.claimant_key))
        return Subscription(feed, room.name, "", _entries(feed, court, None)) if room is not None else None
    if not maker.is_open(clock.today()) or not rules.may_subscribe(reader, feed.claimant_kind, feed.claimant_key):
        return None
    return Subscription(feed, maker.name, maker.locale, _entries(feed, court, reader))


def _entries(feed: CalendarFeed, court: Court, reader: Actor | None) -> list[Entry]:
    """Everything booked for this calendar; what left it by being moved or called off stays, and says so."""
    since = clock.at(clock.today() - timedelta(days=rules.FEED_PAST_DAYS))
    wanted = sa.select(Claim.booking_id).where(
        Claim.court_id == feed.court_id,
        Claim.claimant_kind == feed.claimant_kind,
        Claim.claimant_key == feed.claimant_key,
    )
    rows = (
        sa.select(Booking)
        .where(Booking.id.in_(wanted), Booking.ends_at > since, Booking.status.not_in(NEVER_FIXED))
        .options(selectinload(Booking.claims))
        .order_by(Booking.starts_at, Booking.id)
    )
    bookings = db.session.scalars(rows).all()
    ids = {b.dispute_id for b in bookings if b.dispute_id} if feed.detail is not FeedDetail.BUSY else set()
    called = _titles(ids, reader) if feed.detail is FeedDetail.FULL and reader is not None else {}
    known = numbers(ids)
    return [_entry(booking, feed, court, known, called) for booking in bookings]


def _titles(dispute_ids: set[int], reader: Actor) -> dict[int, str]:
    """Parties' names only where the person may still see the dispute."""
    seen = sa.select(Dispute.id).where(Dispute.id.in_(dispute_ids), disputes.visible(reader))
    return disputes.titles(sorted(db.session.scalars(seen)))


def _entry(booking: Booking, feed: CalendarFeed, court: Court, known: dict[int, str], called: dict[int, str]) -> Entry:
    here = any(
        c.live and c.claimant_kind is feed.claimant_kind and c.claimant_key == feed.claimant_key for c in booking.claims
    )
    plain = Entry(
        uid=f"{keys.keyed_hash('calendar', str(booking.id)).removeprefix('h1:')}@mediation",
        revision=booking.revision,
        booked_at=booking.booked_at,
        changed_at=booking.changed_at,
        starts_at=booking.starts_at,
        ends_at=booking.ends_at,
        off=not here or booking.status is not BookingStatus.BOOKED,
    )
    if feed.detail is FeedDetail.BUSY:
        return plain
    dispute_id = booking.dispute_id or 0
    return replace(
        plain,
        purpose=booking.purpose,
        number=known.get(dispute_id, ""),
        title=called.get(dispute_id, ""),
        place="，".join(filter(None, (booking.resource.name if booking.resource else "", court.centre_name))),
        booking_id=booking.id if dispute_id in called else 0,
    )
