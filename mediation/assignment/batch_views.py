"""Many disputes at once: ticked, handed over or accepted one after the other, with progress to look at."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from mediation.assignment import desk, labels
from mediation.assignment.batching import MOST_DISPUTES, BatchKind, ItemStatus
from mediation.assignment.blueprint import bp, dispute_of
from mediation.assignment.forms import AcceptSeveralForm, TogetherForm
from mediation.assignment.models import Batch
from mediation.assignment.services import batches
from mediation.disputes import labels as dispute_labels
from mediation.disputes import services as disputes
from mediation.kernel import clock
from mediation.kernel.errors import DomainError
from mediation.kernel.i18n import _
from mediation.web.auth import actor
from mediation.web.fields import options


@bp.route("/disputes/<int:dispute_id>/mediator/together", methods=["GET", "POST"])
def together(dispute_id: int) -> ResponseReturnValue:
    """Every dispute of this creditor that waits for a mediator: all, or those that are ticked."""
    dispute = dispute_of(dispute_id)
    found = batches.together(actor(), dispute)
    form = TogetherForm()
    form.dispute_ids.choices = [(one.id, one.receipt_no) for one in found.disputes]
    form.to.choices = options(
        {"": _("The mediator suggested for each dispute")} | {o.id: o.name for o in desk.organisations(actor())}
    )
    if request.method == "GET":
        form.dispute_ids.data = [one.id for one in found.disputes]
    if form.submitted():
        try:
            made = batches.hand_over_together(
                actor(),
                dispute,
                dispute_ids=form.dispute_ids.data or [],
                organisation_id=desk.number(form.to.data),
            )
        except DomainError as refused:
            form.refuse(refused)
        else:
            return redirect(url_for(".batch", batch_id=made.id))
    page = render_template(
        "assignment/together.html",
        dispute=dispute,
        found=found,
        titles=disputes.titles([one.id for one in found.disputes]),
        most=MOST_DISPUTES,
        form=form,
        dispute_labels=dispute_labels,
    )
    return page, 422 if form.errors else 200


@bp.route("/assignments/together", methods=["GET", "POST"])
def accept_several() -> ResponseReturnValue:
    """Everything that waits for an answer: accept all, or those that are ticked."""
    waiting, members = desk.waiting(actor()), desk.members(actor())
    form = AcceptSeveralForm()
    form.assignment_ids.choices = [(row.assignment.id, row.title) for row in waiting]
    form.mediator_id.choices = options({"": _("The member suggested for each dispute")} | members)
    if not members:
        del form.mediator_id, form.reason
    if request.method == "GET":
        form.assignment_ids.data = [row.assignment.id for row in waiting]
        form.on.data = clock.today()
    if form.submitted():
        try:
            made = batches.accept_together(
                actor(),
                assignment_ids=form.assignment_ids.data or [],
                on=form.on.data or clock.today(),
                mediator_id=desk.number(form.mediator_id.data) if "mediator_id" in form else None,
                reason=(form.reason.data or "") if "reason" in form else "",
            )
        except DomainError as refused:
            form.refuse(refused)
        else:
            return redirect(url_for(".batch", batch_id=made.id))
    page = render_template("assignment/accept_several.html", waiting=waiting, form=form)
    return page, 422 if form.errors else 200


# --- one batch --------------------------------------------------------------------------------------------------------


def _batch_of(batch_id: int) -> Batch:
    return batches.get(actor(), batch_id) or abort(404)


@bp.get("/batches/<int:batch_id>")
def batch(batch_id: int) -> ResponseReturnValue:
    """How far the batch is: what is done, what was refused and why, what still waits."""
    found = _batch_of(batch_id)
    rows = batches.items(found)
    number = {status: sum(item.status is status for item, _dispute in rows) for status in ItemStatus}
    return render_template(
        "assignment/batch.html",
        batch=found,
        rows=rows,
        number=number,
        titles=disputes.titles([dispute.id for _item, dispute in rows]),
        hands_over=found.kind is BatchKind.HAND_OVER,
        labels=labels,
    )


@bp.post("/batches/<int:batch_id>/progress")
def go_on(batch_id: int) -> ResponseReturnValue:
    """Handle the next disputes; the page goes on by itself while some wait."""
    batches.go_on(actor(), _batch_of(batch_id))
    return redirect(url_for(".batch", batch_id=batch_id))


@bp.post("/batches/<int:batch_id>/again")
def once_more(batch_id: int) -> ResponseReturnValue:
    """Try again what was refused."""
    if not batches.again(actor(), _batch_of(batch_id)):
        flash(_("Nothing of this batch was refused."))
    return redirect(url_for(".batch", batch_id=batch_id))
