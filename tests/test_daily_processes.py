"""The daily run as the machine starts it: processes of their own, at once, killed in the middle, days too late."""

import json
import os
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from mediation.assignment.models import Assignment
from mediation.assignment.rules import Status
from mediation.kernel import audit, clock
from mediation.kernel.db import db, reading
from mediation.notices.models import Notice
from mediation.periods.models import Deadline
from mediation.periods.table import PeriodKey
from mediation.reminders.models import DailyRun
from tests import builders
from tests.conftest import SECRET

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parent.parent
EACH = 6  # disputes that are late, that end soon, and that wait for an answer
PATIENCE = 60.0


@pytest.fixture
def due(fresh_app) -> dict[str, list[int]]:
    """Work for the day: built weeks ago, so that the run that does it has also missed every day since."""
    clerk, wang = builders.someone("clerk_li").as_actor(), builders.someone("mediator_wang").as_actor()
    made: dict[str, list[int]] = {"late": [], "soon": [], "waiting": []}
    for _number in range(EACH):
        with clock.pretend(clock.at(clock.today() - timedelta(days=60), 9)):
            made["late"].append(builders.accepted_assignment(clerk, wang).id)
            waiting = builders.make_assignment(clerk, builders.make_consented(clerk), "赵调解")
            made["waiting"].append(waiting.id)
        with clock.pretend(clock.at(clock.today() - timedelta(days=27), 9)):
            made["soon"].append(builders.accepted_assignment(clerk, wang).id)
    db.session.remove()
    return made


def start(app) -> subprocess.Popen[str]:
    """`flask --app wsgi daily --json` on the test's database, as cron or systemd would start it."""
    settings = {
        "DATABASE_URL": app.config["SQLALCHEMY_DATABASE_URI"], "MEDIATION_MODE": "testing", "MEDIATION_SECRET_KEY": SECRET,
        "MEDIATION_DOCUMENTS": "later", "MEDIATION_SEALS": str(app.config["SEAL_FOLDER"]),
    }  # fmt: skip
    command = [sys.executable, "-m", "flask", "--app", "wsgi", "daily", "--json"]
    return subprocess.Popen(
        command, cwd=ROOT, env=os.environ | settings, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )


def finish(process: subprocess.Popen[str]) -> dict:
    """What it did for the first court."""
    out, err = process.communicate(timeout=PATIENCE)
    assert process.returncode == 0, err
    told = json.loads(out)
    assert all(court["trail"]["whole"] and not court["failed"] for court in told)
    return told[0]["done"]


def runs() -> list[DailyRun]:
    db.session.remove()
    court = builders.someone("clerk_li").court_id
    found = list(db.session.scalars(sa.select(DailyRun).where(DailyRun.court_id == court).order_by(DailyRun.id)))
    db.session.remove()
    return found


def check_everything_was_done_once(made: dict[str, list[int]]) -> None:
    db.session.remove()
    statuses = {a.id: (a.status, a.overdue_at) for a in db.session.scalars(sa.select(Assignment))}
    assert {statuses[number][0] for number in made["waiting"]} == {Status.DECLINED}
    assert all(statuses[number][1] is not None for number in made["late"])
    assert not any(statuses[number][1] for number in made["soon"])
    soon = set(
        db.session.scalars(
            sa.select(Deadline.id).where(Deadline.key == PeriodKey.MEDIATION_PRE, Deadline.subject_id.in_(made["soon"]))
        )
    )
    messages = Counter(
        db.session.execute(sa.select(Notice.kind, Notice.subject_type, Notice.subject_id, Notice.user_id)).all()
    )
    reminded = {row[2:] for row in messages if row[0] == "deadline.soon" and row[2] in soon}
    readers = {builders.someone("clerk_li").id, builders.someone("mediator_wang").id}
    assert reminded == {(number, reader) for number in soon for reader in readers}
    assert all(count == 1 for row, count in messages.items() if row[0].startswith("deadline.")), messages
    tasks = [row for row in messages if row[0] == "assignment.task" and row[2] in made["late"]]
    assert {row[2] for row in tasks} == set(made["late"])
    assert all(messages[row] == 1 for row in tasks)
    entries = Counter(db.session.execute(sa.select(audit.AuditEvent.action, audit.AuditEvent.subject_id)).all())
    assert all(n == 1 for (action, _id), n in entries.items() if action in {"assignment.lapse", "deadline.remind"})
    assert list(audit.verify()) == []
    db.session.remove()


