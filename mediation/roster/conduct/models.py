"""Complaints about mediators, sanctions with the answer of the one concerned, yearly evaluations."""

from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from mediation.kernel.audit import Audited, Stateful
from mediation.kernel.db import Base, CourtId, Name, Pk, Prose, Short, never_changes
from mediation.kernel.known import keep
from mediation.roster.conduct.rules import ComplaintStatus, Result, SanctionKind, SanctionStatus
from mediation.roster.rules import Ground


class Complaint(Stateful, Base):
    """A complaint to the inviting court, and what its examination found (S4 art. 28; S5 art. 29)."""

    __tablename__ = "complaint"
    __table_args__ = (
        sa.CheckConstraint("(status = 'received') = (examined_on IS NULL)", name="examined_has_day"),
        sa.CheckConstraint("status = 'received' OR finding <> ''", name="examined_has_finding"),
        sa.CheckConstraint("examined_on IS NULL OR examined_on >= received_on", name="in_order"),
        sa.Index("ix_complaint_open", "court_id", "status"),
    )

    id: Mapped[Pk]
    court_id: Mapped[CourtId]
    mediator_id: Mapped[int] = mapped_column(sa.ForeignKey("mediator.id"), index=True)
    received_on: Mapped[date]
    complainant: Mapped[Name]
    # The number of the dispute as the complainant gave it; the file of the dispute stays closed to this page.
    dispute_no: Mapped[Short] = mapped_column(default="")
    ground: Mapped[Ground]
    text: Mapped[Prose]
    status: Mapped[ComplaintStatus] = mapped_column(default=ComplaintStatus.RECEIVED)
    finding: Mapped[Prose] = mapped_column(default="")
    examined_on: Mapped[date | None]
    received_by_id: Mapped[int]
    examined_by_id: Mapped[int | None]


class Sanction(Stateful, Base):
    """A sanction proposed, answered, then imposed or dropped (R2-09)."""

    __tablename__ = "sanction"
    __table_args__ = (
        sa.CheckConstraint("(status = 'proposed') = (decided_on IS NULL)", name="decided_has_day"),
        sa.CheckConstraint("status = 'proposed' OR reason <> ''", name="decided_has_reason"),
        sa.CheckConstraint(
            "status <> 'imposed' OR answered_on IS NOT NULL OR decided_on > answer_until", name="nobody_unheard"
        ),
        sa.CheckConstraint("status <> 'imposed' OR kind <> 'suspension' OR until > decided_on", name="has_last_day"),
        sa.CheckConstraint("status <> 'imposed' OR kind <> 'removal' OR reported_to <> ''", name="removal_reported"),
        sa.Index("ix_sanction_open", "court_id", "status"),
    )

    id: Mapped[Pk]
    court_id: Mapped[CourtId]
    mediator_id: Mapped[int] = mapped_column(sa.ForeignKey("mediator.id"), index=True)
    complaint_id: Mapped[int | None] = mapped_column(sa.ForeignKey("complaint.id"), index=True)
    kind: Mapped[SanctionKind]
    ground: Mapped[Ground]
    facts: Mapped[Prose]
    # The last day of a suspension.
    until: Mapped[date | None]
    proposed_on: Mapped[date]
    proposed_by_id: Mapped[int]
    answer_until: Mapped[date]
    answer: Mapped[Prose] = mapped_column(default="")
    answered_on: Mapped[date | None]
    status: Mapped[SanctionStatus] = mapped_column(default=SanctionStatus.PROPOSED)
    reason: Mapped[Prose] = mapped_column(default="")
    # The authority in charge that was told (S5 art. 29).
    reported_to: Mapped[Name] = mapped_column(default="")
    decided_on: Mapped[date | None]
    decided_by_id: Mapped[int | None]


class Evaluation(Audited, Base):
    """The evaluation of a mediator for a year, with the figures on which it stands (S4 art. 10)."""

    __tablename__ = "evaluation"
    __table_args__ = (
        sa.UniqueConstraint("mediator_id", "year"),
        sa.CheckConstraint("text <> ''", name="has_text"),
    )

    id: Mapped[Pk]
    court_id: Mapped[CourtId]
    mediator_id: Mapped[int] = mapped_column(sa.ForeignKey("mediator.id"))
    year: Mapped[int]
    figures: Mapped[dict[str, Any]]
    result: Mapped[Result]
    text: Mapped[Prose]
    decided_on: Mapped[date]
    decided_by_id: Mapped[int]


never_changes(Evaluation.__table__)  # type: ignore[arg-type]
# The figures are asked as of past days too (DOMAIN 7.1).
keep(Complaint, "court_id", "mediator_id", "received_on")
