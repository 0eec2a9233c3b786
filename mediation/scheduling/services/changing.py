"""Meetings put to another time, and called off; rooms out of service week after week."""

import secrets
from collections.abc import Sequence
from datetime import date, datetime, time
from typing import Any

import sqlalchemy as sa

from mediation.kernel import audit, clock, states
from mediation.kernel.actor import Actor
from mediation.kernel.db import db, transaction
from mediation.kernel.errors import DomainError, NotPermitted
from mediation.kernel.i18n import _
from mediation.scheduling import labels, rules
from mediation.scheduling.errors import NotBookable
from mediation.scheduling.models import Booking
from mediation.scheduling.rules import BookingStatus, DutyObstacle, Obstacle, Purpose, Span, Weekly
from mediation.scheduling.services import hindrances, telling, waiting
from mediation.scheduling.services.booking import Wanted, book, let_go, occupy, place_of, revise
from mediation.scheduling.services.expecting import expected_at
from mediation.scheduling.services.finding import agrees_by_acting
from mediation.scheduling.services.people import people_of

SHOWN_CONFLICTS = 8


def move(
    actor: Actor,
    booking: Booking,
    starts_at: datetime,
    ends_at: datetime,
    resource_id: int | None,
    *,
    agreed_short_notice: bool = False,
    agreed_off_duty: bool = False,
) -> None:
    """Put a meeting to another time or room; everybody who must be there is checked again, and told anew."""
    states.check(rules.STEPS, "move", actor, booking)
    people = people_of(booking)
    blocking = booking.purpose is Purpose.BLOCKED
    wanted = Wanted(
        booking.court_id,
        Span(starts_at, ends_at),
        place_of(actor, resource_id),
        people,
        agreed_short_notice,
        agreed_off_duty or agrees_by_acting(actor, people),
        blocking,
    )
    with transaction():
        occupy(actor, booking, wanted, "move")
        db.session.refresh(booking, ["resource"])
        if not blocking:
            telling.tell(actor, booking, telling.MOVED, expected_at([booking])[booking.id])
            hindrances.review(booking.court_id, booking_ids=[booking.id], silently=True)
        waiting.after_freeing(booking.court_id)


def cancel(actor: Actor, booking: Booking, reason: str, *, told: bool = True) -> None:
    """Free the time again; who cancelled and why stays on record, and everybody is told (unless they are told more)."""
    with transaction():
        expected = expected_at([booking])[booking.id]
        booking.cancelled_reason = reason[:300]
        revise(booking)
        audit.advance(rules.STEPS, "cancel", actor, booking, reason=reason, starts_at=booking.starts_at)
        let_go(booking)
        if told and booking.purpose is not Purpose.BLOCKED:
            telling.tell(actor, booking, telling.CANCELLED, expected)
        hindrances.review(booking.court_id, booking_ids=[booking.id], silently=True)
        waiting.after_freeing(booking.court_id)


def block_weekly(
    actor: Actor, *, resource_id: int, pattern: Weekly, begins: time, ends: time, note: str
) -> Sequence[Booking]:
    """A room out of service week after week: on every day, or, where anything stands in the way, on none."""
    if not rules.may_block(actor, actor.court_id):
        raise NotPermitted("block_weekly")
    found = rules.duty_obstacle(pattern, begins, ends, clock.today())
    if found is not None:
        raise DomainError(labels.DUTY_OBSTACLE[found], field="ends" if found is DutyObstacle.ORDER else "last_day")
    series, made, refused = secrets.token_urlsafe(12), [], []
    days = [day for day in pattern.days() if _at(day, begins) > clock.now()]
    with transaction():
        for day in days:
            try:
                made.append(_block(actor, resource_id, day, begins, ends, note, series))
            except NotBookable as conflict:
                if conflict.obstacle is not Obstacle.TAKEN:
                    raise
                refused.append(day)
        if refused:
            raise _conflicts(refused, len(days))
    return made


def _at(day: date, moment_of_day: time) -> datetime:
    return clock.at(day, moment_of_day.hour, moment_of_day.minute)


def _block(
    actor: Actor, resource_id: int, day: date, begins: time, ends: time, note: str, series: str
) -> Booking:  # fmt: skip
    return book(
        actor, purpose=Purpose.BLOCKED, resource_id=resource_id, starts_at=_at(day, begins), ends_at=_at(day, ends),
        note=note, series=series,
    )  # fmt: skip


def _conflicts(refused: Sequence[date], all_days: int) -> DomainError:
    shown = _("; ").join(f"{day:%Y-%m-%d}" for day in refused[:SHOWN_CONFLICTS])
    words = _(
        "Nothing was blocked: on %(number)s of %(all)s days the room is taken already (%(days)s).",
        number=len(refused), all=all_days, days=shown + ("…" if len(refused) > SHOWN_CONFLICTS else ""),
    )  # fmt: skip
    return DomainError(words, remedy=_("Move or cancel those meetings first, or choose another pattern."))


def _rest_of_series(booking: Booking) -> Any:
    return sa.select(Booking).where(
        Booking.court_id == booking.court_id,
        Booking.series == booking.series,
        Booking.status == BookingStatus.BOOKED,
        Booking.starts_at >= booking.starts_at,
    )


def left_of_series(booking: Booking) -> int:
    """On how many days a weekly blocking still stands from this one on."""
    rows = _rest_of_series(booking).with_only_columns(sa.func.count())
    return (db.session.scalar(rows) or 0) if booking.series else 0


def end_series(actor: Actor, booking: Booking, reason: str) -> int:
    """End a weekly blocking from this day on; the days before stay on record."""
    states.check(rules.STEPS, "cancel", actor, booking)
    if not booking.series:
        raise DomainError(labels.NO_SERIES)
    with transaction():
        found = db.session.scalars(_rest_of_series(booking).order_by(Booking.starts_at, Booking.id)).all()
        for one in found:
            cancel(actor, one, reason)
    return len(found)
