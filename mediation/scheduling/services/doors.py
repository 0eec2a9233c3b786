"""At the doors: who is expected, who has come, and rooms that are free again because nobody came (R3-25)."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import sqlalchemy as sa

from mediation.accounts.models import User
from mediation.disputes import services as disputes
from mediation.disputes.models import Agent, Party
from mediation.disputes.people import addressee
from mediation.kernel import audit, clock, keys, states
from mediation.kernel.actor import Actor, system
from mediation.kernel.db import db, transaction
from mediation.kernel.errors import DomainError, NotPermitted
from mediation.notices import services as notices
from mediation.notices import wording
from mediation.notices.rules import Channel
from mediation.roster.models import Mediator
from mediation.scheduling import labels, rules
from mediation.scheduling.models import Arrival, Booking, DoorRule, Resource
from mediation.scheduling.rules import ArrivalManner, BookingStatus, ClaimantKind, Purpose
from mediation.scheduling.services.naming import numbers
from mediation.scheduling.services.reading import on_day

# Whoever comes earlier than this before the beginning waits in the hall.
EARLY = timedelta(minutes=60)
RELEASED = "room_released"


@dataclass(frozen=True)
class Expected:
    """Somebody who must be there, and when they came."""

    kind: ClaimantKind
    id: int
    name: str
    arrival: Arrival | None


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
    return visits_of([b for b in on_day(actor, day) if blocked or b.purpose is not Purpose.BLOCKED], actor.court_id)


def visits_of(bookings: Sequence[Booking], court_id: int) -> list[Visit]:
    """The same for these meetings, all at once."""
    ids = sorted({b.dispute_id for b in bookings if b.dispute_id})
    known, called, people = numbers(ids), disputes.titles(ids), _expected(bookings)
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


def _expected(bookings: Sequence[Booking]) -> dict[int, list[Expected]]:
    ids = [b.id for b in bookings]
    came = {
        (a.booking_id, a.claimant_kind, a.claimant_id): a
        for a in db.session.scalars(sa.select(Arrival).where(Arrival.booking_id.in_(ids)))
    }
    parties = sa.select(Party.dispute_id, Party.id, Party.id_key, Party.name).order_by(Party.position, Party.id)
    of_dispute: dict[int, list[tuple[int, str, str]]] = {}
    for dispute_id, party_id, key, name in db.session.execute(
        parties.where(Party.dispute_id.in_({b.dispute_id for b in bookings if b.dispute_id}))
    ):
        of_dispute.setdefault(dispute_id, []).append((party_id, key or f"party:{party_id}", name))
    staff = _staff(bookings)
    found: dict[int, list[Expected]] = {}
    for booking in bookings:
        live = {(c.claimant_kind, c.claimant_key) for c in booking.claims if c.live}
        people = [
            (ClaimantKind.PARTY, i, name)
            for i, key, name in of_dispute.get(booking.dispute_id or 0, [])
            if (ClaimantKind.PARTY, key) in live
        ]
        people += [(kind, int(key), staff[kind, key]) for kind, key in sorted(live) if (kind, key) in staff]
        found[booking.id] = [Expected(k, i, name, came.get((booking.id, k, i))) for k, i, name in people]
    return found


def _staff(bookings: Sequence[Booking]) -> dict[tuple[ClaimantKind, str], str]:
    """The names of the mediators and judges of these meetings."""
    wanted: dict[ClaimantKind, set[int]] = {ClaimantKind.MEDIATOR: set(), ClaimantKind.JUDGE: set()}
    for claim in (c for b in bookings for c in b.claims if c.claimant_kind in wanted):
        wanted[claim.claimant_kind].add(int(claim.claimant_key))
    mediators = sa.select(Mediator.id, Mediator.name).where(Mediator.id.in_(wanted[ClaimantKind.MEDIATOR]))
    judges = sa.select(User.id, User.name).where(User.id.in_(wanted[ClaimantKind.JUDGE]))
    return {(ClaimantKind.MEDIATOR, str(i)): name for i, name in db.session.execute(mediators)} | {
        (ClaimantKind.JUDGE, str(i)): name for i, name in db.session.execute(judges)
    }


def note_arrival(
    actor: Actor, booking: Booking, kind: ClaimantKind, claimant_id: int, *, manner: ArrivalManner, name: str = ""
) -> None:
    """Somebody expected has come; said twice it counts once, with the first moment."""
    person = next((p for p in _expected([booking])[booking.id] if (p.kind, p.id) == (kind, claimant_id)), None)
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
    for person in _expected([booking])[booking.id]:
        here = person.id in party_ids if person.kind is ClaimantKind.PARTY else person.id == mediator_id
        if here and person.kind is not ClaimantKind.JUDGE and booking.status is BookingStatus.BOOKED:
            note_arrival(actor, booking, person.kind, person.id, manner=ArrivalManner.SESSION)


def door_code(room: Resource) -> str:
    """What stands in the square code at a room's door, so that nobody tries the doors by number."""
    return keys.keyed_hash("door", f"{room.court_id} {room.id}").removeprefix("h1:")[:20]


def behind(resource_id: int, code: str) -> Resource | None:
    """The room of a square code."""
    room = db.session.get(Resource, resource_id)
    fits = room is not None and room.in_use and keys.same(door_code(room), code)
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
    expected = _expected(bookings)
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
        booking.revision += 1
        booking.changed_at = clock.now()
        audit.advance(rules.STEPS, "release", actor, booking, starts_at=booking.starts_at, absent=visit.missing)
        for claim in booking.claims:
            claim.live = False
        _tell(actor, booking, visit.expected)


def _tell(actor: Actor, booking: Booking, expected: Sequence[Expected]) -> None:
    """Time and place, nothing else: these channels anybody may overhear (R2-28). The invitation is over."""
    if booking.subject_type and booking.subject_id:
        notices.supersede_of(actor, booking.subject_type, booking.subject_id)
    when = f"{clock.local(booking.starts_at):%Y年%m月%d日 %H:%M}"
    facts = {"when": when, "place": booking.resource.name if booking.resource else "本中心"}
    accounts = _accounts(expected)
    people = {party.id: party for party in disputes.parties(booking.dispute_id)} if booking.dispute_id else {}
    for person in expected:
        if person.kind is ClaimantKind.PARTY and person.id in people:
            to = addressee(people[person.id])
            notices.tell(actor, to, RELEASED, subject=booking, dispute_id=booking.dispute_id, facts=facts)
        elif user_id := accounts.get((person.kind, person.id)):
            notices.enqueue(
                actor, subject=booking, dispute_id=booking.dispute_id, kind=RELEASED,
                text=wording.fill(wording.KINDS[RELEASED].standard, facts), recipient=person.name,
                channel=Channel.IN_APP, user_id=user_id,
            )  # fmt: skip


def _accounts(expected: Sequence[Expected]) -> dict[tuple[ClaimantKind, int], int]:
    """Through which account a mediator or judge is told."""
    mediators = [p.id for p in expected if p.kind is ClaimantKind.MEDIATOR]
    rows = db.session.execute(sa.select(User.mediator_id, User.id).where(User.mediator_id.in_(mediators)))
    found = {(ClaimantKind.MEDIATOR, mediator_id): user_id for mediator_id, user_id in rows if mediator_id}
    return found | {(ClaimantKind.JUDGE, p.id): p.id for p in expected if p.kind is ClaimantKind.JUDGE}


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
