"""A session fixed with the former mediator: kept by the new one, or put to another time."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from mediation.agreements import rules
from mediation.agreements.models import MediationSession
from mediation.agreements.services import sessions, taking_over
from mediation.agreements.views.shared import bp
from mediation.assignment import services as assignments
from mediation.assignment.models import Assignment
from mediation.disputes import services as disputes
from mediation.kernel.errors import DomainError
from mediation.kernel.i18n import _
from mediation.scheduling import services as scheduling
from mediation.scheduling.rules import ResourceKind
from mediation.web.auth import actor
from mediation.web.slots import SlotForm


def _found(session_id: int) -> tuple[MediationSession, Assignment]:
    found = sessions.get(actor(), session_id) or abort(404)
    assignment = taking_over.heir(found) or assignments.open_of(found.dispute_id) or found.assignment
    if not rules.may_arrange(actor(), assignment):
        abort(403)
    return found, assignment


def _offer(form: SlotForm, found: MediationSession, assignment: Assignment) -> None:
    rooms = scheduling.resources(actor(), (ResourceKind.ROOM, ResourceKind.VIDEO_ROOM))
    free = sessions.free_times(actor(), found, limit=6, assignment=assignment)
    form.offer(free, {room.id: room.name for room in rooms})


@bp.route("/sessions/<int:session_id>/taking-over", methods=["GET", "POST"])
def take_over(session_id: int) -> ResponseReturnValue:
    """Whoever replaced the mediator chooses: the time stays when the new one is free, else another is proposed."""
    found, assignment = _found(session_id)
    against = taking_over.against(actor(), found)
    form = SlotForm()
    _offer(form, found, assignment)
    keeps = request.method == "POST" and request.form.get("how") == "keep"
    if keeps or form.submitted():
        try:
            _act(found, form, keeps=keeps)
        except DomainError as refused:
            form.refuse(refused)
            _offer(form, found, assignment)
        else:
            flash(_("The session goes on with the new mediator; everybody has been told."), "done")
            return redirect(url_for("disputes.dispute", dispute_id=found.dispute_id))
    page = render_template(
        "agreements/taking_over.html",
        form=form,
        session=found,
        booking=sessions.booking_of(found),
        assignment=assignment,
        mediator=assignments.mediator_name(assignment),
        former=taking_over.former_name(found),
        against=against,
        title_of_dispute=disputes.titles([found.dispute_id]).get(found.dispute_id, ""),
    )
    return page, 422 if form.errors or form.form_errors else 200


def _act(found: MediationSession, form: SlotForm, *, keeps: bool) -> None:
    if keeps:
        taking_over.keep(actor(), found)
        return
    picked = form.chosen()
    taking_over.move(
        actor(), found, starts_at=picked.starts_at, ends_at=picked.ends_at, resource_id=picked.resource_id,
        agreed_short_notice=form.agreed_short_notice.data,
    )  # fmt: skip
