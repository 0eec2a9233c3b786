"""Calendar subscriptions: the page where they are made and revoked, and the calendar itself."""

from flask import Response, abort, current_app, flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from mediation.kernel.errors import NotPermitted
from mediation.kernel.i18n import CHINESE, _, force_locale
from mediation.scheduling import ical, labels, rules
from mediation.scheduling.blueprint import bp
from mediation.scheduling.feed_forms import FeedForm
from mediation.scheduling.models import CalendarFeed
from mediation.scheduling.rules import ClaimantKind, FeedDetail
from mediation.scheduling.services import feeds
from mediation.web.auth import actor
from mediation.web.pace import Pace

# A calendar program asks every quarter of an hour or so; a wrong address is somebody's mistake or somebody's guess.
KNOWN = Pace("calendar", limit=60, seconds=300)
UNKNOWN = Pace("no calendar", limit=30, seconds=300)


@bp.get("/calendars")
def feeds_page() -> ResponseReturnValue:
    """The living subscriptions, and a form for one more."""
    return _page(_form())


@bp.post("/calendars")
def make_feed() -> ResponseReturnValue:
    """Make a subscription; its address is on this one answer only."""
    form = _form()
    if not form.submitted():
        return _page(form), 422
    kind, _colon, key = form.owner.data.partition(":")
    try:
        feed, token = feeds.make_feed(
            actor(), kind=ClaimantKind(kind), key=key, detail=FeedDetail(form.detail.data), name=form.name.data or ""
        )
    except NotPermitted:
        form.detail.errors = [_("The calendar of a room tells at most the case number.")]
        return _page(form), 422
    return _page(_form(empty=True), made=feed, token=token)


@bp.post("/calendars/<int:feed_id>/address")
def renew_feed(feed_id: int) -> ResponseReturnValue:
    """A new address for a subscription whose old one may be known to others."""
    feed, token = feeds.renew_feed(actor(), _load(feed_id))
    return _page(_form(empty=True), made=feed, token=token)


@bp.post("/calendars/<int:feed_id>/revocation")
def revoke_feed(feed_id: int) -> ResponseReturnValue:
    """End a subscription."""
    feeds.revoke_feed(actor(), _load(feed_id))
    flash(_("The subscription is revoked; its address leads nowhere any more."))
    return redirect(url_for(".feeds_page"))


def _load(feed_id: int) -> CalendarFeed:
    return feeds.get_feed(actor(), feed_id) or abort(404)


def _form(*, empty: bool = False) -> FeedForm:
    form = FeedForm(formdata=None) if empty else FeedForm()
    form.owner.choices = [(f"{kind}:{key}", name) for (kind, key), name in feeds.owners(actor()).items()]
    own = rules.own_calendar(actor())
    told = rules.DETAILS[own[0] if own else ClaimantKind.RESOURCE]
    form.detail.choices = [(d.value, labels.FEED_DETAIL[d]) for d in told]
    return form


def _page(form: FeedForm, *, made: CalendarFeed | None = None, token: str = "") -> str:
    address = url_for(".feed", token=token, _external=True) if token else ""
    return render_template(
        "scheduling/feeds.html",
        form=form,
        feeds=feeds.feeds_of(actor()),
        names=feeds.owners(actor()),
        made=made,
        address=address,
        words=labels,
    )


@bp.get("/calendar/<string(length=43):token>.ics")
def feed(token: str) -> ResponseReturnValue:
    """The calendar at a secret address, for programs: no sign-in, nothing to learn from a wrong one."""
    # The server's own log of requests reads the address from here, after the answer.
    request.environ["RAW_URI"] = request.environ["PATH_INFO"] = "/calendar/*.ics"
    found = feeds.subscription(token)
    wait = KNOWN.wait(feeds.digest(token)) if found else UNKNOWN.wait(request.remote_addr or "")
    if wait:
        return _slower(wait)
    if found is None:
        abort(404)
    with force_locale(found.locale or CHINESE):
        # Only who may know what stands there is led to its page.
        known = {e.booking_id for e in found.entries if e.booking_id}
        links = {one: url_for(".booking", booking_id=one, _external=True) for one in known}
        body = ical.written(found, links)
    answer = make_response(body)
    answer.headers["Content-Type"] = "text/calendar; charset=utf-8"
    answer.headers["X-Robots-Tag"] = "noindex, nofollow"
    answer.add_etag()
    answer.make_conditional(request.environ)
    return answer


def _slower(seconds: int) -> Response:
    answer: Response = current_app.response_class(status=429)
    answer.headers["Retry-After"] = str(seconds)
    return answer
