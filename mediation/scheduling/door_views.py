"""Arrivals, rooms released, the day on paper, the screen in the hall, and how much the rooms are used."""

from datetime import date, timedelta
from typing import Any

import sqlalchemy as sa
from flask import abort, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from mediation.accounts import services as accounts
from mediation.accounts.models import Court
from mediation.kernel import clock
from mediation.kernel.actor import REGISTRY, Actor
from mediation.kernel.db import db
from mediation.kernel.i18n import _, _l
from mediation.scheduling import labels, rules, services
from mediation.scheduling.blueprint import bp
from mediation.scheduling.door_forms import DoorForm, DoorRuleForm, PeriodForm
from mediation.scheduling.models import Booking
from mediation.scheduling.rules import ClaimantKind
from mediation.scheduling.services import doors, using
from mediation.web import allow
from mediation.web.auth import actor
from mediation.web.fields import FIRST_YEAR, LAST_YEAR
from mediation.web.pace import Pace

# A family comes with one telephone, a hall has one address: enough for both, too few for trying numbers.
KNOCKS = Pace("door", limit=30, seconds=300)


# Everybody's pages are the registry's; whoever has only a page of the own finds it at the week.
PAPER = {"week_sheets": REGISTRY}


def tools(who: Actor, day: date) -> list[dict[str, Any]]:
    """The pages around the board that this reader may open."""
    found: tuple[tuple[str, Any, dict[str, Any]], ...] = (
        ("hindered", _l("Meetings in question"), {}),
        ("waiting_list", _l("Held times and waiting list"), {}),
        ("arrivals", _l("Arrivals"), {"day": day.isoformat()}),
        ("day_sheets", _l("Day sheets (PDF)"), {"day": day.isoformat()}),
        ("week_sheets", _l("Week sheets of the rooms (PDF)"), {"day": day.isoformat()}),
        ("week_sheets", _l("Week sheets of the people (PDF)"), {"day": day.isoformat(), "people": "1"}),
        ("duty_plan", _l("Duty"), {}),
        ("blockings", _l("Rooms out of service"), {}),
        ("rooms_page", _l("Rooms of the court"), {}),
        ("court_hours", _l("Hours of the court"), {}),
        ("use_of_rooms", _l("Use of the rooms"), {}),
        ("feeds_page", _l("Calendar subscriptions"), {}),
        ("now_at", _l("Screen in the hall"), {"code": g.court.code}),
    )
    return [
        {"label": label, "url": url_for(f".{endpoint}", **values)}
        for endpoint, label, values in found
        if not (wanted := PAPER.get(endpoint, allow.TABLE[f"scheduling.{endpoint}"])) or who.roles & wanted
    ]


def asked_day(name: str, usual: date) -> date:
    """A day in the address; what is none is the usual one. Days that nobody reckons with lead nowhere."""
    try:
        found = date.fromisoformat(request.args.get(name, ""))
    except ValueError:
        return usual
    return found if FIRST_YEAR <= found.year <= LAST_YEAR else abort(404)


@bp.get("/schedule/arrivals")
def arrivals() -> ResponseReturnValue:
    """Who is expected today and who has come."""
    return _arrivals(_rule_form())


def _rule_form() -> DoorRuleForm:
    return DoorRuleForm(obj=doors.door_rule(actor().court_id))


def _arrivals(form: DoorRuleForm) -> str:
    day = asked_day("day", clock.today())
    return render_template(
        "scheduling/arrivals.html",
        day=day,
        today=clock.today(),
        previous=day - timedelta(days=1),
        following=day + timedelta(days=1),
        visits=doors.visits(actor(), day),
        wait=doors.door_rule(actor().court_id).wait_minutes,
        rooms=services.resources(actor()),
        form=form,
        words=labels,
    )


def _load(booking_id: int) -> Booking:
    return services.get(actor(), booking_id) or abort(404)


