"""Keeping the lists: bodies in their tree, entries, certificate, training, strengths, leave, the own profile, the public list."""

import io
from collections.abc import Callable
from datetime import date, time, timedelta

import pytest
import sqlalchemy as sa
from PIL import Image

from mediation.accounts.models import User
from mediation.kernel import audit, clock
from mediation.kernel.actor import system
from mediation.kernel.audit import AuditEvent
from mediation.kernel.db import db
from mediation.kernel.errors import DomainError, NotPermitted
from mediation.notices.models import Notice
from mediation.roster import services
from mediation.roster.models import Mediator, Organisation, Strength
from mediation.roster.rules import Demands, Ground, RosterStatus
from mediation.roster.services.availability import Hours
from tests.page import Browser

Open = Callable[[User | None], Browser]
MEDIATOR = {
    "name": "新调解", "category": "invited", "organisation_id": "0", "street_id": "0", "profession": "律师",
    "firm": "样例律师事务所", "phone": "13800009999", "languages": ["zh", "en"], "foreign_region": "", "max_open": "12",
    "certificate_no": "A-900", "certificate_expires_on": "2031-01-01", "id_no": "370102199003071238",
}  # fmt: skip
BODY = {
    "name": "样例商事调解中心", "kind": "commercial", "street_id": "0", "fee_mode": "market", "tariff": "每件五百元",
    "scope": "合同纠纷", "agreement_on": "2026-01-01", "agreement_until": "2028-12-31",
}  # fmt: skip


def newest() -> AuditEvent:
    return db.session.scalars(sa.select(AuditEvent).order_by(AuditEvent.id.desc())).first()


def acts(subject: str) -> list[str]:
    rows = sa.select(AuditEvent.action).where(AuditEvent.subject_type == subject).order_by(AuditEvent.id)
    return list(db.session.scalars(rows))


def wang(user: User) -> Mediator:
    return services.get_mediator(user.as_actor(), user.mediator_id)


def named(name: str) -> Mediator:
    return db.session.scalars(sa.select(Mediator).where(Mediator.name == name)).one()


def png(size: int = 400) -> bytes:
    out = io.BytesIO()
    Image.new("RGBA", (size, size), (200, 16, 46, 255)).save(out, "PNG")
    return out.getvalue()


# --- bodies ----------------------------------------------------------------------------------------------------------


def test_a_body_is_a_candidate_until_the_president_puts_it_on_the_list(
    client_for: Open, clerk_li: User, president_he: User
) -> None:
    page = client_for(clerk_li).post("/roster/organisations/new", BODY)
    body = db.session.scalars(sa.select(Organisation).where(Organisation.name == BODY["name"])).one()
    assert page.location == f"/roster/organisations/{body.id}"
    assert body.status is RosterStatus.CANDIDATE
    assert BODY["name"] not in client_for(None).get("/mediators/of/鲁0102").text
    url = f"/roster/organisations/{body.id}/standing"
    client_for(clerk_li).get(url, status=403)
    sent = {"step": "admit", "ground": "entry", "reason": "依法成立，符合入册条件"}
    client_for(president_he).get(url)
    client_for(president_he).post(url, sent)
    assert body.status is RosterStatus.ACTIVE
    assert acts("organisation")[-1] == "organisation.admit"
    shown = client_for(None).get("/mediators/of/鲁0102").text
    assert BODY["name"] in shown
    assert BODY["tariff"] in shown
    client_for(president_he).post(url, sent, status=409)


@pytest.mark.parametrize(
    ("over", "field"),
    [
        ({"tariff": ""}, "tariff"),
        ({"kind": "peoples_committee"}, "fee_mode"),
        ({"name": "历下区人民调解委员会"}, "name"),
        ({"agreement_until": "2025-12-31"}, "agreement_until"),
        ({"credit_code": "91370102MA3C00003X"}, "credit_code"),
    ],
)
def test_a_body_that_does_not_fit_keeps_what_was_typed(
    client_for: Open, clerk_li: User, over: dict[str, str], field: str
) -> None:
    page = client_for(clerk_li).post("/roster/organisations/new", BODY | over, status=422)
    assert page.errors()
    assert page.field("scope") == BODY["scope"]
    assert page.soup.select_one(f"#{field}-error, .field-wrong")
    assert acts("organisation") == ["organisation.create"]


