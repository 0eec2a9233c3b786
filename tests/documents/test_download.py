"""Downloading, producing again, verifying: by whom, and what is left in the trail."""

import hashlib
from urllib.parse import quote

import pytest
import sqlalchemy as sa

from mediation.documents import specimen
from mediation.documents.rules import Folder, Status
from mediation.kernel import audit
from mediation.kernel.db import db
from tests.conftest import actor_of


def actions() -> list[str]:
    return list(db.session.scalars(sa.select(audit.AuditEvent.action).order_by(audit.AuditEvent.id)))


@pytest.mark.parametrize("who", ["clerk_li", "judge_chen", "mediator_wang"])
def test_the_file_under_its_chinese_name(ask, here, client_for, request, who):
    document = ask()
    answer = client_for(request.getfixturevalue(who)).get(f"/documents/{document.id}").response
    assert answer.mimetype == "application/pdf"
    assert answer.data.startswith(b"%PDF")
    name = quote("民事调解书（2026）江0102民初3187号.pdf")
    expected = f"attachment; filename=\"document-{document.id}.pdf\"; filename*=UTF-8''{name}"
    assert answer.headers["Content-Disposition"] == expected
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    assert answer.headers["Cache-Control"] == "no-store"
    assert "document.read" not in actions()
    assert len(hashlib.sha256(answer.data).hexdigest()) == 64


@pytest.mark.parametrize("who", ["mediator_zhao", "clerk_of_other_court"])
def test_a_stranger_finds_nothing(ask, here, client_for, request, who):
    document = ask()
    client_for(request.getfixturevalue(who)).get(f"/documents/{document.id}", status=404)


def test_nobody_signed_in(ask, here, client_for):
    document = ask()
    client_for(None).get(f"/documents/{document.id}", status=401)


@pytest.mark.parametrize("who", ["clerk_li", "judge_zhou", "judge_chen", "president_he"])
def test_a_confidential_one_is_refused_to_the_court_and_the_attempt_kept(ask, here, client_for, request, who):
    document = ask(folder=Folder.MEDIATION_CONFIDENTIAL)
    client_for(request.getfixturevalue(who)).get(f"/documents/{document.id}", status=403)
    assert actions()[-1] == "access.denied"


def test_a_confidential_one_is_opened_by_its_mediator_and_written_down(ask, here, client_for, mediator_wang):
    document = ask(folder=Folder.MEDIATION_CONFIDENTIAL)
    client_for(mediator_wang).get(f"/documents/{document.id}")
    assert actions()[-1] == "document.read"


def test_what_waits_is_produced_for_its_first_reader(ask, app, client_for, clerk_li):
    document = ask()
    app.config["DOCUMENTS"] = "here"
    try:
        client_for(clerk_li).get(f"/documents/{document.id}")
    finally:
        app.config["DOCUMENTS"] = "later"
    db.session.refresh(document)
    assert document.status is Status.READY


def test_what_could_not_be_produced_says_so(ask, app, client_for, clerk_li):
    document = ask(title="\U0001f600")
    app.config["DOCUMENTS"] = "here"
    try:
        page = client_for(clerk_li).get(f"/documents/{document.id}", status=409)
    finally:
        app.config["DOCUMENTS"] = "later"
    assert "尚未生成" in page.text


def test_the_registry_has_it_produced_again(ask, app, client_for, president_he, clerk_li):
    document = ask(actor_of(clerk_li), dispute_id=None)
    app.config["DOCUMENTS"] = "here"
    try:
        client_for(clerk_li).post(f"/documents/{document.id}/production")
    finally:
        app.config["DOCUMENTS"] = "later"
    db.session.refresh(document)
    assert document.status is Status.READY


def test_others_may_not(ask, client_for, judge_chen, mediator_zhao):
    document = ask()
    client_for(judge_chen).post(f"/documents/{document.id}/production", status=403)
    client_for(mediator_zhao).post(f"/documents/{document.id}/production", status=403)


def test_a_stranger_clerk_cannot(ask, client_for, clerk_of_other_court):
    document = ask()
    client_for(clerk_of_other_court).post(f"/documents/{document.id}/production", status=404)


def test_anybody_may_verify_a_paper(ask, here, client_for):
    document = ask()
    page = client_for(None).get(f"/verify/{document.code}")
    assert document.title in page.text
    assert document.number in page.text
    assert "SM3" in page.text
    for secret in ("刘晏婷", "禾盛", "98,000"):
        assert secret not in page.text


def test_a_code_typed_by_hand(ask, here, client_for):
    document = ask()
    page = client_for(None).get(f"/verify?code={document.code.lower().replace('-', '')}")
    assert document.number in page.text


def test_an_unknown_code(client_for):
    page = client_for(None).get("/verify/AAAA-BBBB-CCCC-DDDD", status=404)
    assert "本院没有使用该校验码的文书" in page.text
    assert client_for(None).get("/verify").field("code") == ""


def test_the_panel_offers_what_may_be_opened(ask, here, app, clerk_li, mediator_wang):
    from mediation.documents.views import _panels

    open_one = ask()
    closed = ask(kind="specimen", subject=open_one, folder=Folder.MEDIATION_CONFIDENTIAL, data=specimen.DATA)
    dispute = type("Shown", (), {"id": open_one.dispute_id})
    for user, expected in ((clerk_li, [True, False]), (mediator_wang, [True, True])):
        with app.test_request_context():
            (panel,) = _panels(actor_of(user), dispute)
            shown = [
                (document.id, readable)
                for document, _state, _failure, readable, _retryable in panel.context["documents"]
            ]
            assert shown == list(zip([open_one.id, closed.id], expected, strict=True))
            html = app.jinja_env.get_template(panel.template).render(**panel.context)
        assert (f"/documents/{closed.id}" in html) is expected[1]


def test_the_timeline_links_to_what_may_be_opened(ask, app, clerk_li, mediator_wang, mediator_zhao):
    document = ask(folder=Folder.MEDIATION_CONFIDENTIAL)
    link = app.extensions["mediation"].subjects["document"]
    with app.test_request_context():
        assert link(actor_of(mediator_wang), document.id) == f"/documents/{document.id}"
        assert link(actor_of(clerk_li), document.id) is None
        assert link(actor_of(mediator_zhao), document.id) is None
        words = app.extensions["mediation"].words("document.request", {"title": "调解协议书"})
    assert words == "发起制作文书：调解协议书"


def test_the_character_that_stopped_a_document_is_named(ask, here, app, client_for, clerk_li):
    from mediation.documents.views import _panels

    document = ask(data={**specimen.DATA, "conclusion": "当事人𰻝到庭。"})
    with app.test_request_context():
        (panel,) = _panels(actor_of(clerk_li), type("Shown", (), {"id": document.dispute_id}))
        html = app.jinja_env.get_template(panel.template).render(**panel.context)
    assert "𰻝" in html
    browser = client_for(clerk_li)
    browser.post(f"/documents/{document.id}/production")
    assert "𰻝" in browser.get("/verify").text
