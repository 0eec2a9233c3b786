"""The dispute, its parties and agents, its numbers, and who took part in which capacity."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from mediation.disputes.rules import (
    BANS,
    AgentKind,
    Authority,
    Capacity,
    Closing,
    Confirming,
    IdType,
    NumberStatus,
    PartyKind,
    PartyRole,
    Route,
    Sex,
    Source,
    Status,
)  # fmt: skip
from mediation.kernel import clock
from mediation.kernel.audit import Audited, Stateful
from mediation.kernel.db import Base, CourtId, Name, Pk, Prose, Short, guard, never_changes
from mediation.kernel.known import keep


class Cause(Base):
    """A cause of action (民事案由) of one version of the official tree (R6-20)."""

    __tablename__ = "cause"

    version: Mapped[str] = mapped_column(sa.String(4), primary_key=True)
    code: Mapped[str] = mapped_column(sa.String(32), primary_key=True)
    level: Mapped[int]
    number: Mapped[Short] = mapped_column(default="")
    name: Mapped[Name] = mapped_column(index=True)
    parent_code: Mapped[str] = mapped_column(sa.String(32), default="")
    pinyin: Mapped[str] = mapped_column(sa.String(400), default="")
    initials: Mapped[str] = mapped_column(sa.String(100), default="", index=True)


class Dispute(Stateful, Base):
    """One dispute (纠纷) brought to the docking centre."""

    __tablename__ = "dispute"
    __table_args__ = (
        sa.UniqueConstraint("court_id", "receipt_no"),
        sa.ForeignKeyConstraint(["cause_version", "cause_code"], ["cause.version", "cause.code"]),
        sa.CheckConstraint("amount_fen IS NULL OR amount_fen >= 0", name="amount_not_negative"),
        sa.CheckConstraint("(status = 'closed') = (closed_at IS NOT NULL)", name="closed_has_moment"),
        sa.CheckConstraint("status <> 'in_mediation' OR route IS NOT NULL", name="mediation_has_route"),
        sa.CheckConstraint("NOT has_complaint OR complaint_submitted_at IS NOT NULL", name="complaint_has_moment"),
        sa.Index("ix_dispute_work", "court_id", "status", "id"),
        sa.Index("ix_dispute_received", "court_id", "received_at"),
    )

    id: Mapped[Pk]
    court_id: Mapped[CourtId]
    receipt_no: Mapped[Short]
    source: Mapped[Source]
    received_at: Mapped[datetime] = mapped_column(index=True)
    received_by_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"))
    cause_version: Mapped[str] = mapped_column(sa.String(4))
    cause_code: Mapped[str] = mapped_column(sa.String(32))
    # Handed in with the dispute: starts the 7 days of CPL art. 126 and interrupts limitation (S9 art. 10).
    has_complaint: Mapped[bool] = mapped_column(default=False)
    complaint_submitted_at: Mapped[datetime | None]
    complaint_withdrawn_at: Mapped[datetime | None]
    amount_fen: Mapped[int | None] = mapped_column(sa.BigInteger)
    claims: Mapped[Prose]
    facts: Mapped[Prose]
    evidence: Mapped[Prose] = mapped_column(default="")
    street_id: Mapped[int | None] = mapped_column(sa.ForeignKey("street.id"))
    route: Mapped[Route | None]
    status: Mapped[Status] = mapped_column(default=Status.RECEIVED)
    closed_at: Mapped[datetime | None]
    closing: Mapped[Closing | None]
    # Kept by confirmation, a later stage, so that filing knows whether a suit is possible (CPL art. 206).
    confirming: Mapped[Confirming | None]
    version: Mapped[int] = mapped_column(default=1)

    cause: Mapped[Cause] = relationship(lazy="joined", innerjoin=True, viewonly=True)
    parties: Mapped[list["Party"]] = relationship(
        back_populates="dispute", lazy="raise", order_by="Party.role, Party.position, Party.id"
    )
    numbers: Mapped[list["CaseNumber"]] = relationship(back_populates="dispute", lazy="raise", order_by="CaseNumber.id")

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 SQLAlchemy's own name

    @property
    def dispute_id(self) -> int:
        """So that a dispute can stand as a subject among its own records."""
        return self.id


class Party(Audited, Base):
    """A party as it stands in this dispute (DOMAIN 5.1 P-NAT, P-ORG). Recognised again by keyed hash, never by name."""

    __tablename__ = "party"
    __table_args__ = (
        sa.Index("ix_party_id_key", "court_id", "id_key"),
        sa.Index("ix_party_phone_key", "court_id", "phone_key"),
        sa.Index("ix_party_id_tail", "court_id", "id_tail"),
        sa.Index("ix_party_name", "court_id", "name"),
    )

    id: Mapped[Pk]
    court_id: Mapped[CourtId]
    dispute_id: Mapped[int] = mapped_column(sa.ForeignKey("dispute.id"), index=True)
    role: Mapped[PartyRole]
    position: Mapped[int] = mapped_column(default=1)
    kind: Mapped[PartyKind]
    name: Mapped[Name]
    id_type: Mapped[IdType | None]
    id_no: Mapped[Short] = mapped_column(default="")
    id_key: Mapped[Short] = mapped_column(default="")
    id_tail: Mapped[str] = mapped_column(sa.String(4), default="")
    nationality: Mapped[Short] = mapped_column(default="")
    sex: Mapped[Sex | None]
    birth_date: Mapped[date | None]
    ethnicity: Mapped[Short] = mapped_column(default="")
    # What the party wants to speak in the mediation, when not standard Chinese (CPL art. 11).
    language: Mapped[Short] = mapped_column(default="")
    occupation: Mapped[Name] = mapped_column(default="")
    employer: Mapped[Name] = mapped_column(default="")
    domicile: Mapped[str] = mapped_column(sa.String(300), default="")
    residence: Mapped[str] = mapped_column(sa.String(300), default="")
    phone: Mapped[Short] = mapped_column(default="")
    phone_key: Mapped[Short] = mapped_column(default="")
    representative: Mapped[Name] = mapped_column(default="")
    representative_title: Mapped[Short] = mapped_column(default="")
    version: Mapped[int] = mapped_column(default=1)

    dispute: Mapped[Dispute] = relationship(back_populates="parties", lazy="raise")
    agents: Mapped[list["Agent"]] = relationship(back_populates="party", lazy="raise", order_by="Agent.id")
    address: Mapped["AddressConfirmation | None"] = relationship(back_populates="party", lazy="raise")

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 SQLAlchemy's own name


class Agent(Audited, Base):
    """Who acts for a party; at most two (CPL 61), settles only with special authority (CPL 62)."""

    __tablename__ = "agent"

    id: Mapped[Pk]
    court_id: Mapped[CourtId]
    dispute_id: Mapped[int] = mapped_column(sa.ForeignKey("dispute.id"), index=True)
    party_id: Mapped[int] = mapped_column(sa.ForeignKey("party.id"), index=True)
    kind: Mapped[AgentKind]
    name: Mapped[Name]
    firm: Mapped[Name] = mapped_column(default="")
    licence_no: Mapped[Short] = mapped_column(default="")
    id_no: Mapped[Short] = mapped_column(default="")
    id_key: Mapped[Short] = mapped_column(default="", index=True)
    phone: Mapped[Short] = mapped_column(default="")
    phone_key: Mapped[Short] = mapped_column(default="")
    authority: Mapped[Authority]
    special_powers: Mapped[Prose] = mapped_column(default="")
    # An agent whose power was revoked stays in the record (CPL art. 64).
    ended_on: Mapped[date | None]
    version: Mapped[int] = mapped_column(default=1)

    party: Mapped[Party] = relationship(back_populates="agents", lazy="raise")

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 SQLAlchemy's own name


class AddressConfirmation(Audited, Base):
    """送达地址确认书 (S11 arts 3-5, 11; S2 arts 136-137)."""

    __tablename__ = "address_confirmation"

    id: Mapped[Pk]
    court_id: Mapped[CourtId]
    dispute_id: Mapped[int] = mapped_column(sa.ForeignKey("dispute.id"), index=True)
    party_id: Mapped[int] = mapped_column(sa.ForeignKey("party.id"), unique=True)
    refused: Mapped[bool] = mapped_column(default=False)
    postcode: Mapped[Short] = mapped_column(default="")
    address: Mapped[str] = mapped_column(sa.String(300), default="")
    phone: Mapped[Short] = mapped_column(default="")
    recipient: Mapped[Name] = mapped_column(default="")
    electronic: Mapped[bool] = mapped_column(default=False)
    e_mail: Mapped[Name] = mapped_column(default="")
    confirmed_on: Mapped[date]
    version: Mapped[int] = mapped_column(default=1)

    party: Mapped[Party] = relationship(back_populates="address", lazy="raise")

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 SQLAlchemy's own name


class CaseNumber(Audited, Base):
    """One dispute, many numbers (R6-07); never overwritten, never used again."""

    __tablename__ = "case_number"
    __table_args__ = (sa.UniqueConstraint("court_id", "year", "type_code", "serial"),)

    id: Mapped[Pk]
    court_id: Mapped[CourtId]
    dispute_id: Mapped[int] = mapped_column(sa.ForeignKey("dispute.id"), index=True)
    year: Mapped[int]
    court_code: Mapped[str] = mapped_column(sa.String(12))
    type_code: Mapped[str] = mapped_column(sa.String(12))
    serial: Mapped[int]
    canonical: Mapped[Short] = mapped_column(unique=True)
    status: Mapped[NumberStatus] = mapped_column(default=NumberStatus.VALID)
    given_at: Mapped[datetime] = mapped_column(default=clock.now)

    dispute: Mapped[Dispute] = relationship(back_populates="numbers", lazy="raise")


class NotDuplicate(Audited, Base):
    """Two disputes that looked alike and were found not to be the same."""

    __tablename__ = "not_duplicate"
    __table_args__ = (
        sa.UniqueConstraint("dispute_id", "other_id"),
        sa.CheckConstraint("dispute_id < other_id", name="ordered_pair"),
    )

    id: Mapped[Pk]
    court_id: Mapped[CourtId]
    dispute_id: Mapped[int] = mapped_column(sa.ForeignKey("dispute.id"))
    other_id: Mapped[int] = mapped_column(sa.ForeignKey("dispute.id"))
    decided_by_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"))
    decided_at: Mapped[datetime] = mapped_column(default=clock.now)


class Participation(Audited, Base):
    """Who took part in a dispute in which capacity.

    Gives the mediator and the organisation access while `until` is open, and is what the bans of S4 art. 16 (R2-19)
    and the separation of duties look at, through the dispute and not through a case number.
    """

    __tablename__ = "participation"
    __table_args__ = (
        sa.Index("ix_participation_person", "person_key"),
        sa.Index("ix_participation_mediator", "mediator_id", "until", "dispute_id"),
        sa.Index("ix_participation_organisation", "organisation_id", "until", "dispute_id"),
        sa.CheckConstraint(
            "user_id IS NOT NULL OR mediator_id IS NOT NULL OR organisation_id IS NOT NULL OR person_key <> ''",
            name="somebody",
        ),
    )

    id: Mapped[Pk]
    court_id: Mapped[CourtId]
    dispute_id: Mapped[int] = mapped_column(sa.ForeignKey("dispute.id"), index=True)
    capacity: Mapped[Capacity]
    user_id: Mapped[int | None] = mapped_column(sa.ForeignKey("user.id"))
    mediator_id: Mapped[int | None] = mapped_column(sa.ForeignKey("mediator.id"))
    organisation_id: Mapped[int | None] = mapped_column(sa.ForeignKey("organisation.id"))
    person_key: Mapped[Short] = mapped_column(default="")
    since: Mapped[datetime] = mapped_column(default=clock.now)
    until: Mapped[datetime | None]


# R6-03, R6-07: a number keeps its dispute and its text for ever; only its being valid may change.
never_changes(
    CaseNumber.__table__,  # type: ignore[arg-type]
    columns=["court_id", "dispute_id", "year", "court_code", "type_code", "serial", "canonical", "given_at"],
)
# Who once took part took part: rows end, they are neither rewritten nor removed, or the bans could be lifted.
never_changes(
    Participation.__table__,  # type: ignore[arg-type]
    columns=["court_id", "dispute_id", "capacity", "user_id", "mediator_id", "organisation_id", "person_key", "since"],
)


def _quoted(capacities: frozenset[Capacity]) -> str:
    return ", ".join(f"'{capacity.value}'" for capacity in sorted(capacities))


def _together() -> str:
    """The pairs of capacities that one person may not hold, as SQL over an old row `p` and the row `NEW`."""
    pairs = [
        f"({old}.capacity = '{first.value}' AND {new}.capacity IN ({_quoted(others)}))"
        for first, others in BANS.items()
        for old, new in (("p", "NEW"), ("NEW", "p"))
    ]
    return " OR ".join(pairs)


BANNED = "not in both capacities in one dispute"
_SAME = (
    "p.user_id = NEW.user_id OR p.mediator_id = NEW.mediator_id "
    "OR (NEW.person_key <> '' AND p.person_key = NEW.person_key)"
)
_FOUND = f"SELECT 1 FROM participation p WHERE p.dispute_id = NEW.dispute_id AND ({_SAME}) AND ({_together()})"  # noqa: S608 our own constants

# S4 art. 16 (R2-19) and R2-20, in the database itself: no code path, script or console gets round it. On PostgreSQL
# the dispute's row is locked first, so that two transactions cannot each miss the other's row; SQLite has one writer.
guard(
    Participation.__table__,  # type: ignore[arg-type]
    sqlite=[
        f"CREATE TRIGGER participation_bans BEFORE INSERT ON participation WHEN EXISTS ({_FOUND}) "
        f"BEGIN SELECT RAISE(ABORT, '{BANNED}'); END"
    ],
    postgresql=[
        "CREATE FUNCTION participation_bans() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        "PERFORM 1 FROM dispute WHERE id = NEW.dispute_id FOR NO KEY UPDATE; "
        f"IF EXISTS ({_FOUND}) THEN RAISE EXCEPTION '{BANNED}' USING ERRCODE = 'restrict_violation'; END IF; "
        "RETURN NEW; END $$",
        "CREATE TRIGGER participation_bans BEFORE INSERT ON participation "
        "FOR EACH ROW EXECUTE FUNCTION participation_bans()",
    ],
)

# The figures are asked as of past days too (DOMAIN 7.1).
keep(Dispute, "court_id", "source", "received_at", "cause_version", "cause_code", "street_id", "route", "closed_at")
keep(AddressConfirmation, "court_id", "dispute_id", "refused", "confirmed_on", by="dispute_id")
