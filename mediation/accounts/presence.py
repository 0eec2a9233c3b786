"""Whose session a request is in: asked by every page, so read in columns and in one question."""

from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa

from mediation.accounts import rules
from mediation.accounts.models import Court, SignedIn, User, UserRole
from mediation.accounts.rules import SessionEnd
from mediation.accounts.services import digest
from mediation.kernel import clock
from mediation.kernel.actor import Actor
from mediation.kernel.db import db, transaction


@dataclass(frozen=True)
class Seat:
    """The court a person works at, as the head of every page names it."""

    id: int
    code: str
    name: str
    centre_name: str


@dataclass(frozen=True)
class Presence:
    """Who is signed in, and how this person reads the pages."""

    actor: Actor
    court: Seat
    locale: str
    large_type: bool
    must_change_password: bool
    seen_at: datetime


_session, _user, _court, _role = (model.__table__.c for model in (SignedIn, User, Court, UserRole))
# The tables themselves, not the models: nothing here is changed, and entities would cost more than the question.
_HOLDER = (
    sa.select(
        _session.ended_by, _session.created_at, _session.seen_at, _user.disabled_at, _user.expires_on, _role.role,
        _user.id, _user.name, _user.mediator_id, _user.organisation_id, _user.locale, _user.large_type,
        _user.must_change_password, _court.id.label("court"), _court.code, _court.name.label("court_name"),
        _court.centre_name,
    )
    .join_from(SignedIn.__table__, User.__table__, _user.id == _session.user_id)
    .join(Court.__table__, _court.id == _user.court_id)
    .join(UserRole.__table__, _role.user_id == _user.id, isouter=True)
    .where(_session.token_digest == sa.bindparam("digest"))
)  # fmt: skip


def of(token: str, *, idle: timedelta, absolute: timedelta) -> Presence | SessionEnd | None:
    """Whose session a token is, or why it ended; None for a token nobody was given. Changes nothing."""
    rows = db.session.execute(_HOLDER, {"digest": digest(token)}).all()
    if not rows:
        return None
    (
        ended_by, created_at, seen_at, disabled_at, expires_on, _a_role, user_id, name, mediator_id, organisation_id,
        locale, large_type, must_change_password, court_id, code, court_name, centre_name,
    ) = rows[0]  # fmt: skip
    roles = frozenset(row[5] for row in rows if row[5] is not None)
    now = clock.now()
    if ended_by is not None:
        end: SessionEnd = ended_by
        return end
    if not rules.is_open(disabled_at, expires_on, clock.today()):
        return SessionEnd.CHANGED
    if now - seen_at > rules.idle_limit(roles, idle):
        return SessionEnd.IDLE
    if now - created_at > absolute:
        return SessionEnd.TOO_LONG
    return Presence(
        Actor(user_id, court_id, roles, name, mediator_id, organisation_id),
        Seat(court_id, code, court_name, centre_name),
        locale, large_type, must_change_password, seen_at,
    )  # fmt: skip


def touch(token: str) -> None:
    """The session is in use."""
    with transaction():
        signed_in = db.session.scalar(sa.select(SignedIn).where(SignedIn.token_digest == digest(token)))
        if signed_in is not None:
            signed_in.seen_at = clock.now()
