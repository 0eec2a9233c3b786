"""Signed papers scanned back in: found by the square code printed on them, kept as they are (S4 art. 19; S32A art. 37)."""

import hashlib
import io
import warnings
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any

import sqlalchemy as sa

from mediation.documents import labels, rules, services, workshop
from mediation.documents.models import Document, DocumentScan
from mediation.documents.rules import Match, ScanObstacle, may_read, may_scan
from mediation.kernel import audit
from mediation.kernel.actor import Actor
from mediation.kernel.db import db, transaction
from mediation.kernel.errors import DomainError, NotPermitted

# The code stands on every page, so that these are enough; a picture of more points is no scan of a page.
MOST_PAGES, MOST_POINTS = 40, 80_000_000


def _refused(found: ScanObstacle, field: str) -> DomainError:
    return DomainError(
        labels.SCAN_OBSTACLE[found], article=rules.SCAN_ARTICLE[found], remedy=labels.SCAN_REMEDY[found], field=field
    )


# --- keeping ---------------------------------------------------------------------------------------------------------


def choices(actor: Actor, dispute_id: int) -> Sequence[Document]:
    """The dispute's papers that this actor may scan back in."""
    return [document for document in services.of_dispute(actor, dispute_id) if may_scan(actor, document)]


def keep(actor: Actor, dispute_id: int, content: bytes, *, document_id: int = 0, note: str = "") -> DocumentScan:
    """Keep the scan of a signed paper, with the document whose code it bears, or which was compared by hand."""
    among = choices(actor, dispute_id)
    if not among:
        raise NotPermitted("scan", article="S4 art. 19")
    kind = rules.scan_kind(content)
    if not kind:
        raise _refused(ScanObstacle.NO_SCAN, "file")
    document, match = _which(among, codes(content, kind), document_id)
    sha256 = hashlib.sha256(content).hexdigest()
    own = (DocumentScan.document_id == document.id, DocumentScan.sha256 == sha256)
    if db.session.scalar(sa.select(DocumentScan.id).where(*own)) is not None:
        raise _refused(ScanObstacle.KEPT, "file")
    with transaction():
        scan = DocumentScan(
            court_id=document.court_id, dispute_id=dispute_id, document_id=document.id, match=match, kind=kind,
            content=content, size=len(content), sha256=sha256, sm3=hashlib.new("sm3", content).hexdigest(), note=note,
            scanned_by_id=actor.id, scanned_by=actor.name,
        )  # fmt: skip
        audit.record(
            actor, "keep", scan, title=document.called, document=document.id, match=match, sha256=sha256, size=scan.size
        )
    return scan


def _which(among: Sequence[Document], found: Sequence[str], chosen: int) -> tuple[Document, Match]:
    """The code decides; what a person chose counts only where no code could be read."""
    named = [hit[0] for text in found if (hit := services.by_code(text.rsplit("/", 1)[-1])) is not None]
    if named:
        own = next((document for document in among if document.id == named[0].id), None)
        if own is None:
            raise _refused(ScanObstacle.ELSEWHERE, "file")
        if chosen not in {0, own.id}:
            raise _refused(ScanObstacle.OTHER, "document")
        return own, Match.CODE
    by_hand = next((document for document in among if document.id == chosen), None)
    if by_hand is None:
        raise _refused(ScanObstacle.NOT_READ, "document")
    return by_hand, Match.HAND


# --- reading the code ------------------------------------------------------------------------------------------------


def codes(content: bytes, kind: str) -> list[str]:
    """The square codes on a scan; none when it cannot be read, or only with too much effort."""
    try:
        return workshop.aside(look, (content, kind))
    except workshop.TooMuch:
        return []


def look(given: tuple[bytes, str]) -> list[str]:
    """Runs in a worker: a picture from outside may be made to exhaust whoever opens it."""
    import zxingcpp  # noqa: PLC0415  only workers load it

    content, kind = given
    found: list[str] = []
    try:
        for picture in _pictures(content, kind):
            if picture.width * picture.height <= MOST_POINTS:
                found += [code.text for code in zxingcpp.read_barcodes(picture.convert("L")) if code.text]
    except Exception:  # noqa: BLE001  a broken file has no code; the person says which document it is
        return found
    return list(dict.fromkeys(found))


def _pictures(content: bytes, kind: str) -> Iterator[Any]:
    from PIL import Image  # noqa: PLC0415  only workers load it

    with warnings.catch_warnings():
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        if kind != "application/pdf":
            yield Image.open(io.BytesIO(content))
            return
        import pypdf  # noqa: PLC0415

        for page in islice(pypdf.PdfReader(io.BytesIO(content)).pages, MOST_PAGES):
            for image in page.images:
                yield image.image


# --- reading ---------------------------------------------------------------------------------------------------------


def of_dispute(actor: Actor, dispute_id: int) -> Sequence[tuple[DocumentScan, Document]]:
    """The scans of a dispute's papers that the actor may read, oldest first."""
    if not services.of_dispute(actor, dispute_id):
        return []
    rows = sa.select(DocumentScan, Document).join(Document, Document.id == DocumentScan.document_id)
    found = db.session.execute(rows.where(DocumentScan.dispute_id == dispute_id).order_by(DocumentScan.id)).all()
    return [(scan, document) for scan, document in found if may_read(actor, document)]


def get(actor: Actor, scan_id: int) -> tuple[DocumentScan, Document] | None:
    """One scan in the actor's scope."""
    scan = db.session.get(DocumentScan, scan_id)
    document = services.get(actor, scan.document_id) if scan is not None else None
    return (scan, document) if scan is not None and document is not None else None


def open_scan(actor: Actor, scan: DocumentScan, document: Document) -> bytes:
    """The bytes as they came from the scanner; whoever opens a confidential one leaves an entry (S4 art. 28)."""
    services.permit_reading(actor, document)
    services.note_reading(actor, scan, of=document)
    return scan.content
