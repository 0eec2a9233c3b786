"""What a court settles about its figures: how open points are read (U16-U18), and how many people live where."""

from collections.abc import Sequence
from datetime import date

import sqlalchemy as sa

from mediation.kernel import audit, clock
from mediation.kernel.actor import Actor
from mediation.kernel.db import db, transaction
from mediation.kernel.errors import DomainError, NotPermitted
from mediation.roster.models import Street
from mediation.statistics import labels, rules
from mediation.statistics.catalogue import READINGS, Point, Reading
from mediation.statistics.models import FigureReading, Population


def settle(actor: Actor, point: Point, reading: Reading, *, valid_from: date, reason: str) -> FigureReading:
    """Read a point otherwise from a day on; figures of days before stay as they were read."""
    if not rules.may_settle(actor):
        raise NotPermitted("settle")
    if reading not in READINGS[point]:
        raise DomainError(labels.NO_ANSWER, field="reading")
    if valid_from < clock.today():
        raise DomainError(labels.READING_PAST, field="valid_from")
    with transaction():
        made = FigureReading(
            court_id=actor.court_id, point=point, reading=reading, valid_from=valid_from, reason=reason, settled_by_id=actor.id
        )  # fmt: skip
        audit.record(actor, "settle", made, point=point, reading=reading, valid_from=valid_from, reason=reason)
    return made


def tell(
    actor: Actor, *, street_id: int | None, valid_from: date, resident: int, floating: int, source: str
) -> Population:
    """How many people live in the district, or in one of its streets, from a day on."""
    if not rules.may_settle(actor):
        raise NotPermitted("settle")
    if street_id is not None and not _is_ours(actor, street_id):
        raise DomainError(labels.NO_STREET, field="street_id")
    with transaction():
        made = Population(
            court_id=actor.court_id, street_id=street_id, valid_from=valid_from, resident=resident, floating=floating,
            source=source, told_by_id=actor.id,
        )  # fmt: skip
        audit.record(actor, "tell", made, street=street_id, valid_from=valid_from, resident=resident, floating=floating)
    return made


def _is_ours(actor: Actor, street_id: int) -> bool:
    wanted = sa.exists().where(Street.id == street_id, Street.court_id == actor.court_id)
    return bool(db.session.scalar(sa.select(wanted)))


def readings(actor: Actor) -> Sequence[FigureReading]:
    """All that was settled, the newest first."""
    return db.session.scalars(
        sa.select(FigureReading).where(FigureReading.court_id == actor.court_id).order_by(FigureReading.id.desc())
    ).all()


def populations(actor: Actor) -> Sequence[tuple[Population, str | None]]:
    """All that was told, by the day from which it holds, with the street's name."""
    rows = (
        sa.select(Population, Street.name)
        .outerjoin(Street, Street.id == Population.street_id)
        .where(Population.court_id == actor.court_id)
        .order_by(Population.valid_from.desc(), Population.id.desc())
        .limit(200)
    )
    return [(row, name) for row, name in db.session.execute(rows)]


def streets(actor: Actor) -> list[tuple[int, str]]:
    """The streets and communities of the district."""
    rows = sa.select(Street.id, Street.name).where(Street.court_id == actor.court_id).order_by(Street.name, Street.id)
    return [(number, name) for number, name in db.session.execute(rows)]
