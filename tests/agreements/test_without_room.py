"""A session whose room was released or whose meeting was called off: told, shown as such, and booked again."""

from datetime import timedelta

import pytest

from mediation.agreements.models import MediationSession
from mediation.agreements.rules import SessionStatus
from mediation.agreements.services import sessions
from mediation.kernel import audit, clock
from mediation.kernel.db import db
from mediation.notices.models import Notice
from mediation.scheduling import services as scheduling
from mediation.scheduling.models import Booking
from mediation.scheduling.rules import BookingStatus
from mediation.scheduling.services import doors
from tests import builders


@pytest.fixture
def session(clerk_li, mediator_wang):
    assignment = builders.accepted_assignment(clerk_li.as_actor(), mediator_wang.as_actor())
    return builders.planned_session(mediator_wang.as_actor(), assignment)


@pytest.fixture
def lost(clerk_li, session):
    """The registry has called its meeting off."""
    scheduling.cancel(clerk_li.as_actor(), sessions.booking_of(session), "场地漏水")
    return session


def again(session_id: int) -> MediationSession:
    return db.session.get_one(MediationSession, session_id)


def test_the_mediator_is_told_sees_it_everywhere_and_books_again_in_one_click(client_for, mediator_wang, lost):
    before = lost.booking_id
    told = db.select(Notice.kind).where(Notice.user_id == mediator_wang.id, Notice.subject_id == before)
    assert list(db.session.scalars(told.where(Notice.subject_type == "booking"))) == ["meeting_cancelled"]
    browser = client_for(mediator_wang)
    assert browser.get("/assignments").soup.select(f'#homeless a[href="/sessions/{lost.id}"]')
    assert browser.get(f"/disputes/{lost.dispute_id}").soup.select(f'a[href="/sessions/{lost.id}"]')
    page = browser.get(f"/sessions/{lost.id}")
    assert "场地漏水" in page.text
    forms = page.soup.select(f'#lost form[action="/sessions/{lost.id}/place"]')
    assert len(forms) == 3
    sent = {f["name"]: f["value"] for f in forms[0].select("input[name]") if f["name"] != "csrf_token"}
    browser.post(f"/sessions/{lost.id}/place", sent)
    found = again(lost.id)
    booking = sessions.booking_of(found)
    assert (found.status, booking.status) == (SessionStatus.PLANNED, BookingStatus.BOOKED)
    assert booking.id != before
    assert {c.claimant_kind for c in booking.claims if c.live} >= {"mediator", "party", "resource"}
    parties = db.session.scalars(db.select(Notice).where(Notice.subject_type == "mediation_session")).all()
    assert len([n for n in parties if n.superseded_at is None]) == len(builders.party_ids(found.dispute_id))
    assert not browser.get("/assignments").soup.select("#homeless")
    assert "mediation_session.rebook" in {e.action for e in audit.of_dispute(found.dispute_id)}
    assert list(audit.verify()) == []
    browser.post(f"/sessions/{lost.id}/place", {**sent, "once": "other"}, status=422)


def test_a_room_released_because_nobody_came(client_for, clerk_li, mediator_wang, session):
    booking = sessions.booking_of(session)
    with clock.pretend(booking.starts_at + timedelta(minutes=31)):
        doors.release(clerk_li.as_actor(), booking)
        assert sessions.is_without_room(again(session.id), booking)
        free = sessions.free_times(mediator_wang.as_actor(), again(session.id))[0]
        sessions.rebook(
            mediator_wang.as_actor(), again(session.id), starts_at=free.span.starts_at, ends_at=free.span.ends_at,
            resource_id=free.resource_id,
        )  # fmt: skip
    kinds = set(db.session.scalars(db.select(Notice.kind).where(Notice.user_id == mediator_wang.id)))
    assert "room_released" in kinds
    assert db.session.get_one(Booking, again(session.id).booking_id).status is BookingStatus.BOOKED


@pytest.mark.parametrize(
    "wrong", [{"slot": "x"}, {"day": "2020-03-02", "at": "09:00"}, {"day": "2月30日", "at": "09:00"}, {"at": "二点"}]
)
def test_a_time_that_cannot_be_is_refused_and_kept(client_for, mediator_wang, lost, wrong):
    room = str(sessions.booking_of(lost).resource_id)
    sent = {"slot": "", "day": "", "at": "09:00", "minutes": "60", "resource_id": room} | wrong
    page = client_for(mediator_wang).post(f"/sessions/{lost.id}/place", sent, status=422)
    assert page.errors()
    assert (page.field("day"), page.field("at")) == (sent["day"], sent["at"])


@pytest.mark.parametrize(
    ("who", "status"),
    [("mediator_zhao", 404), ("judge_chen", 403), ("clerk_of_other_court", 404), ("auditor", 403)],
)
def test_who_may_not(request, client_for, lost, who, status):
    browser = client_for(request.getfixturevalue(who))
    browser.post(f"/sessions/{lost.id}/place", {"slot": ""}, status=status)
    browser.get(f"/sessions/{lost.id}/place", status=status)


def test_a_cancelled_session_and_one_with_a_room_are_not_booked_again(client_for, mediator_wang, session):
    browser, actor = client_for(mediator_wang), mediator_wang.as_actor()
    free = sessions.free_times(actor, session)[0]
    slot = {"slot": f"{free.span.starts_at.isoformat()}/{free.span.ends_at.isoformat()}/{free.resource_id}"}
    sent = slot | {"minutes": "90", "resource_id": str(free.resource_id)}
    assert browser.post(f"/sessions/{session.id}/place", sent, status=422).errors()
    sessions.cancel(actor, again(session.id), reason="当事人撤回")
    browser.post(f"/sessions/{session.id}/place", sent | {"once": "b"}, status=409)


def test_a_free_time_on_the_board_can_be_for_it(client_for, mediator_wang, lost):
    for locale in ("zh", "en"):
        browser = client_for(mediator_wang)
        browser.post("/preferences", {"locale": locale})
        page = browser.get(f"/schedule/new?dispute={lost.dispute_id}&at=2030-01-07T09:00")
        assert page.soup.select(f'a[href^="/sessions/{lost.id}/place?"]')
        browser.get(f"/sessions/{lost.id}/place")
