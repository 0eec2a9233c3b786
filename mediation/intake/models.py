"""What intake decides about a dispute: regime, screening, correction, guidance, consent."""

from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from mediation.disputes.rules import Route
from mediation.intake.rules import Answer, Manner, ScreeningResult
from mediation.kernel import clock
from mediation.kernel.audit import Audited
from mediation.kernel.db import Base, CourtId, Pk, Prose
from mediation.kernel.known import keep


class RegimeRule(Audited, Base):
    """Which route a court has enabled from when to when (R0-02): data, never a default."""

    __tablename__ = "regime_rule"
    __table_args__ = (sa.CheckConstraint("valid_to IS NULL OR valid_to >= valid_from", name="in_order"),)

    id: Mapped[Pk]
    court_id: Mapped[CourtId]
    route: Mapped[Route]
    valid_from: Mapped[date]
    valid_to: Mapped[date | None]


class Correction(Audited, Base):
    """One-time notice of everything missing (R3-02; S2 art. 126)."""

    __tablename__ = "correction"

    id: Mapped[Pk]
    court_id: Mapped[CourtId]
    dispute_id: Mapped[int] = mapped_column(sa.ForeignKey("dispute.id"), unique=True)
    missing: Mapped[Prose]
    asked_on: Mapped[date]
    corrected_on: Mapped[date | None]


class Screening(Audited, Base):
    """The result of screening (R3-03): hard findings X01-X09, soft flags, and a reason where a person decided otherwise."""

    __tablename__ = "screening"

    id: Mapped[Pk]
    court_id: Mapped[CourtId]
    dispute_id: Mapped[int] = mapped_column(sa.ForeignKey("dispute.id"), index=True)
    result: Mapped[ScreeningResult]
    findings: Mapped[list[Any]] = mapped_column(default=list)
    flags: Mapped[list[Any]] = mapped_column(default=list)
    reason: Mapped[Prose] = mapped_column(default="")
    decided_by_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"))
    decided_at: Mapped[datetime] = mapped_column(default=clock.now)


class Guidance(Audited, Base):
    """Risk notice and guidance handed to a party (R3-05; S25 art. 29; S5 art. 7)."""

    __tablename__ = "guidance"
    __table_args__ = (sa.UniqueConstraint("dispute_id", "party_id"),)

    id: Mapped[Pk]
    court_id: Mapped[CourtId]
    dispute_id: Mapped[int] = mapped_column(sa.ForeignKey("dispute.id"))
    party_id: Mapped[int] = mapped_column(sa.ForeignKey("party.id"))
    manner: Mapped[Manner]
    given_at: Mapped[datetime] = mapped_column(default=clock.now)


class Consent(Audited, Base):
    """A party's answer to mediation. Oral consent is minuted (S4 art. 11). The latest answer counts."""

    __tablename__ = "consent"
    __table_args__ = (
        sa.Index("ix_consent_dispute", "dispute_id", "party_id", "id"),
        sa.CheckConstraint("manner <> 'oral' OR minutes <> ''", name="oral_is_minuted"),
    )

    id: Mapped[Pk]
    court_id: Mapped[CourtId]
    dispute_id: Mapped[int] = mapped_column(sa.ForeignKey("dispute.id"))
    party_id: Mapped[int] = mapped_column(sa.ForeignKey("party.id"))
    answer: Mapped[Answer]
    manner: Mapped[Manner]
    minutes: Mapped[Prose] = mapped_column(default="")
    # Route C needs the applicant's own signed choice (R3-09).
    chooses_outside: Mapped[bool] = mapped_column(default=False)
    preferred_mediator_id: Mapped[int | None] = mapped_column(sa.ForeignKey("mediator.id"))
    accepts_electronic_service: Mapped[bool] = mapped_column(default=False)
    accepts_recording: Mapped[bool] = mapped_column(default=False)
    answered_on: Mapped[date]
    recorded_by_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"))
    recorded_at: Mapped[datetime] = mapped_column(default=clock.now)


# The figures are asked as of past days too (DOMAIN 7.1).
keep(Screening, "court_id", "dispute_id", "result", by="dispute_id")
