"""The past of the demonstration court: the numbers of the story to the digit, the same in both engines, with a whole trail."""

import dataclasses
from collections import Counter
from datetime import date, timedelta
from types import SimpleNamespace

import pytest
import sqlalchemy as sa

from mediation.assignment.models import Assignment
from mediation.cli import daily
from mediation.cli.demonstration import make_court
from mediation.cli.history import bulk, load
from mediation.cli.history.chronicle import OPENED, STORY, TOLD, Chronicle
from mediation.cli.history.workdays import Workdays
from mediation.disputes.models import CaseNumber, Dispute
from mediation.disputes.rules import OPEN
from mediation.kernel import audit, clock, known
from mediation.kernel.audit import AuditEvent
from mediation.kernel.db import Base, db
from mediation.kernel.numbering import NumberCounter
from mediation.litigation.models import LitigationCase
from mediation.notices.models import Notice
from mediation.periods.calendar import standard
from mediation.public.models import BoardRelease
from mediation.statistics import asking, services
from mediation.statistics.asking import Question
from mediation.statistics.catalogue import Figure, Way
from mediation.statistics.rules import Period
from mediation.statistics.sums import services as sums
from tests.conftest import make_app
from tests.statistics import second_engine

TODAY = date(2026, 11, 27)
COUNTED_TWICE = (
    Figure.I01,
    Figure.I03A,
    Figure.I03B,
    Figure.I05,
    Figure.I07,
    Figure.I10,
    Figure.I12A,
    Figure.I14,
    Figure.I15,
)


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """The court with its past, and none of today's disputes."""
    app = make_app(f"sqlite:///{tmp_path_factory.mktemp('history') / 'history.sqlite'}", MODE="demonstration")
    done = []
    with app.app_context():
        Base.metadata.create_all(db.engine)
        with clock.pretend(clock.at(TODAY, 8)):
            court = make_court()
            number = load.load(court, progress=lambda so_far, whole: done.append((so_far, whole)))
            court_id = court.id
        db.session.remove()
    return SimpleNamespace(app=app, court=court_id, number=number, done=done)


@pytest.fixture
def past(made):
    with made.app.app_context():
        yield made
        db.session.remove()


def chronicle():
    days = Workdays(standard(), OPENED, TODAY + timedelta(days=400))
    return Chronicle(days, causes=26, weights=[1] * 26, streets=4, mediators=22, today=TODAY)


def whole_life(figure, until):
    return Question(figure, Way.CUMULATIVE, Period(OPENED, until), until)


@pytest.mark.parametrize(
    ("figure", "counts"),
    [("I03a", "1305 / 6785 = 19.23 %"), ("I07", "2859 / 10152 = 28.16 %")],
)
def test_the_command_says_what_the_newspaper_said(past, figure, counts):
    args = ["stats", figure, "--way", "cumulative", "--as-of", TOLD.isoformat()]
    said = past.app.test_cli_runner().invoke(args=args)
    assert said.exit_code == 0, said.output
    assert counts in said.output


def test_the_backlog_stood_on_the_board(past):
    said = past.app.test_cli_runner().invoke(args=["backlog", "--as-of", TOLD.isoformat()])
    assert f"{STORY.waiting} cases wait" in said.output
    assert "4940多件" in said.output
    release = db.session.scalars(sa.select(BoardRelease)).one()
    assert (release.counted_on, release.pending) == (TOLD, STORY.waiting)


def test_the_backlog_of_today_is_the_boards(past):
    said = past.app.test_cli_runner().invoke(args=["backlog"])
    assert "  0 cases wait for a hearing; on the board: 0件" in said.output
    assert services.pending_hearing_on(past.court, clock.today()) == services.pending_hearing(past.court) == 0


@pytest.mark.parametrize(
    ("day", "words"), [("2999-01-01", "lies in the future"), ("8.7.2019", "is no date")]
)  # fmt: skip
def test_a_wrong_day_is_one_sentence(past, day, words):
    said = past.app.test_cli_runner().invoke(args=["backlog", "--as-of", day])
    assert said.exit_code == 2
    assert words in said.output


@pytest.mark.parametrize("day", [TOLD, date(2018, 3, 1), TODAY - timedelta(days=1)])
def test_both_engines_agree(past, day):
    raw = second_engine.export(clock.at(day + timedelta(days=1)))
    asked = [whole_life(figure, day) for figure in COUNTED_TWICE]
    for question, found in zip(asked, asking.answers(past.court, asked), strict=True):
        engine = second_engine.engine_for(past.court, raw, question, found)
        assert second_engine.compare(engine, question, found) == ""


