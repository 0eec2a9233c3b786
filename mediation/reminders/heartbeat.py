"""Whether the daily run takes place: each leaves when it began and ended; nobody has to notice its absence by its harm."""

import socket
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa

from mediation.kernel import clock
from mediation.kernel.db import db, transaction
from mediation.periods import services as periods
from mediation.reminders.models import DailyRun

SHOWN = 14
# More than so many working days since the last run that ended: what had to be told was not told.
MOST_WORKING_DAYS = 1


@dataclass(frozen=True)
class State:
    """How long ago the day's work was done for a court, and how."""

    court_code: str
    runs: Sequence[DailyRun]
    last: DailyRun | None
    working_days_ago: int

    @property
    def is_silent(self) -> bool:
        """It never ended, or not for more than a working day."""
        return self.last is None or self.working_days_ago > MOST_WORKING_DAYS

    @property
    def has_failed(self) -> bool:
        """The last one that ended could not do everything."""
        return self.last is not None and bool(self.last.failed)

    @property
    def is_good(self) -> bool:
        """Nobody has to do anything."""
        return not self.is_silent and not self.has_failed and (self.last is None or self.last.trail_whole)


def begin(court_id: int) -> int:
    """Note that the day's run begins for a court, before it does anything."""
    with transaction():
        run = DailyRun(court_id=court_id, machine=socket.gethostname()[:40], began_at=clock.now(), done={}, failed=[])
        db.session.add(run)
        db.session.flush()
        number: int = run.id
    return number


def end(number: int, *, done: Mapping[str, int], failed: Sequence[str], trail_whole: bool) -> None:
    """Note that it has ended, what it brought and what it could not do."""
    with transaction():
        run = db.session.get_one(DailyRun, number)
        run.ended_at, run.done, run.failed = max(clock.now(), run.began_at), dict(done), list(failed)
        run.trail_whole = trail_whole


def state(court_id: int, court_code: str = "") -> State:
    """The latest runs of a court, and how many working days have gone by since the last that ended."""
    own = sa.select(DailyRun).where(DailyRun.court_id == court_id)
    runs = db.session.scalars(own.order_by(DailyRun.began_at.desc(), DailyRun.id.desc()).limit(SHOWN)).all()
    ended = own.where(DailyRun.ended_at.is_not(None)).order_by(DailyRun.began_at.desc(), DailyRun.id.desc())
    last = next((run for run in runs if run.ended_at), None) or db.session.scalars(ended.limit(1)).first()
    return State(court_code, runs, last, _ago(last, clock.today()))


def _ago(last: DailyRun | None, today: date) -> int:
    if last is None or last.ended_at is None:
        return 0
    return periods.calendar().working_days(clock.local(last.ended_at).date(), today)