def test_the_tree_shows_each_body_where_it_stands(client_for: Open, clerk_li: User, president_he: User) -> None:
    browser = client_for(clerk_li)
    street = services.streets(clerk_li.as_actor())[0]
    browser.post("/roster/streets/new", {"name": "和平新村社区", "parent_id": str(street.id)})
    assert acts("street")[-1] == "street.create"
    community = services.streets(clerk_li.as_actor())[-1]
    assert community.parent_id == street.id
    again = browser.post("/roster/streets/new", {"name": "和平新村社区", "parent_id": str(street.id)}, status=422)
    assert again.field("name") == "和平新村社区"
    browser.post("/roster/organisations/new", BODY | {"street_id": str(community.id)})
    page = browser.get("/roster/tree")
    section = page.soup.select_one(f"[aria-labelledby=place-{street.id}]")
    assert BODY["name"] in section.get_text()
    assert "历下区人民调解委员会" not in section.get_text()


def test_the_tree_shows_district_street_and_community_with_what_each_body_is(
    client_for: Open, clerk_li: User, judge_chen: User, clerk_of_other_court: User, mediator_wang: User
) -> None:
    clerk = client_for(clerk_li)
    street = services.streets(clerk_li.as_actor())[0]
    clerk.post("/roster/streets/new", {"name": "和平新村社区", "parent_id": str(street.id)})
    community = next(one for one in services.streets(clerk_li.as_actor()) if one.parent_id == street.id)
    clerk.post("/roster/organisations/new", BODY | {"name": "街道中心", "street_id": str(street.id)})
    clerk.post("/roster/organisations/new", BODY | {"name": "社区站点", "street_id": str(community.id)})
    page = client_for(judge_chen).get("/roster/tree")
    district = page.soup.select_one("[aria-labelledby=district]")
    assert "历下区人民调解委员会" in district.get_text()
    assert not {"街道中心", "社区站点"} & set(district.stripped_strings)
    committee = services.organisations(clerk_li.as_actor())
    body = next(one for one in committee if one.name == "历下区人民调解委员会")
    row = district.find("a", href=f"/roster/organisations/{body.id}").find_parent("tr")
    assert row.select_one("td.number").get_text(strip=True) == str(services.member_counts(clerk_li.as_actor())[body.id])
    place = page.soup.select_one(f"[aria-labelledby=place-{street.id}]")
    below = place.find("h3", string="和平新村社区")
    assert "社区站点" in below.find_next("table").get_text()
    assert "社区站点" not in place.find("table").get_text()
    assert not page.soup.find("a", href="/roster/organisations/new"), "a judge reads and enters nothing"
    assert "街道中心" not in client_for(clerk_of_other_court).get("/roster/tree").text
    client_for(mediator_wang).get("/roster/tree", status=403)
    client_for(None).get("/roster/tree", status=401)


def test_an_entry_is_changed_and_the_trail_says_what(client_for: Open, clerk_li: User, judge_chen: User) -> None:
    body = services.organisations(clerk_li.as_actor())[0]
    url = f"/roster/organisations/{body.id}/edit"
    browser = client_for(clerk_li)
    shown = browser.get(url).as_shown()
    browser.post(url, shown | {"address": ["样例路9号"]})
    assert body.address == "样例路9号"
    assert newest().action == "organisation.edit"
    assert newest().facts["changed"] == ["address"]
    client_for(judge_chen).get(url, status=403)
    client_for(judge_chen).post(url, shown, status=403)


def test_an_agreement_is_renewed_only_to_a_later_day(client_for: Open, clerk_li: User, judge_chen: User) -> None:
    body = services.organisations(clerk_li.as_actor())[0]
    url = f"/roster/organisations/{body.id}/agreement"
    browser = client_for(clerk_li)
    browser.post(url, {"agreement-signed_on": "2026-11-01", "agreement-until": "2029-10-31"})
    assert body.agreement_until == date(2029, 10, 31)
    assert newest().facts["former"] == {"on": "2017-06-01", "until": None}
    page = browser.post(url, {"agreement-signed_on": "2026-11-02", "agreement-until": "2028-01-01"}, status=422)
    assert page.field("agreement-until") == "2028-01-01"
    client_for(judge_chen).post(url, {}, status=403)


