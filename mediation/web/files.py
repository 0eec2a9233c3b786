"""Files that are handed out: what is opened may be noted or produced first, and each has its Chinese name."""

from base64 import b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import quote

from flask import Response

from mediation.kernel.db import db, reading


@contextmanager
def opening() -> Iterator[None]:
    """A look that writes: opening a confidential paper is noted, and what still waits is produced for its first reader."""
    token = reading.set(False)
    try:
        db.session.rollback()
        yield
    finally:
        reading.reset(token)


def handed_out(answer: Response, name: str, *, plain: str, sha256: str = "") -> Response:
    """To be kept under its Chinese name, under a plain one by old programs (RFC 6266); nothing in it is carried out."""
    told = f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"
    answer.headers["Content-Disposition"] = told
    answer.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    if sha256:
        answer.headers["Repr-Digest"] = f"sha-256=:{b64encode(bytes.fromhex(sha256)).decode()}:"
    return answer
