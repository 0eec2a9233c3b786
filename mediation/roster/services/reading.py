"""The court's lists: who stands on them, how much each carries, what was decided about them."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import joinedload, selectinload

from mediation.kernel import clock, states
from mediation.kernel.actor import Actor
from mediation.kernel.audit import AuditEvent
from mediation.kernel.db import db
from mediation.roster import rules
from mediation.roster.models import Mediator, Organisation, Street
from mediation.roster.rules import Category, Obstacle, Reach, RosterStatus
from mediation.roster.services import availability

# Later stages own these tables. They are read by name, because the list comes before them in a dispute's life.
_ASSIGNMENT = sa.table(
    "assignment", sa.column("mediator_id"), sa.column("organisation_id"), sa.column("ended_on", sa.Date), sa.column("court_id"),
    sa.column("dispute_id"), sa.column("issued_on", sa.Date), sa.column("accepted_on", sa.Date), sa.column("status"), sa.column("id"),
)  # fmt: skip
_CO_MEDIATOR = sa.table(
    "co_mediator", sa.column("mediator_id"), sa.column("assignment_id"), sa.column("court_id"), sa.column("status"),
)  # fmt: skip
_DISPUTE = sa.table("dispute", sa.column("id"), sa.column("receipt_no"), sa.column("cause_code"))
_CAUSE = sa.table("cause", sa.column("version"), sa.column("code"), sa.column("name"))


# ---- reads --------------------------------------------------------------------------------------------------------


def get_mediator(actor: Actor, mediator_id: int) -> Mediator | None:
    """One mediator of the actor's court."""
    return db.session.scalar(_mediators(actor).where(Mediator.id == mediator_id))


def name_of(court_id: int, mediator_id: int) -> str:
    """What a mediator of the court is called; for papers that keep the name as it was."""
    mine = sa.select(Mediator.name).where(Mediator.court_id == court_id, Mediator.id == mediator_id)
    return db.session.scalar(mine) or ""


def get_organisation(actor: Actor, organisation_id: int) -> Organisation | None:
    """One organisation of the actor's court."""
    mine = sa.select(Organisation).where(Organisation.court_id == actor.court_id)
    return db.session.scalar(mine.where(Organisation.id == organisation_id))


def _mediators(actor: Actor) -> sa.Select[Mediator]:
    return (
        sa.select(Mediator)
        .where(Mediator.court_id == actor.court_id)
        .options(joinedload(Mediator.organisation), selectinload(Mediator.strengths))
    )


def list_active(actor: Actor, on: date | None = None) -> Sequence[Mediator]:
    """Who may be given a dispute as far as the list says: active, certificate not expired."""
    day = on or clock.today()
    wanted = _mediators(actor).where(Mediator.status == RosterStatus.ACTIVE, Mediator.certificate_expires_on >= day)
    return db.session.scalars(wanted.order_by(Mediator.category, Mediator.name, Mediator.id)).all()


def listed(
    actor: Actor, *, status: RosterStatus | None = None, category: Category | None = None, name: str = ""
) -> sa.Select[Mediator]:
    """The list of mediators as filtered, for its page."""
    wanted = _mediators(actor)
    if status is not None:
        wanted = wanted.where(Mediator.status == status)
    if category is not None:
        wanted = wanted.where(Mediator.category == category)
    if name:
        wanted = wanted.where(Mediator.name.contains(name, autoescape=True))
    return wanted.order_by(Mediator.category, Mediator.name, Mediator.id)


def everybody(actor: Actor) -> Sequence[Mediator]:
    """All mediators of the court who have not been removed, in the order of the list."""
    wanted = _mediators(actor).where(Mediator.status != RosterStatus.REMOVED)
    return db.session.scalars(wanted.order_by(Mediator.category, Mediator.name, Mediator.id)).all()


def members(actor: Actor, organisation: Organisation) -> Sequence[Mediator]:
    """The mediators listed under an organisation (S4 art. 6)."""
    wanted = _mediators(actor).where(Mediator.organisation_id == organisation.id)
    return db.session.scalars(wanted.order_by(Mediator.name, Mediator.id)).all()


def organisations(actor: Actor) -> Sequence[Organisation]:
    """The court's list of mediation organisations."""
    mine = sa.select(Organisation).where(Organisation.court_id == actor.court_id)
    return db.session.scalars(mine.order_by(Organisation.name, Organisation.id)).all()


def streets(actor: Actor) -> Sequence[Street]:
    """The streets of the district, each followed by its communities."""
    return db.session.scalars(_STREETS, {"court": actor.court_id}).all()


