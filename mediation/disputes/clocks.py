"""The seven days in which the court decides about a complaint (CPL art. 126), as the dispute goes its way."""

from datetime import date

from mediation.disputes.models import Dispute
from mediation.kernel.actor import Actor
from mediation.periods import services as periods
from mediation.periods.models import Deadline
from mediation.periods.table import Cause, PeriodKey

KEY = PeriodKey.FILING_DECISION


def running(dispute: Dispute) -> Deadline | None:
    """The running filing deadline of a dispute."""
    return periods.current("dispute", dispute.id, KEY)


def start(actor: Actor, dispute: Dispute, on: date) -> None:
    """A complaint was received: proof of the day, and seven days from the next one (S2 arts 126, 208)."""
    periods.open_deadline(actor, KEY, subject=dispute, dispute_id=dispute.id, start=on)


def after_step(actor: Actor, dispute: Dispute, step: str, on: date) -> None:
    """What a step of machine D does to the filing deadline.

    The law is silent on what happens to it while both sides mediate before filing (R3-08): it is suspended by their
    consent and goes on with the days left. Guidance to a committee does not stop it (R3-09).
    """
    if step == "file":
        _give_up_confirmation(actor, dispute)
    deadline = running(dispute)
    if deadline is None:
        return
    if step in {"file", "return_"}:
        # Filing and the decision not to file are both the decision the law asks for.
        _resume(actor, deadline, on)
        periods.meet(actor, dispute, KEY, max(on, deadline.start_on))
    elif step == "delegate":
        periods.suspend(actor, deadline, on, Cause.CONSENTED_MEDIATION)
    elif step == "fail":
        _resume(actor, deadline, on)
    elif step in {"agree", "withdraw", "close"}:
        periods.cancel(actor, deadline, step)


def _give_up_confirmation(actor: Actor, dispute: Dispute) -> None:
    """Whoever sues about an agreement no longer has it confirmed: the thirty days for that matter no more."""
    for deadline in periods.of_dispute(dispute.id, running_only=True):
        if deadline.key is PeriodKey.CONFIRM_APPLY:
            periods.cancel(actor, deadline, "file")


def stop(actor: Actor, dispute: Dispute, reason: str) -> None:
    """The complaint was taken back: nothing is left to decide."""
    deadline = running(dispute)
    if deadline is not None:
        periods.cancel(actor, deadline, reason)


def _resume(actor: Actor, deadline: Deadline, on: date) -> None:
    if deadline.is_suspended:
        periods.resume(actor, deadline, on)
