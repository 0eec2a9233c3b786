"""Every figure of the catalogue over the 17 cases of DOMAIN 7.4: both counts, the value, exactly which cases."""

from datetime import date

import pytest
import sqlalchemy as sa

from mediation.kernel.db import db
from mediation.roster.conduct.models import Complaint
from mediation.statistics import asking, catalogue, labels
from mediation.statistics.asking import Question, answer, half
from mediation.statistics.catalogue import DEFINITIONS, Figure, Point, Reading, Settled, Way, definition_on, readings_on
from mediation.statistics.counting.queries import QUERIES
from mediation.statistics.models import Population
from mediation.statistics.rules import Part, Period
from tests.statistics import dataset

QUARTER = Period(date(2026, 1, 1), date(2026, 3, 31))
F, FLOW, COHORT = Figure, Way.FLOW, Way.COHORT
NINE_OUT = "D01 D02 D03 D04 D05 D06 D07 D08 D09"
ALL_OUT = NINE_OUT + " D10 D11 D12 D13"
FILED = "D03 D05 D10 D11 D12 D13 D14 D15 D16"
EIGHT_OVER = "D00 D01 D02 D03 D04 D05 D06 D07"
ALL_OVER = EIGHT_OVER + " D10 D11 D12 D13"
# figure, way, numerator (cases or a sum), denominator (cases), text
EXPECTED = [
    (F.I01, FLOW, NINE_OUT, 16, "56.25 %"),
    (F.I01, COHORT, NINE_OUT, 16, "56.25 %"),
    (F.I02, FLOW, ALL_OUT, 16, "81.25 %"),
    (F.I03A, FLOW, "D00 D01 D02 D04 D07", NINE_OUT, "55.56 %"),
    (F.I03A, COHORT, "D01 D02 D04 D07", NINE_OUT, "44.44 %"),
    (F.I03B, FLOW, "D00 D01 D02 D04 D07", EIGHT_OVER, "62.50 %"),
    (F.I03B, COHORT, "D01 D02 D04 D07", "D01 D02 D03 D04 D05 D06 D07", "57.14 %"),
    (F.I03C, FLOW, "D00 D01 D02 D04 D07", "D00 D01 D02 D03 D04 D05 D07", "71.43 %"),
    (F.I04, FLOW, "D10 D11", "D10 D11 D12 D13", "50.00 %"),
    (F.I05, FLOW, "D10 D11", FILED, "22.22 %"),
    (F.I05, COHORT, "D10 D11", FILED, "22.22 %"),
    (F.I06, FLOW, "D00 D01 D02 D04 D07", FILED + " D00 D01 D02 D04 D07", "35.71 %"),
    (F.I07, FLOW, "D03 D10 D11 D13 D14", FILED, "55.56 %"),
    (F.I07, COHORT, "D03 D10 D11 D13 D14", FILED, "55.56 %"),
    (F.I08A, FLOW, "D03 D13 D14", FILED, "33.33 %"),
    (F.I08B, FLOW, 30 + 20 + 27, "D03 D13 D14", "25.67"),
    (F.I09, FLOW, "D02 D04 D07", "D00 D01 D02 D04 D07", "60.00 %"),
    (F.I09, COHORT, "D02 D04 D07", "D00 D01 D02 D04 D07", "60.00 %"),
    (F.I09B, FLOW, "D02 D04 D07", "D02 D04 D07", "100.00 %"),
    (F.I10, FLOW, "D02", "D02 D04", "50.00 %"),
    (F.I10B, FLOW, 15, "D02 D04", "7.50"),
    (F.I11, FLOW, "D00 D01 D02 D10", "D00 D01 D02 D10 D11", "80.00 %"),
    (F.I12A, FLOW, 225, EIGHT_OVER, "28.13"),
    (F.I12A, COHORT, 197, "D01 D02 D03 D04 D05 D06 D07", "28.14"),
    (F.I12B, FLOW, 66, "D10 D11 D12 D13", "16.50"),
    (F.I13, FLOW, "D05", ALL_OVER + " D08 D09", "7.14 %"),
    (F.I14, COHORT, "D03 D05", "D03 D05", "100.00 %"),
    (F.I15, FLOW, "", "D03 D13 D14", "0.00 %"),
    (F.I16A, COHORT, "", ALL_OUT, "0.00 %"),
    (F.I16B, FLOW, ALL_OVER.replace(" D05", ""), ALL_OVER, "91.67 %"),
    (F.I17, FLOW, "", ALL_OVER, "0.00 %"),
    (F.I18A, FLOW, 0, "", "—"),
    (F.I18B, COHORT, "", "", "—"),
    (F.I21A, FLOW, ALL_OUT, None, "13"),
    (F.I21B, FLOW, ALL_OUT, None, "13"),
    (F.I21C, FLOW, "", None, "0"),
    (F.I21D, FLOW, ALL_OVER, None, "12"),
    (F.I21E, FLOW, "D00 D01 D02 D04 D07 D10 D11", None, "7"),
    (F.I21F, FLOW, 225 + 66, ALL_OVER, "24.25"),
    (F.I21G, FLOW, "D05", None, "1"),
    (F.I21H, FLOW, "D08 D09", None, "2"),
    (F.I23A, FLOW, "", None, "0"),
    (F.I23B, FLOW, "", None, "0"),
    (F.I24, FLOW, "", "", "—"),
]


