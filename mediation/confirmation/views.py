"""Judicial confirmation on the screen: the registry's form, the judge's page, the president's approvals."""

from flask import abort, flash, render_template, request, url_for
from flask.typing import ResponseReturnValue

from mediation.confirmation import (
    apply_views,
    extension_views,
    forms,
    labels,
    objection_views,
    rules,
    services,
    succession_views,
)
from mediation.confirmation.blueprint import bp
from mediation.confirmation.contributions import contribute
from mediation.confirmation.enforcement import views as enforcement_views
from mediation.confirmation.objections import keeping
from mediation.confirmation.page import (
    checklist_form,
    confirmation_or_404,
    here,
    page_of,
    questioning_form,
    serve_form,
)
from mediation.confirmation.rules import Exclusion, Finding, Ground, Lapse, Material, Question, Status
from mediation.disputes import services as disputes
from mediation.kernel import clock
from mediation.kernel.errors import DomainError
from mediation.kernel.i18n import _
from mediation.notices.rules import ServiceMethod
from mediation.periods.table import PeriodKey
from mediation.scheduling import services as scheduling
from mediation.scheduling.rules import ResourceKind
from mediation.web import lists
from mediation.web.auth import actor
from mediation.web.fields import SelectChoice

__all__ = [
    "apply_views",
    "bp",
    "contribute",
    "enforcement_views",
    "extension_views",
    "objection_views",
    "succession_views",
]


# --- the judge's page ------------------------------------------------------------------------------------------------


@bp.get("/confirmations")
def work() -> ResponseReturnValue:
    """Applications by days left."""
    done = request.args.get("done") == "1"
    page = lists.page(services.work(actor(), done=done))
    objections = [] if done else keeping.waiting(actor())
    titles = disputes.titles([row[3].id for row in page.rows] + [one.dispute_id for one in objections])
    return render_template(
        "confirmation/work.html",
        page=page,
        titles=titles,
        done=done,
        objections=objections,
        labels=labels,
        today=clock.today(),
    )


@bp.get("/confirmations/<int:confirmation_id>")
def confirmation(confirmation_id: int) -> ResponseReturnValue:
    return page_of(confirmation_or_404(confirmation_id))


@bp.post("/confirmations/<int:confirmation_id>/materials")
def materials(confirmation_id: int) -> ResponseReturnValue:
    found = confirmation_or_404(confirmation_id)
    form = forms.MaterialsForm()
    if form.submitted():
        there = [Material(m) for m in form.materials.data or ()]
        services.receive_materials(actor(), found, there, title_concerned=form.title_concerned.data)
        flash(_("The papers are recorded."))
        return here(found)
    return page_of(found, materials=form)


@bp.post("/confirmations/<int:confirmation_id>/acceptance")
def accept(confirmation_id: int) -> ResponseReturnValue:
    found = confirmation_or_404(confirmation_id)
    number = services.accept(actor(), found)
    flash(
        _(
            "Accepted under %(number)s; the parties can be questioned at once when both are present.",
            number=number.canonical,
        )
    )
    return here(found)


@bp.post("/confirmations/<int:confirmation_id>/supplement")
def supplement(confirmation_id: int) -> ResponseReturnValue:
    """Order what is missing: before acceptance the papers of the law, afterwards what the judge doubts."""
    found = confirmation_or_404(confirmation_id)
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
            return here(found)
    return page_of(found, due=form)


@bp.post("/confirmations/<int:confirmation_id>/supplied")
def supplied(confirmation_id: int) -> ResponseReturnValue:
    found = confirmation_or_404(confirmation_id)
    services.supplied(actor(), found)
    flash(_("The supplements are recorded; the examination goes on."))
    return here(found)


@bp.route("/confirmations/<int:confirmation_id>/call", methods=["GET", "POST"])
def call(confirmation_id: int) -> ResponseReturnValue:
    """Call both parties for one time (S2 art. 356)."""
    found = confirmation_or_404(confirmation_id)
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
            return here(found)
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
    found = confirmation_or_404(confirmation_id)
    form = questioning_form(found)
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
            return here(found)
    return page_of(found, questioning=form)


@bp.post("/confirmations/<int:confirmation_id>/checklist")
def examine(confirmation_id: int) -> ResponseReturnValue:
    found = confirmation_or_404(confirmation_id)
    form = checklist_form(found)
    if form.submitted():
        findings = {ground: Finding(form[f"ground_{ground.value}"].data) for ground in Ground}
        try:
            services.examine(actor(), found, findings=findings, reason=form.reason.data or "")
        except DomainError as refused:
            form.refuse(refused)
        else:
            flash(_("The findings are recorded; the draft of the ruling follows them."))
            return here(found)
    return page_of(found, checklist=form)


# --- rulings: the password again -------------------------------------------------------------------------------------


@bp.post("/confirmations/<int:confirmation_id>/ruling")
def rule(confirmation_id: int) -> ResponseReturnValue:
    """Valid or dismissed, as the check-list says."""
    found = confirmation_or_404(confirmation_id)
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
            return here(found)
    return page_of(found, ruling=form)


@bp.post("/confirmations/<int:confirmation_id>/refusal")
def not_accept(confirmation_id: int) -> ResponseReturnValue:
    """Not accepted (S2 art. 355), or, found afterwards, dismissed for the same reason."""
    found = confirmation_or_404(confirmation_id)
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
            return here(found)
    return page_of(found, exclusion=form)


@bp.post("/confirmations/<int:confirmation_id>/withdrawal")
def withdraw(confirmation_id: int) -> ResponseReturnValue:
    found = confirmation_or_404(confirmation_id)
    form = forms.ReasonedRulingForm()
    if form.submitted():
        try:
            services.withdraw(actor(), found, reason=form.reason.data or "", password=form.password.data or "")
        except DomainError as refused:
            form.refuse(refused)
        else:
            flash(_("The withdrawal is allowed by ruling."))
            return here(found)
    return page_of(found, withdrawal=form)


@bp.post("/confirmations/<int:confirmation_id>/lapse")
def deem_withdrawn(confirmation_id: int) -> ResponseReturnValue:
    found = confirmation_or_404(confirmation_id)
    form = forms.LapseForm()
    if form.submitted():
        told = {"reason": form.reason.data or "", "password": form.password.data or ""}
        try:
            services.deem_withdrawn(actor(), found, lapse=Lapse(form.lapse.data), **told)
        except DomainError as refused:
            form.refuse(refused)
        else:
            flash(_("The application counts as withdrawn by ruling."))
            return here(found)
    return page_of(found, lapse=form)


@bp.post("/confirmations/<int:confirmation_id>/service")
def serve(confirmation_id: int) -> ResponseReturnValue:
    found = confirmation_or_404(confirmation_id)
    form = serve_form(found)
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
            return here(found)
    return page_of(found, serving=form)


# --- the president ---------------------------------------------------------------------------------------------------


@bp.post("/confirmations/<int:confirmation_id>/extension")
def request_extension(confirmation_id: int) -> ResponseReturnValue:
    found = confirmation_or_404(confirmation_id)
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
            return here(found)
    return page_of(found, extension=form)
