"""Asking for a document, producing it outside any transaction, and reading it within one's scope."""

import functools
import hashlib
import json
import logging
import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import aliased, defer

from mediation.documents import composing, labels, letterheads, making, workshop
from mediation.documents.composing import Sheet
from mediation.documents.models import Document, DocumentFile
from mediation.documents.rules import MOST_PAGES, STEPS, Folder, Status, may_read, may_retry
from mediation.kernel import audit, clock, dossier
from mediation.kernel.actor import COURT, Actor, system
from mediation.kernel.db import after_commit, db, transaction
from mediation.kernel.errors import DomainError, NotPermitted

log = logging.getLogger("mediation.documents")

# No letters that are taken for digits on paper.
ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
DETAIL = 200
BATCH = 100
# Facts of so many characters may be too long for a document; whatever is shorter is not.
LONG = 15_000

DisputeIds = Callable[[Actor], "sa.Select[Any]"]


def _none(_actor: Actor) -> "sa.Select[Any]":
    return sa.select(sa.null()).where(sa.false())


@dataclass
class _Scope:
    dispute_ids: DisputeIds = _none


_scope = _Scope()


def scope_by(dispute_ids: DisputeIds) -> None:
    """Told by `disputes`, a later stage: the ids of the disputes an actor may see. Until told, nobody sees any."""
    _scope.dispute_ids = dispute_ids


Corrections = Callable[[int], Sequence[date]]


def _uncorrected(_document_id: int) -> Sequence[date]:
    return ()


@dataclass
class _Corrected:
    on: Corrections = _uncorrected


_corrected = _Corrected()


def corrected_by(corrections: Corrections) -> None:
    """Told by `litigation`, a later stage: the days on which a ruling put mistakes in a paper right (CPL art. 157)."""
    _corrected.on = corrections


def corrected_on(document_id: int) -> Sequence[date]:
    """The days of the rulings that corrected a paper; whoever holds it must know of them."""
    return _corrected.on(document_id)


# --- asking ----------------------------------------------------------------------------------------------------------


def request(
    actor: Actor,
    *,
    kind: str,
    subject: Any,
    dispute_id: int | None,
    title: str,
    data: Mapping[str, Any],
    folder: Folder = Folder.COURT_TRANSFERABLE,
    number: str = "",
    party: str = "",
    sealed: bool = False,
) -> Document:
    """Ask for a document inside the use case's transaction; it is produced after the commit.

    `kind` names the body template, `data` is the snapshot it prints: plain JSON; `party` for whom it is, where each party
    has one. Asked for again about the same record, it becomes the next version; earlier versions stay.
    """
    told = json.dumps(dict(data), ensure_ascii=False, allow_nan=False)
    snapshot = json.loads(told)
    if len(told) > LONG:
        _require_short(kind, title, snapshot)
    with transaction():
        subject_type: str = type(subject).__tablename__
        asked = {"kind": kind, "type": subject_type, "id": subject.id, "court": actor.court_id, "day": clock.today()}
        version, court, letterhead = db.session.execute(_FOR_REQUEST, asked).one()
        document = Document(
            court_id=actor.court_id,
            dispute_id=dispute_id,
            kind=kind,
            subject_type=subject_type,
            subject_id=subject.id,
            version=version,
            title=title,
            number=number,
            party=party,
            court_name=court,
            folder=folder,
            sealed=sealed,
            letterhead_id=letterhead,
            template_version=composing.version(kind),
            data=snapshot,
            code=_new_code(),
            requested_by_id=actor.id,
        )
        # What the court keeps to itself for now does not show in the timeline of those outside either.
        verb = "request_inside" if folder is Folder.COURT_ONLY else "request"
        audit.record(actor, verb, document, kind=kind, version=document.version, title=title, number=number)
        if workshop.mode() != "later":
            after_commit(functools.partial(_produce_quietly, document.id))
    return document


def _require_short(kind: str, title: str, data: dict[str, Any]) -> None:
    """Refused before the act is done, not after minutes of typesetting."""
    try:
        composing.compose(kind, Sheet(court="", title=title, created=clock.now()), data)
    except composing.TooLong as problem:
        raise DomainError(labels.TOO_LONG % {"most": MOST_PAGES}, remedy=labels.SHORTER) from problem


