"""Objections to jurisdiction (CPL arts 37, 130, 157, 171; S2 arts 35, 39, 82, 223, 243, 276): what they need and what follows."""

import enum
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from mediation.kernel.actor import COURT, Actor
from mediation.kernel.states import Step
from mediation.litigation import rules as register


class JurisdictionStatus(enum.StrEnum):
    """Where the question of jurisdiction stands."""

    RAISED = "raised"
    TRANSFER_RULED = "transfer_ruled"
    REJECTED = "rejected"
    APPEALED = "appealed"
    STAYS = "stays"
    AWAY = "away"
    DROPPED = "dropped"


class Origin(enum.StrEnum):
    """Who brings it up: a defendant within the time to answer, or the court itself (CPL art. 37; S2 art. 35)."""

    PARTY = "party"
    COURT = "court"


class Answer(enum.StrEnum):
    """What the bench rules."""

    TRANSFER = "transfer"
    REJECT = "reject"


class Obstacle(enum.StrEnum):
    """Why it cannot be raised, ruled, appealed against or take effect."""

    CLOSED = "closed"
    NOT_A_DEFENDANT = "not_a_defendant"
    TOO_LATE = "too_late"
    PENDING = "pending"
    DECIDED = "decided"
    NOT_THAT_DAY = "not_that_day"
    NO_REASON = "no_reason"
    NO_COURT = "no_court"
    ACCEPTED = "accepted"
    STILL_TIME = "still_time"
    HEARD = "heard"
    OWN_REJECTED = "own_rejected"
    FEE = "fee"
    NO_APPEAL = "no_appeal"
    NOT_SERVED = "not_served"
    APPEAL_OVER = "appeal_over"
    APPEAL_RUNS = "appeal_runs"
    NO_PAPER = "no_paper"
    OPEN = "open"
    NOT_AWAY = "not_away"


OBSTACLE_ARTICLE = {
    Obstacle.CLOSED: "CPL art. 130",
    Obstacle.NOT_A_DEFENDANT: "CPL art. 130; S2 art. 82",
    Obstacle.TOO_LATE: "CPL art. 130",
    Obstacle.PENDING: "CPL art. 130",
    Obstacle.DECIDED: "S2 art. 39",
    Obstacle.NOT_THAT_DAY: "CPL art. 130",
    Obstacle.NO_REASON: "CPL art. 157",
    Obstacle.NO_COURT: "CPL arts 37, 130",
    Obstacle.ACCEPTED: "CPL art. 130",
    Obstacle.STILL_TIME: "S2 art. 35",
    Obstacle.HEARD: "S2 art. 35",
    Obstacle.OWN_REJECTED: "S2 art. 35",
    Obstacle.FEE: "S10 art. 13",
    Obstacle.NO_APPEAL: "S2 art. 276",
    Obstacle.NOT_SERVED: "CPL art. 171",
    Obstacle.APPEAL_OVER: "CPL art. 171",
    Obstacle.APPEAL_RUNS: "CPL arts 157, 171; S2 art. 244",
    Obstacle.NO_PAPER: "CPL arts 157, 171",
    Obstacle.OPEN: "CPL art. 130",
    Obstacle.NOT_AWAY: "CPL arts 37, 130",
}
FIELD = {
    Obstacle.NOT_A_DEFENDANT: "party_id",
    Obstacle.TOO_LATE: "raised_on",
    Obstacle.NOT_THAT_DAY: "raised_on",
    Obstacle.NO_REASON: "reason",
    Obstacle.NO_COURT: "court",
    Obstacle.FEE: "fee",
    Obstacle.APPEAL_OVER: "on",
    Obstacle.NO_PAPER: "number",
}
# S10 art. 13(6): an objection that fails costs fifty to a hundred yuan.
LEAST_FEE_FEN, MOST_FEE_FEN = 5_000, 10_000

J = JurisdictionStatus
# Ruled on, and not yet in force.
RULED = frozenset({J.TRANSFER_RULED, J.REJECTED})
# While one of these stands the case is not heard and not decided.
OPEN = RULED | {J.RAISED, J.APPEALED}
SETTLED = frozenset({J.STAYS, J.AWAY, J.DROPPED})


class Owned(Protocol):
    """What the permissions read of an objection."""

    @property
    def court_id(self) -> int: ...
    @property
    def judge_id(self) -> int | None: ...


def may_ripen(actor: Actor, objection: Owned) -> bool:
    """That nobody appealed in time is found by the court, or by the daily run."""
    return actor.court_id == objection.court_id and (actor.id == 0 or actor.has(*COURT))


def may_drop(actor: Actor, objection: Owned) -> bool:
    """Falls away when the case is over, or was taken back: whoever of the court may record that."""
    return actor.court_id == objection.court_id and actor.has(*COURT)


