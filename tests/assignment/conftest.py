"""Those who act around an assignment, as actors, and the one that most tests begin with."""

import pytest

from mediation.assignment.models import Assignment
from mediation.kernel.actor import Actor
from mediation.kernel.db import db
from tests import builders


@pytest.fixture
def clerk(clerk_li) -> Actor:
    return clerk_li.as_actor()


@pytest.fixture
def wang(mediator_wang) -> Actor:
    return mediator_wang.as_actor()


@pytest.fixture
def zhao(mediator_zhao) -> Actor:
    return mediator_zhao.as_actor()


@pytest.fixture
def body(organisation_user) -> Actor:
    return organisation_user.as_actor()


@pytest.fixture
def guide(judge_wu) -> Actor:
    return judge_wu.as_actor()


@pytest.fixture
def accepted(clerk, wang) -> Assignment:
    """Accepted by 王调解: the mediation runs."""
    made = builders.accepted_assignment(clerk, wang)
    db.session.commit()
    return made
