"""Who may be given a dispute, and who decides about a place on the list: without a database."""

from dataclasses import dataclass, replace
from datetime import date
from itertools import product

import pytest

from mediation.kernel import law, states
from mediation.kernel.actor import COURT, Actor, Role
from mediation.roster import rules
from mediation.roster.rules import Ground, Obstacle, RosterStatus

DAY = date(2026, 3, 2)


@dataclass(frozen=True)
class Person:
    court_id: int = 1
    status: RosterStatus = RosterStatus.ACTIVE
    certificate_expires_on: date = DAY
    max_open: int = 3


@pytest.mark.parametrize(
    ("status", "expires", "load", "organisation"),
    list(product(RosterStatus, [date(2026, 3, 1), DAY], [2, 3, 4], [None, *RosterStatus])),
)
def test_who_may_be_given_a_dispute(
    status: RosterStatus, expires: date, load: int, organisation: RosterStatus | None
) -> None:
    found = rules.obstacles(
        Person(status=status, certificate_expires_on=expires), DAY, load=load, organisation=organisation
    )
    assert set(found) == {
        obstacle
        for obstacle, stands in [
            (Obstacle.NOT_ACTIVE, status is not RosterStatus.ACTIVE),
            (Obstacle.CERTIFICATE_EXPIRED, expires < DAY),
            (Obstacle.FULL, load >= 3),
            (Obstacle.ORGANISATION_NOT_ACTIVE, organisation not in {None, RosterStatus.ACTIVE}),
        ]
        if stands
    }


ALLOWED = {
    ("active", "suspend"), ("active", "remove"), ("suspended", "remove"), ("expired", "remove"),
    ("suspended", "reactivate"), ("expired", "reactivate"), ("candidate", "reactivate"),
}  # fmt: skip


@pytest.mark.parametrize(("status", "step"), list(product(RosterStatus, [s.name for s in rules.STEPS])))
def test_every_status_and_step(status: RosterStatus, step: str) -> None:
    president = Actor(1, 1, frozenset({Role.PRESIDENT}))
    assert (step in states.available(rules.STEPS, president, Person(status=status))) == ((status, step) in ALLOWED)


@pytest.mark.parametrize(("role", "court"), list(product(Role, [1, 2])))
def test_the_court_reads_and_the_president_decides(role: Role, court: int) -> None:
    actor = Actor(1, court, frozenset({role}))
    assert rules.may_read(actor, Person()) == (court == 1 and role in COURT)
    assert rules.may_decide(actor, Person()) == (court == 1 and role is Role.PRESIDENT)


def test_each_step_has_grounds_and_no_removal_rests_on_a_suspicion() -> None:
    assert set(rules.GROUNDS) == {step.name for step in rules.STEPS}
    assert set().union(*rules.GROUNDS.values()) == set(Ground)
    assert Ground.COMPLAINT_EXAMINED not in rules.GROUNDS["remove"]
    assert not rules.GROUNDS["reactivate"] & rules.MISCONDUCT


@pytest.mark.parametrize("article", [*rules.GROUND_ARTICLE.values(), *rules.OBSTACLE_ARTICLE.values()])
def test_articles_are_real(article: str) -> None:
    assert law.cite(article)
    assert set(rules.GROUND_ARTICLE) == set(Ground)
    assert set(rules.OBSTACLE_ARTICLE) == set(Obstacle)


def test_the_last_day_of_a_certificate_counts() -> None:
    assert rules.obstacles(Person(), DAY, load=0) == []
    assert rules.obstacles(replace(Person(), certificate_expires_on=date(2026, 3, 1)), DAY, load=0) != []
