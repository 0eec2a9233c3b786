"""A missed time runs again, because the court restored it (CPL art. 86)."""

from datetime import date

from mediation.kernel import audit, clock
from mediation.kernel.actor import Actor
from mediation.kernel.db import db, transaction
from mediation.periods import rules, services
from mediation.periods.models import Deadline


def restore(actor: Actor, deadline: Deadline, until: date, *, source: str, note: str) -> None:
    """To a new last day, by a decision of the court; what was counted before is kept."""
    with transaction():
        if not deadline.is_running:
            with db.session.no_autoflush:
                deadline.ended_on = None
                audit.advance(rules.STEPS, "restore", actor, deadline, key=deadline.key, until=until)
        services.extend_from_above(actor, deadline, until, approved_on=clock.today(), source=source, note=note)
