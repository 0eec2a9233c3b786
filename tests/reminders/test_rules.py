"""Who is told of a period, and when: without a database."""

from datetime import date, timedelta

import pytest

from mediation.periods.table import RULES, PeriodKey
from mediation.reminders import rules
from mediation.reminders.rules import Reader, Stage

LAST = date(2026, 3, 20)


@pytest.mark.parametrize(
    ("days", "stage"),
    [(-6, None), (-5, Stage.SOON), (-1, Stage.SOON), (0, Stage.SOON), (1, Stage.LATE), (90, Stage.LATE)],
)
def test_where_a_period_stands(days, stage):
    assert rules.stage(LAST, LAST + timedelta(days=days), 5) is stage


def test_who_is_told():
    assert rules.readers(PeriodKey.FILING_DECISION, Stage.SOON) == (Reader.CLERK,)
    assert rules.readers(PeriodKey.FILING_DECISION, Stage.LATE) == (Reader.CLERK, Reader.GUIDES)
    assert rules.readers(PeriodKey.FEE_PAYMENT, Stage.SOON) == ()
    assert rules.readers(PeriodKey.FILING_DECISION, None) == ()
    assert rules.readers(PeriodKey.HOTLINE_REPLY, Stage.LATE) == (Reader.CLERK, Reader.GUIDES)
    assert rules.readers(PeriodKey.CONFIRM_OBJECT_OTHER, Stage.LATE) == ()


def test_no_warning_comes_earlier_than_the_daily_run_looks():
    watched = [rule.warn_days for rule in RULES if rule.key in rules.WATCHED]
    assert timedelta(days=max(watched)) <= rules.LONGEST_WARNING


@pytest.mark.parametrize(
    ("days", "due"), [(-11, None), (-10, 10), (-6, 10), (-5, 5), (-3, 5), (-2, 2), (0, 2), (1, None)]
)
def test_of_several_warnings_the_latest_that_has_come(days, due):
    assert rules.warning(LAST, LAST + timedelta(days=days), (10, 5, 2)) == due
