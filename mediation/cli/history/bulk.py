"""Many records at once, past the session: all rows of a table with the same columns, the database put in order at the end."""

import contextlib
from collections.abc import Iterable, Iterator, Mapping
from operator import itemgetter
from typing import Any

import sqlalchemy as sa

from mediation.kernel import clock
from mediation.kernel.db import Base, db

Row = dict[str, Any]
# Indexes that no key of the table needs, and how each is made.
INDEXES = {
    "postgresql": sa.text(
        "SELECT i.indexrelid::regclass::text, pg_get_indexdef(i.indexrelid) FROM pg_index AS i JOIN pg_class AS t ON t.oid = i.indrelid"
        " WHERE t.relname IN :tables AND t.relnamespace = current_schema()::regnamespace"
        " AND NOT EXISTS (SELECT FROM pg_constraint AS c WHERE c.conindid = i.indexrelid) ORDER BY 1"
    ).bindparams(sa.bindparam("tables", expanding=True)),
    "sqlite": sa.text(
        "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL AND tbl_name IN :tables ORDER BY name"
    ).bindparams(sa.bindparam("tables", expanding=True)),
}


def table_of(model: type[Base]) -> sa.Table:
    """The table of a model."""
    table: sa.Table = model.__table__  # type: ignore[assignment]
    return table


def put(tables: Mapping[sa.Table, list[Row]]) -> None:
    """Insert the rows of each table, in the order in which the tables are named; constraints and triggers hold as ever."""
    connection = db.session.connection()
    write = _copy if connection.dialect.name == "postgresql" else _insert
    for table, rows in tables.items():
        if rows:
            full = whole(table, rows)
            write(connection, table, list(full[0]), _values(connection, table, full))


def _values(connection: sa.Connection, table: sa.Table, rows: list[Row]) -> Iterator[tuple[Any, ...]]:
    """The rows as the table's types write them; a column at a time, most need nothing done."""
    names = list(rows[0])
    columns = zip(*map(itemgetter(*names), rows), strict=True)
    return zip(
        *(_written(connection, table.c[n], values) for n, values in zip(names, columns, strict=True)), strict=True
    )


def _written(connection: sa.Connection, column: sa.Column[Any], values: tuple[Any, ...]) -> Iterable[Any]:
    """Days and moments come again and again, most of them as the very same object: each is written once."""
    write = column.type.dialect_impl(connection.dialect).bind_processor(connection.dialect)
    if write is None:
        return values
    said = {number: write(value) for number, value in {id(value): value for value in values}.items()}
    return map(said.__getitem__, map(id, values))


def _names(connection: sa.Connection, table: sa.Table, names: list[str]) -> str:
    quoted = connection.dialect.identifier_preparer
    return f"{quoted.format_table(table)} ({', '.join(quoted.quote(name) for name in names)})"


def _insert(connection: sa.Connection, table: sa.Table, names: list[str], rows: Iterator[tuple[Any, ...]]) -> None:
    places = ", ".join("?" * len(names))
    into = f"INSERT INTO {_names(connection, table, names)} VALUES ({places})"  # noqa: S608 our own names
    connection.exec_driver_sql(into, list(rows))


def _copy(connection: sa.Connection, table: sa.Table, names: list[str], rows: Iterator[tuple[Any, ...]]) -> None:
    """PostgreSQL takes a stream of rows."""
    raw: Any = connection.connection.driver_connection
    with raw.cursor() as cursor, cursor.copy(f"COPY {_names(connection, table, names)} FROM STDIN") as stream:
        for row in rows:
            stream.write_row(row)


@contextlib.contextmanager
def without_indexes(tables: Iterable[sa.Table]) -> Iterator[None]:
    """In one transaction with the load: what only serves reading is made once at its end, as the database itself says it.

    An index that allows no row twice is made then too, and refuses what it would have refused; keys stay where they are.
    """
    connection = db.session.connection()
    found = connection.execute(INDEXES[connection.dialect.name], {"tables": [table.name for table in tables]}).all()
    for name, _definition in found:
        connection.execute(sa.schema.DropIndex(sa.Index(name)))
    yield
    for _name, definition in found:
        connection.exec_driver_sql(definition)


def whole(table: sa.Table, rows: list[Row]) -> list[Row]:
    """The rows with the defaults of their table, so that all of a batch have the same columns."""
    usual = {column.name: _usual(column) for column in table.columns if column.name not in {"id", "state_id"}}
    return [usual | row for row in rows]


def _usual(column: sa.Column[Any]) -> Any:
    if column.default is None:
        return None
    if column.default.is_scalar:
        return column.default.arg  # type: ignore[attr-defined]
    made = column.default.arg.__name__  # type: ignore[attr-defined]
    return {"dict": {}, "list": []}[made] if made in {"dict", "list"} else clock.now()


def next_id(table: sa.Table) -> int:
    """The number after the last one of a table."""
    return (db.session.scalar(sa.select(sa.func.max(table.c.id))) or 0) + 1


def settle(tables: Iterable[sa.Table]) -> None:
    """After the load: sequences go on behind the rows, the planner knows what lies there, the log is short again."""
    db.session.commit()
    if db.engine.dialect.name == "sqlite":
        db.session.execute(sa.text("ANALYZE"))
        db.session.commit()
        # Outside of any transaction.
        with contextlib.closing(db.engine.raw_connection()) as connection:
            connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        return
    for table in tables:
        highest = sa.select(sa.func.max(table.c.id)).scalar_subquery()
        own_sequence = sa.func.pg_get_serial_sequence(table.name, "id")
        db.session.execute(sa.select(sa.func.setval(own_sequence, highest)))
    db.session.commit()
    # As its own daemon would have done by the next morning.
    with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(sa.text("VACUUM ANALYZE"))
