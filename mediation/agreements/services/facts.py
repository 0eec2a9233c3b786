"""Undisputed facts: only what all parties confirm in writing (S25 art. 24; S5 art. 22)."""

from collections.abc import Sequence

import sqlalchemy as sa

from mediation.agreements import documents, labels, rules
from mediation.agreements.models import UndisputedFact
from mediation.assignment.models import Assignment
from mediation.disputes import services as disputes
from mediation.kernel import audit, clock
from mediation.kernel.actor import Actor
from mediation.kernel.db import db, transaction
from mediation.kernel.errors import DomainError, NotPermitted

# DOMAIN 5.4-9: an offer, concession or responsibility statement never belongs here (S4 art. 22).
OFFER_WORDS = ("愿意", "同意支付", "让步", "承担责任", "负全部责任", "放弃", "补偿方案", "调解方案")


def of_assignment(assignment_id: int) -> Sequence[UndisputedFact]:
    """The facts of one mediation, in order."""
    found = sa.select(UndisputedFact).where(UndisputedFact.assignment_id == assignment_id)
    return db.session.scalars(found.order_by(UndisputedFact.position, UndisputedFact.id)).all()


def get(actor: Actor, assignment: Assignment, fact_id: int) -> UndisputedFact | None:
    """A fact of this mediation."""
    found = db.session.get(UndisputedFact, fact_id)
    return found if found is not None and found.assignment_id == assignment.id else None


def state(actor: Actor, assignment: Assignment, *, text: str, evidence: str) -> UndisputedFact:
    """Write down a fact, to be confirmed by every party."""
    _may(actor, assignment)
    for word in OFFER_WORDS:
        if word in text:
            raise DomainError(labels.FACT_IS_OFFER, article="S4 art. 22; S5 art. 18", field="text")
    with transaction():
        fact = UndisputedFact(
            court_id=assignment.court_id,
            dispute_id=assignment.dispute_id,
            assignment_id=assignment.id,
            position=len(of_assignment(assignment.id)) + 1,
            text=text,
            evidence=evidence,
        )
        audit.record(actor, "state", fact)
    return fact


def confirm_all(actor: Actor, assignment: Assignment) -> int:
    """All parties signed the record: every open fact is confirmed, and the record becomes a document."""
    _may(actor, assignment)
    everybody = [p.id for p in disputes.parties(assignment.dispute_id)]
    with transaction():
        waiting = [f for f in of_assignment(assignment.id) if f.confirmed_on is None]
        for fact in waiting:
            fact.confirmed_by, fact.confirmed_on = everybody, clock.today()
            audit.record(actor, "confirm", fact, by=everybody)
        if waiting:
            documents.undisputed_facts(actor, assignment, of_assignment(assignment.id))
    return len(waiting)


def withdraw(actor: Actor, assignment: Assignment, fact: UndisputedFact) -> None:
    """Take out a fact that nobody confirmed."""
    _may(actor, assignment)
    if fact.confirmed_on is not None:
        raise DomainError(labels.FACT_SIGNED, article="S5 art. 22")
    with transaction():
        audit.record(actor, "withdraw", fact, text=fact.text)
        db.session.delete(fact)


def _may(actor: Actor, assignment: Assignment) -> None:
    if not rules.may_conduct(actor, assignment):
        raise NotPermitted("state", article="S25 art. 24")