@pytest.fixture
def ids(court):
    return dataset.load(court.id)


def listed(court_id, question, part):
    rows = half(court_id, question, part)
    return set(db.session.scalars(sa.select(rows.dispute).select_from(rows.source).where(*rows.where)))


@pytest.mark.parametrize(("figure", "way", "above", "below", "text"), EXPECTED)
def test_the_worked_data_set(ids, court, figure, way, above, below, text):
    question = Question(figure, way, QUARTER)
    found = answer(court.id, question)
    assert found.text == text
    if isinstance(above, int):
        assert found.numerator == above
    else:
        assert found.numerator == len(above.split())
        if figure is not F.I23A:
            assert listed(court.id, question, Part.NUMERATOR) == {ids[name] for name in above.split()}
    if isinstance(below, str):
        assert found.denominator == len(below.split())
        assert listed(court.id, question, Part.DENOMINATOR) == {ids[name] for name in below.split()}
    else:
        assert found.denominator == below


def test_every_figure_is_defined_asked_and_said():
    for figure in Figure:
        definition = definition_on(figure, date(2026, 1, 1))
        assert figure is F.I22 or (figure, definition.version) in QUERIES
        for words in (labels.NAME, labels.MEANING, labels.ABOVE):
            assert str(words[figure])
        assert (definition.denominator is None) == (figure not in labels.BELOW)
    for enum, words in (
        (catalogue.Unit, labels.UNIT), (Way, labels.WAY), (catalogue.Day, labels.DAY), (catalogue.Pending, labels.PENDING),
        (catalogue.Standing, labels.STANDING), (catalogue.Dimension, labels.DIMENSION), (Point, labels.POINT),
        (Reading, labels.READING),
    ):  # fmt: skip
        assert set(words) == set(enum)


def test_everything_is_counted_in_few_questions(ids, court):
    asked = [Question(d.figure, d.natural, QUARTER) for d in DEFINITIONS if d.figure is not F.I22]
    said: list[str] = []

    def hear(*told):
        said.append(told[2])

    engine = db.session.get_bind().engine
    sa.event.listen(engine, "before_cursor_execute", hear)
    found = asking.answers(court.id, asked)
    sa.event.remove(engine, "before_cursor_execute", hear)
    assert 0 < len(said) <= 6
    assert [a.text for a in found] == [asking.answer(court.id, q).text for q in asked]


@pytest.mark.parametrize("definition", DEFINITIONS, ids=lambda d: d.figure.value)
def test_another_court_has_no_figure(ids, clerk_of_other_court, definition):
    for way in definition.ways:
        found = answer(clerk_of_other_court.court_id, Question(definition.figure, way, QUARTER))
        if definition.figure is F.I22:
            assert found.numerator == 0
        else:
            assert (found.numerator, found.denominator or 0) == (0, 0)


