"""The case register after filing: machine L (DOMAIN 3.3), fast track, small claims, and what stands in the way."""

import enum
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from mediation.kernel.actor import REGISTRY, TRIAL, Actor, Role
from mediation.kernel.states import Step
from mediation.litigation.obstacles import OBSTACLE_ARTICLE, Obstacle
from mediation.litigation.tariff import FeeKind, Halving
from mediation.periods.table import PeriodKey

__all__ = ["OBSTACLE_ARTICLE", "FeeKind", "Halving", "Obstacle"]


class Status(enum.StrEnum):
    """Machine L."""

    FILED = "filed"
    PRIOR_MEDIATION = "prior_mediation"
    FEE_NOTICE = "fee_notice"
    FAST_TRACK = "fast_track"
    ORDINARY = "ordinary"
    CLOSED = "closed"


class Procedure(enum.StrEnum):
    """The statutory procedure; fast track is an organisational track beside it (R3-50)."""

    SMALL = "small"
    SUMMARY = "summary"
    ORDINARY_SOLE = "ordinary_sole"
    ORDINARY_PANEL = "ordinary_panel"


class Manner(enum.StrEnum):
    """How a case was closed (R3-41 ... R3-45)."""

    OTHER = "other"
    MEDIATION_DOCUMENT = "mediation_document"
    WITHDRAWN = "withdrawn"
    DEEMED_WITHDRAWN = "deemed_withdrawn"
    JUDGMENT = "judgment"
    DISMISSED = "dismissed"
    TRANSFERRED = "transferred"


class Effect(enum.StrEnum):
    """When a mediation document binds (CPL arts 100, 101; S2 art. 151)."""

    ON_RECEIPT = "on_receipt"
    ON_AGREEMENT = "on_agreement"


class Exclusion(enum.StrEnum):
    """S2 art. 257: what keeps a case from the summary procedure."""

    DEFENDANT_MISSING = "defendant_missing"
    REMANDED = "remanded"
    NUMEROUS_PARTY = "numerous_party"
    RETRIAL = "retrial"
    PUBLIC_INTEREST = "public_interest"
    THIRD_PARTY_REVOCATION = "third_party_revocation"
    UNSUITABLE = "unsuitable"


class SmallExclusion(enum.StrEnum):
    """CPL art. 166: what keeps a case from the small claims procedure."""

    STATUS_OR_TITLE = "status_or_title"
    FOREIGN = "foreign"
    APPRAISAL = "appraisal"
    PARTY_MISSING = "party_missing"
    COUNTERCLAIM = "counterclaim"
    UNSUITABLE = "unsuitable"


class SmallClaim(enum.StrEnum):
    """The outcome of the test of CPL art. 165."""

    MANDATORY = "mandatory"
    IF_BOTH_AGREE = "if_both_agree"
    TOO_LARGE = "too_large"
    NO_MONEY_CLAIM = "no_money_claim"
    EXCLUDED = "excluded"
    WAGE_NOT_SET = "wage_not_set"


# An organisational target of the court, not a period of the law (R3-50).
FAST_TRACK_TARGET_DAYS = 30

# R3-48: the limit of each procedure runs from the filing day.
TRIAL_LIMIT = {
    Procedure.SMALL: PeriodKey.TRIAL_SMALL,
    Procedure.SUMMARY: PeriodKey.TRIAL_SUMMARY,
    Procedure.ORDINARY_SOLE: PeriodKey.TRIAL_ORDINARY,
    Procedure.ORDINARY_PANEL: PeriodKey.TRIAL_ORDINARY,
}
SUMMARY = frozenset({Procedure.SMALL, Procedure.SUMMARY})


class Facts(Protocol):
    """What the permissions read of a case."""

    @property
    def court_id(self) -> int: ...
    @property
    def judge_id(self) -> int | None: ...


def may_file(actor: Actor, court_id: int) -> bool:
    """The registry files (DOMAIN 2.2)."""
    return actor.court_id == court_id and actor.has(*REGISTRY)


def may_register(actor: Actor, case: Facts) -> bool:
    """The registry keeps the register: fee notices, payments, reliefs."""
    return may_file(actor, case.court_id)


def may_entrust(actor: Actor, case: Facts) -> bool:
    """The registry, and the judges who guide or try, entrust a filed case to mediation (R3-10)."""
    wanted = REGISTRY | {Role.GUIDING_JUDGE, Role.FAST_TRACK_JUDGE}
    return actor.court_id == case.court_id and actor.has(*wanted)


def may_report(actor: Actor, case: Facts) -> bool:
    """Who mediates reports the end (S4 art. 26); the court records it too. Whose dispute it is, the caller has checked."""
    return may_entrust(actor, case) or (actor.court_id == case.court_id and actor.has(Role.MEDIATOR, Role.ORGANISATION))


def may_try(actor: Actor, case: Facts) -> bool:
    """The judge of the case, of a panel the presiding one; nobody else (CPL arts 40, 44)."""
    return actor.court_id == case.court_id and case.judge_id == actor.id and actor.has(*TRIAL)


