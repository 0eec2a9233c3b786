"""One application and one prepared court for the whole run; every test inside a transaction that is rolled back."""

import atexit
import itertools
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from types import SimpleNamespace

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import HealthCheck, settings
from xdist.remote import Producer
from xdist.scheduler import LoadScopeScheduling

from config import Config
from mediation.accounts import services as accounts
from mediation.accounts.models import User
from mediation.app import create_app
from mediation.kernel.actor import Actor
from mediation.kernel.db import Base, db
from mediation.statistics import keeping
from scripts import catalogue
from tests import cluster, world
from tests.page import Browser

# How long an example takes says how busy the machine is, not whether a property holds.
settings.register_profile("court", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("court")

NUMBERS = itertools.count(1)
SECRET = "a secret for tests only: 0123456789abcdef"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--database", default="sqlite", choices=("sqlite", "postgresql"))


def pytest_configure(config: pytest.Config) -> None:
    """The process that hands out the work starts the one cluster of the run; its workers inherit the address."""
    if config.getoption("--database") == "postgresql" and not hasattr(config, "workerinput"):
        cluster.start()


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """What asks for no database of the run gives the same answer on both: it is tried once, on SQLite."""
    if config.getoption("--database") == "sqlite":
        return
    asking = [item for item in items if "new_database" in getattr(item, "fixturenames", ())]
    config.hook.pytest_deselected(items=[item for item in items if item not in set(asking)])
    items[:] = asking


class Together(LoadScopeScheduling):
    """What shares something dear goes to one worker, so that it is made once, and goes first; the rest one by one."""

    DEAR = ("tests/test_demonstration.py", "tests/test_history.py", "tests/documents/test_every.py")

    def _split_scope(self, nodeid: str) -> str:
        module = nodeid.partition("::")[0]
        return module if module in self.DEAR else nodeid


def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> Together:
    return Together(config, log)


def pytest_unconfigure(config: pytest.Config) -> None:
    cluster.stop()


def make_app(url: str, **over: object) -> Flask:
    """An application on a database: documents are requested but not typeset unless a test asks for it."""
    settings = {"MODE": "testing", "TESTING": True, "SESSION_COOKIE_SECURE": False, "DOCUMENTS": "later"}
    # Seals are each application's own: the demonstration court makes one, which no other test may find.
    seals = tempfile.TemporaryDirectory(prefix="seals-")
    atexit.register(seals.cleanup)
    settings["SEAL_FOLDER"] = Path(seals.name)
    return create_app(Config(SECRET_KEY=SECRET, SQLALCHEMY_DATABASE_URI=url, **(settings | over)))


@pytest.fixture(scope="session")
def new_database(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Callable[..., str]:
    """Gives the address of a new database of this run's kind, by name: empty, or a copy of another."""
    folder = tmp_path_factory.mktemp("databases")
    worker = os.environ.get("PYTEST_XDIST_WORKER", "master")

    def make(name: str, *, like: str = "") -> str:
        if request.config.getoption("--database") == "postgresql":
            return cluster.url(f"{worker}_{name}", like=f"{worker}_{like}" if like else "")
        if like:
            shutil.copyfile(folder / like, folder / name)
        return f"sqlite:///{folder / name}"

    return make


@pytest.fixture(scope="session")
def prepared(new_database: Callable[..., str]) -> Callable[[str], str]:
    """Gives the address of a new database, by name, in which the court is prepared; that is done once for all."""
    catalogue.compile_stale()
    app = make_app(new_database("prepared"))
    with app.app_context():
        Base.metadata.create_all(db.engine)
        world.prepare()
        db.session.remove()
        db.engine.dispose()

    return partial(new_database, like="prepared")


@pytest.fixture(scope="session")
def app(prepared: Callable[[str], str]) -> Iterator[Flask]:
    app = make_app(prepared("every"))
    yield app
    with app.app_context():
        db.engine.dispose()


@pytest.fixture
def fresh_app(prepared: Callable[[str], str]) -> Iterator[Flask]:
    """An application on a database of the test's own, with real commits: for concurrency and commands."""
    app = make_app(prepared(f"fresh_{next(NUMBERS)}"))
    with app.app_context():
        yield app
        db.session.remove()
        db.engine.dispose()


@pytest.fixture(autouse=True)
def rolled_back(request: pytest.FixtureRequest) -> Iterator[None]:
    """Run the test inside one outer transaction; use cases commit only a savepoint."""
    names = request.fixturenames
    if "app" not in names and not any(name in PEOPLE or name in {"client_for", "court"} for name in names):
        yield
        return
    with undone(request.getfixturevalue("app")):
        yield


@contextmanager
def undone(app: Flask) -> Iterator[None]:
    """Whatever is written inside is taken back at the end."""
    with app.app_context():
        engines = db.engines
        real = engines[None]
        with real.connect() as connection:
            outer = connection.begin()
            engines[None] = connection
            db.session.configure(join_transaction_mode="create_savepoint")
            keeping.clear()  # tests also write past the trail
            try:
                yield
            finally:
                db.session.remove()
                engines[None] = real
                db.session.configure(join_transaction_mode="conditional_savepoint")
                outer.rollback()


@pytest.fixture
def client_for(app: Flask) -> Callable[[User | None], Browser]:
    """A browser in which somebody has signed in (or nobody)."""

    def open_browser(user: User | None = None) -> Browser:
        client: FlaskClient = app.test_client()
        if user is not None:
            token = accounts.open_session(user, address="127.0.0.1")
            with client.session_transaction() as session:
                session["_user_id"] = token
                session["_fresh"] = True
        return Browser(client)

    return open_browser


def _person(login: str) -> Callable[..., User]:
    @pytest.fixture(name=login)
    def find(app: Flask) -> User:
        return db.session.scalars(sa.select(User).where(User.login == login)).one()

    return find


PEOPLE = tuple(world.PEOPLE)
for _login in PEOPLE:
    globals()[_login] = _person(_login)


@pytest.fixture
def court(app: Flask) -> SimpleNamespace:
    """The prepared court."""
    return world.court()


def actor_of(user: User) -> Actor:
    """The user as the one who acts."""
    return user.as_actor()
