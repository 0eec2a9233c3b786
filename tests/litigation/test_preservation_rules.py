"""Preservation without a database: every state and step, who may, and the thirty days (CPL arts 103-108)."""

import itertools
from datetime import date, timedelta
from types import SimpleNamespace

import pytest

from mediation.kernel import law, states
from mediation.kernel.actor import Actor, Role
from mediation.litigation.preservation import labels, rules
from mediation.litigation.preservation.rules import LiftReason, Obstacle, Running, Status
from mediation.periods import lengthening
from mediation.periods import rules as periods
from mediation.periods.calendar import standard
from mediation.periods.derivation import Lengthening
from mediation.periods.table import PeriodKey, Unit

TAKEN, TODAY = date(2026, 3, 2), date(2026, 3, 20)
LAST = date(2026, 4, 1)
LAWFUL = {
    ("applied", "order"), ("applied", "dismiss"), ("applied", "withdraw"), ("ordered", "withdraw"), ("ordered", "take"),
    ("taken", "lift"),
}  # fmt: skip


@pytest.mark.parametrize(("status", "step"), list(itertools.product(Status, (s.name for s in rules.STEPS))))
def test_every_pair_of_state_and_step(status, step):
    judge = Actor(1, court_id=7, roles=frozenset({Role.GUIDING_JUDGE}))
    found = SimpleNamespace(status=status, court_id=7, judge_id=None)
    assert (step in states.available(rules.STEPS, judge, found)) == ((status.value, step) in LAWFUL)


@pytest.mark.parametrize("role", list(Role))
def test_who_may(role):
    who = Actor(1, 7, frozenset({role}))
    own, other = SimpleNamespace(court_id=7, judge_id=None), SimpleNamespace(court_id=8, judge_id=None)
    record = role in {Role.CLERK, Role.TRIAGE, Role.GUIDING_JUDGE, Role.FAST_TRACK_JUDGE}
    assert rules.may_record(who, own) is record
    assert rules.may_rule(who, own) is (role in {Role.GUIDING_JUDGE, Role.FAST_TRACK_JUDGE})
    # Once the case has its bench, that bench rules and no other judge.
    assert rules.may_rule(who, SimpleNamespace(court_id=7, judge_id=1)) is rules.may_rule(who, own)
    assert not rules.may_rule(who, SimpleNamespace(court_id=7, judge_id=2))
    assert not rules.may_record(who, other)
    assert not rules.may_rule(who, other)
    assert not rules.may_see(who, other)


def running(**over):
    return Running(**({"in_suit": False, "sued": False, "last_day": LAST, "today": TODAY} | over))


@pytest.mark.parametrize(
    ("state", "on", "found"),
    [
        (running(), TODAY, None),
        (running(today=LAST), LAST, None),
        (running(today=LAST + timedelta(days=5)), LAST, None),
        (running(today=LAST + timedelta(days=1)), LAST + timedelta(days=1), Obstacle.TOO_LATE),
        (running(), TODAY + timedelta(days=1), Obstacle.IN_THE_FUTURE),
        (running(), TAKEN - timedelta(days=1), Obstacle.BEFORE),
        (running(in_suit=True, last_day=None), TODAY, Obstacle.IN_SUIT),
        (running(sued=True), TODAY, Obstacle.IN_SUIT),
    ],
)
def test_only_a_suit_within_the_thirty_days_keeps_it(state, on, found):
    assert rules.suing_obstacle(state, on, TAKEN) is found


@pytest.mark.parametrize(
    ("state", "reason", "on", "found"),
    [
        (running(today=LAST + timedelta(days=1)), LiftReason.NOT_SUED, LAST + timedelta(days=1), None),
        (running(today=LAST), LiftReason.NOT_SUED, LAST, Obstacle.STILL_TIME),
        (running(sued=True), LiftReason.NOT_SUED, TODAY, Obstacle.IN_SUIT),
        (running(), LiftReason.SECURITY, TODAY, None),
        (running(), LiftReason.SECURITY, TODAY + timedelta(days=1), Obstacle.IN_THE_FUTURE),
        (running(), LiftReason.SECURITY, TAKEN - timedelta(days=1), Obstacle.BEFORE),
    ],
)
def test_when_it_is_lifted(state, reason, on, found):
    assert rules.lifting_obstacle(state, reason, on, TAKEN) is found


@pytest.mark.parametrize(
    ("key", "months"),
    [(PeriodKey.PRESERVE_DEPOSIT, 12), (PeriodKey.PRESERVE_MOVABLE, 24), (PeriodKey.PRESERVE_OTHER, 36)],
)
def test_each_renewal_is_no_longer_than_the_first_term_and_there_may_be_many(key, months):
    rule = periods.rule_for(key, TAKEN)
    once = periods.compute(rule, TAKEN, standard())
    assert once.final == once.raw == TAKEN.replace(year=TAKEN.year + months // 12)

    def refused(by, on, already=0):
        return lengthening.extension_refused(rule, once, Lengthening(by, Unit.MONTHS), agreed_on=on, already=already)

    assert refused(months, once.final) is None
    assert refused(months, once.final, already=5 * months) is None
    assert refused(months + 1, once.final) is lengthening.Refusal.TOO_LONG
    assert refused(1, once.final + timedelta(days=1)) is lengthening.Refusal.EXPIRED


def test_every_enum_has_its_words_and_every_article_exists():
    for words, members in (
        (labels.OBJECT, rules.Object), (labels.STATUS, Status), (labels.TONE, Status), (labels.SUED, rules.Sued),
        (labels.LIFT_REASON, LiftReason), (labels.OBSTACLE, Obstacle), (rules.OBSTACLE_ARTICLE, Obstacle),
    ):  # fmt: skip
        assert set(words) == set(members)
    assert set(labels.STEP) == {step.name for step in rules.STEPS}
    for article in (*rules.OBSTACLE_ARTICLE.values(), *(step.article for step in rules.STEPS)):
        assert all(place.text for place in law.cite(article)), article
