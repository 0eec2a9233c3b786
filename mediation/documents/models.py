"""The document that was asked for, and its file. Both are fixed by the database itself (R5-03)."""

from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from mediation.documents.rules import Failure, Folder, Match, Status
from mediation.kernel import clock
from mediation.kernel.audit import Audited, Stateful
from mediation.kernel.db import Base, CourtId, Name, Pk, Short, guard, never_changes


class Letterhead(Audited, Base):
    """How the court's papers look from a day on: its name at the head, its own seal, its standing phrase."""

    __tablename__ = "letterhead"

    id: Mapped[Pk]
    court_id: Mapped[CourtId]
    valid_from: Mapped[date]
    heading: Mapped[Name] = mapped_column(default="")
    phrase: Mapped[str] = mapped_column(sa.String(200), default="")
    seal: Mapped[bytes | None] = mapped_column(sa.LargeBinary)
    made_by_id: Mapped[int]
    made_at: Mapped[datetime] = mapped_column(default=clock.now)


class Document(Stateful, Base):
    """One version of a document about one record: what it is to say, under which template, with which seal.

    A correction is a new version; the earlier one stays as it was.
    """

    __tablename__ = "document"
    __table_args__ = (
        sa.UniqueConstraint("kind", "subject_type", "subject_id", "version"),
        sa.Index("ix_document_dispute", "dispute_id", "id"),
        sa.Index("ix_document_waiting", "status", "id"),
        sa.Index("ix_document_day", "court_id", "requested_at"),
        sa.CheckConstraint("(status = 'ready') = (ready_at IS NOT NULL)", name="ready_has_moment"),
        sa.CheckConstraint("(status = 'failed') = (failure IS NOT NULL)", name="failed_has_reason"),
        sa.CheckConstraint("version >= 1", name="version_counts_from_one"),
    )

    id: Mapped[Pk]
    court_id: Mapped[CourtId]
    dispute_id: Mapped[int | None] = mapped_column(sa.ForeignKey("dispute.id"))
    kind: Mapped[Short]
    subject_type: Mapped[Short]
    subject_id: Mapped[int]
    version: Mapped[int]
    title: Mapped[Name]
    number: Mapped[Name] = mapped_column(default="")
    # For which party it is, where each party has a paper of this kind.
    party: Mapped[Name] = mapped_column(default="")
    court_name: Mapped[Name]
    folder: Mapped[Folder]
    sealed: Mapped[bool]
    letterhead_id: Mapped[int | None] = mapped_column(sa.ForeignKey("letterhead.id"))
    template_version: Mapped[Short]
    data: Mapped[dict[str, Any]]
    code: Mapped[Short] = mapped_column(unique=True)
    requested_by_id: Mapped[int]
    requested_at: Mapped[datetime] = mapped_column(default=clock.now)
    status: Mapped[Status] = mapped_column(default=Status.PENDING)
    ready_at: Mapped[datetime | None]
    failure: Mapped[Failure | None]
    failure_detail: Mapped[Name] = mapped_column(default="")

    @property
    def called(self) -> str:
        """The title, with the party it is for where each party has one: 送达回证（刘某）."""
        return f"{self.title}（{self.party}）" if self.party else self.title


class DocumentFile(Base):
    """The bytes that were archived, with both digests: SHA-256, and SM3 as the national standard asks."""

    __tablename__ = "document_file"

    document_id: Mapped[int] = mapped_column(sa.ForeignKey("document.id"), primary_key=True, autoincrement=False)
    content: Mapped[bytes] = mapped_column(sa.LargeBinary)
    size: Mapped[int]
    sha256: Mapped[Short] = mapped_column(index=True)
    sm3: Mapped[Short]
    # SHA-256 of the certificate under whose seal it was signed; empty for what the court does not seal.
    seal: Mapped[Short] = mapped_column(default="")


class DocumentScan(Audited, Base):
    """A paper as it came back signed: the scan itself, never changed, and which document it is."""

    __tablename__ = "document_scan"
    __table_args__ = (sa.UniqueConstraint("document_id", "sha256"), sa.CheckConstraint("size > 0", name="not_empty"))

    id: Mapped[Pk]
    court_id: Mapped[CourtId]
    dispute_id: Mapped[int | None] = mapped_column(sa.ForeignKey("dispute.id"), index=True)
    document_id: Mapped[int] = mapped_column(sa.ForeignKey("document.id"), index=True)
    match: Mapped[Match]
    kind: Mapped[Short]
    content: Mapped[bytes] = mapped_column(sa.LargeBinary, deferred=True)
    size: Mapped[int]
    sha256: Mapped[Short]
    sm3: Mapped[Short]
    note: Mapped[Name] = mapped_column(default="")
    scanned_by_id: Mapped[int]
    scanned_by: Mapped[Name]
    scanned_at: Mapped[datetime] = mapped_column(default=clock.now)


FIXED = [
    "id", "court_id", "dispute_id", "kind", "subject_type", "subject_id", "version", "title", "number", "party", "court_name",
    "folder", "sealed", "letterhead_id", "template_version", "data", "code", "requested_by_id", "requested_at",
]  # fmt: skip

never_changes(Letterhead.__table__)  # type: ignore[arg-type]
never_changes(Document.__table__, columns=FIXED)  # type: ignore[arg-type]
never_changes(DocumentFile.__table__)  # type: ignore[arg-type]
never_changes(DocumentScan.__table__)  # type: ignore[arg-type]
# Once produced, nothing of it changes any more, not even that it is.
guard(
    Document.__table__,  # type: ignore[arg-type]
    sqlite=[
        "CREATE TRIGGER document_settled BEFORE UPDATE ON document WHEN OLD.status = 'ready' "
        "BEGIN SELECT RAISE(ABORT, 'document is never changed'); END"
    ],
    postgresql=[
        "CREATE TRIGGER document_settled BEFORE UPDATE ON document FOR EACH ROW WHEN (OLD.status = 'ready') "
        "EXECUTE FUNCTION document_refuse()"
    ],
)
