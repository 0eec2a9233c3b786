"""The board of a day and a week, and meetings dragged on it: moved, refused with times instead, and for whom."""

import io
from datetime import date, timedelta

import pytest
from pypdf import PdfReader

from mediation.kernel import audit, clock
from mediation.kernel.db import db
from mediation.notices.models import Notice
from mediation.periods.calendar import standard
from mediation.scheduling import board, services
from mediation.scheduling.models import Booking
from mediation.scheduling.rules import OPENING, BookingStatus, Purpose, ResourceKind
from mediation.scheduling.services.people import gathered
from tests import builders
from tests.scheduling.when import at, rest_day, working_day

DAY = working_day(3)


@pytest.fixture
def rooms(clerk_li):
    return services.resources(clerk_li.as_actor(), (ResourceKind.ROOM,))


@pytest.fixture
def dispute(clerk_li):
    return builders.make_dispute(clerk_li.as_actor())


@pytest.fixture
def booking(clerk_li, rooms, dispute):
    return services.book(
        clerk_li.as_actor(), purpose=Purpose.SESSION, resource_id=rooms[0].id, dispute_id=dispute.id,
        starts_at=at(DAY, "09:00"), ends_at=at(DAY, "10:00"), party_ids=builders.party_ids(dispute.id),
    )  # fmt: skip


def put(browser, booking, status=200, **over):
    sent = {"day": f"{DAY:%Y-%m-%d}", "at": "14:00", "minutes": "60", "resource_id": str(booking.resource_id)} | over
    return browser.post(f"/bookings/{booking.id}/place", sent, status=status).response.get_json(silent=True)


def test_dragging_moves_and_tells_everybody_anew(client_for, clerk_li, rooms, dispute, booking):
    browser = client_for(clerk_li)
    assert "14:00–15:00" in put(browser, booking, resource_id=str(rooms[1].id))["said"]
    moved = db.session.get_one(Booking, booking.id)
    assert (moved.starts_at, moved.resource_id) == (at(DAY, "14:00"), rooms[1].id)
    assert "14:00–16:00" in put(browser, booking, minutes="120", resource_id=str(rooms[1].id))["said"]
    assert db.session.get_one(Booking, booking.id).ends_at == at(DAY, "16:00")
    told = db.session.scalars(db.select(Notice).where(Notice.subject_type == "booking").order_by(Notice.id)).all()
    current = [n for n in told if n.superseded_at is None]
    assert told
    assert len(current) < len(told)
    assert [e.action for e in audit.of_dispute(dispute.id)].count("booking.move") == 2
    assert list(audit.verify()) == []


REFUSED = {
    "past": {"day": "2020-03-02"},
    "rest_day": {"day": f"{rest_day():%Y-%m-%d}"},
    "noon": {"at": "11:30"},
    "night": {"at": "23:30"},
    "too_long": {"minutes": "195"},
    "not_after_start": {"minutes": "0"},
    "unknown_year": {"day": "2099-03-02"},
    "today": {"day": f"{clock.today():%Y-%m-%d}", "at": "23:45"},
}


@pytest.mark.parametrize("case", sorted(REFUSED))
def test_what_cannot_be_is_refused_with_the_reason_and_three_times_instead(client_for, clerk_li, booking, case):
    found = put(client_for(clerk_li), booking, 422, **REFUSED[case])
    assert found["said"]
    assert found["page"].startswith(f"/bookings/{booking.id}?")
    # After the last day of the calendar there is nothing to offer.
    assert len(found["free"]) == (0 if case == "unknown_year" else 3)
    unmoved = db.session.get_one(Booking, booking.id)
    assert (unmoved.starts_at, unmoved.revision) == (at(DAY, "09:00"), 0)


def test_a_refused_place_offers_times_that_are_really_free(client_for, clerk_li, rooms, booking):
    other = builders.make_dispute(clerk_li.as_actor(), parties=[builders.a_tenant(name="秘某"), builders.a_landlord()])
    services.book(
        clerk_li.as_actor(), purpose=Purpose.SESSION, resource_id=rooms[0].id, dispute_id=other.id,
        starts_at=at(DAY, "14:00"), ends_at=at(DAY, "15:00"),
    )  # fmt: skip
    browser = client_for(clerk_li)
    found = put(browser, booking, 422, at="14:30")
    assert "秘某" not in str(found)
    offered = {name: str(value) for name, value in found["free"][0].items() if name != "words"}
    put(browser, booking, **offered)
    assert browser.get(found["page"]).field("minutes") == "60"


@pytest.mark.parametrize("broken", [{"day": "x"}, {"at": "二点"}, {"minutes": "99999999999"}, {"day": ""}])
def test_what_is_no_place_at_all(client_for, clerk_li, booking, broken):
    put(client_for(clerk_li), booking, 400, **broken)


@pytest.mark.parametrize(
    ("who", "status"),
    [("clerk_of_other_court", 404), ("mediator_zhao", 404), ("president_he", 403), ("judge_chen", 403), ("auditor", 403)],
)  # fmt: skip
def test_who_may_not_drag(request, client_for, booking, who, status):
    put(client_for(request.getfixturevalue(who)), booking, status)
    assert db.session.get_one(Booking, booking.id).starts_at == at(DAY, "09:00")


def test_a_cancelled_meeting_stays_where_it_is(client_for, clerk_li, booking):
    services.cancel(clerk_li.as_actor(), booking, "改期")
    put(client_for(clerk_li), booking, 409)


