"""The mediation assignment with its checks, attempts, suspensions and extensions."""

from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from mediation.assignment.batching import BatchKind, ItemStatus
from mediation.assignment.rules import CheckResult, Choice, EndCode, Kind, Occasion, Status, SuspensionReason
from mediation.kernel import clock
from mediation.kernel.audit import Audited, Stateful
from mediation.kernel.db import Base, CourtId, Pk, Prose, Short, never_changes
from mediation.kernel.known import keep
from mediation.litigation.rules import Procedure
from mediation.notices.rules import Channel

OPEN_NOW = "status IN ('issued', 'accepted', 'scheduled', 'in_session', 'suspended')"


class Assignment(Stateful, Base):
    """One handing-over of a dispute to a mediator; at most one open at a time."""

    __tablename__ = "assignment"
    __table_args__ = (
        sa.Index(
            "uq_assignment_one_open", "dispute_id", unique=True,
            sqlite_where=sa.text(OPEN_NOW), postgresql_where=sa.text(OPEN_NOW),
        ),
        sa.CheckConstraint("mediator_id IS NOT NULL OR organisation_id IS NOT NULL", name="somebody"),
        sa.CheckConstraint("status IN ('issued', 'declined') OR accepted_on IS NOT NULL OR ended_on IS NOT NULL", name="accepted"),
        sa.CheckConstraint(f"({OPEN_NOW}) = (ended_on IS NULL)", name="ended_has_day"),
        sa.CheckConstraint(
            "(status IN ('agreed', 'failed', 'withdrawn', 'refused')) = (end_code IS NOT NULL)", name="ended_has_code"
        ),
        sa.CheckConstraint("(kind = 'entrusted') = (procedure IS NOT NULL)", name="entrusted_has_procedure"),
        sa.CheckConstraint("accepted_on IS NULL OR accepted_on >= issued_on", name="accepted_after_issue"),
        sa.Index("ix_assignment_mediator", "mediator_id", "status"),
        # What the figures read: all of it stands in the index.
        sa.Index("ix_assignment_issued", "court_id", "issued_on", "kind", "status", "end_code", "mediated", "ended_on", "dispute_id"),
        sa.Index("ix_assignment_ended", "court_id", "ended_on", "kind", "status", "end_code", "mediated", "final_on", "accepted_on", "dispute_id"),
    )  # fmt: skip

    id: Mapped[Pk]
    court_id: Mapped[CourtId]
    dispute_id: Mapped[int] = mapped_column(sa.ForeignKey("dispute.id"), index=True)
    kind: Mapped[Kind]
    mediator_id: Mapped[int | None] = mapped_column(sa.ForeignKey("mediator.id"))
    organisation_id: Mapped[int | None] = mapped_column(sa.ForeignKey("organisation.id"), index=True)
    choice: Mapped[Choice]
    reasons: Mapped[dict[str, Any]] = mapped_column(default=dict)
    # Decides the length of entrusted mediation after filing: 15 or 7 days (S12 point 3).
    procedure: Mapped[Procedure | None]
    status: Mapped[Status] = mapped_column(default=Status.ISSUED)
    issued_on: Mapped[date] = mapped_column(index=True)
    issued_by_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"))
    accepted_on: Mapped[date | None]
    declined_reason: Mapped[Prose] = mapped_column(default="")
    ended_on: Mapped[date | None] = mapped_column(index=True)
    end_code: Mapped[EndCode | None]
    end_reason: Mapped[Prose] = mapped_column(default="")
    # How many sessions were opened: without one nobody can say that the views differ too much.
    sessions_held: Mapped[int] = mapped_column(default=0)
    # For code 02: whether the parties settled after mediation work (R7-06).
    mediated: Mapped[bool] = mapped_column(default=False)
    # The last day as it stood at the end: what I13 measures against.
    final_on: Mapped[date | None]
    excluded_days: Mapped[int] = mapped_column(default=0)
    overdue_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 SQLAlchemy's own name


