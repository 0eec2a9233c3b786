"""At the doors: how long a room waits for whoever is late (R3-25)."""

import enum
from datetime import datetime, timedelta

from mediation.kernel.actor import REGISTRY, Actor


class StayObstacle(enum.StrEnum):
    """Why a room is not given free yet."""

    NOT_YET = "not_yet"
    EVERYBODY_HERE = "everybody_here"
    UNDER_WAY = "under_way"
    OVER = "over"


# The court's own measure where it has settled none.
WAIT_MINUTES = 30
HALL_LINES = 9


def may_keep_doors(actor: Actor, court_id: int) -> bool:
    """The registry sees who comes."""
    return actor.court_id == court_id and actor.has(*REGISTRY)


def against_release(
    *, starts_at: datetime, ends_at: datetime, now: datetime, wait: timedelta, missing: int, under_way: bool
) -> StayObstacle | None:
    """A room is released while somebody is still missing after the wait, and the meeting has not begun without them."""
    if now >= ends_at:
        return StayObstacle.OVER
    if under_way:
        return StayObstacle.UNDER_WAY
    if not missing:
        return StayObstacle.EVERYBODY_HERE
    return StayObstacle.NOT_YET if now < starts_at + wait else None
