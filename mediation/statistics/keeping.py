"""Counts that are kept until a record of a table they read has changed.

A record changes only with an entry of the trail in the same transaction (`kernel/audit`), and the entry names its table.
What was counted is therefore right until the court's trail tells of one of the tables it was counted from.
"""

from collections.abc import Hashable
from typing import Any

from mediation.kernel import places
from mediation.kernel.places import Place

MOST = 20_000


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

    def at(self, place: Place, changed: frozenset[str]) -> "Kept":
        """What of it still holds at a later place."""
        if len(self._counts) > MOST:
            return Kept(place, {})
        still = {key: (tables, value) for key, (tables, value) in self._counts.copy().items() if not tables & changed}
        return Kept(place, still)


_kept: dict[int, Kept] = {}


def of(court_id: int) -> Kept:
    """What may be used of the court now."""
    if places.untold():
        return Kept(places.FIRST, {})
    known = _kept.get(court_id)
    found = places.changed_since(court_id, known.place) if known is not None else None
    if known is None or found is None:
        known = _kept[court_id] = Kept(places.here(court_id), {})
    elif found[0] != known.place:
        known = _kept[court_id] = known.at(*found)
    return known


def clear() -> None:
    """Keep nothing."""
    _kept.clear()
