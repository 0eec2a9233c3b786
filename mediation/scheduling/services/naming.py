"""How the disputes of many meetings are called, at once."""

from collections.abc import Collection

import sqlalchemy as sa

from mediation.disputes.models import CaseNumber, Dispute
from mediation.disputes.rules import NumberStatus
from mediation.kernel.db import db


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
