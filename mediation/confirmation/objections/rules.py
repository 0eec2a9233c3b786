"""Who may object to a confirmation ruling, within what time, and what the court rules on it (S2 arts 127, 372)."""

import enum
from dataclasses import dataclass
from datetime import date

from mediation.confirmation.rules import Bar, may_work
from mediation.kernel.actor import Actor, Role
from mediation.kernel.states import Step

ARTICLE = "S2 art. 372"


class ObjectionStatus(enum.StrEnum):
    """Where an objection stands."""

    RAISED = "raised"
    REVOKED = "revoked"
    ALTERED = "altered"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"


class Objector(enum.StrEnum):
    """A party within fifteen days of receipt; somebody else whose rights are harmed within six months (S2 art. 372)."""

    PARTY = "party"
    OUTSIDER = "outsider"


class Ruled(enum.StrEnum):
    """What the court rules: well founded in whole, in part, or not."""

    REVOKE = "revoke"
    ALTER = "alter"
    REJECT = "reject"


class Obstacle(enum.StrEnum):
    """Why it cannot be done like this."""

    NOT_CONFIRMED = "not_confirmed"
    REVOKED = "revoked"
    PENDING = "pending"
    NOT_RECEIVED = "not_received"
    NOT_THAT_DAY = "not_that_day"
    KNOWN_TOO_EARLY = "known_too_early"
    PARTY_LATE = "party_late"
    OUTSIDER_LATE = "outsider_late"
    NO_NAME = "no_name"
    NO_REASON = "no_reason"
    NO_REASONS = "no_reasons"
    NO_NEW_TERMS = "no_new_terms"
    JUDGE_DIVERTED = "judge_diverted"
    JUDGE_MEDIATED = "judge_mediated"
    NOT_RULED = "not_ruled"


OBSTACLE_ARTICLE = {
    Obstacle.NOT_CONFIRMED: ARTICLE,
    Obstacle.REVOKED: ARTICLE,
    Obstacle.PENDING: ARTICLE,
    Obstacle.NOT_RECEIVED: ARTICLE,
    Obstacle.NOT_THAT_DAY: ARTICLE,
    Obstacle.KNOWN_TOO_EARLY: ARTICLE,
    Obstacle.PARTY_LATE: ARTICLE,
    # S2 art. 127: the six months are fixed; nothing suspends, interrupts or lengthens them.
    Obstacle.OUTSIDER_LATE: "S2 arts 372, 127",
    Obstacle.NO_NAME: ARTICLE,
    Obstacle.NO_REASON: ARTICLE,
    Obstacle.NO_REASONS: "CPL art. 157",
    Obstacle.NO_NEW_TERMS: ARTICLE,
    Obstacle.JUDGE_DIVERTED: "CPL art. 47",
    Obstacle.JUDGE_MEDIATED: "CPL art. 47",
    Obstacle.NOT_RULED: "CPL art. 87",
}
FIELD = {
    Obstacle.NOT_RECEIVED: "who",
    Obstacle.NOT_THAT_DAY: "raised_on",
    Obstacle.KNOWN_TOO_EARLY: "known_on",
    Obstacle.PARTY_LATE: "raised_on",
    Obstacle.OUTSIDER_LATE: "raised_on",
    Obstacle.NO_NAME: "name",
    Obstacle.NO_REASON: "reason",
    Obstacle.NO_REASONS: "reasons",
    Obstacle.NO_NEW_TERMS: "altered",
}
OF_BAR = {Bar.DIVERTED: Obstacle.JUDGE_DIVERTED, Bar.MEDIATED: Obstacle.JUDGE_MEDIATED}

S = ObjectionStatus
STEP_OF = {Ruled.REVOKE: "revoke", Ruled.ALTER: "alter", Ruled.REJECT: "reject"}
# The confirmation does not stand as it was ruled.
OVERTURNED = frozenset({S.REVOKED, S.ALTERED})
DECIDED = OVERTURNED | {S.REJECTED}


def may_rule(actor: Actor, objection: object) -> bool:
    """A confirmation judge of the court that ruled: the law gives the objection to the court, not to the same judge."""
    return getattr(objection, "court_id", None) == actor.court_id and actor.has(Role.CONFIRMATION_JUDGE)


STEPS: tuple[Step, ...] = (
    Step("revoke", {S.RAISED}, S.REVOKED, may_rule, "R3-82", ARTICLE),
    Step("alter", {S.RAISED}, S.ALTERED, may_rule, "R3-82", ARTICLE),
    Step("reject", {S.RAISED}, S.REJECTED, may_rule, "R3-82", ARTICLE),
    Step("withdraw", {S.RAISED}, S.WITHDRAWN, may_work, "R3-82", ARTICLE),
)


@dataclass(frozen=True)
class Raising:
    """An objection as it is raised, beside what stands."""

    objector: Objector
    confirmed_on: date | None
    raised_on: date
    today: date
    reason: str
    # Of a party: when the ruling reached it, and the last of its fifteen days.
    received_on: date | None = None
    # Of somebody else: when the harm was known or should have been, and the last day of the six months.
    known_on: date | None = None
    until: date | None = None
    name: str = ""
    pending: bool = False
    revoked: bool = False


def raising(asked: Raising) -> list[Obstacle]:
    """Everything that stands in the way of recording it."""
    if asked.confirmed_on is None:
        return [Obstacle.NOT_CONFIRMED]
    party = asked.objector is Objector.PARTY
    since = asked.received_on if party else asked.known_on
    late = asked.until is not None and asked.raised_on > asked.until
    found = {
        Obstacle.REVOKED: asked.revoked,
        Obstacle.PENDING: asked.pending,
        Obstacle.NOT_RECEIVED: party and asked.received_on is None,
        Obstacle.KNOWN_TOO_EARLY: not party and (asked.known_on is None or asked.known_on < asked.confirmed_on),
        Obstacle.NOT_THAT_DAY: not (since or asked.confirmed_on) <= asked.raised_on <= asked.today,
        Obstacle.PARTY_LATE: party and late,
        Obstacle.OUTSIDER_LATE: not party and late,
        Obstacle.NO_NAME: not party and not asked.name.strip(),
        Obstacle.NO_REASON: not asked.reason.strip(),
    }
    return [obstacle for obstacle, stands in found.items() if stands]


def ruling(answer: Ruled, *, reasons: str, altered: str, bars: list[Bar]) -> list[Obstacle]:
    """What a ruling needs: a judge who stood apart, reasons, and the new terms where it is altered."""
    found = {
        Obstacle.NO_REASONS: not reasons.strip(),
        Obstacle.NO_NEW_TERMS: answer is Ruled.ALTER and not altered.strip(),
    }
    return [OF_BAR[bar] for bar in bars] + [obstacle for obstacle, stands in found.items() if stands]
