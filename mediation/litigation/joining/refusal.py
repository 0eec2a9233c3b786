"""What follows a ruling that does not take a claim: it reaches the party, who may appeal; the higher court rules (CPL arts 171, 182)."""

from datetime import date

from mediation.disputes import services as disputes
from mediation.kernel import audit, clock, states
from mediation.kernel.actor import Actor
from mediation.kernel.db import db, transaction
from mediation.kernel.errors import IllegalStep, NotPermitted
from mediation.litigation import rules as register
from mediation.litigation import telling
from mediation.litigation.announcement import keeping as announcements
from mediation.litigation.joining import claiming, keeping, labels, rules
from mediation.litigation.joining.effects import evidence_due, refuse
from mediation.litigation.joining.models import JoinedClaim
from mediation.litigation.joining.rules import STEPS, Appeal, ClaimStatus, Obstacle
from mediation.litigation.services.serving import serve_document
from mediation.notices.models import Service
from mediation.notices.rules import ServiceMethod
from mediation.periods import services as periods
from mediation.periods.table import PeriodKey


def serve(actor: Actor, claim: JoinedClaim, *, method: ServiceMethod, on: date, receiver: str) -> Service:
    """The ruling reached whoever brought the claim, whose ten days to appeal begin (CPL art. 171; S2 art. 244)."""
    if not register.may_entrust(actor, claim.case):
        raise NotPermitted("serve_claim_ruling", article=rules.APPEAL)
    paper, party = keeping.ruling(claim), disputes.party(claim.dispute_id, claim.party_id)
    if claim.status is not ClaimStatus.REFUSED or paper is None or party is None:
        raise IllegalStep("serve_claim_ruling", claim.status.value, article=rules.APPEAL, subject=claim)
    if keeping.reached(claim)[0] is not None:
        raise refuse(Obstacle.SERVED)
    announcements.check(claim.case, paper, party, method)
    with transaction():
        service = serve_document(
            actor, paper, party, method=method, effective_on=on, receiver=receiver, issued_on=claim.decided_on,
            summary=claim.case.procedure in register.SUMMARY,
        )  # fmt: skip
        periods.open_deadline(
            actor, PeriodKey.RULING_APPEAL, subject=service, dispute_id=claim.dispute_id, start=on, note=party.name
        )
    return service


def appeal(actor: Actor, claim: JoinedClaim, *, on: date) -> None:
    """The party appeals within the ten days; the file goes to the higher court."""
    states.check(STEPS, "appeal", actor, claim)
    service, limit = keeping.reached(claim)
    facts = Appeal(
        on,
        clock.today(),
        service.effective_on if service is not None else None,
        limit.final_on if limit is not None else None,
        answered=claim.answered_on is not None,
    )
    for found in rules.appealing(facts):
        raise refuse(found)
    with transaction():
        with db.session.no_autoflush:
            claim.appealed_on = on
            audit.advance(STEPS, "appeal", actor, claim, on=on)
        if service is not None and limit is not None and limit.is_running:
            periods.meet(actor, service, PeriodKey.RULING_APPEAL, on)


def answered_above(
    actor: Actor, claim: JoinedClaim, *, taken: bool, above: str, number: str, on: date, days: int | None = None
) -> None:
    """Upheld, the claim is sued for apart; set aside, this court takes it and tries it with the suit (S2 art. 330)."""
    step = "overturn" if taken else "uphold"
    states.check(STEPS, step, actor, claim)
    case = claim.case
    for found in rules.answering_above(
        above=above, number=number, on=on, appealed_on=claim.appealed_on or on, today=clock.today(), taken=taken,
        is_open=case.status is not register.Status.CLOSED,
    ):  # fmt: skip
        raise refuse(found)
    if taken and evidence_due(case) and not days:
        raise refuse(Obstacle.NO_DAYS)
    with transaction():
        with db.session.no_autoflush:
            claim.above, claim.above_number, claim.answered_on = above.strip(), number.strip(), on
            audit.advance(STEPS, step, actor, claim, on=on, number=claim.above_number)
        if taken:
            claiming.try_together(actor, claim, days)
        words = labels.TAKEN_ABOVE if taken else labels.UPHELD_ABOVE
        telling.judge(actor, case, claim, "claim.answered_above", words, on)
