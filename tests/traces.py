"""What an act leaves behind: its entries in the trail of the dispute, and whom it told."""

import sqlalchemy as sa

from mediation.kernel import audit
from mediation.kernel.db import db
from mediation.notices.models import Notice


def trail(dispute_id: int) -> list[str]:
    """Every act on a dispute, the latest first."""
    return [event.action for event in audit.of_dispute(dispute_id)]


def told(kind: str) -> list[Notice]:
    """Every notice of a kind, in the order in which they were written."""
    return list(db.session.scalars(sa.select(Notice).where(Notice.kind == kind).order_by(Notice.id)))


def recipients(kind: str) -> set[str]:
    """Who was told."""
    return {notice.recipient for notice in told(kind)}
