"""Regimes, the decision table, the way to filing: every combination, without a database."""

from dataclasses import replace
from datetime import date
from itertools import product
from types import SimpleNamespace

import pytest

from mediation.disputes.rules import Confirming, PartyRole, Route, Status
from mediation.intake import rules
from mediation.intake.rules import Answer, Given, Manner, Next, Obstacle, RouteFacts, ScreeningResult
from mediation.kernel import law
from mediation.kernel.actor import Actor, Role
from tests.everybody import allowed

ALL = frozenset(Route)


def given(role: PartyRole, answer: Answer | None, *, outside: bool = False, manner: Manner = Manner.SIGNED) -> Given:
    return Given(role, answer, manner if answer else None, chooses_outside=outside)


def facts(one: Answer | None, other: Answer | None, *, outside: bool = False, **more: object) -> RouteFacts:
    answers = (given(PartyRole.APPLICANT, one, outside=outside), given(PartyRole.RESPONDENT, other))
    return replace(RouteFacts(ALL, answers=answers), **more)


# ---- regimes ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("preset", "day", "routes"),
    [
        ("story-2019", date(2019, 7, 8), "ABC"),
        ("story-2019", date(2026, 11, 23), "ABC"),
        ("story-2019", date(2016, 6, 30), "C"),
        ("opinions-2025", date(2024, 12, 31), "ABC"),
        ("opinions-2025", date(2025, 1, 1), "BC"),
        ("opinions-2025", date(2010, 12, 31), ""),
    ],
)
def test_routes_of_the_day(preset: str, day: date, routes: str) -> None:
    assert rules.enabled_on(rules.REGIMES[preset], day) == {Route(name) for name in routes}


# ---- the decision table of 3.0 ----------------------------------------------------------------------------------

ANSWERS = (None, *Answer)


def expected_a(one: Answer | None, other: Answer | None) -> bool:
    return one is Answer.AGREES and other is not Answer.REFUSES


@pytest.mark.parametrize(
    ("enabled", "complaint", "one", "other", "outside"),
    list(product([True, False], [True, False], ANSWERS, ANSWERS, [True, False])),
)
def test_every_row_of_the_decision_table(
    enabled: bool, complaint: bool, one: Answer | None, other: Answer | None, outside: bool
) -> None:
    now = facts(one, other, outside=outside, complaint_pending=complaint, enabled=ALL if enabled else frozenset())
    consent = expected_a(one, other)
    offered = {route for route in Route if not rules.obstacles(route, now)}
    wanted = set()
    if enabled:
        wanted |= {Route.A} if consent else set()
        wanted |= {Route.B} if consent and complaint else set()
        wanted |= {Route.C} if one is Answer.AGREES and outside and not complaint else set()
    assert offered == wanted
    # Whatever they answer, filing is open.
    assert rules.filing_obstacles(now.status) == []


def test_what_stands_against_each_route_is_named() -> None:
    agreed = facts(Answer.AGREES, Answer.AGREES)
    assert rules.obstacles(Route.A, replace(agreed, enabled=frozenset({Route.B}))) == [Obstacle.NOT_ENABLED]
    assert rules.obstacles(Route.A, replace(agreed, result=None)) == [Obstacle.NOT_SCREENED]
    assert rules.obstacles(Route.A, replace(agreed, result=ScreeningResult.NOT_SUITABLE)) == [Obstacle.UNSUITABLE]
    assert rules.obstacles(Route.A, replace(agreed, outside_only=True)) == [Obstacle.ONLY_OUTSIDE]
    assert rules.obstacles(Route.A, replace(agreed, guided=False)) == [Obstacle.NOT_GUIDED]
    assert rules.obstacles(Route.A, facts(None, None)) == [Obstacle.NOT_ASKED]
    assert rules.obstacles(Route.A, facts(Answer.AGREES, Answer.REFUSES)) == [Obstacle.REFUSED]
    assert rules.obstacles(Route.B, replace(agreed, complaint_pending=False)) == [Obstacle.NO_COMPLAINT]
    assert rules.obstacles(Route.C, agreed) == [Obstacle.NOT_OWN_CHOICE, Obstacle.COMPLAINT_PENDING]
    assert rules.obstacles(Route.C, facts(Answer.REFUSES, None)) == [Obstacle.REFUSED, Obstacle.COMPLAINT_PENDING]


