"""The joint application: received with its papers, accepted or not within three days (CPL 205; S7 art. 4)."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa

from mediation.accounts.models import User
from mediation.agreements.models import Agreement
from mediation.confirmation import documents, obstacles, rules
from mediation.confirmation.models import Confirmation
from mediation.confirmation.obstacles import ApplyFacts
from mediation.confirmation.rules import STEPS, Exclusion, Form, Material, Obstacle, Outcome
from mediation.confirmation.services import reading
from mediation.confirmation.services.ruling import decide
from mediation.disputes import services as disputes
from mediation.disputes.models import CaseNumber, Dispute, Participation, Party
from mediation.disputes.rules import AgentKind, Authority, Capacity, Confirming, confirm_type_code
from mediation.kernel import audit, clock, states
from mediation.kernel.actor import Actor
from mediation.kernel.db import db, transaction
from mediation.kernel.errors import NotPermitted
from mediation.periods import services as periods
from mediation.periods.table import PeriodKey


@dataclass(frozen=True)
class Applicant:
    """One party who applies: in person, or through an agent."""

    party_id: int
    agent_id: int | None = None


def apply(
    actor: Actor,
    dispute: Dispute,
    *,
    applicants: Sequence[Applicant],
    form: Form = Form.WRITTEN,
    received_on: date | None = None,
    posted_on: date | None = None,
    materials: Collection[Material] = (),
    title_concerned: bool = False,
) -> Confirmation:
    """The parties apply together (R3-70, R3-71): application and undertaking are printed, three days begin."""
    if not rules.may_register(actor, dispute):
        raise NotPermitted("apply", article="CPL art. 205")
    received = received_on or clock.today()
    agreement = reading.agreement_of(dispute.id)
    facts = _apply_facts(dispute, agreement, applicants, received, posted_on)
    for found in obstacles.apply_obstacles(facts):
        reading.refuse(found, agreement=agreement, field=FIELD_OF.get(found, ""))
    if agreement is None:
        reading.refuse(Obstacle.NOT_EFFECTIVE)
    with transaction():
        made = Confirmation(
            court_id=dispute.court_id,
            dispute_id=dispute.id,
            agreement_id=agreement.id,
            form=form,
            applied_by=[{"party_id": a.party_id, "agent_id": a.agent_id} for a in applicants],
            applied_on=received,
            posted_on=posted_on,
            materials=_in_order(materials),
            title_concerned=title_concerned,
            diverted_by_id=_diverted_by(dispute),
            mediator_user_id=_mediator_user(agreement),
            clerk_id=actor.id,
        )
        audit.record(actor, "apply", made, agreement=agreement.id, form=form, received=received, posted=posted_on)
        disputes.note_confirmation(actor, dispute, Confirming.PENDING)
        periods.meet(actor, agreement, PeriodKey.CONFIRM_APPLY, posted_on or received)
        periods.open_deadline(actor, PeriodKey.CONFIRM_ACCEPT, subject=made, dispute_id=dispute.id, start=received)
        documents.application(actor, made)
        documents.undertaking(actor, made)
    return made


FIELD_OF = {
    Obstacle.LATE: "received_on",
    Obstacle.RECEIVED_IN_FUTURE: "received_on",
    Obstacle.NOT_JOINT: "applicants",
    Obstacle.NO_AUTHORITY: "applicants",
}


def _apply_facts(
    dispute: Dispute, agreement: Agreement | None, applicants: Sequence[Applicant], received: date, posted: date | None
) -> ApplyFacts:
    parties = disputes.parties(dispute.id)
    return ApplyFacts(
        effective_on=agreement.effective_on if agreement else None,
        apply_until=reading.last_day(agreement) if agreement else None,
        received_on=received,
        posted_on=posted,
        today=clock.today(),
        parties=frozenset(p.id for p in parties),
        applied_by=frozenset(a.party_id for a in applicants),
        unauthorised=frozenset(_unauthorised(parties, applicants)),
        cause_excluded=reading.exclusion_of(dispute) is not None,
        pending=agreement is not None and reading.pending(agreement.id),
        sued=disputes.is_filed(dispute),
    )


def _unauthorised(parties: Sequence[Party], applicants: Sequence[Applicant]) -> list[int]:
    """Parties whose agent may not apply for them: not theirs, or without special authority (S2 art. 351; CPL 62)."""
    agents = {agent.id: agent for party in parties for agent in party.agents}
    found = []
    for applicant in applicants:
        agent = agents.get(applicant.agent_id) if applicant.agent_id else None
        entitled = agent is not None and (agent.authority is Authority.SPECIAL or agent.kind is AgentKind.STATUTORY)
        if applicant.agent_id and not (agent and agent.party_id == applicant.party_id and entitled):
            found.append(applicant.party_id)
    return found


def _diverted_by(dispute: Dispute) -> int:
    """Who sent the dispute to mediation; otherwise who received it."""
    diverted = sa.select(Participation.user_id).where(
        Participation.dispute_id == dispute.id,
        Participation.capacity == Capacity.DIVERTED,
        Participation.user_id.is_not(None),
    )
    return db.session.scalar(diverted.order_by(Participation.id.desc()).limit(1)) or dispute.received_by_id


def _mediator_user(agreement: Agreement) -> int | None:
    """The account of the mediator who made the agreement, when there is one."""
    mediator_id = reading.assignment_of(agreement).mediator_id
    if mediator_id is None:
        return None
    return db.session.scalar(sa.select(User.id).where(User.mediator_id == mediator_id))


def _in_order(materials: Collection[Material]) -> list[str]:
    return [material.value for material in Material if material in materials]


def receive_materials(
    actor: Actor, confirmation: Confirmation, materials: Collection[Material], *, title_concerned: bool
) -> None:
    """Record which papers are there by now."""
    states.check(STEPS, "receive_materials", actor, confirmation)
    with transaction(), db.session.no_autoflush:
        confirmation.materials = _in_order(materials)
        confirmation.title_concerned = title_concerned
        audit.advance(STEPS, "receive_materials", actor, confirmation, materials=confirmation.materials)


def order_materials(actor: Actor, confirmation: Confirmation, *, due: date) -> None:
    """Order the papers that are still missing, all in one notice, within a set time (S2 art. 354)."""
    states.check(STEPS, "order_materials", actor, confirmation)
    for found in reading.stands_in_the_way(actor, confirmation, "order_materials", supplement_due=due):
        reading.refuse(found, field="due")
    wanted = reading.missing(confirmation)
    with transaction():
        with db.session.no_autoflush:
            confirmation.supplement = "；".join(documents.MATERIAL_TEXT[m] for m in wanted)
            confirmation.supplement_due = due
            audit.advance(STEPS, "order_materials", actor, confirmation, due=due, missing=wanted)
        documents.supplement_notice(actor, confirmation)


def accept(actor: Actor, confirmation: Confirmation) -> CaseNumber:
    """Accept the application: it falls to this judge, gets its number, and the time to decide begins (R3-73)."""
    states.check(STEPS, "accept", actor, confirmation)
    agreement = db.session.get_one(Agreement, confirmation.agreement_id)
    for found in reading.stands_in_the_way(actor, confirmation, "accept"):
        reading.refuse(found, agreement=agreement)
    today = clock.today()
    with transaction():
        dispute = db.session.get_one(Dispute, confirmation.dispute_id)
        number = disputes.give_number(actor, dispute, confirm_type_code(today, dispute.route), today)
        with db.session.no_autoflush:
            confirmation.judge_id, confirmation.accepted_on = actor.id, today
            confirmation.case_number_id = number.id
            confirmation.supplement, confirmation.supplement_due = "", None
            audit.advance(STEPS, "accept", actor, confirmation, number=number.canonical)
        disputes.participate(actor, dispute, Capacity.CONFIRMED, user_id=actor.id)
        periods.meet(actor, confirmation, PeriodKey.CONFIRM_ACCEPT)
        for key in (PeriodKey.CONFIRM_DECIDE_TARGET, PeriodKey.CONFIRM_DECIDE_STAT):
            periods.open_deadline(actor, key, subject=confirmation, dispute_id=dispute.id, start=today)
        documents.acceptance(actor, confirmation)
    return number


def not_accept(
    actor: Actor, confirmation: Confirmation, *, exclusion: Exclusion | None, reason: str, password: str
) -> None:
    """Rule that the application is not accepted (S2 art. 355; lateness: CPL 205)."""
    decide(
        actor,
        confirmation,
        "not_accept",
        Outcome.NOT_ACCEPTED,
        password=password,
        reason=reason,
        exclusion=exclusion,
    )
