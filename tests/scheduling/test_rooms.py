"""The rooms of a court: entered, changed, used from a day on; a past period counts the rooms there were then (I22)."""

from datetime import date, timedelta

import pytest

from mediation.kernel import clock
from mediation.kernel.audit import last_of
from mediation.kernel.db import db
from mediation.kernel.errors import DomainError, NotPermitted
from mediation.scheduling import rules, services
from mediation.scheduling.errors import NotBookable
from mediation.scheduling.models import Resource
from mediation.scheduling.rules import Obstacle, Purpose, ResourceKind, RoomObstacle
from mediation.scheduling.services import doors, rooms, using
from mediation.scheduling.services.hours import day_of, days_of
from tests import builders
from tests.scheduling.when import at, working_day

DAY = date(2026, 3, 2)
PAGE = "/schedule/rooms"
NEW = {
    "kind": "video_room", "code": "VIDEO-9", "name": "云调解室", "capacity": "4", "equipment": "摄像机",
    "turnaround_minutes": "0",
}  # fmt: skip


@pytest.fixture
def clerk(clerk_li):
    return clerk_li.as_actor()


@pytest.fixture
def room(clerk):
    return services.resources(clerk, (ResourceKind.ROOM,))[0]


@pytest.mark.parametrize(
    ("changes", "used"),
    [
        ([], [True, True, True]),
        ([(DAY, True)], [False, True, True]),
        ([(date.min, True), (DAY, False)], [True, False, False]),
        ([(DAY, True), (DAY + timedelta(days=1), False)], [False, True, False]),
        ([(DAY, False), (DAY + timedelta(days=1), True)], [False, False, True]),
    ],
)
def test_in_use_before_on_and_after_the_day(changes, used):
    assert [rules.in_use_on(changes, DAY + timedelta(days=n)) for n in (-1, 0, 1)] == used


@pytest.mark.parametrize(
    ("changes", "days", "in_use", "found"),
    [
        ([], 0, False, None),
        ([], 0, True, RoomObstacle.ALREADY_SO),
        ([], -1, False, RoomObstacle.BACKDATED),
        ([], 400, False, RoomObstacle.TOO_FAR),
        ([(DAY, True), (DAY + timedelta(days=5), False)], 6, False, RoomObstacle.ALREADY_SO),
        ([(DAY, True), (DAY + timedelta(days=5), False)], 6, True, None),
    ],
)
def test_what_stands_against_a_change(changes, days, in_use, found):
    assert rules.room_obstacle(changes, DAY + timedelta(days=days), DAY, in_use=in_use) is found


def test_two_rooms_of_a_court_never_have_one_name(clerk, room):
    other = rooms.add_resource(clerk, kind=ResourceKind.ROOM, code="ROOM-9", name="新调解室")
    with pytest.raises(DomainError) as refused:
        rooms.add_resource(clerk, kind=ResourceKind.ROOM, code="ROOM-10", name=room.name)
    assert refused.value.field == "name"
    told = {"capacity": 8, "equipment": "", "turnaround_minutes": 15, "seen": ""}
    with pytest.raises(DomainError):
        rooms.edit_resource(clerk, other, name=room.name, **told)
    rooms.edit_resource(clerk, other, name="新调解室", **told)


