"""The notice board 温馨提示, readable from three metres, and its release by the registry."""

from flask import Response, abort, flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from mediation.documents import services as store
from mediation.kernel import clock
from mediation.kernel.actor import REGISTRY
from mediation.kernel.i18n import _, _l
from mediation.public import documents, rules, services
from mediation.public.blueprint import bp
from mediation.public.screen import views as screen_views
from mediation.statistics import services as statistics
from mediation.web.auth import actor
from mediation.web.files import handed_out, opening
from mediation.web.registry import NavItem, Registry

__all__ = ["bp", "contribute", "screen_views"]


def contribute(registry: Registry) -> None:
    registry.nav.append(NavItem(_l("Notice board"), "public.release", REGISTRY, icon="board", rank=90, seldom=True))
    registry.events["board_draft.draft"] = _l("The draft of the notice for the board was made")
    registry.events["board_release.release"] = _l("The backlog figure was released for the notice board")


@bp.get("/board")
def board() -> ResponseReturnValue:
    """The board of the only court, or the choice between courts."""
    found = services.courts()
    if len(found) == 1:
        return _board(found[0].code)
    return render_template("public/courts.html", courts=found)


@bp.get("/board/<code>")
def board_of(code: str) -> ResponseReturnValue:
    return _board(code)


def _board(code: str) -> ResponseReturnValue:
    court = next((c for c in services.courts() if c.code == code), None) or abort(404)
    g.court = court
    shown = services.latest(court.id)
    return render_template(
        "public/board.html",
        board_court=court,
        release=shown,
        backlog=rules.Backlog(shown.pending) if shown else None,
        lengths=services.lengths(court.id, clock.today()),
        now=clock.now(),
    )


@bp.get("/board/release")
def release() -> ResponseReturnValue:
    court_id = actor().court_id
    draft = services.latest_draft(court_id)
    return render_template(
        "public/release.html",
        backlog=rules.Backlog(statistics.pending_hearing(court_id)),
        draft=draft,
        drafted=rules.Backlog(draft.pending) if draft else None,
        waits=draft is not None and services.release_of(draft) is None,
        history=[(row, rules.Backlog(row.pending)) for row in services.history(court_id)],
        code=next(c.code for c in services.courts() if c.id == court_id),
    )


@bp.post("/board/drafts")
def make_draft() -> ResponseReturnValue:
    """Count, and put the notice on paper."""
    services.draft(actor())
    flash(_("The draft is made. Read it, then release it for the board."))
    return redirect(url_for("public.release"))


@bp.get("/board/drafts/<int:draft_id>")
def draft_paper(draft_id: int) -> ResponseReturnValue:
    """The draft as PDF: for everybody of the registry, whoever had it made."""
    with opening():
        draft = services.draft_of(actor(), draft_id) or abort(404)
        paper = documents.paper_of(draft) or abort(404)
        file = store.open_file(actor(), paper)
    answer = Response(file.content, mimetype="application/pdf")
    name = f"{paper.title}{draft.counted_on:%Y%m%d}.pdf"
    return handed_out(answer, name, plain=f"board-draft-{draft.id}.pdf", sha256=file.sha256)


@bp.post("/board/drafts/<int:draft_id>/release")
def publish(draft_id: int) -> ResponseReturnValue:
    services.release(actor(), services.draft_of(actor(), draft_id) or abort(404))
    flash(_("The figure is on the board."))
    return redirect(url_for("public.release"))