def test_only_a_picture_is_a_seal(client_for: Open, clerk_li: User, clerk_of_other_court: User) -> None:
    body = services.organisations(clerk_li.as_actor())[0]
    url = f"/roster/organisations/{body.id}/seal"
    browser = client_for(clerk_li)
    for wrong in (b"%PDF-1.7 nothing", b"<svg onload='x'/>", png(60)):
        assert browser.post(url, {"seal-seal": (io.BytesIO(wrong), "seal.png")}, status=422).errors()
        assert services.seal_of(body) is None
    browser.get(f"{url}.png", status=404)
    browser.post(url, {"seal-seal": (io.BytesIO(png()), "seal.png")})
    got = browser.get(f"{url}.png")
    assert got.response.mimetype == "image/png"
    assert newest().action == "organisation.seal"
    client_for(clerk_of_other_court).get(f"{url}.png", status=404)
    client_for(clerk_of_other_court).post(url, {}, status=404)


# --- mediators -------------------------------------------------------------------------------------------------------


def test_a_mediator_enters_after_training_by_decision_of_the_president(
    client_for: Open, clerk_li: User, president_he: User
) -> None:
    services.set_demands(president_he.as_actor(), Demands(8, 16, 60, 5), valid_from=clock.today(), source="院内规定")
    browser = client_for(clerk_li)
    browser.get("/roster/mediators/new")
    browser.post("/roster/mediators/new", MEDIATOR)
    made = named("新调解")
    assert made.status is RosterStatus.CANDIDATE
    assert made.languages == ["zh", "en"]
    assert "370102199003071238" not in client_for(clerk_li).get(f"/roster/mediators/{made.id}").html
    url = f"/roster/mediators/{made.id}/standing"
    sent = {"step": "admit", "ground": "entry", "reason": "符合条件"}
    page = client_for(president_he).post(url, sent, status=422)
    assert page.errors()
    assert page.field("reason") == "符合条件"
    assert made.status is RosterStatus.CANDIDATE
    told = {"held_on": "2026-01-05", "hours": "8", "subject": "调解实务", "organiser": "历下区人民法院"}
    browser.post(f"/roster/mediators/{made.id}/training", told)
    assert newest().action == "training.add"
    client_for(president_he).post(url, sent)
    assert made.status is RosterStatus.ACTIVE


@pytest.mark.parametrize(
    "over",
    [{"certificate_no": "A-001"}, {"id_no": "370102199003071239"}, {"phone": "12"}, {"max_open": "0"}, {"name": ""}],
)
def test_a_mediator_that_does_not_fit_keeps_what_was_typed(
    client_for: Open, clerk_li: User, over: dict[str, str]
) -> None:
    page = client_for(clerk_li).post("/roster/mediators/new", MEDIATOR | over, status=422)
    assert page.errors()
    assert page.field("firm") == MEDIATOR["firm"]
    assert db.session.scalar(sa.select(Mediator.id).where(Mediator.name == "新调解")) is None


def test_an_entry_of_a_mediator_is_changed(client_for: Open, clerk_li: User, mediator_wang: User) -> None:
    url = f"/roster/mediators/{mediator_wang.mediator_id}/edit"
    browser = client_for(clerk_li)
    shown = browser.get(url).as_shown()
    key = wang(mediator_wang).person_key
    browser.post(url, shown | {"employer": ["样例单位"], "phone": ["13811110000"]})
    found = wang(mediator_wang)
    assert (found.employer, found.phone, found.person_key) == ("样例单位", "13811110000", key)
    assert sorted(newest().facts["changed"]) == ["employer", "phone"]
    assert "13811110000" not in newest().data


TABS = ("", "/certificate", "/training", "/time", "/strengths", "/load")


