"""What objections a case has; and what becomes of one that nobody needs to decide any more."""

from collections.abc import Collection, Sequence

from mediation.kernel import audit, dossier
from mediation.kernel.actor import Actor
from mediation.litigation.models import LitigationCase
from mediation.litigation.procedure.models import ProcedureObjection
from mediation.litigation.procedure.rules import STEPS, Matter, ObjectionStatus


def of_case(case: LitigationCase) -> Sequence[ProcedureObjection]:
    """Every objection raised in a case, first to last."""
    found = dossier.of(ProcedureObjection, case.dispute_id)
    return sorted((one for one in found if one.case_id == case.id), key=lambda one: one.id)


def pending(case: LitigationCase) -> ProcedureObjection | None:
    """The objection that waits for the judge."""
    return next((one for one in of_case(case) if one.status is ObjectionStatus.RAISED), None)


def drop(actor: Actor, case: LitigationCase, matters: Collection[Matter] = tuple(Matter)) -> None:
    """Another procedure, a panel, or the end of the case: nothing is left to decide about this."""
    found = pending(case)
    if found is not None and found.matter in matters:
        audit.advance(STEPS, "drop", actor, found)
