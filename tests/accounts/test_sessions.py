"""A session ends when it should, wherever that is decided, and the browser learns why."""

from datetime import timedelta

import pytest

from mediation.accounts import administration, services
from mediation.accounts.models import SignedIn
from mediation.accounts.rules import SOONER, SessionEnd, idle_limit
from mediation.kernel import audit, clock
from mediation.kernel.actor import Role
from mediation.kernel.db import db
from tests import world

NEW = "Another-horse-43"


def signed_in(client_for, login: str):
    browser = client_for(None)
    browser.post("/sign-in", {"login": login, "password": world.PASSWORD})
    return browser


def latest(user) -> SignedIn:
    return services.sessions_of(user.id)[0]


@pytest.mark.parametrize("role", sorted(Role))
def test_who_decides_or_administers_is_signed_out_sooner(role):
    minutes = 15 if role in SOONER else 30
    assert idle_limit({role}, timedelta(minutes=30)) == timedelta(minutes=minutes)
    assert idle_limit({role}, timedelta(minutes=10)) == timedelta(minutes=10)


@pytest.mark.parametrize(("login", "minutes"), [("clerk_li", 30), ("judge_chen", 15), ("auditor", 15)])
def test_after_idle_minutes_one_signs_in_again(client_for, request, login, minutes):
    request.getfixturevalue(login)
    browser = signed_in(client_for, login)
    begun = clock.now()
    with clock.pretend(begun + timedelta(minutes=minutes - 1)):
        browser.get("/password")
    with clock.pretend(begun + timedelta(minutes=2 * minutes - 2)):
        browser.get("/password")
    with clock.pretend(begun + timedelta(minutes=3 * minutes)):
        page = browser.get("/password", status=401)
        assert "长时间未操作" in page.text
        assert page.soup.select_one("main [name=next]")["value"] == "/password"


def test_after_a_working_day_one_signs_in_again_however_busy(client_for, clerk_li):
    browser = signed_in(client_for, "clerk_li")
    begun = clock.now()
    for half_hours in range(1, 17):
        with clock.pretend(begun + timedelta(minutes=29 * half_hours)):
            browser.get("/password")
    with clock.pretend(begun + timedelta(hours=8, minutes=1)):
        assert "会话时限" in browser.get("/password", status=401).text


def test_what_was_typed_survives_the_end_of_the_session(client_for, clerk_li):
    browser = signed_in(client_for, "clerk_li")
    with clock.pretend(clock.now() + timedelta(hours=1)):
        page = browser.post("/disputes/new", {"claims": "请求退还押金"}, status=401)
        assert page.field("kept.claims") == "请求退还押金"
        data = {"login": "clerk_li", "password": world.PASSWORD, "next": "/disputes/new", "kept.claims": "请求退还押金"}
        again = browser.post("/sign-in", data, status=200)
        assert again.field("claims") == "请求退还押金"


def test_signing_in_elsewhere_ends_the_session_here_and_says_so(client_for, clerk_li):
    here = signed_in(client_for, "clerk_li")
    signed_in(client_for, "clerk_li").get("/password")
    assert "在别处登录" in here.get("/password", status=401).text


def test_an_administrator_puts_somebody_out(client_for, clerk_li, secadmin):
    browser = signed_in(client_for, "clerk_li")
    client_for(secadmin).post(f"/accounts/{clerk_li.id}/end-sessions")
    assert "账号变更" in browser.get("/password", status=401).text
    assert latest(clerk_li).ended_by is SessionEnd.CHANGED


def test_closing_the_account_puts_the_person_out(client_for, clerk_li, sysadmin):
    browser = signed_in(client_for, "clerk_li")
    administration.close(sysadmin.as_actor(), clerk_li, reason="离任")
    browser.get("/password", status=401)


def test_the_last_day_of_an_account_ends_its_session(client_for, clerk_li, sysadmin):
    browser = signed_in(client_for, "clerk_li")
    data = administration.AccountData(name=clerk_li.name, expires_on=clock.today(), person_key=clerk_li.person_key)
    administration.edit(sysadmin.as_actor(), clerk_li, data, version=clerk_li.version)
    browser.get("/password")
    with clock.pretend(clock.at(clock.today() + timedelta(days=1), 0, 1)):
        browser.get("/password", status=401)
        page = browser.post("/sign-in", {"login": "clerk_li", "password": world.PASSWORD}, status=401)
        assert "已停用" in page.text


