"""When mediators are to be had: days of leave, and hours of the week. What is planned elsewhere asks here."""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta
from itertools import pairwise

import sqlalchemy as sa

from mediation.kernel import audit, clock
from mediation.kernel.actor import Actor
from mediation.kernel.audit import AuditEvent
from mediation.kernel.db import db, transaction
from mediation.kernel.errors import DomainError, NotPermitted, Stale
from mediation.roster import labels, rules, watching
from mediation.roster.models import Leave, Mediator, WeeklyHours

LONGEST = timedelta(days=366)
# Before and after noon.
STRETCHES = 2
PLACE = "S4 art. 4, 10"


@dataclass(frozen=True)
class Hours:
    """From when to when on a weekday; 0 is Monday."""

    weekday: int
    starts: time
    ends: time


# ---- reads --------------------------------------------------------------------------------------------------------


def away_on(court_id: int, mediator_ids: Collection[int], day: date) -> set[int]:
    """Who of these is on leave that day."""
    on_leave = sa.select(Leave.mediator_id).where(
        Leave.court_id == court_id, Leave.mediator_id.in_(mediator_ids), Leave.from_on <= day, Leave.to_on >= day
    )
    return set(db.session.scalars(on_leave)) if mediator_ids else set()


def hours_on(court_id: int, mediator_ids: Collection[int], day: date) -> dict[int, list[tuple[time, time]] | None]:
    """When each is to be had on that day of the week: None without restriction, empty when not on that weekday."""
    if not mediator_ids:
        return {}
    found: dict[int, list[tuple[time, time]] | None] = dict.fromkeys(mediator_ids)
    rows = sa.select(WeeklyHours).where(WeeklyHours.court_id == court_id, WeeklyHours.mediator_id.in_(mediator_ids))
    for row in db.session.scalars(rows.order_by(WeeklyHours.starts, WeeklyHours.id)):
        hours = found[row.mediator_id] or []
        found[row.mediator_id] = [*hours, (row.starts, row.ends)] if row.weekday == day.weekday() else hours
    return found


def absences(court_id: int, mediator_ids: Collection[int], since: date, until: date) -> list[Leave]:
    """All leave that touches these days, both included."""
    if not mediator_ids:
        return []
    rows = sa.select(Leave).where(
        Leave.court_id == court_id, Leave.mediator_id.in_(mediator_ids), Leave.from_on <= until, Leave.to_on >= since
    )
    return list(db.session.scalars(rows.order_by(Leave.from_on, Leave.id)))


def leave_of(mediator: Mediator, since: date | None = None) -> Sequence[Leave]:
    """Leave that is not over yet."""
    return absences(mediator.court_id, [mediator.id], since or clock.today(), date.max)


def get_leave(mediator: Mediator, leave_id: int) -> Leave | None:
    """One leave of this mediator."""
    return db.session.scalar(sa.select(Leave).where(Leave.mediator_id == mediator.id, Leave.id == leave_id))


def weekly_hours(mediator: Mediator) -> Sequence[WeeklyHours]:
    """The hours of the week; none when all court hours."""
    rows = sa.select(WeeklyHours).where(WeeklyHours.mediator_id == mediator.id)
    return db.session.scalars(rows.order_by(WeeklyHours.weekday, WeeklyHours.starts)).all()


# ---- use cases ----------------------------------------------------------------------------------------------------


def take_leave(actor: Actor, mediator: Mediator, *, from_on: date, to_on: date, reason: str = "") -> Leave:
    """Enter days of leave: by the mediator, the own organisation, the registry or the president."""
    _require_keeper(actor, mediator, "take_leave")
    if to_on < from_on:
        raise DomainError(labels.LEAVE_ORDER, field="to_on", article=PLACE)
    if from_on < clock.today():
        raise DomainError(labels.LEAVE_PAST, field="from_on", article=PLACE)
    if to_on - from_on > LONGEST:
        raise DomainError(labels.LEAVE_LONG, field="to_on", article=PLACE)
    with transaction():
        _lock(mediator)
        if absences(mediator.court_id, [mediator.id], from_on, to_on):
            raise DomainError(labels.LEAVE_OVERLAPS, field="from_on", article=PLACE)
        leave = Leave(
            court_id=mediator.court_id, mediator_id=mediator.id, from_on=from_on, to_on=to_on, reason=reason.strip()
        )
        audit.record(actor, "take", leave, mediator_id=mediator.id, from_on=from_on, to_on=to_on)
        watching.changed(mediator)
    return leave


