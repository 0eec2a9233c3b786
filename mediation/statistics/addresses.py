"""What the address of a page of figures asks for: its days and its period. What cannot be is refused with advice."""

from datetime import date

from flask import request

from mediation.accounts import services as accounts
from mediation.kernel import clock
from mediation.kernel.errors import Unreadable
from mediation.kernel.i18n import _
from mediation.statistics import rules
from mediation.statistics.rules import Period, Span
from mediation.web.auth import actor
from mediation.web.fields import parse_day

LONGEST = 40


def day(name: str) -> date | None:
    """A day in the address, as people type days; none where there is none."""
    text = request.args.get(name, "").strip()
    if not text:
        return None
    try:
        return parse_day(text)
    except ValueError:
        raise Unreadable(
            _("“%(typed)s” is no day.", typed=text[:LONGEST]),
            remedy=_("Write the date like 2026-03-02 or 20260302."),
            field=name,
        ) from None


def span() -> Span:
    """Which kind of period is asked for: this year, where nothing is said."""
    if day("first") or day("last"):
        return Span.FREE
    asked = request.args.get("span", Span.YEAR.value)
    return Span(asked) if asked in set(Span) else Span.YEAR


def between(first: date, last: date) -> Period:
    """A period, or what is wrong with it."""
    if last < first:
        raise Unreadable(
            _("The period ends on %(last)s, before it begins on %(first)s.", first=first, last=last),
            remedy=_("Put the earlier day first."),
            field="last",
        )
    return Period(first, last)


def period() -> Period:
    """The period in the address; its days stand there too, so that a link means the same tomorrow.

    Of one day alone the other is this year's first, or today.
    """
    first, last = day("first"), day("last")
    if first or last:
        ends = last or max(clock.today(), first or clock.today())
        return between(first or date(ends.year, 1, 1), ends)
    court = accounts.court(actor().court_id)
    return rules.period_for(span(), clock.today(), opened_on=court.opened_on, first=None, last=None)


def ahead(asked: Period) -> str:
    """What to say of a period that is not over: nothing of it, or only a part, can be counted."""
    today = clock.today()
    if asked.first > today:
        return _("This period lies ahead: nothing of it has been counted yet.")
    return _("Counted to today; the period is not over.") if asked.last > today else ""
