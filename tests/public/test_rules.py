"""The figure on the notice board: floored to tens, released by the registry."""

import pytest

from mediation.kernel.actor import Role
from mediation.public import rules
from tests.everybody import allowed


@pytest.mark.parametrize(
    ("pending", "tens", "more"), [(0, 0, False), (9, 0, True), (10, 10, False), (11, 10, True), (119, 110, True)]
)
def test_never_rounded_up(pending, tens, more):
    backlog = rules.Backlog(pending)
    assert (backlog.tens, backlog.is_more) == (tens, more)


def test_who_releases():
    assert allowed(rules.may_release) == {Role.CLERK, Role.TRIAGE}


def test_only_the_last_draft_is_released():
    assert rules.obstacle(3, 3) is None
    assert rules.obstacle(3, 4) is rules.Obstacle.REPLACED
