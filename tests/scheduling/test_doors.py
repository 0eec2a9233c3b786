"""Arrivals at the door and at the counter, rooms released, the hall, the day on paper, the use of the rooms."""

import io
import subprocess
from datetime import timedelta

import pytest
import sqlalchemy as sa
import zxingcpp
from PIL import Image
from pypdf import PdfReader

from mediation.kernel import audit, clock
from mediation.kernel.db import db
from mediation.kernel.errors import DomainError
from mediation.notices.models import Notice
from mediation.scheduling import rules, services
from mediation.scheduling.models import Arrival, Booking
from mediation.scheduling.rules import BookingStatus, ClaimantKind, Purpose, ResourceKind, StayObstacle
from mediation.scheduling.services import doors, using
from tests import builders
from tests.scheduling.when import at, rest_day, working_day

NAMES = ("刘某", "汪某", "王调解")


@pytest.fixture
def rooms(clerk_li):
    return services.resources(clerk_li.as_actor(), (ResourceKind.ROOM,))


@pytest.fixture
def meeting(clerk_li, mediator_wang, rooms):
    """A session with both parties and their mediator, on the third working day at nine."""
    clerk, mediator = clerk_li.as_actor(), mediator_wang.as_actor()
    assignment = builders.accepted_assignment(clerk, mediator)
    day = working_day(3)
    return services.book(
        clerk, purpose=Purpose.SESSION, resource_id=rooms[0].id, dispute_id=assignment.dispute_id,
        mediator_ids=(assignment.mediator_id,), party_ids=builders.party_ids(assignment.dispute_id),
        starts_at=at(day, "09:00"), ends_at=at(day, "10:30"),
    )  # fmt: skip


def came(booking):
    found = db.session.scalars(sa.select(Arrival).where(Arrival.booking_id == booking.id).order_by(Arrival.id))
    return [(a.claimant_kind.value, a.name, a.manner.value) for a in found]


def day_of(booking):
    return clock.local(booking.starts_at).date().isoformat()


def door_of(room):
    return f"/door/{room.id}/{doors.door_code(room)}"


def knock(browser, room, phone, **over):
    return browser.post(door_of(room), {"phone": phone}, **over)


# ---- at the door --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("phone", "who"),
    [("13800000001", ("party", "刘某", "door")), ("138-0000 0002", ("party", "汪某", "door")),
     ("13800000011", ("mediator", "王调解", "door")), ("13999999999", None), ("00000000", None), ("——", None)],
)  # fmt: skip
def test_the_door_notes_who_is_expected_and_answers_everybody_alike(client_for, rooms, meeting, phone, who):
    browser = client_for(None)
    with clock.pretend(meeting.starts_at - timedelta(minutes=10)):
        before = browser.get(door_of(rooms[0]))
        answer = knock(browser, rooms[0], phone)
        after = browser.get(answer.location)
    assert came(meeting) == ([who] if who else [])
    assert answer.location.endswith("?noted=1")
    number = services.numbers({meeting.dispute_id})[meeting.dispute_id]
    for page in (before, after):
        assert not any(word in page.html for word in (*NAMES, number, phone))
    assert client_for(None).get(door_of(rooms[0]) + "?noted=1").text == after.text


def test_coming_twice_counts_once_with_the_first_moment(client_for, rooms, meeting):
    browser = client_for(None)
    for early in (30, 5):
        with clock.pretend(meeting.starts_at - timedelta(minutes=early)):
            knock(browser, rooms[0], "13800000001")
    [arrival] = db.session.scalars(sa.select(Arrival))
    assert arrival.arrived_at == meeting.starts_at - timedelta(minutes=30)
    assert arrival.noted_by_id is None
    assert "arrival.note" in {event.action for event in audit.of_dispute(meeting.dispute_id)}
    assert list(audit.verify()) == []


@pytest.mark.parametrize("minutes", [-61, 90, 24 * 60])
def test_too_early_too_late_or_another_room_notes_nothing(client_for, rooms, meeting, minutes):
    with clock.pretend(meeting.starts_at + timedelta(minutes=minutes)):
        knock(client_for(None), rooms[0], "13800000001")
    with clock.pretend(meeting.starts_at):
        knock(client_for(None), rooms[1], "13800000001")
    assert came(meeting) == []


