"""Many records changed at once, each with an entry of its own in the trail: the one way past the session's flush."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from mediation.kernel import audit, known
from mediation.kernel.actor import Actor
from mediation.kernel.db import Base, db

# So many records at most in one statement.
IDS_AT_ONCE = 1_000


@dataclass(frozen=True)
class Change:
    """New values for one record of many, by whom, and the facts the trail keeps of it.

    Records that get the same values may share one mapping, and so may their facts: both are then written out once.
    """

    actor: Actor
    id: int
    dispute_id: int | None
    values: dict[str, Any]
    facts: dict[str, Any]


def change_many(model: type[Base], action: str, changes: Sequence[Change]) -> None:
    """Change many records at once, each with an entry of its own: what `record` does for one, without loading them.

    A status moves through `advance` only, one record at a time.
    """
    if not issubclass(model, audit.Audited) or any("status" in change.values for change in changes):
        raise RuntimeError(f"{model.__name__} cannot be changed like this")
    session = db.session()
    session.flush()
    table: sa.Table = model.__table__  # type: ignore[assignment]
    for ids, values in _alike(changes):
        session.connection().execute(sa.update(table).where(table.c.id.in_(ids)).values(values))
    known.touch(session, model, [change.id for change in changes])
    for held in [held for held in session.identity_map.values() if isinstance(held, model)]:
        session.expire(held)
    written: dict[int, str] = {}
    for change in changes:
        text = written.get(id(change.facts)) or written.setdefault(id(change.facts), audit.written(change.facts))
        audit.queue(session, change.actor, f"{table.name}.{action}", table.name, change.id, change.dispute_id, text)


def _alike(changes: Sequence[Change]) -> Iterator[tuple[list[int], dict[str, Any]]]:
    """Changes that share their new values are one statement."""
    groups: dict[int, list[Change]] = {}
    for change in changes:
        groups.setdefault(id(change.values), []).append(change)
    for group in groups.values():
        for first in range(0, len(group), IDS_AT_ONCE):
            yield [change.id for change in group[first : first + IDS_AT_ONCE]], group[0].values
