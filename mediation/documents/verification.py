"""Whether a file in somebody's hands is what the court archived: whole, superseded, altered and how, or not ours.

The bytes decide. Only for a file that names a document of ours and differs from it is the file itself looked into, in a
worker with limits, to say what was done to it. Nothing of what a document says is ever told.
"""

import hashlib
import io
import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from mediation.documents import sealkeys, services, workshop
from mediation.documents.models import Document, DocumentFile
from mediation.documents.rules import Alteration, Status, Verdict
from mediation.kernel.db import db

if TYPE_CHECKING:
    from mediation.documents.signing import Signature

CODE = re.compile(rf"[{services.ALPHABET}]{{4}}(?:-[{services.ALPHABET}]{{4}}){{3}}")
HEAD = b"%PDF-"
PAGES_AT_MOST = 500


@dataclass(frozen=True)
class Finding:
    """What was found out about a file or a code."""

    verdict: Verdict
    document: Document | None = None
    file: DocumentFile | None = None
    alteration: Alteration | None = None
    # What the file's own signature says; None where there is none.
    signature: "Signature | None" = None


@dataclass(frozen=True)
class Look:
    """What a file shows of itself: the codes it names, its pages, the digest of its attached facts."""

    codes: tuple[str, ...] = ()
    pages: int = 0
    facts: str = ""


def of_code(code: str) -> Finding:
    """The document that carries a typed code."""
    found = services.by_code(code)
    if found is None:
        return Finding(Verdict.FOREIGN)
    return Finding(_standing(found[0]), *found)


def of_file(content: bytes) -> Finding:
    """The document a file is, or was before somebody altered it."""
    digest = hashlib.sha256(content).hexdigest()
    same = sa.select(Document, DocumentFile).join(DocumentFile, DocumentFile.document_id == Document.id)
    found = db.session.execute(same.where(DocumentFile.sha256 == digest).limit(1)).one_or_none()
    if found is not None:
        signature = _signature(content) if found[1].seal else None
        return Finding(_standing(found[0]), found[0], found[1], signature=signature)
    if not content.startswith(HEAD):
        return Finding(Verdict.FOREIGN)
    return _altered(content)


def _standing(document: Document) -> Verdict:
    """A correction is a new version: whoever holds an earlier one must know."""
    later = sa.select(Document.id).where(
        Document.kind == document.kind,
        Document.subject_type == document.subject_type,
        Document.subject_id == document.subject_id,
        Document.version > document.version,
        Document.status == Status.READY,
    )
    return Verdict.GENUINE if db.session.scalar(later.limit(1)) is None else Verdict.SUPERSEDED


def _altered(content: bytes) -> Finding:
    plain = tuple(dict.fromkeys(CODE.findall(content.decode("latin-1"))))
    look = Look(plain) if _named(plain) else _look(content)
    found = _named(look.codes)
    signature = _signature(content)
    if found is None:
        return Finding(_alone(signature), signature=signature)
    document, file = found
    return Finding(Verdict.ALTERED, document, file, _alteration(content, file.content), signature)


def _alone(signature: "Signature | None") -> Verdict:
    """What can be said of a file without its archived twin: only a seal that holds speaks for it."""
    return Verdict.SIGNED if signature is not None and signature.holds else Verdict.FOREIGN


def by_signature(content: bytes) -> Finding:
    """What a file proves by itself, without asking the archive: for copies that outlived it."""
    signature = _signature(content) if content.startswith(HEAD) else None
    return Finding(_alone(signature), signature=signature)


def _signature(content: bytes) -> "Signature | None":
    roots = sealkeys.roots(workshop.seals())
    if not roots or b"/ByteRange" not in content:
        return None
    try:
        return workshop.aside(examined, (content, roots))
    except workshop.TooMuch:
        return None


def examined(given: tuple[bytes, list[bytes]]) -> "Signature | None":
    """Runs in a worker: a file from outside may be made to exhaust whoever reads it."""
    from mediation.documents import signing  # noqa: PLC0415  only workers load the signing library

    return signing.examine(*given)


def _named(codes: tuple[str, ...]) -> tuple[Document, DocumentFile] | None:
    return next((found for found in map(services.by_code, codes[:5]) if found is not None), None)


def _alteration(content: bytes, ours: bytes) -> Alteration:
    if content.startswith(ours):
        return Alteration.APPENDED
    if ours.startswith(content):
        return Alteration.CUT
    look, own = _look(content), _look(ours)
    if look.pages == 0:
        return Alteration.BYTES
    if look.pages != own.pages:
        return Alteration.PAGES
    if look.facts != own.facts:
        return Alteration.ATTACHMENT
    return Alteration.BYTES if len(content) == len(ours) else Alteration.SAVED_AGAIN


def _look(content: bytes) -> Look:
    """Look into a file of unknown origin; what cannot be read shows nothing."""
    try:
        return workshop.aside(look_into, content)
    except workshop.TooMuch:
        return Look()


def look_into(content: bytes) -> Look:
    """Runs in a worker: a file from outside may be made to exhaust whoever reads it."""
    import pypdf  # noqa: PLC0415  only workers load the reader

    try:
        reader = pypdf.PdfReader(io.BytesIO(content))
        told = json.dumps(dict(reader.metadata or {}), default=str, ensure_ascii=False)
        xmp = reader.root_object.get("/Metadata")
        told += xmp.get_object().get_data().decode("utf-8", "replace") if xmp is not None else ""
        facts = _facts(reader)
        return Look(tuple(dict.fromkeys(CODE.findall(told))), min(len(reader.pages), PAGES_AT_MOST), facts)
    except Exception:  # noqa: BLE001  a broken file breaks its reader in any way it likes
        return Look()


def _facts(reader: Any) -> str:
    attached = [data for name, files in sorted(reader.attachments.items()) for data in files if name]
    return hashlib.sha256(b"\0".join(attached)).hexdigest() if attached else ""
