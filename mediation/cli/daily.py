"""The daily run: what time itself brings about. Safe to run twice, and safe to miss a day."""

import click
import sqlalchemy as sa
from flask import Flask

from mediation.accounts.models import Court
from mediation.assignment import services as assignments
from mediation.kernel.actor import system
from mediation.kernel.db import db


@click.command("daily")
def daily() -> None:
    """Take back what nobody accepted in time (R3-22), and mark and report mediations past their last day (R3-34)."""
    for court_id, name in db.session.execute(sa.select(Court.id, Court.name).order_by(Court.id)).all():
        actor = system(court_id)
        lapsed, overdue = assignments.expire_unaccepted(actor), assignments.mark_overdue(actor)
        click.echo(f"{name}: {lapsed} not accepted in time, {overdue} newly overdue")


def init_app(app: Flask) -> None:
    """Make the command known."""
    app.cli.add_command(daily)
