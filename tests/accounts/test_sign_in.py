"""Signing in and out over real requests."""

from datetime import timedelta

import sqlalchemy as sa

from mediation.accounts import services as accounts
from mediation.kernel import audit, clock
from mediation.kernel.db import db
from tests import world


def test_the_right_password_opens_and_sign_out_closes(client_for, clerk_li):
    browser = client_for(None)
    browser.get("/sign-in")
    browser.post("/sign-in", {"login": "clerk_li", "password": world.PASSWORD})
    browser.get("/password")
    browser.post("/sign-out", status=303)
    browser.get("/password", status=401)
    assert list(audit.verify()) == []


def test_a_wrong_password_keeps_the_name(client_for, clerk_li):
    page = client_for(None).post("/sign-in", {"login": "clerk_li", "password": "wrong"}, status=401)
    assert page.field("login") == "clerk_li"
    assert page.field("password") == ""


def test_a_refused_role_is_written_down(client_for, sysadmin):
    client_for(sysadmin).post("/disputes/new", status=403)
    refused = db.session.scalars(sa.select(audit.AuditEvent).order_by(audit.AuditEvent.id.desc())).first()
    assert (refused.action, refused.actor_id) == ("access.denied", sysadmin.id)
    assert refused.facts["path"] == "/disputes/new"
    assert list(audit.verify()) == []


def test_right_passwords_at_binding_acts_never_make_anybody_wait(judge_chen):
    for _ in range(8):
        accounts.reauthenticate(judge_chen.as_actor(), world.PASSWORD, purpose="test")


def test_five_failures_in_a_quarter_of_an_hour_mean_waiting(client_for, clerk_li):
    browser = client_for(None)
    for _ in range(5):
        browser.post("/sign-in", {"login": "clerk_li", "password": "wrong"}, status=401)
    browser.post("/sign-in", {"login": "clerk_li", "password": world.PASSWORD}, status=401)
    with clock.pretend(clock.now() + timedelta(minutes=20)):
        browser.post("/sign-in", {"login": "clerk_li", "password": world.PASSWORD})
