"""The screen in the hall: counts alone, small cells folded, shares that add up, no name and no rank."""

from datetime import date, timedelta

import pytest

from mediation.assignment.rules import EndCode
from mediation.disputes import services as disputes
from mediation.disputes.models import Cause, Dispute
from mediation.kernel import clock
from mediation.kernel.db import db
from mediation.kernel.i18n import force_locale
from mediation.public.screen import labels, services
from mediation.public.screen.rules import Dimension, ProblemType
from mediation.roster.models import Street
from tests import builders
from tests.statistics.dataset import put

HERE = "/screen/鲁0102"


def data(client_for, url, status=200):
    return client_for(None).get(url, status=status).response.get_json()


@pytest.fixture
def received(court, clerk_li):
    """Twelve about housing, six about lending, two about a marriage; nine of them from one street."""
    street = put(Street, court_id=court.id, name="东关街道")
    n = 0
    for code, number in (("4.10.116.2", 12), ("4.10.108.3", 6), ("2.2.14", 2)):
        if db.session.get(Cause, ("2025", code)) is None:
            put(Cause, version="2025", code=code, level=4, name=code)
        for _ in range(number):
            n += 1
            put(
                Dispute, court_id=court.id, receipt_no=f"P-{n}", source="window", received_at=clock.at(date(2026, 2, 3), 9),
                received_by_id=clerk_li.id, cause_version="2025", cause_code=code, claims="请求", facts="事实", status="received",
                street_id=street if n <= 9 else None, version=1,
            )  # fmt: skip
    return street


FEBRUARY = "from=2026-02-01&to=2026-02-28"


def test_the_pie_of_kinds_as_data(received, client_for):
    found = data(client_for, f"{HERE}/pie?dim=type&{FEBRUARY}")
    assert [(one["key"], one["count"], one["percent"]) for one in found] == [("housing", 12, 60.0), ("other", 8, 40.0)]
    assert found[0]["label"] == "房屋租赁买卖"


def test_the_pie_of_places_as_data(received, client_for):
    found = data(client_for, f"{HERE}/pie?dim=community&{FEBRUARY}")
    assert [(one["label"], one["count"], one["percent"]) for one in found] == [
        ("未记录地点", 11, 55.0),
        ("东关街道", 9, 45.0),
    ]


def test_another_period_and_another_court_have_others(received, client_for):
    assert data(client_for, f"{HERE}/pie?dim=type&from=2026-03-01&to=2026-03-31") == []
    assert data(client_for, f"/screen/鲁0103/pie?dim=type&{FEBRUARY}") == []


def test_a_pie_changes_with_the_disputes(received, court, clerk_li):
    first, last = date(2026, 2, 1), date(2026, 2, 28)
    assert sum(one.count for one in services.pie(court.id, Dimension.TYPE, first, last)) == 20
    today = clock.today()
    before = sum(one.count for one in services.pie(court.id, Dimension.TYPE, today, today))
    for _ in range(5):
        builders.make_dispute(clerk_li.as_actor())
    assert sum(one.count for one in services.pie(court.id, Dimension.TYPE, today, today)) == before + 5


@pytest.mark.parametrize(
    "query",
    ["", "dim=mediator", "dim=type&from=yesterday", "dim=type&from=2026-03-01&to=2026-02-01", "dim=type&to=0001-01-01"],
)
def test_a_wrong_question_is_told(query, client_for):
    found = data(client_for, f"{HERE}/pie?{query}", 400)
    assert found["error"]


def test_the_page_shows_counts_tables_and_rooms(received, client_for):
    page = client_for(None).get(HERE)
    assert [row.text for row in page.soup.select(".screen-counts dt")][:3] == ["今日收件", "正在调解", "今日调成"]
    assert len(page.soup.select("[data-chart-spec]")) + len(page.soup.select(".screen-pie h2")) == 2
    assert page.soup.select(".screen-rooms li")
    assert page.soup.select_one("[data-refresh='30']")


def test_too_few_disputes_make_no_pie(client_for):
    page = client_for(None).get("/screen/鲁0103")
    assert not page.soup.select("[data-chart-spec]")
    assert "数量过少" in page.text


def test_the_day_is_counted(court, clerk_li, mediator_wang):
    before = services.today(court.id)
    agreement = builders.signed_agreement(clerk_li.as_actor(), mediator_wang.as_actor())
    after = services.today(court.id)
    assert after.received == before.received + 1
    assert after.settled == before.settled + 1
    assert agreement.assignment.end_code is EndCode.AGREEMENT


def test_it_names_nobody(court, clerk_li, mediator_wang, client_for):
    agreement = builders.signed_agreement(clerk_li.as_actor(), mediator_wang.as_actor())
    text = client_for(None).get(HERE).text
    for party in disputes.parties(agreement.dispute_id):
        assert party.name not in text
    assert mediator_wang.name not in text
    assert "诉前调" not in text


def test_a_court_that_is_none_is_not_found(client_for):
    client_for(None).get("/screen/鲁9999", status=404)
    client_for(None).get("/screen", status=404)
    client_for(None).get("/screen/pie?dim=type", status=404)
    client_for(None).get("/screen/鲁9999/pie?dim=type", status=404)


def test_it_can_be_read_in_english(app, court, client_for):
    with app.test_request_context(), force_locale("en"):
        assert str(labels.PROBLEM_TYPE[ProblemType.HOUSING]) == "Housing: rent and sale"


def test_who_waits_is_near_or_past_the_last_day(court, clerk_li, mediator_wang):
    before = services.today(court.id)
    builders.accepted_assignment(clerk_li.as_actor(), mediator_wang.as_actor())
    with clock.pretend(clock.at(clock.today() + timedelta(days=60), 9)):
        assert services.today(court.id).late >= before.late + 1
