"""The outbox, the messages, and the proof of service: who may, from which state, and what is written down."""

from datetime import date, timedelta
from itertools import product

import pytest
import sqlalchemy as sa

from mediation.kernel import audit, clock
from mediation.kernel.db import db
from mediation.kernel.errors import DomainError, IllegalStep, NotPermitted
from mediation.notices import delivering, labels, rules, services
from mediation.notices.models import Notice
from mediation.notices.rules import NoticeStatus, Obstacle, ReturnCause, ServiceMethod
from tests import builders

TARGET = {"send": NoticeStatus.SENT, "hand_over": NoticeStatus.HANDED_OVER, "fail": NoticeStatus.FAILED}
UNSENT = {"queued", "failed", "dead"}


@pytest.fixture
def session(clerk_li, mediator_wang):
    assignment = builders.accepted_assignment(clerk_li.as_actor(), mediator_wang.as_actor())
    return builders.planned_session(mediator_wang.as_actor(), assignment)


@pytest.fixture
def notice(session):
    """One of the two notices of a session, still to be delivered."""
    return db.session.scalars(sa.select(Notice).where(Notice.kind == "session").order_by(Notice.id)).first()


def again(notice: Notice) -> Notice:
    return db.session.get_one(Notice, notice.id)


def test_planning_a_session_tells_every_party_and_not_what_it_is_about(session):
    told = db.session.scalars(sa.select(Notice).where(Notice.kind == "session")).all()
    assert {n.recipient for n in told} == {"刘某", "汪某"}
    assert all("灯泡" not in n.text and "租赁" not in n.text for n in told)


@pytest.mark.parametrize("status", list(NoticeStatus))
@pytest.mark.parametrize("step", sorted(TARGET))
def test_every_pair_of_status_and_step(notice, clerk_li, status, step):
    sources = {"send": UNSENT, "hand_over": UNSENT, "fail": {"queued", "failed"}}[step]
    moments = {"sent_at": "2026-03-02 01:00:00"} if status in {NoticeStatus.SENT, NoticeStatus.HANDED_OVER} else {}
    brought = "UPDATE notice SET status = :status, sent_at = :sent WHERE id = :id"
    db.session.execute(sa.text(brought), {"status": status.value, "sent": moments.get("sent_at"), "id": notice.id})
    db.session.expire_all()
    if status.value not in sources:
        with pytest.raises(IllegalStep):
            delivering.deliver(clerk_li.as_actor(), notice, step)
        return
    delivering.deliver(clerk_li.as_actor(), notice, step)
    assert again(notice).status is TARGET[step]
    assert again(notice).attempts == 1
    assert (again(notice).sent_at is None) is (step == "fail")


def test_who_was_not_reached_is_tried_again(client_for, clerk_li, notice):
    browser, url = client_for(clerk_li), f"/notices/{notice.id}/delivery"
    browser.get("/notices")
    browser.post(url, {"step": "fail"})
    assert notice.recipient in browser.get("/notices").text
    browser.post(url, {"step": "send"})
    assert again(notice).attempts == 2
    browser.post(url, {"step": "fail"}, status=409)
    browser.post(url, {"step": "read"}, status=400)
    assert notice.text in browser.get("/notices?list=done").text
    actions = [event.action for event in audit.of_dispute(notice.dispute_id)]
    assert {"notice.enqueue", "notice.fail", "notice.send"} <= set(actions)
    assert list(audit.verify()) == []


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("clerk_of_other_court", 404),
        ("judge_chen", 403),
        ("president_he", 403),
        ("mediator_wang", 403),
        ("auditor", 403),
    ],
)
def test_only_the_registry_of_the_court_delivers(request, client_for, notice, who, status):
    client_for(request.getfixturevalue(who)).post(f"/notices/{notice.id}/delivery", {"step": "send"}, status=status)
    assert again(notice).status is NoticeStatus.QUEUED


def test_another_court_has_its_own_outbox(client_for, clerk_of_other_court, triage_sun, notice):
    assert notice.recipient not in client_for(clerk_of_other_court).get("/notices").text
    assert notice.recipient in client_for(triage_sun).get("/notices").text


def test_messages_are_those_of_the_person_and_are_read_once(client_for, clerk_li, mediator_wang, mediator_zhao):
    builders.make_assignment(clerk_li.as_actor())
    (told,) = db.session.scalars(sa.select(Notice).where(Notice.user_id == mediator_wang.id)).all()
    assert told.text in client_for(mediator_wang).get("/messages").text
    assert told.text not in client_for(mediator_zhao).get("/messages").text
    client_for(mediator_zhao).post("/messages")
    assert again(told).read_at is None
    client_for(mediator_wang).post("/messages")
    first = again(told).read_at
    assert first is not None
    assert again(told).status is NoticeStatus.SENT
    client_for(mediator_wang).post("/messages")
    assert again(told).read_at == first


def test_both_pages_in_english(client_for, clerk_li, notice):
    browser = client_for(clerk_li)
    browser.post("/preferences", {"locale": "en"})
    assert "Outbox" in browser.get("/notices").text
    browser.get("/messages")


