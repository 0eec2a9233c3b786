"""The slip that came back with a printed notice; the proofs of notices on the dispute's page."""

from collections.abc import Iterable
from typing import Any

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from mediation.kernel import clock
from mediation.kernel.actor import REGISTRY, Actor
from mediation.kernel.errors import DomainError
from mediation.kernel.i18n import _
from mediation.notices import labels, services, slips
from mediation.notices.blueprint import bp
from mediation.notices.forms import SlipForm
from mediation.notices.models import Notice
from mediation.notices.rules import ReturnCause, SlipOutcome, Taker
from mediation.web.auth import actor
from mediation.web.registry import Panel


@bp.get("/notices/<int:notice_id>/slip")
def slip(notice_id: int) -> ResponseReturnValue:
    """What stands on the slip; where none can come back any more, the notice says what came."""
    found = _notice(notice_id)
    if not slips.may_record(actor(), found):
        return redirect(url_for("notices.notice", notice_id=notice_id))
    return _page(found, SlipForm(formdata=None, on=clock.today()))


@bp.post("/notices/<int:notice_id>/slip")
def record_slip(notice_id: int) -> ResponseReturnValue:
    """Record it; the notice is served on that day, or goes out again."""
    found, form = _notice(notice_id), SlipForm()
    if form.submitted():
        try:
            made = slips.record(
                actor(),
                found,
                SlipOutcome(form.outcome.data),
                on=form.on.data or clock.today(),
                receiver=form.receiver.data or "",
                taker=Taker(form.taker.data) if form.taker.data else None,
                witness=form.witness.data or "",
                photographed=form.photographed.data,
                tracking=form.tracking.data or "",
                cause=ReturnCause(form.cause.data) if form.cause.data else None,
                remark=form.remark.data or "",
            )
        except DomainError as refused:
            form.refuse(refused)
        else:
            flash(_("The slip is recorded.") if made.counts else _("It came back unserved and has to go out again."))
            return redirect(url_for("notices.notice", notice_id=notice_id))
    return _page(found, form)


def _notice(notice_id: int) -> Notice:
    return services.get(actor(), notice_id) or abort(404)


def _page(found: Notice, form: SlipForm) -> ResponseReturnValue:
    page = render_template("notices/slip.html", notice=found, form=form, labels=labels)
    return page, 422 if form.errors else 200


def panels(who: Actor, dispute: Any) -> Iterable[Panel]:
    """What was told to the parties of a dispute, and what proves it."""
    proven = slips.of_dispute(dispute.id)
    if proven:
        context = {"proven": proven, "labels": labels, "may_open": who.has(*REGISTRY)}
        yield Panel(_("Notices to the parties"), "notices/_panel.html", context, rank=85)
