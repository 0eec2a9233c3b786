"""Special panels on the screen: all of them, one with its members, its conditions, who enters and who leaves."""

from collections.abc import Callable
from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from mediation.kernel.errors import DomainError
from mediation.kernel.i18n import _
from mediation.roster import services as roster
from mediation.roster.blueprint import bp
from mediation.roster.panels import labels, rules, services
from mediation.roster.panels.forms import BodyLeaveForm, BodyPlaceForm, LeaveForm, PanelForm, PlaceForm
from mediation.roster.panels.models import Panel
from mediation.web.auth import actor
from mediation.web.fields import SelectChoice
from mediation.web.forms import BaseForm


def _panel(panel_id: int) -> Panel:
    return services.get(actor(), panel_id) or abort(404)


@bp.get("/roster/panels")
def panels() -> ResponseReturnValue:
    """Every panel of the court, those closed last."""
    found = services.panels(actor().court_id, closed=True)
    return render_template(
        "roster/panels/list.html",
        panels=sorted(found, key=lambda one: one.closed_on is not None),
        counts=services.counts(actor().court_id),
        causes=roster.cause_names({code for one in found for code in one.causes}),
        may_set=rules.may_set(actor()),
    )


@bp.route("/roster/panels/new", methods=["GET", "POST"])
def new_panel() -> ResponseReturnValue:
    form = PanelForm()
    if form.submitted():
        try:
            made = services.set_up(actor(), **form.told())
        except DomainError as refused:
            form.refuse(refused)
        else:
            flash(_("The panel is set up; now enter who fulfils its conditions."), "done")
            return redirect(url_for(".panel", panel_id=made.id))
    page = render_template("roster/panels/edit.html", form=form, panel=None)
    return page, 422 if form.errors else 200


@bp.route("/roster/panels/<int:panel_id>/edit", methods=["GET", "POST"])
def edit_panel(panel_id: int) -> ResponseReturnValue:
    found = _panel(panel_id)
    form = PanelForm(obj=found)
    if request.method == "GET":
        names = roster.cause_names(found.causes)
        form.causes.data = "\n".join(names.get(code, code) for code in found.causes)
    if form.submitted():
        try:
            services.change(actor(), found, **form.told())
        except DomainError as refused:
            form.refuse(refused)
        else:
            flash(_("The panel's conditions are kept."), "done")
            return redirect(url_for(".panel", panel_id=found.id))
    page = render_template("roster/panels/edit.html", form=form, panel=found)
    return page, 422 if form.errors else 200


@bp.get("/roster/panels/<int:panel_id>")
def panel(panel_id: int) -> ResponseReturnValue:
    return _page(_panel(panel_id))


def _sent(found: Panel, form: BaseForm, act: Callable[[], str], shown: str) -> ResponseReturnValue:
    """Whoever enters or leaves; a panel that was closed meanwhile takes no form back."""
    if form.submitted():
        try:
            said = act()
        except DomainError as refused:
            if found.closed_on is not None:
                raise
            form.refuse(refused)
        else:
            flash(said, "done")
            return redirect(url_for(".panel", panel_id=found.id))
    return _page(found, **{shown: form})


@bp.post("/roster/panels/<int:panel_id>/members")
def enter_panel(panel_id: int) -> ResponseReturnValue:
    found, form = _panel(panel_id), PlaceForm()
    form.mediator_id.choices = _everybody()

    def enter() -> str:
        mediator = roster.get_mediator(actor(), form.mediator_id.data) or abort(404)
        services.enter(actor(), found, mediator)
        return _("%(name)s stands on the panel.", name=mediator.name)

    return _sent(found, form, enter, "enter")


@bp.post("/roster/panels/<int:panel_id>/leaving")
def leave_panel(panel_id: int) -> ResponseReturnValue:
    found, form = _panel(panel_id), LeaveForm()
    form.mediator_id.choices = _everybody()

    def leave() -> str:
        services.leave(actor(), found, form.mediator_id.data, reason=form.reason.data or "")
        return _("The place on the panel has ended; the place on the court's list has not.")

    return _sent(found, form, leave, "leave")


@bp.post("/roster/panels/<int:panel_id>/bodies")
def enter_panel_body(panel_id: int) -> ResponseReturnValue:
    found, form = _panel(panel_id), BodyPlaceForm()
    form.organisation_id.choices = _every_body()

    def enter() -> str:
        body = roster.get_organisation(actor(), form.organisation_id.data) or abort(404)
        services.enter_body(actor(), found, body)
        return _("%(name)s stands on the panel.", name=body.name)

    return _sent(found, form, enter, "body_form")


@bp.post("/roster/panels/<int:panel_id>/bodies/leaving")
def leave_panel_body(panel_id: int) -> ResponseReturnValue:
    found, form = _panel(panel_id), BodyLeaveForm()
    form.organisation_id.choices = _every_body()

    def leave() -> str:
        services.leave_body(actor(), found, form.organisation_id.data, reason=form.reason.data or "")
        return _("The place on the panel has ended; the place on the court's list has not.")

    return _sent(found, form, leave, "body_leave_form")


@bp.post("/roster/panels/<int:panel_id>/closing")
def close_panel(panel_id: int) -> ResponseReturnValue:
    found = _panel(panel_id)
    services.close(actor(), found)
    flash(_("The panel is closed."), "done")
    return redirect(url_for(".panel", panel_id=found.id))


def _everybody() -> list[Any]:
    return [SelectChoice(one.id, one.name) for one in roster.everybody(actor())]


def _every_body() -> list[Any]:
    return [SelectChoice(one.id, one.name) for one in roster.organisations(actor())]


def _page(
    found: Panel,
    *,
    enter: PlaceForm | None = None,
    leave: LeaveForm | None = None,
    body_form: BodyPlaceForm | None = None,
    body_leave_form: BodyLeaveForm | None = None,
) -> ResponseReturnValue:
    enter, leave = enter or PlaceForm(formdata=None), leave or LeaveForm(formdata=None)
    body_form = body_form or BodyPlaceForm(formdata=None)
    body_leave_form = body_leave_form or BodyLeaveForm(formdata=None)
    standing, names, bodies = services.members(found), roster.cause_names(found.causes), services.bodies(found)
    body_form.organisation_id.choices = [SelectChoice(o.id, o.name) for o in services.bodies_to_enter(actor(), found)]
    body_leave_form.organisation_id.choices = [SelectChoice(one.body.id, one.body.name) for one in bodies]
    enter.mediator_id.choices = [SelectChoice(m.id, m.name) for m in services.could_join(actor(), found)]
    leave.mediator_id.choices = [SelectChoice(one.mediator.id, one.mediator.name) for one in standing]
    page = render_template(
        "roster/panels/panel.html",
        panel=found,
        members=standing,
        bodies=bodies,
        body_form=body_form,
        body_leave_form=body_leave_form,
        causes=[names.get(code, code) for code in found.causes],
        form=enter,
        leave_form=leave,
        may_set=rules.may_set(actor()),
        may_fill=rules.may_fill(actor()),
        labels=labels,
    )
    return page, 422 if any(one.errors for one in (enter, leave, body_form, body_leave_form)) else 200