PAPERS = ["civil_mediation_document", "confirmation_ruling"]
BOOLEANS = [True, False]
PUBLISHED = [None, date(2026, 2, 2)]


@pytest.mark.parametrize("method", list(ServiceMethod))
@pytest.mark.parametrize("returned", [None, *ReturnCause])
@pytest.mark.parametrize("published", PUBLISHED)
def test_every_way_of_service(method, returned, published):
    for kind, agreed, future, summary, before in product(PAPERS, BOOLEANS, BOOLEANS, BOOLEANS, BOOLEANS):
        in_person, announced = kind == "civil_mediation_document", method is ServiceMethod.ANNOUNCEMENT
        expected = {
            Obstacle.NOT_LEFT: in_person and (method is ServiceMethod.LEFT or returned is not None),
            Obstacle.NO_CONSENT_TO_ELECTRONIC: method is ServiceMethod.ELECTRONIC and not agreed,
            Obstacle.NOT_ANNOUNCED: announced and in_person,
            Obstacle.NOT_ANNOUNCED_IN_SUMMARY: announced and summary,
            Obstacle.NO_PUBLICATION: announced and published is None,
            Obstacle.ANNOUNCED_TOO_SHORT: announced and published is not None and before,
            Obstacle.RETURNED_TO_THE_COURT: returned is ReturnCause.OTHER,
            Obstacle.FUTURE: future,
        }
        # 2 February and thirty days: 4 March (CPL art. 95).
        day = date(2026, 3, 3) if before else date(2026, 3, 4)
        found = rules.service_obstacles(
            kind, method, electronic_agreed=agreed, in_future=future, summary=summary, published_on=published,
            effective_on=day, returned=returned,
        )  # fmt: skip
        assert set(found) == {obstacle for obstacle, stands in expected.items() if stands}


def test_each_obstacle_has_words():
    assert set(labels.OBSTACLE) == set(Obstacle) == set(rules.OBSTACLE_ARTICLE)


@pytest.mark.parametrize("failures", [0, 1, 2])
def test_nothing_is_substituted_before_the_third_failure(failures):
    assert rules.next_ways(failures, procedural=True) == []


def test_what_the_law_offers_after_three_failures():
    def against(**over):
        return {way.method: way.against for way in rules.next_ways(3, **over)}

    left, post, announced = ServiceMethod.LEFT, ServiceMethod.POST, ServiceMethod.ANNOUNCEMENT
    assert against(procedural=True) == {left: None, post: None, announced: None}
    summary = against(procedural=True, summary=True)
    assert summary == {left: None, post: None, announced: Obstacle.NOT_ANNOUNCED_IN_SUMMARY}
    in_person = against(procedural=True, in_person=True)
    assert in_person == {left: Obstacle.NOT_LEFT, post: None, announced: Obstacle.NOT_ANNOUNCED}
    invitation = against(procedural=False)
    assert invitation == {left: Obstacle.NO_LITIGATION_DOCUMENT, post: None, announced: Obstacle.NO_LITIGATION_DOCUMENT}
    articles = {way.method: way.article for way in rules.next_ways(3, procedural=True)}
    assert articles == {left: "CPL art. 89", post: "CPL art. 91; S11 art. 11", announced: "CPL art. 95"}


@pytest.fixture
def paper(session):
    """A document that can be served, and a party of its dispute."""
    found = db.session.execute(sa.text("SELECT id, dispute_id FROM document ORDER BY id")).first()
    return {
        "document_id": found.id, "document_kind": "confirmation_ruling", "dispute_id": found.dispute_id,
        "party_id": builders.disputes.parties(found.dispute_id)[0].id, "method": ServiceMethod.DIRECT,
        "effective_on": clock.today(), "receiver": "刘某",
    }  # fmt: skip


def test_the_proof_of_service(clerk_li, paper):
    made = services.serve(clerk_li.as_actor(), **paper)
    assert [s.id for s in services.services_of(paper["document_id"])] == [made.id]
    assert "service.record" in {event.action for event in audit.of_dispute(paper["dispute_id"])}


@pytest.mark.parametrize(
    ("over", "article"),
    [
        ({"method": ServiceMethod.ELECTRONIC}, "CPL art. 90"),
        ({"method": ServiceMethod.LEFT, "document_kind": "civil_mediation_document"}, "S2 art. 133"),
        ({"effective_on": clock.today() + timedelta(days=1)}, ""),
        ({"issued_on": clock.today() + timedelta(days=1)}, ""),
    ],
)
def test_a_service_that_cannot_have_been(clerk_li, paper, over, article):
    with pytest.raises(DomainError) as refused:
        services.serve(clerk_li.as_actor(), **(paper | over))
    assert refused.value.article == article
    assert not services.services_of(paper["document_id"])


def test_a_mediator_does_not_serve_for_the_court(mediator_wang, president_he, paper):
    for user in (mediator_wang, president_he):
        with pytest.raises(NotPermitted):
            services.serve(user.as_actor(), **paper)
