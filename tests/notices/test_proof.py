"""What proves a notice: each channel, the slip that comes back, the first of several; who records, and what is refused."""

from datetime import date, timedelta
from itertools import product

import pytest
import sqlalchemy as sa

from config import SmsGateway
from mediation.disputes import people
from mediation.disputes.models import AddressConfirmation, Dispute
from mediation.kernel import audit, clock
from mediation.kernel.actor import system
from mediation.kernel.db import db
from mediation.kernel.errors import DomainError
from mediation.notices import delivering, discretion, labels, proof, rules, sending, services, slips, wording
from mediation.notices.models import Notice, Slip
from mediation.notices.rules import Basis, Channel, NoticeStatus, Obstacle, Problem, ReturnCause, SlipOutcome, Taker
from mediation.notices.services import Addressee
from mediation.periods.rules import served_electronically
from tests import builders
from tests.notices.gateways import gateway
from tests.notices.test_worker import COURT, SECRET, SOON

S = NoticeStatus
DAY = date(2026, 3, 2)


def printed(actor, kind="questioning"):
    """A notice on paper to the first party."""
    dispute = builders.make_dispute(actor)
    to = Addressee("刘某", postal="样例路1号", party_id=builders.party_ids(dispute.id)[0])
    facts = {"when": "2026年03月09日 09:30", "place": "第一调解室"}
    return services.tell(actor, to, kind, subject=dispute, dispute_id=dispute.id, facts=facts)


def now(notice):
    db.session.expire_all()
    return db.session.get_one(Notice, notice.id)


@pytest.mark.parametrize("outcome", list(SlipOutcome))
def test_every_obstacle_of_a_slip(outcome):
    for procedural, receiver, taker, witness, photo, tracking, cause in product(
        (True, False), ("", "刘某"), (None, Taker.SELF), ("", "某居委会王某"), (True, False), ("", "EMS1"),
        (None, ReturnCause.OTHER),
    ):  # fmt: skip
        signed, left, returned = (outcome is one for one in SlipOutcome)
        expected = {
            Obstacle.NO_LITIGATION_DOCUMENT: left and not procedural,
            Obstacle.NO_RECEIVER: signed and (not receiver or taker is None),
            Obstacle.NO_WITNESS: left and not witness and not photo,
            Obstacle.NO_TRACKING: returned and not tracking,
            Obstacle.NO_CAUSE: returned and cause is None,
        }
        found = proof.slip_obstacles(
            outcome, procedural=procedural, receiver=receiver, taker=taker, witness=witness, photographed=photo,
            tracking=tracking, cause=cause,
        )  # fmt: skip
        assert set(found) == {one for one, stands in expected.items() if stands}


@pytest.mark.parametrize("cause", list(ReturnCause))
@pytest.mark.parametrize("procedural", [True, False])
def test_a_return_counts_for_litigation_documents_and_four_causes_only(cause, procedural):
    counts = proof.slip_counts(SlipOutcome.RETURNED, procedural=procedural, cause=cause)
    assert counts is (procedural and cause is not ReturnCause.OTHER)


@pytest.mark.parametrize("channel", list(Channel))
@pytest.mark.parametrize("status", list(S))
@pytest.mark.parametrize("agreed", [True, False])
def test_every_proof(channel, status, agreed):
    found = proof.prove(channel, status, sent_on=DAY, electronic_agreed=agreed)
    if status in rules.UNSENT:
        assert (found.basis, found.day) == (Basis.NOT_OUT, None)
    elif channel in rules.BY_MACHINE:
        assert found == proof.Proof(*((Basis.ELECTRONIC, DAY) if agreed else (Basis.NO_CONSENT,)))
    else:
        assert found == proof.Proof(Basis.NO_SLIP if channel is Channel.PAPER else Basis.TOLD)
    lost = proof.prove(channel, S.DEAD, sent_on=DAY, electronic_agreed=agreed, problem=Problem.NOT_DELIVERED)
    assert lost == proof.Proof(Basis.NOT_ARRIVED)
    assert set(proof.ARTICLE) == set(Basis) == set(labels.BASIS)


def test_the_first_of_several_channels_counts():
    first, later = proof.Proof(Basis.ELECTRONIC, DAY), proof.Proof(Basis.SIGNED, DAY + timedelta(days=3))
    assert proof.earliest([later, proof.Proof(Basis.TOLD), first]) == DAY
    assert proof.earliest([proof.Proof(Basis.NO_CONSENT)]) is None


