"""What sessions do to a mediation: set, opened, adjourned (R3-24 ... R3-26)."""

from mediation.assignment.models import Assignment
from mediation.assignment.rules import STEPS, Status
from mediation.assignment.together import present
from mediation.kernel import audit
from mediation.kernel.actor import Actor
from mediation.kernel.db import transaction


def scheduled(actor: Actor, assignment: Assignment) -> None:
    """A session has been set (R3-24); a further one changes nothing about where the mediation stands."""
    if assignment.status is Status.SCHEDULED:
        return
    with transaction():
        audit.advance(STEPS, "schedule", actor, assignment)


def session_opened(actor: Actor, assignment: Assignment) -> None:
    """The parties are in the room, identities checked, notices given (R3-25)."""
    present.require_all_accepted(assignment)
    with transaction():
        assignment.sessions_held += 1
        audit.advance(STEPS, "open", actor, assignment, session=assignment.sessions_held)


def adjourned(actor: Actor, assignment: Assignment) -> None:
    """The session ended without result; another one is to follow (R3-26)."""
    with transaction():
        audit.advance(STEPS, "adjourn", actor, assignment)
