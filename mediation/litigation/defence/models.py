"""The plaint copy to each defendant, and the statement of defence."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from mediation.kernel import clock
from mediation.kernel.audit import Stateful
from mediation.kernel.db import Base, CourtId, Pk
from mediation.litigation.defence.rules import DefenceStatus
from mediation.litigation.models import LitigationCase

PLAINT = sa.text("claim_id IS NULL")


class Defence(Stateful, Base):
    """答辩: the plaint copy sent to one defendant, served, answered; the answer passed on to the plaintiff (CPL art. 128)."""

    __tablename__ = "defence"
    __table_args__ = (
        sa.Index("ix_defence_plaint", "case_id", "party_id", unique=True, sqlite_where=PLAINT, postgresql_where=PLAINT),
        sa.UniqueConstraint("claim_id", "party_id"),
        sa.CheckConstraint("(status = 'sent') = (served_on IS NULL)", name="served_has_day"),
        sa.CheckConstraint(
            "(status IN ('received', 'passed_on')) = (received_on IS NOT NULL)", name="received_has_day"
        ),
        sa.CheckConstraint("(status = 'passed_on') = (passed_on IS NOT NULL)", name="passed_on_has_day"),
        sa.CheckConstraint("served_on IS NULL OR served_on >= sent_on", name="sent_before_served"),
    )

    id: Mapped[Pk]
    court_id: Mapped[CourtId]
    dispute_id: Mapped[int] = mapped_column(sa.ForeignKey("dispute.id"), index=True)
    case_id: Mapped[int] = mapped_column(sa.ForeignKey("litigation_case.id"), index=True)
    party_id: Mapped[int] = mapped_column(sa.ForeignKey("party.id"))
    # What has to be answered: the plaint, or a claim that is tried with the suit (CPL art. 143).
    claim_id: Mapped[int | None] = mapped_column(sa.ForeignKey("joined_claim.id"))
    status: Mapped[DefenceStatus] = mapped_column(default=DefenceStatus.SENT)
    sent_on: Mapped[date]
    # The proved day of service: from it the fifteen days run.
    served_on: Mapped[date | None]
    received_on: Mapped[date | None]
    passed_on: Mapped[date | None]
    recorded_by_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"))
    recorded_at: Mapped[datetime] = mapped_column(default=clock.now)
    version: Mapped[int] = mapped_column(default=1)

    case: Mapped[LitigationCase] = relationship(lazy="joined")

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 SQLAlchemy's own name

    @property
    def judge_id(self) -> int | None:
        """The judge of the case."""
        return self.case.judge_id
