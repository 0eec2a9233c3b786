"""Recusals of judges and clerks, with their decision, their review and who came after."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from mediation.kernel import clock
from mediation.kernel.audit import Stateful
from mediation.kernel.db import Base, CourtId, Pk, Prose, Short
from mediation.litigation.recusal.rules import Decider, Function, Ground, Origin, RecusalStatus

WAITS = sa.text("status IN ('raised', 'review')")


class BenchRecusal(Stateful, Base):
    """审判人员回避: somebody of the court who works on a dispute is to withdraw from it (CPL arts 47-50)."""

    __tablename__ = "bench_recusal"
    __table_args__ = (
        sa.CheckConstraint("statement <> ''", name="says_why"),
        sa.CheckConstraint("(origin = 'party') = (party_id IS NOT NULL)", name="party_named"),
        sa.CheckConstraint("(status IN ('raised', 'withdrawn')) OR decided_on IS NOT NULL", name="decided_has_day"),
        sa.CheckConstraint("decided_on IS NULL OR reason <> ''", name="decided_with_reason"),
        sa.CheckConstraint("decided_by_id IS NULL OR decided_by_id <> person_id", name="not_in_own_matter"),
        sa.CheckConstraint("successor_id IS NULL OR successor_id <> person_id", name="somebody_else"),
        sa.CheckConstraint("successor_id IS NULL OR status = 'upheld'", name="successor_of_upheld"),
        sa.CheckConstraint("decider <> 'committee' OR decided_on IS NULL OR minutes <> ''", name="committee_minutes"),
        sa.Index(
            "uq_bench_recusal_one_waits", "dispute_id", "person_id", unique=True, sqlite_where=WAITS, postgresql_where=WAITS
        ),
        sa.Index("ix_bench_recusal_person", "person_id", "status"),
    )  # fmt: skip

    id: Mapped[Pk]
    court_id: Mapped[CourtId]
    dispute_id: Mapped[int] = mapped_column(sa.ForeignKey("dispute.id"), index=True)
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"))
    function: Mapped[Function]
    origin: Mapped[Origin]
    party_id: Mapped[int | None] = mapped_column(sa.ForeignKey("party.id"))
    ground: Mapped[Ground]
    statement: Mapped[Prose]
    raised_on: Mapped[date]
    raised_by_id: Mapped[int]
    decider: Mapped[Decider]
    # The judge of the case, who decides on everybody but judges (CPL art. 49).
    decider_id: Mapped[int | None] = mapped_column(sa.ForeignKey("user.id"))
    status: Mapped[RecusalStatus] = mapped_column(default=RecusalStatus.RAISED)
    decided_on: Mapped[date | None]
    decided_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("user.id"))
    # 审判委员会会议记录编号, where the committee decided.
    minutes: Mapped[Short] = mapped_column(default="")
    reason: Mapped[Prose] = mapped_column(default="")
    # The one review, which the applicant may ask for (CPL art. 50).
    review_on: Mapped[date | None]
    review_statement: Mapped[Prose] = mapped_column(default="")
    reviewed_on: Mapped[date | None]
    review_reason: Mapped[Prose] = mapped_column(default="")
    successor_id: Mapped[int | None] = mapped_column(sa.ForeignKey("user.id"))
    recorded_at: Mapped[datetime] = mapped_column(default=clock.now)
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 SQLAlchemy's own name
