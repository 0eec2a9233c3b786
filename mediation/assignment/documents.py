"""What the papers of an assignment say: letters to the mediator, disclosure, extension (DOMAIN 5.4-4, -5, -11)."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import sqlalchemy as sa

from mediation.accounts import services as accounts
from mediation.assignment import conflicts, labels, rules
from mediation.assignment.models import Assignment, ConflictCheck, Extension
from mediation.assignment.rules import CheckResult, Finding, Kind
from mediation.disputes import naming
from mediation.disputes import services as disputes
from mediation.disputes.models import AddressConfirmation, CaseNumber, Dispute, Party
from mediation.disputes.rules import NumberStatus, PartyRole
from mediation.kernel.actor import Actor
from mediation.kernel.db import db
from mediation.kernel.i18n import CHINESE, force_locale
from mediation.periods.models import Deadline
from mediation.periods.rules import rule_for
from mediation.periods.telling import derivation
from mediation.roster.models import Mediator, Organisation
from mediation.roster.rules import FeeMode

# Court documents are written in Chinese, whoever asks for them.
KIND = {
    Kind.DELEGATED: ("delegation_letter", "委派调解函"),
    Kind.ENTRUSTED: ("entrustment_letter", "委托调解函"),
    Kind.REFERRED: ("referral_slip", "诉讼外引导调解单"),
}
EXTENSION = ("extension_confirmation", "延长调解期限确认书")

GROUNDS = {
    Finding.RELATIVE: "是一方当事人或者其代理人近亲属",
    Finding.INTEREST: "与纠纷有利害关系",
    Finding.OTHER_TIE: "与纠纷当事人、代理人有其他关系，可能影响公正调解",
}

# What comes back to the court; minutes and offers never do (DOMAIN 3.9, R2-29).
RETURNS = (
    "本函回执（收到后三个工作日内交回）；",
    "达成调解协议的：调解协议书、结案报告；",
    "未达成调解协议的：调解情况报告，写明调解基本情况、调解不成的原因、导致其他当事人诉讼成本增加的行为以及需要提示的其他情况；",
    "当事人一致同意记载的无争议事实记载表；",
    "起诉材料、证据材料、送达地址确认书等当事人提交的全部材料。",
)

RESULT = {
    CheckResult.CLEAR: "未发现应当回避的情形，可以由该调解员调解",
    CheckResult.WARNING: "未发现应当回避的情形，可以由该调解员调解",
    CheckResult.TO_CLEAR: "当事人或者代理人与回避关系登记簿所载人员同名，待核实是否为同一人",
    CheckResult.WAIVABLE: "存在应当回避的情形，待各方当事人表明是否同意由该调解员调解",
    CheckResult.BLOCKED: "该调解员不得调解本纠纷，另行指定或者由当事人另选",
}
WAIVED = "各方当事人知悉上述情形后，一致同意由该调解员调解"


def _parties(dispute_id: int) -> Sequence[Party]:
    rows = sa.select(Party).where(Party.dispute_id == dispute_id).order_by(Party.role, Party.position, Party.id)
    return db.session.scalars(rows).all()


def called(dispute: Dispute) -> str:
    """How a paper names the dispute: 刘某与汪某."""
    sides: dict[PartyRole, list[str]] = {}
    for party in _parties(dispute.id):
        sides.setdefault(party.role, []).append(party.name)
    names = [_side(sides[role]) for role in (PartyRole.APPLICANT, PartyRole.RESPONDENT) if role in sides]
    return "与".join(names)


def _side(names: list[str]) -> str:
    return f"{names[0]}等{len(names)}人" if len(names) > 1 else names[0]


def sides(dispute: Dispute) -> Mapping[PartyRole, str]:
    """The words for the sides: those of the suit once the case is filed."""
    return naming.sides(filed=disputes.is_filed(dispute))


def number(dispute: Dispute) -> str:
    """The dispute's latest number, or its receipt number while it has none."""
    rows = sa.select(CaseNumber.canonical).where(
        CaseNumber.dispute_id == dispute.id, CaseNumber.status == NumberStatus.VALID
    )
    found = db.session.scalar(rows.order_by(CaseNumber.id.desc()).limit(1))
    return found or dispute.receipt_no


def letter(dispute: Dispute, assignment: Assignment, *, reply_until: date, actor: Actor) -> dict[str, Any]:
    """委派调解函, 委托调解函 or 诉讼外引导调解单, with the slip to be sent back."""
    court = accounts.court(dispute.court_id)
    addressee, is_person = _addressee(assignment)
    key = rules.period_key(assignment.kind, assignment.procedure)
    filed = assignment.kind is Kind.ENTRUSTED
    return {
        "addressee": addressee,
        "addressee_is_person": is_person,
        "number": number(dispute),
        "title_of_dispute": called(dispute),
        "parties": _people(dispute, filed=filed),
        "cause": dispute.cause.name,
        "claims": naming.as_litigants(dispute.claims) if filed else dispute.claims,
        "facts": naming.as_litigants(dispute.facts) if filed else dispute.facts,
        "materials": _materials(dispute),
        "period": {"days": rule_for(key, assignment.issued_on).length, "event": "签收本函所附材料之日"},
        "short_procedure": assignment.procedure in rules.SHORT_PROCEDURES,
        "reply_until": reply_until.isoformat(),
        "contact": {"name": actor.name, "phone": court.phone, "address": court.address},
        "returns": list(RETURNS),
        "issuer": court.centre_name,
        "issued_on": assignment.issued_on.isoformat(),
    }


