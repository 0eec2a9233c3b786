"""The same form sent twice, also at the same moment, makes one record, and the second answer equals the first."""

import pytest
import sqlalchemy as sa

from mediation.accounts import services as accounts
from mediation.kernel import audit
from mediation.kernel.audit import AuditEvent
from mediation.kernel.db import db, recoverable
from tests import builders, world
from tests.crowd import crowd
from tests.page import Browser

AT_ONCE = 8
MARK = "one and the same press of the button"


def checks() -> int:
    wanted = sa.select(sa.func.count()).select_from(AuditEvent).where(AuditEvent.action == "trail.verify")
    return db.session.scalar(wanted) or 0


def test_sent_again_it_is_answered_again_and_recorded_once(client_for, auditor):
    browser = client_for(auditor)
    first = browser.post("/trail/verify", {"once": MARK})
    second = browser.post("/trail/verify", {"once": MARK})
    assert first.location == second.location
    assert checks() == 1
    assert "此前已经记录" in browser.get(second.location).text


def test_the_mark_of_somebody_else_opens_nothing(client_for, auditor, secadmin):
    client_for(auditor).post("/trail/verify", {"once": MARK})
    page = client_for(secadmin).post("/sessions/end-others", {"once": MARK})
    assert page.location == "/"
    assert checks() == 1


def test_a_form_that_was_refused_may_be_corrected_and_sent_again(client_for, secadmin, clerk_li):
    """A wrong password is written down; the form has not been carried out by that."""
    browser, url = client_for(secadmin), f"/accounts/{clerk_li.id}/roles"
    told = {"roles": ["triage"], "reason": "岗位调整", "version": str(clerk_li.version), "once": MARK}
    wrong = browser.post(url, told | {"password": "wrong"}, status=422)
    assert wrong.field("once") == MARK
    assert wrong.field("reason") == "岗位调整"
    browser.post(url, told | {"password": world.PASSWORD})
    db.session.refresh(clerk_li)
    assert {role.value for role in clerk_li.roles} == {"triage"}


def waits_for_the_disk() -> bool:
    sqlite = db.engine.dialect.name == "sqlite"
    found = db.session.scalar(sa.text("PRAGMA synchronous" if sqlite else "SHOW synchronous_commit"))
    assert found in ({1, 2} if sqlite else {"on", "off"})
    return found in {2, "on"}


def as_in_production() -> None:
    """The throw-away cluster of the tests itself does not wait for the disk."""
    if db.engine.dialect.name == "postgresql":
        db.session.execute(sa.text("SET SESSION synchronous_commit TO on"))
        db.session.commit()


def test_only_the_address_of_the_answer_does_not_wait_for_the_disk(fresh_app):
    with fresh_app.app_context():
        as_in_production()
        assert waits_for_the_disk()
        for _again in range(3):  # a setting that is only taken when a statement is prepared would fail the second time
            with recoverable():
                assert not waits_for_the_disk()
            assert waits_for_the_disk()


def test_when_the_answer_cannot_be_kept_the_next_commit_waits_for_the_disk_again(fresh_app):
    with fresh_app.app_context():
        as_in_production()
        with pytest.raises(ZeroDivisionError), recoverable():
            assert 1 / int(waits_for_the_disk())
        assert waits_for_the_disk()


@pytest.mark.slow
def test_pressed_at_the_same_moment(fresh_app):
    """Eight requests with the same form, each on a connection of its own."""
    auditor = builders.someone("auditor")
    token = accounts.open_session(auditor, address="127.0.0.1")
    browsers = []
    for _ in range(AT_ONCE):
        client = fresh_app.test_client()
        with client.session_transaction() as session:
            session["_user_id"], session["_fresh"], session["csrf_token"] = token, True, "the same page"
        browser = Browser(client)
        browsers.append((browser, browser.token()))

    def press(browser: Browser, csrf: str) -> tuple[int, str]:
        answer = browser.client.post("/trail/verify", data={"once": MARK, "csrf_token": csrf})
        return answer.status_code, answer.location

    with crowd(fresh_app) as run:
        ends = run([lambda b=b, c=c: press(b, c) for b, c in browsers])
    assert ends == {(302, "/trail"): AT_ONCE}
    assert checks() == 1
    assert list(audit.verify()) == []


def test_a_file_may_be_fetched_again(client_for, auditor):
    browser = client_for(auditor)
    for _ in range(2):
        answer = browser.post("/trail/file", {"format": "csv", "once": MARK}, status=200)
        assert answer.response.content_type == "text/csv; charset=utf-8"
