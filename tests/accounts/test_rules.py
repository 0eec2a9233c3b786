"""Passwords, waits, and who may do what with whose account: without a database."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import combinations

import pytest

from mediation.accounts import rules
from mediation.accounts.rules import AccountState, LoginFault, PasswordFault
from mediation.kernel.actor import ADMINS, Role
from tests.everybody import NEIGHBOUR, OTHER, OWN, WHO, actor, allowed

DAY = date(2026, 3, 2)
NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)


@dataclass(frozen=True)
class Account:
    id: int = NEIGHBOUR
    court_id: int = OWN
    roles: frozenset[Role] = frozenset({Role.CLERK})
    disabled_at: datetime | None = None
    expires_on: date | None = None


@pytest.mark.parametrize(
    ("password", "faults"),
    [
        ("Quiet-river-77", set()),
        ("Quiet-riv-7", {PasswordFault.TOO_SHORT}),
        ("Qr7-" * 32, set()),
        ("Qr7-" * 32 + "x", {PasswordFault.TOO_LONG}),
        ("quietriver777", {PasswordFault.TOO_PLAIN}),
        ("Admin@123456", {PasswordFault.COMMON}),
        ("Wang.Fang-2026", {PasswordFault.CONTAINS_NAME}),
        ("", {PasswordFault.TOO_SHORT, PasswordFault.TOO_PLAIN}),
    ],
)
def test_what_speaks_against_a_password(password, faults):
    assert set(rules.password_faults(password, login="wang.fang")) == faults


def test_a_password_without_a_name_to_compare():
    assert rules.password_faults("Quiet-river-77", login="") == []


@pytest.mark.parametrize(("failures", "minutes"), [(0, None), (4, None), (5, 1), (6, 2), (8, 8), (9, 15), (40, 15)])
def test_waits_double_and_never_become_a_lock(failures, minutes):
    tries = [NOW + timedelta(seconds=n) for n in range(failures)]
    wait = rules.wait_until(tries)
    assert wait == (None if minutes is None else tries[-1] + timedelta(minutes=minutes))


def test_roles_that_nobody_holds_together():
    for one, other in combinations(Role, 2):
        assert rules.roles_conflict({one, other}) is bool({one, other} & ADMINS), (one, other)
    assert not any(rules.roles_conflict({role}) for role in Role)
    assert not rules.roles_conflict({Role.CLERK, Role.TRIAGE, Role.GUIDING_JUDGE})


@pytest.mark.parametrize(
    ("login", "fault"),
    [
        ("li.na", None),
        ("abc", None),
        ("a" * 32, None),
        ("ab", LoginFault.SHAPE),
        ("a" * 33, LoginFault.SHAPE),
        ("Li.na", LoginFault.SHAPE),
        ("1li", LoginFault.SHAPE),
        ("李娜娜", LoginFault.SHAPE),
    ],
)
def test_the_shape_of_a_sign_in_name(login, fault):
    assert rules.login_fault(login) is fault


@pytest.mark.parametrize(
    ("account", "state"),
    [
        (Account(), AccountState.OPEN),
        (Account(expires_on=DAY), AccountState.OPEN),
        (Account(expires_on=DAY - timedelta(days=1)), AccountState.EXPIRED),
        (Account(disabled_at=NOW), AccountState.CLOSED),
        (Account(disabled_at=NOW, expires_on=DAY - timedelta(days=1)), AccountState.CLOSED),
    ],
)
def test_whether_an_account_is_open(account, state):
    assert rules.state(account, DAY) is state
    assert rules.is_open(account.disabled_at, account.expires_on, DAY) is (state is AccountState.OPEN)


@pytest.mark.parametrize("role", list(Role))
def test_who_decides_or_administers_is_signed_out_sooner(role):
    usual = timedelta(minutes=30)
    sooner = role in {
        Role.GUIDING_JUDGE, Role.FAST_TRACK_JUDGE, Role.CONFIRMATION_JUDGE, Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN,
        Role.AUDIT_ADMIN,
    }  # fmt: skip
    assert rules.idle_limit({role}, usual) == timedelta(minutes=15 if sooner else 30)
    assert rules.idle_limit({role}, timedelta(minutes=10)) == timedelta(minutes=10)


def test_who_keeps_accounts_and_who_gives_roles():
    assert allowed(rules.may_keep) == {Role.SYSTEM_ADMIN}
    assert allowed(rules.may_grant) == {Role.SECURITY_ADMIN}
    assert allowed(rules.may_list) == {Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN}


WITH_ACCOUNT = {
    rules.may_administer: {Role.SYSTEM_ADMIN},
    rules.may_close: {Role.SYSTEM_ADMIN},
    rules.may_reset: {Role.SYSTEM_ADMIN},
    rules.may_secure: {Role.SECURITY_ADMIN},
    rules.may_end_sessions: {Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN},
}


@pytest.mark.parametrize("question", WITH_ACCOUNT)
def test_who_does_what_with_the_account_of_somebody_else(question):
    assert allowed(lambda who: question(who, Account())) == WITH_ACCOUNT[question]
    assert allowed(lambda who: question(who, Account()), court_id=OTHER) == set()


def test_nobody_closes_resets_or_promotes_the_own_account():
    own = Account(id=WHO)
    keeper, giver = actor(Role.SYSTEM_ADMIN), actor(Role.SECURITY_ADMIN)
    assert rules.may_administer(keeper, own)
    assert not rules.may_close(keeper, own)
    assert not rules.may_reset(keeper, own)
    assert not rules.may_secure(giver, own)


@pytest.mark.parametrize("role", sorted(ADMINS))
def test_no_first_password_for_another_administrator(role):
    assert not rules.may_reset(actor(Role.SYSTEM_ADMIN), Account(roles=frozenset({role})))
