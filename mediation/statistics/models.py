"""What a court settled about its figures, how many people live there, and the figures frozen at the end of each month."""

from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from mediation.kernel import clock
from mediation.kernel.audit import Audited
from mediation.kernel.db import Base, CourtId, Name, Pk, Prose, Short, never_changes
from mediation.statistics.alerts.models import AlertFinding, FigureAlert
from mediation.statistics.catalogue import Point, Reading
from mediation.statistics.reports.models import FigureReport, ReportPlan
from mediation.statistics.sums.models import FigureSum

__all__ = [
    "AlertFinding",
    "FigureAlert",
    "FigureReading",
    "FigureReport",
    "FigureSum",
    "Population",
    "ReportPlan",
    "Snapshot",
]


class FigureReading(Audited, Base):
    """How a court reads a point of counting the sources leave open, from a day on (U16-U18); never edited."""

    __tablename__ = "figure_reading"
    __table_args__ = (
        sa.CheckConstraint("reason <> ''", name="has_reason"),
        sa.Index("ix_figure_reading_court", "court_id", "valid_from", "id"),
    )

    id: Mapped[Pk]
    court_id: Mapped[int] = mapped_column(sa.ForeignKey("court.id"))
    point: Mapped[Point]
    reading: Mapped[Reading]
    valid_from: Mapped[date]
    reason: Mapped[Prose]
    settled_by_id: Mapped[int]
    settled_at: Mapped[datetime] = mapped_column(default=clock.now)


class Population(Audited, Base):
    """How many people live in the district, a street or a community from a day on (I19, I20); a correction is a new row."""

    __tablename__ = "population"
    __table_args__ = (
        sa.CheckConstraint("resident >= 0 AND floating >= 0", name="not_negative"),
        sa.CheckConstraint("source <> ''", name="has_source"),
        sa.Index("ix_population_court", "court_id", "street_id", "valid_from", "id"),
    )

    id: Mapped[Pk]
    court_id: Mapped[int] = mapped_column(sa.ForeignKey("court.id"))
    # None: the whole district.
    street_id: Mapped[int | None] = mapped_column(sa.ForeignKey("street.id"))
    valid_from: Mapped[date]
    resident: Mapped[int]
    floating: Mapped[int]
    source: Mapped[Name]
    told_by_id: Mapped[int]
    told_at: Mapped[datetime] = mapped_column(default=clock.now)


class Snapshot(Audited, Base):
    """A month's figures as they were known at one moment, with a digest over counts and cases; never changed."""

    __tablename__ = "snapshot"
    __table_args__ = (sa.UniqueConstraint("court_id", "month"),)

    id: Mapped[Pk]
    court_id: Mapped[CourtId]
    # The first day of the month.
    month: Mapped[date]
    taken_at: Mapped[datetime]
    # Figure by figure: definition, way, readings, both counts and the digest of the cases.
    figures: Mapped[list[Any]]
    digest: Mapped[Short]


for _kept in (FigureReading, Population, Snapshot):
    never_changes(_kept.__table__)  # type: ignore[arg-type]
