"""Filing a case (CPL art. 126), and mediation before its trial (S12)."""

from typing import TYPE_CHECKING

import sqlalchemy as sa

from mediation.accounts.models import User
from mediation.disputes import services as disputes
from mediation.disputes.models import Dispute, Participation
from mediation.disputes.rules import Capacity
from mediation.disputes.rules import Status as DisputeStatus
from mediation.documents import services as documents
from mediation.kernel import audit, clock
from mediation.kernel.actor import Actor
from mediation.kernel.db import db, transaction
from mediation.kernel.errors import NotPermitted
from mediation.litigation import documents as papers
from mediation.litigation import rules
from mediation.litigation.defence import keeping as defence
from mediation.litigation.models import LitigationCase
from mediation.litigation.preservation import keeping
from mediation.litigation.rules import Procedure
from mediation.litigation.services.reading import dispute_of
from mediation.periods import services as periods

if TYPE_CHECKING:
    from mediation.disputes.models import CaseNumber

FIRST_INSTANCE = "民初"


def file_case(actor: Actor, dispute: Dispute) -> LitigationCase:
    """Register the case: number, decision within the seven days, trial limit from this day, notice of acceptance."""
    if not rules.may_file(actor, dispute.court_id):
        raise NotPermitted("file", article="CPL art. 126")
    today = clock.today()
    with transaction():
        disputes.move(actor, dispute, "file")
        number = disputes.give_number(actor, dispute, FIRST_INSTANCE, today)
        case = LitigationCase(
            court_id=dispute.court_id,
            dispute_id=dispute.id,
            case_number_id=number.id,
            filed_on=today,
            filed_by_id=actor.id,
            procedure=Procedure.SUMMARY,
            mediator_user_id=mediator_user(dispute.id),
        )
        audit.record(actor, "file", case, number=number.canonical, on=today)
        periods.open_deadline(
            actor, rules.TRIAL_LIMIT[case.procedure], subject=case, dispute_id=dispute.id, start=today
        )
        defence.filed(actor, case)
        keeping.filed(actor, dispute, today)
        _notify(actor, case, dispute, number)
    return case


def _notify(actor: Actor, case: LitigationCase, dispute: Dispute, number: "CaseNumber") -> None:
    documents.request(
        actor,
        kind="filing_notice",
        subject=case,
        dispute_id=dispute.id,
        title=papers.FILING_NOTICE,
        number=number.canonical,
        sealed=True,
        data=papers.filing_notice(case, dispute, disputes.parties(dispute.id)),
    )


def mediator_user(dispute_id: int) -> int | None:
    """The account of who mediated the dispute: kept on the case, so that the database can keep the judge apart."""
    wanted = (
        sa.select(User.id)
        .join(
            Participation,
            sa.or_(Participation.user_id == User.id, Participation.mediator_id == User.mediator_id),
        )
        .where(Participation.dispute_id == dispute_id, Participation.capacity == Capacity.MEDIATED)
    )
    return db.session.scalar(wanted.order_by(Participation.id.desc()).limit(1))


def begin_prior_mediation(actor: Actor, case: LitigationCase) -> None:
    """The parties agreed to mediation before trial; no fee is demanded meanwhile (R3-40)."""
    with transaction():
        case.mediator_user_id = mediator_user(case.dispute_id) or case.mediator_user_id
        audit.advance(rules.STEPS, "begin_mediation", actor, case)


def end_prior_mediation(actor: Actor, case: LitigationCase, *, agreed: bool) -> None:
    """Mediation before trial is over. Agreed: the case waits for its closing. Not agreed: the trial goes on (R3-44)."""
    with transaction():
        case.mediator_user_id = mediator_user(case.dispute_id) or case.mediator_user_id
        if agreed:
            if not rules.may_report(actor, case):
                raise NotPermitted("end_mediation", article="S4 art. 26")
            case.agreed_on = clock.today()
            audit.record(actor, "agree", case, on=case.agreed_on)
            return
        audit.advance(rules.STEPS, "end_mediation", actor, case)
        if rules.may_entrust(actor, case):
            resume_trial(actor, case)


def resume_trial(actor: Actor, case: LitigationCase) -> None:
    """A dispute whose mediation failed stands as a filed one again."""
    dispute = dispute_of(case)
    if dispute.status is DisputeStatus.NOT_AGREED:
        disputes.move(actor, dispute, "resume_trial")
