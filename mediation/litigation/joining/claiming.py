"""A counterclaim or a third party's claim: brought, tried with the suit or not taken, paid for, withdrawn (S2 arts 232, 233, 239)."""

from datetime import date
from typing import Any

from mediation.disputes import services as disputes
from mediation.documents import composing
from mediation.kernel import audit, clock, states
from mediation.kernel.actor import Actor
from mediation.kernel.db import db, transaction
from mediation.kernel.errors import IllegalStep, NotPermitted
from mediation.litigation import rules as register
from mediation.litigation import tariff, telling
from mediation.litigation import trial_papers as papers
from mediation.litigation.bench.signing import signers
from mediation.litigation.joining import keeping, labels, rules
from mediation.litigation.joining.effects import evidence_anew, evidence_due, refuse, reopen, send_again
from mediation.litigation.joining.models import JoinedClaim
from mediation.litigation.joining.rules import STEPS, Bringing, ClaimStatus, Link, Obstacle
from mediation.litigation.models import LitigationCase
from mediation.litigation.procedure.changing import to_summary
from mediation.litigation.rules import Procedure
from mediation.litigation.services.fees import count
from mediation.litigation.services.issuing import issue
from mediation.litigation.services.reading import check_signers, dispute_of
from mediation.litigation.tariff import FeeKind, Halving
from mediation.periods import services as periods
from mediation.periods.table import PeriodKey

FEE, JOINED, REFUSED = "claim_fee", "claim_joined", "claim_refused"
WRITTEN: dict[str, Any] = {
    keeping.RULING: papers.claim_ruling,
    keeping.WITHDRAWAL: papers.claim_withdrawal_ruling,
}
# CPL art. 166: where a counterclaim is brought, the case is no small claim.
NOT_SMALL = "被告提起反诉。"


def bring(
    actor: Actor,
    case: LitigationCase,
    *,
    party_id: int,
    on: date,
    claims: str,
    grounds: str = "",
    fee_kind: FeeKind = FeeKind.PROPERTY,
    amount_fen: int = 0,
) -> JoinedClaim:
    """Recorded, with half of the fee due in seven days (S10 arts 18, 20, 22); the judge is told."""
    if not register.may_entrust(actor, case):
        raise NotPermitted("bring_claim", article=rules.CLAIMING)
    party = disputes.party(case.dispute_id, party_id)
    without = party_id in keeping.without_claim(case)
    kind = rules.kind_of(party.role, without_claim=without) if party is not None else None
    facts = Bringing(
        case.status is not register.Status.CLOSED, on, clock.today(), case.filed_on,
        heard=case.heard_on is not None, kind=kind, claims=claims,
    )  # fmt: skip
    for found in rules.bringing(facts):
        raise refuse(found)
    if kind is None or party is None:
        raise refuse(Obstacle.NOT_THIS_PARTY)
    fee = count(fee_kind, amount_fen, on, None)
    with transaction():
        claim = JoinedClaim(
            court_id=case.court_id, dispute_id=case.dispute_id, case_id=case.id, case=case, party_id=party_id, kind=kind,
            brought_on=on, claims=claims.strip(), grounds=grounds.strip(), fee_kind=fee_kind, amount_fen=amount_fen,
            tariff_fen=fee.total_fen, due_fen=tariff.due(fee.total_fen, [Halving.JOINED]), recorded_by_id=actor.id,
        )  # fmt: skip
        audit.record(actor, "bring", claim, party=party_id, kind=kind, on=on, due_fen=claim.due_fen)
        start = on if keeping.FEE[kind] is PeriodKey.CLAIM_FEE else clock.today()
        limit = periods.open_deadline(actor, keeping.FEE[kind], subject=claim, dispute_id=case.dispute_id, start=start)
        telling.party(actor, case, party, FEE, subject=claim, until=composing.day(limit.final_on))
        telling.judge(actor, case, claim, "claim.brought", labels.BROUGHT, limit.final_on)
    return claim


