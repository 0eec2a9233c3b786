"""Judicial confirmation: machine C, what stands in its way, and who may take each step (DOMAIN 3.8)."""

import enum
from typing import Protocol

from mediation.kernel.actor import REGISTRY, Actor, Role
from mediation.kernel.states import Step


class Status(enum.StrEnum):
    """Machine C."""

    APPLIED = "applied"
    NOT_ACCEPTED = "not_accepted"
    ACCEPTED = "accepted"
    SUPPLEMENT = "supplement"
    EXAMINED = "examined"
    VALID = "valid"
    DISMISSED = "dismissed"
    WITHDRAWN = "withdrawn"
    DEEMED_WITHDRAWN = "deemed_withdrawn"
    SERVED = "served"


class Outcome(enum.StrEnum):
    """How the court decided; stays when the ruling has been served."""

    VALID = "valid"
    DISMISSED = "dismissed"
    NOT_ACCEPTED = "not_accepted"
    WITHDRAWN = "withdrawn"
    DEEMED_WITHDRAWN = "deemed_withdrawn"


class Exclusion(enum.StrEnum):
    """Why an application is not accepted (S2 art. 355)."""

    OUT_OF_SCOPE = "out_of_scope"
    WRONG_COURT = "wrong_court"
    STATUS_RELATION = "status_relation"
    OTHER_PROCEDURE = "other_procedure"
    TITLE = "title"


class Ground(enum.StrEnum):
    """Why an application is dismissed (S2 art. 358)."""

    ILLEGAL = "illegal"
    HARMS_OTHERS = "harms_others"
    PUBLIC_ORDER = "public_order"
    NOT_VOLUNTARY = "not_voluntary"
    NOT_CLEAR = "not_clear"
    OTHER = "other"


class Finding(enum.StrEnum):
    """What the judge found on one ground."""

    CLEAR = "clear"
    FOUND = "found"


class Form(enum.StrEnum):
    """How the parties applied (S2 art. 353)."""

    WRITTEN = "written"
    ORAL = "oral"


class Material(enum.StrEnum):
    """What an application comes with (S2 art. 354; S7 art. 3)."""

    APPLICATION = "application"
    AGREEMENT = "agreement"
    PRESIDED = "presided"
    IDENTITY = "identity"
    CONTACT = "contact"
    TITLE = "title"
    POWER_OF_ATTORNEY = "power_of_attorney"


class Question(enum.StrEnum):
    """What both parties are asked when they are present together (S2 art. 356; DOMAIN 5.4-16)."""

    IDENTITY = "identity"
    RECUSAL = "recusal"
    PRESIDED = "presided"
    VOLUNTARY = "voluntary"
    UNDERSTOOD = "understood"
    FACTS = "facts"
    TITLE = "title"
    THIRD_PARTY = "third_party"
    PERFORMED = "performed"
    CLEAR = "clear"
    WITHDRAW = "withdraw"


class Lapse(enum.StrEnum):
    """Why an application may be treated as withdrawn (S2 art. 357)."""

    NOT_SUPPLEMENTED = "not_supplemented"
    REFUSED_QUESTIONING = "refused_questioning"


class Bar(enum.StrEnum):
    """Why a judge may not decide this application: mediation and adjudication stay apart."""

    DIVERTED = "diverted"
    MEDIATED = "mediated"


class Obstacle(enum.StrEnum):
    """Why a step that the table allows is still not possible."""

    NOT_EFFECTIVE = "not_effective"
    LATE = "late"
    NOT_JOINT = "not_joint"
    NO_AUTHORITY = "no_authority"
    EXCLUDED_CAUSE = "excluded_cause"
    ALREADY_APPLIED = "already_applied"
    SUED = "sued"
    RECEIVED_IN_FUTURE = "received_in_future"
    MATERIALS_MISSING = "materials_missing"
    JUDGE_DIVERTED = "judge_diverted"
    JUDGE_MEDIATED = "judge_mediated"
    NO_EXCLUSION = "no_exclusion"
    NOT_BOTH_PRESENT = "not_both_present"
    UNANSWERED = "unanswered"
    NOT_QUESTIONED = "not_questioned"
    CHECKLIST_OPEN = "checklist_open"
    GROUND_FOUND = "ground_found"
    NO_GROUND = "no_ground"
    SUPPLEMENT_RUNNING = "supplement_running"
    NO_SUPPLEMENT_ORDERED = "no_supplement_ordered"
    NOT_CALLED = "not_called"
    DUE_IN_PAST = "due_in_past"
    NOT_ALL_SERVED = "not_all_served"
    PERIOD_OVER = "period_over"
    EXTENSION_PENDING = "extension_pending"


