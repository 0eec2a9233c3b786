"""What the documents of mediation print: plain snapshots, and the sentences of the clauses in court Chinese."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

import sqlalchemy as sa

from mediation.accounts import services as accounts
from mediation.agreements.models import (
    Agreement,
    Clause,
    FailureReport,
    MediationSession,
    TransferPacket,
    UndisputedFact,
)
from mediation.agreements.rules import ClauseKind, Method, oral_is_signed
from mediation.assignment.documents import called
from mediation.assignment.models import Assignment
from mediation.assignment.rules import Kind
from mediation.assignment.together import present as together
from mediation.disputes import naming
from mediation.disputes import services as disputes
from mediation.disputes.models import Agent, Dispute, Party
from mediation.disputes.rules import AgentKind, PartyKind
from mediation.documents import services as store
from mediation.documents.models import Document
from mediation.documents.rules import Folder
from mediation.kernel import clock
from mediation.kernel.actor import Actor
from mediation.kernel.chinese import capitals
from mediation.kernel.db import db
from mediation.periods import services as periods
from mediation.periods.table import PeriodKey
from mediation.periods.telling import derivation
from mediation.roster.models import Organisation
from mediation.scheduling.models import Booking, Resource

METHOD_TEXT = {Method.ON_SITE: "现场", Method.VIDEO: "视频", Method.PHONE: "电话"}
KIND_TEXT = {Kind.DELEGATED: "委派调解", Kind.ENTRUSTED: "委托调解", Kind.REFERRED: "引导调解"}
DUTY_TEXT = {
    "rights_and_duties": "各方权利义务（可以接受、拒绝或者要求停止调解，申请回避；应当如实陈述、遵守秩序）",
    "rules": "调解规则（自愿、不公开；为达成协议作出的让步不得在以后的诉讼中作为对其不利的根据）",
    "procedure": "调解程序",
    "effect": "调解协议的效力",
    "confirmation": "协议生效之日起三十日内可以共同申请司法确认，不收费",
    "sham": "虚假调解的法律后果",
    "address": "送达地址确认书的填写要求及后果",
}
CODE_TEXT = {
    "03": "在调解期限内无法与当事人取得联系",
    "04": "一方当事人明确表示不愿调解",
    "05": "当事人分歧较大，难以达成调解协议",
    "06": "调解期限届满，各方未共同申请延长",
    "07": "一方当事人拒绝在调解协议上签名、盖章",
    "08": "其他导致调解难以进行的情形",
}


def day(value: date | None) -> str:
    """A date as Chinese documents print it."""
    return f"{value.year}年{value.month}月{value.day}日" if value else ""


def money(fen: int | None) -> str:
    """人民币1,200.00元（大写：壹仟贰佰元整）."""
    fen = fen or 0
    return f"人民币{fen // 100:,}.{fen % 100:02d}元（大写：{capitals(fen)}）"


def party_lines(dispute_id: int, *, filed: bool) -> list[list[str]]:
    """Each party with who represents it and who acts for it, a line each: role and description (DOMAIN 5.1)."""
    lines, words = [], naming.sides(filed=filed)
    for party in disputes.parties(dispute_id):
        lines += head(words[party.role], party)
        lines += [["委托代理人", describe_agent(agent)] for agent in acting(party)]
    return lines


def head(role: str, party: Party) -> list[list[str]]:
    """The lines of one party at the head of a paper: itself, and for an organisation who represents it."""
    lines = [[role, describe(party)]]
    if party.kind is PartyKind.ORGANISATION and party.representative:
        title = f"，{party.representative_title}" if party.representative_title else ""
        lines.append(["法定代表人", f"{party.representative}{title}。"])
    return lines


def describe(party: Party) -> str:
    """A party with what CPL art. 124 wants known; the identity number stays out of copies others read."""
    if party.kind is PartyKind.ORGANISATION:
        return f"{party.name}，住所地{party.domicile or '未提供'}。"
    born = f"，{day(party.birth_date)}出生" if party.birth_date else ""
    sex = {"male": "，男", "female": "，女"}.get(party.sex.value if party.sex else "", "")
    nation = f"，{party.ethnicity}" if party.ethnicity else ""
    return f"{party.name}{sex}{born}{nation}，住{party.domicile or party.residence or '未提供'}。"


def acting(party: Party) -> list[Agent]:
    """The agents whose power was not revoked (CPL art. 64)."""
    return [agent for agent in party.agents if agent.ended_on is None]


def describe_agent(agent: Agent) -> str:
    """An agent with the firm: 欧阳某，山东样例律师事务所律师。"""
    work = {AgentKind.LAWYER: "律师", AgentKind.LEGAL_WORKER: "法律工作者"}.get(agent.kind, "")
    return f"{agent.name}{'，' + agent.firm + work if agent.firm else ''}。"


def _names(dispute_id: int) -> dict[int, str]:
    return {p.id: p.name for p in disputes.parties(dispute_id)}


def _by(clause: Clause) -> str:
    return f"于{day(clause.due_on)}前" if clause.due_on else ""


def _pay(clause: Clause, debtor: str, creditor: str) -> str:
    how = (
        f"，支付至以下账户：{clause.account}"
        if clause.account
        else f"，以{clause.method}方式支付"
        if clause.method
        else ""
    )
    return f"{debtor}{_by(clause)}向{creditor}支付{money(clause.amount_fen)}{how}"


def _instalments(clause: Clause, debtor: str, creditor: str) -> str:
    parts = "；".join(
        f"第{n}期于{day(i.due_on)}前支付{i.amount_fen // 100:,}.{i.amount_fen % 100:02d}元"
        for n, i in enumerate(clause.instalments, 1)
    )
    how = f"支付至以下账户：{clause.account}" if clause.account else f"以{clause.method}方式支付"
    return f"{debtor}向{creditor}分{len(clause.instalments)}期支付{money(clause.amount_fen)}，{how}：{parts}"


def _deliver(clause: Clause, debtor: str, creditor: str) -> str:
    return f"{debtor}{_by(clause)}在{clause.place}向{creditor}交付{clause.text}"


def _vacate(clause: Clause, debtor: str, creditor: str) -> str:
    return f"{debtor}{_by(clause)}腾空{clause.place}并交还{creditor}{'，' + clause.text if clause.text else ''}"


def _repair(clause: Clause, debtor: str, creditor: str) -> str:
    return (
        f"{debtor}{_by(clause)}为{creditor}修复{clause.text}{'（地点：' + clause.place + '）' if clause.place else ''}"
    )


def _end_contract(clause: Clause, debtor: str, creditor: str) -> str:
    who = f"{debtor}与{creditor}" if debtor and creditor else "双方"
    return f"{who}之间的{clause.text}于{day(clause.due_on)}解除"


def _apologise(clause: Clause, debtor: str, creditor: str) -> str:
    return f"{debtor}{_by(clause)}以{clause.method}方式向{creditor}赔礼道歉{'，' + clause.text if clause.text else ''}"


def _other(clause: Clause, _debtor: str, _creditor: str) -> str:
    return f"{clause.text}{'（' + _by(clause) + '履行）' if clause.due_on else ''}"


SENTENCE: dict[ClauseKind, Callable[[Clause, str, str], str]] = {
    ClauseKind.PAY: _pay,
    ClauseKind.INSTALMENTS: _instalments,
    ClauseKind.DELIVER: _deliver,
    ClauseKind.VACATE: _vacate,
    ClauseKind.REPAIR: _repair,
    ClauseKind.END_CONTRACT: _end_contract,
    ClauseKind.APOLOGISE: _apologise,
    ClauseKind.OTHER: _other,
}


def sentence(clause: Clause, names: Mapping[int, str]) -> str:
    """A clause as it stands in the agreement, and again in the ruling that confirms it."""
    text = SENTENCE[clause.kind](clause, names.get(clause.debtor_id or 0, ""), names.get(clause.creditor_id or 0, ""))
    if clause.interest_permille is not None:
        text += f"，并按年利率{clause.interest_permille / 10:g}%计付利息"
    return f"{text}{'，条件：' + clause.condition if clause.condition else ''}"


def sentences(dispute_id: int, rows: Sequence[Clause]) -> list[str]:
    """All clauses in order."""
    names = _names(dispute_id)
    return [sentence(clause, names) for clause in rows]


def common(dispute_id: int, assignment: Assignment) -> dict[str, Any]:
    """What every paper of a mediation says: who, about what, before whom."""
    dispute = db.session.get_one(Dispute, dispute_id)
    organisation = db.session.get(Organisation, assignment.organisation_id) if assignment.organisation_id else None
    return {
        "court": accounts.court(dispute.court_id).name,
        "centre": accounts.court(dispute.court_id).centre_name,
        "dispute": called(dispute),
        "cause": dispute.cause.name,
        "parties": party_lines(dispute_id, filed=assignment.kind is Kind.ENTRUSTED),
        "kind": KIND_TEXT[assignment.kind],
        # Several who mediate together stand there with the one who presides first (S4 art. 13).
        "mediator": together.names(assignment),
        "organisation": organisation.name if organisation else "",
        "accepted_on": assignment.accepted_on.isoformat() if assignment.accepted_on else "",
    }


def mediation_record(actor: Actor, session: MediationSession) -> Document:
    """调解笔录: stays with the mediation (R2-29)."""
    data = common(session.dispute_id, session.assignment) | {
        # Each of those who mediate signs (S4 art. 24).
        "mediators": together.each_name(session.assignment),
        "began": session.started_at.isoformat() if session.started_at else "",
        "ended": session.ended_at.isoformat() if session.ended_at else "",
        "method": METHOD_TEXT[session.method],
        "place": _place(session),
        "present": [
            [a.name, "已核对" if a.identity_checked else "—", "已核对" if a.authority_checked and a.agent_id else "—"]
            for a in session.attendances
            if a.present
        ],
        "duties": [text for duty, text in DUTY_TEXT.items() if duty in session.duties],
        "minutes": session.minutes,
        "outcome": session.outcome,
    }
    return store.request(
        actor,
        kind="mediation_record",
        subject=session,
        dispute_id=session.dispute_id,
        title="调解笔录",
        data=data,
        folder=Folder.MEDIATION_CONFIDENTIAL,
    )


def _place(session: MediationSession) -> str:
    booking = db.session.get(Booking, session.booking_id) if session.booking_id else None
    return place_name(booking)


def place_name(booking: Booking | None) -> str:
    """The room or tribunal of a booking."""
    room = db.session.get(Resource, booking.resource_id) if booking is not None and booking.resource_id else None
    return room.name if room is not None else ""


def agreement(actor: Actor, made: Agreement, rows: Sequence[Clause]) -> Document:
    """调解协议书 (5.4-8): the text all sign."""
    deadline = periods.compute(PeriodKey.CONFIRM_APPLY, clock.today(), court_id=made.court_id)
    data = _terms(made, rows) | {
        "guarantor": made.guarantor,
        "confirmation": made.confirmation_planned,
        "apply_until": deadline.final.isoformat(),
        "apply_until_why": derivation(deadline),
        "copies": len(disputes.parties(made.dispute_id)) + 2,
    }
    return store.request(
        actor,
        kind="agreement",
        subject=made,
        dispute_id=made.dispute_id,
        title="调解协议书",
        data=data,
        number=made.number,
    )


def oral_agreement(actor: Actor, made: Agreement, rows: Sequence[Clause]) -> Document:
    """口头调解协议笔录 (5.3-8b): what was agreed, as the mediator wrote it down (S3 art. 28; S4 art. 23)."""
    data = _terms(made, rows) | {"signed": oral_is_signed(made.assignment.kind), "agreed_on": clock.today().isoformat()}
    return store.request(
        actor,
        kind="oral_agreement",
        subject=made,
        dispute_id=made.dispute_id,
        title="口头调解协议笔录",
        data=data,
        number=made.number,
    )


def _terms(made: Agreement, rows: Sequence[Clause]) -> dict[str, Any]:
    return common(made.dispute_id, made.assignment) | {
        "mediators": together.each_name(made.assignment),
        "number": made.number,
        "facts": made.facts,
        "issues": made.issues,
        "clauses": sentences(made.dispute_id, rows),
        "breach": made.breach,
        "costs": made.costs,
        "nothing_else": made.nothing_else_disputed,
        "signers": [p.name for p in disputes.parties(made.dispute_id)],
        "ledger": [_ledger(c) for c in rows],
    }


def _ledger(clause: Clause) -> dict[str, Any]:
    """The clause as data, embedded in the PDF."""
    return {
        "kind": clause.kind.value,
        "debtor": clause.debtor_id,
        "creditor": clause.creditor_id,
        "amount_fen": clause.amount_fen,
        "due_on": clause.due_on.isoformat() if clause.due_on else None,
        "instalments": [[i.amount_fen, i.due_on.isoformat()] for i in clause.instalments],
    }


def undisputed_facts(actor: Actor, assignment: Assignment, facts: Sequence[UndisputedFact]) -> Document:
    """无争议事实记载表: may go to the court, for all confirmed it in writing (S5 art. 22)."""
    confirmed = [f for f in facts if f.confirmed_on]
    data = common(assignment.dispute_id, assignment) | {
        "facts": [[f.text, f.evidence] for f in confirmed],
        "confirmed_on": max(f.confirmed_on for f in confirmed if f.confirmed_on).isoformat(),
        "signers": [p.name for p in disputes.parties(assignment.dispute_id)],
    }
    return store.request(
        actor,
        kind="undisputed_facts",
        subject=assignment,
        dispute_id=assignment.dispute_id,
        title="无争议事实记载表",
        data=data,
    )


def failure_record(actor: Actor, assignment: Assignment, report: FailureReport) -> Document:
    """调解终结登记表 (5.4-20)."""
    data = common(assignment.dispute_id, assignment) | {
        "end_code": report.code.value,
        "code_text": CODE_TEXT.get(report.code.value, ""),
        "course": report.course,
        "reasons": report.reasons,
        "cost_behaviour": report.cost_behaviour,
        "alerts": report.alerts,
        "returned": report.material_returned,
        "reported_on": report.reported_on.isoformat(),
        "sessions": held(assignment),
        "facts_recorded": store.latest("undisputed_facts", "assignment", assignment.id) is not None,
    }
    return store.request(
        actor,
        kind="failure_record",
        subject=report,
        dispute_id=assignment.dispute_id,
        title="调解终结登记表",
        data=data,
    )


def held(assignment: Assignment) -> int:
    """How many sessions took place."""
    held = sa.select(sa.func.count(MediationSession.id)).where(
        MediationSession.assignment_id == assignment.id, MediationSession.started_at.is_not(None)
    )
    return db.session.scalar(held) or 0


def transfer_letter(actor: Actor, assignment: Assignment, packet: TransferPacket) -> Document:
    """转立案移送函 with the list of what goes over; what stays is counted, not shown (DOMAIN 3.9)."""
    dispute = db.session.get_one(Dispute, assignment.dispute_id)
    submitted = dispute.complaint_submitted_at
    copies = Counter(row["title"] for row in packet.handed_over)
    data = common(assignment.dispute_id, assignment) | {
        "entrusted": assignment.kind is Kind.ENTRUSTED,
        "materials": list(copies),
        "numbered": [[str(n), title, str(count)] for n, (title, count) in enumerate(copies.items(), 1)],
        "made_on": clock.today().isoformat(),
        "withheld": len(packet.withheld),
        "submitted_on": clock.local(submitted).date().isoformat() if submitted else "",
        "ended_on": assignment.ended_on.isoformat() if assignment.ended_on else "",
    }
    title = "转入审理程序通知" if assignment.kind is Kind.ENTRUSTED else "转立案移送函"
    return store.request(
        actor, kind="transfer_letter", subject=packet, dispute_id=assignment.dispute_id, title=title, data=data
    )
