"""Whatever is typed into any form of casework, nothing breaks: the page comes back with what was typed, or says why not.

One dispute stands in every state that has forms; each form is found on its page as a person finds it, and every value
below is sent in each of its fields.
"""

import re
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any
from urllib.parse import quote

import pytest
from bs4 import Tag

from mediation.accounts.models import User
from mediation.agreements.services import drafting
from mediation.confirmation import services as confirmations
from mediation.confirmation.rules import Material
from mediation.confirmation.services import Applicant
from mediation.disputes import services as disputes
from mediation.kernel import audit
from tests import builders
from tests.page import Browser, Page

VALUES = {
    "odd": "前\x00后\x1b[2J\u202e👩‍👩‍👧‍👦<script>alert(1)</script>\"'><b>{{ 7*7 }} %(name)s {0}'; DROP TABLE dispute; --",
    "long": "长" * 60_000,
    "full_width": "１２３４５６７８９０",
    "zero": "0",
    "negative": "-1",
    "million_milliards": str(10**15),
    "digits": "9" * 5000,
    "number_of_a_machine": "1e400",
    "no_number": "NaN",
    "no_day": "2026-02-30",
    "first_year": "0001-01-01",
    "last_year": "9999-12-31",
    "year_beyond": "99999999999-1-1",
    "no_time": "25:61",
    "blank": " \u3000\t",
}
# Sent in lists, boxes and hidden fields too.
FORGED_TOO = {"odd", "digits"}


@pytest.fixture
def people(clerk_li: User, mediator_wang: User, judge_chen: User, judge_zhou: User) -> SimpleNamespace:
    return SimpleNamespace(clerk=clerk_li, mediator=mediator_wang, judge=judge_chen, track=judge_zhou)


def received(p: SimpleNamespace) -> tuple[User, list[str]]:
    dispute = builders.make_dispute(p.clerk.as_actor())
    party = disputes.parties(dispute.id)[0].id
    here = f"/disputes/{dispute.id}"
    return p.clerk, [
        here, f"{here}/edit", f"{here}/parties/new", f"{here}/parties/{party}", f"{here}/parties/{party}/agents/new",
        f"{here}/parties/{party}/address", f"{here}/complaint", f"{here}/withdrawal", f"{here}/closing",
        f"{here}/screening", f"{here}/correction", f"{here}/return", f"{here}/filing", "/disputes/new", "/schedule/new",
    ]  # fmt: skip


def guided(p: SimpleNamespace) -> tuple[User, list[str]]:
    here = f"/disputes/{builders.make_guided(p.clerk.as_actor()).id}"
    return p.clerk, [here, f"{here}/consents"]


def consented(p: SimpleNamespace) -> tuple[User, list[str]]:
    here = f"/disputes/{builders.make_consented(p.clerk.as_actor()).id}"
    return p.clerk, [here, f"{here}/consents/withdrawal", f"{here}/mediator"]


def issued(p: SimpleNamespace) -> tuple[User, list[str]]:
    made = builders.make_assignment(p.clerk.as_actor())
    return p.mediator, [f"/assignments/{made.id}/acceptance"]


def accepted(p: SimpleNamespace) -> tuple[User, list[str]]:
    made = builders.accepted_assignment(p.clerk.as_actor(), p.mediator.as_actor())
    pages = ("contacts", "suspension", "extension", "end", "sessions/new", "agreements/new", "facts", "failure")
    return p.mediator, [f"/assignments/{made.id}/{page}" for page in pages]


def planned(p: SimpleNamespace) -> tuple[User, list[str]]:
    made = builders.accepted_assignment(p.clerk.as_actor(), p.mediator.as_actor())
    session = builders.planned_session(p.mediator.as_actor(), made)
    return p.mediator, [f"/sessions/{session.id}", f"/bookings/{session.booking_id}"]


def in_session(p: SimpleNamespace) -> tuple[User, list[str]]:
    made = builders.accepted_assignment(p.clerk.as_actor(), p.mediator.as_actor())
    session = builders.open_session(p.mediator.as_actor(), made)
    draft = builders.drafted_agreement(p.mediator.as_actor(), made)
    first = drafting.clauses(draft)[0].id
    here = f"/agreements/{draft.id}"
    kinds = ("pay", "instalments", "deliver", "apologise")
    return p.mediator, [
        f"/sessions/{session.id}", here, f"{here}/draft", f"{here}/clauses/{first}",
        *(f"{here}/clauses/new/{kind}" for kind in kinds),
    ]  # fmt: skip


def effective(p: SimpleNamespace) -> tuple[User, list[str]]:
    made = builders.signed_agreement(p.clerk.as_actor(), p.mediator.as_actor())
    clause = drafting.clauses(made)[1].id
    return p.clerk, [f"/agreements/{made.id}/clauses/{clause}/performance", f"/disputes/{made.dispute_id}/confirmation"]


