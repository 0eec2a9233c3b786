"""Taking a free time, blocking a room, and one booking's own page."""

from datetime import datetime, timedelta

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from mediation.disputes import services as disputes
from mediation.kernel import clock, states
from mediation.kernel.errors import DomainError
from mediation.kernel.i18n import _
from mediation.scheduling import (
    board_views,
    door_views,
    feeds_views,
    finding_views,
    hindered_views,
    labels,
    paper_views,
    plan_views,
    room_views,
    rules,
    services,
)
from mediation.scheduling.blueprint import bp
from mediation.scheduling.contributions import contribute, may_know
from mediation.scheduling.forms import BlockForm, CancelForm, MoveForm
from mediation.scheduling.models import Booking
from mediation.scheduling.rules import BookingStatus, Purpose
from mediation.scheduling.services import hindrances
from mediation.scheduling.services.hours import days_of
from mediation.web import slots
from mediation.web.auth import actor
from mediation.web.fields import FIRST_YEAR, LAST_YEAR
from mediation.web.registry import Offer
from mediation.web.templating import day as in_words
from mediation.web.templating import registry, stretch

__all__ = [
    "board_views",
    "bp",
    "contribute",
    "door_views",
    "feeds_views",
    "finding_views",
    "hindered_views",
    "paper_views",
    "plan_views",
    "room_views",
]


@bp.get("/schedule/new")
def new() -> ResponseReturnValue:
    """A free time was picked: for which dispute, or is the room to be taken out of service?"""
    return _new_page(_block_form())


@bp.post("/schedule/new")
def block() -> ResponseReturnValue:
    """Take a room out of service."""
    form = _block_form()
    if form.submitted() and (done := _block(form)):
        flash(_("The room is out of service for that time."))
        return redirect(url_for(".schedule", day=clock.local(done.starts_at).date().isoformat()))
    return _new_page(form)


def _block_form() -> BlockForm:
    form = BlockForm()
    form.resource_id.choices = [(r.id, r.name) for r in services.resources(actor())]
    return form


def _new_page(form: BlockForm) -> ResponseReturnValue:
    rooms = {r.id: r.name for r in services.resources(actor())}
    return render_template(
        "scheduling/new.html",
        form=form if rules.may_block(actor(), actor().court_id) else None,
        offers=_offers(),
        start=_prefill(form),
        room=rooms.get(request.args.get("resource", 0, type=int), ""),
    ), 422 if form.errors else 200


def _offers() -> list[Offer]:
    query = request.query_string.decode("ascii", "ignore")
    wanted = request.args.get("dispute", type=int)
    found = [offer for find in registry().meetings for offer in find(actor(), query)]
    return [offer for offer in found if wanted is None or offer.dispute_id == wanted]


def _prefill(form: BlockForm) -> datetime | None:
    """The time that was clicked on the board."""
    try:
        start = datetime.fromisoformat(request.args.get("at", ""))
    except ValueError:
        return None
    if not FIRST_YEAR <= start.year <= LAST_YEAR:
        return None
    if request.method == "GET":
        end = start + timedelta(minutes=30)
        form.resource_id.data = request.args.get("resource", type=int)
        form.day.data = form.last_day.data = start.date()
        form.begins.data, form.ends.data = f"{start:%H:%M}", f"{end:%H:%M}"
    return clock.at(start.date(), start.hour, start.minute)


def _block(form: BlockForm) -> Booking | None:
    try:
        return services.book(
            actor(),
            purpose=Purpose.BLOCKED,
            resource_id=form.resource_id.data,
            starts_at=slots.at(form.day.data or clock.today(), form.begins.data or ""),
            ends_at=slots.at(form.last_day.data or clock.today(), form.ends.data or ""),
            note=form.note.data or "",
        )
    except DomainError as refused:
        form.refuse(refused)
        return None


def _load(booking_id: int) -> Booking:
    found = services.get(actor(), booking_id) or abort(404)
    known = rules.may_block(actor(), found.court_id) if found.dispute_id is None else may_know(actor(), [found])
    return found if known else abort(404)


@bp.route("/bookings/<int:booking_id>", methods=["GET", "POST"])
def booking(booking_id: int) -> ResponseReturnValue:
    """One booking: moving it is the form of the page."""
    found = _load(booking_id)
    form = MoveForm()
    _offer(form, found)
    if request.method == "POST":
        states.check(rules.STEPS, "move", actor(), found)
    if form.submitted():
        picked = form.chosen()
        try:
            services.move(
                actor(),
                found,
                picked.starts_at,
                picked.ends_at,
                picked.resource_id,
                agreed_short_notice=form.agreed_short_notice.data,
            )
        except DomainError as refused:
            form.refuse(refused)
            _offer(form, found)
        else:
            flash(_("The meeting is now on %(time)s.", time=stretch(found.starts_at, found.ends_at)))
            return redirect(url_for(".booking", booking_id=found.id))
    return _page(found, form, CancelForm(formdata=None)), 422 if form.errors else 200


def _offer(form: MoveForm, found: Booking) -> None:
    rooms = {r.id: r.name for r in services.resources(actor())}
    form.offer(services.free_for(actor(), found), rooms)
    if request.method == "GET" and found.resource_id in rooms:
        form.resource_id.data = found.resource_id


def _page(found: Booking, form: MoveForm, cancelling: CancelForm) -> str:
    title = disputes.titles([found.dispute_id]).get(found.dispute_id, "") if found.dispute_id else ""
    return render_template(
        "scheduling/booking.html",
        booking=found,
        form=form,
        cancelling=cancelling,
        title=title,
        steps=states.available(rules.STEPS, actor(), found),
        words=labels,
        hindered=hindered_views.named(hindrances.of_booking(found.id)),
        provisional=found.status is BookingStatus.BOOKED
        and days_of(found.court_id).is_provisional(clock.local(found.starts_at).date()),
        day_name=in_words(clock.local(found.starts_at).date()),
        day=clock.local(found.starts_at).date().isoformat(),
    )


@bp.post("/bookings/<int:booking_id>/cancellation")
def cancel(booking_id: int) -> ResponseReturnValue:
    """Free the time again."""
    found = _load(booking_id)
    form = CancelForm()
    if not form.submitted():
        moving = MoveForm(formdata=None)
        _offer(moving, found)
        return _page(found, moving, form), 422
    services.cancel(actor(), found, form.reason.data or "")
    flash(_("The booking is cancelled and the time is free again."))
    return redirect(url_for(".schedule", day=clock.local(found.starts_at).date().isoformat()))
