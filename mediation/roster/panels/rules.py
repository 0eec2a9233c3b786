"""Special panels (专业调解委员会) with conditions of their own: pure rules (R2-06; S4 art. 9; S5 art. 28)."""

import enum
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from mediation.kernel.actor import Actor, Role
from mediation.roster.rules import RosterStatus, covers, may_enter

ARTICLE = "S4 art. 9; S5 art. 28"


class PanelFault(enum.StrEnum):
    """Why somebody may not stand on a special panel."""

    CLOSED = "closed"
    NOT_LISTED = "not_listed"
    ALREADY = "already"
    TRAINING = "training"
    FIELD = "field"
    NOT_ACCEPTED = "not_accepted"


FAULT_ARTICLE: dict[PanelFault, str] = {
    PanelFault.CLOSED: "S4 art. 9",
    PanelFault.NOT_LISTED: "S4 arts 5, 10",
    PanelFault.ALREADY: "S4 art. 9",
    PanelFault.TRAINING: "S4 arts 7, 9",
    PanelFault.FIELD: ARTICLE,
    PanelFault.NOT_ACCEPTED: "S5 arts 5, 28",
}

# Whoever has left the list, or is struck off it, stands on no part of it.
ON_A_LIST = frozenset({RosterStatus.CANDIDATE, RosterStatus.ACTIVE, RosterStatus.SUSPENDED})


class Conditions(Protocol):
    """What the rules read of a panel."""

    @property
    def causes(self) -> Sequence[Any]: ...
    @property
    def entry_hours(self) -> int: ...
    @property
    def needs_field(self) -> bool: ...


@dataclass(frozen=True)
class Applicant:
    """What decides whether a mediator fulfils the conditions of a panel."""

    status: RosterStatus
    hours: int
    fields: tuple[str, ...]


def may_set(actor: Actor) -> bool:
    """The court sets up a panel and its conditions: the president (S4 art. 9; DOMAIN 2.2, roster: A)."""
    return actor.id == 0 or actor.has(Role.PRESIDENT)


def may_fill(actor: Actor) -> bool:
    """Who fulfils the conditions is entered by those who keep the list."""
    return may_enter(actor)


def is_for(causes: Iterable[str], cause_code: str) -> bool:
    """Whether a dispute of this cause is one for the panel."""
    return covers(causes, cause_code)


def faults(panel: Conditions, person: Applicant) -> list[PanelFault]:
    """Which conditions of the panel a mediator does not fulfil."""
    found = {
        PanelFault.NOT_LISTED: person.status not in ON_A_LIST,
        PanelFault.TRAINING: person.hours < panel.entry_hours,
        PanelFault.FIELD: panel.needs_field and not _at_home(panel.causes, person.fields),
    }
    return [fault for fault, stands in found.items() if stands]


def body_faults(panel: Conditions, status: RosterStatus, accepts: Sequence[Any]) -> list[PanelFault]:
    """Which conditions a body does not fulfil; hours of training are those of its mediators (S4 arts 6, 9; S5 art. 28)."""
    found = {
        PanelFault.NOT_LISTED: status not in ON_A_LIST,
        PanelFault.NOT_ACCEPTED: bool(accepts) and not _at_home(panel.causes, accepts),
    }
    return [fault for fault, stands in found.items() if stands]


def _at_home(causes: Iterable[str], fields: Iterable[str]) -> bool:
    """Strong in one of the panel's causes: in the cause itself, in one below it, or in the group it belongs to."""
    told = [field for field in fields if field]
    return any(covers([cause], field) or covers([field], cause) for cause in causes for field in told)