@pytest.mark.parametrize("tab", TABS)
def test_every_tab_opens_to_the_court_and_to_no_stranger(
    client_for: Open, tab: str, judge_chen: User, clerk_of_other_court: User, mediator_wang: User
) -> None:
    url = f"/roster/mediators/{mediator_wang.mediator_id}{tab}"
    client_for(judge_chen).get(url)
    client_for(clerk_of_other_court).get(url, status=404)


@pytest.mark.parametrize(
    ("tab", "sent"),
    [
        ("certificate", {"until": "2035-01-01"}),
        ("training", {"held_on": "2026-01-05", "hours": "3", "subject": "x"}),
        ("strengths", {"cause": "10"}),
        ("leave", {}),
        ("hours", {}),
        ("strengths/drop", {"code": "4.10.116"}),
        ("profile", {}),
    ],
)
def test_a_judge_changes_nothing_and_a_stranger_finds_nothing(
    client_for: Open, tab: str, sent: dict, judge_chen: User, clerk_of_other_court: User, mediator_wang: User
) -> None:
    before = acts("mediator")
    url = f"/roster/mediators/{mediator_wang.mediator_id}/{tab}"
    client_for(judge_chen).post(url, sent, status=403)
    client_for(clerk_of_other_court).post(url, sent, status=404)
    assert acts("mediator") == before


def test_a_certificate_is_renewed_only_to_a_later_day(client_for: Open, clerk_li: User, mediator_wang: User) -> None:
    found = wang(mediator_wang)
    url = f"/roster/mediators/{found.id}/certificate"
    later = found.certificate_expires_on + timedelta(days=365)
    page = client_for(clerk_li).post(url, {"until": str(found.certificate_expires_on)}, status=422)
    assert page.field("until") == str(found.certificate_expires_on)
    client_for(clerk_li).post(url, {"until": str(later)})
    assert found.certificate_expires_on == later
    assert newest().action == "mediator.renew"


def test_training_counts_by_year_and_once(client_for: Open, clerk_li: User, mediator_wang: User) -> None:
    url = f"/roster/mediators/{mediator_wang.mediator_id}/training"
    browser = client_for(clerk_li)
    for day, hours in (("2025-03-01", "6"), ("2026-03-01", "4"), ("2026-06-01", "5")):
        browser.post(url, {"held_on": day, "hours": hours, "subject": f"培训{day}"})
    assert services.hours_by_year(services.trainings(wang(mediator_wang))) == {2026: 9, 2025: 6}
    again = browser.post(url, {"held_on": "2026-06-01", "hours": "5", "subject": "培训2026-06-01"}, status=422)
    assert again.field("subject") == "培训2026-06-01"
    ahead = (clock.today() + timedelta(days=1)).isoformat()
    assert browser.post(url, {"held_on": ahead, "hours": "5", "subject": "未来"}, status=422).errors()


def test_strengths_are_found_by_name_or_code(client_for: Open, clerk_li: User, mediator_wang: User) -> None:
    url = f"/roster/mediators/{mediator_wang.mediator_id}/strengths"
    browser = client_for(clerk_li)
    browser.post(url, {"cause": "物业服务合同纠纷"})
    assert newest().action == "mediator.strengths"
    added = newest().facts["added"]
    assert added in {one.cause_code for one in wang(mediator_wang).strengths}
    assert browser.post(url, {"cause": "物业服务合同纠纷"}, status=422).errors()
    assert browser.post(url, {"cause": "没有这个案由"}, status=422).field("cause") == "没有这个案由"
    browser.post(f"{url}/drop", {"code": added})
    assert added not in {one.cause_code for one in wang(mediator_wang).strengths}
    before = newest().id
    browser.post(f"{url}/drop", {"code": added})
    assert newest().id == before


# --- the own profile -------------------------------------------------------------------------------------------------


