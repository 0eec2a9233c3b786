"""Which mediator to suggest, and why not another: who may be chosen at all, then strength, load and rest.

The court or the organisation designates only when the parties do not choose together (S4 art. 12); a suggestion binds
nobody. It can be repeated: the same facts and the same seed give the same order.
"""

import enum
import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any


class Part(enum.StrEnum):
    """What the order is made of, the weightiest first."""

    STRENGTH = "strength"
    LOAD = "load"
    REST = "rest"
    LOT = "lot"


class Strength(enum.IntEnum):
    """How close the mediator's field is to the cause of the dispute."""

    NONE = 0
    GROUP = 1
    CAUSE = 2


# Nobody waits longer for a case than this counts.
LONGEST_REST = 365


@dataclass(frozen=True)
class Standing:
    """A mediator as the suggestion sees them."""

    mediator_id: int
    fields: tuple[str, ...]
    open_cases: int
    last_issued_on: date | None


@dataclass(frozen=True)
class Score:
    """The parts of the order for one mediator."""

    mediator_id: int
    strength: Strength
    open_cases: int
    rest_days: int
    lot: str

    @property
    def order(self) -> tuple[Any, ...]:
        """Strongest first, then who has least open, then who waited longest, then the lot."""
        return (-self.strength, self.open_cases, -self.rest_days, self.lot)

    def as_data(self) -> dict[str, Any]:
        """As it is kept with the assignment."""
        return {"strength": int(self.strength), "open_cases": self.open_cases, "rest_days": self.rest_days}


def strength(fields: Iterable[str], cause_code: str) -> Strength:
    """The cause itself, or the group it belongs to by the beginning of its code."""
    found = Strength.NONE
    for field in fields:
        if field == cause_code:
            return Strength.CAUSE
        if field and cause_code.startswith(f"{field}."):
            found = Strength.GROUP
    return found


def lot(seed: str, mediator_id: int) -> str:
    """Decides between equals; anybody who knows the seed can draw it again."""
    return hashlib.sha256(f"{seed}:{mediator_id}".encode()).hexdigest()[:16]


def rank(standings: Iterable[Standing], *, cause_code: str, today: date, seed: str) -> list[Score]:
    """The mediators who may be chosen, in the order in which they are suggested."""
    scores = [
        Score(
            standing.mediator_id,
            strength(standing.fields, cause_code),
            standing.open_cases,
            _rest(standing.last_issued_on, today),
            lot(seed, standing.mediator_id),
        )
        for standing in standings
    ]
    return sorted(scores, key=lambda score: score.order)


def _rest(last: date | None, today: date) -> int:
    return LONGEST_REST if last is None else min(max((today - last).days, 0), LONGEST_REST)


def why_after(first: Score, other: Score) -> Part:
    """The first part in which the other stands behind the one suggested."""
    parts: Sequence[tuple[Part, bool]] = (
        (Part.STRENGTH, first.strength != other.strength),
        (Part.LOAD, first.open_cases != other.open_cases),
        (Part.REST, first.rest_days != other.rest_days),
    )
    return next((part for part, differs in parts if differs), Part.LOT)
