"""What a ruling may put right, in which papers, and who rules (CPL art. 157; S2 art. 245; S8 art. 13). No database."""

from dataclasses import replace

import pytest

from mediation.kernel.actor import Actor, Role
from mediation.litigation.correcting import labels, rules
from mediation.litigation.correcting.rules import Correcting, Mistake, Obstacle, Point

RULING = Correcting(
    "claim_ruling", Mistake.CLERICAL, [Point("二千六百 元", "二千八百元")], "支付二千\n六百元。", served=False,
    reason="反诉状写明二千八百元。", clerk="黎燚",
)  # fmt: skip
PAPER = replace(RULING, kind=rules.MEDIATION_DOCUMENT, served=True)


def test_a_slip_in_any_ruling_is_corrected_served_or_not():
    assert rules.obstacles(RULING) == []
    assert rules.obstacles(replace(RULING, served=True)) == []
    assert rules.obstacles(PAPER) == []


@pytest.mark.parametrize(
    ("over", "against"),
    [
        ({"points": []}, Obstacle.NO_PASSAGE),
        ({"points": [Point(" ", "二千八百元")]}, Obstacle.NO_PASSAGE),
        ({"points": [Point("三千元", "二千八百元")]}, Obstacle.NOT_IN_IT),
        ({"points": [*RULING.points, Point("三千元", "")]}, Obstacle.NOT_IN_IT),
        ({"points": [Point("二千六百元", "二千六百 元")]}, Obstacle.NO_CHANGE),
        ({"reason": " "}, Obstacle.NO_REASON),
        ({"clerk": ""}, Obstacle.NO_CLERK),
        ({"mistake": Mistake.UNLIKE_AGREEMENT, "objector": True}, Obstacle.ONLY_MEDIATION),
    ],
)
def test_what_stands_against_it(over, against):
    assert rules.obstacles(replace(RULING, **over)) == [against]


def test_a_passage_may_be_struck_out():
    assert rules.obstacles(replace(RULING, points=[Point("二千六百元", "")])) == []


def test_a_mediation_document_nobody_has_received_is_made_anew():
    assert rules.obstacles(replace(PAPER, served=False)) == [Obstacle.NEW_VERSION]


def test_what_differs_from_the_agreement_wants_a_partys_objection():
    unlike = replace(PAPER, mistake=Mistake.UNLIKE_AGREEMENT)
    assert rules.obstacles(unlike) == [Obstacle.NO_OBJECTION]
    assert rules.obstacles(replace(unlike, objector=True)) == []


@pytest.mark.parametrize("role", list(Role))
def test_only_the_judge_who_decided_rules(role):
    judges = {Role.GUIDING_JUDGE, Role.FAST_TRACK_JUDGE, Role.CONFIRMATION_JUDGE}
    actor = Actor(7, 1, frozenset({role}))
    assert rules.may_serve(actor, 1) is (role in judges | {Role.CLERK, Role.TRIAGE})
    assert not rules.may_serve(actor, 2)
    assert rules.may_rule(actor, 1, 7) is (role in judges)
    assert not rules.may_rule(actor, 1, 8)
    assert not rules.may_rule(actor, 1, None)
    assert not rules.may_rule(actor, 2, 7)


def test_every_obstacle_has_its_article_its_field_and_its_words():
    assert set(rules.OBSTACLE_ARTICLE) == set(rules.FIELD) == set(labels.OBSTACLE) == set(Obstacle)
