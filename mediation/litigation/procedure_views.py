"""Another procedure on the screen: a party's objection, the judge's answer, and small claims that do not fit."""

from flask import abort, flash
from flask.typing import ResponseReturnValue

from mediation.accounts import services as accounts
from mediation.kernel import clock, states
from mediation.kernel.errors import DomainError
from mediation.kernel.i18n import _
from mediation.litigation import forms, rules, services
from mediation.litigation.blueprint import bp, case_of, here
from mediation.litigation.case_page import answer_form, objection_form, page_of
from mediation.litigation.procedure import changing
from mediation.litigation.procedure.rules import STEPS, Answer, Matter
from mediation.web.auth import actor


@bp.post("/cases/<int:case_id>/objections")
def object_procedure(case_id: int) -> ResponseReturnValue:
    """Record that a party objects to the procedure."""
    found = case_of(case_id)
    if not rules.may_entrust(actor(), found):
        abort(403)
    form = objection_form(found)
    if form.submitted():
        try:
            changing.object_to(
                actor(),
                found,
                party_id=form.party_id.data,
                raised_on=form.raised_on.data or clock.today(),
                reason=form.reason.data or "",
                matter=Matter(form.matter.data),
            )
        except DomainError as refused:
            form.refuse(refused)
        else:
            flash(_("The objection is recorded; the judge of the case decides on it."))
            return here(found)
    return page_of(found, objecting=form)


@bp.post("/cases/<int:case_id>/objections/<int:objection_id>/decision")
def decide_objection(case_id: int, objection_id: int) -> ResponseReturnValue:
    """The judge upholds the objection or rejects it."""
    found = case_of(case_id)
    objection = changing.get(found, objection_id) or abort(404)
    states.check(STEPS, "reject", actor(), objection)
    form = answer_form(found)
    if form.submitted():
        try:
            accounts.reauthenticate(actor(), form.password.data or "", purpose=f"litigation.objection/{objection.id}")
            changing.decide(
                actor(),
                objection,
                Answer(form.answer.data),
                reason=form.reason.data or "",
                panel=form.panel.data,
                oral=form.oral.data,
                clerk_name=form.clerk_name.data or "",
            )
        except DomainError as refused:
            form.refuse(refused)
        else:
            flash(_("The objection is decided."))
            return here(found)
    return page_of(found, answering=form)


@bp.post("/cases/<int:case_id>/panel")
def to_panel(case_id: int) -> ResponseReturnValue:
    """The judge finds that nobody should try the case alone (CPL art. 43)."""
    found = case_of(case_id)
    states.check(rules.STEPS, "to_panel", actor(), found)
    form = forms.PanelForm()
    if form.submitted():
        try:
            accounts.reauthenticate(actor(), form.password.data or "", purpose=f"litigation.panel/{found.id}")
            services.to_panel(actor(), found, reason=form.reason.data or "", clerk_name=form.clerk_name.data or "")
        except DomainError as refused:
            form.refuse(refused)
        else:
            flash(_("A panel goes on with the case; its members are made known to the parties in writing."))
            return here(found)
    return page_of(found, panelling=form)


@bp.post("/cases/<int:case_id>/summary-procedure")
def to_summary(case_id: int) -> ResponseReturnValue:
    """The judge finds that small claims do not fit."""
    found = case_of(case_id)
    states.check(rules.STEPS, "to_summary", actor(), found)
    form = forms.SummaryForm()
    if form.submitted():
        try:
            changing.to_summary(actor(), found, reason=form.reason.data or "")
        except DomainError as refused:
            form.refuse(refused)
        else:
            flash(
                _(
                    "The case goes on by the other rules of the summary procedure; its limit is counted anew from the filing."
                )
            )
            return here(found)
    return page_of(found, summarising=form)
