"""Special panels and the higher court's list: who sets, who enters, what the public reads, and the choice (S4 arts 5, 9)."""

import io
from collections.abc import Callable
from datetime import date, timedelta

import pytest
import sqlalchemy as sa
from openpyxl import load_workbook

from mediation.accounts.models import User
from mediation.assignment import labels as words
from mediation.assignment import services as assignment
from mediation.assignment.choice import Strength
from mediation.assignment.rules import Choice
from mediation.intake import services as intake
from mediation.intake.rules import Answer
from mediation.intake.services import ConsentData
from mediation.kernel import clock
from mediation.kernel.actor import Actor, Role
from mediation.kernel.audit import AuditEvent
from mediation.kernel.db import db
from mediation.kernel.errors import DomainError, NotPermitted
from mediation.roster import services as roster
from mediation.roster.models import Mediator, Organisation
from mediation.roster.panels import rules, services
from mediation.roster.panels.models import Panel, PanelPlace
from mediation.roster.panels.rules import Applicant, PanelFault
from mediation.roster.rules import Category, Ground, Obstacle, RosterStatus
from mediation.roster.services import published
from mediation.roster.services.published import Wanted, mediators
from mediation.roster.sheets import services as sheets
from mediation.roster.sheets.columns import SheetKind
from tests import builders
from tests.page import Browser
from tests.roster.test_sheets import GOOD, filled, hand_in

Open = Callable[[User | None], Browser]
TOLD = {
    "name": "物业纠纷调解委员会", "causes": "4.10\n物业服务合同纠纷", "conditions": "从事调解工作两年以上", "entry_hours": "0",
    "source": "院发〔2026〕3号",
}  # fmt: skip


@pytest.fixture
def president(president_he: User) -> Actor:
    return president_he.as_actor()


@pytest.fixture
def clerk(clerk_li: User) -> Actor:
    return clerk_li.as_actor()


def named(name: str) -> Mediator:
    return db.session.scalars(sa.select(Mediator).where(Mediator.name == name)).one()


def a_panel(president: Actor, **over: object) -> Panel:
    told = TOLD | {"entry_hours": 0, "needs_field": False, "is_binding": False, "conditions": ""}
    return services.set_up(president, **(told | over))


def trail(subject: object) -> list[str]:
    rows = sa.select(AuditEvent.action).where(
        AuditEvent.subject_type == subject.__tablename__, AuditEvent.subject_id == subject.id
    )
    return list(db.session.scalars(rows.order_by(AuditEvent.id)))


# --- rules ------------------------------------------------------------------------------------------------------------


class Asks:
    causes = ("4.10",)
    entry_hours = 8
    needs_field = True


@pytest.mark.parametrize(
    ("status", "hours", "fields", "found"),
    [
        (RosterStatus.ACTIVE, 8, ("4.10.116",), []),
        (RosterStatus.CANDIDATE, 8, ("4.10",), []),
        (RosterStatus.SUSPENDED, 9, ("4",), []),
        (RosterStatus.ACTIVE, 7, ("4.10",), [PanelFault.TRAINING]),
        (RosterStatus.ACTIVE, 8, ("", "4.1"), [PanelFault.FIELD]),
        (RosterStatus.REMOVED, 0, (), [PanelFault.NOT_LISTED, PanelFault.TRAINING, PanelFault.FIELD]),
        (RosterStatus.EXPIRED, 8, ("4.10",), [PanelFault.NOT_LISTED]),
    ],
)
def test_who_fulfils_the_conditions(status, hours, fields, found):
    assert rules.faults(Asks(), Applicant(status, hours, fields)) == found
    assert all(rules.FAULT_ARTICLE[fault] for fault in PanelFault)


# --- the panel on the screen ------------------------------------------------------------------------------------------


