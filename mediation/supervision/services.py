"""Pressing for a dispute: issuing, answering, raising and closing supervision orders; what calls for one."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from mediation.accounts import services as accounts
from mediation.accounts.models import User
from mediation.assignment.models import Assignment
from mediation.assignment.services.reading import accounts_behind, clocks, open_of
from mediation.disputes import services as disputes
from mediation.disputes.models import Dispute
from mediation.kernel import audit, clock, dossier, states
from mediation.kernel.actor import COURT, Actor, Role
from mediation.kernel.audit import AuditEvent
from mediation.kernel.db import db, transaction
from mediation.kernel.errors import DomainError, NotPermitted
from mediation.notices import services as notices
from mediation.periods import services as periods
from mediation.supervision import documents, labels, rules
from mediation.supervision.models import SupervisionOrder, SupervisionReply
from mediation.supervision.rules import STEPS, Level, Obstacle, OrderStatus, Standing, Trigger, Wanted

KIND = "supervision"
# How many lines a page shows; more than these at once is a matter for the figures.
MOST = 100


@dataclass(frozen=True)
class Call:
    """A dispute that calls for an order, and why."""

    dispute_id: int
    title: str
    trigger: Trigger
    last_on: date | None
    order_id: int | None


# ---- reads ------------------------------------------------------------------------------------------------------------


def _scope(actor: Actor) -> sa.ColumnElement[bool]:
    """The court's own for its people; for others what is addressed to them, while the dispute is theirs to know."""
    own = SupervisionOrder.court_id == actor.court_id
    if actor.has(*COURT):
        return own
    return sa.and_(own, SupervisionOrder.addressee_id == actor.id, SupervisionOrder.dispute_id.in_(disputes.ids(actor)))


def get(actor: Actor, order_id: int) -> SupervisionOrder | None:
    """An order this actor may know of, with whom it names."""
    wanted = sa.select(SupervisionOrder).where(SupervisionOrder.id == order_id, _scope(actor))
    return db.session.scalar(wanted.options(*_NAMED))


_NAMED = (joinedload(SupervisionOrder.addressee), joinedload(SupervisionOrder.issued_by))


def listed(actor: Actor, *, closed: bool = False) -> Sequence[SupervisionOrder]:
    """Open orders by the day of their answer, or those closed, the latest first."""
    wanted = sa.select(SupervisionOrder).where(_scope(actor)).options(*_NAMED).limit(MOST)
    if closed:
        wanted = wanted.where(SupervisionOrder.status == OrderStatus.CLOSED)
        wanted = wanted.order_by(SupervisionOrder.closed_at.desc(), SupervisionOrder.id)
    else:
        wanted = wanted.where(SupervisionOrder.status != OrderStatus.CLOSED)
        wanted = wanted.order_by(SupervisionOrder.due_on, SupervisionOrder.id)
    return db.session.scalars(wanted).all()


def open_for(dispute_id: int) -> SupervisionOrder | None:
    """The order that is open for a dispute."""
    found = dossier.of(SupervisionOrder, dispute_id)
    return next((order for order in found if order.status is not OrderStatus.CLOSED), None)


def replies(order: SupervisionOrder) -> Sequence[SupervisionReply]:
    """What was answered, first to last."""
    wanted = sa.select(SupervisionReply).where(SupervisionReply.order_id == order.id)
    return db.session.scalars(wanted.options(joinedload(SupervisionReply.by)).order_by(SupervisionReply.id)).all()


def count_waiting(actor: Actor) -> sa.Select[Any]:
    """How many wait for this actor: to be answered, or, for whoever leads, to be looked at."""
    mine = sa.and_(SupervisionOrder.addressee_id == actor.id, SupervisionOrder.status == OrderStatus.OPEN)
    if actor.roles & rules.LEADERS:
        mine = sa.or_(mine, SupervisionOrder.status == OrderStatus.REPLIED)
    return sa.select(sa.func.count(SupervisionOrder.id)).where(SupervisionOrder.court_id == actor.court_id, mine)


def open_counts(court_id: int) -> dict[Level, int]:
    """How many orders of each level are open: counts alone, for the screen in the hall."""
    rows = sa.select(SupervisionOrder.level, sa.func.count()).where(
        SupervisionOrder.court_id == court_id, SupervisionOrder.status != OrderStatus.CLOSED
    )
    found = dict(db.session.execute(rows.group_by(SupervisionOrder.level)).all())
    return {level: found.get(level, 0) for level in Level}


