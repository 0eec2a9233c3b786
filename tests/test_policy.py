"""Every person asks for every address: the allow table decides, and nothing that is asked makes the system fail."""

from collections.abc import Callable, Iterator

import pytest
from flask import Flask
from werkzeug.routing import Rule

from mediation.kernel.actor import Role
from mediation.web import allow
from tests import world
from tests.page import Browser

# No record of the tests has this number.
NOBODY = "999999"
# What may come back to somebody whom the table admits: a page, a redirect, a form with errors, no such record, not now.
ADMITTED = {200, 204, 302, 303, 400, 404, 409, 413, 422, 428}
LAST = {"accounts.sign_out", "accounts.end_sessions"}


def requests(app: Flask) -> Iterator[tuple[Rule, str, str]]:
    """Each rule with its method and an address at which no record is; those that end the session come last."""
    rules = sorted(app.url_map.iter_rules(), key=lambda rule: (rule.endpoint in LAST, rule.endpoint, rule.rule))
    for rule in rules:
        if rule.endpoint == "static":
            continue
        url = "/".join(NOBODY if part.startswith("<") else part for part in rule.rule.split("/"))
        for method in sorted((rule.methods or set()) & {"GET", "POST"}):
            yield rule, method, url


def ask(browser: Browser, method: str, url: str) -> int:
    data = {"csrf_token": browser.token()} if method == "POST" else None
    return browser.client.open(url, method=method, data=data).status_code


@pytest.mark.parametrize("login", world.PEOPLE)
def test_the_table_decides_for(login: str, app: Flask, client_for: Callable, request: pytest.FixtureRequest) -> None:
    person = request.getfixturevalue(login)
    browser = client_for(person)
    roles = frozenset(Role(role) for role in world.PEOPLE[login])
    for rule, method, url in requests(app):
        wanted = allow.TABLE.get(rule.endpoint)
        status = ask(browser, method, url)
        if wanted is not None and (wanted is allow.ANYONE or roles & wanted):
            assert status in ADMITTED, f"{method} {url} answers {status}"
        else:
            assert status == 403, f"{method} {url} answers {status}"
        if rule.endpoint in LAST:
            browser = client_for(person)


def test_a_form_without_the_token_of_its_page_changes_nothing(app: Flask, client_for: Callable, clerk_li) -> None:
    browser = client_for(clerk_li)
    for rule, method, url in requests(app):
        if method == "POST":
            assert browser.client.open(url, method="POST").status_code in {400, 403}, (
                f"{rule.endpoint} takes a forged form"
            )


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "TRACE"])
def test_no_address_knows_other_methods(method: str, app: Flask, client_for: Callable, clerk_li) -> None:
    browser = client_for(clerk_li)
    for rule in app.url_map.iter_rules():
        assert method not in (rule.methods or set()), rule.endpoint
    assert browser.client.open("/", method=method).status_code in {400, 405}
