"""Choosing the mediator: the list with its points, somebody else with a reason, and the replay of a choice."""

from flask import abort, flash, render_template, request
from flask.typing import ResponseReturnValue

from mediation.assignment import desk, labels, playback, rules, services, ways
from mediation.assignment.blueprint import after_choice, assignment_of, bp, dispute_of
from mediation.assignment.forms import InsteadForm, IssueForm
from mediation.assignment.rules import Choice
from mediation.assignment.services import batches
from mediation.assignment.together import choosing
from mediation.disputes import services as disputes
from mediation.disputes.models import Dispute
from mediation.kernel.errors import DomainError, NotPermitted
from mediation.kernel.i18n import _
from mediation.periods import labels as period_labels
from mediation.roster import services as roster
from mediation.web.auth import actor


def _to_hand_over(dispute_id: int) -> Dispute:
    """A dispute in scope for somebody who may hand it over."""
    dispute = dispute_of(dispute_id)
    if not rules.may_issue(actor(), dispute):
        raise NotPermitted("issue", article="S4 art. 11")
    return dispute


@bp.get("/disputes/<int:dispute_id>/mediator")
def choose(dispute_id: int) -> ResponseReturnValue:
    """The list for this dispute: the suggested mediator first, with points; then the others; then who may not."""
    dispute = _to_hand_over(dispute_id)
    suggestion = services.suggest(actor(), dispute)
    return render_template(
        "assignment/choose.html",
        dispute=dispute,
        title_of_dispute=disputes.title(dispute),
        suggestion=suggestion,
        ways=None if suggestion.first else ways.of(dispute, suggestion),
        hindrances=services.hindrances(dispute),
        kind=rules.KIND_OF_ROUTE[route] if (route := services.route_of(dispute)) is not None else None,
        bodies=services.bodies(actor(), suggestion.inputs.case),
        designation=choosing.stands_against(dispute, suggestion),
        period_labels=period_labels,
        clocks=choosing.clocks(dispute),
        siblings=[
            (one, suggestion.of(one.mediator_id) if one.mediator_id else None)
            for one in services.siblings(actor(), dispute)
        ],
        off_list=services.off_list(),
        together=batches.count_together(actor(), dispute),
        labels=labels,
    )


@bp.post("/disputes/<int:dispute_id>/mediator")
def issue(dispute_id: int) -> ResponseReturnValue:
    """One click: the dispute is handed over."""
    dispute = dispute_of(dispute_id)
    form = IssueForm()
    if not form.submitted() or form.choice.data not in list(Choice):
        abort(400)
    services.issue(
        actor(),
        dispute,
        mediator_id=desk.number(form.mediator_id.data),
        organisation_id=desk.number(form.organisation_id.data),
        choice=Choice(form.choice.data),
    )
    return _handed_over(dispute_id)


@bp.post("/disputes/<int:dispute_id>/mediator/same")
def same_mediator(dispute_id: int) -> ResponseReturnValue:
    """To whoever mediates another dispute of the same parties, or of the same series."""
    dispute = _to_hand_over(dispute_id)
    services.give_to_same(actor(), dispute, other_id=desk.number(request.form.get("other_id", "")) or 0)
    return _handed_over(dispute_id)


def _handed_over(dispute_id: int) -> ResponseReturnValue:
    flash(_("Handed over. The letter has been made; an answer is due within three working days."), "done")
    return after_choice(dispute_id)


@bp.route("/disputes/<int:dispute_id>/mediators/<int:mediator_id>/choice", methods=["GET", "POST"])
def instead(dispute_id: int, mediator_id: int) -> ResponseReturnValue:
    """Somebody else than suggested: possible where lawful, with a reason that is kept."""
    dispute = _to_hand_over(dispute_id)
    suggestion = services.suggest(actor(), dispute)
    candidate = suggestion.of(mediator_id)
    # Whoever was struck off the list is compared with nobody, and the page says so (S4 art. 10).
    mediator = candidate.mediator if candidate else roster.get_mediator(actor(), mediator_id) or abort(404)
    form = InsteadForm()
    if form.submitted():
        try:
            services.issue(
                actor(), dispute, mediator_id=mediator_id, choice=Choice.DESIGNATED, reason=form.reason.data or ""
            )
        except DomainError as refused:
            form.refuse(refused)
        else:
            return _handed_over(dispute_id)
    page = render_template(
        "assignment/instead.html",
        dispute=dispute,
        title_of_dispute=disputes.title(dispute),
        suggestion=suggestion,
        candidate=candidate,
        mediator=mediator,
        off_list=services.off_list(),
        hindrances=services.hindrances(dispute),
        form=form,
        labels=labels,
    )
    return page, 422 if form.errors else 200


# --- the replay -------------------------------------------------------------------------------------------------------


@bp.get("/assignments/<int:assignment_id>/choice")
def replay(assignment_id: int) -> ResponseReturnValue:
    """How the mediator was found, worked out again from what was kept; nothing is written."""
    found = assignment_of(assignment_id)
    dispute = dispute_of(found.dispute_id)
    return render_template(
        "assignment/replay.html",
        assignment=found,
        dispute=dispute,
        title_of_dispute=disputes.title(dispute),
        played=playback.of(actor(), found),
        labels=labels,
    )
