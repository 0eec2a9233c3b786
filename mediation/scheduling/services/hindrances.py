"""Fixed meetings to which a mediator cannot come any more, without their room, or on a day of rest: found, told to all who were to be there, seen to by the registry."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from mediation.disputes import services as disputes
from mediation.disputes.models import Dispute, Participation
from mediation.disputes.rules import Capacity
from mediation.kernel import audit, clock
from mediation.kernel.actor import REGISTRY, Actor, system
from mediation.kernel.db import db, transaction
from mediation.scheduling.models import Booking, Claim, Hindrance
from mediation.scheduling.rules import BookingStatus, ClaimantKind, Diary, Purpose, Span, Why, in_use_on
from mediation.scheduling.services import availability, telling
from mediation.scheduling.services.availability import Window
from mediation.scheduling.services.expecting import expected_at
from mediation.scheduling.services.hours import Days, day_of, days_of
from mediation.scheduling.services.people import People
from mediation.scheduling.services.room_uses import uses_of

# The meeting and the mediator; nobody's number for the room of the meeting.
Pair = tuple[int, int]
ROOM = 0
SAID = {Why.ROOM_GONE: telling.ROOM_GONE, Why.REST_DAY: telling.REST_DAY}


@dataclass(frozen=True)
class Fixed:
    """A mediator's part in a meeting to come."""

    booking_id: int
    mediator_id: int
    dispute_id: int | None
    purpose: Purpose
    span: Span


def review(
    court_id: int,
    *,
    mediator_ids: Collection[int] | None = None,
    booking_ids: Collection[int] | None = None,
    silently: bool = False,
) -> int:
    """Look again who cannot come to what was fixed; how many meetings are newly in question.

    What is newly in question is told to everybody who was to be there; what stands after all, too. `silently`: whoever
    changed the meeting has told them already.
    """
    if not _changes(court_id, mediator_ids, booking_ids):
        return 0
    with transaction():
        _take_turn(court_id)
        found, gone = _changes(court_id, mediator_ids, booking_ids) or ({}, [])
        for (booking_id, mediator_id), why in sorted(found.items()):
            _find(court_id, booking_id, mediator_id, why)
        for hindrance in gone:
            _settle(hindrance, silently=silently)
    return len({booking_id for booking_id, _m in found})


def _changes(
    court_id: int, mediator_ids: Collection[int] | None, booking_ids: Collection[int] | None
) -> tuple[dict[Pair, Why], list[Hindrance]] | None:
    """What is not written down yet, and what is written down and no longer so."""
    now = _hindered(court_id, mediator_ids, booking_ids)
    written = {(h.booking_id, h.mediator_id or ROOM): h for h in _written(court_id, mediator_ids, booking_ids)}
    found = {pair: why for pair, why in now.items() if pair not in written}
    gone = [hindrance for pair, hindrance in written.items() if pair not in now]
    return (found, gone) if found or gone else None


def _written(
    court_id: int, mediator_ids: Collection[int] | None, booking_ids: Collection[int] | None
) -> Sequence[Hindrance]:
    rows = sa.select(Hindrance).where(Hindrance.court_id == court_id, Hindrance.settled_at.is_(None))
    if mediator_ids is not None:
        rows = rows.where(Hindrance.mediator_id.in_(mediator_ids))
    if booking_ids is not None:
        rows = rows.where(Hindrance.booking_id.in_(booking_ids))
    return db.session.scalars(rows.order_by(Hindrance.id).execution_options(populate_existing=True)).all()


def _hindered(
    court_id: int, mediator_ids: Collection[int] | None, booking_ids: Collection[int] | None
) -> dict[Pair, Why]:
    """What stands against each mediator's part in a meeting to come, the hardest first."""
    found = _roomless(court_id, booking_ids) | _resting(court_id, booking_ids) if mediator_ids is None else {}
    fixed = _fixed(court_id, mediator_ids, booking_ids)
    if not fixed:
        return found
    days = days_of(court_id)
    bars = _bars(court_id, fixed, days)
    left = _left(fixed)
    for one in fixed:
        own = (why for why, diary in bars.get(one.mediator_id, ()) if diary.meets(one.span))
        why = next(own, Why.LEFT if (one.booking_id, one.mediator_id) in left else None)
        if why is not None:
            found[one.booking_id, one.mediator_id] = why
    return found


