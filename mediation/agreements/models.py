"""What is said, written and signed in mediation. Minutes and caucus notes never leave the mediation (R2-29)."""

from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from mediation.agreements.rules import (
    AgreementStatus,
    ClauseKind,
    Method,
    SessionStatus,
    Signer,
    SignManner,
)  # fmt: skip
from mediation.assignment.models import Assignment
from mediation.assignment.rules import EndCode
from mediation.kernel import clock
from mediation.kernel.audit import Audited, Stateful
from mediation.kernel.db import Base, CourtId, Name, Pk, Prose, Short
from mediation.kernel.known import keep


class MediationSession(Stateful, Base):
    """One meeting of the mediation, with who came, what was told, and the minutes (调解笔录)."""

    __tablename__ = "mediation_session"
    __table_args__ = (
        sa.CheckConstraint("status NOT IN ('open', 'adjourned', 'ended') OR started_at IS NOT NULL", name="started"),
    )

    id: Mapped[Pk]
    court_id: Mapped[CourtId]
    dispute_id: Mapped[int] = mapped_column(sa.ForeignKey("dispute.id"), index=True)
    assignment_id: Mapped[int] = mapped_column(sa.ForeignKey("assignment.id"), index=True)
    booking_id: Mapped[int | None] = mapped_column(sa.ForeignKey("booking.id"))
    method: Mapped[Method] = mapped_column(default=Method.ON_SITE)
    status: Mapped[SessionStatus] = mapped_column(default=SessionStatus.PLANNED)
    started_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    duties: Mapped[list[Any]] = mapped_column(default=list)
    # Why it was held on another day than the one the parties were told.
    other_day: Mapped[Prose] = mapped_column(default="")
    minutes: Mapped[Prose] = mapped_column(default="")
    outcome: Mapped[Prose] = mapped_column(default="")
    version: Mapped[int] = mapped_column(default=1)

    assignment: Mapped[Assignment] = relationship(lazy="joined", innerjoin=True)
    attendances: Mapped[list["Attendance"]] = relationship(
        back_populates="session", lazy="raise", order_by="Attendance.id", cascade="all, delete-orphan"
    )

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 SQLAlchemy's own name

    @property
    def mediator_id(self) -> int | None:
        """Who conducts the mediation this belongs to."""
        return self.assignment.mediator_id

    @property
    def organisation_id(self) -> int | None:
        """The organisation in whose name it is conducted."""
        return self.assignment.organisation_id


class Attendance(Base):
    """Somebody present at a session, with the check of identity and authority."""

    __tablename__ = "attendance"

    id: Mapped[Pk]
    session_id: Mapped[int] = mapped_column(sa.ForeignKey("mediation_session.id"), index=True)
    party_id: Mapped[int | None] = mapped_column(sa.ForeignKey("party.id"))
    agent_id: Mapped[int | None] = mapped_column(sa.ForeignKey("agent.id"))
    name: Mapped[Name]
    present: Mapped[bool] = mapped_column(default=False)
    identity_checked: Mapped[bool] = mapped_column(default=False)
    authority_checked: Mapped[bool] = mapped_column(default=False)

    session: Mapped[MediationSession] = relationship(back_populates="attendances", lazy="raise")


class CaucusNote(Audited, Base):
    """背对背 note: for its author alone."""

    __tablename__ = "caucus_note"

    id: Mapped[Pk]
    court_id: Mapped[CourtId]
    dispute_id: Mapped[int] = mapped_column(sa.ForeignKey("dispute.id"), index=True)
    session_id: Mapped[int] = mapped_column(sa.ForeignKey("mediation_session.id"), index=True)
    author_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"))
    text: Mapped[Prose]
    written_at: Mapped[datetime] = mapped_column(default=clock.now)


class UndisputedFact(Audited, Base):
    """A fact all parties confirmed in writing (S25 art. 24; S5 art. 22); never an offer or a concession."""

    __tablename__ = "undisputed_fact"

    id: Mapped[Pk]
    court_id: Mapped[CourtId]
    dispute_id: Mapped[int] = mapped_column(sa.ForeignKey("dispute.id"), index=True)
    assignment_id: Mapped[int] = mapped_column(sa.ForeignKey("assignment.id"), index=True)
    position: Mapped[int]
    text: Mapped[Prose]
    evidence: Mapped[Prose] = mapped_column(default="")
    confirmed_by: Mapped[list[Any]] = mapped_column(default=list)
    confirmed_on: Mapped[date | None]


