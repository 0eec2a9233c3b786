"""Fines for late evidence."""

from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from mediation.kernel.audit import Stateful
from mediation.kernel.db import Base, CourtId, Pk, Prose, Short
from mediation.litigation.evidence.models import LateEvidence
from mediation.litigation.fines.rules import FineStatus, Review
from mediation.litigation.models import LitigationCase


class EvidenceFine(Stateful, Base):
    """罚款决定: for evidence that came late by intent or gross negligence; the president approves (CPL arts 68, 118, 119)."""

    __tablename__ = "evidence_fine"
    __table_args__ = (
        sa.UniqueConstraint("late_id"),
        sa.CheckConstraint("amount_fen BETWEEN 1 AND 100000000", name="within_law"),
        sa.CheckConstraint("reason <> ''", name="has_reason"),
        sa.CheckConstraint(
            "(status IN ('ordered', 'not_approved')) = (decided_on IS NOT NULL)", name="decided_has_day"
        ),
        sa.CheckConstraint("status <> 'not_approved' OR note <> ''", name="refused_has_reason"),
        sa.CheckConstraint("served_on IS NULL OR status = 'ordered'", name="served_is_ordered"),
        sa.CheckConstraint("review_asked_on IS NULL OR served_on IS NOT NULL", name="asked_is_served"),
        sa.CheckConstraint("review IS NULL OR review_asked_on IS NOT NULL", name="reviewed_is_asked"),
        sa.CheckConstraint("(review IS NULL) = (reviewed_on IS NULL)", name="review_has_day"),
        sa.CheckConstraint(
            "(review IS NOT NULL AND review = 'changed') = (changed_fen IS NOT NULL)", name="changed_has_amount"
        ),
    )

    id: Mapped[Pk]
    court_id: Mapped[CourtId]
    dispute_id: Mapped[int] = mapped_column(sa.ForeignKey("dispute.id"), index=True)
    case_id: Mapped[int] = mapped_column(sa.ForeignKey("litigation_case.id"), index=True)
    late_id: Mapped[int] = mapped_column(sa.ForeignKey("late_evidence.id"))
    party_id: Mapped[int] = mapped_column(sa.ForeignKey("party.id"))
    amount_fen: Mapped[int] = mapped_column(sa.BigInteger)
    reason: Mapped[Prose]
    status: Mapped[FineStatus] = mapped_column(default=FineStatus.PROPOSED)
    proposed_on: Mapped[date]
    proposed_by_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"))
    decided_on: Mapped[date | None]
    decided_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("user.id"))
    note: Mapped[Prose] = mapped_column(default="")
    served_on: Mapped[date | None]
    review_asked_on: Mapped[date | None]
    review_reason: Mapped[Prose] = mapped_column(default="")
    review: Mapped[Review | None]
    review_number: Mapped[Short] = mapped_column(default="")
    reviewed_on: Mapped[date | None]
    changed_fen: Mapped[int | None] = mapped_column(sa.BigInteger)
    version: Mapped[int] = mapped_column(default=1)

    case: Mapped[LitigationCase] = relationship(lazy="joined")
    late: Mapped[LateEvidence] = relationship(lazy="joined")

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 SQLAlchemy's own name

    @property
    def judge_id(self) -> int | None:
        """The judge of the case."""
        return self.case.judge_id
