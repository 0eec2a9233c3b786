"""The court's hours as dated data, duty of resident mediators, and rooms out of service every week."""

from datetime import date, time, timedelta

import pytest
from dateutil.rrule import WEEKLY, rrule

from mediation.kernel import audit, clock
from mediation.kernel.db import db
from mediation.kernel.errors import DomainError, NotPermitted
from mediation.roster import services as roster
from mediation.roster.models import Mediator
from mediation.scheduling import labels, rules, services
from mediation.scheduling.errors import NotBookable
from mediation.scheduling.models import Booking
from mediation.scheduling.rules import (
    BookingStatus,
    Changes,
    DutyObstacle,
    HoursObstacle,
    Obstacle,
    Purpose,
    ResourceKind,
    Settled,
    Weekly,
)  # fmt: skip
from mediation.scheduling.services import duty, hours
from tests import builders
from tests.scheduling.when import at, rest_day, working_day

DAY = working_day(3)
SUMMER = ((time(8, 30), time(11, 30)), (time(14, 0), time(18, 0)))
MONDAY = date(2026, 3, 2)


@pytest.fixture
def clerk(clerk_li):
    return clerk_li.as_actor()


@pytest.fixture
def room(clerk):
    return services.resources(clerk, (ResourceKind.ROOM,))[0]


@pytest.fixture
def wang(app):
    return db.session.scalars(db.select(Mediator).where(Mediator.name == "王调解")).one()


def settle(actor, since=DAY, halves=SUMMER, reason="夏季作息"):
    (opens, noon), (again, closes) = halves
    return hours.settle_hours(
        actor, since=since, opens=opens, noon=noon, again=again, closes=closes, reason=reason
    )  # fmt: skip


def fix(actor, room, start, end, day=DAY, **over):
    dispute = builders.make_dispute(actor)
    return services.book(
        actor, purpose=Purpose.SESSION, dispute_id=dispute.id, resource_id=room.id, starts_at=at(day, start),
        ends_at=at(day, end), **over,
    )  # fmt: skip


def test_the_last_settled_hours_hold():
    settled = [Settled(MONDAY, SUMMER), Settled(MONDAY + timedelta(days=7), rules.OPENING)]
    assert rules.halves_on(settled, MONDAY - timedelta(days=1)) == rules.OPENING
    assert rules.halves_on(settled, MONDAY + timedelta(days=6)) == SUMMER
    assert rules.halves_on(settled, MONDAY + timedelta(days=7)) == rules.OPENING


@pytest.mark.parametrize(
    ("halves", "days", "expected"),
    [
        (SUMMER, 1, None),
        (SUMMER, 0, HoursObstacle.BACKDATED),
        (((time(8), time(12)), (time(12), time(18))), 1, HoursObstacle.ORDER),
        (((time(8), time(12)), (time(14), time(23))), 1, HoursObstacle.ORDER),
        (((time(8, 10), time(12)), (time(14), time(18))), 1, HoursObstacle.QUARTERS),
    ],
)
def test_which_hours_can_be(halves, days, expected):
    assert rules.hours_obstacle(halves, MONDAY + timedelta(days=days), MONDAY) is expected


def test_the_president_settles_and_meetings_outside_are_named_not_moved(clerk, room, president_he, clerk_li):
    with pytest.raises(NotPermitted):
        settle(clerk)
    noon = fix(clerk, room, "11:00", "12:00")
    assert [b.id for b in settle(president_he.as_actor())] == [noon.id]
    assert (noon.status, noon.starts_at) == (BookingStatus.BOOKED, at(DAY, "11:00"))
    early = fix(clerk, room, "08:30", "09:30")
    with pytest.raises(NotBookable) as refused:
        fix(clerk, room, "13:30", "14:00")
    assert refused.value.obstacle is Obstacle.OUTSIDE_HOURS
    assert "08:30" in str(refused.value.message)
    free = services.free_times(clerk, since=at(DAY, "00:00"), until=DAY, limit=99, resource_id=room.id)
    assert at(DAY, "17:00") not in {f.span.starts_at for f in free}
    assert at(DAY, "16:30") in {f.span.starts_at for f in free}
    assert early.id
    assert list(audit.verify()) == []


def test_a_weekly_pattern_agrees_with_the_recurrence_rule_of_calendars():
    pattern = Weekly({0, 3}, date(2026, 3, 4), date(2026, 6, 30), every=2)
    whole = rrule(WEEKLY, dtstart=pattern.first - timedelta(days=2), until=pattern.last, interval=2, byweekday=(0, 3))
    expected = [m.date() for m in whole if m.date() >= pattern.first]
    assert list(pattern.days()) == expected
    every_day = [pattern.first + timedelta(days=n) for n in range(-7, 140)]
    assert [day for day in every_day if pattern.falls_on(day)] == expected


