"""Guessing is slow, whoever guesses and however many at once; and never locks the holder out for good."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from mediation.accounts import administration, rules, services
from mediation.accounts.models import SignInAttempt
from mediation.accounts.rules import SignInFault
from mediation.accounts.services import NotSignedIn
from mediation.kernel import audit, clock
from mediation.kernel.audit import AuditEvent
from mediation.kernel.db import db
from mediation.kernel.errors import DomainError
from tests import builders, world
from tests.crowd import crowd

AT_ONCE = 12
WRONG = "not the password"


def guess(login: str = "clerk_li", password: str = WRONG, address: str = "10.0.0.1") -> SignInFault | None:
    try:
        services.sign_in(login, password, address=address)
    except NotSignedIn as refused:
        return refused.fault
    return None


def entries(action: str) -> list[AuditEvent]:
    return list(db.session.scalars(sa.select(AuditEvent).where(AuditEvent.action == action).order_by(AuditEvent.id)))


@pytest.mark.parametrize("count", range(10))
def test_the_wait_doubles_and_ends(count):
    now = clock.now()
    failures = [now - timedelta(seconds=n) for n in range(count, 0, -1)]
    until = rules.wait_until(failures)
    if count < rules.FREE_FAILURES:
        assert until is None
    else:
        wait = until - failures[-1]
        assert wait == min(timedelta(minutes=2 ** (count - rules.FREE_FAILURES)), rules.LONGEST_WAIT)


def test_a_success_wipes_out_what_came_before(clerk_li):
    for _ in range(4):
        assert guess() is SignInFault.WRONG
    assert guess(password=world.PASSWORD) is None
    for _ in range(5):
        assert guess() is SignInFault.WRONG
    assert guess(password=world.PASSWORD) is SignInFault.WAIT


def test_others_are_not_made_to_wait(clerk_li, triage_sun):
    for _ in range(5):
        guess()
    assert guess() is SignInFault.WAIT
    assert guess("triage_sun", world.PASSWORD) is None


def test_an_address_that_tries_many_accounts_waits(clerk_li):
    for n in range(rules.ADDRESS_FAILURES):
        assert guess(f"nobody{n}") is SignInFault.WRONG
    assert guess("clerk_li", world.PASSWORD) is SignInFault.WAIT
    assert guess("clerk_li", world.PASSWORD, address="10.0.0.2") is None


def test_failures_stand_in_the_trail_and_what_was_typed_does_not(clerk_li):
    guess()
    guess("my-secret-password")
    known, unknown = entries("user.sign_in_failed")[-2:]
    assert (known.actor_id, known.court_id, known.facts) == (clerk_li.id, clerk_li.court_id, {"fault": "wrong"})
    assert (unknown.actor_id, unknown.facts) == (0, {"fault": "wrong"})
    everything = db.session.scalars(sa.select(AuditEvent.data)).all()
    assert not any("my-secret-password" in data for data in everything)
    assert list(audit.verify()) == []


def test_a_closed_account_is_refused_and_noted(clerk_li, sysadmin):
    administration.close(sysadmin.as_actor(), clerk_li, reason="离任")
    assert guess(password=world.PASSWORD) is SignInFault.DISABLED
    assert entries("user.sign_in_failed")[-1].facts == {"fault": "disabled"}


def test_wrong_passwords_at_binding_acts_count_too(judge_chen):
    for _ in range(5):
        with pytest.raises(DomainError, match="密码错误"):
            services.reauthenticate(judge_chen.as_actor(), "wrong", purpose="test")
    with pytest.raises(DomainError, match="次数过多"):
        services.reauthenticate(judge_chen.as_actor(), world.PASSWORD, purpose="test")
    assert len(entries("user.reauthentication_failed")) == 5


def test_wrong_passwords_of_some_do_not_stop_the_binding_acts_of_others(
    judge_chen, judge_zhou, judge_wu, secadmin, clerk_li
):
    for who in (judge_zhou, judge_wu, secadmin, clerk_li):
        for _ in range(5):
            with pytest.raises(DomainError):
                services.reauthenticate(who.as_actor(), "wrong", purpose="test")
    services.reauthenticate(judge_chen.as_actor(), world.PASSWORD, purpose="test")
    assert entries("user.reauthenticate")[-1].facts == {"purpose": "test"}


def test_the_security_administrator_lifts_a_wait(client_for, clerk_li, secadmin, sysadmin):
    for _ in range(6):
        guess()
    listed = client_for(secadmin).get("/accounts?waiting=1").soup.select("tbody tr")
    assert [row.code.get_text() for row in listed] == ["clerk_li"]
    page = client_for(sysadmin).get(f"/accounts/{clerk_li.id}")
    assert "密码错误，等待中" in page.text
    client_for(sysadmin).post(f"/accounts/{clerk_li.id}/unlock", status=403)
    client_for(secadmin).post(f"/accounts/{clerk_li.id}/unlock")
    assert "没有符合条件的账号" in client_for(secadmin).get("/accounts?waiting=1").text
    assert guess(password=world.PASSWORD) is None
    assert entries("user.unlock")[-1].facts == {"failures": 5}
    kept = sa.select(sa.func.count()).select_from(SignInAttempt).where(SignInAttempt.forgiven)
    assert db.session.scalar(kept) == 5


@pytest.mark.slow
def test_guesses_at_once_count_each_other(fresh_app):
    """Twelve wrong passwords in the same moment: five are tried, seven wait."""
    with crowd(fresh_app) as run:
        ends = run([guess] * AT_ONCE)
    assert ends == {SignInFault.WRONG: rules.FREE_FAILURES, SignInFault.WAIT: AT_ONCE - rules.FREE_FAILURES}
    assert db.session.scalar(sa.select(sa.func.count()).select_from(SignInAttempt)) == rules.FREE_FAILURES
    assert len(entries("user.sign_in_failed")) == rules.FREE_FAILURES
    assert list(audit.verify()) == []


@pytest.mark.slow
def test_addresses_that_guess_at_different_accounts_at_once_count_too(fresh_app):
    guesses = [lambda n=n: guess(f"nobody{n}") for n in range(rules.ADDRESS_FAILURES + 6)]
    with crowd(fresh_app) as run:
        ends = run(guesses)
    assert ends == {SignInFault.WRONG: rules.ADDRESS_FAILURES, SignInFault.WAIT: 6}


@pytest.mark.slow
def test_signing_in_twice_at_once_leaves_one_session(fresh_app):
    with crowd(fresh_app) as run:
        ends = run([lambda: guess(password=world.PASSWORD)] * 4)
    assert ends == {None: 4}
    live = [s for s in services.sessions_of(builders.someone("clerk_li").id) if s.ended_at is None]
    assert len(live) == 1
