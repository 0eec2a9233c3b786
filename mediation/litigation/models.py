"""Filed cases and their fee notices."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from mediation.kernel.audit import Audited, Stateful
from mediation.kernel.db import Base, CourtId, Pk, Prose, Short
from mediation.litigation.rules import Manner, Procedure, Status


class LitigationCase(Stateful, Base):
    """A case registered as 民初 (CPL 126)."""

    __tablename__ = "litigation_case"
    __table_args__ = (
        sa.UniqueConstraint("dispute_id"),
        sa.CheckConstraint("(status = 'closed') = (closed_on IS NOT NULL)", name="closed_has_day"),
        sa.CheckConstraint("(status = 'closed') = (manner IS NOT NULL)", name="closed_has_manner"),
        sa.CheckConstraint(
            "status <> 'fast_track' OR (tribunal_id IS NOT NULL AND judge_id IS NOT NULL)", name="track"
        ),
        # R2-20: who mediated the dispute does not try it. The identity stands on the same row so that SQL can refuse.
        sa.CheckConstraint(
            "judge_id IS NULL OR mediator_user_id IS NULL OR judge_id <> mediator_user_id", name="apart"
        ),
        sa.Index("ix_litigation_filed", "court_id", "filed_on"),
    )

    id: Mapped[Pk]
    court_id: Mapped[CourtId]
    dispute_id: Mapped[int] = mapped_column(sa.ForeignKey("dispute.id"))
    case_number_id: Mapped[int] = mapped_column(sa.ForeignKey("case_number.id"))
    filed_on: Mapped[date]
    filed_by_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"))
    status: Mapped[Status] = mapped_column(default=Status.FILED)
    procedure: Mapped[Procedure] = mapped_column(default=Procedure.SUMMARY)
    fast_track: Mapped[bool] = mapped_column(default=False)
    fast_track_on: Mapped[date | None]
    tribunal_id: Mapped[int | None] = mapped_column(sa.ForeignKey("resource.id"))
    judge_id: Mapped[int | None] = mapped_column(sa.ForeignKey("user.id"))
    clerk_id: Mapped[int | None] = mapped_column(sa.ForeignKey("user.id"))
    mediator_user_id: Mapped[int | None] = mapped_column(sa.ForeignKey("user.id"))
    hearing_booking_id: Mapped[int | None] = mapped_column(sa.ForeignKey("booking.id"))
    heard_on: Mapped[date | None]
    closed_on: Mapped[date | None]
    manner: Mapped[Manner | None]
    closing_note: Mapped[Prose] = mapped_column(default="")
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 SQLAlchemy's own name


class FeeNotice(Audited, Base):
    """缴费通知书: sent after mediation failed and before trial (S12 point 6; S10 art. 22)."""

    __tablename__ = "fee_notice"

    id: Mapped[Pk]
    court_id: Mapped[CourtId]
    dispute_id: Mapped[int] = mapped_column(sa.ForeignKey("dispute.id"), index=True)
    case_id: Mapped[int] = mapped_column(sa.ForeignKey("litigation_case.id"), unique=True)
    claimed_fen: Mapped[int] = mapped_column(sa.BigInteger)
    tariff_fen: Mapped[int] = mapped_column(sa.BigInteger)
    due_fen: Mapped[int] = mapped_column(sa.BigInteger)
    halved_because: Mapped[Short] = mapped_column(default="")
    received_on: Mapped[date]
    paid_at: Mapped[datetime | None]
    relief: Mapped[Prose] = mapped_column(default="")
