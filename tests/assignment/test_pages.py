"""The screens of assignment: one click to hand over, the mediator's desk, forms that keep what was typed."""

from datetime import timedelta

import pytest

from mediation.assignment import services
from mediation.assignment.rules import EndCode, Status
from mediation.disputes import services as disputes
from mediation.intake import services as intake
from mediation.intake.rules import Answer
from mediation.intake.services import ConsentData
from mediation.kernel import audit, clock, places
from mediation.kernel.db import db
from mediation.roster import services as roster
from mediation.roster.models import Mediator
from mediation.roster.rules import Ground
from mediation.scheduling.models import Booking
from tests import builders
from tests.traces import trail

TODAY = {"on": "今天"}


@pytest.fixture
def ready(clerk_li):
    """A dispute whose parties agreed."""
    dispute = builders.make_consented(clerk_li.as_actor())
    db.session.commit()
    return dispute


@pytest.fixture
def issued(clerk_li):
    """Handed to 王调解, not yet accepted."""
    made = builders.make_assignment(clerk_li.as_actor())
    db.session.commit()
    return made


def test_the_clerk_hands_over_with_one_click(client_for, clerk_li, ready, mediator_wang):
    browser = client_for(clerk_li)
    url = f"/disputes/{ready.id}/mediator"
    page = browser.get(url)
    assert "王调解" in page.soup.find(id="suggested").get_text()
    assert "赵调解" in page.soup.find(id="points").get_text()
    form = page.soup.find(id="suggested").find("form")
    sent = {field["name"]: field["value"] for field in form.find_all("input") if field["name"] != "csrf_token"}
    answer = browser.post(form["action"], sent)
    assert answer.location.endswith(f"/disputes/{ready.id}")
    assert services.open_of(ready.id).mediator_id == mediator_wang.mediator_id
    assert "assignment.issue" in trail(ready.id)
    # Sent twice, handed over once.
    browser.post(form["action"], sent)
    assert len(services.of_dispute(ready.id)) == 1


def test_why_nothing_can_be_handed_over_stands_on_the_page(client_for, clerk_li):
    dispute = builders.make_guided(clerk_li.as_actor())
    page = client_for(clerk_li).get(f"/disputes/{dispute.id}/mediator")
    assert page.soup.find(id="not-yet")
    assert not page.soup.find(id="suggested").find("form")


@pytest.mark.parametrize("away", [False, True])
def test_whom_the_parties_chose_together_stands_there_once(client_for, clerk_li, mediator_zhao, ready, away):
    clerk, chosen = clerk_li.as_actor(), mediator_zhao.mediator_id
    for party in disputes.parties(ready.id):
        intake.record_consent(clerk, ready, ConsentData(party.id, Answer.AGREES, preferred_mediator_id=chosen))
    if away:
        absent = db.session.get(Mediator, chosen)
        roster.take_leave(clerk, absent, from_on=clock.today(), to_on=clock.today())
    page = client_for(clerk_li).get(f"/disputes/{ready.id}/mediator")
    assert "赵调解" in page.soup.find(id="joint").get_text()
    assert bool(page.soup.find(id="joint").find("form")) is not away
    for place in ("points", "excluded", "suggested"):
        found = page.soup.find(id=place)
        assert found is None or "赵调解" not in found.get_text(), place
    assert "王调解" in page.soup.find(id="points").get_text()


@pytest.mark.parametrize(
    ("who", "status"),
    [("mediator_wang", 403), ("judge_wu", 403), ("president_he", 403), ("clerk_of_other_court", 404)],
)
def test_who_may_not_choose(request, client_for, ready, who, status):
    browser = client_for(request.getfixturevalue(who))
    browser.get(f"/disputes/{ready.id}/mediator", status=status)
    browser.post(f"/disputes/{ready.id}/mediator", {"mediator_id": "1", "choice": "designated"}, status=status)
    assert services.open_of(ready.id) is None


def test_a_wrong_choice_is_no_request(client_for, clerk_li, ready):
    client_for(clerk_li).post(f"/disputes/{ready.id}/mediator", {"mediator_id": "1", "choice": "lot"}, status=400)


