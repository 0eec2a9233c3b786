"""Calendar subscriptions: four programs read the same, and nobody reads what is not theirs."""

from datetime import UTC, datetime, timedelta

import ics
import pytest
import sqlalchemy as sa
import vobject
from ical.calendar_stream import IcsCalendarStream
from icalendar import Calendar

from mediation.accounts import administration
from mediation.kernel import audit, clock
from mediation.kernel.db import db
from mediation.scheduling import rules, services
from mediation.scheduling.models import CalendarFeed
from mediation.scheduling.rules import ClaimantKind, FeedDetail, Purpose, ResourceKind
from mediation.scheduling.services import feeds
from tests import builders
from tests.scheduling.when import at, working_day

NAMES = ("刘某", "汪某")


@pytest.fixture
def rooms(clerk_li):
    return services.resources(clerk_li.as_actor(), (ResourceKind.ROOM,))


@pytest.fixture
def meeting(clerk_li, mediator_wang, rooms):
    """A session of the mediator's own dispute, on the third working day at nine."""
    clerk, mediator = clerk_li.as_actor(), mediator_wang.as_actor()
    assignment = builders.accepted_assignment(clerk, mediator)
    day = working_day(3)
    return services.book(
        clerk, purpose=Purpose.SESSION, resource_id=rooms[0].id, dispute_id=assignment.dispute_id,
        mediator_ids=(assignment.mediator_id,), starts_at=at(day, "09:00"), ends_at=at(day, "10:30"),
    )  # fmt: skip


def address(user, detail=FeedDetail.FULL, room=None):
    kind, key = (ClaimantKind.RESOURCE, str(room.id)) if room else rules.own_calendar(user.as_actor())
    _feed, token = feeds.make_feed(user.as_actor(), kind=kind, key=key, detail=detail, name="手机")
    return f"/calendar/{token}.ics"


def raw(browser, url, status=200, **headers):
    page = browser.get(url, status, headers=headers)
    return page.response


# ---- four readers -------------------------------------------------------------------------------------------------


def with_icalendar(text):
    return {
        (str(e["uid"]), int(e["sequence"]), str(e["status"]), str(e["summary"]), str(e.get("location", "")),
         e.decoded("dtstart"), e.decoded("dtend"))
        for e in Calendar.from_ical(text).walk("VEVENT")
    }  # fmt: skip


def with_ical(text):
    return {
        (e.uid, e.sequence, e.status.value, e.summary, e.location or "", e.dtstart, e.dtend)
        for e in IcsCalendarStream.calendar_from_ics(text).events
    }


def with_ics(text):
    return {
        (e.uid, int(next(x.value for x in e.extra if x.name == "SEQUENCE")), e.status, e.name, e.location or "",
         e.begin.datetime, e.end.datetime)
        for e in ics.Calendar(text).events
    }  # fmt: skip


def with_vobject(text):
    return {
        (e.uid.value, int(e.sequence.value), e.status.value, e.summary.value,
         e.location.value if hasattr(e, "location") else "", e.dtstart.value, e.dtend.value)
        for e in vobject.readOne(text).contents.get("vevent", [])
    }  # fmt: skip


READERS = (with_icalendar, with_ical, with_ics, with_vobject)


def in_utc(events):
    return {tuple(part.astimezone(UTC) if isinstance(part, datetime) else part for part in event) for event in events}


def read(text):
    """What all four readers agree on."""
    answers = [in_utc(reader(text)) for reader in READERS]
    assert all(answer == answers[0] for answer in answers), answers
    return answers[0]


def lines_of(body):
    """The letter of RFC 5545 3.1: lines end in CRLF, hold at most 75 octets, and are whole characters."""
    assert body.endswith(b"\r\n")
    assert b"\n" not in body.replace(b"\r\n", b"")
    for line in body.split(b"\r\n"):
        assert len(line) <= 75
        line.decode()
    return body.decode().replace("\r\n ", "").split("\r\n")