def _roomless(court_id: int, booking_ids: Collection[int] | None) -> dict[Pair, Why]:
    """Meetings in rooms that the court does not use on that day any more."""
    changed = {room: uses for room, uses in uses_of(court_id).items() if not all(used for _since, used in uses)}
    rows = sa.select(Booking.id, Booking.resource_id, Booking.starts_at).where(
        Booking.court_id == court_id,
        Booking.status == BookingStatus.BOOKED,
        Booking.purpose != Purpose.BLOCKED,
        Booking.starts_at > clock.now(),
        Booking.resource_id.in_(changed),
    )
    if booking_ids is not None:
        rows = rows.where(Booking.id.in_(booking_ids))
    found = db.session.execute(rows).all() if changed else ()
    return {
        (row.id, ROOM): Why.ROOM_GONE for row in found if not in_use_on(changed[row.resource_id], day_of(row.starts_at))
    }


def _resting(court_id: int, booking_ids: Collection[int] | None) -> dict[Pair, Why]:
    """Meetings on days that have become days of rest, most often by a holiday notice (S31 art. 7)."""
    rows = sa.select(Booking.id, Booking.starts_at).where(
        Booking.court_id == court_id,
        Booking.status == BookingStatus.BOOKED,
        Booking.purpose != Purpose.BLOCKED,
        Booking.starts_at > clock.now(),
    )
    if booking_ids is not None:
        rows = rows.where(Booking.id.in_(booking_ids))
    found = db.session.execute(rows).all()
    days = days_of(court_id) if found else None
    return {(row.id, ROOM): Why.REST_DAY for row in found if days is not None and not days.works(day_of(row.starts_at))}


def _fixed(court_id: int, mediator_ids: Collection[int] | None, booking_ids: Collection[int] | None) -> list[Fixed]:
    rows = (
        sa.select(
            Claim.booking_id,
            Claim.claimant_key,
            Booking.dispute_id,
            Booking.purpose,
            Booking.starts_at,
            Booking.ends_at,
        )
        .join(Booking, Booking.id == Claim.booking_id)
        .where(
            Claim.court_id == court_id,
            Claim.claimant_kind == ClaimantKind.MEDIATOR,
            Claim.live,
            Booking.status == BookingStatus.BOOKED,
            Booking.purpose != Purpose.BLOCKED,
            Booking.starts_at > clock.now(),
        )
    )
    if mediator_ids is not None:
        rows = rows.where(Claim.claimant_key.in_([str(i) for i in mediator_ids]))
    if booking_ids is not None:
        rows = rows.where(Claim.booking_id.in_(booking_ids))
    return [
        Fixed(row.booking_id, int(row.claimant_key), row.dispute_id, row.purpose, Span(row.starts_at, row.ends_at))
        for row in db.session.execute(rows.order_by(Booking.starts_at, Claim.booking_id))
    ]


def _bars(court_id: int, fixed: Sequence[Fixed], days: Days) -> dict[int, list[tuple[Why, Diary]]]:
    """When each of them cannot come: list, certificate, leave, own hours. Duty is by agreement, which was given."""
    ids = tuple(sorted({one.mediator_id for one in fixed}))
    window = Window(day_of(fixed[0].span.starts_at), max(day_of(one.span.ends_at) for one in fixed))
    found: dict[int, list[tuple[Why, Diary]]] = {}
    for bar in availability.bars(court_id, People(mediators=ids), {}, window, days, off_duty=True):
        found.setdefault(int(bar.key), []).append((bar.why, bar.diary))
    return found


def _left(fixed: Sequence[Fixed]) -> set[Pair]:
    """Whose assignment ended while the dispute goes on: somebody else mediates it, or will."""
    sessions = [one for one in fixed if one.purpose is Purpose.SESSION and one.dispute_id is not None]
    ids = {one.dispute_id for one in sessions}
    rows = (
        sa.select(Participation.dispute_id, Participation.mediator_id, Participation.until)
        .join(Dispute, Dispute.id == Participation.dispute_id)
        .where(
            Participation.dispute_id.in_(ids),
            Participation.capacity == Capacity.MEDIATED,
            Participation.mediator_id.is_not(None),
            Dispute.closed_at.is_(None),
        )
    )
    parts = db.session.execute(rows).all() if ids else []
    now = {(row.dispute_id, row.mediator_id) for row in parts if row.until is None}
    once = {(row.dispute_id, row.mediator_id) for row in parts} - now
    return {(one.booking_id, one.mediator_id) for one in sessions if (one.dispute_id, one.mediator_id) in once}


