"""Meetings already fixed with a mediator who can no longer come: found, told, given to the registry as a task."""

from datetime import date, timedelta

import pytest
import sqlalchemy as sa

from mediation.assignment import services as assignments
from mediation.cli import daily
from mediation.kernel import audit, clock
from mediation.kernel.audit import AuditEvent
from mediation.kernel.db import db
from mediation.notices.models import Notice
from mediation.periods.calendar import Entry, Holiday, Kind, standard
from mediation.reminders import moving
from mediation.roster import services as roster
from mediation.roster.models import Mediator, Organisation
from mediation.roster.rules import Ground
from mediation.scheduling import services
from mediation.scheduling.models import Booking, Hindrance
from mediation.scheduling.rules import Why
from mediation.scheduling.services import hindrances, rooms
from mediation.scheduling.services.hours import day_of
from tests import builders

PAGE = "/schedule/hindered"


@pytest.fixture
def clerk(clerk_li):
    return clerk_li.as_actor()


@pytest.fixture
def wang(mediator_wang):
    return db.session.get_one(Mediator, mediator_wang.mediator_id)


@pytest.fixture
def meeting(clerk, mediator_wang) -> Booking:
    """A session of mediator Wang on a day to come, with both parties."""
    assignment = builders.accepted_assignment(clerk, mediator_wang.as_actor())
    session = builders.planned_session(mediator_wang.as_actor(), assignment)
    return db.session.get_one(Booking, session.booking_id)


def told(kind, booking):
    wanted = sa.select(Notice).where(Notice.kind == kind, Notice.subject_id == booking.id)
    return db.session.scalars(wanted.order_by(Notice.id)).all()


def open_ones(booking):
    return [(h.mediator_id, h.why) for h in hindrances.of_booking(booking.id)]


def leave(mediator, user, booking):
    day = day_of(booking.starts_at)
    return roster.take_leave(user.as_actor(), mediator, from_on=day, to_on=day, reason="探亲")


def test_leave_puts_a_fixed_meeting_in_question_and_everybody_is_told_once(clerk, mediator_wang, wang, meeting):
    leave(wang, mediator_wang, meeting)
    assert open_ones(meeting) == [(wang.id, Why.ON_LEAVE)]
    sent = told("meeting_unsettled", meeting)
    parties = {n.party_id for n in sent if n.party_id}
    assert parties == set(builders.party_ids(meeting.dispute_id))
    assert mediator_wang.id in {n.user_id for n in sent}
    assert all("届时不能到场" in n.text and "请不要按原时间前来" in n.text for n in sent)
    # What was told of the session before holds no longer.
    before = sa.select(Notice).where(Notice.subject_type == "mediation_session")
    assert all(n.superseded_at for n in db.session.scalars(before))
    last = db.session.scalars(sa.select(AuditEvent).where(AuditEvent.action == "hindrance.find")).one()
    assert last.facts["why"] == Why.ON_LEAVE
    assert hindrances.review(clerk.court_id) == 0
    assert len(told("meeting_unsettled", meeting)) == len(sent)


def test_whoever_fixed_it_for_another_is_told_too(clerk, wang, mediator_wang):
    dispute = builders.make_dispute(clerk)
    free = services.free_times(clerk, mediator_ids=[wang.id], party_ids=builders.party_ids(dispute.id))[0]
    booking = services.book(
        clerk, purpose="session", dispute_id=dispute.id, resource_id=free.resource_id, starts_at=free.span.starts_at,
        ends_at=free.span.ends_at, mediator_ids=[wang.id], party_ids=builders.party_ids(dispute.id),
    )  # fmt: skip
    leave(wang, mediator_wang, booking)
    assert clerk.id in {n.user_id for n in told("meeting_unsettled", booking)}


