"""Who takes the whole court along, in which form, and what of each dispute stands in it. No database."""

import enum
from dataclasses import dataclass

from mediation.kernel.actor import Actor, Role


class Format(enum.StrEnum):
    """A spreadsheet for people, Parquet for programs that count."""

    XLSX = "xlsx"
    PARQUET = "parquet"


class Kind(enum.StrEnum):
    """What a column holds."""

    TEXT = "text"
    CODE = "code"
    NUMBER = "number"
    MONEY = "money"
    DAY = "day"
    MOMENT = "moment"
    TRUTH = "truth"


@dataclass(frozen=True)
class Column:
    """One fact of a dispute, under a name that never changes."""

    name: str
    kind: Kind


# No name, number, address or telephone of a person, and nothing anybody said, stands in it: what the purpose does not
# need is not taken along (PIPL art. 6), and what was said in a mediation stays there (S4 arts 2, 28; R10-10, R10-13).
# A mediator is a number of the court's list: whoever may read the list finds the person there (R7-12).
COLUMNS = (
    Column("receipt_no", Kind.TEXT), Column("case_numbers", Kind.TEXT), Column("source", Kind.CODE),
    Column("received_at", Kind.MOMENT), Column("cause_version", Kind.TEXT), Column("cause_code", Kind.TEXT),
    Column("cause", Kind.TEXT), Column("amount", Kind.MONEY), Column("street", Kind.TEXT),
    Column("has_complaint", Kind.TRUTH), Column("applicants", Kind.NUMBER), Column("respondents", Kind.NUMBER),
    Column("third_parties", Kind.NUMBER), Column("organisations", Kind.NUMBER), Column("route", Kind.CODE),
    Column("status", Kind.CODE), Column("closed_at", Kind.MOMENT), Column("closing", Kind.CODE),
    Column("mediations", Kind.NUMBER), Column("mediation_kind", Kind.CODE), Column("mediation_body", Kind.TEXT),
    Column("mediator", Kind.NUMBER), Column("mediation_status", Kind.CODE), Column("issued_on", Kind.DAY),
    Column("accepted_on", Kind.DAY), Column("ended_on", Kind.DAY), Column("final_on", Kind.DAY),
    Column("excluded_days", Kind.NUMBER), Column("sessions_held", Kind.NUMBER), Column("end_code", Kind.CODE),
    Column("mediated", Kind.TRUTH), Column("effective_on", Kind.DAY), Column("applied_on", Kind.DAY),
    Column("confirmation_accepted_on", Kind.DAY), Column("decided_on", Kind.DAY), Column("outcome", Kind.CODE),
    Column("filed_on", Kind.DAY), Column("procedure", Kind.CODE), Column("fast_track", Kind.TRUTH),
    Column("heard_on", Kind.DAY), Column("case_closed_on", Kind.DAY), Column("manner", Kind.CODE),
)  # fmt: skip
PLACE = {column.name: number for number, column in enumerate(COLUMNS)}

# So many of one process at once: each holds a connection for as long as it is fetched.
AT_ONCE = 2


def may_take_all(actor: Actor) -> bool:
    """The president, or whoever runs the installation with a command (DOMAIN 2.2: statistics, export; R10-13)."""
    return actor.has(Role.PRESIDENT) or actor.id == 0
