"""The notice board 温馨提示, readable from three metres, and its release by the registry."""

from flask import abort, flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from mediation.kernel import clock
from mediation.kernel.actor import REGISTRY
from mediation.kernel.i18n import _, _l
from mediation.public import rules, services
from mediation.public.blueprint import bp
from mediation.public.screen import views as screen_views
from mediation.statistics import services as statistics
from mediation.web.auth import actor
from mediation.web.registry import NavItem, Registry

__all__ = ["bp", "contribute", "screen_views"]


def contribute(registry: Registry) -> None:
    registry.nav.append(NavItem(_l("Notice board"), "public.release", REGISTRY, icon="board", rank=90))
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
    pending = statistics.pending_hearing(actor().court_id)
    return render_template(
        "public/release.html",
        backlog=rules.Backlog(pending),
        latest=services.latest(actor().court_id),
        history=[(row, rules.Backlog(row.pending)) for row in services.history(actor().court_id)],
        code=next(c.code for c in services.courts() if c.id == actor().court_id),
    )


@bp.post("/board/release")
def publish() -> ResponseReturnValue:
    services.release(actor())
    flash(_("The figure is on the board."))
    return redirect(url_for("public.release"))
