"""Signing on a screen, as rules: what may be signed so, what a drawn signature is, who gives a turn."""

import itertools

import pytest

from mediation.agreements.rules import Signer
from mediation.agreements.turns import labels, rules
from mediation.agreements.turns.rules import STEPS, Check, Obstacle, Place, TurnStatus
from mediation.kernel.actor import Actor, Role, system
from mediation.kernel.law import cite

LINE = [[[0, 100, 0], [200, 150, 20], [400, 90, 40]]]


@pytest.mark.parametrize(
    ("cause", "texts", "found"),
    [
        ("4.10.116", ["甲方支付租金一万元"], None),
        ("2", [], Obstacle.PERSONAL_STATUS),
        ("2.11", ["支付一千元"], Obstacle.PERSONAL_STATUS),
        ("20.1", [], None),
        ("4.10", ["自2026年4月1日起停止供热"], Obstacle.SUPPLY),
        ("4.10", ["供水公司停水三日"], Obstacle.SUPPLY),
        ("4.10", ["双方同意中止供应天然气"], Obstacle.SUPPLY),
        ("4.10", ["乙方停止使用该商标"], None),
        ("4.10", ["停车费由乙方承担", "停工损失"], None),
    ],
)
def test_what_the_law_excludes_is_not_signed_on_a_screen(cause, texts, found):
    assert rules.excluded(cause, texts) is found


@pytest.mark.parametrize("signer", Signer)
@pytest.mark.parametrize("own", [True, False])
def test_who_signs_on_a_screen(signer, own):
    wanted = {Signer.ORGANISATION: Obstacle.NO_HAND, Signer.MEDIATOR: None if own else Obstacle.NOT_ONESELF}
    assert rules.who_signs(signer, own=own) is wanted.get(signer)


@pytest.mark.parametrize(
    "given",
    [
        None, "strokes", {}, [], [[]], [[[1, 2]]], [[[1, 2, 3, 4]]], [[["1", 2, 3]]], [[[1.5, 2, 3]]], [[[True, 2, 3]]],
        [[[-1, 0, 0], [500, 0, 0]]], [[[0, 0, 0], [1001, 0, 0]]], [[[0, 0, 0], [500, 401, 0]]],
        [[[0, 0, 0], [500, 0, -1]]], [[[0, 0, 0], [500, 0, 10**9]]], [[[5, 5, 0], [8, 8, 1]]], [[[5, 5, 0]]],
        [[[0, 0, 0], [500, 0, 0]]] * 201, [[[0, 0, 0], [500, 0, 0]] * 3001], [3], [[3]],
    ],
)  # fmt: skip
def test_what_is_no_drawn_name(given):
    assert rules.read_strokes(given) is None


def test_a_drawn_name_is_kept_as_it_was_drawn():
    assert rules.read_strokes(LINE).strokes == LINE


PEOPLE = {
    "mediator": (Actor(1, 7, frozenset({Role.MEDIATOR}), mediator_id=3), True),
    "other mediator": (Actor(1, 7, frozenset({Role.MEDIATOR}), mediator_id=4), False),
    "clerk": (Actor(1, 7, frozenset({Role.CLERK})), True),
    "clerk elsewhere": (Actor(1, 8, frozenset({Role.CLERK})), False),
    "judge": (Actor(1, 7, frozenset({Role.GUIDING_JUDGE})), False),
    "mediator elsewhere": (Actor(1, 8, frozenset({Role.MEDIATOR}), mediator_id=3), False),
}


class Conducted:
    court_id, mediator_id, organisation_id = 7, 3, None


@pytest.mark.parametrize("who", PEOPLE)
def test_who_gives_a_turn(who):
    actor, may = PEOPLE[who]
    assert rules.may_give(actor, Conducted()) is may


ALLOWED = {
    ("issued", "identify"), ("opened", "sign"), ("opened", "refuse"), ("opened", "take_paper"), ("issued", "revoke"),
    ("opened", "revoke"), ("issued", "expire"), ("opened", "expire"),
}  # fmt: skip


def test_every_pair_of_status_and_step():
    found = {
        (status.value, step.name) for status, step in itertools.product(TurnStatus, STEPS) if status in step.sources
    }
    assert found == ALLOWED


def test_only_time_lets_a_turn_run_out():
    clerk, step = Actor(1, 7, frozenset({Role.CLERK})), next(step for step in STEPS if step.name == "expire")
    assert not step.allowed(clerk, Conducted())
    assert step.allowed(system(7), Conducted())
    assert not step.allowed(system(8), Conducted())
    assert all(one.allowed(clerk, Conducted()) for one in STEPS if one is not step)


def test_every_refusal_has_its_article_and_every_word_is_there():
    assert set(labels.OBSTACLE) == set(rules.OBSTACLE_ARTICLE) == set(Obstacle)
    assert all(cite(article) for article in rules.OBSTACLE_ARTICLE.values())
    assert set(labels.TURN_STATUS) == set(labels.TONE) == set(TurnStatus)
    assert set(labels.CHECK) == set(Check) == {check for checks in rules.CHECKS.values() for check in checks}
    assert set(labels.PLACE) == set(Place) == set(rules.LIFE)
