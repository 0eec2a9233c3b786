"""Intake on the screen: short forms that stand on the dispute's own page, and alone when something was wrong."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from mediation.disputes import services as disputes
from mediation.disputes.models import Dispute
from mediation.disputes.opening import opened
from mediation.disputes.rules import Status, TypeCode
from mediation.intake import board, labels, rules, services
from mediation.intake.forms import (
    AnswerPart,
    ApplicantPart,
    CorrectedForm,
    CorrectionForm,
    FilingForm,
    ReturnForm,
    WithdrawalForm,
    answered,
)
from mediation.intake.models import Consent, Correction, Guidance, RegimeRule, Screening
from mediation.intake.rules import Advice, Manner, ScreeningResult
from mediation.intake.screening import Flag
from mediation.intake.services import ConsentData
from mediation.intake.suitability import Exclusion
from mediation.kernel.errors import DomainError
from mediation.kernel.i18n import _
from mediation.web.auth import actor
from mediation.web.forms import BaseForm
from mediation.web.registry import Registry

bp = Blueprint("intake", __name__, url_prefix="/disputes/<int:dispute_id>")


def contribute(registry: Registry) -> None:
    """The next steps at the counter, what is known so far, and the words of the trail."""
    registry.offers.append(board.offers)
    registry.dossier |= {Screening, Guidance, Consent, Correction, RegimeRule}
    registry.panels.append(board.panels)
    registry.events.update(labels.EVENTS)
    for status, step in board.NEXT_STEPS.items():
        registry.next_steps[status.value] = step


def _dispute(dispute_id: int) -> Dispute:
    return opened(dispute_id)


def _back(dispute: Dispute) -> ResponseReturnValue:
    return redirect(url_for("disputes.dispute", dispute_id=dispute.id))


def _page(template: str, dispute: Dispute, form: BaseForm, **more: Any) -> ResponseReturnValue:
    title = disputes.title(dispute)
    page = render_template(f"intake/{template}.html", dispute=dispute, form=form, name=title, labels=labels, **more)
    return page, 422 if form.errors else 200


def _kept(form: BaseForm, error: DomainError) -> None:
    """A refusal about something typed goes beside it; any other is a page of its own."""
    if not error.field:
        raise error
    form.refuse(error)


@bp.route("/screening", methods=["GET", "POST"])
def screen(dispute_id: int) -> ResponseReturnValue:
    dispute = _dispute(dispute_id)
    form = board.screening_form(actor(), dispute)
    if form.submitted():
        decided = form.result.data if "result" in form else ""
        try:
            found = services.screen(
                actor(),
                dispute,
                exclusions=[Exclusion(code) for code in form.exclusions.data or []],
                flags=[Flag(flag) for flag in form.flags.data or []],
                arbitration_done=form.arbitration_done.data,
                result=ScreeningResult(decided) if decided else None,
                reason=form.reason.data or "" if "reason" in form else "",
            )
        except DomainError as error:
            _kept(form, error)
        else:
            flash(labels.RESULT_MEANING[found.result])
            return _back(dispute)
    return _page("screening", dispute, form, **board.screening_context(dispute))


@bp.route("/correction", methods=["GET", "POST"])
def ask_correction(dispute_id: int) -> ResponseReturnValue:
    dispute, form = _dispute(dispute_id), CorrectionForm()
    if form.submitted():
        services.ask_correction(actor(), dispute, missing=form.missing.data or "")
        flash(_("The notice is being produced. The seven days begin on the day after everything has come."))
        return _back(dispute)
    return _page("correction", dispute, form)


@bp.route("/correction/receipt", methods=["GET", "POST"])
def receive_correction(dispute_id: int) -> ResponseReturnValue:
    dispute, form = _dispute(dispute_id), CorrectedForm()
    if form.submitted():
        try:
            services.receive_correction(actor(), dispute, on=form.corrected_on.data)
        except DomainError as error:
            _kept(form, error)
        else:
            flash(_("Recorded. The seven days run from the day after."))
            return _back(dispute)
    return _page("corrected", dispute, form, correction=services.correction_of(dispute.id))


@bp.route("/return", methods=["GET", "POST"])
def return_(dispute_id: int) -> ResponseReturnValue:
    dispute, form = _dispute(dispute_id), ReturnForm()
    pending = services.complaint_pending(dispute)
    if not pending:
        del form.complaint_taken_back
    if form.submitted():
        try:
            services.return_(
                actor(),
                dispute,
                advice=Advice(form.advice.data),
                note=form.note.data or "",
                complaint_taken_back=pending and form.complaint_taken_back.data,
            )
        except DomainError as error:
            _kept(form, error)
        else:
            flash(_("Returned with advice."))
            return _back(dispute)
    return _page("return", dispute, form)


@bp.post("/guidance")
def guide(dispute_id: int) -> ResponseReturnValue:
    dispute = _dispute(dispute_id)
    services.guide(actor(), dispute)
    flash(_("Notice and answer form are being produced for every party. Now ask each of them."))
    return _back(dispute)


@bp.route("/consents", methods=["GET", "POST"])
def consents(dispute_id: int) -> ResponseReturnValue:
    dispute = _dispute(dispute_id)
    form = board.answers_form(actor(), dispute)
    if form.submitted():
        given = [_given(name, part.form) for name, part in board.parts(form) if answered(part.form)]
        if given:
            services.record_consents(actor(), dispute, given)
            flash(_told(dispute))
            return _back(dispute)
        form.form_errors.append(_("Record the answer of at least one party."))
    return _page("consents", dispute, form)


def _given(name: str, part: AnswerPart) -> ConsentData:
    answer = answered(part)
    if answer is None:
        raise ValueError(name)
    return ConsentData(
        party_id=int(name.removeprefix("party")),
        answer=answer,
        manner=Manner(part.manner.data),
        minutes=part.minutes.data or "",
        chooses_outside=isinstance(part, ApplicantPart) and part.chooses_outside.data,
        preferred_mediator_id=part.preferred_mediator_id.data or None,
        accepts_electronic_service=part.accepts_electronic_service.data,
        accepts_recording=part.accepts_recording.data,
        answered_on=part.answered_on.data,
    )


def _told(dispute: Dispute) -> str:
    if rules.refused(services.answers(dispute)):
        return _("Recorded. A party does not agree: the next step is to register the case.")
    return _("Recorded. Every answer can be changed by a later one.")


@bp.route("/consents/withdrawal", methods=["GET", "POST"])
def withdraw_consent(dispute_id: int) -> ResponseReturnValue:
    dispute, form = _dispute(dispute_id), WithdrawalForm()
    form.party_id.choices = board.agreed_choices(dispute)
    if form.submitted():
        services.withdraw_consent(
            actor(), dispute, form.party_id.data, manner=Manner(form.manner.data), minutes=form.minutes.data or ""
        )
        flash(_told_withdrawn(dispute))
        return _back(dispute)
    return _page("withdrawal", dispute, form)


def _told_withdrawn(dispute: Dispute) -> str:
    if dispute.status is Status.IN_MEDIATION:
        return _("Recorded. The filing period runs on; the mediator ends the mediation, then the case is registered.")
    return _("Recorded. The next step is to register the case.")


@bp.route("/filing", methods=["GET", "POST"])
def file(dispute_id: int) -> ResponseReturnValue:
    """One click when the complaint is there; otherwise it is taken in at this moment."""
    dispute, form = _dispute(dispute_id), FilingForm()
    if services.complaint_pending(dispute):
        del form.hand_in
    if form.submitted():
        services.file_now(actor(), dispute, hand_in="hand_in" in form)
        number = disputes.number_of(dispute, TypeCode.FIRST_INSTANCE)
        flash(_("Registered under %(number)s.", number=number.canonical if number else ""))
        return _back(dispute)
    return _page("filing", dispute, form)
