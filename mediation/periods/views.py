"""The page that says why a period ends on its day."""

from datetime import date
from functools import partial
from itertools import groupby
from typing import Any

from flask import abort, render_template
from flask.typing import ResponseReturnValue
from flask_babel import format_date

from mediation.kernel import law
from mediation.kernel.actor import COURT, Actor
from mediation.kernel.i18n import _l
from mediation.periods import choices, counting_views, labels, services
from mediation.periods.blueprint import bp
from mediation.periods.explaining import lines, past
from mediation.periods.models import Deadline, DeadlineExtension, DeadlinePause
from mediation.periods.table import COURT_ONLY, PeriodKey
from mediation.web.auth import actor
from mediation.web.registry import Registry
from mediation.web.templating import day, registry

__all__ = ["bp", "contribute", "counting_views"]

bp.add_app_template_filter(law.cite, "citations")


@bp.app_template_filter("weekday")
def weekday(value: date) -> str:
    """周六, or Sat."""
    return str(format_date(value, "EEE"))


# What happened to a period; the place is filled with its name and, where the entry has one, its last day.
EVENTS = {
    "deadline.open": _l("Period begins: %(period)s, to %(day)s."),
    "deadline.meet": _l("Done or recorded: %(period)s."),
    "deadline.cancel": _l("Period no longer needed: %(period)s."),
    "deadline.restart": _l("Period begins anew: %(period)s, to %(day)s."),
    "deadline.suspend": _l("Period suspended: %(period)s."),
    "deadline.resume": _l("Period runs again: %(period)s, to %(day)s."),
    "deadline.exclude": _l("Time left out: %(period)s, now to %(day)s."),
    "deadline.extend": _l("Period extended: %(period)s, to %(day)s."),
    "deadline.remind": _l("Those concerned were reminded: %(period)s, to %(day)s."),
    "deadline.recompute": _l("Counted again with the new holiday notice: %(period)s, to %(day)s."),
}


def contribute(shared: Registry) -> None:
    """The timeline's words for what happens to a period."""
    shared.subjects["counting_choice"] = lambda who, _id: "/counting" if choices.may_decide(who) else None
    shared.dossier |= {Deadline, DeadlinePause, DeadlineExtension}
    shared.subjects["deadline"] = _address
    shared.events |= {action: partial(_told, words) for action, words in EVENTS.items()} | {
        "calendar.import": _l("A holiday notice was taken over."),
        "counting_choice.decide": _l("It was decided how a point of counting is read."),
    }
    # The period's own entry says the same.
    shared.quiet |= {"deadline_pause.add", "deadline_pause.end", "deadline_extension.add"}
    shared.events |= {
        "deadline_pause.add": _l("Time that is not counted was recorded."),
        "deadline_pause.end": _l("Time that is not counted ended."),
        "deadline_extension.add": _l("An extension was recorded."),
    }


def _told(words: Any, facts: dict[str, Any]) -> str:
    last = facts.get("final")
    name = labels.PERIOD_KEY[PeriodKey(facts["key"])]
    return str(words) % {"period": name, "day": day(date.fromisoformat(last)) if last else ""}


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
    if found.key in COURT_ONLY and not actor().has(*COURT):
        abort(404)
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
