"""The order in which mediators are suggested, and why one stands behind another."""

from datetime import date, timedelta

import pytest

from mediation.assignment import choice
from mediation.assignment.choice import Part, Standing, Strength

TODAY = date(2026, 3, 2)


def standing(number: int, *fields: str, load: int = 0, last: int | None = None) -> Standing:
    return Standing(number, fields, load, None if last is None else TODAY - timedelta(days=last))


def order(*standings: Standing, cause: str = "4.10.116", seed: str = "s") -> list[int]:
    return [score.mediator_id for score in choice.rank(standings, cause_code=cause, today=TODAY, seed=seed)]


FIELDS = [
    ((), Strength.NONE),
    (("",), Strength.NONE),
    (("4.1",), Strength.NONE),
    (("4",), Strength.GROUP),
    (("4.10",), Strength.GROUP),
    (("4.10.116",), Strength.CAUSE),
    (("4.10", "4.10.116"), Strength.CAUSE),
    (("4.10.116.1",), Strength.NONE),
]


@pytest.mark.parametrize(("fields", "wanted"), FIELDS)
def test_how_close_a_field_is(fields, wanted):
    assert choice.strength(fields, "4.10.116") is wanted


def test_the_strongest_first_whatever_the_load():
    assert order(standing(1, load=0), standing(2, "4.10", load=5), standing(3, "4.10.116", load=9)) == [3, 2, 1]


def test_between_equals_who_has_least_open():
    assert order(standing(1, load=4), standing(2, load=1), standing(3, load=2)) == [2, 3, 1]


def test_then_who_waited_longest():
    assert order(standing(1, last=3), standing(2, last=30), standing(3)) == [3, 2, 1]


def test_the_lot_is_the_same_for_the_same_seed_and_not_always_the_same():
    equals = [standing(n) for n in range(1, 6)]
    assert order(*equals, seed="a") == order(*reversed(equals), seed="a")
    assert len({tuple(order(*equals, seed=str(n))) for n in range(20)}) > 1


WHY = [
    (standing(1, "4.10"), standing(2, load=0), Part.STRENGTH),
    (standing(1), standing(2, load=1), Part.LOAD),
    (standing(1), standing(2, last=1), Part.REST),
    (standing(1, last=5), standing(2, last=5), Part.LOT),
]


@pytest.mark.parametrize(("first", "other", "part"), WHY)
def test_the_first_part_that_differs_is_the_reason(first, other, part):
    ranked = choice.rank([first, other], cause_code="4.10.116", today=TODAY, seed="s")
    if part is not Part.LOT:
        assert [score.mediator_id for score in ranked] == [1, 2]
    assert choice.why_after(ranked[0], ranked[1]) is part


def test_a_case_issued_tomorrow_by_a_wrong_clock_counts_as_no_rest():
    assert choice.rank([standing(1, last=-3)], cause_code="4", today=TODAY, seed="s")[0].rest_days == 0


def test_what_is_kept_with_the_assignment():
    score = choice.rank([standing(1, "4", load=2, last=9)], cause_code="4.1", today=TODAY, seed="s")[0]
    assert score.as_data() == {"strength": 1, "open_cases": 2, "rest_days": 9}
