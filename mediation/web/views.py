"""Pages that belong to no capability: home, search from anywhere, health."""

from flask import Blueprint, current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from mediation.web import readiness
from mediation.web.auth import actor
from mediation.web.templating import further, registry

bp = Blueprint("web", __name__)


@bp.get("/")
def home() -> ResponseReturnValue:
    """Each role starts at what is due."""
    for role, endpoint in registry().homes:
        if role in actor().roles:
            return redirect(url_for(endpoint))
    return redirect(url_for("accounts.password"))


@bp.get("/places")
def more() -> ResponseReturnValue:
    """The places of a person that do not stand in the left column."""
    return render_template("web/more.html", places=further())


@bp.route("/search", methods=["GET", "POST"])
def search() -> ResponseReturnValue:
    """Search from anywhere. Sent by POST, so that no identity number stands in an address or a log."""
    query = request.form.get("q", "").strip()[:100]
    hits = [hit for find in registry().searches for hit in find(actor(), query)] if query else []
    return render_template("web/search.html", query=query, hits=hits, search_query=query)


@bp.get("/healthz")
def healthz() -> ResponseReturnValue:
    """The process answers."""
    return {"status": "ok"}


@bp.get("/readyz")
def readyz() -> ResponseReturnValue:
    """Ready to take work or not; what is wrong stands in the server's log and is told by `doctor`, not to strangers."""
    faults = readiness.faults()
    for fault in faults:
        current_app.logger.error("Not ready: %s", fault)
    return {"status": "not ready" if faults else "ok"}, 503 if faults else 200
