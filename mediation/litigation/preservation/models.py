"""Preservation: what was applied for, what the court ordered and took, and how it ended."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from mediation.kernel import clock, dossier
from mediation.kernel.audit import Stateful
from mediation.kernel.db import Base, CourtId, Pk, Prose, Short
from mediation.litigation import rules as register
from mediation.litigation.models import LitigationCase
from mediation.litigation.preservation.rules import LiftReason, Object, Status, Sued


class Preservation(Stateful, Base):
    """诉前保全、诉讼保全: one measure asked for against one party (CPL arts 103, 104)."""

    __tablename__ = "preservation"
    __table_args__ = (
        sa.CheckConstraint("in_suit OR security <> ''", name="before_suit_has_security"),
        sa.CheckConstraint("applicant_id <> against_id", name="two_parties"),
        sa.Index(
            "uq_preservation_number", "number", unique=True,
            sqlite_where=sa.text("number <> ''"), postgresql_where=sa.text("number <> ''"),
        ),
        sa.CheckConstraint("(status IN ('taken', 'lifted')) = (taken_on IS NOT NULL)", name="taken_has_day"),
        sa.CheckConstraint("(status = 'lifted') = (lifted_on IS NOT NULL)", name="lifted_has_day"),
        sa.CheckConstraint("(lifted_on IS NULL) = (lift_reason IS NULL)", name="lifted_has_reason"),
        sa.CheckConstraint("(sued_on IS NULL) = (sued IS NULL)", name="sued_has_place"),
        sa.CheckConstraint("status <> 'dismissed' OR note <> ''", name="dismissed_has_reason"),
        sa.CheckConstraint("amount_fen IS NULL OR amount_fen > 0", name="amount_positive"),
    )  # fmt: skip

    id: Mapped[Pk]
    court_id: Mapped[CourtId]
    dispute_id: Mapped[int] = mapped_column(sa.ForeignKey("dispute.id"), index=True)
    applicant_id: Mapped[int] = mapped_column(sa.ForeignKey("party.id"))
    against_id: Mapped[int] = mapped_column(sa.ForeignKey("party.id"))
    object: Mapped[Object]
    what: Mapped[Prose]
    amount_fen: Mapped[int | None] = mapped_column(sa.BigInteger)
    # Before suit security must be given (CPL art. 104; S2 art. 152).
    security: Mapped[Prose] = mapped_column(default="")
    in_suit: Mapped[bool]
    # Before suit a number of its own (财保), in suit that of the case. It stands here and nowhere else: whoever may see the
    # dispute but not the measure must not read of it (CPL art. 106).
    number: Mapped[Short] = mapped_column(default="")
    status: Mapped[Status] = mapped_column(default=Status.APPLIED)
    accepted_at: Mapped[datetime]
    ruled_at: Mapped[datetime | None]
    ruled_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("user.id"))
    taken_on: Mapped[date | None]
    sued: Mapped[Sued | None]
    sued_on: Mapped[date | None]
    lifted_on: Mapped[date | None]
    lift_reason: Mapped[LiftReason | None]
    note: Mapped[Prose] = mapped_column(default="")
    recorded_by_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"))
    recorded_at: Mapped[datetime] = mapped_column(default=clock.now)
    version: Mapped[int] = mapped_column(default=1)

    @property
    def judge_id(self) -> int | None:
        """Who tries the case, of a panel the presiding judge; nobody before the naming, and nobody any more once it is closed."""
        case = next(iter(dossier.of(LitigationCase, self.dispute_id)), None)
        return None if case is None or case.status is register.Status.CLOSED else case.judge_id

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 SQLAlchemy's own name