def test_cumulative_is_the_natural_way_over_the_whole_life(ids, court):
    life = Period(date(2017, 6, 1), date(2026, 3, 31))
    found = answer(court.id, Question(F.I03A, Way.CUMULATIVE, life))
    assert (found.numerator, found.denominator) == (5, 10)
    assert answer(court.id, Question(F.I14, Way.CUMULATIVE, life)).text == "100.00 %"


@pytest.mark.parametrize(
    ("point", "reading", "figure", "counts"),
    [
        (Point.WITHDRAWAL, Reading.ALWAYS, F.I03B, (6, 8)),
        (Point.WITHDRAWAL, Reading.ALWAYS, F.I03C, (6, 8)),
        (Point.WITHDRAWAL, Reading.NEVER, F.I03B, (5, 8)),
        (Point.FAST_TRACK, Reading.HANDED_OVER, F.I07, (5, 9)),
        (Point.NOT_ACCEPTED, Reading.LEFT_OUT, F.I10, (1, 2)),
    ],
)
def test_each_court_reads_the_open_points_its_own_way(ids, court, point, reading, figure, counts):
    dataset.settle(court.id, point, reading, date(2026, 1, 1))
    found = answer(court.id, Question(figure, FLOW, QUARTER))
    assert (found.numerator, found.denominator) == counts
    assert getattr(found.readings, point.value) is reading
    assert not found.changed


def test_a_reading_changed_in_mid_year_is_said(ids, court):
    dataset.settle(court.id, Point.WITHDRAWAL, Reading.ALWAYS, date(2026, 3, 1))
    found = answer(court.id, Question(F.I03B, FLOW, QUARTER))
    assert (found.numerator, found.changed) == (6, True)
    before = answer(court.id, Question(F.I03B, FLOW, Period(date(2026, 1, 1), date(2026, 2, 28))))
    assert (before.numerator, before.changed) == (3, False)
    assert not answer(court.id, Question(F.I01, FLOW, QUARTER)).changed


def test_of_two_decisions_for_one_day_the_later_counts():
    day = date(2026, 1, 1)
    both = [Settled(Point.WITHDRAWAL, Reading.ALWAYS, day), Settled(Point.WITHDRAWAL, Reading.NEVER, day)]
    assert readings_on(both, day).withdrawal is Reading.NEVER
    assert readings_on(both, date(2025, 12, 31)).withdrawal is Reading.MEDIATED


def test_a_new_version_answers_from_its_day_on():
    first = definition_on(F.I01, QUARTER.last)
    second = catalogue.replace(first, version=2, valid_from=date(2026, 2, 1))
    both = (first, second)
    assert definition_on(F.I01, date(2026, 1, 31), both) is first
    assert definition_on(F.I01, date(2026, 2, 1), both) is second
    assert definition_on(F.I01, date(2000, 1, 1), both) is first


def test_cases_for_ten_thousand_people(ids, court):
    assert answer(court.id, Question(F.I19, FLOW, QUARTER)).text == "—"
    for valid_from, resident in ((date(2025, 1, 1), 400_000), (date(2026, 1, 1), 450_000), (date(2026, 6, 1), 1)):
        dataset.put(
            Population, court_id=court.id, valid_from=valid_from, resident=resident, floating=50_000, source="统计公报",
            told_by_id=0, told_at=dataset.moment("2026-01-02"),
        )  # fmt: skip
    with_floating = answer(court.id, Question(F.I19, FLOW, QUARTER))
    assert (with_floating.numerator, with_floating.denominator, with_floating.text) == (9, 500_000, "0.18")
    assert answer(court.id, Question(F.I20, FLOW, QUARTER)).text == "0.20"


def test_complaints_are_counted_by_the_day_they_came(court, ids):
    for day in ("2026-01-05", "2026-03-31", "2026-04-01"):
        dataset.put(
            Complaint, court_id=court.id, mediator_id=dataset.any_mediator(), received_on=date.fromisoformat(day),
            complainant="刘某", ground="ethics", text="未到场", status="received", received_by_id=0,
        )  # fmt: skip
    assert answer(court.id, Question(F.I23A, FLOW, QUARTER)).numerator == 2


def test_what_lies_ahead_does_not_count_yet(ids, court):
    ahead = Period(date(2026, 1, 1), date(2099, 12, 31))
    assert Question(F.I11, FLOW, ahead).until < ahead.last
