"""The keys with which courts seal electronically: where they lie, whether they may be used today, and one way to sign.

For each court a folder named by its code holds `certificate.pem` (the seal's certificate first, then those above it, the
root last), `revocation.crl` (the lists of the issuers, one after the other) and, unless the key lies on a token, `key.pem`.
A key on a token never leaves it: the folder holds the certificates only, the token is named like the court and its key
`seal`. Who issues such certificates for court seals in production is the court's to arrange; nothing here trusts a public
authority by itself.
"""

import enum
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import Any, Protocol

from asn1crypto import crl, pem, x509

from mediation.kernel import clock

CERTIFICATE, REVOCATION, KEY = "certificate.pem", "revocation.crl", "key.pem"
LABEL = "seal"


class Fault(enum.StrEnum):
    """Why a seal cannot be used."""

    UNREADABLE = "unreadable"
    LOCKED = "locked"
    OTHER_KEY = "other_key"
    NOT_YET = "not_yet"
    EXPIRED = "expired"
    REVOKED = "revoked"
    NO_LIST = "no_list"
    OLD_LIST = "old_list"


class Unusable(ValueError):
    """The seal of a court may not or cannot be used now; nothing is issued without it."""

    def __init__(self, fault: Fault, detail: str = "") -> None:
        super().__init__(f"{fault.value}: {detail}" if detail else fault.value)
        self.fault = fault
        self.detail = detail

    def __reduce__(self) -> tuple[Any, ...]:
        # It comes back whole from the worker that signs.
        return type(self), (self.fault, self.detail)


class Signer(Protocol):
    """What signs digests: a key in memory or on a token."""

    def signer(self, certificates: Sequence[x509.Certificate]) -> Any:
        """The library's signer for these certificates."""


@dataclass(frozen=True)
class SealKey:
    """The seal of one court: its certificates, the lists that speak of them, and what signs."""

    certificates: tuple[x509.Certificate, ...]
    lists: tuple[crl.CertificateList, ...]
    source: Signer = field(repr=False)
    lock: threading.Lock = field(default_factory=threading.Lock, repr=False, compare=False)

    @cached_property
    def signer(self) -> Any:
        """The signing library's own signer: made once, used for every signature."""
        return self.source.signer(self.certificates)

    @property
    def certificate(self) -> x509.Certificate:
        """The certificate of the seal itself."""
        return self.certificates[0]

    @property
    def root(self) -> x509.Certificate:
        """Where trust begins."""
        return self.certificates[-1]

    @property
    def fingerprint(self) -> str:
        """SHA-256 of the certificate: which seal it was."""
        return str(self.certificate.sha256.hex())

    @property
    def owner(self) -> str:
        """To whom the certificate was issued."""
        return owner_of(self.certificate)

    @property
    def expires(self) -> datetime:
        """Until when it may be used."""
        found: datetime = self.certificate.not_valid_after
        return found

    @property
    def lists_until(self) -> datetime | None:
        """Until when the lists speak; None where one is missing."""
        ends = [one["tbs_cert_list"]["next_update"].native for one in self.lists]
        return min(ends) if ends and None not in ends else None

    def require_usable(self, at: datetime | None = None) -> None:
        """Unusable, with the reason, when the certificate or the lists do not reach to this moment."""
        now = at or clock.now()
        if now < self.certificate.not_valid_before:
            raise Unusable(Fault.NOT_YET, self.certificate.not_valid_before.date().isoformat())
        if now > self.expires:
            raise Unusable(Fault.EXPIRED, self.expires.date().isoformat())
        until = self.lists_until
        if until is None:
            raise Unusable(Fault.NO_LIST)
        if self.certificate.serial_number in self._revoked():
            raise Unusable(Fault.REVOKED)
        if now > until:
            raise Unusable(Fault.OLD_LIST, until.date().isoformat())

    def _revoked(self) -> set[int]:
        return {
            entry["user_certificate"].native
            for one in self.lists
            if one.issuer == self.certificate.issuer
            for entry in one["tbs_cert_list"]["revoked_certificates"]
        }


def owner_of(certificate: x509.Certificate) -> str:
    """The name in a certificate as people read it."""
    named: Mapping[str, Any] = certificate.subject.native
    return str(named.get("common_name") or named.get("organization_name") or certificate.subject.human_friendly)


# --- reading ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Place:
    """Where the seals of this installation lie."""

    folder: Path
    passphrase: str = field(default="", repr=False)
    # The PKCS #11 module of the token's maker; empty: keys lie in files.
    token: str = ""


# Reading a key takes longer than signing: kept until one of its files changes, then the new one takes its place.
_held: dict[tuple[Place, str], tuple[list[str], SealKey]] = {}


def is_set_up(place: Place, code: str) -> bool:
    """Whether this court has a seal here at all."""
    return bool(code) and (place.folder / code / CERTIFICATE).is_file()


def of_court(place: Place, code: str) -> SealKey | None:
    """The seal of a court; None when none was set up. Unusable when what lies there cannot be read."""
    if not is_set_up(place, code):
        return None
    stamps = [_stamp(place.folder / code / name) for name in (CERTIFICATE, REVOCATION, KEY)]
    held = _held.get((place, code))
    if held is None or held[0] != stamps:
        held = _held[place, code] = stamps, read(place, code)
    return held[1]


def codes(place: Place) -> list[str]:
    """Every court for which a seal was set up."""
    return sorted(path.parent.name for path in place.folder.glob(f"*/{CERTIFICATE}"))


def _stamp(path: Path) -> str:
    try:
        found = path.stat()
    except FileNotFoundError:
        return ""
    return f"{found.st_mtime_ns}/{found.st_size}"


def read(place: Place, code: str) -> SealKey:
    """Read certificates, lists and key of a court's folder."""
    folder = place.folder / code
    try:
        certificates = tuple(x509.Certificate.load(der) for der in _blocks((folder / CERTIFICATE).read_bytes()))
        lists = _lists(folder / REVOCATION)
    except (OSError, ValueError) as problem:
        raise Unusable(Fault.UNREADABLE, str(problem)) from problem
    if not certificates:
        raise Unusable(Fault.UNREADABLE, CERTIFICATE)
    return SealKey(certificates, lists, _source(place, code, folder))


def _lists(path: Path) -> tuple[crl.CertificateList, ...]:
    if not path.is_file():
        return ()
    return tuple(crl.CertificateList.load(der) for der in _blocks(path.read_bytes()))


def _blocks(content: bytes) -> list[bytes]:
    """The parts of a file in text form, or the one of a file in binary form."""
    if not pem.detect(content):
        return [content]
    return [der for _kind, _headers, der in pem.unarmor(content, multiple=True)]


def _source(place: Place, code: str, folder: Path) -> Signer:
    from mediation.documents import signing  # noqa: PLC0415  only who signs loads the signing library

    if (folder / KEY).is_file():
        return signing.InFile(folder / KEY, place.passphrase)
    if place.token:
        return signing.OnToken(place.token, code, LABEL, place.passphrase)
    raise Unusable(Fault.UNREADABLE, KEY)


def roots(place: Place) -> list[bytes]:
    """The roots under which the seals of this installation stand; what is signed under no other is ours."""
    last = (_blocks((place.folder / code / CERTIFICATE).read_bytes())[-1] for code in codes(place))
    return list(dict.fromkeys(last))
