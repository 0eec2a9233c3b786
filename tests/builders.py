"""Builders of legal states: each calls the services a person would use. Every stage adds its own here."""

from typing import Any

from mediation.disputes import services as disputes
from mediation.disputes.models import Dispute
from mediation.disputes.rules import IdType, PartyKind, PartyRole, Source
from mediation.disputes.services import PartyData
from mediation.intake import services as intake
from mediation.intake.rules import Answer
from mediation.intake.services import ConsentData
from mediation.kernel.actor import Actor

TENANCY = "4.10.116.2"
# Synthetic identity numbers: right check digits, nobody's.
TENANT_ID, LANDLORD_ID, THIRD_ID = "370102199003071238", "370103196512310017", "370102200002290020"


def a_tenant(**over: Any) -> PartyData:
    """The tenant of the story."""
    told = {"role": PartyRole.APPLICANT, "name": "刘某", "id_type": IdType.RESIDENT, "id_no": TENANT_ID,
            "phone": "13800000001", "domicile": "济南市历下区样例路1号"}  # fmt: skip
    return PartyData(**(told | over))


def a_landlord(**over: Any) -> PartyData:
    """The landlord of the story."""
    told = {"role": PartyRole.RESPONDENT, "name": "汪某", "id_type": IdType.RESIDENT, "id_no": LANDLORD_ID,
            "phone": "13800000002", "domicile": "济南市市中区样例街2号"}  # fmt: skip
    return PartyData(**(told | over))


def a_company(**over: Any) -> PartyData:
    """A company with a valid social credit code."""
    told = {"role": PartyRole.RESPONDENT, "name": "济南样例物业有限公司", "kind": PartyKind.ORGANISATION,
            "id_type": IdType.USCC, "id_no": "91370102MA3C00003L", "representative": "丁某",
            "representative_title": "执行董事", "phone": "0531-12345678"}  # fmt: skip
    return PartyData(**(told | over))


def make_dispute(actor: Actor, **over: Any) -> Dispute:
    """A dispute just received, with its complaint: the tenancy of the story (bulb and bath heater)."""
    told: dict[str, Any] = {
        "source": Source.WINDOW,
        "cause_code": TENANCY,
        "claims": "请求解除房屋租赁合同，退还剩余租金。",
        "facts": "出租屋灯泡、浴霸损坏，双方对维修费用各执一词，申请人要求退租。",
        "evidence": "房屋租赁合同；转账记录；照片三张",
        "amount_fen": 120000,
        "has_complaint": True,
        "parties": [a_tenant(), a_landlord()],
    }
    return disputes.create(actor, **(told | over))


def make_screened(actor: Actor, **over: Any) -> Dispute:
    """A dispute found suitable for mediation."""
    dispute = make_dispute(actor, **over)
    intake.screen(actor, dispute)
    return dispute


def make_guided(actor: Actor, **over: Any) -> Dispute:
    """Every party has been handed the notice."""
    dispute = make_screened(actor, **over)
    intake.guide(actor, dispute)
    return dispute


def make_consented(actor: Actor, *answers: Answer, outside: bool = False, **over: Any) -> Dispute:
    """The parties have answered, in the order applicants, respondents; all agree when nothing is said."""
    dispute = make_guided(actor, **over)
    people = disputes.parties(dispute.id)
    given = [
        ConsentData(party.id, answer, chooses_outside=outside and party.role is PartyRole.APPLICANT)
        for party, answer in zip(people, answers or (Answer.AGREES,) * len(people), strict=False)
    ]
    intake.record_consents(actor, dispute, given)
    return dispute


__all__ = [
    "TENANCY",
    "a_company",
    "a_landlord",
    "a_tenant",
    "make_consented",
    "make_dispute",
    "make_guided",
    "make_screened",
]
