"""Parties who joined a filed case or were not let in, and what is claimed in it besides the suit."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from mediation.kernel import clock
from mediation.kernel.audit import Audited, Stateful
from mediation.kernel.db import Base, CourtId, Name, Pk, Prose
from mediation.litigation.joining.rules import ClaimKind, ClaimStatus, Link, Origin, Place
from mediation.litigation.models import LitigationCase
from mediation.litigation.tariff import FeeKind


class Joinder(Audited, Base):
    """追加当事人、第三人参加诉讼: the judge lets somebody join, or rejects the application (CPL arts 59, 135; S2 art. 73)."""

    __tablename__ = "joinder"
    __table_args__ = (
        sa.CheckConstraint("granted = (party_id IS NOT NULL)", name="granted_has_party"),
        sa.CheckConstraint("origin <> 'party' OR applicant_id IS NOT NULL", name="asked_by_somebody"),
        sa.CheckConstraint("place <> 'third_with_claim' OR origin = 'own'", name="who_claims_sues"),
        sa.CheckConstraint("reason <> ''", name="has_reason"),
    )

    id: Mapped[Pk]
    court_id: Mapped[CourtId]
    dispute_id: Mapped[int] = mapped_column(sa.ForeignKey("dispute.id"), index=True)
    case_id: Mapped[int] = mapped_column(sa.ForeignKey("litigation_case.id"), index=True)
    place: Mapped[Place]
    origin: Mapped[Origin]
    applicant_id: Mapped[int | None] = mapped_column(sa.ForeignKey("party.id"))
    name: Mapped[Name]
    asked_on: Mapped[date]
    granted: Mapped[bool]
    reason: Mapped[Prose]
    party_id: Mapped[int | None] = mapped_column(sa.ForeignKey("party.id"))
    decided_on: Mapped[date]
    decided_by_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"))


class JoinedClaim(Stateful, Base):
    """反诉、第三人的诉讼请求: what a defendant or a third party claims besides the suit (CPL art. 143; S2 arts 232, 233)."""

    __tablename__ = "joined_claim"
    __table_args__ = (
        sa.CheckConstraint("status NOT IN ('joined', 'refused') OR decided_on IS NOT NULL", name="decided_has_day"),
        # What this court found, unless the higher court found otherwise (S2 arts 233, 330).
        sa.CheckConstraint(
            "status <> 'joined' OR (link <> 'none' AND NOT elsewhere) OR answered_on IS NOT NULL", name="joined_by_law"
        ),
        sa.CheckConstraint("status <> 'refused' OR reason <> ''", name="refused_has_reason"),
        sa.CheckConstraint("NOT unpaid OR (status = 'withdrawn' AND paid_on IS NULL)", name="unpaid_is_withdrawn"),
        sa.CheckConstraint("claims <> ''", name="has_claims"),
        sa.CheckConstraint("status <> 'appealed' OR appealed_on IS NOT NULL", name="appealed_has_day"),
        sa.CheckConstraint(
            "answered_on IS NULL OR (appealed_on IS NOT NULL AND above <> '' AND above_number <> '')",
            name="answered_has_paper",
        ),
        # S10 art. 18: halved, and once (S2 art. 206).
        sa.CheckConstraint("due_fen = (tariff_fen + 1) / 2", name="halved"),
    )

    id: Mapped[Pk]
    court_id: Mapped[CourtId]
    dispute_id: Mapped[int] = mapped_column(sa.ForeignKey("dispute.id"), index=True)
    case_id: Mapped[int] = mapped_column(sa.ForeignKey("litigation_case.id"), index=True)
    party_id: Mapped[int] = mapped_column(sa.ForeignKey("party.id"))
    kind: Mapped[ClaimKind]
    status: Mapped[ClaimStatus] = mapped_column(default=ClaimStatus.BROUGHT)
    brought_on: Mapped[date]
    claims: Mapped[Prose]
    grounds: Mapped[Prose] = mapped_column(default="")
    fee_kind: Mapped[FeeKind]
    amount_fen: Mapped[int] = mapped_column(sa.BigInteger, default=0)
    tariff_fen: Mapped[int] = mapped_column(sa.BigInteger)
    due_fen: Mapped[int] = mapped_column(sa.BigInteger)
    paid_on: Mapped[date | None]
    link: Mapped[Link | None]
    # It belongs to another court alone (S2 art. 233(3)).
    elsewhere: Mapped[bool] = mapped_column(default=False)
    reason: Mapped[Prose] = mapped_column(default="")
    decided_on: Mapped[date | None]
    decided_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("user.id"))
    unpaid: Mapped[bool] = mapped_column(default=False)
    # The appeal against not taking it, and what the higher court ruled (CPL arts 171, 182).
    appealed_on: Mapped[date | None]
    above: Mapped[str] = mapped_column(sa.String(200), default="")
    above_number: Mapped[str] = mapped_column(sa.String(100), default="")
    answered_on: Mapped[date | None]
    recorded_by_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"))
    recorded_at: Mapped[datetime] = mapped_column(default=clock.now)
    version: Mapped[int] = mapped_column(default=1)

    case: Mapped[LitigationCase] = relationship(lazy="joined")

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 SQLAlchemy's own name

    @property
    def judge_id(self) -> int | None:
        """The judge of the case."""
        return self.case.judge_id
