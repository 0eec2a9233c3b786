"""When somebody is fined for late evidence, how much, and until when the decision may be reconsidered (CPL arts 68, 118, 119; S2 arts 102, 184-186)."""

import enum
from dataclasses import dataclass
from datetime import date

from mediation.disputes.rules import PartyKind
from mediation.kernel.actor import Actor, Role
from mediation.kernel.states import Step
from mediation.litigation import rules as register

FINE, APPROVAL, REVIEW = "CPL arts 68, 118; S2 art. 102", "CPL art. 119", "CPL art. 119; S2 art. 185"
YUAN = 100
# CPL art. 118: of a person up to a hundred thousand, of an organisation fifty thousand to a million.
BOUNDS = {
    PartyKind.NATURAL: (1, 100_000 * YUAN),
    PartyKind.ORGANISATION: (50_000 * YUAN, 1_000_000 * YUAN),
}


class FineStatus(enum.StrEnum):
    """How far a fine has come."""

    PROPOSED = "proposed"
    ORDERED = "ordered"
    NOT_APPROVED = "not_approved"
    DROPPED = "dropped"


class Review(enum.StrEnum):
    """What the court above makes of it (S2 art. 186)."""

    UPHELD = "upheld"
    CHANGED = "changed"
    REVOKED = "revoked"


class Obstacle(enum.StrEnum):
    """Why it cannot be done like this."""

    CLOSED = "closed"
    NOT_FINED = "not_fined"
    ALREADY = "already"
    OUT_OF_BOUNDS = "out_of_bounds"
    NO_REASON = "no_reason"
    NOT_THAT_DAY = "not_that_day"
    NOT_SERVED = "not_served"
    SERVED = "served"
    TOO_LATE = "too_late"
    ASKED = "asked"
    NOT_ASKED = "not_asked"
    NO_PAPER = "no_paper"


OBSTACLE_ARTICLE = {
    Obstacle.CLOSED: FINE,
    Obstacle.NOT_FINED: "S2 art. 102",
    Obstacle.ALREADY: "S2 art. 184",
    Obstacle.OUT_OF_BOUNDS: "CPL art. 118",
    Obstacle.NO_REASON: "S2 art. 193; S37 art. 59",
    Obstacle.NOT_THAT_DAY: REVIEW,
    Obstacle.NOT_SERVED: REVIEW,
    Obstacle.SERVED: REVIEW,
    Obstacle.TOO_LATE: "S2 art. 185",
    Obstacle.ASKED: APPROVAL,
    Obstacle.NOT_ASKED: "S2 art. 186",
    Obstacle.NO_PAPER: "S2 art. 186",
}
FIELD = {
    Obstacle.OUT_OF_BOUNDS: "amount",
    Obstacle.NO_REASON: "reason",
    Obstacle.NOT_THAT_DAY: "on",
    Obstacle.TOO_LATE: "on",
    Obstacle.NO_PAPER: "number",
}


def may_approve(actor: Actor, fine: register.Facts) -> bool:
    """The president of the court, and nobody for the president (CPL art. 119)."""
    return actor.court_id == fine.court_id and actor.has(Role.PRESIDENT)


S = FineStatus
STEPS: tuple[Step, ...] = (
    Step("approve", {S.PROPOSED}, S.ORDERED, may_approve, "R4-16", APPROVAL),
    Step("refuse", {S.PROPOSED}, S.NOT_APPROVED, may_approve, "R4-16", APPROVAL),
    Step("drop", {S.PROPOSED}, S.DROPPED, register.may_entrust, "R4-16", FINE),
)


def within(kind: PartyKind, amount_fen: int) -> bool:
    """Whether the law allows a fine of this amount."""
    least, most = BOUNDS[kind]
    return least <= amount_fen <= most


def proposing(
    *, is_open: bool, fined: bool, already: bool, kind: PartyKind, amount_fen: int, reason: str
) -> list[Obstacle]:
    """Only where the law lays a fine down, once for one act, within its bounds and with the reason for the amount (S2 art. 193)."""
    if not is_open:
        return [Obstacle.CLOSED]
    found = {
        Obstacle.NOT_FINED: not fined,
        Obstacle.ALREADY: already,
        Obstacle.OUT_OF_BOUNDS: not within(kind, amount_fen),
        Obstacle.NO_REASON: not reason.strip(),
    }
    return [obstacle for obstacle, stands in found.items() if stands]


@dataclass(frozen=True)
class Decided:
    """A fine that was ordered, as far as it has come."""

    ordered_on: date | None
    today: date
    served_on: date | None = None
    until: date | None = None
    asked_on: date | None = None
    reviewed: bool = False


def serving(fine: Decided, on: date) -> list[Obstacle]:
    """The decision reaches whoever was fined, once; from it the three days run (S2 art. 185)."""
    if fine.ordered_on is None:
        return [Obstacle.NOT_SERVED]
    if fine.served_on is not None:
        return [Obstacle.SERVED]
    return [] if fine.ordered_on <= on <= fine.today else [Obstacle.NOT_THAT_DAY]


def asking(fine: Decided, on: date) -> list[Obstacle]:
    """Reconsideration is applied for once, in three days from the receipt, to the court above (CPL art. 119; S2 art. 185)."""
    if fine.served_on is None:
        return [Obstacle.NOT_SERVED]
    if fine.asked_on is not None:
        return [Obstacle.ASKED]
    if not fine.served_on <= on <= fine.today:
        return [Obstacle.NOT_THAT_DAY]
    return [Obstacle.TOO_LATE] if fine.until is not None and on > fine.until else []


def answering(
    fine: Decided, on: date, *, review: Review, kind: PartyKind, amount_fen: int, number: str
) -> list[Obstacle]:
    """The court above upholds, changes or revokes it, on paper; another amount keeps the law's bounds (S2 art. 186)."""
    if fine.asked_on is None or fine.reviewed:
        return [Obstacle.NOT_ASKED]
    found = {
        Obstacle.NO_PAPER: not number.strip(),
        Obstacle.NOT_THAT_DAY: not fine.asked_on <= on <= fine.today,
        Obstacle.OUT_OF_BOUNDS: review is Review.CHANGED and not within(kind, amount_fen),
    }
    return [obstacle for obstacle, stands in found.items() if stands]
