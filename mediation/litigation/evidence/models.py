"""Applications for more time for evidence, and evidence that came late."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from mediation.kernel import clock
from mediation.kernel.audit import Audited, Stateful
from mediation.kernel.db import Base, CourtId, Pk, Prose
from mediation.litigation.evidence.rules import Cause, Outcome, RequestStatus
from mediation.litigation.models import LitigationCase

WAITS = sa.text("status = 'asked'")


class EvidenceExtension(Stateful, Base):
    """延长举证期限申请: asked for in writing before the time is over, granted or refused by the judge (S2 art. 100)."""

    __tablename__ = "evidence_extension"
    __table_args__ = (
        sa.CheckConstraint("(status IN ('granted', 'refused')) = (decided_on IS NOT NULL)", name="decided_has_day"),
        sa.CheckConstraint("(status = 'granted') = (days IS NOT NULL)", name="granted_has_days"),
        sa.CheckConstraint("status <> 'refused' OR note <> ''", name="refused_has_reason"),
        sa.CheckConstraint("reason <> ''", name="has_reason"),
        sa.Index("ix_evidence_extension_waiting", "case_id", unique=True, sqlite_where=WAITS, postgresql_where=WAITS),
    )

    id: Mapped[Pk]
    court_id: Mapped[CourtId]
    dispute_id: Mapped[int] = mapped_column(sa.ForeignKey("dispute.id"), index=True)
    case_id: Mapped[int] = mapped_column(sa.ForeignKey("litigation_case.id"), index=True)
    party_id: Mapped[int] = mapped_column(sa.ForeignKey("party.id"))
    asked_on: Mapped[date]
    reason: Mapped[Prose]
    status: Mapped[RequestStatus] = mapped_column(default=RequestStatus.ASKED)
    days: Mapped[int | None]
    decided_on: Mapped[date | None]
    decided_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("user.id"))
    note: Mapped[Prose] = mapped_column(default="")
    recorded_by_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"))
    recorded_at: Mapped[datetime] = mapped_column(default=clock.now)
    version: Mapped[int] = mapped_column(default=1)

    case: Mapped[LitigationCase] = relationship(lazy="joined")

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 SQLAlchemy's own name

    @property
    def judge_id(self) -> int | None:
        """The judge of the case."""
        return self.case.judge_id


class LateEvidence(Audited, Base):
    """逾期提供的证据: what came late, why, and what becomes of it (CPL art. 68; S2 arts 101, 102)."""

    __tablename__ = "late_evidence"
    __table_args__ = (
        sa.CheckConstraint("reason <> ''", name="has_reason"),
        sa.CheckConstraint("(outcome = 'fined') = (cause = 'intent' AND basic)", name="fined_by_law"),
        sa.CheckConstraint("(outcome = 'excluded') = (cause = 'intent' AND NOT basic)", name="excluded_by_law"),
        sa.CheckConstraint("(outcome = 'reprimanded') = (cause = 'careless')", name="reprimanded_by_law"),
    )

    id: Mapped[Pk]
    court_id: Mapped[CourtId]
    dispute_id: Mapped[int] = mapped_column(sa.ForeignKey("dispute.id"), index=True)
    case_id: Mapped[int] = mapped_column(sa.ForeignKey("litigation_case.id"), index=True)
    party_id: Mapped[int] = mapped_column(sa.ForeignKey("party.id"))
    what: Mapped[Prose]
    offered_on: Mapped[date]
    # What the party said when it was told to explain itself.
    reason: Mapped[Prose]
    cause: Mapped[Cause]
    basic: Mapped[bool]
    outcome: Mapped[Outcome]
    decided_on: Mapped[date]
    decided_by_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"))
