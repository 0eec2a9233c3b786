"""More time to try a case: its judge asks with reasons, the president decides (CPL arts 152, 164, 168; S2 art. 258)."""

import enum
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from mediation.kernel.actor import COURT, Actor, Role
from mediation.kernel.states import Step
from mediation.litigation import rules as register

ARTICLE = "CPL arts 152, 164, 168"
# The court that tries the case asks for time; before it is under trial nobody tries it.
ON_TRIAL = frozenset({register.Status.FAST_TRACK, register.Status.ORDINARY})


class RequestStatus(enum.StrEnum):
    """Where an application for more time stands."""

    ASKED = "asked"
    GRANTED = "granted"
    REFUSED = "refused"
    DROPPED = "dropped"


class HigherStatus(enum.StrEnum):
    """Where a request to the higher court stands."""

    ASKED = "asked"
    APPROVED = "approved"
    REFUSED = "refused"
    DROPPED = "dropped"
    NOTED = "noted"


class Obstacle(enum.StrEnum):
    """Why more time cannot be asked for, or not be granted."""

    NO_LIMIT = "no_limit"
    PENDING = "pending"
    USED_UP = "used_up"
    TOO_LONG = "too_long"
    OVER = "over"
    IN_THE_PAST = "in_the_past"
    NO_REASON = "no_reason"
    NOT_ORDINARY = "not_ordinary"
    PRESIDENT_FIRST = "president_first"
    NO_PAPER = "no_paper"
    NOT_THAT_DAY = "not_that_day"
    TOO_LATE = "too_late"
    NOT_LATER = "not_later"
    ABOVE_PENDING = "above_pending"
    ASKED_ON = "asked_on"
    ASKED_LATE = "asked_late"
    BEFORE_ASKED = "before_asked"


# Which field of the form an obstacle is about.
FIELD = {Obstacle.TOO_LONG: "months", Obstacle.IN_THE_PAST: "months", Obstacle.NO_REASON: "reason"} | {
    Obstacle.NO_PAPER: "number",
    Obstacle.NOT_THAT_DAY: "approved_on",
    Obstacle.TOO_LATE: "approved_on",
    Obstacle.NOT_LATER: "until",
    Obstacle.ASKED_ON: "asked_on",
    Obstacle.ASKED_LATE: "asked_on",
    Obstacle.BEFORE_ASKED: "approved_on",
}


class Asked(Protocol):
    """What the permissions read of an application."""

    @property
    def court_id(self) -> int: ...
    @property
    def requested_by_id(self) -> int: ...


def may_decide(actor: Actor, asked: Asked) -> bool:
    """The president of the court, and never on the own application (CPL arts 152, 164, 168)."""
    own = actor.id == asked.requested_by_id
    return actor.court_id == asked.court_id and actor.has(Role.PRESIDENT) and not own


def may_drop(actor: Actor, asked: Asked) -> bool:
    """Falls away with the step that ends the limit: whoever of the court may take that step."""
    return actor.court_id == asked.court_id and actor.has(*COURT)


R = RequestStatus
STEPS: tuple[Step, ...] = (
    Step("grant", {R.ASKED}, R.GRANTED, may_decide, "R3-48", ARTICLE),
    Step("refuse", {R.ASKED}, R.REFUSED, may_decide, "R3-48", ARTICLE),
    Step("drop", {R.ASKED}, R.DROPPED, may_drop, "R3-48", "S2 arts 243, 258"),
)


@dataclass(frozen=True)
class Wish:
    """What decides whether a limit may be lengthened by so many months."""

    months: int
    # Months the law still allows this court's president; and whether also when the limit has run out (S2 art. 258).
    left: int
    after_expiry: bool
    final_on: date | None
    would_end: date | None
    today: date
    reason: str = ""
    pending: bool = False


def obstacles(wish: Wish) -> list[Obstacle]:
    """Everything that stands in the way of an application, the gravest first."""
    if wish.final_on is None:
        return [Obstacle.NO_LIMIT]
    found = [Obstacle.PENDING] if wish.pending else []
    found += in_the_way(wish)
    return found if wish.reason.strip() else [*found, Obstacle.NO_REASON]


def in_the_way(wish: Wish) -> list[Obstacle]:
    """What keeps the limit itself from being lengthened, also when the president decides."""
    if wish.final_on is None:
        return [Obstacle.NO_LIMIT]
    found = []
    if wish.today > wish.final_on and not wish.after_expiry:
        found.append(Obstacle.OVER)
    if wish.left < 1:
        found.append(Obstacle.USED_UP)
    elif not 1 <= wish.months <= wish.left:
        found.append(Obstacle.TOO_LONG)
    elif wish.would_end is not None and wish.would_end < wish.today:
        found.append(Obstacle.IN_THE_PAST)
    return found


