"""`make bench`: pages of a court with 40,000 disputes on both databases, each beside a bare Flask page of the same run."""

import argparse
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event

from bench import data, documents
from mediation.accounts import services as accounts
from mediation.accounts.models import User
from mediation.disputes import documents as receiving
from mediation.disputes.rules import Source
from mediation.kernel.db import Base, db
from tests import builders, cluster, world
from tests.conftest import make_app

ROUNDS = 60
SHOWN = "{:<28}{:>9.2f} ms{:>9.2f} ms p95{:>9.0f} /s{:>8.1f} x bare{:>6} queries"


def measure(act: Callable[[], object], rounds: int = ROUNDS) -> list[float]:
    """Milliseconds of each round, after three to warm up."""
    for _ in range(3):
        act()
    taken = []
    for _ in range(rounds):
        started = time.perf_counter()
        act()
        taken.append((time.perf_counter() - started) * 1000)
    return sorted(taken)


def signed_in(app: Flask, login: str) -> FlaskClient:
    """A browser of this person."""
    client = app.test_client()
    with app.app_context():
        user = db.session.scalars(sa.select(User).where(User.login == login)).one()
        token = accounts.open_session(user, address="127.0.0.1")
    with client.session_transaction() as session:
        session["_user_id"] = token
        session["_fresh"] = True
    return client


def queries(app: Flask, act: Callable[[], object]) -> int:
    """How often one round asks the database."""
    count = 0

    def heard(*_args: object) -> None:
        nonlocal count
        count += 1

    with app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", heard)
    act()
    event.remove(engine, "before_cursor_execute", heard)
    return count


def pages(app: Flask, dispute: int) -> dict[str, Callable[[], object]]:
    """What people open all day."""
    clerk, president = signed_in(app, "clerk_li"), signed_in(app, "president_he")

    def get(client: FlaskClient, url: str) -> Callable[[], object]:
        def fetch() -> object:
            answer = client.get(url)
            assert answer.status_code == 200, (url, answer.status_code)
            return answer.data

        return fetch

    return {
        "work list of 50 rows": get(clerk, "/disputes"),
        "dispute page": get(clerk, f"/disputes/{dispute}"),
        "president's page": get(president, "/statistics?span=year"),
    }


def intake(app: Flask) -> Callable[[], object]:
    """Receive a dispute with number, two parties, receipt and trail, in its own durable transaction."""
    number = iter(range(1_000_000))

    def save() -> object:
        with app.app_context():
            clerk = builders.someone("clerk_li").as_actor()
            n = next(number)
            people = [builders.a_tenant(phone=f"139{n:08d}"), builders.a_landlord(phone=f"137{n:08d}")]
            return receiving.receive(
                clerk, source=Source.WINDOW, cause_code=builders.TENANCY, claims="请求退还租金", facts="因维修发生争执",
                amount_fen=120_000, parties=people,
            ).id  # fmt: skip

    return save


def bare() -> Callable[[], object]:
    """The floor: a Flask page that says one sentence."""
    app = Flask("bare")
    app.add_url_rule("/", view_func=lambda: "<p>ok</p>")
    client = app.test_client()
    return lambda: client.get("/")


def line(name: str, taken: list[float], floor: float, asked: int | str) -> None:
    middle = statistics.median(taken)
    print(SHOWN.format(name, middle, taken[int(len(taken) * 0.95) - 1], 1000 / middle, middle / floor, asked))


def court(url: str, name: str, number: int) -> None:
    app = make_app(url)
    with app.app_context():
        Base.metadata.create_all(db.engine)
        world.prepare()
        started = time.perf_counter()
        own = world.court().id
        dispute = data.load(own, number)
        print(f"\n{name}: {number} disputes loaded in {time.perf_counter() - started:.1f} s")
        db.session.remove()
    floor_taken = measure(bare(), 400)
    floor = statistics.median(floor_taken)
    line("bare Flask page", floor_taken, floor, 0)
    for title, act in pages(app, dispute).items():
        line(title, measure(act), floor, queries(app, act))
    save = intake(app)
    line("intake save", measure(save), floor, queries(app, save))
    with app.app_context():
        db.session.remove()
        db.engine.dispose()


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--disputes", type=int, default=40_000)
    options.add_argument("--only", choices=("sqlite", "postgresql", "documents"))
    asked = options.parse_args()
    if asked.only in {None, "sqlite"}:
        with tempfile.TemporaryDirectory() as folder:
            court(f"sqlite:///{Path(folder) / 'bench.sqlite'}", "SQLite", asked.disputes)
    if asked.only in {None, "postgresql"}:
        court(cluster.url("bench"), "PostgreSQL", asked.disputes)
    if asked.only in {None, "documents"}:
        print("\nDocuments")
        sys.argv = sys.argv[:1]
        documents.main()


if __name__ == "__main__":
    main()
