"""Signing a finished document under a court's seal, and examining the signature of a file, without any network.

One signature (PAdES), invisible, over the whole file, which allows no later change; the certificates and the lists of
revoked ones go into the same revision, so that the file proves itself when their issuer is gone. The seal that people
see is drawn on the page. The archive's marks (PDF/A-3a, PDF/UA-1) stay.
"""

import io
import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import Any

from asn1crypto import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from pyhanko.config.pkcs11 import TokenCriteria
from pyhanko.keys import load_private_key_from_pemder_data
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign import fields, signers
from pyhanko.sign.pkcs11 import PKCS11Signer, open_pkcs11_session
from pyhanko.sign.signers.pdf_signer import DSSContentSettings, SigDSSPlacementPreference
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.sign.validation.dss import DocumentSecurityStore
from pyhanko.sign.validation.status import SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext
from pyhanko_certvalidator.registry import SimpleCertificateStore

from mediation.documents.sealkeys import Fault, SealKey, Unusable, owner_of

FIELD = "CourtSeal"

# What is wrong with a file from outside is this product's to say, not the library's log.
for _name in ("pyhanko", "pyhanko_certvalidator"):
    logging.getLogger(_name).setLevel(logging.CRITICAL)


# --- what signs -------------------------------------------------------------------------------------------------------


class _KeptKey(signers.SimpleSigner):
    """The library reads and proves its key anew for each signature; here it is kept as it was read."""

    key: Any

    def sign_raw(self, data: bytes, digest_algorithm: str) -> bytes:
        digest = getattr(hashes, digest_algorithm.upper().replace("-", ""))()
        if isinstance(self.key, rsa.RSAPrivateKey):
            return self.key.sign(data, padding.PKCS1v15(), digest)
        signed: bytes = self.key.sign(data, ec.ECDSA(digest))
        return signed


