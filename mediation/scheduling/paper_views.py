"""The day and the week on paper, so that both survive an outage."""

from collections.abc import Mapping
from datetime import date, timedelta

from flask import abort, make_response, request, url_for
from flask.typing import ResponseReturnValue

from mediation.accounts import services as accounts
from mediation.kernel import clock
from mediation.kernel.actor import REGISTRY
from mediation.scheduling import daysheet, rules, services, weeksheet
from mediation.scheduling.blueprint import bp
from mediation.scheduling.door_views import asked_day
from mediation.scheduling.rules import ClaimantKind
from mediation.scheduling.services import doors, duty
from mediation.scheduling.services.hours import days_of
from mediation.scheduling.services.naming import people_names
from mediation.scheduling.weeksheet import Person, Week
from mediation.web.auth import actor


def _pdf(body: bytes, name: str) -> ResponseReturnValue:
    answer = make_response(body)
    answer.headers["Content-Type"] = "application/pdf"
    answer.headers["Content-Disposition"] = f'inline; filename="{name}.pdf"'
    return answer


@bp.get("/schedule/day-sheets.pdf")
def day_sheets() -> ResponseReturnValue:
    """The day on paper: a page for each room, or for the `room` asked for; with `inside` the registry's own list."""
    day, inside = asked_day("day", clock.today()), "inside" in request.args
    court, rooms = accounts.court(actor().court_id), services.resources(actor(), on=day)
    if only := request.args.get("room", type=int):
        rooms = [room for room in rooms if room.id == only] or abort(404)
    body = daysheet.printed(
        court.name,
        day,
        rooms,
        doors.visits(actor(), day, blocked=True),
        inside=inside,
        address=lambda room: url_for(".door", resource_id=room.id, code=doors.door_code(room), _external=True),
    )
    return _pdf(body, f"day-{day.isoformat()}{'-list' if inside else ''}")


@bp.get("/schedule/week-sheets.pdf")
def week_sheets() -> ResponseReturnValue:
    """The week on paper: a page for each room or the `room` asked for; with `people` for each mediator and judge.

    Mediators and judges get their own page and nobody else's.
    """
    asked = asked_day("day", clock.today())
    week = _week(asked - timedelta(days=asked.weekday()))
    court = accounts.court(actor().court_id)
    people = "people" in request.args or not actor().has(*REGISTRY)
    if people:
        sheets = weeksheet.of_people(week, _wanted())
    else:
        only = request.args.get("room", type=int)
        rooms = [room for room in services.resources(actor()) if only in {None, room.id}]
        sheets = weeksheet.of_rooms(week, rooms)
    if not sheets:
        abort(404)
    body = weeksheet.printed(court.name, week, sheets, people=people)
    return _pdf(body, f"week-{week.first.isoformat()}-{'people' if people else 'rooms'}")


def _week(first: date) -> Week:
    last, days = first + timedelta(days=6), days_of(actor().court_id)
    return Week(
        first,
        {day: days.works(day) for day in (first + timedelta(days=n) for n in range(7))},
        doors.visits_between(actor(), first, last),
        duty.week_of(actor().court_id, first, last, days),
    )


def _wanted() -> Mapping[Person, str] | None:
    """Whose pages: everybody's for the registry, or those asked for; whoever else asks gets the own."""
    own = rules.own_calendar(actor())
    if not actor().has(*REGISTRY):
        return _named(own) if own is not None else abort(403)
    for kind in (ClaimantKind.MEDIATOR, ClaimantKind.JUDGE):
        if asked := request.args.get(kind.value, type=int):
            return _named((kind, str(asked)))
    return None


def _named(one: tuple[ClaimantKind, str]) -> Mapping[Person, str]:
    kind, key = one
    if not services.is_of_court(actor(), kind, int(key)):
        abort(404)
    return {(kind, int(key)): people_names([one])[one]}
