"""Objections to jurisdiction, with the ruling, the appeal and what became of it."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from mediation.kernel import clock
from mediation.kernel.audit import Stateful
from mediation.kernel.db import Base, CourtId, Name, Pk, Prose, Short
from mediation.litigation.jurisdiction.rules import JurisdictionStatus, Origin
from mediation.litigation.models import LitigationCase

WAITS = sa.text("status IN ('raised', 'transfer_ruled', 'rejected', 'appealed')")


class JurisdictionObjection(Stateful, Base):
    """管辖权异议: a defendant, or the court itself, holds that another court has jurisdiction (CPL arts 37, 130)."""

    __tablename__ = "jurisdiction_objection"
    __table_args__ = (
        sa.CheckConstraint("(origin = 'party') = (party_id IS NOT NULL)", name="party_has_name"),
        sa.CheckConstraint("(ruled_by_id IS NULL) = (ruled_on IS NULL)", name="ruled_by"),
        sa.CheckConstraint("status IN ('raised', 'dropped') OR ruled_on IS NOT NULL", name="ruled"),
        sa.CheckConstraint("ruled_on IS NULL OR reasons <> ''", name="ruled_has_reasons"),
        sa.CheckConstraint("status <> 'appealed' OR appealed_on IS NOT NULL", name="appealed_has_day"),
        sa.CheckConstraint("(status IN ('stays', 'away')) = (effective_on IS NOT NULL)", name="effective_has_day"),
        sa.CheckConstraint("reason <> ''", name="has_reason"),
        sa.Index("ix_jurisdiction_waiting", "case_id", unique=True, sqlite_where=WAITS, postgresql_where=WAITS),
        sa.Index("ix_jurisdiction_ripens", "court_id", "status"),
    )

    id: Mapped[Pk]
    court_id: Mapped[CourtId]
    dispute_id: Mapped[int] = mapped_column(sa.ForeignKey("dispute.id"), index=True)
    case_id: Mapped[int] = mapped_column(sa.ForeignKey("litigation_case.id"), index=True)
    origin: Mapped[Origin]
    party_id: Mapped[int | None] = mapped_column(sa.ForeignKey("party.id"))
    raised_on: Mapped[date]
    reason: Mapped[Prose]
    # The court that is said, and afterwards ruled, to have jurisdiction.
    other_court: Mapped[Name] = mapped_column(default="")
    mandatory: Mapped[bool] = mapped_column(default=False)
    status: Mapped[JurisdictionStatus] = mapped_column(default=JurisdictionStatus.RAISED)
    ruled_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("user.id"))
    ruled_on: Mapped[date | None]
    reasons: Mapped[Prose] = mapped_column(default="")
    fee_fen: Mapped[int] = mapped_column(sa.BigInteger, default=0)
    # In small claims the ruling is in force at once (S2 art. 276).
    final: Mapped[bool] = mapped_column(default=False)
    appellant_id: Mapped[int | None] = mapped_column(sa.ForeignKey("party.id"))
    appealed_on: Mapped[date | None]
    # What the higher court ruled: its name, the number of its ruling.
    above: Mapped[Name] = mapped_column(default="")
    above_number: Mapped[Short] = mapped_column(default="")
    effective_on: Mapped[date | None]
    recorded_by_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"))
    recorded_at: Mapped[datetime] = mapped_column(default=clock.now)
    version: Mapped[int] = mapped_column(default=1)

    case: Mapped[LitigationCase] = relationship(lazy="joined")

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 SQLAlchemy's own name

    @property
    def judge_id(self) -> int | None:
        """Who rules: the judge of the case."""
        return self.case.judge_id
