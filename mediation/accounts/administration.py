"""Keeping accounts: opened, closed, given roles, helped when somebody cannot sign in.

The system administrator opens and keeps accounts, the security administrator gives them roles: neither alone makes a
way in (GB/T 22239 8.1.5). The audit administrator reads in the trail what both did.
"""

import secrets
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa

from mediation.accounts import labels, rules, services
from mediation.accounts.models import SignedIn, SignInAttempt, User, UserRole
from mediation.accounts.rules import AccountState, SessionEnd
from mediation.kernel import audit, clock, keys
from mediation.kernel.actor import Actor, Role
from mediation.kernel.db import db, transaction
from mediation.kernel.errors import DomainError, NotPermitted, Stale

# No characters that look alike on paper: a first password is handed over in person (SECURITY 3.2).
SIGNS = "abcdefghjkmnpqrstuvwxyz" + "ABCDEFGHJKLMNPQRSTUVWXYZ" + "23456789"
FACTS = ("name", "expires_on", "person_key", "mediator_id", "organisation_id")


@dataclass(frozen=True)
class AccountData:
    """What the system administrator writes down of an account."""

    name: str
    expires_on: date | None = None
    person_key: str = ""
    mediator_id: int | None = None
    organisation_id: int | None = None


@dataclass(frozen=True)
class Counts:
    """How many accounts of the court want attention."""

    open: int
    closed: int
    without_role: int


# ---- reading ------------------------------------------------------------------------------------------------------


def _in_state(state: AccountState) -> sa.ColumnElement[bool]:
    today = clock.today()
    if state is AccountState.CLOSED:
        return User.disabled_at.is_not(None)
    if state is AccountState.EXPIRED:
        return sa.and_(User.disabled_at.is_(None), User.expires_on < today)
    return User.open_on(today)


def listed(
    actor: Actor,
    *,
    name: str = "",
    role: Role | None = None,
    state: AccountState | None = None,
    without_role: bool = False,
    only: Collection[int] | None = None,
) -> sa.Select[User]:
    """The accounts of the actor's court, as filtered."""
    wanted = sa.select(User).where(User.court_id == actor.court_id, sa.true() if rules.may_list(actor) else sa.false())
    if name:
        like = (User.login.contains(name.lower(), autoescape=True), User.name.contains(name, autoescape=True))
        wanted = wanted.where(sa.or_(*like))
    if role is not None:
        wanted = wanted.where(User.granted.any(UserRole.role == role))
    if state is not None:
        wanted = wanted.where(_in_state(state))
    if without_role:
        wanted = wanted.where(~User.granted.any())
    if only is not None:
        wanted = wanted.where(User.id.in_(sorted(only)))
    return wanted.order_by(User.login, User.id)


def find(actor: Actor, query: str, *, limit: int = 20) -> Sequence[User]:
    """Accounts by name or sign-in name, for the search from anywhere."""
    return db.session.scalars(listed(actor, name=query).limit(limit)).all()


def counts(actor: Actor) -> Counts:
    """The numbers beside the filters."""
    today = clock.today()
    mine = sa.select(
        sa.func.count().filter(User.open_on(today)),
        sa.func.count().filter(~User.open_on(today)),
        sa.func.count().filter(sa.and_(User.open_on(today), ~User.granted.any())),
    ).where(User.court_id == actor.court_id)
    return Counts(*db.session.execute(mine).one())


def get(actor: Actor, user_id: int) -> User | None:
    """One account of the actor's court, for those who keep accounts."""
    mine = sa.select(User).where(User.id == user_id, User.court_id == actor.court_id)
    return db.session.scalar(mine) if rules.may_list(actor) else None


def of_login(login: str) -> User | None:
    """The account with this sign-in name."""
    return db.session.scalar(sa.select(User).where(User.login == login))


def seen_last(users: Iterable[User]) -> dict[int, SignedIn]:
    """The latest session of each account that ever had one."""
    last = sa.select(sa.func.max(SignedIn.id)).where(SignedIn.user_id.in_([u.id for u in users]))
    rows = db.session.scalars(sa.select(SignedIn).where(SignedIn.id.in_(last.group_by(SignedIn.user_id))))
    return {row.user_id: row for row in rows}


