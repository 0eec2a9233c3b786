"""What another party or another claim changes in a case: copies to send, the time for evidence, a waiver, a hearing (S37 art. 55)."""

from typing import Any

from mediation.kernel import audit, clock
from mediation.kernel.actor import Actor
from mediation.kernel.errors import DomainError, refusal
from mediation.litigation.defence import evidence as times
from mediation.litigation.defence import keeping as defences
from mediation.litigation.defence import rules as defence_rules
from mediation.litigation.evidence import keeping as requests
from mediation.litigation.joining import labels, rules
from mediation.litigation.joining.rules import Obstacle
from mediation.litigation.jurisdiction import keeping as jurisdiction
from mediation.litigation.models import LitigationCase
from mediation.litigation.services.track import drop_hearing
from mediation.periods import services as periods
from mediation.periods.rules import rule_for
from mediation.periods.table import PeriodKey


def evidence_due(case: LitigationCase) -> bool:
    """Whether the time for evidence is to be set now; before the trial, and while jurisdiction is open, it is set later."""
    return case.status in defence_rules.ON_TRIAL and jurisdiction.pending(case) is None


def evidence_anew(actor: Actor, case: LitigationCase, *, days: int, newcomer: bool = False) -> None:
    """The time for evidence is determined anew and holds for every party (S37 art. 55(2), (4)); a newcomer's has the law's bounds."""
    key = defence_rules.EVIDENCE[case.procedure]
    fewest = rule_for(key, clock.today()).length
    if newcomer:
        for found in defence_rules.evidence_days(case.procedure, days, fewest, agreed=False, again=False):
            raise defences.refuse(found)
    running = defences.evidence_time(case)
    if running is not None:
        requests.drop(actor, case)
        periods.cancel(actor, running, "anew")
    times.set_evidence(actor, case, days=days, on=clock.today())


def reopen(actor: Actor, case: LitigationCase, verb: str, **told: Any) -> None:
    """Both sides waived their times without knowing of this; and who was not there has not been heard."""
    drop_hearing(actor, case, verb)
    heard, waived = case.heard_on, case.waived_on
    case.heard_on = case.waived_on = case.hearing_booking_id = None
    audit.record(actor, verb, case, heard_before=heard, waived_before=waived, **told)


def send_again(actor: Actor, case: LitigationCase) -> None:
    """Within five days the copies go to whoever has to answer and has none yet (CPL art. 128)."""
    running = periods.current("litigation_case", case.id, PeriodKey.SERVE_COMPLAINT)
    if running is None and defences.unsent(case):
        periods.open_deadline(
            actor, PeriodKey.SERVE_COMPLAINT, subject=case, dispute_id=case.dispute_id, start=clock.today()
        )


def refuse(obstacle: Obstacle) -> DomainError:
    """The refusal with its article and what remains possible."""
    return refusal(obstacle, labels, rules)
