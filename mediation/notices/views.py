"""The outbox of the registry, and what the system told the signed-in person."""

import json
from collections.abc import Callable
from datetime import datetime, timedelta

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from mediation.kernel import clock
from mediation.kernel.actor import CASEWORK, REGISTRY, Role
from mediation.kernel.errors import DomainError
from mediation.kernel.i18n import _, _l
from mediation.notices import channels, delivering, labels, rules, sending, services, slips, wording
from mediation.notices import health_views as health_views
from mediation.notices import slip_views as slip_views
from mediation.notices import wording_views as wording_views
from mediation.notices.blueprint import bp
from mediation.notices.forms import DayForm, DeliveryForm, OtherwiseForm
from mediation.notices.models import Notice, Slip
from mediation.notices.rules import Channel, NoticeStatus, ServiceMethod
from mediation.web import lists
from mediation.web.auth import actor
from mediation.web.pace import Pace
from mediation.web.registry import NavItem, Registry

# A gateway reports each message once or a few times; whoever cannot sign soon has to wait.
SIGNED = Pace("receipt", limit=6000, seconds=300)
UNSIGNED = Pace("no receipt", limit=30, seconds=300)
# By how much the gateway's clock may be before ours.
AHEAD = timedelta(minutes=5)
SYSTEM = frozenset({Role.SYSTEM_ADMIN})
S = NoticeStatus
# The lists of the outbox: which states each shows.
LISTS = {
    "waiting": rules.WAITING,
    "given-up": frozenset({S.DEAD}),
    "done": frozenset({S.SENT, S.HANDED_OVER}),
    "superseded": frozenset({S.SUPERSEDED}),
}
LIST_WORDS = {
    "waiting": _l("To be delivered"),
    "given-up": _l("Dead letters"),
    "done": _l("Delivered"),
    "superseded": _l("Superseded"),
}


def contribute(registry: Registry) -> None:
    registry.nav += [
        NavItem(_l("Outbox"), "notices.outbox", REGISTRY, icon="document", count=services.waiting, top=True),
        NavItem(_l("Messages"), "notices.inbox", CASEWORK | SYSTEM, icon="bell", count=services.unread, top=True),
        NavItem(_l("Wording of notices"), "notices.wordings", SYSTEM, icon="chat", rank=62, seldom=True),
        NavItem(_l("Sending of notices"), "notices.state", SYSTEM, icon="bell", rank=63, seldom=True),
    ]
    registry.events.update(labels.EVENTS)
    registry.dossier |= {Notice, Slip}
    registry.panels.append(slip_views.panels)
    # A machine's tries are no step of the dispute; that it went out, or was given up, is.
    registry.quiet |= {"notice.put_off", "notice.confirm"}


def _notice(notice_id: int) -> Notice:
    return services.get(actor(), notice_id) or abort(404)


@bp.get("/notices")
def outbox() -> ResponseReturnValue:
    shown = request.args.get("list", "waiting")
    if shown not in LISTS:
        abort(404)
    by = request.args.get("by", "")
    channel = Channel(by) if by in set(Channel) else None
    page = lists.page(services.outbox(actor(), LISTS[shown], channel))
    return render_template(
        "notices/outbox.html", page=page, shown=shown, by=channel, list_words=LIST_WORDS, labels=labels, rules=rules
    )


@bp.get("/notices/<int:notice_id>")
def notice(notice_id: int) -> ResponseReturnValue:
    return _page(_notice(notice_id))


def _page(
    found: Notice,
    form: OtherwiseForm | None = None,
    *,
    delivery: DeliveryForm | None = None,
    day: DayForm | None = None,
) -> ResponseReturnValue:
    attempts = delivering.attempts(found)
    failures = sum(attempt.problem is not None for attempt in attempts)
    page = render_template(
        "notices/notice.html",
        notice=found,
        attempts=attempts,
        ways=delivering.ways(found, failures),
        attempts_left=labels.attempts_left(failures),
        slips=slips.of_notice(found),
        proof=slips.proof_of(found),
        may_slip=slips.may_record(actor(), found),
        form=form or OtherwiseForm(formdata=None, channel=Channel.PAPER.value, address=found.address),
        delivery=delivery or DeliveryForm(formdata=None, on=clock.today()),
        day_form=day or DayForm(formdata=None, on=delivering.sent_on(found)),
        may_prove=delivering.may_prove(actor(), found),
        may_redate=delivering.may_redate(actor(), found) and not any(s.counts for s in slips.of_notice(found)),
        can_try=found.channel in channels.configured() and found.status in {S.DEAD, S.FAILED},
        rules=rules,
        labels=labels,
    )
    refused = any(one is not None and one.errors for one in (form, delivery, day))
    return page, 422 if refused else 200


