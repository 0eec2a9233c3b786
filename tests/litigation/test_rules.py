"""Machine L, the fast track and small claims: who may, what stands in the way; without a database."""

from dataclasses import dataclass, replace
from datetime import date
from itertools import product

import pytest

from mediation.kernel import law
from mediation.kernel.actor import Actor, Role
from mediation.litigation import labels, rules
from mediation.litigation.limits import rules as limits
from mediation.litigation.rules import (
    Exclusion,
    Manner,
    Obstacle,
    Procedure,
    Situation,
    SmallClaim,
    SmallExclusion,
    Track,
)
from tests.everybody import NEIGHBOUR, OTHER, OWN, WHO, allowed

REGISTRY = {Role.CLERK, Role.TRIAGE}
GUIDES = REGISTRY | {Role.GUIDING_JUDGE}
TRIAL = {Role.GUIDING_JUDGE, Role.FAST_TRACK_JUDGE}
ENTRUST = GUIDES | {Role.FAST_TRACK_JUDGE}
DAY = date(2026, 3, 2)


@dataclass(frozen=True)
class Case:
    court_id: int = OWN
    judge_id: int | None = None


# Who may, before a judge is named; when the one who asks is the judge; and when another is.
WITH_CASE = {
    rules.may_register: (REGISTRY, REGISTRY, REGISTRY),
    rules.may_entrust: (ENTRUST, ENTRUST, ENTRUST),
    rules.may_report: (*[ENTRUST | {Role.MEDIATOR, Role.ORGANISATION}] * 3,),
    rules.may_try: (set(), TRIAL, set()),
    # No judge may either while none is named; each is told so by the obstacle, not by a missing right.
    rules.may_judge: (TRIAL, TRIAL, set()),
}


@pytest.mark.parametrize("question", WITH_CASE)
def test_who_may(question):
    for judge_id, wanted in zip((None, WHO, NEIGHBOUR), WITH_CASE[question], strict=True):
        case = Case(judge_id=judge_id)
        assert allowed(lambda who: question(who, case)) == wanted  # noqa: B023 asked at once
        assert allowed(lambda who: question(who, case), court_id=OTHER) == set()  # noqa: B023


def test_who_files_and_who_enters_the_wage():
    assert allowed(lambda who: rules.may_file(who, OWN)) == REGISTRY
    assert allowed(lambda who: rules.may_file(who, OTHER)) == set()
    assert allowed(lambda who: rules.may_set_wage(who, OWN)) == {Role.PRESIDENT}
    assert allowed(lambda who: rules.may_set_wage(who, OTHER)) == set()


def test_every_manner_of_closing_is_a_step():
    assert {rules.closing_step(manner) for manner in Manner} <= {step.name for step in rules.STEPS}


CLEAR = Situation(
    agreed=True, fee_settled=True, heard=True, document=True, served=True, today=DAY, limit=DAY, pay_until=None
)


@pytest.mark.parametrize(
    ("step", "over", "found"),
    [
        ("demand_fee", {"mediating": True}, [Obstacle.MEDIATION_UNDER_WAY]),
        ("to_fast_track", {"fee_settled": False}, [Obstacle.FEE_UNPAID]),
        ("to_ordinary", {"fee_settled": False}, [Obstacle.FEE_UNPAID]),
        ("convert", {"limit": date(2026, 3, 1)}, [Obstacle.LIMIT_OVER]),
        ("close_other", {"mediating": True, "agreed": False}, [Obstacle.MEDIATION_UNDER_WAY, Obstacle.NO_AGREEMENT]),
        ("close_mediation_document", {"document": False, "served": False}, [Obstacle.NO_DOCUMENT]),
        ("close_mediation_document", {"served": False}, [Obstacle.NOT_SERVED]),
        ("close_withdrawn", {"mediating": True}, [Obstacle.MEDIATION_UNDER_WAY]),
        ("to_panel", {"panel": True}, [Obstacle.NOT_SOLE]),
        ("close_judgment", {"heard": False}, [Obstacle.NOT_HEARD]),
        *(
            (step, {"judge": False}, [Obstacle.NO_JUDGE])
            for step in sorted(rules.JUDICIAL - {"close_deemed_withdrawn", "close_transferred", "to_summary"})
        ),
        ("close_transferred", {}, [Obstacle.NOT_AWAY]),
        ("close_transferred", {"judge": False, "away": True}, [Obstacle.NO_JUDGE]),
        ("close_judgment", {"jurisdiction_open": True}, [Obstacle.JURISDICTION_OPEN]),
        ("close_dismissed", {"away": True}, [Obstacle.JURISDICTION_OPEN]),
        ("close_withdrawn", {"panel": True, "members": False}, [Obstacle.NO_PANEL]),
    ],
)
def test_what_stands_in_the_way_of_a_step(step, over, found):
    assert rules.obstacles(step, replace(CLEAR, **over)) == found
    assert rules.obstacles(step, replace(CLEAR, away=step == "close_transferred")) == []


