"""When a party joins a filed case, and when another claim is tried with it (CPL arts 54, 59, 135, 143; S2 arts 73, 74, 81, 232, 233)."""

import enum
from dataclasses import dataclass
from datetime import date

from mediation.disputes.rules import PartyRole
from mediation.kernel.states import Step
from mediation.litigation import rules as register

JOINING, CLAIMING = "CPL arts 59, 135; S2 arts 73, 81", "CPL art. 143; S2 arts 232, 233"
NOTICE, FEE = "S2 art. 74", "S10 arts 18, 20, 22"
APPEAL, ABOVE = "CPL arts 157, 171", "CPL arts 178, 182; S2 art. 330"


class Place(enum.StrEnum):
    """In which place somebody joins the case."""

    CO_PLAINTIFF = "co_plaintiff"
    CO_DEFENDANT = "co_defendant"
    THIRD_WITH_CLAIM = "third_with_claim"
    THIRD_WITHOUT_CLAIM = "third_without_claim"


class Origin(enum.StrEnum):
    """Whose wish it is that somebody joins."""

    COURT = "court"
    PARTY = "party"
    OWN = "own"


class ClaimKind(enum.StrEnum):
    """What is claimed besides the suit."""

    COUNTERCLAIM = "counterclaim"
    THIRD_PARTY = "third_party"


class ClaimStatus(enum.StrEnum):
    """How far such a claim has come."""

    BROUGHT = "brought"
    JOINED = "joined"
    REFUSED = "refused"
    APPEALED = "appealed"
    WITHDRAWN = "withdrawn"
    DROPPED = "dropped"


class Link(enum.StrEnum):
    """What connects it with the suit, as the judge finds (S2 art. 233)."""

    SAME_RELATION = "same_relation"
    CAUSAL = "causal"
    SAME_FACTS = "same_facts"
    NONE = "none"


class Obstacle(enum.StrEnum):
    """Why it cannot be done like this."""

    CLOSED = "closed"
    NOT_THAT_DAY = "not_that_day"
    NO_REASON = "no_reason"
    NO_NAME = "no_name"
    NO_APPLICANT = "no_applicant"
    MUST_SUE = "must_sue"
    NOT_ASKED = "not_asked"
    NO_DAYS = "no_days"
    HEARD = "heard"
    NO_CLAIM = "no_claim"
    NOT_THIS_PARTY = "not_this_party"
    PAID = "paid"
    TIME_TO_PAY = "time_to_pay"
    NOT_SERVED = "not_served"
    SERVED = "served"
    APPEAL_OVER = "appeal_over"
    ANSWERED = "answered"
    NO_PAPER = "no_paper"
    NOT_SINCE = "not_since"


OBSTACLE_ARTICLE = {
    Obstacle.CLOSED: "S2 art. 232",
    Obstacle.NOT_THAT_DAY: "CPL art. 143",
    Obstacle.NO_REASON: "S2 art. 73",
    Obstacle.NO_NAME: "S2 art. 73",
    Obstacle.NO_APPLICANT: "S2 art. 73",
    Obstacle.MUST_SUE: "CPL art. 59; S2 art. 81",
    Obstacle.NOT_ASKED: "S2 art. 73",
    Obstacle.NO_DAYS: "S37 art. 55",
    Obstacle.HEARD: "S2 art. 232",
    Obstacle.NO_CLAIM: "S2 art. 232",
    Obstacle.NOT_THIS_PARTY: "S2 arts 82, 233",
    Obstacle.PAID: "S10 art. 22",
    Obstacle.TIME_TO_PAY: "S10 art. 22; S2 art. 213",
    Obstacle.NOT_SERVED: "CPL art. 171",
    Obstacle.SERVED: "CPL art. 87",
    Obstacle.APPEAL_OVER: "CPL art. 171",
    Obstacle.ANSWERED: "CPL art. 182",
    Obstacle.NO_PAPER: "CPL art. 178",
    Obstacle.NOT_SINCE: "CPL art. 171",
}
FIELD = {
    Obstacle.NOT_THAT_DAY: "on",
    Obstacle.NO_REASON: "reason",
    Obstacle.NO_NAME: "name",
    Obstacle.NO_APPLICANT: "applicant_id",
    Obstacle.MUST_SUE: "origin",
    Obstacle.NOT_ASKED: "answer",
    Obstacle.NO_DAYS: "days",
    Obstacle.NO_CLAIM: "claims",
    Obstacle.NOT_THIS_PARTY: "party_id",
    Obstacle.APPEAL_OVER: "on",
    Obstacle.NO_PAPER: "number",
    Obstacle.NOT_SINCE: "on",
}

