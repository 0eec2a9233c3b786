"""Finding a time on the screen: what parties said, why earlier times fell out, holding, waiting, letting go."""

from datetime import timedelta

import pytest

from mediation.kernel import audit, clock
from mediation.kernel.db import db
from mediation.scheduling import services
from mediation.scheduling.models import Booking, Unavailability, Wish
from mediation.scheduling.rules import BookingStatus, Purpose, ResourceKind, WishStatus
from tests import builders
from tests.scheduling.when import at, working_day

FIRST = working_day(1)


@pytest.fixture
def rooms(clerk_li):
    return services.resources(clerk_li.as_actor(), (ResourceKind.ROOM,))


@pytest.fixture
def assignment(clerk_li, mediator_wang):
    return builders.accepted_assignment(clerk_li.as_actor(), mediator_wang.as_actor())


@pytest.fixture
def here(assignment):
    return f"/disputes/{assignment.dispute_id}"


def first_slot(page) -> str:
    return page.soup.select_one('input[name="hold-slot"]')["value"]


def said(assignment, **over: str) -> dict[str, str]:
    return {"say-party": str(builders.party_ids(assignment.dispute_id)[0]), "say-first_day": f"{FIRST:%Y-%m-%d}",
            "say-last_day": f"{FIRST:%Y-%m-%d}", "say-part": "whole", "say-note": "出差"} | over  # fmt: skip


def wish(**over: str) -> dict[str, str]:
    return {"wish-first_day": f"{FIRST:%Y-%m-%d}", "wish-last_day": f"{FIRST + timedelta(days=30):%Y-%m-%d}",
            "wish-deadline_on": ""} | over  # fmt: skip


def test_what_a_party_said_moves_the_first_common_time_and_is_the_reason(client_for, mediator_wang, assignment, here):
    browser = client_for(mediator_wang)
    before = first_slot(browser.get(f"{here}/times"))
    assert before.startswith(at(FIRST, "09:00").isoformat())
    browser.post(f"{here}/unavailable", said(assignment))
    told = f"{FIRST.year}年{FIRST.month}月{FIRST.day}日"
    assert f"当事人自{told}至{told}不能到场。" in browser.get(here).text
    page = browser.get(f"{here}/times")
    assert first_slot(page) > before
    reasons = page.soup.select("details.why table.passed")
    assert "刘某" in reasons[0].get_text()
    row = db.session.scalars(db.select(Unavailability)).one()
    browser.post(f"{here}/unavailable/{row.id}/withdrawal")
    assert first_slot(browser.get(f"{here}/times")) == before
    acts = {e.action for e in audit.of_dispute(assignment.dispute_id)}
    assert {"unavailability.say", "unavailability.take_back"} <= acts
    assert list(audit.verify()) == []


def test_the_reasons_name_the_persons_meeting_and_never_the_other_case(
    client_for, clerk_li, mediator_wang, rooms, assignment, here
):
    other = builders.make_dispute(clerk_li.as_actor(), parties=[builders.a_tenant(name="秘某"), builders.a_landlord()])
    services.book(
        clerk_li.as_actor(), purpose=Purpose.SESSION, dispute_id=other.id, resource_id=rooms[0].id,
        starts_at=at(FIRST, "09:00"), ends_at=at(FIRST, "11:00"), mediator_ids=[mediator_wang.mediator_id],
    )  # fmt: skip
    page = client_for(clerk_li).get(f"{here}/times?purpose=session&minutes=60&kind=room&seats=0&equipment=&judge=0&since="
                                    + "".join(f"&parties={i}" for i in builders.party_ids(assignment.dispute_id)))  # fmt: skip
    assert first_slot(page).startswith(at(FIRST, "11:00").isoformat())
    why = page.soup.select_one("details.why table.passed").get_text()
    assert "王调解" in why
    assert "秘某" not in page.text


@pytest.mark.parametrize(
    "wrong",
    [{"say-last_day": "2020-01-01"}, {"say-last_day": f"{clock.today() + timedelta(days=120):%Y-%m-%d}"},
     {"say-first_day": "2月30日"}, {"say-part": "evening"}],
)  # fmt: skip
def test_days_that_cannot_be_are_refused_and_kept(client_for, mediator_wang, assignment, here, wrong):
    page = client_for(mediator_wang).post(f"{here}/unavailable", said(assignment, **wrong), status=422)
    assert page.errors()
    assert page.field("say-note") == "出差"
    assert not db.session.scalars(db.select(Unavailability)).all()


