"""What preservation may go through: applied for, ordered within 48 hours, taken, renewed, lifted (CPL arts 103-108)."""

import enum
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from mediation.kernel.actor import COURT, REGISTRY, TRIAL, Actor, Role
from mediation.kernel.states import Step
from mediation.periods.table import PeriodKey

ARTICLE = "CPL arts 103, 104"


class Object(enum.StrEnum):
    """What is preserved; the law sets how long each may be held (S2 art. 485)."""

    DEPOSIT = "deposit"
    MOVABLE = "movable"
    OTHER_RIGHT = "other_right"
    CONDUCT = "conduct"


# S2 arts 156, 485: one, two and three years; an order to do or not to do something has no such term.
TERM = {
    Object.DEPOSIT: PeriodKey.PRESERVE_DEPOSIT,
    Object.MOVABLE: PeriodKey.PRESERVE_MOVABLE,
    Object.OTHER_RIGHT: PeriodKey.PRESERVE_OTHER,
}


class Status(enum.StrEnum):
    """Where it stands."""

    APPLIED = "applied"
    ORDERED = "ordered"
    TAKEN = "taken"
    DISMISSED = "dismissed"
    WITHDRAWN = "withdrawn"
    LIFTED = "lifted"


class Sued(enum.StrEnum):
    """Where the suit was brought, or the arbitration applied for (CPL art. 104; S2 art. 160)."""

    HERE = "here"
    OTHER_COURT = "other_court"
    ARBITRATION = "arbitration"


class LiftReason(enum.StrEnum):
    """Why it is lifted (CPL arts 104, 107; S2 art. 166)."""

    NOT_SUED = "not_sued"
    SECURITY = "security"
    WITHDRAWN = "withdrawn"
    MISTAKEN = "mistaken"
    CLAIM_DISMISSED = "claim_dismissed"
    OTHER = "other"


class Obstacle(enum.StrEnum):
    """Why it cannot be done like this."""

    NO_SECURITY = "no_security"
    SAME_PARTY = "same_party"
    IN_THE_FUTURE = "in_the_future"
    BEFORE = "before"
    NO_REASON = "no_reason"
    IN_SUIT = "in_suit"
    TOO_LATE = "too_late"
    STILL_TIME = "still_time"
    NO_TERM = "no_term"


OBSTACLE_ARTICLE = {
    Obstacle.NO_SECURITY: "CPL art. 104; S2 art. 152",
    Obstacle.SAME_PARTY: "CPL art. 104",
    Obstacle.IN_THE_FUTURE: "CPL art. 104",
    Obstacle.BEFORE: "CPL art. 104",
    Obstacle.NO_REASON: "CPL art. 104",
    Obstacle.IN_SUIT: "CPL art. 103",
    Obstacle.TOO_LATE: "CPL art. 104",
    Obstacle.STILL_TIME: "CPL art. 104",
    Obstacle.NO_TERM: "S2 art. 485",
}


class Owned(Protocol):
    """What the permissions read."""

    @property
    def court_id(self) -> int: ...


class Judged(Owned, Protocol):
    """And of a preservation, with the judge to whom the case is assigned."""

    @property
    def judge_id(self) -> int | None: ...


def may_see(actor: Actor, found: Owned) -> bool:
    """The court's own people; others learn of it when it has been taken, for then the other side is told (CPL art. 106)."""
    return actor.court_id == found.court_id and actor.has(*COURT)


def may_record(actor: Actor, found: Owned) -> bool:
    """The registry and the judges of the centre."""
    return actor.court_id == found.court_id and actor.has(*REGISTRY, Role.GUIDING_JUDGE, Role.FAST_TRACK_JUDGE)


def may_rule(actor: Actor, found: Judged) -> bool:
    """A ruling is a judge's (CPL art. 157(1)(4)); once a bench tries the case, that bench's, by its presiding judge (CPL arts 40, 44)."""
    own = found.judge_id is None or found.judge_id == actor.id
    return actor.court_id == found.court_id and actor.has(*TRIAL) and own


S = Status
STEPS: tuple[Step, ...] = (
    Step("order", {S.APPLIED}, S.ORDERED, may_rule, "R3-60", "CPL arts 103, 104"),
    Step("dismiss", {S.APPLIED}, S.DISMISSED, may_rule, "R3-60", "CPL arts 103, 104"),
    Step("withdraw", {S.APPLIED, S.ORDERED}, S.WITHDRAWN, may_record, "R3-60", "S2 art. 166"),
    Step("take", {S.ORDERED}, S.TAKEN, may_record, "R3-60", "CPL arts 104, 106"),
    Step("lift", {S.TAKEN}, S.LIFTED, may_rule, "R3-60", "CPL arts 104, 107; S2 art. 166"),
)
OPEN = frozenset({S.APPLIED, S.ORDERED, S.TAKEN})


@dataclass(frozen=True)
class Running:
    """How the thirty days stand: their last day, and whether a suit has been brought."""

    in_suit: bool
    sued: bool
    last_day: date | None
    today: date

    @property
    def is_over(self) -> bool:
        return self.last_day is not None and self.today > self.last_day


def suing_obstacle(running: Running, on: date, taken_on: date) -> Obstacle | None:
    """Only a suit within the thirty days keeps the measure (CPL art. 104)."""
    if running.in_suit or running.sued:
        return Obstacle.IN_SUIT
    if on > running.today:
        return Obstacle.IN_THE_FUTURE
    if on < taken_on:
        return Obstacle.BEFORE
    return Obstacle.TOO_LATE if running.last_day is not None and on > running.last_day else None


def lifting_obstacle(running: Running, reason: LiftReason, on: date, taken_on: date) -> Obstacle | None:
    """For want of a suit it is lifted only when the thirty days are over without one."""
    if on > running.today:
        return Obstacle.IN_THE_FUTURE
    if on < taken_on:
        return Obstacle.BEFORE
    if reason is not LiftReason.NOT_SUED:
        return None
    if running.in_suit or running.sued:
        return Obstacle.IN_SUIT
    return None if running.is_over else Obstacle.STILL_TIME
