"""What the eye found on paper and a test can hold: no caption alone, no drawing away from its table, one page for one form."""

import dataclasses
import json
import subprocess

from mediation.documents import composing, engine, specimen
from mediation.documents.fontset import ROOT

SPECIMENS = ROOT / "templates" / "documents" / "specimens"


def pages(kind, tmp_path, **changed):
    """The text of each page of a specimen."""
    kept = json.loads((SPECIMENS / f"{kind}.json").read_text())
    sheet = dataclasses.replace(specimen.SHEET, title=kept["title"], number=kept["number"], sealed=kept["sealed"])
    data = kept["data"] | changed
    page = composing.compose(kind, sheet, data)
    path = tmp_path / "x.pdf"
    path.write_bytes(engine.render(page.html, created=page.created, pictures=page.pictures, facts=data))
    told = subprocess.run(["pdftotext", "-layout", path, "-"], capture_output=True, text=True, check=True).stdout
    return ["".join(text.split()) for text in told.split("\f")[:-1]]


def test_a_short_table_never_leaves_its_caption_behind(tmp_path):
    for lines in range(1, 23):
        clauses = ["双方解除合同" + "，各自返还" * 5] * lines
        found = pages("confirmation_application", tmp_path, clauses=clauses)
        caption = next(text for text in found if "送达地址及联系方式" in text)
        assert "13800000001" in caption, lines


def test_the_drawing_stands_on_the_page_of_its_table(tmp_path):
    # The first table alone would have fitted the first page; its drawing takes it along.
    first, second, *_rest = pages("signing_record", tmp_path)
    assert "一、当事人" not in first
    assert "一、当事人" in second


def test_a_form_of_a_few_lines_is_one_page(tmp_path):
    assert len(pages("extension_confirmation", tmp_path)) == 1


def test_no_paper_writes_a_day_as_machines_do():
    for path in SPECIMENS.glob("*.json"):
        assert not json.loads(path.read_text())["number"].startswith("2026-"), path.name


def test_the_reason_of_a_decision_closes_with_one_stop(tmp_path):
    for reason in ("不足以影响公正审理", "不足以影响公正审理。", "不足以影响公正审理；"):
        text = "".join(pages("bench_recusal_decision", tmp_path, reason=reason))
        assert "经本院院长审查，本院认为：不足以影响公正审理。依照" in text
        assert "。。" not in text


def test_the_definitions_of_a_report_follow_their_heading_and_the_close_follows_them(tmp_path):
    found = pages("figures_report", tmp_path)
    assert "I01v1" in next(text for text in found if "附录：指标口径" in text)
    assert "启用日期" in found[-1]
