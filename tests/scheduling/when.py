"""Working days ahead of today, on the shipped calendar."""

from datetime import date, datetime, timedelta

from mediation.kernel import clock
from mediation.periods.calendar import standard


def working_day(number: int = 1) -> date:
    """The n-th working day after today."""
    day = clock.today()
    while number:
        day += timedelta(days=1)
        number -= not standard().is_rest(day)
    return day


def rest_day() -> date:
    """The next day after tomorrow on which the court does not work."""
    day = clock.today() + timedelta(days=2)
    while not standard().is_rest(day):
        day += timedelta(days=1)
    return day


def at(day: date, text: str) -> datetime:
    """A time of day at the court."""
    hour, minute = map(int, text.split(":"))
    return clock.at(day, hour, minute)
