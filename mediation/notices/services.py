"""The outbox and the proof of service."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import sqlalchemy as sa

from mediation.kernel import audit, clock
from mediation.kernel.actor import Actor, Role
from mediation.kernel.db import db, transaction
from mediation.kernel.errors import DomainError, NotPermitted
from mediation.notices import labels, rules
from mediation.notices.models import Notice, Service
from mediation.notices.rules import Channel, NoticeStatus, ServiceMethod


def enqueue(
    actor: Actor,
    *,
    subject: Any,
    dispute_id: int | None,
    kind: str,
    text: str,
    recipient: str,
    channel: Channel,
    address: str = "",
    party_id: int | None = None,
    user_id: int | None = None,
) -> Notice:
    """Put a notice into the outbox, in the use case's own transaction: no notice without the act, no act without it."""
    with transaction():
        notice = Notice(
            court_id=actor.court_id,
            dispute_id=dispute_id,
            subject_type=type(subject).__tablename__,
            subject_id=subject.id,
            party_id=party_id,
            user_id=user_id,
            recipient=recipient,
            address=address,
            channel=channel,
            kind=kind,
            text=text,
        )
        audit.record(actor, "enqueue", notice, kind=kind, channel=channel)
    return notice


def get(actor: Actor, notice_id: int) -> Notice | None:
    """A notice of the own court; for mediators and organisations only one they asked for."""
    found = sa.select(Notice).where(Notice.court_id == actor.court_id, Notice.id == notice_id)
    return db.session.scalar(found.where(_own(actor)))


def _own(actor: Actor) -> sa.ColumnElement[bool]:
    """Court staff see the court's outbox; everybody else only what they were told themselves."""
    if actor.has(Role.MEDIATOR, Role.ORGANISATION):
        return Notice.user_id == actor.id
    return sa.true()


def outbox(actor: Actor, *, waiting: bool) -> Any:
    """The outbox as rows: what waits first to last, or what was delivered last to first."""
    wanted = Notice.status.in_(rules.WAITING) if waiting else Notice.status.not_in(rules.WAITING)
    order = (Notice.id,) if waiting else (Notice.sent_at.desc(), Notice.id.desc())
    columns = (
        Notice.id, Notice.dispute_id, Notice.recipient, Notice.address, Notice.channel, Notice.kind, Notice.text,
        Notice.status, Notice.created_at, Notice.sent_at,
    )  # fmt: skip
    own = (Notice.court_id == actor.court_id, Notice.channel != Channel.IN_APP)
    return sa.select(*columns).where(*own, wanted).order_by(*order)


def inbox(actor: Actor) -> Any:
    """What the system told this person, newest first."""
    columns = (Notice.id, Notice.dispute_id, Notice.kind, Notice.text, Notice.created_at, Notice.read_at)
    return sa.select(*columns).where(Notice.user_id == actor.id).order_by(Notice.id.desc())


def waiting(actor: Actor) -> sa.Select[Any]:
    """How many notices wait for delivery."""
    return sa.select(sa.func.count(Notice.id)).where(
        Notice.court_id == actor.court_id, Notice.status.in_(rules.WAITING), Notice.channel != Channel.IN_APP
    )


def unread(actor: Actor) -> sa.Select[Any]:
    """How many messages the person has not read."""
    return sa.select(sa.func.count(Notice.id)).where(Notice.user_id == actor.id, Notice.read_at.is_(None))


def deliver(actor: Actor, notice: Notice, step: str, *, remark: str = "") -> None:
    """Record that a notice was told, handed over, or did not reach its addressee."""
    with transaction():
        notice.attempts += 1
        if step != "fail":
            notice.sent_at = clock.now()
        audit.advance(rules.STEPS, step, actor, notice, remark=remark)


def serve(
    actor: Actor,
    *,
    document_id: int,
    document_kind: str,
    dispute_id: int,
    party_id: int,
    method: ServiceMethod,
    effective_on: date,
    receiver: str,
    electronic_agreed: bool = False,
    issued_on: date | None = None,
    note: str = "",
) -> Service:
    """Record that a document reached a party, from which day it counts (CPL 87-95)."""
    if not rules.may_serve(actor):
        raise NotPermitted("serve", article="CPL art. 87")
    obstacles = rules.service_obstacles(
        document_kind,
        method,
        electronic_agreed=electronic_agreed,
        in_future=effective_on > clock.today(),
        before_issue=issued_on is not None and effective_on < issued_on,
    )
    for found in obstacles:
        raise DomainError(
            labels.OBSTACLE[found], article=rules.OBSTACLE_ARTICLE[found], remedy=labels.REMEDY.get(found, "")
        )
    with transaction():
        service = Service(
            court_id=actor.court_id,
            dispute_id=dispute_id,
            document_id=document_id,
            party_id=party_id,
            method=method,
            effective_on=effective_on,
            receiver=receiver,
            note=note,
            recorded_by_id=actor.id,
        )
        audit.record(actor, "record", service, document=document_id, party=party_id, method=method, on=effective_on)
    return service


def services_of(document_id: int) -> Sequence[Service]:
    """Who received a document, and when."""
    found = sa.select(Service).where(Service.document_id == document_id).order_by(Service.effective_on, Service.id)
    return db.session.scalars(found).all()


def mark_read(actor: Actor) -> None:
    """The person has seen what the system told."""
    with transaction():
        unread = sa.select(Notice).where(Notice.user_id == actor.id, Notice.read_at.is_(None))
        for notice in db.session.scalars(unread):
            notice.read_at = clock.now()
            if notice.status is NoticeStatus.QUEUED and notice.channel is Channel.IN_APP:
                notice.sent_at = clock.now()
                audit.advance(rules.READ, "read", actor, notice)
            else:
                audit.record(actor, "read", notice)
