"""When an appraisal before filing may be applied for, and whose consent it needs: without a database."""

import pytest

from mediation.assignment.appraisal import labels, rules
from mediation.assignment.appraisal.documents import GROUP
from mediation.assignment.appraisal.rules import AppraisalGroup, Obstacle
from mediation.assignment.rules import Kind, Status


@pytest.mark.parametrize("status", list(Status))
def test_only_a_running_delegated_mediation(status):
    running = {Status.ACCEPTED, Status.SCHEDULED, Status.IN_SESSION, Status.SUSPENDED}
    wanted = None if status in running else Obstacle.NOT_RUNNING
    assert rules.obstacle(Kind.DELEGATED, status) is wanted
    for kind in (Kind.ENTRUSTED, Kind.REFERRED):
        assert rules.obstacle(kind, status) is Obstacle.NOT_BEFORE_FILING


@pytest.mark.parametrize(
    ("consenting", "agreed"), [((), False), ((2,), False), ((2, 3), True), ((1, 2, 3), True), ((1,), False)]
)
def test_all_the_others_consent(consenting, agreed):
    assert rules.is_agreed(1, consenting, [1, 2, 3]) is agreed


def test_every_group_and_obstacle_has_its_words():
    assert set(labels.APPRAISAL_GROUP) == set(GROUP) == set(AppraisalGroup)
    assert set(labels.OBSTACLE) == set(labels.REMEDY) == set(rules.OBSTACLE_ARTICLE) == set(Obstacle)