OBSTACLE_ARTICLE: dict[Obstacle, str] = {
    Obstacle.NOT_EFFECTIVE: "CPL art. 205",
    Obstacle.LATE: "CPL art. 205",
    Obstacle.NOT_JOINT: "CPL art. 205; S2 art. 351",
    Obstacle.NO_AUTHORITY: "S2 art. 351; CPL art. 62",
    Obstacle.EXCLUDED_CAUSE: "S2 art. 355",
    Obstacle.ALREADY_APPLIED: "CPL art. 205",
    # S4 art. 19 opens confirmation to what was agreed before filing; afterwards the court writes it into its own document.
    Obstacle.SUED: "S4 art. 19; S4 art. 20",
    Obstacle.RECEIVED_IN_FUTURE: "",
    Obstacle.MATERIALS_MISSING: "S2 art. 354; S7 art. 3",
    # CPL art. 47 names the grounds; that mediation and adjudication stay apart is the policy R2-20.
    Obstacle.JUDGE_DIVERTED: "CPL art. 47",
    Obstacle.JUDGE_MEDIATED: "CPL art. 47",
    Obstacle.NO_EXCLUSION: "S2 art. 355",
    Obstacle.NOT_BOTH_PRESENT: "S2 art. 356",
    Obstacle.UNANSWERED: "S2 art. 356",
    Obstacle.NOT_QUESTIONED: "S2 art. 356",
    Obstacle.CHECKLIST_OPEN: "S2 art. 358",
    Obstacle.GROUND_FOUND: "S2 art. 358",
    Obstacle.NO_GROUND: "CPL art. 206",
    Obstacle.SUPPLEMENT_RUNNING: "S2 art. 357",
    Obstacle.NO_SUPPLEMENT_ORDERED: "S2 art. 357",
    Obstacle.NOT_CALLED: "S2 art. 356; S2 art. 357",
    Obstacle.DUE_IN_PAST: "S2 art. 356",
    Obstacle.NOT_ALL_SERVED: "CPL art. 87",
    Obstacle.PERIOD_OVER: "CPL art. 187; S7 art. 5",
    Obstacle.EXTENSION_PENDING: "CPL art. 187; S7 art. 5",
}
GROUND_ARTICLE = "S2 art. 358"
EXCLUSION_ARTICLE = "S2 art. 355"
MATERIAL_ARTICLE: dict[Material, str] = {
    Material.APPLICATION: "S2 art. 353; S7 art. 3",
    Material.AGREEMENT: "S2 art. 354",
    Material.PRESIDED: "S2 art. 354",
    Material.IDENTITY: "S2 art. 354",
    Material.CONTACT: "S2 art. 354; S7 art. 3",
    Material.TITLE: "S2 art. 354",
    Material.POWER_OF_ATTORNEY: "S7 art. 3",
}


# ---- who may ------------------------------------------------------------------------------------------------------


class Application(Protocol):
    """What the permissions read of a confirmation."""

    @property
    def court_id(self) -> int: ...
    @property
    def judge_id(self) -> int | None: ...


class InCourt(Protocol):
    """Any record of a court."""

    @property
    def court_id(self) -> int: ...


def may_register(actor: Actor, record: InCourt) -> bool:
    """The registry registers what the parties apply for and receives their papers (DOMAIN 2.2)."""
    return record.court_id == actor.court_id and actor.has(*REGISTRY)


def may_judge(actor: Actor, application: Application) -> bool:
    """A confirmation judge: before acceptance any of the court, afterwards the one to whom it fell (CPL 185)."""
    if application.court_id != actor.court_id or not actor.has(Role.CONFIRMATION_JUDGE):
        return False
    return application.judge_id in {None, actor.id}