class Agreement(Stateful, Base):
    """调解协议. Its day of effect is computed from the signatures, never typed."""

    __tablename__ = "agreement"
    __table_args__ = (
        sa.CheckConstraint("(status = 'effective') = (effective_on IS NOT NULL)", name="effective_has_day"),
        # What the figures read: all of it stands in the index.
        sa.Index(
            "ix_agreement_effective",
            "court_id",
            "effective_on",
            "assignment_id",
            "dispute_id",
            sqlite_where=sa.text("effective_on IS NOT NULL"),
            postgresql_where=sa.text("effective_on IS NOT NULL"),
        ),
    )

    id: Mapped[Pk]
    court_id: Mapped[CourtId]
    dispute_id: Mapped[int] = mapped_column(sa.ForeignKey("dispute.id"), index=True)
    assignment_id: Mapped[int] = mapped_column(sa.ForeignKey("assignment.id"), index=True)
    number: Mapped[Short]
    facts: Mapped[Prose]
    issues: Mapped[Prose] = mapped_column(default="")
    costs: Mapped[Prose] = mapped_column(default="")
    breach: Mapped[Prose] = mapped_column(default="")
    guarantor: Mapped[Name] = mapped_column(default="")
    nothing_else_disputed: Mapped[bool] = mapped_column(default=True)
    confirmation_planned: Mapped[bool] = mapped_column(default=True)
    # The parties want no written agreement; the mediator wrote down what they agreed (S3 art. 28; S4 art. 23).
    oral: Mapped[bool] = mapped_column(default=False)
    status: Mapped[AgreementStatus] = mapped_column(default=AgreementStatus.DRAFT)
    effective_on: Mapped[date | None] = mapped_column(index=True)
    document_id: Mapped[int | None] = mapped_column(sa.ForeignKey("document.id"))
    version: Mapped[int] = mapped_column(default=1)

    assignment: Mapped[Assignment] = relationship(lazy="joined", innerjoin=True)
    clauses: Mapped[list["Clause"]] = relationship(
        back_populates="agreement", lazy="raise", order_by="Clause.position, Clause.id"
    )
    signatures: Mapped[list["Signature"]] = relationship(
        back_populates="agreement", lazy="raise", order_by="Signature.id"
    )

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 SQLAlchemy's own name

    @property
    def mediator_id(self) -> int | None:
        """Who conducts the mediation this belongs to."""
        return self.assignment.mediator_id

    @property
    def organisation_id(self) -> int | None:
        """The organisation in whose name it is conducted."""
        return self.assignment.organisation_id


class Clause(Audited, Base):
    """One obligation: who, to whom, what, how much, by when, how; of an agreement, or of the court's own mediation document.

    For a document of the court it is written before the document is drawn up, which then is its only source.
    """

    __tablename__ = "clause"
    __table_args__ = (
        sa.CheckConstraint("amount_fen IS NULL OR amount_fen > 0", name="amount_positive"),
        sa.CheckConstraint("(agreement_id IS NULL) <> (case_id IS NULL)", name="one_source"),
        sa.CheckConstraint("document_id IS NULL OR case_id IS NOT NULL", name="drawn_up_in_case"),
    )

    id: Mapped[Pk]
    court_id: Mapped[CourtId]
    dispute_id: Mapped[int] = mapped_column(sa.ForeignKey("dispute.id"), index=True)
    agreement_id: Mapped[int | None] = mapped_column(sa.ForeignKey("agreement.id"), index=True)
    # What the parties settled before the court (CPL art. 100), and the document that says so once it is drawn up.
    case_id: Mapped[int | None] = mapped_column(sa.ForeignKey("litigation_case.id"), index=True)
    document_id: Mapped[int | None] = mapped_column(sa.ForeignKey("document.id"))
    position: Mapped[int]
    kind: Mapped[ClauseKind]
    debtor_id: Mapped[int | None] = mapped_column(sa.ForeignKey("party.id"))
    creditor_id: Mapped[int | None] = mapped_column(sa.ForeignKey("party.id"))
    amount_fen: Mapped[int | None] = mapped_column(sa.BigInteger)
    due_on: Mapped[date | None]
    account: Mapped[Name] = mapped_column(default="")
    method: Mapped[Name] = mapped_column(default="")
    place: Mapped[Name] = mapped_column(default="")
    condition: Mapped[Prose] = mapped_column(default="")
    interest_permille: Mapped[int | None]
    text: Mapped[Prose] = mapped_column(default="")
    performed_on: Mapped[date | None]

    agreement: Mapped[Agreement | None] = relationship(back_populates="clauses", lazy="raise")
    instalments: Mapped[list["Instalment"]] = relationship(
        back_populates="clause", lazy="raise", order_by="Instalment.position", cascade="all, delete-orphan"
    )


