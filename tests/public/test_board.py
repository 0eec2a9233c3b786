"""The notice board: honest figure, lawful words, released by the registry."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from mediation.kernel import clock
from mediation.kernel.audit import AuditEvent
from mediation.kernel.db import db
from mediation.kernel.errors import DomainError
from mediation.public import documents, services
from mediation.public.rules import Backlog
from tests.documents.reading import paper


@pytest.mark.parametrize(
    ("pending", "tens", "more"), [(4945, 4940, True), (4940, 4940, False), (9, 0, True), (0, 0, False)]
)
def test_the_figure_is_floored_to_tens(pending, tens, more):
    assert (Backlog(pending).tens, Backlog(pending).is_more) == (tens, more)


def test_without_release_the_board_shows_no_figure(client_for):
    page = client_for(None).get("/board/鲁0102")
    assert page.soup.select_one(".board-first") is None
    assert page.soup.select_one(".board-points") is not None


def test_the_registry_releases_and_the_board_shows_it(client_for, clerk_li):
    client_for(clerk_li).get("/board/release")
    client_for(clerk_li).post("/board/drafts")
    assert client_for(None).get("/board/鲁0102").soup.select_one(".board-first") is None
    client_for(clerk_li).post(f"/board/drafts/{services.latest_draft(clerk_li.court_id).id}/release")
    assert client_for(None).get("/board/鲁0102").soup.select_one(".board-first") is not None
    last = db.session.scalars(sa.select(AuditEvent).where(AuditEvent.action == "board_release.release")).all()
    assert len(last) == 1


def test_the_board_never_says_that_an_agreement_equals_a_judgment(client_for):
    text = client_for(None).get("/board/鲁0102").text
    assert "调解协议与判决" not in text
    assert "30" in text


def test_only_the_registry_releases(client_for, president_he, mediator_wang):
    client_for(president_he).post("/board/drafts", status=403)
    client_for(mediator_wang).get("/board/release", status=403)


def test_the_draft_is_a_paper_that_the_whole_registry_reads(client_for, clerk_li, triage_sun, president_he, court):
    client_for(clerk_li).post("/board/drafts")
    draft = services.latest_draft(court.id)
    text = paper(documents.paper_of(draft))
    for words in ("等待开庭", "不影响任何权利", "三十日内共同申请", f"{draft.pending}件", clerk_li.name, "核准公示"):
        assert words in text
    assert services.latest_draft(court.id).id == draft.id
    page = client_for(triage_sun).get("/board/release")
    assert page.soup.select_one(f"a[href='/board/drafts/{draft.id}']")
    answer = client_for(triage_sun).client.get(f"/board/drafts/{draft.id}")
    assert answer.data.startswith(b"%PDF")
    client_for(president_he).get(f"/board/drafts/{draft.id}", status=403)


def test_one_draft_for_one_count_and_one_release_of_it(clerk_li, court):
    draft = services.draft(clerk_li.as_actor())
    assert services.draft(clerk_li.as_actor()).id == draft.id
    first = services.release(clerk_li.as_actor(), draft)
    assert services.release(clerk_li.as_actor(), draft).id == first.id
    assert (first.counted_on, first.pending, first.draft_id) == (draft.counted_on, draft.pending, draft.id)
    assert services.draft(clerk_li.as_actor()).id != draft.id


def test_a_draft_that_was_counted_anew_is_not_released(clerk_li, court):
    draft = services.draft(clerk_li.as_actor())
    with clock.pretend(clock.at(clock.today() + timedelta(days=1), 9)):
        services.draft(clerk_li.as_actor())
        with pytest.raises(DomainError) as refused:
            services.release(clerk_li.as_actor(), draft)
    assert refused.value.remedy
    assert services.latest(court.id) is None


def test_a_draft_of_another_court_is_not_found(client_for, clerk_li):
    client_for(clerk_li).get("/board/drafts/999999", status=404)
    client_for(clerk_li).post("/board/drafts/999999/release", status=404)


def test_a_court_that_is_none_is_not_found(client_for):
    client_for(None).get("/board/鲁9999", status=404)


def test_with_several_courts_one_is_chosen(client_for):
    assert len(client_for(None).get("/board").soup.select("main li a")) == 2
