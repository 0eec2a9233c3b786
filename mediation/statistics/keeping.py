"""Counts that are kept until a record of a table they read has changed.

A record changes only with an entry of the trail in the same transaction (`kernel/audit`), and the entry names its table.
What was counted is therefore right until the court's trail tells of one of the tables it was counted from.

A number of disputes is kept as the numbers of its shelves, so many disputes with consecutive ids each: the entry names
the dispute too, and only its shelf has to be counted again.
"""

from collections.abc import Hashable
from dataclasses import dataclass
from typing import Any

from mediation.kernel import places
from mediation.kernel.places import Change, Place

MOST = 20_000
# Disputes of one shelf, and on how many shelves at most something may have changed before all are counted again.
SHELF, MOST_SHELVES = 64, 4


@dataclass(frozen=True)
class Shelves:
    """How many disputes are counted on each shelf; those on which something changed since are to be counted again."""

    numbers: dict[int, int]
    changed: frozenset[int] = frozenset()

    @property
    def number(self) -> int:
        """All together."""
        return sum(self.numbers.values())

    def recounted(self, numbers: dict[int, int]) -> "Shelves":
        """With what the changed shelves hold now."""
        return Shelves({shelf: n for shelf, n in (self.numbers | numbers).items() if n})


class Kept:
    """What was counted of a court, as its records stood at one place of the trail or after it."""

    def __init__(self, place: Place, counts: dict[Hashable, tuple[frozenset[str], Any]]) -> None:
        self.place = place
        self._counts = counts

    def __contains__(self, key: Hashable) -> bool:
        return key in self._counts

    def __getitem__(self, key: Hashable) -> Any:
        return self._counts[key][1]

    def put(self, key: Hashable, tables: frozenset[str], value: Any) -> None:
        """Keep what was counted from these tables."""
        self._counts[key] = tables, value

    def at(self, place: Place, changes: frozenset[Change]) -> "Kept":
        """What of it still holds at a later place."""
        if len(self._counts) > MOST:
            return Kept(place, {})
        still = {}
        for key, (tables, value) in self._counts.copy().items():
            left = _left(value, {dispute for table, dispute in changes if table in tables})
            if left is not None:
                still[key] = tables, left
        return Kept(place, still)


def _left(value: Any, disputes: set[int | None]) -> Any:
    """What a count is still good for after records of these disputes have changed; None for nothing."""
    if not disputes:
        return value
    if not isinstance(value, Shelves) or None in disputes:
        return None
    changed = value.changed | {dispute // SHELF for dispute in disputes if dispute is not None}
    return Shelves(value.numbers, changed) if len(changed) <= MOST_SHELVES else None


_kept: dict[int, Kept] = {}


def of(court_id: int) -> Kept:
    """What may be used of the court now."""
    return places.present(_kept, court_id, lambda place: Kept(place, {}))


def clear() -> None:
    """Keep nothing."""
    _kept.clear()
