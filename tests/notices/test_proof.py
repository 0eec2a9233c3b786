"""What proves a notice: each channel, the slip that comes back, the first of several; who records, and what is refused."""

from datetime import date, timedelta
from itertools import product

import pytest
import sqlalchemy as sa

from config import SmsGateway
from mediation.disputes import people
from mediation.disputes.models import AddressConfirmation
from mediation.kernel import audit, clock
from mediation.kernel.db import db
from mediation.kernel.errors import DomainError
from mediation.notices import labels, proof, rules, sending, services, slips
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
    services.deliver(actor, notice, "hand_over")
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
    services.otherwise(actor, notice, Channel.PHONE, address="0531-1234567")
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
        services.deliver(actor, now(notice), "fail")
    assert "the next lawful ways" in browser.get(f"/notices/{notice.id}").text
    browser.post(f"/notices/{notice.id}/otherwise", fields)
    assert now(notice).way is rules.ServiceMethod.LEFT
