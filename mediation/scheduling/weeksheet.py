"""The week on paper: a page for each room, or for each mediator and judge, so that a week survives an outage.

A room's page names no party, for it is put up at the door. A person's page does, and says that it is not to be put up.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from mediation.documents import composing, engine
from mediation.documents.fontset import MissingGlyph
from mediation.kernel import clock
from mediation.kernel.errors import DomainError
from mediation.kernel.i18n import _
from mediation.scheduling.daysheet import PURPOSE, WEEKDAYS
from mediation.scheduling.models import Resource
from mediation.scheduling.rules import ClaimantKind
from mediation.scheduling.services.doors import Visit
from mediation.scheduling.services.duty import OnDuty

TEMPLATE = "documents/sheets/week_sheet.html"
STAFF = {ClaimantKind.MEDIATOR: "调解员", ClaimantKind.JUDGE: "法官"}
Person = tuple[ClaimantKind, int]


@dataclass(frozen=True)
class Line:
    """One meeting, or a time on duty."""

    time: str
    what: str
    number: str = ""
    place: str = ""
    people: str = ""


@dataclass
class DayOf:
    """One day of a page."""

    day: date
    weekday: str
    works: bool
    lines: list[Line] = field(default_factory=list)


@dataclass(frozen=True)
class Sheet:
    """One page: whose week it is, and its days."""

    title: str
    under: str
    days: Sequence[DayOf]


@dataclass(frozen=True)
class Week:
    """The seven days from a Monday on, with everything fixed in them."""

    first: date
    works: Mapping[date, bool]
    visits: Sequence[Visit]
    duty: Mapping[date, Sequence[OnDuty]]

    @property
    def last(self) -> date:
        """Its Sunday."""
        return self.first + timedelta(days=6)

    def blank(self) -> dict[date, DayOf]:
        """The days with nothing on them."""
        days = (self.first + timedelta(days=n) for n in range(7))
        return {day: DayOf(day, WEEKDAYS[day.weekday()], self.works[day]) for day in days}


def of_rooms(week: Week, rooms: Sequence[Resource]) -> list[Sheet]:
    """A page for each room."""
    found = []
    for room in rooms:
        days = week.blank()
        for visit in week.visits:
            if visit.booking.resource_id == room.id:
                staff = "、".join(p.name for p in visit.expected if p.kind in STAFF)
                for day in _days_of(visit, week):
                    days[day].lines.append(_line(visit, day, people=staff))
        found.append(Sheet(room.name, "", _shown(days)))
    return found


def of_people(week: Week, wanted: Mapping[Person, str] | None = None) -> list[Sheet]:
    """A page for each mediator and judge with something to do that week, or for these alone."""
    names = dict(wanted) if wanted is not None else _everybody(week)
    found = []
    for (kind, person_id), name in sorted(names.items(), key=lambda one: (one[0][0], one[1], one[0][1])):
        days = week.blank()
        if kind is ClaimantKind.MEDIATOR:
            _put_duty(week, days, person_id)
        for visit in week.visits:
            if any((p.kind, p.id) == (kind, person_id) for p in visit.expected):
                others = "、".join(p.name for p in visit.expected if (p.kind, p.id) != (kind, person_id))
                place = visit.booking.resource.name if visit.booking.resource else ""
                for day in _days_of(visit, week):
                    days[day].lines.append(_line(visit, day, place=place, people=others))
        found.append(Sheet(name, STAFF[kind], _shown(days)))
    return found


def _everybody(week: Week) -> dict[Person, str]:
    found = {(p.kind, p.id): p.name for visit in week.visits for p in visit.expected if p.kind in STAFF}
    on_duty = {(ClaimantKind.MEDIATOR, one.mediator_id): one.name for kept in week.duty.values() for one in kept}
    return on_duty | found


def _put_duty(week: Week, days: Mapping[date, DayOf], mediator_id: int) -> None:
    for day, kept in week.duty.items():
        for one in kept:
            if one.mediator_id == mediator_id:
                time = f"{clock.local(one.span.starts_at):%H:%M}—{clock.local(one.span.ends_at):%H:%M}"
                days[day].lines.append(Line(time, "值班（请假）" if one.on_leave else "值班"))


def _days_of(visit: Visit, week: Week) -> list[date]:
    """On which days of the week it lies: a room can be out of service over several."""
    first = max(clock.local(visit.booking.starts_at).date(), week.first)
    last = min(clock.local(visit.booking.ends_at - timedelta(minutes=1)).date(), week.last)
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]


def _line(visit: Visit, day: date, *, place: str = "", people: str = "") -> Line:
    starts, ends = clock.local(visit.booking.starts_at), clock.local(visit.booking.ends_at)
    begins = f"{starts:%H:%M}" if starts.date() == day else "00:00"
    closes = f"{ends:%H:%M}" if ends.date() == day else "24:00"
    what = PURPOSE.get(visit.booking.purpose, "")
    return Line(f"{begins}—{closes}", what, visit.number, place, people or visit.booking.note)


def _shown(days: Mapping[date, DayOf]) -> list[DayOf]:
    """Working days, and days of rest on which there is something all the same."""
    shown = [day for day in days.values() if day.works or day.lines]
    for day in shown:
        day.lines.sort(key=lambda line: line.time)
    return shown


def printed(court: str, week: Week, sheets: Sequence[Sheet], *, people: bool) -> bytes:
    """The PDF."""
    created = clock.now().replace(microsecond=0)
    html = (
        composing.environment()
        .get_template(TEMPLATE)
        .render(court=court, first=week.first, last=week.last, sheets=sheets, people=people, created=created)
    )
    try:
        return engine.render(html, created=created)
    except MissingGlyph as absent:
        raise DomainError(_("A character cannot be printed: %(problem)s", problem=str(absent))) from absent
