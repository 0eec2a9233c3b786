"""What the papers about evidence and about further parties and claims of a case print: plain snapshots of the day."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from mediation.disputes.models import Dispute, Party
from mediation.disputes.rules import PartyKind
from mediation.litigation.documents import head, litigant
from mediation.litigation.fines.models import EvidenceFine
from mediation.litigation.joining.models import Joinder, JoinedClaim
from mediation.litigation.joining.rules import ClaimKind, Origin
from mediation.litigation.models import LitigationCase
from mediation.periods.models import Deadline

JOINDER_NOTICE, EVIDENCE_NOTICE = "参加诉讼通知书", "举证通知书"
RULING, FINE_DECISION = "民事裁定书", "决定书"


def evidence_notice(
    case: LitigationCase, dispute: Dispute, parties: Sequence[Party], *, limit: Deadline, agreed: bool
) -> dict[str, Any]:
    """举证通知书 (S37 art. 50): burden of proof, what the court may be asked to collect, the time, what follows if it is late."""
    return head(case, dispute, parties) | {
        "addressees": [party.name for party in parties],
        "procedure": case.procedure.value,
        "agreed": agreed,
        "set_on": limit.start_on.isoformat(),
        "days": limit.length,
        "until": limit.final_on.isoformat(),
    }


def joinder_notice(
    case: LitigationCase,
    dispute: Dispute,
    parties: Sequence[Party],
    *,
    joinder: Joinder,
    party: Party,
    bench: Sequence[tuple[str, str]],
) -> dict[str, Any]:
    """参加诉讼通知书 (CPL arts 59, 135; S2 arts 73, 74, 81): to whoever was let in, with its place in the case and the bench."""
    return head(case, dispute, parties) | {
        "addressee": party.name,
        "organisation": party.kind is PartyKind.ORGANISATION,
        "place": joinder.place.value,
        "origin": joinder.origin.value,
        "applicant": next((one.name for one in parties if one.id == joinder.applicant_id), ""),
        "reason": joinder.reason,
        "bench": [list(one) for one in bench],
        "on": joinder.decided_on.isoformat(),
    }


def claim_ruling(
    case: LitigationCase,
    dispute: Dispute,
    parties: Sequence[Party],
    *,
    claim: JoinedClaim,
    bench: Sequence[tuple[str, str]],
    clerk: str,
) -> dict[str, Any]:
    """民事裁定书 (CPL art. 157; S2 arts 232, 233): a counterclaim, or a third party's claim, is not taken in this case."""
    return _of_claim(case, dispute, parties, claim, bench, clerk) | {
        "reason": claim.reason,
        "elsewhere": claim.elsewhere,
        "ruled_on": (claim.decided_on or claim.brought_on).isoformat(),
    }


def claim_withdrawal_ruling(
    case: LitigationCase,
    dispute: Dispute,
    parties: Sequence[Party],
    *,
    claim: JoinedClaim,
    bench: Sequence[tuple[str, str]],
    clerk: str,
    on: date,
    until: date | None,
) -> dict[str, Any]:
    """民事裁定书 (CPL arts 148, 157; S2 arts 213, 239): it may be withdrawn, or counts as withdrawn, unpaid on the last day."""
    return _of_claim(case, dispute, parties, claim, bench, clerk) | {
        "unpaid_until": until.isoformat() if claim.unpaid and until is not None else "",
        "due_fen": claim.due_fen,
        "paid": claim.paid_on is not None,
        "ruled_on": on.isoformat(),
    }


def _of_claim(
    case: LitigationCase,
    dispute: Dispute,
    parties: Sequence[Party],
    claim: JoinedClaim,
    bench: Sequence[tuple[str, str]],
    clerk: str,
) -> dict[str, Any]:
    return head(case, dispute, parties) | {
        "parties": [litigant(party) for party in parties],
        "claimant": next(one.name for one in parties if one.id == claim.party_id),
        "third": claim.kind is ClaimKind.THIRD_PARTY,
        "brought_on": claim.brought_on.isoformat(),
        "claims": claim.claims,
        "bench": [list(one) for one in bench],
        "clerk": clerk,
    }


def joinder_ruling(
    case: LitigationCase,
    dispute: Dispute,
    parties: Sequence[Party],
    *,
    joinder: Joinder,
    bench: Sequence[tuple[str, str]],
    clerk: str,
) -> dict[str, Any]:
    """民事裁定书 (CPL arts 59, 157; S2 arts 73, 81): nobody joins the case on this application."""
    applicant = next((one.name for one in parties if one.id == joinder.applicant_id), joinder.name)
    return head(case, dispute, parties) | {
        "parties": [litigant(party) for party in parties],
        "applicant": applicant,
        "name": joinder.name,
        "own": joinder.origin is Origin.OWN,
        "place": joinder.place.value,
        "asked_on": joinder.asked_on.isoformat(),
        "reason": joinder.reason,
        "ruled_on": joinder.decided_on.isoformat(),
        "bench": [list(one) for one in bench],
        "clerk": clerk,
    }


def fine_decision(
    case: LitigationCase, dispute: Dispute, parties: Sequence[Party], *, fine: EvidenceFine, party: Party
) -> dict[str, Any]:
    """决定书 (CPL arts 68, 118, 119): who is fined how much for which late evidence, why, and the reconsideration."""
    return head(case, dispute, parties) | {
        "fined": party.name,
        "organisation": party.kind is PartyKind.ORGANISATION,
        "what": fine.late.what,
        "offered_on": fine.late.offered_on.isoformat(),
        "explanation": fine.late.reason,
        "reason": fine.reason,
        "amount_fen": fine.amount_fen,
        "on": (fine.decided_on or fine.proposed_on).isoformat(),
    }
