"""Who acts on a filed case."""

import pytest


@pytest.fixture
def judge(judge_zhou):
    return judge_zhou.as_actor()


@pytest.fixture
def clerk(clerk_li):
    return clerk_li.as_actor()


@pytest.fixture
def president(president_he):
    return president_he.as_actor()
