"""The sending of notices as the system administrator sees it: is the worker alive, what waits, do the servers answer."""

from flask import render_template
from flask.typing import ResponseReturnValue

from mediation.kernel.db import db
from mediation.notices import health, labels, rules
from mediation.notices.blueprint import bp
from mediation.notices.rules import Channel, Problem
from mediation.web.auth import actor


@bp.get("/notices/sending")
def state() -> ResponseReturnValue:
    """Numbers only: the administrator has no part in what is told."""
    return _page(None)


@bp.post("/notices/sending")
def reach() -> ResponseReturnValue:
    """Try the connections now; nothing is sent and nothing is written."""
    actor()
    db.session.rollback()  # no transaction is open while the network takes its time
    return _page(health.unreachable())


def _page(problems: dict[Channel, Problem] | None) -> ResponseReturnValue:
    return render_template(
        "notices/sending.html", state=health.state(actor().court_id), passes=health.passes(), problems=problems,
        machine=sorted(rules.BY_MACHINE), labels=labels,
    )  # fmt: skip