def test_handing_over_twice_is_refused(client_for, clerk_li, issued, mediator_zhao):
    sent = {"mediator_id": str(mediator_zhao.mediator_id), "choice": "designated"}
    page = client_for(clerk_li).post(f"/disputes/{issued.dispute_id}/mediator", sent, status=409)
    assert page.soup.select(".error-article")


@pytest.mark.parametrize("who", ["mediator_wang", "organisation_user"])
def test_the_desk_shows_what_waits(request, client_for, issued, who):
    page = client_for(request.getfixturevalue(who)).get("/assignments")
    assert page.soup.find("a", href=f"/assignments/{issued.id}/acceptance")


def test_the_desk_leads_in_one_click_to_what_comes_next(client_for, clerk_li, mediator_wang, organisation_user):
    wang = mediator_wang.as_actor()
    accepted = builders.accepted_assignment(clerk_li.as_actor(), wang)
    browser = client_for(mediator_wang)
    assert browser.get("/assignments").soup.select(f'#running a[href="/assignments/{accepted.id}/sessions/new"]')
    # The first common time stands there already: one press books it.
    plan = browser.get(f"/assignments/{accepted.id}/sessions/new")
    first = plan.soup.select_one('.choices a[aria-current="true"]')["href"]
    assert f"day={plan.field('day')}" in first
    assert f"resource_id={plan.field('resource_id')}" in first
    made = browser.post(f"/assignments/{accepted.id}/sessions/new", plan.as_shown()).location
    assert browser.get("/assignments").soup.select(f'#running a[href="{made}"]')
    # From the session one click leads to where it is put to another time, the first of which is chosen there.
    (move,) = browser.get(made).soup.select(".page-actions a")
    assert browser.get(move["href"]).soup.select_one("input[name=slot]").has_attr("checked")


def test_on_its_day_the_desk_leads_to_the_session_itself(client_for, clerk_li, mediator_wang):
    wang = mediator_wang.as_actor()
    session = builders.planned_session(wang, builders.accepted_assignment(clerk_li.as_actor(), wang))
    booking = db.session.get_one(Booking, session.booking_id)
    day = clock.local(booking.starts_at).date()
    with clock.pretend(clock.at(day, 8)):
        shown = client_for(mediator_wang).get("/assignments").soup
    assert shown.select(f'#today a[href="/sessions/{session.id}"]')


def test_the_desk_of_another_is_empty(client_for, mediator_zhao, issued):
    page = client_for(mediator_zhao).get("/assignments")
    assert not page.soup.find("a", href=f"/assignments/{issued.id}/acceptance")


def test_home_leads_the_mediator_to_the_desk(client_for, mediator_wang):
    assert client_for(mediator_wang).get("/", status=302).location.endswith("/assignments")


def test_accepting_on_the_page(client_for, mediator_wang, issued):
    browser = client_for(mediator_wang)
    browser.get(f"/assignments/{issued.id}/acceptance")
    browser.post(f"/assignments/{issued.id}/acceptance", TODAY)
    assert services.get(mediator_wang.as_actor(), issued.id).status is Status.ACCEPTED
    page = browser.get(f"/disputes/{issued.dispute_id}")
    assert page.soup.select(".clock")
    assert "assignment.accept" in trail(issued.dispute_id)


def test_a_wrong_day_keeps_what_was_typed(client_for, mediator_wang, issued):
    page = client_for(mediator_wang).post(f"/assignments/{issued.id}/acceptance", {"on": "2999-01-01"}, status=422)
    assert page.field("on") == "2999-01-01"
    assert page.errors()


