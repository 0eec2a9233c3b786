"""Figures over all courts, from the sums; and whether the sums are still those of the records."""

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

import sqlalchemy as sa
from sqlalchemy.sql.expression import ColumnElement

from mediation.accounts import services as accounts
from mediation.accounts.models import Court
from mediation.kernel import clock
from mediation.kernel.actor import Actor, Role
from mediation.kernel.db import db, transaction
from mediation.notices import services as notices
from mediation.notices.models import Notice
from mediation.statistics import asking
from mediation.statistics.asking import Answer, Question
from mediation.statistics.catalogue import BEARS_ON, Point, Readings, Settled, definition_on, readings_on
from mediation.statistics.facts import Facts, between
from mediation.statistics.models import FigureReading
from mediation.statistics.rules import Period
from mediation.statistics.sums import cells, counting, labels, rules, upkeep
from mediation.statistics.sums.cells import KEYS, PORTIONS
from mediation.statistics.sums.counting import Condition, Piece
from mediation.statistics.sums.rules import LASTING, OPEN, Half, Measure
from mediation.statistics.sums.upkeep import SUMS

KIND = "statistics.sums"
# Of the server's memory, for a comparison that adds up whole tables: for itself alone and until its transaction ends.
ROOM = sa.text("SET LOCAL work_mem = '512MB'")


# ---- all courts -----------------------------------------------------------------------------------------------------------


def opened_on() -> Any:
    """The day on which the first centre opened; none where no court is installed."""
    return db.session.scalar(sa.select(sa.func.min(Court.opened_on)))


def answers(questions: Sequence[Question]) -> list[Answer]:
    """Several figures over all courts: each court's own two counts, added, each by the court's own readings.

    From the sums where the figure can be added from months; otherwise court by court from the records, which is as
    exact and takes longer.
    """
    settled = _settled()
    return [_answer(question, settled) for question in questions]


def _settled() -> dict[int, list[Settled]]:
    found: dict[int, list[Settled]] = {}
    rows = sa.select(FigureReading.court_id, FigureReading.point, FigureReading.reading, FigureReading.valid_from)
    for court_id, point, reading, valid_from in db.session.execute(rows.order_by(FigureReading.id)):
        found.setdefault(court_id, []).append(Settled(point, reading, valid_from))
    return found


def _answer(question: Question, settled: dict[int, list[Settled]]) -> Answer:
    last = max(min(question.period.last, question.until), question.period.first)
    definition = definition_on(question.figure, last)
    former = definition_on(question.figure, question.period.first)
    whole = Answer(question, definition, Readings(), 0, None, former.version != definition.version)
    if (halves := rules.halves(definition, question.way)) is None or question.facts.before is not None:
        every = list(db.session.scalars(sa.select(Court.id).order_by(Court.id)))
        return _with(whole, [asking.answer(court_id, question) for court_id in every])
    apart = [court for court, said in settled.items() if _is_read_otherwise(question, readings_on(said, last))]
    period = Period(question.period.first, last)
    numbers = asking.counted([_number(half, period, apart) for half in halves])
    found = replace(whole, numerator=numbers[0], denominator=numbers[1])
    return _with(found, [asking.answer(court_id, question) for court_id in sorted(apart)])


def _is_read_otherwise(question: Question, held: Readings) -> bool:
    usual = Readings()
    return any(
        getattr(held, point.value) is not getattr(usual, point.value)
        for point in Point if question.figure in BEARS_ON[point]
    )  # fmt: skip


def _with(whole: Answer, others: Sequence[Answer]) -> Answer:
    """The same with what single courts count."""
    below = [n for n in (whole.denominator, *(one.denominator for one in others)) if n is not None]
    return replace(
        whole,
        numerator=whole.numerator + sum(one.numerator for one in others),
        denominator=sum(below) if below else None,
        changed=whole.changed or any(one.changed for one in others),
    )


def _number(half: Half, period: Period, apart: Collection[int]) -> sa.Select[Any]:
    """One count over all courts but those apart, the sums and the records read in one statement."""
    if not rules.is_read_from_sums(half, period, clock.today()):
        return _from_records(half, period, apart)
    parts = [_sum(measure, half, period, apart) for measure in half.measures]
    parts += [-cut for measure in half.measures if (cut := _cut(measure, half, period, apart)) is not None]
    parts += [_said_to_end_later(measure, period, apart) for measure in half.measures if measure in LASTING]
    total = parts[0]
    for part in parts[1:]:
        total = total + part
    return sa.select(total)