@pytest.mark.parametrize("agreed", [True, False])
def test_t47_a_text_message_proves_service_only_where_it_was_agreed_to(app, clerk_li, monkeypatch, agreed):
    """T47: sent at 23:59:58 on 1 March: served on 1 March, if electronic service was agreed to (CPL art. 90)."""
    actor = clerk_li.as_actor()
    dispute = builders.make_dispute(actor)
    party = builders.party_ids(dispute.id)[0]
    to = Addressee("刘某", phone="13800000001", party_id=party, electronic=agreed)
    facts = {"when": "2026年03月09日 09:30", "place": "第一调解室"}
    with gateway() as sms, clock.pretend(clock.at(date(2026, 3, 1), 23, 59) + timedelta(seconds=58)):
        monkeypatch.setitem(app.config, "SMS", SmsGateway(URL=sms.url, SECRET=SECRET, TIMEOUT=SOON))
        told = services.tell(actor, to, "questioning", subject=dispute, dispute_id=dispute.id, facts=facts)
        assert sending.pass_once("one", {1: COURT})["sent"] == 1
    expected = served_electronically(now(told).sent_at) if agreed else None
    assert expected in {date(2026, 3, 1), None}
    assert slips.served_on(dispute, "questioning", party) == expected
    (proven,) = slips.of_dispute(dispute.id)
    assert (proven.proof.basis, proven.served_on) == (Basis.ELECTRONIC if agreed else Basis.NO_CONSENT, expected)
    services.supersede(actor, dispute)
    assert slips.served_on(dispute, "questioning", party) is None


def test_the_addressee_of_a_party_says_whether_electronic_service_was_agreed_to(clerk_li):
    dispute = builders.make_dispute(clerk_li.as_actor())
    party = people.parties(dispute.id)[0]
    assert not people.addressee(party).electronic
    party.address = AddressConfirmation(
        court_id=party.court_id, dispute_id=dispute.id, address="样例路1号", phone="13800000001", electronic=True,
        confirmed_on=clock.today(),
    )  # fmt: skip
    assert people.addressee(party).electronic
    party.address.refused = True
    assert not people.addressee(party).electronic
    db.session.rollback()


def test_a_signed_slip_is_the_day_of_service(client_for, clerk_li):
    notice = printed(clerk_li.as_actor())
    browser, today = client_for(clerk_li), clock.today().isoformat()
    browser.get(f"/notices/{notice.id}/slip")
    refused = browser.post(
        f"/notices/{notice.id}/slip", {"outcome": "signed", "on": today, "remark": "窗口"}, status=422
    )
    assert refused.field("remark") == "窗口"
    assert refused.errors()
    assert (
        browser.post(f"/notices/{notice.id}/slip", {"outcome": "signed", "on": "某日"}, status=422).field("on")
        == "某日"
    )
    fields = {"outcome": "signed", "on": today, "receiver": "刘小某", "taker": "family"}
    browser.post(f"/notices/{notice.id}/slip", fields)
    found = now(notice)
    assert found.status is S.HANDED_OVER
    assert slips.proof_of(found) == proof.Proof(Basis.SIGNED, clock.today())
    browser.post("/preferences", {"locale": "en"})
    page = browser.get(f"/notices/{notice.id}").text
    assert "Signed for on the slip" in page
    assert "刘小某" in page
    assert "Record the slip" not in page
    assert "Signed for on the slip" in browser.get(f"/disputes/{notice.dispute_id}").text
    browser.get(f"/notices/{notice.id}/slip", status=302)
    browser.post(f"/notices/{notice.id}/slip", fields, status=422)
    actions = {event.action for event in audit.of_dispute(notice.dispute_id)}
    assert {"notice.slip", "notice_slip.record"} <= actions
    assert list(audit.verify()) == []


def test_a_refusal_needs_a_witness_or_pictures_and_a_litigation_document(clerk_li):
    actor = clerk_li.as_actor()
    notice, invitation = printed(actor), printed(actor, "session")
    with pytest.raises(DomainError) as refused:
        slips.record(actor, notice, SlipOutcome.LEFT, on=clock.today(), receiver="刘某")
    assert (refused.value.article, refused.value.field) == ("CPL art. 89", "witness")
    with pytest.raises(DomainError) as refused:
        slips.record(actor, invitation, SlipOutcome.LEFT, on=clock.today(), witness="王某")
    assert refused.value.article == "S5 art. 25"
    slips.record(actor, notice, SlipOutcome.LEFT, on=clock.today(), receiver="刘某", witness="某居委会王某")
    assert slips.proof_of(now(notice)).basis is Basis.LEFT