def test_a_mediator_keeps_the_own_profile_and_no_other(
    client_for: Open, mediator_wang: User, mediator_zhao: User
) -> None:
    browser = client_for(mediator_wang)
    url = f"/roster/mediators/{mediator_wang.mediator_id}/profile"
    assert browser.get("/roster/own", status=302).location == url
    assert "A-001" in browser.get(url).text
    told = {"profile-phone": "13822223333", "profile-languages": ["zh", "sign"], "profile-introduction": "从事调解十年"}
    browser.post(url, told)
    assert wang(mediator_wang).languages == ["zh", "sign"]
    assert newest().action == "mediator.profile"
    page = browser.post(url, told | {"profile-phone": "1"}, status=422)
    assert page.field("profile-introduction") == "从事调解十年"
    browser.get(f"/roster/mediators/{mediator_zhao.mediator_id}/profile", status=404)
    browser.post(f"/roster/mediators/{mediator_zhao.mediator_id}/profile", told, status=404)
    browser.get(f"/roster/mediators/{mediator_wang.mediator_id}/certificate", status=403)


def test_an_organisation_keeps_its_members(
    client_for: Open, organisation_user: User, mediator_wang: User, mediator_zhao: User
) -> None:
    browser = client_for(organisation_user)
    assert "王调解" in browser.get("/roster/own").text
    browser.get(f"/roster/mediators/{mediator_wang.mediator_id}/time")
    browser.get(f"/roster/mediators/{mediator_zhao.mediator_id}/time", status=404)


def test_leave_and_hours_are_entered_on_the_page(client_for: Open, mediator_wang: User) -> None:
    browser = client_for(mediator_wang)
    base = f"/roster/mediators/{mediator_wang.mediator_id}"
    first, last = clock.today() + timedelta(days=3), clock.today() + timedelta(days=5)
    browser.post(f"{base}/leave", {"leave-from_on": str(first), "leave-to_on": str(last), "leave-reason": "探亲"})
    leave_id = services.leave_of(wang(mediator_wang))[0].id
    assert "探亲" in browser.get(f"{base}/time").text
    wrong = browser.post(f"{base}/leave", {"leave-from_on": str(last), "leave-to_on": str(first)}, status=422)
    assert wrong.field("leave-from_on") == str(last)
    browser.post(f"{base}/leave/{leave_id}/cancel")
    assert services.leave_of(wang(mediator_wang)) == []
    browser.post(f"{base}/leave/{leave_id}/cancel", status=404)
    browser.post(f"{base}/hours", {"week-from_0": "09:00", "week-to_0": "12:00"})
    assert [(h.weekday, f"{h.starts:%H:%M}") for h in services.weekly_hours(wang(mediator_wang))] == [(0, "09:00")]
    for sent in ({"week-from_1": "09:00"}, {"week-from_1": "10:00", "week-to_1": "09:00"}):
        page = browser.post(f"{base}/hours", sent, status=422)
        assert page.errors()
        assert page.field("week-from_1") == sent["week-from_1"]
    browser.post(f"{base}/hours", {})
    assert services.weekly_hours(wang(mediator_wang)) == []


def test_two_stretches_of_a_day_survive_saving_as_they_were_shown(client_for: Open, mediator_wang: User) -> None:
    browser, base = client_for(mediator_wang), f"/roster/mediators/{mediator_wang.mediator_id}"
    same = {"week-from_all": "09:00", "week-to_all": "11:30", "week-again_all": "14:00", "week-until_all": "16:00"}
    assert browser.post(f"{base}/hours", {"week-from_all": "09:00"}, status=422).errors()
    crossed = same | {"week-again_all": "11:00"}
    assert "week-to_all" in str(browser.post(f"{base}/hours", crossed, status=422).soup.select("[aria-invalid]"))
    browser.post(
        f"{base}/hours",
        same
        | {
            "week-from_1": "10:00",
            "week-to_1": "11:00",
            "week-from_5": "09:00",
            "week-to_5": "11:00",
            "week-seen": browser.get(f"{base}/time").field("week-seen"),
        },
    )
    shown = browser.get(f"{base}/time")
    assert [shown.field(f"week-until_{day}") for day in range(6)] == ["16:00"] * 5 + [""]
    assert (shown.field("week-from_1"), shown.field("week-from_5"), shown.field("week-from_all")) == (
        "09:00",
        "09:00",
        "",
    )
    two = {"week-from_1": "09:00", "week-to_1": "11:30", "week-again_1": "14:00", "week-until_1": "16:00"}
    browser.post(f"{base}/hours", two)
    stands = [(1, "09:00"), (1, "14:00")]
    assert [(h.weekday, f"{h.starts:%H:%M}") for h in services.weekly_hours(wang(mediator_wang))] == stands
    page = browser.get(f"{base}/time")
    form = next(f for f in page.soup.select("main form") if f["action"].endswith("/hours"))
    sent = {
        i["name"]: i.get("value", "") for i in form.select("input[name]") if i["name"] not in {"csrf_token", "once"}
    }
    assert {name: sent[name] for name in two} == two
    browser.post(f"{base}/hours", sent)
    assert [(h.weekday, f"{h.starts:%H:%M}") for h in services.weekly_hours(wang(mediator_wang))] == stands
    overlapping = two | {"week-again_1": "11:00", "week-seen": services.hours_seen(wang(mediator_wang))}
    page = browser.post(f"{base}/hours", overlapping, status=422)
    assert page.field("week-again_1") == "11:00"


