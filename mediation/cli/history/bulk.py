"""Many records at once, past the session: all rows of a table with the same columns, the database put in order at the end."""

import contextlib
from collections.abc import Iterable, Mapping
from typing import Any

import sqlalchemy as sa

from mediation.kernel import clock
from mediation.kernel.db import Base, db

Row = dict[str, Any]


def table_of(model: type[Base]) -> sa.Table:
    """The table of a model."""
    table: sa.Table = model.__table__  # type: ignore[assignment]
    return table


def put(tables: Mapping[sa.Table, list[Row]]) -> None:
    """Insert the rows of each table, in the order in which the tables are named."""
    write = _copy if db.engine.dialect.name == "postgresql" else _insert
    for table, rows in tables.items():
        if rows:
            write(table, whole(table, rows))


def _insert(table: sa.Table, rows: list[Row]) -> None:
    db.session.execute(sa.insert(table), rows)


def _copy(table: sa.Table, rows: list[Row]) -> None:
    """PostgreSQL takes a stream of rows, each value as the table's types write it; constraints and triggers hold as ever."""
    connection = db.session.connection()
    names = list(rows[0])
    written = [table.c[name].type.dialect_impl(connection.dialect).bind_processor(connection.dialect) for name in names]
    quoted = connection.dialect.identifier_preparer
    into = f"COPY {quoted.format_table(table)} ({', '.join(quoted.quote(name) for name in names)}) FROM STDIN"
    raw: Any = connection.connection.driver_connection
    with raw.cursor() as cursor, cursor.copy(into) as stream:
        for row in rows:
            values = zip(row.values(), written, strict=True)
            stream.write_row([value if write is None else write(value) for value, write in values])


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
