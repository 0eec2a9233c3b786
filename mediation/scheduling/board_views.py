"""The board of a day and of a week, and putting a meeting to another place on it."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from flask import abort, jsonify, render_template, request, url_for
from flask.typing import ResponseReturnValue

from mediation.disputes import services as disputes
from mediation.kernel import clock, states
from mediation.kernel.actor import REGISTRY, Actor
from mediation.kernel.errors import DomainError, IllegalStep
from mediation.kernel.i18n import _
from mediation.periods import labels as day_labels
from mediation.periods.calendar import DayFact
from mediation.roster.labels import WEEKDAY
from mediation.scheduling import board, door_views, labels, rules, services
from mediation.scheduling.blueprint import bp
from mediation.scheduling.contributions import may_know
from mediation.scheduling.errors import NotBookable
from mediation.scheduling.models import Booking, Resource
from mediation.scheduling.rules import Free, Purpose, Span, Uses
from mediation.scheduling.services import room_uses
from mediation.scheduling.services.hours import LONGEST_REST, Days, days_of
from mediation.web import slots
from mediation.web.auth import actor
from mediation.web.fields import parse_day
from mediation.web.templating import stretch

ONE = timedelta(days=1)
CONFLICT, REFUSED = 409, 422


@bp.get("/schedule")
def schedule() -> ResponseReturnValue:
    """What happens in which room on a day, and what is free."""
    days, wanted = days_of(actor().court_id), door_views.asked_day("day", clock.today())
    if wanted not in days.calendar:
        abort(404)
    return _board("scheduling/schedule.html", days, [wanted], step=ONE)


@bp.get("/schedule/week")
def week() -> ResponseReturnValue:
    """The same for a week, one day below the other; days of rest on which nothing lies are left out."""
    days, wanted = days_of(actor().court_id), door_views.asked_day("day", clock.today())
    if wanted not in days.calendar:
        abort(404)
    # When the court has closed for the week, the week that is planned for is the coming one.
    if wanted == clock.today():
        wanted = days.coming(clock.now())
    first = wanted - timedelta(days=wanted.weekday())
    known = [day for n in range(7) if (day := first + n * ONE) in days.calendar]
    return _board("scheduling/week.html", days, known, step=7 * ONE)


def _board(template: str, days: Days, shown: Sequence[date], *, step: timedelta) -> str:
    who = actor()
    bookings = services.between(who, shown[0], shown[-1], people=False)
    known = may_know(who, list(bookings))
    reader = _reader(who, bookings, known, stretches=step > ONE)
    uses, lying = room_uses.uses_of(who.court_id), {b.resource_id for b in bookings}
    # In use on one of the days shown, or not cleared yet.
    places = [
        room
        for room in services.resources(who, in_use=False)
        if room.id in lying or any(rules.in_use_on(uses.get(room.id, ()), day) for day in shown)
    ]
    drawn = [_day(days, day, places, uses, bookings, reader) for day in shown]
    if step > ONE:
        drawn = [day for day in drawn if not day.resting or any(column.bars for column in day.columns)]
    day = shown[0]
    return render_template(
        template,
        day=day,
        last=shown[-1],
        days=drawn,
        elsewhere=[b for b in bookings if b.resource_id is None and b.dispute_id in known],
        previous=day - step,
        following=day + step,
        today=clock.today(),
        # Nothing can be fixed on a day of rest: from it one goes on to the next working day.
        resumes=next((on for on, _halves in days.open(day, day + LONGEST_REST)), None)
        if step == ONE and drawn[0].resting
        else None,
        may_book=rules.may_book(who, who.court_id),
        words=labels,
        tools=door_views.tools(who, day),
        query=slots.query,
        # Hundreds of addresses that differ by one number.
        booking_at=url_for(".booking", booking_id=0).removesuffix("0"),
        new_at=url_for(".new"),
        weekdays=WEEKDAY,
        own_paper=rules.own_calendar(who) is not None and not who.has(*REGISTRY),
    )


def _reader(who: Actor, bookings: Sequence[Booking], known: Collection[int], *, stretches: bool) -> board.Reader:
    blocks = rules.may_block(who, who.court_id)
    openable = {b.id for b in bookings if b.dispute_id in known or (b.purpose is Purpose.BLOCKED and blocks)}
    movable = {b.id for b in bookings if b.id in openable and "move" in states.available(rules.STEPS, who, b)}
    return board.Reader(disputes.titles(sorted(known)), openable, movable, stretches)


def _day(
    days: Days,
    day: date,
    places: Sequence[Resource],
    uses: Mapping[int, Uses],
    bookings: Sequence[Booking],
    reader: board.Reader,
) -> board.Day:
    resting, grid = not days.works(day), board.Grid(day, days.halves(day))
    unused = {r.id for r in places if not rules.in_use_on(uses.get(r.id, ()), day)}
    columns = board.columns(grid, places, bookings, reader, now=clock.now(), working_day=not resting, unused=unused)
    return board.Day(grid, columns, resting, _day_words(days.calendar.fact(day), resting=resting))


def _day_words(fact: DayFact, *, resting: bool) -> str:
    """What is special about the day: a holiday, a weekend, a Saturday on which work is made up."""
    name = day_labels.HOLIDAY[fact.name] if fact.name else ""
    if not resting and not name:
        return ""
    kind = day_labels.KIND[fact.kind]
    return _("%(kind)s (%(name)s)", kind=kind, name=name) if name else str(kind)


@bp.post("/bookings/<int:booking_id>/place")
def place(booking_id: int) -> ResponseReturnValue:
    """Put a meeting where it was dragged to. A refusal says why, and which times all could have instead."""
    found = services.get(actor(), booking_id) or abort(404)
    seen = rules.may_block(actor(), found.court_id) if found.dispute_id is None else may_know(actor(), [found])
    if not seen:
        abort(404)
    wanted, room = _wanted(), request.form.get("resource_id", type=int)
    try:
        services.move(actor(), found, wanted.starts_at, wanted.ends_at, room)
    except DomainError as refused:
        status = CONFLICT if isinstance(refused, IllegalStep) else REFUSED
        return _refused(found, wanted, room, refused), status
    return jsonify(said=_("The meeting is now on %(time)s.", time=stretch(found.starts_at, found.ends_at)))


def _wanted() -> Span:
    """The time in the form; what is none is nobody's mistake but the program's."""
    sent = request.form
    minutes = sent.get("minutes", 0, type=int)
    try:
        starts_at = slots.at(parse_day(sent.get("day", "")), sent.get("at", ""))
        return Span(starts_at, starts_at + timedelta(minutes=minutes))
    except (ValueError, OverflowError):
        abort(400)


def _refused(found: Booking, wanted: Span, room: int | None, refused: DomainError) -> Any:
    free = list(refused.free) if isinstance(refused, NotBookable) else []
    if not free and "move" in states.available(rules.STEPS, actor(), found):
        free = services.free_near(actor(), found, wanted, room)
    names = {r.id: r.name for r in services.resources(actor())}
    minutes = int((wanted.ends_at - wanted.starts_at).total_seconds()) // 60
    return jsonify(
        said=str(refused.message),
        article=refused.article,
        free=[_offer(one, names) for one in free],
        page=url_for(".booking", booking_id=found.id, **slots.query(wanted.starts_at, room), minutes=minutes),
    )


def _offer(free: Free, names: dict[int, str]) -> dict[str, Any]:
    local = clock.local(free.span.starts_at)
    return {
        "words": slots.told(free, names),
        "day": local.date().isoformat(),
        "at": f"{local:%H:%M}",
        "minutes": int((free.span.ends_at - free.span.starts_at).total_seconds()) // 60,
        "resource_id": free.resource_id,
    }
