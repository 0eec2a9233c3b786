"""A figure taken apart: the lines add up, each opens to its cases, the spreadsheet counts by itself, the address restores."""

import json
import re
from dataclasses import replace
from datetime import date, timedelta
from io import BytesIO

import openpyxl
import pytest
import sqlalchemy as sa

from mediation.disputes.models import Cause, Dispute
from mediation.kernel import clock
from mediation.kernel.audit import AuditEvent
from mediation.kernel.db import db
from mediation.roster.models import Mediator, Organisation, Street
from mediation.statistics import apart, asking
from mediation.statistics.apart import Only
from mediation.statistics.asking import Question
from mediation.statistics.catalogue import CAUSES, DEFINITIONS, Dimension, Figure, Unit, Way
from mediation.statistics.rules import Part, Period, Step
from tests import builders
from tests.statistics import dataset
from tests.statistics.history import History

F, FLOW = Figure, Way.FLOW
QUARTER = Period(date(2026, 1, 1), date(2026, 3, 31))
Q = "first=2026-01-01&last=2026-03-31"


@pytest.fixture
def ids(court):
    return dataset.load(court.id)


@pytest.fixture
def history(court):
    return History(court.id, 5, 40)


def countable():
    return [(d, dimension) for d in DEFINITIONS for dimension in d.dimensions if d.figure not in {F.I20, F.I22}]


def test_every_line_of_every_figure_is_the_figure_of_its_cases(history, court):
    """For each figure and each way of taking it apart: the line says what asking for that line alone says."""
    for definition, dimension in countable():
        question = Question(definition.figure, definition.natural, QUARTER)
        lines = apart.by(court.id, question, dimension)
        for line in lines[:2]:
            alone = apart.answer(court.id, question, Only(dimension, line.key))
            assert (alone.numerator, alone.denominator) == (line.numerator, line.denominator), (
                definition.figure,
                dimension,
            )


@pytest.mark.parametrize("dimension", [*CAUSES, Dimension.ROUTE, Dimension.SOURCE, Dimension.STREET])
def test_the_lines_of_what_a_dispute_has_once_add_up(history, court, dimension):
    for figure in (F.I01, F.I03B, F.I12A, F.I24):
        question = Question(figure, FLOW, QUARTER)
        whole, lines = asking.answer(court.id, question), apart.by(court.id, question, dimension)
        assert sum(line.numerator for line in lines) == whole.numerator
        assert sum(line.denominator for line in lines) == whole.denominator


def test_lines_carry_names(ids, court):
    person = db.session.get(Mediator, dataset.any_mediator())
    cause = db.session.scalars(sa.select(Cause).where(Cause.level == 3).limit(1)).first()
    asked = Question(F.I03B, FLOW, QUARTER)
    assert [line.name for line in apart.by(court.id, asked, Dimension.MEDIATOR)] == [person.name]
    assert [line.name for line in apart.by(court.id, asked, Dimension.CAUSE_3)] == [cause.name]
    first = apart.by(court.id, asked, Dimension.CAUSE_1)[0]
    assert (first.key, first.numerator, first.denominator) == (f"{cause.version}:{cause.code.split('.')[0]}", 5, 8)
    by_body = apart.by(court.id, asked, Dimension.ORGANISATION)
    body = person.organisation_id and db.session.get(Organisation, person.organisation_id)
    assert [line.name for line in by_body] == [body.name if body else ""]


def test_a_cause_that_no_longer_exists_keeps_its_name_and_its_line(ids, court):
    dataset.put(Cause, version="2008", code="9.9", level=2, name="旧案由")
    db.session.connection().execute(
        sa.update(Dispute.__table__)
        .where(Dispute.__table__.c.id == ids["D01"])
        .values(cause_version="2008", cause_code="9.9")
    )
    lines = apart.by(court.id, Question(F.I01, FLOW, QUARTER), Dimension.CAUSE_3)
    assert {line.name: line.denominator for line in lines}["旧案由"] == 1
    assert apart.answer(court.id, Question(F.I01, FLOW, QUARTER), Only(Dimension.CAUSE_3, "2008:9.9")).denominator == 1


