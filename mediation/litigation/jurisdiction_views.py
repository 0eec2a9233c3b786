"""Jurisdiction on the screen: questioned, ruled on, served, appealed against, settled (CPL arts 37, 130, 157, 171)."""

from flask import abort, flash
from flask.typing import ResponseReturnValue

from mediation.accounts import services as accounts
from mediation.disputes import services as disputes
from mediation.kernel import clock, states
from mediation.kernel.i18n import _
from mediation.litigation import rules as register
from mediation.litigation.blueprint import bp, case_of, here
from mediation.litigation.case_page import sent
from mediation.litigation.jurisdiction import deciding, forms, keeping, page, rules
from mediation.litigation.jurisdiction.models import JurisdictionObjection
from mediation.litigation.jurisdiction.rules import Answer, Origin
from mediation.litigation.models import LitigationCase
from mediation.notices.rules import ServiceMethod
from mediation.web.auth import actor


def _one(case_id: int, objection_id: int) -> tuple[LitigationCase, JurisdictionObjection]:
    found = case_of(case_id)
    return found, keeping.get(found, objection_id) or abort(404)


@bp.post("/cases/<int:case_id>/jurisdiction")
def question_jurisdiction(case_id: int) -> ResponseReturnValue:
    """A defendant objects, or the court questions its own jurisdiction."""
    found = case_of(case_id)
    if not register.may_entrust(actor(), found):
        abort(403)
    form = page.question_form(found)

    def act() -> None:
        deciding.question(
            actor(),
            found,
            origin=Origin(form.origin.data),
            party_id=form.party_id.data,
            raised_on=form.raised_on.data or clock.today(),
            reason=form.reason.data or "",
            court=form.court.data or "",
            mandatory=form.mandatory.data,
        )

    return sent(found, form, act, _("On record; until it is settled the case is not heard, and the trial limit stands still where a party objected."), questioning=form)  # fmt: skip


@bp.post("/cases/<int:case_id>/jurisdiction/<int:objection_id>/ruling")
def rule_jurisdiction(case_id: int, objection_id: int) -> ResponseReturnValue:
    """The bench rules on it."""
    found, one = _one(case_id, objection_id)
    states.check(rules.STEPS, "reject", actor(), one)
    form = forms.RuleForm()

    def act() -> None:
        accounts.reauthenticate(actor(), form.password.data or "", purpose=f"litigation.jurisdiction/{one.id}")
        deciding.rule(
            actor(),
            one,
            Answer(form.answer.data),
            reasons=form.reasons.data or "",
            court=form.court.data or "",
            fee_fen=form.fee.data or 0,
            clerk_name=form.clerk_name.data or "",
        )

    return sent(found, form, act, _("The ruling is being made; it is served on every party next."), jurisdiction_ruling=form)  # fmt: skip


@bp.post("/cases/<int:case_id>/jurisdiction/<int:objection_id>/service")
def serve_jurisdiction(case_id: int, objection_id: int) -> ResponseReturnValue:
    """The ruling reached one party."""
    found, one = _one(case_id, objection_id)
    if not register.may_entrust(actor(), found):
        abort(403)
    form = page.service_form(one)

    def act() -> None:
        party = disputes.party(found.dispute_id, form.party_id.data) or abort(404)
        deciding.serve(
            actor(), one, party, method=ServiceMethod(form.method.data), on=form.on.data or clock.today(),
            receiver=form.receiver.data or "",
        )  # fmt: skip

    return sent(found, form, act, _("The service is recorded; the ten days to appeal run."), jurisdiction_service=form)


@bp.post("/cases/<int:case_id>/jurisdiction/<int:objection_id>/appeal")
def appeal_jurisdiction(case_id: int, objection_id: int) -> ResponseReturnValue:
    """A party appeals against the ruling."""
    found, one = _one(case_id, objection_id)
    states.check(rules.STEPS, "appeal", actor(), one)
    form = page.appeal_form(one)
    return sent(
        found, form,
        lambda: deciding.appeal(actor(), one, party_id=form.party_id.data, on=form.on.data or clock.today()),
        _("The appeal is on record; what the higher court rules is entered here."),
        jurisdiction_appeal=form,
    )  # fmt: skip


@bp.post("/cases/<int:case_id>/jurisdiction/<int:objection_id>/higher-ruling")
def jurisdiction_above(case_id: int, objection_id: int) -> ResponseReturnValue:
    """The higher court has ruled."""
    found, one = _one(case_id, objection_id)
    states.check((deciding.ABOVE,), "record_above", actor(), one)
    form = forms.AboveForm()

    def act() -> None:
        deciding.answered_above(
            actor(), one, Answer(form.answer.data), above=form.above.data or "", number=form.number.data or "",
            on=form.on.data or clock.today(), court=form.court.data or "",
        )  # fmt: skip

    return sent(found, form, act, _("The higher court's ruling is on record; jurisdiction is settled."), jurisdiction_above=form)  # fmt: skip


@bp.post("/cases/<int:case_id>/jurisdiction/<int:objection_id>/effect")
def jurisdiction_in_force(case_id: int, objection_id: int) -> ResponseReturnValue:
    """Nobody appealed in time."""
    found, one = _one(case_id, objection_id)
    deciding.take_effect(actor(), one)
    flash(_("The ruling is in force; jurisdiction is settled."))
    return here(found)


@bp.post("/cases/<int:case_id>/jurisdiction/<int:objection_id>/withdrawal")
def drop_jurisdiction(case_id: int, objection_id: int) -> ResponseReturnValue:
    """The objection was taken back."""
    found, one = _one(case_id, objection_id)
    if not register.may_entrust(actor(), found):
        abort(403)
    deciding.drop(actor(), one)
    flash(_("It fell away; the trial goes on."))
    return here(found)
