"""Pages of what a court settles about its figures, and of its frozen months."""

from datetime import date

import sqlalchemy as sa
from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from mediation.disputes.models import Dispute
from mediation.kernel import clock
from mediation.kernel.db import db
from mediation.kernel.errors import DomainError
from mediation.kernel.i18n import _
from mediation.statistics import asking, freezing, labels, naming, rules, services, settling
from mediation.statistics.blueprint import bp
from mediation.statistics.catalogue import READINGS, Point, readings_on
from mediation.statistics.forms import PopulationForm, ReadingForm
from mediation.web.auth import actor


@bp.get("/statistics/settings")
def settings() -> ResponseReturnValue:
    """How the court reads the open points, and how many people live where; the president settles it, the others read it."""
    return _settings(ReadingForm(formdata=None), _population_form(fresh=True))


def _population_form(*, fresh: bool) -> PopulationForm:
    form = PopulationForm(formdata=None) if fresh else PopulationForm()
    form.street_id.choices = [(0, _("The whole district")), *settling.streets(actor())]
    return form


@bp.post("/statistics/settings/reading")
def settle() -> ResponseReturnValue:
    form = ReadingForm()
    if form.submitted():
        try:
            settling.settle(
                actor(), form.point.data, form.reading.data, valid_from=form.valid_from.data or clock.today(),
                reason=form.reason.data or "",
            )  # fmt: skip
        except DomainError as refused:
            form.refuse(refused)
        else:
            flash(_("The figures are read so from that day on."))
            return redirect(url_for(".settings"))
    return _settings(form, _population_form(fresh=True))


@bp.post("/statistics/settings/population")
def tell_population() -> ResponseReturnValue:
    form = _population_form(fresh=False)
    if form.submitted():
        try:
            settling.tell(
                actor(), street_id=form.street_id.data or None, valid_from=form.valid_from.data or clock.today(),
                resident=form.resident.data or 0, floating=form.floating.data or 0, source=form.source.data or "",
            )  # fmt: skip
        except DomainError as refused:
            form.refuse(refused)
        else:
            flash(_("The population is kept from that day on."))
            return redirect(url_for(".settings"))
    return _settings(ReadingForm(formdata=None), form)


def _settings(reading: ReadingForm, population: PopulationForm) -> ResponseReturnValue:
    services.may(actor())
    held = readings_on(asking.settled(actor().court_id), clock.today())
    page = render_template(
        "statistics/settings.html",
        reading=reading,
        population=population,
        now=[(labels.POINT[p], labels.READING[getattr(held, p.value)]) for p in Point],
        answers=[(labels.POINT[p], [labels.READING[r] for r in READINGS[p]]) for p in Point],
        rows=settling.readings(actor()),
        people=settling.populations(actor()),
        may_settle=rules.may_settle(actor()),
        labels=labels,
    )
    return page, 422 if reading.errors or population.errors else 200


@bp.get("/statistics/months")
def months() -> ResponseReturnValue:
    services.may(actor())
    return render_template("statistics/months.html", rows=freezing.all_of(actor().court_id))


@bp.get("/statistics/months/<month>")
def month(month: str) -> ResponseReturnValue:
    services.may(actor())
    try:
        first = date.fromisoformat(f"{month}-01")
    except ValueError:
        abort(404)
    frozen = freezing.get_of(actor().court_id, first)
    if frozen is None:
        abort(404)
    changed = freezing.differences(frozen)
    causes = freezing.caused_by(changed)
    return render_template(
        "statistics/month.html",
        frozen=frozen,
        period=rules.month_of(first),
        entries=freezing.entries_of(frozen),
        changed={one.entry.figure: one for one in changed},
        causes=causes,
        numbers=_numbers(list(causes)),
        genuine=freezing.is_genuine(frozen),
        counted=naming.counted,
        labels=labels,
    )


def _numbers(disputes: list[int]) -> dict[int, str]:
    rows = sa.select(Dispute.id, Dispute.receipt_no).where(
        Dispute.id.in_(disputes), Dispute.court_id == actor().court_id
    )
    return {row.id: row.receipt_no for row in db.session.execute(rows)}
