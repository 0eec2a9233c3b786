"""Why a time cannot be had, in words; and the next times that all could have."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from mediation.kernel import clock
from mediation.kernel.actor import Actor
from mediation.kernel.i18n import _
from mediation.scheduling import labels, rules
from mediation.scheduling.errors import Instead, NotBookable
from mediation.scheduling.rules import Bar, Obstacle, Why
from mediation.scheduling.services import availability
from mediation.scheduling.services.availability import Window
from mediation.scheduling.services.finding import asking, first_free
from mediation.scheduling.services.hours import day_of, days_of
from mediation.scheduling.services.naming import people_names
from mediation.scheduling.services.people import Who
from mediation.scheduling.services.rooms import is_in_use, resources
from mediation.web.templating import moment

if TYPE_CHECKING:
    from mediation.scheduling.services.booking import Wanted

OBSTACLE_OF = {
    Why.NOT_ON_LIST: Obstacle.NOT_ON_LIST,
    Why.CERTIFICATE: Obstacle.CERTIFICATE,
    Why.ON_LEAVE: Obstacle.ON_LEAVE,
    Why.OWN_HOURS: Obstacle.OUTSIDE_OWN_HOURS,
    Why.OFF_DUTY: Obstacle.OFF_DUTY,
    Why.UNAVAILABLE: Obstacle.PARTY_UNAVAILABLE,
}


def refuse_unlawful(wanted: "Wanted", known: Mapping[Who, str]) -> None:
    """Raise what stands against the wish, the hardest first; who is meant is named."""
    days, day = days_of(wanted.court_id), day_of(wanted.span.starts_at)
    if not wanted.blocking and day > days.last:
        raise _refused(Obstacle.NO_CALENDAR)
    found = rules.obstacles(
        wanted.span,
        now=wanted.span.starts_at - timedelta(days=1) if wanted.held else clock.now(),
        working_day=days.works(day),
        short_notice_agreed=wanted.short_notice_agreed or wanted.held,
        blocking=wanted.blocking,
        halves=days.halves(day),
    )
    if found:
        raise _refused(found[0], days.halves(day))
    if wanted.place is not None and not is_in_use(wanted.place, day):
        raise _refused(Obstacle.OUT_OF_USE)
    if wanted.blocking:
        return
    bars = availability.bars(
        wanted.court_id, wanted.people, known, Window(day, day), days, off_duty=wanted.off_duty_agreed
    )
    for bar in bars:
        if bar.diary.meets(wanted.span):
            raise _barred(bar)


def _refused(obstacle: Obstacle, halves: rules.Halves = rules.OPENING) -> NotBookable:
    words = str(labels.OBSTACLE[obstacle])
    if obstacle is Obstacle.OUTSIDE_HOURS:
        times = [f"{t:%H:%M}" for half in halves for t in half]
        words = _(
            "On that day meetings are held from %(a)s to %(b)s and from %(c)s to %(d)s.",
            a=times[0], b=times[1], c=times[2], d=times[3],
        )  # fmt: skip
    return NotBookable(
        obstacle, words, article=rules.OBSTACLE_ARTICLE[obstacle], remedy=labels.REMEDY.get(obstacle, "")
    )


def _barred(bar: Bar) -> NotBookable:
    obstacle = OBSTACLE_OF[bar.why]
    name = people_names([(bar.kind, bar.key)]).get((bar.kind, bar.key), "")
    words = _("%(name)s: %(reason)s", name=name, reason=labels.OBSTACLE[obstacle])
    return NotBookable(
        obstacle, words, article=rules.OBSTACLE_ARTICLE[obstacle], remedy=labels.REMEDY.get(obstacle, "")
    )


def taken(actor: Actor, wanted: "Wanted", booking_id: int | None, dispute_id: int | None) -> NotBookable:
    """The refusal, with the next times that all could have; whose meeting stands there is not said."""
    room = wanted.place.id if wanted.place else None

    def look() -> Instead:
        asked = asking(
            actor, length=min(wanted.span.ends_at - wanted.span.starts_at, rules.LONGEST), resource_id=room,
            since=wanted.span.starts_at - rules.RASTER, short_notice=wanted.short_notice_agreed,
            besides=[booking_id] if booking_id else [], dispute_id=dispute_id,
        )  # fmt: skip
        free = first_free(replace(asked, people=wanted.people, off_duty=wanted.off_duty_agreed))
        names = {r.id: r.name for r in resources(actor)}
        times = [_("%(time)s, %(room)s", time=_told(f.span.starts_at), room=names.get(f.resource_id, "")) for f in free]
        return Instead(free, _("Free for all who take part: %(times)s.", times=_("; ").join(times)) if times else "")

    return NotBookable(Obstacle.TAKEN, labels.OBSTACLE[Obstacle.TAKEN], look=look)


def _told(starts_at: datetime) -> str:
    return str(moment(starts_at))
