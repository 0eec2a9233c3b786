"""The page from which the president takes the whole court along."""

from flask import Blueprint, Response, render_template
from flask.typing import ResponseReturnValue

from mediation.accounts import services as accounts
from mediation.exports import labels, rules, services
from mediation.exports.forms import ExportForm
from mediation.exports.rules import COLUMNS, Format
from mediation.exports.writing import PARQUET
from mediation.kernel import clock
from mediation.kernel.actor import Role
from mediation.kernel.errors import DomainError, NotPermitted
from mediation.kernel.i18n import _l
from mediation.kernel.sheets import XLSX
from mediation.web.auth import actor
from mediation.web.registry import NavItem, Registry

bp = Blueprint("exports", __name__)
KIND = {Format.XLSX: XLSX, Format.PARQUET: PARQUET}


def contribute(registry: Registry) -> None:
    president = frozenset({Role.PRESIDENT})
    registry.nav.append(
        NavItem(_l("All disputes as a file"), "exports.page", president, icon="download", rank=88, seldom=True)
    )
    registry.events.update(labels.EVENTS)


@bp.get("/export")
def page() -> ResponseReturnValue:
    if not rules.may_take_all(actor()):
        raise NotPermitted("export")
    return _page(ExportForm(formdata=None))


@bp.post("/export")
def fetch() -> ResponseReturnValue:
    form = ExportForm()
    if not form.submitted():
        return _page(form)
    try:
        accounts.reauthenticate(actor(), form.password.data or "", purpose="exports.court")
        pieces = services.take_all(actor(), form.format.data)
    except DomainError as refused:
        form.refuse(refused)
        return _page(form)
    name = f"disputes-{clock.today():%Y%m%d}.{form.format.data.value}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(pieces, mimetype=KIND[form.format.data], headers=headers)


def _page(form: ExportForm) -> ResponseReturnValue:
    shown = render_template("exports/court.html", form=form, columns=[labels.COLUMN[c.name] for c in COLUMNS])
    return shown, 422 if form.errors else 200
