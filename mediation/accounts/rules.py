"""Passwords, throttling and who may hold which roles together. No Flask, no SQLAlchemy."""

import enum
from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

from mediation.kernel.actor import ADMINS, Actor, Role

# SECURITY 3.2, profile `dengbao3` (GB/T 22239 8.1.4.1): length, three of four classes, change every 90 days, last five.
SHORTEST, LONGEST, CLASSES, HISTORY = 12, 128, 3, 5
PASSWORD_AGE = timedelta(days=90)
# Five failures in a quarter of an hour, then waits that double: a delay, never a lock others could cause at will.
WINDOW, FREE_FAILURES, LONGEST_WAIT = timedelta(minutes=15), 5, timedelta(minutes=15)
ADDRESS_FAILURES = 20
REAUTH_MINUTES = 5

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


def roles_conflict(roles: Collection[Role]) -> bool:
    """No account holds two of the three administrators, nor one of them beside casework (GB/T 22239 8.1.5)."""
    admins = ADMINS.intersection(roles)
    return len(admins) > 1 or (len(admins) == 1 and len(set(roles)) > 1)


def may_administer(actor: Actor, user: "HasCourt") -> bool:
    """The system administrator keeps the accounts of the own court."""
    return actor.court_id == user.court_id and actor.has(Role.SYSTEM_ADMIN)


def may_secure(actor: Actor, user: "HasCourt") -> bool:
    """The security administrator grants roles and lifts waits, in the own court, never for the own account."""
    return actor.court_id == user.court_id and actor.has(Role.SECURITY_ADMIN) and actor.id != user.id


class HasCourt:
    """What these rules read of an account."""

    id: int
    court_id: int
