"""The daily run acts once, however often and on however many machines it runs."""

import json
import threading
from datetime import date, timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.pool import NullPool

from mediation.assignment import services as assignments
from mediation.assignment.models import Assignment
from mediation.assignment.rules import EndCode, Status
from mediation.cli.daily import day_of
from mediation.kernel import audit, clock
from mediation.kernel.audit import FaultKind
from mediation.kernel.db import db, prepare_engine
from mediation.notices.models import Notice
from mediation.periods import services as periods
from mediation.periods.table import PeriodKey
from mediation.reminders import rules
from mediation.reminders.rules import Reader, Stage
from mediation.trail import services as trail
from tests import builders
from tests.kernel.test_audit import by_hand, without_guard

MONDAY = date(2026, 3, 2)
NOTHING = {
    "freed": 0, "lapsed": 0, "overdue": 0, "ending_soon": 0, "past": 0, "certificates_out": 0, "certificates_soon": 0, "agreements_soon": 0, "turns_over": 0, "turns_reminded": 0,
    "resumed": 0, "asked_to_rate": 0,
    "hindered": 0,
    "frozen": 0, "beyond": 0, "reports": 0, "sums_differ": 0, "run_out": 0, "in_force": 0,
    "orders_unanswered": 0, "performances_soon": 0, "performances_late": 0,
}  # fmt: skip


@pytest.fixture
def people(fresh_app):
    return builders.someone("clerk_li").as_actor(), builders.someone("mediator_wang").as_actor()


@pytest.fixture
def running(people):
    """Accepted on 2 March: thirty days, to 1 April."""
    with clock.pretend(clock.at(MONDAY, 9)):
        return builders.accepted_assignment(*people).id


def run(court_id, day):
    with clock.pretend(clock.at(day, 6)):
        day = day_of(court_id)
    assert day.is_good, day
    return day.done


def told(kind, subject_id=None):
    wanted = sa.select(Notice).where(Notice.kind == kind).order_by(Notice.id)
    return [n for n in db.session.scalars(wanted) if subject_id in {None, n.subject_id}]


def last_day(assignment_id):
    return periods.current("assignment", assignment_id, PeriodKey.MEDIATION_PRE)


@pytest.mark.parametrize("key", list(PeriodKey))
def test_a_missed_day_is_made_up_for_and_nothing_is_told_early(key):
    final = date(2026, 4, 1)
    assert rules.stage(final, final + timedelta(days=3), 5) is Stage.LATE
    assert rules.stage(final, final, 5) is Stage.SOON
    assert rules.stage(final, final - timedelta(days=5), 5) is Stage.SOON
    assert rules.stage(final, final - timedelta(days=6), 5) is None
    assert rules.readers(key, None) == ()
    for stage in Stage:
        assert set(rules.readers(key, stage)) <= set(Reader)


def test_what_nobody_accepted_goes_back_and_what_is_late_is_marked_once(fresh_app, people):
    clerk, mediator = people
    with clock.pretend(clock.at(clock.today() - timedelta(days=60), 9)):
        late_id = builders.accepted_assignment(clerk, mediator).id
        waiting_id = builders.make_assignment(clerk, builders.make_consented(clerk)).id
    runner = fresh_app.test_cli_runner()
    first = runner.invoke(args=["daily"])
    assert first.exit_code == 0, first.output
    assert "1 assignments nobody accepted" in first.output
    assert "1 mediations are newly past" in first.output
    second = runner.invoke(args=["daily"])
    assert "nothing was due" in second.output
    db.session.expire_all()
    assert db.session.get(Assignment, waiting_id).status is Status.DECLINED
    assert db.session.get(Assignment, late_id).overdue_at is not None
    assert list(audit.verify()) == []


def test_five_days_before_the_end_mediator_and_clerk_are_warned_once(people, running):
    clerk, mediator = people
    court, deadline = clerk.court_id, last_day(running)
    assert deadline.final_on == date(2026, 4, 1)
    run(court, deadline.final_on - timedelta(days=6))
    assert not told("deadline.soon", deadline.id)
    assert run(court, deadline.final_on - timedelta(days=4))["ending_soon"] == 1, "the fifth day itself was missed"
    assert {n.user_id for n in told("deadline.soon", deadline.id)} == {clerk.id, mediator.id}
    assert "2026年4月1日" in told("deadline.soon", deadline.id)[0].text
    assert run(court, deadline.final_on - timedelta(days=3)) == NOTHING
    assert len(told("deadline.soon", deadline.id)) == 2


def test_another_last_day_is_told_again(people, running):
    clerk, _mediator = people
    deadline = last_day(running)
    run(clerk.court_id, deadline.final_on)
    before = len(told("deadline.soon", deadline.id))
    with clock.pretend(clock.at(deadline.final_on, 9)):
        periods.extend(clerk, deadline, 10)
    assert run(clerk.court_id, deadline.final_on - timedelta(days=2))["ending_soon"] == 1
    assert len(told("deadline.soon", deadline.id)) == 2 * before


