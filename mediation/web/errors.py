"""Exception -> page, one table. Never a stack trace, never a hint that another court's case exists."""

import logging
import re
from typing import Any

import sqlalchemy as sa
from flask import Flask, g, render_template, request
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import OperationalError
from sqlalchemy.exc import TimeoutError as NoConnection
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.exceptions import HTTPException

from mediation.kernel import audit
from mediation.kernel.db import db
from mediation.kernel.errors import DomainError, IllegalStep, NotPermitted, Stale, Unreadable
from mediation.kernel.i18n import _, _l
from mediation.web.auth import audit_denied, go_on_as_nobody, maybe_actor
from mediation.web.templating import registry

log = logging.getLogger("mediation")
# So many of the last entries of the trail say what became of the record.
SINCE = 3
# Fields of a form that nobody writes, and the one that is never shown again.
NOT_TYPED = re.compile(r"(csrf_token|once|version|password|strokes|sign-document|_id)$")

WORDS: dict[int, tuple[Any, Any]] = {
    400: (_l("The request could not be read"), _l("Go back, reload the page and send it again. What you typed is kept.")),
    401: (_l("Sign in first"), _l("This page is for people who have signed in.")),
    403: (_l("Not for your role"), _l("Your account may not do this. The attempt has been recorded.")),
    404: (_l("Not found"), _l("There is no such page or record, or it is not yours to see.")),
    405: (_l("Not possible in this way"), _l("Use the buttons of the page.")),
    409: (_l("Not possible now"), _l("The state of the record does not allow this step.")),
    410: (_l("No longer there"), _l("This address led somewhere once. Ask whoever gave it to you.")),
    413: (_l("Too large"), _l("A file may have at most 10 MB.")),
    429: (_l("Too often"), _l("Wait a little and try again.")),
    500: (_l("An error of the system"), _l("Nothing was saved. Try again; if it happens again, tell the administrator the request number.")),
    503: (_l("Not available at the moment"), _l("Nothing was saved and nothing acknowledged is lost. Try again in a few minutes.")),
}  # fmt: skip


def init_app(app: Flask) -> None:
    app.register_error_handler(CSRFError, _forged)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(DomainError, _refused)
    app.register_error_handler(NotPermitted, _not_permitted)
    app.register_error_handler(StaleDataError, _stale)
    app.register_error_handler(OperationalError, _away)
    app.register_error_handler(NoConnection, _away)
    app.register_error_handler(Exception, _unexpected)


def _page(status: int, **more: Any) -> ResponseReturnValue:
    title, advice = WORDS.get(status, WORDS[500])
    context = {
        "code": status,
        "title": title,
        "message": advice,
        "article": "",
        "remedy": "",
        "theirs": "",
        "since": [],
        "again": [],
        "typed": [],
    } | more
    return render_template("error.html", **context, request_number=g.get("request_id", "")), status


def _http(error: HTTPException) -> ResponseReturnValue:
    if error.response is not None:
        return error.response
    return _page(error.code or 500)


def _forged(error: CSRFError) -> ResponseReturnValue:
    return _page(400, title=_("The page was open too long"), message=_("Reload the page and send the form again."))


def _refused(error: DomainError) -> ResponseReturnValue:
    if isinstance(error, IllegalStep):
        message = _("This step is not possible in the present state. Somebody may have changed the record meanwhile.")
        return _page(409, message=message, article=error.article, since=_since(error.subject), typed=_typed())
    if isinstance(error, Unreadable):
        return _page(400, message=error.message, remedy=error.remedy)
    if isinstance(error, Stale):
        since, again = _since(error.subject), _again(error.subject)
        return _page(409, message=error.message, theirs=error.remedy, since=since, typed=_typed(), again=again)
    return _page(409, message=error.message, article=error.article, remedy=error.remedy, typed=_typed())


def _again(subject: Any) -> list[tuple[str, str]]:
    """The form once more, now on top of what stands there: whoever came second has seen both, and decides."""
    if not hasattr(subject, "version") or "version" not in request.form:
        return []
    kept = [(k, v) for k, v in request.form.items(multi=True) if k not in {"csrf_token", "once", "version", "password"}]
    return [*kept, ("version", str(subject.version))]


def _since(subject: Any) -> list[dict[str, Any]]:
    """Who did what last to the record: the person who comes too late sees whom to ask."""
    state = sa.inspect(subject, raiseerr=False)
    if subject is None or state is None or not state.identity:
        return []
    shown = registry()
    events = audit.last_of(subject.__tablename__, state.identity[0], limit=SINCE, without=shown.quiet)
    return [
        {"at": e.at, "who": e.actor_name if e.actor_id else _("System"), "what": shown.words(e.action, e.facts)}
        for e in events
    ]


def _typed() -> list[str]:
    """What the person had written into the form that cannot be saved now: nobody writes it a second time."""
    return [text for name, text in request.form.items(multi=True) if text.strip() and not NOT_TYPED.search(name)]


def _not_permitted(error: NotPermitted) -> ResponseReturnValue:
    who = maybe_actor()
    if who is not None:
        audit_denied(who)
    return _page(403, article=error.article)


def _stale(_error: StaleDataError) -> ResponseReturnValue:
    return _page(
        409,
        message=_("Somebody else changed this record since you opened it. Open it again to see both versions."),
        typed=_typed(),
    )


def _away(error: OperationalError | NoConnection) -> ResponseReturnValue:
    """Disk full, database away, no connection or lock to be had: nothing was half-written (DESIGN 8)."""
    log.error("database: %s request=%s", type(getattr(error, "orig", error)).__name__, g.get("request_id", ""))
    db.session.rollback()
    go_on_as_nobody()
    return _page(503)


def _unexpected(error: Exception) -> ResponseReturnValue:
    if request.environ.get("mediation.raise"):
        raise error
    log.error("unexpected error request=%s endpoint=%s", g.get("request_id", ""), request.endpoint, exc_info=error)
    db.session.rollback()
    go_on_as_nobody()
    return _page(500)
