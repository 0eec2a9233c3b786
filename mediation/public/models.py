"""The notice board in the hall (温馨提示)."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from mediation.kernel import clock
from mediation.kernel.audit import Audited
from mediation.kernel.db import Base, CourtId, Pk, never_changes


class BoardDraft(Audited, Base):
    """公示稿: the backlog as counted on a day, put on paper for whoever releases it (DOMAIN 5.3-27). It never changes."""

    __tablename__ = "board_draft"
    __table_args__ = (sa.CheckConstraint("pending >= 0", name="pending_counts"),)

    id: Mapped[Pk]
    court_id: Mapped[CourtId]
    counted_on: Mapped[date]
    pending: Mapped[int]
    drafted_by_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"))
    drafted_at: Mapped[datetime] = mapped_column(default=clock.now)


class BoardRelease(Audited, Base):
    """A backlog figure as counted on a day, shown only after a clerk of the court released it (DOMAIN 3.11)."""

    __tablename__ = "board_release"

    id: Mapped[Pk]
    court_id: Mapped[CourtId]
    counted_on: Mapped[date]
    pending: Mapped[int]
    # None for what was taken over from a board of earlier years.
    draft_id: Mapped[int | None] = mapped_column(sa.ForeignKey("board_draft.id"), unique=True)
    released_by_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"))
    released_at: Mapped[datetime] = mapped_column(default=clock.now)


never_changes(BoardDraft.__table__)  # type: ignore[arg-type]
