"""Taking over a holiday notice on the page: pasted or uploaded, looked at, then done; and who is told."""

from datetime import date
from io import BytesIO

import pytest
import sqlalchemy as sa

from mediation.accounts import services as accounts
from mediation.kernel.audit import AuditEvent
from mediation.kernel.db import db
from mediation.kernel.sheets import workbook
from mediation.notices.models import Notice
from mediation.periods import services as periods
from mediation.periods.models import CalendarDay, Deadline
from mediation.periods.notice import as_table, read
from mediation.periods.table import PeriodKey
from mediation.reminders import moving
from tests import builders
from tests.periods.notices import NOTICE_2026, NOTICE_2027_MADE_UP

D = date.fromisoformat


def clock_of(actor, dispute, *, key=PeriodKey.MEDIATION_OUT, start="2026-12-10") -> Deadline:
    """A period that ends provisionally on 2027-01-11 and, after the notice, on 2027-01-09."""
    return periods.open_deadline(actor, key, subject=dispute, dispute_id=dispute.id, start=D(start))


def sheet(*rows, head=("日期", "安排", "节日")) -> tuple[BytesIO, str]:
    return BytesIO(workbook("放假", head, rows)), "2027.xlsx"


def take_over(admin):
    return moving.take_over(
        admin.as_actor(), read(NOTICE_2027_MADE_UP).entries, source_doc="通知", published_on=D("2026-11-20")
    )


def messages() -> list[Notice]:
    return list(db.session.scalars(sa.select(Notice).where(Notice.kind == "deadline.moved").order_by(Notice.id)))


def test_from_the_pasted_text_to_the_table(client_for, sysadmin, clerk_li):
    dispute = builders.make_dispute(clerk_li.as_actor())
    deadline = clock_of(clerk_li.as_actor(), dispute)
    browser = client_for(sysadmin)
    page = browser.get("/holidays")
    assert "2027 — — 暂定" in page.text
    shown = browser.post("/holidays", {"text": NOTICE_2027_MADE_UP}, status=200)
    for words in ("2027年1月11日", "2027年1月9日", "调休上班", "春节", "变动的届满日 1"):
        assert words in shown.text, words
    assert dispute.receipt_no not in shown.text
    assert db.session.get(Deadline, deadline.id).final_on == D("2027-01-11")
    assert shown.field("published_on") == "2026-11-20"
    done = browser.post("/holidays/take-over", shown.as_shown())
    assert done.location == "/holidays"
    after = browser.get("/holidays")
    assert "1个期限的届满日有变动" in after.text
    assert "已通知1人" in after.text
    found = db.session.get(Deadline, deadline.id)
    assert (found.final_on, found.provisional, found.history[0]["final"]) == (D("2027-01-09"), False, "2027-01-11")
    row = db.session.get(CalendarDay, D("2027-02-09"))
    assert (row.source_doc, row.published_on) == ("国务院办公厅关于2027年部分节假日安排的通知", D("2026-11-20"))
    actions = set(db.session.scalars(sa.select(AuditEvent.action)))
    assert {"calendar.import", "deadline.recompute", "notice.enqueue"} <= actions
    assert "重新计算" in client_for(clerk_li).get(f"/disputes/{dispute.id}?timeline=all").text


def test_another_year_than_the_one_typed_is_one_mistake_not_one_for_each_weekday(client_for, sysadmin):
    page = client_for(sysadmin).post("/holidays", {"text": NOTICE_2027_MADE_UP, "year": "2026"}, status=422)
    assert "有1处错误，未导入任何内容" in page.text
    assert "第1行：通知年度为2027，与所填2026不符：请更正年度，或者粘贴该年度的通知。" in page.text
    assert page.field("year") == "2026"


def test_mistakes_are_told_whole_in_english_too(client_for, sysadmin):
    browser = client_for(sysadmin)
    with browser.client.session_transaction() as session:
        session["locale"] = "en"
    rows = "2027-06-09\t放假\t端午节\n2027-06-09\t放假\t端午节\n2027-06-08\t上班\t端午节\n2027-06-31\t放假\t端午节"
    page = browser.post("/holidays", {"text": rows}, status=422)
    assert "Line 2: 2027-06-09 is named twice, the first time here: Line 1." in page.text
    assert "Line 3: 2027-06-08 is a Tuesday and no weekend" in page.text
    assert "Line 4: “2027-06-31” is no day of the calendar." in page.text


def test_mistakes_are_told_at_their_lines_and_the_text_stays(client_for, sysadmin):
    wrong = NOTICE_2027_MADE_UP.replace("1月9日（周六）", "1月9日（周五）").replace("4月3日（周六）", "4月31日（周六）")
    page = client_for(sysadmin).post("/holidays", {"text": wrong}, status=422)
    assert "有2处错误，未导入任何内容" in page.text
    assert "第2行：“1月9日（周五）”：该日应为周六。" in page.text
    assert "第4行：“4月31日（周六）”不是存在的日期。" in page.text
    assert page.field("text").splitlines() == wrong.splitlines()
    assert 2027 not in periods.calendar().noticed


def test_a_year_that_is_not_said_is_asked_for(client_for, sysadmin):
    body = "\n".join(NOTICE_2027_MADE_UP.splitlines()[1:8])
    browser = client_for(sysadmin)
    assert "未写明年度" in browser.post("/holidays", {"text": body}, status=422).text
    assert browser.post("/holidays", {"text": body, "year": "2027"}, status=200).field("year") == "2027"
    browser.post("/holidays", {"text": body, "year": "1"}, status=422)
    browser.post("/holidays", {"text": body, "year": "x"}, status=422)


