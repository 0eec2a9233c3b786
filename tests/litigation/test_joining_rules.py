"""Who joins a filed case and what is claimed in it besides the suit, without a database (CPL arts 59, 143; S2 arts 73, 232, 233)."""

import itertools
from dataclasses import replace
from datetime import date, timedelta
from types import SimpleNamespace

import pytest

from mediation.disputes.rules import PartyRole
from mediation.kernel import law, states
from mediation.kernel.actor import Actor, Role
from mediation.litigation.joining import labels, rules
from mediation.litigation.joining.rules import (
    Appeal,
    Bringing,
    ClaimKind,
    ClaimStatus,
    Joining,
    Link,
    Obstacle,
    Origin,
    Place,
)

FILED, DAY = date(2026, 3, 2), date(2026, 3, 10)
JOINING = Joining(
    is_open=True, place=Place.CO_DEFENDANT, origin=Origin.PARTY, on=DAY, today=DAY, filed_on=FILED, name="赵某",
    applicant=True, reason="系共同出租人。",
)  # fmt: skip
BRINGING = Bringing(is_open=True, on=DAY, today=DAY, filed_on=FILED, kind=ClaimKind.COUNTERCLAIM, claims="支付修缮费。")


def test_every_word_and_article_is_there():
    assert set(labels.OBSTACLE) == set(rules.OBSTACLE_ARTICLE) == set(Obstacle)
    assert set(labels.CLAIM_STATUS) == set(labels.TONE) == set(ClaimStatus)
    assert (set(labels.PLACE), set(labels.ORIGIN), set(labels.LINK)) == (set(Place), set(Origin), set(Link))
    assert set(labels.CLAIM_KIND) == set(rules.ANSWERS) == set(ClaimKind)
    assert set(rules.ROLE) == set(Place)
    assert all(law.cite(article) for article in rules.OBSTACLE_ARTICLE.values())


@pytest.mark.parametrize(("status", "step"), list(itertools.product(ClaimStatus, rules.STEPS)))
def test_only_the_judge_decides_and_only_what_stands(status, step):
    claim = SimpleNamespace(status=status, court_id=7, judge_id=1)
    judge = Actor(1, court_id=7, roles=frozenset({Role.FAST_TRACK_JUDGE}))
    assert (step.name in states.available(rules.STEPS, judge, claim)) is (status in step.sources)
    other = Actor(2, court_id=7, roles=frozenset({Role.CLERK}))
    assert {"join", "refuse", "withdraw"}.isdisjoint(states.available(rules.STEPS, other, claim))


@pytest.mark.parametrize(
    ("change", "found"),
    [
        ({}, []),
        ({"is_open": False}, [Obstacle.CLOSED]),
        ({"on": FILED - timedelta(days=1)}, [Obstacle.NOT_THAT_DAY]),
        ({"on": DAY + timedelta(days=1)}, [Obstacle.NOT_THAT_DAY]),
        ({"name": " "}, [Obstacle.NO_NAME]),
        ({"applicant": False}, [Obstacle.NO_APPLICANT]),
        ({"applicant": False, "origin": Origin.COURT}, []),
        ({"place": Place.THIRD_WITH_CLAIM}, [Obstacle.MUST_SUE]),
        ({"place": Place.THIRD_WITH_CLAIM, "origin": Origin.OWN}, []),
        ({"origin": Origin.COURT, "granted": False}, [Obstacle.NOT_ASKED]),
        ({"reason": ""}, [Obstacle.NO_REASON]),
        ({"evidence": True}, [Obstacle.NO_DAYS]),
        ({"evidence": True, "days": 15}, []),
        ({"evidence": True, "granted": False}, []),
    ],
)
def test_somebody_joins(change, found):
    assert rules.joining(replace(JOINING, **change)) == found


