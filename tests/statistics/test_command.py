"""The operators' command: both counts, the value, the version; wrong input is one sentence and status 2."""

import json
from datetime import timedelta

import pytest

from mediation.kernel import clock
from tests.statistics import dataset

QUARTER = ["--from", "2026-01-01", "--to", "2026-03-31"]


@pytest.fixture
def ids(court):
    return dataset.load(court.id)


@pytest.fixture
def run(app, court):
    def invoke(*args):
        return app.test_cli_runner().invoke(args=["stats", *args, "--court", court.code])

    return invoke


def test_it_prints_counts_value_and_version(ids, run):
    said = run("I01", *QUARTER)
    assert said.exit_code == 0, said.output
    assert "I01 v1" in said.output
    assert "9 / 16 = 56.25 %" in said.output
    assert "per cent" not in said.output
    assert "2026-01-01 to 2026-03-31" in said.output
    assert "225 / 8 = 28.13 days" in run("I12a", *QUARTER).output
    assert "\n  7\n" in run("I21e", *QUARTER).output


def test_it_prints_data(ids, run, court):
    said = run("I01", "I12a", "I21E", *QUARTER, "--json")
    first, second, third = json.loads(said.output)
    assert first == {
        "court": court.code, "id": "I01", "way": "flow", "from": "2026-01-01", "to": "2026-03-31", "as_of": None,
        "counted_to": "2026-03-31", "numerator": 9, "denominator": 16, "value": 56.25, "text": "56.25 %", "unit": "percent",
        "definition": "I01 v1", "version": 1, "valid_from": "2017-06-01", "readings": {}, "changed_within": False,
    }  # fmt: skip
    assert (second["numerator"], second["denominator"], second["value"], second["unit"]) == (225, 8, 28.13, "days")
    assert (third["numerator"], third["denominator"], third["value"]) == (7, None, 7.0)
    assert third["readings"] == {"withdrawal": "mediated"}


def test_a_number_means_all_its_variants_in_any_letters(ids, run):
    found = json.loads(run("i03", "I03B", *QUARTER, "--json").output)
    assert [one["id"] for one in found] == ["I03a", "I03b", "I03c"]


def test_ways(ids, run):
    cohort = json.loads(run("I03a", *QUARTER, "--way", "cohort", "--json").output)[0]
    assert (cohort["numerator"], cohort["denominator"], cohort["text"]) == (4, 9, "44.44 %")
    life = json.loads(run("I03a", "--to", "2026-03-31", "--way", "cumulative", "--json").output)[0]
    assert (life["from"], life["numerator"], life["denominator"]) == ("2017-06-01", 5, 10)


def test_nothing_by_nothing_is_no_figure(run):
    said = run("I01", "--from", "2019-01-01", "--to", "2019-01-31")
    assert "0 / 0 = —" in said.output
    data = json.loads(run("I01", "--from", "2019-01-01", "--to", "2019-01-31", "--json").output)[0]
    assert data["value"] is None


def test_as_of_a_day_counts_what_was_known(ids, run):
    dataset.as_it_happened()
    found = json.loads(run("I03a", "--from", "2026-01-01", "--as-of", "2026-02-10", "--json").output)[0]
    assert (found["to"], found["as_of"]) == ("2026-02-10", "2026-02-10")
    assert (found["numerator"], found["denominator"]) == (3, 7)


def test_a_period_still_running_is_counted_to_today(ids, run):
    ahead = (clock.today() + timedelta(days=10)).isoformat()
    said = run("I01", "--from", clock.today().replace(day=1).isoformat(), "--to", ahead)
    assert f"counted to {clock.today()}" in said.output


TOMORROW = (clock.today() + timedelta(days=1)).isoformat()


@pytest.mark.parametrize(
    ("args", "words"),
    [
        ((), "Missing argument"),
        (("I99",), "I99 is no figure of the catalogue"),
        (("I01", "--from", "yesterday"), "yesterday is no date"),
        (("I01", "--from", "2026-02-30"), "is no date"),
        (("I01", "--from", "2026-03-31", "--to", "2026-01-01"), "before it begins"),
        (("I01", "--as-of", TOMORROW), "lies in the future"),
        (("I01", "--from", TOMORROW, "--to", "2099-01-01"), "lies in the future"),
        (("I01", *QUARTER, "--as-of", "2025-12-31"), "before the period begins"),
        (("I14", "--way", "flow"), "it is by cohort, cumulative"),
        (("I01", "--way", "sideways"), "is not one of"),
        (("I01", "--way", "cumulative", "--from", "2026-01-01"), "leave out --from"),
    ],
)
def test_wrong_input_is_one_sentence_and_status_2(run, args, words):
    said = run(*args)
    assert said.exit_code == 2
    assert words in " ".join(said.output.split())
    assert "Traceback" not in said.output


def test_an_unknown_court_is_refused(app, court):
    said = app.test_cli_runner().invoke(args=["stats", "I01", "--court", "京0101"])
    assert said.exit_code == 2
    assert "There is no court 京0101" in said.output
