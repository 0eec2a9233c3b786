"""Who takes part in a dispute, in which capacity, and the bans that keep capacities apart (R2-19, R2-20)."""

from typing import NoReturn

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from mediation.accounts.models import User
from mediation.disputes import labels, likeness, rules
from mediation.disputes.models import BANNED, Dispute, Participation
from mediation.disputes.rules import Capacity, Obstacle
from mediation.kernel import audit, clock
from mediation.kernel.actor import Actor
from mediation.kernel.db import db, transaction
from mediation.kernel.errors import DomainError, refusal
from mediation.roster.models import Mediator

AT_WORK = (Capacity.MEDIATED, Capacity.ORGANISED)


def refuse(obstacle: Obstacle) -> NoReturn:
    """Say why it is not possible, under which article, and what remains."""
    raise refusal(obstacle, labels, rules, field="")


def joined(actor: Actor, row: Participation) -> Participation:
    """Write down that somebody takes part, unless the law forbids it beside what the same person already did."""
    same = [Participation.mediator_id == row.mediator_id] if row.mediator_id else []
    same += [Participation.user_id == row.user_id] if row.user_id else []
    same += [Participation.person_key == row.person_key] if row.person_key else []
    already = sa.select(Participation).where(Participation.dispute_id == row.dispute_id, sa.or_(sa.false(), *same))
    rows = db.session.scalars(already).all()
    if rules.banned(row.capacity, [other.capacity for other in rows]):
        refuse(Obstacle.BANNED)
    for other in rows:
        if other.capacity is row.capacity and other.until is None:
            return other
    audit.record(actor, "join", row, capacity=row.capacity, user=row.user_id, mediator=row.mediator_id,
                 organisation=row.organisation_id)  # fmt: skip
    return row


def participate(
    actor: Actor,
    dispute: Dispute,
    capacity: Capacity,
    *,
    user_id: int | None = None,
    mediator_id: int | None = None,
    organisation_id: int | None = None,
    person_key: str = "",
) -> Participation:
    """Somebody takes part in a capacity; refused when the same person's other capacity rules it out (R2-19, R2-20)."""
    user_id, key = _person(user_id, mediator_id)
    row = Participation(
        court_id=dispute.court_id,
        dispute_id=dispute.id,
        capacity=capacity,
        user_id=user_id,
        mediator_id=mediator_id,
        organisation_id=organisation_id,
        person_key=person_key or key,
    )
    with transaction():
        try:
            return joined(actor, row)
        except IntegrityError as error:
            if BANNED in str(error.orig):
                _banned(error)
            raise


def _banned(cause: IntegrityError) -> NoReturn:
    raise DomainError(labels.OBSTACLE[Obstacle.BANNED], article=rules.OBSTACLE_ARTICLE[Obstacle.BANNED]) from cause


def _person(user_id: int | None, mediator_id: int | None) -> tuple[int | None, str]:
    """The same human being under account, list of mediators and identity number."""
    wanted = sa.select(User.id, User.person_key, User.mediator_id)
    found = None
    if user_id is not None:
        found = db.session.execute(wanted.where(User.id == user_id)).one_or_none()
    elif mediator_id is not None:
        found = db.session.execute(wanted.where(User.mediator_id == mediator_id)).one_or_none()
    key = found.person_key if found else ""
    listed = mediator_id or (found.mediator_id if found else None)
    if not key and listed is not None:
        key = db.session.scalar(sa.select(Mediator.person_key).where(Mediator.id == listed)) or ""
    return (found.id if found else user_id), key


def end_participation(
    actor: Actor,
    dispute: Dispute,
    *,
    mediator_id: int | None = None,
    organisation_id: int | None = None,
) -> None:
    """Somebody no longer takes part: access ends, the record stays. Without a name: all mediators and bodies."""
    wanted = sa.select(Participation).where(
        Participation.dispute_id == dispute.id,
        Participation.until.is_(None),
        Participation.capacity.in_(AT_WORK),
    )
    if mediator_id is not None:
        wanted = wanted.where(Participation.mediator_id == mediator_id)
    if organisation_id is not None:
        wanted = wanted.where(Participation.organisation_id == organisation_id)
    with transaction():
        for row in db.session.scalars(wanted).all():
            row.until = clock.now()
            audit.record(actor, "leave", row, capacity=row.capacity)


def require_other_firm(dispute_id: int, firm: str) -> None:
    """A firm whose member mediated the dispute does not act in it afterwards (R2-21; S4 art. 16).

    While that mediator still has the dispute, the party may take whom it likes: then the mediator withdraws.
    """
    if not likeness.plain(firm):
        return
    over = sa.select(Participation.mediator_id).where(
        Participation.dispute_id == dispute_id,
        Participation.capacity == Capacity.MEDIATED,
        Participation.until.is_not(None),
    )
    still = sa.select(Participation.mediator_id).where(
        Participation.dispute_id == dispute_id,
        Participation.capacity == Capacity.MEDIATED,
        Participation.until.is_(None),
        Participation.mediator_id.is_not(None),
    )
    rows = sa.select(Mediator.firm, Mediator.employer).where(Mediator.id.in_(over), Mediator.id.not_in(still))
    if any(
        likeness.plain(firm) in {likeness.plain(one), likeness.plain(other)} for one, other in db.session.execute(rows)
    ):
        refuse(Obstacle.FIRM_MEDIATED)


def open_numbers(user_id: int, mediator_id: int | None, organisation_id: int | None, *, limit: int = 20) -> list[str]:
    """The receipt numbers of the open disputes in which an account takes part: what somebody else must take over."""
    whose = [Participation.user_id == user_id]
    whose += [Participation.mediator_id == mediator_id] if mediator_id is not None else []
    whose += [Participation.organisation_id == organisation_id] if organisation_id is not None else []
    wanted = (
        sa.select(Dispute.receipt_no)
        .where(
            Dispute.closed_at.is_(None),
            Dispute.id.in_(sa.select(Participation.dispute_id).where(Participation.until.is_(None), sa.or_(*whose))),
        )
        .order_by(Dispute.id)
    )
    return list(db.session.scalars(wanted.limit(limit)))
