"""Rules of allowances, dated; and the allowances released for ended mediations, one for each."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from mediation.kernel import clock
from mediation.kernel.audit import Audited
from mediation.kernel.db import Base, CourtId, Fen, Name, Pk, never_changes
from mediation.roster.allowances.rules import Outcome


class AllowanceRule(Audited, Base):
    """So much for such an outcome in such causes, from a day on; a change is a new row, never an edit."""

    __tablename__ = "allowance_rule"
    __table_args__ = (
        sa.CheckConstraint("amount_fen BETWEEN 0 AND 10000000", name="amount"),
        sa.CheckConstraint("source <> ''", name="has_source"),
    )

    id: Mapped[Pk]
    court_id: Mapped[CourtId]
    valid_from: Mapped[date]
    # A cause or a group of causes by its code; empty: every cause.
    cause_code: Mapped[str] = mapped_column(sa.String(32), default="")
    outcome: Mapped[Outcome]
    amount_fen: Mapped[Fen]
    source: Mapped[Name]
    set_by_id: Mapped[int]
    set_at: Mapped[datetime] = mapped_column(default=clock.now)


class Allowance(Audited, Base):
    """What was released for one ended mediation; each mediation is paid for once."""

    __tablename__ = "allowance"
    __table_args__ = (sa.Index("ix_allowance_month", "court_id", "ended_on"),)

    id: Mapped[Pk]
    court_id: Mapped[CourtId]
    assignment_id: Mapped[int] = mapped_column(sa.ForeignKey("assignment.id"), unique=True)
    mediator_id: Mapped[int] = mapped_column(sa.ForeignKey("mediator.id"), index=True)
    ended_on: Mapped[date]
    rule_id: Mapped[int] = mapped_column(sa.ForeignKey("allowance_rule.id"))
    amount_fen: Mapped[Fen]
    released_by_id: Mapped[int]
    released_at: Mapped[datetime] = mapped_column(default=clock.now)


for _kept in (AllowanceRule, Allowance):
    never_changes(_kept.__table__)  # type: ignore[arg-type]
