"""Service of the plaint copy, the time to answer it, the time for evidence, and what a hearing waits for (CPL art. 128)."""

import enum
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from mediation.kernel.states import Step
from mediation.litigation import rules as register
from mediation.litigation.rules import SUMMARY, Procedure
from mediation.periods.table import PeriodKey


class DefenceStatus(enum.StrEnum):
    """How far things have come with one defendant."""

    SENT = "sent"
    SERVED = "served"
    RECEIVED = "received"
    PASSED_ON = "passed_on"


class Obstacle(enum.StrEnum):
    """Why something about the plaint copy, the answer or the hearing is not possible."""

    CLOSED = "closed"
    ALL_SENT = "all_sent"
    NOT_THAT_DAY = "not_that_day"
    NOT_SHORTENED = "not_shortened"
    NOT_WAIVED = "not_waived"
    NO_TRIAL = "no_trial"
    TOO_SHORT = "too_short"
    NOT_SERVED = "not_served"
    DEFENCE_RUNS = "defence_runs"
    NO_EVIDENCE_NOTICE = "no_evidence_notice"
    NOTICE_SERVED = "notice_served"


NOTICE = "S37 art. 50"
OBSTACLE_ARTICLE = {
    Obstacle.CLOSED: "CPL art. 128",
    Obstacle.ALL_SENT: "CPL art. 128",
    Obstacle.NOT_THAT_DAY: "CPL art. 128",
    Obstacle.NOT_SHORTENED: "CPL art. 128; S2 arts 266, 275",
    Obstacle.NOT_WAIVED: "S2 arts 266, 275",
    Obstacle.NO_TRIAL: "S2 art. 99",
    Obstacle.TOO_SHORT: "S2 art. 99; S37 art. 51",
    Obstacle.NOT_SERVED: "CPL art. 128",
    Obstacle.DEFENCE_RUNS: "CPL art. 128; S2 arts 266, 275",
    Obstacle.NO_EVIDENCE_NOTICE: NOTICE,
    Obstacle.NOTICE_SERVED: NOTICE,
}
FIELD = {
    Obstacle.NOT_THAT_DAY: "on",
    Obstacle.NOT_SHORTENED: "days",
    Obstacle.TOO_SHORT: "days",
    Obstacle.NOT_SERVED: "on",
    Obstacle.DEFENCE_RUNS: "on",
    Obstacle.NOTICE_SERVED: "party_id",
}

S = DefenceStatus
STEPS: tuple[Step, ...] = (
    Step("serve", {S.SENT}, S.SERVED, register.may_entrust, "R4-16", "CPL art. 128"),
    # A statement that comes late is taken all the same: the law only says that nobody has to wait for it.
    Step("receive", {S.SERVED}, S.RECEIVED, register.may_entrust, "R4-16", "CPL art. 128"),
    Step("pass_on", {S.RECEIVED}, S.PASSED_ON, register.may_entrust, "R4-16", "CPL art. 128"),
)

# S2 arts 99, 266, 275: the court sets the time for evidence, by the procedure so many days or fewer, or so many or more.
EVIDENCE = {
    Procedure.SUMMARY: PeriodKey.SUMMARY_EVIDENCE,
    Procedure.SMALL: PeriodKey.SMALL_EVIDENCE,
    Procedure.ORDINARY_SOLE: PeriodKey.ORDINARY_EVIDENCE,
    Procedure.ORDINARY_PANEL: PeriodKey.ORDINARY_EVIDENCE,
}
EVIDENCE_KEYS = tuple(dict.fromkeys(EVIDENCE.values()))
ON_TRIAL = frozenset({register.Status.FAST_TRACK, register.Status.ORDINARY})


def between(first: date, day: date, today: date) -> list[Obstacle]:
    """What happened, happened not before that and not later than today."""
    return [] if first <= day <= today else [Obstacle.NOT_THAT_DAY]


def shortening(procedure: Procedure, days: int | None) -> list[Obstacle]:
    """Fifteen days by law; with the defendant's consent less, in the summary and the small claims procedure alone."""
    return [Obstacle.NOT_SHORTENED] if days is not None and procedure not in SUMMARY else []


def waiving(procedure: Procedure, *, is_open: bool) -> list[Obstacle]:
    """Both sides may do without these times in the summary and the small claims procedure (S2 arts 266, 275)."""
    if not is_open:
        return [Obstacle.CLOSED]
    return [] if procedure in SUMMARY else [Obstacle.NOT_WAIVED]


def setting_evidence(status: register.Status, *, heard: bool) -> list[Obstacle]:
    """The time for evidence is set while the trial is prepared (S2 art. 99)."""
    return [] if status in ON_TRIAL and not heard else [Obstacle.NO_TRIAL]


def evidence_days(procedure: Procedure, days: int, fewest: int, *, agreed: bool, again: bool) -> list[Obstacle]:
    """In the ordinary procedure the court sets no fewer than the law's days (S2 art. 99(2); S37 art. 51).

    What the parties agree on is bound by the court's leave alone; nor does the law bind a time that is set again, to
    rebut evidence or to mend its form (S2 art. 99(3)).
    """
    free = procedure in SUMMARY or agreed or again
    return [] if free or days >= fewest else [Obstacle.TOO_SHORT]


def serving_evidence(*, is_open: bool, made: bool, waits: bool) -> list[Obstacle]:
    """The notice about the evidence is served on each party once, when its time has been set (S37 art. 50)."""
    if not is_open:
        return [Obstacle.CLOSED]
    if not made:
        return [Obstacle.NO_EVIDENCE_NOTICE]
    return [] if waits else [Obstacle.NOTICE_SERVED]


@dataclass(frozen=True)
class Side:
    """One defendant as the hearing sees it: reached by the plaint copy or not, and until when to answer it."""

    served: bool = False
    until: date | None = None


def hearing(
    procedure: Procedure, on: date, sides: Collection[Side], *, waived_on: date | None, held: bool
) -> list[Obstacle]:
    """A hearing waits for the plaint copy and for the time to answer it, unless both sides do without that time.

    Fixed in advance, a hearing may still lie after a service that is yet to come; held, every defendant has been served.
    Silence does not stop the trial (CPL art. 128(2)): only the time counts, not the answer.
    """
    waived = procedure in SUMMARY and waived_on is not None and waived_on <= on
    if held and not all(side.served for side in sides):
        return [Obstacle.NOT_SERVED]
    runs = any(side.until is not None and on <= side.until for side in sides)
    return [Obstacle.DEFENCE_RUNS] if runs and not waived else []
