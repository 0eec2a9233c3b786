"""The audit administrator reads, checks and takes along the trail; and changes nothing of it."""

import csv
import io

import pytest
import sqlalchemy as sa
from openpyxl import load_workbook

from mediation.accounts import administration, services
from mediation.kernel import audit, clock
from mediation.kernel.audit import AuditEvent, FaultKind
from mediation.kernel.db import db
from mediation.trail import rules
from mediation.trail import services as trail
from tests import builders, world
from tests.kernel.test_audit import by_hand, without_guard


def rows(page) -> list[str]:
    return [" ".join(tr.get_text(" ").split()) for tr in page.soup.select("table.trail tbody tr")]


@pytest.mark.parametrize("login", sorted(set(world.PEOPLE) - {"auditor"}))
def test_nobody_else_reads_the_trail(client_for, request, login):
    browser = client_for(request.getfixturevalue(login))
    browser.get("/trail", status=403)
    browser.post("/trail/verify", status=403)
    browser.post("/trail/file", status=403)


def test_entries_stand_in_words_newest_first(client_for, auditor, clerk_li, sysadmin):
    dispute = builders.make_dispute(clerk_li.as_actor())
    administration.close(sysadmin.as_actor(), clerk_li, reason="调离本院")
    page = client_for(auditor).get("/trail")
    assert "停用账号。理由：调离本院" in rows(page)[0]
    assert "账号 clerk_li" in rows(page)[0]
    assert any(dispute.receipt_no in row for row in rows(page))
    seqs = [int(row.split()[0]) for row in rows(page)]
    assert seqs == sorted(seqs, reverse=True)


def test_no_case_content(client_for, auditor, clerk_li):
    """None of the three administrators sees what a dispute is about (GB/T 22239 8.1.5)."""
    builders.make_dispute(clerk_li.as_actor(), claims="请求返还押金一万元")
    browser = client_for(auditor)
    for url in ("/trail", "/trail?subject=party", "/trail?subject=dispute"):
        page = browser.get(url)
        assert not any(name in page.html for name in ("刘某", "汪某", "返还押金", "浴霸", builders.TENANT_ID)), url
    file = browser.post("/trail/file", {"format": "csv"}, status=200).response.get_data(as_text=True)
    assert "刘某" not in file


@pytest.mark.parametrize(
    ("kind", "facts", "shown"),
    [
        ("party", {"name": "刘某", "role": "applicant"}, {"name": rules.HIDDEN, "role": "applicant"}),
        (
            "booking",
            {"reason": "当事人住院", "starts_at": "2026-03-02"},
            {"reason": rules.HIDDEN, "starts_at": "2026-03-02"},
        ),
        ("assignment", {"before": "issued", "after": "accepted"}, {"before": "issued", "after": "accepted"}),
        ("deadline", {"before": "2026-03-02", "after": None}, {"before": "2026-03-02", "after": None}),
        ("dispute", {"before": {"claims": "退租"}}, {"before": rules.HIDDEN}),
        ("user", {"reason": "调离", "before": ["clerk"]}, {"reason": "调离", "before": ["clerk"]}),
    ],
)
def test_what_people_wrote_is_hidden_and_codes_are_not(kind, facts, shown):
    assert rules.readable(kind, facts) == shown


def test_filters(client_for, auditor, clerk_li, triage_sun):
    first, second = builders.make_dispute(clerk_li.as_actor()), builders.make_screened(triage_sun.as_actor())
    browser = client_for(auditor)
    by_person = rows(browser.get("/trail?person=triage_sun"))
    assert by_person
    assert all("Sun" in row or "账号 triage_sun" in row for row in by_person)
    by_number = rows(browser.get(f"/trail?number={first.receipt_no}"))
    assert by_number
    assert all(first.receipt_no in row and second.receipt_no not in row for row in by_number)
    assert all("适宜" in row or "甄别" in row for row in rows(browser.get("/trail?action=dispute.screen")))
    assert rows(browser.get(f"/trail?subject=dispute&subject_id={second.id}"))
    today = f"{clock.today():%Y%m%d}"
    assert rows(browser.get(f"/trail?first={today}&last={today}"))
    assert "没有符合条件的日志" in browser.get("/trail?last=20190708").text
    assert "没有符合条件的日志" in browser.get("/trail?number=SJ-1999-000001").text
    assert browser.get("/trail?first=someday").soup.select_one(".field-error")
    browser.get("/trail?subject_id=99999999999999999999&before=x&action=%00")


