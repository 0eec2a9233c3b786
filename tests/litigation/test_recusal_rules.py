"""Recusal of judges and clerks without a database: who may, what stands in the way, who stands still."""

from dataclasses import dataclass, replace
from datetime import date

import pytest

from mediation.kernel.actor import Actor, Role
from mediation.litigation.recusal import labels, rules
from mediation.litigation.recusal.rules import Answer, Decider, Function, Obstacle, Origin, Raising, RecusalStatus

DAY = date(2026, 3, 10)


@dataclass
class One:
    court_id: int = 1
    person_id: int = 7
    decider: Decider = Decider.PRESIDENT
    decider_id: int | None = None


def somebody(number, *roles, court=1):
    return Actor(number, court, frozenset(roles))


@pytest.mark.parametrize(
    ("function", "roles", "decider"),
    [
        (Function.TRIAL_JUDGE, {Role.FAST_TRACK_JUDGE}, Decider.PRESIDENT),
        (Function.CONFIRMATION_JUDGE, {Role.CONFIRMATION_JUDGE}, Decider.PRESIDENT),
        (Function.TRIAL_JUDGE, {Role.FAST_TRACK_JUDGE, Role.PRESIDENT}, Decider.COMMITTEE),
        (Function.CLERK, {Role.CLERK}, Decider.PRESIDING),
    ],
)
def test_who_decides_follows_article_49(function, roles, decider):
    assert rules.decider(function, roles) is decider


def test_nobody_decides_on_the_own_recusal_and_only_who_article_49_names():
    one = One()
    assert rules.may_decide(somebody(1, Role.PRESIDENT), one)
    assert not rules.may_decide(somebody(7, Role.PRESIDENT), one)
    assert not rules.may_decide(somebody(1, Role.PRESIDENT, court=2), one)
    assert not rules.may_decide(somebody(1, Role.GUIDING_JUDGE), one)
    committee = One(decider=Decider.COMMITTEE)
    assert rules.may_decide(somebody(2, Role.CLERK), committee)
    assert not rules.may_decide(somebody(3, Role.PRESIDENT), committee)
    presiding = One(decider=Decider.PRESIDING, decider_id=5)
    assert rules.may_decide(somebody(5, Role.FAST_TRACK_JUDGE), presiding)
    assert not rules.may_decide(somebody(6, Role.FAST_TRACK_JUDGE), presiding)


def test_who_may_bring_it_up():
    clerk, judge, president = (
        somebody(2, Role.CLERK), somebody(7, Role.FAST_TRACK_JUDGE), somebody(1, Role.PRESIDENT),
    )  # fmt: skip
    assert rules.may_raise(clerk, 1, Origin.PARTY, 7)
    assert not rules.may_raise(clerk, 2, Origin.PARTY, 7)
    assert not rules.may_raise(clerk, 1, Origin.PARTY, 2)
    assert rules.may_raise(judge, 1, Origin.OWN, 7)
    assert not rules.may_raise(clerk, 1, Origin.OWN, 7)
    assert rules.may_raise(president, 1, Origin.COURT, 7)
    assert not rules.may_raise(clerk, 1, Origin.COURT, 7)
    assert rules.may_see(clerk, One())
    assert not rules.may_see(somebody(9, Role.MEDIATOR), One())
    assert rules.may_record(clerk, One())
    assert not rules.may_record(judge, One())
    assert rules.may_name(president, One())
    assert not rules.may_name(judge, One())


FINE = Raising(
    Origin.PARTY, Function.TRIAL_JUDGE, is_here=True, is_party=True, statement="是近亲属", on=DAY, today=DAY,
    since=date(2026, 3, 1),
)  # fmt: skip


@pytest.mark.parametrize(
    ("change", "obstacle"),
    [
        ({"is_here": False}, Obstacle.NOT_HERE),
        ({"is_party": False}, Obstacle.NOT_A_PARTY),
        ({"statement": " "}, Obstacle.NO_WORDS),
        ({"on": date(2026, 3, 11)}, Obstacle.NOT_THAT_DAY),
        ({"on": date(2026, 2, 28)}, Obstacle.NOT_THAT_DAY),
        ({"heard_on": date(2026, 3, 9)}, Obstacle.DEBATE_OVER),
        ({"pending": True}, Obstacle.PENDING),
        ({"function": Function.CLERK, "has_judge": False}, Obstacle.NO_JUDGE),
    ],
)
def test_each_obstacle_alone(change, obstacle):
    assert rules.obstacles(FINE) == []
    assert rules.obstacles(replace(FINE, **change)) == [obstacle]


def test_the_end_of_the_debate_binds_parties_alone_and_its_own_day_is_still_in_time():
    assert rules.obstacles(replace(FINE, heard_on=DAY)) == []
    assert rules.obstacles(replace(FINE, origin=Origin.COURT, is_party=False, heard_on=date(2026, 3, 2))) == []


@pytest.mark.parametrize(
    ("status", "action", "against"),
    [
        (RecusalStatus.RAISED, "litigation_case.hear", Obstacle.PAUSED),
        (RecusalStatus.RAISED, "preservation.order", None),
        (RecusalStatus.RAISED, "deadline.meet", None),
        (RecusalStatus.UPHELD, "preservation.order", Obstacle.OUT),
        (RecusalStatus.UPHELD, "litigation_case.hear", Obstacle.OUT),
        (RecusalStatus.REVIEW, "litigation_case.hear", None),
        (RecusalStatus.DISMISSED, "litigation_case.hear", None),
    ],
)
def test_who_stands_still(status, action, against):
    assert rules.stands_still(status, action) is against


def test_the_step_of_an_answer():
    assert rules.deciding_step(RecusalStatus.RAISED, Answer.UPHOLD) == "uphold"
    assert rules.deciding_step(RecusalStatus.RAISED, Answer.DISMISS) == "dismiss"
    assert rules.deciding_step(RecusalStatus.REVIEW, Answer.UPHOLD) == "uphold_on_review"
    assert rules.deciding_step(RecusalStatus.REVIEW, Answer.DISMISS) == "confirm"


def test_every_obstacle_has_its_words_and_its_article():
    assert set(labels.OBSTACLE) == set(rules.OBSTACLE_ARTICLE) == set(Obstacle)