def test_disclosing_on_the_page_waits_for_the_parties(client_for, mediator_wang, clerk_li, issued):
    browser = client_for(mediator_wang)
    wordless = browser.post(f"/assignments/{issued.id}/acceptance", TODAY | {"declared": ["other_tie"]}, status=422)
    assert wordless.errors()
    browser.post(f"/assignments/{issued.id}/acceptance", TODAY | {"declared": ["other_tie"], "text": "曾为邻居"})
    assert services.get(mediator_wang.as_actor(), issued.id).status is Status.ISSUED
    clerk = client_for(clerk_li)
    url = f"/disputes/{issued.dispute_id}/mediators/{issued.mediator_id}"
    assert "曾为邻居" in clerk.get(f"{url}/disclosure").text
    clerk.post(f"{url}/waiver", TODAY, status=422)
    everybody = [str(p.id) for p in disputes.parties(issued.dispute_id)]
    clerk.post(f"{url}/waiver", TODAY | {"party_ids": everybody})
    browser.post(f"/assignments/{issued.id}/acceptance", TODAY)
    assert services.get(mediator_wang.as_actor(), issued.id).status is Status.ACCEPTED


def test_nobody_reads_the_ties_of_another_mediator(client_for, mediator_wang, issued, mediator_zhao):
    url = f"/disputes/{issued.dispute_id}/mediators/{mediator_zhao.mediator_id}/disclosure"
    client_for(mediator_wang).get(url, status=404)
    client_for(mediator_zhao).get(url, status=404)


def test_the_registry_records_a_disclosure_on_paper(client_for, clerk_li, issued):
    url = f"/disputes/{issued.dispute_id}/mediators/{issued.mediator_id}/disclosure"
    client_for(clerk_li).post(url, {"declared": ["relative"], "text": "表亲"})
    assert "conflict_check.disclose" in trail(issued.dispute_id)


def test_declining_needs_a_reason(client_for, mediator_wang, clerk_li, issued):
    browser = client_for(mediator_wang)
    browser.post(f"/assignments/{issued.id}/refusal", {"reason": ""}, status=422)
    browser.post(f"/assignments/{issued.id}/refusal", {"reason": "超出擅长领域"})
    assert services.open_of(issued.dispute_id) is None
    browser.get(f"/disputes/{issued.dispute_id}", status=404)
    page = client_for(clerk_li).get(f"/disputes/{issued.dispute_id}")
    assert page.soup.find("a", href=f"/disputes/{issued.dispute_id}/mediator")


ONLY_FOR = [
    ("acceptance", "get", "clerk_li", 403),
    ("acceptance", "get", "mediator_zhao", 404),
    ("contacts", "get", "judge_wu", 403),
    ("contacts", "get", "mediator_zhao", 404),
    ("suspension", "get", "president_he", 403),
    ("extension", "get", "judge_wu", 403),
    ("end", "get", "judge_wu", 403),
    ("end", "get", "clerk_of_other_court", 404),
    ("lapse", "post", "mediator_wang", 403),
    ("replacement", "get", "mediator_wang", 403),
    ("rejection", "get", "mediator_wang", 403),
]


@pytest.mark.parametrize(("noun", "method", "who", "status"), ONLY_FOR)
def test_who_may_not(request, client_for, issued, noun, method, who, status):
    browser = client_for(request.getfixturevalue(who))
    getattr(browser, method)(f"/assignments/{issued.id}/{noun}", status=status)


WRONG_STATE = [("suspension", "mediator_wang"), ("resumption", "mediator_wang")]


@pytest.mark.parametrize(("noun", "who"), WRONG_STATE)
def test_wrong_state_is_a_conflict(request, client_for, issued, noun, who):
    client_for(request.getfixturevalue(who)).get(f"/assignments/{issued.id}/{noun}", status=409)


def test_too_early_to_say_that_nobody_answered(client_for, clerk_li, issued):
    page = client_for(clerk_li).get(f"/disputes/{issued.dispute_id}")
    assert page.soup.select(".step-blocked")
    client_for(clerk_li).post(f"/assignments/{issued.id}/lapse", status=409)


def test_a_party_rejects_the_designated_mediator(client_for, clerk_li, issued):
    browser = client_for(clerk_li)
    browser.get(f"/assignments/{issued.id}/rejection")
    landlord = disputes.parties(issued.dispute_id)[1]
    browser.post(f"/assignments/{issued.id}/rejection", TODAY | {"party_id": str(landlord.id)}, status=422)
    sent = TODAY | {"party_id": str(landlord.id), "manner": "oral", "minutes": "不同意指定的调解员"}
    browser.post(f"/assignments/{issued.id}/rejection", sent)
    assert services.of_dispute(issued.dispute_id)[0].status is Status.REFUSED


