"""Performance of an agreement, and mediation that ends without one."""

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from mediation.agreements import forms, rules
from mediation.agreements.services import failure, performance
from mediation.agreements.services.sources import clauses
from mediation.agreements.views.agreement import sentence_of
from mediation.agreements.views.shared import (
    agreement_of,
    assignment_of,
    bp,
    conducted,
    ledger_url,
    source_of,
)  # fmt: skip
from mediation.assignment.rules import EndCode
from mediation.disputes import services as disputes
from mediation.kernel import clock
from mediation.kernel.errors import DomainError
from mediation.kernel.i18n import _
from mediation.web.auth import actor


@bp.route("/cases/<int:case_id>/ledger/<int:clause_id>/performance", methods=["GET", "POST"])
@bp.route("/agreements/<int:agreement_id>/clauses/<int:clause_id>/performance", methods=["GET", "POST"])
def perform(clause_id: int, agreement_id: int = 0, case_id: int = 0) -> ResponseReturnValue:
    """Something was performed, of an agreement or of the court's own document."""
    found = source_of(agreement_id, case_id)
    if not rules.may_record_performance(actor(), found):
        abort(403)
    row = next((c for c in clauses(found) if c.id == clause_id), None) or abort(404)
    open_fen = (row.amount_fen or 0) - performance.paid_fen(row)
    form = forms.PerformanceForm(on=clock.today(), amount_fen=open_fen or None)
    if form.submitted():
        try:
            performance.record(
                actor(),
                found,
                row,
                on=form.on.data or clock.today(),
                amount_fen=form.amount_fen.data,
                evidence=form.evidence.data or "",
            )
        except DomainError as refused:
            form.refuse(refused)
        else:
            flash(_("The performance is recorded."))
            return redirect(ledger_url(found))
    names = {p.id: p.name for p in disputes.parties(found.dispute_id)}
    return render_template(
        "agreements/perform.html",
        form=form,
        back=ledger_url(found),
        sentence=sentence_of(row, names),
        money=row.kind in rules.MONEY,
    )


@bp.post("/agreements/<int:agreement_id>/closing")
def close_performed(agreement_id: int) -> ResponseReturnValue:
    found = agreement_of(agreement_id)
    if not rules.may_record_performance(actor(), found):
        abort(403)
    performance.close_performed(actor(), found)
    flash(_("Everything is performed; the dispute is closed."))
    return redirect(url_for("disputes.dispute", dispute_id=found.dispute_id))


@bp.route("/assignments/<int:assignment_id>/failure", methods=["GET", "POST"])
def report_failure(assignment_id: int) -> ResponseReturnValue:
    assignment = conducted(assignment_id)
    form = forms.FailureForm()
    if form.submitted():
        try:
            failure.report(
                actor(),
                assignment,
                code=EndCode(form.code.data),
                course=form.course.data or "",
                reasons=form.reasons.data or "",
                cost_behaviour=form.cost_behaviour.data or "",
                alerts=form.alerts.data or "",
                material_returned=form.material_returned.data or "",
            )
        except DomainError as refused:
            form.refuse(refused)
        else:
            flash(_("The report and the material are with the court; confidential material stayed behind."))
            return redirect(url_for("disputes.dispute", dispute_id=assignment.dispute_id))
    dispute = disputes.get(actor(), assignment.dispute_id)
    return render_template("agreements/failure.html", form=form, assignment=assignment, dispute=dispute)


@bp.post("/packets/<int:assignment_id>/receipt")
def receive_packet(assignment_id: int) -> ResponseReturnValue:
    assignment = assignment_of(assignment_id)
    packet = failure.packet_of(assignment.id) or abort(404)
    failure.receive(actor(), packet)
    flash(_("The receipt of the material is recorded."))
    return redirect(url_for("disputes.dispute", dispute_id=assignment.dispute_id))
