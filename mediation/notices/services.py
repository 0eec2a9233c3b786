"""The outbox and the proof of service."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Protocol

import sqlalchemy as sa

from mediation.kernel import audit, clock, dossier
from mediation.kernel.actor import Actor, Role
from mediation.kernel.db import db, transaction
from mediation.kernel.errors import NotPermitted
from mediation.kernel.i18n import force_locale
from mediation.notices import channels, discretion, rules, templates, wording
from mediation.notices.delivering import refused
from mediation.notices.models import Notice, Service
from mediation.notices.rules import (
    Channel,
    Fallback,
    NoticeStatus,
    ReturnCause,
    ServiceMethod,
)
from mediation.web.templating import day, moment


@dataclass(frozen=True)
class Addressee:
    """A party as the outbox needs it: whom, and where to."""

    name: str
    phone: str = ""
    e_mail: str = ""
    postal: str = ""
    # Electronic service was agreed to in the address confirmation (CPL art. 90; S2 art. 136).
    electronic: bool = False
    party_id: int | None = None


def tell(
    actor: Actor, to: Addressee, kind: str, *, subject: Any, dispute_id: int | None, facts: Mapping[str, str]
) -> Notice:
    """Write to a party in the court's wording, over the fastest channel there is (R3-24)."""
    _repeat(actor, to, kind, subject)
    channel, address, fallback = rules.route(
        phone=to.phone, e_mail=to.e_mail, postal=to.postal, configured=channels.configured()
    )
    if wording.KINDS[kind].on_paper:
        channel, address, fallback = Channel.PAPER, to.postal, Fallback.NOT_OPEN
    text = templates.written(actor.court_id, kind, channel, {**facts, "recipient": to.name})
    if channel in rules.OPEN_CHANNELS and discretion.tells_too_much(text):
        channel, fallback = (Channel.PHONE, Fallback.NOT_OPEN) if to.phone else (Channel.PAPER, Fallback.NOT_OPEN)
        address = to.phone or to.postal
    return enqueue(
        actor, subject=subject, dispute_id=dispute_id, kind=kind, text=text, recipient=to.name, channel=channel,
        address=address, party_id=to.party_id, fallback=fallback, electronic_agreed=to.electronic,
    )  # fmt: skip


class Reader(Protocol):
    """Somebody inside the house, who reads in the system: an account fits."""

    @property
    def id(self) -> int: ...
    @property
    def name(self) -> str: ...
    @property
    def locale(self) -> str: ...


def tell_users(
    actor: Actor,
    readers: Iterable[Reader],
    kind: str,
    words: Any,
    *,
    subject: Any,
    dispute_id: int | None = None,
    facts: Mapping[str, Any] | None = None,
) -> None:
    """One message in the system for each of these people, all of it in the reader's own language.

    A fact may be a date or a moment, a word of a table, or a function that finds its words when the reader's language is known.
    """
    for reader in {reader.id: reader for reader in readers}.values():
        with force_locale(reader.locale):
            text = str(words) % {name: shown(fact) for name, fact in (facts or {}).items()}
        enqueue(
            actor, subject=subject, dispute_id=dispute_id, kind=kind, text=text, recipient=reader.name,
            channel=Channel.IN_APP, user_id=reader.id,
        )  # fmt: skip


def shown(fact: Any) -> str:
    """A fact as the reader sees it, in the language in force."""
    said = fact() if callable(fact) else fact
    if isinstance(said, datetime):
        return moment(said)
    return day(said) if isinstance(said, date) else str(said)


