"""Ties and recusal: whether somebody is the one, what a tie means, who decides; without a database."""

from dataclasses import dataclass
from datetime import date

import pytest

from mediation.assignment.rules import CheckResult, Finding
from mediation.assignment.ties import rules
from mediation.assignment.ties.rules import Decision, Known, Match, Obstacle, TieKind
from mediation.kernel.actor import Role
from tests.everybody import OTHER, OWN, allowed

TODAY = date(2026, 3, 2)
REGISTRY = {Role.CLERK, Role.TRIAGE}


@dataclass(frozen=True)
class Mediator:
    id: int = 7
    court_id: int = OWN
    organisation_id: int | None = 3


@dataclass(frozen=True)
class Recusal:
    mediator_id: int = 7
    court_id: int = OWN
    organisation_id: int | None = 3


@pytest.mark.parametrize(
    ("key", "name", "verdict", "found"),
    [
        ("k1", "别名", None, Match.YES),
        ("k2", "李四", None, Match.NO),
        ("k2", "李四", True, Match.NO),
        ("", "李四", None, Match.NAME_ONLY),
        ("", "李四", True, Match.YES),
        ("", "李四", False, Match.NO),
        ("", "张三", None, Match.NO),
    ],
)
def test_identity_decides_and_a_name_alone_is_a_question(key, name, verdict, found):
    assert rules.match(Known(1, TieKind.KIN, "k1", "李四"), key, name, verdict=verdict) is found


def test_an_entry_without_a_name_matches_no_name():
    assert rules.match(Known(1, TieKind.KIN, "k1", ""), "", "") is Match.NO


@pytest.mark.parametrize("kind", list(TieKind))
def test_what_an_entry_means(kind):
    lasting, over = Known(1, kind), Known(1, kind, ended=True)
    usual = rules.FINDING_OF[kind]
    work = kind in {TieKind.FIRM, TieKind.EMPLOYER}
    assert rules.finding_of(lasting, of_agent=False) is usual
    # R2-21: who belongs to the agent's own firm does not mediate, as long as that lasts.
    assert rules.finding_of(lasting, of_agent=True) is (Finding.SAME_FIRM if kind is TieKind.FIRM else usual)
    for agent in (True, False):
        assert rules.finding_of(over, of_agent=agent) is (Finding.OTHER_TIE if work else usual)


LEDGER = {
    rules.may_read_ties: REGISTRY | {Role.GUIDING_JUDGE, Role.PRESIDENT},
    rules.may_record_tie: REGISTRY,
    rules.may_settle_tie: REGISTRY,
}


@pytest.mark.parametrize("question", LEDGER)
def test_who_keeps_the_ledger(question):
    def ask(**own):
        return allowed(lambda who: question(who, Mediator()), **own)

    own = set() if question is rules.may_settle_tie else {Role.MEDIATOR}
    body = set() if question is rules.may_settle_tie else {Role.ORGANISATION}
    assert ask() == ask(mediator_id=8, organisation_id=4) == LEDGER[question]
    assert ask(mediator_id=7) == LEDGER[question] | own
    assert ask(organisation_id=3) == LEDGER[question] | body
    assert ask(court_id=OTHER, mediator_id=7, organisation_id=3) == set()


def test_who_decides_on_recusal():
    court = REGISTRY | {Role.GUIDING_JUDGE}

    def ask(**own):
        return allowed(lambda who: rules.may_decide(who, Recusal()), **own)

    assert ask() == ask(organisation_id=4) == court
    assert ask(organisation_id=3) == court | {Role.ORGANISATION}
    # Nobody decides about the own case, whatever else the account may do.
    assert ask(mediator_id=7, organisation_id=3) == set()
    assert ask(court_id=OTHER, organisation_id=3) == set()


def test_who_records_consent_and_what_falls_away():
    assert allowed(lambda who: rules.may_consent(who, Recusal())) == REGISTRY
    assert allowed(lambda who: rules.may_consent(who, Recusal()), court_id=OTHER) == set()
    dropping = REGISTRY | {Role.GUIDING_JUDGE, Role.MEDIATOR, Role.ORGANISATION, None}
    assert allowed(lambda who: rules.may_drop(who, Recusal())) == dropping
    assert allowed(lambda who: rules.may_drop(who, Recusal()), court_id=OTHER) == set()


GOOD = {"other_key": "k1", "other_name": "李四", "own_key": "k7", "since": None, "until": None, "today": TODAY}


@pytest.mark.parametrize(
    ("over", "found"),
    [
        ({}, []),
        ({"other_name": " "}, [Obstacle.NO_ONE]),
        ({"own_key": "k1"}, [Obstacle.OWN_NUMBER]),
        ({"own_key": "", "other_key": ""}, []),
        ({"since": TODAY, "until": TODAY}, []),
        ({"since": date(2026, 3, 3)}, [Obstacle.FUTURE_DAY]),
        ({"until": date(2026, 3, 3)}, [Obstacle.FUTURE_DAY]),
        ({"since": date(2026, 3, 2), "until": date(2026, 3, 1)}, [Obstacle.UNTIL_BEFORE_SINCE]),
    ],
)
def test_what_keeps_an_entry_out_of_the_ledger(over, found):
    assert rules.tie_obstacles(**(GOOD | over)) == found


@pytest.mark.parametrize("result", list(CheckResult))
@pytest.mark.parametrize("decision", list(Decision))
def test_a_decision_has_reasons_and_what_the_law_excludes_is_not_dismissed(decision, result):
    assert rules.decision_obstacle(decision, result, reason=" ") is Obstacle.NO_WORDS
    must = decision is Decision.DISMISS and result is CheckResult.BLOCKED
    assert rules.decision_obstacle(decision, result, reason="经核实") is (Obstacle.MUST_YIELD if must else None)