def test_a_community_belongs_to_its_street(ids, court):
    street = dataset.put(Street, court_id=court.id, name="东关街道")
    community = dataset.put(Street, court_id=court.id, name="和平社区", parent_id=street)
    disputes = Dispute.__table__
    for name, where in (("D01", street), ("D02", community)):
        db.session.connection().execute(sa.update(disputes).where(disputes.c.id == ids[name]).values(street_id=where))
    asked = Question(F.I01, FLOW, QUARTER)
    assert {x.name: x.denominator for x in apart.by(court.id, asked, Dimension.STREET)} == {"": 14, "东关街道": 2}
    assert {x.name: x.denominator for x in apart.by(court.id, asked, Dimension.COMMUNITY)} == {"": 15, "和平社区": 1}


def test_a_figure_is_not_taken_apart_by_what_its_halves_do_not_share(ids, court):
    with pytest.raises(LookupError):
        apart.by(court.id, Question(F.I05, FLOW, QUARTER), Dimension.MEDIATOR)


@pytest.mark.parametrize(
    ("step", "number", "first", "last"),
    [
        (Step.DAY, 90, ("2026-01-01", "2026-01-01"), ("2026-03-31", "2026-03-31")),
        (Step.WEEK, 14, ("2026-01-01", "2026-01-04"), ("2026-03-30", "2026-03-31")),
        (Step.MONTH, 3, ("2026-01-01", "2026-01-31"), ("2026-03-01", "2026-03-31")),
        (Step.QUARTER, 1, ("2026-01-01", "2026-03-31"), ("2026-01-01", "2026-03-31")),
        (Step.YEAR, 1, ("2026-01-01", "2026-03-31"), ("2026-01-01", "2026-03-31")),
    ],
)
def test_steps(step, number, first, last):
    found = apart.steps(QUARTER, step)
    assert len(found) == number
    for period, (a, b) in ((found[0], first), (found[-1], last)):
        assert (period.first.isoformat(), period.last.isoformat()) == (a, b)


def test_the_steps_of_events_add_up(history, court):
    for step in (Step.DAY, Step.WEEK, Step.MONTH):
        found = apart.over_time(court.id, Question(F.I21D, FLOW, QUARTER), step)
        assert sum(one.numerator for one in found) == asking.answer(court.id, Question(F.I21D, FLOW, QUARTER)).numerator


def test_a_long_period_is_shown_in_longer_steps():
    assert apart.fitting(QUARTER, Step.DAY) is Step.DAY
    assert apart.fitting(Period(date(2017, 6, 1), date(2026, 3, 31)), Step.DAY) is Step.MONTH
    assert apart.fitting(Period(date(2024, 6, 1), date(2026, 3, 31)), Step.DAY) is Step.WEEK
    assert len(apart.steps(Period(date(1900, 1, 1), date(2026, 1, 1)), Step.YEAR)) == 127


@pytest.mark.parametrize(
    ("period", "former"),
    [
        (Period(date(2024, 2, 1), date(2024, 2, 29)), Period(date(2023, 2, 1), date(2023, 2, 28))),
        (Period(date(2025, 2, 1), date(2025, 2, 28)), Period(date(2024, 2, 1), date(2024, 2, 29))),
        (Period(date(2024, 2, 29), date(2024, 3, 5)), Period(date(2023, 2, 28), date(2023, 3, 5))),
        (QUARTER, Period(date(2025, 1, 1), date(2025, 3, 31))),
    ],
)
def test_the_same_days_of_last_year(period, former):
    assert apart.last_year(period) == former


# ---- pages ----------------------------------------------------------------------------------------------------------------