def _take_turn(court_id: int) -> None:
    """Two who look at once would both write it down; SQLite has one writer anyhow."""
    if db.engine.dialect.name == "postgresql":
        key = {"key": f"hindrance|{court_id}"}
        db.session.execute(sa.text("SELECT pg_advisory_xact_lock(hashtextextended(:key, 0))"), key)


def _find(court_id: int, booking_id: int, mediator_id: int, why: Why) -> None:
    booking = db.session.get_one(Booking, booking_id)
    first = not _open_of(booking_id)
    hindrance = Hindrance(
        court_id=court_id,
        booking_id=booking_id,
        dispute_id=booking.dispute_id,
        mediator_id=mediator_id or None,
        why=why,
    )
    audit.record(
        system(court_id), "find", hindrance, booking=booking_id, mediator=mediator_id or None, why=why,
        starts_at=booking.starts_at,
    )  # fmt: skip
    if first:
        _tell(booking, SAID.get(why, telling.UNSETTLED))


def _settle(hindrance: Hindrance, *, silently: bool) -> None:
    booking = db.session.get_one(Booking, hindrance.booking_id)
    hindrance.settled_at = clock.now()
    audit.record(
        system(hindrance.court_id), "settle", hindrance, booking=booking.id, status=booking.status,
        starts_at=booking.starts_at,
    )  # fmt: skip
    to_come = booking.status is BookingStatus.BOOKED and booking.starts_at > clock.now()
    if to_come and not silently and not _open_of(booking.id):
        _tell(booking, telling.STANDS)


def _open_of(booking_id: int) -> bool:
    row = sa.select(Hindrance.id).where(Hindrance.booking_id == booking_id, Hindrance.settled_at.is_(None))
    return db.session.scalar(row.limit(1)) is not None


def _tell(booking: Booking, kind: str) -> None:
    expected = expected_at([booking])[booking.id]
    telling.tell(system(booking.court_id), booking, kind, expected, also=(booking.booked_by_id,))


# ---- reads ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Task:
    """A meeting in question, with everybody who cannot come."""

    booking: Booking
    hindrances: Sequence[Hindrance]


def tasks(actor: Actor) -> list[Task]:
    """What is in question and whom this reader may know of, the next meeting first."""
    rows = (
        sa.select(Hindrance, Booking)
        .join(Booking, Booking.id == Hindrance.booking_id)
        .where(*_own(actor), sa.or_(Hindrance.dispute_id.is_(None), Hindrance.dispute_id.in_(disputes.ids(actor))))
        .order_by(Booking.starts_at, Booking.id, Hindrance.id)
        .limit(200)
    )
    found: dict[int, tuple[Booking, list[Hindrance]]] = {}
    for hindrance, booking in db.session.execute(rows).unique():
        found.setdefault(booking.id, (booking, []))[1].append(hindrance)
    return [Task(booking, own) for booking, own in found.values()]


def _own(actor: Actor) -> Iterator[sa.ColumnElement[bool]]:
    """The registry sees to all of them; everybody else to those they take part in or have fixed."""
    yield Hindrance.court_id == actor.court_id
    yield Hindrance.settled_at.is_(None)
    if not actor.has(*REGISTRY):
        fixed = Hindrance.booking_id.in_(sa.select(Booking.id).where(Booking.booked_by_id == actor.id))
        yield sa.or_(fixed, Hindrance.mediator_id == (actor.mediator_id or 0))


def waiting(actor: Actor) -> sa.Select[int]:
    """How many meetings wait for somebody to see to them."""
    return sa.select(sa.func.count(Hindrance.booking_id.distinct())).where(*_own(actor))


def of_booking(booking_id: int) -> Sequence[Hindrance]:
    """What is in question about one meeting."""
    rows = sa.select(Hindrance).where(Hindrance.booking_id == booking_id, Hindrance.settled_at.is_(None))
    return db.session.scalars(rows.order_by(Hindrance.id)).all()
