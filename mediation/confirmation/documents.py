"""What the documents of judicial confirmation print: plain snapshots in court Chinese."""

from datetime import datetime
from typing import Any

from mediation.accounts import services as accounts
from mediation.accounts.models import User
from mediation.agreements import documents as agreements
from mediation.agreements.models import Agreement
from mediation.agreements.services import drafting
from mediation.assignment.models import Assignment
from mediation.confirmation.models import Confirmation, Questioning
from mediation.confirmation.objections.models import ConfirmationObjection
from mediation.confirmation.rules import Exclusion, Form, Ground, Lapse, Material, Outcome, Question
from mediation.disputes import services as disputes
from mediation.disputes.models import CaseNumber, Dispute, Party
from mediation.disputes.rules import AgentKind
from mediation.documents import services as store
from mediation.documents.models import Document
from mediation.kernel import clock
from mediation.kernel.actor import Actor
from mediation.kernel.chinese import chinese_number
from mediation.kernel.db import db
from mediation.roster.models import Mediator, Organisation
from mediation.scheduling.models import Booking, Resource

MATERIAL_TEXT = {
    Material.APPLICATION: "司法确认申请书",
    Material.AGREEMENT: "调解协议",
    Material.PRESIDED: "调解组织主持调解的证明",
    Material.IDENTITY: "当事人的身份证明、资格证明",
    Material.CONTACT: "送达地址、电话号码等联系方式",
    Material.TITLE: "与调解协议相关的财产权利证明",
    Material.POWER_OF_ATTORNEY: "由委托人签名或者盖章的授权委托书",
}
# S2 art. 358, items (1) to (6).
GROUND_TEXT = {
    Ground.ILLEGAL: "违反法律强制性规定",
    Ground.HARMS_OTHERS: "损害国家利益、社会公共利益或者他人合法权益",
    Ground.PUBLIC_ORDER: "违背公序良俗",
    Ground.NOT_VOLUNTARY: "违反自愿原则",
    Ground.NOT_CLEAR: "内容不明确",
    Ground.OTHER: "具有其他不能进行司法确认的情形",
}
# S2 art. 355, items (1) to (5).
EXCLUSION_TEXT = {
    Exclusion.OUT_OF_SCOPE: "不属于人民法院受理范围",
    Exclusion.WRONG_COURT: "不属于本院管辖",
    Exclusion.STATUS_RELATION: "系申请确认婚姻关系、亲子关系、收养关系等身份关系无效、有效或者解除",
    Exclusion.OTHER_PROCEDURE: "涉及适用其他特别程序、公示催告程序、破产程序审理",
    Exclusion.TITLE: "调解协议内容涉及物权、知识产权确权",
}
QUESTION_TEXT = {
    Question.IDENTITY: "核对到场人员的身份及代理权限。",
    Question.RECUSAL: "告知审判人员、书记员姓名及申请回避的权利，是否申请回避？",
    Question.PRESIDED: "本纠纷由何调解组织、调解员主持调解？调解于何时、以何方式进行？",
    Question.VOLUNTARY: "各方是否自愿达成调解协议？有无受到胁迫、欺骗或者重大误解？",
    Question.UNDERSTOOD: "各方是否清楚调解协议的内容及经司法确认后的法律后果？",
    Question.FACTS: "调解协议记载的事实是否属实？双方有无恶意串通的情形？",
    Question.TITLE: "调解协议涉及的财产归谁所有，有无权利证明？是否涉及物权、知识产权确权？",
    Question.THIRD_PARTY: "调解协议是否涉及案外人的权利，有无损害国家利益、社会公共利益？",
    Question.PERFORMED: "调解协议目前履行情况如何？",
    Question.CLEAR: "调解协议各项内容是否明确、能够履行？",
    Question.WITHDRAW: "各方是否坚持司法确认申请，是否撤回？",
}
# The answer mostly given; the judge corrects what was answered otherwise.
USUAL_ANSWER = {
    Question.IDENTITY: "已核对到场人员身份证件，与案件信息一致。",
    Question.VOLUNTARY: "均系自愿达成，未受到胁迫、欺骗，不存在重大误解。",
    Question.UNDERSTOOD: "清楚；知道裁定有效后一方不履行的，对方可以申请强制执行。",
    Question.FACTS: "属实，没有恶意串通。",
    Question.TITLE: "不涉及物权、知识产权确权。",
    Question.THIRD_PARTY: "不涉及案外人的权利，不损害国家利益、社会公共利益。",
    Question.CLEAR: "内容明确，能够履行。",
    Question.WITHDRAW: "坚持申请，不撤回。",
}
TITLE_OF = {
    "acceptance": "受理通知书",
    "supplement": "补充材料通知书",
}
RULING_KIND = {
    Outcome.VALID: "ruling_valid",
    Outcome.DISMISSED: "ruling_dismissed",
    Outcome.NOT_ACCEPTED: "ruling_not_accepted",
    Outcome.WITHDRAWN: "ruling_withdrawn",
    Outcome.DEEMED_WITHDRAWN: "ruling_withdrawn",
}


