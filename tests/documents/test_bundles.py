"""Many documents as one file: chosen, made part by part, fetched; by whom, and what is left in the trail."""

import io
import zipfile
from dataclasses import replace
from datetime import timedelta

import pypdf
import pytest
import sqlalchemy as sa

from mediation.documents import services, specimen
from mediation.documents.bundles import labels, rules
from mediation.documents.bundles import services as bundles
from mediation.documents.bundles.models import DocumentBundle
from mediation.documents.bundles.rules import Form
from mediation.documents.models import Document
from mediation.documents.rules import Folder, Status
from mediation.kernel import audit, clock
from mediation.kernel.db import db
from mediation.kernel.errors import DomainError, NotPermitted
from tests.conftest import actor_of
from tests.documents.test_download import actions

SHORT = {**specimen.DATA, "conclusion": "短。"}


@pytest.fixture
def three(ask):
    """Three papers, each about the dispute: of three pages each."""
    return [
        ask(party=party, number=f"（2026）鲁0102民初{number}号") for number, party in enumerate(("甲", "乙/丙", ""), 1)
    ]


def made(actor, documents, form=Form.ZIP) -> DocumentBundle:
    return bundles.make(actor, [document.id for document in documents], form)


def produced(actor, bundle) -> None:
    while bundles.go_on(actor, bundle):
        pass


# ---- choosing --------------------------------------------------------------------------------------------------------


def test_the_papers_of_a_day_are_listed_and_ticked(three, client_for, clerk_li):
    page = client_for(clerk_li).get("/documents/bundles")
    assert page.html.count('name="document_ids"') == 1
    assert " checked" in page.html
    yesterday = clock.today() - timedelta(days=1)
    assert 'name="document_ids"' not in client_for(clerk_li).get(f"/documents/bundles?day={yesterday}").html


def test_of_one_dispute_and_of_one_kind(three, client_for, clerk_li, dispute):
    browser = client_for(clerk_li)
    assert 'name="document_ids"' in browser.get(f"/documents/bundles?dispute={dispute.id}").html
    assert 'name="document_ids"' not in browser.get(f"/documents/bundles?dispute={dispute.id + 1000}").html
    assert 'name="document_ids"' in browser.get("/documents/bundles?day=&kind=").html
    assert 'name="document_ids"' not in browser.get("/documents/bundles?day=&kind=fee_notice").html


def test_a_day_that_is_none_is_answered_and_kept(client_for, clerk_li):
    page = client_for(clerk_li).get("/documents/bundles?day=neulich")
    assert "neulich" in page.html


def test_what_may_not_be_read_is_not_offered_and_not_taken(ask, client_for, clerk_li):
    hidden = ask(folder=Folder.MEDIATION_CONFIDENTIAL)
    browser = client_for(clerk_li)
    assert 'name="document_ids"' not in browser.get("/documents/bundles").html
    with pytest.raises(DomainError) as refused:
        made(actor_of(clerk_li), [hidden])
    assert refused.value.message == labels.OBSTACLE[rules.Obstacle.NOTHING]
    assert db.session.scalar(sa.select(sa.func.count()).select_from(DocumentBundle)) == 0


@pytest.mark.parametrize("who", ["judge_chen", "mediator_wang", "president_he"])
def test_it_is_the_registry_s(three, client_for, request, who):
    user = request.getfixturevalue(who)
    client_for(user).get("/documents/bundles", status=403)
    with pytest.raises(NotPermitted):
        made(actor_of(user), three)


def test_nothing_ticked_keeps_the_form(three, client_for, clerk_li):
    page = client_for(clerk_li).post("/documents/bundles", {"form": "print"}, status=422)
    assert "未勾选任何文书" in page.text
    assert page.soup.select_one("input[name=form][checked]")["value"] == "print"


def test_too_many(clerk_li):
    with pytest.raises(DomainError) as refused:
        bundles.make(actor_of(clerk_li), range(1, rules.MOST + 2), Form.ZIP)
    assert refused.value.message == labels.OBSTACLE[rules.Obstacle.TOO_MANY]


# ---- making ----------------------------------------------------------------------------------------------------------


def test_from_the_form_to_the_archive(three, here, client_for, clerk_li):
    browser = client_for(clerk_li)
    wanted = [str(document.id) for document in three[-1:]]
    made_at = browser.post("/documents/bundles", {"document_ids": wanted, "form": "zip"}).location
    page = browser.get(made_at)
    assert "data-goes-on" in page.html
    browser.get(f"{made_at}/file", status=409)
    browser.post(f"{made_at}/progress")
    assert "data-goes-on" not in browser.get(made_at).html
    answer = browser.get(f"{made_at}/file").response
    assert answer.mimetype == "application/zip"
    assert "%E6%96%87%E4%B9%A6" in answer.headers["Content-Disposition"]
    with zipfile.ZipFile(io.BytesIO(answer.data)) as archive:
        assert archive.testzip() is None
        (name,) = archive.namelist()
        assert name == "001 民事调解书（2026）鲁0102民初3号.pdf"
        assert archive.read(name) == services.open_file(actor_of(clerk_li), three[-1]).content
    assert actions()[-2:] == ["document.produce", "document_bundle.open"]
    assert actions().count("document_bundle.make") == 1