def test_the_president_sets_up_a_panel_and_the_clerk_fills_it(
    client_for: Open, president_he: User, clerk_li: User
) -> None:
    browser = client_for(president_he)
    browser.get("/roster/panels/new")
    page = browser.get(browser.post("/roster/panels/new", TOLD | {"is_binding": "y"}).location)
    panel = db.session.scalars(sa.select(Panel)).one()
    assert (panel.causes, panel.is_binding, panel.set_on) == (
        ["4.10", roster.cause_code("物业服务合同纠纷")],
        True,
        clock.today(),
    )
    assert "从事调解工作两年以上" in page.text
    wang = named("王调解")
    clerk = client_for(clerk_li)
    url = f"/roster/panels/{panel.id}"
    page = clerk.get(clerk.post(f"{url}/members", {"mediator_id": wang.id}).location)
    assert "王调解" in page.text
    place = db.session.scalars(sa.select(PanelPlace)).one()
    assert "物业纠纷调解委员会" in clerk.get(f"/roster/mediators/{wang.id}").text
    again = clerk.post(f"{url}/members", {"mediator_id": wang.id}, status=422)
    assert "已在" in str(again.errors())
    lost = clerk.post(f"{url}/leaving", {"leave-mediator_id": wang.id, "leave-reason": ""}, status=422)
    assert lost.errors()
    clerk.post(f"{url}/leaving", {"leave-mediator_id": wang.id, "leave-reason": "本人申请"})
    assert (place.left_on, place.left_reason) == (clock.today(), "本人申请")
    assert trail(place) == ["panel_place.enter", "panel_place.leave"]
    # Whoever left may come back: a new place, the former one stays on record.
    clerk.post(f"{url}/members", {"mediator_id": wang.id})
    assert len(db.session.scalars(sa.select(PanelPlace)).all()) == 2
    browser.post(f"{url}/closing")
    assert "已撤销" in clerk.post(f"{url}/members", {"mediator_id": named("赵调解").id}, status=409).text
    assert trail(panel) == ["panel.set", "panel.close"]


def test_conditions_change_and_who_no_longer_fulfils_them_is_told(
    client_for: Open, president_he: User, president
) -> None:
    panel = a_panel(president)
    services.enter(president, panel, roster.get_mediator(president, named("赵调解").id))
    browser = client_for(president_he)
    url = f"/roster/panels/{panel.id}"
    assert "4.10" in browser.get(f"{url}/edit").text or "物业" in browser.get(f"{url}/edit").text
    page = browser.get(browser.post(f"{url}/edit", TOLD | {"entry_hours": "200"}).location)
    assert "未达到" in page.text
    assert trail(panel) == ["panel.set", "panel.change"]


@pytest.mark.parametrize(
    ("over", "words"),
    [
        ({"causes": "没有的案由"}, "没有的案由"),
        ({"causes": "、"}, "至少"),
        ({"name": ""}, ""),
        ({"entry_hours": "-1"}, ""),
    ],
)
def test_what_is_wrong_is_told_and_what_was_typed_stays(client_for: Open, president_he: User, over, words) -> None:
    page = client_for(president_he).post("/roster/panels/new", TOLD | over, status=422)
    assert page.errors()
    assert words in str(page.errors())
    assert "从事调解工作两年以上" in page.text
    assert not db.session.scalars(sa.select(Panel)).all()


def test_one_name_once_and_nobody_without_the_conditions(president, clerk) -> None:
    panel = a_panel(president, entry_hours=8)
    with pytest.raises(DomainError) as refused:
        a_panel(president)
    assert refused.value.field == "name"
    with pytest.raises(DomainError) as refused:
        services.enter(clerk, panel, roster.get_mediator(clerk, named("王调解").id))
    assert (refused.value.article, bool(refused.value.remedy)) == ("S4 arts 7, 9", True)
    assert not services.leave(clerk, panel, named("王调解").id, reason="无")
    services.close(president, panel)
    with pytest.raises(DomainError):
        services.close(president, panel)
    with pytest.raises(DomainError):
        services.change(president, panel, **TOLD)


@pytest.mark.parametrize(
    ("login", "get", "new", "fill"),
    [
        ("clerk_li", 200, 403, 422),
        ("judge_wu", 200, 403, 403),
        ("mediator_wang", 403, 403, 403),
        ("clerk_of_other_court", 404, 403, 404),
    ],
)
def test_who_else_may(client_for: Open, request, president, login, get, new, fill) -> None:
    panel = a_panel(president)
    browser = client_for(request.getfixturevalue(login))
    browser.get(f"/roster/panels/{panel.id}", status=get)
    browser.get("/roster/panels/new", status=new)
    browser.post(f"/roster/panels/{panel.id}/members", {"mediator_id": 0}, status=fill)
    browser.post(f"/roster/panels/{panel.id}/closing", status=403)


