"""What the daily run leaves behind of itself."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from mediation.kernel.db import Base, Pk, Short


class DailyRun(Base):
    """One daily run for one court: when it began, when it ended and what it brought; without an end it was broken off."""

    __tablename__ = "daily_run"
    __table_args__ = (
        sa.CheckConstraint("ended_at IS NULL OR ended_at >= began_at", name="ends_after_begin"),
        sa.Index("ix_daily_run_latest", "court_id", "began_at", "id"),
    )

    id: Mapped[Pk]
    court_id: Mapped[int] = mapped_column(sa.ForeignKey("court.id"))
    machine: Mapped[Short]
    began_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    done: Mapped[dict[str, Any]] = mapped_column(default=dict)
    # Names of the acts that could not be done; whether the court's trail was found whole.
    failed: Mapped[list[Any]] = mapped_column(default=list)
    trail_whole: Mapped[bool] = mapped_column(default=True)
