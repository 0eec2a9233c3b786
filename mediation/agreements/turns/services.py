"""Turns to sign on a screen: given, opened by the right person, used once, taken back, run out (S5 art. 19; R5-05)."""

import secrets
from dataclasses import dataclass, replace
from typing import Any

import sqlalchemy as sa

from mediation.agreements.models import Agreement, Signature
from mediation.agreements.rules import AgreementStatus, Signer, SignManner
from mediation.agreements.services import drafting, signing
from mediation.agreements.turns import labels, rules
from mediation.agreements.turns.models import SigningTurn
from mediation.agreements.turns.reading import (
    agreement_of,
    digest,
    excluded,
    is_open,
    of_agreement,
    refused,
)
from mediation.agreements.turns.rules import Check, Drawn, Obstacle, Place, TurnStatus
from mediation.assignment.services.reading import accounts_behind
from mediation.disputes import people
from mediation.documents import services as store
from mediation.documents.models import Document, DocumentFile
from mediation.documents.rules import Status as DocumentStatus
from mediation.kernel import audit, clock, keys
from mediation.kernel.actor import Actor, system
from mediation.kernel.db import db, transaction
from mediation.kernel.errors import NotPermitted
from mediation.notices import channels
from mediation.notices import rules as telling
from mediation.notices import services as notices
from mediation.notices.rules import Channel
from mediation.web.templating import moment

CODE, REMINDER = "signing_code", "signing_reminder"


@dataclass(frozen=True)
class Given:
    """A new turn, with what is told now and never again."""

    turn: SigningTurn
    token: str = ""
    code: str = ""


def is_own(actor: Actor, signature: Signature) -> bool:
    """The signature of the mediator who is here, whether presiding or beside (S4 art. 24)."""
    return actor.mediator_id is not None and actor.mediator_id == signature.mediator_id


# --- giving a turn ---------------------------------------------------------------------------------------------------


def give(
    actor: Actor,
    agreement: Agreement,
    signature: Signature,
    *,
    check: Check,
    seen: str = "",
    agent_name: str = "",
) -> Given:
    """Give a signer a turn: on the tablet, to whoever was just identified; or a personal link with a code."""
    if not (rules.may_give(actor, agreement) or is_own(actor, signature)):
        raise NotPermitted("give_turn", article="S4 art. 24")
    if not rules.may_give(actor, agreement) and check is not Check.ACCOUNT:
        raise refused(Obstacle.NOT_ONESELF)
    place = next(where for where, checks in rules.CHECKS.items() if check in checks)
    _require(actor, agreement, signature, check, agent_name)
    phone = _phone(agreement, signature, agent_name) if check is Check.CODE_BY_SMS else ""
    token = secrets.token_urlsafe(32) if place is Place.LINK else ""
    if place is Place.TABLET:
        _made(agreement.document_id)
    with transaction():
        _close_past(agreement, signature)
        turn = SigningTurn(
            court_id=agreement.court_id,
            dispute_id=agreement.dispute_id,
            agreement_id=agreement.id,
            signature_id=signature.id,
            document_id=agreement.document_id,
            place=place,
            name=agent_name or signature.name,
            agent=bool(agent_name),
            issued_by_id=actor.id,
            expires_at=clock.now() + rules.LIFE[place],
            token_digest=digest(token) if token else None,
            check=check,
            seen=f"{phone[:3]}****{phone[-4:]}" if phone else seen,
            checked_by="" if phone else actor.name,
        )
        audit.record(actor, "give", turn, place=place, check=check, signer=turn.name)
        if place is Place.TABLET:
            _identified(actor, turn)
            return Given(turn)
        code = _new_code(actor, turn)
        if phone:
            _send(actor, agreement, signature, turn, code)
    return Given(turn, token, "" if phone else code)


def _require(actor: Actor, agreement: Agreement, signature: Signature, check: Check, agent_name: str) -> None:
    found = excluded(agreement)
    own = check is Check.ACCOUNT and is_own(actor, signature)
    if found is None and agreement.status is not AgreementStatus.SIGNING:
        found = Obstacle.NOT_SIGNING
    if found is None:
        found = rules.who_signs(signature.signer, own=own)
    if found is None and check is Check.ACCOUNT and signature.signer is not Signer.MEDIATOR:
        found = Obstacle.NOT_ONESELF
    if found is None and signature.signed_at is not None:
        found = Obstacle.SIGNED
    if found is None and any(t.signature_id == signature.id and is_open(t) for t in of_agreement(agreement)):
        found = Obstacle.RUNNING
    if found is not None:
        raise refused(found)
    signing.require_open(agreement, signature, manner=SignManner.ELECTRONIC, agent_name=agent_name)


