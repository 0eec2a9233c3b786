"""The ledger of ties, what was found about equal names, and the decisions on recusal."""

from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from mediation.assignment.ties.rules import TIE_ARTICLE, Origin, RecusalStatus, TieKind, TieSource
from mediation.kernel import clock
from mediation.kernel.audit import Audited, Stateful
from mediation.kernel.db import Base, CourtId, Name, Pk, Prose, Short, never_changes


class Tie(Audited, Base):
    """One tie of a mediator to a person or a body; what was written once stays, it can only end or be struck out."""

    __tablename__ = "tie"
    __table_args__ = (
        sa.CheckConstraint("other_name <> ''", name="with_somebody"),
        sa.CheckConstraint("since IS NULL OR until IS NULL OR until >= since", name="in_order"),
        sa.CheckConstraint("(struck_on IS NULL) = (struck_reason = '')", name="struck_with_reason"),
        sa.Index("ix_tie_other", "mediator_id", "other_key"),
    )

    id: Mapped[Pk]
    court_id: Mapped[CourtId]
    mediator_id: Mapped[int] = mapped_column(sa.ForeignKey("mediator.id"))
    kind: Mapped[TieKind]
    # The keyed hash of the identity number or social credit code: the number itself is not kept. Empty: name only.
    other_key: Mapped[Short] = mapped_column(default="")
    other_name: Mapped[Name]
    is_organisation: Mapped[bool] = mapped_column(default=False)
    about: Mapped[Prose] = mapped_column(default="")
    since: Mapped[date | None]
    until: Mapped[date | None]
    source: Mapped[TieSource]
    # Where it came to light; who told of it.
    dispute_id: Mapped[int | None] = mapped_column(sa.ForeignKey("dispute.id"), index=True)
    told_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("party.id"))
    recorded_by_id: Mapped[int]
    recorded_at: Mapped[datetime] = mapped_column(default=clock.now)
    struck_on: Mapped[date | None]
    struck_reason: Mapped[Prose] = mapped_column(default="")

    @property
    def article(self) -> str:
        """The article that makes this tie count."""
        return TIE_ARTICLE[self.kind]


class TieVerdict(Audited, Base):
    """Whether somebody of a dispute who bears the name of an entry is the same person."""

    __tablename__ = "tie_verdict"
    __table_args__ = (
        sa.UniqueConstraint("tie_id", "dispute_id", "name"),
        sa.CheckConstraint("reason <> ''", name="has_reason"),
    )

    id: Mapped[Pk]
    court_id: Mapped[CourtId]
    tie_id: Mapped[int] = mapped_column(sa.ForeignKey("tie.id"))
    dispute_id: Mapped[int] = mapped_column(sa.ForeignKey("dispute.id"), index=True)
    name: Mapped[Name]
    is_same: Mapped[bool]
    reason: Mapped[Prose]
    decided_by_id: Mapped[int]
    decided_at: Mapped[datetime] = mapped_column(default=clock.now)


class Recusal(Stateful, Base):
    """A tie that came to light while the mediator had the dispute: it pauses, and is decided in three days (S4 art. 15)."""

    __tablename__ = "recusal"
    __table_args__ = (
        sa.Index(
            "uq_recusal_one_open", "assignment_id", "mediator_id", unique=True,
            sqlite_where=sa.text("status = 'open'"), postgresql_where=sa.text("status = 'open'"),
        ),
        sa.CheckConstraint("(status = 'open') = (decided_on IS NULL)", name="decided_has_day"),
        sa.CheckConstraint("origin <> 'party' OR (party_id IS NOT NULL AND statement <> '')", name="party_says_why"),
        sa.CheckConstraint("status NOT IN ('upheld', 'dismissed') OR reason <> ''", name="decided_with_reason"),
    )  # fmt: skip

    id: Mapped[Pk]
    court_id: Mapped[CourtId]
    dispute_id: Mapped[int] = mapped_column(sa.ForeignKey("dispute.id"), index=True)
    assignment_id: Mapped[int] = mapped_column(sa.ForeignKey("assignment.id"), index=True)
    mediator_id: Mapped[int] = mapped_column(sa.ForeignKey("mediator.id"), index=True)
    # Whose member the mediator is: that organisation may decide.
    organisation_id: Mapped[int | None] = mapped_column(sa.ForeignKey("organisation.id"))
    origin: Mapped[Origin]
    party_id: Mapped[int | None] = mapped_column(sa.ForeignKey("party.id"))
    statement: Mapped[Prose] = mapped_column(default="")
    findings: Mapped[list[Any]] = mapped_column(default=list)
    status: Mapped[RecusalStatus] = mapped_column(default=RecusalStatus.OPEN)
    raised_on: Mapped[date]
    raised_by_id: Mapped[int]
    decided_on: Mapped[date | None]
    decided_by_id: Mapped[int | None]
    reason: Mapped[Prose] = mapped_column(default="")
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 SQLAlchemy's own name


# An entry ends or is struck out; with whom the tie was, of what kind and since when is not rewritten.
never_changes(
    Tie.__table__,  # type: ignore[arg-type]
    columns=[
        "court_id",
        "mediator_id",
        "kind",
        "other_key",
        "other_name",
        "since",
        "source",
        "dispute_id",
        "recorded_at",
    ],
)
never_changes(TieVerdict.__table__)  # type: ignore[arg-type]
