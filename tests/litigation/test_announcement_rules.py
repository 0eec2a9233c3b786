"""Service by announcement without a database (CPL art. 95; S2 arts 138-140)."""

import itertools
from dataclasses import replace
from datetime import date, timedelta
from types import SimpleNamespace

import pytest

from mediation.kernel import law, states
from mediation.kernel.actor import Actor, Role
from mediation.litigation.announcement import labels, rules
from mediation.litigation.announcement.rules import AnnouncementStatus, Matter, Medium, Need, Obstacle, Publishing

ISSUED, DAY = date(2026, 3, 4), date(2026, 3, 11)
UNTIL = DAY + timedelta(days=30)
ASKED = Publishing(
    is_open=True, summary=False, reached=False, pending=False, issued_on=ISSUED, published_on=DAY, today=DAY,
    medium=Medium.NEWSPAPER, course="邮寄退回。", points="请求退还押金。", outlet="人民法院报", pictures=False,
)  # fmt: skip


def test_every_word_and_article_is_there():
    assert set(labels.OBSTACLE) == set(rules.OBSTACLE_ARTICLE) == set(Obstacle)
    assert set(labels.ANNOUNCEMENT_STATUS) == set(labels.TONE) == set(AnnouncementStatus)
    assert (set(labels.MATTER), set(labels.NEED), set(labels.MEDIUM)) == (set(Matter), set(Need), set(Medium))
    assert set(labels.STEP) == {step.name for step in rules.STEPS}
    assert all(law.cite(article) for article in rules.OBSTACLE_ARTICLE.values())


@pytest.mark.parametrize(("status", "step"), list(itertools.product(AnnouncementStatus, ("complete", "call_off"))))
def test_only_what_runs_ends_and_by_the_court(status, step):
    made = SimpleNamespace(status=status, court_id=7)
    clerk = Actor(1, court_id=7, roles=frozenset({Role.CLERK}))
    assert (step in states.available(rules.STEPS, clerk, made)) is (status is AnnouncementStatus.RUNNING)
    for other in (
        Actor(2, court_id=8, roles=frozenset({Role.CLERK})),
        Actor(3, court_id=7, roles=frozenset({Role.MEDIATOR})),
    ):
        assert step not in states.available(rules.STEPS, other, made)


@pytest.mark.parametrize(
    ("change", "found"),
    [
        ({}, []),
        ({"is_open": False}, [Obstacle.CLOSED]),
        ({"summary": True}, [Obstacle.SUMMARY]),
        ({"reached": True}, [Obstacle.REACHED]),
        ({"pending": True}, [Obstacle.PENDING]),
        ({"published_on": ISSUED}, []),
        ({"published_on": ISSUED - timedelta(days=1)}, [Obstacle.NOT_THAT_DAY]),
        ({"published_on": DAY + timedelta(days=1)}, [Obstacle.NOT_THAT_DAY]),
        ({"course": " "}, [Obstacle.NO_COURSE]),
        ({"points": " "}, [Obstacle.NO_POINTS]),
        ({"outlet": " "}, [Obstacle.NO_OUTLET]),
        ({"outlet": " ", "medium": Medium.POSTED, "pictures": True}, [Obstacle.NO_OUTLET]),
        ({"medium": Medium.POSTED}, [Obstacle.NO_PICTURES]),
        ({"medium": Medium.POSTED, "pictures": True}, []),
    ],
)
def test_what_an_announcement_needs(change, found):
    assert rules.publishing(replace(ASKED, **change)) == found


def test_it_counts_as_served_when_the_thirty_days_are_over():
    def ends(today=UNTIL, **over):
        return rules.completing(UNTIL, today, **({"is_open": True, "summary": False} | over))

    assert ends() == []
    assert ends(UNTIL - timedelta(days=1)) == [Obstacle.STILL_RUNS]
    assert ends(is_open=False) == [Obstacle.CLOSED]
    assert ends(summary=True) == [Obstacle.SUMMARY]


@pytest.mark.parametrize(
    ("announced", "summary", "on_file", "found"),
    [
        (False, False, False, []),
        (False, True, False, []),
        (True, True, False, [Obstacle.SUMMARY]),
        (True, False, False, [Obstacle.NOT_ON_FILE]),
        (True, False, True, []),
    ],
)
def test_the_file_says_why_and_how_before_it_counts(announced, summary, on_file, found):
    assert rules.serving(announced=announced, summary=summary, on_file=on_file) == found
