"""Special panels and the places on them."""

from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from mediation.kernel.audit import Audited
from mediation.kernel.db import Base, CourtId, Name, Pk, Prose


class Panel(Audited, Base):
    """A special panel (专业调解委员会, 专业名册): for which causes, under which conditions, by which decision."""

    __tablename__ = "panel"
    __table_args__ = (
        sa.UniqueConstraint("court_id", "name"),
        sa.CheckConstraint("entry_hours BETWEEN 0 AND 400", name="hours"),
        sa.CheckConstraint("source <> ''", name="has_source"),
        sa.CheckConstraint("closed_on IS NULL OR closed_on >= set_on", name="set_before_closed"),
    )

    id: Mapped[Pk]
    court_id: Mapped[CourtId]
    name: Mapped[Name]
    # Causes, or the beginnings of their codes.
    causes: Mapped[list[Any]]
    # The conditions of entry in words, as everybody may read them.
    conditions: Mapped[Prose] = mapped_column(default="")
    entry_hours: Mapped[int] = mapped_column(default=0)
    # Only who is strong in one of the panel's causes.
    needs_field: Mapped[bool] = mapped_column(default=False)
    # In a dispute of these causes the court designates members only; the parties still choose whom they like.
    is_binding: Mapped[bool] = mapped_column(default=False)
    source: Mapped[Name]
    set_on: Mapped[date]
    closed_on: Mapped[date | None]


class PanelPlace(Audited, Base):
    """The place of a mediator or of a body on a special panel, from a day on until it ended (S5 art. 28)."""

    __tablename__ = "panel_place"
    __table_args__ = (
        sa.Index(
            "uq_panel_place_open", "panel_id", "mediator_id", unique=True,
            sqlite_where=sa.text("left_on IS NULL"), postgresql_where=sa.text("left_on IS NULL"),
        ),
        sa.Index(
            "uq_panel_place_open_body", "panel_id", "organisation_id", unique=True,
            sqlite_where=sa.text("left_on IS NULL"), postgresql_where=sa.text("left_on IS NULL"),
        ),
        sa.CheckConstraint("left_on IS NULL OR left_on >= entered_on", name="entered_before_left"),
        sa.CheckConstraint("(mediator_id IS NULL) <> (organisation_id IS NULL)", name="one_holder"),
    )  # fmt: skip

    id: Mapped[Pk]
    court_id: Mapped[CourtId]
    panel_id: Mapped[int] = mapped_column(sa.ForeignKey("panel.id"))
    mediator_id: Mapped[int | None] = mapped_column(sa.ForeignKey("mediator.id"), index=True)
    organisation_id: Mapped[int | None] = mapped_column(sa.ForeignKey("organisation.id"), index=True)
    entered_on: Mapped[date]
    left_on: Mapped[date | None]
    left_reason: Mapped[Name] = mapped_column(default="")
