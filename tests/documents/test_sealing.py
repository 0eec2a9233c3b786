"""The electronic seal: with a key in a file and on a token, examined by independent programs, tampered with in every way."""

import io
import os
import re
import shutil
import subprocess
from datetime import timedelta
from pathlib import Path

import page as pdf_validator
import pikepdf
import pytest
import sqlalchemy as sa
from asn1crypto import crl as asn1_crl
from asn1crypto import pem
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from mediation.cli import installation
from mediation.documents import making, sealdemo, sealkeys, services, signing, verification, workshop
from mediation.documents.models import Document, DocumentFile
from mediation.documents.rules import Alteration, Failure, Status, Verdict
from mediation.documents.sealkeys import CERTIFICATE, KEY, REVOCATION, Fault, Place, Unusable
from mediation.kernel import audit, clock
from mediation.kernel.db import db

COURT = "济南市历下区人民法院"
CODE = "鲁0102"
SOFTHSM = next((p for p in map(Path, ("/usr/lib/softhsm/libsofthsm2.so",)) if p.exists()), None)


@pytest.fixture
def seals(app, tmp_path):
    """A seal for the court of the tests, in a folder of the test's own."""
    folder = tmp_path / "seals"
    sealdemo.make(folder / CODE, COURT)
    before = app.config["SEAL_FOLDER"]
    app.config["SEAL_FOLDER"] = folder
    yield Place(folder)
    app.config["SEAL_FOLDER"] = before


@pytest.fixture
def key(seals):
    return sealkeys.of_court(seals, CODE)


@pytest.fixture
def document(ask, here, seals):
    return ask()


def content_of(document) -> bytes:
    return db.session.get_one(DocumentFile, document.id).content


@pytest.fixture
def content(document) -> bytes:
    return content_of(document)


def listed(folder: Path, *, revoked: bool = False, until: timedelta = timedelta(days=30)) -> None:
    """Write another list of revoked certificates of the invented authority."""
    root_key = ec.generate_private_key(ec.SECP256R1())
    leaf, root = x509.load_pem_x509_certificates((folder / CERTIFICATE).read_bytes())
    now = clock.now()
    made = x509.CertificateRevocationListBuilder().issuer_name(root.subject)
    made = made.last_update(min(now, now + until) - timedelta(days=1)).next_update(now + until)
    if revoked:
        entry = x509.RevokedCertificateBuilder().serial_number(leaf.serial_number).revocation_date(now)
        made = made.add_revoked_certificate(entry.build())
    signed = made.sign(root_key, hashes.SHA256())
    (folder / REVOCATION).write_bytes(signed.public_bytes(serialization.Encoding.PEM))


# --- produced under the seal ------------------------------------------------------------------------------------------


def test_what_is_sealed_is_signed_and_the_trail_says_under_which_seal(document, content, key):
    file = db.session.get_one(DocumentFile, document.id)
    assert file.seal == key.fingerprint
    event = db.session.scalars(
        sa.select(audit.AuditEvent).where(
            audit.AuditEvent.action == "document.produce", audit.AuditEvent.subject_id == document.id
        )
    ).one()
    assert event.facts["seal"] == key.fingerprint
    assert services.altered() == []


def test_what_is_not_sealed_is_not_signed(ask, here, seals):
    document = ask(sealed=False)
    assert db.session.get_one(DocumentFile, document.id).seal == ""
    assert b"/ByteRange" not in content_of(document)


def test_without_a_seal_nothing_is_signed(ask, here):
    assert b"/ByteRange" not in content_of(ask())


def test_the_signature_is_added_after_the_very_bytes(app, document, content):
    """Everything but the signature is what the typesetter wrote: taking it away leaves the plain document."""
    job = making.job_of(db.session.get_one(Document, document.id))
    app.config["SEAL_FOLDER"] = Path("/nonexistent")
    plain = making.typeset(job).content
    assert content.startswith(plain)


def test_an_independent_program_finds_the_signature_valid(content, tmp_path):
    path = tmp_path / "x.pdf"
    path.write_bytes(content)
    told = subprocess.run(["pdfsig", "-nocert", path], capture_output=True, text=True, check=True).stdout
    assert "Signature is Valid." in told
    assert "Total document signed" in told
    assert "ETSI.CAdES.detached" in told
    assert told.count("Signature #") == 1
    assert subprocess.run(["qpdf", "--check", path], capture_output=True, check=False).returncode == 0


