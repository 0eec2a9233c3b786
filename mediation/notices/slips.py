"""The slips that come back with printed notices, and the proof of every notice."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa

from mediation.kernel import audit, clock, dossier
from mediation.kernel.actor import Actor
from mediation.kernel.db import db, transaction
from mediation.kernel.errors import DomainError
from mediation.notices import delivering, labels, proof, rules, wording
from mediation.notices.delivering import attempted, refused
from mediation.notices.models import Notice, Slip
from mediation.notices.proof import Proof
from mediation.notices.rules import Channel, NoticeStatus, Problem, ReturnCause, SlipOutcome, Taker


def of_notice(notice: Notice) -> Sequence[Slip]:
    """Every slip of a notice, first to last."""
    return db.session.scalars(sa.select(Slip).where(Slip.notice_id == notice.id).order_by(Slip.id)).all()


def _is_procedural(notice: Notice) -> bool:
    kind = wording.KINDS.get(notice.kind)
    return kind is not None and kind.procedural


def _prove(notice: Notice, slips: Iterable[Slip]) -> Proof:
    mine = [slip for slip in slips if slip.notice_id == notice.id]
    counting = next((slip for slip in reversed(mine) if slip.counts), None)
    return proof.prove(
        notice.channel,
        notice.status,
        sent_on=clock.local(notice.sent_at).date() if notice.sent_at else None,
        electronic_agreed=notice.electronic_agreed,
        problem=notice.problem,
        slip=(counting.outcome, counting.on) if counting else None,
        came_back=bool(mine),
        arrived_on=notice.arrived_on,
    )


def proof_of(notice: Notice) -> Proof:
    """What proves that this notice reached its addressee."""
    return _prove(notice, of_notice(notice))


@dataclass(frozen=True)
class Proven:
    """A notice to a party with its proof, and the day of service of that act for that party over all channels."""

    notice: Notice
    proof: Proof
    served_on: date | None


def of_dispute(dispute_id: int) -> list[Proven]:
    """Every notice to a party of the dispute, the latest first."""
    slips = dossier.of(Slip, dispute_id)
    told = [notice for notice in dossier.of(Notice, dispute_id) if notice.party_id is not None]
    proofs = {notice.id: _prove(notice, slips) for notice in told}
    acts: dict[tuple[Any, ...], list[Proof]] = {}
    for notice in told:
        if notice.superseded_at is None:
            acts.setdefault(_act(notice), []).append(proofs[notice.id])
    return [Proven(notice, proofs[notice.id], proof.earliest(acts.get(_act(notice), []))) for notice in reversed(told)]


def served_on(subject: Any, kind: str, party_id: int) -> date | None:
    """From which day a notice counts as served on a party, whichever way reached it first (S6 art. 31); None: not yet."""
    wanted = sa.select(Notice).where(
        Notice.subject_type == type(subject).__tablename__,
        Notice.subject_id == subject.id,
        Notice.kind == kind,
        Notice.party_id == party_id,
        Notice.superseded_at.is_(None),
    )
    return proof.earliest(proof_of(notice) for notice in db.session.scalars(wanted))


def _act(notice: Notice) -> tuple[Any, ...]:
    return notice.subject_type, notice.subject_id, notice.kind, notice.party_id


def may_record(actor: Actor, notice: Any) -> bool:
    """Whether a slip can come back for this notice, and this person records it."""
    open_ = notice.channel is Channel.PAPER and notice.status in rules.WAITING | {NoticeStatus.HANDED_OVER}
    return bool(open_ and rules.may_deliver(actor, notice)) and not any(slip.counts for slip in of_notice(notice))


def record(
    actor: Actor,
    notice: Notice,
    outcome: SlipOutcome,
    *,
    on: date,
    receiver: str = "",
    taker: Taker | None = None,
    witness: str = "",
    photographed: bool = False,
    tracking: str = "",
    cause: ReturnCause | None = None,
    remark: str = "",
) -> Slip:
    """Record the slip that came back: it was served on that day, or the letter came back and has to go out again."""
    if notice.channel is not Channel.PAPER:
        raise DomainError(labels.SLIP_ONLY_ON_PAPER, article="CPL art. 87", remedy=labels.CHOOSE_OTHER)
    if any(slip.counts for slip in of_notice(notice)):
        raise DomainError(labels.SLIP_IS_THERE, article="CPL art. 87")
    procedural = _is_procedural(notice)
    found = proof.slip_obstacles(
        outcome, procedural=procedural, receiver=receiver, taker=taker, witness=witness, photographed=photographed,
        tracking=tracking, cause=cause, in_future=on > clock.today(),
        before_issue=on < clock.local(notice.created_at).date(), before_sending=on < delivering.sent_on(notice),
    )  # fmt: skip
    for obstacle in found:
        raise refused(obstacle, field=FIELD.get(obstacle, "outcome"))
    returned = outcome is SlipOutcome.RETURNED
    counts = proof.slip_counts(outcome, procedural=procedural, cause=cause)
    told: dict[str, Any] = {
        "outcome": outcome, "on": on, "taker": taker if not returned else None,
        "photographed": photographed and outcome is SlipOutcome.LEFT, "tracking": tracking,
        "cause": cause if returned else None, "counts": counts,
    }  # fmt: skip
    with transaction():
        slip = Slip(
            court_id=notice.court_id, dispute_id=notice.dispute_id, notice_id=notice.id, receiver=receiver,
            witness=witness if outcome is SlipOutcome.LEFT else "", remark=remark, recorded_by_id=actor.id, **told,
        )  # fmt: skip
        notice.problem = None if counts else Problem.NOT_REACHED
        if counts:
            notice.sent_at = notice.sent_at or max(clock.at(on, 12), notice.created_at)
        audit.advance(rules.SLIP, "slip" if counts else "come_back", actor, notice, outcome=outcome, on=on)
        audit.record(actor, "record", slip, notice=notice.id, **told)
        attempted(actor, notice)
    return slip


FIELD = {
    rules.Obstacle.NO_RECEIVER: "receiver",
    rules.Obstacle.NO_WITNESS: "witness",
    rules.Obstacle.NO_TRACKING: "tracking",
    rules.Obstacle.NO_CAUSE: "cause",
    rules.Obstacle.FUTURE: "on",
    rules.Obstacle.BEFORE_ISSUE: "on",
    rules.Obstacle.BEFORE_SENDING: "on",
}
