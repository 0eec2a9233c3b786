"""What follows from sums by month, and from which."""

from datetime import date, timedelta

import pytest

from mediation.assignment.models import Assignment
from mediation.disputes.models import Dispute
from mediation.kernel.known import KEPT
from mediation.statistics.catalogue import DEFINITIONS, Figure, Way, definition_on
from mediation.statistics.rules import Period
from mediation.statistics.sums import labels, rules
from mediation.statistics.sums.cells import PORTIONS
from mediation.statistics.sums.counting import READ, borne_on, pieces
from mediation.statistics.sums.rules import LASTING, NEVER, OPEN, Half, Measure

D = date
TODAY = D(2026, 3, 20)


def test_the_headline_figures_come_from_sums():
    held = {d.figure for d in DEFINITIONS if rules.halves(d, Way.FLOW)}
    assert held == {
        Figure.I01, Figure.I02, Figure.I03A, Figure.I03B, Figure.I03C, Figure.I04, Figure.I05, Figure.I06, Figure.I07,
        Figure.I09, Figure.I10, Figure.I12A, Figure.I12B, Figure.I13,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("figure", "way", "held"),
    [
        (Figure.I01, Way.FLOW, True),
        (Figure.I01, Way.CUMULATIVE, True),
        (Figure.I01, Way.COHORT, False),
        (Figure.I14, Way.CUMULATIVE, False),
        (Figure.I24, Way.FLOW, False),
    ],
)
def test_only_events_are_added_from_months(figure, way, held):
    assert (rules.halves(definition_on(figure, TODAY), way) is not None) == held


def test_keys_sort_as_days_do():
    assert rules.day_key(D(2026, 3, 2)) == 20260302
    assert rules.month_key(D(2026, 3, 2)) == 20260300
    assert NEVER < rules.month_key(D(2017, 6, 1)) < rules.day_key(D(2017, 6, 1)) < rules.month_key(D(2017, 7, 1)) < OPEN


@pytest.mark.parametrize(
    ("first", "last", "outside"),
    [
        (D(2026, 1, 1), D(2026, 2, 28), []),
        (D(2026, 1, 5), D(2026, 2, 28), [Period(D(2026, 1, 1), D(2026, 1, 4))]),
        (D(2026, 1, 1), D(2026, 2, 27), [Period(D(2026, 2, 28), D(2026, 2, 28))]),
        (D(2026, 1, 2), D(2026, 1, 2), [Period(D(2026, 1, 1), D(2026, 1, 1)), Period(D(2026, 1, 3), D(2026, 1, 31))]),
    ],
)
def test_the_days_cut_off(first, last, outside):
    assert rules.cut_off(Period(first, last), D(2026, 3, 1)) == outside


@pytest.mark.parametrize(
    ("first", "last", "whole"),
    [
        (D(2026, 1, 1), TODAY, (D(2026, 1, 1), D(2026, 12, 31))),
        (D(2025, 7, 9), TODAY, (D(2025, 7, 1), D(2026, 12, 31))),
        # Days behind that do not belong to it are not taken in for the sake of the year.
        (D(2026, 1, 1), D(2026, 3, 19), (D(2026, 1, 1), D(2026, 3, 31))),
        (D(2026, 2, 1), TODAY, (D(2026, 2, 1), D(2026, 3, 31))),
    ],
)
def test_a_year_still_running_is_read_whole_if_only_days_to_come_are_cut_off(first, last, whole):
    assert rules.widened(Period(first, last), TODAY) == Period(*whole)
    assert rules.cut_off(Period(first, last), TODAY)[-1] == Period(last + timedelta(days=1), whole[1])


@pytest.mark.parametrize(
    ("first", "last", "keys"),
    [
        (D(2026, 1, 1), D(2026, 2, 28), [20260100, 20260200]),
        (D(2025, 1, 1), D(2025, 12, 31), [20250000]),
        (D(2024, 11, 1), D(2026, 2, 28), [20241100, 20241200, 20250000, 20260100, 20260200]),
        (D(2025, 2, 1), D(2025, 3, 31), [20250200, 20250300]),
    ],
)
def test_whole_years_are_read_in_place_of_their_months(first, last, keys):
    assert rules.keys(Period(first, last)) == keys


@pytest.mark.parametrize(
    ("last", "after"),
    [(D(2026, 1, 31), [20260200, 20260300]), (D(2026, 2, 28), [20260300]), (D(2026, 3, 31), []), (D(2026, 7, 31), [])],
)
def test_the_months_after_a_period(last, after):
    assert rules.months_after(Period(D(2025, 1, 1), last), TODAY) == after


EVENTS, RUNNING = Half((Measure.FILED,)), Half((Measure.ENDED_ALL, Measure.RUNNING))


@pytest.mark.parametrize(
    ("half", "first", "last", "from_sums"),
    [
        (EVENTS, D(2026, 1, 1), D(2026, 2, 28), True),
        (EVENTS, D(2026, 3, 1), TODAY, True),
        # The few days cut off are looked at; for a day it is shorter to count the day.
        (EVENTS, D(2026, 1, 3), D(2026, 2, 27), True),
        (EVENTS, D(2025, 12, 3), TODAY, True),
        (EVENTS, D(2026, 2, 10), D(2026, 2, 10), False),
        (RUNNING, D(2026, 1, 1), D(2026, 2, 28), True),
        (RUNNING, D(2026, 1, 1), TODAY, True),
        (RUNNING, D(2026, 1, 1), D(2026, 2, 27), False),
        (RUNNING, D(2026, 1, 2), D(2026, 2, 28), False),
    ],
)
def test_when_the_sums_answer(half, first, last, from_sums):
    assert rules.is_read_from_sums(half, Period(first, last), TODAY) == from_sums


def test_every_measure_has_words_and_rows_and_a_record_that_bears_on_it():
    borne = [borne_on(model, KEPT[model].columns, made=made) for model in READ for made in (True, False)]
    assert set(labels.MEASURE) == set(Measure) == frozenset().union(*borne)
    assert all(pieces(measure, lambda model: model.__table__.alias()) for measure in Measure)
    assert set(LASTING) == {Measure.RUNNING, Measure.RUNNING_LATE}


def test_all_of_it_is_counted_anew_each_once():
    assert sorted(measure for portion in PORTIONS for measure in portion) == sorted(Measure)


def test_every_day_by_which_something_happens_is_found_over_all_courts():
    """Where nothing is told of the days cut off, no time goes into learning it."""
    for measure in set(Measure) - set(LASTING):
        for piece in pieces(measure, lambda model: model.__table__.alias()):
            (day,) = piece.day.base_columns
            assert day.index, day


def test_what_nothing_is_counted_by_bears_on_nothing():
    assert borne_on(Dispute, ("street_id", "cause_code", "route", "closed_at"), made=False) == frozenset()
    assert borne_on(Assignment, ("mediator_id",), made=False) == frozenset()
    assert borne_on(Assignment, ("court_id", "dispute_id", "kind", "issued_on", "mediated"), made=True) == {
        Measure.HANDED_OUT, Measure.HANDED_OUT_ALL
    }  # fmt: skip
