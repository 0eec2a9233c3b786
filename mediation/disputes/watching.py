"""Who looks at the people of a dispute anew when somebody joins it or becomes known otherwise (R2-22).

Ties between a mediator and a party are a later stage's to find; it says so here, and is asked inside the same transaction.
"""

from collections.abc import Callable
from dataclasses import dataclass

from mediation.disputes.models import Dispute
from mediation.kernel.actor import Actor
from mediation.kernel.db import db

Look = Callable[[Actor, Dispute], None]


def _nobody(_actor: Actor, _dispute: Dispute) -> None:
    return


@dataclass
class _Watch:
    look: Look = _nobody


_watch = _Watch()


def watch_by(look: Look) -> None:
    """Told by `assignment`, a later stage: what is looked for among the people. Until told, nothing is."""
    _watch.look = look


def changed(actor: Actor, dispute_id: int) -> None:
    """Somebody joined the dispute, or is known better than before."""
    _watch.look(actor, db.session.get_one(Dispute, dispute_id))