def _addressee(assignment: Assignment) -> tuple[str, bool]:
    """A letter to a mediator of an organisation goes to the organisation, with the mediator named."""
    mediator = db.session.get(Mediator, assignment.mediator_id) if assignment.mediator_id else None
    organisation = db.session.get(Organisation, assignment.organisation_id) if assignment.organisation_id else None
    if organisation is None:
        return (f"{mediator.name}调解员" if mediator else "", True)
    return (f"{organisation.name}（{mediator.name}调解员）" if mediator else organisation.name, False)


def _people(dispute: Dispute, *, filed: bool) -> list[dict[str, str]]:
    words = naming.sides(filed=filed)
    return [{"role": words[p.role], "name": p.name, "contact": _contact(p)} for p in _parties(dispute.id)]


def _contact(party: Party) -> str:
    where = party.residence or party.domicile
    parts = [f"联系电话{party.phone}" if party.phone else "", f"住{where}" if where else ""]
    return "，".join(part for part in parts if part)


def _materials(dispute: Dispute) -> list[str]:
    papers = ["起诉状副本" if dispute.has_complaint else "调解申请（登记表）"]
    if dispute.evidence.strip():
        papers.append("证据材料")
    confirmed = sa.select(sa.func.count(AddressConfirmation.id)).where(AddressConfirmation.dispute_id == dispute.id)
    if count := db.session.scalar(confirmed):
        papers.append(f"送达地址确认书{count}份")
    return papers


def disclosure(dispute: Dispute, mediator: Mediator, check: ConflictCheck, actor: Actor) -> dict[str, Any]:
    """承诺书 and 披露告知: every ground of S4 art. 15, what was found, what the parties say, what follows."""
    found = {Finding(one["finding"]) for one in check.findings}
    with force_locale(CHINESE):
        ties = [tie(one) for one in check.findings if Finding(one["finding"]) not in conflicts.DECLARED or one["name"]]
    parties, words = _parties(dispute.id), sides(dispute)
    organisation = db.session.get(Organisation, mediator.organisation_id) if mediator.organisation_id else None
    waived = check.waived_on
    return {
        "mediator": mediator.name,
        "organisation": organisation.name if organisation else "",
        "title_of_dispute": called(dispute),
        "cause": dispute.cause.name,
        "number": number(dispute),
        "grounds": [{"words": text, "applies": ground in found} for ground, text in GROUNDS.items()],
        "ties": ties,
        "text": check.disclosed,
        "fee": _fee(organisation),
        "consents": [
            [party.name, "同意由该调解员调解", waived.isoformat()]
            for party in parties
            if waived is not None and party.id in check.waived_by
        ],
        "signers": [f"{words[party.role]}{party.name}（签名）" for party in parties],
        "result": WAIVED if waived else RESULT[check.result],
        "decided_by": actor.name if waived else "",
        "on": (waived or check.checked_at.date()).isoformat(),
    }


def tie(found: dict[str, Any]) -> str:
    """One tie in words, with whom it is."""
    words = str(labels.FINDING[Finding(found["finding"])]).rstrip("。.")
    return f"{found['name']}：{words}" if found["name"] else words


def _fee(organisation: Organisation | None) -> str:
    if organisation is not None and organisation.fee_mode is FeeMode.MARKET:
        return "所属组织按照公示标准收费，本人不另行收取任何费用；"
    return "调解不收取任何费用；"


def extension(
    dispute: Dispute, assignment: Assignment, lengthened: Extension, deadline: Deadline, *, raw_on: date
) -> dict[str, Any]:
    """延长调解期限确认书: from which day to which, why, and that all agreed before the end."""
    mediator = db.session.get(Mediator, assignment.mediator_id) if assignment.mediator_id else None
    after_filing = assignment.kind is Kind.ENTRUSTED
    words = naming.sides(filed=after_filing)
    return {
        "title_of_dispute": called(dispute),
        "cause": dispute.cause.name,
        "number": number(dispute),
        "mediator": mediator.name if mediator else "",
        "began_on": deadline.start_on.isoformat(),
        "raw_on": raw_on.isoformat(),
        "former_final_on": lengthened.former_final_on.isoformat(),
        "final_on": lengthened.final_on.isoformat(),
        "final_on_why": derivation(deadline),
        "days": lengthened.days,
        "reason": lengthened.reason,
        "agreed_on": lengthened.agreed_on.isoformat(),
        "after_filing": after_filing,
        "signers": [f"{words[party.role]}{party.name}（签名）" for party in _parties(dispute.id)],
    }
