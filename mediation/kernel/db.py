"""The database: typed base, column types, the one transaction of a use case, and guards written in SQL."""

import enum
import re
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from functools import lru_cache
from typing import Annotated, Any

import sqlalchemy as sa
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import event
from sqlalchemy.orm import DeclarativeBase, mapped_column, registry
from sqlalchemy.types import TypeDecorator

reading = ContextVar("reading", default=False)
light = ContextVar("light", default=False)
# Connections of one process, and as many again while there is a crowd; seconds that anybody waits for one, or for a lock.
POOL, PATIENCE = 10, 15
# Questions that a connection to SQLite keeps prepared: more than all pages of the product ask.
STATEMENTS = 1024
# How often the first in the queue looks whether SQLite's lock is free.
LOOK = 0.002
_turn = threading.Lock()
_READS = re.compile(r"\s*(SELECT|WITH|VALUES|EXPLAIN|PRAGMA(?!.*=)|BEGIN|SAVEPOINT|RELEASE|ROLLBACK)\b", re.IGNORECASE)
_WRITES = re.compile(r"^\s*WITH\b.*\b(INSERT\s+INTO|UPDATE\s+\w+\s+SET|DELETE\s+FROM)\b", re.IGNORECASE | re.DOTALL)


class UtcDateTime(TypeDecorator[datetime]):
    """A moment, stored in UTC. Refuses naive values; on SQLite kept as one sortable text form."""

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: sa.Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment without a time zone")
        value = value.astimezone(UTC)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(self, value: datetime | None, dialect: sa.Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Base(DeclarativeBase):
    """Every model derives from this class, not from ``db.Model``.

    The registry is given explicitly because Flask-SQLAlchemy copies the class body it is handed
    and refuses a ``type_annotation_map`` in it.
    """

    registry = registry(
        metadata=sa.MetaData(
            naming_convention={
                "ix": "ix_%(table_name)s_%(column_0_N_name)s",
                "uq": "uq_%(table_name)s_%(column_0_N_name)s",
                "ck": "ck_%(table_name)s_%(constraint_name)s",
                "fk": "fk_%(table_name)s_%(column_0_N_name)s",
                "pk": "pk_%(table_name)s",
            }
        ),
        type_annotation_map={
            datetime: UtcDateTime,
            dict[str, Any]: sa.JSON,
            list[Any]: sa.JSON,
            enum.Enum: sa.Enum(
                enum.Enum,
                native_enum=False,
                create_constraint=True,
                length=32,
                values_callable=lambda e: [m.value for m in e],
            ),
        },
    )


Pk = Annotated[int, mapped_column(primary_key=True)]
CourtId = Annotated[int, mapped_column(sa.ForeignKey("court.id"), index=True)]
Name = Annotated[str, mapped_column(sa.String(200))]
Short = Annotated[str, mapped_column(sa.String(64))]
Prose = Annotated[str, mapped_column(sa.Text)]
Fen = Annotated[int, mapped_column(sa.BigInteger)]

db = SQLAlchemy(model_class=Base)


@contextmanager
def transaction() -> Iterator[None]:
    """Commit once, at the end of the outermost use case; roll back on any error.

    What was put off with `after_commit` runs after the commit, each in transactions of its own.
    """
    session = db.session()
    if session.info.get("in_use_case"):
        yield
        return
    session.info["in_use_case"] = True
    session.info["afterwards"] = []
    try:
        yield
        session.commit()
    except BaseException:
        session.rollback()
        session.info.pop("afterwards")
        raise
    finally:
        session.info["in_use_case"] = False
    for act in session.info.pop("afterwards"):
        act()


@contextmanager
def aside() -> Iterator[None]:
    """A transaction beside the use case: an attempt counted, a refusal written down.

    The form that led here has not been carried out by it, so that it may be corrected and sent again.
    """
    info = db.session().info
    once = info.pop("once", None)
    try:
        with transaction():
            yield
    finally:
        if once is not None:
            info["once"] = once


@contextmanager
def recoverable() -> Iterator[None]:
    """A small transaction after the real one, whose loss in a power cut would cost nobody anything.

    It does not wait for the disk. What the product acknowledges never goes this way.
    """
    db.session.commit()
    token = light.set(True)
    try:
        yield
        db.session.commit()
    except BaseException:
        db.session.rollback()
        raise
    finally:
        light.reset(token)


def after_commit(act: Callable[[], None]) -> None:
    """Put off what must not hold the transaction open (rendering, sending) until it has been committed."""
    db.session().info["afterwards"].append(act)


@contextmanager
def read_only() -> Iterator[None]:
    """Take no write lock: for requests that only read. The database itself then refuses to write."""
    token = reading.set(True)
    try:
        yield
    finally:
        reading.reset(token)


def engine_options(url: str) -> dict[str, Any]:
    """A bounded number of connections; whoever finds none free, or a lock kept by another, waits so long and no longer.

    The request is then answered that nothing was saved (`web/errors.py`). SQLite waits as long for its one lock.
    """
    options: dict[str, Any] = {"pool_size": POOL, "max_overflow": POOL, "pool_timeout": PATIENCE}
    if url.startswith("sqlite"):
        options["connect_args"] = {"cached_statements": STATEMENTS}
    if url.startswith("postgresql"):
        # Compiling a question (JIT) costs more than any question of a page takes.
        waiting = f"-c lock_timeout={1000 * PATIENCE} -c jit=off"
        options |= {"pool_pre_ping": True, "connect_args": {"connect_timeout": PATIENCE, "options": waiting}}
    return options


def prepare_engine(engine: sa.Engine) -> None:
    """Settings without which the promises of this product do not hold."""
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _sqlite_connect)
        event.listen(engine, "begin", _sqlite_begin)
        event.listen(engine, "before_cursor_execute", _sqlite_execute)
    else:
        event.listen(engine, "begin", _postgresql_begin)


