"""How evenly work is spread, and what other levers would have made of it. Looks at values, never at a database."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from mediation.assignment.choice import Levers
from mediation.assignment.replay import Inputs


@dataclass(frozen=True)
class Spread:
    """Numbers of cases over mediators: least, middle, most, and how unevenly in all."""

    least: int
    middle: Fraction
    most: int
    total: int
    people: int
    gini: Fraction

    @property
    def percent(self) -> int:
        """The Gini coefficient in hundredths, rounded half up: 0 when all carry the same."""
        return int(self.gini * 100 + Fraction(1, 2))

    @property
    def middle_shown(self) -> str:
        """The middle, with its half where there is one."""
        whole = self.middle.numerator // self.middle.denominator
        return f"{whole}.5" if self.middle.denominator > 1 else str(whole)


def spread(numbers: Iterable[int]) -> Spread | None:
    """The spread of these numbers; None of nobody."""
    found = sorted(numbers)
    if not found:
        return None
    people, total = len(found), sum(found)
    middle = Fraction(found[(people - 1) // 2] + found[people // 2], 2)
    # Half the mean difference of every pair, in shares of the mean.
    weighed = sum((2 * place - people - 1) * number for place, number in enumerate(found, 1))
    gini = Fraction(weighed, people * total) if total else Fraction(0)
    return Spread(found[0], middle, found[-1], total, people, gini)


# --- the sandbox ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Past:
    """One choice of the period, as it was made."""

    record_id: int
    inputs: Inputs
    suggested: int | None
    chosen: int | None

    @property
    def followed(self) -> bool:
        """The suggestion was followed: by other levers another mediator would have got the case."""
        return self.chosen is not None and self.chosen == self.suggested


@dataclass(frozen=True)
class Trial:
    """What other levers would have suggested for one choice."""

    record_id: int
    before: int | None
    after: int | None

    @property
    def differs(self) -> bool:
        """Somebody else would have been suggested."""
        return self.before != self.after


@dataclass(frozen=True)
class Tried:
    """The whole period by other levers."""

    trials: tuple[Trial, ...]
    # Cases each mediator got, and would have got.
    before: Mapping[int, int]
    after: Mapping[int, int]

    @property
    def differing(self) -> int:
        """For how many cases somebody else would have been suggested."""
        return sum(trial.differs for trial in self.trials)


def rerun(past: Sequence[Past], levers: Levers) -> Tried:
    """Every choice of the period again, by other levers, in the order of the days.

    The facts of each day stay as they were; only the load is carried along: whoever would have got an earlier case has
    one more, and whoever got it has one less. Where the parties or the court chose somebody else than suggested, that
    choice stands by any levers.
    """
    shifted: Counter[int] = Counter()
    before: Counter[int] = Counter()
    after: Counter[int] = Counter()
    trials = []
    everybody: set[int] = set()
    for one in past:
        everybody |= {standing.mediator_id for standing in one.inputs.standings}
        found = _carried(one.inputs, shifted).decided(levers).suggested
        trials.append(Trial(one.record_id, one.suggested, found))
        got = found if one.followed else one.chosen
        if one.chosen is not None:
            before[one.chosen] += 1
            shifted[one.chosen] -= 1
        if got is not None:
            after[got] += 1
            shifted[got] += 1
    return Tried(tuple(trials), {m: before[m] for m in sorted(everybody)}, {m: after[m] for m in sorted(everybody)})


def _carried(inputs: Inputs, shifted: Mapping[int, int]) -> Inputs:
    if not any(shifted.values()):
        return inputs
    standings = tuple(
        replace(one, open_cases=max(one.open_cases + shifted[one.mediator_id], 0))
        if shifted.get(one.mediator_id)
        else one
        for one in inputs.standings
    )
    return replace(inputs, standings=standings)
