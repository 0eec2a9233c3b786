"""The machine of a supervision order, and what calls for one (DOMAIN 8.1)."""

import itertools
from dataclasses import replace
from datetime import date, timedelta
from types import SimpleNamespace

import pytest

from mediation.assignment.rules import Status as Mediating
from mediation.disputes.rules import Status as Disputed
from mediation.kernel import states
from mediation.kernel.actor import Actor, Role
from mediation.supervision import rules
from mediation.supervision.rules import STEPS, Level, Obstacle, OrderStatus, Standing, Trigger, Wanted

TODAY = date(2026, 3, 10)
LEADER = {"ask_again", "raise", "close"}
FROM = {
    "reply": {OrderStatus.OPEN, OrderStatus.REPLIED},
    "ask_again": {OrderStatus.REPLIED},
    "raise": {OrderStatus.OPEN, OrderStatus.REPLIED},
    "close": {OrderStatus.OPEN, OrderStatus.REPLIED},
}


def person(*roles, number=1, court=7):
    return Actor(number, court_id=court, roles=frozenset(roles))


@pytest.mark.parametrize(("status", "step"), list(itertools.product(OrderStatus, FROM)))
def test_every_pair_of_status_and_step(status, step):
    order = SimpleNamespace(status=status, court_id=7, addressee_id=2)
    who = person(Role.TRIAGE) if step in LEADER else person(Role.MEDIATOR, number=2)
    assert (step in states.available(STEPS, who, order)) == (status in FROM[step])


@pytest.mark.parametrize("role", list(Role))
def test_who_leads_and_who_answers(role):
    order = SimpleNamespace(court_id=7, addressee_id=2)
    assert rules.may_lead(person(role), order) == (role in {Role.TRIAGE, Role.PRESIDENT})
    assert not rules.may_lead(person(role, court=8), order)
    assert rules.may_reply(person(role, number=2), order)
    assert not rules.may_reply(person(role, number=2, court=8), order)
    assert not rules.may_reply(person(role), order)
    assert rules.may_see(person(role, number=2), order)
    in_court = role not in {Role.MEDIATOR, Role.ORGANISATION, Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.AUDIT_ADMIN}
    assert rules.may_see(person(role), order) == in_court
    assert not rules.may_see(person(role, court=8), order)


WANTED = Wanted(Disputed.IN_MEDIATION, Level.REMINDER, frozenset({Role.TRIAGE}), TODAY, TODAY, False, 1)


@pytest.mark.parametrize("status", list(Disputed))
def test_only_the_mediating_stage_is_pressed_for(status):
    over = status in {Disputed.FILED, Disputed.CLOSED, Disputed.RETURNED}
    assert rules.obstacles(replace(WANTED, status=status)) == ([Obstacle.OVER] if over else [])


@pytest.mark.parametrize(
    ("change", "found"),
    [
        ({"open_already": True}, [Obstacle.OPEN_ALREADY]),
        ({"addressees": 0}, [Obstacle.NOBODY]),
        ({"level": Level.SUPERVISION}, []),
        ({"level": Level.KEY}, [Obstacle.PRESIDENT_ONLY]),
        ({"level": Level.KEY, "roles": frozenset({Role.PRESIDENT})}, []),
        ({"due_on": TODAY - timedelta(days=1)}, [Obstacle.DUE_PAST]),
        ({"due_on": TODAY + timedelta(days=30)}, []),
        ({"due_on": TODAY + timedelta(days=31)}, [Obstacle.DUE_FAR]),
    ],
)
def test_what_stands_against_an_order(change, found):
    assert rules.obstacles(replace(WANTED, **change)) == found


def test_the_levels_above():
    assert rules.higher(Level.REMINDER) == [Level.SUPERVISION, Level.KEY]
    assert rules.higher(Level.KEY) == []


NOW = Standing(Mediating.ACCEPTED, 0, 0, TODAY + timedelta(days=10), TODAY)


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({}, None),
        ({"last_on": None}, None),
        ({"last_on": TODAY - timedelta(days=1)}, Trigger.LATE),
        ({"last_on": TODAY - timedelta(days=1), "status": Mediating.SUSPENDED}, Trigger.LATE),
        ({"last_on": TODAY}, Trigger.NEAR),
        ({"last_on": TODAY + timedelta(days=3)}, Trigger.NEAR),
        ({"last_on": TODAY + timedelta(days=4)}, None),
        ({"status": Mediating.ISSUED, "days_since_issue": 1, "last_on": TODAY}, None),
        ({"status": Mediating.ISSUED, "days_since_issue": 2}, Trigger.UNACCEPTED),
        ({"days_since_issue": 2}, None),
        ({"days_since_step": 5}, None),
        ({"days_since_step": 6}, Trigger.STILL),
        ({"days_since_step": 6, "status": Mediating.SUSPENDED}, None),
        ({"days_since_step": 6, "last_on": TODAY}, Trigger.STILL),
    ],
)
def test_what_calls_for_an_order(change, why):
    assert rules.trigger(replace(NOW, **change)) is why


@pytest.mark.parametrize("status", [Mediating.AGREED, Mediating.FAILED, Mediating.WITHDRAWN, Mediating.DECLINED])
def test_what_is_over_calls_for_nothing(status):
    assert rules.trigger(replace(NOW, status=status, last_on=TODAY - timedelta(days=9))) is None
