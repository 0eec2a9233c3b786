"""The plaint copy, the statement of defence and the time for evidence on the screen."""

from datetime import date
from typing import Any

from flask import abort
from flask.typing import ResponseReturnValue

from mediation.disputes import services as disputes
from mediation.kernel import clock, states
from mediation.kernel.i18n import _
from mediation.litigation import rules
from mediation.litigation.blueprint import bp, case_of
from mediation.litigation.case_page import sent
from mediation.litigation.defence import evidence, forms, keeping, serving
from mediation.litigation.defence.models import Defence
from mediation.litigation.defence.page import evidence_service_form, form_of
from mediation.litigation.defence.rules import STEPS
from mediation.litigation.models import LitigationCase
from mediation.notices.labels import SERVICE_METHOD
from mediation.notices.rules import ServiceMethod
from mediation.web.auth import actor
from mediation.web.fields import SelectChoice, options


def _day(form: Any) -> date:
    return form.on.data or clock.today()


@bp.post("/cases/<int:case_id>/plaint")
def send_plaint(case_id: int) -> ResponseReturnValue:
    """The plaint copy and the notice to respond go to the defendants (CPL art. 128)."""
    found = case_of(case_id)
    if not rules.may_entrust(actor(), found):
        abort(403)
    form = forms.SendForm()
    return sent(
        found, form, lambda: serving.send(actor(), found, on=_day(form)),
        _("The notices to respond are being made; record the service on each defendant."), sending=form,
    )  # fmt: skip


def _one(case_id: int, defence_id: int, step: str) -> tuple[LitigationCase, Defence]:
    found = case_of(case_id)
    one = keeping.get(found, defence_id) or abort(404)
    states.check(STEPS, step, actor(), one)
    return found, one


@bp.post("/cases/<int:case_id>/defences/<int:defence_id>/service")
def serve_plaint(case_id: int, defence_id: int) -> ResponseReturnValue:
    """The plaint copy reached one defendant."""
    found, one = _one(case_id, defence_id, "serve")
    form = form_of(one, forms.PlaintServiceForm)
    # An announcement past its own sheet is refused with its article, not as a wrong choice.
    form.method.choices = options(SERVICE_METHOD)

    def act() -> None:
        serving.serve(
            actor(), one, method=ServiceMethod(form.method.data), on=_day(form), receiver=form.receiver.data or "",
            days=form.days.data, note=form.note.data or "",
        )  # fmt: skip

    return sent(found, form, act, _("The service is recorded; the time to answer runs."), defence_form=(one.id, form))


@bp.post("/cases/<int:case_id>/defences/<int:defence_id>/statement")
def receive_defence(case_id: int, defence_id: int) -> ResponseReturnValue:
    """A statement of defence came."""
    found, one = _one(case_id, defence_id, "receive")
    form = form_of(one, forms.StatementForm)
    return sent(
        found, form, lambda: serving.receive(actor(), one, on=_day(form)),
        _("The statement of defence is recorded; its copy goes to the plaintiff within five days."),
        defence_form=(one.id, form),
    )  # fmt: skip


@bp.post("/cases/<int:case_id>/defences/<int:defence_id>/copy")
def pass_defence_on(case_id: int, defence_id: int) -> ResponseReturnValue:
    """The statement of defence went to the plaintiff."""
    found, one = _one(case_id, defence_id, "pass_on")
    form = form_of(one, forms.PassingForm)
    return sent(
        found, form, lambda: serving.pass_on(actor(), one, on=_day(form)),
        _("It is recorded that the copy was sent."), defence_form=(one.id, form),
    )  # fmt: skip


@bp.post("/cases/<int:case_id>/periods-waived")
def waive_periods(case_id: int) -> ResponseReturnValue:
    """Both sides need no time for evidence or defence (S2 arts 266, 275)."""
    found = case_of(case_id)
    if not rules.may_entrust(actor(), found):
        abort(403)
    form = forms.WaiverForm()
    return sent(
        found, form, lambda: serving.waive(actor(), found, on=_day(form)),
        _("The declaration is recorded; the case may be heard as soon as the plaint copy has been served."), waiving=form,
    )  # fmt: skip


@bp.post("/cases/<int:case_id>/evidence-period")
def set_evidence(case_id: int) -> ResponseReturnValue:
    """The judge sets the time for evidence (S2 arts 99, 266, 275)."""
    found = case_of(case_id)
    if not rules.may_try(actor(), found):
        abort(403)
    form = forms.EvidenceForm()

    def act() -> None:
        evidence.set_evidence(actor(), found, days=form.days.data or 0, on=_day(form), agreed=form.agreed.data)

    return sent(found, form, act, _("The time for evidence is set; the parties are told."), evidence=form)


@bp.post("/cases/<int:case_id>/evidence-notice")
def serve_evidence_notice(case_id: int) -> ResponseReturnValue:
    """The notice about the evidence reached one party (S37 art. 50)."""
    found = case_of(case_id)
    if not rules.may_entrust(actor(), found):
        abort(403)
    notice = keeping.evidence_notice(found)
    form = evidence_service_form(notice.left if notice is not None else ())
    # Whom it has reached already is refused with its article, not as a wrong choice.
    form.party_id.choices = [SelectChoice(party.id, party.name) for party in disputes.parties(found.dispute_id)]

    def act() -> None:
        evidence.serve(
            actor(), found, party_id=form.party_id.data, method=ServiceMethod(form.method.data), on=_day(form),
            receiver=form.receiver.data or "",
        )  # fmt: skip

    return sent(found, form, act, _("The service is recorded; its receipt is being made."), evidence_serving=form)
