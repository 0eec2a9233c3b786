"""The outbox, written in the use case's own transaction, and the proof of service."""

import secrets
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from mediation.kernel import clock
from mediation.kernel.audit import Audited
from mediation.kernel.db import Base, CourtId, Name, Pk, Prose, Short, never_changes
from mediation.notices.rules import (
    Channel,
    Fallback,
    NoticeStatus,
    Problem,
    ReturnCause,
    ServiceMethod,
    SlipOutcome,
    Taker,
)


def _fresh_key() -> str:
    return secrets.token_hex(16)


class Notice(Audited, Base):
    """A letter or message to one person about one dispute.

    `key` is what gateways recognise a repeated message by. A worker that sends it holds it until `leased_until`.
    """

    __tablename__ = "notice"
    __table_args__ = (
        sa.Index("ix_notice_outbox", "court_id", "status", "id"),
        sa.Index("ix_notice_due", "next_at", "id"),
        sa.Index("ix_notice_subject", "subject_type", "subject_id"),
        sa.Index("ix_notice_receipt", "receipt_id"),
        sa.CheckConstraint("arrived_on IS NULL OR sent_at IS NOT NULL", name="arrived_after_sending"),
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
    # The archived paper that goes along as a file, by e-mail.
    document_id: Mapped[int | None] = mapped_column(sa.ForeignKey("document.id"))
    status: Mapped[NoticeStatus] = mapped_column(default=NoticeStatus.QUEUED)
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    sent_at: Mapped[datetime | None]
    attempts: Mapped[int] = mapped_column(default=0)
    read_at: Mapped[datetime | None]
    key: Mapped[Short] = mapped_column(unique=True, default=_fresh_key)
    fallback: Mapped[Fallback | None]
    # When the machine tries next; none for what somebody does by hand.
    next_at: Mapped[datetime | None]
    leased_until: Mapped[datetime | None]
    leased_by: Mapped[Short] = mapped_column(default="")
    problem: Mapped[Problem | None]
    receipt_id: Mapped[str] = mapped_column(sa.String(200), default="")
    # The gateway says that the message is on the addressee's own device.
    confirmed_at: Mapped[datetime | None]
    # The addressee has proved that it reached the own system on this other day (S2 art. 135).
    arrived_on: Mapped[date | None]
    superseded_at: Mapped[datetime | None]
    # The addressee had agreed to electronic service in the address confirmation when this was written (S2 art. 136).
    electronic_agreed: Mapped[bool] = mapped_column(default=False)
    # Substituted service chosen after three failed attempts.
    way: Mapped[ServiceMethod | None]


class Attempt(Base):
    """One attempt to deliver a notice: when, how, and what came of it. Never changed."""

    __tablename__ = "notice_attempt"

    id: Mapped[Pk]
    court_id: Mapped[CourtId]
    notice_id: Mapped[int] = mapped_column(sa.ForeignKey("notice.id"), index=True)
    at: Mapped[datetime] = mapped_column(default=clock.now)
    channel: Mapped[Channel]
    # None: it went out, or the addressee was reached.
    problem: Mapped[Problem | None]
    # A number that a machine answered with, such as 550; never what was sent.
    detail: Mapped[Short] = mapped_column(default="")
    user_id: Mapped[int | None] = mapped_column(sa.ForeignKey("user.id"))


never_changes(Attempt.__table__)  # type: ignore[arg-type]


class Slip(Audited, Base):
    """送达回证 or the postal slip of a printed notice, as it came back: who took it, and when; or why nobody did."""

    __tablename__ = "notice_slip"

    id: Mapped[Pk]
    court_id: Mapped[CourtId]
    dispute_id: Mapped[int | None] = mapped_column(sa.ForeignKey("dispute.id"), index=True)
    notice_id: Mapped[int] = mapped_column(sa.ForeignKey("notice.id"), index=True)
    outcome: Mapped[SlipOutcome]
    # The day on the slip: of signing, of leaving, of the letter's return.
    on: Mapped[date] = mapped_column("happened_on")
    # Whether that day counts as the day of service.
    counts: Mapped[bool]
    receiver: Mapped[Name] = mapped_column(default="")
    taker: Mapped[Taker | None]
    witness: Mapped[Name] = mapped_column(default="")
    photographed: Mapped[bool] = mapped_column(default=False)
    tracking: Mapped[Short] = mapped_column(default="")
    cause: Mapped[ReturnCause | None]
    remark: Mapped[str] = mapped_column(sa.String(300), default="")
    recorded_by_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"))
    recorded_at: Mapped[datetime] = mapped_column(default=clock.now)


class WorkerPass(Base):
    """When the worker of one machine last went through the whole outbox and ended well: its heartbeat."""

    __tablename__ = "worker_pass"

    id: Mapped[Pk]
    machine: Mapped[Short] = mapped_column(unique=True)
    ended_at: Mapped[datetime]
    sent: Mapped[int] = mapped_column(default=0)
    put_off: Mapped[int] = mapped_column(default=0)
    given_up: Mapped[int] = mapped_column(default=0)


class NoticeTemplate(Audited, Base):
    """The court's own wording of a kind of notice on a channel, from a day on; empty means the standard wording again."""

    __tablename__ = "notice_template"
    __table_args__ = (sa.Index("ix_notice_template_kind", "court_id", "kind", "channel", "valid_from"),)

    id: Mapped[Pk]
    court_id: Mapped[CourtId]
    kind: Mapped[Short]
    channel: Mapped[Channel]
    text: Mapped[Prose]
    valid_from: Mapped[date]
    reason: Mapped[str] = mapped_column(sa.String(300))
    made_by_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"))
    made_at: Mapped[datetime] = mapped_column(default=clock.now)


never_changes(NoticeTemplate.__table__)  # type: ignore[arg-type]


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
    # S11 art. 11: the letter came back, and the day of its return counts.
    returned: Mapped[ReturnCause | None]
    published_on: Mapped[date | None]
    recorded_by_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"))
    recorded_at: Mapped[datetime] = mapped_column(default=clock.now)
