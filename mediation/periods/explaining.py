"""A kept derivation, made ready for a page: dates as dates, rest days in a row taken together."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from typing import Any

from mediation.periods.derivation import StepKind
from mediation.periods.table import Unit


@dataclass(frozen=True)
class Line:
    """One sentence of the reasoning."""

    kind: StepKind
    day: date
    source: str
    number: int
    unit: Unit | None
    until: date | None
    name: str
    moment: datetime | None
    rest_days: tuple[tuple[date, str], ...] = ()


TOGETHER = frozenset({StepKind.SKIPPED, StepKind.ROLLED})


def lines(basis: dict[str, Any]) -> list[Line]:
    """The reasoning of a kept deadline, in order; a derivation is data and outlives the code that made it."""
    return list(_lines(basis["derivation"]))


def _lines(steps: list[dict[str, Any]]) -> Iterator[Line]:
    for kind, group in groupby(steps, key=lambda step: StepKind(step["kind"])):
        found = list(group)
        if kind in TOGETHER:
            yield _line(found[0], tuple((date.fromisoformat(step["day"]), step["name"]) for step in found))
        else:
            yield from (_line(step) for step in found)


def _line(step: dict[str, Any], rest_days: tuple[tuple[date, str], ...] = ()) -> Line:
    return Line(
        kind=StepKind(step["kind"]),
        day=date.fromisoformat(step["day"]),
        source=step.get("source", ""),
        number=step.get("number", 0),
        unit=Unit(step["unit"]) if "unit" in step else None,
        until=date.fromisoformat(step["until"]) if "until" in step else None,
        name=step.get("name", ""),
        moment=datetime.fromisoformat(step["moment"]) if "moment" in step else None,
        rest_days=rest_days,
    )


@dataclass(frozen=True)
class Past:
    """What a deadline said before it was counted again."""

    at: datetime
    reason: str
    raw: date
    final: date
    provisional: bool


def past(history: list[dict[str, Any]]) -> list[Past]:
    """The old values of a deadline, oldest first."""
    return [
        Past(
            at=datetime.fromisoformat(said["at"]),
            reason=said["reason"],
            raw=date.fromisoformat(said["raw"]),
            final=date.fromisoformat(said["final"]),
            provisional=said["provisional"],
        )
        for said in history
    ]