ROLE = {
    Place.CO_PLAINTIFF: PartyRole.APPLICANT,
    Place.CO_DEFENDANT: PartyRole.RESPONDENT,
    Place.THIRD_WITH_CLAIM: PartyRole.THIRD,
    Place.THIRD_WITHOUT_CLAIM: PartyRole.THIRD,
}
NOT_TAKEN = frozenset({ClaimStatus.REFUSED, ClaimStatus.APPEALED})
KIND = {PartyRole.RESPONDENT: ClaimKind.COUNTERCLAIM, PartyRole.THIRD: ClaimKind.THIRD_PARTY}
# Who has to answer it: a counterclaim the plaintiffs, the claim of a third party both sides (CPL art. 59).
ANSWERS = {
    ClaimKind.COUNTERCLAIM: frozenset({PartyRole.APPLICANT}),
    ClaimKind.THIRD_PARTY: frozenset({PartyRole.APPLICANT, PartyRole.RESPONDENT}),
}

S = ClaimStatus
STEPS: tuple[Step, ...] = (
    Step("join", {S.BROUGHT}, S.JOINED, register.may_try, "R4-16", CLAIMING),
    Step("refuse", {S.BROUGHT}, S.REFUSED, register.may_try, "R4-16", "S2 art. 233"),
    # At the wish of who brought it, which must be allowed; or because the fee was not paid.
    Step("withdraw", {S.BROUGHT, S.JOINED}, S.WITHDRAWN, register.may_try, "R4-16", "S2 arts 213, 239"),
    Step("drop", {S.BROUGHT}, S.DROPPED, register.may_entrust, "R4-16", CLAIMING),
    Step("appeal", {S.REFUSED}, S.APPEALED, register.may_entrust, "R4-16", APPEAL),
    # What the higher court rules is final (CPL art. 182): upheld, or this court has to take the claim (S2 art. 330).
    Step("uphold", {S.APPEALED}, S.REFUSED, register.may_entrust, "R4-16", ABOVE),
    Step("overturn", {S.APPEALED}, S.JOINED, register.may_try, "R4-16", ABOVE),
)


@dataclass(frozen=True)
class Joining:
    """Somebody who is to join, beside the case."""

    is_open: bool
    place: Place
    origin: Origin
    on: date
    today: date
    filed_on: date
    granted: bool = True
    name: str = ""
    applicant: bool = False
    reason: str = ""
    # Whether a time for evidence has to be set for the newcomer, and how long it is.
    evidence: bool = False
    days: int | None = None


def joining(facts: Joining) -> list[Obstacle]:
    """Joined by the court itself or on an application, which is examined; why, is said (CPL arts 59, 135; S2 arts 73, 81).

    Who claims the matter in dispute for himself sues; the court does not make him (CPL art. 59(1)). For the newcomer a
    time for evidence is set, which holds for the others too (S37 art. 55(2)).
    """
    if not facts.is_open:
        return [Obstacle.CLOSED]
    found = {
        Obstacle.NOT_THAT_DAY: not facts.filed_on <= facts.on <= facts.today,
        Obstacle.NO_NAME: not facts.name.strip(),
        Obstacle.NO_APPLICANT: facts.origin is Origin.PARTY and not facts.applicant,
        Obstacle.MUST_SUE: facts.place is Place.THIRD_WITH_CLAIM and facts.origin is not Origin.OWN,
        Obstacle.NOT_ASKED: facts.origin is Origin.COURT and not facts.granted,
        Obstacle.NO_REASON: not facts.reason.strip(),
        Obstacle.NO_DAYS: facts.granted and facts.evidence and not facts.days,
    }
    return [obstacle for obstacle, stands in found.items() if stands]


