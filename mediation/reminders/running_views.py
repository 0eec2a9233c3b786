"""The daily run as the system administrator sees it: when it last ended, what it brought, what to do when it does not run."""

from flask import render_template
from flask.typing import ResponseReturnValue

from mediation.reminders import heartbeat, labels
from mediation.reminders.blueprint import bp
from mediation.web.auth import actor


@bp.get("/daily-run")
def running() -> ResponseReturnValue:
    """Numbers only, never what a dispute is about."""
    return render_template("reminders/running.html", state=heartbeat.state(actor().court_id), labels=labels)
