"""The tamper-evident trail: one door, same transaction, a chain of keyed hashes per court."""

import enum
import hmac
import json
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.orm import Mapped, ORMExecuteState, Session, UOWTransaction, mapped_column

from mediation.kernel import clock, guards, keys, known, states
from mediation.kernel.actor import Actor
from mediation.kernel.db import Base, Name, Pk, Prose, Short, aside, db, never_changes


class FaultKind(enum.StrEnum):
    """What can be wrong with a chain."""

    MISSING = "missing"
    NOT_FOLLOWING = "not_following"
    CHANGED = "changed"
    CUT_OFF = "cut_off"
    NO_HEAD = "no_head"
    HEAD_CHANGED = "head_changed"


# For the command line, which speaks English.
SAID = {
    FaultKind.MISSING: "entry {} is missing",
    FaultKind.NOT_FOLLOWING: "entry {} does not follow the one before it",
    FaultKind.CHANGED: "entry {} was changed",
    FaultKind.CUT_OFF: "the entries after {} are not those of the head",
    FaultKind.NO_HEAD: "the head of the trail is missing",
    FaultKind.HEAD_CHANGED: "the head of the trail, at entry {}, was changed",
}


class Audited:
    """Mark a model whose every change must come with an AuditEvent."""


class Stateful(Audited):
    """Mark an audited model whose ``status`` may move only through ``advance``."""


class AuditEvent(Base):
    """One act: who did what to which record, when, with which facts. Never changed, never deleted."""

    __tablename__ = "audit_event"
    __table_args__ = (
        sa.UniqueConstraint("court_id", "seq"),
        sa.Index("ix_audit_event_dispute", "dispute_id", "id"),
        sa.Index("ix_audit_event_subject", "subject_type", "subject_id"),
        sa.Index("ix_audit_event_actor", "court_id", "actor_id", "seq"),
        sa.Index("ix_audit_event_action", "court_id", "action", "seq"),
    )

    id: Mapped[Pk]
    court_id: Mapped[int]
    seq: Mapped[int]
    at: Mapped[datetime]
    actor_id: Mapped[int]
    actor_name: Mapped[Name]
    action: Mapped[Short]
    subject_type: Mapped[Short]
    subject_id: Mapped[int]
    dispute_id: Mapped[int | None]
    data: Mapped[Prose]
    address: Mapped[Short]
    request_id: Mapped[Short]
    prev: Mapped[Short]
    mac: Mapped[Short]

    @property
    def facts(self) -> dict[str, Any]:
        """The facts of the act, as they were written down."""
        return dict(json.loads(self.data))


class AuditHead(Base):
    """Where each court's chain ends: makes the sequence gap-free and a cut-off tail visible."""

    __tablename__ = "audit_head"

    court_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    seq: Mapped[int]
    mac: Mapped[Short]
    head_mac: Mapped[Short]


never_changes(AuditEvent.__table__)  # type: ignore[arg-type]


CLOSE = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))
PLAIN = frozenset({str, int, bool, type(None)})


