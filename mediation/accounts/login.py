"""Hands flask-login the people of this installation; keeps the session row alive."""

from datetime import datetime, timedelta
from typing import Any

from flask import Flask, current_app, g, request, session
from flask_login import UserMixin

from mediation.accounts import presence
from mediation.accounts.presence import Presence
from mediation.accounts.rules import SessionEnd
from mediation.kernel import clock
from mediation.kernel.actor import Actor
from mediation.kernel.db import db, reading
from mediation.web.auth import login_manager

TOUCH_EVERY = timedelta(seconds=60)


class Visitor(UserMixin):  # type: ignore[misc]
    """The signed-in person as flask-login and the pages see them."""

    def __init__(self, token: str, found: Presence) -> None:
        self.token = token
        self.actor: Actor = found.actor
        self.locale = found.locale
        self.must_change_password = found.must_change_password

    def get_id(self) -> str:
        """The session's token, so that ending the row ends the session."""
        return self.token


def init_app(app: Flask) -> None:
    login_manager.user_loader(load)


def load(token: str) -> Visitor | None:
    """The person of a live session; None when it ended, and why is remembered for the sign-in page."""
    limits = {
        "idle": timedelta(minutes=current_app.config["IDLE_MINUTES"]),
        "absolute": timedelta(hours=current_app.config["ABSOLUTE_HOURS"]),
    }
    found = presence.of(token, **limits)
    if found is None or isinstance(found, SessionEnd):
        g.session_end = found
        return None
    g.court = found.court
    g.large_type = found.large_type
    _keep_alive(token, found.seen_at)
    return Visitor(token, found)


def _keep_alive(token: str, seen_at: datetime) -> None:
    """Note that the session is in use, at most once a minute, even while the request itself only reads."""
    if clock.now() - seen_at < TOUCH_EVERY:
        return
    marker = reading.set(False)
    try:
        db.session.rollback()
        presence.touch(token)
    finally:
        reading.reset(marker)


def remember(token: str) -> None:
    """Start the browser's session afresh with this token: nothing of an earlier one survives."""
    kept = {name: session[name] for name in ("locale",) if name in session}
    session.clear()
    session.update(kept)
    session["_user_id"] = token
    session["_fresh"] = True


def present_token() -> str:
    """The token of the present session."""
    token: str = session.get("_user_id", "")
    return token


def posted() -> list[tuple[str, str]]:
    """What the browser sent with an expired session, to be handed back after sign-in. Never a password or file."""
    dropped = {"csrf_token", "once", "password"}
    return [(k, v) for k, v in request.form.items(multi=True) if k not in dropped and not k.startswith("kept.")]


__all__: list[Any] = ["Visitor", "init_app", "load", "posted", "present_token", "remember"]
