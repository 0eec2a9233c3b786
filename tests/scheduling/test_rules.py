"""Opening hours, lengths, notice and free times, without a database."""

import itertools
from datetime import date, datetime, timedelta
from types import SimpleNamespace

import pytest

from mediation.kernel import clock, states
from mediation.kernel.actor import Actor, Role
from mediation.scheduling import labels, rules
from mediation.scheduling.rules import BookingStatus, Diary, Obstacle, Place, Purpose, Span

DAY = date(2026, 3, 3)
NOW = clock.at(date(2026, 3, 2), 10)


def span(start: str, end: str, day: date = DAY) -> Span:
    hours = [tuple(map(int, text.split(":"))) for text in (start, end)]
    return Span(clock.at(day, *hours[0]), clock.at(day, *hours[1]))


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        ("09:00", "10:30", []),
        ("09:00", "12:00", []),
        ("13:30", "16:30", []),
        ("15:30", "17:00", []),
        ("08:30", "10:00", [Obstacle.OUTSIDE_HOURS]),
        ("11:30", "12:30", [Obstacle.OUTSIDE_HOURS]),
        ("11:00", "14:00", [Obstacle.OUTSIDE_HOURS]),
        ("12:00", "13:30", [Obstacle.OUTSIDE_HOURS]),
        ("16:00", "17:30", [Obstacle.OUTSIDE_HOURS]),
        ("13:30", "17:00", [Obstacle.TOO_LONG]),
        ("10:00", "10:00", [Obstacle.NOT_AFTER_START]),
        ("10:30", "10:00", [Obstacle.NOT_AFTER_START]),
    ],
)
def test_hours_and_length(start, end, expected):
    assert rules.obstacles(span(start, end), now=NOW, working_day=True) == expected


def test_a_rest_day_is_said_instead_of_the_hours():
    assert rules.obstacles(span("08:00", "09:00"), now=NOW, working_day=False) == [Obstacle.REST_DAY]


def test_the_past_is_refused_before_all_else():
    yesterday = span("08:00", "18:00", date(2026, 3, 1))
    assert rules.obstacles(yesterday, now=NOW, working_day=False) == [Obstacle.PAST]
    assert rules.obstacles(yesterday, now=NOW, working_day=False, blocking=True) == [Obstacle.PAST]


def test_a_meeting_that_begins_this_moment_has_begun():
    start = clock.at(date(2026, 3, 2), 10)
    assert rules.obstacles(Span(start, start + timedelta(hours=1)), now=start, working_day=True) == [Obstacle.PAST]


@pytest.mark.parametrize(("agreed", "expected"), [(False, [Obstacle.SHORT_NOTICE]), (True, [])])
def test_one_day_of_notice_unless_all_agree(agreed, expected):
    today = span("15:00", "16:00", date(2026, 3, 2))
    assert rules.obstacles(today, now=NOW, working_day=True, short_notice_agreed=agreed) == expected


def test_a_room_may_be_blocked_at_any_hour_for_any_time():
    night = Span(clock.at(DAY, 0), clock.at(DAY + timedelta(days=2), 0))
    assert rules.obstacles(night, now=NOW, working_day=False, blocking=True) == []


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (("09:00", "10:00"), ("10:00", "11:00"), False),
        (("10:00", "11:00"), ("09:00", "10:00"), False),
        (("09:00", "10:00"), ("09:59", "11:00"), True),
        (("09:00", "12:00"), ("10:00", "11:00"), True),
        (("10:00", "11:00"), ("09:00", "12:00"), True),
        (("10:00", "11:00"), ("10:00", "11:00"), True),
    ],
)
def test_half_open_times(one, other, expected):
    assert span(*one).overlaps(span(*other)) is expected


def test_beginnings_leave_the_noon_break_free():
    found = [clock.local(s).strftime("%H:%M") for s in rules.starts_of(DAY, timedelta(minutes=90))]
    assert found == ["09:00", "09:30", "10:00", "10:30", "13:30", "14:00", "14:30", "15:00", "15:30"]
    assert len(list(rules.raster_of(DAY))) == 13


def first_free(places=((1, []), (2, [])), busy=(), **over):
    rooms = [Place(i, 15, Diary(taken)) for i, taken in places]
    bars = [rules.Bar(rules.Why.BUSY, Diary(busy))]
    told = {"length": timedelta(minutes=90), "after": clock.at(DAY), "bars": bars, "places": rooms}
    return next(rules.free_times([(DAY, rules.OPENING)], **(told | over)), None)


def test_the_first_place_is_preferred_and_the_next_stands_in():
    assert first_free().resource_id == 1
    taken = ((1, [span("09:00", "10:00")]), (2, []))
    assert first_free(taken) == rules.Free(span("09:00", "10:30"), 2)


