"""Counting all running periods again after the holiday table changed: first to show what would move, then to move it.

Read and written in batches; what was said before is kept with each period, and each has its own entry of the trail.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import sqlalchemy as sa

from mediation.kernel import bulk, clock
from mediation.kernel.actor import Actor, system
from mediation.kernel.db import db, transaction
from mediation.periods import choices, rules
from mediation.periods.calendar import Calendar
from mediation.periods.derivation import Computed, Interval, Lengthening
from mediation.periods.holidays import calendar
from mediation.periods.models import Deadline, DeadlineExtension, DeadlinePause
from mediation.periods.switches import DEFAULTS, Choice, Switches, in_force
from mediation.periods.table import PeriodKey

BATCH = 5_000

_COLUMNS = (
    Deadline.id, Deadline.court_id, Deadline.dispute_id, Deadline.key, Deadline.start_on, Deadline.start_at,
    Deadline.length, Deadline.raw_on, Deadline.final_on, Deadline.provisional, Deadline.history,
)  # fmt: skip


@dataclass(frozen=True)
class Move:
    """One running period that is counted differently now."""

    id: int
    court_id: int
    dispute_id: int | None
    key: PeriodKey
    raw_before: date
    before: date
    provisional_before: bool
    after: Computed
    data: dict[str, Any]
    history: list[Any]

    @property
    def moves(self) -> bool:
        """Whether the last day is another one; otherwise it is only no longer provisional, or has other reasons."""
        return self.before != self.after.final


@dataclass
class _Again:
    """Counting on one calendar; equal periods are counted once."""

    calendar: Calendar
    choices: dict[int, list[Choice]]
    known: dict[tuple[Any, ...], tuple[Computed, dict[str, Any]]] = field(default_factory=dict)

    def count(
        self, row: Any, pauses: Sequence[Interval], extensions: Sequence[Lengthening]
    ) -> tuple[Computed, dict[str, Any]]:
        switches = in_force(self.choices.get(row.court_id, ()), row.start_on) if self.choices else DEFAULTS
        reasons = tuple(pause.causes for pause in pauses)
        key = (row.key, row.start_on, row.start_at, row.length, switches, tuple(pauses), reasons, tuple(extensions))
        if key not in self.known:
            self.known[key] = self._count(row, pauses, extensions, switches)
        return self.known[key]

    def _count(
        self, row: Any, pauses: Sequence[Interval], extensions: Sequence[Lengthening], switches: Switches
    ) -> tuple[Computed, dict[str, Any]]:
        rule = rules.rule_for(row.key, row.start_on)
        computed = rules.compute(
            rule, row.start_at or row.start_on, self.calendar, pauses, extensions=extensions,
            length=row.length if rule.set_by_court else None, switches=switches,
        )  # fmt: skip
        return computed, computed.as_data()


def changed(old: Calendar, new: Calendar) -> tuple[date, date] | None:
    """From which day to which the two calendars say different things; None when they agree."""
    found = [day for year in old.noticed ^ new.noticed for day in (date(year, 1, 1), date(year, 12, 31))]
    found += [e.day for e in {*old.entries.values()} ^ {*new.entries.values()}]
    return (min(found), max(found)) if found else None


def moves(before: Calendar, after: Calendar) -> Iterator[list[Move]]:
    """What is counted differently on another calendar, batch by batch: another day, or the same for other reasons."""
    held = choices.of_all_courts()
    once, again, last = _Again(before, held), _Again(after, held), 0
    wanted = sa.select(*_COLUMNS).where(Deadline.status.in_(rules.RUNNING))
    if span := changed(before, after):
        # A day that changed moves only a period in whose course it lies.
        wanted = wanted.where(Deadline.final_on >= span[0], Deadline.start_on <= span[1])
    while rows := db.session.execute(wanted.where(Deadline.id > last).order_by(Deadline.id).limit(BATCH)).all():
        first, last = rows[0].id, rows[-1].id
        pauses, extensions = _pauses(first, last), _extensions(first, last)
        found = []
        for row in rows:
            left_out, longer = pauses.get(row.id, ()), extensions.get(row.id, ())
            computed, data = again.count(row, left_out, longer)
            said = (row.raw_on, row.final_on, row.provisional)
            if (
                said != (computed.raw, computed.final, computed.provisional)
                or once.count(row, left_out, longer)[1] != data
            ):
                found.append(
                    Move(
                        row.id, row.court_id, row.dispute_id, row.key, row.raw_on, row.final_on, row.provisional,
                        computed, data, row.history,
                    )
                )  # fmt: skip
        if found:
            yield found


def _pauses(first: int, last: int) -> dict[int, list[Interval]]:
    """Ended pauses only: an open one is counted when it ends."""
    held: dict[int, list[Interval]] = {}
    wanted = sa.select(DeadlinePause.deadline_id, DeadlinePause.after, DeadlinePause.through, DeadlinePause.cause)
    wanted = wanted.where(DeadlinePause.deadline_id.between(first, last))
    for deadline_id, after, through, cause in db.session.execute(
        wanted.order_by(DeadlinePause.after, DeadlinePause.id)
    ):
        if through is not None:
            held.setdefault(deadline_id, []).append(Interval(after, through, (cause.value,)))
    return held


def _extensions(first: int, last: int) -> dict[int, list[Lengthening]]:
    held: dict[int, list[Lengthening]] = {}
    wanted = sa.select(DeadlineExtension).where(DeadlineExtension.deadline_id.between(first, last))
    for one in db.session.scalars(wanted.order_by(DeadlineExtension.id)):
        held.setdefault(one.deadline_id, []).append(Lengthening(one.by, one.unit, one.until, one.source))
    return held


def recompute(before: Calendar, after: Calendar, reason: str = "calendar") -> list[Move]:
    """Count all running periods again and keep what they said before. Those that are counted differently now."""
    done: list[Move] = []
    with transaction():
        moment, alike = clock.now().isoformat(), dict[tuple[Any, ...], tuple[dict[str, Any], dict[str, Any]]]()
        actors: dict[int, Actor] = {}
        for found in moves(before, after):
            changes = []
            for move in found:
                values, facts = _alike(alike, move, moment, reason)
                actor = actors.setdefault(move.court_id, system(move.court_id))
                changes.append(bulk.Change(actor, move.id, move.dispute_id, values, facts))
            bulk.change_many(Deadline, "recompute", changes)
            done += found
    return done


def _alike(
    known: dict[tuple[Any, ...], tuple[dict[str, Any], dict[str, Any]]], move: Move, moment: str, reason: str
) -> tuple[dict[str, Any], dict[str, Any]]:
    """The new values and the facts of a move; periods that said and now say the same share them."""
    if move.history:
        return _values(move, moment, reason)
    key = (id(move.after), move.raw_before, move.before, move.provisional_before)
    if key not in known:
        known[key] = _values(move, moment, reason)
    return known[key]


def _values(move: Move, moment: str, reason: str) -> tuple[dict[str, Any], dict[str, Any]]:
    said = {
        "at": moment,
        "reason": reason,
        "raw": move.raw_before.isoformat(),
        "final": move.before.isoformat(),
        "provisional": move.provisional_before,
    }
    values = {
        "raw_on": move.after.raw,
        "final_on": move.after.final,
        "final_at": move.after.moment,
        "provisional": move.after.provisional,
        "basis": move.data,
        "history": [*move.history, said],
    }
    facts = {
        "key": move.key,
        "reason": reason,
        "before": move.before,
        "provisional_before": move.provisional_before,
        "final": move.after.final,
        "provisional": move.after.provisional,
    }
    return values, facts


def recompute_open(reason: str = "calendar") -> int:
    """Count all running periods again on the calendar as it stands. How many are counted differently now."""
    now = calendar()
    return len(recompute(now, now, reason))
