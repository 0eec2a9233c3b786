"""Whatever is typed or sent to the calendar's pages: a page with errors or a refusal, never a failure of the system."""

from datetime import time, timedelta

import pytest

from mediation.kernel import audit, clock
from mediation.kernel.db import db
from mediation.roster.models import Mediator
from mediation.scheduling import services
from mediation.scheduling.models import Booking
from mediation.scheduling.rules import BookingStatus, Purpose, Weekly
from mediation.scheduling.services import duty
from tests import builders
from tests.scheduling.when import at, working_day
from tests.test_bad_input import VALUES, filled, forms, send, typed_in

DAY = working_day(3)
NUMBERS = ["0", "-1", str(2**31), str(2**63), "9" * 40, "x", "１"]
DAYS = ["", "0001-01-01", "9999-12-31", "2150-01-01", "1850-01-01", "2026-02-30", "昨天", "x" * 3000]


@pytest.fixture
def pages(clerk_li, mediator_wang, president_he):
    """Everybody's pages with forms of the calendar on them."""
    clerk = clerk_li.as_actor()
    assignment = builders.accepted_assignment(clerk, mediator_wang.as_actor())
    session = builders.planned_session(mediator_wang.as_actor(), assignment)
    wang = db.session.get_one(Mediator, mediator_wang.mediator_id)
    shift = duty.plan_shift(
        clerk, mediator_id=wang.id, weekdays=[0], starts=time(9), ends=time(12),
        first_day=clock.today(), last_day=clock.today() + timedelta(days=90),
    )  # fmt: skip
    room = services.resources(clerk)[-1]
    series = services.block_weekly(
        clerk, resource_id=room.id, pattern=Weekly(frozenset({DAY.weekday()}), DAY, DAY + timedelta(days=14)),
        begins=time(7), ends=time(8), note="保洁",
    )  # fmt: skip
    scheduled = session.booking_id
    here = f"/disputes/{assignment.dispute_id}/times"
    return {
        "clerk_li": [
            here, "/schedule/duty", f"/schedule/duty/{shift.id}", "/schedule/blockings", "/schedule/new",
            f"/bookings/{series[-1].id}/series-end", "/schedule/arrivals",
        ],
        "mediator_wang": [here, f"/bookings/{scheduled}"],
        "president_he": ["/schedule/hours"],
    }  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize("who", ["clerk_li", "mediator_wang", "president_he"])
def test_no_value_in_any_field_breaks_anything(request, client_for, pages, who):
    browser = client_for(request.getfixturevalue(who))
    broken, sent = [], 0
    for url in pages[who]:
        for action, form in list(forms(browser.get(url), url)):
            usual = filled(form)
            for name, value in VALUES.items():
                page = send(browser, action, usual | dict.fromkeys(typed_in(form), value))
                sent += 1
                if page.status >= 500:
                    broken.append((action, name))
    assert broken == []
    assert sent >= len(VALUES)
    assert list(audit.verify()) == []


@pytest.mark.parametrize("day", DAYS)
def test_no_day_in_an_address_breaks_a_page(client_for, clerk_li, pages, day):
    browser = client_for(clerk_li)
    booking = db.session.scalars(db.select(Booking).where(Booking.purpose == Purpose.SESSION)).one()
    for url in ("/schedule", "/schedule/week", "/schedule/arrivals", "/schedule/day-sheets.pdf", "/schedule/use"):
        page = browser._send("get", url, query_string={"day": day, "first": day, "last": day})
        assert page.status in {200, 404, 422}, url
    for url in ("/schedule/duty", pages["clerk_li"][0], "/schedule/new", f"/bookings/{booking.id}"):
        asked = {"week": day, "since": day, "at": f"{day}T23:59", "purpose": "session"}
        assert browser._send("get", url, query_string=asked).status in {200, 404, 422}, url
    sent = {"day": day, "at": "23:59", "minutes": "999999", "resource_id": "1"}
    assert send(browser, f"/bookings/{booking.id}/place", sent).status in {400, 422}


@pytest.mark.parametrize("number", NUMBERS)
def test_no_number_breaks_a_page(client_for, clerk_li, pages, number):
    browser, here = client_for(clerk_li), pages["clerk_li"][0]
    booking = db.session.scalars(db.select(Booking).where(Booking.purpose == Purpose.SESSION)).one()
    names = ("minutes", "seats", "judge", "parties", "kind", "purpose", "resource", "room", "dispute")
    for url in (here, "/schedule/new", "/schedule/use", "/schedule/day-sheets.pdf", f"/bookings/{booking.id}"):
        page = browser._send("get", url, query_string=dict.fromkeys(names, number))
        assert page.status in {200, 404, 422}, url
    slot = f"{at(DAY, '09:00').isoformat()}/{at(DAY, '10:00').isoformat()}/{number}"
    assert send(browser, here.replace("times", "holds"), {"hold-slot": slot, "hold-lasting": "24"}).status in {302, 422}
    sent = {"day": f"{DAY:%Y-%m-%d}", "at": "09:00", "minutes": number, "resource_id": number}
    assert send(browser, f"/bookings/{booking.id}/place", sent).status in {400, 422}
    assert db.session.get_one(Booking, booking.id).status is BookingStatus.BOOKED
