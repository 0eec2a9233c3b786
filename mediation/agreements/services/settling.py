"""Settled before the court: clauses under the same guard, drawn up as the court's own document (CPL art. 100; R3-42)."""

from collections.abc import Sequence
from datetime import date

from mediation.agreements import documents, guard, labels
from mediation.agreements.guard import AgreementFacts, Found, Objection
from mediation.agreements.services import drafting
from mediation.agreements.services.sources import being_written, clauses, settled
from mediation.disputes import naming
from mediation.disputes import services as disputes
from mediation.disputes.models import Dispute
from mediation.documents.models import Document
from mediation.kernel import audit, clock
from mediation.kernel.actor import Actor
from mediation.kernel.db import db, transaction
from mediation.kernel.errors import DomainError
from mediation.litigation import services as litigation
from mediation.litigation.models import LitigationCase
from mediation.litigation.rules import Effect

# What the document itself takes from the case: its facts, and who bears the fee (S2 arts 270, 280; S10 art. 31).
OF_THE_CASE = frozenset({Objection.FACTS_MISSING, Objection.COSTS_MISSING})


def sentences(actor: Actor, case: LitigationCase) -> list[str]:
    """The clauses of the document: of the agreement that was signed in mediation, else what is written for this document.

    An agreement in effect keeps its ledger; the court's document only repeats it.
    """
    if drafting.effective_of(case.dispute_id) is not None:
        return litigation.settled_clauses(actor, case)
    rows = clauses(being_written(case))
    return [naming.as_litigants(sentence) for sentence in documents.sentences(case.dispute_id, rows)]


def objections(case: LitigationCase, guarantors: Sequence[str] = ()) -> list[Found]:
    """What the guard says of the clauses as they stand (DOMAIN 3.6)."""
    dispute, parties = db.session.get_one(Dispute, case.dispute_id), disputes.parties(case.dispute_id)
    found = guard.examine(
        AgreementFacts(
            party_ids=frozenset(party.id for party in parties),
            clauses=[drafting.facts_of(clause) for clause in clauses(being_written(case))],
            facts=dispute.facts,
            guarantor="、".join(guarantors),
            court_made=True,
            confirmation_planned=False,
            private_loan=dispute.cause.name == drafting.PRIVATE_LOAN,
            drafted_on=clock.today(),
        )
    )
    return [one for one in found if one.objection not in OF_THE_CASE]


def correctable(case: LitigationCase) -> Document | None:
    """The document whose clauses may be taken over into a corrected version: nobody received it, nothing new is written."""
    if drafting.effective_of(case.dispute_id) is not None or clauses(being_written(case)):
        return None
    return litigation.unserved_document(case)


def take_over(actor: Actor, case: LitigationCase) -> None:
    """Take the clauses of the document that stands over into a corrected version, to be changed there (R5-03).

    The document keeps its own. Once served, only a ruling corrects it (CPL art. 157).
    """
    litigation.may_draw_up(actor, case)
    document, written = correctable(case), settled(case)
    if document is None or written is None:
        raise DomainError(labels.NOT_CORRECTABLE, article="CPL art. 157", remedy=labels.CORRECT_BY_RULING)
    with transaction():
        for clause in list(clauses(written)):
            drafting.write_clause(actor, being_written(case), drafting.facts_of(clause))


def draw_up(
    actor: Actor,
    case: LitigationCase,
    *,
    agreed_on: date,
    effect: Effect,
    fee_fen: int,
    fee_bearer: str,
    how: str = "court",
    organisation: str = "",
    guarantors: Sequence[str] = (),
    clerk_name: str,
) -> Document:
    """Draw up the document from the clauses; they are its ledger from then on, and change with no one's hand."""
    litigation.may_draw_up(actor, case)
    written = [] if drafting.effective_of(case.dispute_id) is not None else clauses(being_written(case))
    if written:
        _unobjectionable(case, guarantors)
    with transaction():
        document = litigation.issue_mediation_document(
            actor,
            case,
            agreed_on=agreed_on,
            clauses=sentences(actor, case),
            effect=effect,
            fee_fen=fee_fen,
            fee_bearer=fee_bearer,
            how=how,
            organisation=organisation,
            guarantors=guarantors,
            clerk_name=clerk_name,
        )
        for clause in written:
            clause.document_id = document.id
            audit.record(actor, "draw_up", clause, document=document.id)
    return document


def _unobjectionable(case: LitigationCase, guarantors: Sequence[str]) -> None:
    blocking = next((found for found in objections(case, guarantors) if found.blocks), None)
    if blocking is None:
        return
    raise DomainError(
        labels.OBJECTION[blocking.objection],
        article=guard.ARTICLE[blocking.objection],
        remedy=labels.MEND_CLAUSES,
        field="guarantors" if blocking.objection is Objection.GUARANTOR_MISSING else "",
    )
