"""Objections to the procedure and to trial by a single judge (CPL arts 43, 169, 170; S2 arts 269, 279): what they need."""

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


class Matter(enum.StrEnum):
    """What a party objects to: the procedure, or that one judge tries the case alone."""

    PROCEDURE = "procedure"
    BENCH = "bench"


class Answer(enum.StrEnum):
    """What the judge answers: tried by the other summary rules, by the ordinary procedure, by a panel, or as before."""

    SUMMARY = "summary"
    ORDINARY = "ordinary"
    PANEL = "panel"
    REJECT = "reject"


class Obstacle(enum.StrEnum):
    """Why an objection cannot be raised, or not be answered so."""

    NOT_SHORT = "not_short"
    NOT_SOLE = "not_sole"
    HEARD = "heard"
    PENDING = "pending"
    NOT_A_PARTY = "not_a_party"
    NOT_THAT_DAY = "not_that_day"
    NO_REASON = "no_reason"
    NOT_SMALL = "not_small"
    NO_SUCH_ANSWER = "no_such_answer"


OBSTACLE_ARTICLE = {
    Obstacle.NOT_SHORT: "CPL arts 169, 170",
    Obstacle.NOT_SOLE: "CPL art. 43",
    Obstacle.HEARD: "S2 art. 279",
    Obstacle.PENDING: "S2 arts 269, 279",
    Obstacle.NOT_A_PARTY: "CPL art. 169; S2 art. 269",
    Obstacle.NOT_THAT_DAY: "S2 arts 269, 279",
    Obstacle.NO_REASON: "CPL art. 169; S2 art. 269",
    Obstacle.NOT_SMALL: "CPL art. 169",
    Obstacle.NO_SUCH_ANSWER: "CPL arts 43, 169",
}
# Where the law speaks of each.
ARTICLE = {Matter.PROCEDURE: "CPL art. 169; S2 arts 269, 279", Matter.BENCH: "CPL art. 43"}
FIELD = {
    Obstacle.NOT_SOLE: "matter",
    Obstacle.NOT_A_PARTY: "party_id",
    Obstacle.NOT_THAT_DAY: "raised_on",
    Obstacle.NO_REASON: "reason",
}


class InCourt(Protocol):
    """What the permissions read of an objection."""

    @property
    def court_id(self) -> int: ...


def may_drop(actor: Actor, objection: InCourt) -> bool:
    """Falls away when the procedure changes or the case is closed: whoever of the court may do that."""
    return actor.court_id == objection.court_id and actor.has(*COURT)


S = ObjectionStatus
STEPS: tuple[Step, ...] = (
    Step("uphold", {S.RAISED}, S.UPHELD, register.may_judge, "R3-49", "CPL arts 43, 169; S2 arts 269, 279"),
    Step("reject", {S.RAISED}, S.REJECTED, register.may_judge, "R3-49", "CPL arts 43, 169; S2 arts 269, 279"),
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
    matter: Matter = Matter.PROCEDURE
    on_trial: bool = True


def obstacles(facts: Facts) -> list[Obstacle]:
    """Everything that stands in the way: small claims are objected to before the hearing, the rest also later."""
    bench = facts.matter is Matter.BENCH
    heard = facts.heard_on is not None and facts.raised_on >= facts.heard_on
    found = {
        Obstacle.NOT_SHORT: not bench and (not facts.under_trial or facts.procedure not in SUMMARY),
        # CPL art. 43: as long as one judge tries the case alone.
        Obstacle.NOT_SOLE: bench and not (facts.on_trial and facts.procedure is not Procedure.ORDINARY_PANEL),
        # S2 art. 279 says so for small claims alone; S2 art. 269 sets no such end.
        Obstacle.HEARD: not bench and facts.procedure is Procedure.SMALL and heard,
        Obstacle.PENDING: facts.pending,
        Obstacle.NOT_A_PARTY: not facts.is_party,
        Obstacle.NOT_THAT_DAY: not facts.filed_on <= facts.raised_on <= facts.today,
        Obstacle.NO_REASON: not facts.reason.strip(),
    }
    return [obstacle for obstacle, stands in found.items() if stands]


def matters(procedure: Procedure, *, on_track: bool, on_trial: bool) -> tuple[Matter, ...]:
    """What a party may object to in a case as it stands."""
    if on_track and procedure in SUMMARY:
        return tuple(Matter)
    return (Matter.BENCH,) if on_trial and procedure is Procedure.ORDINARY_SOLE else ()


def answers(procedure: Procedure, matter: Matter = Matter.PROCEDURE) -> tuple[Answer, ...]:
    """From small claims a case may go to the rest of the summary rules or to the ordinary procedure; else only to this.

    The single judge gives way to a panel, or stays (CPL art. 43).
    """
    if matter is Matter.BENCH:
        return (Answer.PANEL, Answer.REJECT)
    most = (Answer.ORDINARY, Answer.REJECT)
    return (Answer.SUMMARY, *most) if procedure is Procedure.SMALL else most