@bp.post("/notices/<int:notice_id>/delivery")
def deliver(notice_id: int) -> ResponseReturnValue:
    found = _notice(notice_id)
    step = request.form.get("step", "")
    if step not in {"send", "hand_over", "fail"}:
        abort(400)
    form = DeliveryForm(on=clock.today())
    # The list of the outbox sends no day: it was today.
    dated = f"{DeliveryForm.PREFIX}on" in request.form
    if dated and not form.submitted():
        return _page(found, delivery=form)
    try:
        delivering.deliver(actor(), found, step, on=form.on.data if dated else None)
    except DomainError as refused:
        form.refuse(refused)
        return _page(found, delivery=form)
    flash(_("The delivery has been recorded."))
    return redirect(url_for("notices.outbox"))


@bp.post("/notices/<int:notice_id>/day")
def correct_day(notice_id: int) -> ResponseReturnValue:
    """It went out on another day than was put down."""
    return _dated(notice_id, delivering.redate, _("The day is corrected."))


@bp.post("/notices/<int:notice_id>/arrival")
def prove_arrival(notice_id: int) -> ResponseReturnValue:
    """The addressee proves another day of arrival (S2 art. 135)."""
    return _dated(
        notice_id, delivering.prove_arrival, _("The day of arrival is recorded; it counts as the day of service.")
    )


def _dated(notice_id: int, act: Callable[..., None], said: str) -> ResponseReturnValue:
    found, form = _notice(notice_id), DayForm()
    if form.submitted():
        try:
            act(actor(), found, on=form.on.data, remark=form.remark.data or "")
        except DomainError as refused:
            if not refused.field:
                raise
            form.refuse(refused)
        else:
            flash(said)
            return redirect(url_for("notices.notice", notice_id=notice_id))
    return _page(found, day=form)


@bp.post("/notices/<int:notice_id>/again")
def again(notice_id: int) -> ResponseReturnValue:
    delivering.again(actor(), _notice(notice_id))
    flash(_("The machine tries again."))
    return redirect(url_for("notices.notice", notice_id=notice_id))


@bp.post("/notices/<int:notice_id>/otherwise")
def otherwise(notice_id: int) -> ResponseReturnValue:
    found = _notice(notice_id)
    asked = request.form.get("way", "")
    way = ServiceMethod(asked) if asked in set(ServiceMethod) else None
    form = OtherwiseForm()
    if not form.submitted():
        return _page(found, form)
    try:
        delivering.otherwise(actor(), found, Channel(form.channel.data), address=form.address.data or "", way=way)
    except DomainError as refused:
        form.refuse(refused)
        return _page(found, form)
    flash(_("It is to be delivered this way."))
    return redirect(url_for("notices.outbox", by=form.channel.data))


@bp.get("/notices/letters")
def letters() -> ResponseReturnValue:
    """What is to be printed, each letter on a sheet of its own."""
    phone, address = services.reached_at(actor().court_id)
    return render_template(
        "notices/letters.html",
        letters=services.letters(actor()),
        today=clock.today(),
        wording=wording,
        phone=phone,
        address=address,
    )


@bp.get("/messages")
def inbox() -> ResponseReturnValue:
    return render_template("notices/inbox.html", page=lists.page(services.inbox(actor())), labels=labels)


@bp.post("/messages")
def read() -> ResponseReturnValue:
    services.mark_read(actor())
    return redirect(url_for("notices.inbox"))


@bp.post("/notices/receipts")
def receipt() -> ResponseReturnValue:
    """The gateway tells what became of a text message; whoever cannot sign it is not heard."""
    body = request.get_data()
    signed = channels.is_signed(request.headers.get("X-Timestamp", ""), request.headers.get("X-Signature", ""), body)
    wait = (SIGNED if signed else UNSIGNED).wait(request.remote_addr or "")
    if wait:
        return "", 429, {"Retry-After": str(wait)}
    if not signed:
        abort(400)
    try:
        told = json.loads(body)
        number, status = str(told["id"]), told["status"]
        at = datetime.fromisoformat(told["at"])
    except (ValueError, KeyError, TypeError):
        abort(400)
    if status not in {"delivered", "failed"} or at.tzinfo is None or at > clock.now() + AHEAD:
        abort(400)
    if not sending.receipt(number, arrived=status == "delivered", at=at):
        abort(404)
    return "", 204


# The gateway has no page of ours from which a token could come; its signature stands in for it.
bp.record_once(lambda state: state.app.extensions["csrf"].exempt(receipt))
