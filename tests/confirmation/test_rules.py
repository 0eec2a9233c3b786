"""Machine C and what stands in its way, without a database: every status, step, role and boundary day."""

from dataclasses import replace
from datetime import date, timedelta
from types import SimpleNamespace

import pytest

from mediation.confirmation import labels, obstacles, rules
from mediation.confirmation.obstacles import ApplyFacts, Facts
from mediation.confirmation.rules import (
    Bar,
    Exclusion,
    Finding,
    Form,
    Ground,
    Lapse,
    Material,
    Obstacle,
    Question,
    Status,
)
from mediation.kernel import states
from mediation.kernel.actor import Actor, Role
from mediation.kernel.law import cite

TODAY = date(2026, 3, 31)
JUDGE = Actor(7, 1, frozenset({Role.CONFIRMATION_JUDGE}))
CLERK = Actor(8, 1, frozenset({Role.CLERK}))
CLEAR = dict.fromkeys(Ground, Finding.CLEAR)

# Which steps are drawn for whom, in every status: written out by hand from DOMAIN 3.8.
JUDGE_STEPS = {
    Status.APPLIED: {"order_materials", "not_accept", "accept", "withdraw", "deem_withdrawn"},
    Status.ACCEPTED: {
        "plan_questioning", "order_supplement", "question", "dismiss_excluded", "withdraw", "deem_withdrawn",
    },
    Status.SUPPLEMENT: {
        "supplied", "supplied_after_questioning", "dismiss_excluded", "withdraw", "deem_withdrawn",
    },
    Status.EXAMINED: {
        "order_supplement", "question", "examine", "rule_valid", "dismiss", "dismiss_excluded", "withdraw",
        "deem_withdrawn",
    },
    Status.NOT_ACCEPTED: {"serve"},
    Status.VALID: {"serve"},
    Status.DISMISSED: {"serve"},
    Status.WITHDRAWN: {"serve"},
    Status.DEEMED_WITHDRAWN: {"serve"},
    Status.SERVED: set(),
}  # fmt: skip
CLERK_STEPS = {
    Status.APPLIED: {"receive_materials", "order_materials"},
    Status.ACCEPTED: {"plan_questioning"},
    Status.SUPPLEMENT: {"supplied", "supplied_after_questioning"},
    Status.EXAMINED: set(),
}


def case(status: Status, judge_id: int | None = 7) -> SimpleNamespace:
    return SimpleNamespace(status=status, court_id=1, judge_id=judge_id)


@pytest.mark.parametrize("status", Status)
def test_steps_of_the_judge_and_of_the_registry(status: Status) -> None:
    assert set(states.available(rules.STEPS, JUDGE, case(status))) == JUDGE_STEPS[status]
    assert set(states.available(rules.STEPS, CLERK, case(status))) == CLERK_STEPS.get(
        status, {"serve"} & JUDGE_STEPS[status]
    )


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.CLERK, Role.TRIAGE, Role.CONFIRMATION_JUDGE}))
@pytest.mark.parametrize("status", Status)
def test_nobody_else_takes_any_step(status: Status, role: Role) -> None:
    assert states.available(rules.STEPS, Actor(9, 1, frozenset({role})), case(status)) == []


@pytest.mark.parametrize("status", Status)
def test_another_court_takes_no_step(status: Status) -> None:
    assert states.available(rules.STEPS, replace(JUDGE, court_id=2), case(status)) == []
    assert states.available(rules.STEPS, replace(CLERK, court_id=2), case(status)) == []


def test_once_it_fell_to_a_judge_no_other_decides() -> None:
    other = replace(JUDGE, id=70)
    assert not rules.may_judge(other, case(Status.EXAMINED))
    assert rules.may_judge(other, case(Status.APPLIED, judge_id=None))


def test_only_the_president_of_the_court_approves() -> None:
    for role in Role:
        assert rules.may_approve(Actor(9, 1, frozenset({role})), case(Status.ACCEPTED)) == (role is Role.PRESIDENT)
    assert not rules.may_approve(Actor(9, 2, frozenset({Role.PRESIDENT})), case(Status.ACCEPTED))


def test_every_step_and_obstacle_has_words_and_an_article_that_exists() -> None:
    assert set(labels.STEP) == {step.name for step in rules.STEPS}
    assert set(rules.OBSTACLE_ARTICLE) == set(Obstacle) == set(labels.OBSTACLE)
    for article in (*rules.OBSTACLE_ARTICLE.values(), *rules.MATERIAL_ARTICLE.values(), rules.GROUND_ARTICLE):
        assert article == "" or cite(article)
    for step in rules.STEPS:
        assert f"confirmation.{step.name}" in labels.EVENTS


# --- applying -------------------------------------------------------------------------------------------------------

