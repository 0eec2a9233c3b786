"""Judicial confirmation on the screen: the registry's form, the judge's page, the president's approvals."""

from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from mediation.confirmation import (
    apply_views,
    documents,
    extension_views,
    forms,
    labels,
    rules,
    services,
    succession_views,
)
from mediation.confirmation.blueprint import bp
from mediation.confirmation.contributions import contribute
from mediation.confirmation.enforcement import views as enforcement_views
from mediation.confirmation.enforcement.rules import may_pack
from mediation.confirmation.models import Confirmation
from mediation.confirmation.rules import Exclusion, Finding, Ground, Lapse, Material, Question, Status
from mediation.confirmation.services import extending, reading
from mediation.disputes import services as disputes
from mediation.disputes.models import Dispute
from mediation.documents import services as store
from mediation.kernel import clock, states
from mediation.kernel.errors import DomainError
from mediation.kernel.i18n import _
from mediation.notices import services as notices
from mediation.notices.rules import ServiceMethod
from mediation.periods import services as periods
from mediation.periods.labels import PERIOD_KEY
from mediation.periods.table import PeriodKey
from mediation.scheduling import services as scheduling
from mediation.scheduling.rules import ResourceKind
from mediation.web import lists
from mediation.web.auth import actor
from mediation.web.fields import SelectChoice

__all__ = ["apply_views", "bp", "contribute", "enforcement_views", "extension_views", "succession_views"]


def _dispute(dispute_id: int) -> Dispute:
    found = disputes.get(actor(), dispute_id)
    return found if found is not None else abort(404)


def _confirmation(confirmation_id: int) -> Confirmation:
    found = services.get(actor(), confirmation_id)
    return found if found is not None else abort(404)


def _here(confirmation: Confirmation) -> ResponseReturnValue:
    return redirect(url_for("confirmation.confirmation", confirmation_id=confirmation.id))


# --- the judge's page ------------------------------------------------------------------------------------------------


@bp.get("/confirmations")
def work() -> ResponseReturnValue:
    """Applications by days left."""
    done = request.args.get("done") == "1"
    page = lists.page(services.work(actor(), done=done))
    titles = disputes.titles([row[3].id for row in page.rows])
    return render_template(
        "confirmation/work.html", page=page, titles=titles, done=done, labels=labels, today=clock.today()
    )


@bp.get("/confirmations/<int:confirmation_id>")
def confirmation(confirmation_id: int) -> ResponseReturnValue:
    return _page(_confirmation(confirmation_id))


def _page(found: Confirmation, **given: Any) -> ResponseReturnValue:
    """Agreement left, check-list right, the draft ruling below; a refused form comes back as it was typed."""
    agreement = reading.agreement_of(found.dispute_id) or abort(404)
    people = disputes.parties(found.dispute_id)
    who = actor()
    context = {
        "materials": _materials_form(found),
        "exclusion": forms.ExclusionForm(formdata=None),
        "questioning": _questioning_form(found, formdata=None),
        "checklist": _checklist_form(found, formdata=None),
        "ruling": forms.RulingForm(formdata=None),
        "due": forms.DueForm(formdata=None, what=found.supplement),
        "withdrawal": forms.ReasonedRulingForm(formdata=None),
        "lapse": forms.LapseForm(formdata=None),
        "extension": forms.ExtensionForm(formdata=None),
        "serving": _serve_form(found, formdata=None),
    } | given
    signed = store.get(who, agreement.document_id) if agreement.document_id else None
    served = notices.services_of(found.ruling_document_id) if found.ruling_document_id else []
    return render_template(
        "confirmation/confirmation.html",
        confirmation=found,
        agreement=agreement,
        dispute=_dispute(found.dispute_id),
        title=disputes.title(_dispute(found.dispute_id)),
        number=documents.number_of(found),
        clauses=documents.clause_texts(agreement),
        signed=signed,
        ruled=store.get(who, found.ruling_document_id) if found.ruling_document_id else None,
        draft=documents.ruling_data(found) if found.status is Status.EXAMINED else None,
        steps=states.available(rules.STEPS, who, found),
        against={s.name: services.stands_in_the_way(who, found, s.name) for s in rules.STEPS},
        missing=reading.missing(found),
        period_words=PERIOD_KEY,
        records=reading.questionings(found),
        booking=reading.booking_of(found),
        extensions=extending.of_confirmation(found.id),
        served=served,
        names={p.id: p.name for p in people},
        deadlines=[d for d in periods.of_subject("confirmation", found.id) if d.ended_on is None],
        may_judge=rules.may_judge(who, found),
        may_work=rules.may_work(who, found),
        may_pack=may_pack(who, found),
        labels=labels,
        rules=rules,
        Status=Status,
        Question=Question,
        Ground=Ground,
        **context,
    )


def _materials_form(found: Confirmation) -> forms.MaterialsForm:
    return forms.MaterialsForm(formdata=None, materials=list(found.materials), title_concerned=found.title_concerned)


