"""What people ask for that cannot be: told with advice and never answered with a figure that is silently another."""

from datetime import date, timedelta
from io import BytesIO
from urllib.parse import quote
from zipfile import BadZipFile

import pytest
import sqlalchemy as sa
from openpyxl import load_workbook

from mediation.kernel import clock
from mediation.kernel.db import db
from mediation.roster.models import Mediator
from mediation.statistics import asking, settling
from mediation.statistics.asking import Question
from mediation.statistics.catalogue import Figure, Point, Reading, Way
from mediation.statistics.rules import Period
from tests.statistics import dataset

PAGES = ("/statistics", "/statistics/catalogue", "/statistics/figure/I03b", "/statistics/pictures")
QUARTER = "first=2026-01-01&last=2026-03-31"


@pytest.fixture
def ids(court):
    return dataset.load(court.id)


@pytest.mark.parametrize("page", PAGES)
def test_a_period_that_ends_before_it_begins_is_told_so(client_for, president_he, page):
    answer = client_for(president_he).get(f"{page}?first=2026-03-01&last=2026-01-01", status=400)
    assert "2026-01-01" in answer.text
    assert "2026-03-01" in answer.text


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("typed", ["gestern", "2026-13-01", "9999999", "<script>", "0000-00-00"])
def test_a_day_that_is_none_is_told_with_advice(client_for, president_he, page, typed):
    answer = client_for(president_he).get(f"{page}?first={quote(typed)}", status=400)
    assert typed in answer.text
    assert "20260302" in answer.text


@pytest.mark.parametrize("page", PAGES)
def test_what_is_wrong_stands_beside_the_day_and_everything_typed_is_kept(ids, client_for, president_he, page):
    browser = client_for(president_he)
    for wrong, query in (("last", "first=2026-03-01&last=2026-01-01"), ("first", "first=gestern&last=2026-01-01")):
        answer = browser.get(f"{page}?{query}&by=mediator&as_of=", status=400)
        shown = answer.soup.select_one("main form input[aria-invalid]")
        assert (shown["name"], shown["aria-describedby"]) == (wrong, f"{wrong}-error")
        assert answer.soup.select_one(f"#{wrong}-error") is not None
        kept = {one["name"]: one["value"] for one in answer.soup.select("main form input")}
        assert kept == dict(part.split("=") for part in f"{query}&by=mediator&as_of=".split("&"))
        assert answer.soup.select_one("main form")["action"] == page


@pytest.mark.parametrize("page", ["/statistics", "/statistics/pictures"])
def test_a_period_ahead_says_that_nothing_was_counted(client_for, president_he, page):
    far = clock.today() + timedelta(days=400)
    answer = client_for(president_he).get(f"{page}?first={far}&last={far}")
    assert answer.soup.select_one("p.flash") is not None


def test_a_figure_asked_beyond_today_says_to_which_day_it_is_counted(client_for, president_he, court):
    today = clock.today()
    far = today + timedelta(days=30)
    page = client_for(president_he).get(f"/statistics/figure/I21h?first=2026-01-01&last={far}")
    assert page.status == 200
    whole = asking.answer(court.id, Question(Figure.I21H, Way.FLOW, Period(date(2026, 1, 1), far)))
    now = asking.answer(court.id, Question(Figure.I21H, Way.FLOW, Period(date(2026, 1, 1), today)))
    assert whole.numerator == now.numerator
    client_for(president_he).get(f"/statistics/figure/I03b?as_of={far}", status=400)
    client_for(president_he).get(
        "/statistics/figure/I03b?first=2026-03-01&last=2026-03-31&as_of=2026-02-01", status=400
    )


def test_one_day_alone_means_to_today_or_from_new_year(ids, client_for, president_he):
    page = client_for(president_he).get("/statistics?first=2026-02-01")
    assert page.field("first") == "2026-02-01"
    assert page.field("last") == clock.today().isoformat()
    page = client_for(president_he).get("/statistics?last=2025-05-05")
    assert (page.field("first"), page.field("last")) == ("2025-01-01", "2025-05-05")


def test_a_cause_that_no_longer_exists_counts_nothing_and_says_so(ids, client_for, president_he):
    browser = client_for(president_he)
    page = browser.get(f"/statistics/figure/I01?{QUARTER}&only=cause3:2011:77.99.1")
    assert page.soup.select_one(".figure-value").get_text(strip=True) == "—"
    for wrong in ("cause3:", "cause3:2011", "cause3:2011:a;b", "mediator:x", "planet:1", "mediator:99999999999999"):
        browser.get(f"/statistics/figure/I01?{QUARTER}&only={wrong}", status=400)


def test_somebody_who_does_not_exist_counts_nothing(ids, client_for, president_he):
    nobody = db.session.scalar(sa.select(sa.func.max(Mediator.id))) + 1000
    page = client_for(president_he).get(f"/statistics/figure/I03b?{QUARTER}&only=mediator:{nobody}")
    assert page.soup.select_one(".figure-value").get_text(strip=True) == "—"


def test_nothing_divided_by_nothing_is_no_figure_anywhere(client_for, president_he):
    browser, days = client_for(president_he), "first=2018-01-01&last=2018-01-02"
    values = browser.get(f"/statistics?{days}").soup.select(".figure:not(#rooms) .figure-value")
    assert {value.get_text(strip=True) for value in values} == {"—"}
    rows = [
        [cell.get_text(" ", strip=True) for cell in row.select("td")]
        for row in browser.get(f"/statistics/catalogue?{days}").soup.select("tbody tr")
    ]
    empty = [row for row in rows if " / 0 " in row[3]]
    assert len(empty) > 20
    assert {row[2] for row in empty} == {"—"}


def test_a_reading_changed_in_mid_year_is_marked_and_the_former_months_stay(ids, president_he, client_for, court):
    year = Period(date(2026, 1, 1), date(2026, 12, 31))
    before = asking.answer(court.id, Question(Figure.I03B, Way.FLOW, Period(date(2026, 1, 1), date(2026, 3, 31))))
    settling.settle(
        president_he.as_actor(),
        Point.WITHDRAWAL,
        Reading.ALWAYS,
        valid_from=clock.today(),
        reason="审委会纪要〔2026〕1号",
    )
    assert asking.answer(court.id, Question(Figure.I03B, Way.FLOW, year)).changed
    after = asking.answer(court.id, Question(Figure.I03B, Way.FLOW, Period(date(2026, 1, 1), date(2026, 3, 31))))
    assert (after.numerator, after.denominator, after.changed) == (before.numerator, before.denominator, False)
    page = client_for(president_he).get("/statistics/figure/I03b?first=2026-01-01&last=2026-12-31")
    assert page.soup.select_one("p.flash") is not None


def test_an_export_says_how_long_it_is_and_does_not_open_when_cut_off(ids, client_for, president_he):
    for url in (f"/statistics/figure/I01/spreadsheet?{QUARTER}", f"/statistics/pictures/flow/spreadsheet?{QUARTER}"):
        answer = client_for(president_he).post(url, status=200).response
        body = answer.data
        assert answer.content_length == len(body)
        assert load_workbook(BytesIO(body)).active.max_row > 1
        with pytest.raises(BadZipFile):
            load_workbook(BytesIO(body[: len(body) // 2]))
