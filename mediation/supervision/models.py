"""Supervision orders and what was answered."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from mediation.accounts.models import User
from mediation.kernel import clock
from mediation.kernel.audit import Audited, Stateful
from mediation.kernel.db import Base, CourtId, Pk, Prose, never_changes
from mediation.supervision.rules import Level, OrderStatus


class SupervisionOrder(Stateful, Base):
    """督办单: one press for one dispute, to one person, with a day for the answer."""

    __tablename__ = "supervision_order"
    __table_args__ = (
        sa.CheckConstraint("reason <> ''", name="has_reason"),
        sa.CheckConstraint("(status = 'closed') = (closed_at IS NOT NULL)", name="closed_has_moment"),
        sa.CheckConstraint("status <> 'closed' OR result <> ''", name="closed_has_result"),
        # One at a time: a second order for the same dispute would only hide the first.
        sa.Index(
            "uq_supervision_order_open", "dispute_id", unique=True,
            sqlite_where=sa.text("status <> 'closed'"), postgresql_where=sa.text("status <> 'closed'"),
        ),
        sa.Index("ix_supervision_order_court", "court_id", "status", "due_on"),
        sa.Index("ix_supervision_order_dispute", "dispute_id", "id"),
        sa.Index("ix_supervision_order_addressee", "addressee_id", "status"),
    )  # fmt: skip

    id: Mapped[Pk]
    court_id: Mapped[CourtId]
    dispute_id: Mapped[int] = mapped_column(sa.ForeignKey("dispute.id"))
    level: Mapped[Level]
    reason: Mapped[Prose]
    addressee_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"))
    due_on: Mapped[date]
    status: Mapped[OrderStatus] = mapped_column(default=OrderStatus.OPEN)
    issued_by_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"))
    issued_at: Mapped[datetime] = mapped_column(default=clock.now)
    # The day for which it was told that no answer had come; told once for each day.
    told_late_for: Mapped[date | None]
    closed_at: Mapped[datetime | None]
    result: Mapped[Prose] = mapped_column(default="")
    version: Mapped[int] = mapped_column(default=1)

    addressee: Mapped[User] = relationship(foreign_keys=addressee_id, lazy="raise")
    issued_by: Mapped[User] = relationship(foreign_keys=issued_by_id, lazy="raise")

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 SQLAlchemy's own name


class SupervisionReply(Audited, Base):
    """反馈: what whoever was pressed answered; kept as written."""

    __tablename__ = "supervision_reply"
    __table_args__ = (sa.CheckConstraint("text <> ''", name="has_text"),)

    id: Mapped[Pk]
    court_id: Mapped[CourtId]
    order_id: Mapped[int] = mapped_column(sa.ForeignKey("supervision_order.id"), index=True)
    by_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"))
    at: Mapped[datetime] = mapped_column(default=clock.now)
    text: Mapped[Prose]

    by: Mapped[User] = relationship(lazy="raise")


never_changes(SupervisionReply.__table__)  # type: ignore[arg-type]
