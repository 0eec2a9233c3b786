"""Who was asked to rate a mediation, and what was said. The address itself is kept as a digest only."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from mediation.assignment.rating.rules import Check
from mediation.kernel import clock
from mediation.kernel.audit import Audited, Stateful
from mediation.kernel.db import Base, CourtId, Pk, Prose, Short
from mediation.kernel.known import keep


class RatingInvitation(Audited, Base):
    """One party asked about one mediation; a new address takes the place of the one before."""

    __tablename__ = "rating_invitation"
    __table_args__ = (
        sa.UniqueConstraint("assignment_id", "party_id"),
        sa.CheckConstraint("expires_at > asked_at", name="in_order"),
        sa.Index("ix_rating_invitation_court", "court_id", "asked_on"),
    )

    id: Mapped[Pk]
    court_id: Mapped[CourtId]
    dispute_id: Mapped[int] = mapped_column(sa.ForeignKey("dispute.id"), index=True)
    assignment_id: Mapped[int] = mapped_column(sa.ForeignKey("assignment.id"))
    party_id: Mapped[int] = mapped_column(sa.ForeignKey("party.id"))
    digest: Mapped[Short] = mapped_column(unique=True)
    # The day of the first asking: a new address asks nobody a second time.
    asked_on: Mapped[date] = mapped_column(default=clock.today)
    asked_at: Mapped[datetime] = mapped_column(default=clock.now)
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]


class Rating(Stateful, Base):
    """One party's rating of one mediation, from 1 to 5; its comment is for the registry alone (R2-28)."""

    __tablename__ = "rating"
    __table_args__ = (
        sa.UniqueConstraint("assignment_id", "party_id"),
        sa.CheckConstraint("score BETWEEN 1 AND 5", name="score"),
        *(
            sa.CheckConstraint(f"{aspect} IS NULL OR {aspect} BETWEEN 1 AND 5", name=aspect)
            for aspect in ("attitude", "expertise", "efficiency", "fairness")
        ),
        sa.CheckConstraint("(status = 'not_needed') = (score > 2)", name="low_is_checked"),
        sa.CheckConstraint(
            "(status IN ('cleared', 'complaint')) = (checked_at IS NOT NULL)", name="checked_has_moment"
        ),
        sa.CheckConstraint("status <> 'cleared' OR note <> ''", name="cleared_has_note"),
        sa.CheckConstraint("(status = 'complaint') = (complaint_id IS NOT NULL)", name="complaint_is_named"),
        sa.Index("ix_rating_work", "court_id", "status", "id"),
        sa.Index("ix_rating_day", "court_id", "rated_on"),
    )

    id: Mapped[Pk]
    court_id: Mapped[CourtId]
    dispute_id: Mapped[int] = mapped_column(sa.ForeignKey("dispute.id"), index=True)
    assignment_id: Mapped[int] = mapped_column(sa.ForeignKey("assignment.id"))
    party_id: Mapped[int] = mapped_column(sa.ForeignKey("party.id"))
    score: Mapped[int]
    attitude: Mapped[int | None]
    expertise: Mapped[int | None]
    efficiency: Mapped[int | None]
    fairness: Mapped[int | None]
    comment: Mapped[Prose] = mapped_column(default="")
    rated_on: Mapped[date] = mapped_column(default=clock.today)
    status: Mapped[Check]
    note: Mapped[Prose] = mapped_column(default="")
    checked_by_id: Mapped[int | None]
    checked_at: Mapped[datetime | None]
    complaint_id: Mapped[int | None] = mapped_column(sa.ForeignKey("complaint.id"), index=True)


# The figures are asked as of past days too (DOMAIN 7.1).
keep(RatingInvitation, "court_id", "dispute_id", "assignment_id", "party_id", "asked_on", by="assignment_id")
keep(Rating, "court_id", "dispute_id", "assignment_id", "party_id", "score", "rated_on", by="assignment_id")