@pytest.mark.parametrize("cause", list(ReturnCause))
def test_a_letter_that_came_back(clerk_li, cause):
    actor = clerk_li.as_actor()
    notice = printed(actor)
    delivering.deliver(actor, notice, "hand_over")
    slips.record(actor, notice, SlipOutcome.RETURNED, on=clock.today(), tracking="EMS123", cause=cause)
    found = now(notice)
    if cause is ReturnCause.OTHER:
        assert (found.status, found.problem) == (S.FAILED, Problem.NOT_REACHED)
        assert slips.proof_of(found).basis is Basis.CAME_BACK
        slips.record(actor, found, SlipOutcome.SIGNED, on=clock.today(), receiver="刘某", taker=Taker.SELF)
        assert slips.proof_of(now(notice)).basis is Basis.SIGNED
    else:
        assert found.status is S.HANDED_OVER
        assert slips.proof_of(found) == proof.Proof(Basis.RETURNED, clock.today())


@pytest.mark.parametrize("days", [1, -1])
def test_a_slip_of_another_time_is_refused(clerk_li, days):
    actor = clerk_li.as_actor()
    with pytest.raises(DomainError) as refused:
        slips.record(
            actor, printed(actor), SlipOutcome.SIGNED, on=clock.today() + timedelta(days=days), receiver="刘某",
            taker=Taker.SELF,
        )  # fmt: skip
    assert refused.value.field == "on"


def test_what_did_not_go_on_paper_has_no_slip(client_for, clerk_li):
    actor = clerk_li.as_actor()
    notice = printed(actor)
    delivering.otherwise(actor, notice, Channel.PHONE, address="0531-1234567")
    fields = {"outcome": "signed", "on": clock.today().isoformat(), "receiver": "刘某", "taker": "self"}
    client_for(clerk_li).post(f"/notices/{notice.id}/slip", fields, status=422)
    assert slips.of_notice(notice) == []


@pytest.mark.parametrize(
    ("who", "status"), [("clerk_of_other_court", 404), ("judge_chen", 403), ("mediator_wang", 403), ("sysadmin", 403)]
)
def test_only_the_registry_of_the_court_records_slips(request, client_for, clerk_li, who, status):
    notice = printed(clerk_li.as_actor())
    browser = client_for(request.getfixturevalue(who))
    browser.get(f"/notices/{notice.id}/slip", status=status)
    fields = {"outcome": "signed", "on": clock.today().isoformat(), "receiver": "刘某", "taker": "self"}
    browser.post(f"/notices/{notice.id}/slip", fields, status=status)
    assert db.session.scalar(sa.select(sa.func.count(Slip.id))) == 0


def test_before_three_failures_the_page_says_what_remains_and_after_them_the_ways(client_for, clerk_li):
    actor = clerk_li.as_actor()
    notice = printed(actor)
    browser = client_for(clerk_li)
    browser.post("/preferences", {"locale": "en"})
    for failures in range(3):
        assert f"{failures} of 3 attempts have failed" in browser.get(f"/notices/{notice.id}").text
        fields = {"channel": "paper", "address": "样例路1号", "way": "left"}
        refused = browser.post(f"/notices/{notice.id}/otherwise", fields, status=422)
        assert f"{failures} of 3 attempts" in refused.text
        delivering.deliver(actor, now(notice), "fail")
    assert "the next lawful ways" in browser.get(f"/notices/{notice.id}").text
    browser.post(f"/notices/{notice.id}/otherwise", fields)
    assert now(notice).way is rules.ServiceMethod.LEFT


# ---- the day on which it went out, and on which it arrived ------------------------------------------------------------


def days_ago(number):
    return clock.today() - timedelta(days=number)


def earlier(actor, kind="questioning"):
    """Written ten days ago, still to be handed over."""
    with clock.pretend(clock.at(days_ago(10), 9)):
        return printed(actor, kind)


def day_of_sending(notice):
    return clock.local(now(notice).sent_at).date()


@pytest.mark.parametrize(
    ("on", "out", "found"),
    [
        (1, False, Obstacle.FUTURE), (0, False, None), (-3, False, None), (-4, False, Obstacle.BEFORE_WRITING),
        (-4, True, Obstacle.BEFORE_SENDING), (1, True, Obstacle.FUTURE),
    ],
)  # fmt: skip
def test_every_obstacle_of_a_day(on, out, found):
    day = DAY + timedelta(days=on)
    assert proof.day_obstacle(day, today=DAY, not_before=DAY - timedelta(days=3), out=out) is found