def test_a_third_stretch_of_a_day_is_refused(mediator_wang: User) -> None:
    three = [Hours(1, time(hour), time(hour + 1)) for hour in (9, 11, 14)]
    with pytest.raises(DomainError) as refused:
        services.set_hours(mediator_wang.as_actor(), wang(mediator_wang), three)
    assert refused.value.field == "day_1"


def test_who_comes_second_sees_who_was_first_keeps_what_was_typed_and_decides(
    client_for: Open, mediator_wang: User, clerk_li: User
) -> None:
    base = f"/roster/mediators/{mediator_wang.mediator_id}"
    first, second = client_for(clerk_li), client_for(mediator_wang)
    seen = second.get(f"{base}/time").field("week-seen")
    first.post(f"{base}/hours", {"week-from_0": "09:00", "week-to_0": "12:00", "week-seen": seen})
    late = {"week-from_4": "13:30", "week-to_4": "16:00", "week-seen": seen}
    page = second.post(f"{base}/hours", late, status=409)
    assert clerk_li.name in " ".join(page.errors())
    assert "09:00–12:00" in page.text
    assert page.field("week-from_4") == "13:30"
    assert [(h.weekday, f"{h.starts:%H:%M}") for h in services.weekly_hours(wang(mediator_wang))] == [(0, "09:00")]
    second.post(f"{base}/hours", late | {"week-seen": page.field("week-seen")})
    assert [(h.weekday, f"{h.starts:%H:%M}") for h in services.weekly_hours(wang(mediator_wang))] == [(4, "13:30")]


# --- what the court asks ---------------------------------------------------------------------------------------------


def test_the_president_sets_what_is_asked_from_today_on(client_for: Open, president_he: User, clerk_li: User) -> None:
    sent = {"valid_from": str(clock.today()), "entry_hours": "10", "yearly_hours": "20", "warn_days": "30", "hearing_days": "7",
            "source": "院发〔2026〕1号"}  # fmt: skip
    client_for(clerk_li).get("/roster/demands")
    client_for(clerk_li).post("/roster/demands", sent, status=403)
    browser = client_for(president_he)
    past = sent | {"valid_from": str(clock.today() - timedelta(days=1))}
    assert browser.post("/roster/demands", past, status=422).field("source") == sent["source"]
    browser.post("/roster/demands", sent)
    assert services.demands(president_he.court_id) == Demands(10, 20, 30, 7)
    assert services.demands(president_he.court_id, clock.today() - timedelta(days=1)) == Demands()
    assert newest().action == "roster_rule.set"


def test_a_certificate_that_ends_is_warned_of_once_and_leaves_the_list(mediator_wang: User) -> None:
    found = wang(mediator_wang)
    until = found.certificate_expires_on
    actor = system(found.court_id)
    with clock.pretend(clock.at(until - timedelta(days=60), 8)):
        assert services.run_day(actor)["certificates_soon"] >= 1
        assert services.run_day(actor) == {"certificates_out": 0, "certificates_soon": 0, "agreements_soon": 0}
    kinds = list(db.session.scalars(sa.select(Notice.kind).where(Notice.user_id == mediator_wang.id)))
    assert kinds == ["roster.certificate.soon"]
    with clock.pretend(clock.at(until, 8)):
        assert services.run_day(actor)["certificates_out"] == 0
    with clock.pretend(clock.at(until + timedelta(days=1), 8)):
        assert services.run_day(actor)["certificates_out"] >= 1
    assert found.status is RosterStatus.EXPIRED


