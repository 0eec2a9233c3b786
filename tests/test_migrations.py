"""The migrations make exactly the database that the models describe, guards included, and can be taken back."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import Flask
from flask_migrate import downgrade, upgrade

from mediation.kernel.db import Base, db
from tests.conftest import NUMBERS, make_app

MIGRATIONS = Path(__file__).resolve().parents[1] / "migrations"

SQLITE = {
    "objects": "SELECT type, name, tbl_name FROM sqlite_master WHERE name NOT LIKE 'sqlite_%'",
    "triggers": "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'",
}
POSTGRESQL = {
    "columns": "SELECT table_name, column_name, data_type, is_nullable, character_maximum_length "
    "FROM information_schema.columns WHERE table_schema = 'public'",
    "constraints": "SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint "
    "WHERE connamespace = 'public'::regnamespace",
    "indexes": "SELECT tablename, indexname, indexdef FROM pg_indexes WHERE schemaname = 'public'",
    "triggers": "SELECT tgrelid::regclass::text, tgname, pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal",
    "functions": "SELECT proname, pg_get_functiondef(p.oid) FROM pg_proc p JOIN pg_language l ON l.oid = prolang "
    "WHERE pronamespace = 'public'::regnamespace AND lanname = 'plpgsql'",
}


@pytest.fixture
def empty(new_database: Callable[[str], str]) -> Iterator[Callable[[str], Flask]]:
    """Applications on databases without any table."""
    made: list[Flask] = []

    def make(name: str) -> Flask:
        made.append(make_app(new_database(f"{name}_{next(NUMBERS)}")))
        return made[-1]

    yield make
    for app in made:
        with app.app_context():
            db.engine.dispose()


def described(connection: sa.Connection) -> dict[str, list[str]]:
    """Everything a database holds besides rows, by kind, without Alembic's own table."""
    queries = SQLITE if connection.dialect.name == "sqlite" else POSTGRESQL
    found = {
        kind: [str(tuple(row)) for row in connection.exec_driver_sql(query) if "alembic_version" not in str(row)]
        for kind, query in queries.items()
    }
    inspector = sa.inspect(connection)
    for table in inspector.get_table_names():
        if table != "alembic_version":
            checks = [f"{table} {check['name']} {check['sqltext']}" for check in inspector.get_check_constraints(table)]
            uniques = [
                f"{table} {one['name']} {one['column_names']}" for one in inspector.get_unique_constraints(table)
            ]
            found.setdefault("checks", []).extend(checks)
            found.setdefault("uniques", []).extend(uniques)
    return {kind: sorted(rows) for kind, rows in found.items()}


def test_migrations_make_what_the_models_describe(empty: Callable[[str], Flask]) -> None:
    with empty("models").app_context():
        Base.metadata.create_all(db.engine)
        with db.engine.connect() as connection:
            wanted = described(connection)
    with empty("migrated").app_context():
        upgrade()
        with db.engine.connect() as connection:
            context = MigrationContext.configure(connection, opts={"compare_type": True})
            differences = compare_metadata(context, Base.metadata)
            assert [one for one in differences if "claim_no_overlap" not in str(one)] == []
            found = described(connection)
    for kind, rows in wanted.items():
        assert set(rows) - set(found[kind]) == set(), f"{kind} that migrations do not make"
        assert set(found[kind]) - set(rows) == set(), f"{kind} that no model describes"


def test_migrations_can_be_taken_back_and_made_again(empty: Callable[[str], Flask]) -> None:
    with empty("back").app_context():
        upgrade()
        downgrade(revision="base")
        with db.engine.connect() as connection:
            assert {kind: rows for kind, rows in described(connection).items() if rows} == {}
        upgrade()


def test_there_is_one_line_of_migrations() -> None:
    scripts = ScriptDirectory(str(MIGRATIONS))
    assert len(scripts.get_heads()) == 1
    assert all(script.doc and script.doc[0].isupper() for script in scripts.walk_revisions())
