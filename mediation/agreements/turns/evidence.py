"""签署记录: what proves the signatures that were given on a screen, as a paper of its own (S36 arts 5, 13, 14)."""

from collections.abc import Mapping, Sequence
from typing import Any

import sqlalchemy as sa

from mediation.agreements import documents
from mediation.agreements.models import Agreement, Signature
from mediation.agreements.rules import Signer, SignManner
from mediation.agreements.turns.models import SigningTurn
from mediation.agreements.turns.rules import Check, Place, TurnStatus
from mediation.disputes import services as disputes
from mediation.documents import composing
from mediation.documents import services as store
from mediation.documents.models import Document, DocumentFile
from mediation.kernel import clock
from mediation.kernel.actor import Actor
from mediation.kernel.db import db

CAPACITY = {
    Signer.PARTY: "当事人", Signer.AGENT: "委托代理人", Signer.GUARANTOR: "担保人", Signer.MEDIATOR: "调解员",
    Signer.ORGANISATION: "调解组织",
}  # fmt: skip
CHECKED = {
    Check.DOCUMENT: "当面核对身份证件",
    Check.ACCOUNT: "以本人账号登录",
    Check.CODE_IN_PERSON: "当面核对身份后告知验证码，经本人输入",
    Check.CODE_BY_SMS: "向本人所留手机号码发送验证码，经本人输入",
}
PLACED = {Place.TABLET: "调解场所的平板电脑", Place.LINK: "本人设备（专属链接）"}
MANNER = {
    SignManner.HANDWRITTEN: "手写签名", SignManner.FINGERPRINT: "按指印", SignManner.SEAL: "盖章",
    SignManner.ELECTRONIC: "电子签名",
}  # fmt: skip


def record(actor: Actor, agreement: Agreement, signatures: Sequence[Signature]) -> Document | None:
    """签署记录: who signed when, how the person was known, which bytes, and what was drawn, sealed like a court's paper."""
    signed = db.session.scalars(
        sa.select(SigningTurn)
        .where(SigningTurn.agreement_id == agreement.id, SigningTurn.status == TurnStatus.SIGNED)
        .order_by(SigningTurn.id)
    ).all()
    if not signed or agreement.document_id is None:
        return None
    by_number = {one.id: one for one in signatures}
    names = {party.id: party.name for party in disputes.parties(agreement.dispute_id)}
    file = db.session.get(DocumentFile, agreement.document_id)
    document = db.session.get_one(Document, agreement.document_id)
    data = documents.common(agreement.dispute_id, agreement.assignment) | {
        "agreement_number": agreement.number,
        "title": document.title,
        "code": document.code,
        "sha256": file.sha256 if file else "",
        "sm3": file.sm3 if file else "",
        "effective_on": agreement.effective_on.isoformat() if agreement.effective_on else "",
        "signed": [_line(turn, by_number[turn.signature_id], names) for turn in signed],
        "others": [_other(one) for one in signatures if one.manner is not SignManner.ELECTRONIC],
        "drawn": [turn.strokes for turn in signed],
        "made_on": clock.today().isoformat(),
    }
    return store.request(
        actor,
        kind="signing_record",
        subject=agreement,
        dispute_id=agreement.dispute_id,
        title="电子签署记录",
        data=data,
        number=agreement.number,
        sealed=True,
    )


def _line(turn: SigningTurn, signature: Signature, names: Mapping[int, str]) -> dict[str, Any]:
    return {
        "name": turn.name,
        "capacity": CAPACITY[signature.signer],
        "for_whom": names.get(signature.party_id or 0, "") if turn.agent else "",
        "place": PLACED[turn.place],
        "check": CHECKED[turn.check],
        "seen": turn.seen,
        "checked_by": turn.checked_by,
        "checked_at": turn.checked_at.isoformat() if turn.checked_at else "",
        "signed_at": turn.ended_at.isoformat() if turn.ended_at else "",
        "sha256": turn.sha256,
        "strokes": len(turn.strokes),
        "device": turn.device,
    }


def _other(signature: Signature) -> list[str]:
    return [
        CAPACITY[signature.signer],
        signature.name,
        MANNER[signature.manner] if signature.manner else "",
        composing.moment(signature.signed_at) if signature.signed_at else "",
    ]