def _repeat(actor: Actor, to: Addressee, kind: str, subject: Any) -> None:
    """Whoever is told of the same thing again goes by the new notice; the one before shows that it is out of date."""
    if to.party_id is not None:
        own = Notice.party_id == to.party_id
        _supersede(actor, type(subject).__tablename__, subject.id, own, Notice.kind == kind)


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
    fallback: Fallback | None = None,
    electronic_agreed: bool = False,
    document_id: int | None = None,
) -> Notice:
    """Put a notice into the outbox, in the use case's own transaction: no notice without the act, no act without it.

    What the system itself shows has arrived with that; what no machine here can send becomes somebody's task.
    """
    if channel in rules.BY_MACHINE and channel not in channels.configured():
        channel, fallback = (Channel.PHONE if channel is Channel.SMS else Channel.PAPER), Fallback.NOT_CONFIGURED
    if channel in rules.OPEN_CHANNELS and discretion.tells_too_much(text):
        raise ValueError(f"a notice of kind {kind} tells too much for {channel}")
    now = clock.now()
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
            fallback=fallback,
            electronic_agreed=electronic_agreed,
            document_id=document_id,
            next_at=now if channel in rules.BY_MACHINE else None,
        )
        if channel is Channel.IN_APP:
            notice.status, notice.sent_at = NoticeStatus.SENT, now
        audit.record(actor, "enqueue", notice, kind=kind, channel=channel, fallback=fallback)
    return notice


def supersede(actor: Actor, subject: Any, kind: str | None = None) -> int:
    """What was told of this record holds no longer: the unsent is never sent, the sent is shown as out of date."""
    return supersede_of(actor, type(subject).__tablename__, subject.id, kind)


def supersede_of(actor: Actor, subject_type: str, subject_id: int, kind: str | None = None) -> int:
    """The same for a record known by its table and number; how many notices it was."""
    return _supersede(actor, subject_type, subject_id, Notice.kind == kind if kind is not None else sa.true())


def _supersede(actor: Actor, subject_type: str, subject_id: int, *which: sa.ColumnElement[bool]) -> int:
    wanted = sa.select(Notice).where(
        Notice.court_id == actor.court_id,
        Notice.subject_type == subject_type,
        Notice.subject_id == subject_id,
        Notice.superseded_at.is_(None),
        *which,
    )
    with transaction():
        found = db.session.scalars(wanted.order_by(Notice.id).with_for_update()).all()
        for notice in found:
            notice.superseded_at, notice.next_at = clock.now(), None
            if notice.status in rules.UNSENT:
                audit.advance(rules.SUPERSEDE, "supersede", actor, notice)
            else:
                audit.record(actor, "supersede", notice)
    return len(found)


def get(actor: Actor, notice_id: int) -> Notice | None:
    """A notice of the own court; for mediators and organisations only one they asked for."""
    found = sa.select(Notice).where(Notice.court_id == actor.court_id, Notice.id == notice_id)
    return db.session.scalar(found.where(_own(actor)))


def _own(actor: Actor) -> sa.ColumnElement[bool]:
    """Court staff see the court's outbox; everybody else only what they were told themselves."""
    if actor.has(Role.MEDIATOR, Role.ORGANISATION):
        return Notice.user_id == actor.id
    return sa.or_(Notice.channel != Channel.IN_APP, Notice.user_id == actor.id)


def outbox(actor: Actor, statuses: frozenset[NoticeStatus], channel: Channel | None = None) -> Any:
    """The outbox as rows: what waits first to last, what is done last to first."""
    order = (Notice.id,) if statuses & rules.UNSENT else (Notice.sent_at.desc(), Notice.id.desc())
    columns = (
        Notice.id, Notice.dispute_id, Notice.recipient, Notice.address, Notice.channel, Notice.kind, Notice.text,
        Notice.status, Notice.created_at, Notice.sent_at, Notice.fallback, Notice.attempts, Notice.next_at,
        Notice.problem, Notice.superseded_at, Notice.confirmed_at, Notice.way,
    )  # fmt: skip
    own = (Notice.court_id == actor.court_id, Notice.channel != Channel.IN_APP, Notice.status.in_(statuses))
    of_channel = Notice.channel == channel if channel is not None else sa.true()
    return sa.select(*columns).where(*own, of_channel).order_by(*order)


