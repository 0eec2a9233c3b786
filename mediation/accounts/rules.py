"""Passwords, throttling and who may hold which roles together. No Flask, no SQLAlchemy."""

import enum
import re
from collections.abc import Collection, Sequence
from datetime import date, datetime, timedelta
from typing import Protocol

from mediation.kernel.actor import ADMINS, JUDGES, Actor, Role

# SECURITY 3.2, profile `dengbao3` (GB/T 22239 8.1.4.1): length, three of four classes, change every 90 days, last five.
SHORTEST, LONGEST, CLASSES, HISTORY = 12, 128, 3, 5
PASSWORD_AGE = timedelta(days=90)
# Five failures in a quarter of an hour, then waits that double: a delay, never a lock others could cause at will.
WINDOW, FREE_FAILURES, LONGEST_WAIT = timedelta(minutes=15), 5, timedelta(minutes=15)
ADDRESS_FAILURES = 20
# SECURITY 3.2: who decides or administers is signed out sooner than the others.
SOONER, SOONER_IDLE = JUDGES | ADMINS, timedelta(minutes=15)
LOGIN = re.compile(r"[a-z][a-z0-9_.-]{2,31}")

COMMON = frozenset(
    {
        "password123!", "passw0rd123!", "admin@123456", "qwerty123456!", "abc123456789!", "1qaz2wsx3edc!",
        "1qaz@wsx3edc!", "zaq12wsxcde3!", "iloveyou123!", "woaini1314520!", "a123456789012!", "aa123456789012!",
        "asdf123456789!", "p@ssw0rd1234!", "tiaojie123456!", "fayuan123456!", "lixia123456789!", "jinan123456789!",
        "huawei@123456!", "changeme12345!", "welcome12345!", "letmein12345!",
    }
)  # fmt: skip


class PasswordFault(enum.StrEnum):
    """Why a password may not be chosen."""

    TOO_SHORT = "too_short"
    TOO_LONG = "too_long"
    TOO_PLAIN = "too_plain"
    COMMON = "common"
    CONTAINS_NAME = "contains_name"


class LoginFault(enum.StrEnum):
    """Why a sign-in name may not be given."""

    SHAPE = "shape"


class AccountState(enum.StrEnum):
    """Whether somebody can sign in with an account today."""

    OPEN = "open"
    CLOSED = "closed"
    EXPIRED = "expired"


class SignInFault(enum.StrEnum):
    """Why nobody was signed in. The page says the same for a wrong name and a wrong password."""

    WRONG = "wrong"
    WAIT = "wait"
    DISABLED = "disabled"


class SessionEnd(enum.StrEnum):
    """Why a session ended."""

    SIGNED_OUT = "signed_out"
    IDLE = "idle"
    TOO_LONG = "too_long"
    ELSEWHERE = "elsewhere"
    CHANGED = "changed"


def password_faults(password: str, *, login: str) -> list[PasswordFault]:
    """Everything that speaks against a password."""
    found = []
    if len(password) < SHORTEST:
        found.append(PasswordFault.TOO_SHORT)
    if len(password) > LONGEST:
        found.append(PasswordFault.TOO_LONG)
    kinds = (str.islower, str.isupper, str.isdigit, lambda c: not c.isalnum())
    if sum(any(kind(c) for c in password) for kind in kinds) < CLASSES:
        found.append(PasswordFault.TOO_PLAIN)
    if password.lower() in COMMON:
        found.append(PasswordFault.COMMON)
    if login and login.lower() in password.lower():
        found.append(PasswordFault.CONTAINS_NAME)
    return found


def wait_until(failures: Sequence[datetime]) -> datetime | None:
    """Until when an account with these recent failures (oldest first) must wait; None when it may try now."""
    if len(failures) < FREE_FAILURES:
        return None
    wait = min(timedelta(minutes=2 ** (len(failures) - FREE_FAILURES)), LONGEST_WAIT)
    return failures[-1] + wait


# Without one of each nobody could open accounts, give roles, or read the trail.
NEEDED = ADMINS


def roles_conflict(roles: Collection[Role]) -> bool:
    """No account holds two of the three administrators, nor one of them beside casework (GB/T 22239 8.1.5)."""
    admins = ADMINS.intersection(roles)
    return len(admins) > 1 or (len(admins) == 1 and len(set(roles)) > 1)


class Account(Protocol):
    """What these rules read of an account."""

    @property
    def id(self) -> int: ...
    @property
    def court_id(self) -> int: ...
    @property
    def roles(self) -> frozenset[Role]: ...
    @property
    def disabled_at(self) -> datetime | None: ...
    @property
    def expires_on(self) -> date | None: ...


def login_fault(login: str) -> LoginFault | None:
    """A sign-in name is typed at the window: small Latin letters, digits and three signs, a letter first."""
    return None if LOGIN.fullmatch(login) else LoginFault.SHAPE


def state(account: Account, today: date) -> AccountState:
    """Closed by an administrator, past its last day, or open."""
    if account.disabled_at is not None:
        return AccountState.CLOSED
    if account.expires_on is not None and today > account.expires_on:
        return AccountState.EXPIRED
    return AccountState.OPEN


def is_open(disabled_at: datetime | None, expires_on: date | None, today: date) -> bool:
    """Neither closed nor past its last day."""
    return disabled_at is None and (expires_on is None or today <= expires_on)


def idle_limit(roles: Collection[Role], usual: timedelta) -> timedelta:
    """How long a session may lie idle."""
    return min(usual, SOONER_IDLE) if SOONER.intersection(roles) else usual


def may_keep(actor: Actor) -> bool:
    """The system administrator opens and keeps accounts; roles come from somebody else."""
    return actor.has(Role.SYSTEM_ADMIN)


def may_grant(actor: Actor) -> bool:
    """The security administrator grants and takes roles and lifts waits."""
    return actor.has(Role.SECURITY_ADMIN)


def may_list(actor: Actor) -> bool:
    """Both see the accounts of the own court; the audit administrator sees what they did, in the trail."""
    return may_keep(actor) or may_grant(actor)


def may_administer(actor: Actor, account: Account) -> bool:
    """The system administrator keeps the accounts of the own court."""
    return actor.court_id == account.court_id and may_keep(actor)


def may_close(actor: Actor, account: Account) -> bool:
    """Nobody closes the own account, or nobody might be left to open it again."""
    return may_administer(actor, account) and actor.id != account.id


def may_reset(actor: Actor, account: Account) -> bool:
    """A first password opens an account to whoever hands it over.

    So nobody sets one for another administrator from the screen: a system administrator could take the security
    administrator's place and grant roles. That is done on the machine itself.
    """
    return may_close(actor, account) and not ADMINS.intersection(account.roles)


def may_secure(actor: Actor, account: Account) -> bool:
    """The security administrator grants roles and lifts waits, in the own court, never for the own account."""
    return actor.court_id == account.court_id and may_grant(actor) and actor.id != account.id


def may_end_sessions(actor: Actor, account: Account) -> bool:
    """Both may put somebody out at once when an account seems to be in the wrong hands."""
    return may_administer(actor, account) or may_secure(actor, account)
