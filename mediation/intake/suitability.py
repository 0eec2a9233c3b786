"""What the cause of action alone says: whether mediation suits it and whether an agreement on it can be confirmed.

The table (`data/suitability.csv`) names causes of the 2025 list (S20); a cause without a row of its own takes the row of
the nearest cause above it. Causes of an older list have other serial numbers and are found by their name.
"""

import csv
import enum
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType

TABLE = Path(__file__).parent / "data" / "suitability.csv"
VERSION = "2025"


class Exclusion(enum.StrEnum):
    """What stands against mediation, in whole or in part (DOMAIN 3.5)."""

    SPECIAL_PROCEDURE = "X01"
    STATUS_RELATION = "X02"
    BY_NATURE = "X03"
    REFUSED = "X04"
    NOT_CIVIL = "X05"
    OTHER_COURT = "X06"
    ARBITRATION_FIRST = "X07"
    SHAM = "X08"
    PRESERVATION = "X09"


class Mediation(enum.StrEnum):
    """How far mediation suits a cause."""

    TYPICAL = "typical"
    POSSIBLE = "possible"
    CARE = "care"


class Confirmable(enum.StrEnum):
    """Whether an agreement on the cause can be confirmed (S2 art. 355).

    PARTLY: not as far as the agreement decides title or status.
    """

    YES = "yes"
    PARTLY = "partly"
    NO = "no"
    JUDGE_DECIDES = "judge_decides"


@dataclass(frozen=True)
class Suitability:
    """One row of the table."""

    code: str
    name: str
    mediation: Mediation
    confirmation: Confirmable
    exclusion: Exclusion | None


UNKNOWN = Suitability("", "", Mediation.POSSIBLE, Confirmable.JUDGE_DECIDES, None)


@cache
def table() -> Mapping[str, Suitability]:
    """All rows by cause code."""
    with TABLE.open(encoding="utf-8", newline="") as file:
        rows = [
            Suitability(
                row["code"],
                row["name"],
                Mediation(row["mediation"]),
                Confirmable(row["confirmation"]),
                Exclusion(row["exclusion"]) if row["exclusion"] else None,
            )
            for row in csv.DictReader(file)
        ]
    return MappingProxyType({row.code: row for row in rows})


@cache
def _by_name() -> Mapping[str, Suitability]:
    # The deepest row of a name wins: 人格权纠纷 is a part and a group at once.
    return MappingProxyType({row.name: row for row in sorted(table().values(), key=lambda row: row.code.count("."))})


def of_cause(code: str, *, version: str = VERSION, name: str = "") -> Suitability:
    """The row that governs a cause; a cause nobody knows is left to the judge."""
    if version != VERSION:
        return _by_name().get(name, UNKNOWN)
    parts = code.split(".")
    for length in range(len(parts), 0, -1):
        found = table().get(".".join(parts[:length]))
        if found is not None:
            return found
    return UNKNOWN


def confirmable(code: str, *, version: str = VERSION, name: str = "") -> Confirmable:
    """Whether judicial confirmation is open to an agreement on this cause (S2 art. 355; DOMAIN 6.3)."""
    return of_cause(code, version=version, name=name).confirmation
