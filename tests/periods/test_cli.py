"""Counting a period from the command line."""

import json

import pytest


@pytest.fixture
def run(app, court):
    return lambda *words: app.test_cli_runner().invoke(args=["deadline", *words])


def data(run, *words: str) -> dict:
    answer = run(*words, "--json")
    assert answer.exit_code == 0, answer.output
    return json.loads(answer.output)


def test_it_prints_the_last_day_and_why(run):
    answer = run("CONFIRM_APPLY", "2026-01-20")
    assert answer.exit_code == 0
    for words in ("raw 2026-02-19", "final 2026-02-24", "《民事诉讼法》第二百零五条", "spring_festival"):
        assert words in answer.output


def test_as_data_with_exclusions_and_extension(run):
    found = data(run, "mediation_post_ord", "2026-04-13", "--exclude", "2026-04-20:2026-05-20")
    assert (found["raw"], found["excluded_days"]) == ("2026-05-28", 30)
    assert data(run, "MEDIATION_POST_SUM", "2026-02-09", "--extend", "30")["final"] == "2026-03-26"
    assert data(run, "MEDIATION_PRE", "2026-03-02", "--extend", "2026-05-01")["final"] == "2026-05-06"
    assert data(run, "MEDIATION_PRE", "2026-12-10")["provisional"] is True
    assert data(run, "PRESERVE_RULING", "2026-02-14T10:20")["moment"] == "2026-02-16T11:00:00+08:00"


@pytest.mark.parametrize(
    "words",
    [
        ("NO_SUCH", "2026-03-02"),
        ("CONFIRM_APPLY", "2026-02-30"),
        ("CONFIRM_APPLY", "1999-01-01"),
        ("CONFIRM_APPLY", "2050-01-01"),
        ("MEDIATION_PRE", "2015-01-01"),
        ("PRESERVE_RULING", "2026-03-02"),
        ("PRESERVE_RULING", "2026-03-02Tx"),
        ("MEDIATION_PRE", "2026-03-02", "--exclude", "2026-03-10"),
        ("MEDIATION_PRE", "2026-03-02", "--exclude", "2026-03-10:2026-03-09"),
        ("CONFIRM_APPLY", "2026-03-02", "--exclude", "2026-03-10:2026-03-12"),
        ("CONFIRM_APPLY", "2026-03-02", "--extend", "5"),
        ("MEDIATION_POST_SUM", "2026-03-02", "--extend", "31"),
        ("MEDIATION_PRE", "2026-03-02", "--extend", "soon"),
    ],
)
def test_a_mistake_is_named_and_ends_with_2(run, words):
    answer = run(*words)
    assert answer.exit_code == 2
    assert "Error" in answer.output
    assert "Traceback" not in answer.output


def test_taking_over_a_holiday_notice(fresh_app, tmp_path):
    from mediation.periods import services

    notice = tmp_path / "2027.csv"
    notice.write_text("day,kind,name\n2027-01-01,holiday,new_year\n2027-01-09,makeup_workday,new_year\n")
    services.load_calendar()
    options = [
        "--year",
        "2027",
        "--document",
        "国务院办公厅关于2027年部分节假日安排的通知",
        "--published",
        "2026-11-20",
    ]
    answer = fresh_app.test_cli_runner().invoke(args=["holidays", str(notice), *options])
    assert (answer.exit_code, answer.output) == (0, "2 days of 2027; 0 running periods counted again\n")
    assert 2027 in services.calendar().noticed
    notice.write_text("day,kind,name\n2027-01-08,makeup_workday,new_year\n")
    again = fresh_app.test_cli_runner().invoke(args=["holidays", str(notice), *options])
    assert again.exit_code == 2
    assert "cannot be taken over" in again.output