@pytest.mark.parametrize(
    ("changes", "working", "expected"),
    [
        (Changes(), True, True),
        (Changes(), False, False),
        (Changes(off=frozenset({MONDAY})), True, False),
        (Changes(extra=frozenset({MONDAY})), False, False),
    ],
)
def test_duty_rests_on_holidays_and_on_days_left_out(changes, working, expected):
    assert rules.on_duty(Weekly({0}, MONDAY, MONDAY), changes, MONDAY, working_day=working) is expected


def test_a_made_up_day_is_said():
    saturday = MONDAY + timedelta(days=5)
    pattern = Weekly({0}, MONDAY, MONDAY + timedelta(days=30))
    assert not rules.on_duty(pattern, Changes(), saturday, working_day=True)
    assert rules.on_duty(pattern, Changes(extra=frozenset({saturday})), saturday, working_day=True)


def plan(actor, mediator, **over):
    told = {"mediator_id": mediator.id, "weekdays": [DAY.weekday()], "starts": time(9), "ends": time(12),
            "first_day": clock.today(), "last_day": clock.today() + timedelta(days=60)}  # fmt: skip
    return duty.plan_shift(actor, **(told | over))


def test_who_is_on_duty(clerk, wang):
    shift = plan(clerk, wang)
    assert [one.name for one in duty.kept_on(clerk.court_id, DAY)] == ["王调解"]
    with clock.pretend(at(DAY, "09:30")):
        assert [one.mediator_id for one in duty.now_on_duty(clerk.court_id)] == [wang.id]
    with clock.pretend(at(DAY, "12:00")):
        assert duty.now_on_duty(clerk.court_id) == []
    roster.take_leave(clerk, wang, from_on=DAY, to_on=DAY)
    with clock.pretend(at(DAY, "09:30")):
        assert duty.now_on_duty(clerk.court_id) == []
    duty.change_day(clerk, shift, day=DAY, extra=False, reason="培训")
    assert duty.kept_on(clerk.court_id, DAY) == []
    with pytest.raises(DomainError):
        duty.change_day(clerk, shift, day=rest_day(), extra=True, reason="补")
    duty.end_shift(clerk, shift, last_day=DAY - timedelta(days=1))
    assert shift.last_day == DAY - timedelta(days=1)


def test_outside_duty_only_by_agreement(clerk, room, wang, mediator_wang):
    plan(clerk, wang)
    with pytest.raises(NotBookable) as refused:
        fix(clerk, room, "14:00", "15:00", mediator_ids=[wang.id])
    assert refused.value.obstacle is Obstacle.OFF_DUTY
    booked = fix(clerk, room, "14:00", "15:00", mediator_ids=[wang.id], agreed_off_duty=True)
    services.cancel(clerk, booked, "x")
    dispute = builders.make_dispute(clerk)
    services.book(
        mediator_wang.as_actor(), purpose=Purpose.SESSION, dispute_id=dispute.id, resource_id=room.id,
        starts_at=at(DAY, "14:00"), ends_at=at(DAY, "15:00"), mediator_ids=[wang.id],
    )  # fmt: skip


@pytest.mark.parametrize(
    ("over", "expected"),
    [
        ({"ends": time(9)}, DutyObstacle.ORDER),
        ({"first_day": date(2020, 1, 1)}, DutyObstacle.PAST),
        ({"last_day": clock.today() + timedelta(days=500)}, DutyObstacle.TOO_LONG),
        ({"weekdays": []}, DutyObstacle.NO_DAY),
        ({"mediator_id": 999_999}, DutyObstacle.NOT_RESIDENT),
    ],
)
def test_duty_that_cannot_be_planned(clerk, wang, over, expected):
    with pytest.raises(DomainError) as refused:
        plan(clerk, wang, **over)
    assert str(refused.value.message) == str(labels.DUTY_OBSTACLE[expected])
    # Marked beside what was typed wrong.
    assert next(iter(over)) in {refused.value.field, "weekdays"}


def weekly(actor, room, **over):
    told = {"resource_id": room.id, "pattern": Weekly({DAY.weekday()}, DAY, DAY + timedelta(days=35)),
            "begins": time(9), "ends": time(12), "note": "党员活动"}  # fmt: skip
    return services.block_weekly(actor, **(told | over))


def test_every_week_or_not_at_all(clerk, room, mediator_wang):
    with pytest.raises(NotPermitted):
        weekly(mediator_wang.as_actor(), room)
    in_the_way = fix(clerk, room, "11:00", "12:00", day=working_day(3))
    with pytest.raises(DomainError) as refused:
        weekly(clerk, room)
    assert DAY.isoformat() in str(refused.value.message)
    assert db.session.scalar(db.select(db.func.count(Booking.id)).where(Booking.purpose == Purpose.BLOCKED)) == 0
    services.cancel(clerk, db.session.get_one(Booking, in_the_way.id), "x")
    made = weekly(clerk, room)
    assert len(made) == 6
    assert services.end_series(clerk, made[2], "结束") == 4
    assert [b.status for b in made] == [BookingStatus.BOOKED] * 2 + [BookingStatus.CANCELLED] * 4