class LeverSet(Audited, Base):
    """How much each part weighs when a mediator is suggested, from a day on; a change is a new version, never an edit."""

    __tablename__ = "lever_set"
    __table_args__ = (
        sa.UniqueConstraint("court_id", "number"),
        sa.CheckConstraint(
            " AND ".join(f"{part} BETWEEN 0 AND 10" for part in ("strength", "load", "rest", "distance", "language", "success")),
            name="weights",
        ),
        sa.CheckConstraint("rest_days BETWEEN 1 AND 365", name="rest_days"),
        sa.CheckConstraint("margin BETWEEN 0 AND 500", name="margin"),
        sa.CheckConstraint("reason <> ''", name="has_reason"),
    )  # fmt: skip

    id: Mapped[Pk]
    court_id: Mapped[CourtId]
    number: Mapped[int]
    valid_from: Mapped[date]
    strength: Mapped[int]
    load: Mapped[int]
    rest: Mapped[int]
    distance: Mapped[int]
    language: Mapped[int]
    success: Mapped[int]
    rest_days: Mapped[int]
    margin: Mapped[int]
    reason: Mapped[Prose]
    set_by_id: Mapped[int]
    set_at: Mapped[datetime] = mapped_column(default=clock.now)


class ChoiceRecord(Audited, Base):
    """Everything that is needed to replay one choice of a mediator: the facts of that day, the levers, the result."""

    __tablename__ = "choice_record"
    __table_args__ = (sa.Index("ix_choice_record_day", "court_id", "made_on"),)

    id: Mapped[Pk]
    court_id: Mapped[CourtId]
    dispute_id: Mapped[int] = mapped_column(sa.ForeignKey("dispute.id"), index=True)
    assignment_id: Mapped[int] = mapped_column(sa.ForeignKey("assignment.id"), index=True)
    occasion: Mapped[Occasion]
    made_on: Mapped[date]
    algorithm: Mapped[int]
    # 0: the levers with which the product comes.
    levers: Mapped[int]
    seed: Mapped[Short]
    inputs: Mapped[dict[str, Any]]
    result: Mapped[dict[str, Any]]
    digest: Mapped[Short]
    suggested_id: Mapped[int | None] = mapped_column(sa.ForeignKey("mediator.id"))
    chosen_id: Mapped[int | None] = mapped_column(sa.ForeignKey("mediator.id"))
    choice: Mapped[Choice]
    # Why somebody else than suggested.
    reason: Mapped[Prose] = mapped_column(default="")
    made_by_id: Mapped[int]
    made_at: Mapped[datetime] = mapped_column(default=clock.now)


class Batch(Audited, Base):
    """Disputes put together to be handed over, or accepted, one after the other; each succeeds or is refused alone."""

    __tablename__ = "batch"

    id: Mapped[Pk]
    court_id: Mapped[CourtId]
    kind: Mapped[BatchKind]
    # To whom all are handed over; none: to the mediator suggested for each.
    organisation_id: Mapped[int | None] = mapped_column(sa.ForeignKey("organisation.id"))
    # Whom the organisation appoints for all; none: the member suggested for each.
    mediator_id: Mapped[int | None] = mapped_column(sa.ForeignKey("mediator.id"))
    # The day on which the material was signed for.
    signed_on: Mapped[date | None]
    reason: Mapped[Prose] = mapped_column(default="")
    # Whose batch it is where the court does not hand over but somebody accepts.
    owner_mediator_id: Mapped[int | None] = mapped_column(sa.ForeignKey("mediator.id"))
    owner_organisation_id: Mapped[int | None] = mapped_column(sa.ForeignKey("organisation.id"))
    made_by_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"))
    made_at: Mapped[datetime] = mapped_column(default=clock.now)


class BatchItem(Base):
    """One dispute of a batch. What happened to the dispute itself stands in its trail."""

    __tablename__ = "batch_item"
    __table_args__ = (
        sa.UniqueConstraint("batch_id", "dispute_id"),
        sa.CheckConstraint("(status = 'refused') = (words <> '')", name="refused_has_words"),
    )

    id: Mapped[Pk]
    batch_id: Mapped[int] = mapped_column(sa.ForeignKey("batch.id"))
    dispute_id: Mapped[int] = mapped_column(sa.ForeignKey("dispute.id"), index=True)
    assignment_id: Mapped[int | None] = mapped_column(sa.ForeignKey("assignment.id"))
    status: Mapped[ItemStatus] = mapped_column(default=ItemStatus.WAITING)
    article: Mapped[Short] = mapped_column(default="")
    words: Mapped[Prose] = mapped_column(default="")
    done_at: Mapped[datetime | None]


