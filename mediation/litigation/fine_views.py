"""Fines for late evidence on the screen."""

from collections.abc import Callable
from typing import Any

from flask import abort
from flask.typing import ResponseReturnValue

from mediation.kernel import clock, states
from mediation.kernel.i18n import _
from mediation.litigation import rules
from mediation.litigation.blueprint import bp, case_of
from mediation.litigation.case_page import sent
from mediation.litigation.evidence import keeping as evidence
from mediation.litigation.fines import deciding, forms, keeping, page
from mediation.litigation.fines.models import EvidenceFine
from mediation.litigation.fines.rules import STEPS, Review
from mediation.litigation.models import LitigationCase
from mediation.notices.rules import ServiceMethod
from mediation.web.auth import actor


@bp.post("/cases/<int:case_id>/late-evidence/<int:late_id>/fine")
def propose_fine(case_id: int, late_id: int) -> ResponseReturnValue:
    """The judge proposes a fine (CPL arts 68, 118)."""
    found = case_of(case_id)
    late = next((one for one in evidence.late(found) if one.id == late_id), None) or abort(404)
    if not rules.may_try(actor(), found):
        abort(403)
    form = page.form_of(late.id, forms.ProposalForm)

    def act() -> None:
        deciding.propose(actor(), found, late, amount_fen=form.amount.data or 0, reason=form.reason.data or "")

    return sent(
        found, form, act, _("The proposal is recorded; the president is told."), fine_form=(late.id, ("propose", form))
    )


def _one(case_id: int, fine_id: int) -> tuple[LitigationCase, EvidenceFine]:
    found = case_of(case_id)
    return found, keeping.get(found, fine_id) or abort(404)


def _take(
    found: LitigationCase, fine: EvidenceFine, step: str, form: Any, act: Callable[[], object]
) -> ResponseReturnValue:
    return sent(found, form, act, _("It is recorded."), fine_form=(fine.late_id, (step, form)))


@bp.post("/cases/<int:case_id>/fines/<int:fine_id>/approval")
def decide_fine(case_id: int, fine_id: int) -> ResponseReturnValue:
    """The president approves or not (CPL art. 119)."""
    found, one = _one(case_id, fine_id)
    states.check(STEPS, "approve", actor(), one)
    form = page.form_of(one.late_id, forms.ApprovalForm)
    return _take(
        found, one, "approve", form,
        lambda: deciding.decide(actor(), one, approved=form.answer.data == forms.YES, note=form.reason.data or ""),
    )  # fmt: skip


@bp.post("/cases/<int:case_id>/fines/<int:fine_id>/service")
def serve_fine(case_id: int, fine_id: int) -> ResponseReturnValue:
    """The decision reached whoever is fined."""
    found, one = _one(case_id, fine_id)
    form = page.form_of(one.late_id, forms.FineServiceForm)
    return _take(
        found, one, "serve", form,
        lambda: deciding.serve(
            actor(), one, method=ServiceMethod(form.method.data), on=form.on.data or clock.today(),
            receiver=form.receiver.data or "",
        ),
    )  # fmt: skip


@bp.post("/cases/<int:case_id>/fines/<int:fine_id>/reconsideration")
def review_fine(case_id: int, fine_id: int) -> ResponseReturnValue:
    """Reconsideration is applied for (S2 art. 185)."""
    found, one = _one(case_id, fine_id)
    form = page.form_of(one.late_id, forms.ReviewForm)
    return _take(
        found, one, "review", form,
        lambda: deciding.ask_review(actor(), one, on=form.on.data or clock.today(), reason=form.reason.data or ""),
    )  # fmt: skip


@bp.post("/cases/<int:case_id>/fines/<int:fine_id>/answer")
def fine_reviewed(case_id: int, fine_id: int) -> ResponseReturnValue:
    """The court above has answered (S2 art. 186)."""
    found, one = _one(case_id, fine_id)
    form = page.form_of(one.late_id, forms.ReviewedForm)
    return _take(
        found, one, "reviewed", form,
        lambda: deciding.answer_review(
            actor(), one, review=Review(form.review.data), number=form.number.data or "",
            on=form.on.data or clock.today(), amount_fen=form.amount.data,
        ),
    )  # fmt: skip
