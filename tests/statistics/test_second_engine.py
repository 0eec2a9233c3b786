"""Every figure counted twice: by the database's queries, and in memory over the raw tables; on histories nobody arranged."""

from datetime import date, timedelta

import pytest

from mediation.kernel import clock
from mediation.kernel.db import db
from mediation.statistics import asking, services
from mediation.statistics.asking import Question
from mediation.statistics.catalogue import FIGURE_OF, Figure, Point, Reading, Way
from mediation.statistics.rules import Indicator, Part, Period
from tests.statistics import dataset
from tests.statistics.history import DAYS, FIRST, History
from tests.statistics.second_engine import both, compare, engine_for, export

QUARTER = Period(date(2026, 1, 1), date(2026, 3, 31))
PERIODS = (
    QUARTER,
    Period(date(2025, 12, 1), date(2025, 12, 31)),
    Period(date(2026, 2, 10), date(2026, 2, 10)),
    Period(FIRST, FIRST + timedelta(days=DAYS)),
)
READINGS = (
    ((Point.WITHDRAWAL, Reading.ALWAYS), (Point.FAST_TRACK, Reading.HANDED_OVER)),
    ((Point.WITHDRAWAL, Reading.NEVER), (Point.NOT_ACCEPTED, Reading.LEFT_OUT)),
)


def test_on_the_worked_data_set(court):
    dataset.load(court.id)
    assert both(court.id, export(), PERIODS) == []


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_on_a_random_history(court, seed):
    History(court.id, seed, 60)
    assert both(court.id, export(), PERIODS) == []


@pytest.mark.parametrize("settled", READINGS)
def test_whatever_the_court_reads(court, settled):
    History(court.id, 11, 60)
    for point, reading in settled:
        dataset.settle(court.id, point, reading, date(2017, 6, 1))
    assert both(court.id, export(), PERIODS[:1]) == []


@pytest.mark.parametrize("seed", [21, 22])
def test_as_of_past_evenings(court, seed):
    history = History(court.id, seed, 50)
    history.known_in_pieces()
    for day in (date(2025, 12, 31), date(2026, 2, 14), date(2026, 3, 31), date(2026, 6, 30)):
        raw = export(clock.at(day + timedelta(days=1)))
        periods = [p for p in PERIODS if p.first <= day]
        assert both(court.id, raw, periods, as_of=day) == []


@pytest.mark.parametrize("settled", [(), *READINGS])
def test_the_presidents_page_says_what_the_catalogue_says(court, president_he, settled):
    History(court.id, 31, 50)
    for point, reading in settled:
        dataset.settle(court.id, point, reading, date(2017, 6, 1))
    reader = president_he.as_actor()
    for period in PERIODS:
        asked = [Question(*FIGURE_OF[indicator], period) for indicator in Indicator]
        shown = services.rates(reader, period)
        for indicator, found in zip(Indicator, asking.answers(court.id, asked), strict=True):
            assert (shown[indicator].numerator, shown[indicator].denominator) == (found.numerator, found.denominator)
    for indicator in Indicator:
        rate = services.rates(reader, QUARTER, (indicator,))[indicator]
        for part, number in ((Part.NUMERATOR, rate.numerator), (Part.DENOMINATOR, rate.denominator)):
            assert len(db.session.execute(services.cases(reader, indicator, part, QUARTER)).all()) == number


def test_the_engines_would_notice(court):
    """A count that is wrong by one is told."""
    dataset.load(court.id)
    question = Question(Figure.I01, Way.FLOW, QUARTER)
    found = asking.answer(court.id, question)
    engine = engine_for(court.id, export(), question, found)
    assert compare(engine, question, found) == ""
    wrong = asking.replace(found, numerator=found.numerator + 1)
    assert "in memory" in compare(engine, question, wrong)