def test_a_mediation_past_its_end_is_the_mediations_own_task_and_not_told_twice(people, running):
    deadline = last_day(running)
    done = run(people[0].court_id, deadline.final_on + timedelta(days=1))
    assert done["overdue"] == 1
    assert not told("deadline.late", deadline.id)
    assert len(told("assignment.task", running)) == 1


def test_the_material_is_asked_for_until_it_has_been_handed_over(people, running):
    clerk, mediator = people
    with clock.pretend(clock.at(MONDAY + timedelta(days=7), 9)):
        assignments.end(mediator, db.session.get(Assignment, running), EndCode.UNWILLING, reason="被申请人不同意调解")
    (deadline,) = [d for d in periods.of_subject("assignment", running) if d.key is PeriodKey.TRANSFER_BACK]
    assert deadline.final_on == MONDAY + timedelta(days=8), "one working day"
    run(clerk.court_id, deadline.final_on)
    assert "移交" in told("deadline.soon", deadline.id)[0].text
    run(clerk.court_id, deadline.final_on + timedelta(days=1))
    assert {n.user_id for n in told("deadline.late", deadline.id)} >= {clerk.id, mediator.id}
    assert run(clerk.court_id, deadline.final_on + timedelta(days=2)) == NOTHING


def test_it_says_the_same_to_a_machine(fresh_app, people, running):
    answer = fresh_app.test_cli_runner().invoke(args=["daily", "--json"])
    assert answer.exit_code == 0
    (court, *_others) = json.loads(answer.output)
    assert court["done"]["overdue"] == 1
    assert court["day"] == clock.today().isoformat()


# --- the trail -------------------------------------------------------------------------------------------------------


def test_the_days_run_checks_the_trail_and_says_so_on_the_auditors_page(fresh_app, people):
    answer = fresh_app.test_cli_runner().invoke(args=["daily", "--json"])
    assert answer.exit_code == 0, answer.output
    assert {one["trail"]["whole"] for one in json.loads(answer.output)} == {True}
    auditor = builders.someone("auditor").as_actor()
    check = trail.last_check(auditor)
    assert (check.by, check.faults) == ("", [])
    assert audit.head_of(auditor.court_id) == check.through + 1


def test_a_broken_trail_is_told_and_stops_nothing_else(fresh_app, people, running):
    court_id = people[0].court_id
    without_guard()
    by_hand("UPDATE audit_event SET actor_name = 'x' WHERE court_id = :court AND seq = 5", court=court_id)
    answer = fresh_app.test_cli_runner().invoke(args=["daily"])
    assert answer.exit_code == 1
    assert "1 mediations are newly past" in answer.output, "the work of the day was done"
    assert "entry 5 was changed" in answer.stderr
    db.session.expire_all()
    assert db.session.get(Assignment, running).overdue_at is not None
    check = trail.last_check(builders.someone("auditor").as_actor())
    assert [(fault.kind, fault.seq) for fault in check.faults] == [(FaultKind.CHANGED, 5)]


def test_where_nothing_can_be_written_any_more_the_other_courts_are_served(fresh_app, people, running):
    court_id, other = people[0].court_id, builders.someone("clerk_of_other_court").court_id
    by_hand("DELETE FROM audit_head WHERE court_id = :court", court=court_id)
    answer = fresh_app.test_cli_runner().invoke(args=["daily", "--json"])
    assert answer.exit_code == 1
    told = {one["trail"]["told"]: one for one in json.loads(answer.stdout)}
    assert told[False]["failed"], "what was due could not be written down"
    assert FaultKind.NO_HEAD in [fault["kind"] for fault in told[False]["trail"]["faults"]]
    assert (told[True]["failed"], told[True]["trail"]["whole"]) == ([], True)
    wanted = sa.select(sa.func.count()).where(
        audit.AuditEvent.court_id == other, audit.AuditEvent.action == trail.VERIFY
    )
    assert db.session.scalar(wanted) == 1


@pytest.mark.slow
def test_started_on_many_machines_at_once_only_one_acts(fresh_app, people, running):
    court = people[0].court_id
    db.session.rollback()
    real = db.engines[None]
    db.engines[None] = sa.create_engine(real.url, poolclass=NullPool)
    prepare_engine(db.engines[None])
    ends, gate = [], threading.Barrier(6)

    def machine() -> None:
        with fresh_app.app_context():
            gate.wait()
            try:
                ends.append(run(court, MONDAY + timedelta(days=40)))
            except BaseException as error:  # noqa: BLE001 shown by the test
                ends.append(repr(error))
            finally:
                db.session.remove()

    threads = [threading.Thread(target=machine) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    db.session.remove()
    db.engines[None].dispose()
    db.engines[None] = real
    assert sorted((e["overdue"] for e in ends), reverse=True) == [1, 0, 0, 0, 0, 0], ends
    assert sum(e["past"] for e in ends) == len({(n.subject_id) for n in told("deadline.late")})
    assert len(told("assignment.task", running)) == 1
    assert list(audit.verify()) == []
