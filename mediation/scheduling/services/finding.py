"""Finding times at which everybody and a room are free."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Any

import sqlalchemy as sa

from mediation.kernel import clock
from mediation.kernel.actor import Actor
from mediation.kernel.db import db
from mediation.scheduling import rules
from mediation.scheduling.models import Booking, Claim, Resource
from mediation.scheduling.rules import Bar, Diary, Free, Needs, Passed, Place, ResourceKind, Span, Uses, Why
from mediation.scheduling.services import availability
from mediation.scheduling.services.availability import Window
from mediation.scheduling.services.hours import Days, day_of, days_of
from mediation.scheduling.services.people import People, Who, beings, gathered, people_of
from mediation.scheduling.services.reading import standing
from mediation.scheduling.services.room_uses import uses_of
from mediation.scheduling.services.rooms import resource, resources

SUGGESTIONS = 3
# Most first common times lie near; further days are read only when the near ones have none.
FIRST_LOOK, NEXT_LOOK = 7, 28


@dataclass(frozen=True)
class Ask:
    """For whom, how long, where and between which days a time is looked for."""

    court_id: int
    people: People
    length: timedelta = rules.DEFAULT_LENGTH
    # None: no place wanted; the first that fits is taken.
    rooms: Sequence[Resource] | None = ()
    after: datetime | None = None
    last: date | None = None
    short_notice: bool = False
    off_duty: bool = False
    # On which days the rooms are used, where anything was settled about it.
    uses: Mapping[int, Uses] = field(default_factory=dict)
    # Bookings that are themselves about to change.
    besides: frozenset[int] = frozenset()


def free_times(
    actor: Actor,
    *,
    length: timedelta = rules.DEFAULT_LENGTH,
    resource_id: int | None = None,
    kinds: Collection[ResourceKind] = (ResourceKind.ROOM,),
    needs: Needs | None = None,
    since: datetime | None = None,
    until: date | None = None,
    short_notice: bool = False,
    off_duty: bool = False,
    limit: int = SUGGESTIONS,
    besides: Iterable[int] = (),
    dispute_id: int | None = None,
    **people: Any,
) -> list[Free]:
    """The next times when all these people and one room are free.

    With a room asked for, that room is taken first and others of its kind stand in; `besides` are bookings that are
    themselves about to move. What is held for the dispute itself does not stand in its way.
    """
    asked = asking(
        actor, length=length, resource_id=resource_id, kinds=kinds, needs=needs, since=since, until=until,
        short_notice=short_notice, off_duty=off_duty, besides=besides, dispute_id=dispute_id, **people,
    )  # fmt: skip
    return first_free(asked, limit=limit)


def asking(
    actor: Actor,
    *,
    length: timedelta,
    resource_id: int | None = None,
    kinds: Collection[ResourceKind] = (ResourceKind.ROOM,),
    needs: Needs | None = None,
    since: datetime | None = None,
    until: date | None = None,
    short_notice: bool = False,
    off_duty: bool = False,
    besides: Iterable[int] = (),
    dispute_id: int | None = None,
    **people: Any,
) -> Ask:
    """What a search looks for, with the rooms that fit in the order they are taken: the smallest that is enough first."""  # fmt: skip
    asked = resource(actor, resource_id) if resource_id else None
    wanted = needs or Needs()
    rooms = [r for r in resources(actor, (asked.kind,) if asked else kinds) if wanted.met_by(r.capacity, r.equipment)]
    if wanted.seats:
        rooms.sort(key=lambda r: (r.capacity, r.kind, r.code))
    rooms.sort(key=lambda r: r is not asked)
    everybody = gathered(**people)
    return Ask(
        actor.court_id, everybody, length, rooms, since, until, short_notice,
        off_duty or agrees_by_acting(actor, everybody), uses_of(actor.court_id),
        frozenset(besides) | own_holds(actor.court_id, dispute_id),
    )  # fmt: skip


def agrees_by_acting(actor: Actor, people: People) -> bool:
    """A mediator who plans the own meeting agrees to its time, on duty or not."""
    return actor.mediator_id is not None and people.mediators == (actor.mediator_id,)


def own_holds(court_id: int, dispute_id: int | None) -> frozenset[int]:
    """What is held for a dispute gives way when its meeting is fixed."""
    if dispute_id is None:
        return frozenset()
    rows = sa.select(Booking.id).where(
        Booking.court_id == court_id, Booking.dispute_id == dispute_id, Booking.status == rules.BookingStatus.HELD
    )
    return frozenset(db.session.scalars(rows))


def first_free(asked: Ask, *, limit: int = SUGGESTIONS) -> list[Free]:
    """The first times that fit."""
    found = (one for one in looked_at(asked) if isinstance(one, Free))
    return [free for free, _n in zip(found, range(limit), strict=False)]


def passed_over(asked: Ask, *, limit: int = 40) -> list[Passed]:
    """The times before the first that fits, each with what stands against it."""
    found: list[Passed] = []
    for one in looked_at(asked):
        if isinstance(one, Free) or len(found) == limit:
            break
        found.append(one)
    return found


@dataclass(frozen=True)
class Common:
    """A time that all could have, with the times before it and what stands against each of them."""

    free: Free
    before: Sequence[Passed]


@dataclass(frozen=True)
class Search:
    """The first common times, and what was passed over after the last of them (all of it, where there is none)."""

    found: Sequence[Common]
    rest: Sequence[Passed]


def search(asked: Ask, *, limit: int = SUGGESTIONS) -> Search:
    """The first times that fit, not overlapping one another, each with why the earlier ones fell out."""
    found: list[Common] = []
    passed: list[Passed] = []
    for one in looked_at(asked):
        if isinstance(one, Passed):
            passed.append(one)
        elif not found or one.span.starts_at >= found[-1].free.span.ends_at:
            found.append(Common(one, tuple(passed)))
            passed = []
        if len(found) == limit:
            break
    return Search(found, passed)


def looked_at(asked: Ask) -> Iterator[Free | Passed]:
    """Every time in order, free or passed over; days are read in ever longer stretches."""
    days = days_of(asked.court_id)
    after = max(asked.after or clock.now(), clock.now())
    if not asked.short_notice:
        after = max(after, clock.at(clock.today() + timedelta(days=1)) - timedelta(microseconds=1))
    first = day_of(after)
    last = min(asked.last or first + timedelta(days=rules.HORIZON_DAYS - 1), days.last)
    known, length = beings(asked.people), FIRST_LOOK
    while first <= last:
        window = Window(first, min(first + timedelta(days=length - 1), last))
        bars, places = _stretch(asked, known, window, days)
        yield from rules.walk(
            days.open(window.first, window.last), length=asked.length, after=after, bars=bars, places=places
        )
        first, length = window.last + timedelta(days=1), NEXT_LOOK


def _stretch(asked: Ask, known: dict[Who, str], window: Window, days: Days) -> tuple[list[Bar], Sequence[Place] | None]:
    found = availability.bars(asked.court_id, asked.people, known, window, days, off_duty=asked.off_duty)
    rooms = {f"resource:{r.id}": r for r in asked.rooms or ()}
    taken = _taken(asked, [*known.values(), *rooms], window)
    found += [Bar(Why.BUSY, Diary(taken[being]), *who) for who, being in known.items() if being in taken]
    if asked.rooms is None:
        return found, None
    return found, [
        Place(r.id, r.turnaround_minutes, Diary([*taken.get(key, ()), *_unused(asked.uses.get(r.id, ()), window)]))
        for key, r in rooms.items()
    ]


def _unused(uses: Uses, window: Window) -> list[Span]:
    """The days on which a room is not used."""
    return [availability.whole(day, day) for day in window.days() if uses and not rules.in_use_on(uses, day)]


def _taken(asked: Ask, wanted: Collection[str], window: Window) -> dict[str, list[Span]]:
    """The taken times of each of these people and rooms."""
    rows = (
        sa.select(Claim.being, Claim.starts_at, Claim.ends_at)
        .join(Booking, Booking.id == Claim.booking_id)
        .where(
            Claim.court_id == asked.court_id,
            Claim.being.in_(wanted),
            Claim.live,
            Claim.ends_at > window.span.starts_at,
            Claim.starts_at < window.span.ends_at,
            standing(),
            Claim.booking_id.not_in(asked.besides),
        )
    )
    spans: dict[str, list[Span]] = {}
    for being, starts_at, ends_at in db.session.execute(rows):
        spans.setdefault(being, []).append(Span(starts_at, ends_at))
    return spans


def free_for(actor: Actor, booking: Booking, *, limit: int = SUGGESTIONS) -> list[Free]:
    """Where a booking could move: the next times when all who must be there are free."""
    return first_free(moving(actor, booking), limit=limit)


def free_near(actor: Actor, booking: Booking, wanted: Span, resource_id: int | None) -> list[Free]:
    """The next times from a refused one on, as long as that was to be, in that room before others of its kind."""
    asked = moving(actor, booking, length=wanted.ends_at - wanted.starts_at, resource_id=resource_id)
    return first_free(replace(asked, after=wanted.starts_at - rules.RASTER))


def moving(
    actor: Actor, booking: Booking, *, length: timedelta | None = None, resource_id: int | None = None
) -> Ask:  # fmt: skip
    """What is looked for when a booking is to move."""
    people = people_of(booking)
    wanted = length if length is not None and length > timedelta() else booking.ends_at - booking.starts_at
    asked = asking(
        actor,
        length=min(wanted, rules.LONGEST),
        resource_id=resource_id or booking.resource_id,
        besides=[booking.id],
    )
    return replace(asked, people=people, off_duty=agrees_by_acting(actor, people))
