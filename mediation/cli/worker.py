"""The worker: sends what the outbox holds for e-mail and text messages, frees times that were held in vain, produces
the papers that somebody wants together, and prepares reports.

Any number may run, on any number of machines.
"""

import os
import signal
import socket
import threading
from typing import Any

import click
import sqlalchemy as sa
from flask import Flask

from mediation.accounts.models import Court
from mediation.cli.refusing import Command
from mediation.documents.bundles import services as bundles
from mediation.kernel.db import db
from mediation.notices import health, sending
from mediation.scheduling.services import waiting
from mediation.statistics.reports import services as reports

REST = 5.0
SAID = {
    "sent": "sent", "put_off": "put off", "given_up": "given up", "freed": "held times freed",
    "reported": "reports prepared",
}  # fmt: skip


@click.command("worker", cls=Command)
@click.option("--once", is_flag=True, help="Send what is due now, then end.")
@click.option("--papers", is_flag=True, help="Prepare reports and papers only; send nothing.")
def worker(once: bool, papers: bool) -> None:
    """Send what is due; without --once look again every few seconds until told to stop (SIGTERM, Ctrl-C)."""
    name = f"{socket.gethostname()[:40]}/{os.getpid()}"
    go = _papers if papers else _pass
    if once:
        done = go(name, threading.Event())
        click.echo(", ".join(f"{said} {done[key]}" for key, said in SAID.items() if key in done))
        return
    stop = threading.Event()
    _stop_on_signals(stop)
    while not stop.is_set():
        try:
            go(name, stop)
        except sa.exc.OperationalError as error:
            # The database is away or busy: it comes back, and so does the worker. Never the text of a statement.
            click.echo(f"database: {type(error.orig).__name__}", err=True)
            db.session.remove()
        stop.wait(REST)


def _pass(name: str, stop: threading.Event) -> dict[str, int]:
    senders = {court.id: court.name for court in db.session.scalars(sa.select(Court))}
    db.session.remove()
    done = sending.pass_once(name, senders, stop=stop.is_set)
    db.session.remove()
    freed = _free()
    prepared = _papers(name, stop)
    if not stop.is_set():
        health.beat(name.partition("/")[0], done)
        db.session.remove()
    return prepared | done | {"freed": freed}


def _papers(name: str, stop: threading.Event) -> dict[str, int]:
    """What is put together for people in the house; nothing of it leaves it."""
    while not stop.is_set() and bundles.next_part():
        db.session.remove()
    reported = reports.work(name, stop=stop.is_set)
    db.session.remove()
    return {"reported": reported}


def _free() -> int:
    """Times held in vain become free, and whoever waits is offered them: within seconds, not with the next day."""
    due = list(waiting.courts_due())
    db.session.remove()
    freed = sum(waiting.expire_holds(court_id) for court_id in due)
    db.session.remove()
    return freed


def _stop_on_signals(stop: threading.Event) -> None:
    """What is being sent is finished first."""

    def asked(_number: int, _frame: Any) -> None:
        stop.set()

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, asked)


def init_app(app: Flask) -> None:
    """Make the command known."""
    app.cli.add_command(worker)