@contextmanager
def write_lock() -> Iterator[None]:
    """Nobody else writes meanwhile."""
    with db.engine.connect() as connection, connection.begin():
        if connection.dialect.name == "postgresql":
            connection.exec_driver_sql("LOCK TABLE daily_run IN EXCLUSIVE MODE")
        yield


def wait_until_it_waits(process: subprocess.Popen[str]) -> None:
    """Loaded, and using next to nothing of the processor: it stands before the lock, and looks now and then."""
    before, quiet, limit = -1, 0, time.monotonic() + PATIENCE
    while quiet < 4 and time.monotonic() < limit:
        assert process.poll() is None, process.communicate()
        fields = Path(f"/proc/{process.pid}/stat").read_text().rpartition(")")[2].split()
        used = int(fields[11]) + int(fields[12])
        quiet = quiet + 1 if used - before <= 2 and used > 30 else 0
        before = used
        time.sleep(0.2)


def test_of_two_processes_at_once_only_one_acts(fresh_app, due):
    with write_lock():
        both = [start(fresh_app), start(fresh_app)]
        for process in both:
            wait_until_it_waits(process)
        assert [process.poll() for process in both] == [None, None], "both stand ready when the lock is let go"
    done = [finish(process) for process in both]
    together = {key: sum(one[key] for one in done) for key in done[0]}
    assert (together["lapsed"], together["overdue"]) == (EACH, EACH)
    for key in ("lapsed", "overdue", "ending_soon", "past"):
        assert min(one[key] for one in done) == 0, (key, done)
    assert len(runs()) == 2
    check_everything_was_done_once(due)


def seen(what: str, made: dict[str, list[int]]) -> bool:
    """Whether the run has come so far."""
    own = sa.select(sa.func.count(Assignment.id))
    asked = {
        "lapsed": own.where(Assignment.id.in_(made["waiting"]), Assignment.status == Status.DECLINED),
        "overdue": own.where(Assignment.id.in_(made["late"]), Assignment.overdue_at.is_not(None)),
    }
    only_reading = reading.set(True)
    try:
        with db.engine.connect() as connection:
            return bool(connection.scalar(asked[what]))
    finally:
        reading.reset(only_reading)


def kill_at(app, point: str, made: dict[str, list[int]]) -> None:
    """Start it, and kill it without warning as soon as it has come to this point."""
    process = start(app)
    limit = time.monotonic() + PATIENCE
    while not seen(point, made):
        assert time.monotonic() < limit
        assert process.poll() is None, "it ended before it came so far"
        time.sleep(0.001)
    process.send_signal(signal.SIGKILL)
    process.communicate(timeout=PATIENCE)
    assert process.returncode == -signal.SIGKILL
    assert runs()[-1].ended_at is None, "it was killed while it worked"


def test_killed_in_the_middle_again_and_again_nothing_is_doubled_and_nothing_lost(fresh_app, due):
    for point in ("lapsed", "overdue"):
        kill_at(fresh_app, point, due)
    last = finish(start(fresh_app))
    assert (last["lapsed"], last["overdue"]) == (0, 0), "that had been done before it was killed"
    check_everything_was_done_once(due)
    after = finish(start(fresh_app))
    assert set(after.values()) == {0}, after
    check_everything_was_done_once(due)
    assert [run.ended_at is None for run in runs()] == [True, True, False, False]
