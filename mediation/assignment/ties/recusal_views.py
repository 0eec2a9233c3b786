"""Recusal on the screen: the application of a party, what is to be decided, and the decision."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from mediation.assignment import conflicts, rules, services
from mediation.assignment import labels as assignment_labels
from mediation.assignment.blueprint import assignment_of, bp, page_of, party_options, to_dispute
from mediation.assignment.rules import CheckResult, Finding
from mediation.assignment.ties import labels, pending, recusing
from mediation.assignment.ties import rules as tie_rules
from mediation.assignment.ties.forms import ApplicationForm, DecisionForm
from mediation.assignment.ties.models import Recusal
from mediation.assignment.ties.rules import Decision, RecusalStatus
from mediation.disputes import services as disputes
from mediation.kernel import clock, states
from mediation.kernel.errors import DomainError, NotPermitted
from mediation.kernel.i18n import _
from mediation.roster import services as roster
from mediation.web.auth import actor


@bp.route("/assignments/<int:assignment_id>/recusal", methods=["GET", "POST"])
def apply_recusal(assignment_id: int) -> ResponseReturnValue:
    """A party applies for recusal; the registry writes down what it says (S4 art. 15)."""
    found = assignment_of(assignment_id)
    if not rules.may_issue(actor(), found):
        raise NotPermitted("apply_recusal", article="S4 art. 15")
    form = ApplicationForm()
    form.party_id.choices = party_options(found.dispute_id)
    if form.on.data is None and not form.on.raw_data:
        form.on.data = clock.today()
    if form.submitted():
        try:
            made = services.apply(actor(), found, form.told, on=form.on.data)
        except DomainError as refused:
            if not refused.field:
                raise
            form.refuse(refused)
        else:
            flash(_("The application is on record; the mediation pauses until it is decided."), "done")
            return redirect(url_for(".recusal", recusal_id=made.id))
    return page_of("ties/application", found, form=form, holder=services.mediator_name(found))


@bp.get("/recusals")
def recusals() -> ResponseReturnValue:
    """What has to be decided, the most urgent first."""
    return render_template("assignment/ties/recusals.html", rows=recusing.due(actor()), labels=labels)


@bp.route("/recusals/<int:recusal_id>", methods=["GET", "POST"])
def recusal(recusal_id: int) -> ResponseReturnValue:
    """A tie that came to light, until when and by whom it is decided; and the decision."""
    found = recusing.get(actor(), recusal_id) or abort(404)
    form = DecisionForm()
    if request.method == "POST":
        states.check(tie_rules.STEPS, "uphold", actor(), found)
    if form.submitted():
        try:
            services.decide(actor(), found, Decision(form.decision.data), reason=form.reason.data or "")
        except DomainError as refused:
            form.refuse(refused)
        else:
            flash(_("Decided. The decision is being made as a document; everybody concerned has been told."), "done")
            return to_dispute(found.dispute_id)
    return _recusal_page(found, form)


def _recusal_page(found: Recusal, form: DecisionForm) -> ResponseReturnValue:
    dispute = disputes.get(actor(), found.dispute_id)
    kinds = {Finding(tie["finding"]) for tie in found.findings}
    result = conflicts.result(kinds)
    mine = found.status is RecusalStatus.OPEN and tie_rules.may_decide(actor(), found)
    mediator = roster.get_mediator(actor(), found.mediator_id) or abort(404)
    page = render_template(
        "assignment/ties/recusal.html",
        recusal=found,
        dispute=dispute,
        title_of_dispute=disputes.title(dispute) if dispute else "",
        mediator=mediator,
        party=next((p for p in disputes.parties(found.dispute_id) if p.id == found.party_id), None),
        deadline=pending.clock_of(found),
        findings=[(Finding(tie["finding"]), tie["name"], tie.get("tie")) for tie in found.findings],
        result=result,
        form=form if mine else None,
        # Consent is asked for only where it helps.
        may_consent=mine and rules.may_issue(actor(), found) and result is CheckResult.WAIVABLE,
        may_answer=mine and rules.may_issue(actor(), found),
        must_yield=result is CheckResult.BLOCKED,
        labels=labels,
        assignment_labels=assignment_labels,
        articles=conflicts.FINDING_ARTICLE,
    )
    return page, 422 if form.errors else 200
