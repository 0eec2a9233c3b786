"""The rooms of a court: which there are, what they have, and on which days they are used."""

from collections.abc import Collection, Sequence
from datetime import date

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from mediation.kernel import audit, clock
from mediation.kernel.actor import Actor
from mediation.kernel.db import db, transaction
from mediation.kernel.errors import DomainError, NotPermitted, Stale
from mediation.scheduling import labels, rules
from mediation.scheduling.models import Booking, Resource, ResourceUse
from mediation.scheduling.rules import BookingStatus, Purpose, ResourceKind, RoomObstacle
from mediation.scheduling.services import hindrances
from mediation.scheduling.services.hours import day_of
from mediation.scheduling.services.room_uses import uses_of

LARGEST = 2**31 - 1
FIELD = {RoomObstacle.CODE_TAKEN: "code", RoomObstacle.NAME_TAKEN: "name"}


def _settled_on(day: date) -> sa.ColumnElement[bool]:
    last = (
        sa.select(ResourceUse.in_use)
        .where(ResourceUse.resource_id == Resource.id, ResourceUse.since <= day)
        .order_by(ResourceUse.since.desc())
        .limit(1)
        .correlate(Resource)
        .scalar_subquery()
    )
    return sa.func.coalesce(last, ~sa.exists().where(ResourceUse.resource_id == Resource.id))


def resources(
    actor: Actor,
    kinds: Collection[ResourceKind] = tuple(ResourceKind),
    *,
    in_use: bool = True,
    on: date | None = None,
) -> Sequence[Resource]:
    """The rooms and tribunals of the court, in the order of the doors: in use on that day, else today or later."""
    rows = sa.select(Resource).where(Resource.court_id == actor.court_id, Resource.kind.in_(kinds))
    if in_use:
        later = sa.exists().where(
            ResourceUse.resource_id == Resource.id, ResourceUse.since > clock.today(), ResourceUse.in_use
        )
        rows = rows.where(_settled_on(on) if on is not None else sa.or_(_settled_on(clock.today()), later))
    return db.session.scalars(rows.order_by(Resource.kind, Resource.code, Resource.id)).all()


def resource(actor: Actor, resource_id: int) -> Resource | None:
    """A room or tribunal of the actor's court; a number that no record can have is none."""
    if not 0 < resource_id <= LARGEST:
        return None
    return db.session.scalar(sa.select(Resource).where(Resource.id == resource_id, Resource.court_id == actor.court_id))


def is_in_use(room: Resource, day: date) -> bool:
    """Whether the court uses the room on that day."""
    return rules.in_use_on([(row.since, row.in_use) for row in history(room)], day)


def history(room: Resource) -> Sequence[ResourceUse]:
    """From when on the room was used, and from when on not."""
    rows = sa.select(ResourceUse).where(ResourceUse.resource_id == room.id)
    return db.session.scalars(rows.order_by(ResourceUse.since)).all()


def left_behind(actor: Actor, *, limit: int = 200) -> list[Booking]:
    """Meetings to come in rooms that are not used on their day any more."""
    changed = {room_id: uses for room_id, uses in uses_of(actor.court_id).items() if not all(used for _s, used in uses)}
    rows = sa.select(Booking).where(
        Booking.court_id == actor.court_id,
        Booking.status.in_((BookingStatus.BOOKED, BookingStatus.HELD)),
        Booking.purpose != Purpose.BLOCKED,
        Booking.starts_at > clock.now(),
        Booking.resource_id.in_(changed),
    )
    found = db.session.scalars(rows.order_by(Booking.starts_at, Booking.id)) if changed else ()
    return [b for b in found if not rules.in_use_on(changed[b.resource_id or 0], day_of(b.starts_at))][:limit]


# ---- use cases -----------------------------------------------------------------------------------------------------


