"""A seal for the demonstration court: an authority of its own, a certificate and a list, all made on this machine."""

import os
from datetime import datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from mediation.documents.sealkeys import CERTIFICATE, KEY, REVOCATION
from mediation.kernel import clock

VALID = timedelta(days=5 * 365)


def make(folder: Path, court: str) -> None:
    """Make key, certificates and list of an invented authority into a folder, unless a seal lies there."""
    if (folder / CERTIFICATE).exists():
        return
    folder.mkdir(parents=True, exist_ok=True)
    begins = clock.now() - timedelta(hours=1)
    root_key, key = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
    root_name = _name("演示签章颁发机构（非真实机构）", court)
    root = _certificate(root_name, root_name, root_key.public_key(), root_key, begins, authority=True)
    leaf = _certificate(_name(f"{court}（演示印章）", court), root_name, key.public_key(), root_key, begins)
    revoked = (
        x509.CertificateRevocationListBuilder()
        .issuer_name(root_name)
        .last_update(begins)
        .next_update(begins + VALID)
        .add_extension(x509.CRLNumber(1), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(root_key.public_key()), critical=False)
        .sign(root_key, hashes.SHA256())
    )
    pem = serialization.Encoding.PEM
    _write(
        folder / KEY,
        key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()),
        mode=0o600,
    )
    _write(folder / REVOCATION, revoked.public_bytes(pem))
    # Last: who finds it finds the others.
    _write(folder / CERTIFICATE, leaf.public_bytes(pem) + root.public_bytes(pem))


def _write(path: Path, content: bytes, *, mode: int = 0o644) -> None:
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, mode), "wb") as file:
        file.write(content)


def _name(common: str, court: str) -> x509.Name:
    return x509.Name(
        [
            x509.NameAttribute(NameOID.COUNTRY_NAME, "CN"),
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, court),
            x509.NameAttribute(NameOID.COMMON_NAME, common),
        ]
    )


def _certificate(
    subject: x509.Name,
    issuer: x509.Name,
    public: ec.EllipticCurvePublicKey,
    signed_by: ec.EllipticCurvePrivateKey,
    begins: datetime,
    *,
    authority: bool = False,
) -> x509.Certificate:
    usage = x509.KeyUsage(
        digital_signature=not authority, content_commitment=not authority, key_encipherment=False,
        data_encipherment=False, key_agreement=False, key_cert_sign=authority, crl_sign=authority,
        encipher_only=False, decipher_only=False,
    )  # fmt: skip
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(public)
        .serial_number(x509.random_serial_number())
        .not_valid_before(begins)
        .not_valid_after(begins + VALID + timedelta(days=1 if authority else 0))
        .add_extension(x509.BasicConstraints(ca=authority, path_length=0 if authority else None), critical=True)
        .add_extension(usage, critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(public), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(signed_by.public_key()), critical=False)
        .sign(signed_by, hashes.SHA256())
    )
