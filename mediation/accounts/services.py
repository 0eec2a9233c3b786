"""Accounts: signing in and out, passwords, sessions that can be ended."""

import hashlib
import secrets
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import NoReturn

import sqlalchemy as sa
from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from mediation.accounts import labels, rules
from mediation.accounts.models import Court, SignedIn, SignInAttempt, User, UserRole
from mediation.accounts.rules import SessionEnd, SignInFault
from mediation.kernel import audit, clock, keys
from mediation.kernel.actor import Actor, Role, system
from mediation.kernel.db import aside, db, transaction
from mediation.kernel.errors import DomainError

# ASVS 5.0 appendix C: argon2id t=2, m=19 MiB, p=1.
hasher = PasswordHasher(time_cost=2, memory_cost=19456, parallelism=1)
_NOBODY = hasher.hash(secrets.token_urlsafe(16))


class NotSignedIn(Exception):
    """Nobody was signed in."""

    def __init__(self, fault: SignInFault) -> None:
        super().__init__(fault)
        self.fault = fault


def sign_in(login: str, password: str, *, address: str) -> str:
    """Check name and password; the token of a new session. Other sessions of the account end.

    The attempt is written and committed before the hash is computed, so that parallel guesses cannot race past it.
    """
    attempt = _attempt(login, address)
    user = db.session.scalar(sa.select(User).where(User.login == login))
    fits = _verify(user.password_hash if user else _NOBODY, password)
    if user is None or not fits:
        _failed(user, SignInFault.WRONG)
    if not user.is_open(clock.today()):
        _failed(user, SignInFault.DISABLED)
    with transaction():
        # One at a time, or two who sign in together would each end the sessions before, and both stay.
        db.session.execute(sa.select(User.id).where(User.id == user.id).with_for_update())
        _passed(attempt)
        if hasher.check_needs_rehash(user.password_hash):
            user.password_hash = hasher.hash(password)
        if user.password_changed_at and clock.now() - user.password_changed_at > rules.PASSWORD_AGE:
            user.must_change_password = True
        end_sessions(user.id, SessionEnd.ELSEWHERE)
        token = _new_session(user, address)
        audit.record(user.as_actor(), "sign_in", user)
    return token


def _attempt(login: str, address: str) -> SignInAttempt:
    account, place = keys.keyed_hash("login", login), keys.keyed_hash("address", address)
    with aside():
        _one_at_a_time(account, place)
        until = rules.wait_until(recent_failures(account))
        refused = (until is not None and until > clock.now()) or _failures_from(place) >= rules.ADDRESS_FAILURES
        attempt = SignInAttempt(account_key=account, address_key=place)
        if not refused:
            db.session.add(attempt)
    if refused:
        raise NotSignedIn(SignInFault.WAIT)
    return attempt


def _one_at_a_time(account: str, place: str) -> None:
    """Attempts at one account, or from one address, queue up, or each would count the same failures.

    SQLite has one writer anyway. The account's lock always comes first, so that nobody waits in a circle.
    """
    if db.session.connection().dialect.name == "postgresql":
        for key in (account, place):
            number = int(key[-15:] or "0", 16)
            db.session.execute(sa.select(sa.func.pg_advisory_xact_lock(number)))


def recent_failures(account: str) -> list[datetime]:
    """When attempts at an account failed lately, oldest first. A success wipes out what came before it."""
    mine = sa.select(SignInAttempt.at, SignInAttempt.succeeded).where(
        SignInAttempt.account_key == account,
        SignInAttempt.at > clock.now() - rules.WINDOW,
        ~SignInAttempt.forgiven,
    )
    found: list[datetime] = []
    for at, succeeded in db.session.execute(mine.order_by(SignInAttempt.at, SignInAttempt.id)):
        found = [] if succeeded else [*found, at]
    return found