def waits(user: User) -> bool:
    """Whether wrong passwords make this account wait."""
    until = rules.wait_until(services.recent_failures(keys.keyed_hash("login", user.login)))
    return until is not None and until > clock.now()


def waiting(actor: Actor) -> frozenset[int]:
    """The accounts of the court that wait now. Attempts carry no name, so names are only compared when there are any."""
    tried = sa.select(SignInAttempt.account_key).where(
        SignInAttempt.at > clock.now() - rules.WINDOW, ~SignInAttempt.succeeded, ~SignInAttempt.forgiven
    )
    often = tried.group_by(SignInAttempt.account_key).having(sa.func.count() >= rules.FREE_FAILURES)
    suspects = set(db.session.scalars(often))
    if not suspects:
        return frozenset()
    mine = db.session.execute(sa.select(User.id, User.login).where(User.court_id == actor.court_id)).all()
    keyed = {user_id: keys.keyed_hash("login", login) for user_id, login in mine}
    now, found = clock.now(), []
    for user_id, key in keyed.items():
        until = rules.wait_until(services.recent_failures(key)) if key in suspects else None
        if until is not None and until > now:
            found.append(user_id)
    return frozenset(found)


# ---- keeping: the system administrator ----------------------------------------------------------------------------


def make_password() -> str:
    """A random first password that the policy accepts and that can be read out: about 86 bits."""
    while True:
        made = "-".join("".join(secrets.choice(SIGNS) for _ in range(4)) for _ in range(4))
        if not rules.password_faults(made, login=""):
            return made


def _permit(permitted: bool, step: str) -> None:
    if not permitted:
        raise NotPermitted(step)


def open_account(actor: Actor, *, login: str, data: AccountData) -> tuple[User, str]:
    """Open an account without any role, with a first password that is shown once."""
    _permit(rules.may_keep(actor), "open")
    if fault := rules.login_fault(login):
        raise DomainError(labels.LOGIN_FAULT[fault], field="login")
    if of_login(login) is not None:
        raise DomainError(labels.LOGIN_TAKEN, field="login")
    _check(data, None)
    password = make_password()
    with transaction():
        user = services.create_user(
            actor, login=login, name=data.name, roles=(), password=password, person_key=data.person_key,
            mediator_id=data.mediator_id, organisation_id=data.organisation_id,
        )  # fmt: skip
        if data.expires_on is not None:
            user.expires_on = data.expires_on
            audit.record(actor, "edit", user, before={"expires_on": None}, after={"expires_on": data.expires_on})
    return user, password


def _check(data: AccountData, user: User | None) -> None:
    if (
        data.expires_on is not None
        and data.expires_on < clock.today()
        and (user is None or user.expires_on != data.expires_on)
    ):
        raise DomainError(labels.DAY_PAST, field="expires_on")
    if data.mediator_id is None:
        return
    theirs = sa.select(User.login).where(User.mediator_id == data.mediator_id, User.id != (user.id if user else 0))
    if (login := db.session.scalar(theirs)) is not None:
        raise DomainError(labels.mediator_has_account(login), field="holder")


def edit(actor: Actor, user: User, data: AccountData, *, version: int) -> None:
    """Correct name, last day and whose account it is. Roles are not the system administrator's to give."""
    _permit(rules.may_administer(actor, user), "edit")
    if user.version != version:
        raise Stale(labels.STALE)
    _check(data, user)
    if data.expires_on is not None and data.expires_on != user.expires_on:
        _not_own(actor, user, "expires_on")
    before = {name: getattr(user, name) for name in FACTS if getattr(user, name) != getattr(data, name)}
    if not before:
        return
    with transaction():
        for name in before:
            setattr(user, name, getattr(data, name))
        audit.record(actor, "edit", user, before=before, after={name: getattr(data, name) for name in before})


def _not_own(actor: Actor, user: User, field: str = "") -> None:
    if actor.id == user.id:
        raise DomainError(labels.NOT_OWN_ACCOUNT, field=field)


