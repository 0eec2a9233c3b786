"""Somebody shows a file or a code: every way of tampering is recognised and named, and nothing is told of the content."""

import io
import json

import pikepdf
import pytest
import sqlalchemy as sa

from mediation.documents import engine, services, specimen, verification
from mediation.documents.models import DocumentFile
from mediation.documents.rules import Alteration, Verdict
from mediation.kernel.db import db


@pytest.fixture
def document(ask, here):
    return ask()


@pytest.fixture
def content(document) -> bytes:
    return db.session.get_one(DocumentFile, document.id).content


def told(content: bytes) -> tuple[Verdict, Alteration | None, int | None]:
    found = verification.of_file(content)
    return found.verdict, found.alteration, found.document.id if found.document else None


def saved(content: bytes, change) -> bytes:
    """What another program makes of the file."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(content)) as pdf:
        change(pdf)
        pdf.save(out)
    return out.getvalue()


def swap_facts(pdf) -> None:
    pdf.attachments[engine.FACTS] = pikepdf.AttachedFileSpec(pdf, json.dumps({"amount": 1}).encode())


def drop_page(pdf) -> None:
    del pdf.pages[1]


def drop_facts(pdf) -> None:
    del pdf.attachments[engine.FACTS]


def test_the_archived_file_is_genuine(document, content):
    assert told(content) == (Verdict.GENUINE, None, document.id)


@pytest.mark.parametrize("part", range(0, 100, 7))
def test_one_flipped_bit_is_recognised_wherever_it_is(document, content, part):
    place = 8 + (len(content) - 9) * part // 100
    forged = content[:place] + bytes([content[place] ^ 1]) + content[place + 1 :]
    verdict, alteration, whose = told(forged)
    assert (verdict, whose) == (Verdict.ALTERED, document.id)
    # A flip in the attachment's own bytes or in the list of pages may be named as what it destroyed.
    assert alteration in {Alteration.BYTES, Alteration.ATTACHMENT, Alteration.PAGES}


def test_a_flipped_bit_in_one_of_the_codes_leaves_the_other(document, content):
    place = content.find(document.code.encode())
    forged = content[:place] + bytes([content[place] ^ 1]) + content[place + 1 :]
    assert told(forged) == (Verdict.ALTERED, Alteration.BYTES, document.id)


@pytest.mark.parametrize("tail", [b"\n", b"x", b"%%EOF\n", b"\n1 0 obj\n<<>>\nendobj\n"])
def test_appended_bytes(document, content, tail):
    assert told(content + tail) == (Verdict.ALTERED, Alteration.APPENDED, document.id)


def test_a_missing_end(document, content):
    assert told(content[:-1]) == (Verdict.ALTERED, Alteration.CUT, document.id)


@pytest.mark.parametrize(
    ("change", "named"),
    [
        (drop_page, Alteration.PAGES),
        (swap_facts, Alteration.ATTACHMENT),
        (drop_facts, Alteration.ATTACHMENT),
        (lambda _pdf: None, Alteration.SAVED_AGAIN),
    ],
    ids=["page removed", "attachment swapped", "attachment removed", "saved again"],
)
def test_what_another_program_did(document, content, change, named):
    assert told(saved(content, change)) == (Verdict.ALTERED, named, document.id)


def test_an_old_version(ask, document, content):
    ask(data={**specimen.DATA, "conclusion": "更正后的结论。"})
    assert told(content) == (Verdict.SUPERSEDED, None, document.id)
    assert verification.of_code(document.code).verdict is Verdict.SUPERSEDED


def test_a_correction_that_is_not_produced_supersedes_nothing(app, ask, document, content):
    app.config["DOCUMENTS"] = "later"
    ask(data={**specimen.DATA, "conclusion": "更正后的结论。"})
    assert told(content) == (Verdict.GENUINE, None, document.id)


@pytest.mark.parametrize("foreign", [b"", b"%PDF-", b"%PDF-1.7 AAAA-BBBB-CCCC-DDDD", b"x" * 999, b"PK\x03\x04"])
def test_what_is_not_ours(document, foreign):
    assert told(foreign) == (Verdict.FOREIGN, None, None)


def test_a_draft_typeset_elsewhere_with_our_look_is_not_ours(document):
    out = io.BytesIO()
    pikepdf.new().save(out)
    assert told(out.getvalue()) == (Verdict.FOREIGN, None, None)


def show(client, content: bytes):
    return client.post("/verify", {"file": (io.BytesIO(content), "文书.pdf")}, status=200)


def test_anybody_shows_a_file_without_an_account(document, content, client_for):
    page = show(client_for(None), content)
    assert "真实、完整" in page.text
    assert document.number in page.text
    altered = show(client_for(None), content + b"x")
    assert "文件末尾之后被添加了内容" in altered.text
    foreign = show(client_for(None), b"%PDF-1.7")
    assert "不是本院文书" in foreign.text
    for page_shown in (page, altered, foreign):
        for secret in ("刘晏婷", "禾盛", "98,000"):
            assert secret not in page_shown.text


def test_nothing_is_kept_of_what_was_shown(document, content, client_for):
    count = sa.select(sa.func.count(DocumentFile.document_id))
    before = db.session.scalar(count)
    show(client_for(None), content + b"x")
    assert db.session.scalar(count) == before


def test_without_a_file_the_form_says_so(client_for):
    page = client_for(None).post("/verify", {}, status=422)
    assert "请先选择文件" in page.text


def test_the_command_names_what_is_wrong_in_a_folder(app, document, content, tmp_path):
    (tmp_path / "a.pdf").write_bytes(content)
    (tmp_path / "b.pdf").write_bytes(content + b"x")
    (tmp_path / "c.pdf").write_bytes(b"%PDF-1.7")
    done = app.test_cli_runner().invoke(args=["documents", "verify", str(tmp_path)])
    assert done.exit_code == 1
    lines = done.output.splitlines()
    assert lines[0].startswith("a.pdf genuine: 民事调解书")
    assert lines[1].startswith("b.pdf altered (appended): 民事调解书")
    assert lines[2] == "c.pdf foreign"


def test_a_typed_code(document):
    assert verification.of_code(document.code).verdict is Verdict.GENUINE
    assert verification.of_code("AAAA-BBBB-CCCC-DDDD").verdict is Verdict.FOREIGN
    assert services.by_code("") is None
