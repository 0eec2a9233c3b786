"""Days, moments and months as the sums write them, said in the words of both databases."""

from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.expression import FunctionElement


class month_of(FunctionElement[int]):  # noqa: N801 written like the functions of SQL
    """The month of a day, or of a moment at the court's place, as the sums write it."""

    type = sa.Integer()
    inherit_cache = True


class day_of(FunctionElement[int]):  # noqa: N801 written like the functions of SQL
    """The day, as the sums write it."""

    type = sa.Integer()
    inherit_cache = True


class day_after(FunctionElement[Any]):  # noqa: N801 written like the functions of SQL
    """The next day."""

    type = sa.Date()
    inherit_cache = True


def _day(element: Any, compiler: Any, **kw: Any) -> str:
    (column,) = element.clauses
    text: str = compiler.process(column, **kw)
    if isinstance(column.type, sa.Date):
        return text
    if compiler.dialect.name == "postgresql":
        return f"({text} AT TIME ZONE 'Asia/Shanghai')"
    return f"date({text}, '+8 hours')"


@compiles(month_of, "postgresql")
def _month_on_postgresql(element: Any, compiler: Any, **kw: Any) -> str:
    (column,) = element.clauses
    if isinstance(column.type, sa.Date):
        # Half as long as by way of a text; of a moment the day would have to be found twice.
        day = compiler.process(column, **kw)
        return f"CAST(date_part('year', {day}) * 10000 + date_part('month', {day}) * 100 AS INTEGER)"
    return f"(CAST(to_char({_day(element, compiler, **kw)}, 'YYYYMM') AS INTEGER) * 100)"


@compiles(month_of, "sqlite")
def _month_on_sqlite(element: Any, compiler: Any, **kw: Any) -> str:
    return f"(CAST(strftime('%Y%m', {_day(element, compiler, **kw)}) AS INTEGER) * 100)"


@compiles(day_of, "postgresql")
def _day_on_postgresql(element: Any, compiler: Any, **kw: Any) -> str:
    return f"CAST(to_char({_day(element, compiler, **kw)}, 'YYYYMMDD') AS INTEGER)"


@compiles(day_of, "sqlite")
def _day_on_sqlite(element: Any, compiler: Any, **kw: Any) -> str:
    return f"CAST(strftime('%Y%m%d', {_day(element, compiler, **kw)}) AS INTEGER)"


@compiles(day_after, "postgresql")
def _after_on_postgresql(element: Any, compiler: Any, **kw: Any) -> str:
    (column,) = element.clauses
    return f"({compiler.process(column, **kw)} + 1)"


@compiles(day_after, "sqlite")
def _after_on_sqlite(element: Any, compiler: Any, **kw: Any) -> str:
    (column,) = element.clauses
    return f"date({compiler.process(column, **kw)}, '+1 day')"


class earlier(FunctionElement[Any]):  # noqa: N801 written like the functions of SQL
    """The earlier of two days, or the one there is."""

    type = sa.Date()
    inherit_cache = True


class later(FunctionElement[Any]):  # noqa: N801 written like the functions of SQL
    """The later of two days."""

    type = sa.Date()
    inherit_cache = True


@compiles(earlier, "postgresql")
def _earlier_on_postgresql(element: Any, compiler: Any, **kw: Any) -> str:
    return f"least({compiler.process(element.clauses, **kw)})"


@compiles(earlier, "sqlite")
def _earlier_on_sqlite(element: Any, compiler: Any, **kw: Any) -> str:
    one, other = (compiler.process(clause, **kw) for clause in element.clauses)
    return f"min(coalesce({one}, {other}), coalesce({other}, {one}))"


@compiles(later, "postgresql")
def _later_on_postgresql(element: Any, compiler: Any, **kw: Any) -> str:
    return f"greatest({compiler.process(element.clauses, **kw)})"


@compiles(later, "sqlite")
def _later_on_sqlite(element: Any, compiler: Any, **kw: Any) -> str:
    return f"max({compiler.process(element.clauses, **kw)})"