for _kept in (LeverSet, ChoiceRecord):
    never_changes(_kept.__table__)  # type: ignore[arg-type]


class ConflictCheck(Audited, Base):
    """A check of one mediator against one dispute (R2-22), with what was found and who waived it."""

    __tablename__ = "conflict_check"

    id: Mapped[Pk]
    court_id: Mapped[CourtId]
    dispute_id: Mapped[int] = mapped_column(sa.ForeignKey("dispute.id"), index=True)
    mediator_id: Mapped[int] = mapped_column(sa.ForeignKey("mediator.id"), index=True)
    result: Mapped[CheckResult]
    findings: Mapped[list[Any]] = mapped_column(default=list)
    disclosed: Mapped[Prose] = mapped_column(default="")
    waived_by: Mapped[list[Any]] = mapped_column(default=list)
    waived_on: Mapped[date | None]
    # The organisation or the court found no ground for recusal in what this check found (S4 art. 15).
    set_aside_on: Mapped[date | None]
    checked_by_id: Mapped[int]
    checked_at: Mapped[datetime] = mapped_column(default=clock.now)


class ContactAttempt(Audited, Base):
    """An attempt to reach a party (R3-23: at least three on two channels before 'cannot be reached')."""

    __tablename__ = "contact_attempt"

    id: Mapped[Pk]
    court_id: Mapped[CourtId]
    dispute_id: Mapped[int] = mapped_column(sa.ForeignKey("dispute.id"), index=True)
    assignment_id: Mapped[int] = mapped_column(sa.ForeignKey("assignment.id"), index=True)
    party_id: Mapped[int] = mapped_column(sa.ForeignKey("party.id"))
    channel: Mapped[Channel]
    reached: Mapped[bool]
    result: Mapped[Prose]
    at: Mapped[datetime]


class Suspension(Audited, Base):
    """A pause (R3-27); only an appraisal is deducted from the period."""

    __tablename__ = "suspension"
    __table_args__ = (
        sa.CheckConstraint("ended_on IS NULL OR ended_on >= began_on", name="in_order"),
        sa.Index(
            "uq_suspension_one_open", "assignment_id", unique=True,
            sqlite_where=sa.text("ended_on IS NULL"), postgresql_where=sa.text("ended_on IS NULL"),
        ),
    )  # fmt: skip

    id: Mapped[Pk]
    court_id: Mapped[CourtId]
    dispute_id: Mapped[int] = mapped_column(sa.ForeignKey("dispute.id"), index=True)
    assignment_id: Mapped[int] = mapped_column(sa.ForeignKey("assignment.id"), index=True)
    reason: Mapped[SuspensionReason]
    note: Mapped[Prose] = mapped_column(default="")
    # Where the mediation stood, and stands again when the cause ends (R3-28).
    resumes_to: Mapped[Status]
    began_on: Mapped[date]
    ended_on: Mapped[date | None]


class Extension(Audited, Base):
    """延长调解期限: all parties agreed before the end (R3-29)."""

    __tablename__ = "extension"
    __table_args__ = (
        sa.CheckConstraint("final_on > former_final_on", name="later"),
        sa.CheckConstraint("agreed_on <= former_final_on", name="agreed_before_the_end"),
    )

    id: Mapped[Pk]
    court_id: Mapped[CourtId]
    dispute_id: Mapped[int] = mapped_column(sa.ForeignKey("dispute.id"), index=True)
    assignment_id: Mapped[int] = mapped_column(sa.ForeignKey("assignment.id"), index=True)
    agreed_on: Mapped[date]
    agreed_by: Mapped[list[Any]]
    days: Mapped[int]
    former_final_on: Mapped[date]
    final_on: Mapped[date]
    reason: Mapped[Prose] = mapped_column(default="")
    manner: Mapped[Short] = mapped_column(default="signed")


# The figures are asked as of past days too (DOMAIN 7.1).
keep(
    Assignment,
    "court_id", "dispute_id", "kind", "mediator_id", "organisation_id", "issued_on", "accepted_on", "ended_on", "end_code",
    "mediated", "final_on", "excluded_days", by="dispute_id",
)  # fmt: skip
keep(Suspension, "court_id", "dispute_id", "assignment_id", "reason", "began_on", by="assignment_id")
