"""Objections to confirmation rulings: whose, in time, and what was ruled."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from mediation.confirmation.objections.rules import ObjectionStatus, Objector
from mediation.kernel import clock
from mediation.kernel.audit import Stateful
from mediation.kernel.db import Base, CourtId, Name, Pk, Prose, Short

WAITS = sa.text("status = 'raised'")


class ConfirmationObjection(Stateful, Base):
    """对司法确认裁定的异议: examined by the court that ruled, which revokes, alters or upholds its ruling (S2 art. 372)."""

    __tablename__ = "confirmation_objection"
    __table_args__ = (
        sa.CheckConstraint("(objector = 'party') = (party_id IS NOT NULL)", name="party_has_name"),
        sa.CheckConstraint("(objector = 'outsider') = (known_on IS NOT NULL)", name="outsider_knew"),
        sa.CheckConstraint("objector = 'party' OR name <> ''", name="outsider_has_name"),
        sa.CheckConstraint("reason <> ''", name="has_reason"),
        sa.CheckConstraint("(ruled_by_id IS NULL) = (ruled_on IS NULL)", name="ruled_by"),
        sa.CheckConstraint("(status IN ('raised', 'withdrawn')) = (ruled_on IS NULL)", name="ruled_has_day"),
        sa.CheckConstraint("ruled_on IS NULL OR reasons <> ''", name="ruled_has_reasons"),
        sa.CheckConstraint("status <> 'altered' OR altered <> ''", name="altered_has_terms"),
        sa.Index(
            "ix_confirmation_objection_waiting", "confirmation_id", unique=True, sqlite_where=WAITS,
            postgresql_where=WAITS,
        ),
    )  # fmt: skip

    id: Mapped[Pk]
    court_id: Mapped[CourtId]
    dispute_id: Mapped[int] = mapped_column(sa.ForeignKey("dispute.id"), index=True)
    confirmation_id: Mapped[int] = mapped_column(sa.ForeignKey("confirmation.id"), index=True)
    case_number_id: Mapped[int] = mapped_column(sa.ForeignKey("case_number.id"))
    objector: Mapped[Objector]
    party_id: Mapped[int | None] = mapped_column(sa.ForeignKey("party.id"))
    # Of somebody outside the agreement: who, and where to be reached.
    name: Mapped[Name] = mapped_column(default="")
    phone: Mapped[Short] = mapped_column(default="")
    address: Mapped[Name] = mapped_column(default="")
    known_on: Mapped[date | None]
    raised_on: Mapped[date]
    reason: Mapped[Prose]
    status: Mapped[ObjectionStatus] = mapped_column(default=ObjectionStatus.RAISED)
    ruled_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("user.id"))
    ruled_on: Mapped[date | None]
    reasons: Mapped[Prose] = mapped_column(default="")
    altered: Mapped[Prose] = mapped_column(default="")
    # How the ruling reached somebody who is no party; parties have their own records of service.
    outsider_served_on: Mapped[date | None]
    outsider_receiver: Mapped[Name] = mapped_column(default="")
    recorded_by_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"))
    recorded_at: Mapped[datetime] = mapped_column(default=clock.now)
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 SQLAlchemy's own name

    @property
    def judge_id(self) -> int | None:
        """Nobody's own until it is ruled on."""
        return self.ruled_by_id