def close(actor: Actor, user: User, *, reason: str) -> None:
    """Close an account: nobody signs in with it any more, and who is signed in is out at once."""
    _permit(rules.may_administer(actor, user), "close")
    _not_own(actor, user)
    if user.disabled_at is not None:
        return
    _keep_one(user, user.roles)
    with transaction():
        user.disabled_at = clock.now()
        audit.record(actor, "disable", user, reason=reason)
        services.end_sessions(user.id, SessionEnd.CHANGED)


def reopen(actor: Actor, user: User, *, reason: str) -> None:
    """Open a closed account again."""
    _permit(rules.may_administer(actor, user), "reopen")
    if user.disabled_at is None:
        return
    with transaction():
        user.disabled_at = None
        audit.record(actor, "enable", user, reason=reason)


def reset_password(actor: Actor, user: User) -> str:
    """A new first password, shown once: the person chooses another one at the next sign-in."""
    _permit(rules.may_administer(actor, user), "reset_password")
    if not rules.may_reset(actor, user):
        raise DomainError(labels.NOT_FROM_HERE)
    password = make_password()
    with transaction():
        services.set_password(actor, user, password, by_hand=False)
        services.end_sessions(user.id, SessionEnd.CHANGED)
    return password


def end_sessions(actor: Actor, user: User) -> None:
    """Sign the person out, wherever that is."""
    _permit(rules.may_end_sessions(actor, user), "end_sessions")
    with transaction():
        ended = services.end_sessions(user.id, SessionEnd.CHANGED)
        audit.record(actor, "end_sessions", user, ended=ended)


# ---- securing: the security administrator -------------------------------------------------------------------------


def set_roles(actor: Actor, user: User, roles: Iterable[Role], *, reason: str, version: int) -> None:
    """Give exactly these roles; the person signs in again with them. No administrator holds another role."""
    _permit(rules.may_secure(actor, user), "set_roles")
    if user.version != version:
        raise Stale(labels.STALE)
    wanted, before = frozenset(roles), user.roles
    if rules.roles_conflict(wanted):
        raise DomainError(labels.ROLES_CONFLICT, field="roles")
    if wanted == before:
        return
    _fits_holder(user, wanted)
    _keep_one(user, before - wanted)
    with transaction():
        # The version of the account moves with its roles, so that two who change them at once do not both succeed.
        user.roles_given_at = clock.now()
        user.granted = [g for g in user.granted if g.role in wanted]
        user.granted += [UserRole(role=role) for role in sorted(wanted - before)]
        audit.record(actor, "set_roles", user, before=before, after=wanted, reason=reason)
        services.end_sessions(user.id, SessionEnd.CHANGED)


def _fits_holder(user: User, wanted: Collection[Role]) -> None:
    """A mediator's and an organisation's powers hang on whom of the list the account belongs to."""
    if Role.MEDIATOR in wanted and user.mediator_id is None:
        raise DomainError(labels.NO_MEDIATOR, field="roles")
    if Role.ORGANISATION in wanted and user.organisation_id is None:
        raise DomainError(labels.NO_ORGANISATION, field="roles")


def _keep_one(user: User, lost: Collection[Role]) -> None:
    """Somebody must be left who can open accounts, give roles and read the trail."""
    for role in sorted(rules.NEEDED.intersection(lost)):
        # Locked, so that two administrators who close each other do not both succeed.
        holders = sa.select(User.id).where(
            User.court_id == user.court_id, User.granted.any(UserRole.role == role), User.open_on(clock.today())
        )
        open_ids = db.session.scalars(holders.order_by(User.id).with_for_update()).all()
        if user.id in open_ids and len(open_ids) == 1:
            raise DomainError(labels.LAST_ADMINISTRATOR, field="roles")


def unlock(actor: Actor, user: User) -> None:
    """Let an account try again at once: the failures so far stay on record and no longer count."""
    _permit(rules.may_secure(actor, user), "unlock")
    key = keys.keyed_hash("login", user.login)
    of_account = sa.select(SignInAttempt).where(
        SignInAttempt.account_key == key, SignInAttempt.at > clock.now() - rules.WINDOW, ~SignInAttempt.succeeded
    )
    with transaction():
        attempts: Sequence[SignInAttempt] = db.session.scalars(of_account).all()
        for attempt in attempts:
            attempt.forgiven = True
        audit.record(actor, "unlock", user, failures=len(attempts))
