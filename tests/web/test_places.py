"""The left column holds at most seven places; the rest stand one step behind the last of them."""

import pytest

from mediation.web.templating import MOST_PLACES


def column(page):
    return [link["href"] for link in page.soup.select("nav.sidenav li:not(.nav-phone) > a")]


@pytest.mark.parametrize("login", ["clerk_li", "president_he", "judge_zhou", "mediator_wang", "sysadmin"])
def test_never_more_than_seven_and_every_place_can_be_reached(client_for, request, login):
    browser = client_for(request.getfixturevalue(login))
    kept = column(browser.get("/places"))
    assert 0 < len(kept) <= MOST_PLACES
    behind = [link["href"] for link in browser.get("/places").soup.select("main .hits a")]
    assert bool(behind) is ("/places" in kept)
    assert not set(behind) & set(kept)


def test_a_place_behind_lights_the_last_one_and_the_clerk_finds_them_all(client_for, clerk_li):
    browser = client_for(clerk_li)
    behind = [link["href"] for link in browser.get("/places").soup.select("main .hits a")]
    assert {"/fees", "/board/release"} <= set(behind)
    page = browser.get("/board/release")
    (lit,) = page.soup.select("nav.sidenav a[aria-current]")
    assert lit["href"] == "/places"


def test_where_all_stand_at_the_left_the_page_says_so(client_for, mediator_wang):
    page = client_for(mediator_wang).get("/places")
    assert "/places" not in column(page)
    assert not page.soup.select("main .hits a")


def test_a_visitor_has_none(client_for):
    client_for(None).get("/places", status=401)
