"""Who is on the court's lists, and who may be given a dispute (S4 arts 5-10; S5 art. 5)."""

import enum
from datetime import date
from typing import Protocol

from mediation.kernel.actor import COURT, Actor, Role
from mediation.kernel.states import Step


class OrganisationKind(enum.StrEnum):
    """What kind of body mediates (S4 art. 6)."""

    PEOPLES_COMMITTEE = "peoples_committee"
    ADMINISTRATIVE = "administrative"
    COMMERCIAL = "commercial"
    INDUSTRY = "industry"
    NOTARY = "notary"
    GOVERNANCE_CENTRE = "governance_centre"


class FeeMode(enum.StrEnum):
    """Whether the body charges (S3 art. 4; S23 art. 16): shown before the parties choose (R2-08)."""

    FREE = "free"
    MARKET = "market"


class Category(enum.StrEnum):
    """How a mediator stands to the court."""

    RESIDENT_PEOPLES = "resident_peoples"
    RESIDENT_INVITED = "resident_invited"
    INVITED = "invited"
    COURT = "court"


class RosterStatus(enum.StrEnum):
    """R2-10: only ACTIVE with a certificate that has not expired can be assigned."""

    CANDIDATE = "candidate"
    ACTIVE = "active"
    SUSPENDED = "suspended"
    REMOVED = "removed"
    EXPIRED = "expired"


class Obstacle(enum.StrEnum):
    """Why somebody may not be given a dispute now (R2-10)."""

    NOT_ACTIVE = "not_active"
    CERTIFICATE_EXPIRED = "certificate_expired"
    FULL = "full"
    ORGANISATION_NOT_ACTIVE = "organisation_not_active"


OBSTACLE_ARTICLE: dict[Obstacle, str] = {
    Obstacle.NOT_ACTIVE: "S4 art. 10",
    Obstacle.CERTIFICATE_EXPIRED: "S4 art. 5, 10",
    Obstacle.FULL: "S5 art. 12",
    Obstacle.ORGANISATION_NOT_ACTIVE: "S4 art. 6",
}


class Listed(Protocol):
    """What the rules read of a mediator."""

    @property
    def court_id(self) -> int: ...
    @property
    def status(self) -> RosterStatus: ...
    @property
    def certificate_expires_on(self) -> date: ...
    @property
    def max_open(self) -> int: ...


def obstacles(mediator: Listed, on: date, *, load: int, organisation: RosterStatus | None = None) -> list[Obstacle]:
    """Everything that stands against giving this mediator another dispute on that day; the last day still counts."""
    found = {
        Obstacle.NOT_ACTIVE: mediator.status is not RosterStatus.ACTIVE,
        Obstacle.CERTIFICATE_EXPIRED: mediator.certificate_expires_on < on,
        Obstacle.FULL: load >= mediator.max_open,
        Obstacle.ORGANISATION_NOT_ACTIVE: organisation not in {None, RosterStatus.ACTIVE},
    }
    return [obstacle for obstacle, stands in found.items() if stands]


class Ground(enum.StrEnum):
    """Why a place on the list changes (R2-09; S4 art. 28; S5 art. 29)."""

    FORCED = "forced"
    ILLEGAL = "illegal"
    GIFTS = "gifts"
    LEAK = "leak"
    ETHICS = "ethics"
    DECLINES = "declines"
    COMPLAINT_EXAMINED = "complaint_examined"
    LEAVE = "leave"
    OWN_WISH = "own_wish"
    EVALUATION = "evaluation"


GROUND_ARTICLE: dict[Ground, str] = {
    Ground.FORCED: "S4 art. 28(1)",
    Ground.ILLEGAL: "S4 art. 28(2)",
    Ground.GIFTS: "S4 art. 28(3)",
    Ground.LEAK: "S4 art. 28(4)",
    Ground.ETHICS: "S4 art. 28(5)",
    Ground.DECLINES: "S5 art. 29(2)",
    Ground.COMPLAINT_EXAMINED: "S4 art. 28",
    Ground.LEAVE: "S4 art. 10",
    Ground.OWN_WISH: "S4 art. 10",
    Ground.EVALUATION: "S4 art. 10",
}

MISCONDUCT = frozenset({Ground.FORCED, Ground.ILLEGAL, Ground.GIFTS, Ground.LEAK, Ground.ETHICS, Ground.DECLINES})

# Which grounds carry which step: a suspension may wait for an examination, a removal may not rest on a suspicion.
GROUNDS: dict[str, frozenset[Ground]] = {
    "suspend": MISCONDUCT | {Ground.COMPLAINT_EXAMINED, Ground.LEAVE},
    "remove": MISCONDUCT | {Ground.OWN_WISH, Ground.EVALUATION},
    "reactivate": frozenset({Ground.COMPLAINT_EXAMINED, Ground.LEAVE, Ground.EVALUATION}),
}


def may_read(actor: Actor, listed: Listed) -> bool:
    """The court's own people see the whole list (DOMAIN 2.2)."""
    return actor.court_id == listed.court_id and bool(actor.roles & COURT)


def may_decide(actor: Actor, listed: Listed) -> bool:
    """Who stands on the list is decided by the president (DOMAIN 2.2, roster: A)."""
    return actor.court_id == listed.court_id and actor.has(Role.PRESIDENT)


STEPS: tuple[Step, ...] = (
    Step("suspend", {RosterStatus.ACTIVE}, RosterStatus.SUSPENDED, may_decide, "R2-09", "S4 art. 28"),
    Step(
        "remove",
        {RosterStatus.ACTIVE, RosterStatus.SUSPENDED, RosterStatus.EXPIRED},
        RosterStatus.REMOVED,
        may_decide,
        "R2-09",
        "S4 art. 28",
    ),
    Step(
        "reactivate",
        {RosterStatus.SUSPENDED, RosterStatus.EXPIRED, RosterStatus.CANDIDATE},
        RosterStatus.ACTIVE,
        may_decide,
        "R2-10",
        "S4 art. 10",
    ),
)
