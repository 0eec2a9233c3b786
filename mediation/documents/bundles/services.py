"""Asking for many documents at once, producing them part by part, and handing them out as one file.

What is done is committed with each document: after a kill a bundle goes on where it stopped. The file itself is put
together when it is fetched, from the archived bytes and only from what its reader may read at that moment; no second
copy of the court's papers is kept.
"""

import io
import zipfile
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import sqlalchemy as sa

from mediation.documents import services as documents
from mediation.documents import workshop
from mediation.documents.bundles import labels, rules
from mediation.documents.bundles.models import BundledDocument, DocumentBundle
from mediation.documents.bundles.rules import Form, Obstacle
from mediation.documents.models import Document, DocumentFile
from mediation.documents.rules import Status, may_read
from mediation.kernel import audit, clock
from mediation.kernel.actor import Actor
from mediation.kernel.db import db, transaction
from mediation.kernel.errors import DomainError, NotPermitted


def _refused(found: Obstacle, field: str = "") -> DomainError:
    return DomainError(labels.OBSTACLE[found], remedy=labels.REMEDY[found], field=field)


def _permit(actor: Actor) -> None:
    if not rules.may_bundle(actor):
        raise NotPermitted("bundle")


# --- choosing ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Found:
    """What may be bundled, and whether there is more than one bundle holds."""

    documents: Sequence[Document]
    more: bool


def find(actor: Actor, *, day: date | None = None, kind: str = "", dispute_id: int | None = None) -> Found:
    """Documents the actor may read, each in its latest version: asked for on a day, of a kind, or of a dispute."""
    _permit(actor)
    rows = documents.in_scope(actor)
    if day is not None:
        rows = rows.where(Document.requested_at >= clock.at(day), Document.requested_at < clock.at(day + timedelta(1)))
    if kind:
        rows = rows.where(Document.kind == kind)
    if dispute_id is not None:
        rows = rows.where(Document.dispute_id == dispute_id)
    found = db.session.scalars(rows.order_by(Document.id).limit(rules.MOST + 1)).all()
    readable = [document for document in found if may_read(actor, document)]
    return Found(readable[: rules.MOST], len(found) > rules.MOST)


def make(actor: Actor, document_ids: Collection[int], form: Form) -> DocumentBundle:
    """Put documents together, each of which the actor may read; whatever else is named is as if it were not there."""
    _permit(actor)
    wanted = sorted(set(document_ids))
    if len(wanted) > rules.MOST:
        raise _refused(Obstacle.TOO_MANY, "document_ids")
    rows = documents.in_scope(actor).where(Document.id.in_(wanted)).order_by(Document.id)
    among = [document.id for document in db.session.scalars(rows) if may_read(actor, document)]
    if not among or len(among) < len(wanted):
        raise _refused(Obstacle.NOTHING, "document_ids")
    with transaction():
        bundle = DocumentBundle(court_id=actor.court_id, form=form, size=len(among), made_by_id=actor.id)
        audit.record(actor, "make", bundle, size=len(among), form=form, documents=among)
        db.session.add_all(
            BundledDocument(bundle_id=bundle.id, document_id=document_id, position=position)
            for position, document_id in enumerate(among, 1)
        )
    return bundle


# --- how far it is ----------------------------------------------------------------------------------------------------


def get(actor: Actor, bundle_id: int) -> DocumentBundle | None:
    """One's own bundle."""
    own = (DocumentBundle.court_id == actor.court_id, DocumentBundle.made_by_id == actor.id)
    return db.session.scalar(sa.select(DocumentBundle).where(DocumentBundle.id == bundle_id, *own))


def latest(actor: Actor) -> Sequence[DocumentBundle]:
    """One's own last bundles, for whoever comes back to fetch one."""
    own = (DocumentBundle.court_id == actor.court_id, DocumentBundle.made_by_id == actor.id)
    return db.session.scalars(sa.select(DocumentBundle).where(*own).order_by(DocumentBundle.id.desc()).limit(10)).all()


def rows(actor: Actor, bundle: DocumentBundle) -> Sequence[Document]:
    """The documents of a bundle that the actor may read now, in its order."""
    found = documents.in_scope(actor, superseded=True).join(BundledDocument, BundledDocument.document_id == Document.id)
    found = found.where(BundledDocument.bundle_id == bundle.id).order_by(BundledDocument.position)
    return [document for document in db.session.scalars(found) if may_read(actor, document)]


