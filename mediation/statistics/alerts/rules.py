"""When a figure crosses a bound: over which days it is counted, what of it is compared, and from how many cases on."""

import enum
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from mediation.kernel.actor import Actor, Role
from mediation.statistics.catalogue import Unit
from mediation.statistics.rules import Period, month_of, quarter_of, year_of

HUNDRED = Decimal(100)
# Beyond this no figure of a court lies; a longer number is a slip of the finger.
HIGHEST = Decimal(1_000_000)
MOST_ALERTS = 100


class Window(enum.StrEnum):
    """Over which days the figure is counted, seen from the evening before the daily run."""

    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"
    LAST_MONTH = "last_month"
    LAST_QUARTER = "last_quarter"
    LAST_YEAR = "last_year"


class Measure(enum.StrEnum):
    """What is held against the bound."""

    VALUE = "value"
    BEFORE = "before"
    YEAR_AGO = "year_ago"


class Direction(enum.StrEnum):
    """Which way the bound is crossed; of a change: a rise or a fall by more than so much."""

    ABOVE = "above"
    BELOW = "below"


class Obstacle(enum.StrEnum):
    """Why a bound cannot be set so."""

    NO_WAY = "no_way"
    NOT_A_SHARE = "not_a_share"
    NOT_A_SCORE = "not_a_score"
    NEGATIVE = "negative"
    TOO_HIGH = "too_high"
    NO_CHANGE = "no_change"
    THERE_ALREADY = "there_already"
    TOO_MANY = "too_many"
    NO_MAIL = "no_mail"


_WHOLE: dict[Window, Callable[[date], Period]] = {
    Window.MONTH: month_of, Window.QUARTER: quarter_of, Window.YEAR: year_of, Window.LAST_MONTH: month_of,
    Window.LAST_QUARTER: quarter_of, Window.LAST_YEAR: year_of,
}  # fmt: skip
RUNNING = frozenset({Window.MONTH, Window.QUARTER, Window.YEAR})


def period(window: Window, evening: date) -> Period:
    """The days counted: of the running period up to this evening, or the last one that was over by then."""
    whole = _WHOLE[window](evening)
    if window in RUNNING:
        return Period(whole.first, evening)
    return whole if whole.last == evening else whole.before()


@dataclass(frozen=True)
class Bound:
    """What is set: by how much, which way, and from how many cases on it is worth telling."""

    measure: Measure
    direction: Direction
    limit: Decimal
    least: int = 0

    def is_crossed(self, now: Decimal | None, then: Decimal | None, counted: int) -> bool:
        """Nothing divided by nothing crosses no bound, and neither do fewer cases than were named."""
        if now is None or counted < self.least:
            return False
        if self.measure is Measure.VALUE:
            return now > self.limit if self.direction is Direction.ABOVE else now < self.limit
        if then is None:
            return False
        change = now - then if self.direction is Direction.ABOVE else then - now
        return change > self.limit


def obstacle(unit: Unit, measure: Measure, limit: Decimal) -> Obstacle | None:
    """What is wrong with a bound for a figure of this kind."""
    if limit < 0:
        return Obstacle.NEGATIVE
    if unit is Unit.PERCENT and limit > HUNDRED:
        return Obstacle.NOT_A_SHARE
    if unit is Unit.SCORE and limit > 5:  # noqa: PLR2004 ratings go from 1 to 5 (DOMAIN 8.6)
        return Obstacle.NOT_A_SCORE
    if measure is not Measure.VALUE and limit == 0:
        return Obstacle.NO_CHANGE
    return Obstacle.TOO_HIGH if limit > HIGHEST else None


def may_set(actor: Actor) -> bool:
    """The president answers for the figures, and says when to be told of them."""
    return actor.has(Role.PRESIDENT)
