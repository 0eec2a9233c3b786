"""The lists as spreadsheets: all or nothing, marked where wrong, once, and never a formula."""

import io
from collections.abc import Callable
from datetime import date

import pytest
import sqlalchemy as sa
from openpyxl import Workbook, load_workbook

from mediation.accounts.models import User
from mediation.kernel.audit import AuditEvent
from mediation.kernel.db import db
from mediation.roster import services as roster
from mediation.roster.models import Mediator, Organisation
from mediation.roster.rules import Category, RosterStatus
from mediation.roster.sheets import services
from mediation.roster.sheets.columns import COLUMNS, SheetKind, text_of
from tests.page import Browser, Page

Open = Callable[[User | None], Browser]
GOOD = {
    "name": "张样例", "category": "特邀调解员", "body": "历下区人民调解委员会", "place": "东关街道", "id_no": "370102199003071238",
    "phone": 13800001234, "strengths": "物业服务合同纠纷、10.35", "languages": "普通话，英语", "certificate_no": "B-001",
    "certificate_expires_on": date(2030, 5, 1), "max_open": 20,
}  # fmt: skip
BODY = {
    "name": "样例商会调解室",
    "kind": "行业调解组织",
    "place": "东关街道",
    "fee_mode": "不收费",
    "agreement_on": "2026.1.5",
}


def filled(kind: SheetKind, *rows: dict) -> bytes:
    """The template as somebody fills it."""
    book = load_workbook(io.BytesIO(services.template(kind)))
    for number, row in enumerate(rows, 2):
        for place, column in enumerate(COLUMNS[kind], 1):
            book.active.cell(number, place).value = row.get(column.name)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def hand_in(browser: Browser, kind: SheetKind, content: bytes, status: int = 302) -> Page:
    return browser.post(
        "/roster/sheets", {"kind": kind.value, "file": (io.BytesIO(content), "名册.xlsx")}, status=status
    )


def mediators() -> set[str]:
    return set(db.session.scalars(sa.select(Mediator.certificate_no)))


@pytest.fixture
def browser(app, client_for: Open, clerk_li: User) -> Browser:
    return client_for(clerk_li)


def test_a_filled_template_is_taken_over_as_candidates_and_only_once(browser: Browser, clerk_li: User) -> None:
    with_words = filled(SheetKind.MEDIATORS, GOOD, GOOD | {"name": "李样例", "certificate_no": "B-002", "id_no": None})
    hand_in(browser, SheetKind.MEDIATORS, with_words)
    made = db.session.scalars(sa.select(Mediator).where(Mediator.certificate_no == "B-001")).one()
    assert (made.status, made.category, made.phone) == (RosterStatus.CANDIDATE, Category.INVITED, "13800001234")
    assert (made.certificate_expires_on, made.max_open, made.languages) == (date(2030, 5, 1), 20, ["zh", "en"])
    assert made.person_key
    assert made.organisation.name == "历下区人民调解委员会"
    found = roster.get_mediator(clerk_li.as_actor(), made.id)
    assert "10.35" in {s.cause_code for s in found.strengths}
    assert len(found.strengths) == 2
    acts = list(db.session.scalars(sa.select(AuditEvent.action).order_by(AuditEvent.id.desc()).limit(3)))
    assert acts == ["roster_import.take_in", "mediator.create", "mediator.create"]
    before = db.session.scalar(sa.select(sa.func.count(AuditEvent.id)))
    assert "未作任何更改" in browser.get(hand_in(browser, SheetKind.MEDIATORS, with_words).location).text
    assert db.session.scalar(sa.select(sa.func.count(AuditEvent.id))) == before


WRONG = [
    ("name", None), ("category", "大师"), ("body", "没有此会"), ("place", "无名街道"), ("id_no", "370102199003071239"),
    ("phone", "12"), ("strengths", "没有这个案由"), ("languages", "鸟语"), ("certificate_no", "A-001"),
    ("certificate_no", None), ("certificate_expires_on", "下辈子"), ("max_open", "0"), ("introduction", "长" * 2001),
]  # fmt: skip


@pytest.mark.parametrize(("name", "value"), WRONG)
def test_one_wrong_cell_and_nothing_is_taken_over(browser: Browser, name: str, value: object) -> None:
    before = mediators()
    sheet = filled(SheetKind.MEDIATORS, GOOD, GOOD | {"certificate_no": "B-002", name: value})
    got = hand_in(browser, SheetKind.MEDIATORS, sheet, status=200)
    assert mediators() == before
    # A browser keeps a file only when it comes with success.
    assert got.response.headers["Content-Disposition"].startswith("attachment")
    marked = load_workbook(io.BytesIO(got.response.data)).active
    place = next(n for n, column in enumerate(COLUMNS[SheetKind.MEDIATORS], 1) if column.name == name)
    commented = {(c.row, c.column): c.comment.text for row in marked.iter_rows(min_row=2) for c in row if c.comment}
    assert set(commented) == {(3, place)}
    assert commented[3, place]
    assert marked.cell(3, place).fill.fgColor.rgb == "00F8D7DA"
    assert marked.cell(2, 1).value == "张样例"


