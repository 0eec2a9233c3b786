"""The outbox, written in the use case's own transaction, and the proof of service."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from mediation.kernel import clock
from mediation.kernel.audit import Audited
from mediation.kernel.db import Base, CourtId, Name, Pk, Prose, Short
from mediation.notices.rules import Channel, NoticeStatus, ServiceMethod


class Notice(Audited, Base):
    """A letter or message to one person about one dispute."""

    __tablename__ = "notice"
    __table_args__ = (
        sa.Index("ix_notice_outbox", "court_id", "status", "id"),
        sa.CheckConstraint("status NOT IN ('sent', 'handed_over') OR sent_at IS NOT NULL", name="sent_has_moment"),
    )

    id: Mapped[Pk]
    court_id: Mapped[CourtId]
    dispute_id: Mapped[int | None] = mapped_column(sa.ForeignKey("dispute.id"), index=True)
    subject_type: Mapped[Short]
    subject_id: Mapped[int]
    party_id: Mapped[int | None] = mapped_column(sa.ForeignKey("party.id"))
    user_id: Mapped[int | None] = mapped_column(sa.ForeignKey("user.id"))
    recipient: Mapped[Name]
    address: Mapped[str] = mapped_column(sa.String(300), default="")
    channel: Mapped[Channel]
    kind: Mapped[Short]
    text: Mapped[Prose]
    status: Mapped[NoticeStatus] = mapped_column(default=NoticeStatus.QUEUED)
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    sent_at: Mapped[datetime | None]
    attempts: Mapped[int] = mapped_column(default=0)
    read_at: Mapped[datetime | None]


class Service(Audited, Base):
    """送达: a document reached a party; the effective day starts what the document sets going."""

    __tablename__ = "service"
    __table_args__ = (sa.UniqueConstraint("document_id", "party_id"),)

    id: Mapped[Pk]
    court_id: Mapped[CourtId]
    dispute_id: Mapped[int] = mapped_column(sa.ForeignKey("dispute.id"), index=True)
    document_id: Mapped[int] = mapped_column(sa.ForeignKey("document.id"), index=True)
    party_id: Mapped[int] = mapped_column(sa.ForeignKey("party.id"))
    method: Mapped[ServiceMethod]
    effective_on: Mapped[date]
    receiver: Mapped[Name]
    note: Mapped[str] = mapped_column(sa.String(300), default="")
    recorded_by_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"))
    recorded_at: Mapped[datetime] = mapped_column(default=clock.now)
