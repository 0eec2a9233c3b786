"""Applications for more time to try a case, with what became of them."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from mediation.kernel import clock
from mediation.kernel.audit import Audited, Stateful
from mediation.kernel.db import Base, CourtId, Name, Pk, Prose, Short
from mediation.litigation.limits.rules import HigherStatus, RequestStatus

WAITS = sa.text("status = 'asked'")


class LimitExtension(Stateful, Base):
    """延长审限: the judge of the case asks, the president decides (CPL arts 152, 164, 168)."""

    __tablename__ = "limit_extension"
    __table_args__ = (
        sa.CheckConstraint("decided_by_id IS NULL OR decided_by_id <> requested_by_id", name="somebody_else_decides"),
        sa.CheckConstraint("(status IN ('granted', 'refused')) = (decided_by_id IS NOT NULL)", name="decided_by"),
        sa.CheckConstraint("(status = 'granted') = (final_on IS NOT NULL)", name="granted_has_day"),
        sa.CheckConstraint("status <> 'refused' OR note <> ''", name="refused_has_reason"),
        sa.CheckConstraint("months > 0", name="months_positive"),
        sa.Index("ix_limit_extension_waiting", "case_id", unique=True, sqlite_where=WAITS, postgresql_where=WAITS),
        sa.Index("ix_limit_extension_court", "court_id", "status", "id"),
    )

    id: Mapped[Pk]
    court_id: Mapped[CourtId]
    dispute_id: Mapped[int] = mapped_column(sa.ForeignKey("dispute.id"), index=True)
    case_id: Mapped[int] = mapped_column(sa.ForeignKey("litigation_case.id"), index=True)
    deadline_id: Mapped[int] = mapped_column(sa.ForeignKey("deadline.id"))
    requested_by_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"))
    requested_at: Mapped[datetime] = mapped_column(default=clock.now)
    months: Mapped[int]
    reason: Mapped[Prose]
    # The last day as it stood when more time was asked for, and as it stands since it was granted.
    former_final_on: Mapped[date]
    final_on: Mapped[date | None]
    status: Mapped[RequestStatus] = mapped_column(default=RequestStatus.ASKED)
    decided_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("user.id"))
    decided_at: Mapped[datetime | None]
    note: Mapped[Prose] = mapped_column(default="")
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 SQLAlchemy's own name


class LimitApproval(Audited, Base):
    """上级人民法院批准延长审限: beyond what the president may approve, with the paper that says so (CPL art. 152)."""

    __tablename__ = "limit_approval"
    __table_args__ = (
        sa.UniqueConstraint("case_id", "number"),
        sa.CheckConstraint("number <> '' AND authority <> ''", name="has_paper"),
        sa.CheckConstraint("until > former_final_on", name="later"),
        sa.CheckConstraint("approved_on <= former_final_on", name="in_time"),
    )

    id: Mapped[Pk]
    court_id: Mapped[CourtId]
    dispute_id: Mapped[int] = mapped_column(sa.ForeignKey("dispute.id"), index=True)
    case_id: Mapped[int] = mapped_column(sa.ForeignKey("litigation_case.id"), index=True)
    deadline_id: Mapped[int] = mapped_column(sa.ForeignKey("deadline.id"))
    authority: Mapped[Name]
    number: Mapped[Short]
    approved_on: Mapped[date]
    until: Mapped[date]
    # The last day before, and as it stands with the approval: a rest day moves on.
    former_final_on: Mapped[date]
    final_on: Mapped[date]
    recorded_by_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"))
    recorded_at: Mapped[datetime] = mapped_column(default=clock.now)


class HigherRequest(Stateful, Base):
    """报请上级人民法院批准延长审限: what this court asked, and the answer with its paper (CPL art. 152)."""

    __tablename__ = "higher_request"
    __table_args__ = (
        sa.CheckConstraint("number <> '' AND authority <> ''", name="has_paper"),
        sa.CheckConstraint("reason <> ''", name="has_reason"),
        sa.CheckConstraint("asked_on <= former_final_on", name="in_time"),
        sa.CheckConstraint("(status IN ('approved', 'refused', 'noted')) = (answered_on IS NOT NULL)", name="answered"),
        sa.CheckConstraint(
            "(status IN ('approved', 'refused', 'noted')) = (answer_number <> '')", name="answer_has_paper"
        ),
        sa.CheckConstraint(
            "(status IN ('approved', 'refused', 'noted')) = (answer_by_id IS NOT NULL)", name="answer_has_hand"
        ),
        sa.CheckConstraint("(status = 'noted') = (approved_in_vain IS NOT NULL)", name="noted_says_what"),
        sa.CheckConstraint("answered_on IS NULL OR answered_on >= asked_on", name="answer_follows"),
        sa.Index("ix_higher_request_waiting", "case_id", unique=True, sqlite_where=WAITS, postgresql_where=WAITS),
    )

    id: Mapped[Pk]
    court_id: Mapped[CourtId]
    dispute_id: Mapped[int] = mapped_column(sa.ForeignKey("dispute.id"), index=True)
    case_id: Mapped[int] = mapped_column(sa.ForeignKey("litigation_case.id"), index=True)
    deadline_id: Mapped[int] = mapped_column(sa.ForeignKey("deadline.id"))
    authority: Mapped[Name]
    number: Mapped[Short]
    asked_on: Mapped[date]
    reason: Mapped[Prose]
    former_final_on: Mapped[date]
    asked_by_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"))
    status: Mapped[HigherStatus] = mapped_column(default=HigherStatus.ASKED)
    answer_number: Mapped[Short] = mapped_column(default="")
    answered_on: Mapped[date | None]
    answer_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("user.id"))
    note: Mapped[Prose] = mapped_column(default="")
    # What the answer said when it came too late to change anything.
    approved_in_vain: Mapped[bool | None]
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 SQLAlchemy's own name
