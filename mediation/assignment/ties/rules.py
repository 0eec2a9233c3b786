"""Ties of a mediator to people and bodies, and the decision on recusal: pure rules (R2-16 ... R2-18, R2-22)."""

import enum
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from mediation.assignment import rules as assignments
from mediation.assignment.rules import CheckResult, Finding
from mediation.kernel.actor import REGISTRY, Actor, Role
from mediation.kernel.states import Step
from mediation.roster import rules as roster


class TieKind(enum.StrEnum):
    """What ties a mediator to somebody."""

    KIN = "kin"
    INTEREST = "interest"
    EMPLOYER = "employer"
    FIRM = "firm"
    CLIENT = "client"
    FORMER_AGENCY = "former_agency"
    PHONE = "phone"
    ADDRESS = "address"
    ACCOUNT = "account"
    OTHER = "other"


class TieSource(enum.StrEnum):
    """How a tie came to be known."""

    DISCLOSED = "disclosed"
    TOLD = "told"
    FOUND = "found"


TIE_ARTICLE: dict[TieKind, str] = {
    TieKind.KIN: "S4 art. 15(1); S5 art. 13(1)",
    TieKind.INTEREST: "S4 art. 15(2); S5 art. 13(2)",
    TieKind.EMPLOYER: "S4 art. 15(3); S5 art. 13(3)",
    # R2-21: a law firm does not act and mediate in one dispute.
    TieKind.FIRM: "S4 arts 15(3), 16",
    TieKind.CLIENT: "S4 art. 15(3); S5 art. 13(3)",
    TieKind.FORMER_AGENCY: "S4 art. 15(3); S5 art. 13(3)",
    TieKind.PHONE: "S4 art. 15(3)",
    TieKind.ADDRESS: "S4 art. 15(3)",
    TieKind.ACCOUNT: "S4 art. 15(3)",
    TieKind.OTHER: "S4 art. 15(3); S5 art. 13(3)",
}

FINDING_OF: dict[TieKind, Finding] = {
    TieKind.KIN: Finding.RELATIVE,
    TieKind.INTEREST: Finding.INTEREST,
    TieKind.EMPLOYER: Finding.SAME_EMPLOYER,
    TieKind.FIRM: Finding.SAME_EMPLOYER,
    TieKind.CLIENT: Finding.CLIENT,
    TieKind.FORMER_AGENCY: Finding.FORMER_AGENT,
    TieKind.PHONE: Finding.SAME_PHONE,
    TieKind.ADDRESS: Finding.SAME_ADDRESS,
    TieKind.ACCOUNT: Finding.SAME_ACCOUNT,
    TieKind.OTHER: Finding.OTHER_TIE,
}
# What the system sees in the records becomes an entry of the ledger of this kind.
KIND_OF_FOUND: dict[Finding, TieKind] = {
    Finding.SAME_PHONE: TieKind.PHONE,
    Finding.SAME_ADDRESS: TieKind.ADDRESS,
    Finding.SAME_EMPLOYER: TieKind.EMPLOYER,
    Finding.SAME_FIRM: TieKind.FIRM,
}
# What a party alleges, as a kind of tie.
KIND_OF_GROUND: dict[Finding, TieKind] = {
    Finding.RELATIVE: TieKind.KIN,
    Finding.INTEREST: TieKind.INTEREST,
    Finding.OTHER_TIE: TieKind.OTHER,
}
# A telephone, a door or an account shared once says nothing when it is over; everything else is still to be disclosed.
OVER_WHEN_ENDED = frozenset({TieKind.PHONE, TieKind.ADDRESS, TieKind.ACCOUNT})


@dataclass(frozen=True)
class Known:
    """One entry of the ledger, as the check for ties sees it."""

    tie_id: int
    kind: TieKind
    other_key: str = ""
    other_name: str = ""
    ended: bool = False


class Match(enum.Enum):
    """Whether somebody in a dispute is the one with whom the tie is."""

    NO = 0
    NAME_ONLY = 1
    YES = 2


def match(known: Known, person_key: str, name: str, *, verdict: bool | None = None) -> Match:
    """By identity where both are known; equal names alone are a question that somebody must answer (R2-22)."""
    if known.other_key and person_key:
        return Match.YES if known.other_key == person_key else Match.NO
    if not known.other_name or known.other_name != name:
        return Match.NO
    if verdict is None:
        return Match.NAME_ONLY
    return Match.YES if verdict else Match.NO


def finding_of(known: Known, *, of_agent: bool) -> Finding:
    """What an entry means beside this person: the same law firm bars when it acts, and only while it lasts (R2-21)."""
    if known.kind is TieKind.FIRM and of_agent and not known.ended:
        return Finding.SAME_FIRM
    if known.ended and known.kind in {TieKind.FIRM, TieKind.EMPLOYER}:
        return Finding.OTHER_TIE
    return FINDING_OF[known.kind]


Verdicts = Mapping[tuple[int, str], bool]


# --- the ledger: who may ----------------------------------------------------------------------------------------------


def may_read_ties(actor: Actor, mediator: roster.Person) -> bool:
    """The mediator, the own organisation, and the court that decides on recusal (S4 art. 15)."""
    court = actor.has(*REGISTRY, Role.GUIDING_JUDGE, Role.PRESIDENT)
    return roster.is_own(actor, mediator) or (court and actor.court_id == mediator.court_id)


def may_record_tie(actor: Actor, mediator: roster.Person) -> bool:
    """The mediator and the own organisation disclose; the registry records what is told to it (S5 art. 13)."""
    return roster.is_own(actor, mediator) or (actor.court_id == mediator.court_id and actor.has(*REGISTRY))


