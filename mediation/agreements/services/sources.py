"""What a ledger is kept of: a mediation agreement, or what was settled before the court and its own document (民事调解书)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import selectinload

from mediation.agreements.models import Agreement, Clause
from mediation.documents.models import Document
from mediation.kernel import dossier
from mediation.kernel.db import db
from mediation.litigation import services as litigation
from mediation.litigation.models import LitigationCase
from mediation.litigation.rules import Effect, Manner
from mediation.notices import services as notices


@dataclass(frozen=True)
class Settlement:
    """A case settled before the court: what is drafted for its document, or what the document drawn up obliges to."""

    case: LitigationCase
    number: str
    document: Document | None
    # Whose mediation it was: the court's own, followed by its registry.
    mediator_id: None = None
    organisation_id: None = None

    @property
    def court_id(self) -> int:
        """The court of the case."""
        return self.case.court_id

    @property
    def dispute_id(self) -> int:
        """The dispute the case is about."""
        return self.case.dispute_id

    @property
    def document_id(self) -> int | None:
        """The document that was drawn up; none while it is being written."""
        return self.document.id if self.document is not None else None

    @property
    def in_force(self) -> bool:
        """The document binds, and the case is over with it (R3-42; CPL art. 100)."""
        return self.document is not None and self.case.manner is Manner.MEDIATION_DOCUMENT

    @property
    def effective_on(self) -> date | None:
        """From the agreement where the parties agreed so, else from the day the last of them signed for it (S2 arts 149, 151)."""
        if self.document is None or not self.in_force:
            return None
        if self.case.effect is Effect.ON_AGREEMENT:
            return self.case.agreed_on
        served = [service.effective_on for service in notices.services_of(self.document.id)]
        return max(served, default=self.case.closed_on)


Source = Agreement | Settlement


def being_written(case: LitigationCase) -> Settlement:
    """What is drafted for the document of a case and stands in none yet."""
    return Settlement(case, litigation.number_of(case), None)


def settled(case: LitigationCase) -> Settlement | None:
    """What the last document drawn up in a case obliges to, if one was."""
    document = litigation.mediation_document(case)
    return Settlement(case, document.number, document) if document is not None else None


def clauses(source: Source) -> Sequence[Clause]:
    """The clauses in order, with their instalments."""
    kept = dossier.kept(Clause, source.dispute_id)
    if kept is not None:
        return sorted(
            (clause for clause in kept if _belongs(clause, source)), key=lambda clause: (clause.position, clause.id)
        )
    found = sa.select(Clause).where(_of(source)).order_by(Clause.position, Clause.id)
    return db.session.scalars(found.options(selectinload(Clause.instalments))).all()


def _belongs(clause: Clause, source: Source) -> bool:
    if isinstance(source, Settlement):
        return clause.case_id == source.case.id and clause.document_id == source.document_id
    return clause.agreement_id == source.id


def _of(source: Source) -> sa.ColumnElement[bool]:
    if isinstance(source, Settlement):
        return sa.and_(Clause.case_id == source.case.id, Clause.document_id.is_not_distinct_from(source.document_id))
    return Clause.agreement_id == source.id