@pytest.mark.parametrize(
    ("over", "found"),
    [
        ({"fee_settled": True}, [Obstacle.FEE_PAID]),
        ({"relief_open": True}, [Obstacle.RELIEF_OPEN]),
        ({"pay_until": DAY}, [Obstacle.TIME_TO_PAY]),
        ({"pay_until": date(2026, 3, 1)}, []),
        ({"pay_until": None}, []),
    ],
)
def test_nobody_has_withdrawn_while_there_was_time_to_pay(over, found):
    unpaid = replace(CLEAR, fee_settled=False, pay_until=date(2026, 3, 1))
    assert rules.obstacles("close_deemed_withdrawn", replace(unpaid, **over)) == found


def test_a_case_without_a_limit_is_not_late():
    assert rules.obstacles("convert", replace(CLEAR, limit=None)) == []
    assert rules.obstacles("begin_mediation", CLEAR) == []


SIMPLE = Track(Procedure.SUMMARY, SmallClaim.TOO_LARGE)


@pytest.mark.parametrize(
    ("over", "found"),
    [
        ({}, []),
        ({"procedure": Procedure.ORDINARY_SOLE}, [Obstacle.NOT_SUMMARY]),
        ({"procedure": Procedure.ORDINARY_PANEL, "small": SmallClaim.MANDATORY}, [Obstacle.NOT_SUMMARY]),
        ({"exclusions": frozenset({Exclusion.REMANDED})}, [Obstacle.EXCLUDED]),
        ({"is_tribunal": False}, [Obstacle.NOT_A_TRIBUNAL]),
        ({"judge_is_fast_track": False}, [Obstacle.NOT_A_FAST_TRACK_JUDGE]),
        ({"judge_mediated": True}, [Obstacle.JUDGE_MEDIATED]),
        ({"judge_apart": True}, [Obstacle.JUDGE_APART]),
        ({"small": SmallClaim.MANDATORY}, [Obstacle.MUST_BE_SMALL]),
    ],
)
def test_what_keeps_a_case_from_the_fast_track(over, found):
    assert rules.track_obstacles(replace(SIMPLE, **over)) == found


@pytest.mark.parametrize(("small", "both"), list(product(SmallClaim, [False, True])))
def test_what_keeps_a_case_from_small_claims(small, both):
    found = rules.track_obstacles(Track(Procedure.SMALL, small, both_agree_small=both))
    wanted = {
        SmallClaim.MANDATORY: [],
        SmallClaim.WAGE_NOT_SET: [Obstacle.WAGE_NOT_SET],
        SmallClaim.IF_BOTH_AGREE: [] if both else [Obstacle.BOTH_MUST_AGREE],
    }
    assert found == wanted.get(small, [Obstacle.NOT_SMALL])


@pytest.mark.parametrize(
    ("amount", "wage", "exclusions", "found"),
    [
        (50_000, 100_000, (), SmallClaim.MANDATORY),
        (50_001, 100_000, (), SmallClaim.IF_BOTH_AGREE),
        (200_000, 100_000, (), SmallClaim.IF_BOTH_AGREE),
        (200_001, 100_000, (), SmallClaim.TOO_LARGE),
        (50_000, None, (), SmallClaim.WAGE_NOT_SET),
        (None, 100_000, (), SmallClaim.NO_MONEY_CLAIM),
        (None, None, (), SmallClaim.NO_MONEY_CLAIM),
        (50_000, 100_000, (SmallExclusion.FOREIGN,), SmallClaim.EXCLUDED),
    ],
)
def test_half_the_wage_by_law_and_twice_of_it_when_both_agree(amount, wage, exclusions, found):
    assert rules.small_claim(amount, wage, exclusions) is found


def test_every_refusal_has_words_and_an_article_that_can_be_read():
    assert set(labels.OBSTACLE) == set(Obstacle) == set(rules.OBSTACLE_ARTICLE)
    for article in filter(None, rules.OBSTACLE_ARTICLE.values()):
        assert law.cite(article), article


def test_nobody_decides_about_the_own_application():
    asked = type("Asked", (), {"court_id": OWN, "requested_by_id": WHO})()
    assert not limits.may_decide(Actor(WHO, OWN, frozenset({Role.PRESIDENT})), asked)
