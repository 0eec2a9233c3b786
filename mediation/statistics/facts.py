"""From what figures are counted: the records as they stand, or as they were known on a past evening."""

from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.expression import ColumnElement, FunctionElement

from mediation.kernel import clock, known
from mediation.kernel.db import Base, UtcDateTime
from mediation.statistics.catalogue import Readings
from mediation.statistics.rules import Period

Condition = sa.ColumnElement[bool]


class days_between(FunctionElement[int]):  # noqa: N801 written like the functions of SQL
    """How many days lie from the first day to the second."""

    type = sa.Integer()
    inherit_cache = True


@compiles(days_between, "postgresql")
def _on_postgresql(element: Any, compiler: Any, **kw: Any) -> str:
    first, second = element.clauses
    return f"({compiler.process(second, **kw)} - {compiler.process(first, **kw)})"


@compiles(days_between, "sqlite")
def _on_sqlite(element: Any, compiler: Any, **kw: Any) -> str:
    first, second = element.clauses
    return f"CAST(julianday({compiler.process(second, **kw)}) - julianday({compiler.process(first, **kw)}) AS INTEGER)"


@dataclass(frozen=True)
class Facts:
    """Where records are read: the tables themselves, or what was known before a moment."""

    before: datetime | None = None

    def of(self, model: type[Base]) -> sa.FromClause:
        """The records of a model, with their columns."""
        if self.before is None:
            table: sa.Table = model.__table__  # type: ignore[assignment]
            return table.alias()
        return known.as_known(model, self.before)


def known_by(day: date) -> Facts:
    """What was known on the evening of a day (R7-01); of today, what is known now."""
    return Facts() if day >= clock.today() else Facts(clock.at(day + timedelta(days=1)))


@dataclass(frozen=True)
class Frame:
    """One question: of which court, over which days, counted to which day, from which facts, read how."""

    facts: Facts
    court_id: int
    period: Period
    # Up to which day events count: what a cohort had become, what was still running.
    until: date
    readings: Readings = field(default_factory=Readings)

    def of(self, model: type[Base]) -> sa.FromClause:
        """The records of a model."""
        return self.facts.of(model)

    def within(self, column: ColumnElement[Any]) -> Condition:
        """The event's day lies in the period, and not after the day to which is counted."""
        return between(column, self.period.first, min(self.period.last, self.until))

    def so_far(self, column: ColumnElement[Any]) -> Condition:
        """The event has happened by the day to which is counted."""
        if isinstance(column.type, UtcDateTime):
            return column < clock.at(self.until + timedelta(days=1))
        return column <= self.until


def between(column: ColumnElement[Any], first: date, last: date) -> Condition:
    """The day, or the moment at the place of the court, lies between two days, both included."""
    if isinstance(column.type, UtcDateTime):
        return sa.and_(column >= clock.at(first), column < clock.at(last + timedelta(days=1)))
    return column.between(first, last)


@dataclass(frozen=True)
class Rows:
    """What one half of a figure counts: different units, or the sum of a measure over all rows."""

    source: sa.FromClause
    where: tuple[Condition, ...]
    unit: ColumnElement[int]
    # None where what is counted is no dispute.
    dispute: ColumnElement[int] | None
    measure: ColumnElement[int] | None = None
    # The mediation and the filed case they belong to, for taking a figure apart.
    mediation: sa.FromClause | None = None
    case: sa.FromClause | None = None

    def that(self, *conditions: Condition) -> "Rows":
        """Fewer of them."""
        return replace(self, where=(*self.where, *conditions))

    def measured(self, measure: ColumnElement[int]) -> "Rows":
        """With a number for each."""
        return replace(self, measure=measure)

    def units(self) -> sa.Select[Any]:
        """The units themselves."""
        return sa.select(self.unit.label("unit")).distinct().select_from(self.source).where(*self.where)

    def size(self) -> sa.Select[Any]:
        """How many units there are."""
        return sa.select(sa.func.count(self.unit.distinct())).select_from(self.source).where(*self.where)

    def total(self) -> sa.Select[Any]:
        """The sum of the measure; without a measure, how many units there are."""
        if self.measure is None:
            return self.size()
        return sa.select(sa.func.coalesce(sa.func.sum(self.measure), 0)).select_from(self.source).where(*self.where)
