"""Bounds on figures, and each evening on which a figure was found beyond one."""

from datetime import date, datetime
from decimal import Decimal

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from mediation.kernel import clock
from mediation.kernel.audit import Audited
from mediation.kernel.db import Base, CourtId, Name, Pk, never_changes
from mediation.statistics.alerts.rules import Bound, Direction, Measure, Window
from mediation.statistics.catalogue import Figure, Way


class FigureAlert(Audited, Base):
    """A bound on one figure; changed, it begins anew with the next edition; removed, it stays readable."""

    __tablename__ = "figure_alert"
    __table_args__ = (
        sa.CheckConstraint("hundredths >= 0", name="not_negative"),
        sa.CheckConstraint("least >= 0", name="least_not_negative"),
        sa.CheckConstraint("edition >= 1", name="edition_counts_from_one"),
        sa.Index("ix_figure_alert_court", "court_id", "removed_at", "id"),
    )

    id: Mapped[Pk]
    court_id: Mapped[CourtId]
    figure: Mapped[Figure]
    way: Mapped[Way]
    window: Mapped[Window]
    measure: Mapped[Measure]
    direction: Mapped[Direction]
    # In hundredths of the figure's own unit, so that no database rounds it.
    hundredths: Mapped[int]
    # Fewer cases than this in the denominator (or counted) are not worth telling.
    least: Mapped[int] = mapped_column(default=0)
    # Where it is told besides the system; empty: nowhere.
    e_mail: Mapped[Name] = mapped_column(default="")
    edition: Mapped[int] = mapped_column(default=1)
    made_by_id: Mapped[int]
    made_at: Mapped[datetime] = mapped_column(default=clock.now)
    removed_at: Mapped[datetime | None]
    # As of which evening it was last counted.
    looked_on: Mapped[date | None]

    @property
    def limit(self) -> Decimal:
        """In the figure's own unit."""
        return Decimal(self.hundredths) / 100

    @property
    def bound(self) -> Bound:
        """What the rules read of it."""
        return Bound(self.measure, self.direction, self.limit, self.least)


class AlertFinding(Audited, Base):
    """One evening as of which a figure lay beyond its bound, with both counts, and those it was compared with."""

    __tablename__ = "alert_finding"
    __table_args__ = (
        sa.UniqueConstraint("alert_id", "edition", "known_on"),
        sa.Index("ix_alert_finding_court", "court_id", "known_on", "id"),
        sa.CheckConstraint("first_on <= last_on AND last_on <= known_on", name="in_order"),
        sa.CheckConstraint("(then_first_on IS NULL) = (then_last_on IS NULL)", name="compared_with_whole_period"),
    )

    id: Mapped[Pk]
    court_id: Mapped[CourtId]
    alert_id: Mapped[int] = mapped_column(sa.ForeignKey("figure_alert.id"))
    edition: Mapped[int]
    first_on: Mapped[date]
    last_on: Mapped[date]
    known_on: Mapped[date]
    # Of the definition by which it was counted.
    version: Mapped[int]
    numerator: Mapped[int]
    denominator: Mapped[int | None]
    then_first_on: Mapped[date | None]
    then_last_on: Mapped[date | None]
    then_numerator: Mapped[int | None]
    then_denominator: Mapped[int | None]
    found_at: Mapped[datetime] = mapped_column(default=clock.now)

    alert: Mapped[FigureAlert] = relationship(lazy="raise")


never_changes(AlertFinding.__table__)  # type: ignore[arg-type]