def test_who_has_expired_returns_only_with_a_running_certificate(president_he: User, mediator_wang: User) -> None:
    found = wang(mediator_wang)
    after = found.certificate_expires_on + timedelta(days=1)
    with clock.pretend(clock.at(after, 8)):
        services.run_day(system(found.court_id))
        actor = president_he.as_actor()
        with pytest.raises(DomainError) as refused:
            services.decide(actor, found, "reactivate", ground=Ground.EVALUATION, reason="续聘")
        assert refused.value.article == "S4 art. 5"
        db.session.refresh(found)
        services.renew_certificate(actor, found, until=after + timedelta(days=365))
        services.decide(actor, found, "reactivate", ground=Ground.EVALUATION, reason="续聘")
    assert found.status is RosterStatus.ACTIVE


def test_nobody_lets_time_act(president_he: User, mediator_wang: User) -> None:
    with pytest.raises(NotPermitted):
        services.decide(president_he.as_actor(), wang(mediator_wang), "expire", ground=Ground.CERTIFICATE, reason="x")


# --- the public list -------------------------------------------------------------------------------------------------


def test_everybody_reads_the_list_without_numbers_of_telephones(client_for: Open, mediator_wang: User) -> None:
    page = client_for(None).get("/mediators/of/鲁0102")
    for told in ("王调解", "济南市历下区人民法院", "历下区人民调解委员会"):
        assert told in page.text
    assert "1380000" not in page.html
    assert "A-001" not in page.html
    assert "济南市历下区人民法院" in client_for(None).get("/mediators").text
    client_for(None).get("/mediators/of/鲁9999", status=404)
    assert "/mediators/of/" in client_for(None).get("/board/鲁0102").html


def test_the_public_list_shows_what_the_rule_asks_and_nothing_of_the_person(
    client_for: Open, clerk_li: User, president_he: User, mediator_wang: User
) -> None:
    """R2-03 (S5 art. 5): basic data, range, strengths, fee, inviting court; no number, address, load or certificate."""
    found = wang(mediator_wang)
    told = {
        "profession": "退休法官",
        "introduction": "擅长相邻纠纷",
        "address": "历下区解放路1号2单元301室",
        "languages": ["zh", "sign"],
    }
    services.edit_mediator(clerk_li.as_actor(), found, told)
    client_for(clerk_li).post("/roster/organisations/new", BODY | {"address": "历下区经十路1号"})
    body = db.session.scalars(sa.select(Organisation).where(Organisation.name == BODY["name"])).one()
    services.decide(president_he.as_actor(), body, "admit", ground=Ground.ENTRY, reason="符合条件")
    page = client_for(None).get("/mediators/of/鲁0102")
    rows = page.soup.select("[aria-labelledby=mediators] tbody tr")
    row = next(one for one in rows if "王调解" in one.find("th").get_text())
    shown = row.get_text(" ", strip=True)
    codes = set(db.session.scalars(sa.select(Strength.cause_code).where(Strength.mediator_id == found.id)))
    strong = services.cause_names(codes).values()
    assert strong
    for one in ("退休法官", "擅长相邻纠纷", "手语", "历下区人民调解委员会", "济南市历下区人民法院", "不收费", *strong):
        assert one in shown, one
    bodies = page.soup.select_one("[aria-labelledby=bodies]").get_text(" ", strip=True)
    for one in (BODY["name"], BODY["scope"], BODY["tariff"], "历下区经十路1号"):
        assert one in bodies, one
    for hidden in (found.phone, found.certificate_no, "301室", found.person_key, str(found.certificate_expires_on)):
        assert hidden not in page.html, hidden


