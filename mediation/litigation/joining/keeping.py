"""Who joined a case and what is claimed in it besides the suit; who has to answer it, and what is left when the case is over."""

from collections.abc import Sequence

from mediation.disputes import services as disputes
from mediation.disputes.models import Party
from mediation.documents import services as documents
from mediation.documents.models import Document
from mediation.kernel import audit, dossier
from mediation.kernel.actor import Actor
from mediation.litigation.joining import rules
from mediation.litigation.joining.models import Joinder, JoinedClaim
from mediation.litigation.joining.rules import STEPS, ClaimKind, ClaimStatus, Place
from mediation.litigation.models import LitigationCase
from mediation.notices import services as notices
from mediation.notices.models import Service
from mediation.periods import services as periods
from mediation.periods.models import Deadline
from mediation.periods.table import PeriodKey

TYPE = JoinedClaim.__tablename__
RULING, WITHDRAWAL = "claim_ruling", "claim_withdrawal_ruling"
# A counterclaim's fee runs from the day it was brought, a third party's from the day it was demanded (S10 arts 20, 22).
FEE = {ClaimKind.COUNTERCLAIM: PeriodKey.CLAIM_FEE, ClaimKind.THIRD_PARTY: PeriodKey.FEE_PAYMENT}


def joinders(case: LitigationCase) -> Sequence[Joinder]:
    """Everybody who joined or was not let in, first to last."""
    return [one for one in dossier.of(Joinder, case.dispute_id) if one.case_id == case.id]


def claims(case: LitigationCase) -> Sequence[JoinedClaim]:
    """Every claim besides the suit, first to last."""
    return [one for one in dossier.of(JoinedClaim, case.dispute_id) if one.case_id == case.id]


def get(case: LitigationCase, claim_id: int) -> JoinedClaim | None:
    """One claim of this case."""
    return next((one for one in claims(case) if one.id == claim_id), None)


def undecided(case: LitigationCase) -> bool:
    """Whether a claim waits for the judge."""
    return any(one.status is ClaimStatus.BROUGHT for one in claims(case))


def joined(case: LitigationCase) -> Sequence[JoinedClaim]:
    """What is tried with the suit."""
    return [one for one in claims(case) if one.status is ClaimStatus.JOINED]


def answering(claim: JoinedClaim) -> Sequence[Party]:
    """Who is sued by it."""
    return [party for party in disputes.parties(claim.dispute_id) if party.role in rules.ANSWERS[claim.kind]]


def without_claim(case: LitigationCase) -> set[int]:
    """The third parties who have no claim of their own (CPL art. 59(2))."""
    return {one.party_id for one in joinders(case) if one.party_id and one.place is Place.THIRD_WITHOUT_CLAIM}


def payment(claim: JoinedClaim) -> Deadline | None:
    """The time to pay its fee, while it runs."""
    return periods.current(TYPE, claim.id, FEE[claim.kind])


def ruling(claim: JoinedClaim) -> Document | None:
    """The ruling that does not take it, as a paper."""
    return documents.latest(RULING, TYPE, claim.id)


def reached(claim: JoinedClaim) -> tuple[Service | None, Deadline | None]:
    """When the ruling reached whoever brought the claim, and the ten days that began then (CPL art. 171)."""
    paper = ruling(claim)
    served = next((s for s in notices.services_of(paper.id) if s.party_id == claim.party_id), None) if paper else None
    return served, periods.last("service", served.id, PeriodKey.RULING_APPEAL) if served else None


def over(actor: Actor, claim: JoinedClaim, reason: str) -> None:
    """Nothing is to be paid for it any more."""
    running = payment(claim)
    if running is not None:
        periods.cancel(actor, running, reason)


def drop(actor: Actor, case: LitigationCase) -> None:
    """The case is over: what was not decided falls away."""
    for claim in claims(case):
        over(actor, claim, "close")
        if claim.status is ClaimStatus.BROUGHT:
            audit.advance(STEPS, "drop", actor, claim)
