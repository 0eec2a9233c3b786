"""Service by announcement on the screen: published, over, called off (CPL art. 95; S2 arts 138-140)."""

from flask import abort, flash
from flask.typing import ResponseReturnValue

from mediation.kernel import clock, states
from mediation.kernel.i18n import _
from mediation.litigation import rules
from mediation.litigation.announcement import keeping, page, publishing
from mediation.litigation.announcement.models import Announcement
from mediation.litigation.announcement.rules import STEPS, Medium, Need
from mediation.litigation.blueprint import bp, case_of, here
from mediation.litigation.case_page import sent
from mediation.litigation.models import LitigationCase
from mediation.web.auth import actor


@bp.post("/cases/<int:case_id>/announcements")
def announce(case_id: int) -> ResponseReturnValue:
    """A paper was made public for somebody whom nothing else reaches."""
    found = case_of(case_id)
    if not rules.may_entrust(actor(), found):
        abort(403)
    form = page.announce_form(found)

    def act() -> None:
        publishing.publish(
            actor(), found, target=form.target.data or "", need=Need(form.need.data), course=form.course.data or "",
            points=form.points.data or "", medium=Medium(form.medium.data), outlet=form.outlet.data or "",
            pictures=form.pictures.data, published_on=form.published_on.data or clock.today(),
        )  # fmt: skip

    return sent(found, form, act, _("The announcement is recorded and being made; its thirty days run, the trial limit stands still."), announcing=form)  # fmt: skip


def _one(case_id: int, announcement_id: int, step: str) -> tuple[LitigationCase, Announcement]:
    found = case_of(case_id)
    one = keeping.get(found, announcement_id) or abort(404)
    states.check(STEPS, step, actor(), one)
    return found, one


@bp.post("/cases/<int:case_id>/announcements/<int:announcement_id>/service")
def announced(case_id: int, announcement_id: int) -> ResponseReturnValue:
    """The thirty days have passed."""
    found, one = _one(case_id, announcement_id, "complete")
    publishing.complete(actor(), one)
    flash(_("It counts as served; what runs from the service has begun."))
    return here(found)


@bp.post("/cases/<int:case_id>/announcements/<int:announcement_id>/end")
def end_announcement(case_id: int, announcement_id: int) -> ResponseReturnValue:
    """The party was found."""
    found, one = _one(case_id, announcement_id, "call_off")
    publishing.call_off(actor(), one)
    flash(_("The announcement is called off; serve the paper directly and record it."))
    return here(found)