@pytest.mark.parametrize("detail", sorted(FeedDetail))
def test_four_programs_read_the_same(client_for, mediator_wang, meeting, detail):
    browser = client_for(None)
    answer = raw(browser, address(mediator_wang, detail))
    assert answer.content_type == "text/calendar; charset=utf-8"
    assert answer.headers["Cache-Control"] == "no-store"
    lines = lines_of(answer.data)
    assert lines[0] == "BEGIN:VCALENDAR"
    assert not any("TZID" in line for line in lines)
    [(_uid, sequence, status, summary, place, starts, ends)] = read(answer.text)
    assert (sequence, status, starts, ends) == (0, "CONFIRMED", meeting.starts_at, meeting.ends_at)
    number = services.numbers({meeting.dispute_id})[meeting.dispute_id]
    told = {
        FeedDetail.BUSY: ("忙", ""),
        FeedDetail.NUMBER: (f"调解：{number}", "第1调解室，济南市历下区诉调对接中心"),
        FeedDetail.FULL: ("调解：刘某 诉 汪某", "第1调解室，济南市历下区诉调对接中心"),
    }
    assert (summary, place) == told[detail]
    full = detail is FeedDetail.FULL
    assert all((name in answer.text) is full for name in NAMES)
    assert (number in answer.text) is (detail is not FeedDetail.BUSY)
    assert (f"/bookings/{meeting.id}" in "\n".join(lines)) is full
    assert any(line.startswith("URL") for line in lines) is full


def test_moving_raises_the_sequence_and_the_old_room_is_told(client_for, clerk_li, mediator_wang, rooms, meeting):
    clerk = clerk_li.as_actor()
    own, left, entered = address(mediator_wang), *(address(clerk_li, FeedDetail.NUMBER, room) for room in rooms[:2])
    browser = client_for(None)
    [before] = read(raw(browser, own).text)
    assert read(raw(browser, entered).text) == set()
    later = meeting.starts_at + timedelta(hours=1)
    services.move(clerk, meeting, later, later + timedelta(hours=1), rooms[1].id)
    [after] = read(raw(browser, own).text)
    assert (after[0], after[1], after[2], after[5]) == (before[0], 1, "CONFIRMED", later)
    assert {event[2] for event in read(raw(browser, left).text)} == {"CANCELLED"}
    assert {event[:3] for event in read(raw(browser, entered).text)} == {(before[0], 1, "CONFIRMED")}
    services.move(clerk, meeting, meeting.starts_at, meeting.ends_at, rooms[0].id)
    assert {event[:3] for event in read(raw(browser, left).text)} == {(before[0], 2, "CONFIRMED")}
    services.cancel(clerk, meeting, "当事人申请改期")
    for url in (own, left, entered):
        assert {event[:3] for event in read(raw(browser, url).text)} == {(before[0], 3, "CANCELLED")}


def test_an_unchanged_calendar_is_not_sent_again(client_for, clerk_li, mediator_wang, meeting):
    browser, url = client_for(None), address(mediator_wang)
    first = raw(browser, url)
    tag = first.headers["ETag"]
    again = raw(browser, url, 304, **{"If-None-Match": tag})
    assert again.data == b""
    assert again.headers["ETag"] == tag
    with clock.pretend(clock.now() + timedelta(hours=1)):
        assert raw(browser, url).data == first.data
    services.cancel(clerk_li.as_actor(), meeting, "改期")
    changed = raw(browser, url, 200, **{"If-None-Match": tag})
    assert changed.headers["ETag"] != tag


# ---- the secret ---------------------------------------------------------------------------------------------------


def test_the_address_is_shown_once_and_kept_as_a_digest(client_for, mediator_wang, meeting):
    browser = client_for(mediator_wang)
    kind, key = rules.own_calendar(mediator_wang.as_actor())
    sent = {"owner": f"{kind}:{key}", "detail": "full", "name": "手机"}
    page = browser.post("/calendars", sent, status=200)
    shown = page.soup.select_one(".secret-address code").get_text()
    token = shown.rsplit("/", 1)[1].removesuffix(".ics")
    assert len(token) == 43
    assert token not in browser.get("/calendars").html
    columns = db.session.execute(sa.select(CalendarFeed.__table__)).mappings().all()
    assert token not in str([dict(row) for row in columns])
    assert token not in str([event.data for event in db.session.scalars(sa.select(audit.AuditEvent))])
    assert "刘某" in raw(client_for(None), shown.removeprefix("http://localhost")).text


def test_a_revoked_or_renewed_address_leads_nowhere(client_for, mediator_wang):
    url, browser, nobody = address(mediator_wang), client_for(mediator_wang), client_for(None)
    [feed] = feeds.feeds_of(mediator_wang.as_actor())
    page = browser.post(f"/calendars/{feed.id}/address", status=200)
    newer = page.soup.select_one(".secret-address code").get_text().removeprefix("http://localhost")
    raw(nobody, url, 404)
    raw(nobody, newer)
    [feed] = feeds.feeds_of(mediator_wang.as_actor())
    browser.post(f"/calendars/{feed.id}/revocation")
    raw(nobody, newer, 404)
    browser.post(f"/calendars/{feed.id}/revocation", status=404)
    assert feeds.feeds_of(mediator_wang.as_actor()) == []
    assert list(audit.verify()) == []