@pytest.mark.parametrize("who", ["mediator_wang", "clerk_li"])
def test_the_contact_log(request, client_for, accepted, who):
    browser = client_for(request.getfixturevalue(who))
    url = f"/assignments/{accepted.id}/contacts"
    browser.get(url)
    landlord = disputes.parties(accepted.dispute_id)[1]
    sent = {"party_id": str(landlord.id), "channel": "phone", "on": "2026-01-01", "time": "09:30", "result": "无人接听"}
    browser.post(url, sent | {"answer": ""})
    assert "无人接听" in browser.get(url).text
    kept = browser.post(url, sent | {"answer": "", "on": "2999-01-01"}, status=422)
    assert kept.field("result") == "无人接听"


def test_suspending_and_going_on(client_for, mediator_wang, accepted):
    browser = client_for(mediator_wang)
    browser.get(f"/assignments/{accepted.id}/suspension")
    browser.post(f"/assignments/{accepted.id}/suspension", TODAY | {"reason": "appraisal", "note": "房屋质量鉴定"})
    browser.get(f"/disputes/{accepted.dispute_id}")
    browser.get(f"/assignments/{accepted.id}/resumption")
    browser.post(f"/assignments/{accepted.id}/resumption", TODAY)
    assert services.get(mediator_wang.as_actor(), accepted.id).status is Status.ACCEPTED


def test_after_its_end_the_period_is_not_extended_and_the_page_says_until_when_it_ran(
    client_for, mediator_wang, accepted
):
    last = services.clock_of(accepted).final_on
    everyone = [str(p.id) for p in disputes.parties(accepted.dispute_id)]
    with clock.pretend(clock.at(last + timedelta(days=3), 10)):
        browser = client_for(mediator_wang)
        until = (last + timedelta(days=20)).isoformat()
        sent = {
            "until": until,
            "agreed_on": "今天",
            "manner": "signed",
            "reason": "等待补充证据",
            "agreed_by": everyone,
        }
        page = browser._send(
            "post", f"/assignments/{accepted.id}/extension", data={"csrf_token": browser.token()} | sent
        )
        assert page.status in {409, 422}
        assert f"{last.year}年{last.month}月{last.day}日" in page.text
        assert "《关于人民法院特邀调解的规定》第二十七条" in page.text
    assert not services.extensions(accepted)


def test_extending_says_what_lacks_and_keeps_what_was_typed(client_for, mediator_wang, accepted):
    browser = client_for(mediator_wang)
    url = f"/assignments/{accepted.id}/extension"
    browser.get(url)
    until = services.clock_of(accepted).final_on.replace(year=clock.today().year + 1).isoformat()
    sent = {"until": until, "agreed_on": "今天", "manner": "signed", "reason": "等待补充证据"}
    page = browser.post(url, sent, status=422)
    assert page.field("reason") == "等待补充证据"
    one = [str(disputes.parties(accepted.dispute_id)[0].id)]
    page = browser.post(url, sent | {"agreed_by": one}, status=422)
    assert "《关于人民法院特邀调解的规定》第二十七条" in page.text
    assert page.field("until") == until
    assert not services.extensions(accepted)
    browser.post(url, sent | {"agreed_by": [str(p.id) for p in disputes.parties(accepted.dispute_id)]})
    assert len(services.extensions(accepted)) == 1


def test_ending_needs_a_cause_that_is_true(client_for, mediator_wang, accepted):
    browser = client_for(mediator_wang)
    url = f"/assignments/{accepted.id}/end"
    browser.get(url)
    page = browser.post(url, {"code": EndCode.UNREACHABLE.value, "reason": "打不通"}, status=422)
    assert page.field("reason") == "打不通"
    browser.post(url, {"code": EndCode.UNWILLING.value, "reason": "被申请人明确拒绝"})
    assert services.get(mediator_wang.as_actor(), accepted.id).end_code is EndCode.UNWILLING
    browser.get(url, status=409)
    assert "assignment.refuse" in trail(accepted.dispute_id)