def test_a_new_password_keeps_this_session_and_ends_the_others(client_for, clerk_li):
    elsewhere, here = client_for(clerk_li), client_for(clerk_li)
    here.post("/password", {"old": world.PASSWORD, "new": NEW, "again": NEW})
    here.get("/password")
    elsewhere.get("/password", status=401)
    client_for(None).post("/sign-in", {"login": "clerk_li", "password": world.PASSWORD}, status=401)
    client_for(None).post("/sign-in", {"login": "clerk_li", "password": NEW})


def test_a_wrong_present_password_changes_nothing(client_for, clerk_li):
    page = client_for(clerk_li).post("/password", {"old": "wrong", "new": NEW, "again": NEW}, status=422)
    assert any("密码错误" in error for error in page.errors())
    client_for(None).post("/sign-in", {"login": "clerk_li", "password": world.PASSWORD})


@pytest.mark.parametrize("bad", ["short1A!", "allsmallletters", "Clerk_li-2026-A", world.PASSWORD, "Password123!"])
def test_a_bad_password_is_refused_with_the_reason(client_for, clerk_li, bad):
    page = client_for(clerk_li).post("/password", {"old": world.PASSWORD, "new": bad, "again": bad}, status=422)
    assert page.errors()
    client_for(None).post("/sign-in", {"login": "clerk_li", "password": world.PASSWORD})


def test_my_sessions_and_ending_the_others(client_for, clerk_li):
    elsewhere, here = client_for(clerk_li), client_for(clerk_li)
    page = here.get("/sessions")
    assert page.text.count("在线") == 1
    assert "当前会话" in page.text
    here.post("/sessions/end-others")
    elsewhere.get("/sessions", status=401)
    assert "您没有在别处登录" in here.get("/sessions").text
    assert list(audit.verify()) == []


def test_nobody_sees_the_sessions_of_others(client_for, clerk_li, triage_sun):
    services.open_session(triage_sun, address="10.7.7.7")
    assert "10.7.7.7" not in client_for(clerk_li).get("/sessions").text


def test_a_token_is_worth_nothing_after_signing_out(client_for, clerk_li):
    browser = signed_in(client_for, "clerk_li")
    with browser.client.session_transaction() as session:
        stolen = dict(session)
    browser.post("/sign-out", status=303)
    thief = client_for(None)
    with thief.client.session_transaction() as session:
        session.update(stolen)
    assert "您已退出" in thief.get("/password", status=401).text


def test_the_token_of_another_session_is_refused(client_for, clerk_li, triage_sun):
    """CSRF: what one browser's pages carry opens nothing in another."""
    own, other = client_for(clerk_li), client_for(triage_sun)
    stolen = other.token()
    own.token()
    answer = own.client.post("/preferences", data={"csrf_token": stolen, "large_type": "1"})
    assert answer.status_code == 400
    db.session.refresh(clerk_li)
    assert clerk_li.large_type is False


def test_signing_in_leaves_nothing_of_the_visitor_before(client_for, clerk_li):
    """A session fixed by somebody else beforehand is not carried on."""
    browser = client_for(None)
    with browser.client.session_transaction() as session:
        session["_user_id"], session["planted"] = "planted", "1"
    browser.post("/sign-in", {"login": "clerk_li", "password": world.PASSWORD})
    with browser.client.session_transaction() as session:
        assert session["_user_id"] != "planted"
        assert "planted" not in session


@pytest.mark.parametrize("target", ["https://example.org/", "//example.org", "/\\example.org", "javascript:alert(1)"])
def test_signing_in_sends_nobody_elsewhere(client_for, clerk_li, target):
    page = client_for(None).post("/sign-in", {"login": "clerk_li", "password": world.PASSWORD, "next": target})
    assert page.location == "/"


def test_password_managers_are_told_what_is_what(client_for, clerk_li):
    page = client_for(None).get("/sign-in")
    told = {f: page.soup.find(attrs={"name": f})["autocomplete"] for f in ("login", "password")}
    assert told == {"login": "username", "password": "current-password"}
    own = client_for(clerk_li).get("/password")
    told = {f: own.soup.find(attrs={"name": f})["autocomplete"] for f in ("old", "new", "again")}
    assert told == {"old": "current-password", "new": "new-password", "again": "new-password"}


def test_the_sign_in_page_names_the_only_court(fresh_app):
    """Where several courts share the installation, nobody's court is guessed."""
    page = fresh_app.test_client().get("/sign-in").get_data(as_text=True)
    assert "历下区" not in page
