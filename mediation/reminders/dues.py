"""Performances that fall due: the debtor is reminded before the last day, who follows the agreement is told after it."""

from collections.abc import Iterable, Sequence
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import selectinload

from mediation.accounts import services as accounts
from mediation.accounts.models import User
from mediation.agreements import ledger
from mediation.agreements.labels import CLAUSE_KIND
from mediation.agreements.ledger import Due, Standing
from mediation.agreements.models import Agreement, Clause, Instalment, Performance
from mediation.agreements.rules import AgreementStatus, ClauseKind
from mediation.assignment.services.reading import accounts_behind
from mediation.disputes import people
from mediation.disputes import services as disputes
from mediation.kernel import clock
from mediation.kernel.actor import Actor, Role
from mediation.kernel.db import db, transaction
from mediation.notices import services as notices
from mediation.notices.models import Notice
from mediation.periods import services as periods
from mediation.periods.table import PeriodKey
from mediation.reminders import labels

SOON, LATE = "performance_due", "performance.late"


def remind(actor: Actor) -> dict[str, int]:
    """One message for each performance before its last day and one after it, however often this runs (S3 art. 31)."""
    done = {"performances_soon": 0, "performances_late": 0}
    with transaction():
        for agreement in _concerned(actor.court_id):
            told = _told(agreement)
            for due in ledger.dues(agreement.clauses, _acts(agreement)):
                standing = due.standing(clock.today())
                record = _record(agreement, due)
                about = (type(record).__tablename__, due.record_id)
                if standing is Standing.SOON and (*about, SOON) not in told and due.debtor_id is not None:
                    _ask(actor, agreement, due, record)
                    done["performances_soon"] += 1
                elif standing is Standing.OVERDUE and (*about, LATE) not in told:
                    _report(actor, agreement, due, record)
                    done["performances_late"] += 1
    return done


def _concerned(court_id: int) -> Sequence[Agreement]:
    """Agreements in effect of which something is due by now or within the days of the reminder."""
    until = clock.today() + ledger.REMIND
    parts = sa.select(Instalment.clause_id).where(Instalment.due_on <= until)
    open_now = sa.select(Clause.agreement_id).where(
        Clause.performed_on.is_(None),
        sa.or_(sa.and_(Clause.due_on <= until, Clause.kind != ClauseKind.INSTALMENTS), Clause.id.in_(parts)),
    )
    wanted = sa.select(Agreement).where(
        Agreement.court_id == court_id, Agreement.status == AgreementStatus.EFFECTIVE, Agreement.id.in_(open_now)
    )
    clauses = selectinload(Agreement.clauses).selectinload(Clause.instalments)
    return db.session.scalars(wanted.options(clauses).order_by(Agreement.id)).all()


def _acts(agreement: Agreement) -> Sequence[Performance]:
    mine = [clause.id for clause in agreement.clauses]
    return db.session.scalars(sa.select(Performance).where(Performance.clause_id.in_(mine))).all()


def _told(agreement: Agreement) -> set[tuple[str, int, str]]:
    columns = (Notice.subject_type, Notice.subject_id, Notice.kind)
    sent = sa.select(*columns).where(Notice.dispute_id == agreement.dispute_id, Notice.kind.in_((SOON, LATE)))
    return {(subject_type, subject_id, kind) for subject_type, subject_id, kind in db.session.execute(sent)}


def _record(agreement: Agreement, due: Due) -> Clause | Instalment:
    clause = next(clause for clause in agreement.clauses if clause.id == due.clause_id)
    return next((part for part in clause.instalments if due.instalment and part.id == due.record_id), clause)


def _ask(actor: Actor, agreement: Agreement, due: Due, record: Clause | Instalment) -> None:
    """The debtor is reminded, without amount or clause: the message may be read on its way."""
    debtor = next(party for party in people.parties(agreement.dispute_id) if party.id == due.debtor_id)
    facts = {"when": f"{due.due_on:%Y年%m月%d日}", "number": agreement.number}
    notices.tell(actor, people.addressee(debtor), SOON, subject=record, dispute_id=agreement.dispute_id, facts=facts)


def _report(actor: Actor, agreement: Agreement, due: Due, record: Clause | Instalment) -> None:
    enforce = _enforceable_until(agreement)
    facts = {
        "title": lambda: disputes.titles([agreement.dispute_id]).get(agreement.dispute_id, agreement.number),
        "what": CLAUSE_KIND[due.kind],
        "day": due.due_on,
    }
    words = labels.PERFORMANCE_LATE if enforce is None else labels.PERFORMANCE_ENFORCEABLE
    notices.tell_users(
        actor, _keepers(agreement), LATE, words, subject=record, dispute_id=agreement.dispute_id,
        facts=facts | ({"until": enforce} if enforce is not None else {}),
    )  # fmt: skip


def _enforceable_until(agreement: Agreement) -> date | None:
    running = periods.of_dispute(agreement.dispute_id, running_only=True)
    return next((d.final_on for d in running if d.key is PeriodKey.ENFORCE_APPLY), None)


def _keepers(agreement: Agreement) -> Iterable[User]:
    """Who mediated, and the clerk who handed the dispute over; otherwise the registry."""
    assignment = agreement.assignment
    clerk = accounts.open_accounts(User.id == assignment.issued_by_id)
    return [*accounts_behind(assignment), *(clerk or accounts.holding(agreement.court_id, Role.CLERK))]
