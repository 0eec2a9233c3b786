"""The levers of a court: which hold on a day, what they were, and changing them with a reason."""

from collections.abc import Sequence
from dataclasses import fields
from datetime import date

import sqlalchemy as sa

from mediation.accounts.models import User
from mediation.assignment import labels, rules
from mediation.assignment.choice import Levers
from mediation.assignment.models import LeverSet
from mediation.assignment.rules import Obstacle
from mediation.assignment.services.checking import refuse
from mediation.kernel import audit, clock
from mediation.kernel.actor import Actor
from mediation.kernel.db import db, transaction
from mediation.kernel.errors import NotPermitted, Stale

SHIPPED = Levers()
NAMES = tuple(field.name for field in fields(Levers))


def of(kept: LeverSet) -> Levers:
    """The weights of one version."""
    return Levers(**{name: getattr(kept, name) for name in NAMES})


def on(court_id: int, day: date) -> tuple[int, Levers]:
    """The version that holds on a day, with its weights: the latest decision that is valid then; 0 before any."""
    return _numbered(_last(court_id, LeverSet.valid_from <= day))


def history(actor: Actor) -> Sequence[LeverSet]:
    """Every version of the court, the latest first."""
    rows = sa.select(LeverSet).where(LeverSet.court_id == actor.court_id)
    return db.session.scalars(rows.order_by(LeverSet.number.desc())).all()


def latest(actor: Actor) -> tuple[int, Levers]:
    """The last decision, also one that holds only later; 0 before any."""
    return _numbered(_last(actor.court_id))


def _last(court_id: int, *also: sa.ColumnElement[bool]) -> LeverSet | None:
    wanted = sa.select(LeverSet).where(LeverSet.court_id == court_id, *also)
    return db.session.scalar(wanted.order_by(LeverSet.number.desc()).limit(1))


def _numbered(found: LeverSet | None) -> tuple[int, Levers]:
    return (found.number, of(found)) if found else (0, SHIPPED)


def set_levers(actor: Actor, weights: Levers, *, valid_from: date, reason: str, seen: int | None = None) -> LeverSet:
    """The president decides how much each part weighs, from today or a later day on, with the reason in the trail.

    `seen` is the version on which the decision was made: Stale when another was made since.
    """
    if not rules.may_set_levers(actor):
        raise NotPermitted("set_levers", article=rules.OBSTACLE_ARTICLE[Obstacle.LEVERS_SAME])
    if not reason.strip():
        raise refuse(Obstacle.NO_REASON, field="reason")
    if valid_from < clock.today():
        raise refuse(Obstacle.LEVERS_IN_PAST, field="valid_from")
    if not weights.parts:
        raise refuse(Obstacle.LEVERS_NOTHING)
    planned = _last(actor.court_id)
    number, before = _numbered(planned)
    if seen is not None and seen != number:
        raise Stale(labels.LEVERS_STALE)
    if weights == before and (planned is None or planned.valid_from <= valid_from):
        raise refuse(Obstacle.LEVERS_SAME)
    with transaction():
        made = LeverSet(
            court_id=actor.court_id,
            number=number + 1,
            valid_from=valid_from,
            reason=reason.strip(),
            set_by_id=actor.id,
            **{name: getattr(weights, name) for name in NAMES},
        )
        changed = {
            name: [getattr(before, name), getattr(weights, name)]
            for name in NAMES
            if getattr(before, name) != getattr(weights, name)
        }
        audit.record(actor, "set", made, number=made.number, valid_from=valid_from, reason=made.reason, changed=changed)
    return made


def setters(made: Sequence[LeverSet]) -> dict[int, str]:
    """Who set each version, by account."""
    wanted = sa.select(User.id, User.name).where(User.id.in_({one.set_by_id for one in made}))
    return {row[0]: row[1] for row in db.session.execute(wanted)}
