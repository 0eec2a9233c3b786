"""The president's page: figures open to cases, cases to a spreadsheet."""

import re
from datetime import date, timedelta
from io import BytesIO

import pytest
import sqlalchemy as sa
from openpyxl import load_workbook

from mediation.kernel import clock
from mediation.kernel.audit import AuditEvent
from mediation.kernel.db import db
from mediation.scheduling import services as scheduling
from mediation.scheduling.services import using
from mediation.statistics import figure_views
from mediation.statistics.apart import Line
from mediation.statistics.asking import Question
from mediation.statistics.catalogue import Dimension, Figure, Unit, Way
from mediation.statistics.rules import Period
from tests import builders
from tests.statistics import dataset

QUARTER = "first=2026-01-01&last=2026-03-31"


@pytest.fixture
def ids(court):
    return dataset.load(court.id)


def test_each_figure_shows_its_counts_and_opens_to_its_cases(ids, client_for, president_he):
    browser = client_for(president_he)
    page = browser.get(f"/statistics?{QUARTER}")
    assert "56.25 %" in page.text
    links = [a["href"] for a in page.soup.select(".figure:not(#rooms) .figure-counts a")]
    assert len(links) == 24
    for href in links:
        cases = browser.get(href)
        shown = int(
            next(a for a in page.soup.select(".figure:not(#rooms) .figure-counts a") if a["href"] == href)
            .get_text()
            .split()[0]
        )
        assert len(cases.soup.select("table.work-list tbody tr")) == shown


@pytest.mark.parametrize(
    ("figure", "unit", "drawn"),
    [(Figure.I03B, Unit.PERCENT, [[3, 1], [4, 2]]), (Figure.I01, Unit.NUMBER, [[3, 1], [4, 2]]),
     (Figure.I12A, Unit.DAYS, [[0.75, 0.5]]), (Figure.I19, Unit.PER_10_000, [[7_500.0, 5_000.0]])],
)  # fmt: skip
def test_counts_stand_beside_each_other_and_what_is_measured_is_drawn_as_its_value(app, figure, unit, drawn):
    lines = [Line("1", "王调解", 3, 4, ""), Line("2", "赵调解", 1, 2, "")]
    question = Question(figure, Way.FLOW, Period(date(2026, 1, 1), date(2026, 3, 31)))
    with app.test_request_context():
        found = figure_views._bars(question, unit, lines, Dimension.MEDIATOR)
    assert [series["values"] for series in found["series"]] == drawn
    assert bool(found.get("unit")) is (len(drawn) == 1)


def test_the_use_of_the_rooms_opens_to_the_page_that_counts_the_same(client_for, president_he, clerk_li, mediator_wang):
    made = builders.accepted_assignment(clerk_li.as_actor(), mediator_wang.as_actor())
    session = builders.planned_session(mediator_wang.as_actor(), made)
    day = clock.local(scheduling.get(clerk_li.as_actor(), session.booking_id).starts_at).date()
    browser = client_for(president_he)
    figure = browser.get(f"/statistics?first={day}&last={day}").soup.select_one("#rooms")
    use = using.use_of_rooms(president_he.as_actor(), day, day)
    assert use.numerator > 0
    link = figure.select_one(".figure-counts a")
    assert (str(use.numerator), str(use.denominator)) == tuple(re.findall(r"\d+", link.get_text()))
    rooms = browser.get(link["href"])
    assert f"{use.numerator}" in rooms.soup.select_one("table.list").get_text()
    far = f"first={day - timedelta(days=400)}&last={day}"
    assert browser.get(f"/statistics?{far}").soup.select_one("#rooms") is None


def test_the_table_under_the_chart_has_the_same_numbers(ids, client_for, president_he):
    page = client_for(president_he).get(f"/statistics?{QUARTER}")
    assert page.soup.select_one("script[data-chart-spec]") is not None
    rows = page.soup.select("table.list tbody tr")
    assert len(rows) == 12
    assert [td.get_text(strip=True) for td in rows[-1].select("td")][:3] == ["2", "2", "2"]


@pytest.mark.parametrize("query", [QUARTER, "first=2026-01-01&last=2026-12-31", "first=2020-01-01&last=2026-03-31"])
def test_the_chart_has_its_spreadsheet_with_the_months_shown(ids, client_for, president_he, query):
    browser = client_for(president_he)
    page = browser.get(f"/statistics?{query}")
    form = page.soup.select_one("form[action*='/pictures/months/spreadsheet']")
    sheet = load_workbook(BytesIO(browser.post(form["action"], status=200).response.data)).active
    shown = [row.select_one("th").get_text(strip=True) for row in page.soup.select("table.list tbody tr")]
    assert [row[0].value for row in sheet.iter_rows(min_row=2)] == shown


@pytest.mark.parametrize("query", ["span=month", "span=quarter", "span=year", "span=all", "span=nonsense", ""])
def test_periods(client_for, president_he, query):
    client_for(president_he).get(f"/statistics?{query}")


@pytest.mark.parametrize("query", ["first=x&last=2026-01-01", "first=2026-02-01&last=2026-01-01"])
def test_a_period_that_is_none_is_refused(client_for, president_he, query):
    client_for(president_he).get(f"/statistics?{query}", status=400)


def test_an_unknown_figure_is_not_found(client_for, president_he):
    client_for(president_he).get("/statistics/I99/numerator", status=404)
    client_for(president_he).get("/statistics/I01/middle", status=404)


def test_taking_the_list_along_is_written_down(ids, client_for, president_he):
    browser = client_for(president_he)
    answer = browser.post(f"/statistics/I01/numerator/spreadsheet?{QUARTER}", status=200)
    assert answer.response.data[:2] == b"PK"
    last = db.session.scalars(sa.select(AuditEvent).order_by(AuditEvent.id.desc())).first()
    assert last.action == "statistics.export"
    assert last.facts["rows"] == 9


def test_others_stay_outside(client_for, mediator_wang, auditor):
    client_for(mediator_wang).get("/statistics", status=403)
    client_for(auditor).get("/statistics", status=403)
    client_for(None).get("/statistics", status=401)
