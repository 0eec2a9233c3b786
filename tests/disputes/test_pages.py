"""The window on the screen: registering, correcting, people, duplicates, the complaint, the withdrawal."""

import pytest
import sqlalchemy as sa

from mediation.disputes import people, services
from mediation.disputes.models import Dispute, NotDuplicate, Party
from mediation.disputes.rules import Status
from mediation.intake import services as intake
from mediation.kernel import audit
from mediation.kernel.db import db
from tests import builders
from tests.builders import LANDLORD_ID, TENANCY, TENANT_ID

TYPED = {
    "cause": "房屋租赁合同纠纷", "cause_code": TENANCY, "amount": "１，２００．５０元", "source": "window", "street_id": "",
    "claims": "请求退还押金", "facts": "灯泡、浴霸损坏，双方各执一词。", "evidence": "合同", "told_apart": "",
}  # fmt: skip


def side(place: str, **over: str) -> dict[str, str]:
    """One party as it stands on the register page."""
    told = {"kind": "natural", "id_type": "resident", "id_no": "", "name": "", "phone": "", "domicile": "",
            "agent_kind": "lawyer", "agent_authority": "general", "agent_name": "", "sex": ""} | over  # fmt: skip
    return {f"{place}-{field}": value for field, value in told.items()}


def typed(**over: str) -> dict[str, str]:
    tenant = side("applicants-0", name="刘某", id_no=TENANT_ID, phone="１３８ ０００００００１")
    return TYPED | tenant | side("respondents-0", name="汪某", id_no=LANDLORD_ID) | over


def count(model: type) -> int:
    return db.session.scalar(sa.select(sa.func.count()).select_from(model)) or 0


@pytest.fixture
def dispute(clerk_li):
    return builders.make_dispute(clerk_li.as_actor())


def actions(dispute: Dispute) -> set[str]:
    return {event.action for event in audit.of_dispute(dispute.id)}


# --- registering -----------------------------------------------------------------------------------------------------


def test_what_people_type_in_full_width_is_understood(client_for, clerk_li):
    page = client_for(clerk_li).post("/disputes/new", typed())
    made = services.get(clerk_li.as_actor(), int(page.location.rsplit("/", 1)[1]))
    assert made.amount_fen == 120_050
    tenant = services.parties(made.id)[0]
    assert (tenant.phone, f"{tenant.birth_date}") == ("13800000001", "1990-03-07")
    assert "1,200.50" in client_for(clerk_li).get(page.location).text
    assert list(audit.verify()) == []


WRONG = [
    ("applicants-0-id_no", "370102199003071239"),
    ("applicants-0-id_no", "370102199013071238"),
    ("applicants-0-id_no", "37010219900307"),
    ("applicants-0-phone", "12345"),
    ("applicants-0-birth_date", "2026-02-30"),
    ("amount", "-1"),
    ("amount", str(10**15)),
    ("amount", "1.234"),
    ("amount", "一千二"),
    ("cause", "没有这样的案由"),
    ("claims", " \u3000"),
    ("facts", ""),
    ("claims", "长" * 4001),
    ("applicants-0-name", ""),
]


@pytest.mark.parametrize(("name", "value"), WRONG)
def test_what_is_wrong_is_said_beside_its_field_and_nothing_is_lost(client_for, clerk_li, name, value):
    over = {name: value} | ({"cause_code": ""} if name == "cause" else {})
    page = client_for(clerk_li).post("/disputes/new", typed(**over), status=200 if name == "cause" else 422)
    field = page.soup.find(attrs={"name": name})
    assert field.get("aria-invalid") == "true", f"{name} is not marked"
    assert page.errors()
    assert page.field(name).strip() == value.strip(" \u3000")
    for kept in ("facts", "claims", "respondents-0-name", "respondents-0-id_no"):
        if kept != name:
            assert page.field(kept) == typed()[kept]
    assert count(Dispute) == 0


def test_names_are_shown_as_typed_never_as_html(client_for, clerk_li):
    name = "<b>刘</b>&\"'某"
    page = client_for(clerk_li).post("/disputes/new", typed(**{"applicants-0-name": name}))
    shown = client_for(clerk_li).get(page.location)
    assert name in shown.text
    assert "<b>刘" not in shown.html


