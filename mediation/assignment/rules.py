"""Handing a dispute to a mediator: machine M (DOMAIN 3.2), how it ends, how long it lasts (DOMAIN 4.2)."""

import enum
from datetime import date
from typing import Protocol

from mediation.disputes.rules import Route
from mediation.kernel.actor import REGISTRY, Actor, Role
from mediation.kernel.states import Step
from mediation.litigation.rules import Procedure
from mediation.periods.rules import PeriodKey, rule_for


class Status(enum.StrEnum):
    """Machine M."""

    ISSUED = "issued"
    ACCEPTED = "accepted"
    SCHEDULED = "scheduled"
    IN_SESSION = "in_session"
    SUSPENDED = "suspended"
    AGREED = "agreed"
    FAILED = "failed"
    WITHDRAWN = "withdrawn"
    REFUSED = "refused"
    DECLINED = "declined"


OPEN = frozenset({Status.ISSUED, Status.ACCEPTED, Status.SCHEDULED, Status.IN_SESSION, Status.SUSPENDED})
RUNNING = OPEN - {Status.ISSUED}
# As long as no session has begun, the organisation that named a member may name another one itself (S4 arts 12, 13).
REPLACEABLE = frozenset({Status.ISSUED, Status.ACCEPTED, Status.SCHEDULED})


class Kind(enum.StrEnum):
    """委派 before filing, 委托 after it, 引导 outside the court."""

    DELEGATED = "delegated"
    ENTRUSTED = "entrusted"
    REFERRED = "referred"


KIND_OF_ROUTE = {Route.A: Kind.DELEGATED, Route.B: Kind.ENTRUSTED, Route.C: Kind.REFERRED}


class Choice(enum.StrEnum):
    """How the mediator was found (S4 art. 12)."""

    JOINT = "joint"
    DESIGNATED = "designated"


class Occasion(enum.StrEnum):
    """On which occasion a mediator was found: handing over, or an organisation appointing its member (S4 art. 12)."""

    ISSUE = "issue"
    APPOINT = "appoint"
    REAPPOINT = "reappoint"


class EndCode(enum.StrEnum):
    """R3-33, termination cause codes (S4 art. 26; S5 art. 25)."""

    AGREEMENT = "01"
    SETTLED = "02"
    UNREACHABLE = "03"
    UNWILLING = "04"
    DIVERGENCE = "05"
    EXPIRED = "06"
    UNSIGNED = "07"
    OTHER = "08"


class Finding(enum.StrEnum):
    """What a conflict check may find (R2-16 ... R2-22)."""

    SAME_PERSON = "same_person"
    SAME_PHONE = "same_phone"
    SAME_ADDRESS = "same_address"
    SAME_EMPLOYER = "same_employer"
    SAME_FIRM = "same_firm"
    SAME_ACCOUNT = "same_account"
    FORMER_AGENT = "former_agent"
    CLIENT = "client"
    RELATIVE = "relative"
    INTEREST = "interest"
    OTHER_TIE = "other_tie"
    ALREADY_TOOK_PART = "already_took_part"
    SAME_SURNAME = "same_surname"
    SAME_NAME = "same_name"


class CheckResult(enum.StrEnum):
    """CLEAR and WARNING may go on; TO_CLEAR once somebody answered; WAIVABLE if all agree (S4 art. 15); BLOCKED never."""

    CLEAR = "clear"
    WARNING = "warning"
    TO_CLEAR = "to_clear"
    WAIVABLE = "waivable"
    BLOCKED = "blocked"


class SuspensionReason(enum.StrEnum):
    """R3-27. Only an appraisal is deducted from the period (S5 art. 26)."""

    APPRAISAL = "appraisal"
    SHAM = "sham"
    RECUSAL = "recusal"
    OTHER = "other"


SUSPENSION_ARTICLE = {
    SuspensionReason.APPRAISAL: "S5 art. 26",
    SuspensionReason.SHAM: "S4 art. 18",
    SuspensionReason.RECUSAL: "S4 art. 15",
    SuspensionReason.OTHER: "S4 art. 26",
}


def is_deducted(reason: SuspensionReason) -> bool:
    """Whether the pause is left out of the mediation period (R4-11: only an appraisal is)."""
    return reason is SuspensionReason.APPRAISAL


# --- who may -------------------------------------------------------------------------------------------------------


class Facts(Protocol):
    """What the rules read of an assignment, and of what hangs on one: a further mediator, a recusal."""

    @property
    def court_id(self) -> int: ...
    @property
    def mediator_id(self) -> int | None: ...
    @property
    def organisation_id(self) -> int | None: ...


