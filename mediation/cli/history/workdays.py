"""Days on which the court worked, and how much came in on each: the national table of holidays, the week, the years."""

import random
from bisect import bisect_left
from datetime import date, timedelta

from mediation.periods.calendar import Calendar

# How busy the counter is, Monday to Friday; on a weekend day that is worked, few come.
WEEK = (1.25, 1.1, 1.0, 0.95, 0.8, 0.45, 0.45)
# The winter of the epidemic: the hall was closed for weeks.
CLOSED = (date(2020, 2, 1), date(2020, 3, 20), 0.25)


class Workdays:
    """The working days of a stretch of time, in order."""

    def __init__(self, calendar: Calendar, first: date, last: date) -> None:
        every = (first + timedelta(days=n) for n in range((last - first).days + 1))
        self.days = [day for day in every if not calendar.is_rest(day)]

    def on_or_after(self, day: date) -> date:
        """The day itself, or the next that is worked."""
        return self.days[min(bisect_left(self.days, day), len(self.days) - 1)]

    def after(self, day: date, steps: int) -> date:
        """So many working days later; none: the day itself, or the next that is worked."""
        return self.days[min(bisect_left(self.days, day) + steps, len(self.days) - 1)]

    def between(self, first: date, last: date) -> list[date]:
        """The working days from one to another, both included."""
        return self.days[bisect_left(self.days, first) : bisect_left(self.days, last + timedelta(days=1))]

    def drawn(self, chance: random.Random, first: date, last: date, number: int, growth: float) -> list[date]:
        """So many days between two, more of them on busy days, and more towards the end by a factor; in order."""
        days = self.between(first, last)
        whole = max((last - first).days, 1)
        weights = [_busy(day) * (1 + (growth - 1) * (day - first).days / whole) for day in days]
        return sorted(chance.choices(days, weights, k=number))


def _busy(day: date) -> float:
    quiet = CLOSED[2] if CLOSED[0] <= day <= CLOSED[1] else 1.0
    return WEEK[day.weekday()] * quiet
