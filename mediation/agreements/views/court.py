"""Settled before the court: the clauses, the court's own document drawn up from them, and its ledger (R3-42; CPL art. 100)."""

from typing import Any

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from mediation.accounts import services as accounts
from mediation.agreements import documents, forms, guard, labels, rules
from mediation.agreements.services import drafting, performance, settling
from mediation.agreements.services.sources import being_written, clauses
from mediation.agreements.views.agreement import ledger_of
from mediation.agreements.views.shared import bp, case_of, settlement_of
from mediation.disputes import services as disputes
from mediation.disputes.opening import opened
from mediation.kernel import clock
from mediation.kernel.actor import REGISTRY
from mediation.kernel.i18n import _
from mediation.litigation import labels as court
from mediation.litigation import rules as litigation_rules
from mediation.litigation import services as litigation
from mediation.litigation.models import LitigationCase
from mediation.litigation.rules import Effect, Manner
from mediation.web.auth import actor


@bp.route("/cases/<int:case_id>/mediation-document", methods=["GET", "POST"])
def court_document(case_id: int) -> ResponseReturnValue:
    """Draw up the 民事调解书 from its clauses; what the parties signed in mediation is there already."""
    found = case_of(case_id)
    if not litigation_rules.may_judge(actor(), found):
        abort(403)
    litigation.may_draw_up(actor(), found)
    form = forms.CourtDocumentForm(**_defaults(found))
    if form.taken(lambda: _draw_up(found, form)):
        flash(_("The mediation document is being made; it is served on every party next."))
        return redirect(url_for("litigation.case", case_id=found.id))
    agreement = drafting.effective_of(found.dispute_id)
    rows = clauses(being_written(found)) if agreement is None else ()
    page = render_template(
        "agreements/court_document.html",
        form=form,
        case=found,
        number=litigation.number_of(found),
        agreement=agreement,
        sentences=settling.sentences(actor(), found),
        rows=rows,
        correctable=settling.correctable(found),
        objections=settling.objections(found, _guarantors(form)) if agreement is None else [],
        article=guard.ARTICLE,
        labels=labels,
    )
    return page, 422 if form.errors or form.refusal else 200


@bp.post("/cases/<int:case_id>/mediation-document/correction")
def correct_document(case_id: int) -> ResponseReturnValue:
    """The clauses of the document nobody has received, to be changed in a corrected version."""
    found = case_of(case_id)
    if not litigation_rules.may_judge(actor(), found):
        abort(403)
    settling.take_over(actor(), found)
    flash(_("The clauses are taken over; change what is wrong and draw the document up again."))
    return redirect(url_for("agreements.court_document", case_id=found.id))


def _draw_up(found: LitigationCase, form: forms.CourtDocumentForm) -> None:
    accounts.reauthenticate(actor(), form.password.data or "", purpose=f"litigation.document/{found.id}")
    settling.draw_up(
        actor(),
        found,
        agreed_on=form.agreed_on.data or clock.today(),
        effect=Effect(form.effect.data),
        fee_fen=form.fee.data or 0,
        fee_bearer=form.fee_bearer.data or "",
        how=form.how.data,
        organisation=form.organisation.data or "",
        guarantors=_guarantors(form),
        clerk_name=form.clerk_name.data or "",
    )


def _guarantors(form: forms.CourtDocumentForm) -> list[str]:
    return [name for name in (form.guarantors.data or "").replace("，", "、").split("、") if name.strip()]


def _defaults(found: LitigationCase) -> dict[str, Any]:
    mediated = drafting.effective_of(found.dispute_id) is not None
    return {
        "agreed_on": found.agreed_on or clock.today(),
        "how": court.BY_ENTRUSTED if mediated else court.BY_COURT,
        "organisation": litigation.mediated_by(found) if mediated else "",
        "fee": litigation.final_fee(found, Manner.MEDIATION_DOCUMENT) or 0,
    }


@bp.get("/cases/<int:case_id>/ledger")
def court_ledger(case_id: int) -> ResponseReturnValue:
    """What the court's document obliges to, and what was done of it (CPL arts 100, 247)."""
    found = settlement_of(case_id)
    dispute = opened(found.dispute_id)
    names = {party.id: party.name for party in disputes.parties(dispute.id)}
    rows = clauses(found)
    return render_template(
        "agreements/court_ledger.html",
        source=found,
        title=disputes.title(dispute),
        clauses=list(zip(rows, documents.sentences(found.dispute_id, rows), strict=True)),
        ledger=ledger_of(found, names),
        performances=performance.acts(found, rows),
        may_perform=rules.may_record_performance(actor(), found),
        may_enforce=actor().has(*REGISTRY),
        labels=labels,
    )