def _close_past(agreement: Agreement, signature: Signature) -> None:
    """A turn whose time is over makes room for the next, before the daily run has come by."""
    for old in of_agreement(agreement):
        if old.signature_id == signature.id and old.status in rules.LIVING:
            _expire(system(agreement.court_id), old)


def _phone(agreement: Agreement, signature: Signature, agent_name: str) -> str:
    """The mobile number the party (or its agent) gave; refused where no message can be sent to one."""
    party = people.party(agreement.dispute_id, signature.party_id) if signature.party_id else None
    given = ""
    if party is not None:
        agent = next((agent.phone for agent in party.agents if agent.name == agent_name), "")
        given = agent if agent_name else people.addressee(party).phone
    phone = telling.mobile(given)
    if not phone or Channel.SMS not in channels.configured():
        raise refused(Obstacle.NO_MESSAGE, field="check")
    return phone


def _new_code(actor: Actor, turn: SigningTurn) -> str:
    """Six digits for a quarter of an hour; of them only a keyed digest is kept."""
    code = f"{secrets.randbelow(10**rules.CODE_DIGITS):0{rules.CODE_DIGITS}d}"
    turn.code_digest, turn.code_until, turn.tries = _code_digest(turn, code), clock.now() + rules.CODE_LIFE, 0
    audit.record(actor, "code", turn, check=turn.check)
    return code


def _code_digest(turn: SigningTurn, code: str) -> str:
    return keys.keyed_hash("signing", f"{turn.token_digest}/{code}")


def _send(actor: Actor, agreement: Agreement, signature: Signature, turn: SigningTurn, code: str) -> None:
    party = people.party(agreement.dispute_id, signature.party_id or 0)
    if party is None or turn.code_until is None:
        raise refused(Obstacle.NO_MESSAGE, field="check")
    to = people.addressee(party)
    phone = _phone(agreement, signature, turn.name if turn.agent else "")
    facts = {"number": code, "when": moment(turn.code_until)}
    notices.tell(
        actor, replace(to, name=turn.name, phone=phone), CODE, subject=turn, dispute_id=turn.dispute_id, facts=facts
    )


def renew_code(actor: Actor, turn: SigningTurn) -> str:
    """A new code for the same link: by message, or told face to face by who asks for it and then shown once."""
    agreement = agreement_of(turn)
    signature = signing.get(agreement, turn.signature_id)
    if turn.status is not TurnStatus.ISSUED or not is_open(turn) or signature is None:
        raise refused(Obstacle.OVER)
    by_message = turn.check is Check.CODE_BY_SMS
    if not by_message and not rules.may_give(actor, agreement):
        raise NotPermitted("give_turn", article="S36 art. 13")
    with transaction():
        code = _new_code(actor, turn)
        if by_message:
            _send(actor, agreement, signature, turn, code)
    return "" if by_message else code


# --- the signer ------------------------------------------------------------------------------------------------------


def signer(turn: SigningTurn) -> Actor:
    """Whoever holds the link, in the trail: nobody of the house."""
    return replace(system(turn.court_id), name=turn.name)


def enter_code(turn: SigningTurn, given: str, *, browser: str) -> str:
    """The code opens the document, in this browser only; what the browser keeps to be known again."""
    who = signer(turn)
    found = _wrong(turn, given)
    if found is not None:
        with transaction():
            turn.tries += 1
            audit.record(who, "miss", turn, tries=turn.tries)
        raise refused(found, field="code")
    _made(turn.document_id)
    secret = secrets.token_urlsafe(32)
    with transaction():
        turn.device_digest, turn.device = digest(secret), browser[:200]
        turn.code_digest, turn.code_until = "", None
        _identified(who, turn)
    return secret


def _wrong(turn: SigningTurn, given: str) -> Obstacle | None:
    if not is_open(turn) or turn.status is not TurnStatus.ISSUED:
        raise refused(Obstacle.OVER)
    if turn.tries >= rules.MOST_TRIES:
        return Obstacle.CODE_SPENT
    if turn.code_until is None or clock.now() >= turn.code_until:
        return Obstacle.CODE_OVER
    right = keys.same(turn.code_digest, _code_digest(turn, given))
    return None if right else Obstacle.WRONG_CODE


def _made(document_id: int | None) -> DocumentFile:
    """The document as it is signed; made now when nobody needed it before."""
    document = db.session.get(Document, document_id) if document_id else None
    if document is not None and document.status is not DocumentStatus.READY:
        store.produce(document.id)
    file = db.session.get(DocumentFile, document_id) if document_id else None
    if file is None:
        raise refused(Obstacle.NOT_PRODUCED)
    return file


def _identified(actor: Actor, turn: SigningTurn) -> None:
    turn.checked_at = clock.now()
    audit.advance(rules.STEPS, "identify", actor, turn, check=turn.check)