@pytest.mark.parametrize("profile", ["3a", "ua1"])
def test_archive_and_accessibility_hold_after_signing(content, profile):
    report = pdf_validator.validate_pdf_bytes(content, profile=profile)
    assert report.is_compliant, report


def test_certificates_and_lists_lie_inside(content, key):
    with pikepdf.open(io.BytesIO(content)) as pdf:
        store = pdf.Root.DSS
        lists = [asn1_crl.CertificateList.load(bytes(one.read_bytes())) for one in store.CRLs]
        assert len(store.Certs) >= 1
    assert [one.issuer for one in lists] == [key.root.subject]


def test_the_words_can_still_be_read(document, content, tmp_path):
    path = tmp_path / "x.pdf"
    path.write_bytes(content)
    text = subprocess.run(["pdftotext", "-raw", path, "-"], capture_output=True, text=True, check=True).stdout
    assert document.number in re.sub(r"\s", "", text)


# --- examined ---------------------------------------------------------------------------------------------------------


def test_genuine_with_its_signature(document, content, key):
    found = verification.of_file(content)
    assert (found.verdict, found.document.id) == (Verdict.GENUINE, document.id)
    assert found.signature.holds
    assert found.signature.owner == key.owner


def test_a_copy_that_outlived_the_archive_proves_itself(document, content):
    found = verification.by_signature(content)
    assert found.verdict is Verdict.SIGNED
    assert found.document is None


@pytest.mark.parametrize("tail", [b"\n", b"x", b"%%EOF\n"])
def test_one_byte_appended(document, content, tail):
    found = verification.of_file(content + tail)
    assert (found.verdict, found.alteration) == (Verdict.ALTERED, Alteration.APPENDED)
    alone = verification.by_signature(content + tail)
    assert alone.verdict is Verdict.FOREIGN
    assert alone.signature is None or alone.signature.state == "partial"


def signed_range(content: bytes) -> list[int]:
    numbers = re.search(rb"/ByteRange\s*\[\s*(\d+)\s+(\d+)\s+(\d+)\s+(\d+)", content)
    start, length, second, rest = (int(one) for one in numbers.groups())
    return [*range(start, start + length, 4099), *range(second, second + rest, 97)]


def test_one_flipped_bit_anywhere_is_recognised_without_the_archive(document, content):
    places = signed_range(content)
    assert len(places) > 40
    for place in places:
        forged = content[:place] + bytes([content[place] ^ 1]) + content[place + 1 :]
        assert verification.by_signature(forged).verdict is Verdict.FOREIGN, place
        if place >= len(verification.HEAD):
            assert verification.of_file(forged).verdict is Verdict.ALTERED, place


def test_a_page_taken_out_or_saved_again(document, content):
    for change in (lambda pdf: pdf.pages.__delitem__(1), lambda _pdf: None):
        out = io.BytesIO()
        with pikepdf.open(io.BytesIO(content)) as pdf:
            change(pdf)
            pdf.save(out)
        assert verification.of_file(out.getvalue()).verdict is Verdict.ALTERED
        assert verification.by_signature(out.getvalue()).verdict is Verdict.FOREIGN


def test_something_added_as_a_later_revision(document, content):
    """An incremental update, as programs that fill forms or draw over pages make it."""
    from pyhanko.pdf_utils import generic
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

    writer = IncrementalPdfFileWriter(io.BytesIO(content))
    writer.root["/Lang"] = generic.pdf_string("en")
    writer.update_root()
    out = io.BytesIO()
    writer.write(out)
    assert verification.of_file(out.getvalue()).alteration is Alteration.APPENDED
    assert verification.by_signature(out.getvalue()).verdict is Verdict.FOREIGN


def test_a_seal_of_somebody_else_is_not_trusted(document, content, tmp_path):
    sealdemo.make(tmp_path / "other" / CODE, COURT)
    other = sealkeys.of_court(Place(tmp_path / "other"), CODE)
    with pikepdf.open(io.BytesIO(content)) as pdf:
        assert pdf.Root.AcroForm
    plain = content[: content.rindex(b"%%EOF", 0, content.index(b"/ByteRange")) + 6]
    forged = signing.sign(plain, other, court=COURT)
    found = verification.by_signature(forged)
    assert found.verdict is Verdict.FOREIGN
    assert found.signature.state == "untrusted"