def test_ten_million_characters_are_turned_away_as_a_whole(client_for, clerk_li):
    client_for(clerk_li).post("/disputes/new", typed(facts="长" * 10_000_000), status=413)
    assert count(Dispute) == 0


def test_the_same_press_of_the_button_registers_once(client_for, clerk_li):
    browser = client_for(clerk_li)
    first = browser.post("/disputes/new", typed(once="one press"))
    assert browser.post("/disputes/new", typed(once="one press")).location == first.location
    assert count(Dispute) == 1


def test_an_ended_session_is_sent_to_sign_in_and_nothing_is_saved(client_for):
    page = client_for(None).post("/disputes/new", typed(), status=401)
    assert page.soup.find(attrs={"name": "password"}) or page.soup.select_one('a[href*="sign-in"]')
    assert count(Dispute) == 0


def test_a_pasted_line_is_spread_over_the_fields(client_for, clerk_li):
    line = f"刘某 13800000001 {TENANT_ID} 济南市历下区样例路1号"
    told = typed(**side("applicants-0") | {"applicants-0-pasted": line, "split": "1"})
    page = client_for(clerk_li).post("/disputes/new", told, status=200)
    assert [page.field(f"applicants-0-{name}") for name in ("name", "phone", "id_no")] == [
        "刘某", "13800000001", TENANT_ID,
    ]  # fmt: skip


def test_another_place_for_a_party_keeps_everything(client_for, clerk_li):
    page = client_for(clerk_li).post("/disputes/new", typed(add_respondents="1"), status=200)
    assert page.soup.find(attrs={"name": "respondents-1-name"})
    assert page.field("claims") == TYPED["claims"]


# --- probably the same -----------------------------------------------------------------------------------------------


def test_a_probable_duplicate_is_shown_first_and_the_answer_remembered(client_for, clerk_li, dispute):
    browser = client_for(clerk_li)
    shown = browser.post("/disputes/new", typed(), status=200)
    assert dispute.receipt_no in shown.text
    assert shown.field("claims") == TYPED["claims"]
    assert count(Dispute) == 1
    browser.post("/disputes/new", typed(told_apart=shown.field("told_apart")))
    assert count(Dispute) == 2
    (pair,) = db.session.scalars(sa.select(NotDuplicate))
    assert {pair.dispute_id, pair.other_id} >= {dispute.id}
    assert "可能是同一纠纷" not in browser.get(f"/disputes/{dispute.id}").text


def test_telling_two_apart_twice_is_one_record(client_for, clerk_li, dispute):
    other, browser = builders.make_dispute(clerk_li.as_actor()), client_for(clerk_li)
    for _ in range(2):
        browser.post(f"/disputes/{dispute.id}/not-duplicate", {"other": str(other.id)})
    assert count(NotDuplicate) == 1
    browser.post(f"/disputes/{dispute.id}/not-duplicate", {"other": "9" * 30}, status=400)
    browser.post(f"/disputes/{dispute.id}/not-duplicate", {"other": "999999"})
    assert count(NotDuplicate) == 1


@pytest.mark.parametrize("query", ["刘某", "{number}"])
def test_the_search_finds_by_name_and_number(client_for, clerk_li, clerk_of_other_court, dispute, query):
    query = query.format(number=dispute.receipt_no)
    found = client_for(clerk_li).post("/search", {"q": query}, status=200)
    assert found.soup.select_one(f'a[href="/disputes/{dispute.id}"]'), query
    strange = client_for(clerk_of_other_court).post("/search", {"q": query}, status=200)
    assert not strange.soup.select_one(f'a[href="/disputes/{dispute.id}"]')


# --- correcting ------------------------------------------------------------------------------------------------------


def matter(dispute: Dispute, **over: str) -> dict[str, str]:
    return {name: TYPED[name] for name in ("cause", "cause_code", "amount", "claims", "facts", "evidence")} | {
        "version": str(dispute.version), "street_id": "",
    } | over  # fmt: skip


def test_correcting_the_matter(client_for, clerk_li, dispute):
    client_for(clerk_li).post(f"/disputes/{dispute.id}/edit", matter(dispute, claims="请求修理"))
    assert db.session.get_one(Dispute, dispute.id).claims == "请求修理"
    assert "dispute.edit" in actions(dispute)


