"""What the plaint copy, the defence and the hearing need (CPL art. 128; S2 arts 99, 266, 275): without a database."""

import itertools
from datetime import date

import pytest

from mediation.litigation.defence import labels, rules
from mediation.litigation.defence.rules import DefenceStatus, Obstacle, Side
from mediation.litigation.rules import SUMMARY, Procedure, Status
from mediation.periods.rules import rule_for

SERVED, LAST, AFTER = date(2026, 3, 2), date(2026, 3, 17), date(2026, 3, 18)
REACHED = Side(served=True, until=LAST)


def test_every_obstacle_has_its_words_and_its_article():
    assert set(labels.OBSTACLE) == set(rules.OBSTACLE_ARTICLE) == set(Obstacle)
    assert set(labels.DEFENCE_STATUS) == set(labels.TONE) == set(DefenceStatus)
    assert set(labels.STEP) == {step.name for step in rules.STEPS}


def test_days_lie_between_what_came_first_and_today():
    assert rules.between(SERVED, LAST, LAST) == rules.between(LAST, LAST, LAST) == []
    assert rules.between(LAST, SERVED, AFTER) == rules.between(SERVED, AFTER, LAST) == [Obstacle.NOT_THAT_DAY]


@pytest.mark.parametrize("procedure", list(Procedure))
def test_fewer_days_waivers_and_set_times_belong_to_the_summary_trial(procedure):
    short = procedure in SUMMARY
    assert rules.shortening(procedure, None) == []
    assert rules.shortening(procedure, 7) == ([] if short else [Obstacle.NOT_SHORTENED])
    assert rules.waiving(procedure, is_open=True) == ([] if short else [Obstacle.NOT_WAIVED])
    assert rules.waiving(procedure, is_open=False) == [Obstacle.CLOSED]
    for agreed, again in itertools.product((False, True), repeat=2):
        free = short or agreed or again
        assert rules.evidence_days(procedure, 14, 15, agreed=agreed, again=again) == (
            [] if free else [Obstacle.TOO_SHORT]
        )
        assert rules.evidence_days(procedure, 15, 15, agreed=agreed, again=again) == []


@pytest.mark.parametrize("status", list(Status))
def test_evidence_has_its_time_while_the_trial_is_prepared(status):
    prepared = status in {Status.FAST_TRACK, Status.ORDINARY}
    assert rules.setting_evidence(status, heard=False) == ([] if prepared else [Obstacle.NO_TRIAL])
    assert rules.setting_evidence(status, heard=True) == [Obstacle.NO_TRIAL]


def test_the_time_for_evidence_is_bounded_by_the_table():
    assert set(rules.EVIDENCE) == set(Procedure)
    for procedure, key in rules.EVIDENCE.items():
        found = rule_for(key, SERVED)
        assert found.length == {Procedure.SMALL: 7}.get(procedure, 15)
        assert found.no_most is (procedure not in SUMMARY)


@pytest.mark.parametrize("procedure", list(Procedure))
def test_a_hearing_waits_for_the_last_day_to_answer(procedure):
    def waits(day, sides=(REACHED,), **over):
        return rules.hearing(procedure, day, sides, **({"waived_on": None, "held": True} | over))

    assert waits(SERVED) == waits(LAST) == [Obstacle.DEFENCE_RUNS]
    # CPL art. 128(2): whether anybody answered does not matter.
    assert waits(AFTER) == []
    assert waits(AFTER, (REACHED, Side())) == [Obstacle.NOT_SERVED]
    assert waits(AFTER, (REACHED, Side(served=True, until=AFTER))) == [Obstacle.DEFENCE_RUNS]
    # Fixed in advance it may lie after a service yet to come, but not in a time that runs.
    assert waits(SERVED, (Side(),), held=False) == []
    assert waits(LAST, (REACHED, Side()), held=False) == [Obstacle.DEFENCE_RUNS]


@pytest.mark.parametrize("procedure", list(Procedure))
def test_both_sides_may_do_without_that_time_but_not_without_the_plaint_copy(procedure):
    def waits(day, sides=(REACHED,), waived_on=SERVED):
        return rules.hearing(procedure, day, sides, waived_on=waived_on, held=True)

    short = procedure in SUMMARY
    assert waits(SERVED) == ([] if short else [Obstacle.DEFENCE_RUNS])
    assert waits(SERVED, waived_on=LAST) == [Obstacle.DEFENCE_RUNS]
    assert waits(SERVED, (Side(),)) == [Obstacle.NOT_SERVED]


def test_the_notice_about_the_evidence_is_served_once_when_there_is_one():
    told = {"is_open": True, "made": True, "waits": True}
    assert rules.serving_evidence(**told) == []
    assert rules.serving_evidence(**(told | {"is_open": False})) == [Obstacle.CLOSED]
    assert rules.serving_evidence(**(told | {"made": False})) == [Obstacle.NO_EVIDENCE_NOTICE]
    assert rules.serving_evidence(**(told | {"waits": False})) == [Obstacle.NOTICE_SERVED]
