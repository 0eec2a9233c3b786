"""Who is on the court's lists, and who may be given a dispute (S4 arts 5-10; S5 art. 5)."""

import enum
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol

from mediation.kernel.actor import COURT, REGISTRY, Actor, Role
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


# PML art. 4: a people's mediation committee charges nothing, whatever it is asked to do.
FREE_KINDS = frozenset({OrganisationKind.PEOPLES_COMMITTEE})


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


class Language(enum.StrEnum):
    """In what a mediator can mediate beside writing."""

    MANDARIN = "zh"
    SHANDONG = "shandong"
    CANTONESE = "cantonese"
    ENGLISH = "en"
    JAPANESE = "ja"
    KOREAN = "ko"
    RUSSIAN = "ru"
    SIGN = "sign"


class Region(enum.StrEnum):
    """Where a mediator comes from, or a party (R2-07; S5 art. 6); empty for the mainland."""

    MAINLAND = ""
    FOREIGN = "foreign"
    HK = "hk"
    MACAO = "macao"
    TAIWAN = "taiwan"


# S5 art. 6: residents of Hong Kong and Macao stand for both.
REACHES: dict[Region, frozenset[Region]] = {
    Region.FOREIGN: frozenset({Region.FOREIGN}),
    Region.HK: frozenset({Region.HK, Region.MACAO}),
    Region.MACAO: frozenset({Region.HK, Region.MACAO}),
    Region.TAIWAN: frozenset({Region.TAIWAN}),
}


@dataclass(frozen=True)
class Reach:
    """A dispute as the list sees it: its cause, and where its parties or their investors come from."""

    cause_code: str = ""
    regions: frozenset[Region] = frozenset()


class Obstacle(enum.StrEnum):
    """Why somebody may not be given a dispute now (R2-10)."""

    NOT_ACTIVE = "not_active"
    CERTIFICATE_EXPIRED = "certificate_expired"
    ON_LEAVE = "on_leave"
    FULL = "full"
    ORGANISATION_NOT_ACTIVE = "organisation_not_active"
    OTHER_REGION = "other_region"
    OUT_OF_SCOPE = "out_of_scope"
    NO_CONSENT = "no_consent"
    OFF_PANEL = "off_panel"


OBSTACLE_ARTICLE: dict[Obstacle, str] = {
    Obstacle.NOT_ACTIVE: "S4 art. 10",
    Obstacle.CERTIFICATE_EXPIRED: "S4 art. 5, 10",
    Obstacle.ON_LEAVE: "S4 art. 10",
    Obstacle.FULL: "S5 art. 12",
    Obstacle.ORGANISATION_NOT_ACTIVE: "S4 art. 6",
    Obstacle.OTHER_REGION: "S5 art. 6",
    Obstacle.OUT_OF_SCOPE: "S5 art. 5, 12",
    Obstacle.NO_CONSENT: "S4 art. 5; S5 art. 27",
    Obstacle.OFF_PANEL: "S4 art. 9; S5 art. 28",
}


class Placed(Protocol):
    """What the rules read of any place on the lists, a mediator's or a body's."""

    @property
    def court_id(self) -> int: ...
    @property
    def status(self) -> RosterStatus: ...


class Borrowed(Protocol):
    """What the rules read of a place that may come from the list of a higher court (R2-01; S4 art. 5; S5 art. 27)."""

    @property
    def listed_by(self) -> str: ...
    @property
    def consented_on(self) -> date | None: ...


def serves_here(place: Borrowed, on: date) -> bool:
    """On the own list; or on a higher court's, with the consent to serve here too (S5 art. 27)."""
    return not place.listed_by or (place.consented_on is not None and place.consented_on <= on)


class Listed(Placed, Borrowed, Protocol):
    """What the rules read of a mediator."""

    @property
    def certificate_expires_on(self) -> date: ...
    @property
    def max_open(self) -> int: ...
    @property
    def foreign_region(self) -> Region: ...


class Body(Borrowed, Protocol):
    """What the rules read of the organisation a mediator is listed under."""

    @property
    def status(self) -> RosterStatus: ...
    @property
    def accepted_causes(self) -> Sequence[Any]: ...