# `accounts` is a later layer; the court's name is read as data.
_court = sa.table("court", sa.column("id"), sa.column("name")).c
# What a document asked for takes with it: its version, the court as its papers name it, the letterhead in force.
_FOR_REQUEST = sa.select(
    sa.select(sa.func.coalesce(sa.func.max(Document.version), 0) + 1)
    .where(
        Document.kind == sa.bindparam("kind"),
        Document.subject_type == sa.bindparam("type"),
        Document.subject_id == sa.bindparam("id"),
    )
    .scalar_subquery(),
    sa.select(_court.name).where(_court.id == sa.bindparam("court")).scalar_subquery(),
    letterheads.in_force(sa.bindparam("court"), sa.bindparam("day")).scalar_subquery(),
)


def _about(kind: str, subject_type: str, subject_id: int) -> tuple[sa.ColumnElement[bool], ...]:
    return Document.kind == kind, Document.subject_type == subject_type, Document.subject_id == subject_id


def court_name(court_id: int) -> str:
    """The court as its papers name it."""
    found: str = db.session.execute(sa.select(_court.name).where(_court.id == court_id)).scalar_one()
    return found


def _new_code() -> str:
    """80 random bits in groups of four, as it is printed and typed in again."""
    drawn = "".join(secrets.choice(ALPHABET) for _place in range(16))
    return "-".join(drawn[place : place + 4] for place in range(0, 16, 4))


# --- producing -------------------------------------------------------------------------------------------------------


def produce(document_id: int) -> Status:
    """Typeset what was asked for and archive it. Never raises: what went wrong is written into the document's row."""
    with transaction():
        job = _job(document_id)
    if job is None:
        return Status.READY
    made = making.typeset(job)
    with transaction():
        return _settle(document_id, system(job.court_id), made)


def produce_all(document_ids: Sequence[int]) -> None:
    """The same for several, typeset beside one another and each archived in a transaction of its own."""
    with transaction():
        jobs = {document_id: job for document_id in document_ids if (job := _job(document_id)) is not None}
    for document_id, made in zip(jobs, making.typeset_all(list(jobs.values())), strict=True):
        with transaction():
            _settle(document_id, system(jobs[document_id].court_id), made)


def _produce_quietly(document_id: int) -> None:
    """The act is done whatever becomes of its document: the outcome stands in the document's row.

    With the disk full or the database away the row cannot be written either: the document then waits as it was asked
    for, and nobody is told that the act was not saved.
    """
    try:
        produce(document_id)
    except OperationalError:
        log.error("document %d waits: it could not be archived", document_id)  # noqa: TRY400  the facts stay out of the log


def _job(document_id: int) -> making.Job | None:
    document = db.session.get_one(Document, document_id)
    return None if document.status is Status.READY else making.job_of(document)


def _digests(content: bytes) -> tuple[str, str]:
    """SHA-256, and SM3 as the national standard asks."""
    return hashlib.sha256(content).hexdigest(), hashlib.new("sm3", content).hexdigest()


def _settle(document_id: int, actor: Actor, made: making.Made | making.Refused | None) -> Status:
    document = db.session.get_one(Document, document_id, populate_existing=True, with_for_update=True)
    if document.status is Status.READY or made is None:
        return document.status
    if isinstance(made, making.Refused):
        document.failure, document.failure_detail = made.failure, made.detail[:DETAIL]
        audit.advance(STEPS, "fail", actor, document, failure=made.failure)
        return document.status
    sha256, sm3 = _digests(made.content)
    size = len(made.content)
    db.session.add(
        DocumentFile(document_id=document.id, content=made.content, size=size, sha256=sha256, sm3=sm3, seal=made.seal)
    )
    document.failure, document.failure_detail, document.ready_at = None, "", clock.now()
    audit.advance(STEPS, "produce", actor, document, sha256=sha256, sm3=sm3, size=size, seal=made.seal)
    return document.status


def waiting() -> Sequence[int]:
    """Documents asked for and not yet produced, oldest first; those that failed may succeed by now."""
    rows = sa.select(Document.id).where(Document.status != Status.READY).order_by(Document.id).limit(BATCH)
    return db.session.scalars(rows).all()


def retry(actor: Actor, document: Document) -> Status:
    """Try again at once what could not be produced."""
    if not may_retry(actor, document):
        raise NotPermitted("retry")
    return produce(document.id)


# --- reading ---------------------------------------------------------------------------------------------------------


def _in_scope(actor: Actor) -> sa.ColumnElement[bool]:
    """Of this court; and of a dispute the actor may see, or asked for by the actor when it is about no dispute."""
    scope = _scope.dispute_ids(actor)
    # Asked of the one dispute, so that no database ever lists all disputes of the court for one document.
    seen = scope.where(next(iter(scope.selected_columns)) == Document.dispute_id).correlate(Document).exists()
    return sa.and_(
        Document.court_id == actor.court_id,
        sa.true() if actor.has(*COURT) else Document.folder != Folder.COURT_ONLY,
        sa.or_(seen, sa.and_(Document.dispute_id.is_(None), Document.requested_by_id == actor.id)),
    )


