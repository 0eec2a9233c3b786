"""The holiday table: the notices as published, and the honest answer for years without one."""

from datetime import date, timedelta

import chinese_calendar
import pytest

from mediation.periods.calendar import Calendar, Holiday, Kind, OutOfRange, days, lunar, shipped, standard

REST = {
    2025: "01-01:01-01 01-28:02-04 04-04:04-06 05-01:05-05 05-31:06-02 10-01:10-08",
    2026: "01-01:01-03 02-15:02-23 04-04:04-06 05-01:05-05 06-19:06-21 09-25:09-27 10-01:10-07",
}
WORK = {
    2025: "01-26 02-08 04-27 09-28 10-11",
    2026: "01-04 02-14 02-28 05-09 09-20 10-10",
}


def in_year(year: int, text: str) -> date:
    return date.fromisoformat(f"{year}-{text}")


@pytest.mark.parametrize("year", [2025, 2026])
def test_the_notice_exactly(year):
    spans = [part.split(":") for part in REST[year].split()]
    rest = {day for first, last in spans for day in days(in_year(year, first), in_year(year, last))}
    work = {in_year(year, day) for day in WORK[year].split()}
    entries = [e for e in shipped() if e.notice_year == year]
    assert {e.day for e in entries if e.kind is Kind.HOLIDAY} == rest
    assert {e.day for e in entries if e.kind is Kind.MAKEUP_WORKDAY} == work


def test_every_day_of_2004_to_2026_as_the_package_has_it():
    calendar = standard()
    for day in days(date(2004, 1, 1), date(2026, 12, 31)):
        assert calendar.is_rest(day) == chinese_calendar.is_holiday(day), day
        assert not calendar.fact(day).provisional


def test_makeup_days_fall_on_weekends_only():
    assert all(e.day.weekday() >= 5 for e in shipped() if e.kind is Kind.MAKEUP_WORKDAY)


def test_a_year_without_notice_has_the_statutory_holidays_only():
    calendar = standard()
    assert calendar.fact(date(2027, 1, 1)).name is Holiday.NEW_YEAR
    rest = {day for day in days(date(2027, 1, 1), date(2027, 12, 31)) if calendar.fact(day).kind is Kind.HOLIDAY}
    # S31 art. 2: thirteen days a year.
    assert len(rest) == 13
    assert all(calendar.fact(day).provisional for day in days(date(2027, 1, 1), date(2027, 12, 31)))


def test_lunar_holidays_agree_with_the_notices_of_their_neighbours():
    for year in range(2027, 2041):
        named = sorted(day for day in lunar() if day.year == year)
        spring = [day for day in named if lunar()[day] is Holiday.SPRING_FESTIVAL]
        assert len(named) == 7
        assert len(spring) == 4
        assert spring[-1] - spring[0] == timedelta(days=3)
        # New moon to full moon: the festivals are whole lunar months and fixed days apart.
        first, mid_autumn = spring[1], next(d for d in named if lunar()[d] is Holiday.MID_AUTUMN)
        assert (mid_autumn - first).days in {*range(219, 223), *range(248, 252)}
        assert date(year, 4, 4) <= next(d for d in named if lunar()[d] is Holiday.QINGMING) <= date(year, 4, 6)


def test_the_table_ends_where_it_ends():
    calendar = standard()
    assert (calendar.first, calendar.last) == (date(2004, 1, 1), date(2040, 12, 31))
    for day in (date(2003, 12, 31), date(2041, 1, 1)):
        with pytest.raises(OutOfRange, match="outside the holiday table"):
            calendar.fact(day)


def test_working_days_between():
    # Friday, and the Saturday that was made up; then nine days of Spring Festival.
    assert standard().working_days(date(2026, 2, 12), date(2026, 2, 24)) == 3
    assert standard().working_days(date(2026, 2, 12), date(2026, 2, 12)) == 0


def test_an_installation_may_know_fewer_years():
    calendar = Calendar(e for e in shipped() if e.notice_year == 2026)
    assert calendar.noticed == {2026}
    with pytest.raises(OutOfRange):
        calendar.fact(date(2025, 12, 31))