def _questioning_form(found: Confirmation, **kwargs: Any) -> forms.QuestioningForm:
    usual = {f"answer_{q.value}": text for q, text in documents.USUAL_ANSWER.items()}
    people = disputes.parties(found.dispute_id)
    form = forms.QuestioningForm(**(usual | {"present": [p.id for p in people]} | kwargs))
    form.present.choices = [SelectChoice(p.id, p.name) for p in people]
    return form


def _checklist_form(found: Confirmation, **kwargs: Any) -> forms.ChecklistForm:
    known = {f"ground_{ground}": finding for ground, finding in found.checklist.items()}
    return forms.ChecklistForm(**({"reason": found.reason} | known | kwargs))


def _serve_form(found: Confirmation, **kwargs: Any) -> forms.ServeForm:
    form = forms.ServeForm(**({"effective_on": clock.today()} | kwargs))
    done = {s.party_id for s in notices.services_of(found.ruling_document_id)} if found.ruling_document_id else set()
    people = [p for p in disputes.parties(found.dispute_id) if p.id not in done]
    form.party_id.choices = [SelectChoice(p.id, p.name) for p in people]
    if people and not form.receiver.data:
        form.receiver.data = people[0].name
    return form


@bp.post("/confirmations/<int:confirmation_id>/materials")
def materials(confirmation_id: int) -> ResponseReturnValue:
    found = _confirmation(confirmation_id)
    form = forms.MaterialsForm()
    if form.submitted():
        there = [Material(m) for m in form.materials.data or ()]
        services.receive_materials(actor(), found, there, title_concerned=form.title_concerned.data)
        flash(_("The papers are recorded."))
        return _here(found)
    return _page(found, materials=form)


@bp.post("/confirmations/<int:confirmation_id>/acceptance")
def accept(confirmation_id: int) -> ResponseReturnValue:
    found = _confirmation(confirmation_id)
    number = services.accept(actor(), found)
    flash(
        _(
            "Accepted under %(number)s; the parties can be questioned at once when both are present.",
            number=number.canonical,
        )
    )
    return _here(found)


@bp.post("/confirmations/<int:confirmation_id>/supplement")
def supplement(confirmation_id: int) -> ResponseReturnValue:
    """Order what is missing: before acceptance the papers of the law, afterwards what the judge doubts."""
    found = _confirmation(confirmation_id)
    form = forms.DueForm()
    if form.submitted():
        try:
            if found.status is Status.APPLIED:
                services.order_materials(actor(), found, due=form.due.data or clock.today())
            else:
                services.order_supplement(actor(), found, what=form.what.data or "", due=form.due.data or clock.today())
        except DomainError as refused:
            form.refuse(refused)
        else:
            flash(_("The notice to supplement is being made."))
            return _here(found)
    return _page(found, due=form)


@bp.post("/confirmations/<int:confirmation_id>/supplied")
def supplied(confirmation_id: int) -> ResponseReturnValue:
    found = _confirmation(confirmation_id)
    services.supplied(actor(), found)
    flash(_("The supplements are recorded; the examination goes on."))
    return _here(found)


@bp.route("/confirmations/<int:confirmation_id>/call", methods=["GET", "POST"])
def call(confirmation_id: int) -> ResponseReturnValue:
    """Call both parties for one time (S2 art. 356)."""
    found = _confirmation(confirmation_id)
    if not rules.may_work(actor(), found):
        abort(403)
    form = forms.CallForm() if request.method == "POST" else forms.CallForm(request.args or None)
    rooms = {r.id: r.name for r in scheduling.resources(actor(), (ResourceKind.ROOM, ResourceKind.TRIBUNAL))}
    form.resource_id.choices = [SelectChoice(i, name) for i, name in rooms.items()]
    if form.submitted():
        hour, _colon, minute = (form.time.data or "").replace("：", ":").partition(":")
        try:
            starts_at = clock.at(form.day.data or clock.today(), int(hour), int(minute or 0))
            services.plan_questioning(actor(), found, starts_at=starts_at, resource_id=form.resource_id.data)
        except ValueError:
            form.time.errors = [*form.time.errors, _("Write the time like 09:00 or 14:30.")]
        except DomainError as refused:
            form.refuse(refused)
        else:
            flash(_("Both parties are called; the notices are in the outbox."))
            return _here(found)
    slots = [
        {
            "url": url_for(
                "confirmation.call",
                confirmation_id=found.id,
                day=f"{clock.local(free.span.starts_at):%Y-%m-%d}",
                time=f"{clock.local(free.span.starts_at):%H:%M}",
                resource_id=free.resource_id,
            ),
            "at": free.span.starts_at,
            "room": rooms.get(free.resource_id, ""),
        }
        for free in services.times_for_questioning(actor(), found)
    ]
    return render_template("confirmation/call.html", form=form, confirmation=found, slots=slots)