def examined(p: SimpleNamespace) -> tuple[User, list[str]]:
    made = builders.signed_agreement(p.clerk.as_actor(), p.mediator.as_actor())
    dispute = disputes.get(p.clerk.as_actor(), made.dispute_id)
    everyone = [Applicant(party.id) for party in disputes.parties(dispute.id)]
    applied = confirmations.apply(p.clerk.as_actor(), dispute, applicants=everyone, materials=list(Material))
    confirmations.accept(p.judge.as_actor(), applied)
    return p.judge, [f"/confirmations/{applied.id}", f"/confirmations/{applied.id}/call"]


STATES = (received, guided, consented, issued, accepted, planned, in_session, effective, examined)


def fields(form: Tag) -> Iterator[tuple[Tag, str]]:
    for field in form.select("[name]"):
        if field["name"].endswith(("csrf_token", "once")) or field.get("type") in {"submit", "file"}:
            continue
        yield field, field["name"]


def filled(form: Tag) -> dict[str, Any]:
    """The form as it stands on the page."""
    data: dict[str, Any] = {}
    for field, name in fields(form):
        if field.name == "select":
            chosen = field.select_one("option[selected]") or field.select_one("option")
            data[name] = chosen["value"] if chosen else ""
        elif field.name == "textarea":
            data[name] = field.get_text().strip() or "文字"
        elif field.get("type") in {"checkbox", "radio"}:
            if field.has_attr("checked"):
                data.setdefault(name, []).append(field.get("value", "y"))
        elif field.name != "button":
            data[name] = field.get("value", "")
    return data


def typed_in(form: Tag) -> list[str]:
    """The fields somebody writes into; the others are chosen or carried along, and only forged otherwise."""
    written = {None, "text", "tel", "email", "search"}
    return [n for f, n in fields(form) if f.name == "textarea" or (f.name == "input" and f.get("type") in written)]


def forms(page: Page, url: str) -> Iterator[tuple[str, Tag]]:
    for form in page.soup.select("main form[method=post]"):
        action = form.get("action") or url
        if action.startswith("/") and not re.search(r"sign-out|preferences|end-others", action):
            yield action, form


def send(browser: Browser, url: str, data: dict[str, Any]) -> Page:
    return browser._send("post", url, data={"csrf_token": browser.token()} | data)


@pytest.mark.parametrize("state", STATES, ids=lambda state: state.__name__)
def test_no_value_in_any_field_breaks_anything(people, client_for, state):
    who, pages = state(people)
    browser = client_for(who)
    broken, sent = [], 0
    for url in pages:
        for action, form in list(forms(browser.get(url), url)):
            usual = filled(form)
            for name, value in VALUES.items():
                for typed in (dict.fromkeys(typed_in(form), value), dict.fromkeys(usual, value)):
                    page = send(browser, action, usual | typed)
                    sent += 1
                    if page.status >= 500:
                        broken.append((action, name))
                    if name in FORGED_TOO:
                        continue
                    break
    assert broken == []
    assert sent > len(VALUES)
    assert list(audit.verify()) == []


@pytest.mark.parametrize("number", ["0", str(2**31), str(2**63), "9" * 30])
def test_a_number_no_record_can_have_is_not_found(app, client_for, clerk_li, judge_chen, mediator_wang, number):
    """In the address as well: no record of that number, whatever its length."""
    roles = {"clerk": clerk_li, "judge": judge_chen, "mediator": mediator_wang}
    strange = []
    for who in roles.values():
        browser = client_for(who)
        for rule in sorted(app.url_map.iter_rules(), key=lambda rule: rule.rule):
            if "<int:" not in rule.rule or "static" in rule.rule:
                continue
            url = re.sub(r"<(?:\w+:)?\w+>", number, rule.rule)
            method = "get" if "GET" in rule.methods else "post"
            page = browser._send(method, url, **({} if method == "get" else {"data": {"csrf_token": browser.token()}}))
            if page.status not in {403, 404, 405}:
                strange.append((url, page.status))
    assert strange == []


@pytest.mark.parametrize("value", ["\x00", "%", "_", "'", "9" * 5000, "２０２６", "\ud83d", "👩", "\\"])
def test_no_word_asked_for_breaks_a_list(client_for, clerk_li, value):
    browser = client_for(clerk_li)
    builders.make_dispute(clerk_li.as_actor())
    asked = {
        name: value.encode("utf-8", "surrogatepass") for name in ("q", "show", "sort", "page", "day", "at", "done")
    }
    for url in ("/search", "/causes", "/disputes", "/schedule", "/notices", "/messages", "/confirmations"):
        assert browser._send("get", url, query_string=asked).status < 500, url


def test_bytes_of_another_encoding_are_no_error(client_for, clerk_li):
    """A form sent in GBK arrives as unreadable characters, never as an error of the system."""
    browser = client_for(clerk_li)
    dispute = builders.make_dispute(clerk_li.as_actor())
    body = f"csrf_token={browser.token()}&reason={quote('撤回起诉'.encode('gbk'))}"
    page = browser._send(
        "post", f"/disputes/{dispute.id}/complaint", data=body, content_type="application/x-www-form-urlencoded"
    )
    assert page.status in {302, 422}
