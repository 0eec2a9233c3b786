"""The page that says why a period ends on its day."""

from datetime import date
from functools import partial
from itertools import groupby
from typing import Any

from flask import abort, render_template
from flask.typing import ResponseReturnValue
from flask_babel import format_date

from mediation.kernel import clock, law
from mediation.kernel.actor import COURT, Actor
from mediation.kernel.i18n import _l, locale
from mediation.periods import choices, counting_views, labels, services, strip
from mediation.periods.blueprint import bp
from mediation.periods.explaining import lines, past
from mediation.periods.models import Deadline, DeadlineExtension, DeadlinePause
from mediation.periods.strip import Mark
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


@bp.app_template_filter("month")
def month(value: date) -> str:
    """2026年3月, or March 2026."""
    return str(format_date(value, "y年M月" if locale() != "en" else "MMMM y"))


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
    picture = strip.picture(lines(found.basis), services.calendar(), **_open(found))
    return render_template(
        "periods/deadline.html",
        deadline=found,
        dispute_url=url,
        lines=lines(found.basis),
        picture=picture,
        marks=strip.marks(picture),
        past=past(found.history),
        labels=labels,
    )


def _open(found: Deadline) -> dict[str, Any]:
    """Since when time stands still, if it does: those days are not in the derivation yet."""
    since = next((pause.after for pause in found.pauses if pause.through is None), None)
    return {"open_since": since if found.is_suspended else None, "today": clock.today()}


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
        "changes": _changes(found),
        "calendar": [
            {"day": cell.day.isoformat(), "mark": cell.mark.value} | ({"name": cell.name} if cell.name else {})
            for cell in strip.cells(lines(found.basis), services.calendar(), **_open(found))
            if cell.mark is not Mark.COUNTED
        ],
        "history": found.history,
    }


def _changes(found: Deadline) -> dict[str, Any]:
    """What may change the period, and what has."""
    rule = found.rule
    more = rule.extension
    return {
        "basis": rule.basis.value,
        "may_be_left_out": sorted(cause.value for cause in rule.deducts),
        "may_be_extended_by": more.by.value if more else None,
        "most": more.most if more else None,
        "each": more.each if more else None,
        "besides": rule.besides.value if rule.besides else None,
        "left_out": [
            {"cause": p.cause.value, "after": p.after.isoformat(), "through": p.through.isoformat() if p.through else None}
            for p in found.pauses
        ],
        "extensions": [
            {"agreed_on": e.agreed_on.isoformat(), "by": e.by or None, "unit": e.unit.value,
             "until": e.until.isoformat() if e.until else None, "note": e.note}
            for e in found.extensions
        ],
    }  # fmt: skip


def _articles(basis: dict[str, Any]) -> list[dict[str, str | None]]:
    cited = sorted(step["source"] for step in basis["derivation"] if step.get("source"))
    places = [place for text, _same in groupby(cited) for place in law.cite(text)]
    return [{"label": place.label, "text": place.text} for place in dict.fromkeys(places)]
