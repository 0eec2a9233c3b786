"""Performance: at signing or later, in full or in part; never typed as a flag, always summed (S3 art. 31; S5 art. 20)."""

from collections.abc import Sequence
from datetime import date

import sqlalchemy as sa

from mediation.agreements import labels, ledger, reports, rules
from mediation.agreements.ledger import Due
from mediation.agreements.models import Agreement, Clause, Performance
from mediation.agreements.rules import MONEY, AgreementStatus
from mediation.agreements.services import drafting
from mediation.disputes import services as disputes
from mediation.disputes.models import Dispute
from mediation.disputes.rules import Closing
from mediation.disputes.rules import Status as DisputeStatus
from mediation.kernel import audit, clock, dossier
from mediation.kernel.actor import Actor
from mediation.kernel.db import db, transaction
from mediation.kernel.errors import DomainError, NotPermitted
from mediation.periods import services as periods
from mediation.periods.table import PeriodKey


def of_agreement(agreement: Agreement) -> Sequence[Performance]:
    """What was performed, first to last."""
    kept = dossier.kept(Performance, agreement.dispute_id)
    if kept is not None:
        own = {clause.id for clause in drafting.clauses(agreement)}
        return sorted((p for p in kept if p.clause_id in own), key=lambda p: (p.on, p.id))
    found = sa.select(Performance).join(Clause, Clause.id == Performance.clause_id)
    return db.session.scalars(
        found.where(Clause.agreement_id == agreement.id).order_by(Performance.on, Performance.id)
    ).all()


def dues(agreement: Agreement) -> list[Due]:
    """The agreement as a ledger."""
    return ledger.dues(drafting.clauses(agreement), of_agreement(agreement))


def paid_fen(clause: Clause) -> int:
    """How much of a clause has been paid."""
    total = sa.select(sa.func.coalesce(sa.func.sum(Performance.amount_fen), 0))
    return int(db.session.scalar(total.where(Performance.clause_id == clause.id)) or 0)


def record(
    actor: Actor,
    agreement: Agreement,
    clause: Clause,
    *,
    on: date,
    amount_fen: int | None,
    evidence: str,
) -> Performance:
    """Write down a performance; a clause is performed when all of it is, an agreement when all its clauses are."""
    if not rules.may_record_performance(actor, agreement):
        raise NotPermitted("perform", article="S3 art. 31")
    _check(agreement, clause, on=on, amount_fen=amount_fen, evidence=evidence)
    with transaction():
        performance = Performance(
            court_id=agreement.court_id,
            dispute_id=agreement.dispute_id,
            clause_id=clause.id,
            on=on,
            amount_fen=amount_fen,
            evidence=evidence,
            at_signing=on == agreement.effective_on,
            recorded_by_id=actor.id,
        )
        audit.record(actor, "record", performance, clause=clause.position, on=on)
        db.session.flush()
        if clause.kind not in MONEY or paid_fen(clause) == clause.amount_fen:
            clause.performed_on = on
            audit.record(actor, "perform", clause, on=on)
        if is_performed(agreement):
            _nothing_to_enforce(actor, agreement)
    return performance


def _nothing_to_enforce(actor: Actor, agreement: Agreement) -> None:
    """Everything was performed: the two years in which enforcement may be applied for matter no more (CPL art. 250)."""
    for deadline in periods.of_dispute(agreement.dispute_id, running_only=True):
        if deadline.key is PeriodKey.ENFORCE_APPLY:
            periods.cancel(actor, deadline, "perform")


def _check(agreement: Agreement, clause: Clause, *, on: date, amount_fen: int | None, evidence: str) -> None:
    if agreement.status is not AgreementStatus.EFFECTIVE or agreement.effective_on is None:
        raise DomainError(labels.NOT_EFFECTIVE, article="S3 art. 31")
    if on > clock.today() or on < agreement.effective_on:
        raise DomainError(labels.PERFORMED_WHEN, field="on")
    if clause.performed_on is not None:
        raise DomainError(labels.ALREADY_PERFORMED)
    if not evidence.strip():
        raise DomainError(labels.NO_EVIDENCE, article="S5 art. 20", field="evidence")
    if clause.kind in MONEY:
        if not amount_fen:
            raise DomainError(labels.AMOUNT_NEEDED, field="amount_fen")
        if paid_fen(clause) + amount_fen > (clause.amount_fen or 0):
            raise DomainError(labels.TOO_MUCH, field="amount_fen")


def is_performed(agreement: Agreement) -> bool:
    """Every clause has been performed in full."""
    return all(c.performed_on is not None for c in drafting.clauses(agreement))


def close_performed(actor: Actor, agreement: Agreement) -> None:
    """Everything was performed: the dispute is closed (R3-13)."""
    dispute = db.session.get_one(Dispute, agreement.dispute_id)
    if not is_performed(agreement):
        raise DomainError(labels.NOT_PERFORMED, article="S3 art. 31")
    if dispute.status is not DisputeStatus.AGREED:
        raise DomainError(labels.NOT_EFFECTIVE)
    with transaction():
        disputes.close(actor, dispute, Closing.PERFORMED)
        reports.performance_record(actor, agreement, list(drafting.clauses(agreement)), list(of_agreement(agreement)))
