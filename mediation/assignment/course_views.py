"""The pages of a running mediation that are no session: contact, pauses, more time, the end."""

from datetime import time

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue

from mediation.assignment import desk, labels, rules, services
from mediation.assignment.appraisal.rules import obstacle as no_appraisal
from mediation.assignment.blueprint import assignment_of, bp, page_of, party_options, to_dispute
from mediation.assignment.forms import CHANNELS, ContactForm, EndForm, ExtendForm, ResumeForm, SuspendForm
from mediation.assignment.models import Assignment
from mediation.assignment.rules import EndCode
from mediation.intake.rules import Answer
from mediation.kernel import clock
from mediation.kernel.errors import DomainError, NotPermitted
from mediation.kernel.i18n import _
from mediation.notices import labels as notice_labels
from mediation.notices.rules import Channel
from mediation.web.auth import actor
from mediation.web.fields import options

# --- contact --------------------------------------------------------------------------------------------------------


@bp.route("/assignments/<int:assignment_id>/contacts", methods=["GET", "POST"])
def contacts(assignment_id: int) -> ResponseReturnValue:
    """Every attempt to reach a party."""
    found = assignment_of(assignment_id)
    if not rules.may_mediate_or_register(actor(), found):
        raise NotPermitted("contacts", article="S5 art. 15")
    form = ContactForm()
    form.party_id.choices = party_options(found.dispute_id)
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
    return page_of("contacts", found, form=form, log=desk.log(found), channels=notice_labels.CHANNEL)


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
    found = assignment_of(assignment_id, "suspend")
    may_apply = rules.may_mediate_or_register(actor(), found) and no_appraisal(found.kind, found.status) is None
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
            return to_dispute(found.dispute_id)
    return page_of("suspension", found, form=form, may_apply=may_apply)


@bp.route("/assignments/<int:assignment_id>/resumption", methods=["GET", "POST"])
def resumption(assignment_id: int) -> ResponseReturnValue:
    found = assignment_of(assignment_id, *rules.RESUME_STEP.values())
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
            return to_dispute(found.dispute_id)
    return page_of("resumption", found, form=form, pause=services.open_pause(found))


@bp.route("/assignments/<int:assignment_id>/extension", methods=["GET", "POST"])
def extension(assignment_id: int) -> ResponseReturnValue:
    """All parties agreed to mediate longer."""
    found = assignment_of(assignment_id)
    if not rules.may_mediate_or_register(actor(), found):
        raise NotPermitted("extend", article="S4 art. 27")
    form = ExtendForm()
    form.agreed_by.choices = party_options(found.dispute_id)
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
            return to_dispute(found.dispute_id)
    return page_of("extension", found, form=form, cap=desk.cap(found))


# --- the end --------------------------------------------------------------------------------------------------------


@bp.route("/assignments/<int:assignment_id>/end", methods=["GET", "POST"])
def end(assignment_id: int) -> ResponseReturnValue:
    """End the mediation with its cause (S4 art. 26; S5 art. 25)."""
    found = assignment_of(assignment_id, "fail", "withdraw")
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
            return to_dispute(found.dispute_id)
    return page_of("end", found, form=form)
