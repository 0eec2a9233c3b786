"""The rows of the table of sums, as the records say them: of a few disputes one by one, or of whole tables at once.

Both come from the same pieces. One by one the months of each dispute are put in order, so that each row knows the one
before; that is what an act costs. Of millions of disputes nearly all count once: their records are added as they lie in
their tables, as if no dispute had counted before, and what this says wrong of those with several records is put right.
"""

from collections.abc import Callable, Hashable, Iterable
from dataclasses import replace
from functools import lru_cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy.sql.expression import ColumnElement

from mediation.statistics.sums.counting import Condition, Piece, Read, pieces
from mediation.statistics.sums.days import day_of, month_of
from mediation.statistics.sums.rules import EACH, LASTING, NEVER, OPEN, YEAR, Measure

M = Measure
KEYS = ("measure", "last", "first", "since", "court_id")
# What is counted anew in one go: what is read from the same tables.
_APART = (
    frozenset({M.RECEIVED}), frozenset({M.AGREED}), frozenset({M.APPLIED, M.DECIDED, M.CONFIRMED}), frozenset({M.RUNNING}),
    frozenset({M.RUNNING_LATE}),
)  # fmt: skip
PORTIONS = (frozenset(M).difference(*_APART), *_APART)
Narrow = Callable[[Piece], Condition]
Counted = list[tuple[Measure, Piece]]


def _number(value: int) -> ColumnElement[int]:
    return sa.literal_column(str(value), sa.Integer())


def _one_of(column: ColumnElement[int], measures: Iterable[Measure]) -> Condition:
    return column.in_([_number(measure) for measure in sorted(measures)])


def _row(**said: Any) -> list[Any]:
    """The columns of a row, always in the same order."""
    return [said[name].label(name) for name in (*KEYS, "n", "days")]


def _list(name: str, values: Iterable[int]) -> Any:
    """A small table of numbers, beside which a row is said once for each."""
    return sa.union_all(*(sa.select(_number(value).label(name)) for value in values)).subquery()


def _happening(measures: Iterable[Measure], read: Read) -> Counted:
    return [(measure, piece) for measure in measures if measure not in LASTING for piece in pieces(measure, read)]


def _alike(counted: Counted, by: Callable[[Piece], Hashable]) -> list[Counted]:
    found: dict[Hashable, Counted] = {}
    for measure, piece in counted:
        found.setdefault(by(piece), []).append((measure, piece))
    return list(found.values())


# ---- one by one -----------------------------------------------------------------------------------------------------------


def one_by_one(
    measures: Iterable[Measure], read: Read, narrow: Narrow, sign: int, *, at_large: bool = False
) -> list[sa.Select[Any]]:
    """Every row that counts, with the key under which it is summed; of a few disputes.

    What is read from one table is read from it once, whatever it counts for.
    """
    wanted = sorted(measures)
    lasting = [(measure, pieces(measure, read, at_large=at_large)[0]) for measure in wanted if measure in LASTING]
    found = [_lasting(measure, piece, narrow, sign) for measure, piece in lasting]
    if happening := _happening(wanted, lru_cache(maxsize=None)(read)):
        parts = [_read_once(several, narrow) for several in _alike(happening, lambda piece: piece.source)]
        found.append(_in_order(parts, sign))
    return found


def _lasting(measure: Measure, one: Piece, narrow: Narrow, sign: int) -> sa.Select[Any]:
    until: Any = one.until
    over = until.is_not(None)
    return (
        sa.select(
            *_row(
                measure=_number(measure),
                last=sa.case((over, month_of(until)), else_=_number(OPEN)),
                first=sa.case((over, month_of(one.day)), else_=day_of(one.day)),
                since=_number(NEVER) if one.since is None else one.since,
                court_id=one.court,
                n=_number(sign),
                days=_number(0),
            )
        )
        .select_from(one.source)
        .where(*one.where, narrow(one))
    )


