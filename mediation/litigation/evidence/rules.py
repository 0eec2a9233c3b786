"""When more time for evidence may be asked for and given, and what becomes of late evidence (CPL art. 68; S2 arts 100-102)."""

import enum
from dataclasses import dataclass
from datetime import date

from mediation.kernel.states import Step
from mediation.litigation import rules as register

MORE, LATE = "S2 art. 100", "S2 arts 101, 102"


class RequestStatus(enum.StrEnum):
    """How far an application for more time has come."""

    ASKED = "asked"
    GRANTED = "granted"
    REFUSED = "refused"
    DROPPED = "dropped"


class Cause(enum.StrEnum):
    """Why evidence comes late, as the judge finds after hearing the party."""

    OBJECTIVE = "objective"
    UNOPPOSED = "unopposed"
    CARELESS = "careless"
    INTENT = "intent"


class Outcome(enum.StrEnum):
    """What becomes of late evidence."""

    IN_TIME = "in_time"
    REPRIMANDED = "reprimanded"
    FINED = "fined"
    EXCLUDED = "excluded"


class Obstacle(enum.StrEnum):
    """Why it cannot be done like this."""

    CLOSED = "closed"
    NO_TIME = "no_time"
    PENDING = "pending"
    TOO_LATE = "too_late"
    STILL_TIME = "still_time"
    NOT_THAT_DAY = "not_that_day"
    NO_REASON = "no_reason"
    NO_DAYS = "no_days"
    STANDS_STILL = "stands_still"


OBSTACLE_ARTICLE = {
    Obstacle.CLOSED: "CPL art. 68",
    Obstacle.NO_TIME: "S2 art. 99",
    Obstacle.PENDING: MORE,
    Obstacle.TOO_LATE: MORE,
    Obstacle.STILL_TIME: LATE,
    Obstacle.NOT_THAT_DAY: "CPL art. 68",
    Obstacle.NO_REASON: MORE,
    Obstacle.NO_DAYS: MORE,
    Obstacle.STANDS_STILL: "S37 art. 55",
}
FIELD = {
    Obstacle.TOO_LATE: "on",
    Obstacle.STILL_TIME: "on",
    Obstacle.NOT_THAT_DAY: "on",
    Obstacle.NO_REASON: "reason",
    Obstacle.NO_DAYS: "days",
}

R = RequestStatus
STEPS: tuple[Step, ...] = (
    Step("grant", {R.ASKED}, R.GRANTED, register.may_try, "R4-16", MORE),
    Step("refuse", {R.ASKED}, R.REFUSED, register.may_try, "R4-16", MORE),
    Step("drop", {R.ASKED}, R.DROPPED, register.may_entrust, "R4-16", MORE),
)


@dataclass(frozen=True)
class Asking:
    """An application in writing, beside the time that runs."""

    is_open: bool
    on: date
    today: date
    filed_on: date
    until: date | None = None
    pending: bool = False
    reason: str = ""


def asking(asked: Asking) -> list[Obstacle]:
    """More time is asked for in writing before the time for evidence is over (S2 art. 100; S37 art. 54)."""
    if not asked.is_open:
        return [Obstacle.CLOSED]
    if asked.until is None:
        return [Obstacle.NO_TIME]
    found = {
        Obstacle.PENDING: asked.pending,
        Obstacle.NOT_THAT_DAY: not asked.filed_on <= asked.on <= asked.today,
        Obstacle.TOO_LATE: asked.on > asked.until,
        Obstacle.NO_REASON: not asked.reason.strip(),
    }
    return [obstacle for obstacle, stands in found.items() if stands]


def deciding(*, granted: bool, days: int | None, reason: str, stands_still: bool) -> list[Obstacle]:
    """Granted, the time gets so many days more; refused, the applicant is told why (S2 art. 100)."""
    if granted:
        return [Obstacle.STANDS_STILL] if stands_still else [] if days else [Obstacle.NO_DAYS]
    return [] if reason.strip() else [Obstacle.NO_REASON]


@dataclass(frozen=True)
class Offer:
    """Evidence that a party brings, beside the time there was for it."""

    is_open: bool
    on: date
    today: date
    filed_on: date
    # The last day of the latest time for evidence, and whether it has come to its end.
    until: date | None = None
    runs: bool = False
    reason: str = ""


def offering(offer: Offer) -> list[Obstacle]:
    """Only what comes after the time is late; its reason is heard before anything is decided (CPL art. 68; S2 art. 101)."""
    if not offer.is_open:
        return [Obstacle.CLOSED]
    if offer.until is None:
        return [Obstacle.NO_TIME]
    found = {
        Obstacle.NOT_THAT_DAY: not offer.filed_on <= offer.on <= offer.today,
        Obstacle.STILL_TIME: offer.on <= offer.until or offer.runs,
        Obstacle.NO_REASON: not offer.reason.strip(),
    }
    return [obstacle for obstacle, stands in found.items() if stands]


def outcome(cause: Cause, *, basic: bool) -> Outcome:
    """What the law lays down for each finding.

    An objective cause, or nobody objecting: not late at all (S2 art. 101(2)). Intent or gross negligence: left out,
    unless it concerns the basic facts; then it is taken, with reprimand and fine (S2 art. 102(1)). Anything else: taken
    with a reprimand (S2 art. 102(2)).
    """
    if cause in {Cause.OBJECTIVE, Cause.UNOPPOSED}:
        return Outcome.IN_TIME
    if cause is Cause.CARELESS:
        return Outcome.REPRIMANDED
    return Outcome.FINED if basic else Outcome.EXCLUDED
