"""More time for evidence and late evidence without a database (CPL art. 68; S2 arts 100-102)."""

import itertools
from dataclasses import replace
from datetime import date, timedelta
from types import SimpleNamespace

import pytest

from mediation.kernel import law, states
from mediation.kernel.actor import Actor, Role
from mediation.litigation.evidence import labels, rules
from mediation.litigation.evidence.rules import Asking, Cause, Obstacle, Offer, Outcome, RequestStatus

FILED, DAY, LAST = date(2026, 3, 2), date(2026, 3, 10), date(2026, 3, 17)
AFTER = LAST + timedelta(days=1)
ASKING = Asking(is_open=True, on=DAY, today=DAY, filed_on=FILED, until=LAST, reason="须向银行调取。")
OFFER = Offer(is_open=True, on=AFTER, today=AFTER, filed_on=FILED, until=LAST, reason="手机送修。")


def test_every_word_and_article_is_there():
    assert set(labels.OBSTACLE) == set(rules.OBSTACLE_ARTICLE) == set(Obstacle)
    assert set(labels.REQUEST_STATUS) == set(labels.TONE) == set(RequestStatus)
    assert (set(labels.CAUSE), set(labels.OUTCOME)) == (set(Cause), set(Outcome))
    assert all(law.cite(article) for article in rules.OBSTACLE_ARTICLE.values())


@pytest.mark.parametrize(("status", "step"), list(itertools.product(RequestStatus, ("grant", "refuse", "drop"))))
def test_only_what_waits_is_decided_and_by_its_judge(status, step):
    request = SimpleNamespace(status=status, court_id=7, judge_id=1)
    judge = Actor(1, court_id=7, roles=frozenset({Role.FAST_TRACK_JUDGE}))
    assert (step in states.available(rules.STEPS, judge, request)) is (status is RequestStatus.ASKED)
    other = Actor(2, court_id=7, roles=frozenset({Role.FAST_TRACK_JUDGE}))
    assert {"grant", "refuse"}.isdisjoint(states.available(rules.STEPS, other, request))


@pytest.mark.parametrize(
    ("change", "found"),
    [
        ({}, []),
        ({"on": LAST, "today": AFTER}, []),
        ({"on": AFTER, "today": AFTER}, [Obstacle.TOO_LATE]),
        ({"on": DAY + timedelta(days=1)}, [Obstacle.NOT_THAT_DAY]),
        ({"on": FILED - timedelta(days=1)}, [Obstacle.NOT_THAT_DAY]),
        ({"until": None}, [Obstacle.NO_TIME]),
        ({"pending": True}, [Obstacle.PENDING]),
        ({"reason": " "}, [Obstacle.NO_REASON]),
        ({"is_open": False}, [Obstacle.CLOSED]),
    ],
)
def test_more_time_is_asked_for_before_the_time_is_over(change, found):
    assert rules.asking(replace(ASKING, **change)) == found


def test_what_a_decision_needs():
    def needs(**over):
        return rules.deciding(**({"granted": True, "days": 5, "reason": "", "stands_still": False} | over))

    assert needs() == []
    assert needs(days=None) == [Obstacle.NO_DAYS]
    assert needs(stands_still=True) == [Obstacle.STANDS_STILL]
    assert needs(granted=False) == [Obstacle.NO_REASON]
    assert needs(granted=False, reason="自行保管。", stands_still=True) == []


@pytest.mark.parametrize(
    ("change", "found"),
    [
        ({}, []),
        ({"on": LAST}, [Obstacle.STILL_TIME]),
        ({"runs": True}, [Obstacle.STILL_TIME]),
        ({"on": AFTER + timedelta(days=1)}, [Obstacle.NOT_THAT_DAY]),
        ({"until": None}, [Obstacle.NO_TIME]),
        ({"reason": ""}, [Obstacle.NO_REASON]),
        ({"is_open": False}, [Obstacle.CLOSED]),
    ],
)
def test_only_what_comes_after_the_time_is_late(change, found):
    assert rules.offering(replace(OFFER, **change)) == found


@pytest.mark.parametrize(
    ("cause", "basic", "found"),
    [
        (Cause.OBJECTIVE, False, Outcome.IN_TIME),
        (Cause.UNOPPOSED, True, Outcome.IN_TIME),
        (Cause.CARELESS, False, Outcome.REPRIMANDED),
        (Cause.CARELESS, True, Outcome.REPRIMANDED),
        (Cause.INTENT, True, Outcome.FINED),
        (Cause.INTENT, False, Outcome.EXCLUDED),
    ],
)
def test_what_becomes_of_it_the_law_lays_down(cause, basic, found):
    assert rules.outcome(cause, basic=basic) is found
