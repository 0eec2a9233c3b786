"""Duty of the resident mediators (值班): who is planned when, who is there now, and which times lie outside."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta

import sqlalchemy as sa

from mediation.kernel import audit, clock
from mediation.kernel.actor import Actor
from mediation.kernel.db import db, transaction
from mediation.kernel.errors import DomainError, NotPermitted
from mediation.roster import services as roster
from mediation.roster.models import Mediator
from mediation.roster.rules import Category, RosterStatus
from mediation.scheduling import labels, rules
from mediation.scheduling.models import DutyChange, DutyShift
from mediation.scheduling.rules import Bar, Changes, ClaimantKind, Diary, DutyObstacle, Span, Weekly, Why
from mediation.scheduling.services.hours import Days, days_of

RESIDENT = (Category.RESIDENT_PEOPLES, Category.RESIDENT_INVITED)


@dataclass(frozen=True)
class OnDuty:
    """A mediator's duty on one day."""

    mediator_id: int
    name: str
    shift_id: int
    span: Span
    on_leave: bool


def residents(actor: Actor) -> Sequence[Mediator]:
    """The mediators who sit at the court and can be planned for duty."""
    rows = sa.select(Mediator).where(
        Mediator.court_id == actor.court_id, Mediator.category.in_(RESIDENT), Mediator.status == RosterStatus.ACTIVE
    )
    return db.session.scalars(rows.order_by(Mediator.id)).all()


def shifts(court_id: int, *, since: date | None = None) -> Sequence[DutyShift]:
    """The shifts that are not over yet."""
    rows = sa.select(DutyShift).where(DutyShift.court_id == court_id, DutyShift.last_day >= (since or clock.today()))
    return db.session.scalars(rows.order_by(DutyShift.first_day, DutyShift.starts, DutyShift.id)).all()


def shift(actor: Actor, shift_id: int) -> DutyShift | None:
    """A shift of the actor's court."""
    return db.session.scalar(sa.select(DutyShift).where(DutyShift.id == shift_id, DutyShift.court_id == actor.court_id))


def names_of(found: Collection[DutyShift]) -> dict[int, str]:
    """Whose shifts these are."""
    rows = sa.select(Mediator.id, Mediator.name).where(Mediator.id.in_({s.mediator_id for s in found}))
    return {row[0]: row[1] for row in db.session.execute(rows)}


def plan_shift(
    actor: Actor,
    *,
    mediator_id: int,
    weekdays: Collection[int],
    starts: time,
    ends: time,
    first_day: date,
    last_day: date,
    every: int = 1,
) -> DutyShift:
    """Plan a resident mediator's duty, week after week."""  # fmt: skip
    if not rules.may_keep_duty(actor, actor.court_id):
        raise NotPermitted("plan_shift")
    mediator = next((m for m in residents(actor) if m.id == mediator_id), None)
    if mediator is None:
        raise _refused(DutyObstacle.NOT_RESIDENT, "mediator_id")
    pattern = Weekly(frozenset(weekdays), first_day, last_day, every)
    found = rules.duty_obstacle(pattern, starts, ends, clock.today())
    if found is not None:
        early = found is DutyObstacle.PAST and first_day < clock.today()
        raise _refused(found, "ends" if found is DutyObstacle.ORDER else "first_day" if early else "last_day")
    with transaction():
        made = DutyShift(
            court_id=actor.court_id, mediator_id=mediator.id, weekdays=sorted(pattern.weekdays), every=every,
            starts=starts, ends=ends, first_day=first_day, last_day=last_day, planned_by_id=actor.id, changes=[],
        )  # fmt: skip
        audit.record(
            actor, "plan", made, mediator=mediator.id, name=mediator.name, weekdays=made.weekdays, every=every,
            starts=starts.isoformat("minutes"), ends=ends.isoformat("minutes"), first_day=first_day, last_day=last_day,
        )  # fmt: skip
    return made


def change_day(actor: Actor, found: DutyShift, *, day: date, extra: bool, reason: str) -> None:
    """One day otherwise: left out, or made up."""
    if not rules.may_keep_duty(actor, found.court_id):
        raise NotPermitted("change_day")
    days = days_of(found.court_id)
    if day < clock.today() or not days.works(day):
        raise _refused(DutyObstacle.NO_WORKING_DAY, "day")
    if extra == _pattern(found).falls_on(day):
        raise _refused(DutyObstacle.ALREADY_SO, "day")
    with transaction():
        change = next((c for c in found.changes if c.day == day), None)
        if change is None:
            change = DutyChange(court_id=found.court_id, shift_id=found.id, day=day)
            found.changes.append(change)
        change.extra, change.reason = extra, reason
        audit.record(actor, "change", found, day=day, extra=extra, reason=reason)


