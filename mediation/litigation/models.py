"""Filed cases and their fee notices."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from mediation.kernel.audit import Audited, Stateful
from mediation.kernel.db import Base, CourtId, Name, Pk, Prose, Short
from mediation.kernel.known import keep
from mediation.litigation.rules import Effect, Manner, Procedure, Status
from mediation.litigation.tariff import FeeKind


class LitigationCase(Stateful, Base):
    """A case registered as 民初 (CPL 126)."""

    __tablename__ = "litigation_case"
    __table_args__ = (
        sa.UniqueConstraint("dispute_id"),
        sa.CheckConstraint("(status = 'closed') = (closed_on IS NOT NULL)", name="closed_has_day"),
        sa.CheckConstraint("(status = 'closed') = (manner IS NOT NULL)", name="closed_has_manner"),
        # CPL arts 40, 100, 157: no case ends without the judge who ends it.
        sa.CheckConstraint("status <> 'closed' OR judge_id IS NOT NULL", name="closed_has_judge"),
        sa.CheckConstraint(
            "status <> 'fast_track' OR (tribunal_id IS NOT NULL AND judge_id IS NOT NULL)", name="track"
        ),
        # R2-20: who mediated the dispute does not try it. The identity stands on the same row so that SQL can refuse.
        sa.CheckConstraint(
            "judge_id IS NULL OR mediator_user_id IS NULL OR judge_id <> mediator_user_id", name="apart"
        ),
        sa.Index("ix_litigation_filed", "court_id", "filed_on", "dispute_id"),
        # What the figures read of closed cases: all of it stands in the index.
        sa.Index(
            "ix_litigation_closed",
            "court_id",
            "closed_on",
            "fast_track",
            "manner",
            "dispute_id",
            sqlite_where=sa.text("closed_on IS NOT NULL"),
            postgresql_where=sa.text("closed_on IS NOT NULL"),
        ),
        sa.Index("ix_litigation_waiting", "court_id", "status", "heard_on"),
    )

    id: Mapped[Pk]
    court_id: Mapped[CourtId]
    dispute_id: Mapped[int] = mapped_column(sa.ForeignKey("dispute.id"))
    case_number_id: Mapped[int] = mapped_column(sa.ForeignKey("case_number.id"))
    filed_on: Mapped[date] = mapped_column(index=True)
    filed_by_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"))
    status: Mapped[Status] = mapped_column(default=Status.FILED)
    procedure: Mapped[Procedure] = mapped_column(default=Procedure.SUMMARY)
    fast_track: Mapped[bool] = mapped_column(default=False)
    fast_track_on: Mapped[date | None]
    tribunal_id: Mapped[int | None] = mapped_column(sa.ForeignKey("resource.id"))
    judge_id: Mapped[int | None] = mapped_column(sa.ForeignKey("user.id"))
    # Of a panel the members beside its presiding judge, who is the judge above: name and title (CPL art. 40).
    members: Mapped[list[dict[str, str]]] = mapped_column(sa.JSON, default=list)
    clerk_id: Mapped[int | None] = mapped_column(sa.ForeignKey("user.id"))
    mediator_user_id: Mapped[int | None] = mapped_column(sa.ForeignKey("user.id"))
    hearing_booking_id: Mapped[int | None] = mapped_column(sa.ForeignKey("booking.id"))
    heard_on: Mapped[date | None]
    # Both sides need no time for evidence or defence (S2 arts 266, 275).
    waived_on: Mapped[date | None]
    # The parties have settled in court; and when the document about it binds (CPL arts 100, 101).
    agreed_on: Mapped[date | None]
    effect: Mapped[Effect | None]
    closed_on: Mapped[date | None] = mapped_column(index=True)
    manner: Mapped[Manner | None]
    closing_note: Mapped[Prose] = mapped_column(default="")
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 SQLAlchemy's own name


class FeeNotice(Audited, Base):
    """缴费通知书: sent after mediation failed and before trial (S12 point 6; S10 art. 22).

    A second one asks for what the ordinary procedure costs more than the summary one (S2 art. 199).
    """

    __tablename__ = "fee_notice"
    __table_args__ = (
        sa.CheckConstraint("due_fen BETWEEN 0 AND tariff_fen", name="due_within_tariff"),
        sa.UniqueConstraint("case_id", "supplement"),
        sa.CheckConstraint("(halved_because = '') = (due_fen = tariff_fen - credit_fen)", name="halved_has_reason"),
        sa.CheckConstraint("supplement OR credit_fen = 0", name="credit_on_supplement"),
        sa.CheckConstraint("(relief_decided_on IS NULL) = (relief_granted IS NULL)", name="relief_decided"),
        sa.CheckConstraint("relief_granted IS NOT false OR relief_refused_because <> ''", name="refusal_has_reason"),
    )

    id: Mapped[Pk]
    court_id: Mapped[CourtId]
    dispute_id: Mapped[int] = mapped_column(sa.ForeignKey("dispute.id"), index=True)
    case_id: Mapped[int] = mapped_column(sa.ForeignKey("litigation_case.id"))
    supplement: Mapped[bool] = mapped_column(default=False)
    # What was paid for the summary procedure and counts towards the whole fee.
    credit_fen: Mapped[int] = mapped_column(sa.BigInteger, default=0)
    kind: Mapped[FeeKind] = mapped_column(default=FeeKind.PROPERTY)
    fixed_fen: Mapped[int] = mapped_column(sa.BigInteger, default=0)
    claimed_fen: Mapped[int] = mapped_column(sa.BigInteger)
    tariff_fen: Mapped[int] = mapped_column(sa.BigInteger)
    due_fen: Mapped[int] = mapped_column(sa.BigInteger)
    halved_because: Mapped[Short] = mapped_column(default="")
    received_on: Mapped[date]
    paid_at: Mapped[datetime | None]
    # Deferral, reduction or exemption (S10 arts 44-49): what was asked for, and what became of it.
    relief: Mapped[Prose] = mapped_column(default="")
    relief_asked_on: Mapped[date | None]
    relief_decided_on: Mapped[date | None]
    relief_granted: Mapped[bool | None]
    # S10 art. 48: a refusal is explained in writing.
    relief_refused_because: Mapped[Prose] = mapped_column(default="")

    @property
    def settled(self) -> bool:
        """Paid, or relieved from paying now."""
        return self.paid_at is not None or bool(self.relief_granted)

    @property
    def relief_open(self) -> bool:
        """Relief was asked for and not decided."""
        return self.relief_asked_on is not None and self.relief_decided_on is None


class YearlyWage(Audited, Base):
    """The province's published average yearly wage of employed persons: the measure of small claims (CPL art. 165)."""

    __tablename__ = "yearly_wage"
    __table_args__ = (
        sa.UniqueConstraint("court_id", "year"),
        sa.CheckConstraint("amount_fen > 0", name="positive"),
    )

    id: Mapped[Pk]
    court_id: Mapped[CourtId]
    year: Mapped[int]
    amount_fen: Mapped[int] = mapped_column(sa.BigInteger)
    published_on: Mapped[date]
    source: Mapped[Name]


# The figures are asked as of past days too (DOMAIN 7.1).
keep(
    LitigationCase,
    "court_id", "dispute_id", "filed_on", "status", "fast_track", "fast_track_on", "tribunal_id", "heard_on", "closed_on", "manner",
    by="dispute_id",
)  # fmt: skip