def go_on(actor: Actor, bundle: DocumentBundle, *, again: bool = False) -> int:
    """Produce the next part of what is waiting, or of what could not be produced; how many of these remain."""
    of_interest = Status.FAILED if again else Status.PENDING
    open_ones = [document.id for document in rows(actor, bundle) if document.status is of_interest]
    part = open_ones[: rules.AT_A_GO]
    documents.produce_all(part)
    # What a busy machine had no time for still waits; it is in the next part again.
    waits = sa.select(sa.func.count(Document.id)).where(Document.id.in_(part), Document.status == Status.PENDING)
    return len(open_ones) - len(part) + (db.session.scalar(waits) or 0)


def next_part() -> int:
    """For the worker: produce the next part of whatever waits in any bundle; how many documents that were."""
    rows = sa.select(Document.id).join(BundledDocument, BundledDocument.document_id == Document.id)
    rows = rows.where(Document.status == Status.PENDING).distinct().order_by(Document.id).limit(rules.AT_A_GO)
    part = db.session.scalars(rows).all()
    documents.produce_all(part)
    return len(part)


# --- handing out ------------------------------------------------------------------------------------------------------


def ready(actor: Actor, bundle: DocumentBundle) -> Sequence[Document]:
    """The produced documents that the actor may read; each confidential one opened is written down (S4 art. 28)."""
    found = rows(actor, bundle)
    if rules.waiting(document.status for document in found):
        raise _refused(Obstacle.NOT_YET)
    done = [document for document in found if document.status is Status.READY]
    if not done:
        raise _refused(Obstacle.NONE_LEFT)
    return done


def opened(actor: Actor, bundle: DocumentBundle, given: Sequence[Document]) -> None:
    """Write down what is handed out."""
    with transaction():
        audit.note(
            actor, "document_bundle.open", subject_type="document_bundle", subject_id=bundle.id,
            size=len(given), documents=[document.id for document in given],
        )  # fmt: skip
        for document in given:
            documents.note_reading(actor, document, of=document)


def archive(given: Sequence[tuple[int, str, str]]) -> Iterator[bytes]:
    """One archive, written while it is sent: at no moment does it lie in memory, or on a disk, as a whole.

    `given` are number, title and case number of each document, in order.
    """
    pipe = _Pipe()
    with zipfile.ZipFile(pipe, "w", zipfile.ZIP_STORED) as out:
        for position, (document_id, called, number) in enumerate(given, 1):
            content = db.session.scalar(sa.select(DocumentFile.content).where(DocumentFile.document_id == document_id))
            # A PDF is packed already; the same moment in each, so that the same bundle gives the same bytes.
            name = zipfile.ZipInfo(rules.file_name(position, called, number), (1980, 1, 1, 0, 0, 0))
            out.writestr(name, content or b"")
            yield pipe.taken()
    yield pipe.taken()


class _Pipe(io.RawIOBase):
    """What was written since it was last asked."""

    def __init__(self) -> None:
        super().__init__()
        self.parts: list[bytes] = []

    def writable(self) -> bool:
        return True

    def write(self, part: "bytes | bytearray | memoryview") -> int:  # type: ignore[override]
        self.parts.append(bytes(part))
        return len(part)

    def taken(self) -> bytes:
        whole, self.parts = b"".join(self.parts), []
        return whole


def stack(given: Sequence[Document]) -> bytes:
    """A stack to print on both sides; put together in a worker."""
    wanted = [document.id for document in given]
    kept = sa.select(DocumentFile.document_id, DocumentFile.content).where(DocumentFile.document_id.in_(wanted))
    contents = {row.document_id: row.content for row in db.session.execute(kept)}
    return workshop.aside(joined, [(f"{one.called}{one.number}", contents[one.id]) for one in given])


def joined(given: Sequence[tuple[str, bytes]]) -> bytes:
    """Runs in the worker: the documents one after the other, each beginning on a right-hand page, with marks to find it."""
    import pypdf  # noqa: PLC0415  only workers load it

    out = pypdf.PdfWriter()
    readers = [pypdf.PdfReader(io.BytesIO(content)) for _name, content in given]
    for (name, _content), reader, blank in zip(
        given, readers, rules.blanks([len(reader.pages) for reader in readers]), strict=True
    ):
        out.append(reader, outline_item=name, import_outline=False)
        if blank:
            out.add_blank_page()
    preferences = pypdf.generic.DictionaryObject()
    preferences[pypdf.generic.NameObject("/Duplex")] = pypdf.generic.NameObject("/DuplexFlipLongEdge")
    out.root_object[pypdf.generic.NameObject("/ViewerPreferences")] = preferences
    whole = io.BytesIO()
    out.write(whole)
    return whole.getvalue()
