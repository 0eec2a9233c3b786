"""Places in a court's trail: what has changed since somebody looked last."""

from collections.abc import Callable
from typing import NamedTuple, Protocol, Self, TypeVar

import sqlalchemy as sa

from mediation.kernel.audit import AuditEvent, AuditHead
from mediation.kernel.db import db


class Place(NamedTuple):
    """A place in a court's trail."""

    seq: int
    mac: str


FIRST = Place(0, "")
# Who has looked away for longer than so many entries begins anew.
LOOKED_BACK = 2000


def here(court_id: int) -> Place:
    """Where the court's trail ends."""
    head = db.session.execute(sa.select(AuditHead.seq, AuditHead.mac).where(AuditHead.court_id == court_id)).first()
    return FIRST if head is None else Place(*head)


# A table of which the trail tells, and the dispute whose record changed; none where it was no dispute's.
Change = tuple[str, int | None]


def changed_since(court_id: int, place: Place) -> tuple[Place, frozenset[Change]] | None:
    """Where the court's trail ends now, and of which tables and disputes it tells since that place.

    None where it cannot be told: the place is not in the trail that is read, or too far back.
    """
    asked = {"court": court_id, "seq": place.seq, "most": LOOKED_BACK}
    rows = db.session.execute(_SINCE, asked).all()
    if place != FIRST and (not rows or rows[0][:2] != place):
        return None
    if len(rows) == LOOKED_BACK:
        return None
    later = rows if place == FIRST else rows[1:]
    end = Place(*rows[-1][:2]) if rows else place
    return end, frozenset((row.subject_type, row.dispute_id) for row in later)


class Kept(Protocol):
    """What was read of a court, as its records stood at one place of the trail or after it."""

    @property
    def place(self) -> Place: ...

    def at(self, place: Place, changes: frozenset[Change], /) -> Self:
        """What of it still holds at a later place; what was read for this one meanwhile must not get into it."""


K = TypeVar("K", bound=Kept)


def present(store: dict[int, K], court_id: int, begin: Callable[[Place], K]) -> K:
    """What may be used of the court now: what is stored, as far as it still holds.

    Nothing, where this transaction itself has changed something that the trail does not tell yet.
    """
    if untold():
        return begin(FIRST)
    known = store.get(court_id)
    found = changed_since(court_id, known.place) if known is not None else None
    if known is None or found is None:
        known = store[court_id] = begin(here(court_id))
    elif found[0] != known.place:
        known = store[court_id] = known.at(*found)
    return known


def untold() -> bool:
    """Whether this transaction has changed something of which the trail tells only with the commit."""
    info = db.session().info
    return bool(info.get("changed") or info.get("trail"))


_event = AuditEvent.__table__.c
_SINCE = sa.select(_event.seq, _event.mac, _event.subject_type, _event.dispute_id).where(
    _event.court_id == sa.bindparam("court"), _event.seq >= sa.bindparam("seq")
)
_SINCE = _SINCE.order_by(_event.seq).limit(sa.bindparam("most"))
