"""Service of the ruling on each party; with the last one the matter is at rest (CPL 87-95; S2 art. 372)."""

from datetime import date

from mediation.agreements.models import Agreement
from mediation.agreements.services import drafting
from mediation.confirmation.models import Confirmation
from mediation.confirmation.rules import STEPS, Obstacle, Outcome
from mediation.confirmation.services import reading
from mediation.disputes import services as disputes
from mediation.disputes.models import Dispute, Party
from mediation.disputes.rules import Closing
from mediation.disputes.rules import Status as DisputeStatus
from mediation.documents.models import Document
from mediation.kernel import audit, states
from mediation.kernel.actor import Actor
from mediation.kernel.db import db, transaction
from mediation.litigation import services as litigation
from mediation.notices import services as notices
from mediation.notices.models import Service
from mediation.notices.rules import ServiceMethod
from mediation.periods import services as periods
from mediation.periods.table import PeriodKey


def serve(
    actor: Actor,
    confirmation: Confirmation,
    party: Party,
    *,
    method: ServiceMethod,
    effective_on: date,
    receiver: str,
    note: str = "",
) -> Service:
    """Record that the ruling reached one party; the party's fifteen days to object begin (S2 art. 372)."""
    states.check(STEPS, "serve", actor, confirmation)
    document = db.session.get_one(Document, confirmation.ruling_document_id)
    with transaction():
        served = litigation.serve_document(
            actor,
            document,
            party,
            method=method,
            effective_on=effective_on,
            receiver=receiver,
            issued_on=confirmation.decided_on,
            note=note,
        )
        if confirmation.outcome is Outcome.VALID:
            periods.open_deadline(
                actor,
                PeriodKey.CONFIRM_OBJECT_PARTY,
                subject=served,
                dispute_id=confirmation.dispute_id,
                start=effective_on,
                note=party.name,
            )
        if Obstacle.NOT_ALL_SERVED not in reading.stands_in_the_way(actor, confirmation, "serve"):
            _all_served(actor, confirmation)
    return served


def _all_served(actor: Actor, confirmation: Confirmation) -> None:
    audit.advance(STEPS, "serve", actor, confirmation, outcome=confirmation.outcome)
    if confirmation.outcome is not Outcome.VALID:
        return
    dispute = db.session.get_one(Dispute, confirmation.dispute_id)
    periods.open_deadline(
        actor,
        PeriodKey.ENFORCE_APPLY,
        subject=confirmation,
        dispute_id=dispute.id,
        start=_performance_ends(confirmation),
    )
    if dispute.status is DisputeStatus.AGREED:
        disputes.close(actor, dispute, Closing.CONFIRMED)


def _performance_ends(confirmation: Confirmation) -> date:
    """The last day of performance, of instalments the last one; none fixed: when the ruling took effect (CPL 250)."""
    agreement = db.session.get_one(Agreement, confirmation.agreement_id)
    due = drafting.due_days(agreement)
    services = notices.services_of(confirmation.ruling_document_id) if confirmation.ruling_document_id else ()
    return due[-1] if due else max(service.effective_on for service in services)
