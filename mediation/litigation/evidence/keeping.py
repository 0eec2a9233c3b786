"""What was asked and what came late in a case, and applications that need no answer any more."""

from collections.abc import Sequence

import sqlalchemy as sa

from mediation.kernel import audit, dossier
from mediation.kernel.actor import Actor
from mediation.kernel.db import db
from mediation.litigation.evidence.models import EvidenceExtension, LateEvidence
from mediation.litigation.evidence.rules import STEPS, RequestStatus
from mediation.litigation.models import LitigationCase


def of_case(case: LitigationCase) -> Sequence[EvidenceExtension]:
    """Every application for more time, first to last."""
    return [one for one in dossier.of(EvidenceExtension, case.dispute_id) if one.case_id == case.id]


def late(case: LitigationCase) -> Sequence[LateEvidence]:
    """Everything that came late."""
    return [one for one in dossier.of(LateEvidence, case.dispute_id) if one.case_id == case.id]


def pending(case: LitigationCase) -> EvidenceExtension | None:
    """The application that waits for the judge."""
    return next((one for one in of_case(case) if one.status is RequestStatus.ASKED), None)


def waiting_cases(court_id: int) -> set[int]:
    """The cases in which one waits: their time, asked for before it was over, does not simply run out (S2 art. 100)."""
    asked = sa.select(EvidenceExtension.case_id).where(
        EvidenceExtension.court_id == court_id, EvidenceExtension.status == RequestStatus.ASKED
    )
    return set(db.session.scalars(asked))


def drop(actor: Actor, case: LitigationCase) -> None:
    """The case was heard, or is over: nothing is left to decide."""
    found = pending(case)
    if found is not None:
        audit.advance(STEPS, "drop", actor, found)