def test_holding_letting_go_and_taking_up(client_for, mediator_wang, clerk_li, assignment, here):
    browser = client_for(mediator_wang)
    sent = {"hold-slot": first_slot(browser.get(f"{here}/times")), "hold-lasting": "2", "hold-note": "等被申请人答复"}
    browser.post(f"{here}/holds", sent)
    held = db.session.scalars(db.select(Booking)).one()
    assert held.status is BookingStatus.HELD
    assert {c.claimant_key for c in held.claims if c.claimant_kind == "mediator"} == {str(mediator_wang.mediator_id)}
    page = browser.get("/schedule/waiting")
    fix = page.soup.select_one(f"#hold-{held.id} a.btn-primary")["href"]
    offered = browser.get(fix)
    plan = offered.soup.select_one('a[href*="/sessions/new"]')["href"]
    assert plan.startswith(f"/assignments/{assignment.id}/")
    form = browser.get(plan)
    assert (form.field("time"), form.field("minutes")) == ("09:00", "90")
    taken = browser.post(f"{here}/holds", sent, status=422)
    assert taken.errors()
    assert taken.field("hold-note") == "等被申请人答复"
    browser.post(f"/bookings/{held.id}/hold-end")
    assert db.session.get_one(Booking, held.id).status is BookingStatus.DROPPED
    browser.post(f"/bookings/{held.id}/hold-end", status=409)
    assert "booking.drop" in {e.action for e in audit.of_dispute(assignment.dispute_id)}


@pytest.mark.parametrize("wrong", [{"hold-slot": "x"}, {"hold-slot": ""}, {"hold-lasting": "1000"}])
def test_a_hold_that_cannot_be_is_refused(client_for, mediator_wang, here, wrong):
    browser = client_for(mediator_wang)
    sent = {"hold-slot": first_slot(browser.get(f"{here}/times")), "hold-lasting": "24", "hold-note": "记"} | wrong
    page = browser.post(f"{here}/holds", sent, status=422)
    assert page.errors()
    assert page.field("hold-note") == "记"
    assert not db.session.scalars(db.select(Booking)).all()


def test_waiting_and_withdrawing(client_for, clerk_li, rooms, assignment, here):
    browser, clerk = client_for(clerk_li), clerk_li.as_actor()
    for room in rooms:
        services.book(
            clerk, purpose=Purpose.BLOCKED, resource_id=room.id, starts_at=at(FIRST, "00:10"),
            ends_at=at(FIRST + timedelta(days=60), "00:00"), note="装修",
        )  # fmt: skip
    assert "no common" not in browser.get(f"{here}/times").text.lower()
    page = browser.post(f"{here}/wishes", wish(**{"wish-last_day": "2020-01-01"}), status=422)
    assert page.errors()
    browser.post(f"{here}/wishes", wish())
    browser.post(f"{here}/wishes", wish(), status=422)
    found = db.session.scalars(db.select(Wish)).one()
    assert found.status is WishStatus.WAITING
    browser.post(f"/wishes/{found.id}/withdrawal")
    browser.post(f"/wishes/{found.id}/withdrawal", status=409)
    assert db.session.get_one(Wish, found.id).status is WishStatus.WITHDRAWN


@pytest.mark.parametrize(
    ("who", "reads", "holds"),
    [
        ("clerk_li", 200, 422), ("mediator_wang", 200, 422), ("judge_zhou", 200, 403), ("triage_sun", 200, 403),
        ("president_he", 200, 403), ("mediator_zhao", 404, 404), ("clerk_of_other_court", 404, 404),
        ("sysadmin", 403, 403),
    ],
)  # fmt: skip
def test_who_looks_and_who_holds(request, client_for, assignment, here, who, reads, holds):
    browser = client_for(request.getfixturevalue(who))
    browser.get(f"{here}/times", status=reads)
    browser.post(f"{here}/holds?purpose=session", {"hold-slot": ""}, status=holds)
    browser.post(f"{here}/wishes?purpose=session", wish(**{"wish-first_day": "x"}), status=holds)


def test_strangers_see_neither_held_times_nor_wishes(
    client_for, clerk_li, mediator_wang, mediator_zhao, president_he, assignment, here
):
    browser = client_for(mediator_wang)
    slot = first_slot(browser.get(f"{here}/times"))
    browser.post(f"{here}/holds", {"hold-slot": slot, "hold-lasting": "2"})
    held = db.session.scalars(db.select(Booking)).one()
    stranger = client_for(mediator_zhao)
    assert not stranger.get("/schedule/waiting").soup.select(f"#hold-{held.id}")
    stranger.post(f"/bookings/{held.id}/hold-end", status=404)
    reader = client_for(president_he)
    row = reader.get("/schedule/waiting").soup.select_one(f"#hold-{held.id}")
    assert not row.select("a.btn-primary")
    # Whoever mediates fixes the meeting, and the registry (DOMAIN 2.2).
    assert client_for(clerk_li).get("/schedule/waiting").soup.select(f"#hold-{held.id} a.btn-primary")
    reader.post(f"/bookings/{held.id}/hold-end", status=403)
    for locale in ("zh", "en"):
        browser.post("/preferences", {"locale": locale})
        browser.get("/schedule/waiting")
        browser.get(f"{here}/times?parties=999999", status=422)
