"""The rooms of the court: which there are, what they have, from when on each is used."""

from datetime import date

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from mediation.kernel import clock
from mediation.kernel.errors import DomainError
from mediation.kernel.i18n import _
from mediation.scheduling import door_views, labels, rules, services
from mediation.scheduling.blueprint import bp
from mediation.scheduling.models import Resource
from mediation.scheduling.room_forms import NewRoomForm, RoomForm, UseForm
from mediation.scheduling.rules import ResourceKind
from mediation.scheduling.services import room_uses, rooms
from mediation.web.auth import actor


@bp.get("/schedule/rooms")
def rooms_page() -> ResponseReturnValue:
    """Every room the court has or had, and the meetings left in rooms that are used no longer."""
    return _list(NewRoomForm(formdata=None, since=clock.today()))


def _list(form: NewRoomForm) -> str:
    who, today = actor(), clock.today()
    uses, left = room_uses.uses_of(who.court_id), rooms.left_behind(who)
    found = services.resources(who, in_use=False)
    return render_template(
        "scheduling/rooms.html",
        form=form if rules.may_keep_rooms(who, who.court_id) else None,
        rooms=[(room, rules.in_use_on(uses.get(room.id, ()), today)) for room in found],
        uses={room_id: [change for change in own if change[0] > today] for room_id, own in uses.items()},
        left=left,
        numbers=services.numbers({b.dispute_id for b in left if b.dispute_id}),
        tools=door_views.tools(who, today),
        words=labels,
    )


@bp.post("/schedule/rooms")
def add_room() -> ResponseReturnValue:
    """A room that is not on the list yet."""
    form = NewRoomForm()
    if form.submitted():
        try:
            made = rooms.add_resource(
                actor(), kind=ResourceKind(form.kind.data), code=form.code.data or "", name=form.name.data or "",
                capacity=form.capacity.data or 1, equipment=form.equipment.data or "",
                turnaround_minutes=form.turnaround_minutes.data or 0, since=form.since.given,
            )  # fmt: skip
        except DomainError as refused:
            form.refuse(refused)
        else:
            flash(_("%(room)s is on the list.", room=made.name))
            return redirect(url_for(".rooms_page"))
    return _list(form), 422


def _room(resource_id: int) -> Resource:
    return services.resource(actor(), resource_id) or abort(404)


@bp.get("/schedule/rooms/<int:resource_id>")
def room(resource_id: int) -> ResponseReturnValue:
    """One room."""
    found = _room(resource_id)
    return _page(found, RoomForm(formdata=None, obj=found, seen=rooms.as_seen(found)), _use_form(found))


def _use_form(found: Resource) -> UseForm:
    used = rooms.is_in_use(found, clock.today())
    return UseForm(formdata=None, in_use="no" if used else "yes", since=clock.today())


@bp.post("/schedule/rooms/<int:resource_id>")
def change_room(resource_id: int) -> ResponseReturnValue:
    """What it is called and what it has."""
    found, form = _room(resource_id), RoomForm()
    if form.submitted():
        rooms.edit_resource(
            actor(), found, name=form.name.data or "", capacity=form.capacity.data or 1,
            equipment=form.equipment.data or "", turnaround_minutes=form.turnaround_minutes.data or 0,
            seen=form.seen.data or "",
        )  # fmt: skip
        flash(_("The room is changed."))
        return redirect(url_for(".room", resource_id=found.id))
    return _page(found, form, _use_form(found)), 422


@bp.post("/schedule/rooms/<int:resource_id>/use")
def settle_use(resource_id: int) -> ResponseReturnValue:
    """Used from a day on, or not any more."""
    found, form = _room(resource_id), UseForm()
    if form.submitted():
        try:
            rooms.settle_use(
                actor(), found, since=form.since.given, in_use=form.in_use.data == "yes", reason=form.reason.data or ""
            )
        except DomainError as refused:
            form.refuse(refused)
        else:
            flash(_("It is settled."))
            return redirect(url_for(".rooms_page"))
    return _page(found, RoomForm(formdata=None, obj=found, seen=rooms.as_seen(found)), form), 422


def _page(found: Resource, form: RoomForm, use_form: UseForm) -> str:
    return render_template(
        "scheduling/room.html",
        room=found,
        history=[row for row in rooms.history(found) if row.since > date.min],
        form=form,
        use_form=use_form,
        may_keep=rules.may_keep_rooms(actor(), found.court_id),
        words=labels,
    )
