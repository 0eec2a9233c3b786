"""Signed papers come back: found by the code printed on them, kept as they are, never changed."""

import io

import pytest
import segno
import sqlalchemy as sa
from PIL import Image
from sqlalchemy.exc import DBAPIError

from mediation.agreements.services import drafting
from mediation.documents import making, rules, scans
from mediation.documents import services as store
from mediation.documents.models import Document, DocumentScan
from mediation.documents.rules import Folder, Match
from mediation.kernel import audit
from mediation.kernel.db import db
from mediation.kernel.errors import DomainError
from tests import builders


@pytest.fixture
def agreement(clerk_li, mediator_wang):
    """Put up for signature; its papers were printed."""
    mediator = mediator_wang.as_actor()
    assignment = builders.accepted_assignment(clerk_li.as_actor(), mediator)
    builders.open_session(mediator, assignment)
    made = builders.drafted_agreement(mediator, assignment)
    drafting.put_up(mediator, made)
    for number in db.session.scalars(sa.select(Document.id).where(Document.dispute_id == made.dispute_id)).all():
        store._settle(number, store.system(made.court_id), making.Made(b"%PDF-1.7 x" + str(number).encode()))
    db.session.commit()
    return made


def picture(document, *, angle=0, kind="png", code=None):
    """A page with the square code at its foot, a little askew as scanners are."""
    drawn = io.BytesIO()
    text = f"https://court.example/verify/{document.code}" if code is None else code
    segno.make(text, error="m").save(drawn, kind="png", scale=5, border=4)
    page = Image.new("L", (1240, 1754), 255)
    page.paste(Image.open(drawn).convert("L"), (120, 1400))
    written = io.BytesIO()
    page.rotate(angle, fillcolor=255).convert("RGB").save(written, {"png": "PNG", "jpg": "JPEG", "pdf": "PDF"}[kind])
    return written.getvalue()


def blank(kind="png"):
    written = io.BytesIO()
    Image.new("L", (400, 600), 255).save(written, {"png": "PNG", "pdf": "PDF"}[kind])
    return written.getvalue()


def printed(agreement) -> Document:
    return db.session.get_one(Document, agreement.document_id)


def send(browser, agreement, content, status=302, **fields):
    data = {"file": (io.BytesIO(content), "scan"), "document": "0", **fields}
    return browser.post(
        f"/disputes/{agreement.dispute_id}/scans", data, status=status, content_type="multipart/form-data"
    )


@pytest.mark.parametrize("kind", ["png", "jpg", "pdf"])
@pytest.mark.parametrize("angle", [0, 3, 180])
def test_a_scan_finds_its_document_by_the_code_on_it(clerk_li, agreement, kind, angle):
    content = picture(printed(agreement), kind=kind, angle=angle)
    scan = scans.keep(clerk_li.as_actor(), agreement.dispute_id, content)
    assert (scan.document_id, scan.match, scan.content) == (agreement.document_id, Match.CODE, content)


def test_a_signed_paper_is_kept_as_it_came_and_shown_beside_its_document(
    client_for, clerk_li, mediator_wang, agreement
):
    content = picture(printed(agreement))
    page = send(client_for(mediator_wang), agreement, content, note="双方当场签名")
    page = client_for(clerk_li).get(page.location)
    assert "双方当场签名" in page.text
    assert "调解协议书" in page.text
    link = page.soup.select_one("a[href^='/scans/']")["href"]
    answer = client_for(clerk_li).get(link).response
    assert answer.data == content
    assert answer.mimetype == "image/png"
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    assert "document_scan.keep" in {event.action for event in audit.of_dispute(agreement.dispute_id)}
    assert (
        f"/disputes/{agreement.dispute_id}/scans" in client_for(clerk_li).get(f"/disputes/{agreement.dispute_id}").html
    )
    assert list(audit.verify()) == []


@pytest.mark.parametrize("kind", ["png", "pdf"])
def test_where_no_code_can_be_read_a_person_says_which_document_it_is(client_for, clerk_li, agreement, kind):
    browser = client_for(clerk_li)
    page = send(browser, agreement, blank(kind), status=422, note="拍照")
    assert page.field("note") == "拍照"
    assert any("二维码" in error for error in page.errors())
    send(browser, agreement, blank(kind), document=str(agreement.document_id))
    scan = db.session.scalars(sa.select(DocumentScan)).one()
    assert (scan.document_id, scan.match) == (agreement.document_id, Match.HAND)