def _failures_from(place: str) -> int:
    """How many attempts from an address failed lately, whatever account they were at."""
    theirs = sa.select(sa.func.count(SignInAttempt.id)).where(
        SignInAttempt.address_key == place,
        SignInAttempt.at > clock.now() - rules.WINDOW,
        ~SignInAttempt.succeeded,
        ~SignInAttempt.forgiven,
    )
    return db.session.scalar(theirs) or 0


def _failed(user: User | None, fault: SignInFault) -> NoReturn:
    """Write the failure down, with the same work whether or not there is such an account.

    What was typed as a name is not kept: people type their password there. A name that nobody has belongs to no
    court, unless there is only one.
    """
    home = only_court()
    actor = user.as_actor() if user is not None else system(home.id if home else 0)
    audit.note_alone(actor, "user.sign_in_failed", subject_type="user", subject_id=actor.id, fault=fault)
    raise NotSignedIn(fault)


def only_court() -> Court | None:
    """The court of this installation, unless it holds several."""
    courts = db.session.scalars(sa.select(Court).order_by(Court.id).limit(2)).all()
    return courts[0] if len(courts) == 1 else None


def _passed(attempt: SignInAttempt) -> None:
    attempt.succeeded = True
    db.session.add(attempt)


def _verify(hashed: str, password: str) -> bool:
    try:
        return hasher.verify(hashed, password[: rules.LONGEST])
    except (VerificationError, InvalidHashError):
        return False


def digest(token: str) -> str:
    """What the table keeps of a session's token."""
    return hashlib.sha256(token.encode()).hexdigest()


def _new_session(user: User, address: str) -> str:
    token = secrets.token_urlsafe(32)
    db.session.add(SignedIn(user_id=user.id, token_digest=digest(token), address=address[:64]))
    return token


def open_session(user: User, *, address: str) -> str:
    """Sign somebody in whose identity is already established; the token of the session."""
    with transaction():
        return _new_session(user, address)


def end_sessions(user_id: int, why: SessionEnd, *, but: str = "") -> int:
    """End the live sessions of an account, except the one with the token `but`; how many there were."""
    live = sa.select(SignedIn).where(SignedIn.user_id == user_id, SignedIn.ended_at.is_(None))
    ended = 0
    for session in db.session.scalars(live.where(SignedIn.token_digest != digest(but))):
        session.ended_at, session.ended_by = clock.now(), why
        ended += 1
    return ended


def sessions_of(user_id: int, *, limit: int = 20) -> Sequence[SignedIn]:
    """The latest sessions of an account, newest first: those that live, and why the others ended."""
    mine = sa.select(SignedIn).where(SignedIn.user_id == user_id).order_by(SignedIn.id.desc())
    return db.session.scalars(mine.limit(limit)).all()


def is_token_of(session: SignedIn, token: str) -> bool:
    """Whether the browser that holds this token is in this session."""
    return secrets.compare_digest(session.token_digest, digest(token))


def end_others(actor: Actor, token: str) -> int:
    """The person ends the own sessions everywhere else."""
    with transaction():
        ended = end_sessions(actor.id, SessionEnd.CHANGED, but=token)
        audit.note(actor, "user.end_others", subject_type="user", subject_id=actor.id, ended=ended)
    return ended


def sign_out(actor: Actor, token: str) -> None:
    """End this session on the server."""
    with transaction():
        signed_in = db.session.scalar(sa.select(SignedIn).where(SignedIn.token_digest == digest(token)))
        if signed_in is not None and signed_in.ended_at is None:
            signed_in.ended_at, signed_in.ended_by = clock.now(), SessionEnd.SIGNED_OUT
        audit.note(actor, "user.sign_out", subject_type="user", subject_id=actor.id)


def reauthenticate(actor: Actor, password: str, *, purpose: str) -> None:
    """The person enters the password again before an act that binds; refused and written down when it is wrong."""
    attempt = _proven(actor, password, purpose=purpose, field="password")
    with aside():
        _passed(attempt)
        audit.note(actor, "user.reauthenticate", subject_type="user", subject_id=actor.id, purpose=purpose)