def test_of_two_who_correct_the_second_sees_both_versions_and_who_was_first_and_decides(
    client_for, clerk_li, triage_sun, dispute
):
    url, old = f"/disputes/{dispute.id}/edit", matter(dispute, claims="第二个人写的诉求")
    client_for(triage_sun).post(url, matter(dispute, claims="第一个人写的诉求"))
    browser = client_for(clerk_li)
    page = browser.post(url, old, status=409)
    for words in ("第二个人写的诉求", "第一个人写的诉求", triage_sun.name):
        assert words in page.text
    assert db.session.get_one(Dispute, dispute.id).claims == "第一个人写的诉求"
    browser.post(url, page.as_shown())
    assert db.session.get_one(Dispute, dispute.id).claims == "第二个人写的诉求"


def test_a_step_that_somebody_took_before_names_who_and_what(client_for, clerk_li, triage_sun):
    dispute = builders.make_dispute(clerk_li.as_actor())
    services.withdraw(triage_sun.as_actor(), dispute, reason="申请人不再主张")
    page = client_for(clerk_li).post(f"/disputes/{dispute.id}/withdrawal", {"reason": "申请人申请撤回"}, status=409)
    assert triage_sun.name in page.text
    assert page.soup.select(".error-since li")


def party_typed(party: Party, **over: str) -> dict[str, str]:
    return {"kind": "natural", "id_type": "resident", "id_no": TENANT_ID, "name": party.name, "phone": "13800000001",
            "domicile": "新地址", "sex": "", "version": str(party.version)} | over  # fmt: skip


def test_correcting_a_party(client_for, clerk_li, dispute):
    party = services.parties(dispute.id)[0]
    here, browser = f"/disputes/{dispute.id}/parties/{party.id}", client_for(clerk_li)
    old = party_typed(party, domicile="别的地址")
    browser.post(here, party_typed(party))
    assert people.party(dispute.id, party.id).domicile == "新地址"
    assert "别的地址" in browser.post(here, old, status=409).text
    wrong = browser.post(here, old | {"id_no": "370102199003071239"}, status=422)
    assert wrong.field("domicile") == "别的地址"
    assert wrong.errors()
    assert "party.edit" in actions(dispute)


def test_another_party_joins(client_for, clerk_li, dispute):
    told = {"role": "third", "kind": "organisation", "name": "济南样例物业有限公司", "id_no": "91370102MA3C00003L",
            "id_type": "resident", "sex": ""}  # fmt: skip
    browser = client_for(clerk_li)
    browser.post(f"/disputes/{dispute.id}/parties/new", told)
    assert [p.name for p in services.parties(dispute.id)][-1] == "济南样例物业有限公司"
    wrong = browser.post(f"/disputes/{dispute.id}/parties/new", told | {"id_no": "91370102MA3C00003X"}, status=422)
    assert wrong.field("id_no") == "91370102MA3C00003X"


def test_a_filed_case_is_joined_by_a_decision_of_the_court(client_for, clerk_li):
    """CPL arts 59, 135; S2 arts 73, 81: the registry alone lets nobody in."""
    clerk, browser = clerk_li.as_actor(), client_for(clerk_li)
    dispute = builders.make_consented(clerk)
    here = f"/disputes/{dispute.id}"
    link = f'a[href="{here}/parties/new"]'
    assert browser.get(here).soup.select_one(link)
    intake.file_now(clerk, dispute)
    assert not browser.get(here).soup.select_one(link)
    told = {"role": "third", "kind": "natural", "name": "丙某", "id_type": "resident", "id_no": "", "sex": ""}
    refused = browser.post(f"{here}/parties/new", told, status=422)
    assert refused.field("name") == "丙某"
    assert "第五十九条" in refused.text
    assert len(services.parties(dispute.id)) == 2


def test_an_agent_comes_and_goes(client_for, clerk_li, dispute):
    party, browser = services.parties(dispute.id)[0], client_for(clerk_li)
    here = f"/disputes/{dispute.id}/parties/{party.id}/agents/new"
    told = {"agent_name": "孙律师", "agent_kind": "lawyer", "agent_authority": "special", "agent_firm": "样例律师事务所",
            "agent_licence_no": "13701202010123456", "agent_phone": "", "agent_id_no": ""}  # fmt: skip
    assert browser.post(here, told | {"agent_licence_no": "1"}, status=422).field("agent_name") == "孙律师"
    browser.post(here, told)
    agent = people.party(dispute.id, party.id).agents[0]
    url = f"/disputes/{dispute.id}/agents/{agent.id}"
    browser.post(url, told | {"agent_authority": "general", "version": str(agent.version)})
    browser.post(url, told | {"version": "1"}, status=409)
    browser.post(f"{url}/end")
    assert people.party(dispute.id, party.id).agents[0].ended_on is not None
    assert {"agent.add", "agent.edit", "agent.end"} <= actions(dispute)


