"""What a mediation after filing does to the limit of the trial: the case register keeps that limit."""

from datetime import date

from mediation.assignment.models import Assignment
from mediation.assignment.rules import Kind
from mediation.kernel.actor import Actor
from mediation.litigation import services as litigation
from mediation.litigation.models import LitigationCase


def _case(assignment: Assignment) -> LitigationCase | None:
    """The case behind an entrusted mediation; before filing there is no trial."""
    return litigation.of_dispute(assignment.dispute_id) if assignment.kind is Kind.ENTRUSTED else None


def began(actor: Actor, assignment: Assignment, on: date) -> None:
    """The mediator has signed for the material."""
    if (case := _case(assignment)) is not None:
        litigation.mediation_began(actor, case, on=on)


def extended(actor: Actor, assignment: Assignment, *, after: date, until: date) -> None:
    """The parties agreed on more time: that part is not counted in the trial limit (S4 art. 27; S12 point 3)."""
    if (case := _case(assignment)) is not None:
        litigation.exclude_extended_mediation(actor, case, after=after, until=until)


def appraising(actor: Actor, assignment: Assignment, on: date) -> None:
    """An appraisal began (S2 art. 243)."""
    if (case := _case(assignment)) is not None:
        litigation.appraisal_began(actor, case, on=on)


def appraised(actor: Actor, assignment: Assignment, on: date) -> None:
    """The appraisal is done."""
    if (case := _case(assignment)) is not None:
        litigation.appraisal_over(actor, case, on=on)


def over(actor: Actor, assignment: Assignment, on: date) -> None:
    """This mediator's work has ended, with or without agreement, or somebody else takes over."""
    if (case := _case(assignment)) is not None and assignment.accepted_on is not None:
        litigation.mediation_over(actor, case, on=on)
