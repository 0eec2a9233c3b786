"""The worker's heartbeat, the queue's age, servers out of reach; who sees it; receipts are paced; no numbers on open ways."""

import json
from datetime import timedelta

import pytest
import sqlalchemy as sa

from mediation.cli import installation
from mediation.kernel import clock
from mediation.kernel.db import db
from mediation.kernel.errors import DomainError
from mediation.notices import health, rules, templates, views, wording
from mediation.notices.models import NoticeTemplate, WorkerPass
from mediation.notices.rules import Channel, Problem
from tests.notices.gateways import gateway, mail_server, nobody_listens
from tests.notices.test_worker import SECRET, SOON, SmsGateway, report, smtp, told

DONE = {"sent": 3, "put_off": 1, "given_up": 0}


@pytest.fixture
def sms(app, monkeypatch):
    with gateway() as found:
        monkeypatch.setitem(app.config, "SMS", SmsGateway(URL=found.url, SECRET=SECRET, TIMEOUT=SOON))
        yield found


def test_the_heartbeat_is_one_row_for_each_machine(app):
    with clock.pretend(clock.now() - timedelta(hours=1)):
        health.beat("one", DONE)
    health.beat("one", DONE | {"sent": 0})
    health.beat("two", DONE)
    found = {one.machine: one for one in health.passes()}
    assert set(found) == {"one", "two"}
    assert (found["one"].sent, found["one"].put_off) == (0, 1)
    assert clock.now() - found["one"].ended_at < timedelta(minutes=1)


def test_silence_is_told_only_where_something_could_be_sent(app, sms, monkeypatch):
    assert health.state().is_silent, "it never ran"
    health.beat("one", DONE)
    assert not health.state().is_silent
    with clock.pretend(clock.now() + rules.SILENCE + timedelta(seconds=1)):
        assert health.state().is_silent
        monkeypatch.setitem(app.config, "SMS", None)
        assert not health.state().is_silent


def test_what_is_due_for_too_long_is_stale(clerk_li, clerk_of_other_court, sms):
    told(clerk_li.as_actor(), count=2)
    now = health.state(clerk_li.court_id)
    assert (now.due, now.is_stale, now.dead) == (2, False, 0)
    assert health.state(clerk_of_other_court.court_id).due == 0
    with clock.pretend(clock.now() + rules.STALE + timedelta(seconds=1)):
        assert health.state().is_stale


def doctor(_app):
    return "\n".join(installation._sending())


def test_the_doctor_names_what_keeps_notices_from_going_out(app, clerk_li, sms, monkeypatch):
    monkeypatch.setitem(app.config, "SMTP", smtp(nobody_listens()))
    told(clerk_li.as_actor())
    with clock.pretend(clock.now() + rules.STALE + timedelta(seconds=1)):
        said = doctor(app)
    assert "the mail server (MEDIATION_SMTP_HOST)" in said
    assert "MEDIATION_SMS_URL" not in said
    assert "never ran" in said
    assert "sent notices: 1 are due" in said
    assert all(secret not in said for secret in ("刘某", "13800000001", SECRET))
    with mail_server() as post:
        monkeypatch.setitem(app.config, "SMTP", smtp(post.port))
        health.beat("one", DONE)
        said = doctor(app)
    assert post.letters == []
    assert "MEDIATION_SMTP_HOST" not in said
    assert "worker" not in said
    assert sms.requests == []


def test_servers_out_of_reach_are_named_by_their_problem(app, monkeypatch):
    monkeypatch.setitem(app.config, "SMS", SmsGateway(URL=f"http://127.0.0.1:{nobody_listens()}/", SECRET=SECRET))
    with mail_server() as post:
        # It does not encrypt: sending would fail, so reaching does.
        monkeypatch.setitem(app.config, "SMTP", smtp(post.port, STARTTLS=True))
        found = health.unreachable()
    assert found[Channel.SMS] is Problem.UNREACHABLE
    assert Channel.E_MAIL in found


def test_the_system_administrator_sees_numbers_and_tries_the_connections(client_for, clerk_li, sysadmin, sms):
    told(clerk_li.as_actor())
    browser = client_for(sysadmin)
    page = browser.get("/notices/sending").text
    assert "刘某" not in page
    browser.post("/preferences", {"locale": "en"})
    assert "No worker has ended a pass" in browser.get("/notices/sending").text
    health.beat("machine-seven", DONE)
    assert "machine-seven" in browser.get("/notices/sending").text
    assert "answers" in browser.post("/notices/sending", status=200).text
    assert sms.requests == []


@pytest.mark.parametrize("who", ["clerk_li", "mediator_wang", "president_he", "auditor"])
def test_nobody_else_sees_it(request, client_for, who):
    browser = client_for(request.getfixturevalue(who))
    browser.get("/notices/sending", status=403)
    browser.post("/notices/sending", status=403)


