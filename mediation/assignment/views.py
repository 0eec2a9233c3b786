"""Choosing the mediator, the mediator's home, and the steps of a mediation that are no session."""

from datetime import time
from typing import TYPE_CHECKING, Any

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from mediation.assignment import desk, labels, rules, services
from mediation.assignment.contributions import contribute
from mediation.assignment.forms import (
    CHANNELS,
    AcceptForm,
    ContactForm,
    DeclineForm,
    DisclosureForm,
    EndForm,
    ExtendForm,
    IssueForm,
    RejectForm,
    ReplaceForm,
    ResumeForm,
    SuspendForm,
    WaiverForm,
)
from mediation.assignment.models import Assignment
from mediation.assignment.rules import Choice, EndCode, Finding
from mediation.disputes import services as disputes
from mediation.disputes.models import Dispute
from mediation.intake import labels as intake_labels
from mediation.intake.rules import Answer
from mediation.kernel import clock, states
from mediation.kernel.errors import DomainError, NotPermitted
from mediation.kernel.i18n import _
from mediation.notices import labels as notice_labels
from mediation.notices.rules import Channel
from mediation.roster import services as roster
from mediation.roster.models import Mediator
from mediation.web.auth import actor
from mediation.web.fields import options

if TYPE_CHECKING:
    from mediation.web.forms import BaseForm

bp = Blueprint("assignment", __name__)

__all__ = ["bp", "contribute"]


def _dispute(dispute_id: int) -> Dispute:
    return disputes.get(actor(), dispute_id) or abort(404)


def _assignment(assignment_id: int, *steps: str) -> Assignment:
    """An assignment in scope, at a state and for a person that allow one of these steps."""
    found = services.get(actor(), assignment_id) or abort(404)
    if steps and not set(steps) & set(states.available(rules.STEPS, actor(), found)):
        states.check(rules.STEPS, steps[0], actor(), found)
    return found


def _to_dispute(dispute_id: int) -> ResponseReturnValue:
    return redirect(url_for("disputes.dispute", dispute_id=dispute_id))


def _parties(dispute_id: int) -> list[Any]:
    return options({party.id: party.name for party in disputes.parties(dispute_id)})


def _page(template: str, assignment: Assignment, **context: Any) -> ResponseReturnValue:
    dispute = _dispute(assignment.dispute_id)
    forms: list[BaseForm] = [value for name, value in context.items() if name.endswith("form")]
    page = render_template(
        f"assignment/{template}.html",
        assignment=assignment,
        dispute=dispute,
        title_of_dispute=disputes.title(dispute),
        deadline=services.clock_of(assignment),
        labels=labels,
        **context,
    )
    return page, 422 if any(form.errors for form in forms) else 200


# --- choosing -------------------------------------------------------------------------------------------------------


@bp.get("/disputes/<int:dispute_id>/mediator")
def choose(dispute_id: int) -> ResponseReturnValue:
    """The list for this dispute: the suggested mediator first, with reasons; then the others; then who may not."""
    dispute = _dispute(dispute_id)
    if not rules.may_issue(actor(), dispute):
        raise NotPermitted("issue", article="S4 art. 11")
    return render_template(
        "assignment/choose.html",
        dispute=dispute,
        title_of_dispute=disputes.title(dispute),
        suggestion=services.suggest(actor(), dispute),
        hindrances=services.hindrances(dispute),
        kind=rules.KIND_OF_ROUTE[route] if (route := services.route_of(dispute)) is not None else None,
        organisations=desk.organisations(actor()),
        labels=labels,
    )


@bp.post("/disputes/<int:dispute_id>/mediator")
def issue(dispute_id: int) -> ResponseReturnValue:
    """One click: the dispute is handed over."""
    dispute = _dispute(dispute_id)
    form = IssueForm()
    if not form.submitted() or form.choice.data not in list(Choice):
        abort(400)
    services.issue(
        actor(),
        dispute,
        mediator_id=desk.number(form.mediator_id.data),
        organisation_id=desk.number(form.organisation_id.data),
        choice=Choice(form.choice.data),
    )
    flash(_("Handed over. The letter has been made; an answer is due within three working days."), "done")
    return _to_dispute(dispute_id)


