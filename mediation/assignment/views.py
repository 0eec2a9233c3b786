"""Ties and consent to them, the mediator's home, and the answer."""

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from mediation.assignment import batch_views, choice_views, course_views, desk, labels, levers_views, rules, services
from mediation.assignment.appraisal import views as appraisal_views
from mediation.assignment.blueprint import (
    after_choice,
    assignment_of,
    bp,
    dispute_of,
    page_of,
    party_options,
    to_dispute,
)
from mediation.assignment.contributions import contribute
from mediation.assignment.forms import (
    AcceptForm,
    DeclineForm,
    DisclosureForm,
    MemberForm,
    RejectForm,
    ReplaceForm,
    WaiverForm,
)
from mediation.assignment.models import Assignment
from mediation.assignment.rating import views as rating_views
from mediation.assignment.rules import Finding
from mediation.assignment.ties import recusal_views
from mediation.assignment.ties import views as tie_views
from mediation.assignment.together import labels as together_labels
from mediation.assignment.together import replacing
from mediation.assignment.together import views as together_views
from mediation.assignment.together.rules import ReplacementOutcome
from mediation.disputes import services as disputes
from mediation.disputes.models import Dispute
from mediation.intake import labels as intake_labels
from mediation.kernel import clock
from mediation.kernel.errors import DomainError
from mediation.kernel.i18n import _, _l
from mediation.roster import services as roster
from mediation.roster.models import Mediator
from mediation.web.auth import actor
from mediation.web.fields import options

__all__ = [
    "appraisal_views",
    "batch_views",
    "bp",
    "choice_views",
    "contribute",
    "course_views",
    "levers_views",
    "rating_views",
    "recusal_views",
    "tie_views",
    "together_views",
]


# --- ties ------------------------------------------------------------------------------------------------------------


def _listed(mediator_id: int) -> Mediator:
    return roster.get_mediator(actor(), mediator_id) or abort(404)


@bp.route("/disputes/<int:dispute_id>/mediators/<int:mediator_id>/disclosure", methods=["GET", "POST"])
def disclosure(dispute_id: int, mediator_id: int) -> ResponseReturnValue:
    """What the mediator disclosed, and for the registry the parties' answer below it."""
    dispute, mediator = dispute_of(dispute_id), _listed(mediator_id)
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
    form.party_ids.choices = party_options(dispute.id)
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
    dispute, mediator = dispute_of(dispute_id), _listed(mediator_id)
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


def _accept_form(found: Assignment, naming: desk.Naming | None) -> AcceptForm:
    form = AcceptForm()
    if form.on.data is None and not form.on.raw_data:
        form.on.data = clock.today()
    if naming is None or not naming.members:
        del form.mediator_id, form.reason
    else:
        form.mediator_id.choices = naming.options
    return form


def _naming(found: Assignment) -> desk.Naming | None:
    """For an organisation to which a dispute was handed without a name: among whom it names the member."""
    to_name = found.mediator_id is None and found.organisation_id is not None
    return desk.naming(actor(), found) if to_name else None


def _acceptance(
    found: Assignment, form: AcceptForm, decline_form: DeclineForm, naming: desk.Naming | None
) -> ResponseReturnValue:
    return page_of(
        "acceptance", found, form=form, decline_form=decline_form, facts=desk.facts(found), naming=naming
    )  # fmt: skip


@bp.route("/assignments/<int:assignment_id>/acceptance", methods=["GET", "POST"])
def acceptance(assignment_id: int) -> ResponseReturnValue:
    """Accept, with a statement on every ground of recusal."""
    found = assignment_of(assignment_id, "accept")
    naming = _naming(found)
    form = _accept_form(found, naming)
    if form.submitted():
        try:
            ended = _accept(found, form)
        except DomainError as refused:
            form.refuse(refused)
        else:
            flash(ended, "done")
            return to_dispute(found.dispute_id)
    return _acceptance(found, form, DeclineForm(formdata=None), naming)