_STREETS = (
    sa.select(Street)
    .where(Street.court_id == sa.bindparam("court"))
    .order_by(
        sa.func.coalesce(Street.parent_id, Street.id), Street.parent_id.is_not(None), Street.name, Street.id
    )
)  # fmt: skip


def member_counts(actor: Actor) -> dict[int, int]:
    """How many mediators on the list each body has."""
    counted = (
        sa.select(Mediator.organisation_id, sa.func.count())
        .where(
            Mediator.court_id == actor.court_id,
            Mediator.organisation_id.is_not(None),
            Mediator.status == RosterStatus.ACTIVE,
        )
        .group_by(Mediator.organisation_id)
    )
    return {row[0]: row[1] for row in db.session.execute(counted) if row[0] is not None}


def steps_for(actor: Actor, listed: Mediator | Organisation) -> list[str]:
    """Which decisions about this place this person could take now."""
    return [name for name in states.available(rules.STEPS, actor, listed) if name not in rules.BY_TIME]


def today() -> date:
    """The day by the court's clock."""
    return clock.today()


def get_street(actor: Actor, street_id: int) -> Street | None:
    """One street or community of the actor's court."""
    mine = sa.select(Street).where(Street.court_id == actor.court_id, Street.id == street_id)
    return db.session.scalar(mine)


def open_disputes(mediator: Mediator) -> Sequence[Any]:
    """What the mediator has open, longest first: id, number, cause, since when, whether accepted."""
    of, about = _ASSIGNMENT.c, _DISPUTE.c
    rows = (
        sa.select(about.id, about.receipt_no, about.cause_code, of.issued_on, of.accepted_on)
        .join_from(_ASSIGNMENT, _DISPUTE, of.dispute_id == about.id)
        .where(of.court_id == mediator.court_id, of.mediator_id == mediator.id, of.ended_on.is_(None))
        .order_by(of.issued_on, of.id)
    )
    return db.session.execute(rows).all()


def loads(court_id: int, *, mediator_ids: Collection[int] | None = None) -> dict[int, int]:
    """Open disputes of each mediator who has any: those they preside over, and those where they mediate beside (S4 art. 13)."""
    of, beside = _ASSIGNMENT.c, _CO_MEDIATOR.c
    presiding = sa.select(of.mediator_id).where(
        of.court_id == court_id, of.ended_on.is_(None), of.mediator_id.is_not(None)
    )
    joining = (
        sa.select(beside.mediator_id)
        .join(_ASSIGNMENT, of.id == beside.assignment_id)
        .where(beside.court_id == court_id, of.ended_on.is_(None), beside.status.in_(("asked", "accepted")))
    )
    if mediator_ids is not None:
        presiding = presiding.where(of.mediator_id.in_(mediator_ids))
        joining = joining.where(beside.mediator_id.in_(mediator_ids))
    every = sa.union_all(presiding, joining).subquery()
    counted = sa.select(every.c.mediator_id, sa.func.count()).group_by(every.c.mediator_id)
    return {row[0]: row[1] for row in db.session.execute(counted)}


def assignable(
    mediator: Mediator,
    on: date,
    *,
    load: int | None = None,
    away: bool | None = None,
    dispute: Reach | None = None,
) -> list[Obstacle]:
    """What stands against giving this mediator another (or this) dispute (R2-07, R2-10).

    A list of many passes load and leave, read for all at once.
    """
    if load is None:
        load = loads(mediator.court_id, mediator_ids=[mediator.id]).get(mediator.id, 0)
    if away is None:
        away = bool(availability.away_on(mediator.court_id, [mediator.id], on))
    organisation = None
    if mediator.organisation_id is not None:
        organisation = db.session.get_one(Organisation, mediator.organisation_id)
    return rules.obstacles(mediator, on, load=load, away=away, organisation=organisation, dispute=dispute)


def cause_names(codes: Collection[str]) -> dict[str, str]:
    """What the causes are called in which mediators are strong."""
    of = _CAUSE.c
    rows = db.session.execute(sa.select(of.code, of.name).where(of.code.in_(codes)).order_by(of.version))
    return {row[0]: row[1] for row in rows}


def history(listed: Mediator | Organisation) -> Sequence[AuditEvent]:
    """What was decided about this place on the list, newest first."""
    kind = type(listed).__tablename__
    rows = sa.select(AuditEvent).where(AuditEvent.subject_type == kind, AuditEvent.subject_id == listed.id)
    return db.session.scalars(rows.order_by(AuditEvent.id.desc()).limit(50)).all()
