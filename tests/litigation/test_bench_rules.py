"""Who may be named to try a case, without a database (CPL arts 40, 44, 47, 131)."""

from dataclasses import dataclass, replace

import pytest

from mediation.kernel.actor import Actor, Role
from mediation.litigation.bench import labels, rules
from mediation.litigation.bench.rules import Naming, Obstacle
from mediation.litigation.rules import Procedure, Status

SINGLE = Naming(Status.FILED, Procedure.SUMMARY, {Role.FAST_TRACK_JUDGE}, "演示速裁法官")
PANEL = replace(SINGLE, procedure=Procedure.ORDINARY_PANEL, judges=("演示审判员甲",), assessors=("演示陪审员甲",))


@dataclass
class Case:
    court_id: int = 1


@pytest.mark.parametrize(
    ("role", "may"),
    [(role, role in {Role.CLERK, Role.TRIAGE, Role.GUIDING_JUDGE, Role.PRESIDENT}) for role in Role],
)
def test_the_registry_and_the_president_distribute_the_cases_of_their_court(role, may):
    assert rules.may_name(Actor(5, 1, frozenset({role})), Case()) is may
    assert not rules.may_name(Actor(5, 2, frozenset({role})), Case())


def test_one_judge_or_a_whole_panel_can_be_named():
    assert rules.obstacles(SINGLE) == []
    assert rules.obstacles(PANEL) == []


@pytest.mark.parametrize(
    ("naming", "obstacle"),
    [
        (replace(SINGLE, status=Status.CLOSED), Obstacle.CLOSED),
        (replace(SINGLE, roles={Role.CLERK}), Obstacle.NOT_A_JUDGE),
        (replace(SINGLE, status=Status.FAST_TRACK, roles={Role.GUIDING_JUDGE}), Obstacle.NOT_FAST_TRACK),
        (replace(SINGLE, mediated=True), Obstacle.JUDGE_MEDIATED),
        (replace(SINGLE, apart=True), Obstacle.JUDGE_APART),
        (replace(SINGLE, judges=("演示审判员甲", "演示审判员乙")), Obstacle.NO_PANEL),
        (replace(PANEL, judges=(), assessors=()), Obstacle.NOT_ODD),
        (replace(PANEL, judges=("演示审判员甲", "演示审判员乙")), Obstacle.NOT_ODD),
        (replace(PANEL, assessors=("演示审判员甲",)), Obstacle.TWICE),
        (replace(PANEL, judges=("演示速裁法官",)), Obstacle.TWICE),
        (replace(SINGLE, same=True), Obstacle.NOT_ANOTHER),
        (replace(SINGLE, before=True, reason=" "), Obstacle.NO_REASON),
    ],
)
def test_each_thing_that_stands_in_the_way_is_named_with_its_article(naming, obstacle):
    assert obstacle in rules.obstacles(naming)
    assert rules.OBSTACLE_ARTICLE[obstacle].startswith("CPL art")


def test_another_judge_is_named_for_a_reason():
    assert rules.obstacles(replace(SINGLE, before=True, reason="原审判员调离。")) == []


def test_every_obstacle_has_an_article_and_words():
    assert set(rules.OBSTACLE_ARTICLE) == set(Obstacle) == set(labels.OBSTACLE)