class Instalment(Base):
    """One part payment of a clause."""

    __tablename__ = "instalment"
    __table_args__ = (sa.CheckConstraint("amount_fen > 0", name="amount_positive"),)

    id: Mapped[Pk]
    clause_id: Mapped[int] = mapped_column(sa.ForeignKey("clause.id"), index=True)
    position: Mapped[int]
    amount_fen: Mapped[int] = mapped_column(sa.BigInteger)
    due_on: Mapped[date]

    clause: Mapped[Clause] = relationship(back_populates="instalments", lazy="raise")


class Signature(Audited, Base):
    """A signature wanted from one signer: made, refused with a reason, or still open."""

    __tablename__ = "signature"
    __table_args__ = (sa.CheckConstraint("signed_at IS NULL OR refused_at IS NULL", name="not_both"),)

    id: Mapped[Pk]
    court_id: Mapped[CourtId]
    dispute_id: Mapped[int] = mapped_column(sa.ForeignKey("dispute.id"), index=True)
    agreement_id: Mapped[int] = mapped_column(sa.ForeignKey("agreement.id"), index=True)
    signer: Mapped[Signer]
    party_id: Mapped[int | None] = mapped_column(sa.ForeignKey("party.id"))
    # Of a mediator: whose account signs on a screen.
    mediator_id: Mapped[int | None] = mapped_column(sa.ForeignKey("mediator.id"))
    name: Mapped[Name]
    manner: Mapped[SignManner | None]
    signed_at: Mapped[datetime | None]
    refused_at: Mapped[datetime | None]
    reason: Mapped[Prose] = mapped_column(default="")

    agreement: Mapped[Agreement] = relationship(back_populates="signatures", lazy="raise")


class Performance(Audited, Base):
    """履行记录: something of a clause was performed (S3 art. 31; S5 art. 20)."""

    __tablename__ = "performance"

    id: Mapped[Pk]
    court_id: Mapped[CourtId]
    dispute_id: Mapped[int] = mapped_column(sa.ForeignKey("dispute.id"), index=True)
    clause_id: Mapped[int] = mapped_column(sa.ForeignKey("clause.id"), index=True)
    on: Mapped[date]
    amount_fen: Mapped[int | None] = mapped_column(sa.BigInteger)
    evidence: Mapped[Prose]
    at_signing: Mapped[bool] = mapped_column(default=False)
    recorded_by_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"))


class FailureReport(Audited, Base):
    """调解情况报告 after failure (S4 art. 26; S5 art. 21)."""

    __tablename__ = "failure_report"

    id: Mapped[Pk]
    court_id: Mapped[CourtId]
    dispute_id: Mapped[int] = mapped_column(sa.ForeignKey("dispute.id"), index=True)
    assignment_id: Mapped[int] = mapped_column(sa.ForeignKey("assignment.id"), unique=True)
    code: Mapped[EndCode]
    course: Mapped[Prose]
    reasons: Mapped[Prose]
    cost_behaviour: Mapped[Prose] = mapped_column(default="")
    alerts: Mapped[Prose] = mapped_column(default="")
    material_returned: Mapped[Prose]
    reported_on: Mapped[date]


class TransferPacket(Audited, Base):
    """What went back to the court, and what was withheld (DOMAIN 3.9)."""

    __tablename__ = "transfer_packet"

    id: Mapped[Pk]
    court_id: Mapped[CourtId]
    dispute_id: Mapped[int] = mapped_column(sa.ForeignKey("dispute.id"), index=True)
    assignment_id: Mapped[int] = mapped_column(sa.ForeignKey("assignment.id"), unique=True)
    handed_over: Mapped[list[Any]]
    withheld: Mapped[list[Any]]
    all_consented: Mapped[bool] = mapped_column(default=False)
    made_at: Mapped[datetime] = mapped_column(default=clock.now)
    received_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("user.id"))
    received_at: Mapped[datetime | None]


# The figures are asked as of past days too (DOMAIN 7.1).
keep(MediationSession, "court_id", "assignment_id", "booking_id", "method", "status", "started_at", by="assignment_id")
keep(Agreement, "court_id", "dispute_id", "assignment_id", "effective_on", by="dispute_id")
keep(Clause, "court_id", "agreement_id", "due_on", "performed_on", by="agreement_id")
keep(Instalment, "clause_id", "due_on", by="clause_id")
