"""Announcements: of which paper, for whom, why, where and since when."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from mediation.kernel import clock
from mediation.kernel.audit import Stateful
from mediation.kernel.db import Base, CourtId, Name, Pk, Prose
from mediation.litigation.announcement.rules import AnnouncementStatus, Matter, Medium, Need
from mediation.litigation.models import LitigationCase

RUNS = sa.text("status = 'running'")


class Announcement(Stateful, Base):
    """公告送达: thirty days after it was published the paper counts as served on that party (CPL art. 95)."""

    __tablename__ = "announcement"
    __table_args__ = (
        sa.CheckConstraint("(status = 'served') = (effective_on IS NOT NULL)", name="served_has_day"),
        sa.CheckConstraint("effective_on IS NULL OR effective_on > published_on", name="served_later"),
        sa.CheckConstraint("medium <> 'residence' OR pictures", name="posted_with_pictures"),
        sa.CheckConstraint("course <> '' AND points <> ''", name="says_why_and_what"),
        sa.Index(
            "ix_announcement_running", "document_id", "party_id", unique=True, sqlite_where=RUNS, postgresql_where=RUNS
        ),
    )

    id: Mapped[Pk]
    court_id: Mapped[CourtId]
    dispute_id: Mapped[int] = mapped_column(sa.ForeignKey("dispute.id"), index=True)
    case_id: Mapped[int] = mapped_column(sa.ForeignKey("litigation_case.id"), index=True)
    party_id: Mapped[int] = mapped_column(sa.ForeignKey("party.id"))
    document_id: Mapped[int] = mapped_column(sa.ForeignKey("document.id"))
    matter: Mapped[Matter]
    need: Mapped[Need]
    # 原因和经过 (CPL art. 95): kept in the file.
    course: Mapped[Prose]
    points: Mapped[Prose]
    medium: Mapped[Medium]
    outlet: Mapped[Name] = mapped_column(default="")
    pictures: Mapped[bool] = mapped_column(default=False)
    published_on: Mapped[date]
    status: Mapped[AnnouncementStatus] = mapped_column(default=AnnouncementStatus.RUNNING)
    effective_on: Mapped[date | None]
    recorded_by_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"))
    recorded_at: Mapped[datetime] = mapped_column(default=clock.now)
    version: Mapped[int] = mapped_column(default=1)

    case: Mapped[LitigationCase] = relationship(lazy="joined")

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 SQLAlchemy's own name
