"""The court's own head, seal and standing phrase: from a day on, checked, kept in versions."""

import io
from datetime import timedelta

import page as pdf_validator
import pytest
import sqlalchemy as sa
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from mediation.documents import composing, engine, labels, letterheads, making
from mediation.kernel import clock
from mediation.kernel.db import db
from mediation.kernel.errors import DomainError, NotPermitted
from tests.conftest import actor_of
from tests.documents.reading import paper


def picture(width: int = 400, height: int = 400, form: str = "PNG") -> bytes:
    out = io.BytesIO()
    mode = "RGB" if form == "JPEG" else "RGBA"
    Image.new(mode, (width, height), (200, 16, 46)).save(out, form)
    return out.getvalue()


@pytest.fixture
def admin(sysadmin):
    return actor_of(sysadmin)


def make(admin, **over):
    told = {"valid_from": clock.today(), "heading": "", "phrase": "", "seal": None}
    return letterheads.make(admin, **(told | over))


def letter(ask, **over):
    data = {
        "applicants": ["龚䶮"], "received_on": "2026-03-02", "cause": "房屋租赁合同纠纷", "missing": ["证据目录"],
        "contact": "", "court": "济南市历下区人民法院", "asked_on": "2026-03-02",
    }  # fmt: skip
    return ask(kind="correction", title="补正通知书", number="SJ-2026-000001", data=data, **over)


def test_papers_asked_for_from_that_day_carry_it(ask, admin):
    before = letter(ask)
    make(admin, heading="中华人民共和国济南市历下区人民法院", phrase="本院诉讼服务中心工作日九时至十七时接待。")
    after = letter(ask)
    assert paper(before).startswith("济南市历下区人民法院补正通知书")
    assert paper(after).startswith("中华人民共和国济南市历下区人民法院补正通知书")
    assert "工作日九时至十七时接待。" in paper(after)
    assert "接待" not in paper(before)


def test_the_phrase_stands_on_letters_only(ask, admin):
    make(admin, phrase="本院诉讼服务中心工作日九时至十七时接待。")
    assert "接待" not in paper(ask())


def test_a_version_for_later_waits_for_its_day(ask, admin):
    made = make(admin, valid_from=clock.today() + timedelta(days=1), heading="明日人民法院")
    assert "明日" not in paper(letter(ask))
    assert letterheads.on(admin.court_id, clock.today() + timedelta(days=1)) is made


def test_the_court_s_own_seal_is_printed_and_the_file_stays_archival(ask, admin):
    make(admin, seal=picture())
    job = making.job_of(letter(ask))
    page = composing.compose(job.kind, job.sheet, job.data)
    assert page.pictures[0].startswith("data:image/png;base64,")
    written = engine.render(page.html, created=page.created, pictures=page.pictures, facts=job.data)
    for profile in ("3a", "ua1"):
        assert pdf_validator.validate_pdf_bytes(written, profile=profile).is_compliant


def test_without_a_new_picture_the_seal_in_force_stays(admin):
    first = make(admin, seal=picture())
    assert make(admin, heading="样例人民法院").seal == first.seal


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (picture(200, 200), labels.SEAL_SIZE),
        (picture(2001, 2001), labels.SEAL_SIZE),
        (picture(400, 500), labels.SEAL_NOT_SQUARE),
        (picture(form="JPEG"), labels.SEAL_NO_PNG),
        (b"%PDF-1.7", labels.SEAL_NO_PNG),
        (picture()[:80], labels.SEAL_NO_PNG),
        (b"\x89PNG" + b"x" * 600_000, labels.SEAL_TOO_HEAVY),
    ],
    ids=["small", "large", "not square", "jpeg", "pdf", "cut", "heavy"],
)
def test_a_picture_that_is_no_seal_is_refused(admin, content, why):
    with pytest.raises(DomainError) as refused:
        make(admin, seal=content)
    assert (refused.value.field, refused.value.message) == ("seal", why)
    assert letterheads.of_court(admin.court_id) == []


def test_only_the_picture_is_kept(admin):
    out = io.BytesIO()
    image = Image.new("RGBA", (400, 400))
    note = PngInfo()
    note.add_text("Comment", "somebody's secret")
    image.save(out, "PNG", pnginfo=note)
    assert b"secret" in out.getvalue()
    assert b"secret" not in make(admin, seal=out.getvalue()).seal


def test_it_never_begins_in_the_past(admin):
    with pytest.raises(DomainError) as refused:
        make(admin, valid_from=clock.today() - timedelta(days=1))
    assert refused.value.field == "valid_from"


def test_it_is_the_system_administrators(clerk_li):
    with pytest.raises(NotPermitted):
        make(actor_of(clerk_li))


def test_the_database_keeps_every_version(admin):
    make(admin, heading="样例人民法院")
    with pytest.raises(sa.exc.DBAPIError, match="never changed"), db.session.begin_nested():
        db.session.execute(sa.text("UPDATE letterhead SET heading = 'x'"))


def test_the_page(client_for, sysadmin, admin):
    browser = client_for(sysadmin)
    browser.post(
        "/documents/letterhead",
        {
            "valid_from": clock.today().isoformat(),
            "heading": "样例人民法院",
            "phrase": "",
            "seal": (io.BytesIO(picture()), "seal.png"),
        },
    )
    page = browser.get("/documents/letterhead")
    assert "样例人民法院" in page.text
    (shown,) = page.soup.select("main table img")
    answer = browser.client.get(shown["src"])
    assert (answer.status_code, answer.mimetype) == (200, "image/png")


def test_what_was_typed_stays_when_the_picture_is_refused(client_for, sysadmin):
    sent = {
        "valid_from": clock.today().isoformat(),
        "heading": "样例人民法院",
        "phrase": "",
        "seal": (io.BytesIO(b"x"), "seal.png"),
    }
    page = client_for(sysadmin).post("/documents/letterhead", sent, status=422)
    assert page.field("heading") == "样例人民法院"
    assert "不是PNG图片" in page.text


def test_strangers_see_no_seal(client_for, admin, clerk_li):
    made = make(admin, seal=picture())
    client_for(clerk_li).get(f"/documents/letterhead/{made.id}/seal", status=403)
    client_for(clerk_li).get("/documents/letterhead", status=403)
