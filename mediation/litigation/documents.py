"""What the court's papers about a case print: plain snapshots of the day, in the words of the file."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from mediation.disputes import naming
from mediation.disputes.models import Dispute, Party
from mediation.disputes.rules import PartyKind, PartyRole
from mediation.documents.models import Document
from mediation.kernel import clock
from mediation.litigation.joining.models import JoinedClaim
from mediation.litigation.joining.rules import ClaimKind
from mediation.litigation.models import FeeNotice, LitigationCase
from mediation.litigation.preservation.models import Preservation
from mediation.litigation.recusal.models import BenchRecusal
from mediation.litigation.recusal.rules import Function, RecusalStatus
from mediation.litigation.rules import Effect, Procedure
from mediation.litigation.tariff import Fee
from mediation.notices.models import Service
from mediation.periods.models import Deadline
from mediation.periods.telling import derivation

FILING_NOTICE = "受理案件通知书"
FEE_NOTICE = "缴纳诉讼费用通知书"
MEDIATION_DOCUMENT = "民事调解书"
WITHDRAWAL_RULING = "民事裁定书"
SERVICE_RECEIPT = "送达回证"
PROCEDURE_RULING = "民事裁定书"
JURISDICTION_RULING = "民事裁定书"
PRESERVATION_RULING = "民事裁定书"
RECUSAL_DECISION, REVIEW_DECISION = "回避决定书", "复议决定书"
ANNOUNCEMENT = "公告"
NOTICE_TO_RESPOND = "应诉通知书"


def _names(parties: Sequence[Party], role: PartyRole) -> list[str]:
    return [party.name for party in parties if party.role is role]


def litigant(party: Party) -> dict[str, Any]:
    """A party as it stands at the head of a court paper; identity numbers are kept, not printed (P-NAT)."""
    return {
        "role": party.role.value,
        "organisation": party.kind is PartyKind.ORGANISATION,
        "name": party.name,
        "sex": party.sex.value if party.sex else "",
        "born_on": party.birth_date.isoformat() if party.birth_date else "",
        "ethnicity": party.ethnicity,
        "domicile": party.domicile or party.residence,
        "representative": party.representative,
        "representative_title": party.representative_title,
        "agents": [
            {"name": agent.name, "firm": agent.firm, "kind": agent.kind.value}
            for agent in party.agents
            if agent.ended_on is None
        ],
    }


def head(case: LitigationCase, dispute: Dispute, parties: Sequence[Party]) -> dict[str, Any]:
    """Which case a paper is about."""
    return {
        "filed_on": case.filed_on.isoformat(),
        "cause": dispute.cause.name,
        "plaintiffs": _names(parties, PartyRole.APPLICANT),
        "defendants": _names(parties, PartyRole.RESPONDENT),
    }


def filing_notice(case: LitigationCase, dispute: Dispute, parties: Sequence[Party]) -> dict[str, Any]:
    """受理案件通知书: to the plaintiff, with what the law lets and bids both sides do now."""
    received = dispute.complaint_submitted_at or dispute.received_at
    return head(case, dispute, parties) | {"received_at": received.isoformat()}


def notice_to_respond(
    case: LitigationCase,
    dispute: Dispute,
    parties: Sequence[Party],
    *,
    party: Party,
    sent_on: date,
    judge: str,
    claim: JoinedClaim | None = None,
) -> dict[str, Any]:
    """应诉通知书 (CPL arts 128, 129): to one defendant, with the plaint copy; the bench as far as it is known (CPL art. 131)."""
    return head(case, dispute, parties) | {
        "addressee": party.name,
        "organisation": party.kind is PartyKind.ORGANISATION,
        "procedure": case.procedure.value,
        "judge": judge,
        "sent_on": sent_on.isoformat(),
        # What has to be answered, where it is not the plaint.
        "claim": {
            "by": next(one.name for one in parties if one.id == claim.party_id),
            "third": claim.kind is ClaimKind.THIRD_PARTY,
        }
        if claim is not None
        else None,
    }


def announcement(
    case: LitigationCase,
    dispute: Dispute,
    parties: Sequence[Party],
    *,
    party: Party,
    paper: str,
    matter: str,
    need: str,
    points: str,
    published_on: date,
    until: date,
    final: bool,
) -> dict[str, Any]:
    """公告 (CPL art. 95; S2 art. 139): why, of what, since and until when, and what follows for whoever stays silent."""
    return head(case, dispute, parties) | {
        "addressee": party.name,
        "organisation": party.kind is PartyKind.ORGANISATION,
        "paper": paper,
        "matter": matter,
        "need": need,
        "points": points,
        "published_on": published_on.isoformat(),
        "until": until.isoformat(),
        "final": final,
    }


def fee_notice(
    case: LitigationCase, dispute: Dispute, parties: Sequence[Party], *, fee: Fee, notice: FeeNotice, payment: Deadline
) -> dict[str, Any]:
    """缴费通知书 (5.4-24): the tariff step by step, the halving, the last day and what follows it."""
    return head(case, dispute, parties) | {
        "kind": notice.kind.value,
        "claimed_fen": notice.claimed_fen,
        "fixed_fen": fee.fixed_fen,
        "parts": [{"portion_fen": p.portion_fen, "rate": p.rate, "fee_fen": p.fee_fen} for p in fee.parts],
        "tariff_fen": notice.tariff_fen,
        "due_fen": notice.due_fen,
        "halved_because": notice.halved_because,
        "credit_fen": notice.credit_fen,
        "received_on": notice.received_on.isoformat(),
        "pay_until": payment.final_on.isoformat(),
        "pay_until_why": derivation(payment),
    }


def service_receipt(document: Document, cause: str, addressee: str, served: Service) -> dict[str, Any]:
    """送达回证 (5.3-23; CPL art. 87): which document, to whom, how, received when and by whom."""
    return {
        "document": document.title,
        "document_number": document.number,
        "cause": cause,
        "addressee": addressee,
        "method": served.method.value,
        "receiver": served.receiver,
        "received_on": served.effective_on.isoformat(),
        "note": served.note,
    }


def civil_mediation_document(
    case: LitigationCase,
    dispute: Dispute,
    parties: Sequence[Party],
    *,
    clauses: Sequence[str],
    effect: Effect,
    agreed_on: date,
    how: str,
    organisation: str,
    guarantors: Sequence[str],
    fee_fen: int,
    fee_bearer: str,
    bench: Sequence[tuple[str, str]],
    clerk: str,
    replaces: Document | None = None,
) -> dict[str, Any]:
    """民事调解书 (5.4-19; CPL art. 100): claims, facts, the agreement, the fee, when it binds."""
    return head(case, dispute, parties) | {
        "parties": [litigant(party) for party in parties],
        "procedure": case.procedure.value,
        "claims": naming.as_litigants(dispute.claims),
        "facts": naming.as_litigants(dispute.facts),
        "how": how,
        "organisation": organisation,
        "clauses": list(clauses),
        "guarantors": list(guarantors),
        "effect": effect.value,
        "agreed_on": agreed_on.isoformat(),
        "fee_fen": fee_fen,
        "fee_bearer": fee_bearer,
        "bench": [list(one) for one in bench],
        "clerk": clerk,
        # A version that was corrected before anybody received it (R5-03).
        "replaces": {"made_on": clock.local(replaces.requested_at).date().isoformat(), "code": replaces.code}
        if replaces is not None
        else None,
    }


def withdrawal_ruling(
    case: LitigationCase,
    dispute: Dispute,
    parties: Sequence[Party],
    *,
    on: date,
    fee_fen: int | None,
    bench: Sequence[tuple[str, str]],
    clerk: str,
    unpaid: FeeNotice | None,
) -> dict[str, Any]:
    """民事裁定书 (CPL art. 148; S2 arts 199, 213): the withdrawal allowed, or the unpaid suit treated as withdrawn; the fee."""
    return head(case, dispute, parties) | {
        "parties": [litigant(party) for party in parties],
        "ruled_on": on.isoformat(),
        "unpaid": {
            "supplement": unpaid.supplement,
            "due_fen": unpaid.due_fen,
            "credit_fen": unpaid.credit_fen,
            "received_on": unpaid.received_on.isoformat(),
        }
        if unpaid is not None
        else None,
        "fee_fen": fee_fen,
        "bench": [list(one) for one in bench],
        "clerk": clerk,
    }


def procedure_ruling(
    case: LitigationCase,
    dispute: Dispute,
    parties: Sequence[Party],
    *,
    before: Procedure,
    reason: str,
    objection: dict[str, str] | None,
    converted: bool,
    panel: bool,
    fee_to_pay: bool,
    sole: bool,
    on: date,
    bench: Sequence[tuple[str, str]],
    clerk: str,
) -> dict[str, Any]:
    """民事裁定书 about procedure and bench (CPL arts 43, 157, 169, 170): converted, handed to a panel, or an objection rejected."""
    return head(case, dispute, parties) | {
        "parties": [litigant(party) for party in parties],
        "before": before.value,
        "reason": reason,
        "objection": objection,
        "converted": converted,
        "panel": panel,
        "fee_to_pay": fee_to_pay,
        "sole": sole,
        "ruled_on": on.isoformat(),
        "bench": [list(one) for one in bench],
        "clerk": clerk,
    }


def jurisdiction_ruling(
    case: LitigationCase,
    dispute: Dispute,
    parties: Sequence[Party],
    *,
    objector: str,
    raised_on: date,
    reason: str,
    reasons: str,
    court: str,
    fee_fen: int,
    final: bool,
    on: date,
    bench: Sequence[tuple[str, str]],
    clerk: str,
) -> dict[str, Any]:
    """民事裁定书 on jurisdiction (CPL arts 37, 130, 157): transferred on an objection or by the court itself, or rejected."""
    return head(case, dispute, parties) | {
        "parties": [litigant(party) for party in parties],
        "objector": objector,
        "raised_on": raised_on.isoformat(),
        "reason": reason,
        "reasons": reasons,
        "court": court,
        "fee_fen": fee_fen,
        "final": final,
        "ruled_on": on.isoformat(),
        "bench": [list(one) for one in bench],
        "clerk": clerk,
    }


def preservation_ruling(
    found: Preservation,
    dispute: Dispute,
    parties: Sequence[Party],
    *,
    turn: str,
    on: date,
    reason: str,
    years: int,
    judge: str,
    clerk: str,
) -> dict[str, Any]:
    """民事裁定书 about preservation (CPL arts 103, 104, 107): ordered, dismissed or lifted, with the right to reconsideration."""
    sides = {party.id: party for party in parties}
    applicant, against = sides[found.applicant_id], sides[found.against_id]
    return {
        "cause": dispute.cause.name,
        "parties": [litigant(applicant) | {"role": "applicant"}, litigant(against) | {"role": "respondent"}],
        "applicant": applicant.name,
        "against": against.name,
        "in_suit": found.in_suit,
        "turn": turn,
        "object": found.object.value,
        "what": found.what.rstrip("。"),
        "amount_fen": found.amount_fen,
        "security": found.security.rstrip("。"),
        "accepted_on": found.accepted_at.isoformat(),
        "ordered_on": found.ruled_at.isoformat() if found.ruled_at else "",
        "reason": reason if not reason or reason.endswith("。") else f"{reason}。",
        "years": years,
        "lift_reason": found.lift_reason.value if turn == "lift" and found.lift_reason else "",
        "on": on.isoformat(),
        "judge": judge,
        "clerk": clerk,
    }


def bench_recusal_decision(
    recusal: BenchRecusal, dispute: Dispute, parties: Sequence[Party], *, person: str, applicant: str, review: bool
) -> dict[str, Any]:
    """回避决定书、复议决定书 (CPL arts 47-50): who was to withdraw, why, and what was decided."""
    upheld = recusal.status is RecusalStatus.UPHELD
    # Who applies for confirmation sues nobody.
    word = "与" if recusal.function is Function.CONFIRMATION_JUDGE else "诉"
    return {
        "title_of_dispute": word.join(
            "、".join(names) for role in PartyRole if (names := _names(parties, role)) and role is not PartyRole.THIRD
        ),
        "cause": dispute.cause.name,
        "person": person,
        "function": recusal.function.value,
        "origin": recusal.origin.value,
        "applicant": applicant,
        "raised_on": recusal.raised_on.isoformat(),
        "statement": recusal.statement,
        "ground": recusal.ground.value,
        "reason": recusal.review_reason if review else recusal.reason,
        "upheld": upheld,
        "decided_on": recusal.decided_on.isoformat() if recusal.decided_on else "",
        "review": {"on": recusal.review_on.isoformat(), "statement": recusal.review_statement}
        if review and recusal.review_on
        else None,
        "decider": recusal.decider.value,
        "minutes": recusal.minutes,
        "on": ((recusal.reviewed_on if review else recusal.decided_on) or recusal.raised_on).isoformat(),
    }
