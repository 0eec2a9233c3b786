"""A fine for late evidence: the judge proposes, the president approves, the decision is served, the court above reconsiders."""

from datetime import date

from mediation.accounts import services as accounts
from mediation.disputes import services as disputes
from mediation.disputes.models import Party
from mediation.documents import services as documents
from mediation.kernel import audit, clock, states
from mediation.kernel.actor import Actor, Role
from mediation.kernel.db import db, transaction
from mediation.kernel.errors import DomainError, NotPermitted, refusal
from mediation.litigation import rules as register
from mediation.litigation import telling
from mediation.litigation import trial_papers as papers
from mediation.litigation.evidence.models import LateEvidence
from mediation.litigation.evidence.rules import Outcome
from mediation.litigation.fines import keeping, labels, rules
from mediation.litigation.fines.models import EvidenceFine
from mediation.litigation.fines.rules import STEPS, Decided, FineStatus, Obstacle, Review
from mediation.litigation.models import LitigationCase
from mediation.litigation.services.issuing import issue
from mediation.litigation.services.reading import dispute_of
from mediation.litigation.services.serving import serve_document
from mediation.notices.rules import ServiceMethod
from mediation.periods import services as periods
from mediation.periods.table import PeriodKey

TYPE, DECISION, KIND = EvidenceFine.__tablename__, "fine_decision", "evidence_fine"


def _party(fine: EvidenceFine | LateEvidence) -> Party:
    return db.session.get_one(Party, fine.party_id)


def stands(fine: EvidenceFine) -> Decided:
    """How far it has come."""
    limits = [one for one in periods.of_subject(TYPE, fine.id) if one.key is PeriodKey.FINE_REVIEW]
    return Decided(
        fine.decided_on if fine.status is FineStatus.ORDERED else None, clock.today(), fine.served_on,
        max((one.final_on for one in limits), default=None), fine.review_asked_on, fine.review is not None,
    )  # fmt: skip


def propose(actor: Actor, case: LitigationCase, late: LateEvidence, *, amount_fen: int, reason: str) -> EvidenceFine:
    """The judge proposes it to the president, who must approve (CPL art. 119)."""
    if not register.may_try(actor, case):
        raise NotPermitted("propose_fine", article=rules.FINE)
    against = rules.proposing(
        is_open=case.status is not register.Status.CLOSED, fined=late.outcome is Outcome.FINED,
        already=any(one.late_id == late.id for one in keeping.of_case(case)), kind=_party(late).kind, amount_fen=amount_fen,
        reason=reason,
    )  # fmt: skip
    for found in against:
        raise refuse(found)
    with transaction():
        fine = EvidenceFine(
            court_id=case.court_id, dispute_id=case.dispute_id, case_id=case.id, case=case, late_id=late.id, late=late,
            party_id=late.party_id, amount_fen=amount_fen, reason=reason.strip(), proposed_on=clock.today(),
            proposed_by_id=actor.id,
        )  # fmt: skip
        audit.record(actor, "propose", fine, party=late.party_id, amount_fen=amount_fen)
        presidents = accounts.holding(case.court_id, Role.PRESIDENT)
        telling.in_house(actor, presidents, fine, "fine.proposed", labels.PROPOSED, fine.proposed_on)
    return fine


def decide(actor: Actor, fine: EvidenceFine, *, approved: bool, note: str = "") -> None:
    """Approved, the decision is made out in writing and whoever is fined is told; not approved, the judge is told why."""
    step, case = "approve" if approved else "refuse", fine.case
    states.check(STEPS, step, actor, fine)
    if not approved and not note.strip():
        raise refuse(Obstacle.NO_REASON)
    with transaction():
        with db.session.no_autoflush:
            fine.decided_on, fine.decided_by_id, fine.note = clock.today(), actor.id, note.strip()
            audit.advance(STEPS, step, actor, fine, amount_fen=fine.amount_fen)
        words = labels.APPROVED if approved else labels.REFUSED
        telling.judge(actor, case, fine, "fine.decided", words, clock.today())
        if approved:
            _order(actor, fine)


def _order(actor: Actor, fine: EvidenceFine) -> None:
    """决定书 (CPL art. 119)."""
    case, party = fine.case, _party(fine)
    issue(
        actor,
        case,
        kind=DECISION,
        subject=fine,
        title=papers.FINE_DECISION,
        party=party.name,
        data=papers.fine_decision(case, dispute_of(case), disputes.parties(case.dispute_id), fine=fine, party=party),
    )
    telling.party(actor, case, party, KIND, subject=fine)


def serve(actor: Actor, fine: EvidenceFine, *, method: ServiceMethod, on: date, receiver: str) -> None:
    """It reached whoever is fined; the three days to apply for reconsideration run (S2 art. 185)."""
    _permit(actor, fine, "serve_fine")
    for found in rules.serving(stands(fine), on):
        raise refuse(found)
    paper, party = documents.latest(DECISION, TYPE, fine.id), disputes.party(fine.dispute_id, fine.party_id)
    if paper is None or party is None:
        raise refuse(Obstacle.NOT_SERVED)
    with transaction():
        serve_document(
            actor, paper, party, method=method, effective_on=on, receiver=receiver, issued_on=fine.decided_on,
            summary=fine.case.procedure in register.SUMMARY,
        )  # fmt: skip
        fine.served_on = on
        audit.record(actor, "serve", fine, on=on)
        periods.open_deadline(actor, PeriodKey.FINE_REVIEW, subject=fine, dispute_id=fine.dispute_id, start=on)


def ask_review(actor: Actor, fine: EvidenceFine, *, on: date, reason: str) -> None:
    """Applied for in time, to the court above; it does not stop the enforcement (CPL art. 119)."""
    _permit(actor, fine, "review_fine")
    for found in rules.asking(stands(fine), on):
        raise refuse(found)
    with transaction():
        fine.review_asked_on, fine.review_reason = on, reason.strip()
        audit.record(actor, "ask_review", fine, on=on)
        periods.meet(actor, fine, PeriodKey.FINE_REVIEW, on)


def answer_review(
    actor: Actor, fine: EvidenceFine, *, review: Review, number: str, on: date, amount_fen: int | None = None
) -> None:
    """What the court above decided (S2 art. 186); the judge is told."""
    _permit(actor, fine, "fine_reviewed")
    for found in rules.answering(
        stands(fine), on, review=review, kind=_party(fine).kind, amount_fen=amount_fen or 0, number=number
    ):
        raise refuse(found)
    with transaction():
        fine.review, fine.review_number, fine.reviewed_on = review, number.strip(), on
        fine.changed_fen = amount_fen if review is Review.CHANGED else None
        audit.record(actor, "answer_review", fine, review=review, on=on, amount_fen=fine.changed_fen)


def _permit(actor: Actor, fine: EvidenceFine, act: str) -> None:
    if not register.may_entrust(actor, fine.case):
        raise NotPermitted(act, article=rules.REVIEW)


def refuse(obstacle: Obstacle) -> DomainError:
    """The refusal with its article and what remains possible."""
    return refusal(obstacle, labels, rules)
