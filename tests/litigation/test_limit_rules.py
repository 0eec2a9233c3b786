"""What stands in the way of more time to try a case, without a database."""

from dataclasses import replace
from datetime import date

import pytest

from mediation.kernel.actor import Actor, Role
from mediation.litigation.limits import rules
from mediation.litigation.limits.rules import Obstacle, Wish

WISH = Wish(1, 1, False, date(2026, 6, 2), date(2026, 7, 2), date(2026, 5, 20), reason="待另案判决")


@pytest.mark.parametrize(
    ("over", "found"),
    [
        ({}, []),
        ({"final_on": None}, [Obstacle.NO_LIMIT]),
        ({"pending": True}, [Obstacle.PENDING]),
        ({"reason": "  "}, [Obstacle.NO_REASON]),
        ({"left": 0}, [Obstacle.USED_UP]),
        ({"months": 2}, [Obstacle.TOO_LONG]),
        ({"months": 0}, [Obstacle.TOO_LONG]),
        ({"today": date(2026, 6, 2)}, []),
        ({"today": date(2026, 6, 3)}, [Obstacle.OVER]),
        ({"today": date(2026, 6, 3), "after_expiry": True}, []),
        ({"today": date(2026, 7, 3), "after_expiry": True}, [Obstacle.IN_THE_PAST]),
    ],
)
def test_what_stands_in_the_way(over, found):
    assert rules.obstacles(replace(WISH, **over)) == found


def test_without_a_limit_nothing_is_decided():
    assert rules.in_the_way(replace(WISH, final_on=None)) == [Obstacle.NO_LIMIT]


@pytest.mark.parametrize("court", [1, 2])
@pytest.mark.parametrize("role", list(Role))
def test_what_falls_away_falls_away_inside_the_court(role, court):
    asked = type("Asked", (), {"court_id": 1, "requested_by_id": 9})()
    actor = Actor(5, court, frozenset({role}))
    assert rules.may_drop(actor, asked) is (court == 1 and actor.has(*rules.COURT))
    assert rules.may_decide(actor, asked) is (court == 1 and role is Role.PRESIDENT)
    assert rules.may_decide(replace(actor, id=9), asked) is False
