"""Whether notices go out: the worker's heartbeat, what waits for it, and whether its servers can be reached."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from mediation.kernel import clock
from mediation.kernel.db import db, transaction
from mediation.notices import channels, rules
from mediation.notices.channels import Undelivered
from mediation.notices.models import Notice, WorkerPass
from mediation.notices.rules import Channel, NoticeStatus, Problem


@dataclass(frozen=True)
class State:
    """What the system administrator has to know; numbers only, never what a notice says."""

    configured: frozenset[Channel]
    ended_at: datetime | None
    due: int
    oldest_due: datetime | None
    dead: int

    @property
    def is_silent(self) -> bool:
        """Something could be sent, and no worker has gone through the outbox lately."""
        return bool(self.configured) and (self.ended_at is None or clock.now() - self.ended_at > rules.SILENCE)

    @property
    def is_stale(self) -> bool:
        """Notices have been due for too long."""
        return self.oldest_due is not None and clock.now() - self.oldest_due > rules.STALE


def beat(machine: str, done: Mapping[str, int]) -> None:
    """Note that the worker of this machine went through everything and ended well."""
    told = {"ended_at": clock.now(), **{name: done[name] for name in ("sent", "put_off", "given_up")}}
    table = WorkerPass.__table__
    mine = sa.update(table).where(WorkerPass.machine == machine).values(told)  # type: ignore[arg-type]
    try:
        with transaction():
            if not db.session.execute(mine.returning(WorkerPass.id)).all():
                db.session.add(WorkerPass(machine=machine, **told))
    except sa.exc.IntegrityError:
        # Another worker of this machine was faster with the very first one: the same is known now.
        db.session.rollback()


def state(court_id: int | None = None) -> State:
    """The state of sending, of one court or of the whole installation."""
    mine = Notice.court_id == court_id if court_id is not None else sa.true()
    waiting = (Notice.status.in_(rules.WAITING), Notice.next_at <= clock.now())
    due, oldest = db.session.execute(
        sa.select(sa.func.count(Notice.id), sa.func.min(Notice.next_at)).where(mine, *waiting)
    ).one()
    dead = db.session.scalar(sa.select(sa.func.count(Notice.id)).where(mine, Notice.status == NoticeStatus.DEAD))
    ended = db.session.scalar(sa.select(sa.func.max(WorkerPass.ended_at)))
    return State(channels.configured(), ended, due, oldest, dead or 0)


def passes() -> list[WorkerPass]:
    """The last pass of each machine, the latest first."""
    return list(db.session.scalars(sa.select(WorkerPass).order_by(WorkerPass.ended_at.desc())))


def unreachable() -> dict[Channel, Problem]:
    """The channels that are set up and whose server cannot be reached now; no transaction may be open."""
    found: dict[Channel, Problem] = {}
    for channel, adapter in channels.adapters().items():
        try:
            adapter.reach()
        except Undelivered as failed:
            found[channel] = failed.problem
    return found
