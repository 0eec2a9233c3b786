"""The worker against a real mail server and a real gateway: what goes out, what is tried again, what is given up."""

import json
import os
import signal
import subprocess
import sys
import threading
import time
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
import sqlalchemy as sa

from config import ROOT, SmsGateway, Smtp
from mediation.disputes import services as disputes
from mediation.kernel import audit, clock
from mediation.kernel.actor import system
from mediation.kernel.db import db, transaction
from mediation.notices import channels, delivering, rules, sending, services
from mediation.notices.channels import Message, Undelivered, signature
from mediation.notices.models import Attempt, Notice
from mediation.notices.rules import Channel, NoticeStatus, Problem
from mediation.notices.services import Addressee
from mediation.periods.rules import served_electronically
from tests import builders, conftest
from tests.notices.gateways import SECRET, gateway, mail_server, nobody_listens

COURT = "济南市历下区人民法院"
SOON = 2


@pytest.fixture
def sms():
    with gateway() as told:
        yield told


@pytest.fixture
def post():
    with mail_server() as told:
        yield told


@pytest.fixture
def with_sms(app, sms, monkeypatch):
    monkeypatch.setitem(app.config, "SMS", SmsGateway(URL=sms.url, SECRET=SECRET, TIMEOUT=SOON))
    return sms


def smtp(port, **over):
    return replace(
        Smtp(HOST="127.0.0.1", PORT=port, SENDER="notices@court.example", STARTTLS=False, TIMEOUT=SOON), **over
    )


@pytest.fixture
def with_mail(app, post, monkeypatch):
    monkeypatch.setitem(app.config, "SMTP", smtp(post.port))
    return post


def told(actor, *, phone="13800000001", e_mail="", count=1):
    """So many messages, each about a dispute of its own: one told again would make the one before out of date."""
    facts = {"when": "2026年03月09日 09:30", "place": "第一调解室"}
    made = []
    for _n in range(count):
        dispute = builders.make_dispute(actor)
        to = Addressee(
            "刘某", phone=phone, e_mail=e_mail, postal="济南市样例路1号", party_id=builders.party_ids(dispute.id)[0]
        )
        made.append(services.tell(actor, to, "session", subject=dispute, dispute_id=dispute.id, facts=facts).id)
    return made


def work(worker="one"):
    courts = {1: COURT, 2: COURT}
    return sending.pass_once(worker, courts)


def now(notice_id):
    db.session.expire_all()
    return db.session.get_one(Notice, notice_id)


def tries(notice_id):
    found = sa.select(Attempt.problem).where(Attempt.notice_id == notice_id).order_by(Attempt.id)
    return list(db.session.scalars(found))


# ---- what goes out ------------------------------------------------------------------------------------------------


def test_a_text_message_goes_out_signed_once_and_keeps_its_receipt(clerk_li, with_sms):
    (number,) = told(clerk_li.as_actor())
    assert now(number).channel is Channel.SMS
    assert work() == {"sent": 1, "put_off": 0, "given_up": 0}
    assert work() == {"sent": 0, "put_off": 0, "given_up": 0}
    notice = now(number)
    assert (notice.status, notice.receipt_id, notice.attempts) == (NoticeStatus.SENT, f"r-{notice.key}", 1)
    assert notice.sent_at is not None
    assert notice.leased_until is None
    (message,) = with_sms.messages.values()
    assert message == {"key": notice.key, "to": "13800000001", "text": f"【{COURT}】{notice.text}"}
    assert with_sms.unsigned == 0
    assert {e.action for e in audit.of_dispute(notice.dispute_id)} >= {"notice.enqueue", "notice.deliver"}
    assert list(audit.verify()) == []


def test_an_e_mail_goes_out_in_chinese_with_a_number_of_its_own(clerk_li, with_mail):
    (number,) = told(clerk_li.as_actor(), phone="0531-12345678", e_mail="liu@party.example")
    assert now(number).channel is Channel.E_MAIL
    assert work()["sent"] == 1
    (letter,) = with_mail.letters
    assert letter["To"].addresses[0].addr_spec == "liu@party.example"
    assert letter["From"].addresses[0].display_name == COURT
    assert letter["Message-ID"] == f"<{now(number).key}@court.example>"
    assert now(number).text in letter.get_content()
    assert now(number).receipt_id == f"{now(number).key}@court.example"


