"""What a court settles about its figures: the president from a day on, with a reason; the others read it."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from mediation.kernel import clock
from mediation.kernel.audit import AuditEvent
from mediation.kernel.db import db
from mediation.kernel.errors import DomainError, NotPermitted
from mediation.roster.models import Street
from mediation.statistics import asking, settling
from mediation.statistics.catalogue import Point, Reading, readings_on
from mediation.statistics.models import Population
from tests.statistics import dataset

READING, POPULATION = "/statistics/settings/reading", "/statistics/settings/population"


def said(**over):
    told = {
        "point": "withdrawal", "reading": "always", "valid_from": clock.today().isoformat(), "reason": "院务会2026年第3次决定",
    }  # fmt: skip
    return {f"reading-{name}": value for name, value in (told | over).items()}


def people(**over):
    told = {
        "street_id": "0",
        "valid_from": "2026-01-01",
        "resident": "812000",
        "floating": "95000",
        "source": "2025年统计公报",
    }
    return {f"population-{name}": value for name, value in (told | over).items()}


def last_event():
    return db.session.scalars(sa.select(AuditEvent).order_by(AuditEvent.id.desc())).first()


def test_the_president_settles_a_point_from_a_day_on(client_for, president_he, court):
    browser = client_for(president_he)
    browser.post(READING, said())
    held = readings_on(asking.settled(court.id), clock.today())
    assert held.withdrawal is Reading.ALWAYS
    assert readings_on(asking.settled(court.id), clock.today() - timedelta(days=1)).withdrawal is Reading.MEDIATED
    event = last_event()
    assert (event.action, event.facts["reading"]) == ("figure_reading.settle", "always")
    assert "院务会2026年第3次决定" in browser.get("/statistics/settings").text


@pytest.mark.parametrize(
    "over",
    [
        {"valid_from": "2020-01-01"},
        {"reading": "closed"},
        {"valid_from": "soonish"},
        {"reason": ""},
        {"point": "weather"},
    ],
)
def test_bad_input_keeps_what_was_typed(client_for, president_he, court, over):
    page = client_for(president_he).post(READING, said(**over), status=422)
    if "reason" not in over:
        assert page.field("reading-reason") == said()["reading-reason"]
    assert asking.settled(court.id) == []


def test_others_read_but_do_not_settle(client_for, clerk_li, mediator_wang, auditor):
    page = client_for(clerk_li).get("/statistics/settings")
    assert page.soup.select_one("#new-reading") is None
    for path, form in ((READING, said()), (POPULATION, people())):
        client_for(clerk_li).post(path, form, status=403)
        client_for(mediator_wang).post(path, form, status=403)
        client_for(None).post(path, form, status=401)
    client_for(mediator_wang).get("/statistics/settings", status=403)
    client_for(auditor).get("/statistics/settings", status=403)


def test_the_service_refuses_whoever_asks(clerk_li, president_he):
    today = clock.today()
    with pytest.raises(NotPermitted):
        settling.settle(clerk_li.as_actor(), Point.WITHDRAWAL, Reading.NEVER, valid_from=today, reason="理由")
    with pytest.raises(NotPermitted):
        settling.tell(clerk_li.as_actor(), street_id=None, valid_from=today, resident=1, floating=0, source="公报")
    with pytest.raises(DomainError):
        settling.settle(president_he.as_actor(), Point.FAST_TRACK, Reading.NEVER, valid_from=today, reason="理由")


def test_the_president_tells_a_population(client_for, president_he, court):
    street = dataset.put(Street, court_id=court.id, name="东关街道")
    browser = client_for(president_he)
    browser.post(POPULATION, people())
    browser.post(POPULATION, people(street_id=str(street), resident="40000", floating="0"))
    assert last_event().action == "population.tell"
    kept = db.session.scalars(sa.select(Population).order_by(Population.id)).all()
    assert [(p.street_id, p.resident, p.floating) for p in kept] == [(None, 812000, 95000), (street, 40000, 0)]
    assert "东关街道" in browser.get("/statistics/settings").soup.select_one("#population").get_text()


@pytest.mark.parametrize("over", [{"resident": "-1"}, {"resident": "many"}, {"source": ""}, {"street_id": "999999"}])
def test_a_population_nobody_can_count_is_refused(client_for, president_he, over):
    page = client_for(president_he).post(POPULATION, people(**over), status=422)
    assert page.field("population-valid_from") == "2026-01-01"
    assert db.session.scalar(sa.select(sa.func.count(Population.id))) == 0


def test_a_street_of_another_court_is_none_of_ours(president_he, clerk_of_other_court):
    theirs = dataset.put(Street, court_id=clerk_of_other_court.court_id, name="别处街道")
    with pytest.raises(DomainError):
        settling.tell(
            president_he.as_actor(), street_id=theirs, valid_from=clock.today(), resident=1, floating=0, source="公报"
        )  # fmt: skip
