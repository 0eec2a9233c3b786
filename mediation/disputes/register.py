"""Registering a dispute on one page, and correcting what it is about (R3-01)."""

from collections.abc import Sequence
from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from mediation.disputes import causes, documents, finding, labels, services
from mediation.disputes.blueprint import back_to, bp, editable
from mediation.disputes.forms import NOTHING, MatterForm, PartyPart, RegisterForm
from mediation.disputes.people import PartyData
from mediation.disputes.people_views import agent_data, party_data
from mediation.disputes.rules import PartyRole, Source
from mediation.kernel import clock
from mediation.kernel.errors import DomainError
from mediation.kernel.i18n import _
from mediation.roster import services as roster
from mediation.web.auth import actor
from mediation.web.fields import SelectChoice

# A forged list of numbers is read no further than a record could be numbered.
LONGEST_NUMBER = 9
SIDES = (("applicants", PartyRole.APPLICANT), ("respondents", PartyRole.RESPONDENT), ("thirds", PartyRole.THIRD))


def _offer_streets(form: Any) -> None:
    form.street_id.choices = [
        NOTHING,
        *(SelectChoice(str(street.id), street.name) for street in roster.streets(actor())),
    ]


def _resolve_cause(form: Any) -> tuple[str, Sequence[causes.Choice]]:
    """The code of what was typed; without one the choices, said beside the field."""
    chosen, others = causes.resolve(form.cause.data or "", form.cause_code.data or "", clock.today())
    if chosen is not None:
        form.cause.data, form.cause_code.data = chosen.name, chosen.code
        return chosen.code, ()
    if form.cause.data:
        form.cause.errors = [*form.cause.errors, _("Choose a cause from the official list.")]
    return "", others


def _grow(form: RegisterForm) -> bool:
    """A button that adds or removes a place for a party: nothing is saved, everything typed stays."""
    for name, _role in SIDES:
        side = getattr(form, name)
        if f"add_{name}" in request.form and len(side.entries) < side.max_entries:
            side.append_entry()
            return True
        if f"drop_{name}" in request.form and len(side.entries) > side.min_entries:
            side.pop_entry()
            return True
    return "split" in request.form


def _people(form: RegisterForm) -> list[PartyData]:
    return [
        party_data(entry.form, role, agents=agent_data(entry.form))
        for name, role in SIDES
        for entry in getattr(form, name).entries
        if not entry.form.is_blank
    ]


@bp.route("/disputes/new", methods=["GET", "POST"])
def new() -> ResponseReturnValue:
    """One page, in the order people tell it; probable duplicates are shown before anything is saved."""
    form = RegisterForm()
    _offer_streets(form)
    for side in form.sides:
        for entry in side.entries:
            if isinstance(entry.form, PartyPart):
                entry.form.split_pasted()
                entry.form.follow_number()
    if request.method == "POST" and _grow(form):
        return _page(form)
    if request.method != "POST":
        return _page(form)
    form.drop_blank()
    fits = form.validate()
    code, others = _resolve_cause(form)
    if not fits or not code:
        return _page(form, causes=others)
    people = _people(form)
    alike = finding.duplicates(actor(), people, code, clock.today())
    told = {int(i) for i in (form.told_apart.data or "").split(",") if i.isdecimal() and len(i) <= LONGEST_NUMBER}
    if {one.id for one in alike} - told:
        form.told_apart.data = ",".join(str(one.id) for one in alike)
        return _page(form, alike=alike)
    try:
        made = _create(form, people, code, [one.id for one in alike])
    except DomainError as refused:
        form.refuse(refused)
        return _page(form)
    flash(_("The dispute is registered under %(number)s.", number=made.receipt_no))
    return redirect(url_for("disputes.dispute", dispute_id=made.id))


def _create(
    form: RegisterForm, people: Sequence[PartyData], code: str, told_apart: Sequence[int]
) -> documents.Received:
    return documents.register(
        actor(),
        source=Source(form.source.data),
        cause_code=code,
        claims=form.claims.data or "",
        facts=form.facts.data or "",
        evidence=form.evidence.data or "",
        amount_fen=form.amount.data,
        has_complaint=form.has_complaint.data,
        street_id=int(form.street_id.data) if form.street_id.data else None,
        parties=people,
        not_the_same_as=told_apart,
    )


def _page(form: RegisterForm, **found: Any) -> ResponseReturnValue:
    return render_template("disputes/new.html", form=form, labels=labels, **({"alike": [], "causes": []} | found))


@bp.route("/disputes/<int:dispute_id>/edit", methods=["GET", "POST"])
def edit(dispute_id: int) -> ResponseReturnValue:
    """Correct what the dispute is about; a change in between is shown, not overwritten."""
    found = editable(dispute_id)
    form = (
        MatterForm(obj=found)
        if request.method == "POST"
        else MatterForm(
            obj=found, cause=found.cause.name, amount=found.amount_fen, street_id=str(found.street_id or "")
        )
    )
    _offer_streets(form)
    others: Sequence[causes.Choice] = ()
    if form.submitted():
        code, others = _resolve_cause(form)
        if code:
            services.edit(
                actor(),
                found,
                version=form.version.data or 0,
                cause_code=code,
                claims=form.claims.data or "",
                facts=form.facts.data or "",
                evidence=form.evidence.data or "",
                amount_fen=form.amount.data,
                street_id=int(form.street_id.data) if form.street_id.data else None,
            )
            flash(_("The correction is recorded."))
            return back_to(dispute_id)
    return render_template("disputes/edit.html", form=form, dispute=found, causes=others)


@bp.post("/disputes/<int:dispute_id>/not-duplicate")
def not_duplicate(dispute_id: int) -> ResponseReturnValue:
    """Remember that another dispute only looks like this one."""
    found = editable(dispute_id)
    other = request.form.get("other", "")
    if not other.isdecimal() or len(other) > LONGEST_NUMBER:
        abort(400)
    services.not_duplicates(actor(), found, [int(other)])
    flash(_("It is remembered that these are two disputes."))
    return back_to(dispute_id)