def may_work(actor: Actor, application: Application) -> bool:
    """The registry serves and records for the judge; the judge may do so too."""
    return may_register(actor, application) or may_judge(actor, application)


def may_approve(actor: Actor, record: InCourt) -> bool:
    """The president approves an extension (S7 art. 5; CPL 187)."""
    return record.court_id == actor.court_id and actor.has(Role.PRESIDENT)


def bars(judge_id: int, *, diverted_by_id: int, mediator_user_id: int | None) -> list[Bar]:
    """Why this judge may not decide: R2-20, and the separation of diversion, mediation and confirmation."""
    found = []
    if judge_id == diverted_by_id:
        found.append(Bar.DIVERTED)
    if mediator_user_id is not None and judge_id == mediator_user_id:
        found.append(Bar.MEDIATED)
    return found


# ---- machine C ----------------------------------------------------------------------------------------------------

S = Status
BEFORE_RULING = frozenset({S.APPLIED, S.ACCEPTED, S.SUPPLEMENT, S.EXAMINED})
UNDER_EXAMINATION = BEFORE_RULING - {S.APPLIED}
DECIDED = frozenset({S.NOT_ACCEPTED, S.VALID, S.DISMISSED, S.WITHDRAWN, S.DEEMED_WITHDRAWN})

STEPS: tuple[Step, ...] = (
    Step("receive_materials", {S.APPLIED}, S.APPLIED, may_register, "R3-71", "S2 art. 354; S7 art. 3"),
    Step("order_materials", {S.APPLIED}, S.APPLIED, may_work, "R3-71", "S2 art. 354"),
    Step("not_accept", {S.APPLIED}, S.NOT_ACCEPTED, may_judge, "R3-72, R3-73", "S2 art. 355; S7 art. 4"),
    Step("accept", {S.APPLIED}, S.ACCEPTED, may_judge, "R3-73", "S7 art. 4"),
    Step("plan_questioning", {S.ACCEPTED}, S.ACCEPTED, may_work, "R3-74", "S2 art. 356"),
    Step("order_supplement", {S.ACCEPTED, S.EXAMINED}, S.SUPPLEMENT, may_judge, "R3-75", "S2 art. 356"),
    Step("supplied", {S.SUPPLEMENT}, S.ACCEPTED, may_work, "R3-75", "S2 art. 356"),
    # Both had already been questioned together: what was missing does not undo that.
    Step("supplied_after_questioning", {S.SUPPLEMENT}, S.EXAMINED, may_work, "R3-75", "S2 art. 356"),
    Step("question", {S.ACCEPTED, S.EXAMINED}, S.EXAMINED, may_judge, "R3-74", "S2 art. 356; S7 art. 6; CPL art. 185"),
    Step("examine", {S.EXAMINED}, S.EXAMINED, may_judge, "R3-79, R3-80", "S2 art. 358"),
    Step("rule_valid", {S.EXAMINED}, S.VALID, may_judge, "R3-79", "CPL art. 206"),
    Step("dismiss", {S.EXAMINED}, S.DISMISSED, may_judge, "R3-80", "CPL art. 206; S2 art. 358"),
    # S2 art. 355(2): found after acceptance, what bars acceptance leads to dismissal.
    Step("dismiss_excluded", UNDER_EXAMINATION, S.DISMISSED, may_judge, "R3-80", "S2 art. 355"),
    Step("withdraw", BEFORE_RULING, S.WITHDRAWN, may_judge, "R3-77", "S2 art. 357"),
    Step("deem_withdrawn", BEFORE_RULING, S.DEEMED_WITHDRAWN, may_judge, "R3-76", "S2 art. 357"),
    Step("serve", DECIDED, S.SERVED, may_work, "R3-82", "CPL art. 87"),
)

# S7 art. 5: ten days; CPL 187 sets no cap.
TARGET_EXTENSION = 10
EXTENSION_DAYS_MOST = 60
SUPPLEMENT_DAYS = 7
