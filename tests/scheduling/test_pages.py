"""The board and one booking on the screen: moved, cancelled, refused with what collides and what is free instead."""

from datetime import timedelta

import pytest

from mediation.kernel import audit, clock
from mediation.kernel.db import db
from mediation.scheduling import services
from mediation.scheduling.models import Booking, Resource
from mediation.scheduling.rules import BookingStatus, Purpose, ResourceKind
from mediation.scheduling.services.rooms import settle_use
from tests import builders
from tests.scheduling.when import at, rest_day, working_day


@pytest.fixture
def rooms(clerk_li):
    return services.resources(clerk_li.as_actor(), (ResourceKind.ROOM,))


@pytest.fixture
def booking(clerk_li, rooms):
    """A meeting on the third working day, nine to ten, in the first room."""
    dispute = builders.make_dispute(clerk_li.as_actor())
    day = working_day(3)
    return services.book(
        clerk_li.as_actor(), purpose=Purpose.SESSION, resource_id=rooms[0].id, dispute_id=dispute.id,
        starts_at=at(day, "09:00"), ends_at=at(day, "10:00"),
    )  # fmt: skip


def moved(booking: Booking, **over: str) -> dict[str, str]:
    return {"slot": "", "day": f"{clock.local(booking.starts_at):%Y-%m-%d}", "at": "14:00", "minutes": "60",
            "resource_id": str(booking.resource_id)} | over  # fmt: skip


def test_moving_and_cancelling(client_for, clerk_li, booking):
    browser, here = client_for(clerk_li), f"/bookings/{booking.id}"
    browser.post(here, moved(booking))
    assert f"{clock.local(db.session.get_one(Booking, booking.id).starts_at):%H:%M}" == "14:00"
    assert browser.post(f"{here}/cancellation", {"reason": "  "}, status=422).errors()
    browser.post(f"{here}/cancellation", {"reason": "当事人申请改期"})
    assert db.session.get_one(Booking, booking.id).status is BookingStatus.CANCELLED
    browser.post(here, moved(booking), status=409)
    browser.post(f"{here}/cancellation", {"reason": "再次"}, status=409)
    assert {"booking.move", "booking.cancel"} <= {event.action for event in audit.of_dispute(booking.dispute_id)}
    assert list(audit.verify()) == []


WRONG = {
    "past": {"day": "2020-03-02"},
    "rest_day": {"day": f"{rest_day():%Y-%m-%d}"},
    "noon": {"at": "12:30"},
    "night": {"at": "03:00"},
    "no_time": {"at": "二点"},
    "no_day": {"day": "2月30日"},
    "no_room": {"resource_id": "999999"},
    "no_length": {"minutes": "7"},
}


@pytest.mark.parametrize("case", sorted(WRONG))
def test_a_time_that_cannot_be_is_refused_and_kept(client_for, clerk_li, booking, case):
    before = booking.starts_at
    sent = moved(booking, **WRONG[case])
    page = client_for(clerk_li).post(f"/bookings/{booking.id}", sent, status=422)
    assert page.errors()
    assert (page.field("day"), page.field("at")) == (sent["day"], sent["at"])
    assert db.session.get_one(Booking, booking.id).starts_at == before


def test_a_taken_room_is_refused_with_free_times_and_without_the_other_case(client_for, clerk_li, rooms, booking):
    other = builders.make_dispute(clerk_li.as_actor(), parties=[builders.a_tenant(name="秘某"), builders.a_landlord()])
    day = clock.local(booking.starts_at).date()
    services.book(
        clerk_li.as_actor(), purpose=Purpose.SESSION, resource_id=rooms[0].id, dispute_id=other.id,
        starts_at=at(day, "14:00"), ends_at=at(day, "15:00"),
    )  # fmt: skip
    page = client_for(clerk_li).post(f"/bookings/{booking.id}", moved(booking, at="14:30"), status=422)
    assert page.errors()
    assert "秘某" not in " ".join(page.errors())
    assert len([box for box in page.soup.select("input[name=slot]") if box["value"]]) >= 3


def test_a_room_out_of_use_is_not_offered(client_for, clerk_li, rooms, booking):
    last: Resource = rooms[-1]
    settle_use(clerk_li.as_actor(), last, since=clock.today(), in_use=False, reason="装修")
    page = client_for(clerk_li).get(f"/bookings/{booking.id}")
    assert str(last.id) not in {option["value"] for option in page.soup.select("select[name=resource_id] option")}
    client_for(clerk_li).post(f"/bookings/{booking.id}", moved(booking, resource_id=str(last.id)), status=422)


def test_blocking_a_room(client_for, clerk_li, rooms):
    day = working_day(4)
    sent = {"resource_id": str(rooms[1].id), "day": f"{day:%Y-%m-%d}", "begins": "08:00", "last_day": f"{day:%Y-%m-%d}",
            "ends": "18:00", "note": "维修"}  # fmt: skip
    browser = client_for(clerk_li)
    for name, value in (("begins", "八点"), ("ends", "07:00"), ("note", " "), ("last_day", "0000-00-00")):
        page = browser.post("/schedule/new", sent | {name: value}, status=422)
        assert page.errors(), name
    browser.post("/schedule/new", sent)
    browser.post("/schedule/new", sent, status=422)
    assert "维修" in browser.get(f"/schedule?day={day:%Y-%m-%d}").text


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("clerk_of_other_court", 404),
        ("mediator_zhao", 404),
        ("president_he", 403),
        ("judge_chen", 403),
        ("auditor", 403),
    ],
)
def test_who_may_not_move(request, client_for, booking, who, status):
    browser = client_for(request.getfixturevalue(who))
    browser.post(f"/bookings/{booking.id}", moved(booking), status=status)
    browser.post(f"/bookings/{booking.id}/cancellation", {"reason": "x"}, status=status)
    assert db.session.get_one(Booking, booking.id).status is BookingStatus.BOOKED


def test_the_board_in_both_languages_tells_strangers_nothing(client_for, clerk_li, mediator_zhao, booking):
    day = clock.local(booking.starts_at).date()
    for locale in ("zh", "en"):
        browser = client_for(clerk_li)
        browser.post("/preferences", {"locale": locale})
        page = browser.get(f"/schedule?day={day:%Y-%m-%d}")
        assert page.soup.select_one(f'a[href="/bookings/{booking.id}"]')
        browser.get(f"/bookings/{booking.id}")
        browser.get("/schedule/new")
    stranger = client_for(mediator_zhao).get(f"/schedule?day={day:%Y-%m-%d}")
    assert "刘某" not in stranger.text
    assert not stranger.soup.select_one(f'a[href="/bookings/{booking.id}"]')
    client_for(clerk_li).get(f"/schedule?day={day + timedelta(days=20_000):%Y-%m-%d}", status=404)
