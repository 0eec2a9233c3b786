"""Organisations, mediators and the streets of the district."""

from datetime import date, datetime, time
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from mediation.kernel import clock
from mediation.kernel.audit import Audited, Stateful
from mediation.kernel.db import Base, CourtId, Name, Pk, Prose, Short, never_changes
from mediation.roster.rules import Category, FeeMode, OrganisationKind, Region, RosterStatus


class Street(Audited, Base):
    """A street (街道) of the district, with its communities below it."""

    __tablename__ = "street"
    __table_args__ = (sa.UniqueConstraint("court_id", "parent_id", "name"),)

    id: Mapped[Pk]
    court_id: Mapped[CourtId]
    parent_id: Mapped[int | None] = mapped_column(sa.ForeignKey("street.id"))
    name: Mapped[Name]


class Organisation(Stateful, Base):
    """An invited mediation organisation (特邀调解组织), legally established (S4 art. 6)."""

    __tablename__ = "organisation"
    __table_args__ = (
        sa.UniqueConstraint("court_id", "name"),
        sa.CheckConstraint(
            "agreement_until IS NULL OR (agreement_on IS NOT NULL AND agreement_until > agreement_on)", name="term"
        ),
        sa.CheckConstraint("consented_on IS NULL OR listed_by <> ''", name="consents_to_another_court"),
    )

    id: Mapped[Pk]
    court_id: Mapped[CourtId]
    # The street or community for which the body stands; none: the whole district.
    street_id: Mapped[int | None] = mapped_column(sa.ForeignKey("street.id"), index=True)
    name: Mapped[Name]
    # Legally established (S4 art. 6): the unified social credit code, where there is one.
    credit_code: Mapped[Short] = mapped_column(default="")
    kind: Mapped[OrganisationKind]
    fee_mode: Mapped[FeeMode] = mapped_column(default=FeeMode.FREE)
    phone: Mapped[Short] = mapped_column(default="")
    address: Mapped[Name] = mapped_column(default="")
    scope: Mapped[Prose] = mapped_column(default="")
    # Causes, or the beginnings of their codes, that the body accepts (S5 art. 5); empty: every cause.
    accepted_causes: Mapped[list[Any]] = mapped_column(default=list)
    # What it charges, as it has published it (S23 art. 16); empty where mediation is free.
    tariff: Mapped[Prose] = mapped_column(default="")
    agreement_on: Mapped[date | None]
    agreement_until: Mapped[date | None]
    # For which last day of the agreement the warning has gone out.
    warned_for: Mapped[date | None]
    # The higher court on whose list the body stands, and since when it consents to serve here (S4 art. 5; S5 art. 27);
    # empty: on the own list.
    listed_by: Mapped[Name] = mapped_column(default="")
    consented_on: Mapped[date | None]
    status: Mapped[RosterStatus] = mapped_column(default=RosterStatus.ACTIVE)


class OrganisationSeal(Base):
    """The picture of a body's seal, a PNG written anew by ourselves; apart, for pages read bodies without it.

    The trail tells of it at the body.
    """

    __tablename__ = "organisation_seal"

    organisation_id: Mapped[int] = mapped_column(sa.ForeignKey("organisation.id"), primary_key=True)
    court_id: Mapped[CourtId]
    picture: Mapped[bytes] = mapped_column(sa.LargeBinary)


class Mediator(Stateful, Base):
    """A natural person on the court's list (特邀调解员 / 人民调解员)."""

    __tablename__ = "mediator"
    __table_args__ = (
        sa.UniqueConstraint("court_id", "certificate_no"),
        sa.CheckConstraint("consented_on IS NULL OR listed_by <> ''", name="consents_to_another_court"),
    )

    id: Mapped[Pk]
    court_id: Mapped[CourtId]
    organisation_id: Mapped[int | None] = mapped_column(sa.ForeignKey("organisation.id"), index=True)
    name: Mapped[Name]
    category: Mapped[Category]
    profession: Mapped[Name] = mapped_column(default="")
    employer: Mapped[Name] = mapped_column(default="")
    firm: Mapped[Name] = mapped_column(default="")
    languages: Mapped[list[Any]] = mapped_column(default=list)
    foreign_region: Mapped[Region] = mapped_column(default=Region.MAINLAND)
    street_id: Mapped[int | None] = mapped_column(sa.ForeignKey("street.id"), index=True)
    # R2-22 compares these with the parties and their agents; kept as keyed hashes where only equality matters.
    person_key: Mapped[Short] = mapped_column(default="", index=True)
    phone: Mapped[Short] = mapped_column(default="")
    phone_key: Mapped[Short] = mapped_column(default="")
    address: Mapped[Name] = mapped_column(default="")
    certificate_no: Mapped[Short]
    certificate_expires_on: Mapped[date]
    introduction: Mapped[Prose] = mapped_column(default="")
    max_open: Mapped[int] = mapped_column(default=30)
    # As of a body: the higher court whose list this is, and the mediator's consent to serve here.
    listed_by: Mapped[Name] = mapped_column(default="")
    consented_on: Mapped[date | None]
    status: Mapped[RosterStatus] = mapped_column(default=RosterStatus.ACTIVE)
    # For which last day of the certificate the warning has gone out.
    warned_for: Mapped[date | None]

    organisation: Mapped[Organisation | None] = relationship(lazy="select")
    strengths: Mapped[list["Strength"]] = relationship(
        back_populates="mediator", lazy="raise", cascade="all, delete-orphan", order_by="Strength.cause_code"
    )


