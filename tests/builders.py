"""Builders of legal states: each calls the services a person would use. Every stage adds its own here."""

from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from mediation.accounts.models import User
from mediation.agreements.guard import ClauseFacts
from mediation.agreements.models import Agreement, MediationSession
from mediation.agreements.rules import ClauseKind, Duty, Method, SignManner
from mediation.agreements.services import drafting, sessions, signing
from mediation.agreements.services.drafting import Draft
from mediation.assignment import services as assignments
from mediation.assignment.models import Assignment
from mediation.assignment.rules import Choice
from mediation.disputes import services as disputes
from mediation.disputes.models import Dispute
from mediation.disputes.rules import IdType, PartyKind, PartyRole, Source
from mediation.disputes.services import PartyData
from mediation.intake import services as intake
from mediation.intake.rules import Answer
from mediation.intake.services import ConsentData
from mediation.kernel import clock
from mediation.kernel.actor import Actor
from mediation.kernel.db import db
from mediation.roster.models import Mediator
from mediation.scheduling import services as scheduling

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


def party_ids(dispute_id: int) -> list[int]:
    """The parties of a dispute, applicants first."""
    return [party.id for party in disputes.parties(dispute_id)]


def someone(login: str) -> User:
    """A person of the prepared court."""
    return db.session.scalars(sa.select(User).where(User.login == login)).one()


def make_assignment(clerk: Actor, dispute: Dispute | None = None, mediator: str = "王调解") -> Assignment:
    """Handed to a mediator, not yet accepted."""
    dispute = dispute or make_consented(clerk)
    chosen = db.session.scalars(sa.select(Mediator).where(Mediator.name == mediator)).one()
    return assignments.issue(
        clerk, dispute, choice=Choice.DESIGNATED, mediator_id=chosen.id, reason="当事人要求由熟悉情况的调解员调解。"
    )


def accepted_assignment(clerk: Actor, mediator: Actor, dispute: Dispute | None = None) -> Assignment:
    """Accepted: the period runs."""
    assignment = make_assignment(clerk, dispute)
    assignments.accept(mediator, assignment)
    return assignment


def entrusted_assignment(clerk: Actor, mediator: Actor, **over: Any) -> Assignment:
    """Filed, entrusted by the court, and signed for by the mediator: mediation after filing (S12)."""
    dispute = make_consented(clerk, **over)
    intake.file_now(clerk, dispute)
    return accepted_assignment(clerk, mediator, dispute)


def planned_session(mediator: Actor, assignment: Assignment) -> MediationSession:
    """A session in the next free room."""
    parties = [p.id for p in disputes.parties(assignment.dispute_id)]
    free = scheduling.free_times(mediator, mediator_ids=(assignment.mediator_id,), party_ids=parties, limit=1)[0]
    made = sessions.plan(
        mediator,
        assignment,
        starts_at=free.span.starts_at,
        ends_at=free.span.ends_at,
        resource_id=free.resource_id,
        method=Method.ON_SITE,
    )
    return sessions.get(mediator, made.id)


def open_session(mediator: Actor, assignment: Assignment) -> MediationSession:
    """Everybody is present, identified and told."""
    session = planned_session(mediator, assignment)
    present = {a.id: (True, True) for a in session.attendances}
    sessions.open_session(mediator, session, present=present, duties=set(Duty), other_day="各方到场，同意当日调解。")
    return session


def drafted_agreement(mediator: Actor, assignment: Assignment) -> Agreement:
    """Two clauses: the lease ends, part of the rent is paid back."""
    tenant, landlord = disputes.parties(assignment.dispute_id)[:2]
    made = drafting.start(
        mediator, assignment, Draft(facts="双方租赁房屋，因灯泡、浴霸维修发生争议。", costs="各自负担。")
    )
    due = clock.today() + timedelta(days=14)
    ends = ClauseFacts(0, ClauseKind.END_CONTRACT, landlord.id, tenant.id, text="房屋租赁合同", due_on=due)
    pays = ClauseFacts(
        0, ClauseKind.PAY, landlord.id, tenant.id, amount_fen=120_000, due_on=due, account="刘某，某银行，6222"
    )
    for clause in (ends, pays):
        drafting.write_clause(mediator, made, clause)
    return made


def signed_agreement(
    clerk: Actor, mediator: Actor, dispute: Dispute | None = None, *, at: datetime | None = None
) -> Agreement:
    """In effect: signed by all, the organisation's seal last."""
    assignment = accepted_assignment(clerk, mediator, dispute)
    open_session(mediator, assignment)
    made = drafted_agreement(mediator, assignment)
    drafting.put_up(mediator, made)
    for signature in signing.wanted(made):
        signing.sign(mediator, made, signature, manner=SignManner.HANDWRITTEN, at=at or clock.now())
    return made
