"""Preservation on the screen: applied for from the dispute, then ruled on, taken, renewed and lifted on a page of its own."""

from collections.abc import Callable
from typing import Any

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from mediation.accounts.models import User
from mediation.disputes import services as disputes
from mediation.disputes.models import Dispute
from mediation.kernel import clock, states
from mediation.kernel.db import db
from mediation.kernel.errors import DomainError
from mediation.kernel.i18n import _
from mediation.litigation import rules as register
from mediation.litigation.blueprint import bp
from mediation.litigation.preservation import forms, keeping, labels, rules
from mediation.litigation.preservation.models import Preservation
from mediation.litigation.preservation.rules import LiftReason, Object, Sued
from mediation.periods.labels import PERIOD_KEY
from mediation.web.auth import actor
from mediation.web.forms import BaseForm


@bp.route("/disputes/<int:dispute_id>/preservation", methods=["GET", "POST"])
def apply_preservation(dispute_id: int) -> ResponseReturnValue:
    """The application, as it was accepted."""
    dispute = disputes.get(actor(), dispute_id) or abort(404)
    keeping.may_apply(actor(), dispute)
    form, in_suit = _application_form(dispute), keeping.is_in_suit(dispute)
    if form.submitted():
        try:
            found = keeping.apply(actor(), dispute, _asked(form))
        except DomainError as refused:
            form.refuse(refused)
        else:
            flash(_("The application is recorded and the 48 hours run."))
            return _here(found)
    page = render_template(
        "litigation/preservation_new.html",
        form=form,
        dispute=dispute,
        title=disputes.titles([dispute.id])[dispute.id],
        in_suit=in_suit,
    )
    return page, 422 if form.errors else 200


def _application_form(dispute: Dispute) -> forms.ApplicationForm:
    now = clock.local(clock.now())
    form = forms.ApplicationForm(day=now.date(), time=now.time())
    choices = [(party.id, party.name) for party in disputes.parties(dispute.id)]
    form.applicant_id.choices, form.against_id.choices = choices, [*reversed(choices)]
    return form


def _asked(form: forms.ApplicationForm) -> keeping.Application:
    return keeping.Application(
        applicant_id=form.applicant_id.data,
        against_id=form.against_id.data,
        object=Object(form.object.data),
        what=form.what.data or "",
        security=form.security.data or "",
        accepted_at=form.moment(),
        amount_fen=form.amount.data,
        urgent=form.urgent.data,
    )


def _found(preservation_id: int) -> Preservation:
    return keeping.get(actor(), preservation_id) or abort(404)


def _here(found: Preservation) -> ResponseReturnValue:
    return redirect(url_for("litigation.preservation", preservation_id=found.id))


@bp.get("/preservations/<int:preservation_id>")
def preservation(preservation_id: int) -> ResponseReturnValue:
    """What was applied for, what runs, and each lawful next step."""
    return _page(_found(preservation_id))


def _page(found: Preservation, **given: BaseForm) -> ResponseReturnValue:
    who, now = actor(), clock.local(clock.now())
    names = {party.id: party.name for party in disputes.parties(found.dispute_id)}
    shown: dict[str, Any] = {
        "ruling": forms.RulingForm(formdata=None, day=now.date(), time=now.time()),
        "taken": forms.TakenForm(formdata=None, on=now.date()),
        "renewal": forms.RenewForm(formdata=None),
        "suit": forms.SuedForm(formdata=None, on=now.date()),
        "lifting": forms.LiftForm(formdata=None, on=now.date()),
    }
    page = render_template(
        "litigation/preservation.html",
        found=found,
        names=names,
        title=disputes.titles([found.dispute_id])[found.dispute_id],
        judge=db.session.get_one(User, found.ruled_by_id).name if found.ruled_by_id else "",
        steps=states.available(rules.STEPS, who, found),
        may_file=register.may_file(who, found.court_id),
        may_record=rules.may_record(who, found),
        clocks=keeping.clocks(found),
        running=keeping.running(found),
        term=keeping.term(found),
        period_words=PERIOD_KEY,
        labels=labels,
        **(shown | given),
    )
    return page, 422 if any(form.errors for form in given.values()) else 200


def _take(found: Preservation, name: str, form: BaseForm, act: Callable[[], None], done: str) -> ResponseReturnValue:
    """One step: done, or the page again with what was typed and why not."""
    if form.taken(act):
        flash(done)
        return _here(found)
    return _page(found, **{name: form})


@bp.post("/preservations/<int:preservation_id>/ruling")
def rule_preservation(preservation_id: int) -> ResponseReturnValue:
    """The judge orders it or dismisses the application."""
    found, form = _found(preservation_id), forms.RulingForm()
    states.check(rules.STEPS, "order", actor(), found)

    def act() -> None:
        granted = form.answer.data == forms.YES
        keeping.rule(actor(), found, granted=granted, at=form.moment(), note=form.note.data or "")

    return _take(found, "ruling", form, act, _("The ruling is recorded."))


@bp.post("/preservations/<int:preservation_id>/withdrawal")
def withdraw_preservation(preservation_id: int) -> ResponseReturnValue:
    """The application was taken back before anything was done."""
    found = _found(preservation_id)
    keeping.withdraw(actor(), found)
    flash(_("The withdrawal is recorded."))
    return _here(found)


@bp.post("/preservations/<int:preservation_id>/measure")
def take_preservation(preservation_id: int) -> ResponseReturnValue:
    """The measure was taken."""
    found, form = _found(preservation_id), forms.TakenForm()
    states.check(rules.STEPS, "take", actor(), found)

    def act() -> None:
        keeping.take(actor(), found, on=form.on.data or clock.today(), months=form.months.data)

    return _take(found, "taken", form, act, _("The measure is recorded; what runs from it is shown below."))


@bp.post("/preservations/<int:preservation_id>/renewal")
def renew_preservation(preservation_id: int) -> ResponseReturnValue:
    """The measure is renewed before its term is over."""
    found, form = _found(preservation_id), forms.RenewForm()
    return _take(
        found, "renewal", form, lambda: keeping.renew(actor(), found, months=form.months.data or 0),
        _("The renewal is recorded."),
    )  # fmt: skip


@bp.post("/preservations/<int:preservation_id>/suit")
def sue_preservation(preservation_id: int) -> ResponseReturnValue:
    """A suit at another court, or arbitration, keeps the measure."""
    found, form = _found(preservation_id), forms.SuedForm()
    return _take(
        found, "suit", form,
        lambda: keeping.sue(actor(), found, on=form.on.data or clock.today(), where=Sued(form.where.data)),
        _("Recorded: the measure holds on."),
    )  # fmt: skip


@bp.post("/preservations/<int:preservation_id>/lifting")
def lift_preservation(preservation_id: int) -> ResponseReturnValue:
    """The judge lifts it."""
    found, form = _found(preservation_id), forms.LiftForm()
    states.check(rules.STEPS, "lift", actor(), found)

    def act() -> None:
        reason = LiftReason(form.reason.data)
        keeping.lift(actor(), found, on=form.on.data or clock.today(), reason=reason, note=form.note.data or "")

    return _take(found, "lifting", form, act, _("The preservation is lifted."))
