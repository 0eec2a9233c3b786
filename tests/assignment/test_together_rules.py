"""Choice, replacement and mediators who work together: what stands in the way, and who may; without a database."""

from dataclasses import dataclass, replace
from datetime import date

import pytest

from mediation.assignment.rules import may_mediate, may_supervise
from mediation.assignment.together import rules
from mediation.assignment.together.rules import (
    ChoiceFacts,
    Obstacle,
    ReplacementGround,
    ReplacementOutcome,
    RequestFacts,
)
from mediation.kernel.actor import Role
from tests.everybody import OTHER, OWN, allowed

DAY = date(2026, 3, 2)
COURT = {Role.CLERK, Role.TRIAGE, Role.GUIDING_JUDGE, None}
CHOICE = ChoiceFacts(None, joint_may_be_chosen=False, all_named=False, choose_until=None, on=DAY)


@dataclass(frozen=True)
class Mediation:
    court_id: int = OWN
    mediator_id: int | None = 7
    organisation_id: int | None = 3


@pytest.mark.parametrize(
    ("over", "found"),
    [
        ({}, None),
        ({"joint_id": 9, "joint_may_be_chosen": True}, Obstacle.JOINT_CHOSEN),
        ({"joint_id": 7, "joint_may_be_chosen": True}, None),
        ({"joint_id": 9}, None),
        ({"all_named": True}, None),
        ({"choose_until": DAY}, None),
        ({"all_named": True, "choose_until": DAY}, Obstacle.STILL_CHOOSING),
        ({"all_named": True, "choose_until": date(2026, 3, 1)}, None),
    ],
)
def test_when_the_court_designates(over, found):
    assert rules.designation_obstacle(replace(CHOICE, **over), 7) is found


OUTCOME, GROUND = ReplacementOutcome, next(iter(ReplacementGround))
REQUEST = RequestFacts(OUTCOME.GRANTED, "与对方相识", 1, (1, 2), GROUND, replaced=0, will_not_choose=False)


@pytest.mark.parametrize(
    ("over", "found"),
    [
        ({}, []),
        ({"outcome": OUTCOME.REFUSED}, []),
        ({"party_id": None, "ground": None}, []),
        ({"party_id": None, "outcome": OUTCOME.REFUSED}, [Obstacle.NOT_A_PARTY]),
        ({"party_id": 3}, [Obstacle.NOT_A_PARTY]),
        ({"ground": None}, [Obstacle.NO_GROUND]),
        ({"reason": "\n"}, [Obstacle.NO_REASON]),
        ({"outcome": OUTCOME.COUNTS_AS_REFUSAL}, [Obstacle.NOTHING_REPLACED_YET, Obstacle.STILL_WILLING]),
        ({"outcome": OUTCOME.COUNTS_AS_REFUSAL, "replaced": 1}, [Obstacle.STILL_WILLING]),
        ({"outcome": OUTCOME.COUNTS_AS_REFUSAL, "replaced": 1, "will_not_choose": True}, []),
    ],
)
def test_what_a_request_for_another_mediator_needs(over, found):
    assert rules.request_obstacles(replace(REQUEST, **over)) == found


def test_who_adds_answers_and_ends():
    def ask(question, **own):
        return allowed(lambda who: question(who, Mediation()), **own)

    assert ask(rules.may_add) == ask(rules.may_add, mediator_id=7, organisation_id=4) == COURT
    assert ask(rules.may_add, organisation_id=3) == COURT | {Role.ORGANISATION}
    assert ask(may_mediate) == ask(may_mediate, mediator_id=8, organisation_id=4) == set()
    assert ask(may_mediate, mediator_id=7, organisation_id=3) == {Role.MEDIATOR, Role.ORGANISATION}
    assert ask(may_supervise, mediator_id=7, organisation_id=3) == COURT
    for question in (rules.may_add, may_mediate, may_supervise):
        assert ask(question, court_id=OTHER, mediator_id=7, organisation_id=3) == set()