@dataclass(frozen=True)
class InFile:
    """A key in a file, under a passphrase in production."""

    path: Path
    passphrase: str = ""

    @cached_property
    def _kept(self) -> Any:
        content, secret = self.path.read_bytes(), self.passphrase.encode() or None
        try:
            return serialization.load_pem_private_key(content, password=secret)
        except TypeError:
            # A passphrase for a key that has none; or none for one that has.
            if secret is None:
                raise Unusable(Fault.LOCKED) from None
            return serialization.load_pem_private_key(content, password=None)
        except ValueError as problem:
            raise Unusable(Fault.LOCKED if secret else Fault.UNREADABLE, str(problem)) from problem

    def signer(self, certificates: Sequence[x509.Certificate]) -> Any:
        """Sign with the key in memory."""
        key = self._kept
        public = key.public_key().public_bytes(
            serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
        )
        if public != certificates[0].public_key.dump():
            raise Unusable(Fault.OTHER_KEY)
        plain = key.private_bytes(
            serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        made = _KeptKey(
            signing_cert=certificates[0],
            signing_key=load_private_key_from_pemder_data(plain, None),
            cert_registry=SimpleCertificateStore.from_certs(certificates),  # type: ignore[no-untyped-call]
        )
        made.key = key
        return made


@dataclass(frozen=True)
class OnToken:
    """A key on a token: the token signs, the key never leaves it."""

    # The token maker's PKCS #11 module.
    module: str
    token: str
    label: str
    pin: str = ""

    @cached_property
    def _session(self) -> Any:
        try:
            # No slot is named: the token's own label finds it.
            criteria = TokenCriteria(label=self.token)
            return open_pkcs11_session(self.module, None, criteria, self.pin or None)
        except Exception as problem:  # each maker's module fails in its own way
            raise Unusable(Fault.LOCKED, f"{type(problem).__name__} {self.token}") from problem

    def signer(self, certificates: Sequence[x509.Certificate]) -> Any:
        """Sign on the token."""
        return PKCS11Signer(
            self._session,
            key_label=self.label,
            signing_cert=certificates[0],
            ca_chain=certificates[1:],
            # Every token signs a digest; few hash what is signed by themselves.
            use_raw_mechanism=True,
        )


class _Added(IncrementalPdfFileWriter):
    """Adds to a file and leaves its description as it was: rewritten, it would no longer be an archive's (PDF/A)."""

    def _update_meta(self) -> None:
        pass


# --- signing ----------------------------------------------------------------------------------------------------------


def sign(content: bytes, key: SealKey, *, court: str) -> bytes:
    """The file under the court's seal: the same bytes, and the signature after them.

    Unusable when the seal may not be used today, or does not sign.
    """
    key.require_usable()
    trusted = ValidationContext(
        trust_roots=[key.root],
        other_certs=list(key.certificates),
        crls=list(key.lists),
        allow_fetching=False,
        revocation_mode="require",
    )
    told = signers.PdfSignatureMetadata(
        field_name=FIELD,
        name=court,
        reason="人民法院电子签章",
        md_algorithm="sha256",
        subfilter=fields.SigSeedSubFilter.PADES,
        certify=True,
        docmdp_permissions=fields.MDPPerm.NO_CHANGES,
        embed_validation_info=True,
        validation_context=trusted,
        dss_settings=DSSContentSettings(include_vri=False, placement=SigDSSPlacementPreference.TOGETHER_WITH_SIGNATURE),
    )
    # Beyond the edge of the page the field is nothing a reader's aid must speak of (PDF/UA-1, 7.18.1).
    unseen = fields.InvisSigSettings(set_print_flag=True, box_out_of_bounds=True)
    place = fields.SigFieldSpec(FIELD, on_page=0, invis_sig_settings=unseen, readable_field_name=f"{court}电子签章")
    with key.lock:
        try:
            signer = signers.PdfSigner(told, key.signer, new_field_spec=place)
            signed = signer.sign_pdf(_Added(io.BytesIO(content)))
        except Unusable:
            raise
        except Exception as problem:
            raise Unusable(Fault.UNREADABLE, f"{type(problem).__name__}: {problem}"[:150]) from problem
    written: bytes = signed.getvalue()
    return written


# --- examining --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Signature:
    """What a file's own signature says: whose it is, when it was made by its own account, and whether it holds."""

    owner: str = ""
    at: datetime | None = None
    # Nothing of what was signed was changed.
    intact: bool = False
    # The signature covers every byte of the file.
    whole: bool = False
    # Made with a certificate that was valid then, under one of the known roots, and in no list of revoked ones.
    trusted: bool = False

    @property
    def holds(self) -> bool:
        """Genuine and complete by itself, without any archive."""
        return self.state == "holds"

    @property
    def state(self) -> str:
        """In one word what is wrong, the gravest first."""
        if not self.intact:
            return "altered"
        if not self.whole:
            return "partial"
        return "holds" if self.trusted else "untrusted"


def examine(content: bytes, roots: Sequence[bytes]) -> Signature | None:
    """The one signature of a file under these roots; None when there is none, or more than the court ever makes."""
    try:
        reader = PdfFileReader(io.BytesIO(content))
        found = reader.embedded_signatures
        if len(found) != 1:
            return None
        signature = found[0]
        start, length, second, rest = (int(n) for n in signature.byte_range)
        trusted = [x509.Certificate.load(der) for der in roots]
        at = signature.self_reported_timestamp
        settings = {
            "trust_roots": trusted,
            "moment": at,
            "best_signature_time": at,
            "allow_fetching": False,
            "revocation_mode": "require",
        }
        status = validate_pdf_signature(signature, _context(reader, settings))
    except Exception:  # noqa: BLE001  a broken file breaks its reader in any way it likes
        return None
    covers = status.coverage == SignatureCoverageLevel.ENTIRE_FILE
    return Signature(
        owner=owner_of(signature.signer_cert),
        at=at,
        intact=bool(status.intact and status.valid and status.docmdp_ok),
        # Bytes after the end are read by nobody and covered by nothing.
        whole=covers and start == 0 and second > length and second + rest == len(content),
        trusted=bool(status.trusted),
    )


def _context(reader: PdfFileReader, settings: dict[str, Any]) -> ValidationContext:
    try:
        store = DocumentSecurityStore.read_dss(reader)
    except Exception:  # noqa: BLE001  without embedded lists nothing can be trusted, which the context then says
        return ValidationContext(**settings)
    return store.as_validation_context(settings)