APPLY = ApplyFacts(
    effective_on=date(2026, 3, 1),
    apply_until=date(2026, 3, 31),
    received_on=TODAY,
    today=TODAY,
    parties=frozenset({1, 2}),
    applied_by=frozenset({1, 2}),
)


def test_a_joint_application_on_the_last_day_is_in_time() -> None:
    assert obstacles.apply_obstacles(APPLY) == []


def test_one_day_later_it_is_late() -> None:
    late = replace(APPLY, received_on=TODAY + timedelta(days=1), today=TODAY + timedelta(days=1))
    assert obstacles.apply_obstacles(late) == [Obstacle.LATE]


def test_the_post_mark_counts() -> None:
    posted = replace(APPLY, received_on=TODAY + timedelta(days=4), today=TODAY + timedelta(days=4), posted_on=TODAY)
    assert obstacles.apply_obstacles(posted) == []
    late = replace(posted, posted_on=TODAY + timedelta(days=1))
    assert obstacles.apply_obstacles(late) == [Obstacle.LATE]


@pytest.mark.parametrize(
    ("change", "found"),
    [
        ({"effective_on": None, "apply_until": None}, [Obstacle.NOT_EFFECTIVE]),
        ({"received_on": date(2026, 2, 28)}, [Obstacle.NOT_EFFECTIVE]),
        ({"received_on": date(2026, 4, 1), "apply_until": date(2026, 4, 2)}, [Obstacle.RECEIVED_IN_FUTURE]),
        ({"posted_on": date(2026, 4, 1), "apply_until": date(2026, 4, 2)}, [Obstacle.RECEIVED_IN_FUTURE]),
        ({"applied_by": frozenset({1})}, [Obstacle.NOT_JOINT]),
        ({"applied_by": frozenset()}, [Obstacle.NOT_JOINT]),
        ({"unauthorised": frozenset({2})}, [Obstacle.NO_AUTHORITY]),
        ({"cause_excluded": True}, [Obstacle.EXCLUDED_CAUSE]),
        ({"pending": True}, [Obstacle.ALREADY_APPLIED]),
        ({"cause_excluded": True, "applied_by": frozenset({1})}, [Obstacle.EXCLUDED_CAUSE, Obstacle.NOT_JOINT]),
    ],
)
def test_what_stands_against_an_application(change: dict, found: list[Obstacle]) -> None:
    assert obstacles.apply_obstacles(replace(APPLY, **change)) == found


def test_the_papers_the_law_asks_for() -> None:
    always = {Material.AGREEMENT, Material.PRESIDED, Material.IDENTITY, Material.CONTACT}
    assert obstacles.required(form=Form.ORAL, title_concerned=False, by_agent=False) == always
    written = obstacles.required(form=Form.WRITTEN, title_concerned=False, by_agent=False)
    assert written == always | {Material.APPLICATION}
    assert obstacles.required(form=Form.WRITTEN, title_concerned=True, by_agent=True) == set(Material)


# --- each step ------------------------------------------------------------------------------------------------------

READY = Facts(today=TODAY, questioned=True, findings=CLEAR)


@pytest.mark.parametrize("step", [step.name for step in rules.STEPS])
def test_a_judge_who_diverted_or_mediated_takes_no_judicial_step(step: str) -> None:
    bars = rules.bars(7, diverted_by_id=7, mediator_user_id=7)
    assert bars == [Bar.DIVERTED, Bar.MEDIATED]
    found = set(obstacles.obstacles(step, replace(READY, judge_bars=bars)))
    barred = {Obstacle.JUDGE_DIVERTED, Obstacle.JUDGE_MEDIATED}
    assert (barred <= found) == (step in obstacles.JUDICIAL)
    assert bool(barred & found) == (step in obstacles.JUDICIAL)


def test_whom_the_separation_bars() -> None:
    assert rules.bars(7, diverted_by_id=8, mediator_user_id=None) == []
    assert rules.bars(7, diverted_by_id=7, mediator_user_id=None) == [Bar.DIVERTED]
    assert rules.bars(7, diverted_by_id=8, mediator_user_id=7) == [Bar.MEDIATED]


def test_every_ruling_is_judicial_and_registration_is_not() -> None:
    clerical = {
        "receive_materials",
        "order_materials",
        "plan_questioning",
        "supplied",
        "supplied_after_questioning",
        "serve",
    }
    assert {step.name for step in rules.STEPS} - obstacles.JUDICIAL == clerical


@pytest.mark.parametrize("ground", Ground)
@pytest.mark.parametrize("others", Finding)
def test_any_single_ground_forbids_validity_and_allows_dismissal(ground: Ground, others: Finding) -> None:
    facts = replace(READY, findings=dict.fromkeys(Ground, others) | {ground: Finding.FOUND})
    assert obstacles.obstacles("rule_valid", facts) == [Obstacle.GROUND_FOUND]
    assert obstacles.obstacles("dismiss", facts) == []
    assert ground in facts.grounds


