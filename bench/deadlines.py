"""The statutory clock: deadlines computed in a second, and all that run counted again after a holiday notice."""

import tempfile
import time
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from itertools import islice
from pathlib import Path
from typing import TypeVar

import sqlalchemy as sa

from mediation.cli.history import bulk
from mediation.kernel import audit
from mediation.kernel.bulk import IDS_AT_ONCE
from mediation.kernel.db import Base, db
from mediation.periods import importing, rules
from mediation.periods.calendar import Calendar, days, shipped, standard
from mediation.periods.models import Deadline
from mediation.periods.notice import read
from mediation.periods.recounting import BATCH, Move
from mediation.periods.table import PeriodKey
from scripts import catalogue
from tests import builders, cluster, world
from tests.conftest import make_app
from tests.periods.notices import NOTICE_2027_MADE_UP

RUNNING = 100_000
KEYS = (PeriodKey.MEDIATION_PRE, PeriodKey.MEDIATION_POST_ORD, PeriodKey.CONFIRM_APPLY, PeriodKey.MEDIATOR_ACCEPT)
T = TypeVar("T")


def pure(seconds: float = 2.0) -> None:
    """Counting alone: no database, each deadline with its whole derivation."""
    calendar = standard()
    starts = list(days(date(2024, 1, 1), date(2026, 9, 30)))
    print("\nThe statutory clock\ndeadlines computed, with derivation")
    for key in (*KEYS, PeriodKey.TRIAL_SUMMARY):
        done, until = 0, time.perf_counter() + seconds / 4
        while time.perf_counter() < until:
            for start in starts:
                rules.compute(rules.rule_for(key, start), start, calendar)
            done += len(starts)
        print(f"  {key.value:<24}{done / (seconds / 4):>10,.0f} /s")


def timed(words: str, act: Callable[[], T]) -> tuple[T, float]:
    """What an act gave, and how long it took."""
    started = time.perf_counter()
    found = act()
    took = time.perf_counter() - started
    print(f"  {words:<44}{took:>8.1f} s")
    return found, took


def again(url: str, name: str, number: int) -> None:
    """A notice for the next year arrives while so many deadlines run into that year."""
    app = make_app(url)
    with app.app_context():
        Base.metadata.create_all(db.engine)
        world.prepare()
        clerk, admin = (builders.someone(login).as_actor() for login in ("clerk_li", "sysadmin"))
        dispute_id = builders.make_dispute(clerk).id
        _fill(clerk.court_id, dispute_id, number)
        entries = read(NOTICE_2027_MADE_UP).entries
        print(f"{name}: {number:,} running deadlines that end in the year of the notice")
        _copies()
        shown, _took = timed("what the notice would change", lambda: importing.preview(admin, entries))
        db.session.rollback()
        moved, took = timed(
            "taken over, old values kept, in the trail",
            lambda: importing.take_over(admin, entries, source_doc="国务院办公厅通知"),
        )
        print(f"  counted differently {len(moved):,}, another last day {shown.moving:,}")
        _same, least = timed("floor: the same rows written, nothing counted", _floor(moved))
        print(f"  ratio to the floor of the same run{'':<10}{took / least:>8.2f}")
        faults, _took = timed("the trail walked afterwards", lambda: list(audit.verify()))
        assert not faults, faults[0]
        db.session.remove()
        db.engine.dispose()


def _copies() -> None:
    """The deadlines as they are now, and an empty list of entries: without guards, for the floor to write into."""
    connection = db.session.connection()
    connection.exec_driver_sql("CREATE TABLE bench_deadline AS SELECT * FROM deadline")
    connection.exec_driver_sql("CREATE UNIQUE INDEX ix_bench_deadline ON bench_deadline (id)")
    connection.exec_driver_sql("CREATE TABLE bench_event AS SELECT * FROM audit_event WHERE 1 = 0")
    db.session.commit()


def _floor(moved: Sequence[Move]) -> Callable[[], None]:
    """What the database alone takes: read the rows, write the same new values and as many entries, nothing worked out."""
    event = audit.AuditEvent.__table__
    rows = [
        dict(row)
        for row in db.session.execute(sa.select(event).order_by(event.c.id.desc()).limit(len(moved))).mappings()
    ]
    db.session.rollback()
    deadlines, events = (
        _as_copied(one, name) for one, name in ((Deadline.__table__, "bench_deadline"), (event, "bench_event"))
    )
    groups: dict[int, list[Move]] = {}
    for move in moved:
        groups.setdefault(id(move.after), []).append(move)

    def write() -> None:
        connection = db.session.connection()
        assert len(connection.execute(sa.select(deadlines)).all()) >= len(moved)
        for group in groups.values():
            values = {
                "raw_on": group[0].after.raw,
                "final_on": group[0].after.final,
                "provisional": group[0].after.provisional,
            }
            said = [{"at": "", "reason": "", "raw": "", "final": "", "provisional": True}]
            values |= {"basis": group[0].data, "history": said}
            for first in range(0, len(group), IDS_AT_ONCE):
                ids = [move.id for move in group[first : first + IDS_AT_ONCE]]
                connection.execute(sa.update(deadlines).where(deadlines.c.id.in_(ids)).values(values))
        for first in range(0, len(rows), BATCH):
            connection.execute(sa.insert(events), rows[first : first + BATCH])
        db.session.commit()

    return write


def _as_copied(table: sa.Table, name: str) -> sa.Table:
    """The same columns under another name, without keys, checks and guards."""
    return sa.Table(name, sa.MetaData(), *(sa.Column(c.name, c.type) for c in table.columns))


def _fill(court_id: int, dispute_id: int, number: int) -> None:
    calendar, first = Calendar(shipped()), date(2026, 12, 5)
    made = {}
    rows = []
    for n in range(number):
        key, start = KEYS[n % len(KEYS)], first + timedelta(days=n % 90)
        if (key, start) not in made:
            made[key, start] = rules.compute(rules.rule_for(key, start), start, calendar)
        found = made[key, start]
        row = {
            "court_id": court_id, "dispute_id": dispute_id, "subject_type": "bench", "subject_id": n, "key": key, "status": "open",
            "start_on": start, "raw_on": found.raw, "final_on": found.final, "length": found.rule.length,
            "provisional": found.provisional, "article": found.rule.source, "basis": found.as_data(), "history": [],
        }  # fmt: skip
        rows.append(row)
    batches = iter(rows)
    while batch := list(islice(batches, 5000)):
        bulk.put({bulk.table_of(Deadline): batch})
    db.session.commit()


def main(number: int = RUNNING, only: str | None = None) -> None:
    catalogue.compile_stale()
    pure()
    if only in {None, "sqlite"}:
        with tempfile.TemporaryDirectory() as folder:
            again(f"sqlite:///{Path(folder) / 'bench.sqlite'}", "SQLite", number)
    if only in {None, "postgresql"}:
        again(cluster.url("bench_deadlines"), "PostgreSQL", number)


if __name__ == "__main__":
    main()