def test_after_filing_every_party_must_agree() -> None:
    filed = facts(Answer.AGREES, Answer.SILENT, status=Status.FILED)
    assert rules.obstacles(Route.B, filed) == [Obstacle.OTHER_SIDE_SILENT]
    assert rules.obstacles(Route.B, facts(Answer.AGREES, Answer.AGREES, status=Status.FILED)) == []
    assert rules.obstacles(Route.A, filed) == [Obstacle.OVER]
    assert rules.obstacles(Route.C, filed) == [Obstacle.OVER]


def test_labour_may_still_be_guided_outside() -> None:
    wages = facts(Answer.AGREES, None, outside=True, complaint_pending=False, outside_only=True)
    assert rules.obstacles(Route.C, wages) == []
    assert rules.obstacles(Route.B, wages) == [Obstacle.ONLY_OUTSIDE]


@pytest.mark.parametrize("manner", list(Manner))
def test_the_choice_of_mediation_outside_is_signed(manner: Manner) -> None:
    answers = (given(PartyRole.APPLICANT, Answer.AGREES, outside=True, manner=manner),)
    found = rules.obstacles(Route.C, RouteFacts(ALL, answers=answers, complaint_pending=False))
    assert found == ([] if manner in {Manner.SIGNED, Manner.ONLINE} else [Obstacle.NOT_OWN_CHOICE])


@pytest.mark.parametrize(("route", "status"), list(product(Route, Status)))
def test_routes_in_every_state(route: Route, status: Status) -> None:
    outside = route is Route.C
    now = facts(Answer.AGREES, Answer.AGREES, outside=True, complaint_pending=not outside, status=status)
    open_states = rules.BEFORE_ROUTE | ({Status.FILED} if route is Route.B else set())
    assert (not rules.obstacles(route, now)) == (status in open_states)


@pytest.mark.parametrize("obstacle", list(Obstacle))
def test_each_obstacle_names_its_article(obstacle: Obstacle) -> None:
    assert law.cite(rules.OBSTACLE_ARTICLE[obstacle])


@pytest.mark.parametrize("advice", list(rules.Advice))
def test_each_advice_names_its_article(advice: rules.Advice) -> None:
    assert law.cite(rules.ADVICE_ARTICLE[advice])


# ---- R0-04: filing ----------------------------------------------------------------------------------------------

STATES_WITHOUT_FILING = {
    Status.IN_MEDIATION: [Obstacle.IN_MEDIATION],
    Status.FILED: [Obstacle.OVER],
    Status.CLOSED: [Obstacle.OVER],
    Status.RETURNED: [Obstacle.OVER],
}


@pytest.mark.parametrize("status", list(Status))
def test_nothing_but_the_end_stands_against_filing(status: Status) -> None:
    assert rules.filing_obstacles(status) == STATES_WITHOUT_FILING.get(status, [])


# ---- what comes first -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("now", "step"),
    [
        (facts(None, None, result=None, guided=False, status=Status.RECEIVED), Next.SCREEN),
        (facts(None, None, result=ScreeningResult.OUT_OF_SCOPE, status=Status.SCREENED), Next.RETURN),
        (facts(None, None, result=ScreeningResult.WRONG_COURT, status=Status.SCREENED), Next.RETURN),
        (facts(None, None, result=ScreeningResult.NOT_SUITABLE, status=Status.SCREENED), Next.FILE),
        (facts(None, None, guided=False, status=Status.SCREENED), Next.GUIDE),
        (facts(None, None, status=Status.GUIDED), Next.ASK),
        (facts(Answer.AGREES, None), Next.ASK),
        (facts(Answer.AGREES, Answer.AGREES), Next.ROUTE_A),
        (facts(Answer.AGREES, Answer.SILENT), Next.ROUTE_A),
        (facts(Answer.AGREES, Answer.REFUSES), Next.FILE),
        (facts(Answer.REFUSES, None), Next.FILE),
        (facts(Answer.SILENT, Answer.SILENT), Next.FILE),
        (facts(Answer.AGREES, Answer.AGREES, enabled=frozenset({Route.B, Route.C})), Next.FILE),
        (
            facts(Answer.AGREES, Answer.AGREES, outside=True, complaint_pending=False, enabled=frozenset({Route.C})),
            Next.ROUTE_C,
        ),
        (facts(Answer.AGREES, Answer.AGREES, status=Status.NOT_AGREED), Next.FILE),
        (facts(Answer.AGREES, Answer.AGREES, status=Status.IN_MEDIATION), Next.NOTHING),
        (facts(None, None, status=Status.CLOSED), Next.NOTHING),
    ],
)
def test_the_step_that_comes_first(now: RouteFacts, step: Next) -> None:
    assert rules.next_step(now) is step


