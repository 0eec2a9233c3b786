"""How often the same somebody may ask: the same for every process, because the database counts."""

from datetime import datetime, timedelta

import pytest
import sqlalchemy as sa

from mediation.kernel import clock
from mediation.kernel.clock import SHANGHAI
from mediation.kernel.db import db, read_only
from mediation.web.pace import Pace, PaceCount
from tests.crowd import crowd

# On the edge of a stretch of five minutes.
START = datetime(2026, 3, 2, 9, 0, tzinfo=SHANGHAI)


def at(seconds: float):
    return clock.pretend(START + timedelta(seconds=seconds))


def test_so_many_and_no_more_until_time_has_passed(app):
    pace = Pace("a door", limit=3, seconds=300)
    with at(10):
        assert [pace.wait("x") for _n in range(3)] == [0, 0, 0]
        rest = pace.wait("x")
        assert 285 <= rest <= 300
        assert pace.wait("y") == 0
        assert Pace("another door", limit=3, seconds=300).wait("x") == 0
    with at(10 + rest):
        assert pace.wait("x") == 0
        assert pace.wait("x") > 0
    with at(10 + rest + 600):
        assert [pace.wait("x") for _n in range(3)] == [0, 0, 0]


def test_two_processes_count_together(app):
    one, other = (Pace("a calendar", limit=4, seconds=300) for _n in range(2))
    with at(1):
        assert [p.wait("x") for p in (one, other, one, other)] == [0, 0, 0, 0]
        assert one.wait("x") > 0
        assert other.wait("x") > 0


def test_it_counts_where_nothing_else_may_be_written(app):
    pace = Pace("a calendar", limit=1, seconds=300)
    with at(1), read_only():
        assert pace.wait("x") == 0
        assert pace.wait("x") > 0


def test_nobody_is_remembered_longer_than_it_counts_nor_by_name(app):
    pace = Pace("a door", limit=3, seconds=300)
    with at(0):
        pace.wait("192.0.2.7")
    with at(900):
        pace.wait("192.0.2.8")
    rows = db.session.scalars(sa.select(PaceCount)).all()
    assert len(rows) == 1
    assert "192" not in rows[0].key


@pytest.mark.slow
def test_a_crowd_gets_no_more_than_one(fresh_app):
    # So long that its edge does not come just now.
    pace = Pace("a calendar", limit=20, seconds=10**8)

    def ask() -> bool:
        with read_only():
            return pace.wait("x") == 0

    with crowd(fresh_app) as run:
        ends = run([ask] * 60)
    assert ends == {True: 20, False: 40}
