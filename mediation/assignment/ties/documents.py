"""What the papers about ties say: the parties' informed consent, and the decision on recusal (S4 art. 15)."""

from typing import Any

from mediation.accounts import services as accounts
from mediation.assignment import documents as papers
from mediation.assignment.models import ConflictCheck
from mediation.assignment.rules import Finding
from mediation.assignment.ties.models import Recusal
from mediation.assignment.ties.rules import Origin, RecusalStatus
from mediation.disputes import services as disputes
from mediation.disputes.models import Dispute, Party
from mediation.documents import services as library
from mediation.kernel.actor import Actor, Role
from mediation.kernel.db import db
from mediation.kernel.i18n import CHINESE, force_locale
from mediation.roster.models import Mediator, Organisation

CONSENT = ("tie_consent", "同意调解员继续调解确认书")
DECISION = ("recusal_decision", "特邀调解员回避决定书")
ORIGIN = {
    Origin.PARTY: "当事人申请回避",
    Origin.MEDIATOR: "调解员自行披露",
    Origin.RECORDS: "调解过程中核对发现",
}
RESULT = {
    RecusalStatus.UPHELD: "准予回避。该调解员不再调解本纠纷，由当事人另行共同选定，或者由特邀调解组织、本院另行指定调解员。",
    RecusalStatus.DISMISSED: "不予回避。由该调解员继续调解本纠纷。",
}


def ties_of(findings: list[Any]) -> list[str]:
    """Each tie in words, with whom."""
    with force_locale(CHINESE):
        return [
            papers.GROUNDS[kind] if (kind := Finding(tie["finding"])) in papers.GROUNDS and not tie["name"]
            else papers.tie(tie)
            for tie in findings
        ]  # fmt: skip


def _head(dispute: Dispute, mediator: Mediator) -> dict[str, Any]:
    body = db.session.get(Organisation, mediator.organisation_id) if mediator.organisation_id else None
    return {
        "mediator": mediator.name,
        "organisation": body.name if body else "",
        "title_of_dispute": papers.called(dispute),
        "cause": dispute.cause.name,
        "number": papers.number(dispute),
    }


def consented(actor: Actor, dispute: Dispute, check: ConflictCheck) -> None:
    """同意调解员继续调解确认书: every party, told of each tie, agrees to this mediator; each signs."""
    mediator = db.session.get_one(Mediator, check.mediator_id)
    parties = disputes.parties(dispute.id)
    kind, title = CONSENT
    library.request(
        actor,
        kind=kind,
        subject=check,
        dispute_id=dispute.id,
        title=title,
        number=papers.number(dispute),
        data=_head(dispute, mediator)
        | {
            "ties": ties_of(check.findings),
            "text": check.disclosed,
            "parties": [[papers.sides(dispute)[p.role], p.name] for p in parties],
            "on": check.waived_on.isoformat() if check.waived_on else "",
        },
    )


def decided(actor: Actor, dispute: Dispute, recusal: Recusal) -> None:
    """特邀调解员回避决定书: who applied and why, what was found, the decision with its reasons, what follows."""
    mediator = db.session.get_one(Mediator, recusal.mediator_id)
    party = db.session.get(Party, recusal.party_id) if recusal.party_id else None
    kind, title = DECISION
    decider, sealed = _decider(actor, recusal)
    library.request(
        actor,
        kind=kind,
        subject=recusal,
        dispute_id=dispute.id,
        title=title,
        number=papers.number(dispute),
        sealed=sealed,
        data=_head(dispute, mediator)
        | {
            "origin": ORIGIN[recusal.origin],
            "applicant": f"{papers.sides(dispute)[party.role]}{party.name}" if party else "",
            "raised_on": recusal.raised_on.isoformat(),
            "statement": recusal.statement,
            "ties": ties_of(recusal.findings),
            "reason": recusal.reason,
            "result": RESULT[recusal.status],
            "upheld": recusal.status is RecusalStatus.UPHELD,
            "decided_by": decider,
            "on": recusal.decided_on.isoformat() if recusal.decided_on else "",
        },
    )


def _decider(actor: Actor, recusal: Recusal) -> tuple[str, bool]:
    """The organisation signs its own decision; the court seals the court's."""
    if actor.has(Role.ORGANISATION) and actor.organisation_id == recusal.organisation_id:
        body = db.session.get_one(Organisation, recusal.organisation_id)
        return body.name, False
    return accounts.court(recusal.court_id).centre_name, True
