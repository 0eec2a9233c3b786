"""Imports of sheets: the same file twice is one import."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from mediation.kernel import clock
from mediation.kernel.audit import Audited
from mediation.kernel.db import Base, CourtId, Name, Pk, Short, never_changes
from mediation.roster.sheets.columns import SheetKind


class RosterImport(Audited, Base):
    """A sheet taken over as a whole; its digest recognises the file."""

    __tablename__ = "roster_import"
    __table_args__ = (sa.UniqueConstraint("court_id", "kind", "digest"),)

    id: Mapped[Pk]
    court_id: Mapped[CourtId]
    kind: Mapped[SheetKind]
    digest: Mapped[Short]
    file_name: Mapped[Name] = mapped_column(default="")
    entries: Mapped[int]
    made_by_id: Mapped[int]
    made_at: Mapped[datetime] = mapped_column(default=clock.now)


never_changes(RosterImport.__table__)  # type: ignore[arg-type]
