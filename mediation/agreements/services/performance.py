"""Performance: at signing or later, in full or in part; never typed as a flag, always summed (S3 art. 31; S5 art. 20)."""

from collections.abc import Sequence
from datetime import date

import sqlalchemy as sa

from mediation.agreements import labels, ledger, reports, rules
from mediation.agreements.ledger import Due
from mediation.agreements.models import Agreement, Clause, Performance
from mediation.agreements.rules import MONEY
from mediation.agreements.services.sources import Source, clauses
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


def acts(source: Source, rows: Sequence[Clause]) -> Sequence[Performance]:
    """What was performed of these clauses of an agreement or a document of the court, first to last."""
    own = {clause.id for clause in rows}
    kept = dossier.kept(Performance, source.dispute_id)
    if kept is not None:
        return sorted((p for p in kept if p.clause_id in own), key=lambda p: (p.on, p.id))
    found = sa.select(Performance).where(Performance.clause_id.in_(own))
    return db.session.scalars(found.order_by(Performance.on, Performance.id)).all()


def dues(source: Source) -> list[Due]:
    """The agreement, or the court's own document, as a ledger."""
    rows = clauses(source)
    return ledger.dues(rows, acts(source, rows))


def paid_fen(clause: Clause) -> int:
    """How much of a clause has been paid."""
    total = sa.select(sa.func.coalesce(sa.func.sum(Performance.amount_fen), 0))
    return int(db.session.scalar(total.where(Performance.clause_id == clause.id)) or 0)


def record(
    actor: Actor,
    source: Source,
    clause: Clause,
    *,
    on: date,
    amount_fen: int | None,
    evidence: str,
) -> Performance:
    """Write down a performance; a clause is performed when all of it is, an agreement when all its clauses are."""
    if not rules.may_record_performance(actor, source):
        raise NotPermitted("perform", article="S3 art. 31")
    _check(source, clause, on=on, amount_fen=amount_fen, evidence=evidence)
    with transaction():
        performance = Performance(
            court_id=source.court_id,
            dispute_id=source.dispute_id,
            clause_id=clause.id,
            on=on,
            amount_fen=amount_fen,
            evidence=evidence,
            at_signing=on == source.effective_on,
            recorded_by_id=actor.id,
        )
        audit.record(actor, "record", performance, clause=clause.position, on=on)
        db.session.flush()
        if clause.kind not in MONEY or paid_fen(clause) == clause.amount_fen:
            clause.performed_on = on
            audit.record(actor, "perform", clause, on=on)
        if is_performed(source):
            _nothing_to_enforce(actor, source)
    return performance


def _nothing_to_enforce(actor: Actor, source: Source) -> None:
    """Everything was performed: the two years in which enforcement may be applied for matter no more (CPL art. 250)."""
    for deadline in periods.of_dispute(source.dispute_id, running_only=True):
        if deadline.key is PeriodKey.ENFORCE_APPLY:
            periods.cancel(actor, deadline, "perform")


def _check(source: Source, clause: Clause, *, on: date, amount_fen: int | None, evidence: str) -> None:
    effective_on = source.effective_on
    if effective_on is None:
        raise DomainError(labels.NOT_EFFECTIVE, article="S3 art. 31")
    if on > clock.today() or on < effective_on:
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


def is_performed(source: Source) -> bool:
    """Every clause has been performed in full."""
    return all(c.performed_on is not None for c in clauses(source))


def close_performed(actor: Actor, agreement: Agreement) -> None:
    """Everything was performed: the dispute is closed (R3-13)."""
    dispute = db.session.get_one(Dispute, agreement.dispute_id)
    if not is_performed(agreement):
        raise DomainError(labels.NOT_PERFORMED, article="S3 art. 31")
    if dispute.status is not DisputeStatus.AGREED:
        raise DomainError(labels.NOT_EFFECTIVE)
    with transaction():
        disputes.close(actor, dispute, Closing.PERFORMED)
        rows = clauses(agreement)
        reports.performance_record(actor, agreement, list(rows), list(acts(agreement, rows)))