def test_a_channel_that_is_not_set_up_is_not_offered(clerk_li, app):
    (number,) = told(clerk_li.as_actor())
    assert (now(number).channel, now(number).fallback) == (Channel.PHONE, rules.Fallback.NOT_CONFIGURED)
    with transaction():
        legacy = services.enqueue(
            clerk_li.as_actor(), subject=now(number), dispute_id=None, kind="ruling", text="请领取裁定书。",
            recipient="刘某", channel=Channel.SMS, address="13800000001",
        )  # fmt: skip
    assert legacy.channel is Channel.PHONE
    assert work() == {"sent": 0, "put_off": 0, "given_up": 0}


@pytest.mark.parametrize("configured", [set(), {Channel.SMS}, {Channel.E_MAIL}, {Channel.SMS, Channel.E_MAIL}])
@pytest.mark.parametrize("phone", ["", "13800000001", "+86 138-0000-0001", "0531-12345678"])
@pytest.mark.parametrize("e_mail", ["", "a@b.example"])
@pytest.mark.parametrize("postal", ["", "样例路1号"])
def test_every_route(configured, phone, e_mail, postal):
    channel, address, fallback = rules.route(phone=phone, e_mail=e_mail, postal=postal, configured=configured)
    is_mobile = phone.startswith(("1", "+"))
    if Channel.SMS in configured and is_mobile:
        assert (channel, address, fallback) == (Channel.SMS, "13800000001", None)
    elif Channel.E_MAIL in configured and e_mail:
        assert (channel, address, fallback) == (Channel.E_MAIL, e_mail, None)
    elif phone:
        why = rules.Fallback.NOT_CONFIGURED if is_mobile else rules.Fallback.LANDLINE
        assert (channel, address, fallback) == (Channel.PHONE, phone, why)
    else:
        why = rules.Fallback.NO_PHONE if postal else rules.Fallback.NO_ADDRESS
        assert (channel, address, fallback) == (Channel.PAPER, postal, why)


def test_no_transaction_is_open_while_the_network_takes_its_time(clerk_li, with_sms, monkeypatch):
    told(clerk_li.as_actor())
    open_then = []

    class Watching(channels.TextMessage):
        def send(self, message):
            open_then.append(db.session().in_transaction())
            return super().send(message)

    monkeypatch.setattr(channels, "TextMessage", Watching)
    assert work()["sent"] == 1
    assert open_then == [False]


# ---- what goes wrong ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("behaviour", "problem"),
    [
        ("hang", Problem.TIMED_OUT),
        ("drip", Problem.TIMED_OUT),
        ("500", Problem.FAULTY),
        ("429", Problem.FAULTY),
        ("302", Problem.FAULTY),
        ("garbage", Problem.GARBLED),
        ("drop", Problem.GARBLED),
    ],
)
def test_a_gateway_in_trouble_is_tried_again_with_the_same_key(clerk_li, with_sms, behaviour, problem):
    (number,) = told(clerk_li.as_actor())
    with_sms.behaviour = behaviour
    assert work()["put_off"] == 1
    notice = now(number)
    assert (notice.status, notice.problem, tries(number)) == (NoticeStatus.FAILED, problem, [problem])
    assert work() == {"sent": 0, "put_off": 0, "given_up": 0}, "not before its time"
    with_sms.behaviour = "ok"
    with clock.pretend(clock.now() + rules.PAUSES[0] + timedelta(seconds=1)):
        assert work()["sent"] == 1
    assert len(with_sms.messages) == 1, "the gateway knows the key"
    assert set(with_sms.requests) == {now(number).key}


def test_a_gateway_that_is_not_there(clerk_li, app, monkeypatch):
    nobody = f"http://127.0.0.1:{nobody_listens()}/"
    monkeypatch.setitem(app.config, "SMS", SmsGateway(URL=nobody, SECRET=SECRET, TIMEOUT=SOON))
    (number,) = told(clerk_li.as_actor())
    assert work()["put_off"] == 1
    assert now(number).problem is Problem.UNREACHABLE


def test_a_message_the_gateway_refuses_is_given_up_at_once(clerk_li, with_sms):
    (number,) = told(clerk_li.as_actor())
    with_sms.behaviour = "422"
    assert work()["given_up"] == 1
    assert (now(number).status, now(number).problem) == (NoticeStatus.DEAD, Problem.REFUSED)


