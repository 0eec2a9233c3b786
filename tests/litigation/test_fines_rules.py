"""Fines for late evidence without a database (CPL arts 68, 118, 119; S2 arts 102, 184-186)."""

import itertools
from dataclasses import replace
from datetime import date, timedelta
from types import SimpleNamespace

import pytest

from mediation.disputes.rules import PartyKind
from mediation.kernel import law, states
from mediation.kernel.actor import Actor, Role
from mediation.litigation.fines import labels, rules
from mediation.litigation.fines.rules import Decided, FineStatus, Obstacle, Review

DAY = date(2026, 3, 17)
NEXT = DAY + timedelta(days=1)
ORDERED = Decided(DAY, NEXT)
SERVED = replace(ORDERED, served_on=DAY, until=DAY + timedelta(days=3), today=DAY + timedelta(days=9))
PROPOSAL = {
    "is_open": True, "fined": True, "already": False, "kind": PartyKind.NATURAL, "amount_fen": 200_000, "reason": "迟延。",
}  # fmt: skip


def test_every_word_and_article_is_there():
    assert set(labels.OBSTACLE) == set(rules.OBSTACLE_ARTICLE) == set(Obstacle)
    assert set(labels.FINE_STATUS) == set(labels.TONE) == set(FineStatus)
    assert set(labels.REVIEW) == set(Review)
    assert set(rules.BOUNDS) == set(PartyKind)
    assert all(law.cite(article) for article in rules.OBSTACLE_ARTICLE.values())


@pytest.mark.parametrize(("status", "step"), list(itertools.product(FineStatus, ("approve", "refuse"))))
def test_the_president_alone_approves_what_waits(status, step):
    fine = SimpleNamespace(status=status, court_id=7, judge_id=1)
    president = Actor(2, court_id=7, roles=frozenset({Role.PRESIDENT}))
    assert (step in states.available(rules.STEPS, president, fine)) is (status is FineStatus.PROPOSED)
    for other in (Actor(1, court_id=7, roles=frozenset({Role.FAST_TRACK_JUDGE})), replace(president, court_id=8)):
        assert step not in states.available(rules.STEPS, other, fine)


@pytest.mark.parametrize(
    ("kind", "yuan", "allowed"),
    [
        (PartyKind.NATURAL, 0, False), (PartyKind.NATURAL, 1, True), (PartyKind.NATURAL, 100_000, True),
        (PartyKind.NATURAL, 100_001, False), (PartyKind.ORGANISATION, 49_999, False),
        (PartyKind.ORGANISATION, 50_000, True), (PartyKind.ORGANISATION, 1_000_000, True),
        (PartyKind.ORGANISATION, 1_000_001, False),
    ],
)  # fmt: skip
def test_the_bounds_of_the_law(kind, yuan, allowed):
    assert rules.within(kind, yuan * 100) is allowed


@pytest.mark.parametrize(
    ("change", "found"),
    [
        ({}, []),
        ({"is_open": False}, [Obstacle.CLOSED]),
        ({"fined": False}, [Obstacle.NOT_FINED]),
        ({"already": True}, [Obstacle.ALREADY]),
        ({"amount_fen": 20_000_000}, [Obstacle.OUT_OF_BOUNDS]),
        ({"reason": " "}, [Obstacle.NO_REASON]),
    ],
)
def test_a_fine_is_proposed(change, found):
    assert rules.proposing(**(PROPOSAL | change)) == found


def test_the_decision_is_served_once():
    assert rules.serving(ORDERED, DAY) == []
    assert rules.serving(replace(ORDERED, ordered_on=None), DAY) == [Obstacle.NOT_SERVED]
    assert rules.serving(SERVED, DAY) == [Obstacle.SERVED]
    assert rules.serving(ORDERED, DAY - timedelta(days=1)) == [Obstacle.NOT_THAT_DAY]
    assert rules.serving(ORDERED, NEXT + timedelta(days=1)) == [Obstacle.NOT_THAT_DAY]


def test_reconsideration_is_applied_for_once_in_three_days():
    assert rules.asking(SERVED, SERVED.until) == []
    assert rules.asking(SERVED, SERVED.until + timedelta(days=1)) == [Obstacle.TOO_LATE]
    assert rules.asking(replace(SERVED, until=None), NEXT) == []
    assert rules.asking(ORDERED, DAY) == [Obstacle.NOT_SERVED]
    assert rules.asking(replace(SERVED, asked_on=DAY), NEXT) == [Obstacle.ASKED]
    assert rules.asking(SERVED, DAY - timedelta(days=1)) == [Obstacle.NOT_THAT_DAY]


def test_the_court_above_answers_on_paper():
    asked = replace(SERVED, asked_on=NEXT)
    told = {"review": Review.UPHELD, "kind": PartyKind.NATURAL, "amount_fen": 0, "number": "（2026）鲁01司惩复1号"}
    assert rules.answering(asked, NEXT, **told) == []
    assert rules.answering(SERVED, NEXT, **told) == [Obstacle.NOT_ASKED]
    assert rules.answering(replace(asked, reviewed=True), NEXT, **told) == [Obstacle.NOT_ASKED]
    assert rules.answering(asked, DAY, **told) == [Obstacle.NOT_THAT_DAY]
    assert rules.answering(asked, NEXT, **(told | {"number": " "})) == [Obstacle.NO_PAPER]
    changed = told | {"review": Review.CHANGED}
    assert rules.answering(asked, NEXT, **changed) == [Obstacle.OUT_OF_BOUNDS]
    assert rules.answering(asked, NEXT, **(changed | {"amount_fen": 100_000})) == []
