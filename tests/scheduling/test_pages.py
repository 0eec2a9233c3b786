"""The board and one booking on the screen: moved, cancelled, refused with what collides and what is free instead."""

from datetime import timedelta

import pytest

from mediation.kernel import audit, clock
from mediation.kernel.db import db
from mediation.roster import services as roster
from mediation.roster.models import Mediator
from mediation.roster.rules import Ground
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
    "over midnight": {"at": "23:30", "minutes": "90"},
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


@pytest.mark.parametrize("sent", [{"at": "23:30", "minutes": "90"}, {"at": "22:00", "minutes": "180"}])
def test_a_meeting_over_midnight_is_refused_with_the_hours_and_free_times(client_for, clerk_li, booking, sent):
    page = client_for(clerk_li).post(f"/bookings/{booking.id}", moved(booking, **sent), status=422)
    assert "9:00至12:00" in " ".join(page.errors())
    assert (page.field("at"), page.field("minutes")) == (sent["at"], sent["minutes"])
    assert len([box for box in page.soup.select("input[name=slot]") if box["value"]]) >= 3
    evening = working_day(5)
    over = {"resource_id": str(booking.resource_id), "day": f"{evening:%Y-%m-%d}", "begins": "23:30",
            "last_day": f"{evening:%Y-%m-%d}", "ends": "00:30", "note": "设备检修"}  # fmt: skip
    page = client_for(clerk_li).post("/schedule/new", over, status=422)
    assert page.errors()
    assert (page.field("begins"), page.field("ends"), page.field("note")) == ("23:30", "00:30", "设备检修")


@pytest.mark.parametrize(
    ("step", "ground", "days", "article"),
    [
        ("suspend", Ground.COMPLAINT_EXAMINED, None, "第十条"),
        ("remove", Ground.FORCED, None, "第十条"),
        (None, None, -1, "第五条"),
    ],
    ids=["standing suspended", "struck off the list", "certificate over"],
)
def test_no_new_time_with_a_mediator_who_lost_certificate_or_standing(
    client_for, clerk_li, president_he, mediator_wang, step, ground, days, article
):
    """S4 arts 5, 10 (R2-10): refused by name with the article and what remains possible; what was typed stays."""
    clerk, wang = clerk_li.as_actor(), db.session.get_one(Mediator, mediator_wang.mediator_id)
    session = builders.planned_session(
        mediator_wang.as_actor(), builders.accepted_assignment(clerk, mediator_wang.as_actor())
    )
    booking = db.session.get_one(Booking, session.booking_id)
    before = booking.starts_at
    if step:
        roster.decide(president_he.as_actor(), wang, step, ground=ground, reason="经查属实")
    else:
        wang.certificate_expires_on = clock.today() + timedelta(days=days)
        audit.record(clerk, "edit", wang, changed=["certificate_expires_on"])
        db.session.commit()
    sent = moved(booking, day=f"{working_day(6):%Y-%m-%d}", at="15:00")
    page = client_for(clerk_li).post(f"/bookings/{booking.id}", sent, status=422)
    said = " ".join(page.errors())
    assert "王调解" in said
    assert "另选" in page.text or "其他调解员" in page.text
    summary = page.soup.select_one(".error-summary").get_text()
    assert summary.count("另选调解员") == 1, "what remains possible is said once"
    assert f"《关于人民法院特邀调解的规定》{article}" in page.text
    assert (page.field("day"), page.field("at")) == (sent["day"], sent["at"])
    assert db.session.get_one(Booking, booking.id).starts_at == before


REASONS = {
    "past": ({"day": "2020-03-02"}, "该时间已过"),
    "over midnight": ({"at": "23:30", "minutes": "90"}, "9:00至12:00"),
    "outside the hours": ({"at": "12:30"}, "9:00至12:00"),
    "holiday": ({"day": f"{rest_day():%Y-%m-%d}"}, "该日不是工作日"),
    "unknown year": ({"day": "2149-03-03"}, "该年度尚无日历数据"),
}


@pytest.mark.parametrize("case", sorted(REASONS))
def test_every_wrong_time_is_answered_with_its_reason_and_times_that_are_free(client_for, clerk_li, booking, case):
    sent, words = REASONS[case]
    page = client_for(clerk_li).post(f"/bookings/{booking.id}", moved(booking, **sent), status=422)
    assert words in " ".join(page.errors())
    free = [box["value"] for box in page.soup.select("input[name=slot]") if box["value"]]
    assert len(free) >= 3
    # What is offered can be taken.
    taken = moved(booking) | {"slot": free[0]}
    client_for(clerk_li).post(f"/bookings/{booking.id}", taken)
    assert db.session.get_one(Booking, booking.id).revision > 0


def test_a_mediator_on_leave_is_named_and_other_times_are_offered(client_for, clerk_li, mediator_wang):
    clerk, wang = clerk_li.as_actor(), db.session.get_one(Mediator, mediator_wang.mediator_id)
    session = builders.planned_session(
        mediator_wang.as_actor(), builders.accepted_assignment(clerk, mediator_wang.as_actor())
    )
    booking = db.session.get_one(Booking, session.booking_id)
    away = working_day(6)
    roster.take_leave(clerk, wang, from_on=away, to_on=away)
    sent = moved(booking, day=f"{away:%Y-%m-%d}", at="15:00")
    page = client_for(clerk_li).post(f"/bookings/{booking.id}", sent, status=422)
    assert "王调解" in " ".join(page.errors())
    assert "《关于人民法院特邀调解的规定》第十条" in page.text
    free = [box["value"] for box in page.soup.select("input[name=slot]") if box["value"]]
    assert len(free) >= 3
    assert not any(f"{away:%Y-%m-%d}" in one for one in free)


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


@pytest.mark.parametrize("board", ["/schedule", "/schedule/week"])
def test_a_room_out_of_use_says_so_on_the_board(client_for, clerk_li, rooms, booking, board):
    # What was fixed in the room before it went out of use still lies there.
    day = clock.local(booking.starts_at).date()
    settle_use(clerk_li.as_actor(), rooms[0], since=day, in_use=False, reason="装修")
    page = client_for(clerk_li).get(f"{board}?day={day:%Y-%m-%d}")
    shown = page.soup.select_one(f"[data-day='{day:%Y-%m-%d}'] [data-resource='{rooms[0].id}']")
    assert shown.select_one(".unused").get_text(strip=True) == "不开放"
    assert shown.select_one(".bar")
    assert not shown.select(".gap")
    other = page.soup.select_one(f"[data-day='{day:%Y-%m-%d}'] [data-resource='{rooms[1].id}']")
    assert other.select(".gap")
    assert not other.select(".unused")


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
