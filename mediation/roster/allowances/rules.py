"""Allowances of the court for mediators (S4 art. 29): dated rules of the court, and what follows from them."""

import enum
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from mediation.kernel.actor import REGISTRY, Actor, Role


class Outcome(enum.StrEnum):
    """How a mediation ended, as far as an allowance asks."""

    AGREED = "agreed"
    FAILED = "failed"
    OTHER = "other"


# Who is paid by the court: people hired full-time by it have their wages (S4 art. 29 speaks of missed work).
OUTCOMES: dict[str, Outcome] = {"agreed": Outcome.AGREED, "failed": Outcome.FAILED}


@dataclass(frozen=True)
class Rule:
    """So much for such an outcome in such causes, from a day on; the amounts are the court's own."""

    id: int
    valid_from: date
    cause_code: str
    outcome: Outcome
    amount_fen: int
    source: str


@dataclass(frozen=True)
class Ended:
    """A mediation that has ended, as an allowance reads it."""

    assignment_id: int
    mediator_id: int
    dispute_no: str
    cause_code: str
    outcome: Outcome
    ended_on: date


@dataclass(frozen=True)
class Line:
    """One ended mediation with the rule that applies; none where the court pays nothing for it."""

    ended: Ended
    rule: Rule | None

    @property
    def amount_fen(self) -> int:
        return self.rule.amount_fen if self.rule else 0


def rule_for(rules: Iterable[Rule], ended: Ended) -> Rule | None:
    """The closest cause decides, then the latest day, then the later row: each day has the rule it had then."""
    fitting = [
        rule
        for rule in rules
        if rule.valid_from <= ended.ended_on
        and rule.outcome is ended.outcome
        and (not rule.cause_code or f"{ended.cause_code}.".startswith(f"{rule.cause_code}."))
    ]
    # Of the same cause only the latest holds; a later general rule does not undo a special one.
    return max(fitting, key=lambda rule: (len(rule.cause_code), rule.valid_from, rule.id), default=None)


def lines(rules: Sequence[Rule], ended: Iterable[Ended]) -> list[Line]:
    """Each ended mediation with its rule."""
    return [Line(one, rule_for(rules, one)) for one in ended]


def may_read(actor: Actor) -> bool:
    """The registry and the president keep the accounts of it."""
    return actor.has(Role.PRESIDENT, *REGISTRY)


def may_set(actor: Actor) -> bool:
    """Amounts and the release of a month are the president's: it is the court's special budget (S4 art. 29)."""
    return actor.has(Role.PRESIDENT)