def test_all_figures_stand_on_one_page(ids, client_for, president_he):
    page = client_for(president_he).get(f"/statistics/catalogue?{Q}")
    rows = page.soup.select("table.work-list tbody tr")
    assert len(rows) == len(Figure)
    assert "56.25 %" in rows[0].get_text()


@pytest.mark.parametrize("definition", DEFINITIONS, ids=lambda d: d.figure.value)
def test_every_figure_has_a_page_that_restores_itself(ids, client_for, president_he, court, definition):
    browser = client_for(president_he)
    page = browser.get(f"/statistics/figure/{definition.figure.value}?{Q}")
    expected = asking.answer(court.id, Question(definition.figure, definition.natural, QUARTER))
    value = page.soup.select_one(".figure-value").get_text(strip=True)
    assert value.startswith(expected.text)
    assert definition.name in page.soup.select_one("h1").get_text()
    again = browser.get(re.sub(r"^https?://[^/]+", "", page.soup.select_one("a[rel=bookmark]")["href"]))
    assert again.soup.select_one(".figure-value").get_text(strip=True) == value
    assert [r.get_text() for r in again.soup.select("#lines tr")] == [
        r.get_text() for r in page.soup.select("#lines tr")
    ]


def test_each_count_opens_to_exactly_its_cases(ids, client_for, president_he):
    browser = client_for(president_he)
    page = browser.get(f"/statistics/figure/I03b?{Q}&by=mediator")
    links = (
        page.soup.select(".figure-counts a")
        + page.soup.select("#lines tbody td a")
        + page.soup.select("#trend tbody a")
    )
    assert len(links) >= 5
    for link in links:
        number = int(re.match(r"\d+", link.get_text(strip=True)).group())
        assert len(browser.get(link["href"]).soup.select("table.work-list tbody tr")) == number


def test_every_count_of_a_line_opens_its_cases(ids, client_for, president_he):
    page = client_for(president_he).get(f"/statistics/figure/I03b?{Q}&by=mediator")
    for row in page.soup.select("#lines tbody tr"):
        parts = [re.search(r"/I03b/(\w+)\?", a["href"]).group(1) for a in row.select("td a")]
        assert parts == ["numerator", "denominator"]


def test_counts_are_said_with_their_measure_and_headed_without(ids, client_for, president_he):
    browser = client_for(president_he)
    counts = browser.get(f"/statistics/figure/I03b?{Q}").soup.select_one(".figure-counts")
    assert counts.get_text(" ", strip=True) == "5 件成功 / 8 件终结"
    assert browser.get(f"/statistics/figure/I03b/numerator?{Q}").soup.h1.get_text().endswith("：成功")
    days = browser.get(f"/statistics/figure/I12a?{Q}").soup.select_one(".figure-counts")
    assert days.get_text(" ", strip=True) == "225 日 / 8 件终结"


def test_a_change_is_said_with_its_unit_and_the_same_days_are_compared_once(ids, client_for, president_he):
    browser = client_for(president_he)
    quarter = browser.get("/statistics/figure/I12a?first=2026-01-01&last=2026-02-28").soup
    assert len(quarter.select(".figure-before")) == 2
    year = browser.get("/statistics/figure/I21d?first=2026-01-01&last=2026-12-31").soup.select(".figure-before")
    assert len(year) == 1
    assert year[0].get_text(strip=True).startswith("去年同期")
    assert "变化 +" in year[0].get_text()


def test_a_month_of_the_trend_is_marked_by_its_number(ids, client_for, president_he):
    soup = client_for(president_he).get(f"/statistics/figure/I03b?{Q}").soup
    marks = [json.loads(one.string)["labels"] for one in soup.select("#trend script[data-chart-spec]")]
    assert marks == [["2026-01", "2026-02", "2026-03"]]


def test_days_stand_beside_the_cases_they_come_from(ids, client_for, president_he):
    page = client_for(president_he).get(f"/statistics/figure/I12a/numerator?{Q}")
    days = [int(row.select("td")[-1].get_text()) for row in page.soup.select("table.work-list tbody tr")]
    assert sorted(days) == sorted([28, 9, 26, 31, 52, 41, 9, 29])