def _sum(measure: Measure, half: Half, period: Period, apart: Collection[int]) -> Any:
    first, last = rules.month_key(period.first), rules.day_key(period.last)
    where = [SUMS.c.measure == measure.value, SUMS.c.since < first, SUMS.c.court_id.not_in(apart)]
    if measure not in LASTING:
        return _added(half, *where, SUMS.c.last.in_(rules.keys(rules.widened(period, clock.today()))))
    # Begun by the last day and not over; what is over is known by its months, which tell no day within one.
    where.append(SUMS.c.first <= last)
    if not rules.ends_a_month(period):
        return _added(half, *where, SUMS.c.last == OPEN)
    # Month by month, for most of what ended later had not begun yet; and what ends are entered beyond today.
    later = rules.months_after(period, clock.today())
    beyond = _added(half, *where, SUMS.c.last > max(last, rules.day_key(clock.today())), SUMS.c.last < OPEN)
    return _added(half, *where, SUMS.c.last.in_([*later, OPEN])) + beyond


def _added(half: Half, *where: Condition) -> Any:
    counted = sa.func.sum(SUMS.c.days if half.days else SUMS.c.n)
    return sa.select(sa.func.coalesce(counted, 0)).where(*where).scalar_subquery()


def _cut(measure: Measure, half: Half, period: Period, apart: Collection[int]) -> Any:
    """What the months and years hold too much: disputes that count on the days cut off and on none of the period.

    Days still to come are looked at like all others, for a record may be dated wrongly. Each day stands in an index of
    its own, so that to find none there takes no time.
    """
    outside = rules.cut_off(period, clock.today())
    if not outside or measure in LASTING:
        return None
    pieces = counting.pieces(measure, Facts().of)
    found = [
        (piece, sa.or_(*(between(piece.day, days.first, days.last) for days in outside)), _in(piece, apart))
        for piece in pieces
    ]
    if measure in rules.EACH or (len(pieces) == 1 and pieces[0].is_single):
        ((piece, cut, theirs),) = found
        size = sa.func.coalesce(sa.func.sum(piece.days), 0) if half.days else sa.func.count()
        return sa.select(size).select_from(piece.source).where(*piece.where, cut, theirs).scalar_subquery()
    candidates = sa.union(*(piece.that(cut, theirs) for piece, cut, theirs in found)).subquery()
    inside = [
        sa.exists(piece.that(piece.dispute == candidates.c.dispute, between(piece.day, period.first, period.last)))
        for piece in pieces
    ]
    return sa.select(sa.func.count()).select_from(candidates).where(~sa.or_(*inside)).scalar_subquery()


def _said_to_end_later(measure: Measure, period: Period, apart: Collection[int]) -> Any:
    """Of what lasts: what had begun by the last day of the period, and whose end is entered for a day still to come."""
    (piece,) = counting.pieces(measure, Facts().of)
    if rules.ends_a_month(period) or piece.until is None or piece.since is None:
        return sa.literal(0)
    when = (piece.day <= period.last, piece.until > period.last, piece.since < rules.month_key(period.first))
    rows = sa.select(sa.func.count()).select_from(piece.source).where(*piece.where, *when, _in(piece, apart))
    return rows.scalar_subquery()


def _in(piece: Piece, apart: Collection[int]) -> Condition:
    """Of all courts but these."""
    return piece.court.not_in(apart)


def _from_records(half: Half, period: Period, apart: Collection[int]) -> sa.Select[Any]:
    """Counted from the records alone."""
    rows = []
    for measure in half.measures:
        for piece in counting.pieces(measure, Facts().of):
            if measure in LASTING and piece.until is not None:
                when = sa.and_(piece.day <= period.last, sa.or_(piece.until.is_(None), piece.until > period.last))
            else:
                when = between(piece.day, period.first, period.last)
            if measure in rules.EACH:
                size = sa.func.coalesce(sa.func.sum(piece.days), 0) if half.days else sa.func.count()
                return sa.select(size).select_from(piece.source).where(*piece.where, when, _in(piece, apart))
            rows.append(piece.that(when, _in(piece, apart)))
    return sa.select(sa.func.count()).select_from(sa.union(*rows).subquery())


