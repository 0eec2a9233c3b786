"""The daily run: what time itself brings about. Safe to run twice, to miss a day, and to start on two machines at once."""

import json
from collections.abc import Callable
from dataclasses import dataclass

import click
import sqlalchemy as sa
from flask import Flask

from mediation.accounts.models import Court
from mediation.assignment import services as assignments
from mediation.cli.refusing import Command, Refused
from mediation.kernel import clock
from mediation.kernel.actor import Actor, system
from mediation.kernel.db import db, transaction
from mediation.reminders import services as reminders
from mediation.reminders.rules import Stage
from mediation.scheduling.services import waiting


@dataclass(frozen=True)
class Act:
    """One thing the day brings: its counts, and the words for each."""

    run: Callable[[Actor], dict[str, int]]
    words: dict[str, str]


def _lapse(actor: Actor) -> dict[str, int]:
    return {"lapsed": assignments.expire_unaccepted(actor)}


def _overdue(actor: Actor) -> dict[str, int]:
    return {"overdue": assignments.mark_overdue(actor)}


def _remind(actor: Actor) -> dict[str, int]:
    told = reminders.remind(actor)
    return {"ending_soon": told[Stage.SOON], "past": told[Stage.LATE]}


def _hold(actor: Actor) -> dict[str, int]:
    return {"freed": waiting.expire_holds(actor.court_id)}


ACTS = (
    # R3-24: a time held while the parties are asked is free again when nobody took it up.
    Act(_hold, {"freed": "{} held times nobody took up are free again"}),
    # R3-22: no answer from the mediator in three working days.
    Act(_lapse, {"lapsed": "{} assignments nobody accepted in time went back to be handed out again"}),
    # R3-34: nothing is ended by itself; the mediator, the clerk and the guiding judge are told.
    Act(_overdue, {"overdue": "{} mediations are newly past their last day; the task that follows was given"}),
    # R3-35.
    Act(
        _remind,
        {"ending_soon": "{} time limits end soon; who must act was told", "past": "{} time limits have passed unmet; who must act was told"},
    ),
)  # fmt: skip


def run_court(court_id: int) -> dict[str, int]:
    """Everything the day brings to one court, each act in a transaction of its own, one machine at a time."""
    done: dict[str, int] = {}
    for act in ACTS:
        with transaction():
            _take_turn(court_id)
            done |= act.run(system(court_id))
    return done


def _take_turn(court_id: int) -> None:
    """Whoever comes second waits here, and then finds nothing left to do. SQLite lets one write at a time anyway."""
    row = sa.select(Court.id).where(Court.id == court_id)
    db.session.execute(row.with_for_update(key_share=True))


@click.command("daily", cls=Command)
@click.option("--json", "as_json", is_flag=True, help="Say it for a machine to read.")
def daily(as_json: bool) -> None:
    """Free what was held in vain, take back what nobody accepted, report what is late, remind of what ends soon. For every court, once a day."""
    courts = db.session.execute(sa.select(Court.id, Court.code, Court.name).order_by(Court.id)).all()
    db.session.rollback()
    if not courts:
        raise Refused("No court is installed yet: run `flask --app wsgi init`.")
    told = []
    for court_id, code, name in courts:
        done = run_court(court_id)
        told.append({"court": code, "name": name, "day": clock.today().isoformat(), "done": done})
        if not as_json:
            _say(name, done)
    if as_json:
        click.echo(json.dumps(told, ensure_ascii=False, indent=2))


def _say(name: str, done: dict[str, int]) -> None:
    words = {key: text for act in ACTS for key, text in act.words.items()}
    lines = [words[key].format(number) for key, number in done.items() if number]
    click.echo(f"{name}, {clock.today().isoformat()}: " + ("; ".join(lines) if lines else "nothing was due") + ".")


def init_app(app: Flask) -> None:
    """Make the command known."""
    app.cli.add_command(daily)
