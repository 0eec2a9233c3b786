"""Turns to sign as they are read: which there are, which still lead anywhere, what is signed at them."""

from collections.abc import Sequence
from hashlib import sha256

import sqlalchemy as sa

from mediation.agreements import documents
from mediation.agreements.models import Agreement, Signature
from mediation.agreements.rules import AgreementStatus
from mediation.agreements.services import drafting, signing
from mediation.agreements.turns import labels, rules
from mediation.agreements.turns.models import SigningTurn
from mediation.agreements.turns.rules import Obstacle
from mediation.disputes.models import Dispute
from mediation.documents.models import Document, DocumentFile
from mediation.kernel import clock, dossier, keys
from mediation.kernel.db import db
from mediation.kernel.errors import DomainError, refusal


def digest(secret: str) -> str:
    """What is kept of a link, and of the browser in which its code was entered."""
    return sha256(secret.encode()).hexdigest()


def refused(found: Obstacle, field: str = "") -> DomainError:
    return refusal(found, labels, rules, field=field)


def of_agreement(agreement: Agreement) -> Sequence[SigningTurn]:
    """Every turn that was given for an agreement, the first one first."""
    found = sa.select(SigningTurn).where(SigningTurn.agreement_id == agreement.id)
    return dossier.once(("turns", agreement.id), lambda: db.session.scalars(found.order_by(SigningTurn.id)).all())


def get(agreement: Agreement, turn_id: int) -> SigningTurn | None:
    """One turn of this agreement."""
    return next((turn for turn in of_agreement(agreement) if turn.id == turn_id), None)


def of_token(token: str) -> SigningTurn | None:
    """The turn behind a personal link; None when there is none."""
    return db.session.scalars(sa.select(SigningTurn).where(SigningTurn.token_digest == digest(token))).one_or_none()


def agreement_of(turn: SigningTurn) -> Agreement:
    """The agreement that is signed at this turn."""
    return db.session.get_one(Agreement, turn.agreement_id)


def document_of(turn: SigningTurn) -> Document:
    """The very document that is signed."""
    return db.session.get_one(Document, turn.document_id)


def file_of(turn: SigningTurn) -> DocumentFile | None:
    """Its bytes, once it was made."""
    return db.session.get(DocumentFile, turn.document_id)


def excluded(agreement: Agreement) -> Obstacle | None:
    """Whether this agreement may not be signed electronically at all (S36 art. 3)."""
    dispute = db.session.get_one(Dispute, agreement.dispute_id)
    rows = drafting.clauses(agreement)
    return rules.excluded(dispute.cause_code, documents.sentences(agreement.dispute_id, rows))


def is_open(turn: SigningTurn, signatures: Sequence[Signature] | None = None) -> bool:
    """Whether this turn still leads anywhere: living, in time, of an agreement that waits for this signature."""
    agreement = agreement_of(turn)
    among = signing.wanted(agreement) if signatures is None else signatures
    wanted = next((one for one in among if one.id == turn.signature_id), None)
    return (
        turn.status in rules.LIVING
        and clock.now() < turn.expires_at
        and agreement.status is AgreementStatus.SIGNING
        and agreement.document_id == turn.document_id
        and wanted is not None
        and wanted.signed_at is None
    )


def is_known(turn: SigningTurn, device: str) -> bool:
    """Whether this is the browser in which the code was entered."""
    return bool(turn.device_digest) and keys.same(turn.device_digest, digest(device))
