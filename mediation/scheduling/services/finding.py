"""Finding times at which everybody and a room are free."""

from collections.abc import Collection, Iterable, Iterator
from datetime import date, datetime, timedelta

import sqlalchemy as sa

from mediation.kernel import clock
from mediation.kernel.actor import Actor
from mediation.kernel.db import db
from mediation.periods import services as periods
from mediation.scheduling import rules
from mediation.scheduling.models import Booking, Claim
from mediation.scheduling.rules import ClaimantKind, Free, Place, ResourceKind, Span
from mediation.scheduling.services.people import People, keys_of, people_of
from mediation.scheduling.services.reading import resource, resources

SUGGESTIONS = 3


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
    busy, taken = _busy(actor.court_id, set(keys_of(people)), {p.id for p in places}, after, besides)
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


def free_for(actor: Actor, booking: Booking, *, limit: int = SUGGESTIONS) -> list[Free]:
    """Where a booking could move: the next times when all who must be there are free."""
    people = people_of(booking)
    return free_times(
        actor,
        length=min(booking.ends_at - booking.starts_at, rules.LONGEST),
        resource_id=booking.resource_id,
        mediator_ids=people.mediators,
        judge_ids=people.judges,
        party_ids=people.parties,
        limit=limit,
        besides=booking.id,
    )
