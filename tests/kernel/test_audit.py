"""The trail: no act without an entry, no entry changed; and whoever gets round the database is found out."""

from contextlib import suppress

import pytest
import sqlalchemy as sa

from mediation.accounts import administration, services
from mediation.kernel import audit
from mediation.kernel.audit import AuditEvent, AuditHead, Fault, FaultKind
from mediation.kernel.db import db, transaction
from tests import builders

HEAD, EVENT = "audit_head", "audit_event"


def court_of(login: str = "clerk_li") -> int:
    return builders.someone(login).court_id


@pytest.fixture
def written(fresh_app):
    """A court with a trail of some length; its id."""
    keeper = builders.someone("sysadmin").as_actor()
    for n in range(6):
        builders.make_dispute(builders.someone("clerk_li").as_actor(), claims=f"请求第{n}项")
    administration.end_sessions(keeper, builders.someone("triage_sun"))
    db.session.rollback()
    assert list(audit.verify()) == []
    return keeper.court_id


def by_hand(*statements: str, **values: object) -> None:
    """What somebody does who has the database's password, past the application."""
    db.session.rollback()
    with db.engine.begin() as connection:
        for statement in statements:
            connection.execute(sa.text(statement), values)


def without_guard() -> None:
    """What the owner of the tables can do first."""
    db.session.rollback()
    with db.engine.begin() as connection:
        if connection.dialect.name == "sqlite":
            names = connection.execute(
                sa.text("SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'audit_event'")
            ).scalars()
            for name in list(names):
                connection.execute(sa.text(f"DROP TRIGGER {name}"))
        else:
            connection.execute(sa.text("ALTER TABLE audit_event DISABLE TRIGGER USER"))


def found(court_id: int) -> list[tuple[FaultKind, int]]:
    db.session.rollback()
    faults = list(audit.verify(court_id))
    assert faults == [f for f in audit.verify() if f.court_id == court_id], "one court's walk and all say the same"
    return [(f.kind, f.seq) for f in faults]


def end_of(court_id: int) -> int:
    db.session.rollback()
    return audit.head_of(court_id)


# ---- the database itself refuses ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_event SET actor_name = 'somebody else' WHERE seq = 3",
        "UPDATE audit_event SET data = '{}'",
        "DELETE FROM audit_event WHERE seq = 3",
        "DELETE FROM audit_event",
    ],
)
def test_the_database_refuses_to_change_or_delete_an_entry(written, statement):
    before = end_of(written)
    with pytest.raises(sa.exc.DBAPIError, match="audit_event is never changed"):
        by_hand(statement)
    assert end_of(written) == before
    assert found(written) == []


def test_the_database_refuses_to_empty_the_trail(written):
    if db.engine.dialect.name == "sqlite":
        pytest.skip("SQLite has no TRUNCATE")
    with pytest.raises(sa.exc.DBAPIError, match="audit_event is never changed"):
        by_hand("TRUNCATE audit_event")


# ---- past the guards, verify names the entry ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("actor_name", "somebody else"),
        ("actor_id", 4711),
        ("action", "dispute.close"),
        ("subject_type", "user"),
        ("subject_id", 4711),
        ("dispute_id", 4711),
        ("data", '{"forged":1}'),
        ("address", "10.9.9.9"),
        ("request_id", "ffffffffffff"),
        ("at", "2019-07-08 00:00:00"),
        ("mac", "0" * 64),
    ],
)
def test_an_entry_that_was_changed_is_named(written, column, value):
    without_guard()
    change = f"UPDATE audit_event SET {column} = :value WHERE court_id = :court AND seq = 5"  # noqa: S608 our own names
    by_hand(change, value=value, court=written)
    assert (FaultKind.CHANGED, 5) in found(written)
    assert {seq for _kind, seq in found(written)} <= {5, 6}


def test_an_entry_that_was_taken_out_is_named(written):
    without_guard()
    by_hand("DELETE FROM audit_event WHERE court_id = :court AND seq = 5", court=written)
    assert found(written) == [(FaultKind.MISSING, 5), (FaultKind.NOT_FOLLOWING, 6)]


def test_an_entry_taken_out_and_the_rest_renumbered_is_named(written):
    without_guard()
    by_hand("DELETE FROM audit_event WHERE court_id = :court AND seq = 5", court=written)
    for seq in range(6, end_of(written) + 1):
        by_hand("UPDATE audit_event SET seq = seq - 1 WHERE court_id = :court AND seq = :seq", court=written, seq=seq)
    assert found(written)[:2] == [(FaultKind.NOT_FOLLOWING, 5), (FaultKind.CHANGED, 5)]


