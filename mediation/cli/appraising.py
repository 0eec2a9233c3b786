"""An appraisal that a party of the demonstration asks for before the case is filed."""

from collections.abc import Sequence

from mediation.assignment.appraisal import services as appraisals
from mediation.assignment.appraisal.rules import AppraisalGroup
from mediation.assignment.models import Assignment
from mediation.disputes.models import Party
from mediation.kernel.actor import Actor


def apply(mediator: Actor, assignment: Assignment, parties: Sequence[Party]) -> None:
    """The first of the parties applies, all others consent, the second pays in advance."""
    told = appraisals.Application(
        parties[0].id, [party.id for party in parties], AppraisalGroup.OTHER, matter="损坏的原因和修复费用。",
        facts="双方对损坏的原因各执一词。", materials="照片五张；维修报价单。", prepaid_by_id=parties[1].id,
    )  # fmt: skip
    appraisals.apply(mediator, assignment, told)