class InCourt(Protocol):
    """What the rules read of a dispute."""

    @property
    def court_id(self) -> int: ...


def may_issue(actor: Actor, dispute: InCourt) -> bool:
    """The registry hands a dispute over (R3-20, R3-10)."""
    return actor.court_id == dispute.court_id and actor.has(*REGISTRY)


def may_mediate(actor: Actor, assignment: Facts) -> bool:
    """The mediator to whom it was handed, or the organisation."""
    own = actor.has(Role.MEDIATOR) and actor.mediator_id is not None and actor.mediator_id == assignment.mediator_id
    return (own and actor.court_id == assignment.court_id) or may_appoint(actor, assignment)


def may_mediate_or_register(actor: Actor, assignment: Facts) -> bool:
    """Whoever mediates; and the registry, for what is brought to its counter."""
    return may_mediate(actor, assignment) or may_issue(actor, assignment)


def may_supervise(actor: Actor, assignment: Facts) -> bool:
    """The registry and the guiding judge, and the system for what follows by law: recusal and replacement are the court's to decide (S4 arts 13, 15)."""
    return actor.court_id == assignment.court_id and (actor.id == 0 or actor.has(*REGISTRY, Role.GUIDING_JUDGE))


def may_pause(actor: Actor, assignment: Facts) -> bool:
    """Whoever mediates; and the court, which examines a suspicion and decides on recusal (S4 arts 15, 18)."""
    return may_mediate(actor, assignment) or may_supervise(actor, assignment)


def may_appoint(actor: Actor, assignment: Facts) -> bool:
    """The organisation to which it was handed names its member (S4 arts 12, 13)."""
    return (
        actor.court_id == assignment.court_id
        and actor.has(Role.ORGANISATION)
        and actor.organisation_id is not None
        and actor.organisation_id == assignment.organisation_id
    )


def may_set_levers(actor: Actor) -> bool:
    """The list and its use are the president's to decide (DOMAIN 2.2, roster: A)."""
    return actor.has(Role.PRESIDENT)


def may_weigh(actor: Actor) -> bool:
    """Who sees how work is spread and what other levers would do: president and registry, never the public (R7-12)."""
    return actor.has(Role.PRESIDENT, *REGISTRY)


def may_lapse(actor: Actor, assignment: Facts) -> bool:
    """The registry, or the daily run."""
    return actor.court_id == assignment.court_id and (actor.id == 0 or actor.has(*REGISTRY))


# --- machine M -----------------------------------------------------------------------------------------------------

S = Status

STEPS: tuple[Step, ...] = (
    Step("accept", {S.ISSUED}, S.ACCEPTED, may_mediate, "R3-21", "S4 art. 27; S5 art. 12"),
    Step("decline", {S.ISSUED}, S.DECLINED, may_mediate, "R3-22", "S5 art. 12"),
    Step("lapse", {S.ISSUED}, S.DECLINED, may_lapse, "R3-22", "S5 art. 12"),
    # Another mediator at a party's request or after a recusal: back to choice, the dispute stays in mediation.
    Step("replace", OPEN, S.DECLINED, may_supervise, "R2-15", "S4 arts 13, 15"),
    # A refusal ends the mediation at once, also when a day was already set (S4 art. 26), and before anybody accepted:
    # whoever rejects the designated mediator does not consent to mediation (R2-11, S4 art. 12).
    Step(
        "refuse",
        {S.ISSUED, S.ACCEPTED, S.SCHEDULED},
        S.REFUSED,
        may_mediate_or_register,
        "R3-23",
        "S5 art. 15; S4 arts 12, 26",
    ),
    Step("schedule", {S.ACCEPTED}, S.SCHEDULED, may_mediate_or_register, "R3-24", "S4 art. 14"),
    Step("open", {S.SCHEDULED}, S.IN_SESSION, may_mediate, "R3-25", "S4 art. 14; S5 art. 17"),
    Step("adjourn", {S.IN_SESSION}, S.SCHEDULED, may_mediate, "R3-26", "S4 art. 17"),
    Step("suspend", {S.ACCEPTED, S.SCHEDULED, S.IN_SESSION}, S.SUSPENDED, may_pause, "R3-27", "S4 art. 18; S5 art. 26"),
    # Back to where it stood: no session is claimed that was not held.
    Step("resume", {S.SUSPENDED}, S.IN_SESSION, may_pause, "R3-28", "S4 art. 18; S5 art. 26"),
    Step("resume_scheduled", {S.SUSPENDED}, S.SCHEDULED, may_pause, "R3-28", "S4 art. 18; S5 art. 26"),
    Step("resume_accepted", {S.SUSPENDED}, S.ACCEPTED, may_pause, "R3-28", "S4 art. 18; S5 art. 26"),
    Step("agree", {S.IN_SESSION}, S.AGREED, may_mediate, "R3-30", "S4 art. 24; S5 art. 19"),
    # S4 art. 26 ends the mediation wherever it stands, not only in the room.
    Step("fail", RUNNING, S.FAILED, may_mediate_or_register, "R3-31", "S4 art. 26; S5 art. 25"),
    Step("withdraw", OPEN, S.WITHDRAWN, may_mediate_or_register, "R3-32", "S4 art. 26; S5 art. 25"),
)

