"""The week on paper: each room's page without names, each person's with them, to whom it belongs."""

import io
from datetime import timedelta

import pytest
from pypdf import PdfReader

from mediation.kernel import clock
from mediation.kernel.db import db
from mediation.roster import services as roster
from mediation.roster.models import Mediator
from mediation.scheduling import services
from mediation.scheduling.models import Booking
from mediation.scheduling.rules import Purpose
from mediation.scheduling.services import duty
from mediation.scheduling.services.hours import day_of
from tests import builders
from tests.scheduling.when import at

URL = "/schedule/week-sheets.pdf"
NAMES = ("刘某", "汪某")


@pytest.fixture
def meeting(clerk_li, mediator_wang):
    assignment = builders.accepted_assignment(clerk_li.as_actor(), mediator_wang.as_actor())
    session = builders.planned_session(mediator_wang.as_actor(), assignment)
    return db.session.get_one(Booking, session.booking_id)


@pytest.fixture
def wang(mediator_wang):
    return db.session.get_one(Mediator, mediator_wang.mediator_id)


def paper(browser, **asked):
    query = "&".join(f"{name}={value}" for name, value in asked.items())
    answer = browser.get(f"{URL}?{query}").response
    assert answer.mimetype == "application/pdf"
    return ["".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(answer.data)).pages]


def test_each_room_has_a_page_with_every_day_and_no_names(client_for, clerk_li, meeting):
    day = day_of(meeting.starts_at)
    pages = paper(client_for(clerk_li), day=day)
    rooms = services.resources(clerk_li.as_actor())
    assert len(pages) == len(rooms)
    number = services.numbers({meeting.dispute_id})[meeting.dispute_id]
    own = pages[[r.id for r in rooms].index(meeting.resource_id)]
    local = clock.local(meeting.starts_at)
    assert all(word in own for word in (number, f"{local:%H:%M}", "调解", "王调解", f"{day.month}月{day.day}日"))
    assert sum(number in page for page in pages) == 1
    assert not any(name in page for page in pages for name in NAMES)
    [only] = paper(client_for(clerk_li), day=day, room=meeting.resource_id)
    assert number in only


def test_a_room_out_of_service_over_several_days_stands_on_each_of_them(client_for, clerk_li, meeting):
    actor, day = clerk_li.as_actor(), day_of(meeting.starts_at)
    monday = day - timedelta(days=day.weekday()) + timedelta(days=7)
    room = services.resources(actor)[-1]
    services.book(
        actor, purpose=Purpose.BLOCKED, resource_id=room.id, starts_at=at(monday, "15:00"),
        ends_at=at(monday + timedelta(days=2), "10:00"), note="墙面粉刷",
    )  # fmt: skip
    [page] = paper(client_for(clerk_li), day=monday, room=room.id)
    assert [page.count(t) for t in ("15:00—24:00", "00:00—24:00", "00:00—10:00")] == [1, 1, 1]
    assert page.count("墙面粉刷") == 3


def test_each_person_has_a_page_with_names_that_is_not_to_be_put_up(client_for, clerk_li, meeting):
    pages = paper(client_for(clerk_li), day=day_of(meeting.starts_at), people=1)
    [own] = [page for page in pages if "王调解" in page]
    assert all(name in own for name in NAMES)
    assert "不得张贴" in own
    assert "个人周日程单" in own


def test_leave_is_seen_beside_the_duty(client_for, clerk_li, mediator_wang, wang, meeting):
    first = day_of(meeting.starts_at)
    duty.plan_shift(
        clerk_li.as_actor(), mediator_id=wang.id, weekdays=[first.weekday()], starts=at(first, "09:00").time(),
        ends=at(first, "12:00").time(), first_day=first, last_day=first,
    )  # fmt: skip
    roster.take_leave(mediator_wang.as_actor(), wang, from_on=first, to_on=first)
    [page] = paper(client_for(clerk_li), day=first, people=1, mediator=wang.id)
    assert "值班（请假）" in page


def test_mediators_and_judges_get_their_own_page_and_nobody_elses(
    client_for, mediator_wang, mediator_zhao, judge_chen, wang, meeting
):
    day = day_of(meeting.starts_at)
    [own] = paper(client_for(mediator_wang), day=day)
    assert all(name in own for name in NAMES)
    [other] = paper(client_for(mediator_zhao), day=day, people=1, mediator=wang.id)
    assert not any(name in other for name in (*NAMES, "王调解"))
    [judges] = paper(client_for(judge_chen), day=day)
    assert not any(name in judges for name in NAMES)


def test_who_gets_none(client_for, clerk_li, clerk_of_other_court, president_he, auditor, wang, meeting):
    client_for(president_he).get(URL, status=403)
    client_for(auditor).get(URL, status=403)
    client_for(clerk_of_other_court).get(f"{URL}?people=1&mediator={wang.id}", status=404)
    client_for(clerk_li).get(f"{URL}?room=999999", status=404)
    client_for(clerk_li).get(f"{URL}?people=1&mediator=999999", status=404)
    client_for(clerk_li).get(f"{URL}?day=2150-01-01", status=404)
    empty = day_of(meeting.starts_at) + timedelta(days=70)
    client_for(clerk_li).get(f"{URL}?people=1&day={empty}", status=404)