def calls(actor: Actor) -> list[Call]:
    """Disputes in mediation that somebody should press for, the most urgent first (DOMAIN 8.1)."""
    if not actor.roles & rules.LEADERS:
        raise NotPermitted("issue", article=rules.ARTICLE)
    rows = db.session.scalars(
        sa.select(Assignment)
        .where(Assignment.court_id == actor.court_id, Assignment.status.in_(rules.RUNNING))
        .order_by(Assignment.id)
    ).all()
    last = _last_steps([one.dispute_id for one in rows])
    limits, calendar, today = clocks(rows), periods.calendar(), clock.today()
    found = []
    for one in rows:
        limit = limits.get(one.id)
        step = last.get(one.dispute_id, one.issued_on)
        now = Standing(
            status=one.status,
            days_since_issue=calendar.working_days(one.issued_on, today),
            days_since_step=calendar.working_days(step, today),
            last_on=limit.final_on if limit else None,
            today=today,
        )
        why = rules.trigger(now)
        if why is not None:
            found.append((why, now.last_on, one.dispute_id))
    order = list(Trigger)
    found.sort(key=lambda call: (order.index(call[0]), call[1] or today, call[2]))
    return _named(found[:MOST])


def _last_steps(dispute_ids: Sequence[int]) -> dict[int, date]:
    """The day of the last entry about each dispute that somebody made: the machine's own work is no step."""
    wanted = (
        sa.select(AuditEvent.dispute_id, sa.func.max(AuditEvent.at))
        .where(AuditEvent.dispute_id.in_(dispute_ids), AuditEvent.actor_id != 0, AuditEvent.action.not_like(f"{KIND}%"))
        .group_by(AuditEvent.dispute_id)
    )
    rows = db.session.execute(wanted)
    return {number: clock.local(at).date() for number, at in rows if number is not None}


def _named(found: Sequence[tuple[Trigger, date | None, int]]) -> list[Call]:
    ids = [number for _why, _last, number in found]
    titles = disputes.titles(ids)
    wanted = sa.select(SupervisionOrder.dispute_id, SupervisionOrder.id).where(
        SupervisionOrder.dispute_id.in_(ids), SupervisionOrder.status != OrderStatus.CLOSED
    )
    there = dict(db.session.execute(wanted).all())
    return [Call(number, titles[number], why, last, there.get(number)) for why, last, number in found]


def addressees(dispute: Dispute) -> Sequence[User]:
    """Who handles the dispute: whom it was handed to, then whoever handed it over or received it; else the registry."""
    assignment = open_of(dispute.id)
    behind = accounts_behind(assignment) if assignment is not None else ()
    person = assignment.issued_by_id if assignment is not None else dispute.received_by_id
    clerks = accounts.open_accounts(User.id == person) or accounts.holding(dispute.court_id, Role.CLERK)
    return list({user.id: user for user in (*behind, *clerks)}.values())


# ---- acts -------------------------------------------------------------------------------------------------------------


def may_issue(actor: Actor, dispute: Dispute) -> None:
    """Refuse whoever does not lead, and a dispute for which nothing more is pressed."""
    if not rules.may_lead(actor, dispute):
        raise NotPermitted("issue", article=rules.ARTICLE)
    against = _against(actor, dispute, Level.REMINDER, clock.today())
    if against:
        raise _refusal(against[0])


def _against(actor: Actor, dispute: Dispute, level: Level, due_on: date) -> list[Obstacle]:
    return rules.obstacles(
        Wanted(
            status=dispute.status,
            level=level,
            roles=actor.roles,
            due_on=due_on,
            today=clock.today(),
            open_already=open_for(dispute.id) is not None,
            addressees=len(addressees(dispute)),
        )
    )


def issue(
    actor: Actor, dispute: Dispute, *, level: Level, reason: str, addressee_id: int, due_on: date
) -> SupervisionOrder:
    """Press for a dispute: whoever handles it answers by the day."""
    if not rules.may_lead(actor, dispute):
        raise NotPermitted("issue", article=rules.ARTICLE)
    with transaction():
        against = _against(actor, dispute, level, due_on)
        person = next((user for user in addressees(dispute) if user.id == addressee_id), None)
        if against or person is None:
            raise _refusal(against[0] if against else Obstacle.NOBODY)
        order = SupervisionOrder(
            court_id=dispute.court_id,
            dispute_id=dispute.id,
            level=level,
            reason=reason.strip(),
            addressee_id=person.id,
            due_on=due_on,
            issued_by_id=actor.id,
        )
        audit.record(actor, "issue", order, level=level, due_on=due_on, to=person.name)
        db.session.flush()
        documents.supervision_order(actor, order, person.name)
        _tell_addressee(actor, order)
    return order


