"""docs/documents.md stays true: every template has its line, every line its template and its test."""

import re

import pytest

from mediation.documents import catalogue, fontset
from mediation.kernel.law import cite
from tests.documents.test_every import DUTIES, KINDS

LINES = [
    [cell.strip() for cell in line.strip("|\n").split("|")]
    for line in (fontset.ROOT / "docs" / "documents.md").read_text().splitlines()
    if re.match(r"\| \d", line)
]


def test_every_template_has_its_line():
    assert sorted(line[3] for line in LINES) == KINDS


def test_the_product_shows_administrators_the_same():
    assert [tuple(line[:4]) for line in LINES] == [(e.number, e.title, e.source, e.kind) for e in catalogue.ENTRIES]


@pytest.mark.parametrize("line", LINES, ids=[line[3] for line in LINES])
def test_each_line_names_a_document_a_rule_and_its_duties(line):
    number, document, rule, template, duties = line
    assert document
    assert re.fullmatch(r"\d+b?", number)
    assert all(cite(article) for article in rule.split("; "))
    assert duties
    assert DUTIES[template]