def decide(
    actor: Actor,
    claim: JoinedClaim,
    *,
    link: Link,
    elsewhere: bool = False,
    reason: str = "",
    days: int | None = None,
    clerk_name: str = "",
) -> None:
    """The judge finds what connects it with the suit; whether it is tried with it follows by law (S2 art. 233)."""
    joined, case = rules.joins(link, elsewhere=elsewhere), claim.case
    step = "join" if joined else "refuse"
    states.check(STEPS, step, actor, claim)
    for found in rules.deciding(joined=joined, evidence=evidence_due(case), days=days, reason=reason):
        raise refuse(found)
    if not joined:
        check_signers(case, clerk_name)
    with transaction():
        with db.session.no_autoflush:
            claim.link, claim.elsewhere, claim.reason = link, elsewhere, reason.strip()
            claim.decided_on, claim.decided_by_id = clock.today(), actor.id
            audit.advance(STEPS, step, actor, claim, link=link, elsewhere=elsewhere)
        if joined:
            try_together(actor, claim, days)
        else:
            _not_taken(actor, claim, clerk_name)


def try_together(actor: Actor, claim: JoinedClaim, days: int | None) -> None:
    """The case goes on with the claim: copies to whoever has to answer, the time for evidence anew (S37 art. 55(4))."""
    case = claim.case
    reopen(actor, case, "claimed", claim=claim.id)
    if case.procedure is Procedure.SMALL:
        to_summary(actor, case, reason=NOT_SMALL)
    telling.parties(actor, case, JOINED)
    send_again(actor, case)
    if days and evidence_due(case):
        evidence_anew(actor, case, days=days)


def _not_taken(actor: Actor, claim: JoinedClaim, clerk_name: str) -> None:
    """民事裁定书（不予受理）: who brought it may sue apart (S2 art. 233(3)), or appeal within ten days (CPL arts 157, 171)."""
    case, party = claim.case, disputes.party(claim.dispute_id, claim.party_id)
    keeping.over(actor, claim, "refused")
    _rule(actor, claim, keeping.RULING, clerk_name)
    if party is not None:
        telling.party(actor, case, party, REFUSED, subject=claim)


def pay(actor: Actor, claim: JoinedClaim, *, on: date) -> None:
    """Half of the fee was paid (S10 art. 18); late too, as long as the claim stands."""
    if not register.may_register(actor, claim.case):
        raise NotPermitted("pay_claim", article=rules.FEE)
    if claim.status not in {ClaimStatus.BROUGHT, ClaimStatus.JOINED} or claim.case.status is register.Status.CLOSED:
        raise IllegalStep("pay", claim.status.value, article=rules.FEE, subject=claim)
    if claim.paid_on is not None:
        raise refuse(Obstacle.PAID)
    if not claim.brought_on <= on <= clock.today():
        raise refuse(Obstacle.NOT_THAT_DAY)
    with transaction():
        claim.paid_on = on
        audit.record(actor, "pay", claim, on=on, due_fen=claim.due_fen)
        periods.meet(actor, claim, keeping.FEE[claim.kind], on)


def withdraw(actor: Actor, claim: JoinedClaim, *, clerk_name: str, unpaid: bool = False) -> None:
    """民事裁定书: it may be withdrawn at the wish of who brought it (CPL art. 148; S2 art. 239), or counts as withdrawn because
    its fee was not paid (S10 art. 22; S2 art. 213)."""
    states.check(STEPS, "withdraw", actor, claim)
    case = claim.case
    check_signers(case, clerk_name)
    limit = keeping.payment(claim)
    until = limit.final_on if limit is not None else None
    for found in rules.withdrawing(unpaid=unpaid, paid=claim.paid_on is not None, pay_until=until, today=clock.today()):
        raise refuse(found)
    with transaction():
        with db.session.no_autoflush:
            claim.unpaid = unpaid
            audit.advance(STEPS, "withdraw", actor, claim, unpaid=unpaid)
        keeping.over(actor, claim, "withdraw")
        _rule(actor, claim, keeping.WITHDRAWAL, clerk_name, on=clock.today(), until=until)


def _rule(actor: Actor, claim: JoinedClaim, kind: str, clerk_name: str, **told: Any) -> None:
    """A ruling about the claim, with the number of the case (CPL art. 157)."""
    case = claim.case
    data = WRITTEN[kind](
        case, dispute_of(case), disputes.parties(case.dispute_id), claim=claim, bench=signers(case), clerk=clerk_name, **told
    )  # fmt: skip
    issue(actor, case, kind=kind, subject=claim, title=papers.RULING, data=data)
