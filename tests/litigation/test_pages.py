"""The register on the screen: lists, the case's page, each step by who may take it, refusals that keep what was typed."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from mediation.documents import services as documents
from mediation.kernel import audit, clock
from mediation.kernel.db import db
from mediation.litigation import services
from mediation.litigation.models import LitigationCase
from mediation.litigation.rules import Effect, Manner, Status
from mediation.litigation.tariff import FeeKind
from mediation.scheduling import services as scheduling
from mediation.scheduling.rules import ResourceKind
from tests import world
from tests.builders import make_dispute
from tests.litigation import together
from tests.scheduling.when import at, working_day

# A clerk is refused before anything is looked up.
BENCH_ONLY = {"conversion", "heard", "mediation-document", "closing"}
POSTS = {
    "fee-notice": {"clerk_li", "triage_sun"},
    "payment": {"clerk_li", "triage_sun"},
    "relief": {"clerk_li", "triage_sun"},
    "relief-decision": {"clerk_li", "triage_sun"},
    "fast-track": {"clerk_li", "triage_sun", "judge_zhou"},
    "ordinary": {"clerk_li", "triage_sun", "judge_zhou"},
    "hearing": {"clerk_li", "triage_sun", "judge_zhou"},
    "heard": {"judge_zhou"},
    "conversion": {"judge_zhou"},
    "mediation-document": {"judge_zhou"},
    "closing": {"judge_zhou"},
}
PEOPLE = (
    "clerk_li", "triage_sun", "judge_chen", "judge_zhou", "president_he", "mediator_wang", "organisation_user",
    "sysadmin", "secadmin", "auditor",
)  # fmt: skip


@pytest.fixture
def case(clerk_li):
    made = services.file_case(clerk_li.as_actor(), make_dispute(clerk_li.as_actor()))
    db.session.commit()
    return made


@pytest.fixture
def tribunal(clerk_li):
    return scheduling.resources(clerk_li.as_actor(), (ResourceKind.TRIBUNAL,))[0]


@pytest.fixture
def demanded(clerk_li, case):
    services.issue_fee_notice(clerk_li.as_actor(), case, kind=FeeKind.PROPERTY, received_on=clock.today())
    db.session.commit()
    return case


@pytest.fixture
def paid(clerk_li, demanded):
    services.record_payment(clerk_li.as_actor(), demanded)
    db.session.commit()
    return demanded


@pytest.fixture
def tracked(clerk_li, judge_zhou, paid, tribunal):
    services.to_fast_track(clerk_li.as_actor(), paid, tribunal_id=tribunal.id, judge_id=judge_zhou.id)
    db.session.commit()
    return paid


def again(case: LitigationCase) -> LitigationCase:
    return db.session.get_one(LitigationCase, case.id)


def actions(case) -> set[str]:
    return {event.action for event in audit.of_dispute(case.dispute_id)}


def slot(day, tribunal):
    return f"{at(day, '09:00').isoformat()}/{at(day, '10:00').isoformat()}/{tribunal.id}"


# --- the way through -------------------------------------------------------------------------------------------------


def test_the_dispute_leads_to_its_case_and_says_what_comes_next(client_for, clerk_li, case):
    page = client_for(clerk_li).get(f"/disputes/{case.dispute_id}")
    assert "通知缴费" in page.soup.find(id="next").get_text()
    assert page.soup.find("a", href=f"/cases/{case.id}#fee")
    assert services.number_of(case) in page.text


def test_the_work_list_opens_the_case_of_a_filed_dispute(client_for, clerk_li, case):
    browser = client_for(clerk_li)
    row = browser.get("/disputes?show=filed").soup.find("a", href=f"/disputes/{case.dispute_id}/case")
    assert "查看案件" in row.get_text()
    assert browser.get(row["href"], status=302).location.endswith(f"/cases/{case.id}")


def test_the_fee_is_demanded_and_shown_step_by_step(client_for, clerk_li, case):
    browser = client_for(clerk_li)
    assert browser.get(f"/cases/{case.id}").field("fee-amount") == "1200.00"
    sent = {"fee-kind": "property", "fee-amount": "50000", "fee-fixed": "", "fee-received_on": "今天"}
    browser.post(f"/cases/{case.id}/fee-notice", sent)
    paper = browser.get(f"/cases/{case.id}").soup.find(id="fee-paper").get_text(" ")
    # 50 + 40,000 x 2.5 % = 1,050; halved: summary procedure.
    assert all(figure in paper for figure in ("40,000.00", "2.5%", "1,000.00", "1,050.00", "525.00"))
    assert {"litigation_case.demand_fee", "fee_notice.issue"} <= actions(case)


def test_a_fixed_part_outside_the_tariff_is_refused_beside_its_field(client_for, clerk_li, case):
    sent = {"fee-kind": "divorce", "fee-amount": "1200.00", "fee-fixed": "301", "fee-received_on": "今天"}
    page = client_for(clerk_li).post(f"/cases/{case.id}/fee-notice", sent, status=422)
    assert page.field("fee-fixed") == "301"
    assert any("50" in error and "300" in error for error in page.errors())
    assert again(case).status is Status.FILED


def test_payment_then_track_with_hearing_in_one_form(client_for, clerk_li, judge_zhou, demanded, tribunal):
    browser, day = client_for(clerk_li), working_day()
    browser.post(f"/cases/{demanded.id}/payment", {"payment-on": "今天"})
    page = browser.get(f"/cases/{demanded.id}/fast-track")
    assert judge_zhou.name in page.soup.find("select", attrs={"name": "judge_id"}).get_text()
    sent = {"judge_id": str(judge_zhou.id), "procedure": "summary", "slot": slot(day, tribunal), "minutes": "90",
            "resource_id": str(tribunal.id)}  # fmt: skip
    browser.post(f"/cases/{demanded.id}/fast-track", sent)
    found = again(demanded)
    assert (found.status, found.judge_id, found.tribunal_id) == (Status.FAST_TRACK, judge_zhou.id, tribunal.id)
    assert services.hearing_of(found).starts_at == at(day, "09:00")
    # The time is taken now: the same slot for another case is refused, with the next free times.
    listed = client_for(judge_zhou).get("/cases")
    assert services.number_of(found) in listed.text


def test_a_track_without_hearing_waits_on_the_board(client_for, clerk_li, judge_zhou, paid, tribunal):
    browser = client_for(clerk_li)
    sent = {"judge_id": str(judge_zhou.id), "procedure": "summary", "slot": "", "later": "y", "minutes": "90",
            "resource_id": str(tribunal.id)}  # fmt: skip
    browser.post(f"/cases/{paid.id}/fast-track", sent)
    assert services.hearing_of(again(paid)) is None
    day = working_day()
    board = browser.get(f"/schedule/new?at={day}T10:00&resource={tribunal.id}")
    link = board.soup.find("a", href=lambda h: h and h.startswith(f"/cases/{paid.id}/hearing?"))
    form = browser.get(link["href"])
    assert (form.field("at"), form.field("day")) == ("10:00", day.isoformat())
    sent = {"slot": "", "day": day.isoformat(), "at": "10:00", "minutes": "60", "resource_id": str(tribunal.id)}
    browser.post(f"/cases/{paid.id}/hearing", sent)
    assert services.hearing_of(again(paid)).starts_at == at(day, "10:00")


def test_a_taken_hour_is_refused_and_nothing_typed_is_lost(client_for, clerk_li, judge_zhou, tracked, tribunal):
    day = working_day()
    other = services.file_case(clerk_li.as_actor(), make_dispute(clerk_li.as_actor()))
    services.issue_fee_notice(clerk_li.as_actor(), other, kind=FeeKind.PROPERTY, received_on=clock.today())
    services.record_payment(clerk_li.as_actor(), other)
    services.set_hearing(clerk_li.as_actor(), tracked, starts_at=at(day, "09:00"), ends_at=at(day, "10:00"))
    db.session.commit()
    sent = {"judge_id": str(judge_zhou.id), "procedure": "summary", "slot": "", "day": day.isoformat(), "at": "09:30",
            "minutes": "60", "resource_id": str(tribunal.id)}  # fmt: skip
    page = client_for(clerk_li).post(f"/cases/{other.id}/fast-track", sent, status=422)
    assert page.errors()
    assert (page.field("at"), page.field("day")) == ("09:30", day.isoformat())
    assert again(other).status is Status.FEE_NOTICE


@pytest.mark.parametrize(
    ("field", "value"),
    [("exclusions", "remanded"), ("procedure", "small"), ("at", "25:00"), ("judge_id", "999999")],
)
def test_what_speaks_against_the_fast_track_is_said(client_for, clerk_li, judge_zhou, paid, tribunal, field, value):
    sent = {"judge_id": str(judge_zhou.id), "procedure": "summary", "slot": "", "day": "明天", "at": "09:00",
            "minutes": "60", "resource_id": str(tribunal.id)}  # fmt: skip
    page = client_for(clerk_li).post(f"/cases/{paid.id}/fast-track", sent | {field: value}, status=422)
    assert page.errors()
    assert again(paid).status is Status.FEE_NOTICE


def test_heard_and_judged(client_for, judge_zhou, tracked):
    browser = client_for(judge_zhou)
    assert "判决" in browser.get(f"/cases/{tracked.id}").soup.find(id="closing").get_text()
    sent = {"closing-manner": "judgment", "closing-on": "今天", "closing-password": world.PASSWORD}
    page = browser.post(f"/cases/{tracked.id}/closing", sent, status=422)
    assert page.errors()
    together.at_once(judge_zhou.as_actor(), tracked)
    db.session.commit()
    browser.post(f"/cases/{tracked.id}/heard", {"heard-on": "今天"})
    browser.post(f"/cases/{tracked.id}/closing", sent)
    found = again(tracked)
    assert (found.status, found.manner) == (Status.CLOSED, Manner.JUDGMENT)
    assert "litigation_case.close_judgment" in actions(tracked)


def test_the_registry_is_offered_no_closing_and_names_the_judge_who_does_it(client_for, clerk_li, judge_wu, paid):
    """CPL arts 100, 148, 157; S2 art. 238: however a suit ends, the judge of the case ends it."""
    sent = {"closing-manner": "withdrawn", "closing-on": "今天", "closing-password": world.PASSWORD,
            "closing-note": "原告申请撤诉", "closing-clerk_name": "黎燚"}  # fmt: skip
    page = client_for(clerk_li).get(f"/cases/{paid.id}")
    assert page.soup.select("input[name=closing-manner]") == []
    said = page.soup.find(id="bench").select_one(".step-reason").get_text()
    assert "《民事诉讼法》第四十条" in said
    client_for(clerk_li).post(f"/cases/{paid.id}/closing", sent, status=403)
    page = client_for(judge_wu).post(f"/cases/{paid.id}/closing", sent, status=409)
    assert page.soup.select(".error-article")
    assert again(paid).status is Status.FEE_NOTICE
    client_for(clerk_li).post(f"/cases/{paid.id}/bench", {"bench-judge_id": judge_wu.id})
    page = client_for(judge_wu).post(f"/cases/{paid.id}/closing", sent | {"closing-clerk_name": " "}, status=422)
    assert any("书记员" in words for words in page.errors())
    client_for(judge_wu).post(f"/cases/{paid.id}/closing", sent)
    assert again(paid).manner is Manner.WITHDRAWN


def test_nothing_is_closed_without_the_password(client_for, judge_zhou, tracked):
    sent = {
        "closing-manner": "withdrawn",
        "closing-on": "今天",
        "closing-password": "falsch",
        "closing-note": "原告申请撤诉",
    }
    page = client_for(judge_zhou).post(f"/cases/{tracked.id}/closing", sent, status=422)
    assert page.field("closing-note") == "原告申请撤诉"
    assert page.field("closing-password") == ""
    assert again(tracked).status is Status.FAST_TRACK


def test_a_mediation_document_binds_when_all_have_signed_for_it(client_for, judge_zhou, tracked):
    browser = client_for(judge_zhou)
    for term in ("解除合同", "退还租金600元"):
        browser.post(f"/cases/{tracked.id}/mediation-document/clauses/new/other", {"text": term})
    assert browser.get(f"/cases/{tracked.id}/mediation-document").field("fee") == "25.00"
    sent = {"agreed_on": "今天", "how": "court", "organisation": "", "guarantors": "",
            "fee": "25", "fee_bearer": "被告", "effect": "on_receipt", "clerk_name": "李书记",
            "password": world.PASSWORD}  # fmt: skip
    browser.post(f"/cases/{tracked.id}/mediation-document", sent)
    paper = services.mediation_document(again(tracked))
    assert paper.data["clauses"] == ["解除合同", "退还租金600元"]
    closing = {"closing-manner": "mediation_document", "closing-on": "今天", "closing-password": world.PASSWORD}
    assert browser.post(f"/cases/{tracked.id}/closing", closing, status=422).errors()
    for _party in range(2):
        page = browser.get(f"/cases/{tracked.id}")
        party = page.soup.find("select", attrs={"name": "serving-party_id"}).find("option")["value"]
        served = {"serving-party_id": party, "serving-method": "direct", "serving-effective_on": "今天",
                  "serving-receiver": "本人"}  # fmt: skip
        browser.post(f"/cases/{tracked.id}/service", served)
    browser.post(f"/cases/{tracked.id}/closing", closing)
    assert again(tracked).manner is Manner.MEDIATION_DOCUMENT


def test_a_document_that_binds_at_once_closes_the_case(client_for, judge_zhou, tracked):
    client_for(judge_zhou).post(f"/cases/{tracked.id}/mediation-document/clauses/new/other", {"text": "解除合同"})
    sent = {"agreed_on": "今天", "how": "court", "organisation": "", "guarantors": "", "fee": "25",
            "fee_bearer": "原告", "effect": Effect.ON_AGREEMENT.value, "clerk_name": "李书记",
            "password": world.PASSWORD}  # fmt: skip
    client_for(judge_zhou).post(f"/cases/{tracked.id}/mediation-document", sent)
    assert again(tracked).manner is Manner.MEDIATION_DOCUMENT


def test_conversion_needs_its_reason_and_the_judge(client_for, judge_zhou, tracked):
    browser = client_for(judge_zhou)
    sent = {"conversion-reason": "", "conversion-panel": "y", "conversion-password": world.PASSWORD}
    assert browser.post(f"/cases/{tracked.id}/conversion", sent, status=422).errors()
    sent["conversion-reason"] = "案情复杂"
    assert browser.post(f"/cases/{tracked.id}/conversion", sent, status=422).errors()
    browser.post(f"/cases/{tracked.id}/conversion", sent | {"conversion-clerk_name": "黎燚"})
    assert again(tracked).status is Status.ORDINARY
    assert documents.latest("withdrawal_ruling", "litigation_case", tracked.id) is None


def test_relief_asked_for_keeps_the_suit_alive(client_for, clerk_li, demanded):
    browser = client_for(clerk_li)
    browser.post(f"/cases/{demanded.id}/relief", {"relief-words": "低保户，申请缓交", "relief-on": "今天"})
    assert "低保户" in browser.get(f"/cases/{demanded.id}").soup.find(id="fee").get_text()
    browser.post(f"/cases/{demanded.id}/relief-decision", {"granted": "maybe"}, status=400)
    silent = browser.post(
        f"/cases/{demanded.id}/relief-decision", {"granted": "no", "no-relief-reason": ""}, status=422
    )
    assert silent.errors()
    browser.post(f"/cases/{demanded.id}/relief-decision", {"granted": "no", "no-relief-reason": "未提交证明材料。"})
    assert "未提交证明材料。" in browser.get(f"/cases/{demanded.id}").text
    browser.post(f"/cases/{demanded.id}/relief", {"relief-words": "补交低保证", "relief-on": "今天"})
    browser.post(f"/cases/{demanded.id}/relief-decision", {"granted": "yes"})
    assert services.next_step(again(demanded)) == "to_fast_track"


def test_an_agreement_of_mediation_before_trial_closes_otherwise(client_for, clerk_li, judge_wu, case):
    actor = clerk_li.as_actor()
    together.named(actor, case, judge_wu.as_actor())
    services.begin_prior_mediation(actor, case)
    services.end_prior_mediation(actor, case, agreed=True)
    db.session.commit()
    assert services.next_step(case) == "close"
    sent = {
        "closing-manner": "other",
        "closing-on": "今天",
        "closing-note": "当场履行",
        "closing-password": world.PASSWORD,
    }
    client_for(clerk_li).post(f"/cases/{case.id}/closing", sent, status=403)
    client_for(judge_wu).post(f"/cases/{case.id}/closing", sent)
    assert again(case).manner is Manner.OTHER


# --- who, and when not -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("act", sorted(POSTS))
@pytest.mark.parametrize("who", PEOPLE)
def test_only_these_people_reach_a_step(request, client_for, tracked, who, act):
    if who in POSTS[act]:
        return
    client_for(request.getfixturevalue(who)).post(f"/cases/{tracked.id}/{act}", {}, status=403)
    assert again(tracked).status is Status.FAST_TRACK


@pytest.mark.parametrize("act", sorted(POSTS))
def test_another_court_finds_nothing(client_for, clerk_of_other_court, tracked, act):
    browser = client_for(clerk_of_other_court)
    browser.get(f"/cases/{tracked.id}", status=404)
    browser.post(f"/cases/{tracked.id}/{act}", {}, status=403 if act in BENCH_ONLY else 404)


@pytest.mark.parametrize("act", ["fee-notice", "fast-track", "ordinary"])
def test_a_step_out_of_time_is_refused_with_its_article(client_for, clerk_li, tracked, act):
    page = client_for(clerk_li).post(f"/cases/{tracked.id}/{act}", {}, status=409)
    assert page.soup.select(".error-article")


def test_a_closed_case_takes_no_more_steps(client_for, clerk_li, judge_zhou, tracked):
    together.at_once(judge_zhou.as_actor(), tracked)
    services.heard(judge_zhou.as_actor(), tracked, on=clock.today())
    services.close_case(judge_zhou.as_actor(), tracked, Manner.JUDGMENT)
    db.session.commit()
    for act in ("closing", "conversion", "mediation-document", "hearing"):
        client_for(judge_zhou).post(f"/cases/{tracked.id}/{act}", {}, status=409)
    page = client_for(clerk_li).get(f"/cases/{tracked.id}")
    assert page.soup.find("form", action=lambda a: a and a.startswith("/cases")) is None
    assert services.number_of(tracked) in client_for(clerk_li).get("/cases?show=closed").text


# --- lists and the yearly wage ---------------------------------------------------------------------------------------


def test_a_judge_sees_the_own_cases_the_registry_all(client_for, clerk_li, judge_zhou, tracked, judge_chen):
    other = services.file_case(clerk_li.as_actor(), make_dispute(clerk_li.as_actor()))
    db.session.commit()
    own = client_for(judge_zhou).get("/cases").text
    assert services.number_of(tracked) in own
    assert services.number_of(other) not in own
    assert services.number_of(other) in client_for(clerk_li).get("/cases").text
    client_for(judge_chen).get("/cases", status=403)


def test_the_fast_track_judge_begins_with_the_own_list(client_for, judge_zhou):
    assert client_for(judge_zhou).get("/", status=302).location == "/cases"


def test_the_president_enters_the_wage_once_a_year(client_for, clerk_li, president_he):
    browser = client_for(president_he)
    sent = {"year": "2025", "amount": "104000", "published_on": "今天", "source": "统计公报"}
    browser.post("/yearly-wages", sent)
    assert "52,000.00" in browser.get("/yearly-wages").text
    page = browser.post("/yearly-wages", sent, status=422)
    assert page.errors()
    late = sent | {"year": "2024", "published_on": (clock.today() + timedelta(days=1)).isoformat()}
    assert browser.post("/yearly-wages", late, status=422).field("source") == "统计公报"
    client_for(clerk_li).get("/yearly-wages", status=403)
    assert len(services.wages(president_he.court_id)) == 1
    assert db.session.scalar(sa.select(sa.func.count()).select_from(LitigationCase)) == 0
