"""Performances that fall due: the debtor is reminded before the last day, who follows the agreement is told after it."""

from collections.abc import Iterable, Sequence
from datetime import date

import sqlalchemy as sa

from mediation.accounts import services as accounts
from mediation.accounts.models import User
from mediation.agreements import ledger
from mediation.agreements.labels import CLAUSE_KIND
from mediation.agreements.ledger import Due, Standing
from mediation.agreements.models import Agreement, Clause, Instalment
from mediation.agreements.rules import AgreementStatus, ClauseKind
from mediation.agreements.services import performance
from mediation.agreements.services.sources import Settlement, Source, clauses, settled
from mediation.assignment.services.reading import accounts_behind
from mediation.confirmation.enforcement import services as enforcement
from mediation.disputes import people
from mediation.disputes import services as disputes
from mediation.documents import composing
from mediation.kernel import clock
from mediation.kernel.actor import Actor, Role
from mediation.kernel.db import db, transaction
from mediation.litigation.models import LitigationCase
from mediation.litigation.rules import Manner
from mediation.notices import services as notices
from mediation.notices.models import Notice
from mediation.periods import services as periods
from mediation.periods.table import PeriodKey
from mediation.reminders import labels

SOON, SOON_IN_COURT, LATE = "performance_due", "settlement_due", "performance.late"


def remind(actor: Actor) -> dict[str, int]:
    """One message for each performance before its last day and one after it, however often this runs (S3 art. 31)."""
    done = {"performances_soon": 0, "performances_late": 0}
    with transaction():
        for source in _concerned(actor.court_id):
            told, rows = _told(source), clauses(source)
            for due in ledger.dues(rows, performance.acts(source, rows)):
                standing = due.standing(clock.today())
                record = _record(rows, due)
                about = (type(record).__tablename__, due.record_id)
                if standing is Standing.SOON and (*about, SOON) not in told and due.debtor_id is not None:
                    _ask(actor, source, due, record)
                    done["performances_soon"] += 1
                elif standing is Standing.OVERDUE and (*about, LATE) not in told:
                    _report(actor, source, due, record)
                    done["performances_late"] += 1
    return done


def _concerned(court_id: int) -> list[Source]:
    """Agreements in effect and documents of the court that bind, of which something is due by now or within the days of the reminder."""
    until = clock.today() + ledger.REMIND
    parts = sa.select(Instalment.clause_id).where(Instalment.due_on <= until)
    due = sa.and_(
        Clause.performed_on.is_(None),
        sa.or_(sa.and_(Clause.due_on <= until, Clause.kind != ClauseKind.INSTALMENTS), Clause.id.in_(parts)),
    )
    wanted = sa.select(Agreement).where(
        Agreement.court_id == court_id,
        Agreement.status == AgreementStatus.EFFECTIVE,
        Agreement.id.in_(sa.select(Clause.agreement_id).where(due)),
    )
    settlements = sa.select(LitigationCase).where(
        LitigationCase.court_id == court_id,
        LitigationCase.manner == Manner.MEDIATION_DOCUMENT,
        LitigationCase.id.in_(sa.select(Clause.case_id).where(due)),
    )
    agreed = db.session.scalars(wanted.order_by(Agreement.id)).all()
    in_court = [settled(case) for case in db.session.scalars(settlements.order_by(LitigationCase.id))]
    return [*agreed, *(source for source in in_court if source is not None)]


def _told(source: Source) -> set[tuple[str, int, str]]:
    columns = (Notice.subject_type, Notice.subject_id, Notice.kind)
    sent = sa.select(*columns).where(
        Notice.dispute_id == source.dispute_id, Notice.kind.in_((SOON, SOON_IN_COURT, LATE))
    )
    return {
        (subject_type, subject_id, SOON if kind == SOON_IN_COURT else kind)
        for subject_type, subject_id, kind in db.session.execute(sent)
    }


def _record(rows: Sequence[Clause], due: Due) -> Clause | Instalment:
    clause = next(clause for clause in rows if clause.id == due.clause_id)
    return next((part for part in clause.instalments if due.instalment and part.id == due.record_id), clause)


def _ask(actor: Actor, source: Source, due: Due, record: Clause | Instalment) -> None:
    """The debtor is reminded, without amount or clause: the message may be read on its way."""
    debtor = next(party for party in people.parties(source.dispute_id) if party.id == due.debtor_id)
    facts = {"when": composing.day(due.due_on) if due.due_on else "", "number": source.number}
    kind = SOON_IN_COURT if isinstance(source, Settlement) else SOON
    notices.tell(actor, people.addressee(debtor), kind, subject=record, dispute_id=source.dispute_id, facts=facts)


def _report(actor: Actor, source: Source, due: Due, record: Clause | Instalment) -> None:
    enforce = _enforceable_until(source)
    facts = {
        "title": lambda: disputes.titles([source.dispute_id]).get(source.dispute_id, source.number),
        "what": CLAUSE_KIND[due.kind],
        "day": due.due_on,
    }
    words = labels.PERFORMANCE_LATE if enforce is None else labels.PERFORMANCE_ENFORCEABLE
    notices.tell_users(
        actor, _keepers(source), LATE, words, subject=record, dispute_id=source.dispute_id,
        facts=facts | ({"until": enforce} if enforce is not None else {}),
    )  # fmt: skip


def _enforceable_until(source: Source) -> date | None:
    """Of a document of the court the two years are reckoned; of an agreement they run once it is confirmed (CPL art. 250)."""
    if isinstance(source, Settlement):
        return enforcement.standing(source).until
    running = periods.of_dispute(source.dispute_id, running_only=True)
    return next((d.final_on for d in running if d.key is PeriodKey.ENFORCE_APPLY), None)


def _keepers(source: Source) -> Iterable[User]:
    """Who mediated, and the clerk who handed the dispute over; otherwise the registry."""
    if isinstance(source, Settlement):
        return accounts.holding(source.court_id, Role.CLERK)
    assignment = source.assignment
    clerk = accounts.open_accounts(User.id == assignment.issued_by_id)
    return [*accounts_behind(assignment), *(clerk or accounts.holding(source.court_id, Role.CLERK))]
