"""What the screen may show: counts, no names, no ranking, no cell so small that somebody could be found in it."""

import enum
from collections.abc import Iterable
from dataclasses import dataclass

# R7-13: fewer than these in a cell of a public screen are not shown.
SMALLEST = 5
TENTHS = 1000
OTHER = "other"


class Dimension(enum.StrEnum):
    """By what the disputes are shown."""

    TYPE = "type"
    COMMUNITY = "community"


class ProblemType(enum.StrEnum):
    """Kinds of problem as the governance centre tells them apart (DOMAIN 8.4); never the legal cause itself."""

    FAMILY = "family"
    NEIGHBOURS = "neighbours"
    HOUSING = "housing"
    PROPERTY_SERVICE = "property_service"
    LABOUR = "labour"
    CONSUMER = "consumer"
    TRAFFIC = "traffic"
    MEDICAL = "medical"
    LENDING = "lending"
    DAMAGES = "damages"
    EXPROPRIATION = "expropriation"
    OTHER = "other"


T = ProblemType
# Beginnings of codes of the tree of causes; the longest that fits decides.
TYPE_OF = {
    "1": T.DAMAGES, "2": T.FAMILY, "3.5.44": T.DAMAGES, "3.6.47": T.PROPERTY_SERVICE, "3.6.48": T.PROPERTY_SERVICE,
    "3.6.49": T.PROPERTY_SERVICE, "3.6.55": T.NEIGHBOURS, "3.7.65.2": T.EXPROPRIATION, "4.10.88.8": T.CONSUMER,
    "4.10.96": T.HOUSING, "4.10.97": T.EXPROPRIATION, "4.10.98": T.CONSUMER, "4.10.99": T.CONSUMER, "4.10.100": T.CONSUMER,
    "4.10.101": T.CONSUMER, "4.10.108": T.LENDING, "4.10.109": T.LENDING, "4.10.115": T.LENDING, "4.10.116.2": T.HOUSING,
    "4.10.126": T.PROPERTY_SERVICE, "4.10.142": T.CONSUMER, "4.10.142.4": T.MEDICAL, "4.10.144": T.LABOUR, "7": T.LABOUR,
    "10": T.DAMAGES, "10.35.410": T.CONSUMER, "10.35.411": T.TRAFFIC, "10.35.412": T.TRAFFIC, "10.35.413": T.MEDICAL,
}  # fmt: skip


def problem_type(cause_code: str) -> ProblemType:
    """The kind of problem of a cause of action."""
    parts = cause_code.split(".")
    for length in range(len(parts), 0, -1):
        found = TYPE_OF.get(".".join(parts[:length]))
        if found is not None:
            return found
    return ProblemType.OTHER


@dataclass(frozen=True)
class Slice:
    """One piece of a pie: how many, and its share in tenths of a per cent."""

    key: str
    count: int
    tenths: int

    @property
    def percent(self) -> float:
        """The share to one decimal."""
        return self.tenths / 10


def pie(counts: Iterable[tuple[str, int]]) -> list[Slice]:
    """The pieces in the given order, small ones folded into the last; their shares add up to a hundred exactly."""
    folded = fold(counts)
    return [
        Slice(key, count, tenths) for (key, count), tenths in zip(folded, shares([n for _k, n in folded]), strict=True)
    ]


def fold(counts: Iterable[tuple[str, int]]) -> list[tuple[str, int]]:
    """R7-13: cells under five become "other"; where that is itself so small, the smallest other cell joins it.

    A single small cell beside a known whole could else be worked out. Nothing is left where the whole is that small.
    """
    shown = [(key, count) for key, count in counts if count > 0]
    rest = sum(count for key, count in shown if count < SMALLEST or key == OTHER)
    kept = [(key, count) for key, count in shown if count >= SMALLEST and key != OTHER]
    while 0 < rest < SMALLEST and kept:
        smallest = min(kept, key=lambda cell: cell[1])
        kept.remove(smallest)
        rest += smallest[1]
    return kept + ([(OTHER, rest)] if rest >= SMALLEST else [])


def shares(counts: list[int]) -> list[int]:
    """Shares in tenths of a per cent that add up to a hundred: each floored, what is left to the largest remainders."""
    whole = sum(counts)
    if whole == 0:
        return []
    floors = [TENTHS * count // whole for count in counts]
    order = sorted(range(len(counts)), key=lambda i: (-(TENTHS * counts[i] % whole), i))
    for i in order[: TENTHS - sum(floors)]:
        floors[i] += 1
    return floors
