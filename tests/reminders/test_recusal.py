"""Whoever decides on a recusal is reminded of the three days, and the work list shows what waits (CPL art. 50; S4 art. 15)."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from mediation.assignment import services as assignments
from mediation.assignment.rules import Finding
from mediation.assignment.ties import pending, words
from mediation.assignment.ties.recusing import Application
from mediation.assignment.ties.rules import Decision
from mediation.cli import daily
from mediation.disputes import worklist
from mediation.kernel import clock
from mediation.kernel.db import db
from mediation.notices.models import Notice
from mediation.periods import services as periods
from mediation.periods.table import PeriodKey
from mediation.reminders import rules
from mediation.reminders.rules import Reader, Stage
from tests import builders
from tests.litigation.conftest import clerk, judge  # noqa: F401 fixtures
from tests.litigation.test_recusal import case, raised  # noqa: F401 fixtures


@pytest.fixture
def registrar(clerk_li):
    return clerk_li.as_actor()


@pytest.fixture
def recusal(registrar, mediator_wang):
    """A party applies for recusal of the mediator at work."""
    assignment = builders.accepted_assignment(registrar, mediator_wang.as_actor())
    told = Application(
        party_id=builders.party_ids(assignment.dispute_id)[0], ground=Finding.OTHER_TIE, statement="与房东同住一村"
    )
    made = assignments.apply(registrar, assignment, told)
    db.session.commit()
    return made


def told(kind: str, deadline) -> set[int]:
    rows = sa.select(Notice.user_id).where(Notice.kind == kind, Notice.subject_id == deadline.id)
    return set(db.session.scalars(rows.where(Notice.subject_type == "deadline")))


def run(court_id: int, day) -> None:
    with clock.pretend(clock.at(day, 6)):
        assert daily.day_of(court_id).is_good


@pytest.mark.parametrize("key", [PeriodKey.RECUSAL_DECIDE, PeriodKey.RECUSAL_REVIEW])
@pytest.mark.parametrize("stage", list(Stage))
def test_only_who_decides_is_told(key, stage):
    assert rules.readers(key, stage) == (Reader.DECIDER,)


def test_who_decides_about_a_mediator_is_told_before_and_after_the_last_day_once(
    recusal, mediator_wang, clerk_li, judge_wu
):
    deadline = pending.clock_of(recusal)
    meant = {user.id for user in words.deciders(recusal)}
    assert {clerk_li.id, judge_wu.id} <= meant
    assert mediator_wang.id not in meant
    run(recusal.court_id, deadline.final_on - timedelta(days=2))
    assert told("deadline.soon", deadline) == set()
    for _again in range(2):
        run(recusal.court_id, deadline.final_on - timedelta(days=1))
    assert told("deadline.soon", deadline) == meant
    for _again in range(2):
        run(recusal.court_id, deadline.final_on + timedelta(days=1))
    assert told("deadline.late", deadline) == meant
    rows = sa.select(sa.func.count(Notice.id)).where(
        Notice.subject_type == "deadline", Notice.subject_id == deadline.id
    )
    assert db.session.scalar(rows) == 2 * len(meant)
    late = sa.select(Notice.text).where(Notice.kind == "deadline.late", Notice.subject_id == deadline.id)
    assert all("回避" in text for text in db.session.scalars(late))


def test_the_organisation_of_the_mediator_is_among_them(recusal, organisation_user):
    assert (organisation_user.organisation_id == recusal.organisation_id) is (
        organisation_user.id in {user.id for user in words.deciders(recusal)}
    )


def test_what_is_decided_reminds_nobody(recusal, registrar):
    deadline = pending.clock_of(recusal)
    assignments.decide(registrar, recusal, Decision.DISMISS, reason="仅为同村，无往来")
    run(recusal.court_id, deadline.final_on + timedelta(days=1))
    assert told("deadline.late", deadline) == set()


def test_about_a_judge_the_president_is_told_and_never_the_judge(raised, president_he, judge_zhou):  # noqa: F811
    deadline = periods.current("bench_recusal", raised.id, PeriodKey.RECUSAL_DECIDE)
    run(raised.court_id, deadline.final_on)
    found = told("deadline.soon", deadline)
    assert president_he.id in found
    assert raised.person_id not in found
    assert raised.person_id == judge_zhou.id


def test_the_work_list_shows_what_waits(client_for, clerk_li, recusal, registrar):
    line = worklist.read([recusal.dispute_id])[recusal.dispute_id]
    assert line.recusal_due
    assert line.days_left is not None
    browser = client_for(clerk_li)
    assert "回避待决定" in browser.get("/disputes").text
    assignments.decide(registrar, recusal, Decision.DISMISS, reason="仅为同村，无往来")
    db.session.commit()
    assert not worklist.read([recusal.dispute_id])[recusal.dispute_id].recusal_due
    assert "回避待决定" not in browser.get("/disputes").text


def test_the_list_shows_the_bench_too(raised):  # noqa: F811
    assert worklist.read([raised.dispute_id])[raised.dispute_id].recusal_due
