"""Import and export of the lists on the screen."""

from flask import Response, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from mediation.kernel.errors import DomainError
from mediation.kernel.i18n import _, _n
from mediation.kernel.sheets import XLSX
from mediation.roster.blueprint import bp
from mediation.roster.sheets import labels, services
from mediation.roster.sheets.columns import SheetKind
from mediation.roster.sheets.forms import ImportForm
from mediation.web.auth import actor


def _kind(text: str) -> SheetKind:
    return SheetKind(text) if text in set(SheetKind) else abort(404)


def _answer(content: bytes, name: str, status: int = 200) -> Response:
    disposition = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(content, status, mimetype=XLSX, headers=disposition | {"X-Content-Type-Options": "nosniff"})


@bp.route("/roster/sheets", methods=["GET", "POST"])
def sheets() -> ResponseReturnValue:
    """A template to take away, a filled one to hand in. A faulty sheet comes back marked, and nothing is taken over."""
    form = ImportForm()
    if form.submitted():
        try:
            found = services.take_in(actor(), form.kind.data, form.file.data.read(), form.file.data.filename or "")
        except DomainError as refused:
            form.refuse(refused)
        else:
            if found.marked is not None:
                # Not 422: a browser keeps no file that comes with a refusal, and shows its own page of failure instead.
                return _answer(found.marked, f"{form.kind.data}-marked.xlsx")
            if found.known:
                flash(_("This file has been taken over before; nothing was changed."))
            else:
                flash(
                    _n("%(num)s entry was taken over as a candidate.", "%(num)s entries were taken over as candidates.", found.entries)
                )  # fmt: skip
            return redirect(url_for(".sheets"))
    page = render_template(
        "roster/sheets.html", form=form, imports=services.imports(actor()), labels=labels, kinds=list(SheetKind)
    )
    return page, 422 if form.errors else 200


@bp.get("/roster/sheets/<kind>/template.xlsx")
def sheet_template(kind: str) -> ResponseReturnValue:
    return _answer(services.template(_kind(kind)), f"{kind}-template.xlsx")


@bp.post("/roster/sheets/<kind>/export")
def export_sheet(kind: str) -> ResponseReturnValue:
    return _answer(services.export(actor(), _kind(kind)), f"{kind}.xlsx")
