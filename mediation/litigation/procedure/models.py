"""Objections of parties to the procedure, with what became of them."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from mediation.kernel import clock
from mediation.kernel.audit import Stateful
from mediation.kernel.db import Base, CourtId, Pk, Prose
from mediation.litigation.models import LitigationCase
from mediation.litigation.procedure.rules import Matter, ObjectionStatus
from mediation.litigation.rules import Procedure

WAITS = sa.text("status = 'raised'")


class ProcedureObjection(Stateful, Base):
    """程序异议、独任审理异议: the case must not be tried in this procedure, or by one judge (CPL arts 43, 169; S2 arts 269, 279)."""

    __tablename__ = "procedure_objection"
    __table_args__ = (
        sa.CheckConstraint("(status IN ('upheld', 'rejected')) = (decided_by_id IS NOT NULL)", name="decided_by"),
        sa.CheckConstraint("(decided_by_id IS NULL) = (decided_on IS NULL)", name="decided_on"),
        sa.CheckConstraint("decided_by_id IS NULL OR note <> ''", name="decided_has_reason"),
        sa.CheckConstraint("reason <> ''", name="has_reason"),
        sa.Index("ix_procedure_objection_waiting", "case_id", unique=True, sqlite_where=WAITS, postgresql_where=WAITS),
    )

    id: Mapped[Pk]
    court_id: Mapped[CourtId]
    dispute_id: Mapped[int] = mapped_column(sa.ForeignKey("dispute.id"), index=True)
    case_id: Mapped[int] = mapped_column(sa.ForeignKey("litigation_case.id"), index=True)
    party_id: Mapped[int] = mapped_column(sa.ForeignKey("party.id"))
    procedure: Mapped[Procedure]
    matter: Mapped[Matter] = mapped_column(default=Matter.PROCEDURE)
    raised_on: Mapped[date]
    reason: Mapped[Prose]
    status: Mapped[ObjectionStatus] = mapped_column(default=ObjectionStatus.RAISED)
    # A rejection may be ruled orally; then it stands in the record of the hearing (S2 arts 269, 279).
    oral: Mapped[bool] = mapped_column(default=False)
    decided_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("user.id"))
    decided_on: Mapped[date | None]
    note: Mapped[Prose] = mapped_column(default="")
    recorded_by_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"))
    recorded_at: Mapped[datetime] = mapped_column(default=clock.now)
    version: Mapped[int] = mapped_column(default=1)

    case: Mapped[LitigationCase] = relationship(lazy="joined")

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 SQLAlchemy's own name

    @property
    def judge_id(self) -> int | None:
        """Who decides: the judge of the case."""
        return self.case.judge_id
