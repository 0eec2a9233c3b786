"""Three administrators, none of whom can make a way in alone."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from mediation.accounts import administration, rules
from mediation.accounts.models import User
from mediation.accounts.rules import AccountState, LoginFault
from mediation.kernel import audit, clock
from mediation.kernel.actor import ADMINS, Actor, Role
from mediation.kernel.audit import AuditEvent
from mediation.kernel.db import db
from mediation.kernel.errors import DomainError, NotPermitted
from tests import builders, world

NEW = {"name": "新来的人", "login": "xinlai", "holder": "", "id_no": "", "expires_on": ""}


def last_entry(action: str) -> AuditEvent:
    wanted = sa.select(AuditEvent).where(AuditEvent.action == action).order_by(AuditEvent.id.desc())
    return db.session.scalars(wanted).first()


def password_on(page) -> str:
    return page.soup.select_one(".first-password code").get_text()


# ---- rules --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("first", sorted(Role))
@pytest.mark.parametrize("second", sorted(Role))
def test_an_administrator_holds_no_other_role(first, second):
    assert rules.roles_conflict({first, second}) is (first is not second and bool({first, second} & ADMINS))


@pytest.mark.parametrize("role", sorted(Role))
def test_who_may_what(role):
    own, other, stranger = User(id=7, court_id=1), User(id=8, court_id=1), User(id=8, court_id=2)
    actor = Actor(7, 1, frozenset({role}))
    keeper, giver = role is Role.SYSTEM_ADMIN, role is Role.SECURITY_ADMIN
    assert rules.may_keep(actor) is keeper
    assert rules.may_grant(actor) is giver
    assert rules.may_list(actor) is (keeper or giver)
    assert [rules.may_administer(actor, user) for user in (own, other, stranger)] == [keeper, keeper, False]
    assert [rules.may_close(actor, user) for user in (own, other, stranger)] == [False, keeper, False]
    assert [rules.may_reset(actor, user) for user in (own, other, stranger)] == [False, keeper, False]
    assert [rules.may_secure(actor, user) for user in (own, other, stranger)] == [False, giver, False]
    assert [rules.may_end_sessions(actor, user) for user in (own, other, stranger)] == [keeper, keeper or giver, False]


@pytest.mark.parametrize(
    ("login", "fits"),
    [
        ("li", False), ("lin", True), ("l" * 32, True), ("l" * 33, False), ("Li.na", False), ("li.na_2-x", True),
        ("2li", False), ("李娜娜", False), ("li na", False), ("", False),
    ],
)  # fmt: skip
def test_the_shape_of_a_sign_in_name(login, fits):
    assert rules.login_fault(login) is (None if fits else LoginFault.SHAPE)


def test_first_passwords_fit_the_policy_and_differ():
    made = {administration.make_password() for _ in range(50)}
    assert len(made) == 50
    assert not any(rules.password_faults(one, login="") for one in made)
    assert not any(set(one) & set("0O1lI") for one in made), "signs that look alike on paper"


@pytest.mark.parametrize(
    ("days", "closed", "state"),
    [(None, False, "open"), (0, False, "open"), (-1, False, "expired"), (None, True, "closed"), (-1, True, "closed")],
)
def test_the_state_of_an_account(days, closed, state):
    today = clock.today()
    user = User(
        expires_on=today + timedelta(days=days) if days is not None else None,
        disabled_at=clock.now() if closed else None,
    )
    assert rules.state(user, today) is AccountState(state)
    assert user.is_open(today) is (state == "open")


# ---- opening ------------------------------------------------------------------------------------------------------


def test_from_opening_to_the_first_page(client_for, sysadmin, secadmin):
    """The whole way: opened without a role, role given by the other, own password chosen, at work."""
    keeper, giver = client_for(sysadmin), client_for(secadmin)
    password = password_on(keeper.post("/accounts/new", NEW, status=200))
    user = administration.of_login("xinlai")
    assert user.roles == frozenset()
    assert last_entry("user.create").actor_id == sysadmin.id
    person = client_for(None)
    person.post("/sign-in", {"login": "xinlai", "password": password})
    assert person.get("/disputes", status=302).location == "/password"
    person.post("/password", {"old": password, "new": "Own-choice-2026", "again": "Own-choice-2026"})
    person.get("/disputes", status=403)
    assert "尚未授予角色" in person.get("/password").text
    role = {"roles": ["clerk"], "reason": "任命决定第3号", "version": str(user.version), "password": world.PASSWORD}
    giver.post(f"/accounts/{user.id}/roles", role)
    assert last_entry("user.set_roles").facts == {"before": [], "after": ["clerk"], "reason": "任命决定第3号"}
    person.get("/disputes", status=401)
    person.post("/sign-in", {"login": "xinlai", "password": "Own-choice-2026"})
    person.get("/disputes")
    assert list(audit.verify()) == []


def test_a_first_password_is_shown_once_and_never_kept(client_for, sysadmin):
    password = password_on(client_for(sysadmin).post("/accounts/new", NEW, status=200))
    user = administration.of_login("xinlai")
    assert password not in client_for(sysadmin).get(f"/accounts/{user.id}").html
    assert not any(password in data for data in db.session.scalars(sa.select(AuditEvent.data)))


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("name", "", "此项必填"),
        ("name", "名" * 51, "50"),
        ("login", "X", "小写字母"),
        ("login", "clerk_li", "已被使用"),
        ("id_no", "370102199003071239", "校验"),
        ("expires_on", "2020-01-01", "不得早于今日"),
        ("expires_on", "someday", "日期"),
        ("holder", "mediator:1", "已有账号"),
    ],
)
def test_bad_input_keeps_what_was_typed(client_for, sysadmin, mediator_wang, field, value, words):
    value = f"mediator:{mediator_wang.mediator_id}" if field == "holder" else value
    page = client_for(sysadmin).post("/accounts/new", NEW | {field: value}, status=422)
    assert any(words in error for error in page.errors()), page.errors()
    assert page.field("name") == (value if field == "name" else "新来的人")
    assert administration.of_login("xinlai") is None


def test_an_account_of_an_organisation_and_of_somebody_known(client_for, sysadmin, organisation_user):
    holder = f"organisation:{organisation_user.organisation_id}"
    client_for(sysadmin).post("/accounts/new", NEW | {"holder": holder, "id_no": builders.TENANT_ID}, status=200)
    user = administration.of_login("xinlai")
    assert user.organisation_id == organisation_user.organisation_id
    dispute = builders.make_dispute(builders.someone("clerk_li").as_actor())
    party = builders.disputes.parties(dispute.id)[0]
    assert user.person_key == party.id_key, "the same person, whatever the capacity"


@pytest.mark.parametrize("login", sorted(set(world.PEOPLE) - {"sysadmin", "secadmin"}))
def test_nobody_else_sees_accounts(client_for, request, login, clerk_li):
    browser = client_for(request.getfixturevalue(login))
    browser.get("/accounts", status=403)
    browser.get(f"/accounts/{clerk_li.id}", status=403)


def test_each_administrator_keeps_to_the_own_work(client_for, sysadmin, secadmin, auditor, clerk_li):
    keeper, giver, reader = client_for(sysadmin), client_for(secadmin), client_for(auditor)
    for act in ("close", "reopen", "reset-password", "edit"):
        giver.post(f"/accounts/{clerk_li.id}/{act}", status=403)
    giver.get("/accounts/new", status=403)
    for act in ("roles", "unlock"):
        keeper.post(f"/accounts/{clerk_li.id}/{act}", status=403)
    keeper.get("/trail", status=403)
    giver.get("/trail", status=403)
    reader.get("/accounts", status=403)
    for browser in (keeper, giver, reader):
        browser.get("/disputes", status=403)


def test_services_ask_again(sysadmin, secadmin, clerk_li):
    """Whatever a page forgot."""
    keeper, giver = sysadmin.as_actor(), secadmin.as_actor()
    data = administration.AccountData(name="x")
    for act in (
        lambda: administration.open_account(giver, login="abc", data=data),
        lambda: administration.edit(giver, clerk_li, data, version=clerk_li.version),
        lambda: administration.close(giver, clerk_li, reason="x"),
        lambda: administration.reopen(giver, clerk_li, reason="x"),
        lambda: administration.reset_password(giver, clerk_li),
        lambda: administration.set_roles(keeper, clerk_li, [Role.TRIAGE], reason="x", version=clerk_li.version),
        lambda: administration.unlock(keeper, clerk_li),
        lambda: administration.end_sessions(clerk_li.as_actor(), sysadmin),
    ):
        with pytest.raises(NotPermitted):
            act()


def test_another_courts_accounts_do_not_exist(client_for, sysadmin, secadmin, clerk_of_other_court):
    stranger = clerk_of_other_court.id
    client_for(sysadmin).get(f"/accounts/{stranger}", status=404)
    client_for(sysadmin).post(f"/accounts/{stranger}/reset-password", status=404)
    client_for(secadmin).get(f"/accounts/{stranger}/roles", status=404)
    assert "clerk_of_other_court" not in client_for(sysadmin).get("/accounts").text


# ---- keeping ------------------------------------------------------------------------------------------------------


def test_closing_and_opening_again(client_for, sysadmin, clerk_li):
    keeper, at = client_for(sysadmin), f"/accounts/{clerk_li.id}"
    page = keeper.post(f"{at}/close", {"standing-reason": ""}, status=422)
    assert page.errors()
    keeper.post(f"{at}/close", {"standing-reason": "调离"})
    assert last_entry("user.disable").facts == {"reason": "调离"}
    client_for(None).post("/sign-in", {"login": "clerk_li", "password": world.PASSWORD}, status=401)
    assert "已停用" in keeper.get(at).text
    keeper.post(f"{at}/reopen", {"standing-reason": "调回"})
    client_for(None).post("/sign-in", {"login": "clerk_li", "password": world.PASSWORD})


def test_correcting_an_account(client_for, sysadmin, clerk_li):
    keeper, at = client_for(sysadmin), f"/accounts/{clerk_li.id}/edit"
    page = keeper.get(at)
    told = {name: page.field(name) for name in ("version", "holder")}
    kept = clerk_li.person_key
    keeper.post(at, told | {"name": "李立案", "expires_on": "", "id_no": ""})
    db.session.refresh(clerk_li)
    assert (clerk_li.name, clerk_li.person_key) == ("李立案", kept)
    assert last_entry("user.edit").facts == {"before": {"name": "Li"}, "after": {"name": "李立案"}}
    stale = keeper.post(at, told | {"name": "另一个名字", "expires_on": "", "id_no": ""}, status=409)
    assert "他人已修改" in stale.text


def test_a_new_first_password(client_for, sysadmin, clerk_li):
    password = password_on(client_for(sysadmin).post(f"/accounts/{clerk_li.id}/reset-password", status=200))
    client_for(None).post("/sign-in", {"login": "clerk_li", "password": world.PASSWORD}, status=401)
    person = client_for(None)
    person.post("/sign-in", {"login": "clerk_li", "password": password})
    assert person.get("/disputes", status=302).location == "/password"


@pytest.mark.parametrize("login", ["secadmin", "auditor", "sysadmin"])
def test_no_administrators_password_is_reset_from_the_screen(client_for, request, sysadmin, login):
    """Or the system administrator could take the security administrator's place and grant roles."""
    other = request.getfixturevalue(login)
    page = client_for(sysadmin).post(f"/accounts/{other.id}/reset-password", status=409)
    assert "服务器" in page.text
    client_for(None).post("/sign-in", {"login": login, "password": world.PASSWORD})


