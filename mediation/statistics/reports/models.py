"""Reports asked for, and what a court has prepared by itself."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from mediation.kernel import clock
from mediation.kernel.audit import Audited, Stateful
from mediation.kernel.db import Base, CourtId, Name, Pk, Short
from mediation.statistics.reports.rules import ReportSpan, ReportStatus


class FigureReport(Stateful, Base):
    """A report of one period; once counted it points at its document, which never changes."""

    __tablename__ = "figure_report"
    __table_args__ = (
        sa.CheckConstraint("first_on <= last_on", name="in_order"),
        sa.CheckConstraint("(status = 'counted') = (document_id IS NOT NULL)", name="counted_has_document"),
        sa.CheckConstraint("status <> 'failed' OR failure <> ''", name="failed_has_reason"),
        sa.CheckConstraint("done >= 0 AND done <= steps", name="progress"),
        sa.Index("ix_figure_report_court", "court_id", "id"),
        sa.Index("ix_figure_report_work", "status", "id"),
    )

    id: Mapped[Pk]
    court_id: Mapped[CourtId]
    span: Mapped[ReportSpan]
    first_on: Mapped[date]
    last_on: Mapped[date]
    # For readers outside the court: no count below five (R7-13).
    outward: Mapped[bool] = mapped_column(default=False)
    e_mail: Mapped[Name] = mapped_column(default="")
    # Asked for by the daily run, once for each period.
    planned: Mapped[bool] = mapped_column(default=False)
    status: Mapped[ReportStatus] = mapped_column(default=ReportStatus.ASKED)
    done: Mapped[int] = mapped_column(default=0)
    steps: Mapped[int]
    failure: Mapped[Name] = mapped_column(default="")
    leased_until: Mapped[datetime | None]
    leased_by: Mapped[Short] = mapped_column(default="")
    document_id: Mapped[int | None] = mapped_column(sa.ForeignKey("document.id"))
    mailed_at: Mapped[datetime | None]
    asked_by_id: Mapped[int]
    asked_at: Mapped[datetime] = mapped_column(default=clock.now)


class ReportPlan(Audited, Base):
    """What the daily run has prepared when a month, a quarter or a year is over."""

    __tablename__ = "report_plan"
    __table_args__ = (sa.UniqueConstraint("court_id", "span"),)

    id: Mapped[Pk]
    court_id: Mapped[CourtId]
    span: Mapped[ReportSpan]
    wanted: Mapped[bool]
    outward: Mapped[bool]
    e_mail: Mapped[Name] = mapped_column(default="")