def in_scope(actor: Actor, *, superseded: bool = False) -> "sa.Select[Document]":
    """The question for the documents in the actor's scope, each in its latest version unless earlier ones count too."""
    rows = sa.select(Document).where(_in_scope(actor)).options(defer(Document.data))
    return rows if superseded else rows.where(~_SUPERSEDED)


def get(actor: Actor, document_id: int) -> Document | None:
    """One document in the actor's scope."""
    return db.session.scalars(sa.select(Document).where(Document.id == document_id, _in_scope(actor))).one_or_none()


def of_dispute(actor: Actor, dispute_id: int) -> Sequence[Document]:
    """The dispute's documents, oldest first, each in its latest version."""
    return db.session.scalars(latest_of(actor), {"dispute": dispute_id}).all()


@functools.lru_cache(maxsize=1024)
def latest_of(actor: Actor) -> sa.Select[Any]:
    """The question for the latest versions of the documents of one `dispute`."""
    rows = sa.select(Document).where(Document.dispute_id == sa.bindparam("dispute"), _in_scope(actor), ~_SUPERSEDED)
    # A list says what there is; what each of them printed is read by whoever opens it.
    return rows.options(defer(Document.data)).order_by(Document.id)


_LATER = aliased(Document)
_SUPERSEDED = sa.exists().where(
    _LATER.kind == Document.kind,
    _LATER.subject_type == Document.subject_type,
    _LATER.subject_id == Document.subject_id,
    _LATER.version > Document.version,
)


def latest(kind: str, subject_type: str, subject_id: int) -> Document | None:
    """The latest version of a document about a record."""
    rows = sa.select(Document).where(*_about(kind, subject_type, subject_id)).order_by(Document.version.desc()).limit(1)
    return dossier.once(("latest", kind, subject_type, subject_id), lambda: db.session.scalars(rows).one_or_none())


def open_file(actor: Actor, document: Document) -> DocumentFile:
    """The archived bytes; whoever opens a confidential document leaves an entry in the trail (S4 art. 28).

    What still waits to be produced is produced for the first reader.
    """
    permit_reading(actor, document)
    if document.status is Status.PENDING:
        produce(document.id)
        db.session.refresh(document)
    if document.status is not Status.READY:
        raise DomainError(labels.NOT_PRODUCED, remedy=labels.PRODUCE_AGAIN)
    note_reading(actor, document, of=document)
    return db.session.get_one(DocumentFile, document.id)


def permit_reading(actor: Actor, document: Document) -> None:
    """Refuse whoever may not read the document, or its signed paper scanned back in."""
    if not may_read(actor, document):
        raise NotPermitted("read", article="S4 art. 28")


def note_reading(actor: Actor, opened: Any, *, of: Document) -> None:
    """Write down that a confidential document was opened, or the scan of one (S4 art. 28)."""
    if of.folder is Folder.MEDIATION_CONFIDENTIAL:
        kind = opened.__tablename__
        with transaction():
            audit.note(actor, f"{kind}.read", subject_type=kind, subject_id=opened.id, dispute_id=opened.dispute_id)


def by_code(code: str) -> tuple[Document, DocumentFile] | None:
    """The document that carries this verification code, once produced. Typed codes may lack the dashes."""
    plain = "".join(sign for sign in code.upper() if sign in ALPHABET)
    wanted = "-".join(plain[place : place + 4] for place in range(0, len(plain), 4))
    rows = sa.select(Document, DocumentFile).join(DocumentFile, DocumentFile.document_id == Document.id)
    found = db.session.execute(rows.where(Document.code == wanted)).one_or_none()
    return None if found is None else (found[0], found[1])


def altered() -> Sequence[int]:
    """Documents whose bytes no longer fit their digests in the trail: nothing found means the archive is whole."""
    produced = sa.select(audit.AuditEvent).where(audit.AuditEvent.action == "document.produce")
    written = {event.subject_id: event.facts for event in db.session.scalars(produced)}
    found = []
    for document_id in db.session.scalars(sa.select(Document.id).where(Document.status == Status.READY)).all():
        file = db.session.get(DocumentFile, document_id)
        facts = written.get(document_id, {})
        if file is None or _digests(file.content) != (facts.get("sha256"), facts.get("sm3")):
            found.append(document_id)
        if file is not None:
            db.session.expunge(file)
    return found
