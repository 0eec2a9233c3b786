"""The worker processes: same bytes as here, and limits that hold."""

import datetime as dt
from concurrent.futures import ThreadPoolExecutor

import pytest
import sqlalchemy as sa

from mediation.documents import composing, engine, making, services, specimen, verification, workshop
from mediation.documents.models import Document
from mediation.documents.rules import Status
from mediation.kernel.actor import Actor, Role
from mediation.kernel.db import db
from tests import world


@pytest.fixture(autouse=True, scope="module")
def _closed():
    yield
    workshop.close()


def test_a_worker_gives_the_same_bytes():
    page = composing.compose("specimen", specimen.SHEET, specimen.DATA)
    expected = engine.render(page.html, created=page.created, pictures=page.pictures, facts=specimen.DATA)
    assert workshop.typeset(page, specimen.DATA) == expected


def test_a_refusal_comes_back_from_the_worker_by_name():
    page = composing.Composed(
        '<html lang="zh-CN"><title>x</title><p>𰻝</p>', (), dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
    )
    with pytest.raises(engine.MissingGlyph) as refused:
        workshop.typeset(page, {})
    assert refused.value.characters == ("𰻝",)


def test_endless_work_is_ended_and_the_next_document_is_produced():
    body = "<p>" + "调解" * 2_000_000 + "</p>"
    html = f'<html lang="zh-CN"><title>x</title>{body}'
    endless = composing.Composed(html, (), dt.datetime(2026, 1, 1, tzinfo=dt.UTC))
    with pytest.raises(workshop.TooMuch):
        workshop.typeset(endless, {}, seconds=1, patience=20)
    page = composing.compose("specimen", specimen.SHEET, specimen.DATA)
    assert workshop.typeset(page, specimen.DATA).startswith(b"%PDF")


def endless():
    html = '<html lang="zh-CN"><title>x</title><p>' + "调解" * 2_000_000 + "</p>"
    return composing.Composed(html, (), dt.datetime(2026, 1, 1, tzinfo=dt.UTC))


def test_whoever_stands_beside_a_document_that_is_ended_is_produced_all_the_same():
    """The worker that is ended takes the others with it; their documents are made again, each alone."""
    page = composing.compose("specimen", specimen.SHEET, specimen.DATA)
    with ThreadPoolExecutor(5) as beside:
        ended = [beside.submit(workshop.typeset, endless(), {}, seconds=1, patience=120)]
        innocent = [beside.submit(workshop.typeset, page, specimen.DATA, patience=120) for _ in range(4)]
        assert {one.result()[:5] for one in innocent} == {b"%PDF-"}
        assert isinstance(ended[0].exception(), workshop.TooMuch)
        assert not isinstance(ended[0].exception(), workshop.Busy)


def test_a_busy_machine_is_no_fault_of_the_document(fresh_app, monkeypatch):
    """It goes on waiting, and the workers go on with what they have."""
    fresh_app.config["DOCUMENTS"] = "later"
    court = world.court()
    actor = Actor(1, court.id, frozenset({Role.CLERK}), "clerk")
    made = services.request(
        actor, data=specimen.DATA, kind="specimen", subject=court, dispute_id=None, title="样张"
    )  # fmt: skip
    fresh_app.config["DOCUMENTS"] = "pool"
    number = made.id
    monkeypatch.setattr(making.typeset, "__defaults__", (0.0,))
    assert services.produce(number) is Status.PENDING
    monkeypatch.setattr(making.typeset, "__defaults__", (120.0,))
    assert services.produce(number) is Status.READY


def test_a_file_from_outside_is_looked_into_by_a_worker(app):
    page = composing.compose("specimen", specimen.SHEET, specimen.DATA)
    written = engine.render(page.html, created=page.created, pictures=page.pictures, facts=specimen.DATA)
    with app.app_context():
        app.config["DOCUMENTS"] = "pool"
        try:
            look = workshop.aside(verification.look_into, written)
        finally:
            app.config["DOCUMENTS"] = "later"
    assert look.pages == 3
    assert look == verification.look_into(written)


def test_the_command_produces_what_is_waiting(fresh_app):
    fresh_app.config["DOCUMENTS"] = "later"
    court = world.court()
    actor = Actor(1, court.id, frozenset({Role.CLERK}), "clerk")
    settings = {"kind": "specimen", "subject": court, "dispute_id": None, "title": "样张"}
    services.request(actor, data=specimen.DATA, **settings)
    services.request(actor, data={**specimen.DATA, "conclusion": "𰻝"}, **settings)
    fresh_app.config["DOCUMENTS"] = "pool"
    done = fresh_app.test_cli_runner().invoke(args=["documents", "produce"])
    assert "1 produced, 1 not" in done.output
    assert done.exit_code == 1
    db.session.rollback()
    found = db.session.scalars(sa.select(Document.status).order_by(Document.id)).all()
    assert found == [Status.READY, Status.FAILED]
    done = fresh_app.test_cli_runner().invoke(args=["documents", "verify"])
    assert done.exit_code == 0, done.output


def test_the_command_prints_a_specimen(app, tmp_path):
    done = app.test_cli_runner().invoke(args=["documents", "specimen", str(tmp_path / "x.pdf")])
    assert done.exit_code == 0, done.output
    assert (tmp_path / "x.pdf").read_bytes().startswith(b"%PDF")
