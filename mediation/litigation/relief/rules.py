"""When a missed time may be restored, who decides, and until when it then runs (CPL art. 86)."""

import enum
from dataclasses import dataclass
from datetime import date

from mediation.kernel.actor import REGISTRY, TRIAL, Actor, Role
from mediation.kernel.states import Step
from mediation.periods.table import PeriodKey

ARTICLE = "CPL art. 86"
# Times of a party that a good reason restores. Not among them: the six months of an outside person, which are fixed
# (S2 art. 127); the two years of enforcement, which run like a limitation (CPL art. 250); evidence that comes late,
# which counts as in time by a rule of its own (S2 art. 101).
RESTORABLE = frozenset(
    {
        PeriodKey.DEFENCE,
        PeriodKey.RULING_APPEAL,
        PeriodKey.FEE_PAYMENT,
        PeriodKey.CONFIRM_APPLY,
        PeriodKey.CONFIRM_OBJECT_PARTY,
    }
)
CONFIRMING = frozenset({PeriodKey.CONFIRM_APPLY, PeriodKey.CONFIRM_OBJECT_PARTY})


class ReliefStatus(enum.StrEnum):
    """Where an application stands."""

    ASKED = "asked"
    GRANTED = "granted"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


class Hindrance(enum.StrEnum):
    """What kept the party: nothing anybody could resist, or another good reason."""

    FORCE_MAJEURE = "force_majeure"
    OTHER = "other"


class Obstacle(enum.StrEnum):
    """Why it cannot be done like this."""

    NOT_RESTORABLE = "not_restorable"
    NOT_THEIRS = "not_theirs"
    NOT_MISSED = "not_missed"
    PENDING = "pending"
    ENDED_IN_FUTURE = "ended_in_future"
    ENDED_BEFORE = "ended_before"
    NOT_THAT_DAY = "not_that_day"
    TOO_LATE = "too_late"
    NO_REASON = "no_reason"
    NO_DAY = "no_day"
    NO_GROUNDS = "no_grounds"


OBSTACLE_ARTICLE = {
    Obstacle.NOT_RESTORABLE: "CPL art. 86; S2 art. 127",
    Obstacle.NOT_THEIRS: ARTICLE,
    Obstacle.NOT_MISSED: ARTICLE,
    Obstacle.PENDING: ARTICLE,
    Obstacle.ENDED_IN_FUTURE: ARTICLE,
    Obstacle.ENDED_BEFORE: ARTICLE,
    Obstacle.NOT_THAT_DAY: ARTICLE,
    Obstacle.TOO_LATE: ARTICLE,
    Obstacle.NO_REASON: ARTICLE,
    Obstacle.NO_DAY: ARTICLE,
    Obstacle.NO_GROUNDS: ARTICLE,
}
FIELD = {
    Obstacle.NOT_RESTORABLE: "deadline_id",
    Obstacle.NOT_THEIRS: "party_id",
    Obstacle.NOT_MISSED: "deadline_id",
    Obstacle.PENDING: "deadline_id",
    Obstacle.ENDED_IN_FUTURE: "ended_on",
    Obstacle.ENDED_BEFORE: "ended_on",
    Obstacle.NOT_THAT_DAY: "asked_on",
    Obstacle.TOO_LATE: "asked_on",
    Obstacle.NO_REASON: "reason",
    Obstacle.NO_DAY: "until",
    Obstacle.NO_GROUNDS: "note",
}


def may_record(actor: Actor, record: object) -> bool:
    """The registry and the judges of the centre put it on record."""
    wanted = REGISTRY | {Role.FAST_TRACK_JUDGE, Role.GUIDING_JUDGE, Role.CONFIRMATION_JUDGE}
    return getattr(record, "court_id", None) == actor.court_id and actor.has(*wanted)


def may_decide(actor: Actor, relief: object) -> bool:
    """The court decides: the judge of the case; before anybody is named, and about a confirmation, a judge of that kind."""
    if getattr(relief, "court_id", None) != actor.court_id:
        return False
    if getattr(relief, "key", None) in CONFIRMING:
        return actor.has(Role.CONFIRMATION_JUDGE)
    judge = getattr(relief, "judge_id", None)
    return actor.has(*TRIAL) and judge in {None, actor.id}


S = ReliefStatus
STEPS: tuple[Step, ...] = (
    Step("grant", {S.ASKED}, S.GRANTED, may_decide, "R4-01", ARTICLE),
    Step("refuse", {S.ASKED}, S.REFUSED, may_decide, "R4-01", ARTICLE),
    Step("withdraw", {S.ASKED}, S.WITHDRAWN, may_record, "R4-01", ARTICLE),
)


@dataclass(frozen=True)
class Asking:
    """An application as it is recorded, beside what stands."""

    key: PeriodKey
    missed_on: date
    ended_on: date
    asked_on: date
    # The tenth day after the obstacle ended.
    until: date
    today: date
    reason: str
    pending: bool = False
    # The time ran for another party alone.
    of_another: bool = False


def asking(asked: Asking) -> list[Obstacle]:
    """Within ten days of the end of what kept the party, for a time that is over and that the law lets the court restore."""
    found = {
        Obstacle.NOT_RESTORABLE: asked.key not in RESTORABLE,
        Obstacle.NOT_THEIRS: asked.of_another,
        Obstacle.NOT_MISSED: asked.missed_on >= asked.asked_on,
        Obstacle.PENDING: asked.pending,
        Obstacle.ENDED_IN_FUTURE: asked.ended_on > asked.today,
        # What was over while the time still ran did not make anybody miss it.
        Obstacle.ENDED_BEFORE: asked.ended_on < asked.missed_on,
        Obstacle.NOT_THAT_DAY: not asked.ended_on <= asked.asked_on <= asked.today,
        Obstacle.TOO_LATE: asked.asked_on > asked.until,
        Obstacle.NO_REASON: not asked.reason.strip(),
    }
    return [obstacle for obstacle, stands in found.items() if stands]


def deciding(*, granted: bool, until: date | None, today: date, note: str) -> list[Obstacle]:
    """Granted, there is a new last day, today or later; refused, there are grounds."""
    found = {
        Obstacle.NO_DAY: granted and (until is None or until < today),
        Obstacle.NO_GROUNDS: not granted and not note.strip(),
    }
    return [obstacle for obstacle, stands in found.items() if stands]
