"""The court's hours as dated data, and on which days it works."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cached_property

import sqlalchemy as sa

from mediation.kernel import audit, clock
from mediation.kernel.actor import Actor
from mediation.kernel.db import db, transaction
from mediation.kernel.errors import DomainError, NotPermitted
from mediation.periods import services as periods
from mediation.periods.calendar import Calendar
from mediation.scheduling import labels, rules
from mediation.scheduling.models import Booking, CourtHours
from mediation.scheduling.rules import BookingStatus, Halves, HoursObstacle, Purpose, Settled, Span

# No holiday lasts longer, with the weekends beside it.
LONGEST_REST = timedelta(days=16)


@dataclass(frozen=True)
class Days:
    """The days of a court: when it is open, and whether that is certain."""

    calendar: Calendar
    settled: Sequence[Settled]

    def works(self, day: date) -> bool:
        """Whether the court works; days of which nobody knows are no working days."""
        return day in self.calendar and not self.calendar.is_rest(day)

    def halves(self, day: date) -> Halves:
        """The hours of a day, if the court works."""
        return rules.halves_on(self.settled, day)

    def open(self, first: date, last: date) -> Iterator[tuple[date, Halves]]:
        """Every working day between two days, both included, with its hours."""
        for n in range((last - first).days + 1):
            if self.works(day := first + timedelta(days=n)):
                yield day, self.halves(day)

    def coming(self, moment: datetime) -> date:
        """The day on which the court works next, today while it is not closed yet; without one that is known, today."""
        today = day_of(moment)
        for day, halves in self.open(today, today + LONGEST_REST):
            if day > today or moment < clock.at(today, halves[-1][1].hour, halves[-1][1].minute):
                return day
        return today

    def is_provisional(self, day: date) -> bool:
        """Whether the holidays of that year still wait for the State Council's notice."""
        return day in self.calendar and self.calendar.fact(day).provisional

    @cached_property
    def last(self) -> date:
        """The last day that can be planned for."""
        return self.calendar.last


def days_of(court_id: int) -> Days:
    """The days of a court, read once."""
    return Days(periods.calendar(), [_settled(row) for row in _rows(court_id)])


def _rows(court_id: int) -> Sequence[CourtHours]:
    return db.session.scalars(
        sa.select(CourtHours).where(CourtHours.court_id == court_id).order_by(CourtHours.since)
    ).all()


def _settled(row: CourtHours) -> Settled:
    return Settled(row.since, ((row.opens, row.noon), (row.again, row.closes)))


def settled_hours(actor: Actor) -> Sequence[CourtHours]:
    """What was settled for the court, first to last."""
    return _rows(actor.court_id)


def settle_hours(
    actor: Actor, *, since: date, opens: time, noon: time, again: time, closes: time, reason: str
) -> Sequence[Booking]:
    """New hours from a day on. Meetings already fixed stay; those now outside are named, so that somebody sees to them."""
    if not rules.may_settle_hours(actor, actor.court_id):
        raise NotPermitted("settle_hours")
    halves = ((opens, noon), (again, closes))
    found = rules.hours_obstacle(halves, since, clock.today())
    if found is not None:
        field = "since" if found is HoursObstacle.BACKDATED else "opens"
        raise DomainError(labels.HOURS_OBSTACLE[found], field=field)
    with transaction():
        row = db.session.scalar(
            sa.select(CourtHours).where(CourtHours.court_id == actor.court_id, CourtHours.since == since)
        )
        told = {"since": since, "opens": opens.isoformat("minutes"), "noon": noon.isoformat("minutes"),
                "again": again.isoformat("minutes"), "closes": closes.isoformat("minutes"), "reason": reason}  # fmt: skip
        if row is None:
            row = CourtHours(court_id=actor.court_id, since=since)
        else:
            told["before"] = [t.isoformat("minutes") for t in (row.opens, row.noon, row.again, row.closes)]
        row.opens, row.noon, row.again, row.closes = opens, noon, again, closes
        row.reason, row.settled_by_id, row.settled_at = reason, actor.id, clock.now()
        audit.record(actor, "settle", row, **told)
    return outside_hours(actor)


def outside_hours(actor: Actor, *, limit: int = 200) -> list[Booking]:
    """Meetings still to come that the court's hours no longer cover, or that lie on a day of rest."""
    rows = sa.select(Booking).where(
        Booking.court_id == actor.court_id,
        Booking.status.in_((BookingStatus.BOOKED, BookingStatus.HELD)),
        Booking.purpose != Purpose.BLOCKED,
        Booking.starts_at > clock.now(),
    )
    days = days_of(actor.court_id)
    found = db.session.scalars(rows.order_by(Booking.starts_at, Booking.id))
    return [b for b, _n in zip((b for b in found if not _covered(days, b)), range(limit), strict=False)]


def _covered(days: Days, booking: Booking) -> bool:
    day = day_of(booking.starts_at)
    return days.works(day) and rules.within(Span(booking.starts_at, booking.ends_at), days.halves(day))


def day_of(moment: datetime) -> date:
    """The court's day of a moment."""
    return clock.local(moment).date()
