"""Who may take every dispute of the court along, without a database (R10-13)."""

import pytest

from mediation.exports import rules
from mediation.kernel.actor import Actor, Role


@pytest.mark.parametrize("role", list(Role))
def test_the_president_alone_takes_all_along(role):
    assert rules.may_take_all(Actor(5, 1, frozenset({role}))) is (role is Role.PRESIDENT)


def test_so_does_the_operators_command():
    assert rules.may_take_all(Actor(0, 1, frozenset()))