def test_an_open_correction_comes_before_everything() -> None:
    assert rules.next_step(facts(None, None, result=None), correction_open=True) is Next.CORRECT


@pytest.mark.parametrize(
    ("one", "other", "result", "guided"), list(product(ANSWERS, ANSWERS, [None, *ScreeningResult], [True, False]))
)
def test_a_refusal_always_leads_to_filing(
    one: Answer | None, other: Answer | None, result: ScreeningResult | None, guided: bool
) -> None:
    step = rules.next_step(facts(one, other, result=result, guided=guided))
    if Answer.REFUSES in {one, other} and result in {ScreeningResult.SUITABLE, ScreeningResult.NOT_SUITABLE}:
        assert step is Next.FILE
    assert step not in {Next.NOTHING, Next.CORRECT}


def test_who_agrees() -> None:
    assert not rules.all_agree(())
    assert rules.all_agree(facts(Answer.AGREES, Answer.AGREES).answers)
    assert not rules.all_agree(facts(Answer.AGREES, None).answers)


# ---- who may ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("role", "court"), list(product(Role, [1, 2])))
def test_who_works_at_the_counter_and_who_decides_otherwise(role: Role, court: int) -> None:
    actor = Actor(1, court, frozenset({role}))
    dispute = Actor(0, 1)
    assert rules.may_work(actor, dispute) == (court == 1 and role in {Role.CLERK, Role.TRIAGE})
    assert rules.may_override(actor, dispute) == (court == 1 and role is Role.TRIAGE)


# ---- limitation -------------------------------------------------------------------------------------------------


def test_limitation_facts_in_order_of_time() -> None:
    complaint, committee = date(2026, 3, 5), date(2026, 3, 2)
    assert rules.interruptions(None, None) == []
    assert [kind for kind, _day in rules.interruptions(complaint, committee)] == [
        rules.Interruption.COMMITTEE,
        rules.Interruption.COMPLAINT,
    ]


# ---- consent, asking, an agreement before the court -------------------------------------------------------------


@pytest.mark.parametrize("status", Status)
def test_who_asks_for_consent(status):
    dispute = SimpleNamespace(court_id=1, status=status)
    during = {Role.MEDIATOR, Role.ORGANISATION} if status is Status.IN_MEDIATION else set()
    assert allowed(lambda who: rules.may_record_consent(who, dispute)) == {Role.CLERK, Role.TRIAGE} | during
    assert allowed(lambda who: rules.may_record_consent(who, dispute), court_id=2) == set()


@pytest.mark.parametrize("confirming", Confirming)
def test_what_is_before_the_court_or_confirmed_by_it_is_not_filed(confirming):
    wanted = {Confirming.PENDING: Obstacle.CONFIRMATION_PENDING, Confirming.VALID: Obstacle.CONFIRMED}
    assert rules.filing_obstacles(Status.AGREED, confirming) == [wanted[confirming]]
    assert rules.filing_obstacles(Status.IN_MEDIATION, confirming) == [Obstacle.IN_MEDIATION]


ASKED_WHERE = {
    Status.RECEIVED: [Obstacle.NOT_SCREENED],
    Status.SCREENED: [Obstacle.NOT_GUIDED],
    Status.GUIDED: [],
    Status.CONSENT_ASKED: [],
    Status.IN_MEDIATION: [],
    Status.FILED: [],
    Status.AGREED: [Obstacle.OVER],
    Status.CLOSED: [Obstacle.OVER],
    Status.RETURNED: [Obstacle.OVER],
}


@pytest.mark.parametrize("status", ASKED_WHERE)
def test_nobody_is_asked_before_being_told_nor_after_the_end(status):
    assert rules.asking_obstacles(status) == ASKED_WHERE[status]
