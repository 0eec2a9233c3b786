"""An oral agreement: nobody wants it in writing, and the mediator writes down what was agreed (S3 art. 28; S4 art. 23)."""

from collections.abc import Sequence

from mediation.agreements import documents, labels, rules
from mediation.agreements.models import Agreement
from mediation.agreements.rules import AGREEMENT_STEPS, OralObstacle
from mediation.agreements.services import drafting, signing
from mediation.kernel import audit, clock, states
from mediation.kernel.actor import Actor
from mediation.kernel.db import transaction
from mediation.kernel.errors import DomainError
from mediation.roster.rules import OrganisationKind


def obstacles(agreement: Agreement) -> Sequence[OralObstacle]:
    """What stands in the way of leaving this agreement oral."""
    _mediator, organisation = drafting.conductor(agreement.assignment)
    return rules.oral_obstacles(
        agreement.assignment.kind,
        committee=organisation is not None and organisation.kind is OrganisationKind.PEOPLES_COMMITTEE,
        guarantor=bool(agreement.guarantor),
        confirmation=agreement.confirmation_planned,
    )


def agree(actor: Actor, agreement: Agreement) -> None:
    """Record the agreement as oral.

    Before a people's mediation committee it is in effect from this day (S3 art. 30); what a court delegated takes effect
    when the record is signed (S4 art. 24).
    """
    signed = rules.oral_is_signed(agreement.assignment.kind)
    states.check(AGREEMENT_STEPS, "put_up" if signed else "agree_orally", actor, agreement)
    for found in obstacles(agreement):
        raise DomainError(
            labels.ORAL_OBSTACLE[found], article=rules.ORAL_OBSTACLE_ARTICLE[found], remedy=labels.ORAL_REMEDY[found]
        )
    if signed:
        drafting.put_up(actor, agreement, oral=True)
        return
    drafting.require_unobjected(agreement)
    with transaction():
        agreement.oral, agreement.effective_on = True, clock.today()
        audit.advance(AGREEMENT_STEPS, "agree_orally", actor, agreement, effective_on=agreement.effective_on)
        agreement.document_id = documents.oral_agreement(actor, agreement, drafting.clauses(agreement)).id
        signing.follow(actor, agreement)
