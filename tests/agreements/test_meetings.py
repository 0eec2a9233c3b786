"""A free time on the board is offered to the mediations that need one."""

from datetime import timedelta

import sqlalchemy as sa

from mediation.agreements.services import sessions
from mediation.kernel import audit, clock
from mediation.kernel.db import db
from mediation.notices.models import Notice
from mediation.scheduling import services as scheduling
from mediation.scheduling.models import Booking
from mediation.scheduling.services import doors
from mediation.web import slots
from tests import builders


def test_a_mediation_without_a_time_is_offered_on_the_board(client_for, clerk_li, mediator_wang, mediator_zhao):
    clerk, mediator = clerk_li.as_actor(), mediator_wang.as_actor()
    assignment = builders.accepted_assignment(clerk, mediator)
    free = scheduling.free_times(mediator, limit=1)[0]
    query = "&".join(f"{k}={v}" for k, v in slots.query(free.span.starts_at, free.resource_id).items())
    browser = client_for(mediator_wang)
    page = browser.get(f"/schedule/new?{query}")
    link = next(a["href"] for a in page.soup.select("main a[href]") if f"/assignments/{assignment.id}/" in a["href"])
    assert "刘某" not in client_for(mediator_zhao).get(f"/schedule/new?{query}").text
    form = browser.get(link)
    assert form.field("resource_id") == str(free.resource_id)
    sent = {name: values[0] for name, values in form.as_shown().items() if name != "once"}
    browser.post(link, sent)
    [booking] = scheduling.of_dispute(assignment.dispute_id)
    assert (booking.starts_at, booking.resource_id) == (free.span.starts_at, free.resource_id)
    assert "刘某" not in browser.get(f"/schedule/new?{query}").text


def test_a_released_room_leaves_a_session_to_call_off_and_plan_again(clerk_li, mediator_wang, client_for):
    clerk, mediator = clerk_li.as_actor(), mediator_wang.as_actor()
    assignment = builders.accepted_assignment(clerk, mediator)
    session = builders.planned_session(mediator, assignment)
    booking = db.session.get_one(Booking, session.booking_id)
    with clock.pretend(booking.starts_at + timedelta(minutes=31)):
        doors.release(clerk, booking)
        client_for(mediator_wang).get(f"/sessions/{session.id}")
        sessions.cancel(mediator, session, reason="当事人未到场")
        assert [a.id for a in sessions.without_session(mediator)] == [assignment.id]


def test_the_registry_fixes_time_and_room_and_reads_nothing_of_the_session(clerk_li, mediator_wang, client_for):
    """DOMAIN 2.2: session and room booking are the registry's too; minutes are not."""
    clerk, mediator = clerk_li.as_actor(), mediator_wang.as_actor()
    assignment = builders.accepted_assignment(clerk, mediator)
    browser, here = client_for(clerk_li), f"/disputes/{assignment.dispute_id}"
    url = f"/assignments/{assignment.id}/sessions/new"
    assert browser.get(here).soup.select_one(f"a[href='{url}']")
    free = scheduling.free_times(clerk, limit=1)[0]
    query = "&".join(f"{k}={v}" for k, v in slots.query(free.span.starts_at, free.resource_id).items())
    assert browser.get(f"/schedule/new?{query}").soup.select_one(f"main a[href^='{url}']")
    wrong = browser.post(url, browser.get(url).as_shown() | {"time": "03:00"}, status=422)
    assert wrong.field("time") == "03:00"
    assert browser.post(url, browser.get(url).as_shown()).location == here
    [session] = sessions.of_dispute(assignment.dispute_id)
    assert "mediation_session.plan" in {entry.action for entry in audit.of_dispute(assignment.dispute_id)}
    browser.get(f"/sessions/{session.id}", status=403)
    told = db.session.scalars(sa.select(Notice).where(Notice.kind == "session.fixed")).one()
    assert told.user_id == mediator_wang.id, "the mediator learns of it"
    booking = db.session.get_one(Booking, session.booking_id)
    with clock.pretend(booking.starts_at + timedelta(minutes=31)):
        doors.release(clerk, booking)
        db.session.commit()
        browser = client_for(clerk_li)
        again = f"/sessions/{session.id}/place"
        assert browser.get(here).soup.select_one(f"a[href='{again}']")
        shown = browser.get(again).as_shown()
        assert browser.post(again, shown | {"resource_id": str(free.resource_id)}).location == here
    db.session.refresh(session)
    assert session.booking_id != booking.id


def test_nobody_else_fixes_it(clerk_li, mediator_wang, judge_zhou, president_he, clerk_of_other_court, client_for):
    assignment = builders.accepted_assignment(clerk_li.as_actor(), mediator_wang.as_actor())
    session = builders.planned_session(mediator_wang.as_actor(), assignment)
    for url in (f"/assignments/{assignment.id}/sessions/new", f"/sessions/{session.id}/place"):
        for somebody in (judge_zhou, president_he):
            client_for(somebody).get(url, status=403)
        client_for(clerk_of_other_court).get(url, status=404)
