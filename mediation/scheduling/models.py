"""Resources, bookings, and the claims through which no two bookings can overlap."""

from datetime import date, datetime, time
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from mediation.kernel import clock
from mediation.kernel.audit import Audited, Stateful
from mediation.kernel.db import Base, CourtId, Name, Pk, Short, guard
from mediation.kernel.known import keep
from mediation.scheduling.rules import (
    ArrivalManner,
    BookingStatus,
    ClaimantKind,
    DayPart,
    FeedDetail,
    Purpose,
    ResourceKind,
    Why,
    WishStatus,
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


class ResourceUse(Audited, Base):
    """From a day on, whether the court uses a room; a room without any entry was always used (I22)."""

    __tablename__ = "resource_use"
    __table_args__ = (sa.UniqueConstraint("resource_id", "since"),)

    id: Mapped[Pk]
    court_id: Mapped[CourtId]
    resource_id: Mapped[int] = mapped_column(sa.ForeignKey("resource.id"), index=True)
    since: Mapped[date]
    in_use: Mapped[bool]
    reason: Mapped[Name] = mapped_column(default="")
    settled_by_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"))
    settled_at: Mapped[datetime] = mapped_column(default=clock.now)


class Booking(Stateful, Base):
    """One meeting: half-open time, one dispute, several claims."""

    __tablename__ = "booking"
    __table_args__ = (
        sa.CheckConstraint("ends_at > starts_at", name="ends_after_start"),
        sa.CheckConstraint("purpose = 'blocked' OR dispute_id IS NOT NULL", name="meeting_has_dispute"),
        sa.CheckConstraint("status <> 'held' OR held_until IS NOT NULL", name="hold_ends"),
        sa.Index("ix_booking_day", "court_id", "starts_at"),
        sa.Index(
            "ix_booking_held",
            "court_id",
            "held_until",
            sqlite_where=sa.text("status = 'held'"),
            postgresql_where=sa.text("status = 'held'"),
        ),
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
    # A hold occupies time like a booking until then, while the parties are asked.
    held_until: Mapped[datetime | None]
    # What was blocked in one go, week after week, and can be ended in one go.
    series: Mapped[Short] = mapped_column(default="", index=True)
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
        sa.Index("ix_claim_being", "court_id", "being", "starts_at"),
    )

    id: Mapped[Pk]
    court_id: Mapped[CourtId]
    booking_id: Mapped[int] = mapped_column(sa.ForeignKey("booking.id"), index=True)
    claimant_kind: Mapped[ClaimantKind]
    claimant_key: Mapped[Short]
    # Who or what it is, in whichever capacity: the keyed hash of a person's identity where known, else the record.
    being: Mapped[Short]
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    live: Mapped[bool] = mapped_column(default=True)

    booking: Mapped[Booking] = relationship(back_populates="claims", lazy="raise")


# No check before the insert can be trusted when two people book at once: the database itself refuses the second.
# A claim that is not live occupies nothing, so bringing one back to life is guarded like a new one.
OVERLAP = "claim_no_overlap"
_clash = (
    "SELECT RAISE(ABORT, 'claim_no_overlap') WHERE NEW.live AND EXISTS (SELECT 1 FROM claim AS other WHERE other.live "
    "AND other.court_id = NEW.court_id AND other.being = NEW.being "
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
        f"ALTER TABLE claim ADD CONSTRAINT {OVERLAP} EXCLUDE USING gist (court_id WITH =, being WITH =, "
        "tstzrange(starts_at, ends_at, '[)') WITH &&) WHERE (live)",
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


class CourtHours(Audited, Base):
    """The court's hours from a day on, until the next ones: summer and winter differ (DOMAIN 3.10)."""

    __tablename__ = "court_hours"
    __table_args__ = (
        sa.UniqueConstraint("court_id", "since"),
        sa.CheckConstraint("opens < noon AND noon < again AND again < closes", name="in_order"),
    )

    id: Mapped[Pk]
    court_id: Mapped[CourtId]
    since: Mapped[date]
    opens: Mapped[time]
    noon: Mapped[time]
    again: Mapped[time]
    closes: Mapped[time]
    reason: Mapped[Name]
    settled_by_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"))
    settled_at: Mapped[datetime] = mapped_column(default=clock.now)


class Unavailability(Audited, Base):
    """Days on which a party says not to be able to come (R3-24), of the three months ahead."""

    __tablename__ = "unavailability"
    __table_args__ = (sa.CheckConstraint("first_day <= last_day", name="first_before_last"),)

    id: Mapped[Pk]
    court_id: Mapped[CourtId]
    dispute_id: Mapped[int] = mapped_column(sa.ForeignKey("dispute.id"), index=True)
    party_id: Mapped[int] = mapped_column(sa.ForeignKey("party.id"), index=True)
    being: Mapped[Short] = mapped_column(index=True)
    first_day: Mapped[date]
    last_day: Mapped[date]
    part: Mapped[DayPart]
    note: Mapped[Name] = mapped_column(default="")
    said_at: Mapped[datetime] = mapped_column(default=clock.now)
    taken_down_by_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"))
    withdrawn_at: Mapped[datetime | None]


class Hindrance(Audited, Base):
    """A fixed meeting to which a mediator cannot come, or without its room or its working day, until somebody has seen to it."""

    __tablename__ = "hindrance"
    __table_args__ = (
        sa.Index(
            "ix_hindrance_open",
            "booking_id",
            "mediator_id",
            unique=True,
            sqlite_where=sa.text("settled_at IS NULL"),
            postgresql_where=sa.text("settled_at IS NULL"),
        ),
        # Of a room that is out of use, or a day of rest, there is one, with nobody's name.
        sa.Index(
            "ix_hindrance_open_room",
            "booking_id",
            unique=True,
            sqlite_where=sa.text("settled_at IS NULL AND mediator_id IS NULL"),
            postgresql_where=sa.text("settled_at IS NULL AND mediator_id IS NULL"),
        ),
        sa.CheckConstraint("(mediator_id IS NULL) = (why IN ('room_gone', 'rest_day'))", name="who_or_room"),
        sa.Index("ix_hindrance_court", "court_id", "settled_at"),
    )

    id: Mapped[Pk]
    court_id: Mapped[CourtId]
    booking_id: Mapped[int] = mapped_column(sa.ForeignKey("booking.id"), index=True)
    dispute_id: Mapped[int | None] = mapped_column(sa.ForeignKey("dispute.id"), index=True)
    mediator_id: Mapped[int | None] = mapped_column(sa.ForeignKey("mediator.id"), index=True)
    why: Mapped[Why]
    found_at: Mapped[datetime] = mapped_column(default=clock.now)
    settled_at: Mapped[datetime | None]


class Wish(Stateful, Base):
    """A place on the waiting list: a dispute that needs a time nobody could find yet."""

    __tablename__ = "wish"
    __table_args__ = (
        sa.CheckConstraint("first_day <= last_day", name="first_before_last"),
        sa.Index("ix_wish_order", "court_id", "status", "deadline_on", "wished_at"),
    )

    id: Mapped[Pk]
    court_id: Mapped[CourtId]
    dispute_id: Mapped[int] = mapped_column(sa.ForeignKey("dispute.id"), index=True)
    purpose: Mapped[Purpose]
    # {"mediators": [1], "parties": [3, 4]}: whoever must be there.
    people: Mapped[dict[str, Any]]
    minutes: Mapped[int]
    resource_kind: Mapped[ResourceKind]
    seats: Mapped[int] = mapped_column(default=0)
    equipment: Mapped[Name] = mapped_column(default="")
    first_day: Mapped[date]
    last_day: Mapped[date]
    deadline_on: Mapped[date | None]
    status: Mapped[WishStatus] = mapped_column(default=WishStatus.WAITING)
    wished_by_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"))
    wished_at: Mapped[datetime] = mapped_column(default=clock.now)
    booking_id: Mapped[int | None] = mapped_column(sa.ForeignKey("booking.id"), index=True)


class DutyShift(Audited, Base):
    """A resident mediator's duty (值班): weekdays and hours, week after week, between two days."""

    __tablename__ = "duty_shift"
    __table_args__ = (
        sa.CheckConstraint("first_day <= last_day", name="first_before_last"),
        sa.CheckConstraint("starts < ends", name="starts_before_ends"),
        sa.CheckConstraint("every BETWEEN 1 AND 8", name="weeks_in_reason"),
    )

    id: Mapped[Pk]
    court_id: Mapped[CourtId]
    mediator_id: Mapped[int] = mapped_column(sa.ForeignKey("mediator.id"), index=True)
    weekdays: Mapped[list[Any]]
    every: Mapped[int] = mapped_column(default=1)
    starts: Mapped[time]
    ends: Mapped[time]
    first_day: Mapped[date]
    last_day: Mapped[date]
    planned_by_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"))

    changes: Mapped[list["DutyChange"]] = relationship(
        lazy="selectin", cascade="all, delete-orphan", order_by="DutyChange.day"
    )


class DutyChange(Base):
    """One day on which a shift is otherwise: left out, or kept on a day that its pattern does not name.

    The trail tells of it at the shift.
    """

    __tablename__ = "duty_change"
    __table_args__ = (sa.UniqueConstraint("shift_id", "day"),)

    id: Mapped[Pk]
    court_id: Mapped[CourtId]
    shift_id: Mapped[int] = mapped_column(sa.ForeignKey("duty_shift.id"), index=True)
    day: Mapped[date]
    extra: Mapped[bool]
    reason: Mapped[Name] = mapped_column(default="")


# The figures are asked as of past days too (DOMAIN 7.1).
keep(Booking, "court_id", "resource_id", "purpose", "status", "starts_at", "ends_at", "changed_at")