def moment_text(at: datetime) -> str:
    """2026年3月2日9时30分, at the court."""
    local = clock.local(at)
    return f"{agreements.day(local.date())}{local.hour}时{local.minute:02d}分"


def place_text(booking: Booking) -> str:
    """Where: the court and the room."""
    court = accounts.court(booking.court_id).name
    room = db.session.get(Resource, booking.resource_id) if booking.resource_id else None
    return f"{court}{room.name if room else ''}"


# ---- who applies --------------------------------------------------------------------------------------------------


def _applicants(confirmation: Confirmation) -> list[list[str]]:
    """All parties stand as applicants, each with the agent through whom they apply."""
    chosen = {row["party_id"]: row.get("agent_id") for row in confirmation.applied_by}
    lines = []
    for party in disputes.parties(confirmation.dispute_id):
        lines += agreements.head("申请人", party)
        lines += _agents(party, chosen.get(party.id))
    return lines


def _agents(party: Party, agent_id: int | None) -> list[list[str]]:
    found = []
    for agent in agreements.acting(party):
        if agent.id == agent_id or agent.kind is AgentKind.STATUTORY:
            role = "法定代理人" if agent.kind is AgentKind.STATUTORY else "委托诉讼代理人"
            found.append([role, agreements.describe_agent(agent)])
    return found


def _names(confirmation: Confirmation) -> list[str]:
    return [party.name for party in disputes.parties(confirmation.dispute_id)]


def number_of(confirmation: Confirmation) -> str:
    """The case number, once there is one."""
    number = db.session.get(CaseNumber, confirmation.case_number_id) if confirmation.case_number_id else None
    return number.canonical if number else ""


def _user(user_id: int | None) -> str:
    user = db.session.get(User, user_id) if user_id else None
    return user.name if user else ""


def _common(confirmation: Confirmation) -> dict[str, Any]:
    agreement = db.session.get_one(Agreement, confirmation.agreement_id)
    assignment = db.session.get_one(Assignment, agreement.assignment_id)
    dispute = db.session.get_one(Dispute, confirmation.dispute_id)
    organisation = db.session.get(Organisation, assignment.organisation_id) if assignment.organisation_id else None
    mediator = db.session.get(Mediator, assignment.mediator_id) if assignment.mediator_id else None
    return {
        "court": accounts.court(confirmation.court_id).name,
        "phone": accounts.court(confirmation.court_id).phone,
        "applicants": _applicants(confirmation),
        "names": "、".join(_names(confirmation)),
        "cause": dispute.cause.name,
        "organisation": organisation.name if organisation else "",
        "mediator": mediator.name if mediator else "",
        "presided": organisation.name if organisation else f"特邀调解员{mediator.name}" if mediator else "",
        "agreement_number": agreement.number,
        "effective_on": agreement.effective_on.isoformat() if agreement.effective_on else "",
        "applied_on": confirmation.applied_on.isoformat(),
        "accepted_on": confirmation.accepted_on.isoformat() if confirmation.accepted_on else "",
        "clauses": clause_texts(agreement),
        "judge": _user(confirmation.judge_id),
        "clerk": _user(confirmation.clerk_id),
        "today": clock.today().isoformat(),
    }


def clause_texts(agreement: Agreement) -> list[str]:
    """The clauses as they were signed: from the signed document's own snapshot, never composed anew."""
    signed = db.session.get(Document, agreement.document_id) if agreement.document_id else None
    if signed is not None:
        return [str(clause) for clause in signed.data["clauses"]]
    return agreements.sentences(agreement.dispute_id, drafting.clauses(agreement))


def _ask(
    actor: Actor, confirmation: Confirmation, kind: str, title: str, data: dict[str, Any], **more: Any
) -> Document:
    subject = more.pop("subject", confirmation)
    return store.request(
        actor,
        kind=kind,
        subject=subject,
        dispute_id=confirmation.dispute_id,
        title=title,
        data=data,
        number=number_of(confirmation),
        **more,
    )


# ---- by the parties -----------------------------------------------------------------------------------------------


def application(actor: Actor, confirmation: Confirmation) -> Document:
    """司法确认申请书 (5.4-13); an oral application is taken down and signed (S2 art. 353)."""
    wanted = [MATERIAL_TEXT[m] for m in Material if m.value in confirmation.materials and m is not Material.APPLICATION]
    data = _common(confirmation) | {
        "oral": confirmation.form is Form.ORAL,
        "materials": wanted,
        "contacts": [
            [
                p.name,
                p.phone or "未提供",
                (p.address.address if p.address else "") or p.domicile or p.residence or "未提供",
            ]
            for p in disputes.parties(confirmation.dispute_id)
        ],
        "signers": _names(confirmation),
    }
    title = "司法确认申请笔录" if confirmation.form is Form.ORAL else "司法确认申请书"
    return _ask(actor, confirmation, "confirmation_application", title, data)