def test_a_spreadsheet_is_read_like_the_text(client_for, sysadmin):
    entries = read(NOTICE_2027_MADE_UP).entries
    rows = [line.split("\t") for line in as_table(entries).splitlines()]
    browser = client_for(sysadmin)
    shown = browser.post("/holidays", {"file": sheet(*rows)}, status=200)
    assert read(shown.field("table"), 2027).entries == entries
    rows[2][0], rows[3][1] = "2027-02-30", "加班"
    page = browser.post("/holidays", {"file": sheet(*rows)}, status=422)
    assert "单元格A4" in page.text
    assert "单元格B5" in page.text
    for broken in ((BytesIO(b"PK\x03\x04 no"), "x.xlsx"), (BytesIO(b"day"), "x.xlsx")):
        assert "无法读取" in browser.post("/holidays", {"file": broken}, status=422).text


def test_the_second_step_reads_the_days_again(client_for, sysadmin):
    browser = client_for(sysadmin)
    shown = browser.post("/holidays", {"text": NOTICE_2027_MADE_UP}, status=200).as_shown()
    page = browser.post("/holidays/take-over", shown | {"published_on": "x"}, status=422)
    assert "确认导入" in page.text
    browser.post("/holidays/take-over", shown | {"table": "2027-02-30\tholiday\tnew_year"}, status=422)
    browser.post("/holidays/take-over", shown | {"table": ""}, status=422)
    assert 2027 not in periods.calendar().noticed


def test_a_notice_that_says_what_the_table_says_changes_nothing(client_for, sysadmin):
    page = client_for(sysadmin).post("/holidays", {"text": NOTICE_2026}, status=200)
    assert "没有日期发生变化" in page.text
    assert "没有届满日变动" in page.text
    assert "本次导入将予替换" in page.text


@pytest.mark.parametrize("name", ["secadmin", "auditor", "clerk_li", "president_he", "mediator_wang"])
def test_who_may_not(client_for, name, request):
    browser = client_for(request.getfixturevalue(name))
    browser.get("/holidays", status=403)
    browser.post("/holidays", {"text": NOTICE_2026}, status=403)
    browser.post("/holidays/take-over", {}, status=403)
    client_for(None).get("/holidays", status=401)


# ---- who is told ------------------------------------------------------------------------------------------------


def test_one_message_for_each_person_however_many_periods(sysadmin, clerk_li):
    clerk = clerk_li.as_actor()
    disputes = [builders.make_dispute(clerk) for _n in range(12)]
    for dispute in disputes:
        clock_of(clerk, dispute)
    done = take_over(sysadmin)
    assert (done.moved, done.told) == (12, 1)
    (told,) = messages()
    assert told.user_id == clerk_li.id
    assert told.text.splitlines()[0] == "2027年节假日安排已导入，您承办的12个期限届满日有变动。"
    assert "2027年1月11日 → 2027年1月9日" in told.text
    assert told.text.splitlines()[-1] == "另有2个"


def test_it_is_told_in_the_readers_own_language(sysadmin, clerk_li):
    clerk = clerk_li.as_actor()
    accounts.prefer(clerk, locale="en")
    clock_of(clerk, builders.make_dispute(clerk))
    take_over(sysadmin)
    (told,) = messages()
    first, second = told.text.splitlines()
    assert first == "The holiday notice for 2027 moves the last day of 1 time limit you hold."
    assert second.startswith("刘某 v. 汪某, ")
    assert second.endswith(": 11 January 2027 → 9 January 2027")


def test_the_mediator_who_has_it_is_told_instead_of_the_registry(sysadmin, clerk_li, mediator_wang):
    clerk = clerk_li.as_actor()
    assignment = builders.accepted_assignment(clerk, mediator_wang.as_actor())
    at_the_registry = builders.make_dispute(clerk)
    periods.open_deadline(
        clerk, PeriodKey.MEDIATION_OUT, subject=assignment, dispute_id=assignment.dispute_id, start=D("2026-12-10")
    )
    clock_of(clerk, at_the_registry)
    assert take_over(sysadmin).told == 2
    assert {told.user_id: told.dispute_id for told in messages()} == {
        mediator_wang.id: assignment.dispute_id, clerk_li.id: at_the_registry.id,
    }  # fmt: skip


def test_nobody_is_told_where_the_last_day_stays(sysadmin, clerk_li):
    clerk = clerk_li.as_actor()
    clock_of(clerk, builders.make_dispute(clerk), start="2026-12-16")
    done = take_over(sysadmin)
    assert done.moved == 0
    assert done.settled >= 1
    assert messages() == []


# ---- how the court counts -----------------------------------------------------------------------------------------


def test_a_decision_is_entered_on_the_page(client_for, sysadmin):
    browser = client_for(sysadmin)
    assert "调解期限届满日遇休息日顺延 是" in browser.get("/counting").text
    sent = {"switch": "roll_mediation_period", "value": "no", "valid_from": "今天", "reason": "审委会决定"}
    assert browser.post("/counting", sent).location == "/counting"
    page = browser.get("/counting")
    assert "调解期限届满日遇休息日顺延 否" in page.text
    assert "审委会决定" in page.text
    again = browser.post("/counting", sent, status=422)
    assert "该日已经如此适用" in again.text
    assert again.field("reason") == "审委会决定"
    assert "不溯及既往" in browser.post("/counting", sent | {"valid_from": "2026-01-01"}, status=422).text
    browser.post("/counting", {}, status=422)


@pytest.mark.parametrize("name", ["secadmin", "auditor", "clerk_li", "president_he"])
def test_nobody_else_enters_one(client_for, name, request):
    client_for(request.getfixturevalue(name)).get("/counting", status=403)
