"""What the receipt and the address confirmation print (DOMAIN 5.4-1, 5.4-10)."""

from typing import Any, NamedTuple

from mediation.accounts import services as accounts
from mediation.disputes import clocks, naming, people, services
from mediation.disputes.models import AddressConfirmation, Dispute, Party
from mediation.documents import services as store
from mediation.documents.models import Document
from mediation.kernel import clock
from mediation.kernel.actor import Actor
from mediation.kernel.db import db, transaction
from mediation.periods.telling import derivation


class Received(NamedTuple):
    """What the clerk tells the person at the counter."""

    id: int
    receipt_no: str


def register(actor: Actor, **told: Any) -> Received:
    """Receive a dispute at the counter; told before the commit, after which the record would have to be read again."""
    with transaction():
        dispute = receive(actor, **told)
        return Received(dispute.id, dispute.receipt_no)


def receive(actor: Actor, **told: Any) -> Dispute:
    """Receive a dispute and ask for its receipt, both or neither (S2 art. 208)."""
    with transaction():
        dispute = services.create(actor, **told)
        receipt(actor, dispute)
    return dispute


def receipt(actor: Actor, dispute: Dispute) -> Document:
    """收件凭证: the dated proof that material was received, with the latest day of the decision on filing."""
    court = accounts.court(dispute.court_id)
    deadline = clocks.running(dispute) if dispute.has_complaint else None
    data = {
        "receipt_no": dispute.receipt_no,
        "received_at": dispute.received_at.isoformat(),
        "cause": dispute.cause.name,
        "parties": [[naming.BEFORE_FILING[role], name] for role, name in people.names(dispute.id)],
        "has_complaint": dispute.has_complaint,
        "materials": [line.strip() for line in dispute.evidence.splitlines() if line.strip()],
        "clerk": actor.name,
        "decide_by": deadline.final_on.isoformat() if deadline is not None else "",
        "decide_by_why": derivation(deadline),
        "phone": court.phone,
        "address": court.address,
        "made_on": clock.today().isoformat(),
    }
    return store.request(
        actor,
        kind="receipt",
        subject=dispute,
        dispute_id=dispute.id,
        title="收件凭证",
        data=data,
        number=dispute.receipt_no,
    )


def address_confirmation(actor: Actor, party: Party, confirmed: AddressConfirmation) -> Document:
    """送达地址确认书 (S11 arts 3-5, 11; S2 arts 136-137)."""
    dispute = db.session.get_one(Dispute, party.dispute_id)
    data = {
        "role": naming.sides(filed=services.is_filed(dispute))[party.role],
        "name": party.name,
        "refused": confirmed.refused,
        "postcode": confirmed.postcode,
        "address": confirmed.address,
        "phone": confirmed.phone,
        "recipient": confirmed.recipient,
        "electronic": confirmed.electronic,
        "e_mail": confirmed.e_mail,
        "domicile": party.domicile,
        "confirmed_on": confirmed.confirmed_on.isoformat(),
    }
    return store.request(
        actor,
        kind="address_confirmation",
        subject=confirmed,
        dispute_id=party.dispute_id,
        title="送达地址确认书",
        party=party.name,
        data=data,
    )