def _accept(found: Assignment, form: AcceptForm) -> str:
    """Accepted; or, when a tie is disclosed, waiting for the parties."""
    names = "mediator_id" in form
    chosen = form.mediator_id.data if names else found.mediator_id
    declared = _declared(form.declared.data)
    if declared:
        mediator = roster.get_mediator(actor(), chosen or 0) or abort(404)
        services.disclose(actor(), services.dispute_of(found), mediator, declared=declared, text=form.text.data or "")
        return _("Disclosed. You may accept once all parties have agreed; the court has been told.")
    reason = (form.reason.data or "") if names else ""
    deadline = services.accept(actor(), found, on=form.on.data, mediator_id=chosen, reason=reason)
    return _("Accepted. The mediation period ends on %(day)s.", day=desk.day(deadline.final_on))


@bp.post("/assignments/<int:assignment_id>/refusal")
def decline(assignment_id: int) -> ResponseReturnValue:
    found = assignment_of(assignment_id, "decline")
    form = DeclineForm()
    if form.submitted():
        services.decline(actor(), found, reason=form.reason.data or "")
        flash(_("Not accepted. The court chooses another mediator."), "done")
        return redirect(url_for(".home"))
    naming = _naming(found)
    return _acceptance(found, _accept_form(found, naming), form, naming)


@bp.route("/assignments/<int:assignment_id>/member", methods=["GET", "POST"])
def another_member(assignment_id: int) -> ResponseReturnValue:
    """The organisation names another member; a session that is fixed is then kept or put to another time."""
    found = assignment_of(assignment_id)
    services.require_another(actor(), found)
    naming = desk.naming(actor(), found)
    form = MemberForm()
    form.mediator_id.choices = naming.options
    if form.submitted():
        try:
            services.reappoint(actor(), found, mediator_id=form.mediator_id.data, reason=form.reason.data or "")
        except DomainError as refused:
            form.refuse(refused)
        else:
            flash(_("Another member mediates now; the period runs on."), "done")
            return after_choice(found.dispute_id)
    names = services.mediator_names([found.mediator_id] if found.mediator_id else [])
    return page_of("member", found, form=form, naming=naming, former=names.get(found.mediator_id or 0, ""))


@bp.post("/assignments/<int:assignment_id>/lapse")
def lapse(assignment_id: int) -> ResponseReturnValue:
    found = assignment_of(assignment_id, "lapse")
    services.lapse(actor(), found)
    flash(_("Back to choice: the mediator did not answer in time."), "done")
    return redirect(url_for(".choose", dispute_id=found.dispute_id))


@bp.route("/assignments/<int:assignment_id>/replacement", methods=["GET", "POST"])
def replacement(assignment_id: int) -> ResponseReturnValue:
    """Another mediator, at a party's request or after a recusal."""
    found = assignment_of(assignment_id, "replace")
    form = ReplaceForm()
    form.party_id.choices = [(0, _("No party: the court acts by itself")), *party_options(found.dispute_id)]
    if form.submitted():
        try:
            replacing.replace(actor(), found, form.asked)
        except DomainError as refused:
            form.refuse(refused)
        else:
            flash(REPLACED[form.asked.outcome], "done")
            return to_dispute(found.dispute_id)
    return page_of(
        "replacement", found, form=form, requests=replacing.requests(found.dispute_id),
        names={p.id: p.name for p in disputes.parties(found.dispute_id)}, words=together_labels,
    )  # fmt: skip


REPLACED = {
    ReplacementOutcome.GRANTED: _l("The dispute is back at the choice of the mediator."),
    ReplacementOutcome.REFUSED: _l("Refused with the reason; the mediation goes on with this mediator."),
    ReplacementOutcome.COUNTS_AS_REFUSAL: _l("The refusal is on record; the mediation has ended."),
}


@bp.route("/assignments/<int:assignment_id>/rejection", methods=["GET", "POST"])
def rejection(assignment_id: int) -> ResponseReturnValue:
    """A party rejects the designated mediator: that counts as refusing mediation (S4 art. 12)."""
    found = assignment_of(assignment_id, "refuse")
    form = RejectForm()
    form.party_id.choices = party_options(found.dispute_id)
    form.manner.choices = options(intake_labels.MANNER)
    if form.on.data is None and not form.on.raw_data:
        form.on.data = clock.today()
    if form.submitted():
        services.reject_designation(
            actor(), found, party_id=form.party_id.data, manner=form.chosen, minutes=form.minutes.data or "",
            on=form.on.data,
        )  # fmt: skip
        flash(_("The refusal is on record; the mediation has ended."), "done")
        return to_dispute(found.dispute_id)
    return page_of("rejection", found, form=form)
