"""Applying for an appraisal before filing; the pause for it begins once the court has agreed (S17; S5 art. 26)."""

from collections.abc import Collection
from dataclasses import dataclass

from mediation.assignment import rules as assignments
from mediation.assignment.appraisal import documents, labels, rules
from mediation.assignment.appraisal.models import AppraisalApplication
from mediation.assignment.appraisal.rules import AppraisalGroup, Obstacle
from mediation.assignment.models import Assignment
from mediation.disputes import services as disputes
from mediation.kernel import audit, clock
from mediation.kernel.actor import Actor
from mediation.kernel.db import transaction
from mediation.kernel.errors import NotPermitted, refusal


@dataclass(frozen=True)
class Application:
    """What the applicant says."""

    applicant_id: int
    consenting: Collection[int]
    group: AppraisalGroup
    matter: str
    facts: str
    materials: str
    prepaid_by_id: int
    institution: str = ""


def require(actor: Actor, assignment: Assignment) -> None:
    """Refused unless an appraisal may be applied for now: whoever mediates takes it down, or the counter."""
    if not assignments.may_mediate_or_register(actor, assignment):
        raise NotPermitted("appraisal", article="S17 arts 2-4")
    if found := rules.obstacle(assignment.kind, assignment.status):
        raise refusal(found, labels, rules)


def apply(actor: Actor, assignment: Assignment, told: Application) -> AppraisalApplication:
    """Keep the application and put it on paper for the signatures and the court's answer."""
    require(actor, assignment)
    everybody = [party.id for party in disputes.parties(assignment.dispute_id)]
    consenting = sorted({*told.consenting} & {*everybody} - {told.applicant_id})
    if not rules.is_agreed(told.applicant_id, consenting, everybody):
        raise refusal(Obstacle.NOT_ALL, labels, rules)
    with transaction():
        made = AppraisalApplication(
            court_id=assignment.court_id,
            dispute_id=assignment.dispute_id,
            assignment_id=assignment.id,
            applicant_id=told.applicant_id,
            consented_by=consenting,
            group=told.group,
            matter=told.matter.strip(),
            facts=told.facts.strip(),
            materials=told.materials.strip(),
            institution=told.institution.strip(),
            prepaid_by_id=told.prepaid_by_id,
            applied_on=clock.today(),
            recorded_by_id=actor.id,
        )
        audit.record(actor, "apply", made, group=told.group)
        documents.application(actor, assignment, made)
    return made