def _listed(mediator_id: int) -> Mediator:
    return roster.get_mediator(actor(), mediator_id) or abort(404)


@bp.route("/disputes/<int:dispute_id>/mediators/<int:mediator_id>/disclosure", methods=["GET", "POST"])
def disclosure(dispute_id: int, mediator_id: int) -> ResponseReturnValue:
    """What the mediator disclosed, and for the registry the parties' answer below it."""
    dispute, mediator = _dispute(dispute_id), _listed(mediator_id)
    if not rules.may_issue(actor(), dispute) and mediator.id != actor().mediator_id:
        abort(404)
    form = DisclosureForm()
    if form.submitted():
        try:
            services.disclose(
                actor(), dispute, mediator, declared=_declared(form.declared.data), text=form.text.data or ""
            )
        except DomainError as refused:
            form.refuse(refused)
        else:
            flash(_("The disclosure is on record; its form has been made for the parties to sign."), "done")
            return redirect(url_for(".disclosure", dispute_id=dispute_id, mediator_id=mediator_id))
    return _disclosure_page(dispute, mediator, form, _waiver_form(dispute))


def _declared(values: list[str] | None) -> list[Finding]:
    return [Finding(value) for value in values or []]


def _waiver_form(dispute: Dispute) -> WaiverForm:
    form = WaiverForm()
    form.party_ids.choices = _parties(dispute.id)
    if form.on.data is None and not form.on.raw_data:
        form.on.data = clock.today()
    return form


def _disclosure_page(
    dispute: Dispute, mediator: Mediator, form: DisclosureForm, waiver_form: WaiverForm
) -> ResponseReturnValue:
    page = render_template(
        "assignment/disclosure.html",
        dispute=dispute,
        mediator=mediator,
        title_of_dispute=disputes.title(dispute),
        check=services.latest_check(dispute.id, mediator.id),
        candidate=services.suggest(actor(), dispute).of(mediator.id),
        form=form,
        waiver_form=waiver_form,
        may_waive=rules.may_issue(actor(), dispute),
        labels=labels,
    )
    return page, 422 if form.errors or waiver_form.errors else 200


@bp.post("/disputes/<int:dispute_id>/mediators/<int:mediator_id>/waiver")
def waiver(dispute_id: int, mediator_id: int) -> ResponseReturnValue:
    """All parties agree to this mediator, knowing the tie."""
    dispute, mediator = _dispute(dispute_id), _listed(mediator_id)
    form = _waiver_form(dispute)
    if form.submitted():
        try:
            check = services.latest_check(dispute_id, mediator_id) or services.check_conflict(
                actor(), dispute, mediator
            )
            services.waive(actor(), check, party_ids=form.party_ids.data or [], on=form.on.data)
        except DomainError as refused:
            form.refuse(refused)
        else:
            flash(_("The consent of all parties is on record."), "done")
            return redirect(url_for(".choose", dispute_id=dispute_id))
    return _disclosure_page(dispute, mediator, DisclosureForm(formdata=None), form)


# --- the mediator's home --------------------------------------------------------------------------------------------


@bp.get("/assignments")
def home() -> ResponseReturnValue:
    """What to accept, my sessions today, agreements waiting for signatures, days left."""
    return render_template("assignment/home.html", desk=desk.of(actor()), labels=labels)


# --- the answer -----------------------------------------------------------------------------------------------------


def _accept_form(found: Assignment) -> AcceptForm:
    form = AcceptForm()
    if form.on.data is None and not form.on.raw_data:
        form.on.data = clock.today()
    form.mediator_id.choices = desk.appointable(actor(), found)
    if not form.mediator_id.choices:
        del form.mediator_id
    return form


@bp.route("/assignments/<int:assignment_id>/acceptance", methods=["GET", "POST"])
def acceptance(assignment_id: int) -> ResponseReturnValue:
    """Accept, with a statement on every ground of recusal."""
    found = _assignment(assignment_id, "accept")
    form = _accept_form(found)
    if form.submitted():
        try:
            ended = _accept(found, form)
        except DomainError as refused:
            form.refuse(refused)
        else:
            flash(ended, "done")
            return _to_dispute(found.dispute_id)
    return _page("acceptance", found, form=form, decline_form=DeclineForm(formdata=None), facts=desk.facts(found))


