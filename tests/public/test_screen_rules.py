"""What the screen in the hall may show: kinds of problem, small cells folded, shares that add up; without a database."""

import pytest

from mediation.public.screen import labels, rules
from mediation.public.screen.rules import Dimension, ProblemType, Slice


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        ("2.2.14", ProblemType.FAMILY), ("3.6.55.1", ProblemType.NEIGHBOURS), ("4.10.116.2", ProblemType.HOUSING),
        ("4.10.116.3", ProblemType.OTHER), ("4.10.126", ProblemType.PROPERTY_SERVICE), ("4.10.142.15", ProblemType.CONSUMER),
        ("4.10.142.4", ProblemType.MEDICAL), ("10.35.413", ProblemType.MEDICAL), ("10.35.411.1", ProblemType.TRAFFIC),
        ("10.35.419", ProblemType.DAMAGES), ("1.1.1", ProblemType.DAMAGES), ("4.10.108.3", ProblemType.LENDING),
        ("7.19.205.5", ProblemType.LABOUR), ("4.10.97", ProblemType.EXPROPRIATION), ("9.31.372", ProblemType.OTHER),
    ],
)  # fmt: skip
def test_the_longest_beginning_of_the_code_decides(code, kind):
    assert rules.problem_type(code) is kind


@pytest.mark.parametrize(
    ("counts", "tenths"),
    [
        ([1, 1, 1], [334, 333, 333]),
        ([2, 1], [667, 333]),
        ([7, 7, 7, 7, 7, 7, 7], [143, 143, 143, 143, 143, 143, 142]),
        ([5], [1000]),
        ([995, 5], [995, 5]),
        ([], []),
        ([0, 0], []),
    ],
)
def test_shares_add_up_by_the_largest_remainder(counts, tenths):
    assert rules.shares(counts) == tenths
    assert sum(tenths) in {0, 1000}


@pytest.mark.parametrize(
    ("counts", "folded"),
    [
        ([("a", 9), ("b", 3), ("c", 2)], [("a", 9), ("other", 5)]),
        # The small cell alone could be worked out from the whole: the smallest other one joins it.
        ([("a", 9), ("b", 6), ("c", 3)], [("a", 9), ("other", 9)]),
        ([("a", 9), ("other", 2), ("c", 8)], [("a", 9), ("other", 10)]),
        ([("a", 9), ("other", 12)], [("a", 9), ("other", 12)]),
        ([("a", 3), ("b", 1)], []),
        ([("a", 9), ("b", 0)], [("a", 9)]),
        ([], []),
    ],
)
def test_no_small_cell_is_shown(counts, folded):
    assert rules.fold(counts) == folded


def test_every_kind_has_a_word():
    assert set(labels.PROBLEM_TYPE) == set(ProblemType)
    assert set(labels.DIMENSION) == set(Dimension)
    assert {rules.problem_type(code) for code in rules.TYPE_OF} <= set(ProblemType)


def test_a_piece_says_its_share_to_one_decimal():
    assert Slice("family", 1, 333).percent == 33.3


def test_a_pie_folds_first_and_then_divides():
    assert rules.pie([("a", 8), ("b", 3), ("c", 2), ("d", 0)]) == [Slice("a", 8, 615), Slice("other", 5, 385)]
    assert rules.pie([("a", 2)]) == []
