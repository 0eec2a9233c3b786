"""What each measure counts, as rows of the records; the sums, their comparison and their upkeep all come from here."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.expression import ColumnElement, FunctionElement

from mediation.agreements.models import Agreement
from mediation.assignment.models import Assignment
from mediation.assignment.rules import EndCode, Kind
from mediation.confirmation.models import Confirmation
from mediation.confirmation.rules import Outcome
from mediation.disputes.models import Dispute
from mediation.intake.models import Screening
from mediation.intake.rules import ScreeningResult
from mediation.kernel.db import Base
from mediation.litigation.models import LitigationCase
from mediation.periods.models import Deadline
from mediation.statistics.counting.mediations import AFTER_FILING, BEFORE_FILING, EVERY, MEDIATION_KEYS
from mediation.statistics.facts import days_between
from mediation.statistics.sums.rules import EACH, LASTING, NEVER, OPEN, Measure

Condition = sa.ColumnElement[bool]
Read = Callable[[type[Base]], sa.FromClause]
M = Measure
KEYS = ("measure", "last", "first", "since", "court_id")
ELSEWHERE = (ScreeningResult.OUT_OF_SCOPE, ScreeningResult.WRONG_COURT)


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
    day = _day(element, compiler, **kw)
    return f"CAST(date_part('year', {day}) * 10000 + date_part('month', {day}) * 100 AS INTEGER)"


@compiles(month_of, "sqlite")
def _month_on_sqlite(element: Any, compiler: Any, **kw: Any) -> str:
    return f"(CAST(strftime('%Y%m', {_day(element, compiler, **kw)}) AS INTEGER) * 100)"


@compiles(day_of, "postgresql")
def _day_on_postgresql(element: Any, compiler: Any, **kw: Any) -> str:
    day = _day(element, compiler, **kw)
    return (
        f"CAST(date_part('year', {day}) * 10000 + date_part('month', {day}) * 100 + date_part('day', {day}) AS INTEGER)"
    )


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


@dataclass(frozen=True)
class Piece:
    """Rows that count for a measure: each of a court and a dispute, on a day; what lasts, until another."""

    source: sa.FromClause
    where: tuple[Condition, ...]
    court: ColumnElement[int]
    dispute: ColumnElement[int]
    day: ColumnElement[Any]
    until: ColumnElement[Any] | None = None
    days: ColumnElement[int] | None = None
    # Of what lasts: the last month in which the same dispute counted as ended before it began.
    since: ColumnElement[int] | None = None

    def that(self, *conditions: Condition) -> sa.Select[Any]:
        """The disputes of these rows, each once."""
        return (
            sa.select(self.dispute.label("dispute")).distinct().select_from(self.source).where(*self.where, *conditions)
        )


# ---- of one measure -----------------------------------------------------------------------------------------------------


def pieces(measure: Measure, read: Read) -> tuple[Piece, ...]:
    """What counts for it; of several kinds of rows each dispute counts once."""
    return _PIECES[measure](read)


def _received(read: Read) -> tuple[Piece, ...]:
    d, s = read(Dispute), read(Screening)
    elsewhere = sa.exists().where(s.c.dispute_id == d.c.id, s.c.result.in_(ELSEWHERE))
    return (Piece(d, (~elsewhere,), d.c.court_id, d.c.id, d.c.received_at),)


def _taken_up(a: sa.FromClause, kinds: Iterable[Kind]) -> tuple[Condition, ...]:
    """R3-22: those the mediator did not take up are none."""
    return a.c.kind.in_(list(kinds)), sa.or_(a.c.end_code.is_not(None), a.c.ended_on.is_(None))


def _handed_out(*kinds: Kind) -> Callable[[Read], tuple[Piece, ...]]:
    def of(read: Read) -> tuple[Piece, ...]:
        a = read(Assignment)
        return (Piece(a, _taken_up(a, kinds), a.c.court_id, a.c.dispute_id, a.c.issued_on),)

    return of


def _ended(
    *kinds: Kind, that: Callable[[sa.FromClause], Condition] | None = None
) -> Callable[[Read], tuple[Piece, ...]]:
    def of(read: Read) -> tuple[Piece, ...]:
        a = read(Assignment)
        where = (a.c.kind.in_(kinds), a.c.end_code.is_not(None), a.c.ended_on.is_not(None))
        return (Piece(a, (*where, that(a)) if that else where, a.c.court_id, a.c.dispute_id, a.c.ended_on),)

    return of


def _success(a: sa.FromClause) -> Condition:
    """R7-06, U17 as the product comes: agreement, or settled after mediation work."""
    return sa.or_(a.c.end_code == EndCode.AGREEMENT, sa.and_(a.c.end_code == EndCode.SETTLED, a.c.mediated))


def _not_withdrawn(a: sa.FromClause) -> Condition:
    return sa.or_(a.c.end_code != EndCode.SETTLED, a.c.mediated)


def _past_its_day(a: sa.FromClause) -> Condition:
    return a.c.ended_on > a.c.final_on


def _lengths(*kinds: Kind) -> Callable[[Read], tuple[Piece, ...]]:
    def of(read: Read) -> tuple[Piece, ...]:
        a = read(Assignment)
        where = (
            a.c.kind.in_(kinds),
            a.c.end_code.is_not(None),
            a.c.ended_on.is_not(None),
            a.c.accepted_on.is_not(None),
        )
        days = days_between(a.c.accepted_on, a.c.ended_on) - a.c.excluded_days
        return (Piece(a, where, a.c.court_id, a.c.dispute_id, a.c.ended_on, days=days),)

    return of


def _filed(read: Read) -> tuple[Piece, ...]:
    c = read(LitigationCase)
    return (Piece(c, (), c.c.court_id, c.c.dispute_id, c.c.filed_on),)


def _closed_fast(read: Read) -> tuple[Piece, ...]:
    c = read(LitigationCase)
    return (Piece(c, (c.c.fast_track, c.c.closed_on.is_not(None)), c.c.court_id, c.c.dispute_id, c.c.closed_on),)


def _agreed(read: Read) -> tuple[Piece, ...]:
    e, a = read(Agreement), read(Assignment)
    where = (e.c.effective_on.is_not(None), a.c.kind.in_(BEFORE_FILING))
    source = e.join(a, a.c.id == e.c.assignment_id)
    return (Piece(source, where, e.c.court_id, e.c.dispute_id, e.c.effective_on),)


def _applied(read: Read) -> tuple[Piece, ...]:
    c = read(Confirmation)
    return (Piece(c, (), c.c.court_id, c.c.dispute_id, c.c.applied_on),)


def _decided(*outcomes: Outcome) -> Callable[[Read], tuple[Piece, ...]]:
    def of(read: Read) -> tuple[Piece, ...]:
        c = read(Confirmation)
        where = (c.c.outcome.in_(outcomes), c.c.decided_on.is_not(None))
        return (Piece(c, where, c.c.court_id, c.c.dispute_id, c.c.decided_on),)

    return of


def _running(read: Read) -> tuple[Piece, ...]:
    a = read(Assignment)
    where = (*_taken_up(a, EVERY), a.c.accepted_on.is_not(None))
    since = _before(read, a, M.ENDED_ALL)
    return (Piece(a, where, a.c.court_id, a.c.dispute_id, a.c.accepted_on, until=a.c.ended_on, since=since),)


def _running_late(read: Read) -> tuple[Piece, ...]:
    a, d = read(Assignment), read(Deadline)
    clock = (
        sa.select(sa.func.min(d.c.final_on))
        .where(
            d.c.dispute_id == a.c.dispute_id, d.c.subject_type == "assignment", d.c.subject_id == a.c.id,
            d.c.key.in_(MEDIATION_KEYS),
        )
        .scalar_subquery()
    )  # fmt: skip
    # As kept at the end, or as the running clock says.
    last = sa.case(
        (a.c.final_on < sa.func.coalesce(clock, a.c.final_on), a.c.final_on),
        else_=sa.func.coalesce(clock, a.c.final_on),
    )
    late: Any = day_after(sa.type_coerce(last, sa.Date()))
    begins: Any = sa.type_coerce(sa.case((late < a.c.accepted_on, a.c.accepted_on), else_=late), sa.Date())
    where = (
        *_taken_up(a, EVERY), a.c.accepted_on.is_not(None), last.is_not(None),
        sa.or_(a.c.ended_on.is_(None), begins < a.c.ended_on),
    )  # fmt: skip
    since = _before(read, a, M.ENDED_LATE)
    return (Piece(a, where, a.c.court_id, a.c.dispute_id, begins, until=a.c.ended_on, since=since),)


def _before(read: Read, a: sa.FromClause, measure: Measure) -> ColumnElement[int]:
    """A dispute has one mediation at a time: whatever of it ended counts before this one began."""
    (former,) = pieces(measure, read)
    earlier = sa.select(sa.func.max(month_of(former.day))).where(
        *former.where, former.dispute == a.c.dispute_id, former.source.c.id != a.c.id, former.day <= a.c.accepted_on
    )
    return sa.func.coalesce(earlier.scalar_subquery(), NEVER)


def _together(*several: Callable[[Read], tuple[Piece, ...]]) -> Callable[[Read], tuple[Piece, ...]]:
    return lambda read: tuple(piece for one in several for piece in one(read))


_SUCCESS_BEFORE, _SUCCESS_AFTER = (_ended(*kinds, that=_success) for kinds in (BEFORE_FILING, AFTER_FILING))
_PIECES: dict[Measure, Callable[[Read], tuple[Piece, ...]]] = {
    M.RECEIVED: _received,
    M.HANDED_OUT: _handed_out(*BEFORE_FILING),
    M.HANDED_OUT_ALL: _handed_out(*EVERY),
    M.ENDED_BEFORE: _ended(*BEFORE_FILING),
    M.ENDED_AFTER: _ended(*AFTER_FILING),
    M.ENDED_ALL: _ended(*EVERY),
    M.ENDED_NOT_WITHDRAWN: _ended(*BEFORE_FILING, that=_not_withdrawn),
    M.SUCCESS_BEFORE: _SUCCESS_BEFORE,
    M.SUCCESS_AFTER: _SUCCESS_AFTER,
    M.FILED: _filed,
    M.QUICK: _together(_SUCCESS_AFTER, _closed_fast),
    M.BROUGHT: _together(_SUCCESS_BEFORE, _filed),
    M.AGREED: _agreed,
    M.APPLIED: _applied,
    M.DECIDED: _decided(Outcome.VALID, Outcome.DISMISSED, Outcome.NOT_ACCEPTED),
    M.CONFIRMED: _decided(Outcome.VALID),
    M.LENGTH_BEFORE: _lengths(*BEFORE_FILING),
    M.LENGTH_AFTER: _lengths(*AFTER_FILING),
    M.ENDED_LATE: _ended(*EVERY, that=_past_its_day),
    M.RUNNING: _running,
    M.RUNNING_LATE: _running_late,
}
# What a change of one of these records bears on.
READ_BY: dict[type[Base], frozenset[Measure]] = {
    Dispute: frozenset({M.RECEIVED}),
    Screening: frozenset({M.RECEIVED}),
    Assignment: frozenset(M) - {M.RECEIVED, M.FILED, M.APPLIED, M.DECIDED, M.CONFIRMED},
    Deadline: frozenset({M.RUNNING_LATE}),
    LitigationCase: frozenset({M.FILED, M.QUICK, M.BROUGHT}),
    Agreement: frozenset({M.AGREED}),
    Confirmation: frozenset({M.APPLIED, M.DECIDED, M.CONFIRMED}),
}


# ---- the rows of the table ------------------------------------------------------------------------------------------------


def cells(
    measures: Iterable[Measure], read: Read, narrow: Callable[[Piece], Condition], sign: int
) -> list[sa.Select[Any]]:
    """Every row that counts, with the key under which it is summed; of some courts or disputes."""
    return [_cells(measure, pieces(measure, read), narrow, sign) for measure in measures]


def _cells(
    measure: Measure, found: tuple[Piece, ...], narrow: Callable[[Piece], Condition], sign: int
) -> sa.Select[Any]:
    number, counted = sa.literal_column(str(measure.value), sa.Integer()), sa.literal_column(str(sign), sa.Integer())
    if measure in LASTING:
        (one,) = found
        month, over = month_of(one.day), one.until.is_not(None) if one.until is not None else sa.true()
        return sa.select(
            number.label("measure"),
            sa.case((over, month_of(one.until)), else_=sa.literal_column(str(OPEN), sa.Integer())).label("last"),
            sa.case((over, month), else_=day_of(one.day)).label("first"),
            sa.func.coalesce(one.since, NEVER).label("since"),
            one.court.label("court_id"),
            counted.label("n"),
            sa.literal_column("0", sa.Integer()).label("days"),
        ).select_from(one.source).where(*one.where, narrow(one))  # fmt: skip
    nothing: Any = sa.literal_column("0", sa.Integer())
    rows = [
        sa.select(
            one.court.label("court_id"), one.dispute.label("dispute"), month_of(one.day).label("month"),
            (nothing if one.days is None else one.days * counted).label("days"),
        ).select_from(one.source).where(*one.where, narrow(one))
        for one in found
    ]  # fmt: skip
    rows_of = (rows[0] if len(rows) == 1 else sa.union_all(*rows)).subquery()
    since: Any = sa.literal_column(str(NEVER), sa.Integer())
    if measure not in EACH:
        since = sa.func.max(rows_of.c.month).over(
            partition_by=rows_of.c.dispute, order_by=rows_of.c.month, rows=(None, -1)
        )  # fmt: skip
        since = sa.func.coalesce(since, NEVER)
    return sa.select(
        number.label("measure"), rows_of.c.month.label("last"), rows_of.c.month.label("first"), since.label("since"),
        rows_of.c.court_id, counted.label("n"), rows_of.c.days,
    )  # fmt: skip


def summed(parts: list[sa.Select[Any]]) -> sa.Select[Any]:
    """The same added up under each key; what comes to nothing is left out."""
    rows = sa.union_all(*parts).subquery()
    n, days = sa.func.sum(rows.c.n), sa.func.sum(rows.c.days)
    keys = [rows.c[name] for name in KEYS]
    return (
        sa.select(*keys, n.label("n"), days.label("days"))
        .group_by(*keys)
        .having(sa.or_(n != 0, days != 0))
        .order_by(*keys)
    )  # fmt: skip
