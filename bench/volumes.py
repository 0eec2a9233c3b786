"""Figures at the size of the nation: many courts in one PostgreSQL, one court on SQLite, and what the sums cost each act.

Disputes are made by the server itself from the numbers of a series, into the product's own tables: received over 1,700
days, screened, handed to mediators, some of them twice, ended early or late, filed, agreed, confirmed. Figures read
nothing else. Left out: parties, case numbers, documents, the trail, the past states, clocks of mediations that are over.
Each figure stands beside the same question to the records of all courts without the sums, and beside the bare count of a table.
"""

import statistics as middle
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import psycopg
import sqlalchemy as sa

from bench import data
from mediation.accounts.models import Court, User
from mediation.agreements.models import Agreement
from mediation.assignment.models import Assignment
from mediation.confirmation.models import Confirmation
from mediation.disputes.models import Cause, Dispute
from mediation.intake.models import Screening
from mediation.kernel import clock, known
from mediation.kernel.db import Base, db
from mediation.litigation.models import LitigationCase
from mediation.periods.models import Deadline
from mediation.roster.models import Mediator
from mediation.scheduling.models import Resource
from mediation.statistics import asking, keeping, services
from mediation.statistics.asking import Question
from mediation.statistics.catalogue import Figure, Way
from mediation.statistics.facts import Facts, between
from mediation.statistics.rules import Period, month_of
from mediation.statistics.sums import counting, rules
from mediation.statistics.sums import services as nation
from mediation.statistics.sums.models import FigureSum
from mediation.statistics.sums.rules import LASTING, Half
from tests import builders, cluster, world
from tests.conftest import make_app

BATCH, DAYS, ACTS = 250_000, 1_700, 60
# A server for this alone: a quarter of the memory of a small machine.
SERVER = {
    "shared_buffers": "2GB", "work_mem": "64MB", "maintenance_work_mem": "512MB", "max_wal_size": "8GB", "effective_cache_size": "8GB",
    "random_page_cost": "1.1",
}  # fmt: skip
HEADLINE = (
    Figure.I01,
    Figure.I03A,
    Figure.I03B,
    Figure.I06,
    Figure.I07,
    Figure.I09,
    Figure.I10,
    Figure.I12A,
    Figure.I13,
)


# ---- the records ------------------------------------------------------------------------------------------------------------

# h and k: two numbers below a hundred that a dispute keeps; day: when it was received.
SERIES = """
    SELECT s AS i, s - {start} AS nth, {court} + (s * 7919) % {courts} AS court_id,
           abs(hashint8(s * 31)) % 100 AS h, abs(hashint8(s * 17 + 5)) % 100 AS k,
           date '{first}' + ((s - {start}) * {days} / {total})::int AS day
    FROM generate_series({low}::bigint, {high}::bigint) AS s
"""
# 96 of a hundred belong here; of these 85 are handed to a mediator; the end lies 3 to 34 days after the acceptance.
COURSE = """
    SELECT *, h % 25 = 0 AS elsewhere, h % 25 <> 0 AND k < 85 AS mediated,
           CASE WHEN k < 70 THEN 'delegated' WHEN k < 78 THEN 'referred' ELSE 'entrusted' END AS kind,
           day + 1 + h % 3 AS issued, day + 1 + h % 3 + k % 2 AS accepted, day + 5 + h % 3 + k % 2 + (h * 7 + k) % 32 AS over,
           CASE WHEN h < 45 THEN '01' WHEN h < 55 THEN '02' WHEN h < 60 THEN '03' WHEN h < 64 THEN '04'
                WHEN h < 88 THEN '05' ELSE '06' END AS code
    FROM ({series}) AS d
"""


def _texts(values: dict[str, Any]) -> dict[str, str]:
    return {name: text if isinstance(text, str) else str(text) for name, text in values.items()}


def _usual(column: sa.Column[Any]) -> str | None:
    """What a column holds where nothing is said: its default as the server writes it."""
    if column.default is None:
        return None
    if not column.default.is_scalar:
        made = column.default.arg.__name__
        return {"dict": "'{}'", "list": "'[]'"}.get(made, "now()")
    said = column.default.arg
    return str(said) if isinstance(said, int | float) else f"'{getattr(said, 'value', said)}'"