def test_open_work_is_named_before_an_account_is_closed(client_for, sysadmin, clerk_li, mediator_wang):
    assignment = builders.accepted_assignment(clerk_li.as_actor(), mediator_wang.as_actor())
    page = client_for(sysadmin).get(f"/accounts/{mediator_wang.id}")
    dispute = db.session.get(builders.Dispute, assignment.dispute_id)
    assert dispute.receipt_no in page.text
    assert "刘某" not in page.text, "no party's name on an administrator's page"


# ---- roles --------------------------------------------------------------------------------------------------------


def roles_form(user: User, *roles: str, **over: str) -> dict:
    return {"roles": list(roles), "reason": "岗位调整", "version": str(user.version), "password": world.PASSWORD} | over


@pytest.mark.parametrize(
    ("roles", "words"),
    [
        (("clerk", "system_admin"), "不得兼任"),
        (("system_admin", "security_admin"), "不得兼任"),
        (("mediator",), "未关联名册内的调解员"),
        (("organisation",), "未关联名册内的调解组织"),
    ],
)
def test_roles_that_do_not_go_together(client_for, secadmin, clerk_li, roles, words):
    page = client_for(secadmin).post(f"/accounts/{clerk_li.id}/roles", roles_form(clerk_li, *roles), status=422)
    assert any(words in error for error in page.errors()), page.errors()
    db.session.refresh(clerk_li)
    assert clerk_li.roles == {Role.CLERK}


