"""Service of the court's mediation document: it binds when the last party has signed for it (CPL 100; S2 art. 149)."""

from datetime import date

from mediation.disputes.models import Dispute, Party
from mediation.documents import services as documents
from mediation.documents.models import Document
from mediation.kernel.actor import Actor
from mediation.kernel.db import db, transaction
from mediation.litigation import documents as papers
from mediation.litigation.models import LitigationCase
from mediation.litigation.rules import Obstacle
from mediation.litigation.services.closing import mediation_document
from mediation.litigation.services.reading import refuse
from mediation.notices import services as notices
from mediation.notices.models import Service
from mediation.notices.rules import ServiceMethod


def serve(
    actor: Actor, case: LitigationCase, party: Party, *, method: ServiceMethod, effective_on: date, receiver: str
) -> Service:
    """Record that one party has signed for the mediation document."""
    document = mediation_document(case)
    if document is None:
        raise refuse(Obstacle.NO_DOCUMENT)
    return serve_document(
        actor, document, party, method=method, effective_on=effective_on, receiver=receiver, issued_on=case.agreed_on
    )


def serve_document(
    actor: Actor,
    document: Document,
    party: Party,
    *,
    method: ServiceMethod,
    effective_on: date,
    receiver: str,
    issued_on: date | None,
    note: str = "",
    published_on: date | None = None,
    summary: bool = False,
) -> Service:
    """Record that a document of the court reached a party; every service has its receipt to sign (CPL art. 87)."""
    dispute = db.session.get_one(Dispute, party.dispute_id)
    with transaction():
        served = notices.serve(
            actor,
            document_id=document.id,
            document_kind=document.kind,
            dispute_id=dispute.id,
            party_id=party.id,
            method=method,
            effective_on=effective_on,
            receiver=receiver,
            electronic_agreed=party.address is not None and party.address.electronic,
            issued_on=issued_on,
            note=note,
            published_on=published_on,
            summary=summary,
        )
        documents.request(
            actor,
            kind="service_receipt",
            subject=served,
            dispute_id=dispute.id,
            title=papers.SERVICE_RECEIPT,
            number=document.number,
            party=party.name,
            data=papers.service_receipt(document, dispute.cause.name, party.name, served),
        )
    return served
