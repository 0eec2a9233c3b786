"""What stands in the way of more time to try a case, without a database."""

from dataclasses import replace
from datetime import date
from types import SimpleNamespace

import pytest

from mediation.kernel.actor import COURT, Actor, Role
from mediation.litigation.limits import rules
from mediation.litigation.limits.rules import Obstacle, Wish
from tests.everybody import OTHER, OWN, WHO, allowed

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


# --- what a higher court approves -----------------------------------------------------------------------------------

APPROVED = rules.Approval(
    ordinary=True, left=0, filed_on=date(2026, 3, 2), final_on=date(2027, 3, 2), today=date(2027, 3, 10),
    number="（2027）鲁01延1号", authority="济南市中级人民法院", approved_on=date(2027, 3, 1), until=date(2027, 6, 2),
)  # fmt: skip


@pytest.mark.parametrize(
    ("over", "found"),
    [
        ({}, []),
        ({"final_on": None}, [Obstacle.NO_LIMIT]),
        ({"ordinary": False}, [Obstacle.NOT_ORDINARY]),
        ({"left": 1}, [Obstacle.PRESIDENT_FIRST]),
        ({"number": " "}, [Obstacle.NO_PAPER]),
        ({"authority": ""}, [Obstacle.NO_PAPER]),
        ({"approved_on": date(2027, 3, 2)}, []),
        ({"approved_on": date(2027, 3, 3)}, [Obstacle.TOO_LATE]),
        ({"approved_on": date(2027, 3, 11)}, [Obstacle.NOT_THAT_DAY]),
        ({"approved_on": date(2026, 3, 1)}, [Obstacle.NOT_THAT_DAY]),
        ({"until": date(2027, 3, 2)}, [Obstacle.NOT_LATER]),
        ({"asked_on": date(2027, 3, 1)}, []),
        ({"asked_on": date(2027, 3, 2)}, [Obstacle.BEFORE_ASKED]),
    ],
)
def test_what_a_higher_courts_approval_needs(over, found):
    assert rules.approval_obstacles(replace(APPROVED, **over)) == found


def test_who_records_a_higher_courts_approval():
    registry = {Role.CLERK, Role.TRIAGE}
    trial = {Role.GUIDING_JUDGE, Role.FAST_TRACK_JUDGE}
    for judge_id, judges in ((None, trial), (WHO, trial), (WHO + 1, set())):
        case = SimpleNamespace(court_id=OWN, judge_id=judge_id)
        assert allowed(lambda who: rules.may_record_approval(who, case)) == registry | judges  # noqa: B023 asked at once
        assert allowed(lambda who: rules.may_record_approval(who, case), court_id=OTHER) == set()  # noqa: B023


REQUEST = rules.Request(
    ordinary=True, left=0, filed_on=date(2026, 3, 2), final_on=date(2027, 3, 2), today=date(2027, 3, 10),
    number="（2027）鲁0102延请1号", authority="济南市中级人民法院", asked_on=date(2027, 3, 2), reason="待鉴定", pending=False,
)  # fmt: skip


@pytest.mark.parametrize(
    ("over", "found"),
    [
        ({}, []),
        ({"final_on": None}, [Obstacle.NO_LIMIT]),
        ({"ordinary": False}, [Obstacle.NOT_ORDINARY]),
        ({"left": 1}, [Obstacle.PRESIDENT_FIRST]),
        ({"pending": True}, [Obstacle.ABOVE_PENDING]),
        ({"number": " "}, [Obstacle.NO_PAPER]),
        ({"authority": ""}, [Obstacle.NO_PAPER]),
        ({"asked_on": date(2027, 3, 3)}, [Obstacle.ASKED_LATE]),
        ({"asked_on": date(2027, 3, 11)}, [Obstacle.ASKED_ON]),
        ({"asked_on": date(2026, 3, 1)}, [Obstacle.ASKED_ON]),
        ({"reason": " "}, [Obstacle.NO_REASON]),
    ],
)
def test_what_a_request_to_a_higher_court_needs(over, found):
    assert rules.request_obstacles(replace(REQUEST, **over)) == found


@pytest.mark.parametrize(
    ("number", "answered_on", "found"),
    [
        ("（2027）鲁01延复1号", date(2027, 3, 2), []),
        ("（2027）鲁01延复1号", date(2027, 3, 10), []),
        ("（2027）鲁01延复1号", date(2027, 3, 1), [Obstacle.BEFORE_ASKED]),
        ("（2027）鲁01延复1号", date(2027, 3, 11), [Obstacle.BEFORE_ASKED]),
        (" ", date(2027, 3, 1), [Obstacle.NO_PAPER, Obstacle.BEFORE_ASKED]),
    ],
)
def test_what_a_refusal_needs(number, answered_on, found):
    days = {"asked_on": date(2027, 3, 2), "answered_on": answered_on, "today": date(2027, 3, 10)}
    assert rules.answer_obstacles(number=number, **days) == found


def test_an_answer_is_noted_in_the_own_court_only():
    asked = SimpleNamespace(court_id=OWN)
    assert allowed(lambda who: rules.may_note_answer(who, asked)) == set(COURT)
    assert allowed(lambda who: rules.may_note_answer(who, asked), court_id=OTHER) == set()