def _back(booking: Booking) -> ResponseReturnValue:
    day = clock.local(booking.starts_at).date().isoformat()
    return redirect(url_for(".arrivals", day=day, _anchor=f"visit-{booking.id}"))


@bp.post("/bookings/<int:booking_id>/arrivals")
def arrive(booking_id: int) -> ResponseReturnValue:
    """The registry has seen somebody come."""
    found = _load(booking_id)
    kind, claimant = request.form.get("kind", ""), request.form.get("who", 0, type=int)
    if kind not in {k.value for k in ClaimantKind}:
        abort(400)
    doors.arrive_at_counter(actor(), found, ClaimantKind(kind), claimant)
    return _back(found)


@bp.post("/bookings/<int:booking_id>/release")
def release(booking_id: int) -> ResponseReturnValue:
    """Nobody came: the room is free again."""
    found = _load(booking_id)
    doors.release(actor(), found)
    flash(_("The room is free again; the notices are in the outbox."))
    return _back(found)


@bp.post("/schedule/door-rules")
def settle_doors() -> ResponseReturnValue:
    """How long rooms wait, and what the hall shows."""
    form = DoorRuleForm()
    if not form.submitted():
        return _arrivals(form), 422
    doors.settle_doors(
        actor(),
        wait_minutes=form.wait_minutes.data or rules.WAIT_MINUTES,
        hall_shows_numbers=bool(form.hall_shows_numbers.data),
    )
    flash(_("The rules of the doors are changed."))
    return redirect(url_for(".arrivals"))


@bp.route("/door/<int:resource_id>/<code>", methods=["GET", "POST"])
def door(resource_id: int, code: str) -> ResponseReturnValue:
    """What the square code in a room leads to. It tells nobody who is expected, nor whether anybody was."""
    room = doors.behind(resource_id, code) or abort(404)
    g.court = db.session.get(Court, room.court_id)
    form = DoorForm()
    if form.submitted():
        if wait := KNOCKS.wait(f"{request.remote_addr} {room.id}"):
            form.phone.errors = [_("Too many attempts from here. Tell the counter that you have come.")]
            page = render_template("scheduling/door.html", room=room, form=form, noted=False)
            return page, 429, {"Retry-After": str(wait)}
        doors.arrive_at_door(room, form.phone.data or "")
        return redirect(url_for(".door", resource_id=room.id, code=code, noted=1))
    page = render_template("scheduling/door.html", room=room, form=form, noted="noted" in request.args)
    return page, 422 if form.errors else 200


@bp.get("/now")
def now() -> ResponseReturnValue:
    """The screen of the only court."""
    court = accounts.only_court() or abort(404)
    return _hall(court)


@bp.get("/now/<code>")
def now_at(code: str) -> ResponseReturnValue:
    """The screen of a court."""
    return _hall(db.session.scalar(sa.select(Court).where(Court.code == code)) or abort(404))


def _hall(court: Court) -> str:
    g.court = court
    return render_template("scheduling/now.html", shown=doors.in_the_hall(court.id), now=clock.now())


@bp.get("/schedule/use")
def use_of_rooms() -> ResponseReturnValue:
    """Booked minutes over minutes to be had, for each room; each figure opens to what it is made of (I22)."""
    today = clock.today()
    asked = {"first", "last"} & request.args.keys()
    form = PeriodForm(request.args) if asked else PeriodForm(None, first=today.replace(day=1), last=today)
    first, last = form.first.data, form.last.data
    fits = first is not None and last is not None and (not asked or form.validate())
    if first is not None and last is not None and not first <= last <= first + using.LONGEST_PERIOD:
        form.last.errors = [_("The last day comes after the first, at most a year later.")]
        fits = False
    use = using.use_of_rooms(actor(), first, last) if fits and first is not None and last is not None else None
    room = request.args.get("room", 0, type=int)
    opened = next((r for r in use.rooms if r.resource.id == room), None) if use else None
    page = render_template(
        "scheduling/use.html", form=form, use=use, opened=opened, percent=rules.percent, words=labels
    )
    return page, 200 if fits else 422
