"""Objections to the procedure (CPL art. 169; S2 arts 269, 279): what stands in the way, who decides; without a database."""

from dataclasses import dataclass, replace
from datetime import date

import pytest

from mediation.kernel import law
from mediation.kernel.actor import COURT, Role
from mediation.kernel.states import available
from mediation.litigation.procedure import labels, rules
from mediation.litigation.procedure.rules import Answer, Facts, Matter, ObjectionStatus, Obstacle
from mediation.litigation.rules import Procedure, Status
from tests.everybody import NEIGHBOUR, OTHER, OWN, WHO, allowed

DAY = date(2026, 3, 10)
FACTS = Facts(
    Procedure.SMALL,
    under_trial=True,
    is_party=True,
    raised_on=DAY,
    filed_on=date(2026, 3, 2),
    today=DAY,
    reason="需要鉴定",
)


@pytest.mark.parametrize(
    ("over", "found"),
    [
        ({}, []),
        ({"under_trial": False}, [Obstacle.NOT_SHORT]),
        ({"procedure": Procedure.ORDINARY_SOLE}, [Obstacle.NOT_SHORT]),
        ({"procedure": Procedure.ORDINARY_PANEL}, [Obstacle.NOT_SHORT]),
        ({"heard_on": DAY}, [Obstacle.HEARD]),
        ({"heard_on": DAY, "raised_on": date(2026, 3, 9)}, []),
        ({"heard_on": DAY, "procedure": Procedure.SUMMARY}, []),
        ({"pending": True}, [Obstacle.PENDING]),
        ({"is_party": False}, [Obstacle.NOT_A_PARTY]),
        ({"raised_on": date(2026, 3, 11)}, [Obstacle.NOT_THAT_DAY]),
        ({"raised_on": date(2026, 3, 1)}, [Obstacle.NOT_THAT_DAY]),
        ({"raised_on": date(2026, 3, 2)}, []),
        ({"reason": " "}, [Obstacle.NO_REASON]),
        # CPL art. 43: as long as one judge tries the case alone, also after the hearing and in the ordinary procedure.
        ({"matter": Matter.BENCH, "heard_on": DAY}, []),
        ({"matter": Matter.BENCH, "under_trial": False, "procedure": Procedure.ORDINARY_SOLE}, []),
        ({"matter": Matter.BENCH, "procedure": Procedure.ORDINARY_PANEL}, [Obstacle.NOT_SOLE]),
        ({"matter": Matter.BENCH, "under_trial": False, "on_trial": False}, [Obstacle.NOT_SOLE]),
    ],
)
def test_what_stands_in_the_way(over, found):
    assert rules.obstacles(replace(FACTS, **over)) == found


def test_only_small_claims_may_go_to_the_rest_of_the_summary_rules():
    assert rules.answers(Procedure.SMALL) == (Answer.SUMMARY, Answer.ORDINARY, Answer.REJECT)
    assert rules.answers(Procedure.SUMMARY) == (Answer.ORDINARY, Answer.REJECT)


def test_what_may_be_objected_to_in_which_case():
    def possible(procedure, status):
        return rules.matters(
            procedure, on_track=status is Status.FAST_TRACK, on_trial=status in {Status.FAST_TRACK, Status.ORDINARY}
        )

    assert (
        possible(Procedure.SMALL, Status.FAST_TRACK) == possible(Procedure.SUMMARY, Status.FAST_TRACK) == tuple(Matter)
    )
    assert possible(Procedure.ORDINARY_SOLE, Status.ORDINARY) == (Matter.BENCH,)
    assert possible(Procedure.ORDINARY_PANEL, Status.ORDINARY) == possible(Procedure.SUMMARY, Status.FEE_NOTICE) == ()
    assert rules.answers(Procedure.SMALL, Matter.BENCH) == (Answer.PANEL, Answer.REJECT)
    assert Answer.PANEL not in rules.answers(Procedure.SMALL)


@dataclass(frozen=True)
class Objection:
    court_id: int = OWN
    judge_id: int | None = WHO
    status: ObjectionStatus = ObjectionStatus.RAISED


@pytest.mark.parametrize("step", ["uphold", "reject"])
def test_the_judge_of_the_case_decides(step):
    def asked(objection, **own):
        return allowed(lambda who: step in available(rules.STEPS, who, objection), **own)

    trial = {Role.FAST_TRACK_JUDGE, Role.GUIDING_JUDGE}
    assert asked(Objection()) == trial
    # Where none is named yet, each judge learns from the refusal that one must be (CPL art. 40).
    assert asked(Objection(judge_id=None)) == trial
    assert asked(Objection(judge_id=NEIGHBOUR)) == asked(Objection(), court_id=OTHER) == set()
    for status in set(ObjectionStatus) - {ObjectionStatus.RAISED}:
        assert asked(Objection(status=status)) == set()


def test_what_falls_away_falls_away_inside_the_court():
    assert allowed(lambda who: rules.may_drop(who, Objection())) == set(COURT)
    assert allowed(lambda who: rules.may_drop(who, Objection()), court_id=OTHER) == set()


def test_every_refusal_has_words_and_an_article_that_can_be_read():
    assert set(labels.OBSTACLE) == set(Obstacle) == set(rules.OBSTACLE_ARTICLE)
    assert all(law.cite(article) for article in rules.OBSTACLE_ARTICLE.values())
    assert all(law.cite(article) for article in rules.ARTICLE.values())
    assert set(labels.MATTER) == set(rules.ARTICLE) == set(Matter)
    assert all(law.cite(step.article) for step in rules.STEPS)
