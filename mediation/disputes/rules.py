"""The dispute's own words and machine D: where a dispute may go from where it stands (DOMAIN 3.1)."""

import enum
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Protocol

from mediation.disputes.case_numbers import CONFIRMING, TypeCode, confirm_type_code
from mediation.kernel.actor import JUDGES, REGISTRY, Actor, Role
from mediation.kernel.states import Step

__all__ = ["CONFIRMING", "TypeCode", "confirm_type_code"]


class Status(enum.StrEnum):
    """Machine D: where a dispute stands."""

    RECEIVED = "received"
    SCREENED = "screened"
    GUIDED = "guided"
    CONSENT_ASKED = "consent_asked"
    IN_MEDIATION = "in_mediation"
    AGREED = "agreed"
    NOT_AGREED = "not_agreed"
    FILED = "filed"
    CLOSED = "closed"
    RETURNED = "returned"


class Route(enum.StrEnum):
    """R0-01: A pre-filing delegation, B filing first then entrusted mediation, C guidance outside the court."""

    A = "A"
    B = "B"
    C = "C"


class Source(enum.StrEnum):
    """How the dispute reached the court."""

    WINDOW = "window"
    ONLINE = "online"
    MAIL = "mail"
    GOVERNANCE_CENTRE = "governance_centre"
    HOTLINE = "hotline"
    COMMITTEE = "committee"


class PartyRole(enum.StrEnum):
    """Before filing 申请人 / 被申请人, after it 原告 / 被告 / 第三人."""

    APPLICANT = "applicant"
    RESPONDENT = "respondent"
    THIRD = "third"


class PartyKind(enum.StrEnum):
    """A natural person or an organisation."""

    NATURAL = "natural"
    ORGANISATION = "organisation"


class IdType(enum.StrEnum):
    """Identity documents (DOMAIN 6.2)."""

    RESIDENT = "resident"
    USCC = "uscc"
    PASSPORT = "passport"
    FOREIGN_PASSPORT = "foreign_passport"
    HK_MACAO_PERMIT = "hk_macao_permit"
    TAIWAN_PERMIT = "taiwan_permit"
    HMT_RESIDENCE = "hmt_residence"
    FOREIGNER_CARD = "foreigner_card"


class Sex(enum.StrEnum):
    """As it stands in the identity document."""

    MALE = "male"
    FEMALE = "female"


class AgentKind(enum.StrEnum):
    """Who may represent (CPL 61)."""

    LAWYER = "lawyer"
    LEGAL_WORKER = "legal_worker"
    RELATIVE = "relative"
    EMPLOYEE = "employee"
    RECOMMENDED = "recommended"
    STATUTORY = "statutory"


class Authority(enum.StrEnum):
    """General authority cannot settle (CPL 62); 全权代理 alone is general (S2 art. 89)."""

    GENERAL = "general"
    SPECIAL = "special"


class Capacity(enum.StrEnum):
    """In which capacity somebody took part: the basis of the bans R2-19, R2-20 and of the separation of duties."""

    DIVERTED = "diverted"
    MEDIATED = "mediated"
    ORGANISED = "organised"
    GUIDED = "guided"
    JUDGED = "judged"
    CONFIRMED = "confirmed"
    AGENT = "agent"
    ASSESSOR = "assessor"
    WITNESS = "witness"
    APPRAISER = "appraiser"
    INTERPRETER = "interpreter"


class NumberStatus(enum.StrEnum):
    """A number is never used again; a cancelled registration keeps it (R6-03)."""

    VALID = "valid"
    VOID = "void"


class Confirming(enum.StrEnum):
    """What the court's confirmation of the agreement means for a suit about it."""

    PENDING = "pending"
    VALID = "valid"


class Closing(enum.StrEnum):
    """Why a dispute is closed."""

    PERFORMED = "performed"
    CONFIRMED = "confirmed"
    SETTLED = "settled"
    WITHDRAWN = "withdrawn"
    LITIGATION_ENDED = "litigation_ended"
    RETURNED = "returned"


OPEN = frozenset(Status) - {Status.CLOSED, Status.RETURNED}