def test_the_services_refuse_whoever_may_not(president, mediator_wang: User, clerk) -> None:
    panel, wang = a_panel(president), mediator_wang.as_actor()
    for act in (
        lambda: services.set_up(clerk, **TOLD),
        lambda: services.change(clerk, panel, **TOLD),
        lambda: services.close(clerk, panel),
        lambda: services.enter(wang, panel, named("王调解")),
        lambda: services.leave(wang, panel, 1, reason="x"),
    ):
        with pytest.raises(NotPermitted):
            act()


def test_everybody_reads_the_panels_and_looks_for_their_members(client_for: Open, president, clerk) -> None:
    panel = a_panel(president, conditions="熟悉物业法规")
    services.enter(clerk, panel, roster.get_mediator(clerk, named("王调解").id))
    page = client_for(None).get(f"/mediators/of/鲁0102?panel={panel.id}")
    assert "熟悉物业法规" in page.text
    assert "王调解" in page.text
    assert "赵调解" not in page.text


# --- the choice -------------------------------------------------------------------------------------------------------


def test_the_choice_reads_the_panel_and_names_it(president, clerk, client_for: Open, clerk_li: User) -> None:
    """Zhao is strong in nothing, but on the panel that binds: only Zhao may be designated."""
    zhao, wang = named("赵调解"), named("王调解")
    dispute = builders.make_consented(clerk)
    before = assignment.suggest(clerk, dispute)
    assert before.first.mediator.id == wang.id
    panel = a_panel(president, causes=dispute.cause_code, is_binding=True)
    # Nobody stands on it yet: it binds nobody.
    assert assignment.suggest(clerk, dispute).first.mediator.id == wang.id
    services.enter(clerk, panel, roster.get_mediator(clerk, zhao.id))
    found = assignment.suggest(clerk, dispute)
    assert found.first.mediator.id == zhao.id
    assert found.of(wang.id).first_reason is Obstacle.OFF_PANEL
    assert found.of(zhao.id).case.panels[0].name == panel.name
    page = client_for(clerk_li).get(f"/disputes/{dispute.id}/mediator")
    assert panel.name in page.text
    with pytest.raises(DomainError) as refused:
        assignment.issue(clerk, dispute, choice=Choice.DESIGNATED, mediator_id=wang.id, reason="相熟")
    assert refused.value.article == "S4 art. 9; S5 art. 28"
    made = assignment.issue(clerk, dispute, choice=Choice.DESIGNATED, mediator_id=zhao.id)
    record = assignment.records_of(made)[0]
    services.close(president, panel)
    assert assignment.replayed(record).same
    assert record.inputs["case"]["panels"] == [{"id": panel.id, "name": panel.name, "binds": True}]
    assert panel.name in client_for(clerk_li).get(f"/assignments/{made.id}/choice").text


def test_the_parties_choose_from_the_whole_list_all_the_same(president, clerk) -> None:
    dispute = builders.make_consented(clerk, Answer.AGREES, Answer.AGREES)
    panel = a_panel(president, causes=dispute.cause_code, is_binding=True)
    services.enter(clerk, panel, roster.get_mediator(clerk, named("赵调解").id))
    wang = named("王调解")
    for party in builders.party_ids(dispute.id):
        told = ConsentData(party, Answer.AGREES, preferred_mediator_id=wang.id)
        intake.record_consent(clerk, dispute, told)
    found = assignment.suggest(clerk, dispute)
    assert found.joint.mediator.id == wang.id
    assert assignment.issue(clerk, dispute, choice=Choice.JOINT, mediator_id=wang.id).mediator_id == wang.id


def test_a_panel_that_does_not_bind_counts_as_the_very_cause(president, clerk) -> None:
    dispute = builders.make_consented(clerk)
    services.enter(clerk, a_panel(president, causes=dispute.cause_code), roster.get_mediator(clerk, named("赵调解").id))
    zhao = assignment.suggest(clerk, dispute).of(named("赵调解").id)
    assert zhao.may_be_chosen
    assert str(zhao.strength) == str(words.STRENGTH[Strength.PANEL])


