"""The tariff of court fees as a table, and what a claim costs by it; asked in the address, so that it can be kept and sent."""

from datetime import date

from flask import abort, flash, render_template, request
from flask.typing import ResponseReturnValue
from wtforms import Form, SelectField
from wtforms.validators import InputRequired

from mediation.kernel import clock
from mediation.kernel.errors import DomainError
from mediation.kernel.i18n import _, _l
from mediation.litigation import forms, labels, rules, services, tariff
from mediation.litigation.blueprint import bp, case_of, here
from mediation.litigation.case_page import page_of
from mediation.litigation.tariff import FeeKind, Halving
from mediation.web.auth import actor
from mediation.web.fields import DayField, YuanField, options


class FeeQuestion(Form):
    """What the fee is asked for. It changes nothing and is not sent as a form that does."""

    kind = SelectField(_l("Kind of claim"), choices=options(labels.FEE_KIND), default=FeeKind.PROPERTY.value)
    amount = YuanField(_l("Amount the fee is counted from, in yuan"), validators=[InputRequired()])
    on = DayField(_l("Filed on"), default=clock.today)


@bp.get("/fees")
def fees() -> ResponseReturnValue:
    """The tariff in force on a day; with an amount, what is to be paid and how it is counted (R3-63, R3-65)."""
    typed = request.args.copy()
    typed.setdefault("kind", FeeKind.PROPERTY.value)
    typed.setdefault("on", clock.today().isoformat())
    form = FeeQuestion(typed)
    asked = "amount" in request.args
    valid = asked and form.validate()
    on = form.on.data if valid and form.on.data else clock.today()
    kind = FeeKind(form.kind.data) if valid else FeeKind.PROPERTY
    try:
        counted = tariff.fee(kind, form.amount.data, on) if valid else None
        lines = {one: tariff.line_of(one, on) for one in FeeKind}
    except tariff.OutsideTariff:
        form.on.errors = [*form.on.errors, str(labels.BEFORE_TARIFF)]
        on, valid, counted = clock.today(), False, None
        lines = {one: tariff.line_of(one, on) for one in FeeKind}
    page = render_template(
        "litigation/fees.html",
        form=form,
        lines=lines,
        counted=counted,
        half=tariff.due(counted.total_fen, list(Halving)) if counted else None,
        preserving=_preserving(on),
        preservation=tariff.preservation_fee(form.amount.data, on) if valid else None,
        kind=kind,
        labels=labels,
        on=on,
    )
    return page, 422 if form.errors else 200


@bp.post("/cases/<int:case_id>/fee-supplement")
def demand_supplement(case_id: int) -> ResponseReturnValue:
    """What the ordinary procedure costs more is asked for (S2 art. 199)."""
    found = case_of(case_id)
    if not rules.may_register(actor(), found):
        abort(403)
    form = forms.SupplementForm()
    if form.submitted():
        try:
            services.demand_supplement(actor(), found, received_on=form.received_on.data or clock.today())
        except DomainError as refused:
            form.refuse(refused)
        else:
            flash(_("The supplement is demanded; the notice is being made and the seven days run."))
            return here(found)
    return page_of(found, supplementing=form)


def _preserving(on: date) -> tariff.ApplicationTariff:
    return max((one for one in tariff.PRESERVATION if one.valid_from <= on), key=lambda one: one.valid_from)
