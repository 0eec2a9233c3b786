"""`make bench`: the pages of a court with 40,000 disputes on both databases, each beside a bare Flask page.

Pages are asked through a real server process, as in production. The bare page is asked right before each of them, so
that what else the machine does falls on both.
"""

import argparse
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from bench import calendar, data, deadlines, documents, pages, setup, volumes
from bench.serving import Asked, Server, Taken, drive, serve
from mediation.kernel.db import Base, db
from scripts import catalogue
from tests import builders, cluster, world
from tests.conftest import SECRET, make_app

# ENGINEERING: most a page may cost, in bare pages, on SQLite and on PostgreSQL.
TARGETS = {
    "work list of 50 rows": (9, 14),
    "dispute page": (15, 22),
    "intake save": (10, 16),
    "president's page": (15, 22),
    # The same page, every time after a change of what it counts.
    "after a registration": (15, 22),
    "after a mediator's step": (15, 22),
}
ROUNDS = 3
HEAD = f"{'':<26}{'req/s':>8}{'ms each':>9}{'p95 ms':>9}{'CPU ms':>8}{'queries':>9}{'x bare':>8}{'target':>8}"
SHOWN = "{:<26}{:>8.0f}{:>9.2f}{:>9.2f}{:>8.2f}{:>9}{:>8.1f}{:>8}"


def beside(bare: Server, served: Server, asked: Callable[[], Asked], seconds: float) -> tuple[Taken, float]:
    """The middle round of a page, and its ratio to the bare page of the same round."""
    rounds = []
    for _ in range(ROUNDS):
        floor = drive(bare, pages.bare, seconds=seconds / 2)
        taken = drive(served, asked, seconds=seconds)
        rounds.append((taken.each / floor.each, taken))
    rounds.sort(key=lambda one: one[0])
    ratio, taken = rounds[ROUNDS // 2]
    return taken, ratio


def court(url: str, name: str, number: int, seconds: float) -> None:
    app = make_app(url)
    with app.app_context():
        Base.metadata.create_all(db.engine)
        world.prepare()
        started = time.perf_counter()
        clerk, mediator = (builders.someone(login).as_actor() for login in ("clerk_li", "mediator_wang"))
        dispute = builders.signed_agreement(clerk, mediator).dispute_id
        data.load(world.court().id, number)
        print(f"\n{name}: {number} disputes loaded in {time.perf_counter() - started:.1f} s\n{HEAD}")
        db.session.remove()
    environment = {
        "DATABASE_URL": app.config["SQLALCHEMY_DATABASE_URI"], "MEDIATION_MODE": "production", "MEDIATION_HTTPS": "0",
        "MEDIATION_SECRET_KEY": SECRET, "MEDIATION_DOCUMENTS": "later",
    }  # fmt: skip
    with serve("bench.bare:app") as bare, serve("wsgi:app", **environment) as served:
        floor = drive(bare, pages.bare, seconds=seconds)
        print(SHOWN.format("bare Flask page", floor.per_second, floor.each, floor.p95, floor.cpu, 0, 1.0, ""))
        for title, asked in pages.all_day(app, dispute).items():
            taken, ratio = beside(bare, served, asked, seconds)
            most = TARGETS[title][0 if name == "SQLite" else 1]
            questions = pages.queries(app, asked)
            print(
                SHOWN.format(title, taken.per_second, taken.each, taken.p95, taken.cpu, questions, ratio, f"<= {most}")
            )
    with app.app_context():
        db.session.remove()
        db.engine.dispose()


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--disputes", type=int, default=40_000)
    options.add_argument("--seconds", type=float, default=3.0, help="how long each page is asked")
    options.add_argument("--volume", type=int, default=1_000_000, help="disputes of all courts together")
    options.add_argument("--courts", type=int, default=3_500, help="how many courts they are of")
    options.add_argument(
        "--only", choices=("sqlite", "postgresql", "calendar", "deadlines", "documents", "setup", "volumes")
    )
    asked = options.parse_args()
    catalogue.compile_stale()
    if asked.only in {None, "sqlite"}:
        with tempfile.TemporaryDirectory() as folder:
            court(f"sqlite:///{Path(folder) / 'bench.sqlite'}", "SQLite", asked.disputes, asked.seconds)
    if asked.only in {None, "postgresql"}:
        court(cluster.url("bench"), "PostgreSQL", asked.disputes, asked.seconds)
    if asked.only in {None, "calendar"}:
        calendar.main()
    if asked.only in {None, "deadlines"}:
        deadlines.main()
    if asked.only in {None, "documents"}:
        documents.main()
    if asked.only in {None, "volumes"}:
        volumes.main(asked.volume, asked.courts, asked.disputes)
    if asked.only in {None, "setup"}:
        setup.main()


if __name__ == "__main__":
    main()
