"""Objections to jurisdiction without a database: in time, by whom, how ruled, when in force (CPL arts 37, 130, 157, 171)."""

from dataclasses import dataclass, replace
from datetime import date, timedelta

import pytest

from mediation.kernel.actor import COURT, Actor, Role
from mediation.litigation.jurisdiction import labels, rules
from mediation.litigation.jurisdiction.rules import (
    Answer,
    Appeal,
    JurisdictionStatus,
    Obstacle,
    Origin,
    Raising,
)

FILED = date(2026, 3, 2)
UNTIL = date(2026, 3, 24)
TODAY = date(2026, 3, 20)
J = JurisdictionStatus
PARTY = Raising(Origin.PARTY, True, TODAY, FILED, TODAY, "合同约定由被告住所地法院管辖。", until=UNTIL)
OWN = Raising(Origin.COURT, False, TODAY, FILED, TODAY, "不动产在外区。")
APPEAL = Appeal(False, FILED, UNTIL, TODAY, TODAY)


@dataclass
class Raised:
    court_id: int = 1
    judge_id: int | None = 7


@pytest.mark.parametrize("role", list(Role))
def test_what_the_court_may_record_others_may_not(role):
    actor, elsewhere = Actor(5, 1, frozenset({role})), Actor(5, 2, frozenset({role}))
    assert rules.may_ripen(actor, Raised()) is rules.may_drop(actor, Raised()) is (role in COURT)
    assert not rules.may_ripen(elsewhere, Raised())
    assert not rules.may_drop(elsewhere, Raised())


def test_the_daily_run_finds_that_nobody_appealed():
    assert rules.may_ripen(Actor(0, 1, frozenset()), Raised())
    assert not rules.may_drop(Actor(0, 1, frozenset()), Raised())


def test_every_step_leads_from_where_it_may_to_where_it_should():
    leads = {(step.name, source): step.target for step in rules.STEPS for source in step.sources}
    assert leads == {
        ("rule_transfer", J.RAISED): J.TRANSFER_RULED, ("reject", J.RAISED): J.REJECTED,
        ("appeal", J.TRANSFER_RULED): J.APPEALED, ("appeal", J.REJECTED): J.APPEALED,
        ("stay", J.REJECTED): J.STAYS, ("stay", J.APPEALED): J.STAYS,
        ("go_away", J.TRANSFER_RULED): J.AWAY, ("go_away", J.APPEALED): J.AWAY,
        ("drop", J.RAISED): J.DROPPED, ("drop", J.TRANSFER_RULED): J.DROPPED, ("drop", J.REJECTED): J.DROPPED,
        ("drop", J.APPEALED): J.DROPPED,
    }  # fmt: skip
    assert set(J) == rules.OPEN | rules.SETTLED


def test_a_defendant_in_time_and_the_court_before_the_hearing_may_raise_it():
    assert rules.obstacles(PARTY) == []
    assert rules.obstacles(replace(PARTY, raised_on=UNTIL, today=UNTIL)) == []
    assert rules.obstacles(replace(PARTY, until=None)) == []
    assert rules.obstacles(OWN) == []


@pytest.mark.parametrize(
    ("raising", "obstacle"),
    [
        (replace(PARTY, is_open=False), Obstacle.CLOSED),
        (replace(PARTY, is_defendant=False), Obstacle.NOT_A_DEFENDANT),
        (replace(PARTY, raised_on=UNTIL + timedelta(1), today=UNTIL + timedelta(1)), Obstacle.TOO_LATE),
        (replace(PARTY, earlier=(J.RAISED,)), Obstacle.PENDING),
        (replace(PARTY, earlier=(J.APPEALED,)), Obstacle.PENDING),
        (replace(PARTY, earlier=(J.STAYS,)), Obstacle.DECIDED),
        (replace(PARTY, raised_on=FILED - timedelta(1)), Obstacle.NOT_THAT_DAY),
        (replace(PARTY, raised_on=TODAY + timedelta(1)), Obstacle.NOT_THAT_DAY),
        (replace(PARTY, reason="  "), Obstacle.NO_REASON),
        (replace(OWN, answered=True), Obstacle.ACCEPTED),
        (replace(OWN, defence_runs=True), Obstacle.STILL_TIME),
        (replace(OWN, heard=True), Obstacle.HEARD),
    ],
)
def test_each_thing_that_stands_in_the_way_of_raising_it(raising, obstacle):
    assert rules.obstacles(raising) == [obstacle]