def test_leave_taken_back_lets_the_meeting_stand_and_says_so(mediator_wang, wang, meeting):
    taken = leave(wang, mediator_wang, meeting)
    roster.cancel_leave(mediator_wang.as_actor(), wang, taken)
    assert open_ones(meeting) == []
    sent = told("meeting_stands", meeting)
    assert {n.party_id for n in sent if n.party_id} == set(builders.party_ids(meeting.dispute_id))
    assert all("照常进行" in n.text for n in sent)
    assert all(n.superseded_at for n in told("meeting_unsettled", meeting))


def test_leave_on_other_days_troubles_nobody(mediator_wang, wang, meeting):
    day = day_of(meeting.starts_at) + timedelta(days=1)
    roster.take_leave(mediator_wang.as_actor(), wang, from_on=day, to_on=day)
    assert open_ones(meeting) == []
    assert not told("meeting_unsettled", meeting)


def test_suspension_and_return_to_the_list(president_he, wang, meeting):
    he = president_he.as_actor()
    roster.decide(he, wang, "suspend", ground=Ground.COMPLAINT_EXAMINED, reason="投诉核查")
    assert open_ones(meeting) == [(wang.id, Why.NOT_ON_LIST)]
    roster.decide(he, wang, "reactivate", ground=Ground.COMPLAINT_EXAMINED, reason="查无实据")
    assert open_ones(meeting) == []
    assert told("meeting_stands", meeting)


def test_a_suspended_organisation_puts_the_meetings_of_its_members_in_question(president_he, wang, meeting):
    he, body = president_he.as_actor(), db.session.get_one(Organisation, wang.organisation_id)
    roster.decide(he, body, "suspend", ground=Ground.COMPLAINT_EXAMINED, reason="投诉核查")
    assert open_ones(meeting) == [(wang.id, Why.NOT_ON_LIST)]
    assert len({n.party_id for n in told("meeting_unsettled", meeting)}) >= 2
    roster.decide(he, body, "reactivate", ground=Ground.COMPLAINT_EXAMINED, reason="查无实据")
    assert open_ones(meeting) == []
    assert told("meeting_stands", meeting)


def test_a_room_that_goes_out_of_use_puts_its_meetings_in_question_and_tells_everybody(
    client_for, clerk_li, clerk, meeting
):
    room, day = meeting.resource, day_of(meeting.starts_at)
    rooms.settle_use(clerk, room, since=day, in_use=False, reason="装修")
    assert open_ones(meeting) == [(None, Why.ROOM_GONE)]
    assert len({n.party_id for n in told("meeting_room_gone", meeting)}) >= 2
    assert hindrances.review(clerk.court_id) == 0
    assert (
        room.name
        in client_for(clerk_li).get(PAGE).soup.find("td", attrs={"data-label": "不能到场的人及原因"}).get_text()
    )
    assert "房间" in client_for(clerk_li).get(f"/bookings/{meeting.id}").soup.find(id="hindered").get_text()
    rooms.settle_use(clerk, room, since=day + timedelta(days=0), in_use=True, reason="不装修了")
    assert open_ones(meeting) == []
    assert told("meeting_stands", meeting)


def off(day) -> list[Entry]:
    """A supplement that makes one working day a day off, beside all that the year's notice says already."""
    known = [entry for entry in standard().entries.values() if entry.notice_year == day.year]
    return [*known, Entry(day, Kind.HOLIDAY, Holiday.NATIONAL_DAY, day.year)]


