"""Who of the court withdraws, on which ground, who decides on it, and what stands still meanwhile (CPL arts 47-50)."""

import enum
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from mediation.kernel.actor import COURT, JUDGES, REGISTRY, Actor, Role
from mediation.kernel.states import Step

ARTICLE = "CPL arts 47, 48"


class Function(enum.StrEnum):
    """As what somebody of the court works on the dispute."""

    TRIAL_JUDGE = "trial_judge"
    CONFIRMATION_JUDGE = "confirmation_judge"
    CLERK = "clerk"


class Ground(enum.StrEnum):
    """CPL art. 47; S2 arts 43, 44."""

    PARTY_OR_KIN = "party_or_kin"
    INTEREST = "interest"
    OTHER_TIE = "other_tie"
    GIFTS = "gifts"
    EARLIER_PART = "earlier_part"


GROUND_ARTICLE = {
    Ground.PARTY_OR_KIN: "CPL art. 47; S2 art. 43",
    Ground.INTEREST: "CPL art. 47; S2 art. 43",
    Ground.OTHER_TIE: "CPL art. 47",
    Ground.GIFTS: "CPL art. 47; S2 art. 44",
    Ground.EARLIER_PART: "S2 arts 43, 45",
}


class Origin(enum.StrEnum):
    """Who brings it up: a party (CPL art. 48), the person (CPL art. 47), or the court itself (S2 art. 46)."""

    PARTY = "party"
    OWN = "own"
    COURT = "court"


class Decider(enum.StrEnum):
    """CPL art. 49."""

    COMMITTEE = "committee"
    PRESIDENT = "president"
    PRESIDING = "presiding"


class RecusalStatus(enum.StrEnum):
    """Where it stands."""

    RAISED = "raised"
    UPHELD = "upheld"
    DISMISSED = "dismissed"
    REVIEW = "review"
    CONFIRMED = "confirmed"
    WITHDRAWN = "withdrawn"


class Answer(enum.StrEnum):
    """What is decided."""

    UPHOLD = "uphold"
    DISMISS = "dismiss"


class Obstacle(enum.StrEnum):
    """Why it cannot be brought up, or not be decided so."""

    NOT_HERE = "not_here"
    NOT_A_PARTY = "not_a_party"
    NO_WORDS = "no_words"
    NOT_THAT_DAY = "not_that_day"
    DEBATE_OVER = "debate_over"
    PENDING = "pending"
    NO_JUDGE = "no_judge"
    NO_MINUTES = "no_minutes"
    ONLY_PARTY = "only_party"
    NOT_A_SUCCESSOR = "not_a_successor"
    NAMED = "named"
    PAUSED = "paused"
    OUT = "out"


OBSTACLE_ARTICLE = {
    Obstacle.NOT_HERE: "CPL art. 47; S2 arts 48, 49",
    Obstacle.NOT_A_PARTY: "CPL art. 47",
    Obstacle.NO_WORDS: "CPL art. 48",
    Obstacle.NOT_THAT_DAY: "CPL art. 48",
    Obstacle.DEBATE_OVER: "CPL art. 48",
    Obstacle.PENDING: "CPL art. 50",
    Obstacle.NO_JUDGE: "CPL art. 49",
    Obstacle.NO_MINUTES: "CPL art. 49",
    Obstacle.ONLY_PARTY: "CPL art. 50",
    Obstacle.NOT_A_SUCCESSOR: "CPL art. 47",
    Obstacle.NAMED: "CPL art. 47",
    Obstacle.PAUSED: "CPL art. 48",
    Obstacle.OUT: "CPL art. 47",
}
FIELD = {
    Obstacle.NOT_HERE: "person",
    Obstacle.NOT_A_PARTY: "party_id",
    Obstacle.NO_WORDS: "statement",
    Obstacle.NOT_THAT_DAY: "on",
    Obstacle.DEBATE_OVER: "on",
    Obstacle.PENDING: "person",
    Obstacle.NO_JUDGE: "person",
    Obstacle.NO_MINUTES: "minutes",
    Obstacle.NOT_A_SUCCESSOR: "successor_id",
}


class Facts(Protocol):
    """What the permissions read of a recusal."""

    @property
    def court_id(self) -> int: ...
    @property
    def person_id(self) -> int: ...
    @property
    def decider(self) -> Decider: ...
    @property
    def decider_id(self) -> int | None: ...


def decider(function: Function, roles: Collection[Role]) -> Decider:
    """CPL art. 49: the committee on the president, the president on judges, the judge of the case on everybody else."""
    if function is Function.CLERK:
        return Decider.PRESIDING
    return Decider.COMMITTEE if Role.PRESIDENT in roles else Decider.PRESIDENT


RECORDERS = REGISTRY
PRESIDENTS = frozenset({Role.PRESIDENT})


