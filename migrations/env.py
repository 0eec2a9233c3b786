"""Alembic's entry: the application's engine and metadata, and the guards that models put into the database itself."""

import re
from typing import Any, Literal

from alembic import context
from alembic.autogenerate import renderers
from alembic.operations import ops

from mediation.kernel.db import Base, UtcDateTime, db


class Guards(ops.MigrateOperation):
    """What `kernel.db.guard` wrote beside a table, or its removal."""

    def __init__(self, statements: list[tuple[str, str]]) -> None:
        self.statements = statements

    @classmethod
    def of(cls, tables: list[str]) -> "Guards":
        return cls([guard for name in tables for guard in Base.metadata.tables[name].info.get("guards", [])])

    def removal(self) -> "Guards":
        """Triggers go with their table; functions of PostgreSQL stay until they are dropped."""
        made = [re.match(r"CREATE FUNCTION (\w+)", sql) for _, sql in self.statements]
        return Guards([("postgresql", f"DROP FUNCTION IF EXISTS {found[1]}()") for found in made if found])


@renderers.dispatch_for(Guards)
def render_guards(_context: Any, guards: Guards) -> list[str]:
    lines = ["bind = op.get_bind()"]
    for dialect in ("sqlite", "postgresql"):
        wanted = [sql for name, sql in guards.statements if name == dialect]
        if wanted:
            lines.append(f"if bind.dialect.name == {dialect!r}:")
            lines.extend(f"bind.exec_driver_sql({sql!r})" for sql in wanted)
            lines.append("")  # Alembic's printer indents after a colon, until an empty line
    return lines


def render_item(kind: str, item: Any, _context: Any) -> str | Literal[False]:
    """Write plain column types, so that old migrations never import today's code."""
    if kind == "type" and isinstance(item, UtcDateTime):
        return "sa.DateTime(timezone=True)"
    return False


def add_guards(_context: Any, _revision: Any, directives: list[Any]) -> None:
    """A migration that makes a table also makes what guards it."""
    script = directives[0]
    tables = [op.table_name for op in script.upgrade_ops.ops if isinstance(op, ops.CreateTableOp)]
    guards = Guards.of(tables)
    if guards.statements:
        script.upgrade_ops.ops.append(guards)
        script.downgrade_ops.ops.append(guards.removal())


def include_object(item: Any, _name: str | None, kind: str, reflected: bool, _other: Any) -> bool:
    """Exclusion constraints of PostgreSQL and the index under them are guards, not part of the models."""
    return not (kind == "index" and reflected and item.dialect_kwargs.get("postgresql_using") == "gist")


with db.engine.connect() as connection:
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        render_as_batch=True,
        render_item=render_item,
        process_revision_directives=add_guards,
        include_object=include_object,
        compare_type=True,
    )
    with context.begin_transaction():
        context.run_migrations()