@dataclass(frozen=True)
class Bringing:
    """A claim besides the suit, beside the case."""

    is_open: bool
    on: date
    today: date
    filed_on: date
    heard: bool = False
    # The kind by who brings it; none where that party cannot.
    kind: ClaimKind | None = None
    claims: str = ""


def kind_of(role: PartyRole, *, without_claim: bool) -> ClaimKind | None:
    """A defendant brings a counterclaim, a third party with a claim of its own that claim; nobody else (S2 arts 82, 233)."""
    return None if without_claim else KIND.get(role)


def bringing(facts: Bringing) -> list[Obstacle]:
    """After the filing and before the debate in court has ended (S2 art. 232)."""
    if not facts.is_open:
        return [Obstacle.CLOSED]
    found = {
        Obstacle.HEARD: facts.heard,
        Obstacle.NOT_THAT_DAY: not facts.filed_on <= facts.on <= facts.today,
        Obstacle.NOT_THIS_PARTY: facts.kind is None,
        Obstacle.NO_CLAIM: not facts.claims.strip(),
    }
    return [obstacle for obstacle, stands in found.items() if stands]


def joins(link: Link, *, elsewhere: bool) -> bool:
    """What is connected with the suit is tried with it; what is not, or belongs to another court alone, is not (S2 art. 233)."""
    return link is not Link.NONE and not elsewhere


def deciding(*, joined: bool, evidence: bool, days: int | None, reason: str) -> list[Obstacle]:
    """Tried together, the time for evidence is determined anew (S37 art. 55(4)); not taken, the ruling says why."""
    if joined:
        return [Obstacle.NO_DAYS] if evidence and not days else []
    return [] if reason.strip() else [Obstacle.NO_REASON]


def withdrawing(*, unpaid: bool, paid: bool, pay_until: date | None, today: date) -> list[Obstacle]:
    """A wish to withdraw is allowed (S2 art. 239); without one, only what is not paid in time counts as withdrawn."""
    if not unpaid:
        return []
    if paid:
        return [Obstacle.PAID]
    return [Obstacle.TIME_TO_PAY] if pay_until is not None and today <= pay_until else []


@dataclass(frozen=True)
class Appeal:
    """An appeal of whoever brought the claim against the ruling that does not take it."""

    on: date
    today: date
    served_on: date | None = None
    until: date | None = None
    answered: bool = False


def appealing(facts: Appeal) -> list[Obstacle]:
    """Within ten days after the ruling reached the party, and once (CPL arts 171, 182)."""
    if facts.answered:
        return [Obstacle.ANSWERED]
    if facts.served_on is None:
        return [Obstacle.NOT_SERVED]
    if not facts.served_on <= facts.on <= facts.today:
        return [Obstacle.NOT_SINCE]
    return [Obstacle.APPEAL_OVER] if facts.until is None or facts.on > facts.until else []


def answering_above(
    *, above: str, number: str, on: date, appealed_on: date, today: date, taken: bool, is_open: bool
) -> list[Obstacle]:
    """The higher court's ruling has its number; a claim is tried with the suit only while that goes on (S2 art. 330)."""
    found = {
        Obstacle.NO_PAPER: not (above.strip() and number.strip()),
        Obstacle.NOT_SINCE: not appealed_on <= on <= today,
        Obstacle.CLOSED: taken and not is_open,
    }
    return [obstacle for obstacle, stands in found.items() if stands]
