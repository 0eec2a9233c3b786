"""Rates and periods, without a database."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mediation.kernel.actor import COURT, Actor, Role
from mediation.statistics import labels, rules
from mediation.statistics.catalogue import FIGURE_OF
from mediation.statistics.rules import Indicator, Period, Rate, Span, month_of, period_for, quarter_of, year_of
from tests.everybody import allowed


@pytest.mark.parametrize(
    ("a", "b", "text"),
    [
        (1305, 6785, "19.23 %"),
        (1304, 6785, "19.22 %"),
        (1306, 6785, "19.25 %"),
        (2859, 10151, "28.16 %"),
        (2859, 10154, "28.16 %"),
        (2859, 10150, "28.17 %"),
        (2859, 10155, "28.15 %"),
        (0, 0, "—"),
        (0, 5, "0.00 %"),
        (1, 8, "12.50 %"),
        (1, 800, "0.13 %"),
    ],
)
def test_rates_round_half_up_and_nothing_by_nothing_is_no_figure(a, b, text):
    assert Rate(a, b).percent == text


def test_the_change_is_in_points():
    assert Rate(1, 2).change(Rate(1, 4)) == "+25.00"
    assert Rate(1, 4).change(Rate(1, 2)) == "-25.00"
    assert Rate(1, 4).change(Rate(0, 0)) == ""


@pytest.mark.parametrize(
    ("period", "before"),
    [
        (month_of(date(2026, 3, 9)), month_of(date(2026, 2, 1))),
        (month_of(date(2026, 1, 9)), month_of(date(2025, 12, 1))),
        (quarter_of(date(2026, 2, 1)), quarter_of(date(2025, 11, 1))),
        (year_of(date(2026, 2, 1)), year_of(date(2025, 1, 1))),
        (Period(date(2026, 3, 1), date(2026, 3, 9)), Period(date(2026, 2, 1), date(2026, 2, 9))),
        (Period(date(2026, 3, 1), date(2026, 3, 30)), Period(date(2026, 2, 1), date(2026, 2, 28))),
        (Period(date(2026, 3, 5), date(2026, 3, 9)), Period(date(2026, 2, 28), date(2026, 3, 4))),
    ],
)
def test_the_period_before(period, before):
    assert period.before() == before


def test_a_period_does_not_end_before_it_begins():
    with pytest.raises(ValueError, match="before it begins"):
        Period(date(2026, 3, 2), date(2026, 3, 1))


def test_asked_periods_end_today():
    today, opened = date(2026, 5, 20), date(2017, 6, 1)
    asked = {
        span: period_for(span, today, opened_on=opened, first=None, last=None) for span in Span if span is not Span.FREE
    }
    assert asked[Span.MONTH] == Period(date(2026, 5, 1), today)
    assert asked[Span.QUARTER] == Period(date(2026, 4, 1), today)
    assert asked[Span.YEAR] == Period(date(2026, 1, 1), today)
    assert asked[Span.ALL] == Period(opened, today)
    free = period_for(Span.FREE, today, opened_on=opened, first=date(2019, 1, 1), last=date(2019, 7, 8))
    assert free == Period(date(2019, 1, 1), date(2019, 7, 8))


def test_the_change_of_2025_is_marked():
    assert year_of(date(2025, 6, 1)).crosses_regimes()
    assert not year_of(date(2026, 6, 1)).crosses_regimes()
    assert not year_of(date(2024, 6, 1)).crosses_regimes()


@given(st.dates(date(2005, 1, 1), date(2040, 1, 1)), st.integers(0, 800))
def test_the_period_before_ends_the_day_before(first, length):
    period = Period(first, date.fromordinal(first.toordinal() + length))
    before = period.before()
    assert before.first <= before.last < period.first


@pytest.mark.parametrize("indicator", list(Indicator))
def test_each_indicator_says_what_it_divides(indicator):
    for words in (labels.INDICATOR, labels.DEFINITION):
        assert str(words[indicator])
    figure, _way = FIGURE_OF[indicator]
    assert str(labels.ABOVE[figure])
    assert str(labels.BELOW[figure])
    assert rules.COUNTING[indicator] in labels.COUNTING
    assert (indicator in rules.HEADLINE) != (indicator in rules.FURTHER)


def test_figures_and_the_lists_behind_them_are_the_courts():
    assert allowed(rules.may_read) == allowed(rules.may_export) == set(COURT)


def test_the_system_freezes_a_month_and_the_president_settles_how_open_points_are_read():
    assert allowed(rules.may_freeze) == {None}
    assert allowed(rules.may_settle) == {Role.PRESIDENT}


@pytest.mark.parametrize(
    ("actor", "may"),
    [
        (Actor(5, 1, frozenset({Role.MEDIATOR}), mediator_id=3), True),
        (Actor(5, 1, frozenset({Role.MEDIATOR})), False),
        (Actor(5, 1, frozenset({Role.ORGANISATION}), organisation_id=3), True),
        (Actor(5, 1, frozenset({Role.ORGANISATION})), False),
        (Actor(5, 1, frozenset({Role.PRESIDENT}), mediator_id=3), False),
    ],
)
def test_own_figures_are_for_a_mediator_or_a_body_with_an_entry_on_the_list(actor, may):
    assert rules.may_read_own(actor) is may


def test_days_that_begin_a_month_and_are_no_month_quarter_or_year_are_compared_with_as_many_days():
    former = Period(date(2026, 5, 1), date(2026, 7, 20)).before()
    assert (former.last, former.days) == (date(2026, 4, 30), 81)