def may_see(actor: Actor, recusal: Facts) -> bool:
    """The court."""
    return actor.court_id == recusal.court_id and actor.has(*COURT)


def may_raise(actor: Actor, court_id: int, origin: Origin, person_id: int) -> bool:
    """The registry writes down what a party applies for; everybody speaks for the own person; the president for the court."""
    if actor.court_id != court_id:
        return False
    if origin is Origin.OWN:
        return actor.id == person_id and actor.has(*COURT)
    if actor.id == person_id:
        return False
    return actor.has(*(REGISTRY | JUDGES)) if origin is Origin.PARTY else actor.has(Role.PRESIDENT)


def may_decide(actor: Actor, recusal: Facts) -> bool:
    """Nobody decides on the own recusal. The committee has no account: the registry enters what its minutes say."""
    if actor.court_id != recusal.court_id or actor.id == recusal.person_id:
        return False
    if recusal.decider is Decider.COMMITTEE:
        return actor.has(*RECORDERS)
    if recusal.decider is Decider.PRESIDENT:
        return actor.has(*PRESIDENTS)
    return actor.id == recusal.decider_id


def may_record(actor: Actor, recusal: Facts) -> bool:
    """The registry writes down what the applicant says next; not the person whom it is about."""
    return actor.court_id == recusal.court_id and actor.has(*(REGISTRY | JUDGES)) and actor.id != recusal.person_id


def may_name(actor: Actor, recusal: Facts) -> bool:
    """The registry or the president names the successor, never who withdrew."""
    wanted = REGISTRY | {Role.PRESIDENT}
    return actor.court_id == recusal.court_id and actor.has(*wanted) and actor.id != recusal.person_id


S = RecusalStatus
# CPL art. 48: until the decision the person is suspended; CPL art. 50: during the review no longer.
SUSPENDED = frozenset({S.RAISED})
WAITING = frozenset({S.RAISED, S.REVIEW})
STEPS: tuple[Step, ...] = (
    Step("uphold", {S.RAISED}, S.UPHELD, may_decide, "R2-23", "CPL arts 49, 50"),
    Step("dismiss", {S.RAISED}, S.DISMISSED, may_decide, "R2-23", "CPL arts 49, 50"),
    Step("ask_review", {S.DISMISSED}, S.REVIEW, may_record, "R2-23", "CPL art. 50"),
    Step("uphold_on_review", {S.REVIEW}, S.UPHELD, may_decide, "R2-23", "CPL art. 50"),
    Step("confirm", {S.REVIEW}, S.CONFIRMED, may_decide, "R2-23", "CPL art. 50"),
    Step("withdraw", WAITING, S.WITHDRAWN, may_record, "R2-23", "CPL art. 48"),
)


def deciding_step(status: RecusalStatus, answer: Answer) -> str:
    """The step of the table that an answer means, at first or on review."""
    if status is S.REVIEW:
        return "uphold_on_review" if answer is Answer.UPHOLD else "confirm"
    return answer.value


@dataclass(frozen=True)
class Raising:
    """What decides whether it can be brought up."""

    origin: Origin
    function: Function
    is_here: bool
    is_party: bool
    statement: str
    on: date
    today: date
    since: date
    heard_on: date | None = None
    pending: bool = False
    has_judge: bool = True


def obstacles(facts: Raising) -> list[Obstacle]:
    """Everything that stands in the way."""
    late = facts.heard_on is not None and facts.on > facts.heard_on
    found = {
        Obstacle.NOT_HERE: not facts.is_here,
        Obstacle.NOT_A_PARTY: facts.origin is Origin.PARTY and not facts.is_party,
        Obstacle.NO_WORDS: not facts.statement.strip(),
        Obstacle.NOT_THAT_DAY: not facts.since <= facts.on <= facts.today,
        # CPL art. 48 limits the parties alone, and until the end of the debate in court.
        Obstacle.DEBATE_OVER: facts.origin is Origin.PARTY and facts.function is Function.TRIAL_JUDGE and late,
        Obstacle.PENDING: facts.pending,
        Obstacle.NO_JUDGE: facts.function is Function.CLERK and not facts.has_judge,
    }
    return [obstacle for obstacle, stands in found.items() if stands]


# What follows from an act is refused with the act itself; what somebody reads changes nothing.
CONSEQUENCES = frozenset({"deadline", "document", "notice", "bench_recusal"})
# CPL art. 48: urgent measures are still taken.
URGENT = frozenset({"preservation"})


def stands_still(status: RecusalStatus, action: str) -> Obstacle | None:
    """Whether somebody may not do this in the dispute now: until the decision, and for good after an upheld one."""
    kind = action.split(".", 1)[0]
    if kind in CONSEQUENCES:
        return None
    if status is S.UPHELD:
        return Obstacle.OUT
    return Obstacle.PAUSED if status in SUSPENDED and kind not in URGENT else None
