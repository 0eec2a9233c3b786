"""Resources, bookings, and the claims through which no two bookings can overlap."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from mediation.kernel import clock
from mediation.kernel.audit import Audited, Stateful
from mediation.kernel.db import Base, CourtId, Name, Pk, Short, guard
from mediation.scheduling.rules import (
    ArrivalManner,
    BookingStatus,
    ClaimantKind,
    FeedDetail,
    Purpose,
    ResourceKind,
)  # fmt: skip


class Resource(Audited, Base):
    """A mediation room (调解室), a tribunal (法庭) or a video room."""

    __tablename__ = "resource"
    __table_args__ = (sa.UniqueConstraint("court_id", "code"),)

    id: Mapped[Pk]
    court_id: Mapped[CourtId]
    kind: Mapped[ResourceKind]
    code: Mapped[Short]
    name: Mapped[Name]
    capacity: Mapped[int] = mapped_column(default=8)
    equipment: Mapped[Name] = mapped_column(default="")
    turnaround_minutes: Mapped[int] = mapped_column(default=15)
    in_use: Mapped[bool] = mapped_column(default=True)


class Booking(Stateful, Base):
    """One meeting: half-open time, one dispute, several claims."""

    __tablename__ = "booking"
    __table_args__ = (
        sa.CheckConstraint("ends_at > starts_at", name="ends_after_start"),
        sa.CheckConstraint("purpose = 'blocked' OR dispute_id IS NOT NULL", name="meeting_has_dispute"),
        sa.Index("ix_booking_day", "court_id", "starts_at"),
    )

    id: Mapped[Pk]
    court_id: Mapped[CourtId]
    dispute_id: Mapped[int | None] = mapped_column(sa.ForeignKey("dispute.id"), index=True)
    resource_id: Mapped[int | None] = mapped_column(sa.ForeignKey("resource.id"), index=True)
    purpose: Mapped[Purpose]
    subject_type: Mapped[Short] = mapped_column(default="")
    subject_id: Mapped[int] = mapped_column(default=0)
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    status: Mapped[BookingStatus] = mapped_column(default=BookingStatus.BOOKED)
    booked_by_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"))
    booked_at: Mapped[datetime] = mapped_column(default=clock.now)
    # How often it was moved or called off, and when last: what calendar programs compare (RFC 5545 SEQUENCE).
    revision: Mapped[int] = mapped_column(default=0)
    changed_at: Mapped[datetime] = mapped_column(default=clock.now)
    note: Mapped[str] = mapped_column(sa.String(300), default="")
    cancelled_reason: Mapped[str] = mapped_column(sa.String(300), default="")

    resource: Mapped[Resource | None] = relationship(lazy="joined")
    claims: Mapped[list["Claim"]] = relationship(
        back_populates="booking", lazy="selectin", cascade="all, delete-orphan"
    )


class Claim(Base):
    """One room or person a booking occupies. The database refuses two live claims that overlap."""

    __tablename__ = "claim"
    __table_args__ = (
        sa.CheckConstraint("ends_at > starts_at", name="ends_after_start"),
        sa.Index("ix_claim_who", "court_id", "claimant_kind", "claimant_key", "starts_at"),
    )

    id: Mapped[Pk]
    court_id: Mapped[CourtId]
    booking_id: Mapped[int] = mapped_column(sa.ForeignKey("booking.id"), index=True)
    claimant_kind: Mapped[ClaimantKind]
    claimant_key: Mapped[Short]
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    live: Mapped[bool] = mapped_column(default=True)

    booking: Mapped[Booking] = relationship(back_populates="claims", lazy="raise")


# No check before the insert can be trusted when two people book at once: the database itself refuses the second.
# A claim that is not live occupies nothing, so bringing one back to life is guarded like a new one.
OVERLAP = "claim_no_overlap"
_clash = (
    "SELECT RAISE(ABORT, 'claim_no_overlap') WHERE NEW.live AND EXISTS (SELECT 1 FROM claim AS other WHERE other.live "
    "AND other.court_id = NEW.court_id AND other.claimant_kind = NEW.claimant_kind "
    "AND other.claimant_key = NEW.claimant_key "
    "AND other.starts_at < NEW.ends_at AND NEW.starts_at < other.ends_at{others}); END"
)

guard(
    Claim.__table__,  # type: ignore[arg-type]
    sqlite=[
        f"CREATE TRIGGER {OVERLAP}_insert BEFORE INSERT ON claim BEGIN {_clash.format(others='')}",
        f"CREATE TRIGGER {OVERLAP}_update BEFORE UPDATE ON claim BEGIN {_clash.format(others=' AND other.id <> NEW.id')}",
    ],
    postgresql=[
        "CREATE EXTENSION IF NOT EXISTS btree_gist",
        f"ALTER TABLE claim ADD CONSTRAINT {OVERLAP} EXCLUDE USING gist (court_id WITH =, claimant_kind WITH =, "
        "claimant_key WITH =, tstzrange(starts_at, ends_at, '[)') WITH &&) WHERE (live)",
    ],
)


class CalendarFeed(Audited, Base):
    """A subscription to a calendar. Whoever holds its address reads it, so the table keeps only the address's digest."""

    __tablename__ = "calendar_feed"
    __table_args__ = (
        sa.Index("ix_calendar_feed_owner", "court_id", "claimant_kind", "claimant_key"),
        sa.CheckConstraint("claimant_kind IN ('resource', 'mediator', 'judge')", name="known_owner"),
        sa.CheckConstraint("detail <> 'full' OR claimant_kind <> 'resource'", name="full_only_for_the_person"),
    )

    id: Mapped[Pk]
    court_id: Mapped[CourtId]
    claimant_kind: Mapped[ClaimantKind]
    claimant_key: Mapped[Short]
    detail: Mapped[FeedDetail]
    name: Mapped[Name]
    token_digest: Mapped[Short] = mapped_column(unique=True)
    made_by_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"), index=True)
    made_at: Mapped[datetime] = mapped_column(default=clock.now)
    revoked_at: Mapped[datetime | None]


class Arrival(Audited, Base):
    """Somebody who must be at a meeting has come: said at the room's door, or seen by the registry (R3-25)."""

    __tablename__ = "arrival"
    __table_args__ = (sa.UniqueConstraint("booking_id", "claimant_kind", "claimant_id"),)

    id: Mapped[Pk]
    court_id: Mapped[CourtId]
    booking_id: Mapped[int] = mapped_column(sa.ForeignKey("booking.id"), index=True)
    dispute_id: Mapped[int | None] = mapped_column(sa.ForeignKey("dispute.id"), index=True)
    claimant_kind: Mapped[ClaimantKind]
    claimant_id: Mapped[int]
    # Who came: the party or mediator, or the agent who comes for a party.
    name: Mapped[Name]
    manner: Mapped[ArrivalManner]
    arrived_at: Mapped[datetime] = mapped_column(default=clock.now)
    noted_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("user.id"))


class DoorRule(Audited, Base):
    """What a court has settled for its doors: how long a room waits, and whether the hall shows numbers."""

    __tablename__ = "door_rule"
    __table_args__ = (sa.CheckConstraint("wait_minutes BETWEEN 5 AND 180", name="wait_in_reason"),)

    id: Mapped[Pk]
    court_id: Mapped[int] = mapped_column(sa.ForeignKey("court.id"), unique=True)
    wait_minutes: Mapped[int] = mapped_column(default=30)
    hall_shows_numbers: Mapped[bool] = mapped_column(default=True)
