"""What people open and send all day, as requests of signed-in people."""

import itertools
import re
import secrets
from collections.abc import Callable
from urllib.parse import urlencode

import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event

from bench.serving import Asked
from mediation.accounts import services as accounts
from mediation.accounts.models import User
from mediation.kernel import audit
from mediation.kernel.db import db
from tests import builders

CONTROL = ("PRAGMA", "BEGIN", "SAVEPOINT", "RELEASE", "ROLLBACK", "COMMIT", "SET TRANSACTION")


def bare() -> Asked:
    """The floor."""
    return Asked("/", {})


class Reader:
    """A browser in which somebody has signed in."""

    def __init__(self, app: Flask, login: str) -> None:
        self.client: FlaskClient = app.test_client()
        with app.app_context():
            user = db.session.scalars(sa.select(User).where(User.login == login)).one()
            token = accounts.open_session(user, address="127.0.0.1")
        with self.client.session_transaction() as session:
            session["_user_id"] = token
            session["_fresh"] = True
        self.client.get("/")  # as in a browser, the first page has left its mark in the session

    def headers(self) -> dict[str, str]:
        cookie = self.client.get_cookie("session")
        assert cookie is not None
        return {"Cookie": f"session={cookie.value}"}

    def get(self, path: str) -> Callable[[], Asked]:
        asked = Asked(path, self.headers())
        return lambda: asked


def intake(clerk: Reader) -> Callable[[], Asked]:
    """A dispute with number, two parties, receipt and trail, sent as the form of the register page."""
    page = clerk.client.get("/disputes/new").get_data(as_text=True)
    found = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page)
    assert found is not None
    headers = clerk.headers() | {"Content-Type": "application/x-www-form-urlencoded"}
    # Never the persons of an earlier run: the second of two alike would be asked about first.
    number = itertools.count(secrets.randbelow(10**8))

    def send() -> Asked:
        n = next(number)
        sent = {
            "csrf_token": found[1], "once": secrets.token_urlsafe(18), "source": "window", "cause": "房屋租赁合同纠纷",
            "cause_code": builders.TENANCY, "claims": "请求退还租金", "facts": "因维修发生争执", "amount": "1200",
            "street_id": "",
        }  # fmt: skip
        for side, name, phone in (("applicants", "刘某", f"13{n:09d}"), ("respondents", "汪某", f"15{n:09d}")):
            person = {"name": name, "phone": phone, "kind": "natural", "id_type": "resident", "sex": ""}
            agent = {"agent_kind": "lawyer", "agent_authority": "general"}
            sent |= {f"{side}-0-{field}": value for field, value in (person | agent).items()}
        return Asked("/disputes/new", headers, urlencode(sent), 302)

    return send


def all_day(app: Flask, dispute: int) -> dict[str, Callable[[], Asked]]:
    clerk, president = Reader(app, "clerk_li"), Reader(app, "president_he")
    figures = president.get("/statistics?span=year")

    def after_a_registration() -> Asked:
        with app.app_context():
            builders.make_dispute(builders.someone("clerk_li").as_actor())
        return figures()

    def after_a_mediators_step() -> Asked:
        with app.app_context():
            # As the trail tells of any step of a mediation, whose row nearly every figure is counted from.
            clerk = builders.someone("clerk_li").as_actor()
            audit.note_alone(clerk, "assignment.bench", subject_type="assignment", dispute_id=dispute)
        return figures()

    return {
        "work list of 50 rows": clerk.get("/disputes"),
        "dispute page": clerk.get(f"/disputes/{dispute}"),
        "intake save": intake(clerk),
        "president's page": figures,
        "after a registration": after_a_registration,
        "after a mediator's step": after_a_mediators_step,
    }


def queries(app: Flask, next_request: Callable[[], Asked]) -> int:
    """How often one answer asks the database; the words that only open or close a transaction are not questions."""
    count = 0

    def heard(_connection: object, _cursor: object, statement: str, *_more: object) -> None:
        nonlocal count
        count += not statement.startswith(CONTROL)

    with app.app_context():
        engine = db.engine
    client = app.test_client(use_cookies=False)
    for counted in (False, True):  # the first only warms
        asked = next_request()
        if counted:
            event.listen(engine, "before_cursor_execute", heard)
        method = "GET" if asked.body is None else "POST"
        client.open(asked.path, method=method, headers=asked.headers, data=asked.body)
    event.remove(engine, "before_cursor_execute", heard)
    return count
