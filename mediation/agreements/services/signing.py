"""Signatures in any order; the day of effect is computed from them (S4 art. 24; S3 arts 29-30; S5 art. 19)."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

import sqlalchemy as sa

from mediation.agreements import labels, reports, rules
from mediation.agreements.models import Agreement, Signature
from mediation.agreements.rules import AGREEMENT_STEPS, AgreementStatus, Signer, SignManner, SignObstacle
from mediation.agreements.services import drafting
from mediation.agreements.turns import evidence
from mediation.assignment import services as assignments
from mediation.assignment.rules import EndCode
from mediation.disputes.models import Dispute
from mediation.kernel import audit, clock, dossier
from mediation.kernel.actor import Actor, Role, system
from mediation.kernel.db import db, transaction
from mediation.kernel.errors import DomainError, NotPermitted
from mediation.periods import services as periods
from mediation.periods.table import PeriodKey


def wanted(agreement: Agreement) -> Sequence[Signature]:
    """The signatures the agreement needs, in the order of the document."""
    found = sa.select(Signature).where(Signature.agreement_id == agreement.id).order_by(Signature.id)
    return dossier.once(("signatures", agreement.id), lambda: db.session.scalars(found).all())


def get(agreement: Agreement, signature_id: int) -> Signature | None:
    """One wanted signature of this agreement."""
    return next((s for s in wanted(agreement) if s.id == signature_id), None)


def sign(
    actor: Actor, agreement: Agreement, signature: Signature, *, manner: SignManner, at: datetime, agent_name: str = ""
) -> None:
    """Record a signature. The last one makes the agreement effective, on the day it was given."""
    if signature.signer is Signer.ORGANISATION:
        manner = SignManner.SEAL  # an organisation has no hand
    if not rules.may_conduct(actor, agreement):
        raise NotPermitted("sign", article="S4 art. 24")
    put(actor, agreement, signature, manner=manner, at=at, agent_name=agent_name, follows=actor)


def put(
    actor: Actor,
    agreement: Agreement,
    signature: Signature,
    *,
    manner: SignManner,
    at: datetime,
    agent_name: str = "",
    follows: Actor | None = None,
) -> None:
    """A signature was given, on paper or on a screen. What follows from the last one is written by `follows`.

    Who signs at a personal link conducts no mediation: then the system brings it about for whoever conducts this one.
    """
    require_open(agreement, signature, manner=manner, agent_name=agent_name)
    with transaction():
        signature.manner, signature.signed_at = manner, at
        if agent_name:
            signature.signer = Signer.AGENT
            signature.reason = agent_name
        audit.record(actor, "sign", signature, manner=manner, at=at, agent=agent_name)
        db.session.flush()
        if all(s.signed_at for s in wanted(agreement)):
            _take_effect(follows or house(agreement), agreement)


def require_open(agreement: Agreement, signature: Signature, *, manner: SignManner, agent_name: str = "") -> None:
    """Refuse, with the article, what cannot be signed now or not in this manner."""
    if agreement.status is not AgreementStatus.SIGNING:
        raise DomainError(labels.NOT_SIGNING, article="S4 art. 24")
    for found in _obstacles(agreement, signature, manner, agent_name):
        raise DomainError(
            labels.SIGN_OBSTACLE[found],
            article=rules.SIGN_OBSTACLE_ARTICLE[found],
            remedy=labels.SIGN_REMEDY.get(found, ""),
        )


def house(agreement: Agreement) -> Actor:
    """The system, in the mediation of whoever conducts it: for what follows by itself from what a signer does."""
    roles = frozenset({Role.MEDIATOR if agreement.mediator_id is not None else Role.ORGANISATION})
    return replace(
        system(agreement.court_id),
        roles=roles,
        mediator_id=agreement.mediator_id,
        organisation_id=agreement.organisation_id,
    )


def _obstacles(agreement: Agreement, signature: Signature, manner: SignManner, agent_name: str) -> list[SignObstacle]:
    found = []
    if signature.signed_at is not None:
        found.append(SignObstacle.ALREADY)
    dispute = db.session.get_one(Dispute, agreement.dispute_id)
    if manner is SignManner.ELECTRONIC and rules.electronic_excluded(dispute.cause_code):
        found.append(SignObstacle.NOT_ELECTRONIC)
    if agent_name and agent_name not in drafting.authorised(dispute.id, signature.party_id):
        found.append(SignObstacle.NO_SPECIAL_AUTHORITY)
    others = [s for s in wanted(agreement) if s.id != signature.id]
    if signature.signer is Signer.ORGANISATION and not all(s.signed_at for s in others):
        found.append(SignObstacle.SEAL_LAST)
    return found


def _take_effect(actor: Actor, agreement: Agreement) -> None:
    """All have signed: the day of effect is the day of the last signature; the 30 days to apply begin (CPL 205)."""
    last = max(s.signed_at for s in wanted(agreement) if s.signed_at)
    agreement.effective_on = clock.local(last).date()
    audit.advance(AGREEMENT_STEPS, "take_effect", actor, agreement, effective_on=agreement.effective_on)
    follow(actor, agreement)
    evidence.record(actor, agreement, wanted(agreement))


def follow(actor: Actor, agreement: Agreement) -> None:
    """What comes of an agreement in effect: the thirty days to apply, the end of the mediation, its closing report."""
    if agreement.effective_on is None:
        raise ValueError("not in effect")
    periods.open_deadline(
        actor,
        PeriodKey.CONFIRM_APPLY,
        subject=agreement,
        dispute_id=agreement.dispute_id,
        start=agreement.effective_on,
    )
    assignments.end(actor, agreement.assignment, EndCode.AGREEMENT, mediated=True)
    reports.closing_report(actor, agreement, list(drafting.clauses(agreement)))


def refuse(actor: Actor, agreement: Agreement, signature: Signature, *, reason: str) -> None:
    """Somebody refuses to sign (R3-31): the agreement stays unsigned; the mediation may end with cause 07."""
    if not rules.may_conduct(actor, agreement):
        raise NotPermitted("refuse", article="S4 art. 26")
    decline(actor, agreement, signature, reason=reason)


def decline(
    actor: Actor, agreement: Agreement, signature: Signature, *, reason: str, follows: Actor | None = None
) -> None:
    """The refusal itself, whoever wrote it down."""
    if agreement.status is not AgreementStatus.SIGNING or signature.signed_at is not None:
        raise DomainError(labels.NOT_SIGNING, article="S4 art. 26")
    with transaction():
        signature.refused_at, signature.reason = clock.now(), reason
        audit.record(actor, "refuse", signature)
        audit.advance(AGREEMENT_STEPS, "leave_unsigned", follows or actor, agreement)
