"""Machine M in full: every status with every step, who may, how it ends, how long it lasts."""

from dataclasses import dataclass
from datetime import date

import pytest

from mediation.assignment import rules
from mediation.assignment.rules import EndCode, Kind, Outcome, Status, SuspensionReason
from mediation.kernel import law
from mediation.kernel.actor import Actor, Role
from mediation.kernel.errors import IllegalStep, NotPermitted
from mediation.kernel.states import available, check
from mediation.litigation.rules import Procedure
from mediation.periods.rules import PeriodKey
from tests.everybody import allowed


@dataclass
class Given:
    """An assignment as the rules read it."""

    status: Status = Status.ISSUED
    court_id: int = 1
    mediator_id: int | None = 7
    organisation_id: int | None = 3


def who(*roles: Role, court_id: int = 1, mediator_id: int | None = None, organisation_id: int | None = None) -> Actor:
    return Actor(5, court_id, frozenset(roles), "", mediator_id, organisation_id)


MEDIATOR = who(Role.MEDIATOR, mediator_id=7)
OTHER_MEDIATOR = who(Role.MEDIATOR, mediator_id=8)
ORGANISATION = who(Role.ORGANISATION, organisation_id=3)
OTHER_ORGANISATION = who(Role.ORGANISATION, organisation_id=4)
CLERK = who(Role.CLERK)
TRIAGE = who(Role.TRIAGE)
GUIDING = who(Role.GUIDING_JUDGE)
SYSTEM = Actor(0, 1)
STRANGERS = (
    OTHER_MEDIATOR,
    OTHER_ORGANISATION,
    who(Role.CONFIRMATION_JUDGE),
    who(Role.FAST_TRACK_JUDGE),
    who(Role.PRESIDENT),
    who(Role.SYSTEM_ADMIN),
    who(Role.CLERK, court_id=2),
    who(Role.GUIDING_JUDGE, court_id=2),
    who(Role.MEDIATOR, court_id=2, mediator_id=7),
    who(Role.ORGANISATION, court_id=2, organisation_id=3),
    who(Role.MEDIATOR),
    who(Role.ORGANISATION),
    Actor(0, 2),
)

# The table of DOMAIN 3.2 once more, written down by hand: status -> steps and where they lead.
COURSE: dict[Status, dict[str, Status]] = {
    Status.ISSUED: {
        "accept": Status.ACCEPTED,
        "decline": Status.DECLINED,
        "lapse": Status.DECLINED,
        "replace": Status.DECLINED,
        "refuse": Status.REFUSED,
        "withdraw": Status.WITHDRAWN,
    },
    Status.ACCEPTED: {
        "replace": Status.DECLINED,
        "refuse": Status.REFUSED,
        "schedule": Status.SCHEDULED,
        "suspend": Status.SUSPENDED,
        "fail": Status.FAILED,
        "withdraw": Status.WITHDRAWN,
    },
    Status.SCHEDULED: {
        "replace": Status.DECLINED,
        "refuse": Status.REFUSED,
        "open": Status.IN_SESSION,
        "suspend": Status.SUSPENDED,
        "fail": Status.FAILED,
        "withdraw": Status.WITHDRAWN,
    },
    Status.IN_SESSION: {
        "replace": Status.DECLINED,
        "adjourn": Status.SCHEDULED,
        "suspend": Status.SUSPENDED,
        "agree": Status.AGREED,
        "fail": Status.FAILED,
        "withdraw": Status.WITHDRAWN,
    },
    Status.SUSPENDED: {
        "replace": Status.DECLINED,
        "resume": Status.IN_SESSION,
        "resume_scheduled": Status.SCHEDULED,
        "resume_accepted": Status.ACCEPTED,
        "fail": Status.FAILED,
        "withdraw": Status.WITHDRAWN,
    },
}

EVERYBODY_OWN = {"mediator": MEDIATOR, "organisation": ORGANISATION, "clerk": CLERK, "triage": TRIAGE,
                 "guiding": GUIDING, "system": SYSTEM}  # fmt: skip