def test_the_sheet_that_came_back_is_taken_over_once_corrected(browser: Browser) -> None:
    got = hand_in(browser, SheetKind.MEDIATORS, filled(SheetKind.MEDIATORS, GOOD | {"phone": "1"}), status=200)
    book = load_workbook(io.BytesIO(got.response.data))
    place = next(n for n, column in enumerate(COLUMNS[SheetKind.MEDIATORS], 1) if column.name == "phone")
    book.active.cell(2, place).value = "13800001234"
    out = io.BytesIO()
    book.save(out)
    hand_in(browser, SheetKind.MEDIATORS, out.getvalue())
    assert "B-001" in mediators()


def test_a_number_twice_in_one_sheet_names_the_row(browser: Browser) -> None:
    got = hand_in(browser, SheetKind.MEDIATORS, filled(SheetKind.MEDIATORS, GOOD, GOOD), status=200)
    marked = load_workbook(io.BytesIO(got.response.data)).active
    texts = [c.comment.text for row in marked.iter_rows(min_row=2) for c in row if c.comment]
    assert len(texts) == 1
    assert "2" in texts[0]


def test_bodies_come_in_the_same_way(browser: Browser) -> None:
    hand_in(browser, SheetKind.BODIES, filled(SheetKind.BODIES, BODY))
    made = db.session.scalars(sa.select(Organisation).where(Organisation.name == BODY["name"])).one()
    assert made.status is RosterStatus.CANDIDATE
    assert made.street_id
    wrong = BODY | {"name": "另一调解室", "kind": "人民调解委员会", "fee_mode": "按公示标准收费"}
    hand_in(browser, SheetKind.BODIES, filled(SheetKind.BODIES, wrong), status=200)


def test_a_wrong_heading_is_marked(browser: Browser) -> None:
    got = hand_in(browser, SheetKind.BODIES, filled(SheetKind.MEDIATORS, GOOD), status=200)
    assert load_workbook(io.BytesIO(got.response.data)).active.cell(1, 2).comment


@pytest.mark.parametrize("content", [b"", b"no sheet", b"PK\x03\x04 broken", b"%PDF-1.7"])
def test_what_is_no_sheet_is_refused_on_the_page(browser: Browser, content: bytes) -> None:
    page = hand_in(browser, SheetKind.MEDIATORS, content, status=422)
    assert page.errors()


def test_an_empty_template_is_refused(browser: Browser) -> None:
    assert hand_in(browser, SheetKind.MEDIATORS, services.template(SheetKind.MEDIATORS), status=422).errors()


@pytest.mark.parametrize("kind", SheetKind)
def test_the_template_and_the_export(browser: Browser, kind: SheetKind) -> None:
    # What may be answered with a file leaves its button as it was: the corrected sheet is handed in from the same page.
    assert browser.get("/roster/sheets").soup.select_one("form.house-form button[data-download]")
    got = browser.get(f"/roster/sheets/{kind.value}/template.xlsx")
    assert load_workbook(io.BytesIO(got.response.data)).active.cell(1, 1).value.endswith("*")
    browser.get("/roster/sheets/nothing/template.xlsx", status=404)
    got = browser.post(f"/roster/sheets/{kind.value}/export", status=200)
    told = [[c.value for c in row] for row in load_workbook(io.BytesIO(got.response.data)).active.iter_rows()]
    assert any("历下区人民调解委员会" in row for row in told)


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "＝", "\t="])
def test_nothing_that_leaves_or_comes_back_is_a_formula(browser: Browser, start: str) -> None:
    nasty = f"{start}HYPERLINK(1)"
    book = Workbook()
    for place, column in enumerate(COLUMNS[SheetKind.MEDIATORS], 1):
        book.active.cell(1, place).value = str(column.label)
        cell = book.active.cell(2, place)
        cell.value = (GOOD | {"employer": nasty, "phone": "1"}).get(column.name)
        cell.data_type = "s" if column.name == "employer" else cell.data_type
    out = io.BytesIO()
    book.save(out)
    got = hand_in(browser, SheetKind.MEDIATORS, out.getvalue(), status=200)
    cells = [c for row in load_workbook(io.BytesIO(got.response.data)).active.iter_rows() for c in row if c.value]
    assert {c.data_type for c in cells} == {"s"}
    assert not [c.value for c in cells if c.value.startswith(start)]
    assert text_of("'" + nasty.strip()) == nasty.strip()


@pytest.mark.parametrize("login", ["judge_chen", "mediator_wang", "organisation_user", "auditor"])
def test_who_may_not(client_for: Open, login: str, request: pytest.FixtureRequest) -> None:
    stranger = client_for(request.getfixturevalue(login))
    stranger.get("/roster/sheets", status=403)
    stranger.post("/roster/sheets", {}, status=403)
    stranger.post("/roster/sheets/mediators/export", status=403)


def test_another_court_exports_its_own(client_for: Open, clerk_of_other_court: User, mediator_wang: User) -> None:
    got = client_for(clerk_of_other_court).post("/roster/sheets/mediators/export", status=200)
    rows = list(load_workbook(io.BytesIO(got.response.data)).active.iter_rows())
    assert len(rows) == 1