def undertaking(actor: Actor, confirmation: Confirmation) -> Document:
    """承诺书: genuine, voluntary, no collusion (5.4-14)."""
    data = _common(confirmation) | {"signers": _names(confirmation)}
    return _ask(actor, confirmation, "confirmation_undertaking", "司法确认承诺书", data)


# ---- by the court -------------------------------------------------------------------------------------------------


def acceptance(actor: Actor, confirmation: Confirmation) -> Document:
    """受理通知书 (5.4-15)."""
    return _ask(
        actor, confirmation, "confirmation_acceptance", TITLE_OF["acceptance"], _common(confirmation), sealed=True
    )


def supplement_notice(actor: Actor, confirmation: Confirmation) -> Document:
    """补充材料通知书: everything missing at once, with the last day (S2 arts 354, 356)."""
    data = _common(confirmation) | {
        "items": [item for item in confirmation.supplement.replace("\n", "；").split("；") if item.strip()],
        "due": confirmation.supplement_due.isoformat() if confirmation.supplement_due else "",
        "before_acceptance": confirmation.accepted_on is None,
    }
    return _ask(actor, confirmation, "supplement_notice", TITLE_OF["supplement"], data, sealed=True)


def questioning_record(actor: Actor, confirmation: Confirmation, record: Questioning) -> Document:
    """询问笔录 (5.4-16): read and signed by all who were present."""
    present = [p.name for p in disputes.parties(confirmation.dispute_id) if p.id in record.present]
    booking = (
        db.session.get(Booking, confirmation.questioning_booking_id) if confirmation.questioning_booking_id else None
    )
    data = _common(confirmation) | {
        "held_at": record.held_at.isoformat(),
        "place": place_text(booking) if booking else accounts.court(confirmation.court_id).name,
        "present": "、".join(present),
        "questions": [[QUESTION_TEXT[q], record.answers[q.value]] for q in Question],
        "note": record.note,
        "signers": present,
    }
    return _ask(actor, confirmation, "questioning_record", "询问笔录", data, subject=record)


def ruling_data(confirmation: Confirmation, *, late: bool = False, lapse: Lapse | None = None) -> dict[str, Any]:
    """What a ruling prints; the judge sees the same as a draft beforehand."""
    grounds = [ground for ground in Ground if ground.value in confirmation.grounds]
    return _common(confirmation) | {
        "decided_on": (confirmation.decided_on or clock.today()).isoformat(),
        "questioned": bool(confirmation.checklist),
        "reason": confirmation.reason,
        "grounds": [GROUND_TEXT[ground] for ground in grounds],
        "ground_items": "、".join(f"第（{chinese_number(list(Ground).index(g) + 1)}）项" for g in grounds),
        "exclusion": EXCLUSION_TEXT[confirmation.exclusion] if confirmation.exclusion else "",
        "exclusion_item": _item(confirmation.exclusion),
        "late": late and confirmation.exclusion is None,
        "deemed": confirmation.outcome is Outcome.DEEMED_WITHDRAWN,
        "refused": lapse is Lapse.REFUSED_QUESTIONING,
    }


def objection_ruling(
    actor: Actor, confirmation: Confirmation, objection: ConfirmationObjection, *, answer: str, number: str
) -> Document:
    """民事裁定书 on an objection (S2 art. 372): revokes or alters the confirmation, or rejects the objection."""
    people = {party.id: party for party in disputes.parties(confirmation.dispute_id)}
    objector = people.get(objection.party_id or 0)
    own = agreements.head("异议人", objector) if objector is not None else [["异议人", _outside(objection)]]
    data = _common(confirmation) | {
        "objector": objector.name if objector is not None else objection.name,
        "outsider": objector is None,
        "heads": own + [line for p in people.values() if p is not objector for line in agreements.head("原申请人", p)],
        "confirmed_by": number_of(confirmation),
        "confirmed_on": confirmation.decided_on.isoformat() if confirmation.decided_on else "",
        "raised_on": objection.raised_on.isoformat(),
        "reason": objection.reason,
        "reasons": objection.reasons,
        "answer": answer,
        "altered": objection.altered,
        "ruled_on": clock.today().isoformat(),
        "judge": _user(objection.ruled_by_id),
    }
    return store.request(
        actor, kind="confirmation_objection_ruling", subject=objection, dispute_id=confirmation.dispute_id,
        title="民事裁定书", data=data, number=number, sealed=True,
    )  # fmt: skip


def _outside(objection: ConfirmationObjection) -> str:
    return (
        "，".join(part for part in (objection.name, f"住{objection.address}" if objection.address else "") if part)
        + "。"
    )


def _item(exclusion: Exclusion | None) -> str:
    return f"第（{chinese_number(list(Exclusion).index(exclusion) + 1)}）项" if exclusion else ""


def ruling(actor: Actor, confirmation: Confirmation, *, late: bool, lapse: Lapse | None) -> Document:
    """民事裁定书 (5.4-17, 5.4-18)."""
    kind = RULING_KIND[Outcome(str(confirmation.outcome))]
    data = ruling_data(confirmation, late=late, lapse=lapse)
    return _ask(actor, confirmation, kind, "民事裁定书", data, sealed=True)