def test_handed_over_on_a_day_past(client_for, clerk_li):
    notice = earlier(clerk_li.as_actor())
    browser, url = client_for(clerk_li), f"/notices/{notice.id}/delivery"
    for wrong in (days_ago(-1), days_ago(11)):
        page = browser.post(url, {"step": "hand_over", "delivery-on": str(wrong)}, status=422)
        assert page.errors()
        assert page.field("delivery-on") == str(wrong)
    assert browser.post(url, {"step": "hand_over", "delivery-on": "somewhen"}, status=422).errors()
    assert now(notice).status is S.QUEUED
    browser.post(url, {"step": "hand_over", "delivery-on": str(days_ago(4))})
    assert now(notice).status is S.HANDED_OVER
    assert day_of_sending(notice) == days_ago(4)
    last = audit.last_of("notice", notice.id, limit=1)[0]
    assert (last.action, last.facts["on"]) == ("notice.hand_over", str(days_ago(4)))


def test_a_day_put_down_for_the_day_of_writing_is_no_moment_before_it(clerk_li):
    notice = printed(clerk_li.as_actor())
    delivering.deliver(clerk_li.as_actor(), notice, "hand_over")
    assert notice.sent_at >= notice.created_at


def test_the_slip_lies_between_sending_and_today(client_for, clerk_li):
    notice = earlier(clerk_li.as_actor())
    delivering.deliver(clerk_li.as_actor(), notice, "hand_over", on=days_ago(4))
    browser, url = client_for(clerk_li), f"/notices/{notice.id}/slip"
    slip = {"outcome": "signed", "receiver": "刘某", "taker": "self"}
    for wrong in (days_ago(5), days_ago(-1)):
        page = browser.post(url, slip | {"on": str(wrong)}, status=422)
        assert page.errors()
        assert page.field("on") == str(wrong)
        assert page.field("receiver") == "刘某"
    browser.post(url, slip | {"on": str(days_ago(3))})
    assert slips.proof_of(now(notice)) == proof.Proof(Basis.SIGNED, days_ago(3))


def test_a_slip_that_comes_before_anybody_put_down_the_sending_dates_it_too(clerk_li):
    notice = earlier(clerk_li.as_actor())
    slips.record(clerk_li.as_actor(), notice, SlipOutcome.SIGNED, on=days_ago(3), receiver="刘某", taker=Taker.SELF)
    assert day_of_sending(notice) == days_ago(3)


def test_a_wrong_day_of_sending_is_corrected_with_what_shows_it(client_for, clerk_li, mediator_wang, auditor):
    notice = earlier(clerk_li.as_actor())
    browser, url = client_for(clerk_li), f"/notices/{notice.id}/day"
    right = {"day-on": str(days_ago(6)), "day-remark": "邮局收据"}
    browser.post(url, right, status=409)
    delivering.deliver(clerk_li.as_actor(), notice, "hand_over", on=days_ago(2))
    for wrong in ({"day-on": str(days_ago(11))}, {"day-on": str(days_ago(-1))}, {"day-remark": " "}):
        assert browser.post(url, right | wrong, status=422).errors(), wrong
    client_for(auditor).post(url, right, status=403)
    client_for(mediator_wang).post(url, right, status=403)
    browser.post(url, right)
    assert day_of_sending(notice) == days_ago(6)
    last = audit.last_of("notice", notice.id, limit=1)[0]
    assert (last.action, last.facts["before"], last.facts["on"]) == (
        "notice.redate",
        str(days_ago(2)),
        str(days_ago(6)),
    )


@pytest.fixture
def by_mail(clerk_li):
    """Sent by a machine five days ago, electronic service agreed to."""
    notice = earlier(clerk_li.as_actor())
    notice.channel, notice.electronic_agreed = Channel.E_MAIL, True
    notice.status, notice.sent_at = S.QUEUED, None
    audit.record(clerk_li.as_actor(), "test", notice)
    with clock.pretend(clock.at(days_ago(5), 10)):
        notice.sent_at = clock.now()
        audit.advance(rules.MACHINE, "deliver", system(notice.court_id), notice)
    db.session.commit()
    return notice


