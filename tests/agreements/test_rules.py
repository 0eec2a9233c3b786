"""Who conducts and reads a mediation, what a session and an agreement need: without a database."""

from dataclasses import dataclass

import pytest

from mediation.agreements import rules
from mediation.agreements.rules import Duty, SessionObstacle, Signer
from mediation.assignment.rules import Kind
from mediation.kernel.actor import Actor, Role
from tests.everybody import OTHER, OWN, allowed

JUDGES = {Role.GUIDING_JUDGE, Role.FAST_TRACK_JUDGE, Role.CONFIRMATION_JUDGE}
REGISTRY = {Role.CLERK, Role.TRIAGE}


@dataclass(frozen=True)
class Mediation:
    court_id: int = OWN
    mediator_id: int | None = 7
    organisation_id: int | None = 3


QUESTIONS = {
    rules.may_conduct: set(),
    rules.may_read_mediation: set(),
    rules.may_read_agreement: REGISTRY | JUDGES,
    rules.may_record_performance: REGISTRY,
    rules.may_arrange: REGISTRY,
}


@pytest.mark.parametrize("question", QUESTIONS)
@pytest.mark.parametrize(
    ("own", "more"),
    [
        ({}, set()),
        ({"mediator_id": 7}, {Role.MEDIATOR}),
        ({"mediator_id": 8}, set()),
        ({"organisation_id": 3}, {Role.ORGANISATION}),
        ({"organisation_id": 4}, set()),
    ],
)
def test_minutes_stay_with_who_mediates(question, own, more):
    assert allowed(lambda who: question(who, Mediation()), **own) == QUESTIONS[question] | more
    assert allowed(lambda who: question(who, Mediation()), court_id=OTHER, **own) == set()


@pytest.mark.parametrize("question", QUESTIONS)
def test_what_nobody_has_is_nobodys_own(question):
    nobodys = Mediation(mediator_id=None, organisation_id=None)
    assert allowed(lambda who: question(who, nobodys)) == QUESTIONS[question]


@pytest.mark.parametrize(
    ("duties", "present", "unchecked", "found"),
    [
        (set(Duty), 2, 0, []),
        (set(Duty) - {Duty.SHAM}, 2, 0, [SessionObstacle.DUTIES]),
        (set(Duty), 0, 0, [SessionObstacle.NOBODY]),
        (set(Duty), 2, 1, [SessionObstacle.IDENTITY]),
        (set(), 0, 1, [SessionObstacle.DUTIES, SessionObstacle.NOBODY, SessionObstacle.IDENTITY]),
    ],
)
def test_what_is_missing_before_a_session(duties, present, unchecked, found):
    assert rules.session_obstacles(duties=duties, present=present, unchecked=unchecked) == found
    assert {rules.SESSION_OBSTACLE_ARTICLE[one] for one in found}.isdisjoint({""})


def test_on_another_day_only_with_the_reason():
    found = rules.session_obstacles(duties=set(Duty), present=2, unchecked=0, other_day=True)
    assert found == [SessionObstacle.OTHER_DAY]


def test_whose_signatures_an_agreement_needs():
    parties = [(1, "张三"), (2, "李四")]
    signed = [(Signer.PARTY, 1, "张三"), (Signer.PARTY, 2, "李四")]
    mediator = (Signer.MEDIATOR, 9, "王五")
    assert rules.wanted_signers(parties, guarantor="", mediators=[(9, "王五")], organisation="") == [*signed, mediator]
    assert rules.wanted_signers(parties, guarantor="赵六", mediators=[(9, "王五")], organisation="调委会") == [
        *signed, (Signer.GUARANTOR, None, "赵六"), mediator, (Signer.ORGANISATION, None, "调委会"),
    ]  # fmt: skip


def test_everybody_who_mediates_together_signs():
    """S4 art. 24 with art. 13."""
    both = [(9, "王五"), (8, "赵七")]
    assert rules.wanted_signers([], guarantor="", mediators=both, organisation="") == [
        (Signer.MEDIATOR, 9, "王五"), (Signer.MEDIATOR, 8, "赵七"),
    ]  # fmt: skip


@pytest.mark.parametrize("question", [rules.may_read_mediation, rules.may_read_agreement])
@pytest.mark.parametrize(
    ("role", "court", "number", "may"),
    [
        (Role.MEDIATOR, OWN, 8, True),
        (Role.MEDIATOR, OWN, 9, False),
        (Role.MEDIATOR, OTHER, 8, False),
        (Role.ORGANISATION, OWN, 8, False),
    ],
)
def test_who_mediates_beside_reads_with_the_one_who_presides(question, role, court, number, may):
    actor = Actor(5, court, frozenset({role}), mediator_id=number)
    assert question(actor, Mediation(), (8,)) is may
    assert not rules.may_conduct(actor, Mediation())


@pytest.mark.parametrize(
    ("cause", "excluded"), [("2", True), ("2.1", True), ("2.3.1", True), ("20", False), ("4.12", False), ("", False)]
)
def test_family_matters_are_signed_by_hand(cause, excluded):
    assert rules.electronic_excluded(cause) is excluded


def test_who_reads_what_a_case_was_settled_for():
    assert allowed(lambda who: rules.may_read_settlement(who, OWN)) == REGISTRY | {
        Role.GUIDING_JUDGE,
        Role.FAST_TRACK_JUDGE,
    }
    assert allowed(lambda who: rules.may_read_settlement(who, OTHER)) == set()


@pytest.mark.parametrize(
    ("kind", "more", "found"),
    [
        (Kind.DELEGATED, {}, []),
        (Kind.REFERRED, {}, []),
        (Kind.REFERRED, {"committee": False}, [rules.OralObstacle.NO_COMMITTEE]),
        (Kind.DELEGATED, {"committee": False}, []),
        (Kind.ENTRUSTED, {}, [rules.OralObstacle.ENTRUSTED]),
        (Kind.DELEGATED, {"guarantor": True}, [rules.OralObstacle.GUARANTOR]),
        (Kind.DELEGATED, {"confirmation": True}, [rules.OralObstacle.CONFIRMATION]),
    ],
)
def test_what_stands_in_the_way_of_an_oral_agreement(kind, more, found):
    facts = {"committee": True, "guarantor": False, "confirmation": False} | more
    assert rules.oral_obstacles(kind, **facts) == found
    assert set(rules.ORAL_OBSTACLE_ARTICLE) == set(rules.OralObstacle)


def test_only_what_the_court_delegated_is_signed():
    assert [kind for kind in Kind if rules.oral_is_signed(kind)] == [Kind.DELEGATED]