def test_pages_follow_the_numbers_of_the_entries(client_for, auditor, clerk_li):
    for _ in range(2 * trail.SIZE):
        services.prefer(clerk_li.as_actor(), large_type=True)
    browser, seen = client_for(auditor), []
    page = browser.get("/trail?person=clerk_li")
    while True:
        seen += [int(row.split()[0]) for row in rows(page)]
        older = page.soup.select_one("a[rel=next]")
        if older is None:
            break
        page = browser.get(older["href"])
    wanted = sa.select(AuditEvent.seq).where(
        AuditEvent.court_id == clerk_li.court_id,
        sa.or_(
            AuditEvent.actor_id == clerk_li.id,
            sa.and_(AuditEvent.subject_type == "user", AuditEvent.subject_id == clerk_li.id),
        ),
    )
    assert seen == sorted(db.session.scalars(wanted), reverse=True)
    newer = page.soup.select_one("a[rel=prev]")["href"]
    assert int(rows(browser.get(newer))[-1].split()[0]) > int(rows(page)[0].split()[0])


def test_another_courts_entries_do_not_exist(client_for, auditor, clerk_of_other_court):
    services.prefer(clerk_of_other_court.as_actor(), large_type=True)
    assert "没有符合条件的日志" in client_for(auditor).get("/trail?person=clerk_of_other_court").text


def test_checking_says_how_far_and_when_and_is_written_down(client_for, auditor):
    browser = client_for(auditor)
    assert "尚未校验" in browser.get("/trail").text
    through = audit.head_of(auditor.court_id)
    browser.post("/trail/verify")
    page = browser.get("/trail")
    assert f"范围为第1条至第{through}条" in page.text
    last = db.session.scalars(sa.select(AuditEvent).where(AuditEvent.action == "trail.verify")).one()
    assert (last.actor_id, last.facts) == (auditor.id, {"through": through, "faults": []})


def test_checking_names_the_entry_that_was_changed(fresh_app):
    auditor = builders.someone("auditor")
    court_id, actor = auditor.court_id, auditor.as_actor()
    without_guard()
    by_hand("UPDATE audit_event SET actor_name = 'x' WHERE court_id = :court AND seq = 5", court=court_id)
    check = trail.verify(actor)
    assert [(fault.kind, fault.seq) for fault in check.faults] == [(FaultKind.CHANGED, 5)]
    client = fresh_app.test_client()
    token = services.open_session(builders.someone("auditor"), address="127.0.0.1")
    with client.session_transaction() as session:
        session["_user_id"], session["_fresh"] = token, True
    db.session.remove()
    page = client.get("/trail").get_data(as_text=True)
    assert "不完整" in page
    assert "第5条与写入时不一致" in page


def test_taking_it_along_as_a_spreadsheet(client_for, auditor, clerk_li):
    dispute = builders.make_dispute(clerk_li.as_actor())
    answer = client_for(auditor).post("/trail/file", {"format": "xlsx", "number": dispute.receipt_no}, status=200)
    sheet = load_workbook(io.BytesIO(answer.response.data)).active
    head, *lines = list(sheet.values)
    assert head[:3] == ("序号", "时间", "操作人")
    assert lines
    assert all(dispute.receipt_no in line for line in lines)
    note = db.session.scalars(sa.select(AuditEvent).where(AuditEvent.action == "trail.export")).one()
    assert note.facts == {"rows": len(lines), "format": "xlsx", "number": dispute.receipt_no}


def test_taking_it_along_as_text_runs_nothing(client_for, auditor, sysadmin, clerk_li):
    administration.close(sysadmin.as_actor(), clerk_li, reason="x")
    data = administration.AccountData(name="=HYPERLINK(1)", person_key=clerk_li.person_key)
    administration.edit(sysadmin.as_actor(), clerk_li, data, version=clerk_li.version)
    services.prefer(builders.someone("clerk_li").as_actor(), large_type=True)
    answer = client_for(auditor).post("/trail/file", {"format": "csv"}, status=200)
    assert answer.response.data.startswith(b"\xef\xbb\xbf")
    lines = list(csv.reader(io.StringIO(answer.response.data.decode("utf-8-sig"))))
    assert any(line[2] == "'=HYPERLINK(1)" for line in lines)
    assert not any(cell.startswith(("=", "+", "-", "@")) for line in lines for cell in line)


def test_too_many_entries_are_asked_for_in_parts(client_for, auditor, monkeypatch):
    monkeypatch.setattr(rules, "MOST_ROWS", 3)
    assert "缩小日期范围" in client_for(auditor).post("/trail/file", {"format": "csv"}, status=409).text


def test_the_search_leads_to_a_person_or_a_dispute(client_for, auditor, clerk_li):
    dispute = builders.make_dispute(clerk_li.as_actor())
    browser = client_for(auditor)
    found = browser.post("/search", {"q": dispute.receipt_no}, status=200)
    assert found.soup.select_one(f'a[href="/trail?number={dispute.receipt_no}"]')
    assert browser.post("/search", {"q": "clerk_li"}, status=200).soup.select_one('a[href="/trail?person=clerk_li"]')
