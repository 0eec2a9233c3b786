"""The lists on the screen."""

from collections.abc import Callable

import pytest

from mediation.accounts.models import User
from mediation.roster import services
from mediation.roster.rules import RosterStatus
from tests.page import Browser

Open = Callable[[User | None], Browser]


def test_the_clerk_reads_the_lists(client_for: Open, clerk_li: User) -> None:
    page = client_for(clerk_li).get("/roster")
    assert "王调解" in page.text
    assert "历下区人民调解委员会" in page.text
    assert "第" not in page.errors()


@pytest.mark.parametrize(("query", "seen"), [("status=suspended", False), ("category=resident_peoples", True), ("status=nonsense", True)])  # fmt: skip
def test_the_filters(client_for: Open, clerk_li: User, query: str, seen: bool) -> None:
    assert ("王调解" in client_for(clerk_li).get(f"/roster?{query}").text) == seen


def test_a_mediator_and_an_organisation(client_for: Open, clerk_li: User, mediator_wang: User) -> None:
    browser = client_for(clerk_li)
    page = browser.get(f"/roster/mediators/{mediator_wang.mediator_id}")
    assert "A-001" in page.text
    assert page.soup.find("a", href=f"/roster/mediators/{mediator_wang.mediator_id}/standing") is None
    organisation = services.organisations(clerk_li.as_actor())[0]
    assert "王调解" in browser.get(f"/roster/organisations/{organisation.id}").text


def test_a_stranger_finds_nothing(client_for: Open, clerk_of_other_court: User, mediator_wang: User) -> None:
    browser = client_for(clerk_of_other_court)
    assert "王调解" not in browser.get("/roster").text
    browser.get(f"/roster/mediators/{mediator_wang.mediator_id}", status=404)
    browser.get("/roster/organisations/1", status=404)


@pytest.mark.parametrize("login", ["mediator_wang", "organisation_user", "sysadmin"])
def test_who_is_not_of_the_court_is_refused(client_for: Open, login: str, request: pytest.FixtureRequest) -> None:
    client_for(request.getfixturevalue(login)).get("/roster", status=403)


def test_the_president_suspends(client_for: Open, president_he: User, mediator_wang: User) -> None:
    browser = client_for(president_he)
    url = f"/roster/mediators/{mediator_wang.mediator_id}/standing"
    browser.get(url)
    sent = {"step": "suspend", "ground": "complaint_examined", "reason": "当事人投诉，正在核查"}
    page = browser.post(url, sent)
    assert page.location == f"/roster/mediators/{mediator_wang.mediator_id}"
    shown = browser.get(page.location)
    assert "当事人投诉，正在核查" in shown.text
    found = services.get_mediator(president_he.as_actor(), mediator_wang.mediator_id or 0)
    assert found is not None
    assert found.status is RosterStatus.SUSPENDED


def test_what_was_typed_stays(client_for: Open, president_he: User, mediator_wang: User) -> None:
    browser = client_for(president_he)
    url = f"/roster/mediators/{mediator_wang.mediator_id}/standing"
    page = browser.post(url, {"step": "remove", "ground": "complaint_examined", "reason": "尚在核查"}, status=422)
    assert page.field("reason") == "尚在核查"
    assert page.errors()
    assert browser.post(url, {"step": "", "ground": "gifts", "reason": "x"}, status=422).errors()


def test_the_wrong_role_and_the_wrong_state(
    client_for: Open, clerk_li: User, president_he: User, mediator_wang: User
) -> None:
    url = f"/roster/mediators/{mediator_wang.mediator_id}/standing"
    client_for(clerk_li).get(url, status=403)
    sent = {"step": "reactivate", "ground": "leave", "reason": "销假"}
    client_for(clerk_li).post(url, sent, status=403)
    client_for(president_he).post(url, sent, status=409)
