"""Rooms, tribunals and bookings (DOMAIN 3.10): opening hours, lengths, notice, and which times are free."""

import enum
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Protocol

from mediation.kernel import clock
from mediation.kernel.actor import COURT, JUDGES, REGISTRY, Actor, Role
from mediation.kernel.states import Step


class ResourceKind(enum.StrEnum):
    """What can be booked beside people."""

    ROOM = "room"
    TRIBUNAL = "tribunal"
    VIDEO_ROOM = "video_room"


class Purpose(enum.StrEnum):
    """What a booking is for; shown without names to people who may not know them."""

    SESSION = "session"
    HEARING = "hearing"
    QUESTIONING = "questioning"
    BLOCKED = "blocked"


class BookingStatus(enum.StrEnum):
    """A cancelled booking, or one released because nobody came, frees its time and stays as history."""

    BOOKED = "booked"
    CANCELLED = "cancelled"
    RELEASED = "released"


class ClaimantKind(enum.StrEnum):
    """Whom or what a booking occupies."""

    RESOURCE = "resource"
    MEDIATOR = "mediator"
    JUDGE = "judge"
    PARTY = "party"


class FeedDetail(enum.StrEnum):
    """How much a calendar subscription tells: the program that reads it may be anywhere."""

    BUSY = "busy"
    NUMBER = "number"
    FULL = "full"


class ArrivalManner(enum.StrEnum):
    """How an arrival became known."""

    DOOR = "door"
    COUNTER = "counter"
    SESSION = "session"


class Obstacle(enum.StrEnum):
    """Why a meeting cannot be at that time or place."""

    PAST = "past"
    NOT_AFTER_START = "not_after_start"
    TOO_LONG = "too_long"
    REST_DAY = "rest_day"
    OUTSIDE_HOURS = "outside_hours"
    SHORT_NOTICE = "short_notice"
    NO_PLACE = "no_place"
    OUT_OF_USE = "out_of_use"
    TAKEN = "taken"


# The law sets no hours: this court's own (DOMAIN 3.10), all days through the calendar of the periods.
OPENING = ((time(9, 0), time(12, 0)), (time(13, 30), time(17, 0)))
DEFAULT_LENGTH, LONGEST = timedelta(minutes=90), timedelta(minutes=180)
RASTER = timedelta(minutes=30)
LENGTHS = (30, 60, 90, 120, 150, 180)
HORIZON_DAYS = 45

OBSTACLE_ARTICLE = {
    Obstacle.PAST: "",
    Obstacle.NOT_AFTER_START: "",
    Obstacle.TOO_LONG: "",
    Obstacle.REST_DAY: "",
    Obstacle.OUTSIDE_HOURS: "",
    Obstacle.SHORT_NOTICE: "",
    # Mediation outside the court's places needs the court's approval, which is not given here.
    Obstacle.NO_PLACE: "S4 art. 14",
    Obstacle.OUT_OF_USE: "",
    Obstacle.TAKEN: "",
}


class Facts(Protocol):
    """What these rules read of a booking."""

    @property
    def court_id(self) -> int: ...
    @property
    def booked_by_id(self) -> int: ...
    @property
    def purpose(self) -> Purpose: ...


def may_book(actor: Actor, court_id: int) -> bool:
    """The registry, the judges, and the mediators of the court; the president decides elsewhere."""
    wanted = REGISTRY | JUDGES | {Role.MEDIATOR, Role.ORGANISATION}
    return actor.court_id == court_id and not actor.roles.isdisjoint(wanted)


def may_block(actor: Actor, court_id: int) -> bool:
    """The registry keeps the rooms: maintenance, inspections, other use."""
    return actor.court_id == court_id and actor.has(*REGISTRY)


def may_change(actor: Actor, booking: Facts) -> bool:
    """Who booked, the registry, and for hearings and questionings the judges."""
    if actor.court_id != booking.court_id:
        return False
    if booking.purpose is Purpose.BLOCKED:
        return actor.has(*REGISTRY)
    own = booking.booked_by_id == actor.id and may_book(actor, booking.court_id)
    bench = booking.purpose in {Purpose.HEARING, Purpose.QUESTIONING} and actor.has(*JUDGES)
    return own or bench or actor.has(*REGISTRY)


