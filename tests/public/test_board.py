"""The notice board: honest figure, lawful words, released by the registry."""

import pytest
import sqlalchemy as sa

from mediation.kernel.audit import AuditEvent
from mediation.kernel.db import db
from mediation.public.rules import Backlog


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
    client_for(clerk_li).post("/board/release")
    assert client_for(None).get("/board/鲁0102").soup.select_one(".board-first") is not None
    last = db.session.scalars(sa.select(AuditEvent).where(AuditEvent.action == "board_release.release")).all()
    assert len(last) == 1


def test_the_board_never_says_that_an_agreement_equals_a_judgment(client_for):
    text = client_for(None).get("/board/鲁0102").text
    assert "调解协议与判决" not in text
    assert "30" in text


def test_only_the_registry_releases(client_for, president_he, mediator_wang):
    client_for(president_he).post("/board/release", status=403)
    client_for(mediator_wang).get("/board/release", status=403)


def test_a_court_that_is_none_is_not_found(client_for):
    client_for(None).get("/board/鲁9999", status=404)


def test_with_several_courts_one_is_chosen(client_for):
    assert len(client_for(None).get("/board").soup.select("main li a")) == 2
