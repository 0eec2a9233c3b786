"""Counting a period from the command line."""

import json
from datetime import date

import pytest

from mediation.kernel import clock
from mediation.periods import choices
from mediation.periods.switches import Switch


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
        ("MEDIATION_PRE", "2026-03-02", "--extend", "-5"),
        ("MEDIATION_PRE", "2026-03-02", "--extend", "99999999"),
        ("MEDIATION_PRE", "2026-03-02", "--extend", "9" * 30),
        ("MEDIATION_PRE", "2026-03-02", "--extend", "9999-12-31"),
        ("MEDIATION_PRE", "2026-03-02", "--exclude", "0001-01-01:9999-12-31"),
        ("MEDIATION_PRE", "9999-12-31"),
        ("MEDIATION_PRE", "2026-03-02", "--court", "no-such-court"),
        ("MEDIATION_PRE",),
    ],
)
def test_a_mistake_is_named_and_ends_with_2(run, words):
    answer = run(*words)
    assert answer.exit_code == 2
    assert "Error" in answer.output
    assert "Traceback" not in answer.output


@pytest.mark.parametrize(
    ("words", "article"),
    [
        # One month in all (CPL art. 164; S2 art. 258): the second is refused, never dropped.
        (("TRIAL_SUMMARY", "2026-03-02", "--extend", "1", "--extend", "1"), "《民事诉讼法》第一百六十四条"),
        (("TRIAL_SUMMARY", "2026-03-02", "--extend", "2026-06-20", "--extend", "1"), "第二百五十八条"),
        (("TRIAL_SUMMARY", "2026-03-02", "--extend", "2026-07-03"), "第二百五十八条"),
        (("MEDIATION_POST_SUM", "2026-03-02", "--extend", "20", "--extend", "11"), "第三点"),
        (("CONFIRM_DECIDE_TARGET", "2026-03-02", "--extend", "10", "--extend", "1"), "第五条"),
        (("CONFIRM_APPLY", "2026-03-02", "--extend", "5"), "《民事诉讼法》第二百零五条"),
        (("FEE_PAYMENT", "2026-03-02", "--exclude", "2026-03-03:2026-03-04"), "《诉讼费用交纳办法》第二十二条"),
    ],
)
def test_what_the_law_does_not_allow_is_refused_with_its_article(run, words, article):
    answer = run(*words)
    assert (answer.exit_code, answer.stdout) == (2, "")
    assert article in answer.stderr, answer.stderr
    assert "law" in answer.stderr


def test_which_extension_is_too_much_and_what_is_left(run):
    said = run("MEDIATION_POST_ORD", "2026-03-02", "--extend", "20", "--extend", "11").stderr
    assert "extension 2 (11 days)" in said
    assert "at most 30 days in all" in said


def test_every_extension_counts(run):
    twice = data(run, "MEDIATION_PRE", "2026-03-02", "--extend", "10", "--extend", "20")
    assert twice["final"] == "2026-05-06", "1 April, 13 April for the Saturday, 3 May within Labour Day"
    assert [step["number"] for step in twice["derivation"] if step["kind"] == "extended"] == [10, 20]
    to_a_day = data(run, "MEDIATION_POST_ORD", "2026-03-02", "--extend", "2026-03-27", "--extend", "20")
    assert to_a_day["raw"] == "2026-04-16"
    halves = data(run, "TRIAL_ORDINARY", "2026-03-02", "--extend", "2026-11-16", "--extend", "1")
    assert halves["raw"] == "2027-01-02", "the third month is begun, the fourth comes after it"
    assert data(run, "TRIAL_SUMMARY", "2026-03-02", "--extend", "2026-07-02")["final"] == "2026-07-02"


def test_it_counts_as_the_court_reads_the_law(run, court, sysadmin):
    first = choices.switches(court.id, date(2026, 1, 16))
    assert first.roll_mediation_period
    assert data(run, "MEDIATION_PRE", "2026-01-16", "--court", court.code)["court"] == court.code
    assert "court" not in data(run, "MEDIATION_PRE", "2026-01-16"), "two courts are installed: the shipped readings"
    with clock.pretend(clock.at(date(2026, 1, 5), 9)):
        choices.decide(
            sysadmin.as_actor(),
            Switch.ROLL_MEDIATION_PERIOD,
            value=False,
            valid_from=date(2026, 1, 5),
            reason="审判委员会决定",
        )
    assert data(run, "MEDIATION_PRE", "2026-01-16", "--court", court.code)["final"] == "2026-02-15"
    assert data(run, "MEDIATION_PRE", "2026-01-16")["final"] == "2026-02-24"


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