def test_a_past_period_counts_the_rooms_that_were_used_then(clerk, room):
    """One room goes out of use, another comes: the figures of the days before stay as they were."""
    before, after = working_day(1), working_day(4)
    both = len(services.resources(clerk))
    day = sum(rules.minutes_of(h) for _d, h in days_of(clerk.court_id).open(before, before))
    rooms.settle_use(clerk, room, since=working_day(2), in_use=False, reason="拆除")
    rooms.add_resource(clerk, kind=ResourceKind.ROOM, code="ROOM-9", name="新调解室", since=working_day(3))
    rooms.add_resource(clerk, kind=ResourceKind.ROOM, code="ROOM-10", name="又一调解室", since=working_day(3))
    counted = {d: using.use_of_rooms(clerk, d, d) for d in (before, working_day(2), after)}
    assert [len(use.rooms) for use in counted.values()] == [both, both - 1, both + 1]
    assert [use.denominator for use in counted.values()] == [both * day, (both - 1) * day, (both + 1) * day]
    for d, use in counted.items():
        assert using.minutes_used(clerk.court_id, d, d) == (use.numerator, use.denominator)
    over = using.use_of_rooms(clerk, before, after)
    assert next(r for r in over.rooms if r.resource.id == room.id).working_days == 1
    assert using.minutes_used(clerk.court_id, before, after) == (over.numerator, over.denominator)


def test_booked_minutes_count_only_while_the_room_was_used(clerk, room):
    first, second = working_day(2), working_day(3)
    dispute = builders.make_dispute(clerk)
    for day in (first, second):
        services.book(
            clerk, purpose=Purpose.SESSION, dispute_id=dispute.id, resource_id=room.id, starts_at=at(day, "09:00"),
            ends_at=at(day, "10:00"),
        )  # fmt: skip
    rooms.settle_use(clerk, room, since=second, in_use=False, reason="拆除")
    assert using.use_of_rooms(clerk, first, second).numerator == 60
    assert using.minutes_used(clerk.court_id, first, second)[0] == 60
    assert [day_of(b.starts_at) for b in rooms.left_behind(clerk)] == [second]


def test_out_of_use_from_a_day_on_is_neither_found_nor_booked_after_it(clerk, room):
    last, gone = working_day(3), working_day(4)
    rooms.settle_use(clerk, room, since=gone, in_use=False, reason="装修")
    services.book(
        clerk, purpose=Purpose.BLOCKED, resource_id=room.id, starts_at=at(last, "09:00"), ends_at=at(last, "10:00"), note="检查"
    )  # fmt: skip
    with pytest.raises(NotBookable) as refused:
        services.book(
            clerk, purpose=Purpose.BLOCKED, resource_id=room.id, starts_at=at(gone, "09:00"),
            ends_at=at(gone, "10:00"), note="检查",
        )  # fmt: skip
    assert refused.value.obstacle is Obstacle.OUT_OF_USE
    others = [r.id for r in services.resources(clerk, (ResourceKind.ROOM,)) if r.id != room.id]
    for other in others:
        services.book(
            clerk, purpose=Purpose.BLOCKED, resource_id=other, starts_at=at(last, "00:00"),
            ends_at=at(gone, "00:00") + timedelta(days=1), note="停用",
        )  # fmt: skip
    free = services.free_times(clerk, since=at(last, "00:00"), limit=40)
    assert day_of(free[0].span.starts_at) == last
    assert free[0].resource_id == room.id
    assert gone not in {day_of(one.span.starts_at) for one in free}
    assert room.id not in {one.resource_id for one in free if day_of(one.span.starts_at) > last}


def test_the_door_of_a_room_out_of_use_leads_nowhere(clerk, room):
    assert doors.behind(room.id, doors.door_code(room)) is room
    rooms.settle_use(clerk, room, since=clock.today(), in_use=False, reason="拆除")
    assert doors.behind(room.id, doors.door_code(room)) is None


# ---- pages ---------------------------------------------------------------------------------------------------------