# --- the higher court's list ------------------------------------------------------------------------------------------

HIGHER = "济南市中级人民法院"


def borrowed(clerk: Actor, **over: object) -> Mediator:
    told = {
        "name": "孙样例", "category": Category.INVITED, "certificate_no": "ZY-1", "listed_by": HIGHER,
        "certificate_expires_on": date(2030, 1, 1), "candidate": True, "strengths": ["4.10"],
    }  # fmt: skip
    return roster.create_mediator(clerk, **(told | over))


def test_from_a_higher_list_only_with_consent(client_for: Open, clerk_li: User, clerk, president) -> None:
    one = borrowed(clerk)
    with pytest.raises(DomainError) as refused:
        roster.decide(president, one, "admit", ground=Ground.ENTRY, reason="上级名册")
    assert refused.value.article == "S4 art. 5; S5 art. 27"
    one = borrowed(clerk, certificate_no="ZY-2", consented_on=clock.today())
    roster.decide(president, one, "admit", ground=Ground.ENTRY, reason="上级名册")
    assert roster.assignable(one, clock.today()) == []
    assert HIGHER in client_for(None).get("/mediators/of/鲁0102").text
    # Consent withdrawn: nothing more is given, and the public list no longer shows the name.
    browser = client_for(clerk_li)
    sent = {"name": one.name, "category": "invited", "organisation_id": 0, "street_id": 0, "foreign_region": "", "max_open": 30, "listed_by": HIGHER, "consented_on": ""}  # fmt: skip
    browser.post(f"/roster/mediators/{one.id}/edit", sent)
    assert roster.assignable(one, clock.today()) == [Obstacle.NO_CONSENT]
    assert one.id not in {m.id for m in db.session.scalars(mediators(one.court_id, Wanted()))}
    for wrong in (
        {"consented_on": (clock.today() + timedelta(days=2)).isoformat()},
        {"listed_by": "", "consented_on": "2026-01-05"},
    ):
        page = browser.post(f"/roster/mediators/{one.id}/edit", sent | wrong, status=422)
        assert page.errors()


def test_a_body_of_a_higher_list_too(clerk, president) -> None:
    body = roster.create_organisation(
        clerk, name="市级样例调解中心", kind="industry", listed_by=HIGHER, status=RosterStatus.CANDIDATE
    )
    with pytest.raises(DomainError):
        roster.decide(president, body, "admit", ground=Ground.ENTRY, reason="上级名册")


def test_the_sheet_carries_panels_and_the_higher_list(client_for: Open, clerk_li: User, president, clerk) -> None:
    panel = a_panel(president)
    asks = a_panel(president, name="医疗纠纷调解委员会", entry_hours=16)
    browser = client_for(clerk_li)
    row = GOOD | {"listed_by": HIGHER, "consented_on": date(2026, 1, 5), "panels": panel.name}
    hand_in(browser, SheetKind.MEDIATORS, filled(SheetKind.MEDIATORS, row))
    made = named("张样例")
    assert (made.listed_by, made.consented_on) == (HIGHER, date(2026, 1, 5))
    assert [one.mediator.id for one in services.members(panel)] == [made.id]
    away = sheets.export(clerk, SheetKind.MEDIATORS)
    rows = list(load_workbook(io.BytesIO(away)).active.iter_rows(values_only=True))
    assert [panel.name, HIGHER] == [next(row for row in rows if row[0] == "张样例")[n] for n in (18, 16)]
    for wrong in (
        {"panels": "没有的委员会"},
        {"panels": asks.name},
        {"listed_by": "", "consented_on": date(2026, 1, 5), "panels": ""},
    ):
        sheet = filled(SheetKind.MEDIATORS, row | {"certificate_no": "B-009", "name": "钱样例"} | wrong)
        assert sheets.take_in(clerk, SheetKind.MEDIATORS, sheet).faults == 1


