"""The worker: takes one message at a time, sends it outside any transaction, and writes down what came of it.

Two workers never hold the same message: it is taken by one statement, on both databases. Who dies while holding it
loses it when the lease ends, and it is tried again with the same key, by which the other side drops a repetition.
"""

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from mediation.documents.models import Document, DocumentFile
from mediation.kernel import audit, clock
from mediation.kernel.actor import system
from mediation.kernel.db import db, transaction
from mediation.notices import rules
from mediation.notices.channels import Adapter, Enclosure, Message, Undelivered, adapters
from mediation.notices.models import Attempt, Notice
from mediation.notices.rules import Channel, NoticeStatus, Problem

log = logging.getLogger("mediation.notices")
# Core, not the mapped class: holding a message for a moment is no act that the trail tells of.
_notice = sa.table(
    "notice",
    sa.column("id"),
    sa.column("court_id"),
    sa.column("status"),
    sa.column("next_at", Notice.next_at.type),
    sa.column("leased_until", Notice.leased_until.type),
    sa.column("leased_by"),
)
_WAITING = sorted(status.value for status in rules.WAITING)


@dataclass(frozen=True)
class Held:
    """A message that one worker holds."""

    id: int
    court_id: int
    channel: Channel
    message: Message


def take(worker: str, senders: Mapping[int, str]) -> Held | None:
    """Hold the message that has been due for longest, for as long as the lease runs; None when nothing is due."""
    now, n = clock.now(), _notice.c
    due = (
        sa.select(n.id)
        .where(n.status.in_(_WAITING), n.next_at <= now, sa.or_(n.leased_until.is_(None), n.leased_until <= now))
        .order_by(n.next_at, n.id)
        .limit(1)
        .with_for_update(skip_locked=True)
        .scalar_subquery()
    )
    held = sa.update(_notice).where(n.id == due).values(leased_until=now + rules.LEASE, leased_by=worker)
    with transaction():
        found = db.session.scalar(held.returning(n.id))
        if found is None:
            return None
        notice = db.session.get_one(Notice, found)
        return Held(
            notice.id,
            notice.court_id,
            notice.channel,
            Message(
                notice.key,
                notice.address,
                notice.recipient,
                senders.get(notice.court_id, ""),
                notice.text,
                _enclosed(notice),
            ),
        )


def _enclosed(notice: Notice) -> Enclosure | None:
    """The archived paper that goes along, once it is produced."""
    if notice.document_id is None:
        return None
    document = db.session.get_one(Document, notice.document_id)
    file = db.session.get(DocumentFile, notice.document_id)
    return None if file is None else Enclosure(f"{document.called}{document.number}.pdf", file.content)


def attempt(held: Held, ways: Mapping[Channel, Adapter]) -> tuple[str, Problem | None, str]:
    """Send it, with no transaction open: the receipt's number, or the problem with its detail."""
    adapter = ways.get(held.channel)
    if adapter is None:
        return "", Problem.NOT_CONFIGURED, ""
    try:
        return adapter.send(held.message), None, ""
    except Undelivered as failed:
        return "", failed.problem, failed.detail
    except Exception as error:  # noqa: BLE001 one message that cannot be sent must not stop the others
        # Never the error's own words: they could hold the text.
        log.error("notice %s: %s", held.id, type(error).__name__)  # noqa: TRY400
        return "", Problem.FAULTY, type(error).__name__[:64]


def settle(worker: str, held: Held, receipt: str, problem: Problem | None, detail: str) -> NoticeStatus | None:
    """Write down what came of an attempt; None when another worker has the message by now."""
    with transaction():
        notice = db.session.get(Notice, held.id, with_for_update=True, populate_existing=True)
        if notice is None or notice.leased_by != worker:
            return None
        notice.leased_until, notice.leased_by = None, ""
        notice.attempts += 1
        db.session.add(
            Attempt(court_id=notice.court_id, notice_id=notice.id, channel=held.channel, problem=problem, detail=detail)
        )
        _outcome(notice, held.channel, receipt, problem, detail)
        return notice.status


def _outcome(notice: Notice, channel: Channel, receipt: str, problem: Problem | None, detail: str) -> None:
    actor = system(notice.court_id)
    told: dict[str, Any] = {"channel": channel, "attempt": notice.attempts}
    if notice.status not in rules.WAITING or notice.channel is not channel:
        # Superseded, or taken up by somebody, while it was on its way: what happened is told all the same.
        if problem is None:
            notice.sent_at, notice.receipt_id = notice.sent_at or clock.now(), receipt
        audit.record(actor, "sent_late", notice, problem=problem, **told)
    elif problem is None:
        notice.sent_at, notice.receipt_id = clock.now(), receipt
        notice.next_at, notice.problem = None, None
        audit.advance(rules.MACHINE, "deliver", actor, notice, receipt=receipt, **told)
    else:
        wait = rules.pause(notice.attempts, problem)
        notice.problem = problem
        notice.next_at = clock.now() + wait if wait is not None else None
        step = "put_off" if wait is not None else "give_up"
        audit.advance(rules.MACHINE, step, actor, notice, problem=problem, detail=detail, **told)


def pass_once(worker: str, senders: Mapping[int, str], *, stop: Any = lambda: False) -> dict[str, int]:
    """Send everything that is due now. How many went out, were put off, and were given up."""
    done = {"sent": 0, "put_off": 0, "given_up": 0}
    ways = adapters()
    while not stop():
        held = take(worker, senders)
        if held is None:
            break
        status = settle(worker, held, *attempt(held, ways))
        if status is not None:
            done[_COUNTED.get(status, "sent")] += 1
    return done


_COUNTED = {NoticeStatus.FAILED: "put_off", NoticeStatus.DEAD: "given_up"}


def receipt(receipt_id: str, *, arrived: bool, at: datetime) -> bool:
    """What the gateway says became of a message: it is on the addressee's device, or it never will be (S2 art. 135).

    Whether the message is known here. Said twice, it is written down once.
    """
    with transaction():
        wanted = sa.select(Notice).where(Notice.receipt_id == receipt_id, Notice.channel.in_(rules.BY_MACHINE))
        notice = db.session.scalar(wanted.with_for_update()) if receipt_id else None
        if notice is None:
            return False
        if notice.confirmed_at is not None or notice.status is not NoticeStatus.SENT:
            return True
        actor = system(notice.court_id)
        if arrived:
            notice.confirmed_at = at
            audit.record(actor, "confirm", notice, at=at)
        else:
            notice.problem = Problem.NOT_DELIVERED
            db.session.add(
                Attempt(
                    court_id=notice.court_id, notice_id=notice.id, channel=notice.channel, at=at,
                    problem=Problem.NOT_DELIVERED,
                )
            )  # fmt: skip
            if notice.superseded_at is None:
                audit.advance(rules.MACHINE, "give_up", actor, notice, problem=notice.problem, at=at)
            else:
                audit.record(actor, "confirm", notice, problem=notice.problem, at=at)
    return True
