"""Pages of the gallery."""

from flask import Response, abort, render_template
from flask.typing import ResponseReturnValue

from mediation.documents import catalogue, gallery, services
from mediation.documents.blueprint import bp
from mediation.documents.catalogue import Entry
from mediation.web.auth import actor
from mediation.web.templating import cite


def _entry(kind: str) -> Entry:
    return catalogue.OF.get(kind) or abort(404)


@bp.get("/documents/gallery")
def catalogue_page() -> ResponseReturnValue:
    """Every document the product makes, with its rule."""
    rows = [(entry, cite(entry.source)) for entry in catalogue.ENTRIES]
    return render_template("documents/pages/gallery.html", rows=rows)


@bp.get("/documents/gallery/<kind>")
def catalogue_entry(kind: str) -> ResponseReturnValue:
    """One document with invented facts, beside what it must say."""
    entry = _entry(kind)
    court = services.court_name(actor().court_id)
    return render_template("documents/pages/entry.html", entry=entry, lines=gallery.lines(entry, court))


@bp.get("/documents/gallery/<kind>/specimen")
def catalogue_specimen(kind: str) -> ResponseReturnValue:
    """The specimen as it would be printed, marked as a draft."""
    entry = _entry(kind)
    content = gallery.typeset(entry, services.court_name(actor().court_id))
    answer = Response(content, mimetype="application/pdf")
    answer.headers["Content-Disposition"] = f'inline; filename="{entry.kind}.pdf"'
    answer.headers["X-Content-Type-Options"] = "nosniff"
    return answer
