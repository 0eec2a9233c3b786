"""Objections to confirmation rulings without a database (S2 arts 127, 372)."""

import itertools
from dataclasses import replace
from datetime import date, timedelta
from types import SimpleNamespace

import pytest

from mediation.confirmation.objections import labels, rules
from mediation.confirmation.objections.rules import ObjectionStatus, Objector, Obstacle, Raising, Ruled
from mediation.confirmation.rules import Bar
from mediation.kernel import law, states
from mediation.kernel.actor import Actor, Role

RULED, DAY, LAST = date(2026, 3, 10), date(2026, 3, 20), date(2026, 3, 25)
ONE = timedelta(days=1)
PARTY = Raising(Objector.PARTY, RULED, DAY, DAY, "协议并非自愿。", received_on=RULED, until=LAST)
OUTSIDER = Raising(Objector.OUTSIDER, RULED, DAY, DAY, "车辆归异议人。", known_on=RULED, until=LAST, name="演示异议人")


def test_every_word_and_article_is_there():
    assert set(labels.OBSTACLE) == set(rules.OBSTACLE_ARTICLE) == set(Obstacle)
    assert set(labels.OBJECTION_STATUS) == set(labels.TONE) == set(ObjectionStatus)
    assert (set(labels.OBJECTOR), set(labels.RULED)) == (set(Objector), set(Ruled))
    assert set(rules.STEP_OF.values()) <= {step.name for step in rules.STEPS}
    assert all(law.cite(article) for article in rules.OBSTACLE_ARTICLE.values())


STEPS = ("revoke", "alter", "reject", "withdraw")


@pytest.mark.parametrize(("status", "step"), list(itertools.product(ObjectionStatus, STEPS)))
def test_only_what_waits_is_ruled_on_by_the_court_that_confirmed(status, step):
    one = SimpleNamespace(status=status, court_id=7, judge_id=None)
    judge = Actor(1, court_id=7, roles=frozenset({Role.CONFIRMATION_JUDGE}))
    assert (step in states.available(rules.STEPS, judge, one)) is (status is ObjectionStatus.RAISED)
    elsewhere = Actor(2, court_id=8, roles=frozenset({Role.CONFIRMATION_JUDGE}))
    assert step not in states.available(rules.STEPS, elsewhere, one)
    clerk = Actor(3, court_id=7, roles=frozenset({Role.CLERK}))
    assert (step in states.available(rules.STEPS, clerk, one)) is (
        status is ObjectionStatus.RAISED and step == "withdraw"
    )


@pytest.mark.parametrize(
    ("asked", "change", "found"),
    [
        (PARTY, {}, []),
        (PARTY, {"raised_on": LAST, "today": LAST}, []),
        (PARTY, {"raised_on": LAST + ONE, "today": LAST + ONE}, [Obstacle.PARTY_LATE]),
        (PARTY, {"received_on": None, "until": None}, [Obstacle.NOT_RECEIVED]),
        (PARTY, {"raised_on": DAY + ONE}, [Obstacle.NOT_THAT_DAY]),
        (PARTY, {"reason": " "}, [Obstacle.NO_REASON]),
        (PARTY, {"confirmed_on": None}, [Obstacle.NOT_CONFIRMED]),
        (PARTY, {"pending": True}, [Obstacle.PENDING]),
        (PARTY, {"revoked": True}, [Obstacle.REVOKED]),
        (OUTSIDER, {}, []),
        (OUTSIDER, {"name": " "}, [Obstacle.NO_NAME]),
        (OUTSIDER, {"known_on": None, "until": None}, [Obstacle.KNOWN_TOO_EARLY]),
        (OUTSIDER, {"known_on": RULED - ONE}, [Obstacle.KNOWN_TOO_EARLY]),
        (OUTSIDER, {"raised_on": LAST + ONE, "today": LAST + ONE}, [Obstacle.OUTSIDER_LATE]),
    ],
)
def test_who_may_object_and_until_when(asked, change, found):
    assert rules.raising(replace(asked, **change)) == found


def test_what_a_ruling_needs():
    def needs(answer=Ruled.REJECT, **over):
        return rules.ruling(answer, **({"reasons": "异议不成立。", "altered": "", "bars": []} | over))

    assert needs() == []
    assert needs(reasons=" ") == [Obstacle.NO_REASONS]
    assert needs(Ruled.ALTER) == [Obstacle.NO_NEW_TERMS]
    assert needs(Ruled.ALTER, altered="第二项除外。") == []
    assert needs(bars=[Bar.DIVERTED, Bar.MEDIATED]) == [Obstacle.JUDGE_DIVERTED, Obstacle.JUDGE_MEDIATED]