def test_the_address_for_service_with_e_mail(client_for, clerk_li, dispute):
    party, browser = services.parties(dispute.id)[0], client_for(clerk_li)
    here = f"/disputes/{dispute.id}/parties/{party.id}/address"
    told = {"address": "样例路1号", "postcode": "250014", "recipient": "刘某", "phone": "13800000001", "electronic": "y",
            "e_mail": "liu@example.com", "confirmed_on": "今天"}  # fmt: skip
    for name, value in (
        ("e_mail", "liu.example.com"),
        ("postcode", "25"),
        ("address", ""),
        ("confirmed_on", "13月40日"),
    ):
        page = browser.post(here, told | {name: value}, status=422)
        assert page.field(name) == value
        assert page.field("recipient") == "刘某"
    browser.post(here, told)
    known = people.party(dispute.id, party.id).address
    assert (known.e_mail, known.electronic) == ("liu@example.com", True)


# --- the complaint, the end ------------------------------------------------------------------------------------------


def test_the_complaint_is_handed_in_and_taken_back(client_for, clerk_li):
    dispute = builders.make_dispute(clerk_li.as_actor(), has_complaint=False)
    browser, here = client_for(clerk_li), f"/disputes/{dispute.id}/complaint"
    browser.post(here, {"reason": ""})
    assert services.facts(db.session.get_one(Dispute, dispute.id)).complaint_pending
    browser.post(here, {"reason": "自愿撤回"})
    assert not services.facts(db.session.get_one(Dispute, dispute.id)).complaint_pending


def test_withdrawal_needs_its_reason(client_for, clerk_li, dispute):
    browser, here = client_for(clerk_li), f"/disputes/{dispute.id}/withdrawal"
    assert browser.post(here, {"reason": "  ", "recorded": "oral"}, status=422).errors()
    browser.post(here, {"reason": "已自行和解", "recorded": "oral"})
    assert db.session.get_one(Dispute, dispute.id).status is Status.CLOSED
    browser.post(here, {"reason": "再次", "recorded": "oral"}, status=409)


ACTS = ("edit", "not-duplicate", "parties/new", "parties/{party}", "parties/{party}/agents/new", "parties/{party}/address",
        "complaint", "withdrawal", "closing")  # fmt: skip


@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("clerk_of_other_court", 404),
        ("judge_chen", 403),
        ("president_he", 403),
        ("mediator_wang", 403),
        ("auditor", 403),
    ],
)
def test_only_the_registry_of_the_court_acts(request, client_for, dispute, act, who, status):
    before = audit.head_of(dispute.court_id)
    url = f"/disputes/{dispute.id}/{act.format(party=services.parties(dispute.id)[0].id)}"
    client_for(request.getfixturevalue(who)).post(url, {"reason": "x", "other": "1"}, status=status)
    new = db.session.scalars(sa.select(audit.AuditEvent.action).where(audit.AuditEvent.court_id == dispute.court_id,
                                                                     audit.AuditEvent.seq > before))  # fmt: skip
    assert set(new) <= {"access.denied"}


def test_every_page_in_both_languages(client_for, clerk_li, dispute):
    browser = client_for(clerk_li)
    party = services.parties(dispute.id)[0].id
    for locale in ("zh", "en"):
        browser.post("/preferences", {"locale": locale})
        for act in ACTS:
            if act != "not-duplicate":
                browser.get(f"/disputes/{dispute.id}/{act.format(party=party)}")
        browser.get("/disputes/new")
        browser.get(f"/disputes/{dispute.id}")


def test_causes_are_found_by_the_initials_of_their_pinyin(client_for, clerk_li):
    answer = client_for(clerk_li).get("/causes", query_string={"q": "fwzl"}).response.get_json()
    assert TENANCY in {cause["code"] for cause in answer["causes"]}