def _proven(actor: Actor, password: str, *, purpose: str, field: str) -> SignInAttempt:
    user = db.session.get_one(User, actor.id)
    try:
        attempt = _attempt(user.login, f"reauthentication {user.id}")
    except NotSignedIn as refused:
        raise DomainError(labels.SIGN_IN_FAULT[refused.fault], field=field) from refused
    if not _verify(user.password_hash, password):
        audit.note_alone(
            actor, "user.reauthentication_failed", subject_type="user", subject_id=actor.id, purpose=purpose
        )
        raise DomainError(labels.WRONG_PASSWORD, field=field)
    return attempt


def choose_password(actor: Actor, *, old: str, new: str, token: str = "") -> None:
    """The person chooses a password of their own; all sessions but the present one end."""
    attempt = _proven(actor, old, purpose="password", field="old")
    with aside():
        _passed(attempt)
    with transaction():
        user = db.session.get_one(User, actor.id)
        set_password(actor, user, new, by_hand=True)
        end_sessions(user.id, SessionEnd.CHANGED, but=token)


def set_password(actor: Actor, user: User, new: str, *, by_hand: bool) -> None:
    """Store a new password; one that somebody else chose must be changed at the next sign-in."""
    faults = rules.password_faults(new, login=user.login)
    if faults:
        raise DomainError(" ".join(str(labels.PASSWORD_FAULT[f]) for f in faults), field="new")
    if any(_verify(old, new) for old in [user.password_hash, *user.password_history]):
        raise DomainError(labels.PASSWORD_REUSED, field="new")
    with transaction():
        user.password_history = [user.password_hash, *user.password_history][: rules.HISTORY]
        user.password_hash = hasher.hash(new)
        user.password_changed_at = clock.now()
        user.must_change_password = not by_hand
        audit.record(actor, "set_password", user, by_hand=by_hand)


def prefer(actor: Actor, *, locale: str | None = None, large_type: bool | None = None) -> None:
    """Remember the language and type size with the account."""
    with transaction():
        user = db.session.get_one(User, actor.id)
        if locale is not None:
            user.locale = locale
        if large_type is not None:
            user.large_type = large_type
        audit.record(actor, "prefer", user)


def create_user(
    actor: Actor,
    *,
    login: str,
    name: str,
    roles: Iterable[Role],
    password: str,
    hashed: bool = False,
    must_change: bool = True,
    mediator_id: int | None = None,
    organisation_id: int | None = None,
    person_key: str = "",
) -> User:
    """Open an account. The first password is handed over in person and changed at the first sign-in.

    Many accounts opened at once may share one hash made beforehand (`hashed`): each costs memory and time.
    """
    granted = frozenset(roles)
    if rules.roles_conflict(granted):
        raise DomainError(labels.ROLES_CONFLICT, field="roles")
    with transaction():
        user = User(
            court_id=actor.court_id,
            login=login,
            name=name,
            password_hash=password if hashed else hasher.hash(password),
            password_changed_at=clock.now(),
            must_change_password=must_change,
            mediator_id=mediator_id,
            organisation_id=organisation_id,
            person_key=person_key,
            granted=[UserRole(role=role) for role in sorted(granted)],
        )
        audit.record(actor, "create", user, login=login, roles=granted)
    return user


def open_accounts(*wanted: sa.ColumnElement[bool]) -> Sequence[User]:
    """The accounts of this kind through which somebody can sign in today."""
    return db.session.scalars(sa.select(User).where(*wanted, User.open_on(clock.today())).order_by(User.id)).all()


def holding(court_id: int, *roles: Role) -> Sequence[User]:
    """The open accounts of a court that hold one of these roles."""
    return open_accounts(User.court_id == court_id, User.granted.any(UserRole.role.in_(roles)))


def court(court_id: int) -> Court:
    """The court itself."""
    return db.session.get_one(Court, court_id)