def _insert(model: type[Base], source: str, where: str, /, **said: Any) -> str:
    table = model.__table__
    usual = {c.name: text for c in table.columns if c.name != "id" and (text := _usual(c)) is not None}
    columns = usual | _texts(said)
    names = ", ".join(f'"{name}"' for name in columns)
    return f"INSERT INTO {table.name} ({names}) SELECT {', '.join(columns.values())} FROM ({source}) AS c WHERE {where}"  # noqa: S608 our own names


def _statements(source: str, who: dict[str, Any], today: date) -> Iterator[str]:
    clerk, judge, confirming, mediator = who["clerk"], who["judge"], who["confirming"], who["mediator"]
    done = f"over <= date '{today}'"
    yield _insert(
        Dispute, source, "true", id="i", court_id="court_id", receipt_no="'V-' || i", source="'window'",
        received_at="(day + time '09:00') AT TIME ZONE 'Asia/Shanghai'", received_by_id=clerk, cause_version=f"'{who['version']}'",
        cause_code=f"'{who['code']}'", claims="'请求支付款项'", facts="'双方因履行合同发生争议'", amount_fen="(h + 1) * 31700", route="'A'",
        status="'received'",
    )  # fmt: skip
    yield _insert(
        Screening, source, "true", court_id="court_id", dispute_id="i", decided_by_id=clerk,
        result="CASE WHEN elsewhere THEN CASE WHEN k % 2 = 0 THEN 'wrong_court' ELSE 'out_of_scope' END ELSE 'suitable' END",
    )  # fmt: skip
    yield _insert(
        Assignment, source, "mediated", id="i", court_id="court_id", dispute_id="i", kind="kind", mediator_id=mediator,
        choice="'designated'", procedure="CASE WHEN kind = 'entrusted' THEN 'summary' END", issued_on="issued", issued_by_id=clerk,
        accepted_on="accepted", ended_on=f"CASE WHEN {done} THEN over END", end_code=f"CASE WHEN {done} THEN code END",
        status=f"CASE WHEN NOT {done} THEN 'accepted' WHEN code = '01' THEN 'agreed' WHEN code = '02' THEN 'withdrawn' ELSE 'failed' END",
        mediated=f"{done} AND (code = '01' OR (code = '02' AND k % 2 = 0))", final_on=f"CASE WHEN {done} THEN accepted + 30 END",
    )  # fmt: skip
    # Three of a hundred are handed to a mediator once more, after filing.
    again = f"over + 20 <= date '{today}'"
    yield _insert(
        Assignment, source, f"mediated AND code = '05' AND h < 67 AND {again}", id="i + 100000000", court_id="court_id", dispute_id="i",
        kind="'entrusted'", mediator_id=mediator, choice="'designated'", procedure="'summary'", issued_on="over + 5", issued_by_id=clerk,
        accepted_on="over + 6", ended_on="over + 20", end_code="CASE WHEN k % 2 = 0 THEN '01' ELSE '05' END",
        status="CASE WHEN k % 2 = 0 THEN 'agreed' ELSE 'failed' END", mediated="k % 2 = 0", final_on="over + 21",
    )  # fmt: skip
    yield _insert(
        Deadline, source, f"mediated AND NOT {done}", court_id="court_id", dispute_id="i", subject_type="'assignment'", subject_id="i",
        key="'MEDIATION_PRE'", start_on="accepted", length="30", article="'S4 art. 27'", raw_on="accepted + 30", final_on="accepted + 30",
        provisional="false", basis="'{}'",
    )  # fmt: skip
    filed = (
        f"NOT elsewhere AND over + 3 <= date '{today}' AND (NOT mediated OR ({done} AND code IN ('03', '05', '06')))"
    )
    closed = f"over + 60 <= date '{today}' AND k % 10 < 8"
    yield _insert(
        LitigationCase, source, filed, court_id="court_id", dispute_id="i", case_number_id="i", filed_on="over + 3", filed_by_id=clerk,
        fast_track="k % 5 < 3", fast_track_on="CASE WHEN k % 5 < 3 THEN over + 4 END", judge_id=judge, tribunal_id=who["tribunal"],
        status=f"CASE WHEN {closed} THEN 'closed' WHEN k % 5 < 3 THEN 'fast_track' ELSE 'ordinary' END",
        closed_on=f"CASE WHEN {closed} THEN over + 60 END", manner=f"CASE WHEN {closed} THEN 'judgment' END",
    )  # fmt: skip
    agreed = f"mediated AND {done} AND code = '01'"
    yield _insert(
        Agreement, source, agreed, id="i", court_id="court_id", dispute_id="i", assignment_id="i", number="'V-' || i",
        facts="'双方因履行合同发生争议'", status="'effective'", effective_on="over",
    )  # fmt: skip
    decided = f"over + 15 <= date '{today}'"
    yield _insert(
        Confirmation, source, f"{agreed} AND k % 3 = 0 AND over + 5 <= date '{today}'", court_id="court_id", dispute_id="i", agreement_id="i",
        applied_by="'[]'", applied_on="over + 5", diverted_by_id=clerk, judge_id=confirming, accepted_on="over + 6",
        outcome=f"CASE WHEN {decided} THEN CASE WHEN h % 15 = 1 THEN 'dismissed' ELSE 'valid' END END",
        ruled_by_id=f"CASE WHEN {decided} THEN {confirming} END", decided_on=f"CASE WHEN {decided} THEN over + 15 END",
        status=f"CASE WHEN NOT {decided} THEN 'accepted' WHEN h % 15 = 1 THEN 'dismissed' ELSE 'valid' END",
    )  # fmt: skip


