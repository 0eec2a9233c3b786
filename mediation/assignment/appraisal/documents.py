"""诉前鉴定申请书 on paper (DOMAIN 5.3-12, 5.4-12; S17)."""

from mediation.accounts import services as accounts
from mediation.assignment import documents as papers
from mediation.assignment.appraisal.models import AppraisalApplication
from mediation.assignment.appraisal.rules import AppraisalGroup
from mediation.assignment.models import Assignment
from mediation.disputes import services as disputes
from mediation.disputes.models import Dispute
from mediation.documents import services as library
from mediation.documents.models import Document
from mediation.kernel.actor import Actor
from mediation.kernel.db import db
from mediation.roster.models import Mediator, Organisation

GROUP = {
    AppraisalGroup.TRAFFIC: "机动车交通事故责任纠纷",
    AppraisalGroup.MEDICAL: "医疗损害责任纠纷",
    AppraisalGroup.PROPERTY: "财产损害赔偿纠纷",
    AppraisalGroup.CONSTRUCTION: "建设工程合同纠纷",
    AppraisalGroup.LABOUR_SERVICE: "劳务合同纠纷",
    AppraisalGroup.PRODUCT: "产品责任纠纷",
    AppraisalGroup.SALE: "买卖合同纠纷",
    AppraisalGroup.INJURY: "生命权、身体权、健康权纠纷",
    AppraisalGroup.OTHER: "其他需要鉴定的纠纷",
}


def application(actor: Actor, assignment: Assignment, made: AppraisalApplication) -> Document:
    """What is to be appraised, on which material, who pays in advance, who consents; the court's answer is written below."""
    dispute = db.session.get_one(Dispute, assignment.dispute_id)
    names = {party.id: party.name for party in disputes.parties(dispute.id)}
    mediator = db.session.get(Mediator, assignment.mediator_id) if assignment.mediator_id else None
    body = db.session.get(Organisation, assignment.organisation_id) if assignment.organisation_id else None
    return library.request(
        actor,
        kind="appraisal_application",
        subject=made,
        dispute_id=dispute.id,
        title="诉前鉴定申请书",
        number=papers.number(dispute),
        data={
            "court": accounts.court(dispute.court_id).name,
            "title_of_dispute": papers.called(dispute),
            "cause": dispute.cause.name,
            "mediator": mediator.name if mediator else body.name if body else "",
            "applicant": names[made.applicant_id],
            "others": [name for party_id, name in names.items() if party_id != made.applicant_id],
            "group": GROUP[made.group],
            "matter": made.matter,
            "facts": made.facts,
            "materials": made.materials,
            "institution": made.institution,
            "prepaid_by": names[made.prepaid_by_id],
            "applied_on": made.applied_on.isoformat(),
        },
    )
