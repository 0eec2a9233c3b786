"""The one blueprint on which the pages of this capability hang."""

from flask import Blueprint, abort, redirect, url_for
from flask.typing import ResponseReturnValue

from mediation.disputes import rules, services
from mediation.disputes.models import Dispute
from mediation.web.auth import actor

bp = Blueprint("disputes", __name__)


def editable(dispute_id: int) -> Dispute:
    """A dispute in the reader's scope, which this reader may change."""
    found = services.get(actor(), dispute_id) or abort(404)
    return found if rules.may_edit(actor(), found) else abort(403)


def back_to(dispute_id: int) -> ResponseReturnValue:
    return redirect(url_for("disputes.dispute", dispute_id=dispute_id))
