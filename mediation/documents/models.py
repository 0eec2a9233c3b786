"""Produced documents: bytes, digests, template version and the facts they were made of."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, deferred, mapped_column

from mediation.documents.rules import Folder, Status
from mediation.kernel import clock
from mediation.kernel.audit import Audited
from mediation.kernel.db import Base, CourtId, Name, Pk, Short


class Document(Audited, Base):
    """One version of one document. A correction is a new version (R5-03)."""

    __tablename__ = "document"
    __table_args__ = (
        sa.UniqueConstraint("subject_type", "subject_id", "kind", "version"),
        sa.CheckConstraint("(status = 'ready') = (sha256 IS NOT NULL)", name="ready_has_digest"),
    )

    id: Mapped[Pk]
    court_id: Mapped[CourtId]
    dispute_id: Mapped[int] = mapped_column(sa.ForeignKey("dispute.id"), index=True)
    subject_type: Mapped[Short]
    subject_id: Mapped[int]
    kind: Mapped[Short]
    version: Mapped[int]
    title: Mapped[Name]
    number: Mapped[Short] = mapped_column(default="")
    folder: Mapped[Folder]
    sealed: Mapped[bool] = mapped_column(default=False)
    template_version: Mapped[Short]
    data: Mapped[dict[str, Any]]
    code: Mapped[Short] = mapped_column(unique=True)
    status: Mapped[Status] = mapped_column(default=Status.PENDING)
    fault: Mapped[str] = mapped_column(sa.String(300), default="")
    requested_by_id: Mapped[int]
    requested_at: Mapped[datetime] = mapped_column(default=clock.now)
    produced_at: Mapped[datetime | None]
    pages: Mapped[int | None]
    size: Mapped[int | None]
    sha256: Mapped[str | None] = mapped_column(sa.String(64))
    sm3: Mapped[str | None] = mapped_column(sa.String(64))
    content: Mapped[bytes | None] = deferred(mapped_column(sa.LargeBinary), raiseload=True)
