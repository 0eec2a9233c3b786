"""Complaints, sanctions, evaluations and allowances: who may, and what stands against it; without a database."""

from dataclasses import dataclass, replace
from datetime import date

import pytest

from mediation.kernel.actor import Role
from mediation.roster.allowances import rules as allowances
from mediation.roster.allowances.rules import Ended, Outcome, Rule
from mediation.roster.conduct import rules
from mediation.roster.conduct.rules import Figures, SanctionFault, SanctionKind
from tests.everybody import OTHER, OWN, allowed

REGISTRY = {Role.CLERK, Role.TRIAGE}
EXAMINE = {Role.PRESIDENT, Role.GUIDING_JUDGE}
DAY = date(2026, 3, 9)


@dataclass(frozen=True)
class Complaint:
    court_id: int = OWN


QUESTIONS = {
    rules.may_receive: REGISTRY | EXAMINE,
    rules.may_read_conduct: REGISTRY | EXAMINE,
    rules.may_examine: EXAMINE,
    rules.may_sanction: {Role.PRESIDENT},
}


@pytest.mark.parametrize("question", QUESTIONS)
def test_who_may(question):
    assert allowed(lambda who: question(who, Complaint())) == QUESTIONS[question]
    assert allowed(lambda who: question(who, Complaint()), court_id=OTHER) == set()


def test_who_answers_a_proposed_sanction():
    court = REGISTRY | {Role.PRESIDENT}
    assert allowed(lambda who: rules.may_answer(who, 7, OWN)) == court
    assert allowed(lambda who: rules.may_answer(who, 7, OWN), mediator_id=8) == court
    assert allowed(lambda who: rules.may_answer(who, 7, OWN), mediator_id=7) == court | {Role.MEDIATOR}
    assert allowed(lambda who: rules.may_answer(who, 7, OTHER), mediator_id=7) == set()


IN_ORDER = {"answered": True, "answer_until": DAY, "on": DAY, "until": None, "reported_to": ""}


@pytest.mark.parametrize(
    ("kind", "over", "found"),
    [
        (SanctionKind.WARNING, {}, []),
        (SanctionKind.WARNING, {"answered": False}, [SanctionFault.UNHEARD]),
        (SanctionKind.WARNING, {"answered": False, "answer_until": date(2026, 3, 8)}, []),
        (SanctionKind.SUSPENSION, {}, [SanctionFault.NO_LAST_DAY]),
        (SanctionKind.SUSPENSION, {"until": DAY}, [SanctionFault.LAST_DAY_PAST]),
        (SanctionKind.SUSPENSION, {"until": date(2026, 3, 10)}, []),
        (SanctionKind.REMOVAL, {"reported_to": " "}, [SanctionFault.NOT_REPORTED]),
        (SanctionKind.REMOVAL, {"reported_to": "历下区司法局"}, []),
    ],
)
def test_nobody_is_sanctioned_unheard(kind, over, found):
    assert rules.faults(kind, **(IN_ORDER | over)) == found


def test_the_day_of_the_proposal_is_not_counted():
    assert rules.answer_until(date(2026, 3, 4), 5) == DAY


@pytest.mark.parametrize(
    ("figures", "rate", "average"),
    [
        (Figures(), None, None),
        (Figures(ended=3, agreed=2, days=50), 67, 17),
        (Figures(ended=4, agreed=0, days=0), 0, 0),
    ],
)
def test_the_figures_behind_an_evaluation(figures, rate, average):
    assert (figures.rate, figures.average_days) == (rate, average)


GENERAL = Rule(1, date(2026, 1, 1), "", Outcome.AGREED, 10_000, "办公会纪要1号")
FAMILY = Rule(2, date(2026, 1, 1), "2", Outcome.AGREED, 20_000, "办公会纪要1号")
LATER = Rule(3, date(2026, 3, 1), "", Outcome.AGREED, 15_000, "办公会纪要2号")
CORRECTED = Rule(4, date(2026, 3, 1), "", Outcome.AGREED, 16_000, "办公会纪要3号")
RULES = [GENERAL, FAMILY, LATER, CORRECTED]
ENDED = Ended(1, 7, "（2026）诉前调1号", "4.12", Outcome.AGREED, date(2026, 2, 28))


@pytest.mark.parametrize(
    ("over", "rule"),
    [
        ({}, GENERAL),
        ({"ended_on": date(2025, 12, 31)}, None),
        ({"ended_on": date(2026, 3, 1)}, CORRECTED),
        ({"cause_code": "2.1", "ended_on": date(2026, 3, 1)}, FAMILY),
        ({"cause_code": "2"}, FAMILY),
        ({"cause_code": "20.1"}, GENERAL),
        ({"outcome": Outcome.FAILED}, None),
    ],
)
def test_the_closest_cause_then_the_latest_day_decides(over, rule):
    ended = replace(ENDED, **over)
    assert allowances.rule_for(RULES, ended) is rule
    (line,) = allowances.lines(RULES, [ended])
    assert line.amount_fen == (rule.amount_fen if rule else 0)


def test_who_keeps_the_accounts_of_allowances():
    assert allowed(allowances.may_read) == REGISTRY | {Role.PRESIDENT}
    assert allowed(allowances.may_set) == {Role.PRESIDENT}