# While a dispute stands here, a second registration of the same matter is worth a question.
EARLY = frozenset({Status.RECEIVED, Status.SCREENED, Status.GUIDED, Status.CONSENT_ASKED})


class Filter(enum.StrEnum):
    """Which disputes a work list shows."""

    OPEN = "open"
    OVERDUE = "overdue"
    RECEIVED = "received"
    ASKING = "asking"
    IN_MEDIATION = "in_mediation"
    AGREED = "agreed"
    NOT_AGREED = "not_agreed"
    FILED = "filed"
    CLOSED = "closed"


SHOWN_BY: dict[Filter, frozenset[Status]] = {
    Filter.OPEN: OPEN,
    Filter.OVERDUE: OPEN,
    Filter.RECEIVED: frozenset({Status.RECEIVED, Status.SCREENED}),
    Filter.ASKING: frozenset({Status.GUIDED, Status.CONSENT_ASKED}),
    Filter.IN_MEDIATION: frozenset({Status.IN_MEDIATION}),
    Filter.AGREED: frozenset({Status.AGREED}),
    Filter.NOT_AGREED: frozenset({Status.NOT_AGREED}),
    Filter.FILED: frozenset({Status.FILED}),
    Filter.CLOSED: frozenset({Status.CLOSED, Status.RETURNED}),
}


# ---- who may ----------------------------------------------------------------------------------------------------


class Owned(Protocol):
    """What the permissions read of a record."""

    @property
    def court_id(self) -> int: ...


def may_register(actor: Actor) -> bool:
    """Intake clerks and triage officers receive disputes (DOMAIN 2.2, row 1)."""
    return actor.has(*REGISTRY)


def may_edit(actor: Actor, dispute: Owned) -> bool:
    """Who receives disputes also corrects what stands in them."""
    return dispute.court_id == actor.court_id and actor.has(*REGISTRY)


def may_entrust(actor: Actor, dispute: Owned) -> bool:
    """After filing, the clerk or the judge who guides or tries entrusts (R3-10)."""
    return dispute.court_id == actor.court_id and actor.has(*REGISTRY, Role.GUIDING_JUDGE, Role.FAST_TRACK_JUDGE)


def may_report_result(actor: Actor, dispute: Owned) -> bool:
    """The mediator or the organisation ends the mediation; the registry may record what they report (S4 art. 26)."""
    return dispute.court_id == actor.court_id and actor.has(*REGISTRY, Role.MEDIATOR, Role.ORGANISATION)


def may_close(actor: Actor, dispute: Owned) -> bool:
    """Closing follows performance, a ruling, or the end of the suit: whoever records that closes (R3-13)."""
    return dispute.court_id == actor.court_id and actor.has(*REGISTRY, *JUDGES, Role.MEDIATOR, Role.ORGANISATION)


# ---- machine D --------------------------------------------------------------------------------------------------

