"""From the joint application to the served ruling, page by page."""

from datetime import timedelta

import pytest

from mediation.confirmation import services
from mediation.confirmation.rules import Ground, Material, Outcome, Question, Status
from mediation.disputes import services as disputes
from mediation.disputes.rules import Status as DisputeStatus
from mediation.kernel import audit, clock
from tests import builders, world


@pytest.fixture
def agreement(clerk_li, mediator_wang):
    return builders.signed_agreement(clerk_li.as_actor(), mediator_wang.as_actor())


@pytest.fixture
def applied(agreement, client_for, clerk_li):
    dispute = agreement.dispute_id
    page = client_for(clerk_li).get(f"/disputes/{dispute}/confirmation")
    boxes = [box["value"] for box in page.soup.select("input[name=applicants]")]
    data = {
        "applicants": boxes, "form": "written", "received_on": page.field("received_on"),
        "materials": ["application", "agreement", "presided", "identity", "contact"],
    }  # fmt: skip
    client_for(clerk_li).post(f"/disputes/{dispute}/confirmation", data)
    return services.of_dispute(dispute)[0]


def sit(applied, client_for, judge, findings="clear"):
    """Accepted, both questioned, the check-list filled."""
    browser = client_for(judge)
    here = f"/confirmations/{applied.id}"
    browser.post(f"{here}/acceptance")
    parties = [p.id for p in disputes.parties(applied.dispute_id)]
    answers = {f"questioning-answer_{q.value}": "是" for q in Question}
    browser.post(f"{here}/questioning", {"questioning-present": parties, **answers})
    grounds = {f"checklist-ground_{g.value}": findings for g in Ground}
    browser.post(f"{here}/checklist", {**grounds, "checklist-reason": "协议内容不明确"})
    return browser, here


def test_the_judge_rules_valid_with_the_password_and_the_ruling_is_served(applied, client_for, judge_chen, clerk_li):
    browser, here = sit(applied, client_for, judge_chen)
    browser.get(here)
    refused = browser.post(f"{here}/ruling", {"ruling-password": "wrong"}, status=422)
    assert refused.errors()
    browser.post(f"{here}/ruling", {"ruling-password": world.PASSWORD})
    made = services.of_dispute(applied.dispute_id)[0]
    assert (made.status, made.outcome) == (Status.VALID, Outcome.VALID)
    for party in disputes.parties(applied.dispute_id):
        client_for(clerk_li).get(here)
        client_for(clerk_li).post(
            f"{here}/service",
            {
                "serving-party_id": party.id,
                "serving-method": "direct",
                "serving-effective_on": "今天",
                "serving-receiver": party.name,
            },
        )
    assert services.of_dispute(applied.dispute_id)[0].status is Status.SERVED
    assert disputes.get(clerk_li.as_actor(), applied.dispute_id).status is DisputeStatus.CLOSED
    client_for(clerk_li).get(here)
    client_for(judge_chen).get("/confirmations")
    client_for(judge_chen).get("/confirmations?done=1")
    client_for(clerk_li).get(f"/disputes/{applied.dispute_id}")
    assert list(audit.verify()) == []


def test_a_ground_leads_to_dismissal_only(applied, client_for, judge_chen):
    browser, here = sit(applied, client_for, judge_chen, findings="found")
    browser.post(f"{here}/ruling", {"ruling-password": world.PASSWORD})
    assert services.of_dispute(applied.dispute_id)[0].outcome is Outcome.DISMISSED


def test_the_clerk_does_not_judge_and_strangers_see_nothing(
    applied, client_for, clerk_li, clerk_of_other_court, mediator_wang
):
    here = f"/confirmations/{applied.id}"
    client_for(clerk_li).post(f"{here}/acceptance", status=403)
    client_for(clerk_of_other_court).get(here, status=404)
    client_for(mediator_wang).get(here, status=403)


def test_ruling_before_questioning_is_refused(applied, client_for, judge_chen):
    browser = client_for(judge_chen)
    browser.post(f"/confirmations/{applied.id}/acceptance")
    browser.post(f"/confirmations/{applied.id}/ruling", {"ruling-password": world.PASSWORD}, status=409)
    assert services.of_dispute(applied.dispute_id)[0].status is Status.ACCEPTED


def test_one_party_alone_cannot_apply(agreement, client_for, clerk_li):
    first = disputes.parties(agreement.dispute_id)[0].id
    page = client_for(clerk_li).post(
        f"/disputes/{agreement.dispute_id}/confirmation",
        {"applicants": [str(first)], "form": "written", "received_on": "今天"},
        status=422,
    )
    assert page.errors()
    assert not services.of_dispute(agreement.dispute_id)


def test_after_the_thirtieth_day_the_page_tells_the_day_the_article_and_what_remains(agreement, client_for, clerk_li):
    """DESIGN 8: the application is refused with the day it would have had to come, and the lawful ways that remain."""
    everyone = [str(p.id) for p in disputes.parties(agreement.dispute_id)]
    last = agreement.effective_on + timedelta(days=30)
    with clock.pretend(clock.at(last + timedelta(days=12), 10)):
        browser = client_for(clerk_li)
        sent = {
            "applicants": everyone,
            "form": "written",
            "received_on": "今天",
            "materials": [m.value for m in Material],
        }
        page = browser._send(
            "post", f"/disputes/{agreement.dispute_id}/confirmation", data={"csrf_token": browser.token()} | sent
        )
        assert page.status in {409, 422}
        assert f"{last.year}年{last.month}月" in page.text
        assert "《民事诉讼法》第二百零五条" in page.text
        assert "起诉" in page.text
        greyed = browser.get(f"/disputes/{agreement.dispute_id}").soup.select_one("#next").get_text()
        assert "申请司法确认" in greyed
    assert not services.of_dispute(agreement.dispute_id)


def test_calling_and_more_time(applied, client_for, judge_chen, president_he):
    browser = client_for(judge_chen)
    here = f"/confirmations/{applied.id}"
    browser.post(f"{here}/acceptance")
    page = browser.get(f"{here}/call")
    slot = page.soup.select("ul.choices a")[0]["href"]
    chosen = browser.get(slot)
    fields = {name: chosen.field(name) for name in ("day", "time", "resource_id")}
    browser.post(f"{here}/call", fields)
    browser.post(
        f"{here}/extension",
        {"extension-key": "CONFIRM_DECIDE_TARGET", "extension-days": "10", "extension-reason": "案情需要"},
    )
    waiting = client_for(president_he).get("/confirmations/extensions")
    action = waiting.soup.select("td form")[0]["action"]
    client_for(president_he).post(action, {"answer": "approve"})
    browser.get(here)
