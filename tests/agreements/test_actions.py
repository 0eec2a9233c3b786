"""Sessions, agreements, performance and failure: each act by who may, who may not, out of time, and with its trail."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
import sqlalchemy as sa

from mediation.agreements import rules
from mediation.agreements.models import Agreement, CaucusNote, MediationSession
from mediation.agreements.rules import AgreementStatus, ClauseKind, Duty, SignManner
from mediation.agreements.services import drafting, failure, performance, sessions, signing
from mediation.assignment.rules import EndCode
from mediation.disputes import services as disputes
from mediation.disputes.rules import Status
from mediation.kernel import audit, clock, states
from mediation.kernel.db import db
from mediation.kernel.errors import DomainError, IllegalStep
from mediation.scheduling.services.hours import days_of
from tests import builders

STRANGERS = [
    ("clerk_of_other_court", {403, 404}),
    ("mediator_zhao", {404}),
    ("president_he", {403}),
    ("auditor", {403}),
]


@pytest.fixture
def assignment(clerk_li, mediator_wang):
    return builders.accepted_assignment(clerk_li.as_actor(), mediator_wang.as_actor())


@pytest.fixture
def session(mediator_wang, assignment):
    return builders.open_session(mediator_wang.as_actor(), assignment)


@pytest.fixture
def draft(mediator_wang, assignment, session):
    return builders.drafted_agreement(mediator_wang.as_actor(), assignment)


@pytest.fixture
def signing_now(mediator_wang, draft):
    drafting.put_up(mediator_wang.as_actor(), draft)
    return draft


def actions(dispute_id):
    return {event.action for event in audit.of_dispute(dispute_id)}


@pytest.mark.parametrize("who", ["president_he", "mediator_zhao", "clerk_li", "judge_chen", "judge_wu"])
def test_minutes_and_private_notes_stay_with_their_author(request, client_for, mediator_wang, session, who):
    client_for(mediator_wang).post(f"/sessions/{session.id}/notes", {"text": "底线是八百元"})
    version = db.session.get_one(MediationSession, session.id).version
    told = {"minutes": "房东提出退还押金", "outcome": "", "version": str(version)}
    client_for(mediator_wang).post(f"/sessions/{session.id}/minutes", told)
    page = client_for(request.getfixturevalue(who))._send("get", f"/sessions/{session.id}")
    assert page.status in {403, 404}
    assert "八百元" not in page.html
    assert "底线是八百元" in client_for(mediator_wang).get(f"/sessions/{session.id}").text
    for url in (f"/disputes/{session.dispute_id}",):
        seen = client_for(request.getfixturevalue(who))._send("get", url)
        assert "八百元" not in seen.html
        assert "房东提出" not in seen.html


def test_stale_minutes_show_both_versions(client_for, mediator_wang, session):
    browser, url = client_for(mediator_wang), f"/sessions/{session.id}/minutes"
    version = str(db.session.get_one(MediationSession, session.id).version)
    browser.post(url, {"minutes": "先写的笔录", "outcome": "", "version": version})
    page = browser.post(url, {"minutes": "后写的笔录", "outcome": "", "version": version}, status=409)
    assert "先写的笔录" in page.text
    assert "后写的笔录" in page.text


ACTS = {
    "sessions": ("opening", "minutes", "notes", "closing", "cancellation"),
    "assignments": ("sessions/new", "agreements/new", "facts", "facts/confirmation", "failure"),
    "agreements": ("draft", "clauses/new/pay", "signing", "reopening", "signatures", "refusal", "closing"),
}


@pytest.mark.parametrize(("who", "statuses"), STRANGERS)
def test_nobody_else_conducts_this_mediation(request, client_for, assignment, session, draft, who, statuses):
    before = db.session.scalar(sa.select(sa.func.count(Agreement.id)))
    browser = client_for(request.getfixturevalue(who))
    numbers = {"sessions": session.id, "assignments": assignment.id, "agreements": draft.id}
    got = {
        f"{noun}/{act}": browser._send(
            "post", f"/{noun}/{numbers[noun]}/{act}", data={"csrf_token": browser.token()}
        ).status
        for noun, acts in ACTS.items()
        for act in acts
    }
    assert {url: status for url, status in got.items() if status not in statuses} == {}
    assert db.session.scalar(sa.select(sa.func.count(Agreement.id))) == before
    assert db.session.scalar(sa.select(sa.func.count(CaucusNote.id))) == 0


def test_a_session_opens_only_with_duties_and_identities(client_for, mediator_wang, assignment):
    session = builders.planned_session(mediator_wang.as_actor(), assignment)
    people = [str(a.id) for a in session.attendances]
    browser, url = client_for(mediator_wang), f"/sessions/{session.id}/opening"
    whole = {"present": people, "identity": people, "duties": [d.value for d in Duty], "other_day": "各方同意"}
    for lacking in ("duties", "identity", "present"):
        assert browser.post(url, whole | {lacking: []}, status=422).errors(), lacking
    browser.post(url, whole)
    browser.post(url, whole, status=409)
    assert "mediation_session.open" in actions(session.dispute_id)


def test_on_another_day_a_session_opens_only_with_the_reason(client_for, mediator_wang, assignment):
    session = builders.planned_session(mediator_wang.as_actor(), assignment)
    starts = sessions.booking_of(session).starts_at
    url, people = f"/sessions/{session.id}/opening", [str(a.id) for a in session.attendances]
    whole = {"present": people, "identity": people, "duties": [d.value for d in Duty]}
    for day in (starts - timedelta(days=1), starts + timedelta(days=1)):
        with clock.pretend(day):
            browser = client_for(mediator_wang)
            assert "另一日" in browser.get(f"/sessions/{session.id}").text
            page = browser.post(url, whole, status=422)
            assert "第十四条" in page.text
            assert "改期" in page.text
    with clock.pretend(starts):
        browser = client_for(mediator_wang)
        assert browser.get(f"/sessions/{session.id}").soup.find("textarea", attrs={"name": "other_day"}) is None
        browser.post(url, whole | {"other_day": "不需要"})
    db.session.expire_all()
    assert sessions.get(mediator_wang.as_actor(), session.id).other_day == ""


def test_why_everybody_met_on_another_day_is_kept(client_for, mediator_wang, assignment):
    session = builders.planned_session(mediator_wang.as_actor(), assignment)
    people = [str(a.id) for a in session.attendances]
    whole = {"present": people, "identity": people, "duties": [d.value for d in Duty], "other_day": "双方恰好到场"}
    with clock.pretend(sessions.booking_of(session).starts_at - timedelta(days=1)):
        browser = client_for(mediator_wang)
        browser.post(f"/sessions/{session.id}/opening", whole)
        assert "双方恰好到场" in browser.get(f"/sessions/{session.id}").text


def test_an_agreement_is_begun_and_corrected_with_what_the_page_itself_sends(client_for, mediator_wang, assignment):
    browser, url = client_for(mediator_wang), f"/assignments/{assignment.id}/agreements/new"
    begun = browser.post(url, browser.get(url).as_shown() | {"facts": "双方租赁房屋。"})
    url = f"{begun.location}/draft"
    browser.post(url, browser.get(url).as_shown() | {"facts": "双方租赁房屋，未续约。"})
    assert "双方租赁房屋，未续约。" in browser.get(begun.location).text


def test_clauses_come_go_and_move_up(client_for, mediator_wang, draft):
    browser, here = client_for(mediator_wang), f"/agreements/{draft.id}"
    tenant, landlord = (str(p.id) for p in disputes.parties(draft.dispute_id)[:2])
    told = {
        "debtor_id": landlord,
        "creditor_id": tenant,
        "text": "卫生间浴霸",
        "place": "出租屋",
        "due_on": "明天",
        "condition": "",
    }
    browser.post(f"{here}/clauses/new/repair", told)
    assert (
        browser.post(f"{here}/clauses/new/repair", told | {"due_on": "二月三十"}, status=422).field("text")
        == "卫生间浴霸"
    )
    first, *_rest, last = drafting.clauses(draft)
    assert last.kind is ClauseKind.REPAIR
    browser.post(f"{here}/clauses/{first.id}/removal")
    assert [c.position for c in drafting.clauses(draft)] == [1, 2]
    browser.get(f"{here}/clauses/new/nonsense", status=404)


@pytest.mark.parametrize("kind", list(ClauseKind))
def test_the_page_of_every_kind_of_clause_in_both_languages(client_for, mediator_wang, draft, kind):
    browser = client_for(mediator_wang)
    for locale in ("zh", "en"):
        browser.post("/preferences", {"locale": locale})
        browser.get(f"/agreements/{draft.id}/clauses/new/{kind.value}")


def test_the_guard_stands_before_signing(client_for, mediator_wang, draft):
    for clause in list(drafting.clauses(draft)):
        drafting.remove_clause(mediator_wang.as_actor(), draft, clause)
    client_for(mediator_wang).post(f"/agreements/{draft.id}/signing", status=409)
    assert db.session.get_one(Agreement, draft.id).status is AgreementStatus.DRAFT


def test_signed_in_any_order_with_the_seal_last(mediator_wang, signing_now):
    actor, wanted = mediator_wang.as_actor(), signing.wanted(signing_now)
    seal = wanted[-1]
    with pytest.raises(DomainError) as refused:
        signing.sign(actor, signing_now, seal, manner=SignManner.SEAL, at=clock.now())
    assert refused.value.article == "S4 art. 24"
    for signature in [*wanted[-2::-1], seal]:
        signing.sign(actor, signing_now, signature, manner=SignManner.HANDWRITTEN, at=clock.now())
    assert signing_now.status is AgreementStatus.EFFECTIVE
    assert signing_now.effective_on == clock.today()


def test_what_is_signed_is_not_reopened_and_what_is_not_can_be(client_for, mediator_wang, signing_now):
    browser, here = client_for(mediator_wang), f"/agreements/{signing_now.id}"
    browser.post(f"{here}/draft", {"facts": "改", "version": "1"}, status=409)
    browser.post(f"{here}/reopening")
    assert signing.wanted(signing_now) == []
    browser.post(f"{here}/signing")
    first = signing.wanted(signing_now)[0]
    browser.post(f"{here}/signatures", {"signers": [str(first.id)], "manner": "handwritten", "agent": ""})
    browser.post(f"{here}/reopening", status=409)


def test_a_refusal_to_sign_leaves_it_unsigned(client_for, mediator_wang, signing_now):
    browser, url = client_for(mediator_wang), f"/agreements/{signing_now.id}/refusal"
    first = str(signing.wanted(signing_now)[0].id)
    browser.post(url, {"signature_id": first, "reason": " "}, status=422)
    browser.post(url, {"signature_id": first, "reason": "金额太少"})
    assert db.session.get_one(Agreement, signing_now.id).status is AgreementStatus.NOT_SIGNED
    assert {"signature.refuse", "agreement.leave_unsigned"} <= actions(signing_now.dispute_id)


@pytest.mark.parametrize("status", list(AgreementStatus))
@pytest.mark.parametrize("step", ["put_up", "agree_orally", "reopen", "take_effect", "leave_unsigned"])
def test_every_pair_of_status_and_step(mediator_wang, status, step):
    allowed = {
        "put_up": {"draft"}, "agree_orally": {"draft"}, "reopen": {"signing"}, "take_effect": {"signing"}, "leave_unsigned": {"draft", "signing"},
    }  # fmt: skip
    actor = mediator_wang.as_actor()
    subject = SimpleNamespace(
        status=status, court_id=actor.court_id, mediator_id=actor.mediator_id, organisation_id=None
    )
    if status.value in allowed[step]:
        assert states.check(rules.AGREEMENT_STEPS, step, actor, subject)
    else:
        with pytest.raises(IllegalStep):
            states.check(rules.AGREEMENT_STEPS, step, actor, subject)


def test_performed_in_part_then_in_full_then_closed(client_for, clerk_li, mediator_wang):
    made = builders.signed_agreement(clerk_li.as_actor(), mediator_wang.as_actor())
    end, pay = drafting.clauses(made)
    browser, here = client_for(clerk_li), f"/agreements/{made.id}"
    url = f"{here}/clauses/{pay.id}/performance"
    browser.post(f"{here}/closing", status=409)
    for name, value in (("amount_fen", "1200.01"), ("amount_fen", "0"), ("on", "明天"), ("evidence", " ")):
        told = {"on": "今天", "amount_fen": "400", "evidence": "转账凭证"} | {name: value}
        page = browser.post(url, told, status=422)
        assert page.errors(), name
    browser.post(url, {"on": "今天", "amount_fen": "400", "evidence": "转账凭证"})
    assert performance.paid_fen(pay) == 40_000
    assert browser.get(url).field("amount_fen") == "800.00"
    browser.post(url, {"on": "今天", "amount_fen": "800", "evidence": "转账凭证"})
    browser.post(f"{here}/clauses/{end.id}/performance", {"on": "今天", "amount_fen": "", "evidence": "双方确认"})
    browser.post(f"{here}/closing")
    assert disputes.get(clerk_li.as_actor(), made.dispute_id).status is Status.CLOSED
    assert "performance.record" in actions(made.dispute_id)


REPORT = {
    "course": "三次联系，一次调解。",
    "reasons": "分歧较大",
    "cost_behaviour": "",
    "alerts": "",
    "material_returned": "无",
}


def test_failure_hands_over_what_may_leave_and_nothing_else(client_for, clerk_li, mediator_wang, assignment, session):
    browser = client_for(mediator_wang)
    browser.post(f"/sessions/{session.id}/notes", {"text": "底线是八百元"})
    version = str(db.session.get_one(MediationSession, session.id).version)
    browser.post(f"/sessions/{session.id}/minutes", {"minutes": "愿意退还八百元", "outcome": "", "version": version})
    browser.post(f"/sessions/{session.id}/closing", {"step": "end"})
    url = f"/assignments/{assignment.id}/failure"
    wrong = browser.post(url, REPORT | {"code": EndCode.DIVERGENCE.value, "course": ""}, status=422)
    assert wrong.field("reasons") == "分歧较大"
    assert browser.post(url, REPORT | {"code": EndCode.UNSIGNED.value}, status=422).errors()
    browser.post(url, REPORT | {"code": EndCode.DIVERGENCE.value})
    packet = failure.packet_of(assignment.id)
    assert packet.withheld, "the record of the mediation stays behind"
    titles = {paper["title"] for paper in packet.handed_over}
    assert titles.isdisjoint(paper["title"] for paper in packet.withheld)
    assert "八百元" not in client_for(clerk_li).get(f"/disputes/{assignment.dispute_id}").html
    receipt = f"/packets/{assignment.id}/receipt"
    client_for(clerk_li).post(receipt)
    client_for(clerk_li).post(receipt, status=409)
    assert list(audit.verify()) == []


def test_an_offer_is_no_undisputed_fact(client_for, mediator_wang, assignment):
    browser, url = client_for(mediator_wang), f"/assignments/{assignment.id}/facts"
    page = browser.post(url, {"text": "房东愿意退还押金", "evidence": ""}, status=422)
    assert page.field("text") == "房东愿意退还押金"
    browser.post(url, {"text": "租期自三月一日起", "evidence": "合同"})
    browser.post(f"{url}/confirmation")
    page = browser.get(url)
    assert "租期自三月一日起" in page.text


def test_a_session_after_the_last_day_of_the_mediation_is_said_to_need_an_extension(
    client_for, mediator_wang, assignment
):
    last = builders.assignments.clock_of(assignment).final_on
    browser, url = client_for(mediator_wang), f"/assignments/{assignment.id}/sessions/new"
    room = browser.get(url).field("resource_id") or "1"
    sent = {"time": "10:00", "minutes": "60", "resource_id": room, "method": "on_site"}
    later = next(d for d in (last + timedelta(days=n) for n in range(1, 20)) if days_of(assignment.court_id).works(d))
    page = browser.post(url, sent | {"day": f"{later:%Y-%m-%d}"})
    assert "应在该日之前办理延长" in browser.get(page.location).text


def test_a_session_too_short_past_or_taken_is_refused_and_kept(client_for, mediator_wang, assignment):
    session = builders.planned_session(mediator_wang.as_actor(), assignment)
    browser, url = client_for(mediator_wang), f"/assignments/{assignment.id}/sessions/new"
    slot = browser.get(url)
    booking = builders.sessions.booking_of(session)
    booked = booking.resource_id
    starts = clock.local(booking.starts_at)
    usual = {"day": f"{starts:%Y-%m-%d}", "time": f"{starts:%H:%M}", "minutes": "90", "resource_id": str(booked),
             "method": "on_site", "agreed_short_notice": "y"}  # fmt: skip
    yesterday = f"{clock.today() - timedelta(days=1):%Y-%m-%d}"
    for over in (
        {},
        {"day": yesterday},
        {"minutes": "5"},
        {"time": "03:00"},
        {"time": "25:00"},
        {"resource_id": "999"},
    ):
        page = browser.post(url, usual | over, status=422)
        assert page.errors(), over
        assert page.field("day") == (usual | over)["day"]
    assert slot.soup.select("a[href*='resource_id=']"), "free times are offered"


# ---- what no paper could show ------------------------------------------------------------------------------------------


def test_a_character_no_paper_could_show_is_named_when_the_minutes_are_saved(client_for, mediator_wang, session):
    browser, url = client_for(mediator_wang), f"/sessions/{session.id}/minutes"
    version = str(db.session.get_one(MediationSession, session.id).version)
    typed = "房东同意退还押金\n租客谢谢😀两清"
    told = {"minutes": typed, "outcome": "各方达成一致👍", "version": version}
    page = browser.post(url, told, status=422)
    assert "第2行第5个字" in page.text
    assert "😀（U+1F600）" in page.text
    assert "👍（U+1F44D）" in page.text
    assert page.soup.select_one("textarea[name$=minutes]").text.strip() == typed
    db.session.expire_all()
    assert db.session.get_one(MediationSession, session.id).minutes == ""
    browser.post(url, {"minutes": typed.replace("😀", "，"), "outcome": "", "version": version})
    db.session.expire_all()
    assert db.session.get_one(MediationSession, session.id).minutes == "房东同意退还押金\n租客谢谢，两清"


def test_a_character_no_paper_could_show_is_named_when_the_draft_is_saved(client_for, mediator_wang, draft):
    browser = client_for(mediator_wang)
    before = draft.facts
    told = {"facts": "双方签订合同☎️一份", "version": str(draft.version)}
    page = browser.post(f"/agreements/{draft.id}/draft", told, status=422)
    assert "第1行第8个字" in page.text
    assert "U+FE0F" in page.text
    assert "双方签订合同" in page.soup.select_one("textarea[name$=facts]").text
    db.session.expire_all()
    assert db.session.get_one(Agreement, draft.id).facts == before