def test_a_wrong_code_is_no_door(client_for, clerk_li, rooms):
    browser = client_for(None)
    for wrong in (f"/door/{rooms[0].id}/{'0' * 20}", f"/door/{rooms[1].id}/{doors.door_code(rooms[0])}",
                  f"/door/999999/{doors.door_code(rooms[0])}", f"/door/{rooms[0].id}/忙"):  # fmt: skip
        browser.get(wrong, 404)
        browser.post(wrong, {"phone": "13800000001"}, status=404)
    knock(browser, rooms[0], " ", status=422)


def test_trying_numbers_at_the_door_is_slowed_down(client_for, rooms):
    browser = client_for(None)
    answers = [browser._send("post", door_of(rooms[0]), data={"csrf_token": browser.token(), "phone": str(n)}).status
               for n in range(35)]  # fmt: skip
    assert answers == [302] * 30 + [429] * 5


# ---- at the counter -----------------------------------------------------------------------------------------------


def test_the_registry_notes_who_came_and_releases_the_room_after_waiting(client_for, clerk_li, mediator_wang, meeting):
    browser, here = client_for(clerk_li), f"/bookings/{meeting.id}"
    page = browser.get(f"/schedule/arrivals?day={day_of(meeting)}")
    assert all(name in page.text for name in NAMES)
    party = builders.party_ids(meeting.dispute_id)[0]
    browser.post(f"{here}/arrivals", {"kind": "party", "who": party}, status=409)
    with clock.pretend(meeting.starts_at - timedelta(minutes=20)):
        client_for(clerk_li).post(f"{here}/arrivals", {"kind": "party", "who": party})
        seen = client_for(clerk_li).get(f"/schedule/arrivals?day={day_of(meeting)}")
    assert "08:40到场" in seen.text
    assert came(meeting) == [("party", "刘某", "counter")]
    for minutes, status in ((29, 409), (30, 302), (30, 409)):
        with clock.pretend(meeting.starts_at + timedelta(minutes=minutes)):
            client_for(clerk_li).post(f"{here}/release", status=status)
    db.session.expire_all()
    assert meeting.status is BookingStatus.RELEASED
    assert not any(claim.live for claim in meeting.claims)
    told = db.session.scalars(sa.select(Notice).where(Notice.kind == "room_released")).all()
    assert {n.recipient for n in told} == set(NAMES)
    assert not any(name in n.text for n in told for name in NAMES)
    assert mediator_wang.id in {n.user_id for n in told}
    services.book(
        clerk_li.as_actor(), purpose=Purpose.BLOCKED, resource_id=meeting.resource_id,
        starts_at=meeting.starts_at, ends_at=meeting.ends_at, note="检修",
    )  # fmt: skip
    assert list(audit.verify()) == []


def test_a_room_where_everybody_came_is_not_released(clerk_li, meeting):
    clerk = clerk_li.as_actor()
    with clock.pretend(meeting.starts_at):
        for person in doors.visits_of([meeting], clerk.court_id)[0].expected:
            doors.arrive_at_counter(clerk, meeting, person.kind, person.id)
    with clock.pretend(meeting.starts_at + timedelta(minutes=40)), pytest.raises(DomainError):
        doors.release(clerk, meeting)


def test_nobody_else_is_expected(client_for, clerk_li, meeting):
    here, party = f"/bookings/{meeting.id}/arrivals", builders.party_ids(meeting.dispute_id)[0]
    with clock.pretend(meeting.starts_at):
        browser = client_for(clerk_li)
        browser.post(here, {"kind": "party", "who": 999999}, status=409)
        browser.post(here, {"kind": "x", "who": 1}, status=400)
        services.cancel(clerk_li.as_actor(), meeting, "改期")
        browser.post(here, {"kind": "party", "who": party}, status=409)
    assert came(meeting) == []


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("clerk_of_other_court", 404),
        ("mediator_wang", 403),
        ("judge_chen", 403),
        ("president_he", 403),
        ("auditor", 403),
    ],
)
def test_who_may_not_keep_the_doors(request, client_for, meeting, who, status):
    browser = client_for(request.getfixturevalue(who))
    for step, sent in (("arrivals", {"kind": "party", "who": 1}), ("release", {})):
        browser.post(f"/bookings/{meeting.id}/{step}", sent, status=status)
    for page in ("/schedule/arrivals", "/schedule/day-sheets.pdf"):
        assert browser.client.get(page).status_code == (200 if status == 404 else 403)