RESUME_STEP = {S.ACCEPTED: "resume_accepted", S.SCHEDULED: "resume_scheduled", S.IN_SESSION: "resume"}


def end_step(code: EndCode, status: Status) -> str:
    """Which step of the machine an end code stands for, from the present state (R3-23, R3-30 ... R3-32)."""
    if code is EndCode.AGREEMENT:
        return "agree"
    if code is EndCode.SETTLED:
        return "withdraw"
    if code in {EndCode.UNREACHABLE, EndCode.UNWILLING} and status in {S.ISSUED, S.ACCEPTED, S.SCHEDULED}:
        return "refuse"
    return "fail"


class Outcome(enum.StrEnum):
    """What the end of a mediation means for the dispute."""

    AGREED = "agreed"
    NOT_AGREED = "not_agreed"
    CLOSED = "closed"


def outcome(code: EndCode, kind: Kind) -> Outcome:
    """After filing the case itself must still be withdrawn or closed, so that a settlement leads on, not out (R3-41)."""
    if code is EndCode.AGREEMENT:
        return Outcome.AGREED
    if code is EndCode.SETTLED:
        return Outcome.AGREED if kind is Kind.ENTRUSTED else Outcome.CLOSED
    return Outcome.NOT_AGREED


def codes_for(status: Status) -> tuple[EndCode, ...]:
    """The codes a mediator may choose from; an agreement ends it by its signatures, not by this choice."""
    before = (EndCode.UNWILLING, EndCode.UNREACHABLE, EndCode.SETTLED, EndCode.EXPIRED, EndCode.OTHER)
    if status is S.ISSUED:
        return (EndCode.UNWILLING, EndCode.SETTLED)
    if status is S.ACCEPTED:
        return before
    return (EndCode.DIVERGENCE, *before, EndCode.UNSIGNED) if status in OPEN else ()


# --- how long ------------------------------------------------------------------------------------------------------

SHORT_PROCEDURES = frozenset({Procedure.SMALL, Procedure.SUMMARY})
DURATION_KEYS = (
    PeriodKey.MEDIATION_PRE,
    PeriodKey.MEDIATION_OUT,
    PeriodKey.MEDIATION_POST_ORD,
    PeriodKey.MEDIATION_POST_SUM,
)


def period_key(kind: Kind, procedure: Procedure | None) -> PeriodKey:
    """30 days before filing or outside, 15 in ordinary and 7 in summary procedure after it (S4 art. 27; S12 point 3)."""
    if kind is Kind.DELEGATED:
        return PeriodKey.MEDIATION_PRE
    if kind is Kind.REFERRED:
        return PeriodKey.MEDIATION_OUT
    return PeriodKey.MEDIATION_POST_SUM if procedure in SHORT_PROCEDURES else PeriodKey.MEDIATION_POST_ORD


def warn_days(key: PeriodKey, day: date) -> int:
    """How many days before the end the mediator is warned (R3-35)."""
    return rule_for(key, day).warn_days


# Beyond sixty days in all the guiding judge is told (R3-29).
LONG_MEDIATION = 60


def is_long(accepted_on: date, final_on: date) -> bool:
    """Whether the mediation would last longer than the court leaves unwatched."""
    return (final_on - accepted_on).days > LONG_MEDIATION


def is_overdue(status: Status, final_on: date, today: date) -> bool:
    """R3-34: still running after the last day."""
    return status in RUNNING and today > final_on


# --- what stands in the way ----------------------------------------------------------------------------------------