def test_the_trail_is_whole_and_tells_of_every_dispute_once(past):
    assert list(audit.verify()) == []
    told = sa.select(AuditEvent.dispute_id).where(AuditEvent.action == "dispute.take_over")
    found = Counter(db.session.scalars(told))
    assert len(found) == past.number
    assert set(found.values()) == {1}
    verified = past.app.test_cli_runner().invoke(args=["audit", "verify"])
    assert verified.exit_code == 0, verified.output


def test_every_evening_says_what_the_day_brought(past):
    rows = db.session.scalars(sa.select(AuditEvent).where(AuditEvent.action == "court.take_over")).all()
    facts = [row.facts for row in rows]
    assert sum(one.get("received", 0) for one in facts) == past.number
    until = [one for one in facts if one["day"] <= TOLD.isoformat()]
    assert sum(one.get("filed", 0) for one in until) == STORY.filed
    calendar = standard()
    assert not [one["day"] for one in facts if calendar.is_rest(date.fromisoformat(one["day"]))]


def test_what_is_known_is_what_stands(past):
    assert known.catch_up() == 0
    db.session.rollback()


def test_the_sums_over_all_courts_hold_the_past_too(past):
    question = Question(Figure.I03A, Way.FLOW, Period(OPENED, clock.today()))
    alone = asking.answer(past.court, question)
    assert list(sums.differences([past.court])) == []
    (found,) = sums.answers([question])
    assert (found.numerator, found.denominator) == (alone.numerator, alone.denominator)
    assert found.numerator > 1305


def test_nothing_of_it_waits_for_anybody(past):
    assert db.session.scalar(sa.select(sa.func.count()).where(Dispute.status.in_(OPEN))) == 0
    assert db.session.scalar(sa.select(sa.func.count()).where(Assignment.ended_on.is_(None))) == 0
    assert db.session.scalar(sa.select(sa.func.count()).where(LitigationCase.closed_on.is_(None))) == 0
    assert db.session.scalar(sa.select(sa.func.max(Dispute.closed_at))) < clock.at(TODAY)


def test_the_daily_run_finds_nothing_to_tell(past):
    day = daily.day_of(past.court)
    assert (day.failed, day.faults) == ([], [])
    assert {name: number for name, number in day.done.items() if number} == {"certificates_out": 1}
    about_disputes = sa.select(sa.func.count()).where(Notice.dispute_id.is_not(None))
    assert db.session.scalar(about_disputes) == 0
    db.session.commit()


def test_numbers_have_no_gaps_and_go_on(past):
    grouped = sa.select(
        CaseNumber.type_code, CaseNumber.year, sa.func.max(CaseNumber.serial), sa.func.count()
    ).group_by(CaseNumber.type_code, CaseNumber.year)
    rows = db.session.execute(grouped).all()
    assert {row[0] for row in rows} == {"诉前调", "民初", "民特"}
    for type_code, year, highest, number in rows:
        assert highest == number == db.session.get(NumberCounter, (past.court, type_code, year)).last


def test_the_load_says_how_far_it_is(made):
    assert made.done[-1] == (made.number, made.number)
    assert [so_far for so_far, _whole in made.done] == sorted({so_far for so_far, _whole in made.done})
    assert made.number > 30_000


def test_the_same_seed_makes_the_same_past():
    first, second = ([dataclasses.astuple(c) for c in chronicle().courses()] for _ in range(2))
    assert first == second


def test_acts_follow_one_another():
    for course in chronicle().courses():
        days = [course.received]
        if m := course.mediation:
            assert course.received <= m.issued <= m.accepted <= m.ended <= course.closed
            assert m.met is None or m.accepted <= m.met <= m.ended
        if c := course.case:
            days += [day for day in (c.filed, c.tracked, c.heard, c.closed) if day]
            assert not c.fast or c.heard
        assert days == sorted(days)
        assert days[-1] <= course.closed < TODAY


def test_a_bulk_row_has_every_column_of_its_table():
    row = bulk.whole(bulk.table_of(Dispute), [{"claims": "x"}])[0]
    assert row["claims"] == "x"
    assert row["has_complaint"] is False
    assert set(row) == {column.name for column in Dispute.__table__.columns} - {"id"}
    assert bulk.whole(bulk.table_of(Assignment), [{}])[0]["reasons"] == {}


def indexes():
    connection = db.session.connection()
    asked = {"tables": ["dispute", "assignment_known"]}
    return connection.execute(bulk.INDEXES[connection.dialect.name], asked).all()


def test_after_the_load_every_index_is_there_again_as_it_was(app):
    before = indexes()
    assert len(before) > 2
    with bulk.without_indexes([bulk.table_of(Dispute), known.KEPT[Assignment].states]):
        assert indexes() == []
    assert indexes() == before