def test_the_court_settles_how_long_a_room_waits(client_for, clerk_li, meeting):
    browser = client_for(clerk_li)
    for wrong in ("4", "181", "x", ""):
        page = browser.post("/schedule/door-rules", {"wait_minutes": wrong}, status=422)
        assert page.errors()
        assert page.field("wait_minutes") == wrong
    browser.post("/schedule/door-rules", {"wait_minutes": "10", "hall_shows_numbers": "y"})
    browser.post("/schedule/door-rules", {"wait_minutes": "15"})
    with clock.pretend(meeting.starts_at + timedelta(minutes=15)):
        client_for(clerk_li).post(f"/bookings/{meeting.id}/release")


@pytest.mark.parametrize(
    ("minutes", "missing", "under_way", "found"),
    [(29, 1, False, StayObstacle.NOT_YET), (30, 1, False, None), (89, 1, False, None), (90, 1, False, StayObstacle.OVER),
     (40, 0, False, StayObstacle.EVERYBODY_HERE), (40, 1, True, StayObstacle.UNDER_WAY), (-5, 3, False, StayObstacle.NOT_YET)],
)  # fmt: skip
def test_when_a_room_is_released(minutes, missing, under_way, found):
    start = at(working_day(), "09:00")
    facts = {"starts_at": start, "ends_at": start + timedelta(minutes=90), "now": start + timedelta(minutes=minutes)}
    assert rules.against_release(**facts, wait=timedelta(minutes=30), missing=missing, under_way=under_way) is found


# ---- the hall -----------------------------------------------------------------------------------------------------


def test_the_hall_shows_room_time_and_number_and_nothing_else(client_for, clerk_li, meeting):
    number = services.numbers({meeting.dispute_id})[meeting.dispute_id]
    browser = client_for(None)
    with clock.pretend(meeting.starts_at - timedelta(minutes=5)):
        before = browser.get("/now/鲁0102")
    with clock.pretend(meeting.starts_at + timedelta(minutes=5)):
        during = browser.get("/now/鲁0102")
        doors.settle_doors(clerk_li.as_actor(), wait_minutes=30, hall_shows_numbers=False)
        hidden = browser.get("/now/鲁0102")
        elsewhere = browser.get("/now/鲁0103")
    with clock.pretend(meeting.ends_at):
        after = browser.get("/now/鲁0102")
    assert "待开始" in before.text
    assert all(word in during.text for word in ("进行中", "第1调解室", "09:00–10:30", number))
    assert "第1调解室" in hidden.text
    for page in (hidden, elsewhere, after):
        assert number not in page.html
    for page in (before, during, hidden, elsewhere, after):
        assert not any(name in page.html for name in NAMES)
    browser.get("/now/无", 404)


# ---- the day on paper ---------------------------------------------------------------------------------------------


def paper(browser, url):
    answer = browser.get(url).response
    assert answer.mimetype == "application/pdf"
    return [page.extract_text() for page in PdfReader(io.BytesIO(answer.data)).pages]


def test_each_room_has_its_page_without_names_and_the_registry_a_list_with_them(client_for, clerk_li, meeting):
    day = clock.local(meeting.starts_at).date()
    browser, url = client_for(clerk_li), f"/schedule/day-sheets.pdf?day={day}"
    pages = paper(browser, url)
    assert len(pages) == len(services.resources(clerk_li.as_actor()))
    number = services.numbers({meeting.dispute_id})[meeting.dispute_id]
    flat = ["".join(page.split()) for page in pages]
    assert sum(number in page for page in flat) == 1
    assert all(f"{day.year}年{day.month}月{day.day}日" in page for page in flat)
    assert not any(name in page for page in flat for name in NAMES[:2])
    inside = "".join("".join(paper(browser, f"{url}&inside=1")).split())
    assert all(name in inside for name in NAMES)
    assert "不得张贴" in inside


