"""What hangs on one dispute, read at once.

The page of a dispute shows what a dozen tables know of it. Each capability names its models in the registry, and the
page reads all of them in one question; the reading functions then find their rows here. Outside a page, and wherever
something is about to be written, they ask the database as ever.
"""

import json
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import lru_cache
from typing import Any, TypeVar

import sqlalchemy as sa
from sqlalchemy.orm import Mapper, RelationshipDirection
from sqlalchemy.orm.attributes import instance_state, set_committed_value

from mediation.kernel.db import Base, UtcDateTime, db, reading

M = TypeVar("M", bound=Base)
T = TypeVar("T")
ARRAY = {"sqlite": sa.func.json_array, "postgresql": sa.func.json_build_array}
_DISPUTE = sa.bindparam("dispute_id", type_=sa.Integer)


@dataclass(frozen=True)
class Dossier:
    """The rows of one dispute by model, each model's in the order of their ids."""

    dispute_id: int
    rows: dict[type[Base], list[Any]]
    answers: dict[Hashable, Any] = field(default_factory=dict)


def of(model: type[M], dispute_id: int) -> Sequence[M]:
    """The dispute's rows of a model, the oldest first."""
    found = kept(model, dispute_id)
    if found is not None:
        return found
    columns: Any = model
    wanted = sa.select(model).where(columns.dispute_id == dispute_id)
    return db.session.scalars(wanted.order_by(columns.id)).all()


def kept(model: type[M], dispute_id: int) -> list[M] | None:
    """The same where they were read for the page of this dispute; None where the database has to be asked."""
    found = _present()
    if found is None or found.dispute_id != dispute_id or model not in found.rows:
        return None
    return list(found.rows[model])


def kept_in(table: str, dispute_id: int) -> list[Any] | None:
    """The same for a table whose model belongs to a later stage."""
    found = _present()
    if found is None or found.dispute_id != dispute_id:
        return None
    return next((list(rows) for model, rows in found.rows.items() if model.__tablename__ == table), None)


def beside(model: type[M], table: str, record_id: int) -> list[M] | None:
    """All rows of a model beside a record of the dispute whose page is being made; None when it is no such record."""
    found = _present()
    if found is None or model not in found.rows:
        return None
    mine = (row for other, rows in found.rows.items() if other.__tablename__ == table for row in rows)
    return list(found.rows[model]) if any(row.id == record_id for row in mine) else None


def mentioned(model: type[M]) -> Sequence[M]:
    """What was read because the records of the dispute name it, or its court keeps it: mediators, rooms, regime."""
    found = _present()
    return found.rows.get(model, ()) if found is not None else ()


def once(question: Hashable, ask: Callable[[], T]) -> T:
    """The answer to a question that a page puts again and again: asked once for the page, elsewhere every time."""
    found = _present()
    if found is None:
        return ask()
    if question not in found.answers:
        found.answers[question] = ask()
    answer: T = found.answers[question]
    return answer


def _present() -> Dossier | None:
    found: Dossier | None = db.session().info.get("dossier") if reading.get() else None
    return found


def gather(dispute: Any, models: Iterable[type[Base]]) -> None:
    """Read the dispute's rows of all these models, for the page that is being made."""
    session = db.session()
    names = tuple(sorted(models, key=lambda model: model.__tablename__))
    parts, question = _question(session.get_bind().dialect.name, names)
    rows: dict[type[Base], list[Any]] = {part.model: [] for part in parts.values()}
    for table, values in session.execute(question, {"dispute_id": dispute.id}):
        part = parts[table]
        rows[part.model].append(part.made(json.loads(values) if isinstance(values, str) else values))
    for found in rows.values():
        found.sort(key=lambda row: row.id)
    rows[type(dispute)] = [dispute]
    _join(rows, {part.model for part in parts.values() if part.own} | {type(dispute)})
    session.info["dossier"] = Dossier(dispute.id, rows)


# ---- from a row of the question to an object ------------------------------------------------------------------------


