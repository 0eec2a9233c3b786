"""The outbox of the registry, and what the system told the signed-in person."""

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from mediation.kernel.actor import CASEWORK, REGISTRY
from mediation.kernel.i18n import _, _l
from mediation.notices import labels, rules, services
from mediation.web import lists
from mediation.web.auth import actor
from mediation.web.registry import NavItem, Registry

bp = Blueprint("notices", __name__)


def contribute(registry: Registry) -> None:
    registry.nav += [
        NavItem(_l("Outbox"), "notices.outbox", REGISTRY, icon="document", count=services.waiting, top=True),
        NavItem(_l("Messages"), "notices.inbox", CASEWORK, icon="bell", count=services.unread, top=True),
    ]
    registry.events.update(labels.EVENTS)


@bp.get("/notices")
def outbox() -> ResponseReturnValue:
    done = request.args.get("done") == "1"
    page = lists.page(services.outbox(actor(), waiting=not done))
    return render_template("notices/outbox.html", page=page, done=done, labels=labels)


@bp.post("/notices/<int:notice_id>/delivery")
def deliver(notice_id: int) -> ResponseReturnValue:
    notice = services.get(actor(), notice_id) or abort(404)
    step = request.form.get("step", "")
    if step not in {s.name for s in rules.STEPS}:
        abort(400)
    services.deliver(actor(), notice, step)
    flash(_("The delivery has been recorded."))
    return redirect(url_for("notices.outbox"))


@bp.get("/messages")
def inbox() -> ResponseReturnValue:
    return render_template("notices/inbox.html", page=lists.page(services.inbox(actor())), labels=labels)


@bp.post("/messages")
def read() -> ResponseReturnValue:
    services.mark_read(actor())
    return redirect(url_for("notices.inbox"))