def covers(fields: Iterable[str], cause_code: str) -> bool:
    """Whether a cause is one of these, or lies below one of them by its code."""
    return any(field == cause_code or (field and cause_code.startswith(f"{field}.")) for field in fields)


def obstacles(
    mediator: Listed,
    on: date,
    *,
    load: int,
    away: bool = False,
    organisation: Body | None = None,
    dispute: Reach | None = None,
    off_panel: bool = False,
) -> list[Obstacle]:
    """Everything that stands against giving this mediator a (or this) dispute on that day; the last day still counts."""
    found = {
        Obstacle.NOT_ACTIVE: mediator.status is not RosterStatus.ACTIVE,
        Obstacle.CERTIFICATE_EXPIRED: mediator.certificate_expires_on < on,
        Obstacle.ON_LEAVE: away,
        Obstacle.FULL: load >= mediator.max_open,
        Obstacle.ORGANISATION_NOT_ACTIVE: organisation is not None and organisation.status is not RosterStatus.ACTIVE,
        Obstacle.OTHER_REGION: dispute is not None and _is_beyond(mediator.foreign_region, dispute),
        Obstacle.OUT_OF_SCOPE: dispute is not None and organisation is not None and not _accepts(organisation, dispute),
        Obstacle.NO_CONSENT: not all(serves_here(one, on) for one in (mediator, organisation) if one is not None),
        Obstacle.OFF_PANEL: off_panel,
    }
    return [obstacle for obstacle, stands in found.items() if stands]


def body_obstacles(body: Body, on: date, *, dispute: Reach | None = None, off_panel: bool = False) -> list[Obstacle]:
    """Everything that stands against giving a body this dispute, for it to name one of its members."""
    found = {
        Obstacle.ORGANISATION_NOT_ACTIVE: body.status is not RosterStatus.ACTIVE,
        Obstacle.OUT_OF_SCOPE: dispute is not None and not _accepts(body, dispute),
        Obstacle.NO_CONSENT: not serves_here(body, on),
        Obstacle.OFF_PANEL: off_panel,
    }
    return [obstacle for obstacle, stands in found.items() if stands]


def _is_beyond(region: Region, dispute: Reach) -> bool:
    return region is not Region.MAINLAND and not REACHES[region] & dispute.regions


def _accepts(organisation: Body, dispute: Reach) -> bool:
    """A body that names no causes accepts all."""
    return not organisation.accepted_causes or covers(organisation.accepted_causes, dispute.cause_code)


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
    ENTRY = "entry"
    CERTIFICATE = "certificate"
    SERVED = "served"


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
    Ground.ENTRY: "S4 art. 5, 6, 7",
    Ground.CERTIFICATE: "S4 art. 5, 10",
    Ground.SERVED: "S4 art. 10",
}

MISCONDUCT = frozenset({Ground.FORCED, Ground.ILLEGAL, Ground.GIFTS, Ground.LEAK, Ground.ETHICS, Ground.DECLINES})

# Which grounds carry which step: a suspension may wait for an examination, a removal may not rest on a suspicion.
GROUNDS: dict[str, frozenset[Ground]] = {
    "suspend": MISCONDUCT | {Ground.COMPLAINT_EXAMINED, Ground.LEAVE},
    "remove": MISCONDUCT | {Ground.OWN_WISH, Ground.EVALUATION},
    "reactivate": frozenset({Ground.COMPLAINT_EXAMINED, Ground.LEAVE, Ground.EVALUATION}),
    "admit": frozenset({Ground.ENTRY}),
    "expire": frozenset({Ground.CERTIFICATE}),
    "resume": frozenset({Ground.SERVED}),
}
# What the daily run does by itself; nobody chooses these on a page.
BY_TIME = frozenset({"expire", "resume"})


def may_read(actor: Actor, listed: Placed) -> bool:
    """The court's own people see the whole list (DOMAIN 2.2)."""
    return actor.court_id == listed.court_id and bool(actor.roles & COURT)


class Person(Protocol):
    """Whose own affairs they are: a mediator with the organisation behind."""

    @property
    def id(self) -> int: ...
    @property
    def court_id(self) -> int: ...
    @property
    def organisation_id(self) -> int | None: ...


