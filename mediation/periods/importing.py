"""Taking over a year's holiday notice in two steps: what it would change, and the change itself."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from mediation.kernel.actor import Actor, Role
from mediation.kernel.db import transaction
from mediation.kernel.errors import NotPermitted
from mediation.periods import recounting
from mediation.periods.calendar import Calendar, DayFact, Entry, days
from mediation.periods.holidays import calendar, replace_year, without, year_of
from mediation.periods.recounting import Move
from mediation.periods.table import PeriodKey


@dataclass(frozen=True)
class DayChange:
    """One day that the notice makes something else than it was held to be."""

    day: date
    before: DayFact
    after: DayFact


@dataclass(frozen=True)
class Group:
    """Running periods of one kind whose last day moves from one day to another; and which they are."""

    key: PeriodKey
    before: date
    after: date
    provisional: bool
    ids: tuple[int, ...]


@dataclass(frozen=True)
class Preview:
    """What a notice would change; nothing has been changed yet."""

    year: int
    days: list[DayChange]
    groups: list[Group]
    # Last days that stay, but are no longer provisional.
    settled: int
    # Periods of other courts of this installation that would move too.
    elsewhere: int
    replaces: bool

    @property
    def moving(self) -> int:
        return sum(len(group.ids) for group in self.groups)


def may_import(actor: Actor) -> bool:
    """The system administrator keeps the table of the installation (DOMAIN 2.1, A17; 4.3)."""
    return actor.has(Role.SYSTEM_ADMIN) or actor.id == 0


def preview(actor: Actor, entries: Sequence[Entry]) -> Preview:
    """What would change: which days, and which running periods of the court with them."""
    if not may_import(actor):
        raise NotPermitted("import_notice", article="S31 art. 7")
    before, year = calendar(), year_of(entries)
    after = Calendar([*without(before, year), *entries])
    found = [move for batch in recounting.moves(before, after) for move in batch]
    own = [move for move in found if move.court_id == actor.court_id]
    return Preview(
        year,
        list(_days(before, after, year)),
        _groups(own),
        sum(not m.moves and m.provisional_before and not m.after.provisional for m in own),
        sum(m.moves for m in found) - sum(m.moves for m in own),
        year in before.noticed,
    )


def _days(before: Calendar, after: Calendar, year: int) -> Iterable[DayChange]:
    first, last = date(year - 1, 12, 1), date(year, 12, 31)
    for day in days(first, last):
        if day in before and (was := before.fact(day)).kind is not (now := after.fact(day)).kind:
            yield DayChange(day, was, now)


def _groups(moves: Iterable[Move]) -> list[Group]:
    ids: dict[tuple[PeriodKey, date, date, bool], list[int]] = {}
    for move in moves:
        if move.moves:
            key = (move.key, move.before, move.after.final, move.after.provisional)
            ids.setdefault(key, []).append(move.id)
    return [Group(*key, tuple(found)) for key, found in sorted(ids.items(), key=lambda one: (one[0][1], one[0][0]))]


def take_over(
    actor: Actor, entries: Sequence[Entry], *, source_doc: str, published_on: date | None = None
) -> list[Move]:
    """Write the notice into the table and count all running periods again. Those that are counted differently now."""
    if not may_import(actor):
        raise NotPermitted("import_notice", article="S31 art. 7")
    with transaction():
        before = calendar()
        replace_year(actor, entries, source_doc=source_doc, published_on=published_on)
        return recounting.recompute(before, calendar())


def import_notice(actor: Actor, entries: Sequence[Entry], *, source_doc: str, published_on: date | None = None) -> int:
    """The same; how many running periods are counted differently now."""
    return len(take_over(actor, entries, source_doc=source_doc, published_on=published_on))