def test_the_pauses_grow_and_end_in_the_dead_letters(clerk_li, with_sms):
    (number,) = told(clerk_li.as_actor())
    with_sms.behaviour = "500"
    moment = clock.now()
    for wait in (*rules.PAUSES, None):
        with clock.pretend(moment):
            work()
            notice = now(number)
            assert notice.next_at == (moment + wait if wait else None)
        moment += wait or timedelta(0)
    assert notice.status is NoticeStatus.DEAD
    assert notice.attempts == rules.MOST_ATTEMPTS == len(rules.PAUSES) + 1
    assert list(rules.PAUSES) == sorted(rules.PAUSES)
    delivering.again(clerk_li.as_actor(), notice)
    with_sms.behaviour = "ok"
    assert work()["sent"] == 1
    assert len(tries(number)) == rules.MOST_ATTEMPTS + 1


@pytest.mark.parametrize("problem", list(Problem))
@pytest.mark.parametrize("attempts", range(1, rules.MOST_ATTEMPTS + 2))
def test_every_pause(problem, attempts):
    given_up = problem in rules.LASTING or attempts >= rules.MOST_ATTEMPTS
    assert rules.pause(attempts, problem) == (None if given_up else rules.PAUSES[attempts - 1])


@pytest.mark.parametrize(
    ("over", "problem", "status"),
    [
        ({"recipient_answer": "550 no such person"}, Problem.BAD_ADDRESS, NoticeStatus.DEAD),
        ({"recipient_answer": "450 mailbox busy"}, Problem.FAULTY, NoticeStatus.FAILED),
        ({"answer": "554 rejected"}, Problem.REFUSED, NoticeStatus.DEAD),
        ({"answer": "451 try again"}, Problem.FAULTY, NoticeStatus.FAILED),
    ],
)
def test_a_mail_server_that_says_no(clerk_li, with_mail, over, problem, status):
    (number,) = told(clerk_li.as_actor(), phone="", e_mail="liu@party.example")
    for name, value in over.items():
        setattr(with_mail, name, value)
    work()
    assert (now(number).problem, now(number).status) == (problem, status)
    assert with_mail.letters == []


def test_mail_servers_that_are_not_there_or_do_not_encrypt_or_say_nothing(post):
    message = Message("key", "liu@party.example", "刘某", COURT, "请到庭。")
    with pytest.raises(Undelivered) as gone:
        channels.EMail(smtp(nobody_listens())).send(message)
    assert gone.value.problem is Problem.UNREACHABLE
    with pytest.raises(Undelivered):
        channels.EMail(smtp(post.port, STARTTLS=True)).send(message)
    with pytest.raises(Undelivered):
        channels.EMail(smtp(post.port, USER="court", PASSWORD="no")).send(message)
    assert post.letters == []


@pytest.mark.parametrize("address", ["", "no address", "a@b.example\nBcc: c@d.example", "a@b@c"])
def test_an_address_that_is_none_is_given_up(post, address):
    with pytest.raises(Undelivered) as refused:
        channels.EMail(smtp(post.port)).send(Message("key", address, "刘某", COURT, "请到庭。"))
    assert refused.value.problem in rules.LASTING
    assert post.letters == []


def test_a_channel_taken_away_meanwhile(clerk_li, with_sms, app, monkeypatch):
    (number,) = told(clerk_li.as_actor())
    monkeypatch.setitem(app.config, "SMS", None)
    assert work()["given_up"] == 1
    assert now(number).problem is Problem.NOT_CONFIGURED


# ---- taken back meanwhile -----------------------------------------------------------------------------------------


def test_what_is_superseded_is_not_sent_and_what_was_sent_is_shown_so(clerk_li, with_sms):
    actor = clerk_li.as_actor()
    (number,) = told(actor)
    dispute = disputes.get(actor, now(number).dispute_id)
    assert services.supersede(actor, dispute, "questioning") == 0
    assert services.supersede(actor, dispute) == 1
    assert services.supersede(actor, dispute) == 0, "once"
    assert work() == {"sent": 0, "put_off": 0, "given_up": 0}
    assert now(number).status is NoticeStatus.SUPERSEDED
    (other,) = told(actor)
    work()
    assert services.supersede(actor, disputes.get(actor, now(other).dispute_id)) == 1
    assert now(other).status is NoticeStatus.SENT
    assert now(other).superseded_at is not None