# --- bodies on a panel (S5 art. 28) -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("status", "accepts", "found"),
    [
        (RosterStatus.ACTIVE, (), []),
        (RosterStatus.CANDIDATE, ("4",), []),
        (RosterStatus.ACTIVE, ("4.10.116",), []),
        (RosterStatus.ACTIVE, ("2.2",), [PanelFault.NOT_ACCEPTED]),
        (RosterStatus.REMOVED, ("2.2",), [PanelFault.NOT_LISTED, PanelFault.NOT_ACCEPTED]),
    ],
)
def test_which_body_fulfils_the_conditions(status, accepts, found):
    assert rules.body_faults(Asks(), status, accepts) == found


@pytest.fixture
def body(organisation_user: User) -> Organisation:
    return db.session.get_one(Organisation, organisation_user.organisation_id)


def test_a_body_enters_the_panel_and_its_mediators_with_it(
    client_for: Open, clerk_li: User, president: Actor, body: Organisation
) -> None:
    panel = a_panel(president)
    browser, url = client_for(clerk_li), f"/roster/panels/{panel.id}"
    page = browser.get(browser.post(f"{url}/bodies", {"body-organisation_id": body.id}).location)
    assert body.name in page.soup.find(id="bodies").get_text()
    place = db.session.scalars(sa.select(PanelPlace)).one()
    assert (place.mediator_id, place.organisation_id) == (None, body.id)
    assert services.counts(panel.court_id) == {panel.id: 1}
    member = named("王调解")
    assert member.organisation_id == body.id
    assert [one.id for one in services.places(panel.court_id)[member.id]] == [panel.id]
    assert panel.name in browser.get(f"/roster/organisations/{body.id}").text
    again = browser.post(f"{url}/bodies", {"body-organisation_id": body.id}, status=422)
    assert "已在" in str(again.errors())
    kept = browser.post(
        f"{url}/bodies/leaving", {"bodyleave-organisation_id": body.id, "bodyleave-reason": ""}, status=422
    )
    assert kept.errors()
    browser.post(f"{url}/bodies/leaving", {"bodyleave-organisation_id": body.id, "bodyleave-reason": "协议到期"})
    assert (place.left_on, place.left_reason) == (clock.today(), "协议到期")
    assert trail(place) == ["panel_place.enter", "panel_place.leave"]
    assert services.places(panel.court_id) == {}


def test_who_may_not_enter_a_body_and_when_it_is_refused(
    client_for: Open, mediator_wang: User, president: Actor, clerk: Actor, body: Organisation, organisation_user: User
) -> None:
    panel = a_panel(president)
    url = f"/roster/panels/{panel.id}/bodies"
    client_for(mediator_wang).post(url, {"body-organisation_id": body.id}, status=403)
    with pytest.raises(NotPermitted):
        services.enter_body(organisation_user.as_actor(), panel, body)
    told = {"name": body.name, "kind": body.kind, "fee_mode": body.fee_mode, "tariff": "", "agreement_on": None}
    roster.edit_organisation(clerk, body, told | {"agreement_until": None, "accepted_causes": ["2.2"]})
    with pytest.raises(DomainError) as refused:
        services.enter_body(clerk, panel, body)
    assert refused.value.article == "S5 arts 5, 28"
    assert refused.value.remedy
    services.close(president, panel)
    with pytest.raises(DomainError):
        services.enter_body(clerk, panel, body)


def test_a_place_is_a_mediators_or_a_bodys_and_never_both_or_nobodys(president: Actor, body: Organisation) -> None:
    panel = a_panel(president)
    for holder in ({}, {"mediator_id": named("王调解").id, "organisation_id": body.id}):
        row = {"court_id": panel.court_id, "panel_id": panel.id, "entered_on": clock.today(), "left_reason": ""}
        with pytest.raises(sa.exc.IntegrityError), db.session.begin_nested():
            db.session.execute(sa.insert(PanelPlace.__table__), row | holder)


