"""What a counting says for itself: its days, its steps, and the time it left out."""

import enum
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from mediation.periods.table import PeriodKey, PeriodRule, Unit


@dataclass(frozen=True, order=True)
class Interval:
    """Days left out: after ``after``, up to and with ``through`` (half-open, R4-12)."""

    after: date
    through: date
    # For what it was left out; of two causes that overlap, both.
    causes: tuple[str, ...] = field(default=(), compare=False)

    @property
    def days(self) -> int:
        return max((self.through - self.after).days, 0)


@dataclass(frozen=True)
class Lengthening:
    """One extension: by a number of units, or to a day the parties agreed."""

    by: int = 0
    unit: Unit = Unit.DAYS
    until: date | None = None
    source: str = ""


class StepKind(enum.StrEnum):
    START = "start"
    LENGTH = "length"
    EXCLUDED = "excluded"
    SKIPPED = "skipped"
    RAW = "raw"
    ROLLED = "rolled"
    EXTENDED = "extended"
    FINAL = "final"


@dataclass(frozen=True)
class Step:
    """One line of the reasoning: what was done, with which days and by which article."""

    kind: StepKind
    day: date
    source: str = ""
    number: int = 0
    unit: Unit | None = None
    until: date | None = None
    name: str = ""
    moment: datetime | None = None

    def as_data(self) -> dict[str, Any]:
        data: dict[str, Any] = {"kind": self.kind.value, "day": self.day.isoformat()}
        if self.source:
            data["source"] = self.source
        if self.unit:
            data |= {"number": self.number, "unit": self.unit.value}
        elif self.number:
            data["number"] = self.number
        if self.until:
            data["until"] = self.until.isoformat()
        if self.name:
            data["name"] = self.name
        if self.moment:
            data["moment"] = self.moment.isoformat()
        return data


@dataclass(frozen=True)
class Computed:
    """The last day of a period, as counted (raw) and as the law has it (final), and why."""

    rule: PeriodRule
    start: date
    raw: date
    final: date
    provisional: bool
    steps: tuple[Step, ...]
    excluded: tuple[Interval, ...] = ()
    moment: datetime | None = None

    @property
    def key(self) -> PeriodKey:
        return self.rule.key

    @property
    def excluded_days(self) -> int:
        return sum(interval.days for interval in self.excluded)

    @property
    def rolled_over(self) -> tuple[Step, ...]:
        return tuple(step for step in self.steps if step.kind is StepKind.ROLLED)

    def as_data(self) -> dict[str, Any]:
        return {
            "key": self.key.value,
            "start": self.start.isoformat(),
            "raw": self.raw.isoformat(),
            "final": self.final.isoformat(),
            "moment": self.moment.isoformat() if self.moment else None,
            "provisional": self.provisional,
            "source": self.rule.source,
            "excluded_days": self.excluded_days,
            "derivation": [step.as_data() for step in self.steps],
        }


def union(intervals: Iterable[Interval]) -> tuple[Interval, ...]:
    """Overlapping or touching exclusions count once."""
    merged: list[Interval] = []
    for interval in sorted(i for i in intervals if i.days):
        if merged and interval.after <= merged[-1].through:
            last = merged[-1]
            causes = tuple(dict.fromkeys((*last.causes, *interval.causes)))
            merged[-1] = Interval(last.after, max(last.through, interval.through), causes)
        else:
            merged.append(interval)
    return tuple(merged)


def clip(intervals: Sequence[Interval], after: date, through: date) -> tuple[Interval, ...]:
    """Only what falls inside the running period is left out of it (R4-12)."""
    inside = (Interval(max(i.after, after), min(i.through, through), i.causes) for i in intervals)
    return tuple(i for i in inside if i.days)
