"""What was applied for, kept as it was written."""

from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from mediation.assignment.appraisal.rules import AppraisalGroup
from mediation.kernel.audit import Audited
from mediation.kernel.db import Base, CourtId, Name, Pk, Prose, never_changes


class AppraisalApplication(Audited, Base):
    """诉前鉴定申请: a party applies for an appraisal during mediation before filing; the court has to agree (S17)."""

    __tablename__ = "appraisal_application"
    __table_args__ = (sa.CheckConstraint("matter <> ''", name="has_matter"),)

    id: Mapped[Pk]
    court_id: Mapped[CourtId]
    dispute_id: Mapped[int] = mapped_column(sa.ForeignKey("dispute.id"), index=True)
    assignment_id: Mapped[int] = mapped_column(sa.ForeignKey("assignment.id"), index=True)
    applicant_id: Mapped[int] = mapped_column(sa.ForeignKey("party.id"))
    consented_by: Mapped[list[Any]] = mapped_column(default=list)
    group: Mapped[AppraisalGroup]
    matter: Mapped[Prose]
    facts: Mapped[Prose]
    materials: Mapped[Prose]
    institution: Mapped[Name] = mapped_column(default="")
    prepaid_by_id: Mapped[int] = mapped_column(sa.ForeignKey("party.id"))
    applied_on: Mapped[date]
    recorded_by_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"))


never_changes(AppraisalApplication.__table__)  # type: ignore[arg-type]
