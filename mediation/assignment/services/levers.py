"""The levers of a court: which hold on a day, what they were, and changing them with a reason."""

from collections.abc import Sequence
from dataclasses import fields
from datetime import date

import sqlalchemy as sa

from mediation.assignment import rules
from mediation.assignment.choice import Levers
from mediation.assignment.models import LeverSet
from mediation.assignment.rules import Obstacle
from mediation.assignment.services.checking import refuse
from mediation.kernel import audit, clock
from mediation.kernel.actor import Actor
from mediation.kernel.db import db, transaction
from mediation.kernel.errors import NotPermitted

SHIPPED = Levers()
NAMES = tuple(field.name for field in fields(Levers))


def of(kept: LeverSet) -> Levers:
    """The weights of one version."""
    return Levers(**{name: getattr(kept, name) for name in NAMES})


def on(court_id: int, day: date) -> tuple[int, Levers]:
    """The version that holds on a day, with its weights: the latest decision that is valid then; 0 before any."""
    wanted = sa.select(LeverSet).where(LeverSet.court_id == court_id, LeverSet.valid_from <= day)
    found = db.session.scalar(wanted.order_by(LeverSet.number.desc()).limit(1))
    return (found.number, of(found)) if found else (0, SHIPPED)


def history(actor: Actor) -> Sequence[LeverSet]:
    """Every version of the court, the latest first."""
    rows = sa.select(LeverSet).where(LeverSet.court_id == actor.court_id)
    return db.session.scalars(rows.order_by(LeverSet.number.desc())).all()


def set_levers(actor: Actor, weights: Levers, *, valid_from: date, reason: str) -> LeverSet:
    """The president decides how much each part weighs, from today or a later day on, with the reason in the trail."""
    if not rules.may_set_levers(actor):
        raise NotPermitted("set_levers", article=rules.OBSTACLE_ARTICLE[Obstacle.LEVERS_SAME])
    if not reason.strip():
        raise refuse(Obstacle.NO_REASON, field="reason")
    if valid_from < clock.today():
        raise refuse(Obstacle.LEVERS_IN_PAST, field="valid_from")
    if not weights.parts:
        raise refuse(Obstacle.LEVERS_NOTHING)
    latest = next(iter(history(actor)), None)
    if weights == (of(latest) if latest else SHIPPED) and (latest is None or latest.valid_from <= valid_from):
        raise refuse(Obstacle.LEVERS_SAME)
    with transaction():
        made = LeverSet(
            court_id=actor.court_id,
            number=latest.number + 1 if latest else 1,
            valid_from=valid_from,
            reason=reason.strip(),
            set_by_id=actor.id,
            **{name: getattr(weights, name) for name in NAMES},
        )
        before = of(latest) if latest else SHIPPED
        changed = {
            name: [getattr(before, name), getattr(weights, name)]
            for name in NAMES
            if getattr(before, name) != getattr(weights, name)
        }
        audit.record(actor, "set", made, number=made.number, valid_from=valid_from, reason=made.reason, changed=changed)
    return made
