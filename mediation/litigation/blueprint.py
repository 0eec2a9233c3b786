"""The one blueprint on which the pages of this capability hang."""

from flask import Blueprint, abort, redirect, url_for
from flask.typing import ResponseReturnValue

from mediation.litigation import services
from mediation.litigation.models import LitigationCase
from mediation.web.auth import actor

bp = Blueprint("litigation", __name__)


def case_of(case_id: int) -> LitigationCase:
    """The case in this reader's scope; everything else is not found."""
    found = services.get(actor(), case_id)
    return found if found is not None else abort(404)


def here(case: LitigationCase) -> ResponseReturnValue:
    """Back to the case's page after a step."""
    return redirect(url_for("litigation.case", case_id=case.id))
