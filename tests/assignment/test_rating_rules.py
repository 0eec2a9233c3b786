"""Who asks for ratings, who looks at low ones, when an address is good (DOMAIN 8.6; S4 art. 28); without a database."""

from dataclasses import dataclass
from datetime import date, timedelta

import pytest

from mediation.assignment.rating import labels, rules
from mediation.assignment.rating.rules import Aspect, Check, Obstacle
from mediation.assignment.rules import EndCode
from mediation.kernel import clock
from mediation.kernel.actor import REGISTRY
from mediation.notices import labels as notice_words
from mediation.notices import wording
from tests.everybody import OTHER, OWN, allowed


@dataclass
class Subject:
    """A mediation, or a rating of one."""

    court_id: int = OWN
    end_code: EndCode | None = None
    accepted_on: date | None = None


def test_every_word_is_there():
    assert set(labels.ASPECT) == set(Aspect)
    assert set(labels.SCORE) == set(range(rules.LOWEST, rules.HIGHEST + 1))
    assert set(labels.CHECK) == set(Check)
    assert set(labels.STEP) == {step.name for step in rules.STEPS}
    assert set(labels.OBSTACLE) == set(Obstacle) == set(rules.OBSTACLE_ARTICLE)
    assert set(notice_words.FACT) == wording.OPEN_FACTS | wording.CLOSED_FACTS | wording.PAPER_FACTS


@pytest.mark.parametrize(
    ("score", "check"), [(1, Check.OPEN), (2, Check.OPEN), (3, Check.NOT_NEEDED), (5, Check.NOT_NEEDED)]
)
def test_two_points_and_less_are_looked_at(score, check):
    assert rules.check_of(score) is check


def test_an_address_is_good_for_72_hours_and_once():
    now = clock.now()
    assert rules.Asked(now + timedelta(hours=1), None).is_good(now)
    assert not rules.Asked(now, None).is_good(now)
    assert not rules.Asked(now + timedelta(hours=1), now).is_good(now)
    assert timedelta(hours=72) == rules.GOOD_FOR


def test_who_asks_and_who_looks():
    assert allowed(lambda who: rules.may_ask(who, Subject())) == {*REGISTRY, None}
    assert allowed(lambda who: rules.may_check(who, Subject())) == REGISTRY
    elsewhere = Subject(court_id=OTHER)
    assert not allowed(lambda who: rules.may_ask(who, elsewhere) or rules.may_check(who, elsewhere))


@pytest.mark.parametrize(
    ("code", "accepted", "over"),
    [
        (EndCode.AGREEMENT, date(2026, 3, 2), True),
        (None, date(2026, 3, 2), False),
        (EndCode.OTHER, None, False),
        (None, None, False),
    ],
)
def test_what_was_taken_up_and_has_ended_is_rated(code, accepted, over):
    assert rules.is_over(Subject(end_code=code, accepted_on=accepted)) is over
