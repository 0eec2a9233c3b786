"""When people cannot come, other than by being at another meeting: leave, own hours, the list, duty, what parties say."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, time, timedelta

import sqlalchemy as sa

from mediation.kernel import clock
from mediation.kernel.db import db
from mediation.roster import services as roster
from mediation.roster.models import Mediator, Organisation, WeeklyHours
from mediation.roster.rules import RosterStatus
from mediation.scheduling import rules
from mediation.scheduling.models import Unavailability
from mediation.scheduling.rules import Bar, ClaimantKind, DayPart, Diary, Span, Why
from mediation.scheduling.services import duty
from mediation.scheduling.services.hours import Days
from mediation.scheduling.services.people import People, Who

Spell = tuple[time, time]


LISTS = (Mediator, Organisation)


@dataclass(frozen=True)
class Window:
    """The days looked at, both included."""

    first: date
    last: date

    def days(self) -> Iterator[date]:
        """Each of them."""
        return (self.first + timedelta(days=n) for n in range((self.last - self.first).days + 1))

    @property
    def span(self) -> Span:
        """All of it."""
        return whole(self.first, self.last)


def whole(first: date, last: date) -> Span:
    """From midnight to midnight."""
    return Span(clock.at(first), clock.at(last + timedelta(days=1)))


def bars(
    court_id: int, people: People, known: Mapping[Who, str], window: Window, days: Days, *, off_duty: bool
) -> list[Bar]:
    """Every time in these days that does not fit one of them, with the reason.

    `off_duty`: the mediators agree to times outside their duty.
    """
    found = [*_of_mediators(court_id, people.mediators, window)]
    if not off_duty:
        found += duty.bars(court_id, people.mediators, window.first, window.last, days)
    found += _of_parties(court_id, known, window, days)
    return [bar for bar in found if bar.diary]


def _of_mediators(court_id: int, ids: Collection[int], window: Window) -> Iterator[Bar]:
    if not ids:
        return
    # S5 art. 27: from a higher court's list only who consents to serve here, the body behind too.
    away = [
        sa.and_(of.listed_by != "", sa.or_(of.consented_on.is_(None), of.consented_on > window.first)) for of in LISTS
    ]
    listed = (
        sa.select(
            Mediator.id,
            Mediator.status,
            Mediator.certificate_expires_on,
            Organisation.status,
            sa.func.coalesce(sa.or_(*away), sa.false()),
        )
        .outerjoin(Organisation, Organisation.id == Mediator.organisation_id)
        .where(Mediator.id.in_(ids))
    )
    for i, status, expires, body, unwilling in db.session.execute(listed):
        who = (ClaimantKind.MEDIATOR, str(i))
        # S4 art. 6: a member is listed under the body, and stands with it.
        if status is not RosterStatus.ACTIVE or body not in {None, RosterStatus.ACTIVE} or unwilling:
            yield Bar(Why.NOT_ON_LIST, Diary([window.span]), *who)
        if expires < window.last:
            # The last day of the certificate still counts.
            lapsed = whole(max(window.first, expires + timedelta(days=1)), window.last)
            yield Bar(Why.CERTIFICATE, Diary([lapsed]), *who)
    leave: dict[int, list[Span]] = {}
    for one in roster.absences(court_id, ids, window.first, window.last):
        leave.setdefault(one.mediator_id, []).append(whole(one.from_on, one.to_on))
    for i, spans in leave.items():
        yield Bar(Why.ON_LEAVE, Diary(spans), ClaimantKind.MEDIATOR, str(i))
    for i, week in _weeks(court_id, ids).items():
        spans = [span for day in window.days() for span in rules.outside(day, week.get(day.weekday(), ()))]
        yield Bar(Why.OWN_HOURS, Diary(spans), ClaimantKind.MEDIATOR, str(i))


def _weeks(court_id: int, ids: Collection[int]) -> dict[int, dict[int, list[Spell]]]:
    """The hours of the week of those who have any of their own."""
    rows = sa.select(WeeklyHours).where(WeeklyHours.court_id == court_id, WeeklyHours.mediator_id.in_(ids))
    found: dict[int, dict[int, list[Spell]]] = {}
    for row in db.session.scalars(rows):
        found.setdefault(row.mediator_id, {}).setdefault(row.weekday, []).append((row.starts, row.ends))
    return found


def _of_parties(court_id: int, known: Mapping[Who, str], window: Window, days: Days) -> Iterator[Bar]:
    """A person who cannot come cannot come in another dispute either, nor as somebody's agent."""
    of = {being: who for who, being in known.items() if who[0] in {ClaimantKind.PARTY, ClaimantKind.AGENT}}
    if not of:
        return
    rows = sa.select(Unavailability).where(
        Unavailability.court_id == court_id,
        Unavailability.being.in_(of),
        Unavailability.withdrawn_at.is_(None),
        Unavailability.first_day <= window.last,
        Unavailability.last_day >= window.first,
    )
    spans: dict[str, list[Span]] = {}
    for row in db.session.scalars(rows):
        for day in Window(max(row.first_day, window.first), min(row.last_day, window.last)).days():
            spans.setdefault(row.being, []).append(_part(day, row.part, days))
    for being, taken in spans.items():
        yield Bar(Why.UNAVAILABLE, Diary(taken), *of[being])


def _part(day: date, part: DayPart, days: Days) -> Span:
    """Morning and afternoon meet in the middle of the court's noon."""
    midday = days.halves(day)[0][1]
    noon = clock.at(day, midday.hour, midday.minute)
    span = whole(day, day)
    if part is DayPart.MORNING:
        return Span(span.starts_at, noon)
    return Span(noon, span.ends_at) if part is DayPart.AFTERNOON else span