def may_release(actor: Actor, booking: Facts) -> bool:
    """The registry keeps the doors, and gives a room free again in which nobody waits."""
    return actor.court_id == booking.court_id and booking.purpose is not Purpose.BLOCKED and actor.has(*REGISTRY)


def may_see_board(actor: Actor) -> bool:
    """Everybody who works on disputes sees which times are taken; for what and for whom is another question."""
    return actor.has(*COURT, Role.MEDIATOR, Role.ORGANISATION)


B = BookingStatus
STEPS: tuple[Step, ...] = (
    Step("move", {B.BOOKED}, B.BOOKED, may_change, "R3-24", "S4 art. 14"),
    Step("cancel", {B.BOOKED}, B.CANCELLED, may_change, "R3-26", "S4 art. 14"),
    Step("release", {B.BOOKED}, B.RELEASED, may_release, "R3-25", "S4 art. 14"),
)


@dataclass(frozen=True, order=True)
class Span:
    """A half-open time: its end is the next one's beginning."""

    starts_at: datetime
    ends_at: datetime

    def overlaps(self, other: "Span") -> bool:
        """Two half-open times overlap when each begins before the other ends."""
        return self.starts_at < other.ends_at and other.starts_at < self.ends_at

    def with_turnaround(self, minutes: int) -> "Span":
        """The time a room is really taken: airing and tidying included."""
        return Span(self.starts_at, self.ends_at + timedelta(minutes=minutes))


def obstacles(
    span: Span, *, now: datetime, working_day: bool, short_notice_agreed: bool = False, blocking: bool = False
) -> list[Obstacle]:
    """What speaks against a meeting at this time, the hardest first. Blocking a room keeps only to the clock."""
    if span.ends_at <= span.starts_at:
        return [Obstacle.NOT_AFTER_START]
    if span.starts_at <= now:
        return [Obstacle.PAST]
    if blocking:
        return []
    found = []
    if span.ends_at - span.starts_at > LONGEST:
        found.append(Obstacle.TOO_LONG)
    if not working_day:
        found.append(Obstacle.REST_DAY)
    elif not within_hours(span):
        found.append(Obstacle.OUTSIDE_HOURS)
    # R3-24: at least one day ahead, unless all agree.
    if not short_notice_agreed and clock.local(span.starts_at).date() <= clock.local(now).date():
        found.append(Obstacle.SHORT_NOTICE)
    return found


def within_hours(span: Span) -> bool:
    """Wholly inside one of the two halves of the court's day."""
    starts, ends = clock.local(span.starts_at), clock.local(span.ends_at)
    return starts.date() == ends.date() and any(
        opens <= starts.time() and ends.time() <= closes for opens, closes in OPENING
    )


def starts_of(day: date, length: timedelta) -> Iterator[datetime]:
    """The beginnings, on the half hour, from which a meeting of this length ends within the same half of the day."""
    for opens, closes in OPENING:
        start = clock.at(day, opens.hour, opens.minute)
        last = clock.at(day, closes.hour, closes.minute) - length
        while start <= last:
            yield start
            start += RASTER


def raster_of(day: date) -> Iterator[datetime]:
    """Every half hour of the court's day: the rows of the board."""
    yield from starts_of(day, RASTER)


@dataclass(frozen=True)
class Place:
    """A room as the search for free times sees it."""

    id: int
    turnaround_minutes: int


@dataclass(frozen=True)
class Free:
    """A time at which everybody is free, with the first place that is free too (0: no place wanted)."""

    span: Span
    resource_id: int


def free_times(
    days: Iterable[date],
    *,
    length: timedelta,
    after: datetime,
    busy: Sequence[Span],
    places: Sequence[Place],
    busy_places: Mapping[int, Collection[Span]],
) -> Iterator[Free]:
    """Every time on these days when no claimant is busy and one of the places, in their order, is free.

    No places at all means that none is wanted.
    """
    for day in days:
        for start in starts_of(day, length):
            span = Span(start, start + length)
            if start <= after or any(span.overlaps(other) for other in busy):
                continue
            if not places:
                yield Free(span, 0)
            elif place := _first_free(span, places, busy_places):
                yield Free(span, place.id)


