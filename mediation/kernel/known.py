"""What was known when: of each record that figures are made of, every state it was in, from which moment to which.

A figure asked as of a past evening is counted from these rows, so that an act entered later, even one dated earlier,
is not in it, and a correction made later does not change it. A state is written in the transaction that brought it
about, with the moment of its commit: the moment under which the same act stands in the trail.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.orm import Session, UOWTransaction

from mediation.kernel import clock
from mediation.kernel.db import Base, UtcDateTime, db, never_changes

IDS_AT_ONCE = 1_000
OPEN = "known_until IS NULL"


@dataclass(frozen=True)
class Kept:
    """A table whose states are kept, and where."""

    live: sa.Table
    states: sa.Table
    columns: tuple[str, ...]


KEPT: dict[type[Base], Kept] = {}


class Touch(NamedTuple):
    """What a transaction does to a record: whether it has made it, and which kept columns of it change."""

    made: bool
    columns: frozenset[str]


Touched = dict[type[Base], dict[int, Touch]]
FOLLOWERS: list[Callable[[Session, Touched], None]] = []


def follow(act: Callable[[Session, Touched], None]) -> None:
    """Have this done in every transaction that changes kept records: they stand as changed, their last states still hold."""
    FOLLOWERS.append(act)


def keep(model: type[Base], *columns: str, by: str | tuple[str, ...] = ()) -> None:
    """Keep every state of these columns of a model, from its first to its last; looked up `by` some of them."""
    live: sa.Table = model.__table__  # type: ignore[assignment]
    name = f"{live.name}_known"
    states = sa.Table(
        name,
        Base.metadata,
        sa.Column("state_id", sa.Integer, primary_key=True),
        sa.Column("id", sa.Integer, nullable=False),
        *(sa.Column(c, _plain(live.c[c].type), nullable=live.c[c].nullable) for c in columns),
        sa.Column("known_from", UtcDateTime, nullable=False),
        sa.Column("known_until", UtcDateTime),
        sa.CheckConstraint("known_until IS NULL OR known_until >= known_from", name="in_order"),
        sa.Index(
            f"uq_{name}_last", "id", unique=True, sqlite_where=sa.text(OPEN), postgresql_where=sa.text(OPEN)
        ),
        sa.Index(f"ix_{name}_record", "id", "known_from"),
    )  # fmt: skip
    if "court_id" in columns:
        sa.Index(f"ix_{name}_court", states.c.court_id, states.c.known_from)
    for column in (by,) if isinstance(by, str) else by:
        sa.Index(f"ix_{name}_{column}", states.c[column])
    # A state that was known stays known; only its end is written, once.
    never_changes(states, columns=["id", *columns, "known_from"])
    KEPT[model] = Kept(live, states, columns)


def _plain(kind: Any) -> Any:
    """The type without its own check, for what stood in the record had passed it; a foreign key is a number."""
    if isinstance(kind, sa.types.NullType):
        return sa.Integer()
    if not isinstance(kind, sa.Enum) or kind.enum_class is None:
        return kind
    return sa.Enum(
        kind.enum_class,
        native_enum=False,
        create_constraint=False,
        length=kind.length,
        values_callable=kind.values_callable,
    )


def as_known(model: type[Base], moment: datetime) -> sa.Subquery:
    """The records of a model as they stood at a moment, the moment itself not included."""
    states = KEPT[model].states
    return (
        sa.select(*(states.c[c] for c in ("id", *KEPT[model].columns)))
        .where(
            states.c.known_from < moment, sa.or_(states.c.known_until.is_(None), states.c.known_until >= moment)
        )
        .subquery()
    )  # fmt: skip


def held(model: type[Base]) -> sa.Subquery:
    """The records of a model by their last known states."""
    states = KEPT[model].states
    columns = (states.c[c] for c in ("id", *KEPT[model].columns))
    return sa.select(*columns).where(states.c.known_until.is_(None)).subquery()


def touch(
    session: Session, model: type[Base], ids: Iterable[int], *, made: bool = False, columns: Iterable[str] | None = None
) -> None:
    """These records of a kept model change in this transaction; their new state is written with the commit."""
    if model in KEPT:
        touched: dict[int, Touch] = session.info.setdefault("known", {}).setdefault(model, {})
        changed = frozenset(KEPT[model].columns if columns is None else columns)
        for number in ids:
            before = touched.get(number)
            touched[number] = Touch(made, changed) if before is None else Touch(before.made, before.columns | changed)


@event.listens_for(Session, "after_flush")
def watch(session: Session, _context: UOWTransaction) -> None:
    """Note which kept records this flush has made, changed or removed."""
    for obj in session.new:
        if type(obj) in KEPT:
            said = [column for column in KEPT[type(obj)].columns if getattr(obj, column) is not None]
            touch(session, type(obj), (obj.id,), made=True, columns=said)
    for obj in session.deleted:
        if type(obj) in KEPT:
            touch(session, type(obj), (obj.id,))
    for obj in session.dirty:
        kept = KEPT.get(type(obj))
        if kept is not None:
            state = sa.inspect(obj).attrs
            changed = [column for column in kept.columns if state[column].history.has_changes()]
            if changed:
                touch(session, type(obj), (obj.id,), columns=changed)


def write(session: Session) -> None:
    """Before the commit: end the states that hold no longer, begin those that now do."""
    touched: Touched = session.info.pop("known", {})
    for act in FOLLOWERS if touched else ():
        act(session, touched)
    for model, records in touched.items():
        ordered, kept = sorted(records), KEPT[model]
        for first in range(0, len(ordered), IDS_AT_ONCE):
            ids = ordered[first : first + IDS_AT_ONCE]
            said = {"ids": ids, "moment": clock.now()}
            if not all(records[number].made for number in ids):
                session.connection().execute(_ending(kept), said)
            session.connection().execute(_beginning(kept), said)


IDS = sa.bindparam("ids", expanding=True, type_=sa.Integer())
MOMENT = sa.bindparam("moment", type_=UtcDateTime())


@lru_cache
def _ending(kept: Kept) -> sa.Update:
    live, states = kept.live, kept.states
    changed = sa.or_(*(live.c[c].is_distinct_from(states.c[c]) for c in kept.columns))
    same = sa.exists().where(live.c.id == states.c.id, ~changed)
    return (
        sa.update(states)
        .where(states.c.id.in_(IDS), states.c.known_until.is_(None), ~same)
        .values(known_until=sa.case((states.c.known_from > MOMENT, states.c.known_from), else_=MOMENT))
    )


@lru_cache
def _beginning(kept: Kept) -> sa.Insert:
    live, states = kept.live, kept.states
    still = sa.exists().where(states.c.id == live.c.id, states.c.known_until.is_(None))
    rows = sa.select(live.c.id, *(live.c[c] for c in kept.columns), MOMENT).where(live.c.id.in_(IDS), ~still)
    return sa.insert(states).from_select(["id", *kept.columns, "known_from"], rows)


def catch_up() -> int:
    """Write the present state of every kept record that differs from what is known of it: after a load past the session."""
    session = db.session()
    for model, kept in KEPT.items():
        changed = sa.or_(*(kept.live.c[c].is_distinct_from(kept.states.c[c]) for c in kept.columns))
        same = sa.exists().where(kept.states.c.id == kept.live.c.id, kept.states.c.known_until.is_(None), ~changed)
        touch(session, model, session.scalars(sa.select(kept.live.c.id).where(~same)))
    number = sum(len(records) for records in session.info.get("known", {}).values())
    write(session)
    return number


@event.listens_for(Session, "after_rollback")
def forget(session: Session) -> None:
    if not session.in_nested_transaction():
        session.info.pop("known", None)
