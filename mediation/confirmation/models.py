"""The confirmation case, its questioning record and the president's extensions."""

from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from mediation.confirmation.rules import Exclusion, Form, Outcome, Status
from mediation.kernel import clock
from mediation.kernel.audit import Audited, Stateful
from mediation.kernel.db import Base, CourtId, Pk, Prose, Short
from mediation.kernel.known import keep
from mediation.periods.table import PeriodKey


class Confirmation(Stateful, Base):
    """An application for judicial confirmation of one agreement (CPL 205)."""

    __tablename__ = "confirmation"
    __table_args__ = (
        # Separation of duties: who diverted or mediated cannot rule. The identities stand on the row for this check.
        sa.CheckConstraint("judge_id IS NULL OR judge_id <> diverted_by_id", name="judge_did_not_divert"),
        sa.CheckConstraint(
            "judge_id IS NULL OR mediator_user_id IS NULL OR judge_id <> mediator_user_id", name="judge_did_not_mediate"
        ),
        sa.CheckConstraint(
            "ruled_by_id IS NULL OR (ruled_by_id = judge_id AND decided_on IS NOT NULL)", name="only_the_judge_rules"
        ),
        sa.CheckConstraint("status NOT IN ('valid', 'dismissed') OR ruled_by_id IS NOT NULL", name="ruling_has_judge"),
        sa.CheckConstraint("(outcome IS NULL) = (ruled_by_id IS NULL)", name="outcome_has_judge"),
        sa.CheckConstraint("status <> 'served' OR outcome IS NOT NULL", name="served_was_decided"),
        # What the figures read: all of it stands in the index.
        sa.Index("ix_confirmation_applied", "court_id", "applied_on", "dispute_id"),
        sa.Index(
            "ix_confirmation_decided",
            "court_id",
            "decided_on",
            "outcome",
            "dispute_id",
            sqlite_where=sa.text("decided_on IS NOT NULL"),
            postgresql_where=sa.text("decided_on IS NOT NULL"),
        ),
        sa.Index("ix_confirmation_work", "court_id", "status"),
    )

    id: Mapped[Pk]
    court_id: Mapped[CourtId]
    dispute_id: Mapped[int] = mapped_column(sa.ForeignKey("dispute.id"), index=True)
    agreement_id: Mapped[int] = mapped_column(sa.ForeignKey("agreement.id"), index=True)
    case_number_id: Mapped[int | None] = mapped_column(sa.ForeignKey("case_number.id"))
    form: Mapped[Form] = mapped_column(default=Form.WRITTEN)
    applied_by: Mapped[list[Any]]
    applied_on: Mapped[date] = mapped_column(index=True)
    # A posted application is in time by its post-mark (R4-06; CPL 85).
    posted_on: Mapped[date | None]
    materials: Mapped[list[Any]] = mapped_column(default=list)
    # Real estate, vehicles, shares: then documents of title belong to the papers (S2 art. 354).
    title_concerned: Mapped[bool] = mapped_column(default=False)
    status: Mapped[Status] = mapped_column(default=Status.APPLIED)
    # How the court decided: stays when the status moves on to served.
    outcome: Mapped[Outcome | None]
    exclusion: Mapped[Exclusion | None]
    accepted_on: Mapped[date | None]
    diverted_by_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"))
    mediator_user_id: Mapped[int | None] = mapped_column(sa.ForeignKey("user.id"))
    judge_id: Mapped[int | None] = mapped_column(sa.ForeignKey("user.id"), index=True)
    clerk_id: Mapped[int | None] = mapped_column(sa.ForeignKey("user.id"))
    questioning_booking_id: Mapped[int | None] = mapped_column(sa.ForeignKey("booking.id"))
    supplement: Mapped[Prose] = mapped_column(default="")
    supplement_due: Mapped[date | None]
    checklist: Mapped[dict[str, Any]] = mapped_column(default=dict)
    grounds: Mapped[list[Any]] = mapped_column(default=list)
    reason: Mapped[Prose] = mapped_column(default="")
    ruled_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("user.id"))
    decided_on: Mapped[date | None] = mapped_column(index=True)
    ruling_document_id: Mapped[int | None] = mapped_column(sa.ForeignKey("document.id"))
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 SQLAlchemy's own name


class Questioning(Audited, Base):
    """询问笔录: both parties called to be present together (S2 art. 356)."""

    __tablename__ = "questioning"

    id: Mapped[Pk]
    court_id: Mapped[CourtId]
    dispute_id: Mapped[int] = mapped_column(sa.ForeignKey("dispute.id"), index=True)
    confirmation_id: Mapped[int] = mapped_column(sa.ForeignKey("confirmation.id"), index=True)
    present: Mapped[list[Any]]
    answers: Mapped[dict[str, Any]]
    note: Mapped[Prose] = mapped_column(default="")
    held_at: Mapped[datetime]
    recorded_by_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"))


class DecisionExtension(Audited, Base):
    """The president extends the time to decide (CPL 187; S7 art. 5)."""

    __tablename__ = "decision_extension"
    __table_args__ = (
        sa.CheckConstraint("approved_by_id IS NULL OR approved_by_id <> requested_by_id", name="somebody_else_decides"),
        sa.CheckConstraint("days > 0", name="days_positive"),
    )

    id: Mapped[Pk]
    court_id: Mapped[CourtId]
    dispute_id: Mapped[int] = mapped_column(sa.ForeignKey("dispute.id"), index=True)
    confirmation_id: Mapped[int] = mapped_column(sa.ForeignKey("confirmation.id"), index=True)
    requested_by_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"))
    key: Mapped[PeriodKey]
    reason: Mapped[Prose]
    days: Mapped[int]
    requested_at: Mapped[datetime] = mapped_column(default=clock.now)
    approved_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("user.id"))
    refused: Mapped[bool] = mapped_column(default=False)
    decided_at: Mapped[datetime | None]
    note: Mapped[Short] = mapped_column(default="")


# The figures are asked as of past days too (DOMAIN 7.1).
keep(
    Confirmation,
    "court_id",
    "dispute_id",
    "agreement_id",
    "applied_on",
    "accepted_on",
    "outcome",
    "decided_on",
    by=("agreement_id", "dispute_id"),
)
