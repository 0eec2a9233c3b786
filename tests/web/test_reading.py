"""Looking changes nothing: every address that can be looked at is, by everybody who may, and the court stays as it was."""

import hashlib
import re
from collections.abc import Iterator

import pytest
import sqlalchemy as sa
from flask import Flask

from mediation.accounts import services as accounts
from mediation.kernel import audit
from mediation.kernel.actor import Role
from mediation.kernel.db import Base, db, read_only
from mediation.web import allow
from tests import builders, world

# When a session was last used, and how often an address without sign-in was tried, is not the court's business.
NOT_BUSINESS = {"signed_in", "pace_count"}
IDS = ("1", "2")
# A document is produced at the latest when it is first opened, and opening a confidential one is written down.
WRITES_DOWN = {"static", "documents.download", "documents.bundle_file"}


def addresses(app: Flask, roles: frozenset[Role]) -> Iterator[str]:
    """Each address that these roles may look at, with the first records of the court put in."""
    for rule in sorted(app.url_map.iter_rules(), key=lambda rule: rule.rule):
        admitted = allow.TABLE[rule.endpoint]
        if rule.endpoint in WRITES_DOWN or "GET" not in (rule.methods or set()):
            continue
        if admitted is allow.ANYONE or admitted is allow.EVERYONE or roles & admitted:
            yield from {re.sub(r"<[^>]+>", number, rule.rule) for number in IDS}


def state() -> dict[str, str]:
    """A digest of each table: what is in it, down to the last field."""
    found = {}
    for table in Base.metadata.sorted_tables:
        if table.name not in NOT_BUSINESS:
            rows = db.session.execute(sa.select(table).order_by(*table.primary_key.columns)).all()
            found[table.name] = hashlib.sha256(repr(rows).encode()).hexdigest()
    db.session.rollback()
    return found


def test_every_get_changes_nothing(fresh_app):
    clerk, mediator = builders.someone("clerk_li").as_actor(), builders.someone("mediator_wang").as_actor()
    builders.signed_agreement(clerk, mediator)
    builders.open_session(mediator, builders.accepted_assignment(clerk, mediator))
    people = {login: builders.someone(login).id for login in world.PEOPLE}
    tokens = {login: accounts.open_session(builders.someone(login), address="127.0.0.1") for login in sorted(people)}
    db.session.rollback()
    before, heads = state(), {court: audit.head_of(court) for court in (1, 2)}
    db.session.rollback()
    looked, failed = 0, []
    for login, token in tokens.items():
        client = fresh_app.test_client()
        with client.session_transaction() as session:
            session["_user_id"], session["_fresh"] = token, True
        for url in sorted(addresses(fresh_app, world.PEOPLE[login])):
            with fresh_app.app_context():
                status = client.get(url).status_code
                db.session.remove()
            looked += status == 200
            failed += [f"{login} {url} {status}"] if status >= 500 else []
    assert failed == []
    assert looked > 200, "most addresses show a page"
    assert {name for name, digest in state().items() if digest != before[name]} - refusals(heads) == set()


def refusals(heads: dict[int, int]) -> set[str]:
    """A record looked at without permission is the one thing that is written down; then the trail grows by these."""
    events = [
        action
        for court, head in heads.items()
        for action in db.session.scalars(
            sa.select(audit.AuditEvent.action).where(audit.AuditEvent.court_id == court, audit.AuditEvent.seq > head)
        )
    ]
    assert set(events) <= {"access.denied"}
    return {"audit_event", "audit_head"} if events else set()


@pytest.mark.parametrize(
    "writing",
    [
        "UPDATE court SET name = 'x'",
        "\n  delete from court",
        "INSERT INTO number_counter (court_id, series, year, last) SELECT id, 'x', 1, 1 FROM court",
        "WITH one AS (SELECT 1 AS id) UPDATE court SET name = 'x' WHERE id IN (SELECT id FROM one)",
        "WITH one AS (SELECT 1 AS id) DELETE FROM court WHERE id IN (SELECT id FROM one)",
        "DROP TABLE court",
        "CREATE TABLE other (id INTEGER)",
    ],
)
def test_no_statement_writes_while_somebody_only_looks(fresh_app, writing):
    with read_only(), pytest.raises(sa.exc.DBAPIError, match=r"readonly|read-only"):
        db.session.execute(sa.text(writing))
    db.session.rollback()


def test_words_that_only_speak_of_writing_are_read(fresh_app):
    with read_only():
        assert db.session.scalar(sa.text("SELECT 'update court set name'")) == "update court set name"
        assert db.session.scalar(sa.text("WITH one AS (SELECT 2 AS id) SELECT id FROM one")) == 2


def test_a_change_is_refused_while_somebody_only_looks(fresh_app):
    clerk = builders.someone("clerk_li").as_actor()
    db.session.rollback()
    with read_only(), pytest.raises(sa.exc.DBAPIError, match=r"readonly|read-only"):
        accounts.prefer(clerk, large_type=True)
    accounts.prefer(clerk, large_type=True)
    assert builders.someone("clerk_li").large_type is True


def test_reading_leaves_what_the_driver_has_prepared(fresh_app):
    """A transaction that is rolled back makes PostgreSQL's driver forget it; the next page would ask everything anew."""
    ended = []
    sa.event.listen(db.engine, "commit", lambda _connection: ended.append("commit"))
    sa.event.listen(db.engine, "rollback", lambda _connection: ended.append("rollback"))
    client = fresh_app.test_client()
    token = accounts.open_session(builders.someone("clerk_li"), address="127.0.0.1")
    with client.session_transaction() as session:
        session["_user_id"], session["_fresh"] = token, True
    db.session.remove()
    client.get("/disputes")
    ended.clear()
    with fresh_app.app_context():
        assert client.get("/disputes").status_code == 200
    assert ended == ["commit"]
