"""A mediator's page in tabs: certificate, training, strengths, load; entering and changing; what the court asks."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from mediation.kernel import clock
from mediation.kernel.errors import DomainError
from mediation.kernel.i18n import _
from mediation.roster import labels, rules, services
from mediation.roster.blueprint import body_options, bp, mediator_of, must_enter, page_of, place_options
from mediation.roster.forms import (
    CertificateForm,
    DemandsForm,
    MediatorForm,
    NewMediatorForm,
    StrengthForm,
    TrainingForm,
)
from mediation.roster.rules import Demands
from mediation.web.auth import actor


@bp.route("/roster/mediators/new", methods=["GET", "POST"])
def new_mediator() -> ResponseReturnValue:
    """A mediator is prepared as a candidate; the president puts them on the list."""
    must_enter()
    form = NewMediatorForm()
    form.organisation_id.choices, form.street_id.choices = body_options(), place_options()
    if form.submitted():
        told = form.told()
        body, place = told.pop("organisation_id"), told.pop("street_id")
        number = form.certificate_no.data or ""
        try:
            services.check_number(actor().court_id, number)
            made = services.create_mediator(
                actor(), **told, id_no=(form.id_no.data or "").upper(), certificate_no=number,
                certificate_expires_on=form.certificate_expires_on.data or clock.today(),
                organisation=services.get_organisation(actor(), body) if body else None,
                street=services.get_street(actor(), place) if place else None, candidate=True,
            )  # fmt: skip
        except DomainError as refused:
            form.refuse(refused)
        else:
            flash(_("Entered as a candidate: next comes the training before entry, then the president's decision."))
            return redirect(url_for(".mediator", mediator_id=made.id))
    page = render_template("roster/edit_mediator.html", form=form, mediator=None)
    return page, 422 if form.errors else 200


@bp.route("/roster/mediators/<int:mediator_id>/edit", methods=["GET", "POST"])
def edit_mediator(mediator_id: int) -> ResponseReturnValue:
    found = mediator_of(mediator_id)
    must_enter()
    form = MediatorForm(obj=found)
    form.organisation_id.choices, form.street_id.choices = body_options(), place_options()
    if request.method == "GET":
        form.organisation_id.data, form.street_id.data = found.organisation_id or 0, found.street_id or 0
    if form.submitted():
        try:
            services.edit_mediator(actor(), found, form.told(), id_no=(form.id_no.data or "").upper())
        except DomainError as refused:
            form.refuse(refused)
        else:
            flash(str(labels.ENTRY_KEPT))
            return redirect(url_for(".mediator", mediator_id=found.id))
    page = render_template("roster/edit_mediator.html", form=form, mediator=found)
    return page, 422 if form.errors else 200


@bp.route("/roster/mediators/<int:mediator_id>/certificate", methods=["GET", "POST"])
def certificate(mediator_id: int) -> ResponseReturnValue:
    found = mediator_of(mediator_id)
    form = CertificateForm()
    if request.method == "POST":
        must_enter()
    if form.submitted():
        try:
            services.renew_certificate(actor(), found, until=form.until.data or clock.today())
        except DomainError as refused:
            form.refuse(refused)
        else:
            flash(_("The certificate is renewed."))
            return redirect(url_for(".certificate", mediator_id=found.id))
    return page_of(
        "certificate",
        found,
        form=form,
        today=clock.today(),
        left=(found.certificate_expires_on - clock.today()).days,
        demands=services.demands(found.court_id),
    )


@bp.route("/roster/mediators/<int:mediator_id>/training", methods=["GET", "POST"])
def training(mediator_id: int) -> ResponseReturnValue:
    found = mediator_of(mediator_id)
    form = TrainingForm()
    if request.method == "POST":
        must_enter()
    if form.submitted():
        try:
            services.add_training(
                actor(), found, held_on=form.held_on.data or clock.today(), hours=form.hours.data or 0,
                subject=form.subject.data or "", organiser=form.organiser.data or "",
            )  # fmt: skip
        except DomainError as refused:
            form.refuse(refused)
        else:
            flash(_("The training is entered."))
            return redirect(url_for(".training", mediator_id=found.id))
    attended = services.trainings(found)
    hours = services.hours_by_year(attended)
    this_year = clock.today().year
    years = [(year, hours.get(year, 0)) for year in sorted({*hours, this_year}, reverse=True)]
    return page_of(
        "training", found, form=form, attended=attended, years=years, demands=services.demands(found.court_id)
    )


@bp.route("/roster/mediators/<int:mediator_id>/strengths", methods=["GET", "POST"])
def strengths(mediator_id: int) -> ResponseReturnValue:
    found = mediator_of(mediator_id)
    form = StrengthForm()
    if request.method == "POST":
        must_enter()
    if form.submitted():
        try:
            services.add_strength(actor(), found, form.cause.data or "")
        except DomainError as refused:
            form.refuse(refused)
        else:
            flash(_("The cause is stated."))
            return redirect(url_for(".strengths", mediator_id=found.id))
    return page_of(
        "strengths", found, form=form, causes=services.cause_names({one.cause_code for one in found.strengths})
    )


@bp.post("/roster/mediators/<int:mediator_id>/strengths/drop")
def drop_strength(mediator_id: int) -> ResponseReturnValue:
    found = mediator_of(mediator_id)
    if services.drop_strength(actor(), found, request.form.get("code", "")):
        flash(_("The cause is no longer stated."))
    return redirect(url_for(".strengths", mediator_id=found.id))


@bp.get("/roster/mediators/<int:mediator_id>/load")
def load(mediator_id: int) -> ResponseReturnValue:
    found = mediator_of(mediator_id)
    rows = services.open_disputes(found)
    return page_of("load", found, rows=rows, causes=services.cause_names({row.cause_code for row in rows}))


@bp.get("/roster/demands")
def demands() -> ResponseReturnValue:
    """What the court asks of everybody on its list; the president sets it, the others read it."""
    return _demands_page(DemandsForm(formdata=None, obj=services.demands(actor().court_id)))


@bp.post("/roster/demands")
def set_demands() -> ResponseReturnValue:
    form = DemandsForm()
    if form.submitted():
        asked = Demands(
            form.entry_hours.data or 0, form.yearly_hours.data or 0, form.warn_days.data or 1, form.hearing_days.data or 1
        )  # fmt: skip
        try:
            services.set_demands(
                actor(), asked, valid_from=form.valid_from.data or clock.today(), source=form.source.data or ""
            )
        except DomainError as refused:
            form.refuse(refused)
        else:
            flash(_("The demands hold from that day on."))
            return redirect(url_for(".demands"))
    return _demands_page(form)


def _demands_page(form: DemandsForm) -> ResponseReturnValue:
    page = render_template(
        "roster/demands.html",
        form=form,
        rows=services.demand_rows(actor().court_id),
        now=services.demands(actor().court_id),
        may_set=rules.may_set_rules(actor()),
    )
    return page, 422 if form.errors else 200
