"""Requests for another mediator, with what became of them."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from mediation.assignment.together.rules import ReplacementGround, ReplacementOutcome
from mediation.kernel import clock
from mediation.kernel.audit import Audited
from mediation.kernel.db import Base, CourtId, Pk, Prose, never_changes


class ReplacementRequest(Audited, Base):
    """A party asked for another mediator: with what reason, and what was decided (S4 art. 13; S5 art. 14)."""

    __tablename__ = "replacement_request"
    __table_args__ = (sa.CheckConstraint("reason <> ''", name="has_reason"),)

    id: Mapped[Pk]
    court_id: Mapped[CourtId]
    dispute_id: Mapped[int] = mapped_column(sa.ForeignKey("dispute.id"), index=True)
    assignment_id: Mapped[int] = mapped_column(sa.ForeignKey("assignment.id"), index=True)
    party_id: Mapped[int] = mapped_column(sa.ForeignKey("party.id"))
    ground: Mapped[ReplacementGround]
    reason: Mapped[Prose]
    outcome: Mapped[ReplacementOutcome]
    requested_on: Mapped[date]
    decided_by_id: Mapped[int]
    decided_at: Mapped[datetime] = mapped_column(default=clock.now)


never_changes(ReplacementRequest.__table__)  # type: ignore[arg-type]
