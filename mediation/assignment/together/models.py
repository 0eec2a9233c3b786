"""Requests for another mediator, with what became of them."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from mediation.assignment.together.rules import CoReason, CoStatus, ReplacementGround, ReplacementOutcome
from mediation.kernel import clock
from mediation.kernel.audit import Audited, Stateful
from mediation.kernel.db import Base, CourtId, Pk, Prose, never_changes


class ReplacementRequest(Audited, Base):
    """A party asked for another mediator: with what reason, and what was decided (S4 art. 13; S5 art. 14)."""

    __tablename__ = "replacement_request"
    __table_args__ = (sa.CheckConstraint("reason <> ''", name="has_reason"),)

    id: Mapped[Pk]
    court_id: Mapped[CourtId]
    dispute_id: Mapped[int] = mapped_column(sa.ForeignKey("dispute.id"), index=True)
    assignment_id: Mapped[int] = mapped_column(sa.ForeignKey("assignment.id"), index=True)
    party_id: Mapped[int] = mapped_column(sa.ForeignKey("party.id"))
    ground: Mapped[ReplacementGround]
    reason: Mapped[Prose]
    outcome: Mapped[ReplacementOutcome]
    requested_on: Mapped[date]
    decided_by_id: Mapped[int]
    decided_at: Mapped[datetime] = mapped_column(default=clock.now)


never_changes(ReplacementRequest.__table__)  # type: ignore[arg-type]


class CoMediator(Stateful, Base):
    """A further mediator beside the one who presides, whom the assignment names (S4 art. 13; S5 art. 11)."""

    __tablename__ = "co_mediator"
    __table_args__ = (
        sa.Index(
            "uq_co_mediator_active", "assignment_id", "mediator_id", unique=True,
            sqlite_where=sa.text("status IN ('asked', 'accepted')"),
            postgresql_where=sa.text("status IN ('asked', 'accepted')"),
        ),
        sa.CheckConstraint("reason <> ''", name="has_reason"),
        sa.CheckConstraint("(status = 'asked') = (answered_on IS NULL)", name="answered_has_day"),
    )  # fmt: skip

    id: Mapped[Pk]
    court_id: Mapped[CourtId]
    dispute_id: Mapped[int] = mapped_column(sa.ForeignKey("dispute.id"), index=True)
    assignment_id: Mapped[int] = mapped_column(sa.ForeignKey("assignment.id"), index=True)
    mediator_id: Mapped[int] = mapped_column(sa.ForeignKey("mediator.id"), index=True)
    # The organisation that sends this mediator.
    organisation_id: Mapped[int | None] = mapped_column(sa.ForeignKey("organisation.id"))
    why: Mapped[CoReason]
    reason: Mapped[Prose]
    status: Mapped[CoStatus] = mapped_column(default=CoStatus.ASKED)
    asked_on: Mapped[date]
    asked_by_id: Mapped[int]
    answered_on: Mapped[date | None]
    answer: Mapped[Prose] = mapped_column(default="")
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 SQLAlchemy's own name