ARTICLE = "CPL arts 37, 130, 157; S2 arts 35, 223"
APPEAL = "CPL arts 157, 171"
STEPS: tuple[Step, ...] = (
    Step("rule_transfer", {J.RAISED}, J.TRANSFER_RULED, register.may_judge, "R3-46", ARTICLE),
    Step("reject", {J.RAISED}, J.REJECTED, register.may_judge, "R3-46", ARTICLE),
    Step("appeal", RULED, J.APPEALED, register.may_entrust, "R3-46", APPEAL),
    Step("stay", {J.REJECTED, J.APPEALED}, J.STAYS, may_ripen, "R3-46", APPEAL),
    Step("go_away", {J.TRANSFER_RULED, J.APPEALED}, J.AWAY, may_ripen, "R3-46", APPEAL),
    Step("drop", OPEN, J.DROPPED, may_drop, "R3-46", "CPL art. 130"),
)


@dataclass(frozen=True)
class Raising:
    """An objection as it is raised, beside what stands."""

    origin: Origin
    is_defendant: bool
    raised_on: date
    filed_on: date
    today: date
    reason: str
    is_open: bool = True
    # The last day of the objector's time to answer; none before the plaint copy was served.
    until: date | None = None
    earlier: Collection[JurisdictionStatus] = ()
    # For the court's own finding: whether a defendant answered to the substance, has time left, and the hearing.
    answered: bool = False
    defence_runs: bool = False
    heard: bool = False
    # Level and exclusive jurisdiction are no matter of the parties' acceptance (CPL art. 130(2)).
    mandatory: bool = False


def obstacles(raising: Raising) -> list[Obstacle]:
    """Everything that stands in the way of raising it: in time by a defendant, or later by the court itself."""
    party = raising.origin is Origin.PARTY
    found = {
        Obstacle.CLOSED: not raising.is_open,
        Obstacle.NOT_A_DEFENDANT: party and not raising.is_defendant,
        Obstacle.PENDING: any(status in OPEN for status in raising.earlier),
        # S2 art. 39: once it was found that the court has jurisdiction, only level and exclusive jurisdiction can undo it.
        Obstacle.DECIDED: JurisdictionStatus.STAYS in raising.earlier and not raising.mandatory,
        Obstacle.NOT_THAT_DAY: not raising.filed_on <= raising.raised_on <= raising.today,
        Obstacle.TOO_LATE: party and raising.until is not None and raising.raised_on > raising.until,
        # S2 art. 35: when the time to answer is over without an answer, and before the first hearing.
        Obstacle.ACCEPTED: not party and raising.answered and not raising.mandatory,
        Obstacle.STILL_TIME: not party and raising.defence_runs and not raising.mandatory,
        Obstacle.HEARD: not party and raising.heard and not raising.mandatory,
        Obstacle.NO_REASON: not raising.reason.strip(),
    }
    return [obstacle for obstacle, stands in found.items() if stands]


def ruling_obstacles(origin: Origin, answer: Answer, *, reason: str, court: str, fee_fen: int) -> list[Obstacle]:
    """What a ruling needs: reasons; the court that is competent; or, rejected, a fee within the tariff."""
    found = {
        Obstacle.OWN_REJECTED: answer is Answer.REJECT and origin is Origin.COURT,
        Obstacle.NO_REASON: not reason.strip(),
        Obstacle.NO_COURT: answer is Answer.TRANSFER and not court.strip(),
        Obstacle.FEE: answer is Answer.REJECT and not LEAST_FEE_FEN <= fee_fen <= MOST_FEE_FEN,
    }
    return [obstacle for obstacle, stands in found.items() if stands]


@dataclass(frozen=True)
class Appeal:
    """An appeal against the ruling, by somebody whom it reached."""

    final: bool
    served_on: date | None
    until: date | None
    on: date
    today: date


def appeal_obstacles(appeal: Appeal) -> list[Obstacle]:
    """Within ten days of the own receipt; in small claims the ruling is in force at once (S2 arts 244, 276)."""
    if appeal.final:
        return [Obstacle.NO_APPEAL]
    if appeal.served_on is None or appeal.until is None:
        return [Obstacle.NOT_SERVED]
    found = {
        Obstacle.NOT_THAT_DAY: not appeal.served_on <= appeal.on <= appeal.today,
        Obstacle.APPEAL_OVER: appeal.on > appeal.until,
    }
    return [obstacle for obstacle, stands in found.items() if stands]


def ripening(*, final: bool, all_served: bool, until: date | None, today: date) -> list[Obstacle]:
    """Whether a ruling that nobody appealed against is in force: when the last ten days are over."""
    if final:
        return []
    if not all_served or until is None:
        return [Obstacle.NOT_SERVED]
    return [Obstacle.APPEAL_RUNS] if today <= until else []


def outcome(status: JurisdictionStatus, answer: Answer | None) -> str:
    """The step by which an unappealed ruling takes effect, or which the higher court's answer takes."""
    if status is J.APPEALED:
        return "go_away" if answer is Answer.TRANSFER else "stay"
    return "go_away" if status is J.TRANSFER_RULED else "stay"