def test_a_holiday_notice_puts_what_is_fixed_on_its_days_in_question_and_a_move_settles_it(
    client_for, clerk_li, sysadmin, meeting
):
    day = day_of(meeting.starts_at)
    assert moving.meetings_on(meeting.court_id, {day}) == 1
    done = moving.take_over(sysadmin.as_actor(), off(day), source_doc="补充通知", published_on=clock.today())
    assert done.meetings == 1
    assert open_ones(meeting) == [(None, Why.REST_DAY)]
    said = told("meeting_rest_day", meeting)
    assert len({n.party_id for n in said if n.party_id}) >= 2
    assert all("国务院节假日安排放假" in n.text for n in said if n.party_id)
    browser = client_for(clerk_li)
    page = browser.get(PAGE)
    assert "本院当日已不是工作日" in page.text
    assert "当日已成为休息日" in browser.get(f"/disputes/{meeting.dispute_id}").text
    assert "本院当日不再是工作日" in browser.get(f"/bookings/{meeting.id}").soup.find(id="hindered").get_text()
    # The page of the meeting offers other days, and one click moves it there.
    slot = browser.get(f"/bookings/{meeting.id}").soup.select_one("input[name=slot]")["value"]
    browser.post(
        f"/bookings/{meeting.id}",
        {"slot": slot, "day": "", "at": "", "minutes": "90", "resource_id": str(meeting.resource_id)},
    )
    assert not open_ones(meeting)
    assert day_of(db.session.get_one(Booking, meeting.id).starts_at) != day
    # The daily run finds nothing more, and tells nobody twice.
    assert hindrances.review(meeting.court_id) == 0
    assert list(audit.verify()) == []


def test_a_meeting_in_a_year_without_its_notice_says_so(client_for, clerk_li, clerk, meeting):
    browser = client_for(clerk_li)
    assert "暂定" not in browser.get(f"/bookings/{meeting.id}").text
    year = max(standard().noticed) + 1
    day = next(d for n in range(60, 90) if not standard().is_rest(d := date(year, 1, 1) + timedelta(days=n)))
    services.move(
        clerk, meeting, clock.at(day, 9), clock.at(day, 10), meeting.resource_id, agreed_short_notice=False
    )  # fmt: skip
    page = browser.get(f"/bookings/{meeting.id}")
    assert "该年度的节假日安排尚未公布" in page.text


def test_another_room_settles_it(clerk, mediator_wang, meeting):
    room, day = meeting.resource, day_of(meeting.starts_at)
    rooms.settle_use(clerk, room, since=day, in_use=False, reason="装修")
    other = next(r for r in services.resources(clerk, (room.kind,), on=day) if r.id != room.id)
    services.move(clerk, meeting, meeting.starts_at, meeting.ends_at, other.id)
    assert open_ones(meeting) == []
    assert told("meeting_moved", meeting)


def test_a_meeting_before_the_room_goes_is_not_in_question(clerk, meeting):
    after = day_of(meeting.starts_at) + timedelta(days=1)
    rooms.settle_use(clerk, meeting.resource, since=after, in_use=False, reason="装修")
    assert open_ones(meeting) == []
    assert not told("meeting_room_gone", meeting)


def test_a_certificate_that_runs_out_by_the_daily_run(clerk, wang, meeting):
    wang.certificate_expires_on = clock.today() - timedelta(days=1)
    audit.record(clerk, "edit", wang, changed=["certificate_expires_on"])
    db.session.commit()
    assert daily.day_of(clerk.court_id).done["hindered"] == 0  # found with the act itself
    assert [why for _m, why in open_ones(meeting)] == [Why.NOT_ON_LIST]
    assert len({n.party_id for n in told("meeting_unsettled", meeting)}) >= 2


def test_a_certificate_that_ends_before_the_meeting_is_found_and_its_renewal_settles_it(clerk, wang, meeting):
    wang.certificate_expires_on = day_of(meeting.starts_at) - timedelta(days=1)
    audit.record(clerk, "edit", wang, changed=["certificate_expires_on"])
    db.session.commit()
    assert daily.day_of(clerk.court_id).done["hindered"] == 1
    assert daily.day_of(clerk.court_id).done["hindered"] == 0
    assert open_ones(meeting) == [(wang.id, Why.CERTIFICATE)]
    roster.renew_certificate(clerk, wang, until=day_of(meeting.starts_at) + timedelta(days=300))
    assert open_ones(meeting) == []


