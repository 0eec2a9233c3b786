"""When the machine fails: disk full, database away, process killed. A clear page, nothing half-written, nothing acknowledged lost."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
import sqlalchemy as sa

from mediation.accounts import services as accounts
from mediation.disputes.models import Dispute, Party
from mediation.kernel import audit
from mediation.kernel.audit import AuditEvent
from mediation.kernel.db import PATIENCE, db, engine_options, prepare_engine
from tests import builders
from tests.conftest import SECRET
from tests.disputes.test_pages import typed
from tests.page import Browser

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def only_sqlite(request):
    if request.config.getoption("--database") != "sqlite":
        pytest.skip("the size of a file is limited by SQLite alone")


def signed_in(app, login="clerk_li"):
    client = app.test_client()
    token = accounts.open_session(builders.someone(login), address="127.0.0.1")
    with client.session_transaction() as session:
        session["_user_id"], session["_fresh"] = token, True
    return Browser(client)


def count(model):
    return db.session.scalar(sa.select(sa.func.count()).select_from(model))


def no_more_room(app):
    """From now on the file may not grow by a single page, as on a disk that is full."""

    def limit(connection, _record):
        pages = connection.execute("PRAGMA page_count").fetchone()[0]
        connection.execute(f"PRAGMA max_page_count={pages}")

    db.session.remove()
    db.engine.dispose()
    sa.event.listen(db.engine, "connect", limit)
    return limit


def test_on_a_full_disk_the_page_says_so_and_nothing_is_half_written(only_sqlite, fresh_app):
    browser = signed_in(fresh_app)
    before = count(Dispute), count(Party), count(AuditEvent)
    limit = no_more_room(fresh_app)
    long = "押金未退，双方各执一词。" * 300
    page = browser.post("/disputes/new", typed(facts=long), status=503)
    assert "未保存任何内容" in page.text
    assert "Traceback" not in page.text
    sa.event.remove(db.engine, "connect", limit)
    db.session.remove()
    db.engine.dispose()
    assert (count(Dispute), count(Party), count(AuditEvent)) == before
    assert list(audit.verify()) == []
    # As soon as there is room again, the same form goes through.
    assert browser.post("/disputes/new", typed(facts=long)).location
    assert count(Dispute) == before[0] + 1


def away(app):
    """The database is somewhere nobody answers."""
    db.session.remove()
    real = db.engines[None]
    if real.dialect.name == "sqlite":
        gone = sa.create_engine("sqlite:////nowhere/at/all/court.sqlite")
    else:
        gone = sa.create_engine(real.url.set(host="127.0.0.1", port=1))
    db.engines[None] = gone
    return real


def test_with_the_database_away_every_page_says_so_and_readiness_tells_strangers_no_more(fresh_app, caplog):
    browser = signed_in(fresh_app)
    browser.get("/disputes")
    real = away(fresh_app)
    try:
        for url in ("/disputes", "/sign-in", "/board"):
            answer = browser.client.get(url)
            assert answer.status_code == 503, url
            assert "暂时无法办理" in answer.get_data(as_text=True), url
        ready = browser.client.get("/readyz")
        assert ready.status_code == 503
        assert ready.json == {"status": "not ready"}
        assert "the database does not answer" in caplog.text
        assert browser.client.get("/healthz").status_code == 200
    finally:
        db.session.remove()
        db.engines[None] = real
    browser.get("/disputes")
    assert browser.client.get("/readyz").json["status"] == "ok"


def test_while_all_connections_are_taken_nothing_is_saved_and_the_page_says_so(fresh_app):
    browser = signed_in(fresh_app)
    before = count(Dispute), count(AuditEvent)
    db.session.remove()
    real = db.engines[None]
    db.engines[None] = sa.create_engine(real.url, pool_size=1, max_overflow=0, pool_timeout=0.2)
    prepare_engine(db.engines[None])
    try:
        with db.engines[None].connect():
            page = browser.post("/disputes/new", typed(), status=503)
        assert "未保存任何内容" in page.text
        assert (count(Dispute), count(AuditEvent)) == before
        db.session.remove()
        assert browser.post("/disputes/new", typed()).location
    finally:
        db.session.remove()
        db.engines[None].dispose()
        db.engines[None] = real


def test_nobody_waits_for_a_lock_longer_than_the_settings_say(fresh_app, monkeypatch):
    """Another keeps what is wanted: after the patience of the settings the page answers, and nothing is saved."""
    browser = signed_in(fresh_app)
    before = count(Dispute)
    db.session.remove()
    real = db.engines[None]
    monkeypatch.setattr("mediation.kernel.db.PATIENCE", 0.2)
    if real.dialect.name == "postgresql":
        sa.event.listen(real, "begin", lambda connection: connection.exec_driver_sql("SET lock_timeout = 200") and None)
    other = sa.create_engine(real.url)
    try:
        with other.connect() as keeps:
            if real.dialect.name == "sqlite":
                keeps.exec_driver_sql("BEGIN IMMEDIATE")
            else:
                keeps.exec_driver_sql("LOCK TABLE dispute IN ACCESS EXCLUSIVE MODE")
            assert "未保存任何内容" in browser.post("/disputes/new", typed(), status=503).text
        db.session.remove()
        assert count(Dispute) == before
    finally:
        other.dispose()


def test_the_pool_and_the_patience_are_bounded():
    for url in ("sqlite:////x.sqlite", "postgresql+psycopg://court@localhost/court"):
        options = engine_options(url)
        assert 0 < options["pool_size"] + options["max_overflow"] <= 50
        assert options["pool_timeout"] == PATIENCE
    assert f"lock_timeout={PATIENCE}000" in options["connect_args"]["options"]


KILLED = """
import os, signal, sys
sys.path.insert(0, {root!r})
from tests.conftest import make_app
from tests import builders
from mediation.kernel.db import db, transaction
app = make_app({url!r})
with app.app_context():
    clerk = builders.someone("clerk_li").as_actor()
    kept = builders.make_dispute(clerk, claims="已经登记")
    print(kept.id, flush=True)
    with transaction():
        builders.make_dispute(clerk, claims="写到一半")
        db.session.flush()
        os.kill(os.getpid(), signal.SIGKILL)
"""


def test_a_killed_process_leaves_what_it_acknowledged_and_nothing_half(fresh_app):
    url = db.engine.url.render_as_string(hide_password=False)
    before = count(Dispute)
    db.session.remove()
    told = subprocess.run(
        [sys.executable, "-c", KILLED.format(root=str(ROOT), url=url)], check=False, cwd=ROOT, capture_output=True, text=True, timeout=120,
        env=os.environ | {"PYTHONDONTWRITEBYTECODE": "1"},
    )  # fmt: skip
    assert told.returncode == -signal.SIGKILL, told.stderr
    acknowledged = int(told.stdout)
    assert db.session.get_one(Dispute, acknowledged).claims == "已经登记"
    assert count(Dispute) == before + 1
    assert not db.session.scalars(sa.select(Dispute).where(Dispute.claims == "写到一半")).all()
    assert list(audit.verify()) == []
    assert SECRET not in told.stderr