def test_the_page_says_whose_seal_it_is(document, content, client_for, key):
    page = client_for(None).post("/verify", {"file": (io.BytesIO(content), "文书.pdf")}, status=200)
    assert "电子签章有效" in page.text
    assert key.owner in page.text


def test_the_page_of_a_signed_file_that_is_not_archived(key, seals, client_for):
    signed = signing.sign(blank_page(), key, court=COURT)
    page = client_for(None).post("/verify", {"file": (io.BytesIO(signed), "x.pdf")}, status=200)
    assert "不在本库存档之中" in page.text


@pytest.mark.parametrize("broken", [b"%PDF-1.7 /ByteRange", b"%PDF-1.7\n" + b"/ByteRange [0 1 2 3]" * 50, b""])
def test_what_is_no_file_breaks_nothing(seals, broken):
    assert verification.by_signature(broken).verdict is Verdict.FOREIGN
    assert signing.examine(broken, sealkeys.roots(seals)) is None


# --- a seal that may not be used --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("moved", "fault", "failure"),
    [
        (timedelta(days=-2), Fault.NOT_YET, Failure.SEAL_PERIOD),
        (timedelta(days=6 * 366), Fault.EXPIRED, Failure.SEAL_PERIOD),
    ],
)
def test_outside_its_period_nothing_is_issued(ask, here, seals, key, moved, fault, failure):
    with clock.pretend(clock.now() + moved):
        with pytest.raises(Unusable) as refused:
            key.require_usable()
        assert refused.value.fault is fault
        document = ask()
        assert (document.status, document.failure) == (Status.FAILED, failure)
        assert db.session.get(DocumentFile, document.id) is None


@pytest.mark.parametrize(
    ("list_", "failure"),
    [
        ({"revoked": True}, Failure.SEAL_REVOKED),
        ({"until": timedelta(hours=-1)}, Failure.SEAL_LIST),
        (None, Failure.SEAL_LIST),
        # A list that the authority did not sign proves nothing.
        ({}, Failure.SEAL_KEY),
    ],
    ids=["revoked", "too old", "missing", "not by the authority"],
)
def test_without_proof_that_it_is_not_revoked_nothing_is_issued(ask, here, seals, list_, failure):
    folder = seals.folder / CODE
    if list_ is None:
        (folder / REVOCATION).unlink()
    else:
        listed(folder, **list_)
    document = ask()
    assert (document.status, document.failure) == (Status.FAILED, failure)


@pytest.mark.parametrize("damage", ["no key", "other key", "no certificate", "locked"])
def test_a_seal_that_cannot_be_read(ask, here, seals, damage):
    folder = seals.folder / CODE
    other = ec.generate_private_key(ec.SECP256R1())
    secret = serialization.BestAvailableEncryption(b"secret") if damage == "locked" else serialization.NoEncryption()
    if damage == "no key":
        (folder / KEY).unlink()
    elif damage == "no certificate":
        (folder / CERTIFICATE).write_bytes(b"-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n")
    else:
        written = other.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, secret)
        (folder / KEY).write_bytes(written)
    document = ask()
    assert (document.status, document.failure) == (Status.FAILED, Failure.SEAL_KEY)


def test_what_failed_for_the_seal_is_produced_once_it_is_renewed(ask, here, seals, clerk_li):
    folder = seals.folder / CODE
    kept = (folder / REVOCATION).read_bytes()
    (folder / REVOCATION).unlink()
    document = ask()
    assert document.status is Status.FAILED
    (folder / REVOCATION).write_bytes(kept)
    assert services.retry(clerk_li.as_actor(), document) is Status.READY
    assert verification.of_file(content_of(document)).signature.holds


def blank_page() -> bytes:
    plain, blank = io.BytesIO(), pikepdf.new()
    blank.add_blank_page()
    blank.save(plain)
    return plain.getvalue()