def test_the_square_code_on_each_page_leads_to_its_door(client_for, clerk_li, meeting, tmp_path):
    answer = client_for(clerk_li).get("/schedule/day-sheets.pdf").response
    (tmp_path / "day.pdf").write_bytes(answer.data)
    subprocess.run(["pdftoppm", "-r", "100", "-png", tmp_path / "day.pdf", tmp_path / "p"], check=True)
    for room, path in zip(services.resources(clerk_li.as_actor()), sorted(tmp_path.glob("p*.png")), strict=True):
        with Image.open(path) as image:
            [code] = zxingcpp.read_barcodes(image)
        assert code.text == f"http://localhost{door_of(room)}"
        client_for(None).get(door_of(room))


# ---- the use of the rooms -----------------------------------------------------------------------------------------


def test_minutes_count_inside_hours_on_working_days_only():
    day, rest = working_day(), rest_day()
    span = rules.Span(at(day, "11:00"), at(day, "14:30"))
    assert rules.minutes_within(span, {day: rules.OPENING}) == 60 + 60
    assert rules.minutes_within(rules.Span(at(rest, "09:00"), at(rest, "17:00")), {day: rules.OPENING}) == 0
    assert (
        rules.minutes_within(rules.Span(at(day, "00:00"), at(day, "00:00") + timedelta(days=1)), {day: rules.OPENING})
        == 390
    )
    assert [rules.percent(*pair) for pair in ((1, 3), (1, 1), (0, 5), (0, 0), (1305, 6785))] == [
        "33.33%", "100.00%", "0.00%", "—", "19.23%",
    ]  # fmt: skip


def test_the_use_of_a_room_and_what_it_is_made_of(client_for, clerk_li, president_he, rooms, meeting):
    clerk, day = clerk_li.as_actor(), clock.local(meeting.starts_at).date()
    services.book(
        clerk, purpose=Purpose.BLOCKED, resource_id=rooms[0].id, starts_at=at(day, "16:00"), ends_at=at(day, "20:00"),
        note="检修",
    )  # fmt: skip
    use = using.use_of_rooms(clerk, day, day)
    first = next(r for r in use.rooms if r.resource.id == rooms[0].id)
    assert (first.numerator, first.denominator) == (90, 390 - 60)
    assert (use.numerator, use.denominator) == (90, 390 * len(use.rooms) - 60)
    page = client_for(president_he).get(f"/schedule/use?first={day}&last={day}&room={rooms[0].id}")
    assert "27.27%" in page.text
    assert f"/bookings/{meeting.id}" in page.html
    with clock.pretend(meeting.starts_at + timedelta(minutes=30)):
        doors.release(clerk, meeting)
    assert using.use_of_rooms(clerk, day, day).numerator == 30
    rest = rest_day()
    assert using.use_of_rooms(clerk, rest, rest).denominator == 0
    for wrong in (
        f"first={day}&last=2020-01-01",
        "first=2020-01-01&last=2026-01-01",
        "first=x&last=y",
        "first=2026-01-01",
    ):
        client_for(president_he).get(f"/schedule/use?{wrong}", 422)


def test_another_court_has_its_own_use(client_for, clerk_of_other_court, mediator_wang, meeting):
    day = clock.local(meeting.starts_at).date()
    assert using.use_of_rooms(clerk_of_other_court.as_actor(), day, day).rooms == []
    client_for(mediator_wang).get("/schedule/use", 403)


def test_a_session_that_begins_counts_whom_it_found_as_come(clerk_li, mediator_wang):
    clerk, mediator = clerk_li.as_actor(), mediator_wang.as_actor()
    session = builders.open_session(mediator, builders.accepted_assignment(clerk, mediator))
    booking = db.session.get_one(Booking, session.booking_id)
    assert {who[0] for who in came(booking)} == {ClaimantKind.PARTY.value, ClaimantKind.MEDIATOR.value}
    [visit] = doors.visits_of([booking], clerk.court_id)
    assert visit.against_release in {StayObstacle.UNDER_WAY, StayObstacle.OVER}