def test_the_public_list_ranks_nobody(client_for: Open, mediator_wang: User, mediator_zhao: User) -> None:
    """R7-12: no ranking of mediators: no load, rate or rating is shown, and the order is category and name alone."""
    page = client_for(None).get("/mediators/of/鲁0102")
    heads = [th.get_text(strip=True) for th in page.soup.select("[aria-labelledby=mediators] thead th")]
    assert not [head for head in heads if any(word in head for word in ("率", "分", "件数", "排名", "名次"))]
    assert not page.soup.select("[aria-labelledby=mediators] a[href*=sort]")
    rows = [
        row.find("th").get_text(" ", strip=True) for row in page.soup.select("[aria-labelledby=mediators] tbody tr")
    ]
    asked = "sort=rating&order=desc&category=x"
    again = client_for(None).get(f"/mediators/of/鲁0102?{asked}")
    assert rows == [
        row.find("th").get_text(" ", strip=True) for row in again.soup.select("[aria-labelledby=mediators] tbody tr")
    ]
    with_place = sa.select(Mediator).where(
        Mediator.status == RosterStatus.ACTIVE, Mediator.court_id == mediator_wang.court_id
    )
    order = db.session.scalars(with_place.order_by(Mediator.category, Mediator.name, Mediator.id)).all()
    assert [one.name for one in order] == [row.split()[0] for row in rows]


@pytest.mark.parametrize(
    ("query", "seen"),
    [
        ("cause=4.10.116.2", True),
        ("cause=4", True),
        ("cause=10.35", False),
        ("cause=无此案由", False),
        ("language=sign", False),
        ("language=nonsense", True),
        ("street=999999", False),
        ("street=x", True),
    ],
)
def test_the_list_is_narrowed(client_for: Open, mediator_wang: User, query: str, seen: bool) -> None:
    assert ("王调解" in client_for(None).get(f"/mediators/of/鲁0102?{query}").text) == seen


def test_the_list_is_narrowed_to_a_street_and_a_language(client_for: Open, clerk_li: User, mediator_wang: User) -> None:
    street = services.streets(clerk_li.as_actor())[0]
    services.edit_mediator(
        clerk_li.as_actor(), wang(mediator_wang), {"street_id": street.id, "languages": ["zh", "sign"]}
    )
    found = client_for(None).get(f"/mediators/of/鲁0102?street={street.id}&language=sign").text
    assert "王调解" in found
    assert "赵调解" not in found


def test_who_is_suspended_or_expired_is_not_shown(client_for: Open, president_he: User, mediator_wang: User) -> None:
    services.decide(president_he.as_actor(), wang(mediator_wang), "suspend", ground=Ground.LEAVE, reason="病假")
    assert "王调解" not in client_for(None).get("/mediators/of/鲁0102").text


def test_an_agreement_that_is_running_out_is_told_once_for_each_last_day(organisation_user, clerk_li):
    body = db.session.get_one(Organisation, organisation_user.organisation_id)
    actor = system(body.court_id)
    body.agreement_until = clock.today() + timedelta(days=30)
    audit.record(actor, "edit", body)
    assert services.run_day(actor)["agreements_soon"] == 1
    assert services.run_day(actor)["agreements_soon"] == 0
    wanted = sa.select(Notice).where(Notice.kind == "roster.agreement.soon")
    assert {notice.user_id for notice in db.session.scalars(wanted)} == {organisation_user.id, clerk_li.id}
    assert "organisation.warn" in audit.actions_on("organisation", body.id)
    body.agreement_until = clock.today() + timedelta(days=40)
    audit.record(actor, "edit", body)
    assert services.run_day(actor)["agreements_soon"] == 1


def test_an_agreement_without_an_end_or_of_a_body_off_the_list_is_not_told_of(organisation_user, president_he):
    body = db.session.get_one(Organisation, organisation_user.organisation_id)
    assert services.run_day(system(body.court_id))["agreements_soon"] == 0
    body.agreement_until = clock.today() + timedelta(days=30)
    audit.record(system(body.court_id), "edit", body)
    services.decide(president_he.as_actor(), body, "suspend", ground=Ground.COMPLAINT_EXAMINED, reason="投诉核查")
    assert services.run_day(system(body.court_id))["agreements_soon"] == 0
