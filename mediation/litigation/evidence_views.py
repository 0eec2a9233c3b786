"""More time for evidence, and late evidence, on the screen."""

from flask import abort
from flask.typing import ResponseReturnValue

from mediation.kernel import clock, states
from mediation.kernel.i18n import _
from mediation.litigation import rules
from mediation.litigation.blueprint import bp, case_of
from mediation.litigation.case_page import sent
from mediation.litigation.evidence import deciding, forms, keeping, page
from mediation.litigation.evidence.rules import STEPS, Cause
from mediation.web.auth import actor


@bp.post("/cases/<int:case_id>/evidence-requests")
def ask_evidence_time(case_id: int) -> ResponseReturnValue:
    """A party asks for more time, in writing (S2 art. 100)."""
    found = case_of(case_id)
    if not rules.may_entrust(actor(), found):
        abort(403)
    form = page.ask_form(found)

    def act() -> None:
        deciding.ask(
            actor(), found, party_id=form.party_id.data, on=form.on.data or clock.today(), reason=form.reason.data or ""
        )

    return sent(found, form, act, _("The application is recorded; the judge is told."), evidence_ask=form)


@bp.post("/cases/<int:case_id>/evidence-requests/<int:request_id>")
def decide_evidence_time(case_id: int, request_id: int) -> ResponseReturnValue:
    """The judge gives every party more time, or refuses (S2 art. 100)."""
    found = case_of(case_id)
    one = next((request for request in keeping.of_case(found) if request.id == request_id), None) or abort(404)
    states.check(STEPS, "grant", actor(), one)
    form = forms.EvidenceDecisionForm()

    def act() -> None:
        granted = form.answer.data == forms.YES
        deciding.decide(actor(), one, granted=granted, days=form.days.data, reason=form.reason.data or "")

    return sent(found, form, act, _("The decision is recorded; whom it concerns is told."), evidence_decision=form)


@bp.post("/cases/<int:case_id>/late-evidence")
def decide_late_evidence(case_id: int) -> ResponseReturnValue:
    """Evidence came late: its reason was heard, the judge finds (S2 arts 101, 102)."""
    found = case_of(case_id)
    if not rules.may_try(actor(), found):
        abort(403)
    form = page.late_form(found)

    def act() -> None:
        deciding.decide_late(
            actor(), found, party_id=form.party_id.data, what=form.what.data or "", on=form.on.data or clock.today(),
            reason=form.reason.data or "", cause=Cause(form.cause.data), basic=form.basic.data,
        )  # fmt: skip

    return sent(found, form, act, _("The decision on the evidence is recorded."), late_evidence=form)