def _sqlite_connect(connection: Any, _record: Any) -> None:
    connection.isolation_level = None
    # WAL with FULL: an acknowledged commit survives a power cut; NORMAL would lose the last ones.
    for pragma in (
        "journal_mode=WAL",
        "synchronous=FULL",
        "foreign_keys=ON",
        f"busy_timeout={1000 * PATIENCE}",
        "secure_delete=ON",
        "trusted_schema=OFF",
    ):
        connection.execute(f"PRAGMA {pragma}")


def _sqlite_begin(connection: sa.Connection) -> None:
    if connection.info.get("light", False) != light.get():
        # Only between two transactions SQLite lets it be changed.
        raw: Any = connection.connection.driver_connection
        raw.execute(f"PRAGMA synchronous={'NORMAL' if light.get() else 'FULL'}")
        connection.info["light"] = light.get()
    if reading.get():
        connection.exec_driver_sql("BEGIN")
    else:
        # A deferred transaction that reads first cannot be upgraded under concurrency: take the lock at once.
        _sqlite_write(connection)


def _sqlite_execute(_connection: Any, _cursor: Any, statement: str, parameters: Any, *_more: Any) -> None:
    """Refuse to write while somebody only reads, as PostgreSQL does by itself.

    `PRAGMA query_only` would have SQLite do it, but whenever it is set every prepared question has to be prepared anew.
    """
    if reading.get() and not _only_reads(statement):
        refusal = sqlite3.OperationalError("attempt to write a readonly database")
        raise sa.exc.OperationalError(statement, parameters, refusal)


@lru_cache(maxsize=STATEMENTS)
def _only_reads(statement: str) -> bool:
    return _READS.match(statement) is not None and _WRITES.search(statement) is None


def _sqlite_write(connection: sa.Connection) -> None:
    """Wait for the one lock, in turn. Left to itself SQLite looks ever more rarely: whoever waits longest comes last.

    Of one process only the first in the queue looks; the queue is left as soon as the lock is had.
    """
    until = time.monotonic() + PATIENCE
    raw: Any = connection.connection.driver_connection
    waited = _turn.acquire(timeout=PATIENCE)
    raw.execute("PRAGMA busy_timeout=0")
    try:
        while waited and time.monotonic() < until:
            try:
                raw.execute("BEGIN IMMEDIATE")
            except sqlite3.OperationalError as error:
                if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY:
                    break
                time.sleep(LOOK)
            else:
                return
        connection.exec_driver_sql("BEGIN IMMEDIATE")
    finally:
        raw.execute(f"PRAGMA busy_timeout={int(1000 * PATIENCE)}")
        if waited:
            _turn.release()


def _postgresql_begin(connection: sa.Connection) -> None:
    if reading.get():
        connection.exec_driver_sql("SET TRANSACTION READ ONLY")
    if light.get():
        connection.exec_driver_sql("SET LOCAL synchronous_commit TO off")


def guard(table: sa.Table, *, sqlite: list[str], postgresql: list[str]) -> None:
    """Put a rule into the database itself, in both dialects, whenever the table is created."""
    for dialect, statements in (("sqlite", sqlite), ("postgresql", postgresql)):
        for statement in statements:
            table.info.setdefault("guards", []).append((dialect, statement))  # migrations write them too
            # DDL applies %-formatting to its text.
            ddl = sa.DDL(statement.replace("%", "%%"))  # type: ignore[no-untyped-call]
            event.listen(table, "after_create", ddl.execute_if(dialect=dialect))


def never_changes(table: sa.Table, *, columns: list[str] | None = None) -> None:
    """Rows may be added, never deleted; and never changed (at all, or in these columns)."""
    name = table.name
    of = f" OF {', '.join(columns)}" if columns else ""
    words = f"{name} is never changed"
    row = f"FOR EACH ROW EXECUTE FUNCTION {name}_refuse()"
    guard(
        table,
        sqlite=[
            f"CREATE TRIGGER {name}_no_update BEFORE UPDATE{of} ON {name} BEGIN SELECT RAISE(ABORT, '{words}'); END",
            f"CREATE TRIGGER {name}_no_delete BEFORE DELETE ON {name} BEGIN SELECT RAISE(ABORT, '{words}'); END",
        ],
        postgresql=[
            f"CREATE FUNCTION {name}_refuse() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN RAISE EXCEPTION '{words}' USING ERRCODE = 'restrict_violation'; END $$",
            f"CREATE TRIGGER {name}_no_update BEFORE UPDATE{of} ON {name} {row}",
            f"CREATE TRIGGER {name}_no_delete BEFORE DELETE ON {name} {row}",
            f"CREATE TRIGGER {name}_no_truncate BEFORE TRUNCATE ON {name} EXECUTE FUNCTION {name}_refuse()",
        ],
    )
