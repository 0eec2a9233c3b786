"""The notice board in the hall: counted by the system, released by a clerk, kept as history."""

from collections.abc import Sequence
from datetime import date

import sqlalchemy as sa

from mediation.accounts.models import Court
from mediation.disputes.rules import Route
from mediation.intake import services as intake
from mediation.kernel import audit, clock
from mediation.kernel.actor import Actor
from mediation.kernel.db import db, transaction
from mediation.kernel.errors import NotPermitted
from mediation.periods.rules import rule_for
from mediation.periods.table import PeriodKey
from mediation.public import rules
from mediation.public.models import BoardRelease
from mediation.statistics import services as statistics

LENGTHS = {Route.A: (PeriodKey.MEDIATION_PRE,), Route.C: (PeriodKey.MEDIATION_OUT,), Route.B: (PeriodKey.MEDIATION_POST_ORD, PeriodKey.MEDIATION_POST_SUM)}  # fmt: skip


def courts() -> Sequence[Court]:
    """The courts of this installation."""
    return db.session.scalars(sa.select(Court).order_by(Court.id)).all()


def latest(court_id: int) -> BoardRelease | None:
    """The figure on the board; None when none was released yet."""
    newest = sa.select(BoardRelease).where(BoardRelease.court_id == court_id).order_by(BoardRelease.id.desc()).limit(1)
    return db.session.scalar(newest)


def history(court_id: int, *, limit: int = 20) -> Sequence[BoardRelease]:
    """The figures released so far, newest first."""
    rows = sa.select(BoardRelease).where(BoardRelease.court_id == court_id).order_by(BoardRelease.id.desc())
    return db.session.scalars(rows.limit(limit)).all()


def release(actor: Actor) -> BoardRelease:
    """Count the cases that wait for a hearing and put the figure on the board."""
    if not rules.may_release(actor):
        raise NotPermitted("release")
    with transaction():
        made = BoardRelease(
            court_id=actor.court_id,
            counted_on=clock.today(),
            pending=statistics.pending_hearing(actor.court_id),
            released_by_id=actor.id,
        )
        audit.record(actor, "release", made, pending=made.pending)
    return made


def lengths(court_id: int, on: date) -> list[int]:
    """How many days mediation takes at most on the routes the court has enabled: shown as they stand in the rules."""
    enabled = intake.routes_enabled(court_id, on)
    keys = [key for route, keys in LENGTHS.items() if route in enabled for key in keys]
    return sorted({rule_for(key, on).length for key in keys}, reverse=True)
