"""Restoring a missed time without a database (CPL art. 86)."""

import itertools
from dataclasses import replace
from datetime import date, timedelta
from types import SimpleNamespace

import pytest

from mediation.kernel import law, states
from mediation.kernel.actor import Actor, Role
from mediation.litigation.relief import labels, rules
from mediation.litigation.relief.rules import Asking, Hindrance, Obstacle, ReliefStatus
from mediation.periods.table import PeriodKey

MISSED, ENDED, ASKED = date(2026, 3, 10), date(2026, 3, 20), date(2026, 3, 25)
UNTIL = ENDED + timedelta(days=10)
ONE = timedelta(days=1)
CLEAR = Asking(PeriodKey.DEFENCE, MISSED, ENDED, ASKED, UNTIL, ASKED, "因病住院。")


def test_every_word_and_article_is_there():
    assert set(labels.OBSTACLE) == set(rules.OBSTACLE_ARTICLE) == set(Obstacle)
    assert set(labels.RELIEF_STATUS) == set(labels.TONE) == set(ReliefStatus)
    assert set(labels.HINDRANCE) == set(Hindrance)
    assert rules.CONFIRMING < rules.RESTORABLE
    assert all(law.cite(article) for article in rules.OBSTACLE_ARTICLE.values())


@pytest.mark.parametrize(("status", "step"), list(itertools.product(ReliefStatus, ("grant", "refuse", "withdraw"))))
def test_only_what_waits_is_decided(status, step):
    one = SimpleNamespace(status=status, court_id=7, key=PeriodKey.DEFENCE, judge_id=1)
    judge = Actor(1, court_id=7, roles=frozenset({Role.FAST_TRACK_JUDGE}))
    assert (step in states.available(rules.STEPS, judge, one)) is (status is ReliefStatus.ASKED)


@pytest.mark.parametrize(
    ("actor", "key", "judge_id", "may"),
    [
        (Actor(1, court_id=7, roles=frozenset({Role.FAST_TRACK_JUDGE})), PeriodKey.DEFENCE, 1, True),
        (Actor(1, court_id=7, roles=frozenset({Role.GUIDING_JUDGE})), PeriodKey.FEE_PAYMENT, None, True),
        (Actor(2, court_id=7, roles=frozenset({Role.FAST_TRACK_JUDGE})), PeriodKey.DEFENCE, 1, False),
        (Actor(1, court_id=8, roles=frozenset({Role.FAST_TRACK_JUDGE})), PeriodKey.DEFENCE, 1, False),
        (Actor(3, court_id=7, roles=frozenset({Role.CLERK})), PeriodKey.DEFENCE, None, False),
        (Actor(4, court_id=7, roles=frozenset({Role.CONFIRMATION_JUDGE})), PeriodKey.CONFIRM_APPLY, None, True),
        (Actor(1, court_id=7, roles=frozenset({Role.FAST_TRACK_JUDGE})), PeriodKey.CONFIRM_APPLY, None, False),
    ],
)
def test_the_court_decides_through_its_judge(actor, key, judge_id, may):
    assert rules.may_decide(actor, SimpleNamespace(court_id=7, key=key, judge_id=judge_id)) is may


def test_the_registry_records():
    assert rules.may_record(Actor(1, court_id=7, roles=frozenset({Role.CLERK})), SimpleNamespace(court_id=7))
    assert not rules.may_record(Actor(1, court_id=7, roles=frozenset({Role.MEDIATOR})), SimpleNamespace(court_id=7))
    assert not rules.may_record(Actor(1, court_id=8, roles=frozenset({Role.CLERK})), SimpleNamespace(court_id=7))


@pytest.mark.parametrize(
    ("change", "found"),
    [
        ({}, []),
        ({"asked_on": UNTIL, "today": UNTIL}, []),
        ({"asked_on": UNTIL + ONE, "today": UNTIL + ONE}, [Obstacle.TOO_LATE]),
        # S2 art. 127 fixes the six months of an outside person.
        ({"key": PeriodKey.CONFIRM_OBJECT_OTHER}, [Obstacle.NOT_RESTORABLE]),
        ({"missed_on": ASKED}, [Obstacle.NOT_MISSED, Obstacle.ENDED_BEFORE]),
        ({"pending": True}, [Obstacle.PENDING]),
        ({"of_another": True}, [Obstacle.NOT_THEIRS]),
        ({"ended_on": ASKED + ONE}, [Obstacle.ENDED_IN_FUTURE, Obstacle.NOT_THAT_DAY]),
        ({"ended_on": MISSED - ONE}, [Obstacle.ENDED_BEFORE]),
        ({"ended_on": MISSED}, []),
        ({"reason": " "}, [Obstacle.NO_REASON]),
    ],
)
def test_it_is_asked_for_within_ten_days_of_the_end_of_the_obstacle(change, found):
    assert rules.asking(replace(CLEAR, **change)) == found


def test_what_a_decision_needs():
    def needs(**over):
        return rules.deciding(**({"granted": True, "until": ASKED, "today": ASKED, "note": ""} | over))

    assert needs() == []
    assert needs(until=None) == [Obstacle.NO_DAY]
    assert needs(until=ASKED - ONE) == [Obstacle.NO_DAY]
    assert needs(granted=False) == [Obstacle.NO_GROUNDS]
    assert needs(granted=False, note="可以委托他人。") == []
