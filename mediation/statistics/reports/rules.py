"""Which periods are reported, in which steps a report is prepared, and who asks for one."""

import enum
from collections.abc import Callable
from datetime import date, datetime, timedelta

from mediation.kernel.actor import Actor, Role
from mediation.kernel.states import Step
from mediation.statistics import rules
from mediation.statistics.rules import Period

# Whoever prepares a report and dies loses it after this; it is then prepared anew.
LEASE = timedelta(minutes=10)
# A worker looks every few seconds; whoever waits longer than this for the first step waits for nobody.
BEGUN_WITHIN = timedelta(minutes=1)


class ReportSpan(enum.StrEnum):
    """What is reported as a whole."""

    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"


class ReportStatus(enum.StrEnum):
    """How far a report has come."""

    ASKED = "asked"
    COUNTED = "counted"
    FAILED = "failed"


class Obstacle(enum.StrEnum):
    """Why a report is not prepared."""

    NOT_BEGUN = "not_begun"
    NO_COURT_YET = "no_court_yet"
    UNDER_WAY = "under_way"
    NO_MAIL = "no_mail"


WHOLE: dict[ReportSpan, Callable[[date], Period]] = {
    ReportSpan.MONTH: rules.month_of, ReportSpan.QUARTER: rules.quarter_of, ReportSpan.YEAR: rules.year_of,
}  # fmt: skip
# So many periods back can be asked for from the page.
BACK = {ReportSpan.MONTH: 24, ReportSpan.QUARTER: 12, ReportSpan.YEAR: 10}


def periods(span: ReportSpan, today: date, opened_on: date) -> list[Period]:
    """The periods that can be reported, the latest first; the running one is counted to today."""
    found = [WHOLE[span](today)]
    while len(found) < BACK[span] and found[-1].first > opened_on:
        found.append(found[-1].before())
    return found


def last_over(span: ReportSpan, today: date) -> Period:
    """The last period that was over before today."""
    return WHOLE[span](today).before()


def obstacle(period: Period, *, today: date, opened_on: date) -> Obstacle | None:
    """Why there is nothing to report of a period."""
    if period.first > today:
        return Obstacle.NOT_BEGUN
    return Obstacle.NO_COURT_YET if period.last < opened_on else None


def is_left_waiting(asked_at: datetime, done: int, now: datetime) -> bool:
    """Whether nothing of a report has been counted for so long that nobody seems to be at work."""
    return done == 0 and now - asked_at > BEGUN_WITHIN


def may_ask(actor: Actor) -> bool:
    """Whoever reads the figures may have them on paper."""
    return rules.may_read(actor)


def may_settle(actor: Actor) -> bool:
    """What is prepared by itself, and where it is sent, is the president's to settle."""
    return actor.has(Role.PRESIDENT)


def _is_system(actor: Actor, _report: object) -> bool:
    return actor.id == 0


def _of_court(actor: Actor, _report: object) -> bool:
    return rules.may_read(actor)


STEPS: tuple[Step, ...] = (
    Step("count", {ReportStatus.ASKED}, ReportStatus.COUNTED, _is_system, "R7-01", "S4 art. 3"),
    Step("fail", {ReportStatus.ASKED}, ReportStatus.FAILED, _is_system, "R7-01", "S4 art. 3"),
    Step("again", {ReportStatus.FAILED}, ReportStatus.ASKED, _of_court, "R7-01", "S4 art. 3"),
)