def _first_free(span: Span, places: Sequence[Place], busy: Mapping[int, Collection[Span]]) -> Place | None:
    for place in places:
        wanted = span.with_turnaround(place.turnaround_minutes)
        if not any(wanted.overlaps(other) for other in busy.get(place.id, ())):
            return place
    return None


# A program on a telephone or at a door reads these without signing in: a room's says no more than a number.
DETAILS = {
    ClaimantKind.MEDIATOR: (FeedDetail.BUSY, FeedDetail.NUMBER, FeedDetail.FULL),
    ClaimantKind.JUDGE: (FeedDetail.BUSY, FeedDetail.NUMBER, FeedDetail.FULL),
    ClaimantKind.RESOURCE: (FeedDetail.BUSY, FeedDetail.NUMBER),
}
FEED_PAST_DAYS = 60


def may_subscribe(actor: Actor, kind: ClaimantKind, key: str) -> bool:
    """Mediators and judges to their own calendar, the registry to those of the rooms."""
    if kind is ClaimantKind.MEDIATOR:
        return actor.has(Role.MEDIATOR) and actor.mediator_id is not None and key == str(actor.mediator_id)
    if kind is ClaimantKind.JUDGE:
        return actor.has(*JUDGES) and key == str(actor.id)
    return kind is ClaimantKind.RESOURCE and actor.has(*REGISTRY)


def own_calendar(actor: Actor) -> tuple[ClaimantKind, str] | None:
    """Whose calendar somebody's own is; the registry, the president and organisations have none."""
    if actor.has(Role.MEDIATOR) and actor.mediator_id is not None:
        return ClaimantKind.MEDIATOR, str(actor.mediator_id)
    return (ClaimantKind.JUDGE, str(actor.id)) if actor.has(*JUDGES) else None


class StayObstacle(enum.StrEnum):
    """Why a room is not given free yet."""

    NOT_YET = "not_yet"
    EVERYBODY_HERE = "everybody_here"
    UNDER_WAY = "under_way"
    OVER = "over"


# The court's own measure where it has settled none.
WAIT_MINUTES = 30
HALL_LINES = 9


def may_keep_doors(actor: Actor, court_id: int) -> bool:
    """The registry sees who comes."""
    return actor.court_id == court_id and actor.has(*REGISTRY)


def against_release(
    *, starts_at: datetime, ends_at: datetime, now: datetime, wait: timedelta, missing: int, under_way: bool
) -> StayObstacle | None:
    """A room is released while somebody is still missing after the wait, and the meeting has not begun without them."""
    if now >= ends_at:
        return StayObstacle.OVER
    if under_way:
        return StayObstacle.UNDER_WAY
    if not missing:
        return StayObstacle.EVERYBODY_HERE
    return StayObstacle.NOT_YET if now < starts_at + wait else None


OPENING_MINUTES = sum((c.hour * 60 + c.minute) - (o.hour * 60 + o.minute) for o, c in OPENING)


def minutes_within(span: Span, days: Collection[date]) -> int:
    """How many minutes of a time lie inside the court's hours on these days (I22)."""
    day, last, total = clock.local(span.starts_at).date(), clock.local(span.ends_at).date(), timedelta()
    while day <= last:
        for opens, closes in OPENING if day in days else ():
            begins = max(span.starts_at, clock.at(day, opens.hour, opens.minute))
            ends = min(span.ends_at, clock.at(day, closes.hour, closes.minute))
            total += max(ends - begins, timedelta())
        day += timedelta(days=1)
    return int(total.total_seconds()) // 60


def percent(numerator: int, denominator: int) -> str:
    """A ratio with two decimals, rounded half up; nothing of nothing is no ratio (R7-01)."""
    if not denominator:
        return "—"
    return str((Decimal(numerator * 100) / denominator).quantize(Decimal("0.01"), ROUND_HALF_UP)) + "%"
