"""A work order of the 12345 hotline is answered within five working days, whatever becomes of the dispute (S28 art. 24)."""

from datetime import date

from mediation.disputes import labels, rules
from mediation.disputes.models import Dispute
from mediation.kernel import audit, clock
from mediation.kernel.actor import Actor
from mediation.kernel.db import transaction
from mediation.kernel.errors import DomainError, NotPermitted
from mediation.periods import services as periods
from mediation.periods.models import Deadline
from mediation.periods.table import PeriodKey

KEY = PeriodKey.HOTLINE_REPLY
ARTICLE = "S28 art. 24"


def running(dispute: Dispute) -> Deadline | None:
    """The time in which the hotline waits for the answer; None when nothing is to be answered."""
    return periods.current("dispute", dispute.id, KEY)


def received(actor: Actor, dispute: Dispute, on: date) -> None:
    """The dispute came as a work order: the five working days run from this day."""
    periods.open_deadline(actor, KEY, subject=dispute, dispute_id=dispute.id, start=on)


def reply(actor: Actor, dispute: Dispute, *, on: date) -> None:
    """The work order was answered; what was answered is kept by the hotline."""
    if not rules.may_edit(actor, dispute):
        raise NotPermitted("answer_hotline", article=ARTICLE)
    waiting = running(dispute)
    if waiting is None:
        raise DomainError(labels.NOTHING_TO_ANSWER, article=ARTICLE)
    if not waiting.start_on <= on <= clock.today():
        raise DomainError(labels.NOT_A_DAY_TO_ANSWER, article=ARTICLE, field="on")
    with transaction():
        audit.record(actor, "answer_hotline", dispute, on=on)
        periods.meet(actor, dispute, KEY, on)
