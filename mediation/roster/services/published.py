"""What of the lists everybody may read: who may be given a dispute today (S4 art. 8; S5 art. 5)."""

from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import joinedload, selectinload

from mediation.accounts.models import Court
from mediation.kernel import clock
from mediation.kernel.db import db
from mediation.roster.models import Mediator, Organisation, Street, Strength
from mediation.roster.rules import Language, RosterStatus
from mediation.roster.services.keeping import cause_code
from mediation.roster.services.reading import cause_names

# Kept by the special panels, which read this list.
_PLACE = sa.table(
    "panel_place", sa.column("panel_id"), sa.column("mediator_id"), sa.column("organisation_id"),
    sa.column("left_on", sa.Date),
)  # fmt: skip


@dataclass(frozen=True)
class Wanted:
    """What a reader looks for."""

    street_id: int = 0
    cause: str = ""
    language: Language | None = None
    panel_id: int = 0

    @property
    def is_narrowed(self) -> bool:
        return bool(self.street_id or self.cause or self.language or self.panel_id)


def courts() -> Sequence[Court]:
    """The courts of this installation."""
    return db.session.scalars(sa.select(Court).order_by(Court.id)).all()


def streets(court_id: int) -> Sequence[Street]:
    """The streets of the district, each followed by its communities."""
    above = sa.func.coalesce(Street.parent_id, Street.id)
    rows = sa.select(Street).where(Street.court_id == court_id)
    return db.session.scalars(rows.order_by(above, Street.parent_id.is_not(None), Street.name, Street.id)).all()


def _serving(of: type[Mediator] | type[Organisation]) -> sa.ColumnElement[bool]:
    """On the own list, or on a higher court's with the consent to serve here (S4 art. 5; S5 art. 27)."""
    return sa.or_(of.id.is_(None), of.listed_by == "", of.consented_on <= clock.today())


def _street_and_below(street_id: int) -> sa.Select[int]:
    return sa.select(Street.id).where(sa.or_(Street.id == street_id, Street.parent_id == street_id))


def mediators(court_id: int, wanted: Wanted) -> sa.Select[Mediator]:
    """Who stands on the list today with a certificate that runs, as looked for."""
    body_out = sa.and_(Mediator.organisation_id.is_not(None), Organisation.status != RosterStatus.ACTIVE)
    rows = (
        sa.select(Mediator)
        .outerjoin(Organisation, Mediator.organisation_id == Organisation.id)
        .where(
            Mediator.court_id == court_id,
            Mediator.status == RosterStatus.ACTIVE,
            Mediator.certificate_expires_on >= clock.today(),
            sa.not_(body_out),
            *(_serving(one) for one in (Mediator, Organisation)),
        )
        .options(joinedload(Mediator.organisation), selectinload(Mediator.strengths))
    )
    if wanted.street_id:
        places = _street_and_below(wanted.street_id)
        rows = rows.where(sa.or_(Mediator.street_id.in_(places), Organisation.street_id.in_(places)))
    if wanted.cause:
        rows = rows.where(Mediator.strengths.any(_covering(wanted.cause)))
    if wanted.panel_id:
        own = Mediator.id.in_(_on_panel(wanted.panel_id, "mediator_id"))
        rows = rows.where(sa.or_(own, Mediator.organisation_id.in_(_on_panel(wanted.panel_id, "organisation_id"))))
    if wanted.language is not None:
        # A list of short words is kept as JSON: the quoted word stands in it or does not.
        rows = rows.where(sa.cast(Mediator.languages, sa.String).contains(f'"{wanted.language}"', autoescape=True))
    return rows.order_by(Mediator.category, Mediator.name, Mediator.id)


def _on_panel(panel_id: int, holder: str) -> sa.Select[int]:
    """The mediators or the bodies that stand on a panel now."""
    place = _PLACE.c
    return sa.select(place[holder]).where(
        place.panel_id == panel_id, place.left_on.is_(None), place[holder].is_not(None)
    )


def _covering(cause: str) -> sa.ColumnElement[bool]:
    """The cause itself, any below it, or a group above it; a cause is given by code or name."""
    code = cause_code(cause)
    if not code:
        return sa.false()
    parts = code.split(".")
    above = [".".join(parts[:n]) for n in range(1, len(parts) + 1)]
    return sa.or_(Strength.cause_code.in_(above), Strength.cause_code.startswith(f"{code}.", autoescape=True))


def bodies(court_id: int, wanted: Wanted) -> Sequence[Organisation]:
    """The bodies on the list, for the street and the panel looked for."""
    rows = sa.select(Organisation).where(Organisation.court_id == court_id, Organisation.status == RosterStatus.ACTIVE)
    rows = rows.where(_serving(Organisation))
    if wanted.street_id:
        rows = rows.where(Organisation.street_id.in_(_street_and_below(wanted.street_id)))
    if wanted.panel_id:
        rows = rows.where(Organisation.id.in_(_on_panel(wanted.panel_id, "organisation_id")))
    return db.session.scalars(rows.order_by(Organisation.name, Organisation.id)).all()


def causes(court_id: int) -> list[tuple[str, str]]:
    """In which causes somebody of the court is strong: code and name."""
    rows = (
        sa.select(Strength.cause_code)
        .join(Mediator, Strength.mediator_id == Mediator.id)
        .where(Mediator.court_id == court_id, Mediator.status == RosterStatus.ACTIVE)
        .distinct()
    )
    names = cause_names(set(db.session.scalars(rows)))
    return sorted(names.items(), key=lambda one: one[1])