MODELS = (Dispute, Screening, Assignment, Deadline, LitigationCase, Agreement, Confirmation)


def _who() -> dict[str, Any]:
    users = dict(db.session.execute(sa.select(User.login, User.id)).all())
    version, code = db.session.execute(sa.select(Cause.version, Cause.code).where(Cause.level == 3).limit(1)).one()
    return {
        "clerk": users["clerk_li"], "judge": users["judge_zhou"], "confirming": users["judge_chen"], "version": version, "code": code,
        "mediator": db.session.scalar(sa.select(sa.func.min(Mediator.id))),
        "tribunal": db.session.scalar(sa.select(Resource.id).where(Resource.code == "TRIB-1")),
    }  # fmt: skip


def load(address: str, number: int, courts: int) -> None:
    """Fill the tables; their indexes are made afterwards, as after any load of this size."""
    who, today = _who(), clock.today()
    have = db.session.scalar(sa.select(sa.func.max(Court.id)))
    first = db.session.scalar(sa.select(sa.func.min(Court.id)))
    start = (db.session.scalar(sa.select(sa.func.max(Dispute.id))) or 0) + 1
    db.session.rollback()
    with psycopg.connect(address, autocommit=True) as connection:
        # Keys to tables that are left out are not looked at; every other rule of the tables holds.
        connection.execute("SET session_replication_role = replica")
        connection.execute("SET synchronous_commit = off")
        for n in range(have + 1, first + courts):
            connection.execute(
                "INSERT INTO court (id, code, name, centre_name, address, phone, opened_on) VALUES (%s, %s, %s, %s, '', '', '2017-06-01')",
                [n, f"V{n:04}", f"第{n}法院", f"第{n}诉调对接中心"],
            )
        indexes = _without_indexes(connection)
        begun = time.perf_counter()
        for low in range(start, start + number, BATCH):
            high = min(low + BATCH, start + number) - 1
            series = SERIES.format(
                start=start, court=first, courts=courts, first=today - timedelta(days=DAYS + 6), days=DAYS, total=number, low=low, high=high
            )  # fmt: skip
            for statement in _statements(COURSE.format(series=series), who, today):
                connection.execute(statement)
            print(
                f"\r  {high - start + 1:>10,} of {number:,} disputes, {time.perf_counter() - begun:,.0f} s",
                end="",
                flush=True,
            )
        print()
        for n, statement in enumerate(indexes, 1):
            connection.execute(statement)
            print(f"\r  index {n} of {len(indexes)}, {time.perf_counter() - begun:,.0f} s", end="", flush=True)
        print()
        for model in MODELS:
            # What services write afterwards comes behind these numbers.
            connection.execute(
                f"SELECT setval(pg_get_serial_sequence('{model.__tablename__}', 'id'), (SELECT coalesce(max(id), 1) FROM {model.__tablename__}))"  # noqa: S608 our own names
            )
        connection.execute("VACUUM ANALYZE")
        print(f"  ready after {time.perf_counter() - begun:,.0f} s")


