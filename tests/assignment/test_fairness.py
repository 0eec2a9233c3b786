"""How evenly work is spread, and a period by other levers: on values, without a database."""

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mediation.assignment import fairness
from mediation.assignment.choice import Case, Levers
from mediation.assignment.fairness import Past
from mediation.assignment.replay import Inputs
from tests.assignment.test_choice import CAUSE, TODAY, standing

SPREADS = [
    ([4], 4, Fraction(4), 4, 0),
    ([0, 0], 0, Fraction(0), 0, 0),
    ([3, 3, 3], 3, Fraction(3), 3, 0),
    ([0, 0, 0, 8], 0, Fraction(0), 8, 75),
    ([1, 2], 1, Fraction(3, 2), 2, 17),
    ([1, 2, 3, 4, 5], 1, Fraction(3), 5, 27),
]


@pytest.mark.parametrize(("numbers", "least", "middle", "most", "percent"), SPREADS)
def test_the_spread_of_numbers(numbers, least, middle, most, percent):
    found = fairness.spread(numbers)
    assert (found.least, found.middle, found.most, found.percent) == (least, middle, most, percent)


def test_of_nobody_there_is_no_spread():
    assert fairness.spread([]) is None


@pytest.mark.parametrize(("numbers", "shown"), [([1, 2], "1.5"), ([1, 3], "2"), ([0, 0], "0")])
def test_the_middle_as_shown(numbers, shown):
    assert fairness.spread(numbers).middle_shown == shown


@given(st.lists(st.integers(0, 50), min_size=1, max_size=12))
def test_the_coefficient_is_half_the_mean_difference_in_shares_of_the_mean(numbers):
    found = fairness.spread(numbers)
    total = sum(numbers)
    apart = sum(abs(a - b) for a in numbers for b in numbers)
    assert found.gini == (Fraction(apart, 2 * len(numbers) * total) if total else 0)
    assert 0 <= found.gini < 1


def past(number: int, *standings, chosen: int | None = None, levers: Levers | None = None) -> Past:
    inputs = Inputs(Case(CAUSE, TODAY, f"seed {number}"), standings, levers or Levers(margin=0))
    suggested = inputs.decided().suggested
    return Past(number, inputs, suggested, suggested if chosen is None else chosen)


def test_the_same_levers_give_the_same_suggestions():
    kept = [past(n, standing(1, CAUSE), standing(2, load=n)) for n in range(1, 6)]
    tried = fairness.rerun(kept, Levers(margin=0))
    assert tried.differing == 0
    assert tried.before == tried.after == {1: 5, 2: 0}


def test_other_levers_spread_the_cases_and_the_load_is_carried_along():
    kept = [past(n, standing(1, CAUSE, load=n - 1), standing(2)) for n in range(1, 11)]
    assert [one.suggested for one in kept] == [1] * 10
    tried = fairness.rerun(kept, Levers(strength=0, load=10, rest=0, margin=0))
    # By load alone they take turns: whoever got the last one has one more.
    assert abs(tried.after[1] - tried.after[2]) <= 1
    assert sum(tried.after.values()) == 10
    assert tried.differing == tried.after[2]


def test_what_parties_or_court_chose_against_the_suggestion_stands_by_any_levers():
    kept = [past(1, standing(1, CAUSE), standing(2), chosen=2)]
    tried = fairness.rerun(kept, Levers(strength=0, load=10))
    assert tried.after == {1: 0, 2: 1}


def test_nobody_excluded_is_suggested_by_any_levers():
    kept = [past(1, standing(1, CAUSE, away=True), standing(2, load=30))]
    tried = fairness.rerun(kept, Levers(load=10))
    assert [(trial.before, trial.after) for trial in tried.trials] == [(None, None)]
    assert not tried.trials[0].differs


def test_the_load_never_falls_below_nothing():
    one = past(1, standing(1, CAUSE), standing(2))
    kept = [one, replace(one, record_id=2)]
    assert sum(fairness.rerun(kept, Levers(strength=0, load=5)).after.values()) == 2
