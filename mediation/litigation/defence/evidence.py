"""The time for evidence: set by the judge or agreed on by the parties; every party is told the day (CPL art. 68; S2 art. 99)."""

from datetime import date

from mediation.documents import composing
from mediation.kernel import audit, clock
from mediation.kernel.actor import Actor
from mediation.kernel.db import transaction
from mediation.kernel.errors import NotPermitted
from mediation.litigation import rules as register
from mediation.litigation import telling
from mediation.litigation.defence import keeping, rules
from mediation.litigation.defence.keeping import refuse
from mediation.litigation.jurisdiction import keeping as jurisdiction
from mediation.litigation.models import LitigationCase
from mediation.periods import services as periods
from mediation.periods.rules import rule_for

KIND = "evidence_period"


def set_evidence(actor: Actor, case: LitigationCase, *, days: int, on: date, agreed: bool = False) -> None:
    """The judge sets the time for evidence, or allows what the parties agreed on, within the law's bounds (S2 arts 99, 266, 275)."""
    if not register.may_try(actor, case):
        raise NotPermitted("set_evidence_period", article="S2 arts 99, 266, 275")
    key = rules.EVIDENCE[case.procedure]
    again = any(one.key is key and one.final_on < on for one in keeping.evidence_of(case))
    against = rules.setting_evidence(case.status, heard=case.heard_on is not None)
    against += rules.evidence_days(case.procedure, days, rule_for(key, on).length, agreed=agreed, again=again)
    for found in against + rules.between(case.filed_on, on, clock.today()):
        raise refuse(found)
    jurisdiction.check_open(case, "on")
    with transaction():
        audit.record(actor, "set_evidence_period", case, days=days, on=on, agreed=agreed)
        limit = periods.open_deadline(actor, key, subject=case, dispute_id=case.dispute_id, start=on, length=days)
        tell(actor, case, limit.final_on)


def tell(actor: Actor, case: LitigationCase, until: date) -> None:
    """Every party learns until when evidence may be given, and what follows if it comes later (S37 art. 50)."""
    telling.parties(actor, case, KIND, until=composing.day(until))