def test_turnaround_keeps_the_room_until_it_is_ready():
    taken = ((1, [span("10:30", "12:00")]), (2, [span("10:44", "12:00")]))
    assert first_free(taken).span == span("13:30", "15:00")
    assert first_free(((1, [span("10:45", "12:00")]),)).span == span("09:00", "10:30")


def test_people_may_not_be_in_two_places():
    assert first_free(busy=[span("09:00", "10:00"), span("10:00", "14:30")]).span == span("14:30", "16:00")


def test_nothing_free_yields_nothing():
    assert first_free(busy=[span("00:00", "23:59")]) is None
    assert first_free(after=clock.at(DAY, 16)) is None
    assert first_free(places=()) is None


def test_no_place_wanted():
    found = rules.free_times([(DAY, rules.OPENING)], length=timedelta(minutes=90), after=clock.at(DAY), places=None)
    assert next(found).resource_id == 0


ROLES = {
    Role.CLERK: {"book", "block", "change_other", "change_own", "change_bench"},
    Role.TRIAGE: {"book", "block", "change_other", "change_own", "change_bench"},
    Role.GUIDING_JUDGE: {"book", "change_own", "change_bench"},
    Role.FAST_TRACK_JUDGE: {"book", "change_own", "change_bench"},
    Role.CONFIRMATION_JUDGE: {"book", "change_own", "change_bench"},
    Role.PRESIDENT: set(),
    Role.MEDIATOR: {"book", "change_own"},
    Role.ORGANISATION: {"book", "change_own"},
    Role.SYSTEM_ADMIN: set(),
    Role.SECURITY_ADMIN: set(),
    Role.AUDIT_ADMIN: set(),
}


def booking(purpose: Purpose = Purpose.SESSION, booked_by: int = 99, status: BookingStatus = BookingStatus.BOOKED):
    return SimpleNamespace(court_id=7, booked_by_id=booked_by, purpose=purpose, status=status)


def powers(actor: Actor) -> set[str]:
    asked = {
        "book": rules.may_book(actor, 7),
        "block": rules.may_block(actor, 7),
        "change_other": rules.may_change(actor, booking()),
        "change_own": rules.may_change(actor, booking(booked_by=1)),
        "change_bench": rules.may_change(actor, booking(Purpose.HEARING)),
    }
    return {name for name, may in asked.items() if may}


@pytest.mark.parametrize("role", list(Role))
def test_who_may_what(role):
    assert powers(Actor(1, 7, frozenset({role}))) == ROLES[role]
    assert powers(Actor(1, 8, frozenset({role}))) == set()


@pytest.mark.parametrize("role", list(Role))
def test_only_the_registry_lifts_a_block(role):
    may = rules.may_change(Actor(1, 7, frozenset({role})), booking(Purpose.BLOCKED, booked_by=1))
    assert may is (role in {Role.CLERK, Role.TRIAGE})


def test_the_president_sees_the_board_and_administrators_do_not():
    seen = {role for role in Role if rules.may_see_board(Actor(1, 7, frozenset({role})))}
    assert seen == set(Role) - {Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.AUDIT_ADMIN}


@pytest.mark.parametrize(("status", "step"), list(itertools.product(BookingStatus, (s.name for s in rules.STEPS))))
def test_every_pair_of_status_and_step(status, step):
    clerk = Actor(1, 7, frozenset({Role.CLERK}))
    allowed = {
        ("booked", "move"),
        ("booked", "cancel"),
        ("booked", "release"),
        ("booked", "hand_on"),
        ("held", "confirm"),
        ("held", "drop"),
    }
    assert (step in states.available(rules.STEPS, clerk, booking(status=status))) == ((status, step) in allowed)


def test_every_obstacle_has_words_and_an_article_or_none():
    assert set(labels.OBSTACLE) == set(Obstacle) == set(rules.OBSTACLE_ARTICLE)
    assert set(labels.REMEDY) <= set(Obstacle)
    assert {step.name for step in rules.STEPS} == set(labels.STEP)


def test_moments_are_those_of_the_court():
    start = next(rules.starts_of(DAY, timedelta(minutes=30)))
    assert start == datetime.fromisoformat("2026-03-03T09:00:00+08:00")


@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize("purpose", list(Purpose))
@pytest.mark.parametrize("court", [7, 8])
def test_who_hands_a_session_on_to_another_mediator(role, purpose, court):
    may = {Role.CLERK, Role.TRIAGE, Role.MEDIATOR, Role.ORGANISATION}
    wanted = role in may and purpose is Purpose.SESSION and court == 7
    assert rules.may_hand_on(Actor(1, court, frozenset({role})), booking(purpose=purpose)) is wanted