def test_replacing_the_mediator(client_for, judge_wu, accepted):
    browser = client_for(judge_wu)
    browser.get(f"/assignments/{accepted.id}/replacement")
    browser.post(f"/assignments/{accepted.id}/replacement", {"reason": "回避申请成立"})
    assert services.open_of(accepted.dispute_id) is None


def test_an_organisation_appoints_on_the_page(client_for, clerk_li, organisation_user, mediator_wang, ready):
    client_for(clerk_li).post(
        f"/disputes/{ready.id}/mediator",
        {"organisation_id": str(organisation_user.organisation_id), "choice": "designated"},
    )
    made = services.open_of(ready.id)
    browser = client_for(organisation_user)
    browser.get(f"/assignments/{made.id}/acceptance")
    browser.post(f"/assignments/{made.id}/acceptance", TODAY | {"mediator_id": str(mediator_wang.mediator_id)})
    assert services.open_of(ready.id).mediator_id == mediator_wang.mediator_id


@pytest.mark.parametrize("who", ["clerk_li", "mediator_wang", "organisation_user"])
def test_every_page_in_english(request, client_for, accepted, who):
    user = request.getfixturevalue(who)
    browser = client_for(user)
    with browser.client.session_transaction() as session:
        session["locale"] = "en"
    for noun in ("contacts", "suspension", "extension", "end"):
        browser.get(f"/assignments/{accepted.id}/{noun}")
    browser.get(f"/disputes/{accepted.dispute_id}")


# --- points, somebody else, replay --------------------------------------------------------------------------------------


def test_the_points_of_everybody_stand_on_the_page(client_for, clerk_li, ready):
    page = client_for(clerk_li).get(f"/disputes/{ready.id}/mediator")
    rows = page.soup.find(id="points").find("tbody").find_all("tr")
    assert [row.find("th").get_text(" ", strip=True).split()[0] for row in rows] == ["王调解", "赵调解"]
    assert "600" in rows[0].get_text()


def test_when_nobody_passes_the_page_says_what_remains(client_for, clerk_li, ready):
    clerk = clerk_li.as_actor()
    for mediator in roster.list_active(clerk):
        roster.take_leave(clerk, mediator, from_on=clock.today(), to_on=clock.today())
    db.session.commit()
    page = client_for(clerk_li).get(f"/disputes/{ready.id}/mediator")
    nobody = page.soup.find(id="nobody")
    assert not page.soup.find(id="suggested")
    assert len(nobody.select(".ways li")) == 5
    assert [a["href"] for a in nobody.select(".ways a")] == [
        f"/disputes/{ready.id}/consents",
        f"/disputes/{ready.id}/filing",
    ]
    assert "2" in nobody.find("li").get_text()
    assert len(page.soup.find(id="excluded").find("tbody").find_all("tr")) == 2


def test_somebody_else_with_a_reason(client_for, clerk_li, ready, mediator_zhao):
    browser = client_for(clerk_li)
    url = f"/disputes/{ready.id}/mediators/{mediator_zhao.mediator_id}/choice"
    assert url in browser.get(f"/disputes/{ready.id}/mediator").html
    browser.get(url)
    missing = browser.post(url, {"reason": "  "}, status=422)
    assert missing.errors()
    browser.post(
        f"/disputes/{ready.id}/mediator",
        {"mediator_id": str(mediator_zhao.mediator_id), "choice": "designated"},
        status=409,
    )
    assert services.open_of(ready.id) is None
    browser.post(url, {"reason": "曾调解同一小区的纠纷"})
    made = services.open_of(ready.id)
    page = browser.get(f"/assignments/{made.id}/choice")
    assert "曾调解同一小区的纠纷" in page.text
    assert "曾调解同一小区的纠纷" in browser.get(f"/disputes/{ready.id}").text


def test_a_lawful_choice_only_with_a_reason_that_is_no_way_round_a_filter(client_for, clerk_li, ready, mediator_zhao):
    clerk = clerk_li.as_actor()
    zhao = roster.get_mediator(clerk, mediator_zhao.mediator_id)
    roster.take_leave(clerk, zhao, from_on=clock.today(), to_on=clock.today())
    db.session.commit()
    url = f"/disputes/{ready.id}/mediators/{zhao.id}/choice"
    browser = client_for(clerk_li)
    assert not browser.get(url).soup.select("main form")
    refused = browser.post(url, {"reason": "熟悉情况"}, status=422)
    assert refused.status == 422
    assert services.open_of(ready.id) is None


