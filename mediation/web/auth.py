"""From the signed-in session to an Actor; deny by default through the one allow-table."""

from contextlib import suppress

from flask import Flask, Response, abort, g, request, session
from flask.typing import ResponseReturnValue
from flask_login import LoginManager, current_user
from sqlalchemy.exc import SQLAlchemyError

from mediation.kernel import audit
from mediation.kernel.actor import Actor
from mediation.kernel.db import db, reading
from mediation.web import allow

login_manager = LoginManager()
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})


def actor() -> Actor:
    """Who makes this request. 401 when nobody is signed in."""
    found = maybe_actor()
    if found is None:
        abort(401)
    return found


def go_on_as_nobody() -> None:
    """The page that says the database is away must not ask the database who reads it."""
    g._login_user = login_manager.anonymous_user()  # noqa: SLF001 where flask_login keeps it


def maybe_actor() -> Actor | None:
    """Who makes this request, or None for a visitor."""
    # Where flask_login keeps the person once found: a page asks some twenty times, and the proxy looks anew each time.
    person = g.get("_login_user") or current_user._get_current_object()  # noqa: SLF001
    found: Actor | None = getattr(person, "actor", None)
    return found


def init_app(app: Flask) -> None:
    """Order fixed: lock mode, session, policy. CSRF runs before, for every unsafe method."""
    # The session is a row that can be ended; a guess from the browser's name would only write the cookie anew.
    login_manager.session_protection = None
    login_manager.init_app(app)
    app.before_request(_open)
    app.before_request(_decide)
    app.teardown_request(_close)


def _open() -> None:
    g.reading = reading.set(request.method in SAFE)
    info = db.session().info
    info["address"] = request.remote_addr or ""
    info["request_id"] = g.get("request_id", "")
    info.pop("dossier", None)  # of the page before, where one session makes several


def _close(error: BaseException | None) -> None:
    token = g.pop("reading", None)
    if token is not None:
        session = db.session()
        if reading.get() and error is None and not (session.new or session.dirty or session.deleted):
            # Nothing was written. PostgreSQL's driver forgets all it has prepared whenever a transaction is rolled back.
            with suppress(SQLAlchemyError):
                session.commit()
        reading.reset(token)


def _decide() -> ResponseReturnValue | None:
    """Default deny: an endpoint that the table does not name is refused, whoever asks."""
    if request.endpoint is None:
        return None
    wanted = allow.TABLE.get(request.endpoint)
    if wanted is None:
        abort(403)
    if wanted is allow.ANYONE:
        return None
    who = maybe_actor()
    if who is None:
        abort(401)
    if must_change_password() and request.endpoint not in allow.BEFORE_PASSWORD:
        abort(428)
    # Somebody whose roles were all taken can still sign out and choose a password.
    if wanted is not allow.EVERYONE and not who.roles & wanted:
        audit_denied(who)
        abort(403)
    return None


def must_change_password() -> bool:
    """Whether the signed-in person still uses the password somebody else chose."""
    return bool(getattr(current_user, "must_change_password", False))


def audit_denied(who: Actor) -> None:
    """A refused attempt is written down too, in a transaction of its own (SECURITY: denied attempts logged)."""
    token = reading.set(False)
    try:
        db.session.rollback()
        audit.note_alone(who, "access.denied", subject_type="endpoint", endpoint=request.endpoint, path=request.path)
    finally:
        reading.reset(token)


def forget_session(response: Response) -> Response:
    """Leave nothing of the session in the browser."""
    session.clear()
    response.headers["Clear-Site-Data"] = '"cache", "cookies", "storage"'
    return response
