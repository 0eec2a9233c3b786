"""What is left out of the trial limit while a filed case is mediated (R3-48, R3-52; S4 art. 27; S12 point 3; S2 art. 243)."""

from datetime import date

from mediation.kernel.actor import Actor
from mediation.litigation.models import LitigationCase
from mediation.litigation.services.reading import limit_of
from mediation.periods import services as periods
from mediation.periods.models import Deadline, DeadlinePause
from mediation.periods.rules import may_exclude
from mediation.periods.table import Cause


def mediation_began(actor: Actor, case: LitigationCase, *, on: date) -> None:
    """Only where the court reads S12 so, all of the mediation is left out from its beginning (U03)."""
    limit = limit_of(case)
    if limit is None or limit.is_suspended:
        return
    if may_exclude(limit.rule, Cause.PRIOR_MEDIATION, periods.switches(limit.court_id, limit.start_on)):
        periods.suspend(actor, limit, on, Cause.PRIOR_MEDIATION)


def exclude_extended_mediation(actor: Actor, case: LitigationCase, *, after: date, until: date) -> None:
    """The agreed extension of mediation does not count in the trial limit; its first part does (R3-48, R3-52)."""
    limit = limit_of(case)
    if limit is not None:
        periods.exclude(actor, limit, after, until, cause=Cause.EXTENDED_MEDIATION)


def mediation_over(actor: Actor, case: LitigationCase, *, on: date) -> None:
    """The mediation ended: what was left out for it in advance is cut to the days it took."""
    limit = limit_of(case)
    if limit is None:
        return
    if _stands_still_for(limit, Cause.PRIOR_MEDIATION) or _stands_still_for(limit, Cause.APPRAISAL):
        periods.resume(actor, limit, on)
    for pause in limit.pauses:
        if (
            pause.cause is Cause.EXTENDED_MEDIATION
            and pause.through is not None
            and pause.through > max(on, pause.after)
        ):
            periods.correct_exclusion(actor, limit, pause, on)


def appraisal_began(actor: Actor, case: LitigationCase, *, on: date) -> None:
    """The time of an appraisal is left out of the trial limit too (S2 art. 243)."""
    limit = limit_of(case)
    if limit is not None and not limit.is_suspended:
        periods.suspend(actor, limit, on, Cause.APPRAISAL)


def appraisal_over(actor: Actor, case: LitigationCase, *, on: date) -> None:
    """The appraisal is done: the trial limit runs on from the day after."""
    limit = limit_of(case)
    if limit is not None and _stands_still_for(limit, Cause.APPRAISAL):
        periods.resume(actor, limit, on)


def _stands_still_for(limit: Deadline, cause: Cause) -> bool:
    pause: DeadlinePause | None = next((one for one in limit.pauses if one.through is None), None)
    return limit.is_suspended and pause is not None and pause.cause is cause
