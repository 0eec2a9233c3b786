"""What each measure counts, as rows of the records; the sums, their comparison and their upkeep all come from here."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.sql.expression import ColumnElement

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
from mediation.statistics.sums.days import day_after, earlier, later, month_of
from mediation.statistics.sums.rules import NEVER, Measure

Condition = sa.ColumnElement[bool]
Read = Callable[[type[Base]], sa.FromClause]
M = Measure
ELSEWHERE = (ScreeningResult.OUT_OF_SCOPE, ScreeningResult.WRONG_COURT)


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

    @property
    def is_single(self) -> bool:
        """Whether the table holds one such row of a dispute at the most: it allows no second."""
        (said,) = self.dispute.base_columns
        keys = (sa.PrimaryKeyConstraint, sa.UniqueConstraint)
        return any(isinstance(one, keys) and list(one.columns) == [said] for one in said.table.constraints)

    def that(self, *conditions: Condition) -> sa.Select[Any]:
        """The disputes of these rows, each once."""
        return (
            sa.select(self.dispute.label("dispute")).distinct().select_from(self.source).where(*self.where, *conditions)
        )


# ---- of one measure -----------------------------------------------------------------------------------------------------


def pieces(measure: Measure, read: Read, *, at_large: bool = False) -> tuple[Piece, ...]:
    """What counts for it; of several kinds of rows each dispute counts once. At large: as whole tables are read best."""
    return (_AT_LARGE if at_large and measure in _AT_LARGE else _PIECES)[measure](read)


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
    """By the clock of each mediation."""
    a, d = read(Assignment), read(Deadline)
    clock = _clocks(d, sa.func.min(d.c.final_on)).where(d.c.dispute_id == a.c.dispute_id, d.c.subject_id == a.c.id)
    return _past_its_clock(read, a, a, clock.scalar_subquery())


def _running_late_at_large(read: Read) -> tuple[Piece, ...]:
    """The same, all clocks found at once."""
    a, d = read(Assignment), read(Deadline)
    mediation = (d.c.dispute_id, d.c.subject_id)
    clocks = _clocks(d, *mediation, sa.func.min(d.c.final_on).label("final_on")).group_by(*mediation).subquery()
    theirs = sa.and_(clocks.c.dispute_id == a.c.dispute_id, clocks.c.subject_id == a.c.id)
    return _past_its_clock(read, a, a.outerjoin(clocks, theirs), clocks.c.final_on)


def _clocks(d: sa.FromClause, *columns: Any) -> sa.Select[Any]:
    return sa.select(*columns).where(d.c.subject_type == "assignment", d.c.key.in_(MEDIATION_KEYS))


def _past_its_clock(read: Read, a: sa.FromClause, source: sa.FromClause, clock: Any) -> tuple[Piece, ...]:
    # As kept at the end, or as the running clock says.
    last: Any = earlier(a.c.final_on, clock)
    begins: Any = later(day_after(last), a.c.accepted_on)
    where = (
        *_taken_up(a, EVERY), a.c.accepted_on.is_not(None), last.is_not(None),
        sa.or_(a.c.ended_on.is_(None), begins < a.c.ended_on),
    )  # fmt: skip
    since = _before(read, a, M.ENDED_LATE)
    return (Piece(source, where, a.c.court_id, a.c.dispute_id, begins, until=a.c.ended_on, since=since),)


def _before(read: Read, a: sa.FromClause, measure: Measure) -> ColumnElement[int]:
    """A dispute has one mediation at a time: whatever of it ended counts before this one began."""
    (former,) = pieces(measure, read)
    ends = sa.select(sa.func.max(month_of(former.day))).where(
        *former.where, former.dispute == a.c.dispute_id, former.source.c.id != a.c.id, former.day <= a.c.accepted_on
    )
    return sa.func.coalesce(ends.scalar_subquery(), NEVER)


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
_AT_LARGE: dict[Measure, Callable[[Read], tuple[Piece, ...]]] = {M.RUNNING_LATE: _running_late_at_large}
_ENDS = frozenset(M) - {M.RECEIVED, M.FILED, M.AGREED, M.APPLIED, M.DECIDED, M.CONFIRMED}
_LASTS, _RULED = (
    frozenset({M.RUNNING, M.RUNNING_LATE, M.LENGTH_BEFORE, M.LENGTH_AFTER}),
    frozenset({M.DECIDED, M.CONFIRMED}),
)
_SUCCESSES = frozenset({M.SUCCESS_BEFORE, M.SUCCESS_AFTER, M.QUICK, M.BROUGHT, M.ENDED_NOT_WITHDRAWN})
# The days by which a record counts: what a new one bears on.
_BY_DAY: dict[type[Base], dict[str, frozenset[Measure]]] = {
    Dispute: {"received_at": frozenset({M.RECEIVED})},
    Screening: {"result": frozenset({M.RECEIVED})},
    Assignment: {"issued_on": frozenset({M.HANDED_OUT, M.HANDED_OUT_ALL}), "accepted_on": _LASTS, "ended_on": _ENDS},
    Deadline: {"final_on": frozenset({M.RUNNING_LATE})},
    LitigationCase: {"filed_on": frozenset({M.FILED, M.BROUGHT}), "closed_on": frozenset({M.QUICK})},
    Agreement: {"effective_on": frozenset({M.AGREED})},
    Confirmation: {"applied_on": frozenset({M.APPLIED}), "decided_on": _RULED},
}
# What a correction of one of their other columns bears on besides; of those named nowhere nothing is read.
_OTHERWISE: dict[type[Base], dict[str, frozenset[Measure]]] = {
    Dispute: {"court_id": frozenset({M.RECEIVED})},
    Screening: {"dispute_id": frozenset({M.RECEIVED})},
    Assignment: {
        "court_id": _ENDS, "dispute_id": _ENDS, "kind": _ENDS | {M.AGREED}, "end_code": _ENDS, "mediated": _SUCCESSES,
        "final_on": frozenset({M.ENDED_LATE, M.RUNNING_LATE}), "excluded_days": _LASTS,
    },
    Deadline: dict.fromkeys(("dispute_id", "subject_type", "subject_id", "key"), frozenset({M.RUNNING_LATE})),
    LitigationCase: {"fast_track": frozenset({M.QUICK})} | dict.fromkeys(("court_id", "dispute_id"), frozenset({M.FILED, M.QUICK, M.BROUGHT})),
    Agreement: dict.fromkeys(("court_id", "dispute_id", "assignment_id"), frozenset({M.AGREED})),
    Confirmation: {"outcome": _RULED} | dict.fromkeys(("court_id", "dispute_id"), _RULED | {M.APPLIED}),
}  # fmt: skip
READ = frozenset(_BY_DAY)


def borne_on(model: type[Base], columns: Iterable[str], *, made: bool) -> frozenset[Measure]:
    """What is to be counted again after these columns of a record have changed, or a record with these was made."""
    read = _BY_DAY[model] if made else _BY_DAY[model] | _OTHERWISE[model]
    return frozenset[Measure]().union(*(read[column] for column in columns if column in read))
