"""Pages that belong to no capability: home, search from anywhere, health."""

import shutil
import tempfile
from pathlib import Path

import sqlalchemy as sa
from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from mediation.kernel.db import db
from mediation.web.auth import actor
from mediation.web.templating import registry

bp = Blueprint("web", __name__)
LEAST_FREE = 0.05


@bp.get("/")
def home() -> ResponseReturnValue:
    """Each role starts at what is due."""
    for role, endpoint in registry().homes:
        if role in actor().roles:
            return redirect(url_for(endpoint))
    return redirect(url_for("accounts.password"))


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
    """Ready to take work; when not, says why."""
    faults: dict[str, str] = {}
    try:
        db.session.execute(sa.select(1))
    except sa.exc.SQLAlchemyError as error:
        db.session.rollback()
        faults["database"] = f"The database does not answer ({type(error).__name__})."
    for folder in _written_to():
        usage = shutil.disk_usage(folder)
        if usage.free / usage.total < LEAST_FREE:
            free = 100 * usage.free / usage.total
            faults["disk"] = f"{free:.1f} % of the disk of {folder} is free; {100 * LEAST_FREE:.0f} % are needed."
    answer = {"status": "not ready" if faults else "ok", "faults": sorted(faults), "why": [*faults.values()]}
    return answer, 503 if faults else 200


def _written_to() -> set[Path]:
    """Where the system writes: beside the database of a file, and temporary files."""
    folders = {Path(tempfile.gettempdir())}
    url = db.session.get_bind().engine.url
    if url.get_backend_name() == "sqlite" and url.database:
        folders.add(Path(url.database).parent)
    return {folder for folder in folders if folder.is_dir()}