def test_level_and_exclusive_jurisdiction_are_looked_at_at_any_time():
    late = replace(OWN, answered=True, defence_runs=True, heard=True, earlier=(J.STAYS,), mandatory=True)
    assert rules.obstacles(late) == []


@pytest.mark.parametrize(
    ("origin", "answer", "told", "found"),
    [
        (Origin.PARTY, Answer.TRANSFER, {"court": "演示外区法院"}, []),
        (Origin.PARTY, Answer.TRANSFER, {}, [Obstacle.NO_COURT]),
        (Origin.PARTY, Answer.TRANSFER, {"court": "演示外区法院", "reason": ""}, [Obstacle.NO_REASON]),
        (Origin.PARTY, Answer.REJECT, {"fee_fen": 5_000}, []),
        (Origin.PARTY, Answer.REJECT, {"fee_fen": 10_000}, []),
        (Origin.PARTY, Answer.REJECT, {"fee_fen": 4_999}, [Obstacle.FEE]),
        (Origin.PARTY, Answer.REJECT, {"fee_fen": 10_001}, [Obstacle.FEE]),
        (Origin.COURT, Answer.REJECT, {"fee_fen": 5_000}, [Obstacle.OWN_REJECTED]),
    ],
)
def test_what_a_ruling_needs(origin, answer, told, found):
    facts = {"reason": "依合同约定。", "court": "", "fee_fen": 0} | told
    assert rules.ruling_obstacles(origin, answer, **facts) == found


@pytest.mark.parametrize(
    ("appeal", "found"),
    [
        (APPEAL, []),
        (replace(APPEAL, final=True), [Obstacle.NO_APPEAL]),
        (replace(APPEAL, served_on=None), [Obstacle.NOT_SERVED]),
        (replace(APPEAL, until=None), [Obstacle.NOT_SERVED]),
        (replace(APPEAL, on=FILED - timedelta(1)), [Obstacle.NOT_THAT_DAY]),
        (replace(APPEAL, on=TODAY + timedelta(1)), [Obstacle.NOT_THAT_DAY]),
        (replace(APPEAL, on=UNTIL + timedelta(1), today=UNTIL + timedelta(2)), [Obstacle.APPEAL_OVER]),
    ],
)
def test_each_party_appeals_within_its_own_ten_days(appeal, found):
    assert rules.appeal_obstacles(appeal) == found


@pytest.mark.parametrize(
    ("told", "found"),
    [
        ({"final": True}, []),
        ({"all_served": False}, [Obstacle.NOT_SERVED]),
        ({"until": None}, [Obstacle.NOT_SERVED]),
        ({"today": UNTIL}, [Obstacle.APPEAL_RUNS]),
        ({"today": UNTIL + timedelta(1)}, []),
    ],
)
def test_a_ruling_is_in_force_when_the_last_ten_days_are_over(told, found):
    assert rules.ripening(**({"final": False, "all_served": True, "until": UNTIL, "today": TODAY} | told)) == found


@pytest.mark.parametrize(
    ("status", "answer", "step"),
    [
        (J.APPEALED, Answer.TRANSFER, "go_away"),
        (J.APPEALED, Answer.REJECT, "stay"),
        (J.TRANSFER_RULED, None, "go_away"),
        (J.REJECTED, None, "stay"),
    ],
)
def test_what_the_last_word_brings_about(status, answer, step):
    assert rules.outcome(status, answer) == step


def test_every_obstacle_has_an_article_and_words():
    assert set(rules.OBSTACLE_ARTICLE) == set(Obstacle) == set(labels.OBSTACLE)
