"""The reader of state tables. The same table draws the buttons, enforces the move and is the oracle of the tests."""

import enum
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import Any

from mediation.kernel.actor import Actor
from mediation.kernel.errors import IllegalStep, NotPermitted


@dataclass(frozen=True)
class Step:
    """One lawful move of a record: from which states, to which, by whom, under which rule and article."""

    name: str
    sources: Collection[enum.StrEnum]
    target: enum.StrEnum
    allowed: Callable[[Actor, Any], bool]
    rule: str
    article: str


def find(steps: Sequence[Step], name: str) -> Step:
    """The step of that name; KeyError when the table has none."""
    for step in steps:
        if step.name == name:
            return step
    raise KeyError(name)


def check(steps: Sequence[Step], name: str, actor: Actor, subject: Any) -> Step:
    """The step, if this actor may take it now; otherwise NotPermitted or IllegalStep."""
    step = find(steps, name)
    if not step.allowed(actor, subject):
        raise NotPermitted(name, article=step.article)
    if subject.status not in step.sources:
        raise IllegalStep(name, str(subject.status), article=step.article, subject=subject)
    return step


def available(steps: Sequence[Step], actor: Actor, subject: Any) -> list[str]:
    """The steps this actor could take now: the page draws exactly these buttons."""
    return [s.name for s in steps if subject.status in s.sources and s.allowed(actor, subject)]