# ---- whether they are right -----------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Difference:
    """A row of the sums that is not as the records say: how many it holds too few, or (below zero) too many."""

    court_id: int
    measure: Measure
    last: int
    first: int
    n: int
    days: int

    @property
    def when(self) -> str:
        """The month, or the whole year, it is about; of what still lasts, the month in which it began."""
        key = self.first if self.last == OPEN else self.last
        year, month = divmod(key // 100, 100)
        return f"{year}-{month:02}" if month else f"{year}"


def _missing(measures: Collection[Measure], courts: Sequence[int]) -> sa.Select[Any]:
    """What the records say less what the sums say, of these measures and courts, seen at one moment."""
    wanted = sa.bindparam("courts", courts, expanding=True, type_=sa.Integer())
    every = len(courts) == db.session.scalar(sa.select(sa.func.count()).select_from(Court))

    def theirs(court: ColumnElement[int]) -> Condition:
        return sa.true() if every else court.in_(wanted)

    said = cells.with_years(cells.by_the_table(measures, Facts().of, lambda piece: theirs(piece.court)))
    held = sa.select(*(SUMS.c[name] for name in KEYS), (-SUMS.c.n).label("n"), (-SUMS.c.days).label("days"))
    return cells.summed([said, held.where(SUMS.c.measure.in_(sorted(measures)), theirs(SUMS.c.court_id))])


def _make_room(connection: sa.Connection) -> None:
    if connection.dialect.name == "postgresql":
        connection.execute(ROOM)


def differences(courts: Sequence[int]) -> Iterator[Difference]:
    """Where the sums of these courts are not what their records say."""
    _make_room(db.session.connection())
    for measures in PORTIONS:
        for row in db.session.execute(_missing(measures, courts)):
            yield Difference(row.court_id, Measure(row.measure), row.last, row.first, int(row.n), int(row.days))


def settle(courts: Sequence[int], *, progress: Callable[[int, int], object] = lambda _done, _all: None) -> int:
    """Bring the sums of these courts to what their records say, some measures at a time; how many rows were wrong.

    What is missing is added, never overwritten: acts that go on meanwhile add theirs, and neither loses anything. It is
    laid aside first, for PostgreSQL lets several processes look for it together only while nothing is written by them.
    """
    wrong = 0
    for done, measures in enumerate(PORTIONS, 1):
        with transaction():
            connection = db.session.connection()
            _make_room(connection)
            missing = _missing(measures, courts).into("figure_sum_missing", temporary=True)
            connection.execute(missing)
            connection.execute(upkeep.added(sa.select(missing.table), connection.dialect.name))
            gone = sa.select(*(missing.table.c[name] for name in KEYS)).where(missing.table.c.n <= 0)
            same = sa.tuple_(*(SUMS.c[name] for name in KEYS)).in_(gone)
            connection.execute(sa.delete(SUMS).where(same, SUMS.c.n == 0, SUMS.c.days == 0))
            wrong += connection.scalars(sa.select(sa.func.count()).select_from(missing.table)).one()
            connection.execute(sa.schema.DropTable(missing.table))
        progress(done, len(PORTIONS))
    return wrong


def look(actor: Actor) -> int:
    """The daily run: compare the court's sums with its records; the system administrators are told once a day if they differ."""
    found = list(differences([actor.court_id]))
    if found and not _was_told_today(actor.court_id):
        with transaction():
            facts = {"n": len(found), "month": min(one.when for one in found)}
            readers = accounts.holding(actor.court_id, Role.SYSTEM_ADMIN)
            notices.tell_users(
                actor, readers, KIND, labels.DIFFERS, subject=accounts.court(actor.court_id), facts=facts
            )
    return len(found)


def _was_told_today(court_id: int) -> bool:
    today = clock.at(clock.today())
    told = sa.exists().where(Notice.court_id == court_id, Notice.kind == KIND, Notice.created_at >= today)
    return bool(db.session.scalar(sa.select(told)))
