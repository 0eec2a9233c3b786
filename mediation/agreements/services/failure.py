"""No agreement: the report, the return of material, and the packet that leaves confidential material behind."""

import sqlalchemy as sa

from mediation.agreements import documents, labels, rules
from mediation.agreements.models import Agreement, FailureReport, TransferPacket
from mediation.agreements.rules import AGREEMENT_STEPS, AgreementStatus
from mediation.assignment import services as assignments
from mediation.assignment.models import Assignment
from mediation.assignment.rules import EndCode
from mediation.documents.models import Document
from mediation.documents.rules import Folder
from mediation.kernel import audit, clock, dossier
from mediation.kernel.actor import Actor, Role
from mediation.kernel.db import db, transaction
from mediation.kernel.errors import DomainError, NotPermitted


def of_assignment(assignment_id: int) -> FailureReport | None:
    """The report of a mediation that ended without agreement."""
    return db.session.scalar(sa.select(FailureReport).where(FailureReport.assignment_id == assignment_id))


def packet_of(assignment_id: int) -> TransferPacket | None:
    """The material handed back to the court."""
    kept = dossier.beside(TransferPacket, "assignment", assignment_id)
    if kept is not None:
        return next((packet for packet in kept if packet.assignment_id == assignment_id), None)
    return db.session.scalar(sa.select(TransferPacket).where(TransferPacket.assignment_id == assignment_id))


def report(
    actor: Actor,
    assignment: Assignment,
    *,
    code: EndCode,
    course: str,
    reasons: str,
    cost_behaviour: str,
    alerts: str,
    material_returned: str,
) -> FailureReport:
    """End the mediation without agreement, report in writing, hand the material back (S4 art. 26; S5 art. 21)."""
    if not rules.may_conduct(actor, assignment):
        raise NotPermitted("report", article="S4 art. 26")
    if code is EndCode.UNSIGNED and not _has_unsigned(assignment):
        raise DomainError(labels.NO_UNSIGNED_AGREEMENT, article="S4 art. 26", field="code")
    with transaction():
        _drop_drafts(actor, assignment)
        made = FailureReport(
            court_id=assignment.court_id,
            dispute_id=assignment.dispute_id,
            assignment_id=assignment.id,
            code=code,
            course=course,
            reasons=reasons,
            cost_behaviour=cost_behaviour,
            alerts=alerts,
            material_returned=material_returned,
            reported_on=clock.today(),
        )
        audit.record(actor, "report", made, code=code)
        assignments.end(actor, assignment, code, reason=reasons)
        documents.failure_record(actor, assignment, made)
        make_packet(actor, assignment)
    return made


def _has_unsigned(assignment: Assignment) -> bool:
    found = sa.select(Agreement.id).where(
        Agreement.assignment_id == assignment.id,
        Agreement.status.in_((AgreementStatus.SIGNING, AgreementStatus.NOT_SIGNED)),
    )
    return db.session.scalar(found.limit(1)) is not None


def _drop_drafts(actor: Actor, assignment: Assignment) -> None:
    """An agreement nobody could sign any more is marked as not signed."""
    drafts = sa.select(Agreement).where(
        Agreement.assignment_id == assignment.id,
        Agreement.status.in_((AgreementStatus.DRAFT, AgreementStatus.SIGNING)),
    )
    for agreement in db.session.scalars(drafts):
        audit.advance(AGREEMENT_STEPS, "leave_unsigned", actor, agreement)


def make_packet(actor: Actor, assignment: Assignment) -> TransferPacket:
    """Collect what may go to the court; name what stays behind (DOMAIN 3.9; R2-29)."""
    made = db.session.execute(
        sa.select(Document.id, Document.kind, Document.title, Document.party, Document.folder)
        .where(Document.dispute_id == assignment.dispute_id)
        .order_by(Document.id)
    ).all()
    handed = [
        {"id": i, "title": title, "party": party}
        for i, _kind, title, party, folder in made
        if folder is Folder.COURT_TRANSFERABLE
    ]
    kept = [{"title": title} for _i, _kind, title, _party, folder in made if folder is Folder.MEDIATION_CONFIDENTIAL]
    with transaction():
        packet = TransferPacket(
            court_id=assignment.court_id,
            dispute_id=assignment.dispute_id,
            assignment_id=assignment.id,
            handed_over=handed,
            withheld=kept,
        )
        audit.record(actor, "make", packet, handed_over=len(handed), withheld=len(kept))
        documents.transfer_letter(actor, assignment, packet)
    return packet


def receive(actor: Actor, packet: TransferPacket) -> None:
    """The registry signs for the material."""
    if not actor.has(Role.CLERK, Role.TRIAGE) or packet.court_id != actor.court_id:
        raise NotPermitted("receive", article="S5 art. 21")
    if packet.received_at is not None:
        raise DomainError(labels.ALREADY_RECEIVED)
    with transaction():
        packet.received_by_id, packet.received_at = actor.id, clock.now()
        audit.record(actor, "receive", packet)