def _without_indexes(connection: Any) -> list[str]:
    """Drop what is no key, and say how to make it again."""
    wanted = [model.__tablename__ for model in MODELS]
    found = connection.execute(
        "SELECT indexname, indexdef FROM pg_indexes WHERE tablename = ANY(%s) AND indexname NOT LIKE 'pk%%' AND indexname NOT IN "
        "(SELECT conname FROM pg_constraint)", [wanted],
    ).fetchall()  # fmt: skip
    for name, _definition in found:
        connection.execute(f"DROP INDEX {name}")
    return [definition for _name, definition in found]


# ---- measuring ----------------------------------------------------------------------------------------------------------------


def timed(act: Callable[[], Any], rounds: int = 5) -> tuple[Any, float]:
    """What it gives, and the middle time in ms."""
    taken, found = [], None
    for _ in range(rounds):
        begun = time.perf_counter()
        found = act()
        taken.append(1000 * (time.perf_counter() - begun))
        db.session.rollback()
    return found, middle.median(taken)


def naive(half: Half, period: Period) -> int:
    """The same count asked of the records of all courts, as one would write it without sums."""
    rows = []
    for measure in half.measures:
        for piece in counting.pieces(measure, Facts().of):
            when = between(piece.day, period.first, period.last)
            if measure in LASTING:
                when = sa.and_(piece.day <= period.last, sa.or_(piece.until.is_(None), piece.until > period.last))
            if measure in rules.EACH:
                size = sa.func.coalesce(sa.func.sum(piece.days), 0) if half.days else sa.func.count()
                return int(db.session.scalar(sa.select(size).select_from(piece.source).where(*piece.where, when)) or 0)
            rows.append(piece.that(when))
    return db.session.scalar(sa.select(sa.func.count()).select_from(sa.union(*rows).subquery())) or 0


def figures(court_id: int, *, again: int) -> None:
    """Every headline figure: one court from its records, all courts from the sums, all courts without them."""
    today = clock.today()
    periods = {
        "this year to today": Period(date(today.year, 1, 1), today),
        "last month": month_of(today).before(),
        "all since the first day": Period(date(2017, 6, 1), today),
    }
    dispute, count = timed(lambda: db.session.scalar(sa.select(sa.func.count()).select_from(Dispute)), 2)
    _n, mediations = timed(lambda: db.session.scalar(sa.select(sa.func.count()).select_from(Assignment)), 2)
    _n, table = timed(lambda: db.session.scalar(sa.select(sa.func.count()).select_from(FigureSum)), 2)
    print(
        f"  bare count(*) of dispute ({dispute:,}) {count:,.0f} ms, of assignment {mediations:,.0f} ms, of figure_sum ({_n:,}) {table:,.0f} ms"
    )
    print(f"  {'':<26}{'':<6}{'one court':>11}{'all courts':>12}{'naive, all':>12}   ms; the counts")
    for name, period in periods.items():
        for figure in HEADLINE:
            question = Question(figure, Way.FLOW, period)
            _one, single = timed(lambda q=question: asking.answer(court_id, q))
            (found,), whole = timed(lambda q=question: nation.answers([q]))
            halves = rules.halves(found.definition, Way.FLOW)
            same, slow = timed(lambda h=halves, p=period: tuple(naive(half, p) for half in h), again)
            said = (found.numerator, found.denominator)
            mark = "" if said == same else f"  BUT THE RECORDS SAY {same}"
            print(
                f"  {name:<26}{figure.value:<6}{single:>11,.1f}{whole:>12,.1f}{slow:>12,.0f}   {said[0]:,} / {said[1]:,}{mark}"
            )


def sheet() -> None:
    """The president's page of one court, nothing kept from before."""
    president = builders.someone("president_he").as_actor()
    today = clock.today()

    def fresh() -> object:
        keeping.clear()
        return services.sheet(president, Period(date(today.year, 1, 1), today))

    _found, taken = timed(fresh)
    print(f"  one court: all figures of the president's page counted anew {taken:,.1f} ms")