def add_resource(
    actor: Actor,
    *,
    kind: ResourceKind,
    code: str,
    name: str,
    capacity: int = 8,
    equipment: str = "",
    turnaround_minutes: int = 15,
    since: date | None = None,
) -> Resource:
    """A room or tribunal the court uses from a day on: a day that has passed, where it was used before it was entered."""
    _require_keeper(actor, actor.court_id, "add")
    since = since or clock.today()
    if since > clock.today() + rules.LONGEST_PATTERN:
        raise _refused(RoomObstacle.TOO_FAR)
    _check_name(actor, name)
    with transaction():
        new = Resource(
            court_id=actor.court_id, kind=kind, code=code, name=name, capacity=capacity, equipment=equipment,
            turnaround_minutes=turnaround_minutes,
        )  # fmt: skip
        try:
            with db.session.begin_nested():
                audit.record(actor, "add", new, kind=kind, code=code, name=name)
        except IntegrityError as taken:
            raise _refused(RoomObstacle.CODE_TAKEN) from taken
        _settle(actor, new, since, in_use=True, reason="")
    return new


def as_seen(room: Resource) -> str:
    """What stands there, for whoever changes it: what was seen is compared with what is there."""
    return f"{room.name}|{room.capacity}|{room.equipment}|{room.turnaround_minutes}"


def edit_resource(
    actor: Actor, room: Resource, *, name: str, capacity: int, equipment: str, turnaround_minutes: int, seen: str
) -> None:
    """Name, seats, things that stand there, and minutes for airing the room."""
    _require_keeper(actor, room.court_id, "edit")
    with transaction():
        db.session.refresh(room, with_for_update=True)
        if seen and seen != as_seen(room):
            raise Stale(labels.ROOM_STALE, remedy=as_seen(room).replace("|", "  "), subject=room)
        _check_name(actor, name, room.id)
        before = as_seen(room)
        room.name, room.capacity = name, capacity
        room.equipment, room.turnaround_minutes = equipment, turnaround_minutes
        audit.record(actor, "edit", room, before=before, after=as_seen(room))


def settle_use(actor: Actor, room: Resource, *, since: date, in_use: bool, reason: str) -> None:
    """Used from that day on, or not any more. Meetings already fixed are in question, and everybody expected is told."""
    _require_keeper(actor, room.court_id, "settle_use")
    with transaction():
        db.session.refresh(room, with_for_update=True)
        changes = [(row.since, row.in_use) for row in history(room)]
        found = rules.room_obstacle(changes, since, clock.today(), in_use=in_use)
        if found is not None:
            raise _refused(found)
        if not changes:
            # Until now it had always been used, without anybody having said so.
            _settle(actor, room, date.min, in_use=True, reason="")
        _settle(actor, room, since, in_use=in_use, reason=reason)
        hindrances.review(room.court_id, booking_ids=_to_come(room))


def _to_come(room: Resource) -> list[int]:
    rows = sa.select(Booking.id).where(
        Booking.resource_id == room.id, Booking.status == BookingStatus.BOOKED, Booking.starts_at > clock.now()
    )
    return list(db.session.scalars(rows))


def _settle(actor: Actor, room: Resource, since: date, *, in_use: bool, reason: str) -> None:
    same_day = sa.select(ResourceUse).where(ResourceUse.resource_id == room.id, ResourceUse.since == since)
    row = db.session.scalar(same_day) or ResourceUse(court_id=room.court_id, resource_id=room.id, since=since)
    row.in_use, row.reason, row.settled_by_id, row.settled_at = in_use, reason, actor.id, clock.now()
    audit.record(actor, "settle", row, resource=room.id, name=room.name, since=since, in_use=in_use, reason=reason)


def _require_keeper(actor: Actor, court_id: int, step: str) -> None:
    if not rules.may_keep_rooms(actor, court_id):
        raise NotPermitted(step)


def _check_name(actor: Actor, name: str, but: int = 0) -> None:
    """Parties find their room by its name alone."""
    same = sa.select(Resource.id).where(Resource.court_id == actor.court_id, Resource.name == name, Resource.id != but)
    if db.session.scalar(same.limit(1)) is not None:
        raise _refused(RoomObstacle.NAME_TAKEN)


def _refused(obstacle: RoomObstacle) -> DomainError:
    return DomainError(labels.ROOM_OBSTACLE[obstacle], field=FIELD.get(obstacle, "since"))
