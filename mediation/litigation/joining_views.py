"""Parties who join a filed case, counterclaims and third parties' claims on the screen."""

from flask import abort
from flask.typing import ResponseReturnValue

from mediation.disputes.rules import PartyKind
from mediation.kernel import clock, states
from mediation.kernel.i18n import _
from mediation.litigation import rules
from mediation.litigation.blueprint import bp, case_of
from mediation.litigation.case_page import sent
from mediation.litigation.joining import claiming, forms, keeping, letting_in, page, refusal
from mediation.litigation.joining.letting_in import Newcomer
from mediation.litigation.joining.models import JoinedClaim
from mediation.litigation.joining.rules import STEPS, Link, Origin, Place
from mediation.litigation.models import LitigationCase
from mediation.litigation.tariff import FeeKind
from mediation.notices.rules import ServiceMethod
from mediation.web.auth import actor


@bp.post("/cases/<int:case_id>/joinders")
def join_party(case_id: int) -> ResponseReturnValue:
    """The judge lets somebody join the case, or rejects the application (CPL arts 59, 135; S2 arts 73, 81)."""
    found = case_of(case_id)
    if not rules.may_try(actor(), found):
        abort(403)
    form = page.join_form(found)

    def act() -> None:
        who = Newcomer(
            Place(form.place.data), form.name.data or "", PartyKind(form.kind.data), form.id_no.data or "",
            form.phone.data or "", form.domicile.data or "", form.representative.data or "",
        )  # fmt: skip
        letting_in.decide(
            actor(), found, who, origin=Origin(form.origin.data), on=form.on.data or clock.today(),
            granted=form.answer.data == forms.YES, reason=form.reason.data or "", applicant_id=form.applicant_id.data,
            days=form.days.data, not_small=form.not_small.data,
            clerk_name=form.clerk_name.data or "",
        )  # fmt: skip

    return sent(found, form, act, _("The decision is recorded; whom it concerns is told."), join_form=form)


@bp.post("/cases/<int:case_id>/claims")
def bring_claim(case_id: int) -> ResponseReturnValue:
    """A defendant brings a counterclaim, or a third party its claim (CPL art. 143; S2 art. 232)."""
    found = case_of(case_id)
    if not rules.may_entrust(actor(), found):
        abort(403)
    form = page.claim_form(found)

    def act() -> None:
        claiming.bring(
            actor(), found, party_id=form.party_id.data, on=form.on.data or clock.today(), claims=form.claims.data or "",
            grounds=form.grounds.data or "", fee_kind=FeeKind(form.fee_kind.data), amount_fen=form.amount.data or 0,
        )  # fmt: skip

    return sent(found, form, act, _("The claim is recorded; the judge is told."), claim_form=form)


def _one(case_id: int, claim_id: int, step: str = "") -> tuple[LitigationCase, JoinedClaim]:
    found = case_of(case_id)
    one = keeping.get(found, claim_id) or abort(404)
    if step:
        states.check(STEPS, step, actor(), one)
    return found, one


@bp.post("/cases/<int:case_id>/claims/<int:claim_id>/decision")
def decide_claim(case_id: int, claim_id: int) -> ResponseReturnValue:
    """The judge finds whether it is tried with the suit (S2 art. 233)."""
    found, one = _one(case_id, claim_id, "join")
    form = page.form_of(one, forms.ClaimDecisionForm)

    def act() -> None:
        claiming.decide(
            actor(), one, link=Link(form.link.data), elsewhere=form.elsewhere.data, reason=form.reason.data or "",
            days=form.days.data, clerk_name=form.clerk_name.data or "",
        )  # fmt: skip

    return sent(
        found,
        form,
        act,
        _("The decision is recorded; whom it concerns is told."),
        one_claim=(one.id, ("decision", form)),
    )


@bp.post("/cases/<int:case_id>/claims/<int:claim_id>/payment")
def pay_claim(case_id: int, claim_id: int) -> ResponseReturnValue:
    """Half of the fee was paid (S10 art. 18)."""
    found, one = _one(case_id, claim_id)
    form = page.form_of(one, forms.ClaimPaymentForm)
    return sent(
        found, form, lambda: claiming.pay(actor(), one, on=form.on.data or clock.today()),
        _("The payment is recorded."), one_claim=(one.id, ("payment", form)),
    )  # fmt: skip


@bp.post("/cases/<int:case_id>/claims/<int:claim_id>/withdrawal")
def withdraw_claim(case_id: int, claim_id: int) -> ResponseReturnValue:
    """It is withdrawn, or its fee was not paid (S2 arts 213, 239)."""
    found, one = _one(case_id, claim_id, "withdraw")
    form = page.form_of(one, forms.ClaimWithdrawalForm)
    return sent(
        found, form,
        lambda: claiming.withdraw(
            actor(), one, unpaid=form.why.data == forms.NO, clerk_name=form.clerk_name.data or ""
        ),
        _("The end of the claim is recorded."), one_claim=(one.id, ("withdrawal", form)),
    )  # fmt: skip


@bp.post("/cases/<int:case_id>/claims/<int:claim_id>/ruling-service")
def serve_claim_ruling(case_id: int, claim_id: int) -> ResponseReturnValue:
    """The ruling that does not take it reached whoever brought it."""
    found, one = _one(case_id, claim_id)
    form = page.service_form(one)
    return sent(
        found, form,
        lambda: refusal.serve(
            actor(), one, method=ServiceMethod(form.method.data), on=form.on.data or clock.today(),
            receiver=form.receiver.data or "",
        ),
        _("The service is recorded; the ten days to appeal run."), one_claim=(one.id, ("service", form)),
    )  # fmt: skip


@bp.post("/cases/<int:case_id>/claims/<int:claim_id>/appeal")
def appeal_claim_ruling(case_id: int, claim_id: int) -> ResponseReturnValue:
    """The party appeals because its claim was not taken (CPL art. 171)."""
    found, one = _one(case_id, claim_id, "appeal")
    form = page.form_of(one, forms.ClaimAppealForm)
    return sent(
        found, form, lambda: refusal.appeal(actor(), one, on=form.on.data or clock.today()),
        _("The appeal is on record; what the higher court rules is entered here."), one_claim=(one.id, ("appeal", form)),
    )  # fmt: skip


@bp.post("/cases/<int:case_id>/claims/<int:claim_id>/higher-ruling")
def claim_above(case_id: int, claim_id: int) -> ResponseReturnValue:
    """The higher court has ruled on the appeal (CPL art. 182; S2 art. 330)."""
    found, one = _one(case_id, claim_id, "uphold")
    form = page.above_form(actor(), one)
    return sent(
        found, form,
        lambda: refusal.answered_above(
            actor(), one, taken=form.answer.data == forms.YES, above=form.above.data or "", number=form.number.data or "",
            on=form.on.data or clock.today(), days=form.days.data if "days" in form else None,
        ),
        _("The higher court's ruling is on record; whom it concerns is told."), one_claim=(one.id, ("above", form)),
    )  # fmt: skip
