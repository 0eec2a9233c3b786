"""Machine of a supervision order, and what calls for one. It presses for progress; it never decides how a dispute ends."""

import enum
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from mediation.assignment.rules import Status as Mediating
from mediation.disputes.rules import Status as Disputed
from mediation.kernel.actor import COURT, Actor, Role
from mediation.kernel.states import Step

# S4 art. 3: the court guides the work of those on its lists and manages the course of the cases it hands to them.
ARTICLE = "S4 art. 3"
LEADERS = frozenset({Role.TRIAGE, Role.PRESIDENT})
# DOMAIN 8.1: working days without acceptance, and without any step; days before the last one.
UNACCEPTED, STILL, NEAR = 1, 5, 3
# Days an answer is given at first, and at most.
USUAL_DAYS, MOST_DAYS = 2, 30


class Level(enum.StrEnum):
    """How urgently: 提醒、督办、重点督办; the last is the president's."""

    REMINDER = "reminder"
    SUPERVISION = "supervision"
    KEY = "key"


class OrderStatus(enum.StrEnum):
    """Where an order stands."""

    OPEN = "open"
    REPLIED = "replied"
    CLOSED = "closed"


class Trigger(enum.StrEnum):
    """Why a dispute stands on the list (DOMAIN 8.1), the most urgent first."""

    LATE = "late"
    UNACCEPTED = "unaccepted"
    STILL = "still"
    NEAR = "near"


class Obstacle(enum.StrEnum):
    """Why an order cannot be issued or raised."""

    OVER = "over"
    OPEN_ALREADY = "open_already"
    NOBODY = "nobody"
    PRESIDENT_ONLY = "president_only"
    DUE_PAST = "due_past"
    DUE_FAR = "due_far"
    NOT_HIGHER = "not_higher"


# The mediating stage alone: nobody presses a judge who tries a case.
SUPERVISED = frozenset(Disputed) - {Disputed.FILED, Disputed.CLOSED, Disputed.RETURNED}


def may_lead(actor: Actor, order: Any) -> bool:
    """Who presses: triage and the president of this court."""
    return bool(order.court_id == actor.court_id and actor.roles & LEADERS)


def may_reply(actor: Actor, order: Any) -> bool:
    """Who answers: whom it is addressed to."""
    return bool(order.court_id == actor.court_id and actor.id == order.addressee_id)


def may_see(actor: Actor, order: Any) -> bool:
    """The court's own people, and whom it is addressed to."""
    return bool(order.court_id == actor.court_id and (actor.roles & COURT or actor.id == order.addressee_id))


STEPS = (
    Step("reply", {OrderStatus.OPEN, OrderStatus.REPLIED}, OrderStatus.REPLIED, may_reply, "8.1", ARTICLE),
    Step("ask_again", {OrderStatus.REPLIED}, OrderStatus.OPEN, may_lead, "8.1", ARTICLE),
    Step("raise", {OrderStatus.OPEN, OrderStatus.REPLIED}, OrderStatus.OPEN, may_lead, "8.1", ARTICLE),
    Step("close", {OrderStatus.OPEN, OrderStatus.REPLIED}, OrderStatus.CLOSED, may_lead, "8.1", ARTICLE),
)


@dataclass(frozen=True)
class Wanted:
    """What an order would be issued upon."""

    status: Disputed
    level: Level
    roles: frozenset[Role]
    due_on: date
    today: date
    open_already: bool
    addressees: int


def obstacles(wanted: Wanted) -> list[Obstacle]:
    """What stands against issuing an order, the weightiest first."""
    found = []
    if wanted.status not in SUPERVISED:
        found.append(Obstacle.OVER)
    if wanted.open_already:
        found.append(Obstacle.OPEN_ALREADY)
    if not wanted.addressees:
        found.append(Obstacle.NOBODY)
    return found + level_obstacles(wanted.level, wanted.roles) + due_obstacles(wanted.due_on, wanted.today)


def level_obstacles(level: Level, roles: frozenset[Role]) -> list[Obstacle]:
    """Only the president makes it a matter of the leadership."""
    return [Obstacle.PRESIDENT_ONLY] if level is Level.KEY and Role.PRESIDENT not in roles else []


def due_obstacles(due_on: date, today: date) -> list[Obstacle]:
    """The day of the answer lies ahead, within a month."""
    if due_on < today:
        return [Obstacle.DUE_PAST]
    return [Obstacle.DUE_FAR] if due_on > today + timedelta(days=MOST_DAYS) else []


def higher(level: Level) -> Sequence[Level]:
    """The levels above this one."""
    order = list(Level)
    return order[order.index(level) + 1 :]


@dataclass(frozen=True)
class Standing:
    """How a mediation stands today; working days are counted to today."""

    status: Mediating
    days_since_issue: int
    days_since_step: int
    last_on: date | None
    today: date


RUNNING = frozenset({
    Mediating.ISSUED, Mediating.ACCEPTED, Mediating.SCHEDULED, Mediating.IN_SESSION, Mediating.SUSPENDED,
})  # fmt: skip


def trigger(now: Standing) -> Trigger | None:
    """Why somebody should press for it, the most urgent reason; None where all is in order.

    A mediation that is suspended does not stand still by anybody's neglect.
    """
    if now.status not in RUNNING:
        return None
    if now.status is Mediating.ISSUED:  # its days begin with the acceptance
        return Trigger.UNACCEPTED if now.days_since_issue > UNACCEPTED else None
    if now.last_on is not None and now.last_on < now.today:
        return Trigger.LATE
    if now.status is not Mediating.SUSPENDED and now.days_since_step > STILL:
        return Trigger.STILL
    if now.last_on is not None and now.last_on <= now.today + timedelta(days=NEAR):
        return Trigger.NEAR
    return None