def sign(actor: Actor, turn: SigningTurn, drawn: Drawn, *, read: str) -> None:
    """The person has read these bytes (`read`: their SHA-256) and drawn the signature: it counts (S36 arts 13, 14)."""
    agreement, signature = _open(turn)
    file = _made(turn.document_id)
    if not keys.same(file.sha256, read):
        raise refused(Obstacle.NOT_THE_SAME)
    with transaction():
        now = clock.now()
        turn.sha256, turn.strokes, turn.ended_at = file.sha256, drawn.strokes, now
        audit.advance(
            rules.STEPS, "sign", actor, turn, sha256=file.sha256, document=turn.document_id, check=turn.check,
            drawing=digest(repr(drawn.strokes)),
        )  # fmt: skip
        _tell(turn, agreement, labels.TOLD_SIGNED)
        signing.put(
            actor,
            agreement,
            signature,
            manner=SignManner.ELECTRONIC,
            at=now,
            agent_name=turn.name if turn.agent else "",
        )


def refuse(actor: Actor, turn: SigningTurn, *, reason: str) -> None:
    """The person has read it and will not sign, for this reason (R3-31)."""
    agreement, signature = _open(turn)
    with transaction():
        turn.reason, turn.ended_at = reason, clock.now()
        audit.advance(rules.STEPS, "refuse", actor, turn)
        _tell(turn, agreement, labels.TOLD_REFUSED)
        signing.decline(actor, agreement, signature, reason=reason, follows=signing.house(agreement))


def take_paper(actor: Actor, turn: SigningTurn) -> None:
    """The person would rather sign on paper: the signature stays wanted, who conducts the mediation is told."""
    agreement, _signature = _open(turn)
    with transaction():
        turn.ended_at = clock.now()
        audit.advance(rules.STEPS, "take_paper", actor, turn)
        _tell(turn, agreement, labels.TOLD_PAPER)


def _open(turn: SigningTurn) -> tuple[Agreement, Signature]:
    agreement = agreement_of(turn)
    signature = signing.get(agreement, turn.signature_id)
    if not is_open(turn) or turn.status is not TurnStatus.OPENED or signature is None:
        raise refused(Obstacle.OVER)
    return agreement, signature


def _tell(turn: SigningTurn, agreement: Agreement, words: Any) -> None:
    facts = {"name": turn.name, "number": agreement.number}
    notices.tell_users(
        system(turn.court_id), accounts_behind(agreement.assignment), "signing", words, subject=turn,
        dispute_id=turn.dispute_id, facts=facts,
    )  # fmt: skip


# --- the end of a turn -----------------------------------------------------------------------------------------------


def revoke(actor: Actor, turn: SigningTurn) -> None:
    """From now on the link leads nowhere, and the tablet neither."""
    if not rules.may_give(actor, agreement_of(turn)):
        raise NotPermitted("revoke_turn", article="S4 art. 24")
    with transaction():
        turn.ended_at = clock.now()
        audit.advance(rules.STEPS, "revoke", actor, turn)


def reopen(actor: Actor, agreement: Agreement) -> None:
    """Back to draft: whoever was given the old text cannot sign it any more."""
    with transaction():
        for turn in of_agreement(agreement):
            if turn.status in rules.LIVING:
                revoke(actor, turn)
        drafting.reopen(actor, agreement)


def _expire(actor: Actor, turn: SigningTurn) -> None:
    turn.ended_at = clock.now()
    audit.advance(rules.STEPS, "expire", actor, turn)


def run_day(actor: Actor) -> dict[str, int]:
    """Turns whose time is over end; who has a link that ends within a day is reminded once."""
    done = {"turns_over": 0, "turns_reminded": 0}
    living = sa.select(SigningTurn).where(
        SigningTurn.court_id == actor.court_id,
        SigningTurn.status.in_(rules.LIVING),
        SigningTurn.expires_at <= clock.now() + rules.REMIND,
    )
    with transaction():
        for turn in db.session.scalars(living.order_by(SigningTurn.id)).all():
            if not is_open(turn):
                _expire(actor, turn)
                done["turns_over"] += 1
            elif turn.place is Place.LINK and turn.reminded_at is None and _remind(actor, turn):
                done["turns_reminded"] += 1
    return done


def _remind(actor: Actor, turn: SigningTurn) -> bool:
    agreement = agreement_of(turn)
    signature = signing.get(agreement, turn.signature_id)
    party = people.party(turn.dispute_id, signature.party_id) if signature and signature.party_id else None
    if party is None:
        return False
    turn.reminded_at = clock.now()
    audit.record(actor, "remind", turn)
    facts = {"when": moment(turn.expires_at), "number": agreement.number}
    notices.tell(actor, people.addressee(party), REMINDER, subject=turn, dispute_id=turn.dispute_id, facts=facts)
    return True