def end_shift(actor: Actor, found: DutyShift, *, last_day: date) -> None:
    """No duty after that day; what was kept before stays on record."""
    if not rules.may_keep_duty(actor, found.court_id):
        raise NotPermitted("end_shift")
    if not clock.today() - timedelta(days=1) <= last_day < found.last_day:
        raise _refused(DutyObstacle.LATER_END, "last_day")
    with transaction():
        before, found.last_day = found.last_day, max(last_day, found.first_day)
        audit.record(actor, "end", found, before=before, last_day=last_day)


def _refused(obstacle: DutyObstacle, field: str) -> DomainError:
    return DomainError(labels.DUTY_OBSTACLE[obstacle], field=field)


def _pattern(found: DutyShift) -> Weekly:
    return Weekly(frozenset(found.weekdays), found.first_day, found.last_day, found.every)


def _changes(found: DutyShift) -> Changes:
    off, extra = ({c.day for c in found.changes if c.extra is wanted} for wanted in (False, True))
    return Changes(frozenset(off), frozenset(extra))


def _span(found: DutyShift, day: date) -> Span:
    return Span(
        clock.at(day, found.starts.hour, found.starts.minute), clock.at(day, found.ends.hour, found.ends.minute)
    )


def kept_on(court_id: int, day: date, days: Days | None = None) -> list[OnDuty]:
    """Who is on duty on a day, first to begin first; whoever is on leave is named as such."""
    return week_of(court_id, day, day, days)[day]


def week_of(court_id: int, first: date, last: date, days: Days | None = None) -> dict[date, list[OnDuty]]:
    """The same for several days at once."""
    days = days or days_of(court_id)
    rows = [s for s in shifts(court_id, since=first) if s.first_day <= last]
    ids = sorted({s.mediator_id for s in rows})
    named = sa.select(Mediator.id, Mediator.name).where(Mediator.id.in_(ids))
    names = {row[0]: row[1] for row in db.session.execute(named)} if ids else {}
    away = roster.absences(court_id, ids, first, last)
    found: dict[date, list[OnDuty]] = {}
    for n in range((last - first).days + 1):
        day = first + timedelta(days=n)
        gone = {one.mediator_id for one in away if one.from_on <= day <= one.to_on}
        kept = [s for s in rows if rules.on_duty(_pattern(s), _changes(s), day, working_day=days.works(day))]
        found[day] = [
            OnDuty(s.mediator_id, names[s.mediator_id], s.id, _span(s, day), s.mediator_id in gone)
            for s in sorted(kept, key=lambda s: (s.starts, s.id))
        ]
    return found


def now_on_duty(court_id: int) -> list[OnDuty]:
    """Who sits at the court this moment for whoever walks in."""
    now = clock.now()
    return [
        one
        for one in kept_on(court_id, clock.today())
        if one.span.starts_at <= now < one.span.ends_at and not one.on_leave
    ]


def bars(court_id: int, mediator_ids: Collection[int], first: date, last: date, days: Days) -> Iterator[Bar]:
    """The times outside duty of those who have a duty in force; without one, all court hours are theirs."""
    own = [s for s in shifts(court_id, since=first) if s.mediator_id in set(mediator_ids) and s.first_day <= last]
    for mediator_id in sorted({s.mediator_id for s in own}):
        spans: list[Span] = []
        for n in range((last - first).days + 1):
            day = first + timedelta(days=n)
            in_force = [s for s in own if s.mediator_id == mediator_id and s.first_day <= day <= s.last_day]
            made_up = [s for s in own if s.mediator_id == mediator_id and day in _changes(s).extra]
            if not in_force and not made_up:
                continue
            kept = [
                (s.starts, s.ends)
                for s in {*in_force, *made_up}
                if rules.on_duty(_pattern(s), _changes(s), day, working_day=days.works(day))
            ]
            spans += rules.outside(day, kept)
        yield Bar(Why.OFF_DUTY, Diary(spans), ClaimantKind.MEDIATOR, str(mediator_id))
