"""Complaints, sanctions and evaluations: who may do what, in which order, under which article."""

import enum
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Protocol

from mediation.kernel.actor import REGISTRY, Actor, Role
from mediation.kernel.states import Step
from mediation.roster.rules import MISCONDUCT

# What a party may complain of to the inviting court (S4 art. 28; S5 art. 29).
COMPLAINT_GROUNDS = tuple(sorted(MISCONDUCT))


class ComplaintStatus(enum.StrEnum):
    """How far the court has come with a complaint."""

    RECEIVED = "received"
    FOUNDED = "founded"
    UNFOUNDED = "unfounded"


class SanctionKind(enum.StrEnum):
    """R2-09, from the mildest to the gravest; a suspension has a last day."""

    CORRECTION = "correction"
    WARNING = "warning"
    CRITICISM = "criticism"
    SUSPENSION = "suspension"
    REMOVAL = "removal"


# S4 art. 28 names correction, warning, notice of criticism and removal; S5 art. 29 dismissal, told to the authority in
# charge. A suspension is no sanction of these articles but keeps the list in order meanwhile (S4 art. 10).
SANCTION_ARTICLE: dict[SanctionKind, str] = {
    SanctionKind.CORRECTION: "S4 art. 28",
    SanctionKind.WARNING: "S4 art. 28",
    SanctionKind.CRITICISM: "S4 art. 28",
    SanctionKind.SUSPENSION: "S4 art. 10, 28",
    SanctionKind.REMOVAL: "S4 art. 28; S5 art. 29",
}


class SanctionStatus(enum.StrEnum):
    """Nobody is sanctioned unheard: proposed, then answered, then imposed or dropped."""

    PROPOSED = "proposed"
    IMPOSED = "imposed"
    DROPPED = "dropped"


class SanctionFault(enum.StrEnum):
    """Why a sanction cannot be decided yet, or not so."""

    UNHEARD = "unheard"
    NO_LAST_DAY = "no_last_day"
    LAST_DAY_PAST = "last_day_past"
    NOT_REPORTED = "not_reported"


FAULT_ARTICLE: dict[SanctionFault, str] = {
    SanctionFault.UNHEARD: "S4 art. 10, 28",
    SanctionFault.NO_LAST_DAY: "S4 art. 10, 28",
    SanctionFault.LAST_DAY_PAST: "S4 art. 10, 28",
    SanctionFault.NOT_REPORTED: "S5 art. 29",
}


class Result(enum.StrEnum):
    """Of the yearly evaluation (S4 art. 10)."""

    EXCELLENT = "excellent"
    GOOD = "good"
    SUFFICIENT = "sufficient"
    INSUFFICIENT = "insufficient"


@dataclass(frozen=True)
class Figures:
    """What a mediator did in a year: the ground on which the evaluation stands, kept with it."""

    handed: int = 0
    ended: int = 0
    agreed: int = 0
    declined: int = 0
    overdue: int = 0
    days: int = 0
    complaints: int = 0
    sanctions: int = 0
    hours: int = 0

    @property
    def rate(self) -> int | None:
        """Agreements in a hundred mediations that ended with or without one; none when nothing ended."""
        return round(100 * self.agreed / self.ended) if self.ended else None

    @property
    def average_days(self) -> int | None:
        """Days from acceptance to the end, on average."""
        return round(self.days / self.ended) if self.ended else None


class InCourt(Protocol):
    """Whatever belongs to a court."""

    @property
    def court_id(self) -> int: ...


def may_receive(actor: Actor, thing: InCourt) -> bool:
    """Complaints are taken in at the counter, by the guiding judge, or by the president."""
    return actor.court_id == thing.court_id and actor.has(Role.PRESIDENT, Role.GUIDING_JUDGE, *REGISTRY)


def may_examine(actor: Actor, thing: InCourt) -> bool:
    """The guiding judge examines, or the president; the counter only takes in."""
    return actor.court_id == thing.court_id and actor.has(Role.PRESIDENT, Role.GUIDING_JUDGE)


def may_sanction(actor: Actor, thing: InCourt) -> bool:
    """Sanctions and evaluations are the president's (DOMAIN 2.2, roster: A)."""
    return actor.court_id == thing.court_id and actor.has(Role.PRESIDENT)


def may_read_conduct(actor: Actor, thing: InCourt) -> bool:
    """The file is read by who takes in, examines and decides; mediators read what concerns themselves elsewhere."""
    return may_receive(actor, thing)


def may_answer(actor: Actor, mediator_id: int, court_id: int) -> bool:
    """The one concerned answers; the counter may write down what was said there."""
    own = actor.has(Role.MEDIATOR) and actor.mediator_id == mediator_id
    return actor.court_id == court_id and (own or actor.has(*REGISTRY, Role.PRESIDENT))


def faults(
    kind: SanctionKind,
    *,
    answered: bool,
    answer_until: date,
    on: date,
    until: date | None,
    reported_to: str,
) -> list[SanctionFault]:
    """What stands against imposing: heard or the time to answer over; dates of a suspension; the report of a removal."""
    asked = {
        SanctionFault.UNHEARD: not answered and on <= answer_until,
        SanctionFault.NO_LAST_DAY: kind is SanctionKind.SUSPENSION and until is None,
        SanctionFault.LAST_DAY_PAST: kind is SanctionKind.SUSPENSION and until is not None and until <= on,
        SanctionFault.NOT_REPORTED: kind is SanctionKind.REMOVAL and not reported_to.strip(),
    }
    return [fault for fault, stands in asked.items() if stands]


def answer_until(proposed_on: date, days: int) -> date:
    """The last day for an answer; the day of the proposal is not counted."""
    return proposed_on + timedelta(days=days)


COMPLAINT_STEPS: tuple[Step, ...] = (
    Step("find", {ComplaintStatus.RECEIVED}, ComplaintStatus.FOUNDED, may_examine, "R2-09", "S4 art. 28; S5 art. 29"),
    Step(
        "reject", {ComplaintStatus.RECEIVED}, ComplaintStatus.UNFOUNDED, may_examine, "R2-09", "S4 art. 28; S5 art. 29"
    ),
)
SANCTION_STEPS: tuple[Step, ...] = (
    Step("impose", {SanctionStatus.PROPOSED}, SanctionStatus.IMPOSED, may_sanction, "R2-09", "S4 art. 28; S5 art. 29"),
    Step("drop", {SanctionStatus.PROPOSED}, SanctionStatus.DROPPED, may_sanction, "R2-09", "S4 art. 28"),
)
