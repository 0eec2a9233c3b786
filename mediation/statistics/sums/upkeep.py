"""The sums follow every act in its own transaction: what its disputes count now, less what they counted until now."""

from collections.abc import Iterable
from functools import lru_cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from mediation.disputes.models import Dispute
from mediation.kernel import known
from mediation.kernel.db import Base
from mediation.kernel.known import IDS_AT_ONCE, Touch, Touched
from mediation.periods.models import Deadline
from mediation.statistics.counting.mediations import MEDIATION_KEYS
from mediation.statistics.facts import Facts
from mediation.statistics.sums import cells, counting
from mediation.statistics.sums.cells import KEYS
from mediation.statistics.sums.counting import READ, Condition, Piece
from mediation.statistics.sums.models import FigureSum
from mediation.statistics.sums.rules import Measure

# Read so many disputes of a batch in one statement.
DISPUTES_AT_ONCE = 200
SUMS: sa.Table = FigureSum.__table__  # type: ignore[assignment]
DISPUTES: Any = sa.bindparam("disputes", expanding=True, type_=sa.Integer())


def follow(session: Session, touched: Touched) -> None:
    """Before the new states of these records are written: the last ones and the records themselves are both at hand."""
    found: dict[int, frozenset[Measure]] = {}
    for model in READ & touched.keys():
        for measures, records in _alike(model, touched[model]).items():
            for dispute in _disputes(session, model, records):
                found[dispute] = found.get(dispute, frozenset()) | measures
    made = {number for number, touch in touched.get(Dispute, {}).items() if touch.made}
    if left := sorted(found.keys() - made):
        _take_turns(session, left)
    groups: dict[frozenset[Measure], list[int]] = {}
    for dispute in sorted(found):
        groups.setdefault(found[dispute], []).append(dispute)
    for measures, disputes in groups.items():
        for first in range(0, len(disputes), DISPUTES_AT_ONCE):
            _add(session, measures, disputes[first : first + DISPUTES_AT_ONCE])


def _alike(model: type[Base], records: dict[int, Touch]) -> dict[frozenset[Measure], list[int]]:
    """The records by what their change bears on."""
    groups: dict[frozenset[Measure], list[int]] = {}
    for number, touch in records.items():
        if measures := counting.borne_on(model, touch.columns, made=touch.made):
            groups.setdefault(measures, []).append(number)
    return groups


def _take_turns(session: Session, disputes: list[int]) -> None:
    """Two acts on one dispute at once: the second counts what the first has left. SQLite lets one write at a time anyway."""
    if session.connection().dialect.name == "postgresql":
        rows = sa.select(Dispute.id).where(Dispute.id.in_(disputes)).order_by(Dispute.id)
        session.execute(rows.with_for_update(key_share=True))


def _disputes(session: Session, model: type[Base], records: list[int]) -> Iterable[int]:
    """Whose records these are; those the session holds need not be asked for."""
    if model is Dispute:
        return records
    known_here, others = set[int](), []
    for number in records:
        held = session.identity_map.get(sa.orm.util.identity_key(model, number))
        if held is None or "dispute_id" not in held.__dict__:
            others.append(number)
        elif model is not Deadline or _is_of_a_mediation(held.__dict__):
            known_here.add(held.__dict__["dispute_id"])
    kept = known.KEPT[model]
    for first in range(0, len(others), IDS_AT_ONCE):
        ids = others[first : first + IDS_AT_ONCE]
        for table in (kept.live, kept.states):
            theirs = (
                sa.select(table.c.dispute_id).distinct().where(table.c.id.in_(ids), table.c.dispute_id.is_not(None))
            )
            if model is Deadline:
                theirs = theirs.where(table.c.subject_type == "assignment", table.c.key.in_(MEDIATION_KEYS))
            known_here.update(session.connection().scalars(theirs))
    return known_here - {None}


def _is_of_a_mediation(held: dict[str, Any]) -> bool:
    return (
        held.get("subject_type", "assignment") == "assignment" and held.get("key", MEDIATION_KEYS[0]) in MEDIATION_KEYS
    )


def _add(session: Session, measures: frozenset[Measure], disputes: list[int]) -> None:
    connection = session.connection()
    gone = [
        row[:-2]
        for row in connection.execute(_difference(measures, connection.dialect.name), {"disputes": disputes})
        if row.n == row.days == 0
    ]
    if gone:
        same = sa.tuple_(*(SUMS.c[name] for name in KEYS)).in_(gone)
        connection.execute(sa.delete(SUMS).where(same, SUMS.c.n == 0, SUMS.c.days == 0))


def _theirs(piece: Piece) -> Condition:
    return piece.dispute.in_(DISPUTES)


@lru_cache(maxsize=128)
def _difference(measures: frozenset[Measure], dialect: str) -> Any:
    """One statement: the records as they stand now, less their last known states, added to the sums."""
    parts = cells.one_by_one(measures, Facts().of, _theirs, 1) + cells.one_by_one(measures, known.held, _theirs, -1)
    put = added(cells.summed([cells.with_years(parts)]), dialect)
    return put.returning(*(SUMS.c[name] for name in KEYS), SUMS.c.n, SUMS.c.days)


def added(rows: sa.Select[Any], dialect: str) -> Any:
    """Rows of the table's own columns, added to what stands there."""
    insert: Any = {"postgresql": postgresql.insert, "sqlite": sqlite.insert}[dialect]
    # In the order of the keys: two acts that add to the same rows never wait for each other in a circle.
    put = insert(SUMS).from_select([*KEYS, "n", "days"], rows.order_by(*(rows.selected_columns[name] for name in KEYS)))
    more = {"n": SUMS.c.n + put.excluded.n, "days": SUMS.c.days + put.excluded.days}
    return put.on_conflict_do_update(index_elements=list(KEYS), set_=more)


known.follow(follow)