class _Part:
    """One table of the question."""

    def __init__(self, model: type[Base]) -> None:
        self.model = model
        self.mapper: Mapper[Any] = sa.inspect(model)
        self.table = _table(model)
        self.columns = [(self.mapper.get_property_by_column(c).key, _reader(c)) for c in self.table.c]
        self.key = [key for key, _read in self.columns].index("id")

    def made(self, values: Sequence[Any]) -> Any:
        """The object of the session with these values, as if it had been loaded alone."""
        session = db.session()
        key = self.mapper.identity_key_from_primary_key((values[self.key],))
        known = session.identity_map.get(key)
        if known is not None:
            return known
        row = self.mapper.class_manager.new_instance()
        row.__dict__.update(
            {
                key: value if read is None or value is None else read(value)
                for (key, read), value in zip(self.columns, values, strict=True)
            }
        )
        # What the ORM does with a row that it reads itself; its public way for a row from elsewhere costs three times as much.
        state = instance_state(row)
        state.key, state.session_id = key, session.hash_key
        session.identity_map.add(state)
        return row

    def asked(self, dialect: str, models: Sequence[type[Base]]) -> sa.Select[Any]:
        """The table's part of the question."""
        values = ARRAY[dialect](*self.table.c)
        return sa.select(sa.literal_column(f"'{self.table.name}'"), values).where(self._belongs(models))

    @property
    def own(self) -> bool:
        """Whether its rows are the dispute's own; otherwise the dispute's records only name them."""
        return "dispute_id" in self.table.c or self._above() is not None

    def _above(self) -> sa.ForeignKey | None:
        """The key to the record of the dispute that a row is a part of."""
        keys = sorted(self.table.foreign_keys, key=lambda key: key.parent.name)
        return next((key for key in keys if "dispute_id" in key.column.table.c and not key.parent.nullable), None)

    def _belongs(self, models: Sequence[type[Base]]) -> sa.ColumnElement[bool]:
        if "dispute_id" in self.table.c:
            return self.table.c.dispute_id == _DISPUTE
        key = self._above()
        if key is not None:
            above = key.column.table
            return key.parent.in_(sa.select(above.c.id).where(above.c.dispute_id == _DISPUTE))
        naming = [
            sa.select(key.parent).where(other.c.dispute_id == _DISPUTE)
            for other in map(_table, models)
            for key in sorted(other.foreign_keys, key=lambda key: key.parent.name)
            if key.column.table is self.table and "dispute_id" in other.c
        ]
        if naming:
            return self.table.c.id.in_(sa.union(*naming))
        court = sa.table("dispute", sa.column("id"), sa.column("court_id")).c
        return self.table.c.court_id == sa.select(court.court_id).where(court.id == _DISPUTE).scalar_subquery()


def _table(model: type[Base]) -> sa.Table:
    table: sa.Table = model.__table__  # type: ignore[assignment]
    return table


def _reader(column: sa.Column[Any]) -> Callable[[Any], Any] | None:
    """How a value of JSON becomes a value of the column; None where it is one already."""
    kind = column.type
    if isinstance(kind, UtcDateTime):
        return _moment
    if isinstance(kind, sa.Enum):
        return kind.enum_class
    readers: list[tuple[type[Any], Callable[[Any], Any] | None]] = [
        (sa.Boolean, bool), (sa.Date, date.fromisoformat), (sa.JSON, _document), (sa.Integer, None), (sa.String, None),
    ]  # fmt: skip
    for known, read in readers:
        if isinstance(kind, known):
            return read
    raise TypeError(f"{column} has a type that a dossier does not read")


def _moment(text: str) -> datetime:
    found = datetime.fromisoformat(text)
    return found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)


def _document(value: Any) -> Any:
    return json.loads(value) if isinstance(value, str) else value


@lru_cache(maxsize=8)
def _question(dialect: str, models: tuple[type[Base], ...]) -> tuple[dict[str, _Part], sa.CompoundSelect[Any]]:
    """The one question about all these tables; made once."""
    parts = {model.__tablename__: _Part(model) for model in models}
    return parts, sa.union_all(*(part.asked(dialect, models) for part in parts.values()))


@dataclass(frozen=True)
class _Way:
    """A relationship that what was read can answer in full, and the columns on its two sides."""

    model: type[Base]
    other: type[Base]
    name: str
    here: str
    there: str
    collects: bool
    several: bool
    order: tuple[str, ...]


def _join(rows: dict[type[Base], list[Any]], own: set[type[Base]]) -> None:
    """Set the relationships between what was read, in their own order."""
    for way in _ways(frozenset(rows), frozenset(own)):
        found = rows[way.model]
        if not found:
            continue
        if way.collects:
            _collect(way, found, rows[way.other])
        else:
            _name(way, found, rows[way.other])


@lru_cache(maxsize=8)
def _ways(read: frozenset[type[Base]], own: frozenset[type[Base]]) -> list[_Way]:
    """Between which of the tables there are such relationships."""
    found = [
        (model, relation, relation.local_remote_pairs[0])
        for model in own
        for relation in sa.inspect(model).relationships
        if relation.mapper.class_ in read
        and len(relation.local_remote_pairs or ()) == 1
        and (relation.direction is RelationshipDirection.MANYTOONE or relation.mapper.class_ in own)
    ]
    return [
        _Way(
            model,
            relation.mapper.class_,
            relation.key,
            str(here.key),
            str(there.key),
            relation.direction is not RelationshipDirection.MANYTOONE,
            bool(relation.uselist),
            tuple(str(column.key) for column in relation.order_by or ()),
        )
        for model, relation, (here, there) in found
    ]


def _name(way: _Way, found: list[Any], others: list[Any]) -> None:
    by_key = {getattr(other, way.there): other for other in others}
    for row in found:
        key = getattr(row, way.here)
        if key is None or key in by_key:
            set_committed_value(row, way.name, by_key.get(key))


def _collect(way: _Way, found: list[Any], others: list[Any]) -> None:
    grouped: dict[Any, list[Any]] = {}
    for other in sorted(others, key=lambda row: [getattr(row, name) for name in way.order]):
        grouped.setdefault(getattr(other, way.there), []).append(other)
    for row in found:
        mine = grouped.get(getattr(row, way.here), [])
        set_committed_value(row, way.name, mine if way.several else next(iter(mine), None))
