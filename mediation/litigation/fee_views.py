"""The tariff of court fees as a table, and what a claim costs by it; asked in the address, so that it can be kept and sent."""

from datetime import date

from flask import render_template, request
from flask.typing import ResponseReturnValue
from wtforms import Form, SelectField
from wtforms.validators import InputRequired

from mediation.kernel import clock
from mediation.kernel.i18n import _l
from mediation.litigation import labels, tariff
from mediation.litigation.blueprint import bp
from mediation.litigation.tariff import FeeKind, Halving
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


def _preserving(on: date) -> tariff.ApplicationTariff:
    return max((one for one in tariff.PRESERVATION if one.valid_from <= on), key=lambda one: one.valid_from)
