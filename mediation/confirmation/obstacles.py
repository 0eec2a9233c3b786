"""What stands in the way of an application and of each step of machine C, beside state and permission."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date

from mediation.confirmation.rules import (
    STEPS,
    Bar,
    Exclusion,
    Finding,
    Form,
    Ground,
    Lapse,
    Material,
    Obstacle,
    Question,
    may_judge,
)


@dataclass(frozen=True)
class ApplyFacts:
    """What decides whether the parties may apply."""

    effective_on: date | None
    apply_until: date | None
    received_on: date
    today: date
    parties: frozenset[int] = frozenset()
    applied_by: frozenset[int] = frozenset()
    unauthorised: frozenset[int] = frozenset()
    posted_on: date | None = None
    cause_excluded: bool = False
    pending: bool = False
    sued: bool = False

    @property
    def counts_on(self) -> date:
        """A posted application counts from its post-mark (R4-06; CPL 85)."""
        return self.posted_on or self.received_on


def apply_obstacles(facts: ApplyFacts) -> list[Obstacle]:
    """Everything that stands in the way of an application, the most final first (R3-70, R3-72)."""
    found = []
    if facts.effective_on is None or facts.apply_until is None:
        return [Obstacle.NOT_EFFECTIVE]
    if facts.sued:
        found.append(Obstacle.SUED)
    if facts.cause_excluded:
        found.append(Obstacle.EXCLUDED_CAUSE)
    if facts.pending:
        found.append(Obstacle.ALREADY_APPLIED)
    if max(facts.received_on, facts.counts_on) > facts.today:
        found.append(Obstacle.RECEIVED_IN_FUTURE)
    if facts.counts_on < facts.effective_on:
        found.append(Obstacle.NOT_EFFECTIVE)
    if facts.counts_on > facts.apply_until:
        found.append(Obstacle.LATE)
    if facts.parties - facts.applied_by:
        found.append(Obstacle.NOT_JOINT)
    if facts.unauthorised:
        found.append(Obstacle.NO_AUTHORITY)
    return found


def is_late(*, posted_on: date | None, received_on: date, apply_until: date) -> bool:
    """Whether the application came after the thirtieth day, rolled over rest days as the law says."""
    return (posted_on or received_on) > apply_until


def required(*, form: Form, title_concerned: bool, by_agent: bool) -> frozenset[Material]:
    """What must be there before the court decides on acceptance (R3-71)."""
    wanted = {Material.AGREEMENT, Material.PRESIDED, Material.IDENTITY, Material.CONTACT}
    if form is Form.WRITTEN:
        wanted.add(Material.APPLICATION)
    if title_concerned:
        wanted.add(Material.TITLE)
    if by_agent:
        wanted.add(Material.POWER_OF_ATTORNEY)
    return frozenset(wanted)


@dataclass(frozen=True)
class Facts:
    """What decides, beside state and permission, whether a step is possible."""

    today: date
    judge_bars: Collection[Bar] = ()
    missing: Collection[Material] = ()
    exclusions: Collection[Exclusion] = ()
    late: bool = False
    parties: frozenset[int] = frozenset()
    present: frozenset[int] = frozenset()
    answered: Collection[Question] = ()
    questioned: bool = False
    called: bool = False
    findings: Mapping[Ground, Finding] = field(default_factory=dict)
    supplement_due: date | None = None
    lapse: Lapse | None = None
    served: frozenset[int] = frozenset()

    @property
    def checklist_complete(self) -> bool:
        """Every ground of S2 art. 358 has been looked at."""
        return set(Ground) <= set(self.findings)

    @property
    def grounds(self) -> list[Ground]:
        """The grounds that were found, in the order of the article."""
        return [ground for ground in Ground if self.findings.get(ground) is Finding.FOUND]


OF_BAR = {Bar.DIVERTED: Obstacle.JUDGE_DIVERTED, Bar.MEDIATED: Obstacle.JUDGE_MEDIATED}
JUDICIAL = frozenset(step.name for step in STEPS if step.allowed is may_judge)


def obstacles(step: str, facts: Facts) -> list[Obstacle]:
    """Everything that stands in the way of a step the table would allow."""
    barred = [OF_BAR[bar] for bar in facts.judge_bars] if step in JUDICIAL else []
    return barred + OF_STEP.get(step, _nothing)(facts)


def _nothing(_facts: Facts) -> list[Obstacle]:
    return []


def _accept(facts: Facts) -> list[Obstacle]:
    found = [Obstacle.LATE] if facts.late else []
    if facts.missing:
        found.append(Obstacle.MATERIALS_MISSING)
    return found


def _not_accept(facts: Facts) -> list[Obstacle]:
    # R3-72: lateness alone is reason enough.
    return [] if facts.exclusions or facts.late else [Obstacle.NO_EXCLUSION]


def _dismiss_excluded(facts: Facts) -> list[Obstacle]:
    return [] if facts.exclusions else [Obstacle.NO_EXCLUSION]


def _order(facts: Facts) -> list[Obstacle]:
    # A time limit set by the court lies ahead; nobody can keep one that has passed.
    due = facts.supplement_due
    return [Obstacle.DUE_IN_PAST] if due is None or due <= facts.today else []


def _supplied_after_questioning(facts: Facts) -> list[Obstacle]:
    return [] if facts.questioned else [Obstacle.NOT_QUESTIONED]


def _question(facts: Facts) -> list[Obstacle]:
    found = [Obstacle.NOT_BOTH_PRESENT] if facts.parties - facts.present else []
    if set(Question) - set(facts.answered):
        found.append(Obstacle.UNANSWERED)
    return found


def _examine(facts: Facts) -> list[Obstacle]:
    return [] if facts.checklist_complete else [Obstacle.CHECKLIST_OPEN]


def _rule_valid(facts: Facts) -> list[Obstacle]:
    found = [] if facts.questioned else [Obstacle.NOT_QUESTIONED]
    if not facts.checklist_complete:
        found.append(Obstacle.CHECKLIST_OPEN)
    if facts.grounds:
        found.append(Obstacle.GROUND_FOUND)
    return found


def _dismiss(facts: Facts) -> list[Obstacle]:
    found = [] if facts.questioned else [Obstacle.NOT_QUESTIONED]
    if not facts.checklist_complete:
        found.append(Obstacle.CHECKLIST_OPEN)
    elif not facts.grounds:
        found.append(Obstacle.NO_GROUND)
    return found


def _deem(facts: Facts) -> list[Obstacle]:
    if facts.lapse is Lapse.REFUSED_QUESTIONING:
        return [] if facts.called else [Obstacle.NOT_CALLED]
    if facts.supplement_due is None:
        return [Obstacle.NO_SUPPLEMENT_ORDERED]
    return [Obstacle.SUPPLEMENT_RUNNING] if facts.today <= facts.supplement_due else []


def _serve(facts: Facts) -> list[Obstacle]:
    return [Obstacle.NOT_ALL_SERVED] if facts.parties - facts.served else []


OF_STEP = {
    "accept": _accept,
    "not_accept": _not_accept,
    "dismiss_excluded": _dismiss_excluded,
    "order_materials": _order,
    "order_supplement": _order,
    "supplied_after_questioning": _supplied_after_questioning,
    "question": _question,
    "examine": _examine,
    "rule_valid": _rule_valid,
    "dismiss": _dismiss,
    "deem_withdrawn": _deem,
    "serve": _serve,
}