@pytest.mark.parametrize("over", [{"reason": ""}, {"password": ""}, {"password": "wrong"}, {"roles": "emperor"}])
def test_roles_need_a_reason_and_the_password(client_for, secadmin, clerk_li, over):
    page = client_for(secadmin).post(
        f"/accounts/{clerk_li.id}/roles", roles_form(clerk_li, "triage", **over), status=422
    )
    assert page.errors()
    db.session.refresh(clerk_li)
    assert clerk_li.roles == {Role.CLERK}


def test_nobody_changes_the_own_roles(client_for, secadmin, sysadmin):
    client_for(secadmin).get(f"/accounts/{secadmin.id}/roles", status=403)
    client_for(secadmin).post(f"/accounts/{secadmin.id}/roles", roles_form(secadmin, "president"), status=403)
    client_for(sysadmin).post(f"/accounts/{sysadmin.id}/close", {"standing-reason": "x"}, status=422)


@pytest.mark.parametrize("login", ["sysadmin", "auditor"])
def test_the_last_administrator_of_a_kind_stays(secadmin, request, login):
    last = request.getfixturevalue(login)
    with pytest.raises(DomainError, match="没有其他启用的账号"):
        administration.set_roles(secadmin.as_actor(), last, [], reason="x", version=last.version)
    assert last.roles