def letters(actor: Actor, *, limit: int = 200) -> Sequence[Notice]:
    """What is to be printed and handed over or posted, the oldest first."""
    own = (Notice.court_id == actor.court_id, Notice.channel == Channel.PAPER, Notice.status.in_(rules.WAITING))
    return db.session.scalars(sa.select(Notice).where(*own).order_by(Notice.id).limit(limit)).all()


# The table itself: the court belongs to a later stage, and only how to reach it is read.
_court = sa.table("court", sa.column("id"), sa.column("phone"), sa.column("address"))


def reached_at(court_id: int) -> tuple[str, str]:
    """The court's telephone number and address, for the foot of a letter."""
    found = db.session.execute(sa.select(_court.c.phone, _court.c.address).where(_court.c.id == court_id)).one()
    return found.phone, found.address


def inbox(actor: Actor) -> Any:
    """What the system told this person, newest first."""
    columns = (
        Notice.id, Notice.dispute_id, Notice.kind, Notice.text, Notice.created_at, Notice.read_at, Notice.superseded_at,
    )  # fmt: skip
    return sa.select(*columns).where(Notice.user_id == actor.id).order_by(Notice.id.desc())


def waiting(actor: Actor) -> sa.Select[Any]:
    """How many notices wait for somebody: by phone, on paper, or because the machine has given up."""
    by_hand = sa.and_(Notice.status.in_(rules.WAITING), Notice.channel.in_((Channel.PHONE, Channel.PAPER)))
    return sa.select(sa.func.count(Notice.id)).where(
        Notice.court_id == actor.court_id, sa.or_(by_hand, Notice.status == NoticeStatus.DEAD)
    )


def unread(actor: Actor) -> sa.Select[Any]:
    """How many messages the person has not read."""
    return sa.select(sa.func.count(Notice.id)).where(Notice.user_id == actor.id, Notice.read_at.is_(None))


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
    returned: ReturnCause | None = None,
    published_on: date | None = None,
    summary: bool = False,
) -> Service:
    """Record that a document reached a party, from which day it counts (CPL 87-95).

    By post the day of the slip counts, or the day of return where S11 art. 11 says so; electronically the day on which
    the system shows that it was sent (S2 art. 135); announced, thirty days after the publication (CPL art. 95).
    """
    if not rules.may_serve(actor):
        raise NotPermitted("serve", article="CPL art. 87")
    obstacles = rules.service_obstacles(
        document_kind,
        method,
        electronic_agreed=electronic_agreed,
        in_future=effective_on > clock.today(),
        before_issue=issued_on is not None and (published_on or effective_on) < issued_on,
        summary=summary,
        published_on=published_on,
        effective_on=effective_on,
        returned=returned if method is ServiceMethod.POST else None,
    )
    for found in obstacles:
        raise refused(found)
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
            returned=returned if method is ServiceMethod.POST else None,
            published_on=published_on if method is ServiceMethod.ANNOUNCEMENT else None,
            recorded_by_id=actor.id,
        )
        audit.record(
            actor, "record", service, document=document_id, party=party_id, method=method, on=effective_on,
            returned=service.returned, published_on=service.published_on,
        )  # fmt: skip
    return service


def services_of(document_id: int) -> Sequence[Service]:
    """Who received a document, and when."""
    found = sa.select(Service).where(Service.document_id == document_id).order_by(Service.effective_on, Service.id)
    return dossier.once(("services", document_id), lambda: db.session.scalars(found).all())


def mark_read(actor: Actor) -> None:
    """The person has seen what the system told."""
    with transaction():
        unread = sa.select(Notice).where(Notice.user_id == actor.id, Notice.read_at.is_(None))
        for notice in db.session.scalars(unread):
            notice.read_at = clock.now()
            audit.record(actor, "read", notice)
