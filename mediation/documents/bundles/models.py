"""What was asked for together, in its order. Neither ever changes: how far it is, the documents themselves say."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from mediation.documents.bundles.rules import Form
from mediation.kernel import clock
from mediation.kernel.audit import Audited
from mediation.kernel.db import Base, CourtId, Pk, never_changes


class DocumentBundle(Audited, Base):
    """Documents that somebody of the registry wants as one file."""

    __tablename__ = "document_bundle"
    __table_args__ = (sa.CheckConstraint("size >= 1", name="not_empty"),)

    id: Mapped[Pk]
    court_id: Mapped[CourtId]
    form: Mapped[Form]
    size: Mapped[int]
    made_by_id: Mapped[int] = mapped_column(index=True)
    made_at: Mapped[datetime] = mapped_column(default=clock.now)


class BundledDocument(Base):
    """One document of a bundle, at its place."""

    __tablename__ = "bundled_document"
    __table_args__ = (sa.UniqueConstraint("bundle_id", "position"),)

    bundle_id: Mapped[int] = mapped_column(sa.ForeignKey("document_bundle.id"), primary_key=True)
    document_id: Mapped[int] = mapped_column(sa.ForeignKey("document.id"), primary_key=True)
    position: Mapped[int]


never_changes(DocumentBundle.__table__)  # type: ignore[arg-type]
never_changes(BundledDocument.__table__)  # type: ignore[arg-type]
