"""When a figure crosses a bound, without a database."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from mediation.kernel.actor import Actor, Role
from mediation.statistics.alerts import labels, rules
from mediation.statistics.alerts.rules import Bound, Direction, Measure, Obstacle, Window
from mediation.statistics.catalogue import Unit
from mediation.statistics.rules import Period

ABOVE = Bound(Measure.VALUE, Direction.ABOVE, Decimal(10), least=5)
RISEN = Bound(Measure.BEFORE, Direction.ABOVE, Decimal(3))


@pytest.mark.parametrize(
    ("window", "evening", "first", "last"),
    [
        (Window.MONTH, date(2026, 5, 17), date(2026, 5, 1), date(2026, 5, 17)),
        (Window.QUARTER, date(2026, 5, 17), date(2026, 4, 1), date(2026, 5, 17)),
        (Window.YEAR, date(2026, 5, 17), date(2026, 1, 1), date(2026, 5, 17)),
        (Window.LAST_MONTH, date(2026, 5, 17), date(2026, 4, 1), date(2026, 4, 30)),
        (Window.LAST_MONTH, date(2026, 5, 31), date(2026, 5, 1), date(2026, 5, 31)),
        (Window.LAST_QUARTER, date(2026, 5, 17), date(2026, 1, 1), date(2026, 3, 31)),
        (Window.LAST_YEAR, date(2026, 5, 17), date(2025, 1, 1), date(2025, 12, 31)),
        (Window.LAST_YEAR, date(2026, 12, 31), date(2026, 1, 1), date(2026, 12, 31)),
    ],
)
def test_over_which_days_it_is_counted(window, evening, first, last):
    assert rules.period(window, evening) == Period(first, last)


@pytest.mark.parametrize(
    ("bound", "now", "then", "counted", "crossed"),
    [
        (ABOVE, Decimal("10.01"), None, 5, True),
        (ABOVE, Decimal(10), None, 5, False),
        (ABOVE, Decimal(11), None, 4, False),
        (ABOVE, None, None, 5, False),
        (replace(ABOVE, direction=Direction.BELOW), Decimal("9.99"), None, 5, True),
        (replace(ABOVE, direction=Direction.BELOW), Decimal(10), None, 5, False),
        (RISEN, Decimal(14), Decimal(10), 0, True),
        (RISEN, Decimal(13), Decimal(10), 0, False),
        (RISEN, Decimal(14), None, 0, False),
        (replace(RISEN, direction=Direction.BELOW), Decimal(6), Decimal(10), 0, True),
        (replace(RISEN, direction=Direction.BELOW), Decimal(14), Decimal(10), 0, False),
        (replace(RISEN, measure=Measure.YEAR_AGO), Decimal(14), Decimal(10), 0, True),
    ],
)
def test_when_a_bound_is_crossed(bound, now, then, counted, crossed):
    assert bound.is_crossed(now, then, counted) is crossed


@pytest.mark.parametrize(
    ("unit", "measure", "limit", "found"),
    [
        (Unit.PERCENT, Measure.VALUE, Decimal(100), None),
        (Unit.PERCENT, Measure.VALUE, Decimal("100.01"), Obstacle.NOT_A_SHARE),
        (Unit.PERCENT, Measure.VALUE, Decimal(-1), Obstacle.NEGATIVE),
        (Unit.PERCENT, Measure.VALUE, Decimal(0), None),
        (Unit.PERCENT, Measure.BEFORE, Decimal(0), Obstacle.NO_CHANGE),
        (Unit.SCORE, Measure.VALUE, Decimal(5), None),
        (Unit.SCORE, Measure.VALUE, Decimal("5.1"), Obstacle.NOT_A_SCORE),
        (Unit.DAYS, Measure.VALUE, rules.HIGHEST, None),
        (Unit.DAYS, Measure.VALUE, rules.HIGHEST + 1, Obstacle.TOO_HIGH),
    ],
)
def test_which_bounds_make_sense(unit, measure, limit, found):
    assert rules.obstacle(unit, measure, limit) is found


@pytest.mark.parametrize("role", list(Role))
def test_the_president_alone_sets_bounds(role):
    assert rules.may_set(Actor(5, 1, frozenset({role}))) is (role is Role.PRESIDENT)


def test_every_obstacle_has_words():
    assert set(labels.OBSTACLE) == set(Obstacle)
