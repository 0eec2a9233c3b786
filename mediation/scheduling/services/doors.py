"""At the doors: who is expected, who has come, and rooms that are free again because nobody came (R3-25)."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import sqlalchemy as sa

from mediation.disputes import services as disputes
from mediation.disputes.models import Agent, Party
from mediation.kernel import audit, clock, keys, states
from mediation.kernel.actor import Actor, system
from mediation.kernel.db import db, transaction
from mediation.kernel.errors import DomainError, NotPermitted
from mediation.roster.models import Mediator
from mediation.scheduling import labels, rules
from mediation.scheduling.models import Arrival, Booking, DoorRule, Resource
from mediation.scheduling.rules import ArrivalManner, BookingStatus, ClaimantKind, Purpose
from mediation.scheduling.services import hindrances, telling, waiting
from mediation.scheduling.services.booking import let_go, revise
from mediation.scheduling.services.expecting import Expected, expected_at
from mediation.scheduling.services.naming import numbers
from mediation.scheduling.services.reading import between, on_day
from mediation.scheduling.services.rooms import is_in_use

# Whoever comes earlier than this before the beginning waits in the hall.
EARLY = timedelta(minutes=60)


@dataclass(frozen=True)
class Visit:
    """A meeting as the registry sees it at the door."""

    booking: Booking
    number: str
    title: str
    expected: Sequence[Expected]
    against_release: rules.StayObstacle | None

    @property
    def missing(self) -> list[str]:
        """Who has not come yet."""
        return [person.name for person in self.expected if person.arrival is None]


def door_rule(court_id: int) -> DoorRule:
    """What the court has settled for its doors, or the usual."""
    found = db.session.scalar(sa.select(DoorRule).where(DoorRule.court_id == court_id))
    return found or DoorRule(court_id=court_id, wait_minutes=rules.WAIT_MINUTES, hall_shows_numbers=True)


def settle_doors(actor: Actor, *, wait_minutes: int, hall_shows_numbers: bool) -> None:
    """How long a room waits for whoever is late, and whether the screen in the hall shows case numbers."""
    if not rules.may_keep_doors(actor, actor.court_id):
        raise NotPermitted("settle_doors")
    with transaction():
        rule = door_rule(actor.court_id)
        before = (rule.wait_minutes, rule.hall_shows_numbers)
        rule.wait_minutes, rule.hall_shows_numbers = wait_minutes, hall_shows_numbers
        audit.record(actor, "settle", rule, before=before, after=(wait_minutes, hall_shows_numbers))


def visits(actor: Actor, day: date, *, blocked: bool = False) -> list[Visit]:
    """Every meeting of a day with who is expected and who has come; on paper also when a room is out of service."""
    fixed = [b for b in on_day(actor, day) if b.status is BookingStatus.BOOKED]
    return visits_of([b for b in fixed if blocked or b.purpose is not Purpose.BLOCKED], actor.court_id)


def visits_between(actor: Actor, first: date, last: date) -> list[Visit]:
    """Everything fixed on these days, rooms out of service too: for a week on paper."""
    fixed = [b for b in between(actor, first, last) if b.status is BookingStatus.BOOKED]
    return visits_of(fixed, actor.court_id)


def visits_of(bookings: Sequence[Booking], court_id: int) -> list[Visit]:
    """The same for these meetings, all at once."""
    ids = sorted({b.dispute_id for b in bookings if b.dispute_id})
    known, called, people = numbers(ids), disputes.titles(ids), expected_at(bookings)
    wait = timedelta(minutes=door_rule(court_id).wait_minutes)
    found = []
    for booking in bookings:
        expected = people[booking.id]
        came = [p.arrival.manner for p in expected if p.arrival is not None]
        against = rules.against_release(
            starts_at=booking.starts_at,
            ends_at=booking.ends_at,
            now=clock.now(),
            wait=wait,
            missing=len(expected) - len(came),
            under_way=ArrivalManner.SESSION in came,
        )
        dispute_id = booking.dispute_id or 0
        found.append(Visit(booking, known.get(dispute_id, ""), called.get(dispute_id, ""), expected, against))
    return found


def note_arrival(
    actor: Actor, booking: Booking, kind: ClaimantKind, claimant_id: int, *, manner: ArrivalManner, name: str = ""
) -> None:
    """Somebody expected has come; said twice it counts once, with the first moment."""
    person = next((p for p in expected_at([booking])[booking.id] if (p.kind, p.id) == (kind, claimant_id)), None)
    if person is None or booking.status is not BookingStatus.BOOKED:
        raise DomainError(labels.NOT_EXPECTED, article="S4 art. 14")
    if person.arrival is not None:
        return
    with transaction():
        arrival = Arrival(
            court_id=booking.court_id,
            booking_id=booking.id,
            dispute_id=booking.dispute_id,
            claimant_kind=kind,
            claimant_id=claimant_id,
            name=name or person.name,
            manner=manner,
            noted_by_id=actor.id or None,
        )
        audit.record(actor, "note", arrival, name=arrival.name, manner=manner, booking=booking.id)


def arrive_at_counter(actor: Actor, booking: Booking, kind: ClaimantKind, claimant_id: int) -> None:
    """The registry has seen somebody come."""
    if not rules.may_keep_doors(actor, booking.court_id):
        raise NotPermitted("arrive")
    if clock.local(booking.starts_at).date() != clock.today():
        raise DomainError(labels.NOT_TODAY, article="S4 art. 14")
    note_arrival(actor, booking, kind, claimant_id, manner=ArrivalManner.COUNTER)


def note_present(actor: Actor, booking: Booking, party_ids: Collection[int], mediator_id: int | None) -> None:
    """A session has begun: whoever it found present has come."""
    for person in expected_at([booking])[booking.id]:
        here = person.id in party_ids if person.kind is ClaimantKind.PARTY else person.id == mediator_id
        if (
            here
            and person.kind in {ClaimantKind.PARTY, ClaimantKind.MEDIATOR}
            and booking.status is BookingStatus.BOOKED
        ):
            note_arrival(actor, booking, person.kind, person.id, manner=ArrivalManner.SESSION)


def door_code(room: Resource) -> str:
    """What stands in the square code at a room's door, so that nobody tries the doors by number."""
    return keys.keyed_hash("door", f"{room.court_id} {room.id}").removeprefix("h1:")[:20]