class Obstacle(enum.StrEnum):
    """Why an act is refused though the state would allow it."""

    NO_ROUTE = "no_route"
    PARTY_REFUSED = "party_refused"
    NOT_FILED = "not_filed"
    NO_PROCEDURE = "no_procedure"
    ALREADY_OPEN = "already_open"
    NOBODY = "nobody"
    OTHER_ORGANISATION = "other_organisation"
    CONFLICT_BLOCKED = "conflict_blocked"
    CONFLICT_NOT_WAIVED = "conflict_not_waived"
    NAME_NOT_CLEARED = "name_not_cleared"
    NOT_JOINT = "not_joint"
    STILL_TIME = "still_time"
    NO_REASON = "no_reason"
    TOO_FEW_ATTEMPTS = "too_few_attempts"
    PERIOD_RUNNING = "period_running"
    NO_SESSION = "no_session"
    NOT_ALL_AGREE = "not_all_agree"
    EXPIRED = "expired"
    BEYOND_CAP = "beyond_cap"
    ONCE_ONLY = "once_only"
    NOT_LATER = "not_later"
    NOT_ALL_WAIVE = "not_all_waive"
    NEVER_WAIVABLE = "never_waivable"
    NOTHING_TO_WAIVE = "nothing_to_waive"
    FUTURE = "future"
    BEFORE_ISSUE = "before_issue"
    OTHER_THAN_SUGGESTED = "other_than_suggested"
    LEVERS_IN_PAST = "levers_in_past"
    LEVERS_SAME = "levers_same"
    LEVERS_NOTHING = "levers_nothing"
    PERIOD_BACKWARDS = "period_backwards"
    TOO_MANY_CHOICES = "too_many_choices"
    NOTHING_TICKED = "nothing_ticked"
    SAME_MEMBER = "same_member"
    IN_SESSION = "in_session"
    NOT_OURS = "not_ours"


OBSTACLE_ARTICLE: dict[Obstacle, str] = {
    Obstacle.NO_ROUTE: "S4 art. 11",
    Obstacle.PARTY_REFUSED: "CPL art. 125; S4 art. 12",
    Obstacle.NOT_FILED: "S4 art. 11; S12 point 2",
    Obstacle.NO_PROCEDURE: "S12 point 3",
    Obstacle.ALREADY_OPEN: "S4 art. 13",
    Obstacle.NOBODY: "S4 art. 12",
    Obstacle.OTHER_ORGANISATION: "S4 art. 12",
    Obstacle.CONFLICT_BLOCKED: "S4 art. 16; CPL art. 47",
    Obstacle.CONFLICT_NOT_WAIVED: "S4 art. 15; S5 art. 13",
    Obstacle.NAME_NOT_CLEARED: "S4 art. 15",
    Obstacle.NOT_JOINT: "S4 art. 12",
    Obstacle.STILL_TIME: "S5 art. 12",
    Obstacle.NO_REASON: "S5 arts 12, 15",
    Obstacle.TOO_FEW_ATTEMPTS: "S5 arts 15, 25",
    Obstacle.PERIOD_RUNNING: "S5 art. 25",
    Obstacle.NO_SESSION: "S4 art. 26",
    Obstacle.NOT_ALL_AGREE: "S4 art. 27; S5 art. 24",
    Obstacle.EXPIRED: "S4 art. 27; S5 art. 25",
    Obstacle.BEYOND_CAP: "S12 point 3",
    Obstacle.ONCE_ONLY: "S12 point 3",
    Obstacle.NOT_LATER: "S4 art. 27",
    Obstacle.NOT_ALL_WAIVE: "S4 art. 15; S5 art. 13",
    Obstacle.NEVER_WAIVABLE: "S4 art. 16; CPL art. 47",
    Obstacle.NOTHING_TO_WAIVE: "S4 art. 15",
    Obstacle.FUTURE: "CPL art. 85",
    Obstacle.BEFORE_ISSUE: "S4 art. 27",
    Obstacle.OTHER_THAN_SUGGESTED: "S4 art. 12",
    Obstacle.LEVERS_IN_PAST: "S4 art. 12",
    Obstacle.LEVERS_SAME: "S4 art. 12",
    Obstacle.LEVERS_NOTHING: "S4 art. 12",
    Obstacle.PERIOD_BACKWARDS: "S4 art. 10",
    Obstacle.TOO_MANY_CHOICES: "S4 art. 10",
    Obstacle.NOTHING_TICKED: "S4 art. 11",
    Obstacle.SAME_MEMBER: "S4 art. 13",
    Obstacle.IN_SESSION: "S4 art. 13",
    Obstacle.NOT_OURS: "S4 arts 12, 13",
}
