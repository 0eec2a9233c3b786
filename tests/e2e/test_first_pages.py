"""Everybody's first pages, at the desk and on a phone, in Chinese and in English: open to all, nothing to complain about."""

import pytest

PLACES = {
    "clerk": (
        "/disputes",
        "/disputes/1",
        "/disputes/new",
        "/schedule",
        "/cases",
        "/cases/1",
        "/confirmations",
        "/roster",
        "/notices",
        "/statistics",
    ),
    "judge": ("/confirmations", "/confirmations/1", "/confirmations/2"),
    "president": ("/statistics", "/statistics/I01/numerator", "/confirmations/extensions", "/yearly-wages"),
    "mediator1": ("/assignments", "/messages"),
    "committee": ("/assignments",),
    "fasttrack": ("/cases", "/cases/1"),
    "system": ("/accounts", "/accounts/10", "/accounts/10/edit", "/accounts/new", "/password", "/sessions"),
    "security": ("/accounts", "/accounts/10", "/accounts/10/roles", "/accounts?without_role=1"),
    "audit": ("/trail", "/trail?subject=user", "/password"),
}


@pytest.mark.parametrize("login", sorted(PLACES))
def test_places(person, login):
    someone = person(login, phone=login.startswith("mediator"))
    for path in PLACES[login]:
        someone.open(path)


def test_the_board_and_the_sign_in_page_for_visitors(person):
    visitor = person()
    visitor.open("/board")
    visitor.sees("温馨提示")
    visitor.open("/sign-in")
    visitor.sees("演示法院登录信息")


def test_the_same_in_english(person):
    someone = person("clerk", language="en")
    someone.open("/disputes/1")
    someone.sees("Next steps")