@pytest.mark.parametrize(
    ("step", "ground", "article"),
    [
        ("suspend", Ground.COMPLAINT_EXAMINED, "第十条"),
        ("remove", Ground.FORCED, "第十条"),
        (None, None, "第五条"),
    ],
    ids=["standing suspended", "struck off the list", "certificate over"],
)
def test_whoever_lost_certificate_or_standing_is_given_no_dispute(
    client_for, clerk_li, president_he, mediator_zhao, ready, step, ground, article
):
    """S4 arts 5, 10 (R2-10): refused with the article and the others who can; the reason that was typed stays."""
    clerk, zhao = clerk_li.as_actor(), db.session.get_one(Mediator, mediator_zhao.mediator_id)
    url = f"/disputes/{ready.id}/mediators/{zhao.id}/choice"
    browser = client_for(clerk_li)
    browser.get(url)
    if step:
        roster.decide(president_he.as_actor(), zhao, step, ground=ground, reason="经查属实")
    else:
        zhao.certificate_expires_on = clock.today() - timedelta(days=1)
        audit.record(clerk, "edit", zhao, changed=["certificate_expires_on"])
        db.session.commit()
    page = browser.post(url, {"reason": "曾调解同一小区的纠纷"}, status=422)
    assert f"《关于人民法院特邀调解的规定》{article}" in page.text
    assert page.field("reason") == "曾调解同一小区的纠纷"
    assert page.soup.find("a", href=f"/disputes/{ready.id}/mediator"), "the others who can be chosen"
    sent = {"mediator_id": str(zhao.id), "choice": "designated"}
    refused = browser.post(f"/disputes/{ready.id}/mediator", sent, status=409)
    assert refused.soup.select(".error-article")
    assert services.open_of(ready.id) is None


@pytest.mark.parametrize(
    ("who", "status"),
    [("mediator_wang", 403), ("judge_wu", 403), ("president_he", 403), ("clerk_of_other_court", 404)],
)
def test_who_may_not_choose_somebody_else(request, client_for, ready, mediator_zhao, who, status):
    browser = client_for(request.getfixturevalue(who))
    url = f"/disputes/{ready.id}/mediators/{mediator_zhao.mediator_id}/choice"
    browser.get(url, status=status)
    browser.post(url, {"reason": "x"}, status=status)


@pytest.mark.parametrize(
    ("who", "status", "sees"),
    [("clerk_li", 200, True), ("president_he", 200, True), ("judge_wu", 200, True), ("mediator_wang", 200, False),
     ("organisation_user", 200, False), ("mediator_zhao", 404, False), ("clerk_of_other_court", 404, False), ("sysadmin", 403, False)],
)  # fmt: skip
def test_whoever_may_read_the_assignment_may_replay_it(request, client_for, accepted, who, status, sees):
    page = client_for(request.getfixturevalue(who)).get(f"/assignments/{accepted.id}/choice", status=status)
    if status == 200:
        assert page.soup.select_one(".tag-done, [class*=done]")
        # Outside the court nobody is ranked by name.
        assert ("赵调解" in page.text) is sees


def test_a_replay_writes_nothing(client_for, clerk_li, accepted):
    before = places.here(accepted.court_id)
    client_for(clerk_li).get(f"/assignments/{accepted.id}/choice")
    assert places.here(accepted.court_id) == before


def test_the_parties_choose_from_the_public_list(client_for, clerk_li) -> None:
    """S4 arts 8, 12: the page on which a mediator is chosen leads to the list that everybody may read."""
    dispute = builders.make_consented(clerk_li.as_actor())
    page = client_for(clerk_li).get(f"/disputes/{dispute.id}/mediator")
    link = next(a["href"] for a in page.soup.select("main a[href]") if a["href"].startswith("/mediators/of/"))
    assert "王调解" in client_for(None).get(link).text