def may_judge(actor: Actor, case: Facts) -> bool:
    """What only the bench may do: end the case, rule on it (CPL arts 97, 100, 157), ask for more time (CPL art. 152).

    Where nobody has been named, no judge may either: each is told so, for then the case lacks its judge (`NO_JUDGE`).
    """
    if case.judge_id is None:
        return actor.court_id == case.court_id and actor.has(*TRIAL)
    return may_try(actor, case)


def may_set_wage(actor: Actor, court_id: int) -> bool:
    """The published yearly wage is entered under the president's responsibility."""
    return actor.court_id == court_id and actor.has(Role.PRESIDENT)


S = Status
OPEN = frozenset(Status) - {Status.CLOSED}
STEPS: tuple[Step, ...] = (
    Step("begin_mediation", {S.FILED}, S.PRIOR_MEDIATION, may_entrust, "R3-40", "S12 point 2"),
    # R3-44 in two acts: who mediates reports the end, then the registry demands the fee.
    Step("end_mediation", {S.PRIOR_MEDIATION}, S.FILED, may_report, "R3-44", "S12 point 5"),
    Step("demand_fee", {S.FILED}, S.FEE_NOTICE, may_register, "R3-44", "S10 art. 22; S12 point 6"),
    Step("to_fast_track", {S.FEE_NOTICE}, S.FAST_TRACK, may_entrust, "R3-46", "CPL art. 160; S2 art. 256"),
    Step("to_ordinary", {S.FEE_NOTICE}, S.ORDINARY, may_entrust, "R3-46", "CPL art. 136"),
    Step("convert", {S.FAST_TRACK}, S.ORDINARY, may_try, "R3-49", "CPL arts 169, 170; S2 art. 258"),
    # Small claims that do not fit go on by the other rules of the summary procedure, on the same track.
    Step("to_summary", {S.FAST_TRACK}, S.FAST_TRACK, may_try, "R3-47", "CPL art. 169; S2 art. 278"),
    Step("to_panel", {S.ORDINARY}, S.ORDINARY, may_judge, "R3-49", "CPL art. 43"),
    Step("close_other", {S.FILED, S.PRIOR_MEDIATION}, S.CLOSED, may_judge, "R3-41", "S12 point 4; CPL art. 101"),
    Step("close_mediation_document", OPEN, S.CLOSED, may_judge, "R3-42", "CPL art. 100"),
    # Granted by a ruling, so by a judge (CPL arts 148, 157; S2 arts 238, 239).
    Step("close_withdrawn", OPEN, S.CLOSED, may_judge, "R3-43", "CPL art. 148; S2 art. 238; S4 art. 20"),
    # A ruling, so a judge (S2 art. 213); in the ordinary procedure: the supplement was not paid (S2 art. 199).
    Step(
        "close_deemed_withdrawn",
        {S.FEE_NOTICE, S.ORDINARY},
        S.CLOSED,
        may_judge,
        "R3-45",
        "S10 art. 22; S2 arts 199, 213",
    ),
    Step("close_judgment", {S.FAST_TRACK, S.ORDINARY}, S.CLOSED, may_judge, "R3-50", "CPL art. 155"),
    Step("close_dismissed", OPEN - {S.PRIOR_MEDIATION}, S.CLOSED, may_judge, "R3-50", "CPL art. 157; S2 art. 208"),
    Step("close_transferred", OPEN, S.CLOSED, may_judge, "R3-46", "CPL arts 37, 130"),
)


def closing_step(manner: Manner) -> str:
    """The step by which a case is closed in this manner."""
    return f"close_{manner.value}"


@dataclass(frozen=True)
class Situation:
    """What decides, beside state and permission, whether a step is possible."""

    mediating: bool = False
    agreed: bool = False
    fee_settled: bool = False
    relief_open: bool = False
    pay_until: date | None = None
    limit: date | None = None
    heard: bool = False
    document: bool = False
    served: bool = False
    small: bool = False
    objection_open: bool = False
    panel: bool = False
    judge: bool = True
    # Before a panel: who its other members are.
    members: bool = True
    # Whether this court has jurisdiction is not settled; or another court has it (CPL art. 130).
    jurisdiction_open: bool = False
    away: bool = False
    # A counterclaim, or a third party's claim, on which nothing has been decided; or one that is tried with the suit.
    claim_undecided: bool = False
    claim_joined: bool = False
    today: date = date.max


def obstacles(step: str, facts: Situation) -> list[Obstacle]:
    """Everything that stands in the way of a step the table would allow."""
    # Whether a panel takes over, its first judge says alone (CPL art. 43).
    named = _BENCH[:1] if step == "to_panel" else _BENCH if step in JUDICIAL else ()
    asked = (*named, *_CHECKS.get(step, ()))
    return [obstacle for obstacle, stands in asked if stands(facts)]


def _may_still_pay(facts: Situation) -> bool:
    return facts.pay_until is not None and facts.today <= facts.pay_until


def _limit_over(facts: Situation) -> bool:
    return facts.limit is not None and facts.today > facts.limit


