"""What a ruling put right in a paper of the court."""

from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from mediation.kernel import clock
from mediation.kernel.audit import Audited
from mediation.kernel.db import Base, CourtId, Pk, Prose, never_changes
from mediation.litigation.correcting.rules import Mistake


class DocumentCorrection(Audited, Base):
    """补正裁定: the passages of one paper that read otherwise from now on (CPL art. 157; S2 art. 245; S8 art. 13)."""

    __tablename__ = "document_correction"
    __table_args__ = (
        sa.CheckConstraint("reason <> ''", name="has_reason"),
        sa.CheckConstraint("mistake <> 'unlike_agreement' OR party_id IS NOT NULL", name="objection_has_party"),
    )

    id: Mapped[Pk]
    court_id: Mapped[CourtId]
    dispute_id: Mapped[int] = mapped_column(sa.ForeignKey("dispute.id"), index=True)
    document_id: Mapped[int] = mapped_column(sa.ForeignKey("document.id"), index=True)
    mistake: Mapped[Mistake]
    # Whose objection it was, where a party raised it.
    party_id: Mapped[int | None] = mapped_column(sa.ForeignKey("party.id"))
    # Each a pair: as the paper says it, and as it is to read.
    points: Mapped[list[Any]]
    reason: Mapped[Prose]
    ruled_on: Mapped[date]
    ruled_by_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"))
    recorded_at: Mapped[datetime] = mapped_column(default=clock.now)


never_changes(DocumentCorrection.__table__)  # type: ignore[arg-type]
