"""Acts on the dispute itself: the complaint, withdrawal, closing."""

from flask import flash, render_template
from flask.typing import ResponseReturnValue

from mediation.disputes import hotline, labels, services
from mediation.disputes.blueprint import back_to, bp, editable
from mediation.disputes.forms import CloseForm, ComplaintForm, HotlineForm, WithdrawForm
from mediation.disputes.rules import Closing
from mediation.kernel import clock
from mediation.kernel.errors import DomainError
from mediation.kernel.i18n import _
from mediation.web.auth import actor
from mediation.web.fields import SelectChoice


@bp.route("/disputes/<int:dispute_id>/complaint", methods=["GET", "POST"])
def complaint(dispute_id: int) -> ResponseReturnValue:
    """The complaint is handed in, or taken back in writing (R3-09)."""
    found = editable(dispute_id)
    pending = services.facts(found).complaint_pending
    form = ComplaintForm()
    if form.submitted():
        if pending:
            services.withdraw_complaint(actor(), found, reason=form.reason.data or "")
            flash(_("It is recorded that the complaint was taken back; the day it was handed in stays on record."))
        else:
            services.hand_in_complaint(actor(), found)
            flash(_("The complaint is recorded; the seven days to decide on filing have begun."))
        return back_to(dispute_id)
    return render_template("disputes/complaint.html", form=form, dispute=found, pending=pending)


@bp.route("/disputes/<int:dispute_id>/withdrawal", methods=["GET", "POST"])
def withdrawal(dispute_id: int) -> ResponseReturnValue:
    """The applicant withdraws (R3-14)."""
    found = editable(dispute_id)
    form = WithdrawForm()
    if form.submitted():
        services.withdraw(actor(), found, reason=form.reason.data or "", recorded=form.recorded.data)
        flash(_("The withdrawal is recorded; the dispute is closed."))
        return back_to(dispute_id)
    return render_template("disputes/withdrawal.html", form=form, dispute=found)


@bp.route("/disputes/<int:dispute_id>/hotline-answer", methods=["GET", "POST"])
def answer_hotline(dispute_id: int) -> ResponseReturnValue:
    """The work order of the hotline was answered (S28 art. 24)."""
    found = editable(dispute_id)
    waiting = hotline.running(found)
    form = HotlineForm(on=clock.today())
    if form.submitted():
        try:
            hotline.reply(actor(), found, on=form.on.data or clock.today())
        except DomainError as refused:
            form.refuse(refused)
        else:
            flash(_("The answer is recorded."))
            return back_to(dispute_id)
    page = render_template("disputes/hotline.html", form=form, dispute=found, deadline=waiting)
    return page, (422 if waiting is not None else 409) if form.errors else 200


@bp.route("/disputes/<int:dispute_id>/closing", methods=["GET", "POST"])
def closing(dispute_id: int) -> ResponseReturnValue:
    """Close the dispute with its reason (R3-13)."""
    found = editable(dispute_id)
    lawful = [c for c in Closing if not services.obstacles(found, "close", c)]
    form = CloseForm()
    form.closing.choices = [SelectChoice(c, labels.CLOSING[c]) for c in lawful]
    if form.submitted():
        try:
            services.close(actor(), found, form.closing.data)
        except DomainError as refused:
            form.refuse(refused)
        else:
            flash(_("The dispute is closed."))
            return back_to(dispute_id)
    return render_template("disputes/closing.html", form=form, dispute=found)
