"""How the disputes and people of many meetings are called, at once."""

from collections.abc import Collection
from typing import Any

import sqlalchemy as sa

from mediation.accounts.models import User
from mediation.disputes.models import Agent, CaseNumber, Dispute, Party
from mediation.disputes.rules import NumberStatus
from mediation.kernel.actor import Actor
from mediation.kernel.db import db
from mediation.roster.models import Mediator
from mediation.scheduling.models import Resource
from mediation.scheduling.rules import ClaimantKind

NAMED: dict[ClaimantKind, Any] = {
    ClaimantKind.RESOURCE: Resource,
    ClaimantKind.MEDIATOR: Mediator,
    ClaimantKind.JUDGE: User,
    ClaimantKind.CLERK: User,
    ClaimantKind.PARTY: Party,
    ClaimantKind.AGENT: Agent,
}


def numbers(dispute_ids: Collection[int]) -> dict[int, str]:
    """The number a dispute goes by today: its last valid one, or that of its receipt."""
    if not dispute_ids:
        return {}
    received = sa.select(Dispute.id, Dispute.receipt_no).where(Dispute.id.in_(dispute_ids))
    given = (
        sa.select(CaseNumber.dispute_id, CaseNumber.canonical)
        .where(CaseNumber.dispute_id.in_(dispute_ids), CaseNumber.status == NumberStatus.VALID)
        .order_by(CaseNumber.id)
    )
    return {row[0]: row[1] for row in (*db.session.execute(received), *db.session.execute(given))}


def is_of_court(actor: Actor, kind: ClaimantKind, record_id: int) -> bool:
    """Whether a mediator or judge belongs to the actor's court."""
    model = NAMED[kind]
    return (
        db.session.scalar(sa.select(model.id).where(model.id == record_id, model.court_id == actor.court_id))
        is not None
    )


def people_names(who: Collection[tuple[ClaimantKind, str]]) -> dict[tuple[ClaimantKind, str], str]:
    """The names of those whom claims name by capacity and number."""
    found: dict[tuple[ClaimantKind, str], str] = {}
    for kind in sorted({kind for kind, _key in who}):
        model = NAMED[kind]
        ids = {int(key) for one, key in who if one is kind}
        rows = db.session.execute(sa.select(model.id, model.name).where(model.id.in_(ids)))
        found |= {(kind, str(i)): name for i, name in rows}
    return found
