"""The court's hours, duty and weekly blockings on the screen: settled, refused and kept as typed, and for whom."""

from datetime import timedelta

import pytest

from mediation.kernel import audit, clock
from mediation.kernel.db import db
from mediation.roster.models import Mediator
from mediation.scheduling import services
from mediation.scheduling.models import Booking, CourtHours, DutyShift
from mediation.scheduling.rules import BookingStatus, Purpose, ResourceKind
from tests import builders
from tests.scheduling.when import at, rest_day, working_day

TODAY = clock.today()
STRANGERS = ["sysadmin", "auditor"]


@pytest.fixture
def rooms(clerk_li):
    return services.resources(clerk_li.as_actor(), (ResourceKind.ROOM,))


@pytest.fixture
def wang(app):
    return db.session.scalars(db.select(Mediator).where(Mediator.name == "王调解")).one()


def hours(**over: str) -> dict[str, str]:
    return {"since": f"{working_day(3):%Y-%m-%d}", "opens": "08:30", "noon": "11:30", "again": "14:00",
            "closes": "18:00", "reason": "夏季作息"} | over  # fmt: skip


def shift(wang, **over: object) -> dict[str, object]:
    return {"mediator_id": str(wang.id), "weekdays": [str(working_day(3).weekday())], "every": "1", "starts": "9:00",
            "ends": "12:00", "first_day": f"{TODAY:%Y-%m-%d}",
            "last_day": f"{TODAY + timedelta(days=60):%Y-%m-%d}"} | over  # fmt: skip


def weekly(room, **over: object) -> dict[str, object]:
    return {"resource_id": str(room.id), "weekdays": [str(working_day(3).weekday())], "every": "1", "begins": "08:00",
            "ends": "09:30", "first_day": f"{TODAY:%Y-%m-%d}", "last_day": f"{TODAY + timedelta(days=27):%Y-%m-%d}",
            "note": "保洁"} | over  # fmt: skip


def acts_on(kind: str, number: int) -> list[str]:
    event = audit.AuditEvent
    rows = db.select(event.action).where(event.subject_type == kind, event.subject_id == number)
    return list(db.session.scalars(rows.order_by(event.id)))


def test_the_president_settles_hours_and_sees_who_lies_outside(client_for, clerk_li, president_he, rooms):
    dispute = builders.make_dispute(clerk_li.as_actor())
    day = working_day(4)
    outside = services.book(
        clerk_li.as_actor(), purpose=Purpose.SESSION, dispute_id=dispute.id, resource_id=rooms[0].id,
        starts_at=at(day, "13:30"), ends_at=at(day, "14:30"),
    )  # fmt: skip
    browser = client_for(president_he)
    browser.post("/schedule/hours", hours())
    page = browser.get("/schedule/hours")
    assert "08:30–11:30" in page.text
    assert page.soup.select_one(f'a[href="/bookings/{outside.id}"]')
    row = db.session.scalars(db.select(CourtHours)).one()
    assert acts_on("court_hours", row.id) == ["court_hours.settle"]
    assert list(audit.verify()) == []


@pytest.mark.parametrize(
    "wrong",
    [
        {"since": f"{TODAY:%Y-%m-%d}"}, {"since": "2月30日"}, {"opens": "12:00"}, {"noon": "11:40"}, {"closes": "二点"},
        {"closes": "23:00"}, {"reason": "  "},
    ],
)  # fmt: skip
def test_hours_that_cannot_be_are_refused_and_kept(client_for, president_he, wrong):
    sent = hours(**wrong)
    page = client_for(president_he).post("/schedule/hours", sent, status=422)
    assert page.errors()
    assert {name: page.field(name) for name in sent} == {name: value.strip() for name, value in sent.items()}
    assert not db.session.scalars(db.select(CourtHours)).all()


@pytest.mark.parametrize(
    ("who", "reads", "settles", "plans"),
    [
        ("clerk_li", 200, 403, 302), ("triage_sun", 200, 403, 302), ("president_he", 200, 302, 403),
        ("judge_chen", 200, 403, 403), ("mediator_wang", 200, 403, 403), ("organisation_user", 200, 403, 403),
        ("sysadmin", 403, 403, 403), ("auditor", 403, 403, 403),
    ],
)  # fmt: skip
def test_who_reads_and_who_settles(request, client_for, wang, rooms, who, reads, settles, plans):
    browser = client_for(request.getfixturevalue(who))
    for page in ("/schedule/hours", "/schedule/duty", "/schedule/blockings"):
        browser.get(page, status=reads)
    browser.post("/schedule/hours", hours(), status=settles)
    browser.post("/schedule/duty", shift(wang), status=plans)
    browser.post("/schedule/blockings", weekly(rooms[0]), status=plans)