def test_a_seal_is_read_once_until_a_file_of_it_changes(seals):
    first = sealkeys.of_court(seals, CODE)
    assert sealkeys.of_court(seals, CODE) is first
    held = len(sealkeys._held)
    for number in range(1, 4):
        os.utime(seals.folder / CODE / REVOCATION, ns=(number, number))
        renewed = sealkeys.of_court(seals, CODE)
        assert renewed is not first
        assert renewed.lists[0].dump() == first.lists[0].dump()
    assert len(sealkeys._held) == held, "the renewed one takes the place of the one before"
    assert sealkeys.of_court(Place(seals.folder, "another passphrase"), CODE) is not renewed


def test_one_signer_signs_again_and_again(seals, key):
    once, again = (signing.sign(blank_page(), key, court=COURT) for _n in range(2))
    assert key.signer is key.signer
    for signed in (once, again):
        assert signing.examine(signed, sealkeys.roots(seals)).holds


def test_a_key_under_a_passphrase(seals):
    folder = seals.folder / CODE
    key = serialization.load_pem_private_key((folder / KEY).read_bytes(), None)
    secret = serialization.BestAvailableEncryption("口令".encode())
    written = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, secret)
    (folder / KEY).write_bytes(written)
    for passphrase, fault in (("", Fault.LOCKED), ("falsch", Fault.LOCKED), ("口令", None)):
        found = sealkeys.read(Place(seals.folder, passphrase), CODE)
        if fault is None:
            signed = signing.sign(blank_page(), found, court=COURT)
            assert signing.examine(signed, sealkeys.roots(seals)).holds
        else:
            with pytest.raises(Unusable) as refused:
                signing.sign(blank_page(), found, court=COURT)
            assert refused.value.fault is fault


def test_the_demonstration_keeps_its_seal(seals):
    folder = seals.folder / CODE
    before = (folder / KEY).read_bytes()
    sealdemo.make(folder, COURT)
    assert (folder / KEY).read_bytes() == before
    assert (folder / KEY).stat().st_mode & 0o077 == 0


# --- on a token -------------------------------------------------------------------------------------------------------


@pytest.fixture
def token(seals, tmp_path, monkeypatch):
    """The same key on a token of a known maker's software; the file is taken away."""
    if SOFTHSM is None:
        pytest.skip("softhsm2 is not installed here")
    (tmp_path / "tokens").mkdir()
    (tmp_path / "softhsm.conf").write_text(f"directories.tokendir = {tmp_path}/tokens\nlog.level = ERROR\n")
    monkeypatch.setenv("SOFTHSM2_CONF", str(tmp_path / "softhsm.conf"))
    tool = ["softhsm2-util", "--module", str(SOFTHSM)]
    subprocess.run([*tool, "--init-token", "--free", "--label", CODE, "--so-pin", "0000", "--pin", "1234"], check=True)
    subprocess.run(
        [*tool, "--import", str(seals.folder / CODE / KEY), "--token", CODE, "--label", "seal", "--id", "01", "--pin", "1234"],
        check=True,
    )  # fmt: skip
    (seals.folder / CODE / KEY).unlink()
    return Place(seals.folder, "1234", str(SOFTHSM))


SIGN_ON_TOKEN = """
import io, sys
from pathlib import Path
from mediation.documents import sealkeys, signing
folder, module, pin, source, target = sys.argv[1:]
place = sealkeys.Place(Path(folder), pin, module)
key = sealkeys.of_court(place, "鲁0102")
try:
    for _twice in range(2):
        Path(target).write_bytes(signing.sign(Path(source).read_bytes(), key, court="济南市历下区人民法院"))
except sealkeys.Unusable as problem:
    print(problem.detail)
    sys.exit(problem.fault.value)
"""


def on_token(place: Place, source: Path, target: Path) -> str:
    """In a process of its own, as in a worker: a token's module is loaded once and for all."""
    told = [str(place.folder), place.token, place.passphrase, str(source), str(target)]
    import sys

    root = Path(__file__).resolve().parents[2]
    done = subprocess.run(
        [sys.executable, "-c", SIGN_ON_TOKEN, *told],
        cwd=root,
        env=os.environ,
        capture_output=True,
        text=True,
        check=False,
    )
    return done.stderr.strip()