def test_the_addressee_proves_another_day_of_arrival(client_for, clerk_li, by_mail):
    """S2 art. 135: the day of sending counts, unless the addressee proves on which day it reached the own system."""
    assert slips.proof_of(by_mail) == proof.Proof(Basis.ELECTRONIC, days_ago(5))
    browser, url = client_for(clerk_li), f"/notices/{by_mail.id}/arrival"
    shown = {"day-on": str(days_ago(3)), "day-remark": "当事人提交邮箱截图"}
    for wrong in ({"day-on": str(days_ago(6))}, {"day-on": str(days_ago(-1))}, {"day-remark": ""}):
        page = browser.post(url, shown | wrong, status=422)
        assert page.errors(), wrong
    browser.post(url, shown)
    found = now(by_mail)
    assert slips.proof_of(found) == proof.Proof(Basis.ARRIVED, days_ago(3))
    assert slips.served_on(dispute_of(found), found.kind, found.party_id) == days_ago(3)
    last = audit.last_of("notice", found.id, limit=1)[0]
    assert (last.action, last.facts["on"], last.facts["remark"]) == (
        "notice.prove",
        str(days_ago(3)),
        "当事人提交邮箱截图",
    )
    assert "证明" in browser.get(f"/notices/{found.id}").text


def dispute_of(notice):
    return db.session.get_one(Dispute, notice.dispute_id)


def test_no_other_day_for_what_was_sent_without_consent_or_by_hand(client_for, clerk_li, by_mail):
    by_mail.electronic_agreed = False
    audit.record(clerk_li.as_actor(), "test", by_mail)
    db.session.commit()
    shown = {"day-on": str(days_ago(3)), "day-remark": "截图"}
    browser = client_for(clerk_li)
    assert browser.post(f"/notices/{by_mail.id}/arrival", shown, status=409)
    assert "电子" in browser.post(f"/notices/{by_mail.id}/arrival", shown, status=409).text


def test_who_may_not_put_down_days(client_for, clerk_li, clerk_of_other_court, mediator_wang, by_mail):
    shown = {"day-on": str(days_ago(3)), "day-remark": "截图"}
    client_for(clerk_of_other_court).post(f"/notices/{by_mail.id}/arrival", shown, status=404)
    client_for(mediator_wang).post(f"/notices/{by_mail.id}/arrival", shown, status=403)


# ---- the same thing told again ---------------------------------------------------------------------------------------


def test_a_repeated_notice_makes_the_one_before_out_of_date(clerk_li):
    actor = clerk_li.as_actor()
    first = printed(actor)
    delivering.deliver(actor, first, "hand_over")
    dispute = dispute_of(first)
    facts = {"when": "2026年03月10日 09:30", "place": "第一调解室"}
    to = Addressee("刘某", postal="样例路1号", party_id=first.party_id)
    second = services.tell(actor, to, first.kind, subject=dispute, dispute_id=dispute.id, facts=facts)
    third = services.tell(actor, to, first.kind, subject=dispute, dispute_id=dispute.id, facts=facts)
    other = Addressee("汪某", postal="样例路2号", party_id=builders.party_ids(dispute.id)[1])
    apart = services.tell(actor, other, first.kind, subject=dispute, dispute_id=dispute.id, facts=facts)
    different = services.tell(actor, to, "session", subject=dispute, dispute_id=dispute.id, facts=facts)
    assert now(first).superseded_at
    assert now(first).status is S.HANDED_OVER  # it did go out; it only holds no longer
    assert now(second).status is S.SUPERSEDED  # and this one never will
    assert [now(n).superseded_at for n in (third, apart, different)] == [None, None, None]


def test_the_printed_letter_says_in_plain_words_what_it_means(client_for, clerk_li):
    notice = printed(clerk_li.as_actor(), "session")
    page = client_for(clerk_li).get("/notices/letters")
    letter = next(a for a in page.soup.select("article.letter") if notice.text in a.get_text())
    plain = [li.get_text() for li in letter.select(".letter-plain li")]
    assert any("由您自己决定" in one for one in plain)
    assert any("不影响您打官司" in one for one in plain)


def test_every_sheet_has_plain_words_without_amounts_and_clauses():
    for kind in wording.KINDS.values():
        for sentence in kind.plain:
            assert len(sentence) <= 60
            assert not discretion.AMOUNT.search(sentence)
    assert all(
        wording.KINDS[k].plain for k in ("session", "meeting_moved", "meeting_cancelled", "questioning", "ruling")
    )


def test_every_kind_of_notice_has_a_name():
    assert set(wording.KINDS) - set(labels.KIND) == set()