def test_a_room_is_entered_changed_and_taken_out_of_use_on_the_pages(client_for, clerk_li, clerk):
    browser, today = client_for(clerk_li), clock.today()
    browser.post(PAGE, NEW | {"since": str(today)})
    made = next(r for r in services.resources(clerk) if r.code == "VIDEO-9")
    assert (made.name, made.capacity, made.turnaround_minutes) == ("云调解室", 4, 0)
    page = browser.post(PAGE, NEW | {"since": str(today), "name": "同号"}, status=422)
    assert page.errors()
    assert page.field("name") == "同号"
    one = f"{PAGE}/{made.id}"
    seen = browser.get(one).field("seen")
    change = {
        "seen": seen,
        "name": "云调解室",
        "capacity": "6",
        "equipment": "摄像机，投影",
        "turnaround_minutes": "10",
    }
    browser.post(one, change)
    assert db.session.get_one(Resource, made.id).capacity == 6
    late = browser.post(one, change | {"name": "另名"}, status=409)
    assert "另名" in late.text
    assert clerk.name in late.text or "Li" in late.text
    for wrong in ({"capacity": "0"}, {"name": ""}, {"turnaround_minutes": "x"}):
        assert browser.post(one, change | wrong, status=422).errors(), wrong
    gone = {"use-in_use": "no", "use-since": str(working_day(2)), "use-reason": "拆除"}
    browser.post(f"{one}/use", gone)
    assert "起停用" in browser.get(PAGE).text
    again = browser.post(f"{one}/use", gone, status=422)
    assert again.errors()
    assert again.field("use-reason") == "拆除"
    browser.post(f"{one}/use", gone | {"use-since": str(today - timedelta(days=1))}, status=422)
    use = next(row for row in rooms.history(made) if not row.in_use)
    assert last_of("resource_use", use.id, limit=1)[0].facts["since"] == str(working_day(2))


def test_meetings_left_in_a_room_are_named(client_for, clerk_li, clerk, room):
    dispute, day = builders.make_dispute(clerk), working_day(5)
    booking = services.book(
        clerk, purpose=Purpose.SESSION, dispute_id=dispute.id, resource_id=room.id, starts_at=at(day, "09:00"),
        ends_at=at(day, "10:00"),
    )  # fmt: skip
    rooms.settle_use(clerk, room, since=working_day(4), in_use=False, reason="拆除")
    assert f"/bookings/{booking.id}" in client_for(clerk_li).get(PAGE).html
    board = client_for(clerk_li).get(f"/schedule?day={day}")
    assert room.name in board.text
    other = client_for(clerk_li).get(f"/schedule?day={working_day(6)}")
    assert room.name not in {th.get_text(strip=True) for th in other.soup.select("th")}


@pytest.mark.parametrize("login", ["mediator_wang", "judge_chen", "president_he"])
def test_who_reads_and_does_not_keep(request, client_for, login, clerk, room):
    user = request.getfixturevalue(login)
    browser = client_for(user)
    assert not browser.get(PAGE).soup.select("#add")
    assert not browser.get(f"{PAGE}/{room.id}").soup.select("#use")
    browser.post(PAGE, NEW, status=403)
    browser.post(f"{PAGE}/{room.id}", {}, status=403)
    browser.post(f"{PAGE}/{room.id}/use", {}, status=403)
    with pytest.raises(NotPermitted):
        rooms.settle_use(user.as_actor(), room, since=clock.today(), in_use=False, reason="x")


def test_strangers(client_for, clerk_of_other_court, auditor, clerk, room):
    client_for(auditor).get(PAGE, status=403)
    assert room.name not in client_for(clerk_of_other_court).get(PAGE).text
    client_for(clerk_of_other_court).get(f"{PAGE}/{room.id}", status=404)
    client_for(clerk_of_other_court).post(f"{PAGE}/{room.id}/use", {}, status=404)
    client_for(clerk_of_other_court).get(f"{PAGE}/999999999999", status=404)


def test_the_same_day_settled_twice_holds_the_last(clerk, room):
    day = working_day(2)
    rooms.settle_use(clerk, room, since=day, in_use=False, reason="拆除")
    with pytest.raises(DomainError):
        rooms.settle_use(clerk, room, since=day, in_use=False, reason="拆除")
    rooms.settle_use(clerk, room, since=day, in_use=True, reason="不拆了")
    assert rooms.is_in_use(room, day)
