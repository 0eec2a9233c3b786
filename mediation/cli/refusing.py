"""How a command says no: one sentence with what to do, exit status 2, never a traceback."""

from typing import Any

import click
import sqlalchemy as sa
from flask import has_app_context
from flask.cli import AppGroup, ScriptInfo

from mediation.kernel.db import db
from mediation.kernel.errors import DomainError
from mediation.kernel.i18n import ENGLISH, force_locale

UPGRADE = "run `flask --app wsgi db upgrade`."
# What the two databases say, and what it means to whoever runs the installation.
MEANINGS = (
    (("no such table", "UndefinedTable"), f"The tables are missing: {UPGRADE}"),
    (("no such column", "UndefinedColumn"), f"The tables are older than this program: {UPGRADE}"),
    (
        ("unable to open database file",),
        "The database file cannot be opened: check DATABASE_URL, and that its folder exists and may be written.",
    ),
    (
        ("readonly database", "ReadOnlySqlTransaction", "InsufficientPrivilege"),
        "The database may be read but not written: check the permissions of the file and its folder, or of the account.",
    ),
    (("file is not a database",), "DATABASE_URL names a file that is not a database: check it."),
    (("database is locked",), "The database is busy: try again when nobody else is writing."),
)


class Refused(click.ClickException):
    """The command cannot be carried out as asked."""

    exit_code = 2


class Command(click.Command):
    """A command that turns what the rules and the database refuse into a sentence."""

    def invoke(self, ctx: click.Context) -> Any:
        if not has_app_context():
            ctx.with_resource(ctx.ensure_object(ScriptInfo).load_app().app_context())
        try:
            return super().invoke(ctx)
        except DomainError as refused:
            db.session.rollback()
            with force_locale(ENGLISH):
                said = " ".join(str(part) for part in (refused.message, refused.remedy) if part)
            raise Refused(said) from refused
        except sa.exc.DatabaseError as error:
            db.session.rollback()
            if isinstance(error, sa.exc.IntegrityError):
                raise
            raise Refused(meaning(error)) from error


class Group(AppGroup):
    """A group of such commands."""

    command_class = Command


def meaning(error: sa.exc.DatabaseError) -> str:
    """What is wrong with the database, as a sentence."""
    said = f"{type(error.orig).__name__} {error.orig}"
    for signs, words in MEANINGS:
        if any(sign in said for sign in signs):
            return words
    return f"The database does not answer ({type(error.orig).__name__}): check DATABASE_URL and that it is running."