@pytest.mark.parametrize(
    ("change", "found"),
    [
        ({}, []),
        ({"is_open": False}, [Obstacle.CLOSED]),
        ({"heard": True}, [Obstacle.HEARD]),
        ({"on": FILED - timedelta(days=1)}, [Obstacle.NOT_THAT_DAY]),
        ({"on": DAY + timedelta(days=1)}, [Obstacle.NOT_THAT_DAY]),
        ({"kind": None}, [Obstacle.NOT_THIS_PARTY]),
        ({"claims": " "}, [Obstacle.NO_CLAIM]),
    ],
)
def test_a_claim_is_brought(change, found):
    assert rules.bringing(replace(BRINGING, **change)) == found


def test_who_brings_what():
    assert rules.kind_of(PartyRole.RESPONDENT, without_claim=False) is ClaimKind.COUNTERCLAIM
    assert rules.kind_of(PartyRole.THIRD, without_claim=False) is ClaimKind.THIRD_PARTY
    assert rules.kind_of(PartyRole.THIRD, without_claim=True) is None
    assert rules.kind_of(PartyRole.APPLICANT, without_claim=False) is None


@pytest.mark.parametrize(("link", "elsewhere"), list(itertools.product(Link, (False, True))))
def test_what_is_connected_is_tried_together(link, elsewhere):
    assert rules.joins(link, elsewhere=elsewhere) is (link is not Link.NONE and not elsewhere)


def test_a_decision_sets_the_time_for_evidence_anew_or_says_why_not():
    assert rules.deciding(joined=True, evidence=True, days=None, reason="") == [Obstacle.NO_DAYS]
    assert rules.deciding(joined=True, evidence=True, days=7, reason="") == []
    assert rules.deciding(joined=True, evidence=False, days=None, reason="") == []
    assert rules.deciding(joined=False, evidence=True, days=None, reason=" ") == [Obstacle.NO_REASON]
    assert rules.deciding(joined=False, evidence=True, days=None, reason="无关。") == []


def test_a_wish_to_withdraw_is_allowed_and_what_is_not_paid_in_time_counts_as_withdrawn():
    told = {"paid": False, "pay_until": DAY, "today": DAY}
    assert rules.withdrawing(unpaid=False, **told) == []
    assert rules.withdrawing(unpaid=True, **told) == [Obstacle.TIME_TO_PAY]
    assert rules.withdrawing(unpaid=True, **(told | {"today": DAY + timedelta(days=1)})) == []
    assert rules.withdrawing(unpaid=True, **(told | {"pay_until": None})) == []
    assert rules.withdrawing(unpaid=True, **(told | {"paid": True})) == [Obstacle.PAID]


APPEAL = Appeal(on=DAY, today=DAY, served_on=FILED, until=DAY)


@pytest.mark.parametrize(
    ("change", "found"),
    [
        ({}, []),
        ({"answered": True}, [Obstacle.ANSWERED]),
        ({"served_on": None}, [Obstacle.NOT_SERVED]),
        ({"on": FILED - timedelta(days=1)}, [Obstacle.NOT_SINCE]),
        ({"on": DAY + timedelta(days=1)}, [Obstacle.NOT_SINCE]),
        ({"until": DAY - timedelta(days=1)}, [Obstacle.APPEAL_OVER]),
        ({"until": None}, [Obstacle.APPEAL_OVER]),
    ],
)
def test_an_appeal_within_the_ten_days_and_once(change, found):
    assert rules.appealing(replace(APPEAL, **change)) == found


@pytest.mark.parametrize(
    ("change", "found"),
    [
        ({}, []),
        ({"above": " "}, [Obstacle.NO_PAPER]),
        ({"number": ""}, [Obstacle.NO_PAPER]),
        ({"on": FILED - timedelta(days=1)}, [Obstacle.NOT_SINCE]),
        ({"on": DAY + timedelta(days=1)}, [Obstacle.NOT_SINCE]),
        ({"is_open": False}, [Obstacle.CLOSED]),
        ({"is_open": False, "taken": False}, []),
    ],
)
def test_the_higher_court_has_ruled(change, found):
    told = {"above": "中级人民法院", "number": "7", "on": DAY, "appealed_on": FILED, "today": DAY, "taken": True,
            "is_open": True}  # fmt: skip
    assert rules.answering_above(**told | change) == found