@bp.post("/confirmations/<int:confirmation_id>/questioning")
def question(confirmation_id: int) -> ResponseReturnValue:
    found = _confirmation(confirmation_id)
    form = _questioning_form(found)
    if form.submitted():
        answers = {q: form[f"answer_{q.value}"].data or "" for q in Question}
        try:
            services.question(
                actor(), found, present=form.present.data or [], answers=answers, note=form.note.data or ""
            )
        except DomainError as refused:
            form.refuse(refused)
        else:
            flash(_("The questioning is recorded."))
            return _here(found)
    return _page(found, questioning=form)


@bp.post("/confirmations/<int:confirmation_id>/checklist")
def examine(confirmation_id: int) -> ResponseReturnValue:
    found = _confirmation(confirmation_id)
    form = _checklist_form(found)
    if form.submitted():
        findings = {ground: Finding(form[f"ground_{ground.value}"].data) for ground in Ground}
        try:
            services.examine(actor(), found, findings=findings, reason=form.reason.data or "")
        except DomainError as refused:
            form.refuse(refused)
        else:
            flash(_("The findings are recorded; the draft of the ruling follows them."))
            return _here(found)
    return _page(found, checklist=form)


# --- rulings: the password again -------------------------------------------------------------------------------------


@bp.post("/confirmations/<int:confirmation_id>/ruling")
def rule(confirmation_id: int) -> ResponseReturnValue:
    """Valid or dismissed, as the check-list says."""
    found = _confirmation(confirmation_id)
    form = forms.RulingForm()
    if form.submitted():
        found_ground = Finding.FOUND.value in found.checklist.values()
        act = services.dismiss if found_ground else services.rule_valid
        try:
            act(actor(), found, password=form.password.data or "")
        except DomainError as refused:
            form.refuse(refused)
        else:
            flash(_("The ruling is made; it is served on every party next."))
            return _here(found)
    return _page(found, ruling=form)


@bp.post("/confirmations/<int:confirmation_id>/refusal")
def not_accept(confirmation_id: int) -> ResponseReturnValue:
    """Not accepted (S2 art. 355), or, found afterwards, dismissed for the same reason."""
    found = _confirmation(confirmation_id)
    form = forms.ExclusionForm()
    if form.submitted():
        told = {"reason": form.reason.data or "", "password": form.password.data or ""}
        chosen = Exclusion(form.exclusion.data) if form.exclusion.data else None
        try:
            if found.status is Status.APPLIED:
                services.not_accept(actor(), found, exclusion=chosen, **told)
            else:
                services.dismiss_excluded(actor(), found, exclusion=chosen, **told)
        except DomainError as refused:
            form.refuse(refused)
        else:
            flash(_("The ruling is made; it is served on every party next."))
            return _here(found)
    return _page(found, exclusion=form)


@bp.post("/confirmations/<int:confirmation_id>/withdrawal")
def withdraw(confirmation_id: int) -> ResponseReturnValue:
    found = _confirmation(confirmation_id)
    form = forms.ReasonedRulingForm()
    if form.submitted():
        try:
            services.withdraw(actor(), found, reason=form.reason.data or "", password=form.password.data or "")
        except DomainError as refused:
            form.refuse(refused)
        else:
            flash(_("The withdrawal is allowed by ruling."))
            return _here(found)
    return _page(found, withdrawal=form)


@bp.post("/confirmations/<int:confirmation_id>/lapse")
def deem_withdrawn(confirmation_id: int) -> ResponseReturnValue:
    found = _confirmation(confirmation_id)
    form = forms.LapseForm()
    if form.submitted():
        told = {"reason": form.reason.data or "", "password": form.password.data or ""}
        try:
            services.deem_withdrawn(actor(), found, lapse=Lapse(form.lapse.data), **told)
        except DomainError as refused:
            form.refuse(refused)
        else:
            flash(_("The application counts as withdrawn by ruling."))
            return _here(found)
    return _page(found, lapse=form)


@bp.post("/confirmations/<int:confirmation_id>/service")
def serve(confirmation_id: int) -> ResponseReturnValue:
    found = _confirmation(confirmation_id)
    form = _serve_form(found)
    if form.submitted():
        party = disputes.party(found.dispute_id, form.party_id.data) or abort(404)
        try:
            services.serve(
                actor(),
                found,
                party,
                method=ServiceMethod(form.method.data),
                effective_on=form.effective_on.data or clock.today(),
                receiver=form.receiver.data or "",
            )
        except DomainError as refused:
            form.refuse(refused)
        else:
            flash(_("The service is recorded."))
            return _here(found)
    return _page(found, serving=form)


# --- the president ---------------------------------------------------------------------------------------------------


@bp.post("/confirmations/<int:confirmation_id>/extension")
def request_extension(confirmation_id: int) -> ResponseReturnValue:
    found = _confirmation(confirmation_id)
    form = forms.ExtensionForm()
    if form.submitted():
        try:
            services.request_extension(
                actor(), found, key=PeriodKey(form.key.data), days=form.days.data or 0, reason=form.reason.data or ""
            )
        except DomainError as refused:
            form.refuse(refused)
        else:
            flash(_("The request is with the president."))
            return _here(found)
    return _page(found, extension=form)
