"""Pages of the gallery, and of the letterhead its specimens show."""

from flask import Response, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from mediation.documents import catalogue, gallery, letterheads
from mediation.documents.blueprint import bp
from mediation.documents.catalogue import Entry
from mediation.documents.forms import LetterheadForm
from mediation.kernel import clock
from mediation.kernel.errors import DomainError
from mediation.kernel.i18n import _
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
    lines = gallery.lines(entry, actor().court_id)
    return render_template("documents/pages/entry.html", entry=entry, lines=lines)


@bp.get("/documents/gallery/<kind>/specimen")
def catalogue_specimen(kind: str) -> ResponseReturnValue:
    """The specimen as it would be printed, marked as a draft."""
    entry = _entry(kind)
    content = gallery.typeset(entry, actor().court_id)
    answer = Response(content, mimetype="application/pdf")
    answer.headers["Content-Disposition"] = f'inline; filename="{entry.kind}.pdf"'
    answer.headers["X-Content-Type-Options"] = "nosniff"
    return answer


@bp.route("/documents/letterhead", methods=["GET", "POST"])
def letterhead() -> ResponseReturnValue:
    """How the court's papers look from a day on, and how they looked before."""
    form = LetterheadForm()
    who = actor()
    if request.method == "GET":
        now = letterheads.on(who.court_id, clock.today())
        form.valid_from.data = clock.today()
        form.heading.data, form.phrase.data = (now.heading, now.phrase) if now else ("", "")
    if form.submitted():
        try:
            letterheads.make(
                who,
                valid_from=form.valid_from.data or clock.today(),
                heading=form.heading.data or "",
                phrase=form.phrase.data or "",
                seal=form.seal.data.read() if form.seal.data else None,
            )
        except DomainError as refusal:
            form.refuse(refusal)
        else:
            flash(_("The letterhead is set."), "success")
            return redirect(url_for("documents.letterhead"))
    versions = letterheads.of_court(who.court_id)
    in_force = letterheads.id_on(who.court_id, clock.today())
    page = render_template("documents/pages/letterhead.html", form=form, versions=versions, in_force=in_force)
    return page, 422 if form.errors else 200


@bp.get("/documents/letterhead/<int:letterhead_id>/seal")
def letterhead_seal(letterhead_id: int) -> ResponseReturnValue:
    """The picture of a version's seal."""
    found = letterheads.get(actor(), letterhead_id)
    if found is None or found.seal is None:
        abort(404)
    return Response(found.seal, mimetype="image/png")
