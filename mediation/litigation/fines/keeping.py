"""The fines of a case, and proposals that need no decision any more."""

from collections.abc import Sequence

from mediation.kernel import audit, dossier
from mediation.kernel.actor import Actor
from mediation.litigation.fines.models import EvidenceFine
from mediation.litigation.fines.rules import STEPS, FineStatus
from mediation.litigation.models import LitigationCase


def of_case(case: LitigationCase) -> Sequence[EvidenceFine]:
    """Every fine of a case, first to last."""
    return [one for one in dossier.of(EvidenceFine, case.dispute_id) if one.case_id == case.id]


def get(case: LitigationCase, fine_id: int) -> EvidenceFine | None:
    """One of this case."""
    return next((one for one in of_case(case) if one.id == fine_id), None)


def drop(actor: Actor, case: LitigationCase) -> None:
    """The case is over before the president has decided."""
    for fine in of_case(case):
        if fine.status is FineStatus.PROPOSED:
            audit.advance(STEPS, "drop", actor, fine)
