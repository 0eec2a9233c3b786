"""Delivering what is in the outbox by hand, on which day it went out, and on which it is proved to have arrived."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa

from mediation.kernel import audit, clock
from mediation.kernel.actor import Actor
from mediation.kernel.db import db, transaction
from mediation.kernel.errors import DomainError, NotPermitted
from mediation.notices import channels, labels, proof, rules, wording
from mediation.notices.models import Attempt, Notice
from mediation.notices.rules import Channel, NoticeStatus, Obstacle, Problem, ServiceMethod


def refused(obstacle: Obstacle, *, field: str = "") -> DomainError:
    """The refusal with its article and what remains possible."""
    return DomainError(
        labels.OBSTACLE[obstacle],
        article=rules.OBSTACLE_ARTICLE[obstacle],
        remedy=labels.REMEDY.get(obstacle, ""),
        field=field,
    )


def attempts(notice: Notice) -> Sequence[Attempt]:
    """Every attempt to deliver it, first to last."""
    return db.session.scalars(sa.select(Attempt).where(Attempt.notice_id == notice.id).order_by(Attempt.id)).all()


def ways(notice: Notice, failures: int) -> list[rules.Way]:
    """The lawful next ways once a party was not reached three times (CPL arts 89, 91, 95)."""
    kind = wording.KINDS.get(notice.kind)
    if notice.party_id is None or notice.status not in rules.UNSENT:
        return []
    return rules.next_ways(failures, procedural=kind is not None and kind.procedural)


def sent_on(notice: Notice) -> date:
    """The day on which a notice went out; before that, the day on which it was written."""
    return clock.local(notice.sent_at or notice.created_at).date()


def _require_day(notice: Notice, on: date) -> None:
    found = proof.day_obstacle(on, today=clock.today(), not_before=sent_on(notice), out=notice.sent_at is not None)
    if found is not None:
        raise refused(found, field="on")


def _moment(notice: Notice, on: date) -> datetime:
    """A day put down later counts as its noon, and never as a moment before the notice was written."""
    return clock.now() if on == clock.today() else max(clock.at(on, 12), notice.created_at)


def deliver(actor: Actor, notice: Notice, step: str, *, remark: str = "", on: date | None = None) -> None:
    """Record that a notice was told, handed over, or did not reach its addressee; on a day that may have passed."""
    on = on or clock.today()
    if step != "fail":
        _require_day(notice, on)
    with transaction():
        notice.attempts += 1
        if step == "fail":
            notice.problem = Problem.NOT_REACHED
        else:
            notice.sent_at, notice.problem = _moment(notice, on), None
        notice.next_at = None
        audit.advance(rules.STEPS, step, actor, notice, remark=remark, channel=notice.channel, on=on)
        attempted(actor, notice)


def attempted(actor: Actor, notice: Notice) -> None:
    """Somebody tried to deliver it by hand, and it came to this."""
    db.session.add(
        Attempt(
            court_id=notice.court_id, notice_id=notice.id, channel=notice.channel, problem=notice.problem,
            user_id=actor.id,
        )
    )  # fmt: skip


def may_redate(actor: Actor, notice: Notice) -> bool:
    """Whether the day on which it was handed over or told can be corrected: of what people delivered themselves."""
    by_hand = notice.channel not in {*rules.BY_MACHINE, Channel.IN_APP}
    out = notice.status in {NoticeStatus.HANDED_OVER, NoticeStatus.SENT}
    return by_hand and out and _may_deliver(actor, notice)


def redate(actor: Actor, notice: Notice, *, on: date, remark: str) -> None:
    """It went out on another day than was put down."""
    if not _may_deliver(actor, notice):
        raise NotPermitted("redate", article="CPL art. 87")
    if not may_redate(actor, notice):
        raise DomainError(labels.OBSTACLE[Obstacle.NOT_OUT_YET], article="CPL art. 87")
    written = clock.local(notice.created_at).date()
    found = proof.day_obstacle(on, today=clock.today(), not_before=written, out=False)
    if found is not None:
        raise refused(found, field="on")
    with transaction():
        before, notice.sent_at = sent_on(notice), _moment(notice, on)
        audit.record(actor, "redate", notice, before=before, on=on, remark=remark)


def may_prove(actor: Actor, notice: Notice) -> bool:
    """Whether another day of arrival can be put down: of what a machine sent, where electronic service was agreed to."""
    sent = notice.channel in rules.BY_MACHINE and notice.status is NoticeStatus.SENT and notice.electronic_agreed
    return bool(sent) and _may_deliver(actor, notice)


def prove_arrival(actor: Actor, notice: Notice, *, on: date, remark: str) -> None:
    """The addressee proves on which other day it reached the own system: that day counts (R4-15; S2 art. 135)."""
    if not _may_deliver(actor, notice):
        raise NotPermitted("prove", article="S2 art. 135")
    if not may_prove(actor, notice):
        raise refused(Obstacle.NOT_ELECTRONIC)
    _require_day(notice, on)
    with transaction():
        before, notice.arrived_on = notice.arrived_on, on
        audit.record(actor, "prove", notice, on=on, before=before, sent=sent_on(notice), remark=remark)


def again(actor: Actor, notice: Notice) -> None:
    """Let the machine try a dead letter again from the beginning, with the same key."""
    if notice.channel not in channels.configured():
        raise DomainError(labels.NOT_CONFIGURED, remedy=labels.CHOOSE_OTHER)
    with transaction():
        notice.attempts, notice.next_at, notice.problem = 0, clock.now(), None
        audit.advance(rules.STEPS, "again", actor, notice, channel=notice.channel)


def otherwise(
    actor: Actor, notice: Notice, channel: Channel, *, address: str, way: ServiceMethod | None = None
) -> None:
    """Deliver it by phone or on paper instead; after three failures as one of the substituted ways of service."""
    if channel in rules.BY_MACHINE or channel is Channel.IN_APP:
        raise DomainError(labels.BY_HAND_ONLY, field="channel")
    if way is not None:
        failures = sum(attempt.problem is not None for attempt in attempts(notice))
        offered = {one.method: one for one in ways(notice, failures)}
        if way not in offered:
            raise DomainError(
                labels.NOT_YET_SUBSTITUTED, article=rules.METHOD_ARTICLE[way], remedy=labels.attempts_left(failures)
            )
        if against := offered[way].against:
            raise refused(against)
    with transaction():
        before = notice.channel
        notice.channel, notice.address, notice.way = channel, address, way
        notice.next_at, notice.fallback = None, None
        audit.advance(rules.STEPS, "otherwise", actor, notice, channel_before=before, channel=channel, way=way)


def _may_deliver(actor: Actor, notice: Any) -> bool:
    return rules.may_deliver(actor, notice)
