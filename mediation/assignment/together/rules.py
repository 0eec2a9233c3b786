"""Joint choice before designation, and another mediator at a party's request: pure rules (R2-11, R2-12, R2-15)."""

import enum
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from mediation.assignment import rules as assignments
from mediation.kernel.actor import Actor
from mediation.kernel.states import Step


class ReplacementGround(enum.StrEnum):
    """For which good reason a party asks for another mediator (S4 art. 13); a tie is a matter of recusal."""

    DELAY = "delay"
    CONDUCT = "conduct"
    EXPERTISE = "expertise"
    LANGUAGE = "language"
    TRUST = "trust"
    OTHER = "other"


class ReplacementOutcome(enum.StrEnum):
    """What becomes of the request."""

    GRANTED = "granted"
    REFUSED = "refused"
    COUNTS_AS_REFUSAL = "counts_as_refusal"


@dataclass(frozen=True)
class ChoiceFacts:
    """What decides whether the court may designate now."""

    # The mediator whom all parties named; None when they did not name the same.
    joint_id: int | None
    joint_may_be_chosen: bool
    # Whether every party that answered named somebody, instead of leaving it to the court.
    all_named: bool
    # The last day for a joint choice on line; None when no such period runs.
    choose_until: date | None
    on: date


class Obstacle(enum.StrEnum):
    """Why an act around the choice is refused."""

    JOINT_CHOSEN = "joint_chosen"
    STILL_CHOOSING = "still_choosing"
    NO_GROUND = "no_ground"
    NO_REASON = "no_reason"
    NOT_A_PARTY = "not_a_party"
    NOTHING_REPLACED_YET = "nothing_replaced_yet"
    STILL_WILLING = "still_willing"


OBSTACLE_ARTICLE: dict[Obstacle, str] = {
    Obstacle.JOINT_CHOSEN: "S4 art. 12; S5 art. 10",
    Obstacle.STILL_CHOOSING: "S5 art. 10",
    Obstacle.NO_GROUND: "S4 art. 13",
    Obstacle.NO_REASON: "S4 art. 13; S5 art. 14",
    Obstacle.NOT_A_PARTY: "S4 art. 13",
    Obstacle.NOTHING_REPLACED_YET: "S5 art. 14",
    Obstacle.STILL_WILLING: "S5 art. 14",
}


def designation_obstacle(facts: ChoiceFacts, mediator_id: int | None) -> Obstacle | None:
    """The court designates when the parties left it to the court, did not agree, or did not agree in time."""
    if facts.joint_id is not None:
        chosen_is_free = facts.joint_may_be_chosen and facts.joint_id != mediator_id
        return Obstacle.JOINT_CHOSEN if chosen_is_free else None
    if facts.all_named and facts.choose_until is not None and facts.on <= facts.choose_until:
        return Obstacle.STILL_CHOOSING
    return None


@dataclass(frozen=True)
class RequestFacts:
    """What a request for another mediator says, and what went before."""

    outcome: ReplacementOutcome
    reason: str
    # None: no party asked, the court acts by itself.
    party_id: int | None
    parties: Collection[int]
    ground: ReplacementGround | None
    # How many mediators were replaced in this dispute at the request of a party.
    replaced: int
    will_not_choose: bool


def request_obstacles(facts: RequestFacts) -> Sequence[Obstacle]:
    """A party gives a good reason; only who still objects after a replacement, and will not choose, has refused."""
    counts = facts.outcome is ReplacementOutcome.COUNTS_AS_REFUSAL
    found = {
        Obstacle.NOT_A_PARTY: (facts.party_id is None and facts.outcome is not ReplacementOutcome.GRANTED)
        or (facts.party_id is not None and facts.party_id not in facts.parties),
        Obstacle.NO_GROUND: facts.party_id is not None and facts.ground is None,
        Obstacle.NO_REASON: not facts.reason.strip(),
        Obstacle.NOTHING_REPLACED_YET: counts and not facts.replaced,
        Obstacle.STILL_WILLING: counts and not facts.will_not_choose,
    }
    return [obstacle for obstacle, applies in found.items() if applies]


# --- mediators who work together (R2-13) --------------------------------------------------------------------------------


class CoStatus(enum.StrEnum):
    """Where a further mediator of a dispute stands."""

    ASKED = "asked"
    ACCEPTED = "accepted"
    CHAIRING = "chairing"
    DECLINED = "declined"
    LAPSED = "lapsed"
    LEFT = "left"


ACTIVE = frozenset({CoStatus.ASKED, CoStatus.ACCEPTED})


class CoReason(enum.StrEnum):
    """Why more than one mediates (S4 art. 13; S5 art. 11)."""

    MAJOR = "major"
    DIFFICULT = "difficult"
    PROFESSIONAL = "professional"
    REQUESTED = "requested"


class ChairBy(enum.StrEnum):
    """Who named the one that presides: on line the parties first (S5 art. 11), else organisation or court (S4 art. 13)."""

    PARTIES = "parties"
    COURT = "court"


def may_add(actor: Actor, assignment: assignments.Facts) -> bool:
    """The court, or the organisation that has the dispute (S4 art. 13)."""
    return assignments.may_supervise(actor, assignment) or assignments.may_appoint(actor, assignment)


# Who was asked answers, or the organisation that sends this mediator; the court ends it, or the system by law.
CO_STEPS: tuple[Step, ...] = (
    Step("accept", {CoStatus.ASKED}, CoStatus.ACCEPTED, assignments.may_mediate, "R2-13", "S4 art. 13; S5 art. 12"),
    Step("decline", {CoStatus.ASKED}, CoStatus.DECLINED, assignments.may_mediate, "R2-14", "S5 art. 12"),
    Step("lapse", {CoStatus.ASKED}, CoStatus.LAPSED, assignments.may_supervise, "R2-14", "S5 art. 12"),
    Step("leave", ACTIVE, CoStatus.LEFT, assignments.may_supervise, "R2-13", "S4 arts 13, 15"),
    Step(
        "preside", {CoStatus.ACCEPTED}, CoStatus.CHAIRING, assignments.may_supervise, "R2-13", "S4 art. 13; S5 art. 11"
    ),
)


class CoObstacle(enum.StrEnum):
    """Why an act about further mediators is refused."""

    NO_CHAIR = "no_chair"
    THE_SAME = "the_same"
    ALREADY = "already"
    NO_WORDS = "no_words"
    OWN_MEMBERS = "own_members"
    NOT_TOGETHER = "not_together"
    NOT_ALL = "not_all"
    WAITING = "waiting"


CO_OBSTACLE_ARTICLE: dict[CoObstacle, str] = {
    CoObstacle.NO_CHAIR: "S4 art. 13",
    CoObstacle.THE_SAME: "S4 art. 13",
    CoObstacle.ALREADY: "S4 art. 13",
    CoObstacle.NO_WORDS: "S4 art. 13; S5 art. 12",
    CoObstacle.OWN_MEMBERS: "S4 arts 12, 13",
    CoObstacle.NOT_TOGETHER: "S4 art. 13; S5 art. 11",
    CoObstacle.NOT_ALL: "S5 art. 11",
    CoObstacle.WAITING: "S4 art. 13; S5 art. 12",
}