def test_wrong_addresses_are_all_alike(client_for):
    browser = client_for(None)
    for wrong in ("a" * 43, "-" * 43, "a" * 42, "a" * 44, "%E5%BF%99" * 43, "..%2f" * 8):
        raw(browser, f"/calendar/{wrong}.ics", 404)


def test_a_closed_account_ends_the_subscription(client_for, sysadmin, mediator_wang, meeting):
    url = address(mediator_wang)
    administration.close(sysadmin.as_actor(), mediator_wang, reason="离任")
    raw(client_for(None), url, 404)


def test_who_lost_the_dispute_reads_no_names(client_for, mediator_wang, meeting):
    url = address(mediator_wang)
    db.session.execute(
        sa.text("UPDATE participation SET until = since WHERE dispute_id = :id"), {"id": meeting.dispute_id}
    )
    text = raw(client_for(None), url).text
    assert not any(name in text for name in NAMES)
    assert f"/bookings/{meeting.id}" not in text


def test_guessing_and_hammering_are_slowed_down(client_for, mediator_wang):
    browser, url = client_for(None), address(mediator_wang)
    answers = [browser.client.get(f"/calendar/{n:043d}.ics").status_code for n in range(40)]
    assert answers == [404] * 30 + [429] * 10
    answers = [browser.client.get(url).status_code for n in range(70)]
    assert answers == [200] * 60 + [429] * 10
    assert int(browser.client.get(url).headers["Retry-After"]) > 0


def test_the_log_of_requests_never_holds_the_address(app, mediator_wang):
    url = address(mediator_wang)
    db.session.commit()
    environ = {"PATH_INFO": url, "RAW_URI": url, "REQUEST_METHOD": "GET", "SERVER_NAME": "x", "SERVER_PORT": "80",
               "wsgi.url_scheme": "http", "wsgi.input": None, "REMOTE_ADDR": "127.0.0.1"}  # fmt: skip
    said: list[str] = []
    b"".join(app.wsgi_app(environ, lambda status, _headers, _error=None: said.append(status)))
    assert said == ["200 OK"]
    secret = url.split("/")[2].removesuffix(".ics")
    assert not any(secret in value for name, value in environ.items() if isinstance(value, str) and name != "x")


# ---- who may ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("who", "status"),
    [("clerk_li", 200), ("triage_sun", 200), ("judge_chen", 200), ("mediator_wang", 200), ("president_he", 403),
     ("organisation_user", 403), ("auditor", 403), ("sysadmin", 403), (None, 401)],
)  # fmt: skip
def test_who_subscribes(request, client_for, who, status):
    browser = client_for(request.getfixturevalue(who) if who else None)
    assert browser.client.get("/calendars").status_code in {status, 302 if status == 401 else status}


def test_rooms_tell_no_names_and_strangers_cannot_touch_a_subscription(client_for, clerk_li, mediator_zhao, rooms):
    browser = client_for(clerk_li)
    owner = f"resource:{rooms[0].id}"
    for wrong in (
        {"detail": "full"},
        {"owner": "mediator:1"},
        {"owner": "resource:999999"},
        {"owner": "x"},
        {"name": " "},
    ):
        page = browser.post("/calendars", {"owner": owner, "detail": "number", "name": "门口屏"} | wrong, status=422)
        assert page.errors(), wrong
    browser.post("/calendars", {"owner": owner, "detail": "number", "name": "门口屏"}, status=200)
    [feed] = feeds.feeds_of(clerk_li.as_actor())
    for step in ("address", "revocation"):
        client_for(mediator_zhao).post(f"/calendars/{feed.id}/{step}", status=404)


def test_the_subscriptions_of_another_court_are_not_found(client_for, clerk_of_other_court, clerk_li, rooms):
    address(clerk_li, FeedDetail.BUSY, rooms[0])
    [feed] = feeds.feeds_of(clerk_li.as_actor())
    client_for(clerk_of_other_court).post(f"/calendars/{feed.id}/revocation", status=404)
    owner = {"owner": f"resource:{rooms[0].id}", "detail": "busy", "name": "x"}
    client_for(clerk_of_other_court).post("/calendars", owner, status=422)


def test_a_room_is_never_told_in_full_even_past_the_page(clerk_li, rooms):
    with pytest.raises(sa.exc.IntegrityError):
        db.session.execute(
            sa.insert(CalendarFeed).values(
                court_id=clerk_li.court_id, claimant_kind="resource", claimant_key=str(rooms[0].id), detail="full",
                name="x", token_digest="x", made_by_id=clerk_li.id, made_at=clock.now(),
            )
        )  # fmt: skip