def _accept(found: Assignment, form: AcceptForm) -> str:
    """Accepted; or, when a tie is disclosed, waiting for the parties."""
    chosen = form.mediator_id.data if "mediator_id" in form else found.mediator_id
    declared = _declared(form.declared.data)
    if declared:
        mediator = roster.get_mediator(actor(), chosen or 0) or abort(404)
        services.disclose(actor(), services.dispute_of(found), mediator, declared=declared, text=form.text.data or "")
        return _("Disclosed. You may accept once all parties have agreed; the court has been told.")
    deadline = services.accept(actor(), found, on=form.on.data, mediator_id=chosen)
    return _("Accepted. The mediation period ends on %(day)s.", day=desk.day(deadline.final_on))


@bp.post("/assignments/<int:assignment_id>/refusal")
def decline(assignment_id: int) -> ResponseReturnValue:
    found = _assignment(assignment_id, "decline")
    form = DeclineForm()
    if form.submitted():
        services.decline(actor(), found, reason=form.reason.data or "")
        flash(_("Not accepted. The court chooses another mediator."), "done")
        return redirect(url_for(".home"))
    return _page("acceptance", found, form=_accept_form(found), decline_form=form, facts=desk.facts(found))


@bp.post("/assignments/<int:assignment_id>/lapse")
def lapse(assignment_id: int) -> ResponseReturnValue:
    found = _assignment(assignment_id, "lapse")
    services.lapse(actor(), found)
    flash(_("Back to choice: the mediator did not answer in time."), "done")
    return redirect(url_for(".choose", dispute_id=found.dispute_id))


@bp.route("/assignments/<int:assignment_id>/replacement", methods=["GET", "POST"])
def replacement(assignment_id: int) -> ResponseReturnValue:
    """Another mediator, at a party's request or after a recusal."""
    found = _assignment(assignment_id, "replace")
    form = ReplaceForm()
    if form.submitted():
        services.replace(actor(), found, reason=form.reason.data or "")
        flash(_("The dispute is back at the choice of the mediator."), "done")
        return _to_dispute(found.dispute_id)
    return _page("replacement", found, form=form)


@bp.route("/assignments/<int:assignment_id>/rejection", methods=["GET", "POST"])
def rejection(assignment_id: int) -> ResponseReturnValue:
    """A party rejects the designated mediator: that counts as refusing mediation (S4 art. 12)."""
    found = _assignment(assignment_id, "refuse")
    form = RejectForm()
    form.party_id.choices = _parties(found.dispute_id)
    form.manner.choices = options(intake_labels.MANNER)
    if form.on.data is None and not form.on.raw_data:
        form.on.data = clock.today()
    if form.submitted():
        services.reject_designation(
            actor(), found, party_id=form.party_id.data, manner=form.chosen, minutes=form.minutes.data or "",
            on=form.on.data,
        )  # fmt: skip
        flash(_("The refusal is on record; the mediation has ended."), "done")
        return _to_dispute(found.dispute_id)
    return _page("rejection", found, form=form)


# --- contact --------------------------------------------------------------------------------------------------------


@bp.route("/assignments/<int:assignment_id>/contacts", methods=["GET", "POST"])
def contacts(assignment_id: int) -> ResponseReturnValue:
    """Every attempt to reach a party."""
    found = _assignment(assignment_id)
    if not rules.may_mediate_or_register(actor(), found):
        raise NotPermitted("contacts", article="S5 art. 15")
    form = ContactForm()
    form.party_id.choices = _parties(found.dispute_id)
    form.channel.choices = options({channel: notice_labels.CHANNEL[channel] for channel in CHANNELS})
    form.answer.choices = desk.ANSWERS
    if not form.is_submitted():
        form.on.data, form.time.data = clock.today(), clock.local(clock.now()).time()
    if form.submitted():
        try:
            _contact(found, form)
        except DomainError as refused:
            form.refuse(refused)
        else:
            flash(_("The attempt is on record."), "done")
            return redirect(url_for(".contacts", assignment_id=found.id))
    return _page("contacts", found, form=form, log=desk.log(found), channels=notice_labels.CHANNEL)