def reply(actor: Actor, order: SupervisionOrder, *, text: str) -> None:
    """What was done and what comes next, by whom it was addressed to."""
    with transaction():
        audit.advance(STEPS, "reply", actor, order)
        answer = SupervisionReply(court_id=order.court_id, order_id=order.id, by_id=actor.id, text=text.strip())
        audit.record(actor, "write", answer, order=order.id)
        db.session.flush()
        documents.supervision_reply(actor, order, answer)
        _tell(actor, order, order.issued_by_id, "answered", labels.ANSWERED, name=actor.name)


def ask_again(actor: Actor, order: SupervisionOrder, *, due_on: date) -> None:
    """The answer does not do: another by a later day."""
    _again(actor, order, "ask_again", due_on, order.level)


def raise_level(actor: Actor, order: SupervisionOrder, *, level: Level, due_on: date) -> None:
    """Press harder; only the president makes it a key matter."""
    states.check(STEPS, "raise", actor, order)
    against = rules.level_obstacles(level, actor.roles)
    if level not in rules.higher(order.level):
        against = [Obstacle.NOT_HIGHER]
    if against:
        raise _refusal(against[0])
    _again(actor, order, "raise", due_on, level)


def _again(actor: Actor, order: SupervisionOrder, step: str, due_on: date, level: Level) -> None:
    states.check(STEPS, step, actor, order)
    against = rules.due_obstacles(due_on, clock.today())
    if against:
        raise _refusal(against[0])
    with transaction():
        with db.session.no_autoflush:
            order.level, order.due_on = level, due_on
            audit.advance(STEPS, step, actor, order, level=level, due_on=due_on)
        documents.supervision_order(actor, order, db.session.get_one(User, order.addressee_id).name)
        _tell_addressee(actor, order)


def close(actor: Actor, order: SupervisionOrder, *, result: str) -> None:
    """Done with: what came of it stays with the order."""
    states.check(STEPS, "close", actor, order)
    with transaction():
        with db.session.no_autoflush:
            order.closed_at, order.result = clock.now(), result.strip()
            audit.advance(STEPS, "close", actor, order)
        _tell(actor, order, order.addressee_id, "closed", labels.CLOSED)


def tell_late(actor: Actor) -> dict[str, int]:
    """The daily run: whoever issued an order hears once for each day that no answer came by it."""
    late = sa.select(SupervisionOrder).where(
        SupervisionOrder.court_id == actor.court_id,
        SupervisionOrder.status == OrderStatus.OPEN,
        SupervisionOrder.due_on < clock.today(),
        SupervisionOrder.told_late_for.is_distinct_from(SupervisionOrder.due_on),
    )
    with transaction():
        orders = db.session.scalars(late.order_by(SupervisionOrder.id)).all()
        for order in orders:
            order.told_late_for = order.due_on
            audit.record(actor, "tell_late", order, due_on=order.due_on)
            _tell(actor, order, order.issued_by_id, "late", labels.LATE, day=order.due_on)
    return {"orders_unanswered": len(orders)}


def _tell_addressee(actor: Actor, order: SupervisionOrder) -> None:
    level = labels.LEVEL[order.level]
    _tell(actor, order, order.addressee_id, "issued", labels.ISSUED, level=level, day=order.due_on)


def _tell(actor: Actor, order: SupervisionOrder, user_id: int, kind: str, words: Any, **facts: Any) -> None:
    """One message, the dispute's title too in the reader's language."""
    told = {"title": lambda: disputes.titles([order.dispute_id])[order.dispute_id]} | facts
    notices.tell_users(
        actor,
        accounts.open_accounts(User.id == user_id),
        f"{KIND}.{kind}",
        words,
        subject=order,
        dispute_id=order.dispute_id,
        facts=told,
    )


def _refusal(found: Obstacle) -> DomainError:
    return DomainError(
        labels.OBSTACLE[found], article=rules.ARTICLE, remedy=labels.REMEDY[found], field=labels.FIELD.get(found, "")
    )