def refused(clerk, agreement, content, **more):
    with pytest.raises(DomainError) as found:
        scans.keep(clerk.as_actor(), agreement.dispute_id, content, **more)
    return found.value.field


def test_the_code_has_the_last_word(clerk_li, mediator_wang, agreement):
    other = next(d for d in store.of_dispute(clerk_li.as_actor(), agreement.dispute_id) if d.id != agreement.document_id and d.folder is Folder.COURT_TRANSFERABLE)  # fmt: skip
    assert refused(clerk_li, agreement, picture(printed(agreement)), document_id=other.id) == "document"
    elsewhere = builders.signed_agreement(clerk_li.as_actor(), mediator_wang.as_actor(), builders.make_consented(clerk_li.as_actor()))  # fmt: skip
    number = elsewhere.document_id
    store._settle(number, store.system(elsewhere.court_id), making.Made(b"%PDF-1.7 y"))
    assert refused(clerk_li, agreement, picture(printed(elsewhere))) == "file"
    assert refused(clerk_li, agreement, picture(printed(agreement), code="https://elsewhere.example/")) == "document"


@pytest.mark.parametrize("content", [b"", b"GIF89a", b"<html>", b"MZ", b"%PDF-" + b"0" * rules.LARGEST_SCAN])
def test_what_is_no_scan_is_not_kept(clerk_li, agreement, content):
    assert refused(clerk_li, agreement, content) == "file"
    assert db.session.scalar(sa.select(sa.func.count(DocumentScan.id))) == 0


@pytest.mark.parametrize("content", [b"\x89PNG broken", b"\xff\xd8\xff", b"%PDF-1.7 nothing"])
def test_a_broken_file_has_no_code(clerk_li, agreement, content):
    assert refused(clerk_li, agreement, content) == "document"


def test_the_same_scan_is_kept_once(clerk_li, agreement):
    content = picture(printed(agreement))
    scans.keep(clerk_li.as_actor(), agreement.dispute_id, content)
    assert refused(clerk_li, agreement, content) == "file"


def test_without_a_file_the_form_comes_back(client_for, clerk_li, agreement):
    assert client_for(clerk_li).post(f"/disputes/{agreement.dispute_id}/scans", {"document": "0"}, status=422).errors()


@pytest.mark.parametrize(
    ("who", "status"),
    [("clerk_of_other_court", 404), ("mediator_zhao", 404), ("judge_chen", 403), ("president_he", 403), ("auditor", 403)],
)  # fmt: skip
def test_nobody_else_scans_papers_in(request, client_for, clerk_li, agreement, who, status):
    browser = client_for(request.getfixturevalue(who))
    browser.get(f"/disputes/{agreement.dispute_id}/scans", status=status)
    send(browser, agreement, picture(printed(agreement)), status=status)


def test_a_stranger_reads_no_scan(client_for, clerk_li, clerk_of_other_court, mediator_zhao, agreement):
    scan = scans.keep(clerk_li.as_actor(), agreement.dispute_id, picture(printed(agreement)))
    for who in (clerk_of_other_court, mediator_zhao):
        client_for(who).get(f"/scans/{scan.id}", status=404)


def test_the_scan_of_a_confidential_paper_stays_with_the_mediation(client_for, clerk_li, mediator_wang, agreement):
    mediator = mediator_wang.as_actor()
    paper = store.request(
        mediator, kind="mediation_record", subject=agreement, dispute_id=agreement.dispute_id, title="调解笔录", data={},
        folder=Folder.MEDIATION_CONFIDENTIAL,
    )  # fmt: skip
    scan = scans.keep(mediator, agreement.dispute_id, blank(), document_id=paper.id)
    client_for(clerk_li).get(f"/scans/{scan.id}", status=403)
    assert "调解笔录" not in client_for(clerk_li).get(f"/disputes/{agreement.dispute_id}/scans").text
    client_for(mediator_wang).get(f"/scans/{scan.id}")
    assert "document_scan.read" in {event.action for event in audit.of_dispute(agreement.dispute_id)}


def test_a_scan_never_changes(clerk_li, agreement):
    scan = scans.keep(clerk_li.as_actor(), agreement.dispute_id, picture(printed(agreement)))
    table = DocumentScan.__table__
    for change in (table.update().values(note="x"), table.delete()):
        with pytest.raises(DBAPIError, match="never changed"), db.session.begin_nested():
            db.session.execute(change.where(table.c.id == scan.id))
