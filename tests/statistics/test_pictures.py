"""Charts: the same numbers as the figures they show, each with its table, and nothing small where it leaves the court."""

import json
from collections import Counter
from datetime import date
from io import BytesIO

import pytest
import sqlalchemy as sa
from openpyxl import load_workbook

from mediation.disputes.models import Dispute
from mediation.kernel import clock
from mediation.kernel.audit import AuditEvent
from mediation.kernel.db import db
from mediation.statistics import asking, labels, pictures
from mediation.statistics.asking import Question
from mediation.statistics.catalogue import Figure, Way
from mediation.statistics.pictures import Node
from mediation.statistics.rules import SMALL, Period
from tests.statistics import dataset

QUARTER = Period(date(2026, 1, 1), date(2026, 3, 31))
ADDRESS = "first=2026-01-01&last=2026-03-31"


@pytest.fixture
def ids(court):
    return dataset.load(court.id)


def received(court) -> int:
    return asking.answer(court.id, Question(Figure.I01, Way.FLOW, QUARTER)).denominator


def test_the_tree_of_causes_adds_up_to_the_disputes_received(ids, court):
    picture = pictures.cause_tree(court.id, QUARTER)
    assert picture.spec["root"]["value"] == received(court) == 16

    def adds_up(node) -> bool:
        below = node["children"]
        return not below or (sum(one["value"] for one in below) == node["value"] and all(map(adds_up, below)))

    assert adds_up(picture.spec["root"])
    assert sum(row[2] for row in picture.rows if row[0] == 1) == 16


def test_the_heat_map_counts_each_dispute_at_its_hour_in_the_court_s_own_time(ids, court):
    picture = pictures.heat_map(court.id, QUARTER)
    moments = db.session.scalars(sa.select(Dispute.received_at).where(Dispute.court_id == court.id))
    expected = Counter(
        (local.weekday(), local.hour)
        for local in map(clock.local, moments)
        if QUARTER.first <= local.date() <= QUARTER.last
    )
    found = {
        (line, int(picture.spec["columns"][column])): number for column, line, number in picture.spec["cells"] if number
    }
    assert found == expected
    assert sum(found.values()) == received(court)
    assert [row[0] for row in picture.rows] == [str(word) for word in labels.WEEKDAY]


def test_every_stage_of_the_flow_carries_all_disputes(ids, court):
    picture = pictures.flow(court.id, QUARTER)
    for stage in range(3):
        links = [one for one in picture.spec["links"] if one["from"].startswith(f"{stage}:")]
        assert sum(one["value"] for one in links) == 16
    settled = [one for one in picture.spec["nodes"] if one["name"] == str(labels.OUTCOME["settled"])]
    assert settled[0]["value"] == 6


def test_a_line_across_the_change_of_2025_is_marked_there(court):
    spec = {"kind": "line", "labels": ["2024-11", "2024-12", "2025-01"], "series": [{"name": "x", "values": [1, 2, 3]}]}
    assert pictures.with_breaks(spec)["series"][0]["breaks"][0]["at"] == "2025-01"
    assert "breaks" not in pictures.with_breaks(spec | {"labels": ["2025-01", "2025-02"]})["series"][0]
    assert "breaks" not in pictures.with_breaks(spec | {"labels": ["2023-01", "2023-02"]})["series"][0]


def test_small_lines_become_one_line_of_others():
    nodes = [
        Node("a", "甲", 9, [Node("b", "乙", 6, []), Node("c", "丙", 3, [])]),
        Node("d", "丁", 2, []),
        Node("e", "戊", 4, []),
    ]
    shown = pictures.folded(nodes, SMALL)
    assert [(one.name, one.number) for one in shown] == [("甲", 9), (str(labels.OTHERS), 6)]
    assert [(one.name, one.number) for one in shown[0].below] == [(str(labels.OTHERS), 9)]


@pytest.mark.parametrize(
    ("counts", "least", "expected"),
    [
        ({"a": 9, "b": 6}, 5, set()),
        ({"a": 9, "b": 3}, 5, {"a", "b"}),
        ({"a": 9, "b": 3, "c": 6}, 5, {"b", "c"}),
        ({"a": 9, "b": 3, "c": 4}, 5, {"b", "c"}),
        ({"a": 3, "b": 0}, 5, {"a"}),
        ({"a": 3}, 0, set()),
    ],
)
def test_one_small_cell_is_not_given_away_by_the_whole(counts, least, expected):
    assert pictures.hidden(counts, least) == expected


