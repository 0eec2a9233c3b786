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
from mediation.kernel.errors import DomainError, NotPermitted
from mediation.periods.rules import rule_for
from mediation.periods.table import PeriodKey
from mediation.public import documents, labels, rules
from mediation.public.models import BoardDraft, BoardRelease
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


def latest_draft(court_id: int) -> BoardDraft | None:
    """The last draft (公示稿); None when none was made yet."""
    newest = sa.select(BoardDraft).where(BoardDraft.court_id == court_id).order_by(BoardDraft.id.desc()).limit(1)
    return db.session.scalar(newest)


def draft_of(actor: Actor, draft_id: int) -> BoardDraft | None:
    """A draft of the own court."""
    _require(actor, "release")
    found = sa.select(BoardDraft).where(BoardDraft.id == draft_id, BoardDraft.court_id == actor.court_id)
    return db.session.scalar(found)


def release_of(draft: BoardDraft) -> BoardRelease | None:
    """What came of a draft on the board; None while nobody released it."""
    return db.session.scalar(sa.select(BoardRelease).where(BoardRelease.draft_id == draft.id))


def draft(actor: Actor) -> BoardDraft:
    """Count the cases that wait for a hearing and put the notice on paper, for whoever releases it (DOMAIN 5.3-27).

    Counted the same on the same day and not released, the draft that is there stays.
    """
    _require(actor, "draft")
    pending, today = statistics.pending_hearing(actor.court_id), clock.today()
    with transaction():
        last = latest_draft(actor.court_id)
        if last and (last.counted_on, last.pending) == (today, pending) and release_of(last) is None:
            return last
        made = BoardDraft(court_id=actor.court_id, counted_on=today, pending=pending, drafted_by_id=actor.id)
        audit.record(actor, "draft", made, pending=pending)
        documents.board_draft(actor, made, lengths(actor.court_id, today))
    return made


def release(actor: Actor, draft: BoardDraft) -> BoardRelease:
    """Put the figure of the last draft on the board. Released again, it is the same release."""
    _require(actor, "release")
    with transaction():
        db.session.execute(sa.select(BoardDraft.id).where(BoardDraft.id == draft.id).with_for_update())
        if done := release_of(draft):
            return done
        last = latest_draft(actor.court_id)
        if last and (found := rules.obstacle(draft.id, last.id)):
            raise DomainError(labels.OBSTACLE[found], remedy=labels.REMEDY[found])
        made = BoardRelease(
            court_id=actor.court_id,
            counted_on=draft.counted_on,
            pending=draft.pending,
            draft_id=draft.id,
            released_by_id=actor.id,
        )
        audit.record(actor, "release", made, pending=made.pending)
    return made


def _require(actor: Actor, act: str) -> None:
    if not rules.may_release(actor):
        raise NotPermitted(act)


def lengths(court_id: int, on: date) -> list[int]:
    """How many days mediation takes at most on the routes the court has enabled: shown as they stand in the rules."""
    enabled = intake.routes_enabled(court_id, on)
    keys = [key for route, keys in LENGTHS.items() if route in enabled for key in keys]
    return sorted({rule_for(key, on).length for key in keys}, reverse=True)