def test_who_cannot_sign_has_to_wait_soon_and_the_gateway_has_not(app, sms):
    client = app.test_client()
    answers = [client.post("/notices/receipts", data=b"{}").status_code for _ in range(views.UNSIGNED.limit + 1)]
    assert answers == [400] * views.UNSIGNED.limit + [429]
    report(app, {"id": "nobody", "status": "delivered", "at": clock.now().isoformat()}, status=404)


def test_an_arrival_still_to_come_is_not_believed(app, sms):
    report(app, {"id": "x", "status": "delivered", "at": (clock.now() + timedelta(days=1)).isoformat()}, status=400)


NUMBERS = (
    "370102199001011234",
    "37010219900101123X",
    "6222 0200 0000 0000 123",
    "３７０１０２１９９００１０１１２３４",
    "370102900101123",
)
CODE = (
    "{when.__class__}在{place}", "{when!r}{place}", "{when:>9999999}{place}", "{0}{when}{place}", "{}{when}{place}",
    "{when[0]}{place}", "{recipient.__init__.__globals__}{when}{place}", "{when}{place", "{when}{place}}",
    "{config}{when}{place}", "{when}{place}{self}",
)  # fmt: skip


@pytest.mark.parametrize("number", NUMBERS)
@pytest.mark.parametrize("channel", sorted(rules.OPEN_CHANNELS))
def test_no_identity_or_account_number_goes_over_an_open_channel(channel, number):
    with pytest.raises(DomainError) as refused:
        templates.check("session", channel, f"{number}请于{{when}}到{{place}}。")
    assert refused.value.article == rules.SECRECY
    templates.check("session", Channel.PAPER, f"{number}请于{{when}}到{{place}}。")


@pytest.mark.parametrize(
    ("channel", "text", "words"),
    [
        ("sms", "请于{when}到{place}，协商支付3万元。", "“3万元”：他人可能看到的通知不得含有金额"),
        ("e_mail", "请于{when}到{place}，协商本金。", "“本金”：他人可能看到的通知不得含有金额"),
        ("sms", "请于{when}到{place}参加{amount}调解。", "“amount”填空项；可用的填空项：{place}, {when}"),
        ("sms", "请于{when}参加调解。", "缺少：{place}"),
    ],
)
def test_what_may_not_be_sent_openly_is_named_with_the_reason(client_for, sysadmin, channel, text, words):
    fields = {"text": text, "valid_from": clock.today().isoformat(), "reason": "试用"}
    page = client_for(sysadmin).post(f"/notices/wording/session/{channel}", fields, status=422)
    assert words in page.text
    assert page.field("text") == text
    if "不得含有" in words:
        assert "需要写明的，可以写入纸质通知或者电话告知的文字。" in page.text
        assert "《民事诉讼法解释》第一百四十六条" in page.text
        paper = fields | {"preview": "1"}
        assert client_for(sysadmin).post("/notices/wording/session/paper", paper, status=200)
    assert db.session.scalar(sa.select(sa.func.count(NoticeTemplate.id))) == 0


@pytest.mark.parametrize("text", CODE)
@pytest.mark.parametrize("channel", wording.TO_PARTIES)
def test_template_code_is_refused_on_every_channel(client_for, sysadmin, channel, text):
    with pytest.raises(DomainError):
        templates.check("session", channel, text)
    fields = {"text": text, "valid_from": clock.today().isoformat(), "reason": "试用"}
    page = client_for(sysadmin).post(f"/notices/wording/session/{channel}", fields, status=422)
    assert page.field("text") == text
    assert db.session.scalar(sa.select(sa.func.count(NoticeTemplate.id))) == 0


def test_the_code_of_another_language_is_only_words(client_for, sysadmin):
    text = "{{{{ config }}}} <script>alert(1)</script> %(when)s ${{when}} {when}{place}"
    page = client_for(sysadmin).post(
        "/notices/wording/session/paper", {"text": text, "valid_from": clock.today().isoformat(), "preview": "1"}, status=200
    ).html  # fmt: skip
    assert "<script>alert(1)" not in page
    assert "&lt;script&gt;" in page
    assert SECRET not in page


def test_a_worker_that_ended_well_has_left_its_heartbeat(app, fresh_app):
    answer = fresh_app.test_cli_runner().invoke(args=["worker", "--once"])
    assert answer.exit_code == 0, answer.output
    with fresh_app.app_context():
        (one,) = db.session.scalars(sa.select(WorkerPass)).all()
        assert json.dumps([one.sent, one.put_off, one.given_up]) == "[0, 0, 0]"