_BENCH = (
    (Obstacle.NO_JUDGE, lambda facts: not facts.judge),
    (Obstacle.NO_PANEL, lambda facts: facts.judge and facts.panel and not facts.members),
)
# What the judge or the panel does, and nobody for them: each manner of closing, and the rulings about the procedure.
JUDICIAL = frozenset(step.name for step in STEPS if step.allowed in {may_try, may_judge})
_RUNS = (Obstacle.MEDIATION_UNDER_WAY, lambda facts: facts.mediating)
_JURISDICTION = (Obstacle.JURISDICTION_OPEN, lambda facts: facts.jurisdiction_open or facts.away)
# The suit may be withdrawn; what was brought against it goes on (S2 arts 237, 239).
_GOES_ON = (Obstacle.CLAIM_GOES_ON, lambda facts: facts.claim_joined)
_CHECKS = {
    "demand_fee": (_RUNS,),
    "to_fast_track": ((Obstacle.FEE_UNPAID, lambda facts: not facts.fee_settled),),
    "to_ordinary": ((Obstacle.FEE_UNPAID, lambda facts: not facts.fee_settled),),
    "convert": ((Obstacle.LIMIT_OVER, _limit_over),),
    "to_summary": ((Obstacle.NOT_UNDER_SMALL, lambda facts: not facts.small),),
    "to_panel": ((Obstacle.NOT_SOLE, lambda facts: facts.panel),),
    "close_other": (_RUNS, (Obstacle.NO_AGREEMENT, lambda facts: not facts.agreed)),
    "close_mediation_document": (
        _RUNS,
        (Obstacle.NO_DOCUMENT, lambda facts: not facts.document),
        (Obstacle.NOT_SERVED, lambda facts: facts.document and not facts.served),
    ),
    "close_withdrawn": (_RUNS, _GOES_ON),
    "close_deemed_withdrawn": (
        (Obstacle.FEE_PAID, lambda facts: facts.fee_settled),
        (Obstacle.RELIEF_OPEN, lambda facts: facts.relief_open),
        (Obstacle.TIME_TO_PAY, _may_still_pay),
        _GOES_ON,
    ),
    "close_transferred": ((Obstacle.NOT_AWAY, lambda facts: not facts.away),),
    "close_dismissed": (_JURISDICTION,),
    "close_judgment": (
        _JURISDICTION,
        (Obstacle.NOT_HEARD, lambda facts: not facts.heard),
        (Obstacle.CLAIM_UNDECIDED, lambda facts: facts.claim_undecided),
        (Obstacle.OBJECTION_OPEN, lambda facts: facts.objection_open),
    ),
}


@dataclass(frozen=True)
class Track:
    """A wish to try a case on the fast track, with everything the triage looks at (R3-46, R3-47)."""

    procedure: Procedure
    small: SmallClaim
    both_agree_small: bool = False
    exclusions: frozenset[Exclusion] = frozenset()
    judge_is_fast_track: bool = True
    judge_mediated: bool = False
    judge_apart: bool = False
    is_tribunal: bool = True


def track_obstacles(track: Track) -> list[Obstacle]:
    """Why this case cannot go to this tribunal, this judge, or under this procedure."""
    found = []
    if track.procedure not in SUMMARY:
        found.append(Obstacle.NOT_SUMMARY)
    if track.exclusions:
        found.append(Obstacle.EXCLUDED)
    if not track.is_tribunal:
        found.append(Obstacle.NOT_A_TRIBUNAL)
    if not track.judge_is_fast_track:
        found.append(Obstacle.NOT_A_FAST_TRACK_JUDGE)
    if track.judge_mediated:
        found.append(Obstacle.JUDGE_MEDIATED)
    if track.judge_apart:
        found.append(Obstacle.JUDGE_APART)
    small = _small_obstacle(track)
    return found if small is None else [*found, small]


def _small_obstacle(track: Track) -> Obstacle | None:
    if track.procedure is Procedure.SUMMARY:
        return Obstacle.MUST_BE_SMALL if track.small is SmallClaim.MANDATORY else None
    if track.procedure is not Procedure.SMALL or track.small is SmallClaim.MANDATORY:
        return None
    if track.small is SmallClaim.WAGE_NOT_SET:
        return Obstacle.WAGE_NOT_SET
    if track.small is SmallClaim.IF_BOTH_AGREE:
        return None if track.both_agree_small else Obstacle.BOTH_MUST_AGREE
    return Obstacle.NOT_SMALL


def small_claim(
    amount_fen: int | None, wage_fen: int | None, exclusions: Collection[SmallExclusion] = ()
) -> SmallClaim:
    """R3-47: up to half of the province's yearly wage by law, up to twice of it when both agree."""
    if exclusions:
        return SmallClaim.EXCLUDED
    if amount_fen is None:
        return SmallClaim.NO_MONEY_CLAIM
    if wage_fen is None:
        return SmallClaim.WAGE_NOT_SET
    if 2 * amount_fen <= wage_fen:
        return SmallClaim.MANDATORY
    return SmallClaim.IF_BOTH_AGREE if amount_fen <= 2 * wage_fen else SmallClaim.TOO_LARGE