def cancel_leave(actor: Actor, mediator: Mediator, leave: Leave) -> None:
    """Take leave back: wholly before it begins, from today on once it has begun."""
    _require_keeper(actor, mediator, "cancel_leave")
    today = clock.today()
    if leave.to_on < today:
        raise DomainError(labels.LEAVE_OVER, article=PLACE)
    with transaction():
        audit.record(
            actor, "cancel", leave, mediator_id=mediator.id, from_on=leave.from_on, to_on=leave.to_on, since=today
        )
        if leave.from_on < today:
            leave.to_on = today - timedelta(days=1)
        else:
            db.session.delete(leave)
        watching.changed(mediator)


def hours_seen(mediator: Mediator) -> str:
    """The hours of the week as they stand, for whoever changes them: what was seen is compared with what is there."""
    return ";".join(f"{h.weekday} {h.starts:%H:%M}-{h.ends:%H:%M}" for h in weekly_hours(mediator))


def last_set(mediator: Mediator) -> AuditEvent | None:
    """Who set the hours last, and when."""
    rows = sa.select(AuditEvent).where(
        AuditEvent.subject_type == Mediator.__tablename__,
        AuditEvent.subject_id == mediator.id,
        AuditEvent.action == "mediator.hours",
    )
    return db.session.scalars(rows.order_by(AuditEvent.id.desc()).limit(1)).first()


def set_hours(actor: Actor, mediator: Mediator, hours: Collection[Hours], *, seen: str | None = None) -> None:
    """Say at which hours of the week the mediator is to be had; none means all court hours.

    `seen`: the hours that stood there when the change was begun; somebody else may have set others since.
    """
    _require_keeper(actor, mediator, "hours")
    wanted = sorted(set(hours), key=lambda one: (one.weekday, one.starts, one.ends))
    for one in wanted:
        if one.ends <= one.starts:
            raise DomainError(labels.HOURS_ORDER, field=f"day_{one.weekday}", article=PLACE)
    for one, after in pairwise(wanted):
        if one.weekday == after.weekday and after.starts < one.ends:
            raise DomainError(labels.HOURS_OVERLAP, field=f"day_{one.weekday}", article=PLACE)
    for weekday, stretches in Counter(one.weekday for one in wanted).items():
        if stretches > STRETCHES:
            raise DomainError(labels.HOURS_MANY, field=f"day_{weekday}", article=PLACE)
    with transaction():
        _lock(mediator)
        if seen is not None and seen != hours_seen(mediator):
            raise Stale(labels.HOURS_STALE, subject=mediator)
        db.session.execute(sa.delete(WeeklyHours).where(WeeklyHours.mediator_id == mediator.id))
        db.session.add_all(
            WeeklyHours(
                court_id=mediator.court_id, mediator_id=mediator.id, weekday=w.weekday, starts=w.starts, ends=w.ends
            )
            for w in wanted
        )
        told = [[one.weekday, f"{one.starts:%H:%M}", f"{one.ends:%H:%M}"] for one in wanted]
        audit.record(actor, "hours", mediator, hours=told)
        watching.changed(mediator)


def _require_keeper(actor: Actor, mediator: Mediator, step: str) -> None:
    if not rules.may_keep(actor, mediator):
        raise NotPermitted(step, article=PLACE)


def _lock(mediator: Mediator) -> None:
    """Two people entering at once wait for each other."""
    db.session.execute(sa.select(Mediator.id).where(Mediator.id == mediator.id).with_for_update())