STEPS: tuple[Step, ...] = (
    Step("ask_correction", {Status.RECEIVED}, Status.RECEIVED, may_edit, "R3-02", "S2 art. 126"),
    Step("screen", {Status.RECEIVED}, Status.SCREENED, may_edit, "R3-03", "CPL art. 125"),
    Step("return_", {Status.SCREENED}, Status.RETURNED, may_edit, "R3-04", "CPL art. 127"),
    # A mediation that failed may be tried again after new guidance (DOMAIN 3.0: "D2 again or L0").
    Step("guide", {Status.SCREENED, Status.NOT_AGREED}, Status.GUIDED, may_edit, "R3-05", "S5 art. 7"),
    Step("ask_consent", {Status.GUIDED}, Status.CONSENT_ASKED, may_edit, "R3-06", "S4 art. 11"),
    # Refusal, silence, unsuitability or insistence lead to filing from wherever the dispute stands: no step stops it.
    Step(
        "file",
        # An agreement that the court did not confirm does not bind it: the parties may sue (CPL 206; S3 art. 32).
        {Status.RECEIVED, Status.SCREENED, Status.GUIDED, Status.CONSENT_ASKED, Status.NOT_AGREED, Status.AGREED},
        Status.FILED,
        may_edit,
        "R3-07, R3-12",
        "CPL art. 126",
    ),
    Step("delegate", {Status.CONSENT_ASKED}, Status.IN_MEDIATION, may_edit, "R3-08", "S4 art. 11"),
    Step("refer", {Status.CONSENT_ASKED}, Status.IN_MEDIATION, may_edit, "R3-09", "S3 art. 18"),
    Step("entrust", {Status.FILED}, Status.IN_MEDIATION, may_entrust, "R3-10", "CPL art. 125"),
    Step("agree", {Status.IN_MEDIATION}, Status.AGREED, may_report_result, "R3-11", "S4 art. 24"),
    Step("fail", {Status.IN_MEDIATION}, Status.NOT_AGREED, may_report_result, "R3-11", "S4 art. 26"),
    # Route B: the case was filed before the mediation, the trial simply goes on.
    Step("resume_trial", {Status.NOT_AGREED}, Status.FILED, may_entrust, "R3-12", "S12 point 5"),
    Step("close", {Status.AGREED, Status.FILED, Status.RETURNED}, Status.CLOSED, may_close, "R3-13", "S4 art. 19"),
    Step(
        "withdraw",
        OPEN - {Status.FILED},
        Status.CLOSED,
        may_report_result,
        "R3-14",
        "CPL art. 13",
    ),
)

AHEAD = (Status.SCREENED, Status.GUIDED, Status.CONSENT_ASKED, Status.IN_MEDIATION, Status.AGREED, Status.CLOSED)
AFTER: dict[Status, tuple[Status, ...]] = {
    Status.RECEIVED: AHEAD,
    Status.NOT_AGREED: (Status.FILED, Status.CLOSED),
    Status.FILED: (Status.CLOSED,),
    Status.CLOSED: (),
    Status.RETURNED: (),
} | {status: AHEAD[place + 1 :] for place, status in enumerate(AHEAD[:-1])}


def track(status: Status, taken: Iterable[str]) -> list[tuple[Status, str]]:
    """The way of a dispute: the states it went through, where it stands, and what usually lies ahead."""
    targets = {step.name: step.target for step in STEPS}
    reached = dict.fromkeys([Status.RECEIVED, *(targets[name] for name in taken if name in targets)])
    reached.pop(status, None)
    return [
        *((Status(one), "done") for one in reached),
        (status, "current"),
        *((one, "todo") for one in AFTER[status]),
    ]


ROUTE_OF = {"delegate": Route.A, "entrust": Route.B, "refer": Route.C}

# What may stand as the reason when a dispute is closed from each state.
CLOSINGS: dict[Status, frozenset[Closing]] = {
    Status.AGREED: frozenset({Closing.PERFORMED, Closing.CONFIRMED, Closing.SETTLED, Closing.LITIGATION_ENDED}),
    Status.FILED: frozenset({Closing.LITIGATION_ENDED}),
    Status.RETURNED: frozenset({Closing.RETURNED}),
}


class Obstacle(enum.StrEnum):
    """Why a step that the table allows is still not possible."""

    NO_COMPLAINT = "no_complaint"
    ALREADY_FILED = "already_filed"
    NEVER_FILED = "never_filed"
    CONFIRMATION_PENDING = "confirmation_pending"
    CONFIRMED = "confirmed"
    MEDIATION_UNDER_WAY = "mediation_under_way"
    CASE_PENDING = "case_pending"
    WRONG_CLOSING = "wrong_closing"
    COMPLAINT_ALREADY_IN = "complaint_already_in"
    BANNED = "banned"
    TOO_MANY_AGENTS = "too_many_agents"
    FIRM_MEDIATED = "firm_mediated"
    BY_DECISION = "by_decision"