@pytest.mark.parametrize("name", sorted(pictures.BY_NAME))
def test_no_small_cell_leaves_the_court(ids, court, name):
    """R7-13: neither drawn nor in the table."""
    picture = pictures.BY_NAME[name](court.id, QUARTER, SMALL)
    text = json.dumps(picture.spec, ensure_ascii=False)
    numbers = [cell for row in picture.rows for cell in row[1:] if isinstance(cell, int)]
    assert not [number for number in numbers if 0 < number < SMALL]
    if name == "hours":
        assert not [cell for cell in picture.spec["cells"] if cell[2] and 0 < cell[2] < SMALL]
    if name == "flow":
        assert all(one["value"] >= SMALL for one in picture.spec["links"])
    assert text


def test_each_chart_has_its_table_and_its_spreadsheet(ids, client_for, president_he):
    browser = client_for(president_he)
    page = browser.get(f"/statistics/pictures?{ADDRESS}")
    specs = {json.loads(one.string)["kind"] for one in page.soup.select("script[data-chart-spec]")}
    assert specs == {"line", "tree", "heat", "flow"}
    assert len(page.soup.select("table.list")) == 4
    assert len(page.soup.select("[data-save-chart]")) == 4
    for name in labels.PICTURE:
        answer = browser.post(f"/statistics/pictures/{name}/spreadsheet?{ADDRESS}", status=200)
        sheet = load_workbook(BytesIO(answer.response.data)).active
        shown = page.soup.select_one(f"#{name} table.list").select("tbody tr")
        assert sheet.max_row == len(shown) + 1
    last = db.session.scalars(sa.select(AuditEvent).order_by(AuditEvent.id.desc())).first()
    assert (last.action, last.facts["indicator"]) == ("statistics.export", "flow")


@pytest.mark.parametrize(("chart", "name"), [("lines", "#lines"), ("trend", "#trend")])
def test_each_chart_of_a_figure_has_its_spreadsheet_with_the_value_as_a_formula(
    ids, client_for, president_he, chart, name
):
    browser = client_for(president_he)
    page = browser.get(f"/statistics/figure/I03b?{ADDRESS}&by=mediator&step=month")
    form = page.soup.select_one(f"{name} form[method=post]")
    answer = browser.post(form["action"], status=200)
    lines = list(load_workbook(BytesIO(answer.response.data)).active.iter_rows(values_only=True))
    assert len(lines) == len(page.soup.select(f"{name} table.list tbody tr")) + 1
    assert any(isinstance(line[1], int) and line[1] for line in lines[1:])
    assert all(line[3].startswith(f"=IF(C{n}=0") for n, line in enumerate(lines[1:], 2))
    last = db.session.scalars(sa.select(AuditEvent).order_by(AuditEvent.id.desc())).first()
    assert (last.action, last.facts["only"]) == ("statistics.export", chart)


def test_a_figure_of_one_count_has_no_value_beside_it(ids, client_for, president_he):
    answer = client_for(president_he).post(f"/statistics/figure/I21a/trend/spreadsheet?{ADDRESS}", status=200)
    lines = list(load_workbook(BytesIO(answer.response.data)).active.iter_rows(values_only=True))
    assert {len(line) for line in lines} == {2}


def test_the_numbers_of_a_chart_are_numbers_in_its_spreadsheet(ids, client_for, president_he):
    answer = client_for(president_he).post(f"/statistics/pictures/hours/spreadsheet?{ADDRESS}", status=200)
    lines = list(load_workbook(BytesIO(answer.response.data)).active.iter_rows(values_only=True))
    assert all(isinstance(cell, int) for line in lines[1:] for cell in line[1:])


def test_the_spreadsheet_of_a_figure_s_chart_is_the_court_s_alone(client_for, president_he, mediator_wang):
    client_for(president_he).post(f"/statistics/figure/I03b/pie/spreadsheet?{ADDRESS}", status=404)
    client_for(president_he).post(f"/statistics/figure/I99/trend/spreadsheet?{ADDRESS}", status=404)
    client_for(mediator_wang).post(f"/statistics/figure/I03b/trend/spreadsheet?{ADDRESS}", status=403)
    client_for(None).post(f"/statistics/figure/I03b/trend/spreadsheet?{ADDRESS}", status=401)


def test_bad_addresses_are_refused(client_for, president_he):
    browser = client_for(president_he)
    browser.get("/statistics/pictures?first=2026-03-01&last=2026-01-01", status=400)
    browser.post("/statistics/pictures/pie/spreadsheet", status=404)


def test_others_stay_outside(client_for, mediator_wang):
    client_for(mediator_wang).get("/statistics/pictures", status=403)
    client_for(mediator_wang).post("/statistics/pictures/flow/spreadsheet", status=403)
    client_for(None).get("/statistics/pictures", status=401)


def test_a_period_without_disputes_says_so(client_for, president_he):
    page = client_for(president_he).get("/statistics/pictures?first=2017-06-01&last=2017-06-02")
    assert page.status == 200