# --- what a higher court approves -----------------------------------------------------------------------------------

# Only the ordinary procedure knows it; the other limits end, and the case is converted before (CPL arts 152, 170).
ABOVE = "CPL art. 152"


def may_record_approval(actor: Actor, case: register.Facts) -> bool:
    """The paper of the higher court reaches the registry or the judge of the case."""
    return register.may_register(actor, case) or register.may_judge(actor, case)


@dataclass(frozen=True)
class Approval:
    """A higher court's approval of still more time, and the limit it lengthens."""

    ordinary: bool
    # Months this court's own president could still approve.
    left: int
    filed_on: date
    final_on: date | None
    today: date
    number: str
    authority: str
    approved_on: date
    until: date
    # When the request that waits for this answer was sent, if one waits.
    asked_on: date | None = None


def approval_obstacles(approval: Approval) -> list[Obstacle]:
    """Everything that stands in the way of recording it: it must have been given before the limit ended."""
    if approval.final_on is None:
        return [Obstacle.NO_LIMIT]
    found = {
        Obstacle.NOT_ORDINARY: not approval.ordinary,
        Obstacle.PRESIDENT_FIRST: approval.left > 0,
        Obstacle.NO_PAPER: not (approval.number.strip() and approval.authority.strip()),
        Obstacle.NOT_THAT_DAY: not approval.filed_on <= approval.approved_on <= approval.today,
        Obstacle.TOO_LATE: approval.final_on < approval.approved_on <= approval.today,
        Obstacle.NOT_LATER: approval.until <= approval.final_on,
        Obstacle.BEFORE_ASKED: approval.asked_on is not None and approval.approved_on < approval.asked_on,
    }
    return [obstacle for obstacle, stands in found.items() if stands]


class AskedAbove(Protocol):
    """What the permissions read of a request to the higher court."""

    @property
    def court_id(self) -> int: ...


def may_note_answer(actor: Actor, asked: AskedAbove) -> bool:
    """Whoever of the court the paper reaches; that it is the case's own judge is seen at the case."""
    return actor.court_id == asked.court_id and actor.has(*COURT)


H = HigherStatus
# Nothing in the law stops the limit while the higher court considers; it runs on (CPL art. 152; S2 art. 243).
HIGHER_STEPS: tuple[Step, ...] = (
    Step("approve", {H.ASKED}, H.APPROVED, may_note_answer, "R3-48", ABOVE),
    Step("refuse", {H.ASKED}, H.REFUSED, may_note_answer, "R3-48", ABOVE),
    Step("drop", {H.ASKED}, H.DROPPED, may_note_answer, "R3-48", ABOVE),
    # More time is approved for a case that is tried; where its limit has ended, the paper is kept and changes nothing.
    Step("note", {H.DROPPED}, H.NOTED, may_note_answer, "R3-48", ABOVE),
)


@dataclass(frozen=True)
class Request:
    """What this court sends to the higher court, and the limit it is about."""

    ordinary: bool
    left: int
    filed_on: date
    final_on: date | None
    today: date
    number: str
    authority: str
    asked_on: date
    reason: str
    pending: bool


def request_obstacles(request: Request) -> list[Obstacle]:
    """Everything that stands in the way of asking: the president comes first, and the limit must still run."""
    if request.final_on is None:
        return [Obstacle.NO_LIMIT]
    found = {
        Obstacle.NOT_ORDINARY: not request.ordinary,
        Obstacle.PRESIDENT_FIRST: request.left > 0,
        Obstacle.ABOVE_PENDING: request.pending,
        Obstacle.NO_PAPER: not (request.number.strip() and request.authority.strip()),
        Obstacle.ASKED_ON: not request.filed_on <= request.asked_on <= request.today,
        Obstacle.ASKED_LATE: request.final_on < request.asked_on <= request.today,
        Obstacle.NO_REASON: not request.reason.strip(),
    }
    return [obstacle for obstacle, stands in found.items() if stands]


def answer_obstacles(*, number: str, asked_on: date, answered_on: date, today: date) -> list[Obstacle]:
    """A refusal comes on paper, on or after the day of asking and not later than today."""
    found = [] if number.strip() else [Obstacle.NO_PAPER]
    return found if asked_on <= answered_on <= today else [*found, Obstacle.BEFORE_ASKED]