OBSTACLE_ARTICLE: dict[Obstacle, str] = {
    Obstacle.NO_COMPLAINT: "CPL art. 123",
    Obstacle.ALREADY_FILED: "CPL art. 127",
    Obstacle.NEVER_FILED: "CPL art. 126",
    Obstacle.CONFIRMATION_PENDING: "S2 art. 357",
    Obstacle.CONFIRMED: "CPL art. 206",
    Obstacle.MEDIATION_UNDER_WAY: "S4 art. 26",
    Obstacle.CASE_PENDING: "CPL art. 148",
    Obstacle.WRONG_CLOSING: "S4 art. 26",
    Obstacle.COMPLAINT_ALREADY_IN: "CPL art. 126",
    Obstacle.BANNED: "S4 art. 16",
    Obstacle.TOO_MANY_AGENTS: "CPL art. 61",
    Obstacle.FIRM_MEDIATED: "S4 art. 16",
    Obstacle.BY_DECISION: "CPL arts 59, 135; S2 arts 73, 81",
}


# A ruling that confirms can be enforced, so there is nothing left to sue for; before it the parties may withdraw.
WHILE_CONFIRMING = {
    Confirming.PENDING: Obstacle.CONFIRMATION_PENDING,
    Confirming.VALID: Obstacle.CONFIRMED,
}


@dataclass(frozen=True)
class Facts:
    """What decides, beside state and permission, whether a step is possible."""

    status: Status
    route: Route | None = None
    complaint_pending: bool = False
    case_filed: bool = False
    mediator_at_work: bool = False
    closing: Closing | None = None
    confirming: Confirming | None = None


def obstacles(step: str, facts: Facts) -> list[Obstacle]:
    """Everything that stands in the way of a step the table would allow."""
    found = []
    if step == "file":
        if facts.case_filed:
            found.append(Obstacle.ALREADY_FILED)
        elif not facts.complaint_pending:
            found.append(Obstacle.NO_COMPLAINT)
        if facts.confirming is not None:
            found.append(WHILE_CONFIRMING[facts.confirming])
    if step == "resume_trial" and not facts.case_filed:
        found.append(Obstacle.NEVER_FILED)
    if step == "withdraw":
        if facts.case_filed:
            # After filing only the court's ruling ends the suit.
            found.append(Obstacle.CASE_PENDING)
        if facts.mediator_at_work:
            found.append(Obstacle.MEDIATION_UNDER_WAY)
    if step == "close" and facts.closing not in CLOSINGS.get(facts.status, frozenset()):
        found.append(Obstacle.WRONG_CLOSING)
    return found


# ---- in which capacities one person may not appear together ------------------------------------------------------

# R2-19: who mediated a dispute is not agent, assessor, witness, appraiser or interpreter in it later (S4 art. 16);
# R2-20: nor its judge. SECURITY 2.3.5: who diverted it does not confirm its result.
BANS: dict[Capacity, frozenset[Capacity]] = {
    Capacity.MEDIATED: frozenset(
        {
            Capacity.JUDGED, Capacity.CONFIRMED, Capacity.AGENT, Capacity.ASSESSOR, Capacity.WITNESS,
            Capacity.APPRAISER, Capacity.INTERPRETER,
        }
    ),
    Capacity.DIVERTED: frozenset({Capacity.CONFIRMED}),
}  # fmt: skip


def banned(capacity: Capacity, already: Iterable[Capacity]) -> bool:
    """Whether a person who took part in these capacities may not appear in this one too."""
    return any(
        capacity in BANS.get(other, frozenset()) or other in BANS.get(capacity, frozenset()) for other in already
    )


# ---- amounts and versions --------------------------------------------------------------------------------

AGENTS_AT_MOST = 2  # CPL art. 61
AMOUNT_MOST = 10**14  # fen: as much as a case file of a district court can hold without being a slip of the hand
TREE_OF_2025_FROM = date(2026, 1, 1)  # R6-20
ACCESS_AFTER_CLOSING = timedelta(days=30)  # how long mediators still see what they mediated (SECURITY 6)


def amount_possible(fen: int | None) -> bool:
    """No amount (no claim for money), or one that is not negative and not absurd."""
    return fen is None or 0 <= fen <= AMOUNT_MOST


def cause_version(on: date) -> str:
    """Which version of the official list of causes was in force on a day (R6-20)."""
    return "2025" if on >= TREE_OF_2025_FROM else "2020"
