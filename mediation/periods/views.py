"""The page that says why a period ends on its day."""

from itertools import groupby
from typing import Any

from flask import Blueprint, abort, render_template
from flask.typing import ResponseReturnValue

from mediation.kernel import law
from mediation.kernel.actor import COURT, Actor
from mediation.kernel.i18n import _l
from mediation.periods import labels, services
from mediation.periods.explaining import lines, past
from mediation.periods.models import Deadline
from mediation.web.auth import actor
from mediation.web.registry import Registry
from mediation.web.templating import registry

bp = Blueprint("periods", __name__)

bp.add_app_template_filter(law.cite, "citations")


def contribute(shared: Registry) -> None:
    """The timeline's words for what happens to a period."""
    shared.subjects["deadline"] = _address
    shared.events |= {
        "deadline.open": _l("A period began to run."),
        "deadline.meet": _l("A period was met."),
        "deadline.cancel": _l("A period is no longer needed."),
        "deadline.restart": _l("A period began anew."),
        "deadline.suspend": _l("A period was suspended."),
        "deadline.resume": _l("A period runs again."),
        "deadline.exclude": _l("Time was left out of a period."),
        "deadline.extend": _l("A period was extended."),
        "deadline.recompute": _l("A period was counted again with the new holiday notice."),
        "deadline_pause.add": _l("Time that is not counted was recorded."),
        "deadline_pause.end": _l("Time that is not counted ended."),
        "deadline_extension.add": _l("An extension was recorded."),
        "calendar.import": _l("A holiday notice was taken over."),
    }


def _address(who: Actor, deadline_id: int) -> str | None:
    found = services.get(who, deadline_id)
    return f"/deadlines/{deadline_id}" if found and _dispute_url(who, found) is not None else None


def _dispute_url(who: Actor, deadline: Deadline) -> str | None:
    """The dispute's page if the reader may see it; a period without a dispute is for the court's own people."""
    look = registry().subjects.get("dispute")
    if deadline.dispute_id is None or look is None:
        return "" if who.has(*COURT) else None
    return look(who, deadline.dispute_id)


def _load(deadline_id: int) -> tuple[Deadline, str]:
    found = services.get(actor(), deadline_id) or abort(404)
    url = _dispute_url(actor(), found)
    if url is None:
        abort(404)
    return found, url


@bp.get("/deadlines/<int:deadline_id>")
def deadline(deadline_id: int) -> ResponseReturnValue:
    """Why the last day is this one."""
    found, url = _load(deadline_id)
    return render_template(
        "periods/deadline.html",
        deadline=found,
        dispute_url=url,
        lines=lines(found.basis),
        past=past(found.history),
        labels=labels,
    )


@bp.get("/deadlines/<int:deadline_id>.json")
def deadline_data(deadline_id: int) -> ResponseReturnValue:
    """The same as data."""
    found, _url = _load(deadline_id)
    return {
        "id": found.id,
        "status": found.status.value,
        "ended_on": found.ended_on.isoformat() if found.ended_on else None,
        "days_left": found.days_left if found.is_running else None,
        **found.basis,
        "articles": _articles(found.basis),
        "history": found.history,
    }


def _articles(basis: dict[str, Any]) -> list[dict[str, str | None]]:
    cited = sorted(step["source"] for step in basis["derivation"] if step.get("source"))
    places = [place for text, _same in groupby(cited) for place in law.cite(text)]
    return [{"label": place.label, "text": place.text} for place in dict.fromkeys(places)]