def test_an_entry_that_was_put_in_is_named(written):
    """At the end, as if it had just happened: a forger knows no key."""
    last = end_of(written)
    by_hand(
        "INSERT INTO audit_event (court_id, seq, at, actor_id, actor_name, action, subject_type, subject_id, data, "
        "address, request_id, prev, mac) SELECT court_id, seq + 1, at, actor_id, actor_name, 'dispute.close', "
        "subject_type, subject_id, data, address, request_id, mac, mac FROM audit_event WHERE court_id = :court AND seq = :seq",
        court=written,
        seq=last,
    )
    assert found(written) == [(FaultKind.CHANGED, last + 1), (FaultKind.CUT_OFF, last + 1)]


def test_entries_that_changed_places_are_named(written):
    without_guard()
    for was, becomes in ((5, -1), (6, 5), (-1, 6)):
        by_hand(
            "UPDATE audit_event SET seq = :becomes WHERE court_id = :court AND seq = :was",
            was=was, becomes=becomes, court=written,
        )  # fmt: skip
    named = {seq for _kind, seq in found(written)}
    assert named == {5, 6, 7}


def test_a_trail_that_was_cut_off_is_named(written):
    without_guard()
    last = end_of(written)
    by_hand("DELETE FROM audit_event WHERE court_id = :court AND seq > :seq", court=written, seq=last - 2)
    assert found(written) == [(FaultKind.CUT_OFF, last - 2)]


def test_a_trail_cut_off_together_with_its_head_is_named(written):
    """The head carries a digest of its own, under a key of its own."""
    without_guard()
    last = end_of(written)
    by_hand(
        "DELETE FROM audit_event WHERE court_id = :court AND seq > :seq",
        "UPDATE audit_head SET seq = :seq, mac = (SELECT mac FROM audit_event WHERE court_id = :court AND seq = :seq) "
        "WHERE court_id = :court",
        court=written,
        seq=last - 2,
    )
    assert found(written) == [(FaultKind.HEAD_CHANGED, last - 2)]


def test_a_trail_that_was_emptied_is_named(written):
    without_guard()
    by_hand("DELETE FROM audit_event WHERE court_id = :court", court=written)
    assert found(written) == [(FaultKind.CUT_OFF, 0)]


def test_a_trail_without_its_head_is_named(written):
    by_hand("DELETE FROM audit_head WHERE court_id = :court", court=written)
    assert found(written) == [
        (
            FaultKind.NO_HEAD,
            db.session.scalar(sa.select(sa.func.max(AuditEvent.seq)).where(AuditEvent.court_id == written)),
        )
    ]


def test_the_other_court_is_not_accused(written):
    without_guard()
    by_hand("UPDATE audit_event SET data = '{}' WHERE court_id = :court AND seq = 5", court=written)
    assert found(court_of("clerk_of_other_court")) == []


def test_the_command_names_the_entry_and_fails(fresh_app, written):
    runner = fresh_app.test_cli_runner()
    whole = runner.invoke(args=["audit", "verify"])
    assert (whole.exit_code, whole.output.strip()) == (0, "The trail is whole.")
    without_guard()
    by_hand("UPDATE audit_event SET actor_name = 'somebody else' WHERE court_id = :court AND seq = 5", court=written)
    broken = runner.invoke(args=["audit", "verify"])
    assert broken.exit_code == 1
    assert str(Fault(FaultKind.CHANGED, written, 5)) == f"court {written}: entry 5 was changed"
    assert f"court {written}: entry 5 was changed" in broken.output


# ---- the application refuses what leaves no entry -----------------------------------------------------------------


def test_no_change_without_an_entry(clerk_li):
    with pytest.raises(RuntimeError, match="without an audit event"), transaction():
        clerk_li.name = "somebody else"
    db.session.expire_all()
    assert builders.someone("clerk_li").name == "Li"


def test_no_change_of_many_rows_past_the_trail(clerk_li):
    with pytest.raises(RuntimeError, match="leaves no trail"):
        db.session.execute(sa.update(type(clerk_li)).values(name="somebody else"))


def test_what_is_rolled_back_leaves_no_entry(clerk_li):
    before = audit.head_of(clerk_li.court_id)
    with suppress(ZeroDivisionError), transaction():
        services.prefer(clerk_li.as_actor(), large_type=True)
        raise ZeroDivisionError
    assert audit.head_of(clerk_li.court_id) == before
    assert list(audit.verify()) == []


def test_each_court_has_a_chain_of_its_own(clerk_li, clerk_of_other_court):
    services.prefer(clerk_li.as_actor(), large_type=True)
    services.prefer(clerk_of_other_court.as_actor(), large_type=True)
    for user in (clerk_li, clerk_of_other_court):
        last = db.session.get(AuditHead, user.court_id)
        event = db.session.scalars(
            sa.select(AuditEvent).where(AuditEvent.court_id == user.court_id, AuditEvent.seq == last.seq)
        ).one()
        assert (event.actor_id, event.action) == (user.id, "user.prefer")
