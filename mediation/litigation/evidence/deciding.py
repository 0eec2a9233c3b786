"""More time for evidence is asked for and decided on; late evidence is heard about and decided on (S2 arts 100-102)."""

from datetime import date

from mediation.disputes import services as disputes
from mediation.kernel import audit, clock, states
from mediation.kernel.actor import Actor
from mediation.kernel.db import db, transaction
from mediation.kernel.errors import DomainError, NotPermitted, refusal
from mediation.litigation import rules as register
from mediation.litigation import telling
from mediation.litigation.defence import evidence as times
from mediation.litigation.defence import keeping as defences
from mediation.litigation.evidence import keeping, labels, rules
from mediation.litigation.evidence.models import EvidenceExtension, LateEvidence
from mediation.litigation.evidence.rules import STEPS, Asking, Cause, Obstacle, Offer, Outcome
from mediation.litigation.models import LitigationCase
from mediation.periods import services as periods

REFUSED, REPRIMAND = "evidence_refused", "evidence_reprimand"


def ask(actor: Actor, case: LitigationCase, *, party_id: int, on: date, reason: str) -> EvidenceExtension:
    """A party's application in writing is recorded, and the judge is told (S2 art. 100)."""
    if not register.may_entrust(actor, case):
        raise NotPermitted("ask_evidence_time", article=rules.MORE)
    limit = defences.evidence_time(case)
    asked = Asking(
        case.status is not register.Status.CLOSED,
        on,
        clock.today(),
        case.filed_on,
        until=limit.final_on if limit is not None else None,
        pending=keeping.pending(case) is not None,
        reason=reason,
    )
    for found in rules.asking(asked):
        raise refuse(found)
    with transaction():
        request = EvidenceExtension(
            court_id=case.court_id, dispute_id=case.dispute_id, case_id=case.id, case=case, party_id=party_id,
            asked_on=on, reason=reason.strip(), recorded_by_id=actor.id,
        )  # fmt: skip
        audit.record(actor, "ask", request, party=party_id, on=on)
        telling.judge(actor, case, request, "evidence.asked", labels.ASKED, asked.until)
    return request


def decide(
    actor: Actor, request: EvidenceExtension, *, granted: bool, days: int | None = None, reason: str = ""
) -> None:
    """Granted, it holds for every party and each is told the new day; refused, the applicant is told (S2 art. 100)."""
    states.check(STEPS, "grant" if granted else "refuse", actor, request)
    case, limit = request.case, defences.evidence_time(request.case)
    if limit is None:
        raise refuse(Obstacle.NO_TIME)
    for found in rules.deciding(granted=granted, days=days, reason=reason, stands_still=limit.is_suspended):
        raise refuse(found)
    with transaction():
        with db.session.no_autoflush:
            request.decided_on, request.decided_by_id, request.note = clock.today(), actor.id, reason.strip()
            request.days = days if granted else None
            audit.advance(STEPS, "grant" if granted else "refuse", actor, request, days=request.days)
        if granted:
            periods.extend(actor, limit, days or 0, note=reason.strip())
            times.tell(actor, case, limit.final_on)
        else:
            _tell_refused(actor, request)


def _tell_refused(actor: Actor, request: EvidenceExtension) -> None:
    party = disputes.party(request.dispute_id, request.party_id)
    if party is not None:
        telling.party(actor, request.case, party, REFUSED, subject=request)


def decide_late(
    actor: Actor, case: LitigationCase, *, party_id: int, what: str, on: date, reason: str, cause: Cause, basic: bool
) -> LateEvidence:
    """The party was heard about why it is late, and the judge finds; what follows, the law lays down (S2 arts 101, 102)."""
    if not register.may_try(actor, case):
        raise NotPermitted("decide_late_evidence", article=rules.LATE)
    known = defences.evidence_of(case)
    offer = Offer(
        case.status is not register.Status.CLOSED,
        on,
        clock.today(),
        case.filed_on,
        until=max((one.final_on for one in known), default=None),
        runs=any(one.is_suspended for one in known) or keeping.pending(case) is not None,
        reason=reason,
    )
    for found in rules.offering(offer):
        raise refuse(found)
    with transaction():
        late = LateEvidence(
            court_id=case.court_id, dispute_id=case.dispute_id, case_id=case.id, party_id=party_id, what=what.strip(),
            offered_on=on, reason=reason.strip(), cause=cause, basic=basic, outcome=rules.outcome(cause, basic=basic),
            decided_on=clock.today(), decided_by_id=actor.id,
        )  # fmt: skip
        audit.record(actor, "decide", late, party=party_id, on=on, cause=cause, basic=basic, outcome=late.outcome)
        party = disputes.party(case.dispute_id, party_id)
        # A fine has its own decision on paper (CPL art. 119); a reprimand stands in the record, and is told.
        if late.outcome is Outcome.REPRIMANDED and party is not None:
            telling.party(actor, case, party, REPRIMAND, subject=late)
    return late


def refuse(obstacle: Obstacle) -> DomainError:
    """The refusal with its article and what remains possible."""
    return refusal(obstacle, labels, rules)