def test_as_of_and_ways_stand_in_the_address(ids, client_for, president_he):
    dataset.as_it_happened()
    browser = client_for(president_he)
    page = browser.get("/statistics/figure/I03a?first=2026-01-01&last=2026-03-31&as_of=2026-02-10&way=cohort")
    assert page.soup.select_one(".figure-value").get_text(strip=True) == "28.57 %"
    assert "as_of=2026-02-10" in page.soup.select_one("a[rel=bookmark]")["href"]
    whole = browser.get("/statistics/figure/I03a?last=2026-03-31&way=cumulative")
    assert whole.soup.select_one(".figure-value").get_text(strip=True) == "50.00 %"


def test_the_change_of_2025_is_marked_where_it_bites(ids, client_for, president_he):
    browser = client_for(president_he)
    marked = browser.get("/statistics/figure/I05?first=2025-01-01&last=2025-12-31")
    assert marked.soup.select_one("p.flash") is not None
    assert browser.get("/statistics/figure/I05?first=2026-07-01&last=2026-09-30").soup.select_one("p.flash") is None
    assert browser.get("/statistics/figure/I12a?first=2025-01-01&last=2025-12-31").soup.select_one("p.flash") is None


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/statistics/figure/I99", 404),
        ("/statistics/figure/I01/middle", 404),
        ("/statistics/figure/I22/numerator", 404),
        ("/statistics/figure/I21a/denominator", 404),
        ("/statistics/figure/I01?first=2026-03-31&last=2026-01-01", 400),
        ("/statistics/figure/I01?first=yesterdayish", 400),
        ("/statistics/figure/I01?as_of=2099-01-01", 400),
        (f"/statistics/figure/I01?{Q}&as_of=2025-01-01", 400),
        (f"/statistics/figure/I14?{Q}&way=flow", 400),
        (f"/statistics/figure/I01?{Q}&by=mediator", 400),
        (f"/statistics/figure/I01?{Q}&step=hour", 400),
        (f"/statistics/figure/I01?{Q}&only=mediator:1", 400),
        (f"/statistics/figure/I03b?{Q}&only=mediator:x", 400),
        (f"/statistics/figure/I01?{Q}&only=cause1:", 400),
        (f"/statistics/figure/I01?{Q}&only=route:Z", 400),
        ("/statistics/figure/I01?way=cumulative&last=2001-01-01", 400),
    ],
)
def test_what_cannot_be_asked_is_refused(client_for, president_he, path, status):
    client_for(president_he).get(path, status=status)


@pytest.mark.parametrize(
    "path", ["/statistics/catalogue", "/statistics/figure/I01", "/statistics/figure/I01/numerator"]
)
def test_others_stay_outside(client_for, mediator_wang, auditor, path):
    client_for(mediator_wang).get(path, status=403)
    client_for(auditor).get(path, status=403)
    client_for(None).get(path, status=401)


def test_another_courts_lines_are_never_shown(ids, client_for, clerk_of_other_court):
    page = client_for(clerk_of_other_court).get(f"/statistics/figure/I03b?{Q}")
    assert page.soup.select_one(".figure-value").get_text(strip=True) == "—"
    assert page.soup.select("#lines tbody tr") == []


# ---- the spreadsheet --------------------------------------------------------------------------------------------------------


def calculated(body):
    """What a spreadsheet program shows: our formulas worked out over the listed rows."""
    book = openpyxl.load_workbook(BytesIO(body))
    first, second = book.worksheets
    said = {row[0].value: row[1].value for row in first.iter_rows(max_col=2)}

    def total(formula):
        column, begins, ends = re.search(r"!([EF])(\d+):[EF](\d+)", formula).groups()
        cells = second[f"{column}{begins}:{column}{ends}"]
        return sum(cell.value or 0 for (cell,) in cells)

    formulas = [value for value in said.values() if str(value).startswith("=SUM")]
    return said, [total(formula) for formula in formulas], second