def test_after_a_kill_it_goes_on_where_it_stopped(three, here, clerk_li, monkeypatch):
    actor = actor_of(clerk_li)
    bundle = made(actor, three[-1:])
    monkeypatch.setattr(rules, "AT_A_GO", 0)
    assert bundles.go_on(actor, bundle) == 1
    monkeypatch.undo()
    # Another process knows nothing but what is stored.
    db.session.expire_all()
    again = bundles.get(actor, bundle.id)
    assert bundles.go_on(actor, again) == 0
    assert [document.status for document in bundles.rows(actor, again)] == [Status.READY]
    assert bundles.go_on(actor, again) == 0
    assert actions().count("document.produce") == 1


def test_the_worker_produces_what_waits_in_bundles_and_nothing_else(three, here, clerk_li):
    made(actor_of(clerk_li), three[-1:])
    assert bundles.next_part() == 1
    assert bundles.next_part() == 0
    assert [document.status for document in three] == [Status.PENDING, Status.PENDING, Status.READY]


def test_what_cannot_be_produced_is_named_left_out_and_tried_again(ask, here, client_for, clerk_li):
    good = ask(data=SHORT)
    bad = ask(kind="receipt", data={**SHORT, "conclusion": "𰻝"})
    browser = client_for(clerk_li)
    at = browser.post("/documents/bundles", {"document_ids": [str(good.id), str(bad.id)], "form": "zip"}).location
    page = browser.get(at)
    assert "无法制作" in page.text
    browser.post(f"{at}/again")
    assert actions().count("document.fail") == 2
    with zipfile.ZipFile(io.BytesIO(browser.get(f"{at}/file").response.data)) as archive:
        assert len(archive.namelist()) == 1


# ---- fetching --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("who", ["clerk_of_other_court", "triage_sun"])
def test_another_s_bundle_is_not_found(three, here, client_for, request, who, clerk_li):
    bundle = made(actor_of(clerk_li), three[-1:])
    browser = client_for(request.getfixturevalue(who))
    for path in ("", "/file"):
        browser.get(f"/documents/bundles/{bundle.id}{path}", status=404)
    for path in ("progress", "again"):
        browser.post(f"/documents/bundles/{bundle.id}/{path}", status=404)


def test_for_printing_each_document_begins_on_a_fresh_sheet(ask, here, client_for, clerk_li):
    papers = [ask(data=data, kind="specimen", subject=subject) for data, subject in zip(
        (specimen.DATA, SHORT, specimen.DATA), _subjects(3), strict=True)]  # fmt: skip
    browser = client_for(clerk_li)
    ids = [str(document.id) for document in papers]
    at = browser.post("/documents/bundles", {"document_ids": ids, "form": "print"}).location
    browser.post(f"{at}/progress")
    answer = browser.get(f"{at}/file").response
    assert answer.mimetype == "application/pdf"
    reader = pypdf.PdfReader(io.BytesIO(answer.data))
    starts = [reader.get_destination_page_number(item) for item in reader.outline]
    assert len(starts) == 3
    assert all(start % 2 == 0 for start in starts)
    counted = [
        len(pypdf.PdfReader(io.BytesIO(services.open_file(actor_of(clerk_li), one).content)).pages) for one in papers
    ]
    assert len(reader.pages) == sum(count + count % 2 for count in counted[:-1]) + counted[-1]
    assert reader.root_object["/ViewerPreferences"]["/Duplex"] == "/DuplexFlipLongEdge"
    browser.get(f"{at}/file?stack=2", status=404)
    browser.get(f"{at}/file?stack=0", status=404)


def _subjects(number: int) -> list:
    """Records for papers to be about: each has its own first version."""
    found = db.session.scalars(sa.select(audit.AuditEvent).order_by(audit.AuditEvent.id).limit(number)).all()
    assert len(found) == number
    return list(found)


def test_what_became_unreadable_meanwhile_is_left_out_of_the_file(three, here, clerk_li):
    """Permission is asked of each document when the file is fetched, not when the bundle was made."""
    actor = actor_of(clerk_li)
    bundle = made(actor, three[-1:])
    produced(actor, bundle)
    assert len(bundles.ready(actor, bundle)) == 1
    with pytest.raises(DomainError) as refused:
        bundles.ready(replace(actor, court_id=actor.court_id + 1), bundle)
    assert refused.value.message == labels.OBSTACLE[rules.Obstacle.NONE_LEFT]


# ---- rules -----------------------------------------------------------------------------------------------------------


def test_the_database_keeps_a_bundle_as_it_was_asked_for(three, clerk_li):
    bundle = made(actor_of(clerk_li), three[-1:])
    for statement in ("UPDATE document_bundle SET size = 9", "DELETE FROM bundled_document"):
        with pytest.raises(sa.exc.DatabaseError), db.session.begin_nested():
            db.session.execute(sa.text(statement))
    assert bundles.get(actor_of(clerk_li), bundle.id).size == 1
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Document)) == 3