def test_without_any_ground_only_validity() -> None:
    assert obstacles.obstacles("rule_valid", READY) == []
    assert obstacles.obstacles("dismiss", READY) == [Obstacle.NO_GROUND]


@pytest.mark.parametrize("missing", Ground)
def test_an_incomplete_check_list_allows_no_ruling(missing: Ground) -> None:
    facts = replace(READY, findings={g: f for g, f in CLEAR.items() if g is not missing})
    for step in ("rule_valid", "dismiss", "examine"):
        assert Obstacle.CHECKLIST_OPEN in obstacles.obstacles(step, facts)


def test_no_ruling_before_both_were_questioned() -> None:
    facts = replace(READY, questioned=False)
    assert obstacles.obstacles("rule_valid", facts) == [Obstacle.NOT_QUESTIONED]
    found = replace(facts, findings=CLEAR | {Ground.OTHER: Finding.FOUND})
    assert obstacles.obstacles("dismiss", found) == [Obstacle.NOT_QUESTIONED]
    assert obstacles.obstacles("supplied_after_questioning", facts) == [Obstacle.NOT_QUESTIONED]
    assert obstacles.obstacles("supplied_after_questioning", READY) == []


def test_both_are_present_and_every_question_answered() -> None:
    facts = replace(READY, parties=frozenset({1, 2}), present=frozenset({1, 2}), answered=set(Question))
    assert obstacles.obstacles("question", facts) == []
    assert obstacles.obstacles("question", replace(facts, present=frozenset({1}))) == [Obstacle.NOT_BOTH_PRESENT]
    for question in Question:
        some = replace(facts, answered=set(Question) - {question})
        assert obstacles.obstacles("question", some) == [Obstacle.UNANSWERED]


def test_acceptance_needs_the_papers_and_the_thirty_days() -> None:
    assert obstacles.obstacles("accept", READY) == []
    assert obstacles.obstacles("accept", replace(READY, missing={Material.PRESIDED})) == [Obstacle.MATERIALS_MISSING]
    assert obstacles.obstacles("accept", replace(READY, late=True)) == [Obstacle.LATE]


def test_not_accepting_needs_a_reason_of_the_law() -> None:
    assert obstacles.obstacles("not_accept", READY) == [Obstacle.NO_EXCLUSION]
    assert obstacles.obstacles("not_accept", replace(READY, late=True)) == []
    for exclusion in Exclusion:
        assert obstacles.obstacles("not_accept", replace(READY, exclusions={exclusion})) == []
        assert obstacles.obstacles("dismiss_excluded", replace(READY, exclusions={exclusion})) == []
    assert obstacles.obstacles("dismiss_excluded", replace(READY, late=True)) == [Obstacle.NO_EXCLUSION]


def test_a_limit_for_supplements_lies_ahead() -> None:
    for step in ("order_materials", "order_supplement"):
        for due, found in (
            (None, [Obstacle.DUE_IN_PAST]),
            (TODAY, [Obstacle.DUE_IN_PAST]),
            (TODAY + timedelta(days=1), []),
        ):
            assert obstacles.obstacles(step, replace(READY, supplement_due=due)) == found


def test_treated_as_withdrawn_only_after_the_limit_or_a_refusal() -> None:
    not_supplied = replace(READY, lapse=Lapse.NOT_SUPPLEMENTED)
    assert obstacles.obstacles("deem_withdrawn", not_supplied) == [Obstacle.NO_SUPPLEMENT_ORDERED]
    last_day = replace(not_supplied, supplement_due=TODAY)
    assert obstacles.obstacles("deem_withdrawn", last_day) == [Obstacle.SUPPLEMENT_RUNNING]
    assert obstacles.obstacles("deem_withdrawn", replace(last_day, today=TODAY + timedelta(days=1))) == []
    refused = replace(READY, lapse=Lapse.REFUSED_QUESTIONING)
    assert obstacles.obstacles("deem_withdrawn", refused) == [Obstacle.NOT_CALLED]
    assert obstacles.obstacles("deem_withdrawn", replace(refused, called=True)) == []


def test_served_when_every_party_has_it() -> None:
    facts = replace(READY, parties=frozenset({1, 2}))
    assert obstacles.obstacles("serve", facts) == [Obstacle.NOT_ALL_SERVED]
    assert obstacles.obstacles("serve", replace(facts, served=frozenset({1}))) == [Obstacle.NOT_ALL_SERVED]
    assert obstacles.obstacles("serve", replace(facts, served=frozenset({1, 2}))) == []


@pytest.mark.parametrize("lapse", [None, *Lapse])
def test_a_withdrawal_is_possible_at_any_time_before_the_ruling(lapse: Lapse | None) -> None:
    assert obstacles.obstacles("withdraw", replace(READY, lapse=lapse, questioned=False)) == []
    assert states.find(rules.STEPS, "withdraw").sources == rules.BEFORE_RULING
