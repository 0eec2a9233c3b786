"""What a mediator hands out at the beginning and reports at the end: rights and duties, closing report, performance."""

from typing import Any

from mediation.agreements.documents import common, day, held, sentences
from mediation.agreements.models import Agreement, Clause, MediationSession, Performance
from mediation.agreements.rules import MONEY
from mediation.disputes import services as disputes
from mediation.documents import services as store
from mediation.documents.models import Document
from mediation.kernel import clock
from mediation.kernel.actor import Actor


def rights_notice(actor: Actor, session: MediationSession) -> Document | None:
    """权利义务告知书 (5.4-6): handed out once in a mediation, when its first session opens (S4 art. 14; S5 art. 17)."""
    assignment = session.assignment
    if store.latest("rights_notice", "assignment", assignment.id) is not None:
        return None
    data = common(session.dispute_id, assignment) | {
        "given_on": clock.today().isoformat(),
        "signers": [p.name for p in disputes.parties(session.dispute_id)],
    }
    return store.request(
        actor,
        kind="rights_notice",
        subject=assignment,
        dispute_id=session.dispute_id,
        title="调解权利义务告知书",
        data=data,
    )


def closing_report(actor: Actor, made: Agreement, clauses: list[Clause]) -> Document:
    """结案报告 (5.4-22): dates, days used, sessions and the result, for the court's record (S4 art. 19)."""
    assignment = made.assignment
    began, ended = assignment.accepted_on, assignment.ended_on or clock.today()
    data = common(made.dispute_id, assignment) | {
        "issued_on": assignment.issued_on.isoformat(),
        "ended_on": ended.isoformat(),
        "days": (ended - began).days if began else 0,
        "sessions": held(assignment),
        "agreement_number": made.number,
        "effective_on": made.effective_on.isoformat() if made.effective_on else "",
        "clauses": sentences(made.dispute_id, clauses),
        "amount_fen": sum(c.amount_fen or 0 for c in clauses if c.kind in MONEY),
        "confirmation": made.confirmation_planned,
    }
    return store.request(
        actor, kind="closing_report", subject=made, dispute_id=made.dispute_id, title="调解结案报告", data=data
    )


def performance_record(actor: Actor, made: Agreement, clauses: list[Clause], performed: list[Performance]) -> Document:
    """履行情况记录 (R3-13): every clause with what was done, when, and how it is known (S3 art. 31; S5 art. 20)."""
    place = {clause.id: clause.position for clause in clauses}
    data = common(made.dispute_id, made.assignment) | {
        "agreement_number": made.number,
        "effective_on": made.effective_on.isoformat() if made.effective_on else "",
        "clauses": sentences(made.dispute_id, clauses),
        "performed": [_line(place[row.clause_id], row) for row in performed],
        "made_on": clock.today().isoformat(),
        "signers": [p.name for p in disputes.parties(made.dispute_id)],
    }
    return store.request(
        actor, kind="performance_record", subject=made, dispute_id=made.dispute_id, title="协议履行情况记录", data=data
    )


def _line(position: int, row: Performance) -> list[Any]:
    amount = f"{row.amount_fen // 100:,}.{row.amount_fen % 100:02d}" if row.amount_fen else "—"
    return [f"第{position}项", day(row.on), amount, row.evidence]
