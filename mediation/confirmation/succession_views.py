"""Naming the judge who takes a confirmation over from one who has withdrawn."""

from flask.typing import ResponseReturnValue

from mediation.confirmation.blueprint import bp
from mediation.confirmation.services import succeeding
from mediation.kernel.errors import NotPermitted
from mediation.litigation.recusal import rules
from mediation.litigation.recusal_views import found_or_404, take_over
from mediation.web.auth import actor


@bp.post("/confirmations/recusals/<int:recusal_id>/successor")
def name_successor(recusal_id: int) -> ResponseReturnValue:
    """The registry or the president names the judge who goes on."""
    found = found_or_404(recusal_id)
    if not rules.may_name(actor(), found):
        raise NotPermitted("name_successor", article="CPL art. 47")
    return take_over(found, succeeding.succeed)
