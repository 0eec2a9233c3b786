"""Composing: what reaches the page, and what is refused before it does."""

import dataclasses
import datetime as dt

import jinja2
import pytest

from mediation.documents import composing, specimen


def test_values_are_escaped():
    data = {**specimen.DATA, "conclusion": '<script>alert(1)</script><img src="file:///etc/passwd">'}
    html = composing.compose("specimen", specimen.SHEET, data).html
    assert "&lt;script&gt;alert(1)&lt;/script&gt;&lt;img src=&#34;file" in html


def test_a_forgotten_value_is_an_error():
    data = {key: value for key, value in specimen.DATA.items() if key != "decided_on"}
    with pytest.raises(jinja2.UndefinedError, match="decided_on"):
        composing.compose("specimen", specimen.SHEET, data)


@pytest.mark.parametrize("code", ['A"; content: url(file:///etc/passwd)', "ABC\\A ABCDEF", "短码", "a b c d e f", "AB"])
def test_a_code_that_is_none_is_refused(code):
    with pytest.raises(ValueError, match="verification code"):
        composing.compose("specimen", dataclasses.replace(specimen.SHEET, code=code), specimen.DATA)


def test_the_version_is_stable_and_belongs_to_the_template():
    assert composing.version("specimen") == composing.version("specimen")
    assert len(composing.version("specimen")) == 12


@pytest.mark.parametrize("value", [dt.date(2026, 3, 2), "2026-03-02", "2026-03-01T20:00:00+00:00"])
def test_a_date_is_the_day_in_beijing(value):
    assert composing.day(value) == "2026年3月2日"
    assert composing.date_line(value) == "二〇二六年三月二日"


def test_a_moment_is_told_in_beijing_time():
    assert composing.moment("2026-03-02T01:05:00+00:00") == "2026年3月2日9时05分"


@pytest.mark.parametrize(
    ("fen", "figures"), [(0, "0.00"), (5, "0.05"), (9_800_000, "98,000.00"), (123_456_789, "1,234,567.89")]
)
def test_a_sum_in_figures(fen, figures):
    assert composing.yuan(fen) == figures
