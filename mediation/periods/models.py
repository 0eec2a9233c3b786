"""The holiday table, deadlines with their reasoning, and what changed them."""

from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from mediation.kernel import clock
from mediation.kernel.audit import Audited, Stateful
from mediation.kernel.db import Base, CourtId, Name, Pk, Prose, Short, never_changes
from mediation.kernel.known import keep
from mediation.periods import rules
from mediation.periods.calendar import Holiday, Kind
from mediation.periods.rights import RIGHTS
from mediation.periods.switches import Switch
from mediation.periods.table import Cause, PeriodKey, PeriodRule, Unit

RUNNING = "status IN ('open', 'suspended')"


class CalendarDay(Base):
    """A day that a State Council notice names: a holiday, or a weekend day on which work is made up."""

    __tablename__ = "calendar_day"
    __table_args__ = (sa.CheckConstraint("kind IN ('holiday', 'makeup_workday')", name="exceptions_only"),)

    day: Mapped[date] = mapped_column(primary_key=True)
    kind: Mapped[Kind]
    name: Mapped[Holiday]
    notice_year: Mapped[int] = mapped_column(index=True)
    source_doc: Mapped[Name]
    published_on: Mapped[date | None]
    loaded_at: Mapped[datetime] = mapped_column(default=clock.now)


class CountingChoice(Audited, Base):
    """How a court reads a point the law leaves open, from a day on; what was decided stays as it was decided."""

    __tablename__ = "counting_choice"
    __table_args__ = (sa.Index("ix_counting_choice_court", "court_id", "valid_from", "id"),)

    id: Mapped[Pk]
    court_id: Mapped[int] = mapped_column(sa.ForeignKey("court.id"))
    switch: Mapped[Switch]
    value: Mapped[bool]
    valid_from: Mapped[date]
    reason: Mapped[Prose]
    decided_by: Mapped[Name]
    decided_at: Mapped[datetime] = mapped_column(default=clock.now)


class Deadline(Stateful, Base):
    """One running or past period: when it began, when it ends, under which article, and why on that day."""

    __tablename__ = "deadline"
    __table_args__ = (
        sa.CheckConstraint("final_on >= raw_on", name="rolls_forward"),
        sa.CheckConstraint("raw_on >= start_on", name="ends_after_start"),
        sa.CheckConstraint("(status IN ('open', 'suspended')) = (ended_on IS NULL)", name="ended_has_day"),
        sa.Index(
            "ix_deadline_running",
            "subject_type",
            "subject_id",
            "key",
            unique=True,
            sqlite_where=sa.text(RUNNING),
            postgresql_where=sa.text(RUNNING),
        ),
        sa.Index("ix_deadline_due", "court_id", "status", "final_on", "id"),
    )

    id: Mapped[Pk]
    court_id: Mapped[CourtId]
    dispute_id: Mapped[int | None] = mapped_column(sa.ForeignKey("dispute.id"), index=True)
    subject_type: Mapped[Short]
    subject_id: Mapped[int]
    key: Mapped[PeriodKey]
    status: Mapped[rules.DeadlineStatus] = mapped_column(default=rules.DeadlineStatus.OPEN)
    start_on: Mapped[date]
    start_at: Mapped[datetime | None]
    length: Mapped[int]
    article: Mapped[Name]
    raw_on: Mapped[date]
    final_on: Mapped[date]
    final_at: Mapped[datetime | None]
    provisional: Mapped[bool]
    basis: Mapped[dict[str, Any]]
    ended_on: Mapped[date | None]
    # What it said before it was counted again: moment, reason, raw, final, provisional.
    history: Mapped[list[Any]] = mapped_column(default=list)
    note: Mapped[Prose] = mapped_column(default="")
    opened_at: Mapped[datetime] = mapped_column(default=clock.now)
    # The last day of which those concerned were told before it came, and after it had passed (R3-34, R3-35).
    told_soon_for: Mapped[date | None]
    # Of several warnings before it, the latest that was told, in days before the last one.
    told_soon_days: Mapped[int | None]
    told_late_for: Mapped[date | None]

    pauses: Mapped[list["DeadlinePause"]] = relationship(lazy="selectin", order_by="DeadlinePause.after")
    extensions: Mapped[list["DeadlineExtension"]] = relationship(lazy="selectin", order_by="DeadlineExtension.id")

    @property
    def rule(self) -> PeriodRule:
        return rules.rule_for(self.key, self.start_on)

    @property
    def is_running(self) -> bool:
        return self.status in rules.RUNNING

    @property
    def is_suspended(self) -> bool:
        return self.status is rules.DeadlineStatus.SUSPENDED

    @property
    def days_left(self) -> int:
        """Days to the last one; for a suspended period, those that are left when it goes on."""
        since = next((pause.after for pause in self.pauses if pause.through is None), None)
        return rules.days_left(self.final_on, since if self.is_suspended and since else clock.today())

    @property
    def days_overdue(self) -> int:
        """How late it was met, or is by now."""
        return rules.days_overdue(self.final_on, self.ended_on or clock.today())

    @property
    def has_lapsed(self) -> bool:
        """A right of a party that ran out without being used."""
        return self.is_running and self.urgency is rules.Urgency.LAPSED

    @property
    def urgency(self) -> rules.Urgency:
        if self.is_suspended:
            return rules.Urgency.CALM
        return rules.urgency(self.final_on, clock.today(), self.rule.warn_days, right=self.key in RIGHTS)


class DeadlinePause(Audited, Base):
    """Time left out of a period: after one day, up to and with another; open while it lasts."""

    __tablename__ = "deadline_pause"
    __table_args__ = (sa.CheckConstraint("through IS NULL OR through >= after", name="in_order"),)

    id: Mapped[Pk]
    deadline_id: Mapped[int] = mapped_column(sa.ForeignKey("deadline.id"), index=True)
    cause: Mapped[Cause]
    after: Mapped[date]
    through: Mapped[date | None]


class DeadlineExtension(Audited, Base):
    """A lengthening: by so many days or months, or to an agreed day."""

    __tablename__ = "deadline_extension"
    __table_args__ = (sa.CheckConstraint('("by" > 0) <> (until IS NOT NULL)', name="by_or_until"),)

    id: Mapped[Pk]
    deadline_id: Mapped[int] = mapped_column(sa.ForeignKey("deadline.id"), index=True)
    by: Mapped[int] = mapped_column(default=0)
    unit: Mapped[Unit]
    until: Mapped[date | None]
    amount: Mapped[int]
    agreed_on: Mapped[date]
    source: Mapped[Name]
    note: Mapped[Prose] = mapped_column(default="")


never_changes(CountingChoice.__table__)  # type: ignore[arg-type]
# The figures are asked as of past days too (DOMAIN 7.1).
keep(Deadline, "court_id", "dispute_id", "subject_type", "subject_id", "key", "final_on", by="dispute_id")
keep(DeadlinePause, "deadline_id", "after", "through", by="deadline_id")
