"""The time for evidence: set by the judge or agreed on by the parties; each gets the notice about it (CPL art. 68; S2 art. 99; S37 art. 50)."""

from datetime import date

from mediation.disputes import services as disputes
from mediation.documents import composing
from mediation.kernel import audit, clock
from mediation.kernel.actor import Actor
from mediation.kernel.db import transaction
from mediation.kernel.errors import NotPermitted
from mediation.litigation import rules as register
from mediation.litigation import telling
from mediation.litigation import trial_papers as papers
from mediation.litigation.defence import keeping, rules
from mediation.litigation.defence.keeping import refuse
from mediation.litigation.jurisdiction import keeping as jurisdiction
from mediation.litigation.models import LitigationCase
from mediation.litigation.services.issuing import issue
from mediation.litigation.services.reading import dispute_of
from mediation.litigation.services.serving import serve_document
from mediation.notices.models import Service
from mediation.notices.rules import ServiceMethod
from mediation.periods import services as periods
from mediation.periods.models import Deadline
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
        _print(actor, case, limit, agreed=agreed)
        tell(actor, case, limit.final_on)


def _print(actor: Actor, case: LitigationCase, limit: Deadline, *, agreed: bool) -> None:
    """举证通知书, one for all parties: the time is the same for each (S37 art. 50)."""
    dispute = dispute_of(case)
    issue(
        actor,
        case,
        kind=keeping.EVIDENCE_NOTICE,
        subject=limit,
        title=papers.EVIDENCE_NOTICE,
        data=papers.evidence_notice(case, dispute, disputes.parties(dispute.id), limit=limit, agreed=agreed),
    )


def serve(
    actor: Actor, case: LitigationCase, *, party_id: int, method: ServiceMethod, on: date, receiver: str
) -> Service:
    """举证通知书 reached one party: served while the trial is prepared (S37 art. 50), with a receipt to sign (CPL art. 87)."""
    if not register.may_entrust(actor, case):
        raise NotPermitted("serve_evidence_notice", article=rules.NOTICE)
    notice = keeping.evidence_notice(case)
    party = next((one for one in notice.left if one.id == party_id), None) if notice is not None else None
    against = rules.serving_evidence(
        is_open=case.status is not register.Status.CLOSED, made=notice is not None, waits=party is not None
    )
    if notice is not None:
        against += rules.between(notice.limit.start_on, on, clock.today())
    for found in against:
        raise refuse(found)
    if notice is None or party is None:
        raise refuse(rules.Obstacle.NO_EVIDENCE_NOTICE)
    return serve_document(
        actor, notice.paper, party, method=method, effective_on=on, receiver=receiver, issued_on=notice.limit.start_on,
        summary=case.procedure in register.SUMMARY,
    )  # fmt: skip


def tell(actor: Actor, case: LitigationCase, until: date) -> None:
    """Every party learns until when evidence may be given, and what follows if it comes later (S37 art. 50)."""
    telling.parties(actor, case, KIND, until=composing.day(until))
