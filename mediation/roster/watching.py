"""Who looks anew at what a mediator has promised, when it becomes known that the mediator can no longer come (S4 art. 10, 14).

Meetings are a later stage's to know; it says so here, and is asked inside the same transaction.
"""

from collections.abc import Callable
from dataclasses import dataclass

import sqlalchemy as sa

from mediation.kernel.db import db
from mediation.roster.models import Mediator, Organisation

Look = Callable[[int, int], object]


def _nobody(_court_id: int, _mediator_id: int) -> None:
    return


@dataclass
class _Watch:
    look: Look = _nobody


_watch = _Watch()


def watch_by(look: Look) -> None:
    """Told by `scheduling`, a later stage: what is looked for when a mediator's times change. Until told, nothing is."""
    _watch.look = look


def changed(listed: Mediator | Organisation) -> None:
    """Leave, hours, certificate or place on the list are otherwise than before."""
    db.session.flush()
    if isinstance(listed, Mediator):
        _watch.look(listed.court_id, listed.id)
        return
    # Who is listed under a body mediates only as long as the body stands on the list (S4 art. 6).
    members = sa.select(Mediator.id).where(Mediator.organisation_id == listed.id)
    for mediator_id in db.session.scalars(members.order_by(Mediator.id)).all():
        _watch.look(listed.court_id, mediator_id)
