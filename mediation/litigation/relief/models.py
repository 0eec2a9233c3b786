"""Applications to restore a missed time."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from mediation.kernel import clock
from mediation.kernel.audit import Stateful
from mediation.kernel.db import Base, CourtId, Pk, Prose
from mediation.litigation.models import LitigationCase
from mediation.litigation.relief.rules import Hindrance, ReliefStatus
from mediation.periods.table import PeriodKey

WAITS = sa.text("status = 'asked'")


class TimeRelief(Stateful, Base):
    """期限顺延申请: asked for within ten days after the obstacle ended; the court grants or refuses it (CPL art. 86)."""

    __tablename__ = "time_relief"
    __table_args__ = (
        sa.CheckConstraint("(status IN ('granted', 'refused')) = (decided_on IS NOT NULL)", name="decided_has_day"),
        sa.CheckConstraint("(status = 'granted') = (until IS NOT NULL)", name="granted_has_day"),
        sa.CheckConstraint("status <> 'refused' OR note <> ''", name="refused_has_grounds"),
        sa.CheckConstraint("reason <> ''", name="has_reason"),
        sa.CheckConstraint("asked_on >= ended_on", name="asked_after_the_end"),
        sa.Index("ix_time_relief_waiting", "deadline_id", unique=True, sqlite_where=WAITS, postgresql_where=WAITS),
    )

    id: Mapped[Pk]
    court_id: Mapped[CourtId]
    dispute_id: Mapped[int] = mapped_column(sa.ForeignKey("dispute.id"), index=True)
    case_id: Mapped[int | None] = mapped_column(sa.ForeignKey("litigation_case.id"))
    # The period that was missed, and which it is.
    deadline_id: Mapped[int] = mapped_column(sa.ForeignKey("deadline.id"))
    key: Mapped[PeriodKey]
    party_id: Mapped[int] = mapped_column(sa.ForeignKey("party.id"))
    hindrance: Mapped[Hindrance]
    reason: Mapped[Prose]
    missed_on: Mapped[date]
    ended_on: Mapped[date]
    asked_on: Mapped[date]
    status: Mapped[ReliefStatus] = mapped_column(default=ReliefStatus.ASKED)
    until: Mapped[date | None]
    decided_on: Mapped[date | None]
    decided_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("user.id"))
    note: Mapped[Prose] = mapped_column(default="")
    recorded_by_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"))
    recorded_at: Mapped[datetime] = mapped_column(default=clock.now)
    version: Mapped[int] = mapped_column(default=1)

    case: Mapped[LitigationCase | None] = relationship(lazy="joined")

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 SQLAlchemy's own name

    @property
    def judge_id(self) -> int | None:
        """The judge of the case; none before somebody is named."""
        return self.case.judge_id if self.case is not None else None
