"""The daily run leaves when it began and ended; the doctor and the system administrator's page say when it has not run."""

from datetime import date, timedelta

import pytest
import sqlalchemy as sa

from mediation.accounts.models import Court
from mediation.cli import installation
from mediation.cli.daily import ACTS, day_of
from mediation.kernel import clock
from mediation.kernel.db import db
from mediation.reminders import heartbeat, labels
from mediation.reminders.models import DailyRun

FRIDAY = date(2026, 3, 13)


def run(court_id: int, day: date, **more) -> None:
    with clock.pretend(clock.at(day, 6)):
        number = heartbeat.begin(court_id)
        heartbeat.end(number, **({"done": {"lapsed": 2, "freed": 0}, "failed": [], "trail_whole": True} | more))


def at(day: date, hour: int = 9):
    return clock.pretend(clock.at(day, hour))


def doctor() -> str:
    return "\n".join(installation._day())


def test_a_run_leaves_when_it_began_and_ended(app, court):
    before = clock.now()
    day = day_of(court.id)
    (left,) = heartbeat.state(court.id).runs
    assert before <= left.began_at <= left.ended_at <= clock.now()
    assert (left.done, left.failed, left.trail_whole) == (day.done, [], True)
    assert left.machine


def test_it_is_silent_when_more_than_a_working_day_has_gone_by(app, court):
    run(court.id, FRIDAY)
    for days, silent in ((0, False), (2, False), (3, False), (4, True)):
        with at(FRIDAY + timedelta(days=days)):
            assert heartbeat.state(court.id).is_silent is silent, days


def test_over_the_spring_festival_nothing_is_missing(app, court):
    run(court.id, date(2026, 2, 14))  # a Saturday on which work is made up
    with at(date(2026, 2, 24)):
        assert not heartbeat.state(court.id).is_silent
    with at(date(2026, 2, 25)):
        assert heartbeat.state(court.id).is_silent


def test_one_that_was_broken_off_does_not_count(app, court):
    run(court.id, FRIDAY)
    with at(FRIDAY + timedelta(days=4), 6):
        heartbeat.begin(court.id)
    with at(FRIDAY + timedelta(days=4)):
        state = heartbeat.state(court.id)
        assert state.is_silent
        assert [r.ended_at is None for r in state.runs] == [True, False]


def test_the_last_that_ended_is_found_behind_many_that_did_not(app, court):
    run(court.id, FRIDAY)
    with at(FRIDAY + timedelta(days=1), 6):
        for _time in range(heartbeat.SHOWN + 1):
            heartbeat.begin(court.id)
        assert heartbeat.state(court.id).last is not None


def test_the_doctor_says_when_it_last_ran(app, court):
    with at(FRIDAY):
        assert doctor().count("never ran") == 2, "both courts"
    run(court.id, FRIDAY)
    run(other_court(), FRIDAY)
    with at(FRIDAY + timedelta(days=3)):
        assert doctor() == ""
    with at(FRIDAY + timedelta(days=5)):
        assert "鲁0102 (it last ended at 2026-03-13 06:00)" in doctor()
        assert "flask --app wsgi daily" in doctor()
    run(court.id, FRIDAY + timedelta(days=5), failed=["overdue (IntegrityError)"])
    with at(FRIDAY + timedelta(days=5)):
        assert "not done: overdue (IntegrityError)" in doctor()


def other_court() -> int:
    return db.session.scalars(sa.select(Court.id).where(Court.code == "鲁0103")).one()


def test_the_page_says_it_in_both_languages(client_for, sysadmin, court):
    browser = client_for(sysadmin)
    assert "从未运行" in browser.get("/daily-run").text
    run(court.id, FRIDAY)
    with at(FRIDAY + timedelta(days=1)):
        text = browser.get("/daily-run").text
    assert "无人按时接受的调解任务" in text
    assert "2026年3月13日 06:00" in text
    with at(FRIDAY + timedelta(days=7)):
        heartbeat.begin(court.id)
        text = browser.get("/daily-run").text
        assert "超过一个工作日" in text
        assert "未结束" in text
    run(court.id, FRIDAY + timedelta(days=8), failed=["past (RuntimeError)"], trail_whole=False)
    with browser.client.session_transaction() as session:
        session["locale"] = "en"
    with at(FRIDAY + timedelta(days=8)):
        text = browser.get("/daily-run").text
    assert "1 thing could not be done" in text
    assert "The trail is not whole" in text


def test_another_courts_runs_are_not_shown(client_for, sysadmin, court):
    run(other_court(), FRIDAY)
    assert "从未运行" in client_for(sysadmin).get("/daily-run").text


@pytest.mark.parametrize("login", ["clerk_li", "judge_chen", "mediator_wang", "auditor", "president_he"])
def test_it_is_the_system_administrators_page(client_for, request, login):
    client_for(request.getfixturevalue(login)).get("/daily-run", status=403)


def test_nobody_sees_it_without_signing_in(client_for):
    client_for(None).get("/daily-run", status=401)


def test_every_count_of_the_run_has_its_words():
    assert set(labels.DONE) == {key for act in ACTS for key in act.words}


def test_a_run_ends_after_it_began(app, court):
    now = clock.now()
    db.session.add(DailyRun(court_id=court.id, machine="m", began_at=now, ended_at=now - timedelta(minutes=1)))
    with pytest.raises(sa.exc.IntegrityError):
        db.session.flush()