def _plain(value: Any) -> Any:
    if type(value) in PLAIN:
        return value
    if isinstance(value, enum.Enum):
        return value.value
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, dict):
        return {str(k): _plain(v) for k, v in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [_plain(v) for v in (sorted(value) if isinstance(value, set | frozenset) else value)]
    return value


def record(actor: Actor, action: str, subject: Any, **facts: Any) -> None:
    """Write down an act on a record. Facts are ids, old and new values, reasons: never translated text."""
    session = db.session()
    session.info.setdefault("audited", set()).add(subject)
    if sa.inspect(subject).transient:
        session.add(subject)
    session.flush()
    kind: str = type(subject).__tablename__
    dispute_id = subject.id if kind == "dispute" else getattr(subject, "dispute_id", None)
    guards.refuse(actor, dispute_id, f"{kind}.{action}")
    queue(session, actor, f"{kind}.{action}", kind, subject.id, dispute_id, written(facts))


def note(actor: Actor, action: str, *, subject_type: str, subject_id: int = 0, **facts: Any) -> None:
    """Write down an act that changes no record: a sign-in, a refusal, a sensitive read."""
    dispute_id = facts.pop("dispute_id", None)
    queue(db.session(), actor, action, subject_type, subject_id, dispute_id, written(facts))


def note_alone(actor: Actor, action: str, *, subject_type: str, subject_id: int = 0, **facts: Any) -> None:
    """Write down a refused attempt in a transaction of its own: the use case itself was rolled back."""
    with aside():
        note(actor, action, subject_type=subject_type, subject_id=subject_id, **facts)


def advance(steps: Sequence[states.Step], name: str, actor: Actor, subject: Any, **facts: Any) -> None:
    """Take a step: check the table, change the status, write the trail. Nothing else may."""
    step = states.check(steps, name, actor, subject)
    before: enum.StrEnum = subject.status
    db.session().info.setdefault("advanced", set()).add(subject)
    subject.status = step.target
    record(actor, name, subject, before=before, after=step.target, **facts)


def written(facts: dict[str, Any]) -> str:
    """The facts of an act as the trail keeps them."""
    return json.dumps(_plain(facts), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def queue(
    session: Session,
    actor: Actor,
    action: str,
    kind: str,
    subject_id: int,
    dispute_id: int | None,
    data: str,
) -> None:
    """Put an entry behind those of this transaction; the commit chains them."""
    session.info.setdefault("trail", []).append(
        {
            "court_id": actor.court_id,
            "at": clock.now(),
            "actor_id": actor.id,
            "actor_name": actor.name,
            "action": action,
            "subject_type": kind,
            "subject_id": subject_id,
            "dispute_id": dispute_id,
            "data": data,
            "address": session.info.get("address", ""),
            "request_id": session.info.get("request_id", ""),
        }
    )


FIELDS = (
    "court_id", "seq", "at", "actor_id", "actor_name", "action", "subject_type", "subject_id",
    "dispute_id", "data", "address", "request_id", "prev",
)  # fmt: skip


def _mac(row: Any) -> str:
    values = [row[name] if isinstance(row, dict) else getattr(row, name) for name in FIELDS]
    text = CLOSE.encode([_plain(v) for v in values])
    return hmac.digest(keys.subkey("audit"), text.encode("utf-8", "surrogatepass"), "sha256").hex()


def _head_mac(court_id: int, seq: int, mac: str) -> str:
    return hmac.digest(keys.subkey("audit-head"), f"{court_id}|{seq}|{mac}".encode("utf-8", "replace"), "sha256").hex()


def _head(session: Session, court_id: int) -> AuditHead:
    wanted = sa.select(AuditHead).where(AuditHead.court_id == court_id).with_for_update()
    head = session.scalar(wanted)
    if head is None:
        first = AuditHead(court_id=court_id, seq=0, mac="", head_mac=_head_mac(court_id, 0, ""))
        try:
            with session.begin_nested():
                session.add(first)
        except sa.exc.IntegrityError:
            head = session.scalar(wanted)
        else:
            return first
    if head is None:
        raise RuntimeError("the head of the trail is missing")
    return head


@event.listens_for(Session, "before_commit")
def seal(session: Session) -> None:
    """Chain what this transaction did to the court's trail, last thing before the commit, so that the lock is short."""
    if session.in_nested_transaction():
        return
    session.flush()
    refuse_unaudited(session)
    known.write(session)
    trail: list[dict[str, Any]] = session.info.pop("trail", [])
    for court_id in sorted({row["court_id"] for row in trail}):
        head = _head(session, court_id)
        for row in (r for r in trail if r["court_id"] == court_id):
            row |= {"seq": head.seq + 1, "prev": head.mac}
            row["mac"] = _mac(row)
            head.seq, head.mac = row["seq"], row["mac"]
        head.head_mac = _head_mac(court_id, head.seq, head.mac)
    if trail:
        session.connection().execute(sa.insert(AuditEvent.__table__), trail)  # type: ignore[arg-type]
    session.flush()


@event.listens_for(Session, "before_flush")
def watch(session: Session, _context: UOWTransaction, _instances: Any) -> None:
    """Note what changes; by the commit each of these must have an entry of the trail, a status one of `advance`."""
    changed, moved = session.info.setdefault("changed", set()), session.info.setdefault("moved", set())
    for obj in session.new | session.dirty | session.deleted:
        if not isinstance(obj, Audited) or not (obj in session.deleted or session.is_modified(obj)):
            continue
        changed.add(obj)
        persisted = isinstance(obj, Stateful) and obj not in session.new and obj not in session.deleted
        if persisted and sa.inspect(obj).attrs.status.history.has_changes():
            moved.add(obj)


def refuse_unaudited(session: Session) -> None:
    """No change without an entry of the trail, no change of status past the table."""
    for obj in session.info.get("changed", set()) - session.info.get("audited", set()):
        raise RuntimeError(f"{type(obj).__name__} would change without an audit event")
    for obj in session.info.get("moved", set()) - session.info.get("advanced", set()):
        raise RuntimeError(f"{type(obj).__name__}.status may only change through audit.advance")


@event.listens_for(Session, "do_orm_execute")
def refuse_bulk(state: ORMExecuteState) -> None:
    mapper = state.bind_mapper
    if (state.is_update or state.is_delete) and mapper is not None and issubclass(mapper.class_, Audited):
        raise RuntimeError(f"bulk change of {mapper.class_.__name__} leaves no trail")


@event.listens_for(Session, "after_commit")
@event.listens_for(Session, "after_rollback")
def forget(session: Session) -> None:
    if session.in_nested_transaction():
        return
    for name in ("audited", "advanced", "changed", "moved", "trail", guards.APART):
        session.info.pop(name, None)


class Entry(NamedTuple):
    """What a timeline tells of an entry; `data` are its facts as they were written down."""

    at: datetime
    actor_id: int
    actor_name: str
    action: str
    subject_type: str
    data: str


_event = AuditEvent.__table__.c
_but = _event.action.not_in(sa.bindparam("without", expanding=True))
_TIMELINE = sa.select(*(_event[name] for name in Entry._fields)).where(
    _event.dispute_id == sa.bindparam("dispute_id"), _but
)
_TIMELINE = _TIMELINE.order_by(_event.id.desc()).limit(sa.bindparam("most"))
_about = (_event.subject_type == sa.bindparam("subject"), _event.subject_id == sa.bindparam("id"))
_ACTIONS = sa.select(_event.action).where(*_about).order_by(_event.id)


def of_dispute(dispute_id: int, *, limit: int = 500, without: Collection[str] = ()) -> Sequence[Entry]:
    """The dispute's trail, newest first: its timeline, without the actions named."""
    wanted = {"dispute_id": dispute_id, "without": sorted(without), "most": limit}
    return [Entry(*row) for row in db.session.execute(_TIMELINE, wanted).all()]


def actions_on(subject_type: str, subject_id: int) -> Sequence[str]:
    """What was done to one record, the oldest first."""
    return db.session.scalars(_ACTIONS, {"subject": subject_type, "id": subject_id}).all()


def last_of(subject_type: str, subject_id: int, *, limit: int, without: Collection[str] = ()) -> Sequence[AuditEvent]:
    """The last entries about one record, the newest first."""
    rows = sa.select(AuditEvent).where(AuditEvent.subject_type == subject_type, AuditEvent.subject_id == subject_id)
    wanted = rows.where(AuditEvent.action.not_in(without)) if without else rows
    return db.session.scalars(wanted.order_by(AuditEvent.id.desc()).limit(limit)).all()


@dataclass(frozen=True)
class Fault:
    """What is wrong with a court's trail, and at which entry."""

    kind: FaultKind
    court_id: int
    seq: int

    def __str__(self) -> str:
        return f"court {self.court_id}: {SAID[self.kind].format(self.seq)}"


def verify(court_id: int | None = None) -> Iterator[Fault]:
    """Walk every chain, or one court's, and name what is wrong; nothing yielded means the trail is whole.

    Entries and heads come from one statement, so that what others add meanwhile is no fault.
    """
    walked: dict[int, _Walk] = {}
    for row in db.session.execute(_chains(court_id).execution_options(yield_per=1000)).mappings():
        walk = walked.setdefault(
            row["court_id"], _Walk(row["court_id"], row["head_seq"], row["head_mac"], row["sealed"])
        )
        yield from walk.step(dict(row))
    heads = sa.select(AuditHead).where(AuditHead.court_id == court_id if court_id is not None else sa.true())
    for head in db.session.scalars(heads.order_by(AuditHead.court_id)):
        walked.setdefault(head.court_id, _Walk(head.court_id, head.seq, head.mac, head.head_mac))
    for court in sorted(walked):
        yield from walked[court].end()


def _chains(court_id: int | None) -> sa.Select[Any]:
    chains = (
        sa.select(
            AuditEvent.__table__,
            AuditHead.seq.label("head_seq"),
            AuditHead.mac.label("head_mac"),
            AuditHead.head_mac.label("sealed"),
        )
        .outerjoin(AuditHead, AuditHead.court_id == AuditEvent.court_id)
        .order_by(AuditEvent.court_id, AuditEvent.seq)
    )
    return chains if court_id is None else chains.where(AuditEvent.court_id == court_id)


@dataclass
class _Walk:
    """How far one court's chain has been walked, and what its head says of it."""

    court_id: int
    head_seq: int | None
    head_mac: str | None
    sealed: str | None
    seq: int = 0
    mac: str = ""

    def step(self, row: dict[str, Any]) -> Iterator[Fault]:
        if row["seq"] != self.seq + 1:
            yield Fault(FaultKind.MISSING, self.court_id, self.seq + 1)
        if row["prev"] != self.mac:
            yield Fault(FaultKind.NOT_FOLLOWING, self.court_id, row["seq"])
        if not _same(_mac(row), row["mac"]):
            yield Fault(FaultKind.CHANGED, self.court_id, row["seq"])
        self.seq, self.mac = row["seq"], row["mac"]

    def end(self) -> Iterator[Fault]:
        if self.head_seq is None or self.head_mac is None or self.sealed is None:
            yield Fault(FaultKind.NO_HEAD, self.court_id, self.seq)
            return
        if (self.seq, self.mac) != (self.head_seq, self.head_mac):
            yield Fault(FaultKind.CUT_OFF, self.court_id, self.seq)
        if not _same(_head_mac(self.court_id, self.head_seq, self.head_mac), self.sealed):
            yield Fault(FaultKind.HEAD_CHANGED, self.court_id, self.head_seq)


def _same(expected: str, found: str) -> bool:
    return hmac.compare_digest(expected.encode(), found.encode("utf-8", "replace"))


def head_of(court_id: int) -> int:
    """The number of the last entry of a court's trail."""
    return db.session.scalar(sa.select(AuditHead.seq).where(AuditHead.court_id == court_id)) or 0
