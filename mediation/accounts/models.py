"""Courts, accounts, sessions and attempts to sign in."""

from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from mediation.accounts.rules import SessionEnd, is_open
from mediation.kernel import clock
from mediation.kernel.actor import Actor, Role
from mediation.kernel.audit import Audited
from mediation.kernel.db import Base, CourtId, Name, Pk, Short


class Court(Audited, Base):
    """A court with its docking centre (诉调对接中心)."""

    __tablename__ = "court"

    id: Mapped[Pk]
    code: Mapped[str] = mapped_column(sa.String(12), unique=True)
    name: Mapped[Name]
    centre_name: Mapped[Name]
    address: Mapped[Name] = mapped_column(default="")
    phone: Mapped[Short] = mapped_column(default="")
    opened_on: Mapped[date]


class User(Audited, Base):
    """A person with an account. Mediators and organisations sign in through one too."""

    __tablename__ = "user"
    __table_args__ = (
        sa.CheckConstraint("disabled_at IS NULL OR disabled_at >= created_at", name="disabled_after_created"),
    )

    id: Mapped[Pk]
    court_id: Mapped[CourtId]
    login: Mapped[Short] = mapped_column(unique=True)
    name: Mapped[Name]
    # Recognises the same human being as judge, mediator or party (R2-20): keyed hash of the identity number.
    person_key: Mapped[Short] = mapped_column(default="", index=True)
    password_hash: Mapped[str] = mapped_column(sa.String(200))
    password_history: Mapped[list[Any]] = mapped_column(default=list)
    password_changed_at: Mapped[datetime | None]
    must_change_password: Mapped[bool] = mapped_column(default=True)
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    expires_on: Mapped[date | None]
    disabled_at: Mapped[datetime | None]
    locale: Mapped[str] = mapped_column(sa.String(12), default="zh_Hans_CN")
    large_type: Mapped[bool] = mapped_column(default=False)
    mediator_id: Mapped[int | None] = mapped_column(sa.ForeignKey("mediator.id"), unique=True)
    organisation_id: Mapped[int | None] = mapped_column(sa.ForeignKey("organisation.id"), index=True)
    roles_given_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=1)

    court: Mapped[Court] = relationship(lazy="raise")
    granted: Mapped[list["UserRole"]] = relationship(
        back_populates="user", lazy="selectin", cascade="all, delete-orphan", order_by="UserRole.role"
    )

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 SQLAlchemy's own name

    @property
    def roles(self) -> frozenset[Role]:
        """The roles granted to this account."""
        return frozenset(g.role for g in self.granted)

    def is_open(self, today: date) -> bool:
        """Neither closed nor past its last day."""
        return is_open(self.disabled_at, self.expires_on, today)

    @classmethod
    def open_on(cls, today: date) -> sa.ColumnElement[bool]:
        """The same, asked of the database."""
        return sa.and_(cls.disabled_at.is_(None), sa.or_(cls.expires_on.is_(None), cls.expires_on >= today))

    def as_actor(self) -> Actor:
        """This person as the one who acts."""
        return Actor(self.id, self.court_id, self.roles, self.name, self.mediator_id, self.organisation_id)


class UserRole(Base):
    """One role granted to one account."""

    __tablename__ = "user_role"

    user_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"), primary_key=True)
    role: Mapped[Role] = mapped_column(primary_key=True)

    user: Mapped[User] = relationship(back_populates="granted", lazy="raise")


class SignedIn(Base):
    """A session: the browser holds a random token, the table its digest. One live session an account."""

    __tablename__ = "signed_in"

    id: Mapped[Pk]
    user_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"), index=True)
    token_digest: Mapped[Short] = mapped_column(unique=True)
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    seen_at: Mapped[datetime] = mapped_column(default=clock.now)
    address: Mapped[Short]
    ended_at: Mapped[datetime | None]
    ended_by: Mapped[SessionEnd | None]


class SignInAttempt(Base):
    """An attempt to sign in, kept as keyed hashes; throttling counts these rows, in the database."""

    __tablename__ = "sign_in_attempt"
    __table_args__ = (
        sa.Index("ix_attempt_account", "account_key", "at"),
        sa.Index("ix_attempt_address", "address_key", "at"),
    )

    id: Mapped[Pk]
    at: Mapped[datetime] = mapped_column(default=clock.now)
    account_key: Mapped[Short]
    address_key: Mapped[Short]
    succeeded: Mapped[bool] = mapped_column(default=False)
    # The security administrator lifted the wait: the failure stays on record and no longer counts.
    forgiven: Mapped[bool] = mapped_column(default=False)