def test_the_last_security_administrator_is_not_closed(sysadmin, secadmin):
    with pytest.raises(DomainError, match="没有其他启用的账号"):
        administration.close(sysadmin.as_actor(), secadmin, reason="x")


def test_two_who_give_roles_at_once_do_not_both_succeed(client_for, secadmin, clerk_li):
    giver, at, seen = client_for(secadmin), f"/accounts/{clerk_li.id}/roles", roles_form(clerk_li, "triage")
    giver.post(at, seen)
    assert "他人已修改" in giver.post(at, seen | {"roles": ["president"]}, status=409).text
    db.session.refresh(clerk_li)
    assert clerk_li.roles == {Role.TRIAGE}


# ---- finding ------------------------------------------------------------------------------------------------------


def test_the_list_is_filtered(client_for, sysadmin, secadmin):
    browser = client_for(secadmin)
    assert "judge_chen" in browser.get("/accounts").text
    found = browser.get("/accounts?name=judge").text
    assert "judge_wu" in found
    assert "clerk_li" not in found
    assert "president_he" in browser.get("/accounts?role=president").text
    assert "没有符合条件的账号" in browser.get("/accounts?role=president&name=judge").text
    assert "没有符合条件的账号" in browser.get("/accounts?state=expired").text
    client_for(sysadmin).post("/accounts/new", NEW, status=200)
    assert "xinlai" in browser.get("/accounts?without_role=1").text
    assert "clerk_li" not in browser.get("/accounts?without_role=1").text
    browser.get("/accounts?role=emperor&state=x&page=99999")


def test_search_from_anywhere_finds_accounts_for_administrators_only(client_for, sysadmin, secadmin, clerk_li):
    assert "judge_chen" in client_for(sysadmin).post("/search", {"q": "chen"}, status=200).text
    assert "judge_chen" not in client_for(clerk_li).post("/search", {"q": "chen"}, status=200).text


def test_home_is_the_own_work(client_for, sysadmin, secadmin, auditor):
    assert client_for(sysadmin).get("/", status=302).location == "/accounts"
    assert client_for(secadmin).get("/", status=302).location == "/accounts"
    assert client_for(auditor).get("/", status=302).location == "/trail"
