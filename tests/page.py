"""A browser for page tests: every page it gets is checked as a page."""

import secrets

import html5lib
from bs4 import BeautifulSoup
from flask import session as flask_session
from flask.testing import FlaskClient
from flask_wtf.csrf import generate_csrf
from werkzeug.test import TestResponse

from mediation.kernel.db import db

# html5lib reports these for fragments that HTML allows.
TOLERATED = {"expected-doctype-but-got-chars"}


class Page:
    """An answer with its parsed page."""

    def __init__(self, response: TestResponse) -> None:
        self.response = response
        self.status = response.status_code
        self.location = response.location
        self.html = response.get_data(as_text=True) if response.mimetype == "text/html" else ""
        self.soup = BeautifulSoup(self.html, "html.parser")

    @property
    def text(self) -> str:
        """What a reader sees, blanks collapsed."""
        return " ".join(self.soup.get_text(" ").split())

    def field(self, name: str) -> str:
        """The value in a field."""
        found = self.soup.find(attrs={"name": name})
        assert found is not None, f"no field {name}"
        if found.name == "textarea":
            return found.get_text().removeprefix("\r").removeprefix("\n")
        if found.name == "select":
            chosen = found.find("option", selected=True)
            return chosen["value"] if chosen else ""
        return found.get("value", "")

    def as_shown(self) -> dict[str, list[str]]:
        """What a browser would send of the last form of the page's content if nobody touched it."""
        form = self.soup.select("main form")[-1]
        sent: dict[str, list[str]] = {}
        for field in form.select("input[name], textarea[name], select[name]"):
            if field.get("type") in {"checkbox", "radio"} and not field.has_attr("checked"):
                continue
            if field.get("type") not in {"submit", "file"}:
                sent.setdefault(field["name"], []).append(self.field(field["name"]))
        return sent

    def errors(self) -> list[str]:
        """The messages beside fields and above forms."""
        return [
            " ".join(e.get_text(" ").split())
            for e in self.soup.select(".invalid-feedback, .field-error, .error-summary li")
        ]


class Browser:
    """Gets and posts like a browser: keeps cookies, sends the page's token, checks every page."""

    def __init__(self, client: FlaskClient) -> None:
        self.client = client

    def get(self, url: str, status: int = 200, **kwargs: object) -> Page:
        """Fetch a page and check it."""
        page = self._send("get", url, **kwargs)
        assert page.status == status, f"GET {url}: {page.status} {page.text[:400]}"
        if page.html:
            check(page, url)
        return page

    def post(self, url: str, data: dict | None = None, status: int = 302, **kwargs: object) -> Page:
        """Send a form with a valid token; fields may be lists."""
        page = self._send("post", url, data={"csrf_token": self.token(), **(data or {})}, **kwargs)
        assert page.status == status, f"POST {url}: {page.status} {page.text[:600]}"
        if page.html:
            check(page, url)
        return page

    def _send(self, method: str, url: str, **kwargs: object) -> Page:
        """One request in a context of its own, as from outside; the test then sees what it left."""
        db.session.commit()
        with self.client.application.app_context():
            response = self.client.open(url, method=method.upper(), **kwargs)
        db.session.expire_all()
        return Page(response)

    def token(self) -> str:
        """The token that the pages of this browser carry."""
        with self.client.session_transaction() as session:
            raw = session.setdefault("csrf_token", secrets.token_hex(20))
        app = self.client.application
        with app.app_context(), app.test_request_context():
            flask_session["csrf_token"] = raw
            return str(generate_csrf())


def check(page: Page, url: str) -> None:
    """Valid HTML, a title, one h1, unique ids, every form with a target of ours, nothing inline."""
    parser = html5lib.HTMLParser(strict=False)
    parser.parse(page.html)
    errors = [(where, what, data) for where, what, data in parser.errors if what not in TOLERATED]
    assert not errors, f"{url}: {errors[:5]}"
    assert page.soup.title is not None, f"{url}: no title"
    assert page.soup.title.get_text().strip(), f"{url}: an empty title"
    assert len(page.soup.find_all("h1")) == 1, f"{url}: {len(page.soup.find_all('h1'))} h1"
    ids = [tag["id"] for tag in page.soup.find_all(id=True)]
    assert len(ids) == len(set(ids)), f"{url}: ids twice: {sorted({i for i in ids if ids.count(i) > 1})}"
    for tag in page.soup.find_all(True):
        assert not any(name.startswith("on") or name == "style" for name in tag.attrs), (
            f"{url}: inline {tag.name} {tag.attrs}"
        )
    for form in page.soup.find_all("form"):
        assert form.get("method", "get").lower() in {"get", "post"}
        assert not form.get("action", "").startswith("http"), f"{url}: a form leaves the house"
        if form.get("method", "").lower() == "post":
            assert form.select_one("[name$=csrf_token]"), f"{url}: a form without token: {form.get('action')}"
    hidden = page.soup.select("details:not([open]) [data-error-summary]")
    assert not hidden, (
        f"{url}: what needs correcting stands where nobody sees it: {hidden[0].get_text(' ', strip=True)[:80]}"
    )
    for label in page.soup.find_all("label", attrs={"for": True}):
        assert label["for"] in ids, f"{url}: label for nothing: {label['for']}"