MEDIATING = {"mediator", "organisation"}
REGISTRY = {"clerk", "triage"}
MAY: dict[str, set[str]] = {
    "accept": MEDIATING,
    "decline": MEDIATING,
    "lapse": REGISTRY | {"system"},
    "replace": REGISTRY | {"guiding", "system"},
    "refuse": MEDIATING | REGISTRY,
    "schedule": MEDIATING | REGISTRY,
    "open": MEDIATING,
    "adjourn": MEDIATING,
    "suspend": MEDIATING | REGISTRY | {"guiding", "system"},
    "resume": MEDIATING | REGISTRY | {"guiding", "system"},
    "resume_scheduled": MEDIATING | REGISTRY | {"guiding", "system"},
    "resume_accepted": MEDIATING | REGISTRY | {"guiding", "system"},
    "agree": MEDIATING,
    "fail": MEDIATING | REGISTRY,
    "withdraw": MEDIATING | REGISTRY,
}


def actor_for(step: str) -> Actor:
    return next(a for n, a in EVERYBODY_OWN.items() if n in MAY[step])


@pytest.mark.parametrize("status", Status)
@pytest.mark.parametrize("step", [s.name for s in rules.STEPS])
def test_every_status_with_every_step(status, step):
    given = Given(status)
    lawful = COURSE.get(status, {})
    if step in lawful:
        assert check(rules.STEPS, step, actor_for(step), given).target is lawful[step]
    else:
        with pytest.raises(IllegalStep) as refused:
            check(rules.STEPS, step, actor_for(step), given)
        assert law.cite(refused.value.article)


@pytest.mark.parametrize("step", [s.name for s in rules.STEPS])
def test_who_may(step):
    found = rules.STEPS[[s.name for s in rules.STEPS].index(step)]
    assert {name for name, a in EVERYBODY_OWN.items() if found.allowed(a, Given())} == MAY[step]
    for stranger in STRANGERS:
        assert not found.allowed(stranger, Given())
        with pytest.raises(NotPermitted):
            check(rules.STEPS, step, stranger, Given(next(iter(found.sources))))


def test_nobody_without_an_organisation_is_taken_for_one():
    lonely = Given(organisation_id=None, mediator_id=None)
    assert not rules.may_mediate(who(Role.ORGANISATION), lonely)
    assert not rules.may_mediate(who(Role.MEDIATOR), lonely)


def test_ended_assignments_move_no_more():
    for status in set(Status) - rules.OPEN:
        for a in EVERYBODY_OWN.values():
            assert available(rules.STEPS, a, Given(status)) == []


def test_every_step_cites_a_rule_and_an_article_that_exist():
    assert len({s.name for s in rules.STEPS}) == len(rules.STEPS)
    for step in rules.STEPS:
        assert step.rule.startswith(("R2-", "R3-"))
        assert law.cite(step.article)
    for article in rules.OBSTACLE_ARTICLE.values():
        assert law.cite(article)
    for article in rules.SUSPENSION_ARTICLE.values():
        assert law.cite(article)
    assert set(rules.OBSTACLE_ARTICLE) == set(rules.Obstacle)
    assert set(rules.SUSPENSION_ARTICLE) == set(SuspensionReason)


def test_every_status_but_the_first_is_reached_and_the_open_ones_are_left():
    targets = {s.target for s in rules.STEPS}
    assert targets == set(Status) - {Status.ISSUED}
    sources = {source for s in rules.STEPS for source in s.sources}
    assert sources == rules.OPEN


ENDS = [
    (EndCode.AGREEMENT, Status.IN_SESSION, "agree", Status.AGREED),
    (EndCode.SETTLED, Status.ISSUED, "withdraw", Status.WITHDRAWN),
    (EndCode.SETTLED, Status.SUSPENDED, "withdraw", Status.WITHDRAWN),
    (EndCode.UNREACHABLE, Status.ACCEPTED, "refuse", Status.REFUSED),
    (EndCode.UNREACHABLE, Status.SCHEDULED, "refuse", Status.REFUSED),
    (EndCode.UNREACHABLE, Status.IN_SESSION, "fail", Status.FAILED),
    (EndCode.UNWILLING, Status.ISSUED, "refuse", Status.REFUSED),
    (EndCode.UNWILLING, Status.ACCEPTED, "refuse", Status.REFUSED),
    (EndCode.UNWILLING, Status.IN_SESSION, "fail", Status.FAILED),
    (EndCode.UNWILLING, Status.SUSPENDED, "fail", Status.FAILED),
    (EndCode.DIVERGENCE, Status.IN_SESSION, "fail", Status.FAILED),
    (EndCode.EXPIRED, Status.ACCEPTED, "fail", Status.FAILED),
    (EndCode.UNSIGNED, Status.SCHEDULED, "fail", Status.FAILED),
    (EndCode.OTHER, Status.ACCEPTED, "fail", Status.FAILED),
]