def test_moving_settles_it_and_tells_only_of_the_new_time(clerk, mediator_wang, wang, meeting):
    leave(wang, mediator_wang, meeting)
    free = services.free_for(clerk, meeting)[0]
    assert day_of(free.span.starts_at) != day_of(meeting.starts_at)
    services.move(clerk, meeting, free.span.starts_at, free.span.ends_at, free.resource_id)
    assert open_ones(meeting) == []
    assert told("meeting_moved", meeting)
    assert not told("meeting_stands", meeting)
    assert all(n.superseded_at for n in told("meeting_unsettled", meeting))


def test_calling_it_off_settles_it(clerk, mediator_wang, wang, meeting):
    leave(wang, mediator_wang, meeting)
    services.cancel(clerk, meeting, "调解员请假")
    assert open_ones(meeting) == []
    assert told("meeting_cancelled", meeting)
    assert not told("meeting_stands", meeting)


def test_consent_withdrawn_by_who_is_on_a_higher_courts_list_puts_it_in_question(clerk, wang, meeting):
    """S4 art. 5; S5 art. 27."""
    roster.edit_mediator(clerk, wang, {"listed_by": "济南市中级人民法院", "consented_on": clock.today()})
    assert open_ones(meeting) == []
    roster.edit_mediator(clerk, wang, {"consented_on": None})
    assert open_ones(meeting) == [(wang.id, Why.NOT_ON_LIST)]
    assert told("meeting_unsettled", meeting)
    roster.edit_mediator(clerk, wang, {"listed_by": ""})
    assert open_ones(meeting) == []


def test_a_meeting_with_a_mediator_who_was_replaced_is_in_question(clerk, wang, meeting):
    assignment = assignments.open_of(meeting.dispute_id)
    assignments.replace(clerk, assignment, reason="当事人申请更换")
    assert open_ones(meeting) == [(wang.id, Why.LEFT)]


# ---- pages ---------------------------------------------------------------------------------------------------------


def test_the_registry_finds_it_as_a_task_with_what_is_possible(client_for, clerk_li, mediator_wang, wang, meeting):
    browser = client_for(clerk_li)
    assert "没有" in browser.get(PAGE).text
    leave(wang, mediator_wang, meeting)
    page = browser.get(PAGE)
    row = page.soup.select_one("table.work-list tbody tr")
    assert wang.name in row.get_text()
    links = [a["href"] for a in row.select("td.action a")]
    assignment = assignments.open_of(meeting.dispute_id)
    assert links == [f"/bookings/{meeting.id}", f"/assignments/{assignment.id}/replacement"]
    place = next(a for a in page.soup.select("nav a") if a["href"] == "/schedule")
    assert "1" in place.get_text()
    assert wang.name in browser.get(f"/bookings/{meeting.id}").soup.select_one("#hindered").get_text()


def test_a_mediator_sees_the_own_ones_and_nobody_elses(client_for, mediator_wang, mediator_zhao, wang, meeting):
    leave(wang, mediator_wang, meeting)
    assert client_for(mediator_wang).get(PAGE).soup.select("table.work-list tbody tr")
    assert not client_for(mediator_zhao).get(PAGE).soup.select("table.work-list tbody tr")


def test_another_court_sees_nothing_and_an_administrator_may_not(
    client_for, clerk_of_other_court, auditor, mediator_wang, wang, meeting
):
    leave(wang, mediator_wang, meeting)
    assert not client_for(clerk_of_other_court).get(PAGE).soup.select("table.work-list tbody tr")
    client_for(auditor).get(PAGE, status=403)


def test_one_meeting_cannot_be_in_question_twice_because_of_one_person(mediator_wang, wang, meeting):
    leave(wang, mediator_wang, meeting)
    again = Hindrance(court_id=meeting.court_id, booking_id=meeting.id, mediator_id=wang.id, why=Why.ON_LEAVE)
    with pytest.raises(sa.exc.IntegrityError), db.session.begin_nested():
        db.session.execute(
            sa.insert(Hindrance.__table__).values(
                court_id=again.court_id, booking_id=again.booking_id, mediator_id=again.mediator_id, why=again.why,
                found_at=clock.now(),
            )
        )  # fmt: skip