def may_settle_tie(actor: Actor, mediator: roster.Person) -> bool:
    """That an entry is wrong, or that two of one name are two people, is found by the registry."""
    return actor.court_id == mediator.court_id and actor.has(*REGISTRY)


# --- the decision on recusal ------------------------------------------------------------------------------------------


class Origin(enum.StrEnum):
    """From whom a tie became known during the work (S4 art. 15)."""

    PARTY = "party"
    MEDIATOR = "mediator"
    RECORDS = "records"


class RecusalStatus(enum.StrEnum):
    """Where the decision on a mediator's tie stands."""

    OPEN = "open"
    CONSENTED = "consented"
    UPHELD = "upheld"
    DISMISSED = "dismissed"
    MOOT = "moot"


class Decision(enum.StrEnum):
    """What the organisation or the court may decide (S4 art. 15)."""

    UPHOLD = "uphold"
    DISMISS = "dismiss"


def may_decide(actor: Actor, recusal: assignments.Facts) -> bool:
    """The invited organisation or the court (S4 art. 15); never the mediator about the own case."""
    if actor.mediator_id is not None and actor.mediator_id == recusal.mediator_id:
        return False
    court = actor.court_id == recusal.court_id and actor.has(*REGISTRY, Role.GUIDING_JUDGE)
    return court or assignments.may_appoint(actor, recusal)


def may_consent(actor: Actor, recusal: assignments.Facts) -> bool:
    """The parties' consent is recorded by the registry."""
    return assignments.may_issue(actor, recusal)


def may_drop(actor: Actor, recusal: assignments.Facts) -> bool:
    """The mediation ended otherwise: whoever ended it leaves nothing to decide."""
    return actor.court_id == recusal.court_id and (
        actor.id == 0 or actor.has(*REGISTRY, Role.GUIDING_JUDGE, Role.MEDIATOR, Role.ORGANISATION)
    )


_OPEN = {RecusalStatus.OPEN}
STEPS: tuple[Step, ...] = (
    Step("uphold", _OPEN, RecusalStatus.UPHELD, may_decide, "R2-18", "S4 art. 15; CPL art. 50"),
    Step("dismiss", _OPEN, RecusalStatus.DISMISSED, may_decide, "R2-18", "S4 art. 15; CPL art. 50"),
    Step("consent", _OPEN, RecusalStatus.CONSENTED, may_consent, "R2-17", "S4 art. 15; S5 art. 13"),
    Step("drop", _OPEN, RecusalStatus.MOOT, may_drop, "R2-18", "S4 art. 26"),
)


class Obstacle(enum.StrEnum):
    """Why an act of the ledger or of recusal is refused."""

    NO_ONE = "no_one"
    OWN_NUMBER = "own_number"
    KNOWN_ALREADY = "known_already"
    UNTIL_BEFORE_SINCE = "until_before_since"
    FUTURE_DAY = "future_day"
    STRUCK = "struck"
    ENDED_ALREADY = "ended_already"
    NO_WORDS = "no_words"
    NOT_NAMED_SO = "not_named_so"
    NOT_AT_WORK = "not_at_work"
    RECUSAL_OPEN = "recusal_open"
    PENDING_ALREADY = "pending_already"
    NOT_A_PARTY = "not_a_party"
    MUST_YIELD = "must_yield"


OBSTACLE_ARTICLE: dict[Obstacle, str] = {
    Obstacle.NO_ONE: "S5 art. 13",
    Obstacle.OWN_NUMBER: "S4 art. 15",
    Obstacle.KNOWN_ALREADY: "S5 art. 13",
    Obstacle.UNTIL_BEFORE_SINCE: "S5 art. 13",
    Obstacle.FUTURE_DAY: "S5 art. 13",
    Obstacle.STRUCK: "S5 art. 13",
    Obstacle.ENDED_ALREADY: "S5 art. 13",
    Obstacle.NO_WORDS: "S4 art. 15; CPL art. 48",
    Obstacle.NOT_NAMED_SO: "S4 art. 15",
    Obstacle.NOT_AT_WORK: "S4 art. 15",
    Obstacle.RECUSAL_OPEN: "S4 art. 15; CPL art. 48",
    Obstacle.PENDING_ALREADY: "CPL art. 50",
    Obstacle.NOT_A_PARTY: "S4 art. 15",
    Obstacle.MUST_YIELD: "S4 art. 16; CPL art. 47",
}


def tie_obstacles(
    *, other_key: str, other_name: str, own_key: str, since: date | None, until: date | None, today: date
) -> list[Obstacle]:
    """Why an entry may not be made: it names somebody else than the mediator, and days in their order."""
    found = {
        Obstacle.NO_ONE: not other_name.strip(),
        Obstacle.OWN_NUMBER: bool(own_key) and own_key == other_key,
        Obstacle.FUTURE_DAY: any(day is not None and day > today for day in (since, until)),
        Obstacle.UNTIL_BEFORE_SINCE: since is not None and until is not None and until < since,
    }
    return [obstacle for obstacle, applies in found.items() if applies]


def decision_obstacle(decision: Decision, result: CheckResult, *, reason: str) -> Obstacle | None:
    """Reasons are always given; what the law excludes outright is not dismissed (S4 art. 16)."""
    if not reason.strip():
        return Obstacle.NO_WORDS
    if decision is Decision.DISMISS and result is CheckResult.BLOCKED:
        return Obstacle.MUST_YIELD
    return None
