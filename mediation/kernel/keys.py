"""Keys derived from the installation's one secret, and the keyed hash by which a person is recognised."""

import hashlib
import hmac
import unicodedata
from functools import lru_cache

from flask import current_app


def subkey(purpose: str) -> bytes:
    """A key of its own for each purpose, so that no use can stand in for another."""
    return _derived(current_app.config["SECRET_KEY"], purpose)


@lru_cache(maxsize=64)
def _derived(secret: str, purpose: str) -> bytes:
    return hmac.digest(secret.encode(), f"mediation/{purpose}".encode(), "sha256")


def keyed_hash(field: str, value: str) -> str:
    """Recognise the same identity number, phone or account again without being able to read it back (R6-10).

    The algorithm stands in front of the digest, so that it can be changed later (R10-03). Empty stays empty.
    """
    normal = unicodedata.normalize("NFKC", value).strip().upper().replace(" ", "").replace("-", "")
    if not normal:
        return ""
    digest = hmac.new(subkey("recognise"), f"{field}\0{normal}".encode(), hashlib.sha256)
    return "h1:" + digest.hexdigest()[:32]


def same(expected: str, given: str) -> bool:
    """Compare a secret with what somebody sent, without telling by the time it takes how much of it was right."""
    return hmac.compare_digest(expected.encode(), given.encode("utf-8", "replace"))