@pytest.mark.parametrize(
    ("opened", "first"),
    [
        ("2026-03-06 09:00", "2026-03-02"),  # Friday morning: the week goes on
        ("2026-03-06 22:00", "2026-03-09"),  # Friday night: the court has closed for this week
        ("2026-03-08 10:00", "2026-03-09"),  # Sunday
        ("2026-02-14 10:00", "2026-02-09"),  # a Saturday on which work is made up
        ("2026-02-15 10:00", "2026-02-23"),  # Spring Festival: the next court day lies the week after next
    ],
)
def test_the_week_opens_where_the_court_works_next(client_for, clerk_li, opened, first):
    day, hour = opened.split()
    with clock.pretend(at(date.fromisoformat(day), hour)):
        page = client_for(clerk_li).get("/schedule/week")
    shown = min(date.fromisoformat(board["data-day"]) for board in page.soup.select(".day-board"))
    assert shown - timedelta(days=shown.weekday()) == date.fromisoformat(first)
    # Going back still leads back.
    assert (date.fromisoformat(first) - timedelta(days=7)).isoformat() in str(page.soup)


def test_the_week_shows_days_of_work_with_words_for_every_colour(
    client_for, clerk_li, mediator_zhao, rooms, dispute, booking
):
    clerk = clerk_li.as_actor()
    services.hold(
        clerk, dispute_id=dispute.id, purpose=Purpose.QUESTIONING, starts_at=at(DAY, "15:00"), ends_at=at(DAY, "16:00"),
        lasting=timedelta(hours=2), people=gathered(), resource_id=rooms[1].id,
    )  # fmt: skip
    for locale in ("zh", "en"):
        browser = client_for(clerk_li)
        browser.post("/preferences", {"locale": locale})
        page = browser.get(f"/schedule/week?day={DAY:%Y-%m-%d}")
        shown = page.soup.select_one(f'.day-board[data-day="{DAY:%Y-%m-%d}"]')
        bar = shown.select_one(f'[data-booking="{booking.id}"]')
        assert (bar["data-starts"], bar["data-minutes"]) == ("540", "60")
        held = shown.select_one(".bar-held")
        assert len(held.select_one(".bar-kind").get_text().split("·")) == 2
        assert not held.has_attr("data-booking")
        assert {"bar-session", "bar-questioning"} <= {c for b in shown.select(".bar") for c in b["class"]}
    days = [date.fromisoformat(b["data-day"]) for b in page.soup.select(".day-board")]
    assert rest_day() not in days
    assert days == sorted(set(days))
    stranger = client_for(mediator_zhao).get(f"/schedule/week?day={DAY:%Y-%m-%d}")
    assert not stranger.soup.select("[data-booking]")
    assert "刘某" not in stranger.text
    browser.get("/schedule/week?day=2150-01-01", status=404)
    browser.get("/schedule/week?day=nonsense")


def test_free_stretches_join_and_part_at_noon(clerk_li, rooms, booking):
    actor = clerk_li.as_actor()
    room = db.session.get_one(type(rooms[0]), rooms[0].id)
    grid = board.Grid(DAY, OPENING)
    reader = board.Reader({}, set(), set(), stretches=True)
    [column] = board.columns(
        grid, [room], services.on_day(actor, DAY), reader, now=clock.now(), working_day=True
    )  # fmt: skip
    told = [(f"{clock.local(g.starts_at):%H:%M}", f"{clock.local(g.ends_at):%H:%M}") for g in column.gaps]
    assert told == [("10:30", "12:00"), ("13:30", "17:00")]


def test_the_day_sheet_of_one_room_and_of_all_without_what_is_only_held(client_for, clerk_li, rooms, dispute, booking):
    services.hold(
        clerk_li.as_actor(), dispute_id=dispute.id, purpose=Purpose.SESSION, starts_at=at(DAY, "15:00"),
        ends_at=at(DAY, "16:00"), lasting=timedelta(hours=2), people=gathered(), resource_id=rooms[0].id,
    )  # fmt: skip
    browser = client_for(clerk_li)
    one = pages_of(browser, f"/schedule/day-sheets.pdf?day={DAY:%Y-%m-%d}&room={rooms[0].id}")
    assert len(one) == 1
    assert "09:00" in one[0]
    assert "15:00" not in one[0]
    everything = pages_of(browser, f"/schedule/day-sheets.pdf?day={DAY:%Y-%m-%d}")
    assert len(everything) == len(services.resources(clerk_li.as_actor()))
    browser.get("/schedule/day-sheets.pdf?room=999999", status=404)
    assert BookingStatus.HELD in {b.status for b in services.on_day(clerk_li.as_actor(), DAY)}
    arrivals = browser.get(f"/schedule/arrivals?day={DAY:%Y-%m-%d}")
    assert len(arrivals.soup.select(".visit")) == 1


def pages_of(browser, url: str) -> list[str]:
    body = browser.get(url).response.get_data()
    return [page.extract_text() for page in PdfReader(io.BytesIO(body)).pages]


def test_from_a_day_of_rest_one_goes_on_to_the_next_working_day(client_for, clerk_li):
    rest = rest_day()
    following = next(day for n in range(1, 20) if not standard().is_rest(day := rest + timedelta(days=n)))
    shown = client_for(clerk_li).get(f"/schedule?day={rest}")
    assert shown.soup.select(f'.page-head a[href="/schedule?day={following}"]')
    assert not client_for(clerk_li).get(f"/schedule?day={following}").soup.select(".page-head .btn-primary")