@contextmanager
def without_upkeep() -> Iterator[None]:
    kept, known.FOLLOWERS[:] = list(known.FOLLOWERS), []
    try:
        yield
    finally:
        known.FOLLOWERS[:] = kept


def writes(courts: Sequence[int]) -> None:
    """An act with the upkeep and without it, by turns; afterwards the sums are counted anew."""
    clerk, mediator = (builders.someone(login).as_actor() for login in ("clerk_li", "mediator_wang"))
    # The disputes of the load have filled them up.
    db.session.execute(sa.update(Mediator.__table__).values(max_open=1_000_000))
    db.session.commit()
    acts: dict[str, Callable[[], object]] = {
        "a dispute is registered": lambda: builders.make_dispute(clerk),
        "from there to the signed agreement": lambda: builders.signed_agreement(clerk, mediator),
    }
    for name, act in acts.items():
        act()
        taken: dict[bool, list[float]] = {True: [], False: []}
        for n in range(ACTS):
            kept = n % 4 in {0, 3}
            begun = time.perf_counter()
            if kept:
                act()
            else:
                with without_upkeep():
                    act()
            taken[kept].append(1000 * (time.perf_counter() - begun))
            db.session.remove()
        with_it, bare = (middle.median(taken[kept]) for kept in (True, False))
        print(
            f"  {name:<36} {bare:>8.2f} ms, with the sums {with_it:>8.2f} ms: {with_it - bare:+.2f} ms, {100 * (with_it / bare - 1):+.0f} %"
        )
    nation.settle(courts)


def checked(courts: Sequence[int]) -> None:
    begun = time.perf_counter()
    wrong = nation.settle(
        courts,
        progress=lambda done, of: print(f"\r  sums of {len(courts):,} courts, {done} of {of}", end="", flush=True),
    )
    print(f"; {wrong:,} rows from nothing in {time.perf_counter() - begun:,.1f} s")
    begun = time.perf_counter()
    found = sum(1 for _ in nation.differences(courts))
    print(f"  {len(courts):,} courts compared in {time.perf_counter() - begun:,.1f} s: {found} differences")
    db.session.rollback()
    _found, one = timed(lambda: sum(1 for _ in nation.differences(courts[:1])))
    print(f"  one court compared, as every night, in {one:,.0f} ms")


def postgresql(number: int, courts: int) -> None:
    """All courts in one database."""
    own = cluster.Cluster(SERVER).start()
    try:
        app = make_app(cluster.database(own.address, "volumes"))
        address = f"postgresql://postgres@{own.address}/volumes"
        with app.app_context():
            Base.metadata.create_all(db.engine)
            world.prepare()
            db.session.remove()
            print(f"\nPostgreSQL: {number:,} disputes of {courts:,} courts")
            load(address, number, courts)
            every = list(db.session.scalars(sa.select(Court.id).order_by(Court.id)))
            db.session.rollback()
            checked(every)
            with psycopg.connect(address, autocommit=True) as connection:
                connection.execute("VACUUM ANALYZE figure_sum")
                sizes = ", ".join(
                    f"{table} {connection.execute('SELECT pg_size_pretty(pg_total_relation_size(%s::regclass))', [table]).fetchone()[0]}"
                    for table in (*(model.__tablename__ for model in MODELS), "figure_sum")
                )
            print(f"  on disk, with indexes: {sizes}")
            sheet()
            figures(world.court().id, again=1 if number > 2_000_000 else 3)
            writes([world.court().id])
            db.session.remove()
            db.engine.dispose()
    finally:
        own.stop()


def sqlite(number: int) -> None:
    """One court in one file."""
    with tempfile.TemporaryDirectory() as folder:
        app = make_app(f"sqlite:///{Path(folder) / 'volumes.sqlite'}")
        with app.app_context():
            Base.metadata.create_all(db.engine)
            world.prepare()
            court_id = world.court().id
            print(f"\nSQLite: {number:,} disputes of one court")
            data.load(court_id, number)
            db.session.execute(sa.delete(FigureSum))
            db.session.commit()
            checked([court_id])
            sheet()
            figures(court_id, again=3)
            writes([court_id])
            db.session.remove()
            db.engine.dispose()


def main(number: int, courts: int, own: int) -> None:
    sqlite(own)
    postgresql(number, courts)
