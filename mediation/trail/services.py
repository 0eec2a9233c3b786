"""Reading the trail, checking that it is whole, taking it along."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from itertools import islice
from typing import Any

import sqlalchemy as sa

from mediation.accounts.models import User
from mediation.disputes import finding
from mediation.kernel import audit, clock
from mediation.kernel.actor import Actor
from mediation.kernel.audit import AuditEvent, Fault, FaultKind
from mediation.kernel.db import db, read_only, transaction
from mediation.kernel.errors import DomainError, NotPermitted
from mediation.trail import rules

SIZE = 50
VERIFY = "trail.verify"


@dataclass(frozen=True)
class Filter:
    """Which entries somebody wants to see."""

    person: str = ""
    action: str = ""
    subject: str = ""
    subject_id: int | None = None
    number: str = ""
    first: date | None = None
    last: date | None = None

    def told(self) -> dict[str, Any]:
        """What was asked for, for the trail itself."""
        return {name: value for name, value in asdict(self).items() if value not in ("", None)}


@dataclass(frozen=True)
class Slice:
    """A stretch of the trail, newest first, and the entries between which its neighbours lie."""

    rows: Sequence[AuditEvent]
    older: int | None
    newer: int | None


@dataclass(frozen=True)
class Check:
    """The last time the chain was walked."""

    at: datetime
    by: str
    through: int
    faults: Sequence[Fault]
    number: int


def _wanted(actor: Actor, asked: Filter) -> sa.Select[AuditEvent]:
    if not rules.may_read(actor):
        raise NotPermitted("read")
    wanted = sa.select(AuditEvent).where(AuditEvent.court_id == actor.court_id)
    if asked.person:
        wanted = wanted.where(_by_person(actor.court_id, asked.person))
    if asked.action:
        wanted = wanted.where(AuditEvent.action == asked.action)
    if asked.subject:
        wanted = wanted.where(AuditEvent.subject_type == asked.subject)
    if asked.subject_id is not None:
        wanted = wanted.where(AuditEvent.subject_id == asked.subject_id)
    if asked.number:
        wanted = wanted.where(AuditEvent.dispute_id.in_(finding.of_number(actor.court_id, asked.number)))
    if asked.first is not None:
        wanted = wanted.where(AuditEvent.at >= clock.at(asked.first))
    if asked.last is not None:
        wanted = wanted.where(AuditEvent.at < clock.at(asked.last + timedelta(days=1)))
    return wanted


def _by_person(court_id: int, person: str) -> sa.ColumnElement[bool]:
    """Who acted under this name then, or has this name or sign-in name now."""
    now = sa.select(User.id).where(
        User.court_id == court_id,
        sa.or_(User.login == person.lower(), User.name.contains(person, autoescape=True)),
    )
    return sa.or_(
        AuditEvent.actor_id.in_(now), AuditEvent.actor_name == person,
        sa.and_(AuditEvent.subject_type == "user", AuditEvent.subject_id.in_(now)),
    )  # fmt: skip


def entries(actor: Actor, asked: Filter, *, before: int | None = None, after: int | None = None) -> Slice:
    """The newest entries, or those before or after an entry. No entry is counted, so the end is as quick as the start."""
    wanted = _wanted(actor, asked)
    if after is not None:
        later = wanted.where(AuditEvent.seq > after).order_by(AuditEvent.seq).limit(SIZE + 1)
        found = db.session.scalars(later).all()
        rows = list(reversed(found[:SIZE]))
        return Slice(rows, rows[-1].seq if rows else None, rows[0].seq if len(found) > SIZE else None)
    if before is not None:
        wanted = wanted.where(AuditEvent.seq < before)
    found = db.session.scalars(wanted.order_by(AuditEvent.seq.desc()).limit(SIZE + 1)).all()
    rows = list(found[:SIZE])
    newer = rows[0].seq if rows and before is not None else None
    return Slice(rows, rows[-1].seq if len(found) > SIZE else None, newer)


def numbers(actor: Actor, rows: Sequence[AuditEvent]) -> dict[int, str]:
    """The receipt numbers of the disputes these entries belong to."""
    return finding.receipt_numbers(actor.court_id, [row.dispute_id for row in rows if row.dispute_id])


def logins(actor: Actor, rows: Sequence[AuditEvent]) -> dict[int, str]:
    """The sign-in names of the accounts that acted or were acted upon."""
    ids = {row.actor_id for row in rows} | {row.subject_id for row in rows if row.subject_type == "user"}
    mine = sa.select(User.id, User.login).where(User.court_id == actor.court_id, User.id.in_(ids))
    return {row[0]: row[1] for row in db.session.execute(mine)}


def verify(actor: Actor) -> Check:
    """Walk the court's chain from its first entry, and write down what was found."""
    if not (rules.may_read(actor) or actor.id == 0):
        raise NotPermitted("verify")
    with read_only():
        db.session.rollback()
        through = audit.head_of(actor.court_id)
        found = list(islice(audit.verify(actor.court_id), rules.SHOWN_FAULTS))
        db.session.rollback()
    with transaction():
        faults = [{"kind": fault.kind, "seq": fault.seq} for fault in found]
        audit.note(actor, VERIFY, subject_type="trail", through=through, faults=faults)
    return Check(clock.now(), actor.name, through, found, audit.head_of(actor.court_id))


def last_check(actor: Actor) -> Check | None:
    """What the chain's last walk found."""
    row = db.session.scalar(
        sa.select(AuditEvent)
        .where(AuditEvent.court_id == actor.court_id, AuditEvent.action == VERIFY)
        .order_by(AuditEvent.seq.desc())
        .limit(1)
    )
    if row is None:
        return None
    faults = [Fault(FaultKind(one["kind"]), row.court_id, one["seq"]) for one in row.facts["faults"]]
    return Check(row.at, row.actor_name if row.actor_id else "", row.facts["through"], faults, row.seq)


def take_along(actor: Actor, asked: Filter, form: rules.Format, *, too_many: str) -> Sequence[AuditEvent]:
    """All entries that fit, oldest first, for a file; that they left the house stands in the trail."""
    wanted = _wanted(actor, asked).order_by(AuditEvent.seq).limit(rules.MOST_ROWS + 1)
    rows = db.session.scalars(wanted).all()
    if len(rows) > rules.MOST_ROWS:
        raise DomainError(too_many)
    with transaction():
        audit.note(actor, "trail.export", subject_type="trail", rows=len(rows), format=form, **asked.told())
    return rows
