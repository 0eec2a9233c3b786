"""The calendar of working and rest days, and the deadlines that run."""

from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from mediation.kernel import clock
from mediation.kernel.audit import Stateful
from mediation.kernel.db import Base, CourtId, Pk, Short
from mediation.periods.calendar import Kind
from mediation.periods.rules import DeadlineStatus
from mediation.periods.table import PeriodKey


class CalendarDay(Base):
    """One day by the State Council's yearly notice (S31), or by plain weekends."""

    __tablename__ = "calendar_day"

    day: Mapped[date] = mapped_column(primary_key=True)
    kind: Mapped[Kind]
    name: Mapped[Short] = mapped_column(default="")
    source: Mapped[Short]


class Deadline(Stateful, Base):
    """A statutory time limit of one record: raw end, final end after roll-over, and every step of the reasoning."""

    __tablename__ = "deadline"
    __table_args__ = (
        sa.CheckConstraint("final_on >= raw_on", name="rolls_forward"),
        sa.Index("ix_deadline_open", "court_id", "status", "final_on"),
        sa.Index("ix_deadline_subject", "subject_type", "subject_id", "key"),
        sa.Index("ix_deadline_dispute", "dispute_id", "status", "final_on"),
    )

    id: Mapped[Pk]
    court_id: Mapped[CourtId]
    dispute_id: Mapped[int] = mapped_column(sa.ForeignKey("dispute.id"))
    subject_type: Mapped[Short]
    subject_id: Mapped[int]
    key: Mapped[PeriodKey]
    start_on: Mapped[date]
    raw_on: Mapped[date]
    final_on: Mapped[date]
    provisional: Mapped[bool] = mapped_column(default=False)
    # Length, article, excluded intervals, days rolled over: as data, so that the page can explain it in words.
    basis: Mapped[dict[str, Any]] = mapped_column(default=dict)
    history: Mapped[list[Any]] = mapped_column(default=list)
    status: Mapped[DeadlineStatus]
    days_left: Mapped[int | None]
    ended_on: Mapped[date | None]
    opened_at: Mapped[datetime] = mapped_column(default=clock.now)
