"""Objections to the small claims and the summary procedure (CPL arts 169, 170; S2 arts 269, 279): what they need, who decides."""

import enum
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from mediation.kernel.actor import COURT, Actor
from mediation.kernel.states import Step
from mediation.litigation import rules as register
from mediation.litigation.rules import SUMMARY, Procedure


class ObjectionStatus(enum.StrEnum):
    """Where a party's objection to the procedure stands."""

    RAISED = "raised"
    UPHELD = "upheld"
    REJECTED = "rejected"
    DROPPED = "dropped"


class Answer(enum.StrEnum):
    """What the judge answers: tried by the other rules of the summary procedure, by the ordinary one, or as before."""

    SUMMARY = "summary"
    ORDINARY = "ordinary"
    REJECT = "reject"


class Obstacle(enum.StrEnum):
    """Why an objection cannot be raised, or not be answered so."""

    NOT_SHORT = "not_short"
    HEARD = "heard"
    PENDING = "pending"
    NOT_A_PARTY = "not_a_party"
    NOT_THAT_DAY = "not_that_day"
    NO_REASON = "no_reason"
    NOT_SMALL = "not_small"


OBSTACLE_ARTICLE = {
    Obstacle.NOT_SHORT: "CPL arts 169, 170",
    Obstacle.HEARD: "S2 art. 279",
    Obstacle.PENDING: "S2 arts 269, 279",
    Obstacle.NOT_A_PARTY: "CPL art. 169; S2 art. 269",
    Obstacle.NOT_THAT_DAY: "S2 arts 269, 279",
    Obstacle.NO_REASON: "CPL art. 169; S2 art. 269",
    Obstacle.NOT_SMALL: "CPL art. 169",
}
FIELD = {Obstacle.NOT_A_PARTY: "party_id", Obstacle.NOT_THAT_DAY: "raised_on", Obstacle.NO_REASON: "reason"}


class InCourt(Protocol):
    """What the permissions read of an objection."""

    @property
    def court_id(self) -> int: ...


def may_drop(actor: Actor, objection: InCourt) -> bool:
    """Falls away when the procedure changes or the case is closed: whoever of the court may do that."""
    return actor.court_id == objection.court_id and actor.has(*COURT)


S = ObjectionStatus
STEPS: tuple[Step, ...] = (
    Step("uphold", {S.RAISED}, S.UPHELD, register.may_try, "R3-49", "CPL art. 169; S2 arts 269, 279"),
    Step("reject", {S.RAISED}, S.REJECTED, register.may_try, "R3-49", "CPL art. 169; S2 arts 269, 279"),
    Step("drop", {S.RAISED}, S.DROPPED, may_drop, "R3-49", "S2 arts 269, 279"),
)


@dataclass(frozen=True)
class Facts:
    """What decides whether an objection can be raised."""

    procedure: Procedure
    under_trial: bool
    is_party: bool
    raised_on: date
    filed_on: date
    today: date
    reason: str
    heard_on: date | None = None
    pending: bool = False


def obstacles(facts: Facts) -> list[Obstacle]:
    """Everything that stands in the way: small claims are objected to before the hearing, summary trial also later."""
    heard = facts.heard_on is not None and facts.raised_on >= facts.heard_on
    found = {
        Obstacle.NOT_SHORT: not facts.under_trial or facts.procedure not in SUMMARY,
        # S2 art. 279 says so for small claims alone; S2 art. 269 sets no such end.
        Obstacle.HEARD: facts.procedure is Procedure.SMALL and heard,
        Obstacle.PENDING: facts.pending,
        Obstacle.NOT_A_PARTY: not facts.is_party,
        Obstacle.NOT_THAT_DAY: not facts.filed_on <= facts.raised_on <= facts.today,
        Obstacle.NO_REASON: not facts.reason.strip(),
    }
    return [obstacle for obstacle, stands in found.items() if stands]


def answers(procedure: Procedure) -> tuple[Answer, ...]:
    """From small claims a case may go to the rest of the summary rules or to the ordinary procedure; else only to this."""
    return tuple(Answer) if procedure is Procedure.SMALL else (Answer.ORDINARY, Answer.REJECT)
