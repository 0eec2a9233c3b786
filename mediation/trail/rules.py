"""Who reads the trail, what is shown of an entry, and how much of it leaves the house."""

import enum
import re
from typing import Any

from mediation.kernel.actor import Actor, Role

# One spreadsheet; more is asked for in parts.
MOST_ROWS = 50_000
SHOWN_FAULTS = 20
HIDDEN = "＊＊＊"
# What concerns the installation and not a dispute: all facts of these are shown.
OF_THE_HOUSE = frozenset(
    {
        "user", "endpoint", "trail", "statistics", "court", "resource", "street", "regime_rule", "mediator",
        "organisation", "board_draft", "board_release", "calendar", "yearly_wage",
    }
)  # fmt: skip
# Facts in which people or what they said may stand.
TELLING = frozenset({"name", "reason", "text", "title", "note", "remark", "what", "content", "before", "after"})

CODE = re.compile(r"[a-z_]{1,40}|\d{4}-\d{2}-\d{2}(T[\d:.+Z-]+)?")


class Format(enum.StrEnum):
    """In which form the trail is taken along."""

    XLSX = "xlsx"
    CSV = "csv"


def may_read(actor: Actor) -> bool:
    """The audit administrator reads the trail of the own court, and nobody else does (GB/T 22239 8.1.5.2)."""
    return actor.has(Role.AUDIT_ADMIN)


def readable(subject_type: str, facts: dict[str, Any]) -> dict[str, Any]:
    """The facts of an entry as the audit administrator may see them: nothing of what a dispute is about.

    Codes (a state before and after) stay; what people wrote, and their names, do not.
    """
    if subject_type in OF_THE_HOUSE:
        return facts
    return {key: HIDDEN if key in TELLING and not is_code(value) else value for key, value in facts.items()}


def is_code(value: Any) -> bool:
    """A state, a number or a day; never what somebody wrote."""
    return value is None or isinstance(value, bool | int) or (isinstance(value, str) and bool(CODE.fullmatch(value)))