def test_from_a_binding_panel_a_body_is_given_the_dispute_when_it_or_its_member_stands_on_it(
    president: Actor, clerk: Actor, body: Organisation, mediator_zhao: User
) -> None:
    zhao = roster.get_mediator(president, named("赵调解").id)
    panel = a_panel(president, causes="4", is_binding=True)
    services.enter(president, panel, zhao)
    assert zhao.organisation_id != body.id
    dispute = builders.make_consented(clerk)
    case = assignment.suggest(clerk, dispute).inputs.case
    (found,) = [one for one in assignment.bodies(clerk, case) if one.organisation.id == body.id]
    assert found.obstacle is Obstacle.OFF_PANEL
    with pytest.raises(DomainError) as refused:
        assignment.issue(clerk, dispute, choice=Choice.DESIGNATED, organisation_id=body.id)
    assert refused.value.article == "S4 art. 9; S5 art. 28"
    services.enter_body(president, panel, body)
    made = assignment.issue(clerk, dispute, choice=Choice.DESIGNATED, organisation_id=body.id)
    suggestion = assignment.suggest_member(
        Actor(0, clerk.court_id, frozenset({Role.ORGANISATION}), organisation_id=body.id), made
    )
    assert suggestion.first is not None
    assert suggestion.first.mediator.organisation_id == body.id


def test_what_binds_the_court_binds_the_body_that_names_a_member(
    president: Actor, clerk: Actor, body: Organisation, organisation_user: User, mediator_zhao: User
) -> None:
    """Handed over before the panel was set up: of its own members none stands on it, so the body may name none."""
    made = assignment.issue(
        clerk, builders.make_consented(clerk), choice=Choice.DESIGNATED, organisation_id=body.id
    )  # fmt: skip
    services.enter(
        president, a_panel(president, causes="4", is_binding=True), roster.get_mediator(president, named("赵调解").id)
    )
    suggestion = assignment.suggest_member(organisation_user.as_actor(), made)
    assert suggestion.first is None
    assert {one.first_reason for one in suggestion.candidates} == {Obstacle.OFF_PANEL}


def test_the_public_list_shows_bodies_of_a_panel(client_for: Open, president: Actor, body: Organisation) -> None:
    panel = a_panel(president)
    services.enter_body(president, panel, body)
    code = published.courts()[0].code
    page = client_for(None).get(f"/mediators/of/{code}?panel={panel.id}")
    assert body.name in page.text
    assert "王调解" in page.text
    assert "赵调解" not in page.text


# --- the causes a body accepts (S5 arts 5, 12) ------------------------------------------------------------------------


def entry_of(browser: Browser, body: Organisation) -> dict[str, str]:
    page = browser.get(f"/roster/organisations/{body.id}/edit")
    return page.as_shown()


def test_the_causes_a_body_accepts_are_named_on_its_entry_and_honoured(
    client_for: Open, clerk_li: User, clerk: Actor, body: Organisation
) -> None:
    browser = client_for(clerk_li)
    url = f"/roster/organisations/{body.id}/edit"
    assert browser.get(url).soup.find(id="accepted_causes").has_attr("data-cause-picker")
    wrong = browser.post(url, entry_of(browser, body) | {"accepted_causes": "没有的案由"}, status=422)
    assert "没有的案由" in str(wrong.errors())
    assert wrong.field("accepted_causes").strip() == "没有的案由"
    browser.post(url, entry_of(browser, body) | {"accepted_causes": "离婚纠纷\n2.2"})
    db.session.expire_all()
    assert body.accepted_causes[1] == "2.2"
    assert "离婚纠纷" in browser.get(f"/roster/organisations/{body.id}").text
    assert "离婚纠纷" in str(entry_of(browser, body)["accepted_causes"])
    dispute = builders.make_consented(clerk)
    shown = browser.get(f"/disputes/{dispute.id}/mediator").soup.find(id="organisations").get_text()
    assert "不受理" in shown or "不接受" in shown
    assert body.name in shown
    sent = {"organisation_id": body.id, "choice": "designated"}
    refused = browser.post(f"/disputes/{dispute.id}/mediator", sent, status=409)
    assert "第五条" in refused.text
    browser.post(url, entry_of(browser, body) | {"accepted_causes": ""})
    assert body.accepted_causes == []
    browser.post(f"/disputes/{dispute.id}/mediator", sent)
    assert assignment.open_of(dispute.id).organisation_id == body.id
    assert "organisation.edit" in trail(body)
