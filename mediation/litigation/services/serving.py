"""Service of the court's mediation document: it binds when the last party has signed for it (CPL 100; S2 art. 149)."""

from datetime import date

from mediation.disputes.models import Party
from mediation.kernel.actor import Actor
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
    return notices.serve(
        actor,
        document_id=document.id,
        document_kind=document.kind,
        dispute_id=case.dispute_id,
        party_id=party.id,
        method=method,
        effective_on=effective_on,
        receiver=receiver,
        electronic_agreed=party.address is not None and party.address.electronic,
        issued_on=case.agreed_on,
    )
