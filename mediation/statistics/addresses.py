"""What the address of a page of figures asks for: its days and its period."""

from datetime import date

from flask import abort, request

from mediation.accounts import services as accounts
from mediation.kernel import clock
from mediation.statistics import rules
from mediation.statistics.rules import Period, Span
from mediation.web.auth import actor
from mediation.web.fields import parse_day


def day(name: str) -> date | None:
    """A day in the address, as people type days; none where there is none."""
    text = request.args.get(name, "").strip()
    if not text:
        return None
    try:
        return parse_day(text)
    except ValueError:
        abort(400)


def span() -> Span:
    """Which kind of period is asked for: this year, where nothing is said."""
    if day("first") and day("last"):
        return Span.FREE
    asked = request.args.get("span", Span.YEAR.value)
    return Span(asked) if asked in set(Span) else Span.YEAR


def period() -> Period:
    """The period in the address; its days stand there too, so that a link means the same tomorrow."""
    court = accounts.court(actor().court_id)
    try:
        return rules.period_for(
            span(), clock.today(), opened_on=court.opened_on, first=day("first"), last=day("last")
        )  # fmt: skip
    except ValueError:
        abort(400)