def test_duty_is_planned_changed_for_a_day_and_ended(client_for, clerk_li, wang):
    browser, day = client_for(clerk_li), working_day(3)
    browser.post("/schedule/duty", shift(wang))
    found = db.session.scalars(db.select(DutyShift)).one()
    here = f"/schedule/duty/{found.id}"
    week = f"/schedule/duty?week={day:%Y-%m-%d}"
    assert browser.get(week).soup.select(f'.duty-week a[href="{here}"]')
    browser.get("/schedule/duty?week=nonsense")
    for never in ("0001-01-01", "2150-01-01", "9999-12-31"):
        browser.get(f"/schedule/duty?week={never}", status=404)
    other = {"other-day": f"{day:%Y-%m-%d}", "other-extra": "no", "other-reason": "培训"}
    page = browser.post(f"{here}/days", other | {"other-day": f"{rest_day():%Y-%m-%d}"}, status=422)
    assert page.errors()
    assert page.field("other-reason") == "培训"
    browser.post(f"{here}/days", other)
    assert not browser.get(week).soup.select(f'.duty-week a[href="{here}"]')
    assert "培训" in browser.get(here).text
    assert browser.post(f"{here}/end", {"end-last_day": "2020-01-01"}, status=422).errors()
    browser.post(f"{here}/end", {"end-last_day": f"{TODAY:%Y-%m-%d}"})
    assert db.session.get_one(DutyShift, found.id).last_day == TODAY
    assert acts_on("duty_shift", found.id) == ["duty_shift.plan", "duty_shift.change", "duty_shift.end"]


@pytest.mark.parametrize(
    "wrong",
    [
        {"weekdays": []}, {"starts": "12:00", "ends": "09:00"}, {"first_day": "2020-01-01"}, {"every": "0"},
        {"last_day": "2149-12-31"}, {"mediator_id": "999999"}, {"ends": "25:00"},
    ],
)  # fmt: skip
def test_duty_that_cannot_be_is_refused(client_for, clerk_li, wang, wrong):
    page = client_for(clerk_li).post("/schedule/duty", shift(wang, **wrong), status=422)
    assert page.errors()
    assert page.field("starts") == wrong.get("starts", "9:00")
    assert not db.session.scalars(db.select(DutyShift)).all()


def test_another_courts_duty_does_not_exist(client_for, clerk_li, clerk_of_other_court, wang):
    client_for(clerk_li).post("/schedule/duty", shift(wang))
    found = db.session.scalars(db.select(DutyShift)).one()
    stranger = client_for(clerk_of_other_court)
    stranger.get(f"/schedule/duty/{found.id}", status=404)
    stranger.post(f"/schedule/duty/{found.id}/end", {"end-last_day": f"{TODAY:%Y-%m-%d}"}, status=404)


def test_a_room_out_of_service_every_week_until_it_is_ended(client_for, clerk_li, judge_chen, rooms):
    browser = client_for(clerk_li)
    browser.post("/schedule/blockings", weekly(rooms[0]))
    made = services.blockings(clerk_li.as_actor())
    assert len({b.series for b in made}) == 1
    assert len(made) in {3, 4}
    assert browser.get("/schedule/blockings").soup.select(f'a[href="/bookings/{made[0].id}/series-end"]')
    page = browser.post("/schedule/blockings", weekly(rooms[0], begins="09:00", ends="10:00"), status=422)
    assert str(len(made)) in " ".join(page.errors())
    assert page.field("note") == "保洁"
    end = f"/bookings/{made[1].id}/series-end"
    client_for(judge_chen).post(end, {"series-reason": "x"}, status=403)
    browser.get(end)
    assert browser.post(end, {"series-reason": " "}, status=422).errors()
    browser.post(end, {"series-reason": "保洁改期"})
    left = [db.session.get_one(Booking, b.id).status for b in made]
    assert left == [BookingStatus.BOOKED, *[BookingStatus.CANCELLED] * (len(made) - 1)]
    browser.post(end, {"series-reason": "再次"}, status=409)


def test_pages_in_both_languages(client_for, clerk_li, wang, rooms):
    browser = client_for(clerk_li)
    browser.post("/schedule/duty", shift(wang))
    browser.post("/schedule/blockings", weekly(rooms[0]))
    for locale in ("zh", "en"):
        browser.post("/preferences", {"locale": locale})
        for page in ("/schedule/hours", "/schedule/duty", "/schedule/blockings", "/schedule/waiting"):
            browser.get(page)