def is_own(actor: Actor, person: Person) -> bool:
    """The mediator themselves, or the organisation under which they are listed."""
    if actor.court_id != person.court_id:
        return False
    self = actor.has(Role.MEDIATOR) and actor.mediator_id == person.id
    member = actor.has(Role.ORGANISATION) and actor.organisation_id is not None
    return self or (member and actor.organisation_id == person.organisation_id)


def may_keep(actor: Actor, person: Person) -> bool:
    """Leave, hours and profile: the mediator, the own organisation, the registry, the president (DOMAIN 2.2)."""
    return is_own(actor, person) or (actor.court_id == person.court_id and actor.has(Role.PRESIDENT, *REGISTRY))


def may_decide(actor: Actor, listed: Placed) -> bool:
    """Who stands on the list is decided by the president (DOMAIN 2.2, roster: A)."""
    return actor.court_id == listed.court_id and actor.has(Role.PRESIDENT)


def may_let_time_act(actor: Actor, listed: Placed) -> bool:
    """The daily run: a certificate ends, a suspension is over, on the day and by itself."""
    return actor.court_id == listed.court_id and actor.id == 0


def may_enter(actor: Actor) -> bool:
    """The registry prepares entries and keeps the data, the president too; installation and import act by themselves."""
    return actor.id == 0 or actor.has(Role.PRESIDENT, *REGISTRY)


def may_look(actor: Actor, person: Person) -> bool:
    """Who opens the pages of a mediator: the court, the mediator, the own organisation."""
    return is_own(actor, person) or (actor.court_id == person.court_id and bool(actor.roles & COURT))


def may_set_rules(actor: Actor) -> bool:
    """How many hours of training, how early a warning, how long one is heard: the president sets it (DOMAIN 2.2)."""
    return actor.has(Role.PRESIDENT)


@dataclass(frozen=True)
class Demands:
    """What the court asks of everybody on its list, from a day on; until it has said so nothing is asked in numbers.

    S4 art. 7 asks for training and names no hours, art. 10 for evaluation and names no interval: the numbers are the
    court's own, dated, and changed only by a later row.
    """

    entry_hours: int = 0
    yearly_hours: int = 0
    warn_days: int = 60
    hearing_days: int = 5


class EntryFault(enum.StrEnum):
    """What is still missing before somebody may be put on the list."""

    CERTIFICATE = "certificate"
    TRAINING = "training"
    CONSENT = "consent"


ENTRY_ARTICLE: dict[EntryFault, str] = {
    EntryFault.CERTIFICATE: "S4 art. 5",
    EntryFault.TRAINING: "S4 art. 7",
    EntryFault.CONSENT: "S4 art. 5; S5 art. 27",
}


class Entering(Borrowed, Protocol):
    """What the rules read of a mediator before the place on the list."""

    @property
    def certificate_expires_on(self) -> date: ...


def entry_faults(mediator: Entering, on: date, *, hours: int, demands: Demands, entering: bool) -> list[EntryFault]:
    """The certificate must still run; who enters for the first time has had the training before entry (S4 art. 7).

    Who stands on a higher court's list was trained and examined there (S5 art. 27), and consents to serve here.
    """
    found = []
    if mediator.certificate_expires_on < on:
        found.append(EntryFault.CERTIFICATE)
    if entering and not mediator.listed_by and hours < demands.entry_hours:
        found.append(EntryFault.TRAINING)
    if not serves_here(mediator, on):
        found.append(EntryFault.CONSENT)
    return found


STEPS: tuple[Step, ...] = (
    Step("admit", {RosterStatus.CANDIDATE}, RosterStatus.ACTIVE, may_decide, "R2-01", "S4 art. 5, 6, 7"),
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
        {RosterStatus.SUSPENDED, RosterStatus.EXPIRED},
        RosterStatus.ACTIVE,
        may_decide,
        "R2-10",
        "S4 art. 10",
    ),
    Step(
        "expire",
        {RosterStatus.ACTIVE, RosterStatus.SUSPENDED},
        RosterStatus.EXPIRED,
        may_let_time_act,
        "R2-10",
        "S4 art. 5, 10",
    ),
    Step("resume", {RosterStatus.SUSPENDED}, RosterStatus.ACTIVE, may_let_time_act, "R2-09", "S4 art. 10"),
)
