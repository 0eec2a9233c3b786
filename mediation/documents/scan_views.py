"""The page on which signed papers come back, and the scans themselves."""

from typing import Any

from flask import Response, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from mediation.documents import labels, scans, services
from mediation.documents.blueprint import bp
from mediation.documents.forms import ScanForm
from mediation.kernel.errors import DomainError
from mediation.kernel.i18n import _
from mediation.web.auth import actor
from mediation.web.fields import SelectChoice
from mediation.web.files import opening

ENDING = {"application/pdf": "pdf", "image/png": "png", "image/jpeg": "jpg"}


@bp.get("/disputes/<int:dispute_id>/scans")
def scans_page(dispute_id: int) -> ResponseReturnValue:
    """What was scanned in so far, and a form for one more."""
    return _page(dispute_id, _form(dispute_id, formdata=None))


@bp.post("/disputes/<int:dispute_id>/scans")
def keep_scan(dispute_id: int) -> ResponseReturnValue:
    """Keep a signed paper."""
    form = _form(dispute_id)
    if form.submitted():
        try:
            scan = scans.keep(
                actor(),
                dispute_id,
                form.file.data.read(),
                document_id=form.document.data or 0,
                note=form.note.data or "",
            )
        except DomainError as refused:
            form.refuse(refused)
            return _page(dispute_id, form)
        found = scans.get(actor(), scan.id)
        title = found[1].called if found else ""
        flash(_("The scan is kept with %(title)s; %(match)s.", title=title, match=labels.MATCH[scan.match]))
        return redirect(url_for(".scans_page", dispute_id=dispute_id))
    return _page(dispute_id, form)


def _form(dispute_id: int, **kwargs: Any) -> ScanForm:
    among = scans.choices(actor(), dispute_id)
    if not among:
        abort(403 if services.of_dispute(actor(), dispute_id) else 404)
    form = ScanForm(**kwargs)
    form.document.choices = [
        SelectChoice(0, _("The square code tells")),
        *[SelectChoice(document.id, f"{document.called}　{document.number}") for document in among],
    ]
    return form


def _page(dispute_id: int, form: ScanForm) -> ResponseReturnValue:
    rows = scans.of_dispute(actor(), dispute_id)
    return render_template("documents/pages/scans.html", dispute_id=dispute_id, form=form, rows=rows, labels=labels)


@bp.get("/scans/<int:scan_id>")
def scan(scan_id: int) -> ResponseReturnValue:
    """The scan as it came; opening a confidential one writes into the trail."""
    with opening():
        found, document = scans.get(actor(), scan_id) or abort(404)
        content, kind = scans.open_scan(actor(), found, document), found.kind
    answer = Response(content, mimetype=kind)
    answer.headers["Content-Disposition"] = f'attachment; filename="scan-{scan_id}.{ENDING[kind]}"'
    answer.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return answer
