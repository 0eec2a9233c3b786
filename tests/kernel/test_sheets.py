"""What leaves the house as a list is text, whatever stands in it."""

import csv
import io

import pytest
from openpyxl import load_workbook

from mediation.kernel import sheets

HOSTILE = [
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "  =1",
    "＝1+1",
    "＋1",
    "－1",
    "＠x",
    "\0=1",
    "\u200b=1",
    "\u3000=1",
]
PLAIN = ["刘某 诉 汪某", "（2026）鲁0102诉前调1号", "a=b", "", "1200.00", '逗号,引号"换行\n']


@pytest.mark.parametrize("text", HOSTILE)
def test_nothing_is_taken_for_a_formula(text):
    cell = load_workbook(io.BytesIO(sheets.workbook("x", ["h"], [[text]]))).active["A2"]
    assert cell.data_type == "s"
    assert cell.value.startswith("'")
    told = list(csv.reader(io.StringIO(sheets.comma_separated(["h"], [[text]]).decode("utf-8-sig"))))
    assert told[1][0].startswith("'")


@pytest.mark.parametrize("text", PLAIN)
def test_what_is_harmless_stays_as_it_is(text):
    told = list(csv.reader(io.StringIO(sheets.comma_separated(["h"], [[text, "x"]]).decode("utf-8-sig"), newline="")))
    assert told[1][0] == text