def behind(resource_id: int, code: str) -> Resource | None:
    """The room of a square code."""
    room = db.session.get(Resource, resource_id)
    fits = room is not None and keys.same(door_code(room), code) and is_in_use(room, clock.today())
    return room if fits else None


def arrive_at_door(room: Resource, phone: str) -> None:
    """Somebody says at the door that they have come, by the telephone number the court has of them.

    Whether anybody was expected is told to nobody: the answer at the door is always the same.
    """
    key = keys.keyed_hash("phone", phone)
    if not key:
        return
    now = clock.now()
    soon = sa.select(Booking).where(
        Booking.resource_id == room.id,
        Booking.status == BookingStatus.BOOKED,
        Booking.purpose != Purpose.BLOCKED,
        Booking.starts_at <= now + EARLY,
        Booking.ends_at > now,
    )
    bookings = db.session.scalars(soon.order_by(Booking.starts_at, Booking.id)).all()
    expected = expected_at(bookings)
    with transaction():
        for booking in bookings:
            for kind, claimant_id, name in _with_phone(booking, expected[booking.id], key):
                note_arrival(system(room.court_id), booking, kind, claimant_id, manner=ArrivalManner.DOOR, name=name)


def _with_phone(booking: Booking, expected: Sequence[Expected], key: str) -> list[tuple[ClaimantKind, int, str]]:
    """Who of those expected has this number, themselves or through an agent who still acts for them."""
    parties = [p.id for p in expected if p.kind is ClaimantKind.PARTY]
    mediators = [p.id for p in expected if p.kind is ClaimantKind.MEDIATOR]
    own = sa.select(Party.id, Party.name).where(Party.id.in_(parties), Party.phone_key == key)
    agents = sa.select(Agent.party_id, Agent.name).where(
        Agent.party_id.in_(parties), Agent.phone_key == key, Agent.ended_on.is_(None)
    )
    mediator = sa.select(Mediator.id, Mediator.name).where(Mediator.id.in_(mediators), Mediator.phone_key == key)
    rows = [(ClaimantKind.PARTY, own), (ClaimantKind.PARTY, agents), (ClaimantKind.MEDIATOR, mediator)]
    found: dict[tuple[ClaimantKind, int], str] = {}
    for kind, wanted in rows:
        for claimant_id, name in db.session.execute(wanted):
            found.setdefault((kind, claimant_id), name)
    return [(kind, claimant_id, name) for (kind, claimant_id), name in found.items()]


def release(actor: Actor, booking: Booking) -> None:
    """Give the room free again after waiting in vain, and tell everybody who was to be there."""
    states.check(rules.STEPS, "release", actor, booking)
    [visit] = visits_of([booking], booking.court_id)
    if visit.against_release is not None:
        raise DomainError(labels.STAY_OBSTACLE[visit.against_release], article="S4 art. 14")
    with transaction():
        revise(booking)
        audit.advance(rules.STEPS, "release", actor, booking, starts_at=booking.starts_at, absent=visit.missing)
        let_go(booking)
        telling.tell(actor, booking, telling.RELEASED, visit.expected)
        hindrances.review(booking.court_id, booking_ids=[booking.id], silently=True)
        waiting.after_freeing(booking.court_id)


@dataclass(frozen=True)
class Shown:
    """A meeting as strangers in the hall may know it: place, time, and a number where the court shows numbers."""

    place: str
    starts_at: datetime
    ends_at: datetime
    number: str
    running: bool


def in_the_hall(court_id: int) -> list[Shown]:
    """What goes on now in which room, and what is next today; never a name, never what it is about (R2-28)."""
    now = clock.now()
    rows = (
        sa.select(Booking)
        .where(
            Booking.court_id == court_id,
            Booking.status == BookingStatus.BOOKED,
            Booking.purpose != Purpose.BLOCKED,
            Booking.resource_id.is_not(None),
            Booking.ends_at > now,
            Booking.starts_at < clock.at(clock.today() + timedelta(days=1)),
        )
        .order_by(Booking.starts_at, Booking.id)
        .limit(rules.HALL_LINES)
    )
    bookings = db.session.scalars(rows).all()
    shows = door_rule(court_id).hall_shows_numbers
    known = numbers({b.dispute_id for b in bookings if b.dispute_id}) if shows else {}
    return [
        Shown(
            b.resource.name if b.resource else "", b.starts_at, b.ends_at, known.get(b.dispute_id or 0, ""),
            b.starts_at <= now,
        )
        for b in bookings
    ]  # fmt: skip
