"""More time to decide: the judge asks, the president approves (S7 art. 5; CPL 187)."""

import sqlalchemy as sa

from mediation.confirmation import rules
from mediation.confirmation.models import Confirmation, DecisionExtension
from mediation.confirmation.rules import Obstacle
from mediation.confirmation.services import reading
from mediation.kernel import audit, clock
from mediation.kernel.actor import Actor, Role
from mediation.kernel.db import db, transaction
from mediation.kernel.errors import DomainError, NotPermitted
from mediation.kernel.i18n import _
from mediation.periods import services as periods
from mediation.periods.table import PeriodKey

ARTICLE = {PeriodKey.CONFIRM_DECIDE_TARGET: "S7 art. 5", PeriodKey.CONFIRM_DECIDE_STAT: "CPL art. 187"}


def of_confirmation(confirmation_id: int) -> list[DecisionExtension]:
    """What was asked for, first to last."""
    found = sa.select(DecisionExtension).where(DecisionExtension.confirmation_id == confirmation_id)
    return list(db.session.scalars(found.order_by(DecisionExtension.id)))


def pending_extensions(actor: Actor) -> list[DecisionExtension]:
    """What waits for the president of this court, first asked first."""
    found = sa.select(DecisionExtension).where(
        DecisionExtension.court_id == actor.court_id, DecisionExtension.decided_at.is_(None)
    )
    return list(db.session.scalars(found.order_by(DecisionExtension.id)))


def get(actor: Actor, extension_id: int) -> DecisionExtension | None:
    """A request in the actor's own court."""
    if not actor.has(Role.PRESIDENT):
        return None
    return db.session.scalar(
        sa.select(DecisionExtension).where(
            DecisionExtension.id == extension_id, DecisionExtension.court_id == actor.court_id
        )
    )


def request_extension(
    actor: Actor, confirmation: Confirmation, *, key: PeriodKey, days: int, reason: str
) -> DecisionExtension:
    """The judge asks for more time before the period ends; S7 allows ten days, CPL 187 sets no cap."""
    if not rules.may_judge(actor, confirmation):
        raise NotPermitted("request_extension", article=ARTICLE[key])
    _check(confirmation, key, days)
    with transaction():
        asked = DecisionExtension(
            court_id=confirmation.court_id,
            dispute_id=confirmation.dispute_id,
            confirmation_id=confirmation.id,
            requested_by_id=actor.id,
            key=key,
            reason=reason,
            days=days,
        )
        audit.record(actor, "request", asked, key=key, days=days)
    return asked


def _check(confirmation: Confirmation, key: PeriodKey, days: int) -> None:
    running = periods.current("confirmation", confirmation.id, key)
    if running is None or running.final_on < clock.today():
        reading.refuse(Obstacle.PERIOD_OVER, field="key")
    most = rules.TARGET_EXTENSION if key is PeriodKey.CONFIRM_DECIDE_TARGET else rules.EXTENSION_DAYS_MOST
    if not 1 <= days <= most:
        raise DomainError(_("Between 1 and %(most)s days.", most=most), article=ARTICLE[key], field="days")
    if any(e.key is key and e.decided_at is None for e in of_confirmation(confirmation.id)):
        reading.refuse(Obstacle.EXTENSION_PENDING, field="key")


def approve(actor: Actor, asked: DecisionExtension, *, note: str = "") -> None:
    """The president approves: the period ends later, its old day is kept."""
    confirmation = _open(actor, asked)
    running = periods.current("confirmation", confirmation.id, asked.key)
    if running is None:
        reading.refuse(Obstacle.PERIOD_OVER)
    with transaction():
        with db.session.no_autoflush:
            asked.approved_by_id, asked.decided_at, asked.note = actor.id, clock.now(), note
            audit.record(actor, "approve", asked, key=asked.key, days=asked.days)
        periods.extend(actor, running, asked.days)


def refuse_extension(actor: Actor, asked: DecisionExtension, *, note: str = "") -> None:
    """The president refuses: the period stays as it is."""
    _open(actor, asked)
    with transaction(), db.session.no_autoflush:
        asked.refused, asked.approved_by_id, asked.decided_at, asked.note = True, actor.id, clock.now(), note
        audit.record(actor, "refuse", asked, key=asked.key, days=asked.days)


def _open(actor: Actor, asked: DecisionExtension) -> Confirmation:
    if not rules.may_approve(actor, asked):
        raise NotPermitted("approve", article=ARTICLE[asked.key])
    if asked.decided_at is not None:
        raise DomainError(_("This request has already been decided."), article=ARTICLE[asked.key])
    return db.session.get_one(Confirmation, asked.confirmation_id)
