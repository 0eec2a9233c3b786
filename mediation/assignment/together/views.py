"""Mediators who work together on the screen: asking, answering, leaving, presiding."""

from typing import Any

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from mediation.assignment import rules as assignments
from mediation.assignment import services
from mediation.assignment.blueprint import assignment_of, bp, page_of, party_options, to_dispute
from mediation.assignment.models import Assignment
from mediation.assignment.together import joining, labels, present, rules
from mediation.assignment.together.forms import JoinForm, LeaveForm, PresideForm
from mediation.assignment.together.models import CoMediator
from mediation.assignment.together.rules import ChairBy, CoReason, CoStatus
from mediation.disputes import services as disputes
from mediation.kernel.errors import DomainError, NotPermitted
from mediation.kernel.i18n import _
from mediation.web.auth import actor
from mediation.web.fields import options
from mediation.web.forms import BaseForm


def _to_join(assignment_id: int) -> Assignment:
    found = assignment_of(assignment_id)
    if not rules.may_add(actor(), found):
        raise NotPermitted("join", article="S4 art. 13")
    return found


def _join_form(found: Assignment) -> JoinForm:
    form = JoinForm()
    asked = present.asked_ids(found)
    free = [c for c in joining.candidates(actor(), found).candidates if c.may_be_chosen]
    form.mediator_id.choices = options({c.mediator.id: c.mediator.name for c in free if c.mediator.id not in asked})
    return form


def _preside_form(found: Assignment, *, sent: bool) -> PresideForm:
    form = PresideForm() if sent else PresideForm(formdata=None)
    names = services.mediator_names(present.asked_ids(found))
    accepted = [co for co in present.active(found) if co.status is CoStatus.ACCEPTED]
    form.co_id.choices = options({co.id: names.get(co.mediator_id, "") for co in accepted})
    form.party_ids.choices = party_options(found.dispute_id)
    return form


def _join_page(found: Assignment, form: JoinForm, preside_form: PresideForm) -> ResponseReturnValue:
    every = present.every(found)
    return page_of(
        "together/join",
        found,
        form=form,
        preside_form=preside_form,
        rows=[(co, present.clock_of(co)) for co in every],
        names=services.mediator_names([co.mediator_id for co in every]),
        chair=services.mediator_name(found),
        words=labels,
    )


@bp.route("/assignments/<int:assignment_id>/together", methods=["GET", "POST"])
def join(assignment_id: int) -> ResponseReturnValue:
    """Ask a further mediator; see who mediates together, and who presides."""
    found = _to_join(assignment_id)
    form = _join_form(found)
    if form.submitted():
        try:
            joining.ask(
                actor(), found, mediator_id=form.mediator_id.data, why=CoReason(form.why.data),
                reason=form.reason.data or "",
            )  # fmt: skip
        except DomainError as refused:
            form.refuse(refused)
        else:
            flash(_("Asked. An answer is due within three working days; no session opens before it."), "done")
            return redirect(url_for(".join", assignment_id=found.id))
    return _join_page(found, form, _preside_form(found, sent=False))


@bp.post("/assignments/<int:assignment_id>/chair")
def preside(assignment_id: int) -> ResponseReturnValue:
    """Another of them presides."""
    found = _to_join(assignment_id)
    form = _preside_form(found, sent=True)
    if form.submitted():
        co = next((one for one in present.active(found) if one.id == form.co_id.data), None) or abort(404)
        try:
            joining.preside(actor(), found, co, by=ChairBy(form.by.data), party_ids=form.party_ids.data or [])
        except DomainError as refused:
            if not refused.field:
                raise
            form.refuse(refused)
        else:
            flash(_("On record: who presides leads minutes and agreement from now on."), "done")
            return redirect(url_for(".join", assignment_id=found.id))
    fresh = JoinForm(formdata=None)
    fresh.mediator_id.choices = _join_form(found).mediator_id.choices
    return _join_page(found, fresh, form)


# --- the answer -----------------------------------------------------------------------------------------------------------


def _asked(co_id: int) -> CoMediator:
    return joining.get(actor(), co_id) or abort(404)


def _co_page(co: CoMediator, form: LeaveForm) -> ResponseReturnValue:
    dispute = disputes.get(actor(), co.dispute_id)
    names: dict[int, Any] = services.mediator_names([co.mediator_id])
    asked = co.status is CoStatus.ASKED
    page = render_template(
        "assignment/together/answer.html",
        co=co,
        dispute=dispute,
        title_of_dispute=disputes.title(dispute) if dispute else "",
        name=names.get(co.mediator_id, ""),
        deadline=present.clock_of(co),
        may_answer=asked and assignments.may_mediate(actor(), co),
        may_end=co.status in rules.ACTIVE and assignments.may_supervise(actor(), co),
        form=form,
        words=labels,
    )
    return page, 422 if form.errors else 200


@bp.route("/co-mediators/<int:co_id>", methods=["GET", "POST"])
def co_mediator(co_id: int) -> ResponseReturnValue:
    """The further mediator accepts."""
    co = _asked(co_id)
    form = LeaveForm(formdata=None)
    if BaseForm().submitted():
        joining.accept(actor(), co)
        flash(_("Accepted: you mediate together."), "done")
        return to_dispute(co.dispute_id)
    return _co_page(co, form)


@bp.post("/co-mediators/<int:co_id>/refusal")
def co_decline(co_id: int) -> ResponseReturnValue:
    """Not accepted, with the reason."""
    co, form = _asked(co_id), LeaveForm()
    if form.submitted():
        joining.decline(actor(), co, reason=form.reason.data or "")
        flash(_("Not accepted; the court has been told."), "done")
        return redirect(url_for(".home"))
    return _co_page(co, form)


@bp.post("/co-mediators/<int:co_id>/end")
def co_leave(co_id: int) -> ResponseReturnValue:
    """The court takes a further mediator out again."""
    co, form = _asked(co_id), LeaveForm()
    if form.submitted():
        joining.leave(actor(), co, reason=form.reason.data or "")
        flash(_("On record: this mediator no longer takes part."), "done")
        return to_dispute(co.dispute_id)
    return _co_page(co, form)
