"""The same form sent twice makes one record, and the second answer equals the first (DESIGN 8)."""

import time
from datetime import datetime

import sqlalchemy as sa
from flask import Flask, flash, g, redirect, request, session, url_for
from flask.typing import ResponseReturnValue
from flask.wrappers import Response
from sqlalchemy import event
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped, Session, mapped_column

from mediation.kernel import clock
from mediation.kernel.db import Base, Short, db, recoverable
from mediation.kernel.i18n import _

OK, BAD_REQUEST, UNPROCESSABLE = 200, 400, 422
# How long the second half of a double click waits for the answer to the first.
TRIES, PAUSE = 60, 0.05


class Submission(Base):
    """One form that has been carried out, and where its answer is."""

    __tablename__ = "submission"

    key: Mapped[Short] = mapped_column(primary_key=True)
    holder: Mapped[Short]
    endpoint: Mapped[Short]
    location: Mapped[str] = mapped_column(sa.String(500), default="")
    at: Mapped[datetime] = mapped_column(default=clock.now)


_submission = sa.table("submission", sa.column("key"), sa.column("location"))


def init_app(app: Flask) -> None:
    app.before_request(_seen)
    app.after_request(_answer)
    app.register_error_handler(IntegrityError, _doubled)


def _holder() -> str:
    return str(session.get("_user_id", ""))[:16]


def _key() -> str:
    """The mark of the form that was sent, also when its fields carry the form's prefix."""
    return next((value for name, value in request.form.items() if name == "once" or name.endswith("-once")), "")


def _seen() -> ResponseReturnValue | None:
    """Answer a repeated form with the first answer; remember a new one for its own transaction."""
    key = _key() if request.method == "POST" else ""
    if not key:
        return None
    done = _done(key)
    if done is not None:
        return _again(done)
    db.session().info["once"] = (key[:64], _holder(), request.endpoint or "")
    return None


def _again(done: Submission) -> ResponseReturnValue:
    if done.holder != _holder() or done.endpoint != request.endpoint:
        return redirect(url_for("web.home"))
    flash(_("This was already recorded; nothing was recorded twice."))
    return redirect(done.location or url_for("web.home"))


@event.listens_for(Session, "before_commit")
def _remember(session_: Session) -> None:
    if session_.in_nested_transaction():
        return
    once = session_.info.pop("once", None)
    if once is not None:
        key, holder, endpoint = once
        session_.add(Submission(key=key, holder=holder, endpoint=endpoint))
        session_.flush()
        g.submission = key


def _done(key: str) -> Submission | None:
    """The form with this mark, when it has been carried out; its answer may be a moment behind its record."""
    for _try in range(TRIES):
        done = db.session.get(Submission, key[:64])
        if done is None or done.location:
            return done
        db.session.rollback()
        time.sleep(PAUSE)
    return done


def _answer(response: Response) -> Response:
    """Keep where the answer is. A refused form may be corrected and sent again, a file be fetched again."""
    if g.pop("form_refused", False) and response.status_code == OK:
        response.status_code = UNPROCESSABLE
    key = g.pop("submission", None)
    if key is not None:
        about = _submission.c.key == key
        with recoverable():  # without its answer, a repeated form is led to the first page
            if response.status_code >= BAD_REQUEST or "Content-Disposition" in response.headers:
                db.session.execute(_submission.delete().where(about))
            else:
                location = (response.location or url_for("web.home"))[:500]
                db.session.execute(_submission.update().where(about).values(location=location))
    db.session().info.pop("once", None)
    return response


def _doubled(error: IntegrityError) -> ResponseReturnValue:
    """The other half of a double click won the race: give its answer."""
    key = _key()
    db.session.rollback()
    done = _done(key) if key else None
    if done is None:
        raise error
    return _again(done)