def _read_once(several: Counted, narrow: Narrow) -> sa.Select[Any]:
    """Each row of a table once for every measure for which it counts."""
    one = several[0][1]
    named = _list("measure", (measure for measure, _piece in several))
    day = sa.case({m.value: month_of(piece.day) for m, piece in several}, value=named.c.measure)
    lengths = {m.value: piece.days for m, piece in several if piece.days is not None}
    days = sa.case(lengths, value=named.c.measure, else_=_number(0)) if lengths else _number(0)
    counts = sa.or_(*(sa.and_(named.c.measure == _number(m), *piece.where) for m, piece in several))
    return (
        sa.select(
            named.c.measure, one.court.label("court_id"), one.dispute.label("dispute"), day.label("month"), days.label("days")
        )
        .select_from(one.source.join(named, counts))
        .where(narrow(one))
    )  # fmt: skip


def _in_order(parts: list[sa.Select[Any]], sign: int) -> sa.Select[Any]:
    rows = (parts[0] if len(parts) == 1 else sa.union_all(*parts)).subquery()
    before = sa.func.max(rows.c.month).over(
        partition_by=(rows.c.measure, rows.c.dispute), order_by=rows.c.month, rows=(None, -1)
    )  # fmt: skip
    since = sa.case((_one_of(rows.c.measure, EACH), NEVER), else_=sa.func.coalesce(before, NEVER))
    return sa.select(
        *_row(
            measure=rows.c.measure, last=rows.c.month, first=rows.c.month, since=since, court_id=rows.c.court_id,
            n=_number(sign), days=rows.c.days * _number(sign),
        )
    )  # fmt: skip


# ---- whole tables at once -------------------------------------------------------------------------------------------------


def by_the_table(measures: Iterable[Measure], read: Read, narrow: Narrow) -> list[sa.Select[Any]]:
    """The same rows of all disputes, already added up: as if none had counted before, and what is to be put right of it."""
    wanted, once = sorted(measures), lru_cache(maxsize=None)(read)
    happening = _happening(wanted, once)
    lasting = [(measure, pieces(measure, once, at_large=True)[0]) for measure in wanted if measure in LASTING]
    found = [_added_up(several, narrow) for several in _alike(happening, lambda piece: (piece.source, piece.day))]
    found += [summed([_lasting(measure, replace(piece, since=None), narrow, 1)]) for measure, piece in lasting]
    in_turn = [(measure, piece) for measure, piece in happening if measure not in EACH]
    if repeated := _with_several_records(in_turn + lasting, narrow):
        several = sa.union(*repeated).cte()
        theirs = one_by_one(
            {measure for measure, _piece in in_turn + lasting},
            read,
            lambda piece: sa.and_(piece.dispute.in_(sa.select(several.c.dispute)), narrow(piece)),
            1,
            at_large=True,
        )
        found += [_put_right(rows) for rows in theirs]
    return found


def _added_up(several: Counted, narrow: Narrow) -> sa.Select[Any]:
    """What counts by one day of one table: the table is read once and each court and month of it added for all measures."""
    one, alone = several[0][1], len(several) == 1

    def those(number: Any, piece: Piece) -> Any:
        return number if alone else number.filter(sa.and_(sa.true(), *piece.where))

    counts = {m.value: those(sa.func.count(), piece).label(f"n{m.value}") for m, piece in several}
    lengths = {
        m.value: those(sa.func.sum(piece.days), piece).label(f"days{m.value}")
        for m, piece in several
        if piece.days is not None
    }
    month = month_of(one.day).label("month")
    months = (
        sa.select(one.court.label("court_id"), month, *counts.values(), *lengths.values())
        .select_from(one.source)
        .where(one.day.is_not(None), *(one.where if alone else ()), narrow(one))
        .group_by(one.court, month)
        .subquery()
    )
    named = _list("measure", counts)
    n = sa.case({m: months.c[column.name] for m, column in counts.items()}, value=named.c.measure)
    days: Any = _number(0)
    if lengths:
        days = sa.case({m: months.c[column.name] for m, column in lengths.items()}, value=named.c.measure, else_=days)
    return (
        sa.select(
            *_row(
                measure=named.c.measure, last=months.c.month, first=months.c.month, since=_number(NEVER),
                court_id=months.c.court_id, n=n, days=days,
            )
        )
        .select_from(months.join(named, sa.true()))
        .where(n != 0)
    )  # fmt: skip


