"""Which recusals a dispute has, who stands apart from it, and the guard that holds them to it (CPL art. 48)."""

from collections.abc import Iterable, Sequence
from typing import Any

import sqlalchemy as sa

from mediation.accounts.models import User
from mediation.kernel import dossier, errors, guards
from mediation.kernel.actor import Actor
from mediation.kernel.db import db
from mediation.kernel.errors import DomainError
from mediation.litigation.recusal import labels, rules
from mediation.litigation.recusal.models import BenchRecusal
from mediation.litigation.recusal.rules import WAITING, Decider, Function, Obstacle, RecusalStatus

STANDS = frozenset({RecusalStatus.RAISED, RecusalStatus.UPHELD})


def get(actor: Actor, recusal_id: int) -> BenchRecusal | None:
    """One of the actor's own court."""
    found = db.session.get(BenchRecusal, recusal_id)
    return found if found is not None and rules.may_see(actor, found) else None


def of_dispute(dispute_id: int) -> Sequence[BenchRecusal]:
    """All of a dispute, first to last."""
    return sorted(dossier.of(BenchRecusal, dispute_id), key=lambda one: one.id)


def names(found: Iterable[BenchRecusal]) -> dict[int, str]:
    """The names of those concerned and of those who came after, by account."""
    ids = {
        number for one in found for number in (one.person_id, one.successor_id, one.decider_id) if number is not None
    }
    rows = db.session.execute(sa.select(User.id, User.name).where(User.id.in_(ids)))
    return {row.id: row.name for row in rows}


def waiting(actor: Actor) -> Sequence[BenchRecusal]:
    """What this actor has to decide, first brought up first."""
    return db.session.scalars(sa.select(BenchRecusal).where(_mine(actor)).order_by(BenchRecusal.id)).all()


def count_waiting(actor: Actor) -> sa.Select[Any]:
    """How much this actor has to decide."""
    return sa.select(sa.func.count(BenchRecusal.id)).where(_mine(actor))


def _mine(actor: Actor) -> sa.ColumnElement[bool]:
    """CPL art. 49, as `rules.may_decide` says it of one."""
    asked = [BenchRecusal.decider_id == actor.id]
    asked += [
        BenchRecusal.decider == decider
        for decider, roles in ((Decider.PRESIDENT, rules.PRESIDENTS), (Decider.COMMITTEE, rules.RECORDERS))
        if actor.has(*roles)
    ]
    return sa.and_(
        BenchRecusal.court_id == actor.court_id,
        BenchRecusal.status.in_(WAITING),
        BenchRecusal.person_id != actor.id,
        sa.or_(*asked),
    )


def apart(dispute_id: int) -> set[int]:
    """The accounts that do not act in a dispute: suspended until the decision, or withdrawn."""
    rows = sa.select(BenchRecusal.person_id)
    return set(db.session.scalars(rows.where(BenchRecusal.dispute_id == dispute_id, BenchRecusal.status.in_(STANDS))))


def to_succeed(dispute_id: int, function: Function) -> BenchRecusal | None:
    """The upheld recusal after which nobody has been named yet."""
    found = [
        one
        for one in of_dispute(dispute_id)
        if one.function is function and one.status is RecusalStatus.UPHELD and one.successor_id is None
    ]
    return found[-1] if found else None


def refusal(obstacle: Obstacle) -> DomainError:
    """The refusal with its article and what remains possible."""
    return errors.refusal(obstacle, labels, rules)


def _standing_of(actor: Actor) -> dict[int, RecusalStatus]:
    """In which disputes the actor stands apart; asked once for each transaction."""
    session = db.session()
    known: dict[int, dict[int, RecusalStatus]] = session.info.setdefault(guards.APART, {})
    if actor.id not in known:
        rows = sa.select(BenchRecusal.dispute_id, BenchRecusal.status).where(
            BenchRecusal.person_id == actor.id, BenchRecusal.status.in_(STANDS)
        )
        found: dict[int, RecusalStatus] = {}
        for dispute_id, status in session.execute(rows.order_by(BenchRecusal.id)):
            # One that was upheld stands before one that is merely brought up again.
            found[dispute_id] = RecusalStatus.UPHELD if found.get(dispute_id) is RecusalStatus.UPHELD else status
        known[actor.id] = found
    return known[actor.id]


def forget() -> None:
    """Who stands apart changes with this transaction."""
    db.session().info.pop(guards.APART, None)


def refuse_apart(actor: Actor, dispute_id: int, action: str) -> None:
    """Nobody who withdrew, or is suspended, adds to the dispute's trail."""
    status = _standing_of(actor).get(dispute_id)
    against = rules.stands_still(status, action) if status is not None else None
    if against is not None:
        raise refusal(against)


guards.guard(refuse_apart)
