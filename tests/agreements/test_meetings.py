"""A free time on the board is offered to the mediations that need one."""

from datetime import timedelta

from mediation.agreements.services import sessions
from mediation.kernel import clock
from mediation.kernel.db import db
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
    assert "刘某" not in client_for(clerk_li).get(f"/schedule/new?{query}").text
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