def _with_several_records(counted: Counted, narrow: Narrow) -> list[sa.Select[Any]]:
    """The disputes of which a table holds several records, or that count for a measure by several tables: some of them twice."""
    found = []
    for several in _alike(counted, lambda piece: piece.source):
        piece = several[0][1]
        if not piece.is_single:
            every = sa.select(piece.dispute.label("dispute")).select_from(piece.source).where(narrow(piece))
            found.append(_repeated(every))
    for measure in sorted({measure for measure, _piece in counted}):
        parts = [
            sa.select(piece.dispute.label("dispute")).select_from(piece.source).where(*piece.where, narrow(piece))
            for of, piece in counted if of is measure
        ]  # fmt: skip
        if len(parts) > 1:
            found.append(_repeated(sa.union_all(*parts)))
    return found


def _repeated(disputes: Any) -> sa.Select[Any]:
    each = disputes.subquery()
    return sa.select(each.c.dispute).group_by(each.c.dispute).having(sa.func.count() > 1)


def _put_right(rows: sa.Select[Any]) -> sa.Select[Any]:
    """A dispute that had counted before was added as if it had not."""
    each, sign = rows.subquery(), _list("sign", (1, -1))
    since = sa.case((sign.c.sign == _number(1), each.c.since), else_=_number(NEVER))
    right = (
        sa.select(
            *_row(
                measure=each.c.measure, last=each.c.last, first=each.c.first, since=since, court_id=each.c.court_id,
                n=each.c.n * sign.c.sign, days=each.c.days * sign.c.sign,
            )
        )
        .select_from(each.join(sign, sa.true()))
        .where(each.c.since != _number(NEVER))
    )  # fmt: skip
    return summed([right])


# ---- together -------------------------------------------------------------------------------------------------------------


def with_years(parts: list[sa.Select[Any]]) -> sa.Select[Any]:
    """The months and, of what happens, the years: the months of each, less what counted before in the same year."""
    rows, whole = sa.union_all(*parts).subquery(), _list("whole", (0, 1))
    year = rows.c.last - rows.c.last % _number(YEAR)
    is_year = whole.c.whole == _number(1)
    first_of_it = sa.and_(~_one_of(rows.c.measure, LASTING), rows.c.since < year)
    return sa.select(
        *_row(
            measure=rows.c.measure, last=sa.case((is_year, year), else_=rows.c.last),
            first=sa.case((is_year, year), else_=rows.c.first), since=rows.c.since, court_id=rows.c.court_id, n=rows.c.n,
            days=rows.c.days,
        )
    ).select_from(rows.join(whole, sa.or_(~is_year, first_of_it)))  # fmt: skip


def summed(parts: list[sa.Select[Any]]) -> sa.Select[Any]:
    """Rows added up under each key; what comes to nothing is left out."""
    rows = (parts[0] if len(parts) == 1 else sa.union_all(*parts)).subquery()
    # Whole numbers as the table holds them: PostgreSQL adds longer ones many times slower.
    n, days = (sa.cast(sa.func.sum(sa.cast(column, sa.Integer)), sa.Integer) for column in (rows.c.n, rows.c.days))
    keys = [rows.c[name] for name in KEYS]
    return (
        sa.select(*keys, n.label("n"), days.label("days")).group_by(*keys).having(sa.or_(n != 0, days != 0))
    )  # fmt: skip
