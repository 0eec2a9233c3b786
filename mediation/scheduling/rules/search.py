"""Finding the first common times: of all who must be there and a room that fits, and why earlier ones do not."""

import enum
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from mediation.scheduling.rules.hours import Halves, Span, starts_of
from mediation.scheduling.rules.kinds import ClaimantKind


class Why(enum.StrEnum):
    """Why somebody or something cannot be had at a time."""

    TOO_SOON = "too_soon"
    BUSY = "busy"
    ON_LEAVE = "on_leave"
    NOT_ON_LIST = "not_on_list"
    CERTIFICATE = "certificate"
    OWN_HOURS = "own_hours"
    OFF_DUTY = "off_duty"
    UNAVAILABLE = "unavailable"
    NO_ROOM = "no_room"
    LEFT = "left"
    ROOM_GONE = "room_gone"
    REST_DAY = "rest_day"


class Diary:
    """Taken times in order; whether another one meets any of them is found without walking through all."""

    def __init__(self, spans: Iterable[Span] = ()) -> None:
        self._starts: list[datetime] = []
        self._ends: list[datetime] = []
        for span in sorted(spans):
            self._starts.append(span.starts_at)
            # The latest end so far: spans may lie inside one another.
            self._ends.append(max(span.ends_at, self._ends[-1]) if self._ends else span.ends_at)

    def meets(self, span: Span) -> bool:
        """Whether any of the times overlaps this one."""
        before = bisect_left(self._starts, span.ends_at)
        return before > 0 and self._ends[before - 1] > span.starts_at

    def __bool__(self) -> bool:
        return bool(self._starts)


@dataclass(frozen=True)
class Bar:
    """Times that do not fit because of one person, and why."""

    why: Why
    diary: Diary
    kind: ClaimantKind = ClaimantKind.RESOURCE
    key: str = ""


@dataclass(frozen=True)
class Place:
    """A room as the search sees it."""

    id: int
    turnaround_minutes: int
    diary: Diary = field(default_factory=Diary)


@dataclass(frozen=True)
class Free:
    """A time at which everybody is free, with the first place that is free too (0: no place wanted)."""

    span: Span
    resource_id: int


@dataclass(frozen=True)
class Passed:
    """A time that does not fit, with everything that stands against it."""

    span: Span
    bars: Sequence[Bar]


def walk(
    days: Iterable[tuple[date, Halves]],
    *,
    length: timedelta,
    after: datetime,
    bars: Sequence[Bar],
    places: Sequence[Place] | None,
) -> Iterator[Free | Passed]:
    """Every time on these open days, in order: free with the first place, or passed with what stands against it.

    `places` is None when none is wanted; an empty sequence fits nobody.
    """  # fmt: skip
    for day, halves in days:
        for start in starts_of(day, length, halves):
            span = Span(start, start + length)
            found = [Bar(Why.TOO_SOON, Diary())] if start <= after else [b for b in bars if b.diary.meets(span)]
            place = 0 if places is None else _first_free(span, places)
            if place is None:
                found.append(Bar(Why.NO_ROOM, Diary()))
            yield Passed(span, tuple(found)) if found else Free(span, place or 0)


def _first_free(span: Span, places: Sequence[Place]) -> int | None:
    for place in places:
        if not place.diary.meets(span.with_turnaround(place.turnaround_minutes)):
            return place.id
    return None


def free_times(
    days: Iterable[tuple[date, Halves]],
    *,
    length: timedelta,
    after: datetime,
    bars: Sequence[Bar] = (),
    places: Sequence[Place] | None,
) -> Iterator[Free]:
    """Every time on these days when nobody is barred and one of the places, in their order, is free."""  # fmt: skip
    for found in walk(days, length=length, after=after, bars=bars, places=places):
        if isinstance(found, Free):
            yield found


@dataclass(frozen=True)
class Needs:
    """What a room must have."""

    seats: int = 0
    equipment: str = ""

    def met_by(self, capacity: int, equipment: str) -> bool:
        """Enough seats, and the thing asked for among those that stand there."""
        return capacity >= self.seats and self.equipment.casefold() in equipment.casefold()