@pytest.mark.parametrize("definition", [d for d in DEFINITIONS if d.figure is not F.I22], ids=lambda d: d.figure.value)
def test_the_sheet_counts_the_figure_from_its_rows(ids, client_for, president_he, court, definition):
    answer = client_for(president_he).post(f"/statistics/figure/{definition.figure.value}/spreadsheet?{Q}", status=200)
    expected = asking.answer(court.id, Question(definition.figure, definition.natural, QUARTER))
    said, totals, rows = calculated(answer.response.data)
    counted = [expected.numerator]
    if expected.denominator is not None and definition.unit is not Unit.PER_10_000:
        counted.append(expected.denominator)
    assert totals == counted
    last = list(said.values())[-1]
    assert str(last).startswith("=")
    if definition.denominator is not None:
        assert "IF(" in last
        assert "—" in last
    assert rows.max_row >= 1
    event = db.session.scalars(sa.select(AuditEvent).order_by(AuditEvent.id.desc())).first()
    assert (event.action, event.facts["indicator"]) == ("statistics.export", definition.figure.value)


def test_the_sheet_of_one_line_lists_its_cases_alone(ids, client_for, president_he, court):
    key = apart.by(court.id, Question(F.I03B, FLOW, QUARTER), Dimension.MEDIATOR)[0].key
    answer = client_for(president_he).post(f"/statistics/figure/I03b/spreadsheet?{Q}&only=mediator:{key}", status=200)
    _said, totals, rows = calculated(answer.response.data)
    assert totals == [5, 8]
    assert rows.max_row == 9


def test_a_name_that_looks_like_a_formula_stays_text(ids, client_for, president_he):
    cause = db.session.scalars(sa.select(Cause).where(Cause.level == 3).limit(1)).first()
    db.session.connection().execute(
        sa.update(Cause.__table__).where(Cause.__table__.c.code == cause.code).values(name="=1+1")
    )
    answer = client_for(president_he).post(f"/statistics/figure/I01/spreadsheet?{Q}", status=200)
    _said, _totals, rows = calculated(answer.response.data)
    assert rows["B2"].data_type == "s"
    assert rows["B2"].value == "'=1+1"


def test_rooms_are_listed_with_their_minutes(client_for, president_he, clerk_li, mediator_wang, court):
    with clock.pretend(clock.at(date(2026, 3, 2), 9)):
        made = builders.accepted_assignment(clerk_li.as_actor(), mediator_wang.as_actor())
        session = builders.planned_session(mediator_wang.as_actor(), made)
    day = clock.local(db.session.get(apart.Booking, session.booking_id).starts_at).date()
    question = Question(F.I22, FLOW, Period(day, day))
    lines = apart.by(court.id, question, Dimension.ROOM)
    assert len(lines) > 1
    assert sum(line.numerator for line in lines) > 0
    assert sum(line.denominator for line in lines) == asking.answer(court.id, question).denominator
    assert apart.rows_of(court.id, question, Part.NUMERATOR) is None
    answer = client_for(president_he).post(f"/statistics/figure/I22/spreadsheet?first={day}&last={day}", status=200)
    _said, totals, _rows = calculated(answer.response.data)
    assert totals[1] == sum(line.denominator for line in lines)


def test_what_is_counted_since_the_opening_is_held_against_a_year_ago_alone(court):
    opened = date(2017, 6, 1)
    question = Question(Figure.I03A, Way.CUMULATIVE, Period(opened, date(2026, 3, 31)))
    former = [one.question.period for one in apart.compared(court.id, question)[1:]]
    assert former == [Period(opened, date(2025, 3, 31))]
    young = replace(question, period=Period(opened, opened + timedelta(days=40)))
    assert apart.compared(court.id, young)[1:] == []