def test_the_token_signs_and_keeps_its_key(token, tmp_path):
    plain, signed = tmp_path / "plain.pdf", tmp_path / "signed.pdf"
    plain.write_bytes(blank_page())
    assert on_token(token, plain, signed) == ""
    assert signing.examine(signed.read_bytes(), sealkeys.roots(token)).holds
    wrong = Place(token.folder, "9999", token.token)
    assert on_token(wrong, plain, tmp_path / "none.pdf") == Fault.LOCKED.value
    assert not (tmp_path / "none.pdf").exists()


# --- commands ---------------------------------------------------------------------------------------------------------


def test_the_folder_proves_itself(app, document, content, tmp_path):
    folder = tmp_path / "out"
    folder.mkdir()
    (folder / "a.pdf").write_bytes(content)
    (folder / "b.pdf").write_bytes(content + b"x")
    (folder / "c.pdf").write_bytes(b"%PDF-1.7")
    done = app.test_cli_runner().invoke(args=["documents", "verify", "--alone", str(folder)])
    assert done.exit_code == 1
    lines = done.output.splitlines()
    assert lines[0].startswith("a.pdf holds: 济南市历下区人民法院")
    assert lines[1].startswith("b.pdf partial: ")
    assert lines[2] == "c.pdf has no signature of a known court"


def test_alone_without_a_folder(app):
    done = app.test_cli_runner().invoke(args=["documents", "verify", "--alone"])
    assert done.exit_code != 0
    assert "folder" in done.output


def set_up(app, source: Path, *more: str):
    told = ["--certificate", str(source / CERTIFICATE), "--revocation", str(source / REVOCATION)]
    return app.test_cli_runner().invoke(args=["documents", "seal", CODE, *told, *more])


def test_a_seal_is_tried_before_it_is_set_up(app, seals, tmp_path):
    source = tmp_path / "new"
    sealdemo.make(source, COURT)
    done = set_up(app, source, "--key", str(source / KEY))
    assert done.exit_code == 0, done.output
    assert COURT in done.output
    assert (seals.folder / CODE / KEY).read_bytes() == (source / KEY).read_bytes()
    assert sealkeys.codes(seals) == [CODE]


@pytest.mark.parametrize("damage", ["revoked", "other key"])
def test_a_seal_that_does_not_hold_changes_nothing(app, seals, tmp_path, damage):
    source = tmp_path / "new"
    sealdemo.make(source, COURT)
    if damage == "revoked":
        listed(source, revoked=True)
    else:
        shutil.copy(seals.folder / CODE / KEY, source / KEY)
    before = (seals.folder / CODE / CERTIFICATE).read_bytes()
    done = set_up(app, source, "--key", str(source / KEY))
    assert done.exit_code != 0
    assert "nothing was changed" in done.output
    assert (seals.folder / CODE / CERTIFICATE).read_bytes() == before
    assert sealkeys.of_court(seals, CODE) is not None


def test_the_lists_are_renewed_in_the_folder(seals):
    first = sealkeys.of_court(seals, CODE)
    listed(seals.folder / CODE, until=timedelta(days=99))
    renewed = sealkeys.of_court(seals, CODE)
    assert renewed.lists_until != first.lists_until
    assert pem.detect((seals.folder / CODE / REVOCATION).read_bytes())


def test_doctor_warns_before_the_seal_ends(app, seals):
    listed(seals.folder / CODE, until=timedelta(days=10))
    warned = list(installation._seals())
    assert len(warned) == 1
    assert warned[0].startswith(f"a seal of {CODE}")
    assert "old_list" in warned[0]
    listed(seals.folder / CODE, until=timedelta(days=60))
    assert list(installation._seals()) == []


def test_the_worker_signs_and_examines(app, ask, seals, key):
    """As in the running server: the key is read by the worker, and a refusal comes back whole."""
    app.config["DOCUMENTS"] = "pool"
    try:
        document = ask()
        assert db.session.get_one(DocumentFile, document.id).seal == key.fingerprint
        assert verification.of_file(content_of(document)).signature.holds
        (seals.folder / CODE / REVOCATION).unlink()
        assert ask(title="第二份").failure is Failure.SEAL_LIST
    finally:
        workshop.close()
        app.config["DOCUMENTS"] = "later"