class Strength(Base):
    """A cause (or a group of causes, by its code's beginning) the mediator is strong in."""

    __tablename__ = "strength"

    mediator_id: Mapped[int] = mapped_column(sa.ForeignKey("mediator.id"), primary_key=True)
    cause_code: Mapped[str] = mapped_column(sa.String(32), primary_key=True)

    mediator: Mapped[Mediator] = relationship(back_populates="strengths", lazy="raise")


class Leave(Audited, Base):
    """Days on which a mediator takes no dispute and no meeting; the last day is included."""

    __tablename__ = "leave"
    __table_args__ = (
        sa.CheckConstraint("from_on <= to_on", name="first_before_last"),
        sa.Index("ix_leave_days", "mediator_id", "to_on", "from_on"),
    )

    id: Mapped[Pk]
    court_id: Mapped[CourtId]
    mediator_id: Mapped[int] = mapped_column(sa.ForeignKey("mediator.id"))
    from_on: Mapped[date]
    to_on: Mapped[date]
    reason: Mapped[Name] = mapped_column(default="")


class WeeklyHours(Base):
    """Hours of a weekday (0 is Monday) at which a mediator is to be had. Who has none is there in all court hours.

    Set all at once; the trail tells of it at the mediator.
    """

    __tablename__ = "weekly_hours"
    __table_args__ = (
        sa.CheckConstraint("starts < ends", name="starts_before_ends"),
        sa.CheckConstraint("weekday BETWEEN 0 AND 6", name="day_of_week"),
        sa.UniqueConstraint("mediator_id", "weekday", "starts"),
    )

    id: Mapped[Pk]
    court_id: Mapped[CourtId]
    mediator_id: Mapped[int] = mapped_column(sa.ForeignKey("mediator.id"))
    weekday: Mapped[int]
    starts: Mapped[time]
    ends: Mapped[time]


class Training(Audited, Base):
    """Training a mediator has attended before entry or during the term (S4 art. 7)."""

    __tablename__ = "training"
    __table_args__ = (
        sa.CheckConstraint("hours BETWEEN 1 AND 200", name="hours"),
        sa.UniqueConstraint("mediator_id", "held_on", "subject"),
    )

    id: Mapped[Pk]
    court_id: Mapped[CourtId]
    mediator_id: Mapped[int] = mapped_column(sa.ForeignKey("mediator.id"))
    held_on: Mapped[date]
    hours: Mapped[int]
    subject: Mapped[Name]
    organiser: Mapped[Name] = mapped_column(default="")


class RosterRule(Audited, Base):
    """What the court asks of everybody on its list from a day on; a change is a new row, never an edit."""

    __tablename__ = "roster_rule"
    __table_args__ = (
        sa.CheckConstraint("entry_hours BETWEEN 0 AND 400 AND yearly_hours BETWEEN 0 AND 400", name="hours"),
        sa.CheckConstraint("warn_days BETWEEN 1 AND 365 AND hearing_days BETWEEN 1 AND 60", name="days"),
    )

    id: Mapped[Pk]
    court_id: Mapped[CourtId]
    valid_from: Mapped[date]
    entry_hours: Mapped[int]
    yearly_hours: Mapped[int]
    warn_days: Mapped[int]
    # How many days somebody has to answer before a sanction is decided.
    hearing_days: Mapped[int]
    source: Mapped[Name]
    set_by_id: Mapped[int]
    set_at: Mapped[datetime] = mapped_column(default=clock.now)


never_changes(RosterRule.__table__)  # type: ignore[arg-type]
