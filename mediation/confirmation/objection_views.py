"""Objections to a confirmation ruling on the screen: recorded, ruled on, served, taken back (S2 art. 372)."""

from flask import abort, flash
from flask.typing import ResponseReturnValue

from mediation.confirmation import rules
from mediation.confirmation.blueprint import bp
from mediation.confirmation.models import Confirmation
from mediation.confirmation.objections import deciding, forms, keeping, page
from mediation.confirmation.objections.models import ConfirmationObjection
from mediation.confirmation.objections.rules import STEPS, Ruled
from mediation.confirmation.page import confirmation_or_404, here, page_of
from mediation.disputes import services as disputes
from mediation.kernel import clock, states
from mediation.kernel.i18n import _
from mediation.notices.rules import ServiceMethod
from mediation.web.auth import actor


def _one(confirmation_id: int, objection_id: int) -> tuple[Confirmation, ConfirmationObjection]:
    found = confirmation_or_404(confirmation_id)
    return found, keeping.get(found, objection_id) or abort(404)


@bp.post("/confirmations/<int:confirmation_id>/objections")
def object_to(confirmation_id: int) -> ResponseReturnValue:
    """A party, or somebody outside the agreement, objects."""
    found = confirmation_or_404(confirmation_id)
    if not rules.may_register(actor(), found):
        abort(403)
    form = page.object_form(found)

    def act() -> None:
        outside = form.who.data == forms.OUTSIDE
        deciding.object_to(
            actor(), found, party_id=None if outside else form.who.data, name=form.name.data or "",
            phone=form.phone.data or "", address=form.address.data or "", known_on=form.known_on.data,
            raised_on=form.raised_on.data or clock.today(), reason=form.reason.data or "",
        )  # fmt: skip

    if form.taken(act):
        flash(_("The objection is recorded under a number of its own; the judges are told."))
        return here(found)
    return page_of(found, objecting=form)


@bp.post("/confirmations/<int:confirmation_id>/objections/<int:objection_id>/ruling")
def rule_objection(confirmation_id: int, objection_id: int) -> ResponseReturnValue:
    """The court rules on it."""
    found, one = _one(confirmation_id, objection_id)
    states.check(STEPS, "reject", actor(), one)
    form = forms.ObjectionRulingForm()

    def act() -> None:
        deciding.rule(
            actor(), one, Ruled(form.answer.data), reasons=form.reasons.data or "", altered=form.altered.data or "",
            password=form.password.data or "",
        )  # fmt: skip

    if form.taken(act):
        flash(_("The ruling is made; it is served on everybody concerned next."))
        return here(found)
    return page_of(found, objection_ruling=form)


@bp.post("/confirmations/<int:confirmation_id>/objections/<int:objection_id>/service")
def serve_objection(confirmation_id: int, objection_id: int) -> ResponseReturnValue:
    """The ruling reached a party, or the person outside."""
    found, one = _one(confirmation_id, objection_id)
    if not rules.may_work(actor(), found):
        abort(403)
    form = page.service_form(one)

    def act() -> None:
        party = disputes.party(found.dispute_id, form.who.data) if form.who.data else None
        deciding.serve(
            actor(), one, party, method=ServiceMethod(form.method.data), on=form.on.data or clock.today(),
            receiver=form.receiver.data or "",
        )  # fmt: skip

    if form.taken(act):
        flash(_("The service is recorded."))
        return here(found)
    return page_of(found, objection_service=form)


@bp.post("/confirmations/<int:confirmation_id>/objections/<int:objection_id>/withdrawal")
def withdraw_objection(confirmation_id: int, objection_id: int) -> ResponseReturnValue:
    """Whoever objected takes it back."""
    found, one = _one(confirmation_id, objection_id)
    deciding.withdraw(actor(), one)
    flash(_("The objection is taken back; the ruling stands."))
    return here(found)