@pytest.mark.parametrize(("code", "status", "step", "target"), ENDS)
def test_each_code_takes_its_step(code, status, step, target):
    assert rules.end_step(code, status) == step
    assert check(rules.STEPS, step, MEDIATOR, Given(status)).target is target


@pytest.mark.parametrize("kind", Kind)
@pytest.mark.parametrize("code", EndCode)
def test_what_an_end_means_for_the_dispute(code, kind):
    if code is EndCode.AGREEMENT:
        wanted = Outcome.AGREED
    elif code is EndCode.SETTLED:
        # A filed case is not over because its parties settled: it is still to be withdrawn (R3-41, R3-43).
        wanted = Outcome.AGREED if kind is Kind.ENTRUSTED else Outcome.CLOSED
    else:
        wanted = Outcome.NOT_AGREED
    assert rules.outcome(code, kind) is wanted


@pytest.mark.parametrize("status", Status)
def test_the_codes_offered_are_lawful_from_that_state(status):
    for code in rules.codes_for(status):
        check(rules.STEPS, rules.end_step(code, status), MEDIATOR, Given(status))
    assert EndCode.AGREEMENT not in rules.codes_for(status)
    assert bool(rules.codes_for(status)) is (status in rules.OPEN)


PERIODS = [
    (Kind.DELEGATED, None, PeriodKey.MEDIATION_PRE, 5),
    (Kind.DELEGATED, Procedure.SUMMARY, PeriodKey.MEDIATION_PRE, 5),
    (Kind.REFERRED, None, PeriodKey.MEDIATION_OUT, 5),
    (Kind.ENTRUSTED, Procedure.SMALL, PeriodKey.MEDIATION_POST_SUM, 2),
    (Kind.ENTRUSTED, Procedure.SUMMARY, PeriodKey.MEDIATION_POST_SUM, 2),
    (Kind.ENTRUSTED, Procedure.ORDINARY_SOLE, PeriodKey.MEDIATION_POST_ORD, 3),
    (Kind.ENTRUSTED, Procedure.ORDINARY_PANEL, PeriodKey.MEDIATION_POST_ORD, 3),
]


@pytest.mark.parametrize(("kind", "procedure", "key", "warn"), PERIODS)
def test_which_period_runs_and_when_it_warns(kind, procedure, key, warn):
    assert rules.period_key(kind, procedure) is key
    assert rules.warn_days(key, date(2026, 3, 2)) == warn


@pytest.mark.parametrize("reason", SuspensionReason)
def test_only_an_appraisal_is_left_out_of_the_period(reason):
    assert rules.is_deducted(reason) is (reason is SuspensionReason.APPRAISAL)


@pytest.mark.parametrize("status", Status)
def test_overdue_means_running_after_the_last_day(status):
    last = date(2026, 3, 2)
    assert not rules.is_overdue(status, last, last)
    assert rules.is_overdue(status, last, date(2026, 3, 3)) is (status in rules.OPEN and status is not Status.ISSUED)


def test_beyond_sixty_days_the_court_watches():
    assert not rules.is_long(date(2026, 1, 1), date(2026, 3, 2))
    assert rules.is_long(date(2026, 1, 1), date(2026, 3, 3))


def test_who_appoints_weighs_and_sets_levers():
    member = {"organisation_id": 3}
    assert allowed(lambda who: rules.may_appoint(who, Given()), **member) == {Role.ORGANISATION}
    assert allowed(lambda who: rules.may_appoint(who, Given()), organisation_id=4, mediator_id=7) == set()
    assert allowed(lambda who: rules.may_appoint(who, Given()), court_id=2, **member) == set()
    assert allowed(rules.may_set_levers) == {Role.PRESIDENT}
    assert allowed(rules.may_weigh) == {Role.PRESIDENT, Role.CLERK, Role.TRIAGE}