def test_superseded_while_on_its_way_is_told_as_sent_all_the_same(clerk_li, with_sms):
    actor = clerk_li.as_actor()
    (number,) = told(actor)
    held = sending.take("one", {})
    services.supersede(actor, disputes.get(actor, now(number).dispute_id))
    sending.settle("one", held, *sending.attempt(held, channels.adapters()))
    notice = now(number)
    assert (notice.status, notice.superseded_at is not None, notice.sent_at is not None) == (
        NoticeStatus.SUPERSEDED, True, True,
    )  # fmt: skip
    assert "notice.sent_late" in {e.action for e in audit.of_dispute(notice.dispute_id)}


# ---- receipts -----------------------------------------------------------------------------------------------------


def report(app, body, *, secret=SECRET, moment=None, status):
    content = json.dumps(body).encode()
    at = str(int((moment or clock.now()).timestamp()))
    headers = {"X-Timestamp": at, "X-Signature": signature(secret, at, content), "Content-Type": "application/json"}
    answer = app.test_client().post("/notices/receipts", data=content, headers=headers)
    assert answer.status_code == status, answer.get_data(as_text=True)


def test_the_gateway_reports_what_became_of_a_message(app, clerk_li, with_sms):
    one, two = told(clerk_li.as_actor(), count=2)
    work()
    at = clock.now().replace(microsecond=0)
    arrived = {"id": now(one).receipt_id, "status": "delivered", "at": at.isoformat()}
    lost = {"id": now(two).receipt_id, "status": "failed", "at": at.isoformat()}
    report(app, arrived, status=204)
    report(app, arrived, status=204)
    report(app, lost, status=204)
    report(app, lost, status=204)
    assert now(one).confirmed_at == at
    assert (now(two).status, now(two).problem) == (NoticeStatus.DEAD, Problem.NOT_DELIVERED)
    assert tries(two) == [None, Problem.NOT_DELIVERED]
    report(app, arrived | {"id": "nobody knows"}, status=404)
    report(app, arrived | {"id": ""}, status=404)
    assert list(audit.verify()) == []


@pytest.mark.parametrize(
    "body",
    [{}, [], {"id": "x"}, {"id": "x", "status": "delivered", "at": "yesterday"},
     {"id": "x", "status": "delivered", "at": "2026-03-01T10:00:00"},
     {"id": "x", "status": "maybe", "at": "2026-03-01T10:00:00+08:00"}],
)  # fmt: skip
def test_reports_that_make_no_sense(app, with_sms, body):
    report(app, body, status=400)


def test_who_cannot_sign_is_not_heard(app, clerk_li, with_sms, monkeypatch):
    body = {"id": "x", "status": "delivered", "at": clock.now().isoformat()}
    report(app, body, secret="somebody else's secret", status=400)
    report(app, body, moment=clock.now() - timedelta(minutes=10), status=400)
    assert app.test_client().post("/notices/receipts", data=b"{}").status_code == 400
    monkeypatch.setitem(app.config, "SMS", None)
    report(app, body, status=400)


def test_t47_the_day_the_system_shows_as_sent_counts_not_the_day_of_reading(app, clerk_li, with_sms):
    """T47: success at 23:59:58 on 1 March, read on 3 March: served on 1 March (S2 art. 135)."""
    (number,) = told(clerk_li.as_actor())
    sent = clock.at(date(2026, 3, 1), 23, 59) + timedelta(seconds=58)
    with clock.pretend(sent):
        db.session.execute(sa.update(Notice.__table__).values(next_at=sent).where(Notice.__table__.c.id == number))
        db.session.commit()
        assert work()["sent"] == 1
    with clock.pretend(clock.at(date(2026, 3, 3), 10)):
        report(app, {"id": now(number).receipt_id, "status": "delivered", "at": clock.now().isoformat()}, status=204)
    assert served_electronically(now(number).sent_at) == date(2026, 3, 1)
    assert now(number).confirmed_at == datetime.fromisoformat("2026-03-03T10:00:00+08:00")


# ---- several workers, and one that dies ---------------------------------------------------------------------------