def _contact(found: Assignment, form: ContactForm) -> None:
    services.record_contact(
        actor(),
        found,
        party_id=form.party_id.data,
        channel=Channel(form.channel.data),
        reached=bool(form.reached.data) or bool(form.answer.data),
        result=form.result.data or "",
        at=desk.at(form.on.data or clock.today(), form.time.data or time()),
        answer=Answer(form.answer.data) if form.answer.data else None,
    )


# --- pauses, more time ----------------------------------------------------------------------------------------------


@bp.route("/assignments/<int:assignment_id>/suspension", methods=["GET", "POST"])
def suspension(assignment_id: int) -> ResponseReturnValue:
    found = _assignment(assignment_id, "suspend")
    form = SuspendForm()
    if form.on.data is None and not form.on.raw_data:
        form.on.data = clock.today()
    if form.submitted():
        try:
            services.suspend(actor(), found, reason=form.chosen, note=form.note.data or "", on=form.on.data)
        except DomainError as refused:
            form.refuse(refused)
        else:
            flash(_("The mediation is suspended."), "done")
            return _to_dispute(found.dispute_id)
    return _page("suspension", found, form=form)


@bp.route("/assignments/<int:assignment_id>/resumption", methods=["GET", "POST"])
def resumption(assignment_id: int) -> ResponseReturnValue:
    found = _assignment(assignment_id, *rules.RESUME_STEP.values())
    form = ResumeForm()
    if form.on.data is None and not form.on.raw_data:
        form.on.data = clock.today()
    if form.submitted():
        try:
            services.resume(actor(), found, on=form.on.data)
        except DomainError as refused:
            form.refuse(refused)
        else:
            flash(_("The mediation goes on."), "done")
            return _to_dispute(found.dispute_id)
    return _page("resumption", found, form=form, pause=services.open_pause(found))


@bp.route("/assignments/<int:assignment_id>/extension", methods=["GET", "POST"])
def extension(assignment_id: int) -> ResponseReturnValue:
    """All parties agreed to mediate longer."""
    found = _assignment(assignment_id)
    if not rules.may_mediate_or_register(actor(), found):
        raise NotPermitted("extend", article="S4 art. 27")
    form = ExtendForm()
    form.agreed_by.choices = _parties(found.dispute_id)
    if form.agreed_on.data is None and not form.agreed_on.raw_data:
        form.agreed_on.data = clock.today()
    if form.submitted():
        try:
            made = services.extend(
                actor(), found, until=form.until.data or clock.today(), agreed_by=form.agreed_by.data or [],
                agreed_on=form.agreed_on.data, reason=form.reason.data or "", manner=form.manner.data,
            )  # fmt: skip
        except DomainError as refused:
            form.refuse(refused)
        else:
            flash(
                _("Extended until %(day)s. The form for the signatures has been made.", day=desk.day(made.final_on)),
                "done",
            )
            return _to_dispute(found.dispute_id)
    return _page("extension", found, form=form, cap=desk.cap(found))


# --- the end --------------------------------------------------------------------------------------------------------


@bp.route("/assignments/<int:assignment_id>/end", methods=["GET", "POST"])
def end(assignment_id: int) -> ResponseReturnValue:
    """End the mediation with its cause (S4 art. 26; S5 art. 25)."""
    found = _assignment(assignment_id, "fail", "withdraw")
    form = EndForm()
    form.code.choices = options({code: labels.END_CODE[code] for code in rules.codes_for(found.status)})
    if form.submitted():
        try:
            services.end(
                actor(), found, EndCode(form.code.data), reason=form.reason.data or "",
                mediated=bool(form.mediated.data), settled=bool(form.settled.data),
            )  # fmt: skip
        except DomainError as refused:
            form.refuse(refused)
        else:
            flash(_("The mediation has ended."), "done")
            return _to_dispute(found.dispute_id)
    return _page("end", found, form=form)
