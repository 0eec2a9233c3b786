"""Many disputes of one creditor handed over at once, and many accepted at once: all, or those that were ticked.

Each dispute is an act of its own, in a transaction of its own, with all the checks it would have alone: what the law
forbids for one is refused for that one and says why. A batch goes on where it stopped.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa

from mediation.assignment import labels, rules
from mediation.assignment.batching import AT_A_GO, CHOOSING, MOST_DISPUTES, BatchKind, ItemStatus
from mediation.assignment.models import Assignment, Batch, BatchItem
from mediation.assignment.rules import OPEN, Choice, Obstacle, Status
from mediation.assignment.services import appointing
from mediation.assignment.services.checking import refuse
from mediation.assignment.services.choosing import issue
from mediation.assignment.services.course import accept
from mediation.assignment.services.reading import get as get_assignment
from mediation.assignment.services.reading import mine
from mediation.assignment.services.suggesting import suggest
from mediation.disputes import services as disputes
from mediation.disputes.models import Dispute, Party
from mediation.disputes.rules import PartyRole
from mediation.kernel import audit, clock
from mediation.kernel.actor import REGISTRY, Actor
from mediation.kernel.db import db, transaction
from mediation.kernel.errors import DomainError, IllegalStep, NotPermitted
from mediation.kernel.i18n import CHINESE, force_locale
from mediation.roster import services as roster


@dataclass(frozen=True)
class Together:
    """The disputes of one creditor that wait for a mediator."""

    creditor: Party | None
    disputes: Sequence[Dispute]
    # More wait than one page lists.
    more: bool


def together(actor: Actor, dispute: Dispute) -> Together:
    """What else the first applicant brought that waits for a mediator; recognised by identity, never by name alone."""
    if not rules.may_issue(actor, dispute):
        raise NotPermitted("issue", article="S4 art. 11")
    creditor = _creditor(dispute)
    if creditor is None or not creditor.id_key:
        return Together(creditor, [], more=False)
    found = db.session.scalars(_waiting(actor, creditor).limit(MOST_DISPUTES + 1)).all()
    return Together(creditor, found[:MOST_DISPUTES], more=len(found) > MOST_DISPUTES)


def _creditor(dispute: Dispute) -> Party | None:
    return next((p for p in disputes.parties(dispute.id) if p.role is PartyRole.APPLICANT), None)


def _waiting(actor: Actor, creditor: Party) -> sa.Select[Any]:
    its = sa.select(Party.dispute_id).where(Party.id_key == creditor.id_key, Party.role == PartyRole.APPLICANT)
    with_somebody = sa.select(Assignment.dispute_id).where(Assignment.status.in_(OPEN))
    return (
        sa.select(Dispute)
        .where(disputes.visible(actor), Dispute.id.in_(its), Dispute.status.in_(CHOOSING))
        .where(Dispute.id.not_in(with_somebody))
        .order_by(Dispute.received_at, Dispute.id)
    )


def count_together(actor: Actor, dispute: Dispute) -> int:
    """How many disputes of this creditor wait for a mediator, this one among them."""
    creditor = _creditor(dispute)
    if creditor is None or not creditor.id_key:
        return 0
    return db.session.scalar(sa.select(sa.func.count()).select_from(_waiting(actor, creditor).subquery())) or 0


# --- making one -------------------------------------------------------------------------------------------------------


def hand_over_together(
    actor: Actor, dispute: Dispute, *, dispute_ids: Collection[int], organisation_id: int | None
) -> Batch:
    """Put ticked disputes of one creditor together: to an organisation, or each to the mediator suggested for it."""
    known = {one.id for one in together(actor, dispute).disputes}
    wanted = sorted(set(dispute_ids))
    if not wanted or not set(wanted) <= known:
        raise refuse(Obstacle.NOTHING_TICKED, field="dispute_ids")
    if organisation_id is not None and roster.get_organisation(actor, organisation_id) is None:
        raise refuse(Obstacle.NOBODY, field="to")
    batch = Batch(
        court_id=actor.court_id, kind=BatchKind.HAND_OVER, organisation_id=organisation_id, made_by_id=actor.id
    )
    return _made(actor, batch, dict.fromkeys(wanted))


def accept_together(
    actor: Actor, *, assignment_ids: Collection[int], on: date, mediator_id: int | None, reason: str = ""
) -> Batch:
    """Put ticked assignments together to be accepted; an organisation names one member for all, or leaves it to the draw."""
    known = {a.id: a.dispute_id for a, _dispute in mine(actor, {Status.ISSUED}) if rules.may_mediate(actor, a)}
    wanted = sorted(set(assignment_ids))
    if not wanted or not set(wanted) <= known.keys():
        raise refuse(Obstacle.NOTHING_TICKED, field="assignment_ids")
    if on > clock.today():
        raise refuse(Obstacle.FUTURE, field="on")
    batch = Batch(
        court_id=actor.court_id,
        kind=BatchKind.ACCEPT,
        mediator_id=mediator_id,
        signed_on=on,
        reason=reason.strip(),
        owner_mediator_id=actor.mediator_id,
        owner_organisation_id=actor.organisation_id,
        made_by_id=actor.id,
    )
    return _made(actor, batch, {known[one]: one for one in wanted})


def _made(actor: Actor, batch: Batch, disputes_: Mapping[int, int | None]) -> Batch:
    with transaction():
        audit.record(
            actor, "make", batch, kind=batch.kind, organisation=batch.organisation_id, mediator=batch.mediator_id,
            disputes=list(disputes_),
        )  # fmt: skip
        db.session.add_all(
            BatchItem(batch_id=batch.id, dispute_id=dispute_id, assignment_id=assignment_id)
            for dispute_id, assignment_id in disputes_.items()
        )
    return batch


# --- reading one ------------------------------------------------------------------------------------------------------


def get(actor: Actor, batch_id: int) -> Batch | None:
    """A batch of the registry for the registry; one of acceptances for the mediator or organisation whose it is."""
    found = db.session.scalar(sa.select(Batch).where(Batch.id == batch_id, Batch.court_id == actor.court_id))
    if found is None:
        return None
    if found.kind is BatchKind.HAND_OVER:
        return found if actor.has(*REGISTRY) else None
    own_mediator = actor.mediator_id is not None and found.owner_mediator_id == actor.mediator_id
    own_body = actor.organisation_id is not None and found.owner_organisation_id == actor.organisation_id
    return found if own_mediator or own_body else None


def items(batch: Batch) -> Sequence[tuple[BatchItem, Dispute]]:
    """Every dispute of the batch, in order."""
    rows = (
        sa.select(BatchItem, Dispute)
        .join(Dispute, Dispute.id == BatchItem.dispute_id)
        .where(BatchItem.batch_id == batch.id)
        .order_by(BatchItem.id)
    )
    return [(row[0], row[1]) for row in db.session.execute(rows)]


# --- going on ---------------------------------------------------------------------------------------------------------


def go_on(actor: Actor, batch: Batch, *, most: int = AT_A_GO) -> int:
    """Handle the next disputes of the batch; how many still wait. Two who press at once do nothing twice."""
    batch_id = batch.id
    waiting = sa.select(BatchItem.id).where(BatchItem.batch_id == batch_id, BatchItem.status == ItemStatus.WAITING)
    for item_id in db.session.scalars(waiting.order_by(BatchItem.id).limit(most)).all():
        _handle(actor, batch_id, item_id)
    return db.session.scalar(sa.select(sa.func.count()).select_from(waiting.subquery())) or 0


def again(actor: Actor, batch: Batch) -> int:
    """What was refused waits once more: the reason may have gone. How many do."""
    with transaction():
        refused = db.session.scalars(
            sa.select(BatchItem).where(BatchItem.batch_id == batch.id, BatchItem.status == ItemStatus.REFUSED)
        ).all()
        for item in refused:
            item.status, item.words, item.article = ItemStatus.WAITING, "", ""
    return len(refused)


def _taken(item_id: int) -> BatchItem | None:
    """The item, held until the end of the transaction; None when somebody else has handled it."""
    item = db.session.get(BatchItem, item_id, with_for_update=True, populate_existing=True)
    return item if item is not None and item.status is ItemStatus.WAITING else None


def _handle(actor: Actor, batch_id: int, item_id: int) -> None:
    try:
        with transaction():
            item = _taken(item_id)
            if item is not None:
                _act(actor, db.session.get_one(Batch, batch_id), item)
                item.status, item.done_at = ItemStatus.DONE, clock.now()
    except (DomainError, NotPermitted) as refused:
        with transaction():
            item = _taken(item_id)
            if item is not None:
                item.status, item.done_at = ItemStatus.REFUSED, clock.now()
                item.words, item.article = _words(refused), refused.article


def _words(refused: DomainError | NotPermitted) -> str:
    """Kept in Chinese: whoever opens the batch later may be somebody else."""
    with force_locale(CHINESE):
        if isinstance(refused, NotPermitted):
            return str(labels.NO_LONGER_YOURS)
        if isinstance(refused, IllegalStep):
            return str(labels.MOVED_ON)
        return " ".join(filter(None, (str(refused.message), str(refused.remedy))))


def _act(actor: Actor, batch: Batch, item: BatchItem) -> None:
    if batch.kind is BatchKind.HAND_OVER:
        item.assignment_id = _hand_over(actor, batch, item).id
    else:
        _accept(actor, batch, item)


def _hand_over(actor: Actor, batch: Batch, item: BatchItem) -> Assignment:
    dispute = db.session.get_one(Dispute, item.dispute_id)
    if batch.organisation_id is not None:
        return issue(actor, dispute, choice=Choice.DESIGNATED, organisation_id=batch.organisation_id)
    suggestion = suggest(actor, dispute)
    # Whom both sides named comes before any draw (S4 art. 12).
    if suggestion.joint is not None:
        return issue(actor, dispute, choice=Choice.JOINT, mediator_id=suggestion.joint.mediator.id)
    if suggestion.outcome.suggested is None:
        raise refuse(Obstacle.NOBODY)
    return issue(actor, dispute, choice=Choice.DESIGNATED, mediator_id=suggestion.outcome.suggested)


def _accept(actor: Actor, batch: Batch, item: BatchItem) -> None:
    assignment = get_assignment(actor, item.assignment_id or 0)
    if assignment is None:
        raise NotPermitted("accept", article="S5 art. 12")
    member = None
    if assignment.mediator_id is None:
        member = batch.mediator_id or appointing.suggest_member(actor, assignment).outcome.suggested
    accept(actor, assignment, on=batch.signed_on, mediator_id=member, reason=batch.reason)