@pytest.fixture
def outbox(fresh_app, sms):
    """Messages that wait, on a database with real commits."""
    fresh_app.config["SMS"] = SmsGateway(URL=sms.url, SECRET=SECRET, TIMEOUT=SOON)
    made = told(builders.someone("clerk_li").as_actor(), count=12)
    db.session.remove()
    return made


def test_a_lease_keeps_others_away_until_it_ends(outbox):
    held = [sending.take(f"worker {n}", {}) for n in range(12)]
    assert len({one.id for one in held}) == 12
    assert sending.take("late", {}) is None
    with clock.pretend(clock.now() + rules.LEASE + timedelta(seconds=1)):
        again = sending.take("late", {})
        assert again.id == held[0].id
        assert again.message.key == held[0].message.key
        assert sending.settle("worker 0", held[0], "r", None, "") is None, "the first has lost it"
        assert sending.settle("late", again, "r", None, "") is NoticeStatus.SENT


def process(app, sms, *args):
    environment = os.environ | {
        "MEDIATION_MODE": "testing",
        "DATABASE_URL": app.config["SQLALCHEMY_DATABASE_URI"],
        "MEDIATION_SECRET_KEY": conftest.SECRET,
        "MEDIATION_SMS_URL": sms.url,
        "MEDIATION_SMS_SECRET": SECRET,
        "MEDIATION_SMS_TIMEOUT": "30",
        "MEDIATION_DOCUMENTS": "later",
    }
    command = [sys.executable, "-m", "flask", "--app", "wsgi", "worker", *args]
    return subprocess.Popen(
        command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )


@pytest.mark.slow
def test_two_workers_never_send_the_same_message(fresh_app, sms, outbox):
    workers = [process(fresh_app, sms, "--once") for _ in range(2)]
    said = [worker.communicate(timeout=120) for worker in workers]
    assert [worker.returncode for worker in workers] == [0, 0], said
    assert len(sms.requests) == len(set(sms.requests)) == 12
    assert sum(int(out.split(",")[0].removeprefix("sent ")) for out, _err in said) == 12
    assert {now(number).status for number in outbox} == {NoticeStatus.SENT}
    assert all(text not in out + err for out, err in said for text in ("刘某", "13800000001", SECRET))
    assert list(audit.verify()) == []


@pytest.mark.slow
def test_a_worker_killed_after_the_gateway_took_the_message(fresh_app, sms, outbox):
    sms.behaviour = "accept and hang"
    worker = process(fresh_app, sms)
    assert sms.held.wait(120), "the worker never sent anything"
    worker.kill()
    worker.communicate()
    assert worker.returncode == -signal.SIGKILL
    sms.behaviour = "ok"
    sms.free.set()
    (first,) = sms.messages
    assert work()["sent"] == 11, "what the dead worker holds waits for the end of its lease"
    with clock.pretend(clock.now() + rules.LEASE + timedelta(seconds=1)):
        assert work()["sent"] == 1
    assert sms.requests.count(first) == 2
    assert len(sms.messages) == 12
    assert {now(number).status for number in outbox} == {NoticeStatus.SENT}


@pytest.mark.slow
def test_a_worker_told_to_stop_finishes_what_it_sends(fresh_app, sms, outbox):
    worker = process(fresh_app, sms)
    until = time.monotonic() + 120
    while len(sms.messages) < 12 and time.monotonic() < until:
        time.sleep(0.1)
    worker.send_signal(signal.SIGTERM)
    worker.communicate(timeout=60)
    assert worker.returncode == 0
    assert {now(number).status for number in outbox} == {NoticeStatus.SENT}


def test_many_threads_take_each_message_once(fresh_app, outbox):
    taken, gate = [], threading.Barrier(4)

    def run(name):
        with fresh_app.app_context():
            gate.wait()
            while held := sending.take(name, {}):
                taken.append(held.id)
                db.session.remove()
            db.session.remove()

    threads = [threading.Thread(target=run, args=(f"t{n}",)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(taken) == sorted(outbox)


def test_only_the_machine_reports_what_the_machine_did(clerk_li, with_sms):
    (number,) = told(clerk_li.as_actor())
    for step in rules.MACHINE:
        assert not step.allowed(clerk_li.as_actor(), now(number))
        assert step.allowed(system(clerk_li.court_id), now(number))
