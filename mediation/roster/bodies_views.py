"""The tree of bodies: district, streets, communities; entering, changing, renewing, the seal."""

from typing import Any

from flask import Response, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from mediation.kernel.errors import DomainError
from mediation.kernel.i18n import _
from mediation.roster import labels, rules, services
from mediation.roster.blueprint import body_of, bp, must_enter, place_options
from mediation.roster.forms import AgreementForm, OrganisationForm, SealForm, StreetForm
from mediation.roster.models import Organisation
from mediation.roster.panels import services as panels
from mediation.roster.rules import RosterStatus
from mediation.web.auth import actor
from mediation.web.fields import SelectChoice


@bp.get("/roster/tree")
def tree() -> ResponseReturnValue:
    """The district from above: which body stands for which street or community, with how many mediators."""
    bodies = services.organisations(actor())
    return render_template(
        "roster/tree.html",
        streets=services.streets(actor()),
        at={place: [one for one in bodies if one.street_id == place] for place in {one.street_id for one in bodies}},
        counts=services.member_counts(actor()),
        may_enter=rules.may_enter(actor()),
        labels=labels,
    )


@bp.route("/roster/streets/new", methods=["GET", "POST"])
def new_street() -> ResponseReturnValue:
    must_enter()
    form = StreetForm()
    above = [one for one in services.streets(actor()) if one.parent_id is None]
    form.parent_id.choices = [SelectChoice(0, _("The district")), *(SelectChoice(one.id, one.name) for one in above)]
    if form.submitted():
        parent = services.get_street(actor(), form.parent_id.data) if form.parent_id.data else None
        try:
            services.create_street(actor(), name=form.name.data or "", parent=parent)
        except DomainError as refused:
            form.refuse(refused)
        else:
            flash(_("The place is entered."))
            return redirect(url_for(".tree"))
    page = render_template("roster/street.html", form=form)
    return page, 422 if form.errors else 200


def _told(form: OrganisationForm) -> dict[str, Any]:
    """What the form says, with the codes of the causes named."""
    told = form.told()
    causes = services.cause_codes(told["accepted_causes"], field="accepted_causes", article="S5 art. 5")
    return told | {"accepted_causes": causes}


@bp.route("/roster/organisations/new", methods=["GET", "POST"])
def new_organisation() -> ResponseReturnValue:
    """A body is prepared as a candidate; the president puts it on the list."""
    must_enter()
    form = OrganisationForm()
    form.street_id.choices = place_options()
    if form.submitted():
        try:
            told = _told(form)
            services.check_organisation(actor().court_id, told)
            made = services.create_organisation(actor(), **told, status=RosterStatus.CANDIDATE)
        except DomainError as refused:
            form.refuse(refused)
        else:
            flash(_("The body is entered as a candidate; the president puts it on the list."))
            return redirect(url_for(".organisation", organisation_id=made.id))
    page = render_template("roster/edit_organisation.html", form=form, organisation=None)
    return page, 422 if form.errors else 200


@bp.route("/roster/organisations/<int:organisation_id>/edit", methods=["GET", "POST"])
def edit_organisation(organisation_id: int) -> ResponseReturnValue:
    found = body_of(organisation_id)
    must_enter()
    form = OrganisationForm(obj=found)
    form.street_id.choices = place_options()
    if request.method == "GET":
        form.street_id.data = found.street_id or 0
        names = services.cause_names(found.accepted_causes)
        form.accepted_causes.data = "\n".join(names.get(code, code) for code in found.accepted_causes)
    if form.submitted():
        try:
            services.edit_organisation(actor(), found, _told(form))
        except DomainError as refused:
            form.refuse(refused)
        else:
            flash(str(labels.ENTRY_KEPT))
            return redirect(url_for(".organisation", organisation_id=found.id))
    page = render_template("roster/edit_organisation.html", form=form, organisation=found)
    return page, 422 if form.errors else 200


def organisation_page(
    found: Organisation, agreement_form: AgreementForm | None = None, seal_form: SealForm | None = None
) -> ResponseReturnValue:
    """A body with its members; its agreement and seal can be renewed from here."""
    agreement_form, seal_form = agreement_form or AgreementForm(formdata=None), seal_form or SealForm(formdata=None)
    place = services.get_street(actor(), found.street_id) if found.street_id else None
    page = render_template(
        "roster/organisation.html",
        organisation=found,
        place=place,
        causes=services.cause_names(found.accepted_causes),
        panels=panels.body_places(found.court_id).get(found.id, ()),
        members=services.members(actor(), found),
        loads=services.loads(found.court_id),
        history=services.history(found),
        steps=services.steps_for(actor(), found),
        may_enter=rules.may_enter(actor()),
        agreement_form=agreement_form,
        seal_form=seal_form,
        has_seal=services.seal_of(found) is not None,
        today=services.today(),
        labels=labels,
    )
    return page, 422 if agreement_form.errors or seal_form.errors else 200


@bp.post("/roster/organisations/<int:organisation_id>/agreement")
def renew_agreement(organisation_id: int) -> ResponseReturnValue:
    found = body_of(organisation_id)
    must_enter()
    form = AgreementForm()
    if form.submitted():
        try:
            services.renew_agreement(
                actor(), found, signed_on=form.signed_on.data or services.today(), until=form.until.data or services.today()
            )  # fmt: skip
        except DomainError as refused:
            form.refuse(refused)
        else:
            flash(_("The agreement is renewed."))
            return redirect(url_for(".organisation", organisation_id=found.id))
    return organisation_page(found, agreement_form=form)


@bp.post("/roster/organisations/<int:organisation_id>/seal")
def put_seal(organisation_id: int) -> ResponseReturnValue:
    found = body_of(organisation_id)
    must_enter()
    form = SealForm()
    if form.submitted():
        try:
            services.put_seal(actor(), found, form.seal.data.read())
        except DomainError as refused:
            form.refuse(refused)
        else:
            flash(_("The seal is kept."))
            return redirect(url_for(".organisation", organisation_id=found.id))
    return organisation_page(found, seal_form=form)


@bp.get("/roster/organisations/<int:organisation_id>/seal.png")
def seal(organisation_id: int) -> ResponseReturnValue:
    found = body_of(organisation_id)
    picture = services.seal_of(found) or abort(404)
    return Response(picture, mimetype="image/png", headers={"X-Content-Type-Options": "nosniff"})
