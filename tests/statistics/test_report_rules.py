"""Which periods are reported and who asks for a report, without a database."""

from datetime import date, datetime, timedelta

import pytest

from mediation.kernel.actor import COURT, Actor, Role
from mediation.statistics.reports import rules
from mediation.statistics.reports.rules import Obstacle, ReportSpan, ReportStatus
from mediation.statistics.rules import Period

TODAY = date(2026, 5, 17)
OPENED = date(2026, 2, 10)
MAY = Period(date(2026, 5, 1), date(2026, 5, 31))


def test_nobody_is_said_to_be_missing_before_a_minute_or_once_it_was_begun():
    asked = datetime(2026, 5, 17, 9, 0)
    assert not rules.is_left_waiting(asked, 0, asked + timedelta(minutes=1))
    assert rules.is_left_waiting(asked, 0, asked + timedelta(minutes=2))
    assert not rules.is_left_waiting(asked, 1, asked + timedelta(minutes=2))


def test_the_periods_since_the_centre_opened_the_latest_first():
    assert [p.first for p in rules.periods(ReportSpan.MONTH, TODAY, OPENED)] == [
        date(2026, 5, 1), date(2026, 4, 1), date(2026, 3, 1), date(2026, 2, 1),
    ]  # fmt: skip
    assert [p.first for p in rules.periods(ReportSpan.QUARTER, TODAY, OPENED)] == [date(2026, 4, 1), date(2026, 1, 1)]


@pytest.mark.parametrize("span", list(ReportSpan))
def test_of_an_old_court_so_many_periods_back_are_offered(span):
    assert len(rules.periods(span, TODAY, date(1990, 1, 1))) == rules.BACK[span]


@pytest.mark.parametrize(
    ("span", "first", "last"),
    [
        (ReportSpan.MONTH, date(2026, 4, 1), date(2026, 4, 30)),
        (ReportSpan.QUARTER, date(2026, 1, 1), date(2026, 3, 31)),
        (ReportSpan.YEAR, date(2025, 1, 1), date(2025, 12, 31)),
    ],
)
def test_the_last_period_that_is_over(span, first, last):
    assert rules.last_over(span, TODAY) == Period(first, last)


@pytest.mark.parametrize(
    ("today", "opened", "found"),
    [
        (TODAY, OPENED, None),
        (date(2026, 5, 1), OPENED, None),
        (date(2026, 4, 30), OPENED, Obstacle.NOT_BEGUN),
        (date(2026, 7, 1), date(2026, 5, 31), None),
        (date(2026, 7, 1), date(2026, 6, 1), Obstacle.NO_COURT_YET),
    ],
)
def test_nothing_is_reported_of_days_to_come_or_before_the_centre(today, opened, found):
    assert rules.obstacle(MAY, today=today, opened_on=opened) is found


@pytest.mark.parametrize("role", list(Role))
def test_the_court_asks_and_the_president_settles(role):
    actor = Actor(5, 1, frozenset({role}))
    assert rules.may_ask(actor) is (role in COURT)
    assert rules.may_settle(actor) is (role is Role.PRESIDENT)


def test_the_worker_counts_and_the_court_asks_again():
    worker, clerk = Actor(0, 1, frozenset()), Actor(5, 1, frozenset({Role.CLERK}))
    may = {step.name: (step.allowed(worker, None), step.allowed(clerk, None)) for step in rules.STEPS}
    assert may == {"count": (True, False), "fail": (True, False), "again": (False, True)}
    assert {step.target for step in rules.STEPS} == set(ReportStatus)
