"""Sums over all courts: always what the records say, whatever was done, in the transaction in which it was done."""

import json
import random
import threading
from datetime import date, timedelta

import pytest
import sqlalchemy as sa

from mediation.assignment.models import Assignment
from mediation.confirmation.models import Confirmation
from mediation.disputes.models import Dispute
from mediation.intake.models import Screening
from mediation.intake.rules import ScreeningResult
from mediation.kernel import audit, clock, known
from mediation.kernel.actor import system
from mediation.kernel.db import db, transaction
from mediation.litigation.models import LitigationCase
from mediation.notices.models import Notice
from mediation.periods.models import Deadline
from mediation.statistics import asking
from mediation.statistics.asking import Question
from mediation.statistics.catalogue import DEFINITIONS, Figure, Point, Reading, Way
from mediation.statistics.facts import Facts
from mediation.statistics.rules import Period
from mediation.statistics.sums import cells, rules, services
from mediation.statistics.sums.models import FigureSum
from tests import builders
from tests.statistics import dataset, history
from tests.statistics.history import DAYS, FIRST, History

ROUNDS = 15
PERIODS = (
    Period(date(2026, 1, 1), date(2026, 3, 31)),
    Period(date(2025, 12, 1), date(2025, 12, 31)),
    Period(date(2026, 2, 10), date(2026, 2, 10)),
    Period(date(2026, 2, 10), date(2026, 4, 20)),
    Period(date(2025, 10, 1), date(2026, 5, 17)),
    Period(FIRST, FIRST + timedelta(days=DAYS)),
    Period(date(2024, 1, 1), date(2026, 12, 31)),
    # A whole year between months of the year before and of the year after.
    Period(date(2024, 9, 1), date(2026, 2, 28)),
    Period(date(2025, 1, 1), date(2025, 12, 31)),
)


def added(court_ids, question):
    found = [asking.answer(court_id, question) for court_id in court_ids]
    return sum(a.numerator for a in found), sum(a.denominator for a in found)


def compare(court_ids, periods=PERIODS):
    """Every figure that comes from the sums, against the catalogue's own queries over the records."""
    wrong = []
    for definition in DEFINITIONS:
        if rules.halves(definition, Way.FLOW) is None:
            continue
        for period in periods:
            question = Question(definition.figure, Way.FLOW, period)
            (found,) = services.answers([question])
            if (found.numerator, found.denominator) != added(court_ids, question):
                wrong.append(
                    (definition.figure, period, (found.numerator, found.denominator), added(court_ids, question))
                )
    return wrong


def test_the_worked_data_set(court):
    dataset.load(court.id)
    known.catch_up()
    assert list(services.differences([court.id])) == []
    assert compare([court.id]) == []


@pytest.fixture
def courts(court, clerk_of_other_court):
    return [court.id, clerk_of_other_court.as_actor().court_id]


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_random_histories(courts, clerk_of_other_court, seed):
    History(courts[0], seed, 60)
    for _ in range(3):
        builders.make_dispute(clerk_of_other_court.as_actor())
    known.catch_up()
    assert list(services.differences(courts)) == []
    assert compare(courts) == []


@pytest.mark.parametrize("seed", [14, 15])
def test_random_histories_of_several_years(courts, monkeypatch, seed):
    """Disputes of three years, some of them with records in two: on a day in between others are dated later."""
    monkeypatch.setattr(history, "DAYS", 800)
    History(courts[0], seed, 60)
    known.catch_up()
    assert list(services.differences(courts)) == []
    assert compare(courts) == []
    for today in (date(2026, 2, 10), date(2026, 12, 31), date(2027, 1, 1)):
        with clock.pretend(clock.at(today, 12)):
            begun = (date(today.year, 1, 1), date(2026, 1, 1), date(2025, 11, 7), today.replace(day=1), FIRST)
            assert compare(courts, [Period(first, today) for first in begun]) == []
            assert (
                compare(
                    courts, [Period(date(2025, 11, 1), date(2025, 11, 30)), Period(date(2025, 3, 1), date(2027, 2, 28))]
                )
                == []
            )


def said(parts):
    return {tuple(row) for row in db.session.execute(cells.summed([cells.with_years(parts)]))}


@pytest.mark.parametrize("seed", [16, 17, 18])
def test_one_by_one_and_by_the_table_the_rows_are_the_same(courts, seed):
    History(courts[0], seed, 60)
    changed = random.Random(seed)  # noqa: S311 the same corrections at each run
    for _ in range(20):
        changed_at_random(changed, courts[0])

    def theirs(piece):
        return piece.court.in_(courts)

    for measures in cells.PORTIONS:
        whole = said(cells.by_the_table(measures, Facts().of, theirs))
        assert whole == said(cells.one_by_one(measures, Facts().of, theirs, 1)) != set()
    assert whole == said(cells.by_the_table(measures, Facts().of, lambda _piece: sa.true()))


def changed_at_random(dice, court_id):
    """One record of the court gets other values, as a correction does."""
    model, values = dice.choice(
        (
            # A dispute has one mediation at a time: an end may turn out to have come earlier.
            (Assignment, {"ended_on": Assignment.__table__.c.accepted_on}),
            (Assignment, {"mediated": dice.random() < 0.5}),
            (Assignment, {"kind": "referred"}),
            (Assignment, {"final_on": date(2026, dice.randrange(1, 7), 20)}),
            (Dispute, {"received_at": clock.at(date(2026, dice.randrange(1, 7), 28), 23)}),
            (LitigationCase, {"filed_on": date(2026, dice.randrange(1, 7), 3), "fast_track": True}),
            (Deadline, {"final_on": date(2026, 12, dice.randrange(1, 28))}),
            (Screening, {"result": dice.choice(("suitable", "wrong_court"))}),
            (Confirmation, {"applied_on": date(2026, dice.randrange(1, 7), 17)}),
        )
    )
    table = model.__table__
    where = [table.c.court_id == court_id]
    if "ended_on" in values:
        where += [table.c.ended_on.is_not(None), table.c.accepted_on.is_not(None)]
    if "kind" in values:
        where.append(table.c.kind == "delegated")
    ids = db.session.scalars(sa.select(table.c.id).where(*where).order_by(table.c.id)).all()
    some = dice.sample(ids, min(len(ids), 3))
    for number in some:
        db.session.execute(sa.update(table).where(table.c.id == number).values(values))
    known.touch(db.session(), model, some)
    known.write(db.session())


def test_corrections_of_every_kind(courts):
    History(courts[0], 31, 40)
    known.catch_up()
    dice = random.Random(7)  # noqa: S311 the same corrections at each run
    for _ in range(60):
        changed_at_random(dice, courts[0])
        assert list(services.differences(courts)) == []
    assert compare(courts, PERIODS[:3]) == []


def test_every_step_of_a_dispute(courts, clerk_li, mediator_wang):
    """From the registration to the signatures: after each commit the sums are the records'."""
    clerk, mediator = clerk_li.as_actor(), mediator_wang.as_actor()
    made = builders.make_dispute(clerk)
    assert list(services.differences(courts)) == []
    builders.signed_agreement(clerk, mediator)
    assert list(services.differences(courts)) == []
    year = Period(date(clock.today().year, 1, 1), clock.today())
    assert compare(courts, [year]) == []
    with transaction():
        made.received_at = clock.at(date(clock.today().year - 1, 12, 31), 23)
        audit.record(clerk, "correct", made)
    assert list(services.differences(courts)) == []
    assert compare(courts, [year]) == []


def test_what_is_rolled_back_leaves_the_sums_alone(courts, clerk_li):
    clerk = clerk_li.as_actor()
    dispute = builders.make_dispute(clerk)
    before = rows()
    with pytest.raises(RuntimeError, match="stop"), transaction():  # noqa: PT012
        dispute.received_at = clock.at(date(2025, 1, 1), 9)
        audit.record(clerk, "correct", dispute)
        db.session.flush()
        raise RuntimeError("stop")
    assert rows() == before


def rows():
    return {tuple(row) for row in db.session.execute(sa.select(FigureSum.__table__))}


def test_no_row_of_nothing_stays(courts, clerk_li):
    clerk = clerk_li.as_actor()
    dispute = builders.make_dispute(clerk)
    with transaction():
        dispute.received_at = clock.at(date(2025, 1, 15), 9)
        audit.record(clerk, "correct", dispute)
    assert all(row.n for row in db.session.execute(sa.select(FigureSum.__table__)))


def test_a_court_that_reads_a_point_otherwise_is_counted_as_it_reads(courts):
    History(courts[0], 5, 60)
    known.catch_up()
    dataset.settle(courts[0], Point.WITHDRAWAL, Reading.ALWAYS, date(2017, 6, 1))
    dataset.settle(courts[0], Point.NOT_ACCEPTED, Reading.LEFT_OUT, date(2026, 2, 1))
    assert compare(courts) == []


def test_figures_that_no_sum_holds_are_added_court_by_court(courts, clerk_of_other_court):
    History(courts[0], 6, 40)
    builders.make_dispute(clerk_of_other_court.as_actor())
    known.catch_up()
    for figure, way in (
        (Figure.I14, Way.COHORT),
        (Figure.I24, Way.FLOW),
        (Figure.I21A, Way.FLOW),
        (Figure.I03A, Way.COHORT),
    ):
        question = Question(figure, way, PERIODS[0])
        (found,) = services.answers([question])
        single = [asking.answer(court_id, question) for court_id in courts]
        assert found.numerator == sum(a.numerator for a in single)
        assert (found.denominator is None) == (single[0].denominator is None)


def spoil():
    """Somebody changes the sums by hand: one row too many, one too few, one gone."""
    keys = db.session.execute(sa.select(FigureSum.__table__).order_by(*FigureSum.__table__.primary_key).limit(3)).all()
    for row, n in zip(keys, (row.n + 2 for row in keys), strict=True):
        same = [FigureSum.__table__.c[name] == getattr(row, name) for name in cells.KEYS]
        db.session.execute(sa.update(FigureSum.__table__).where(*same).values(n=n))
    db.session.commit()


def test_what_differs_is_named_and_put_right(courts):
    History(courts[0], 8, 30)
    known.catch_up()
    spoil()
    found = list(services.differences(courts))
    assert [one.n for one in found] == [-2, -2, -2]
    assert {one.court_id for one in found} == {courts[0]}
    assert all(one.when[:4] in {"2025", "2026"} for one in found)
    told = []
    assert services.settle(courts, progress=lambda done, of: told.append((done, of))) == 3
    assert told == [(n + 1, 6) for n in range(6)]
    assert list(services.differences(courts)) == []
    assert compare(courts) == []


def test_sums_made_from_nothing_are_the_same(courts):
    History(courts[0], 9, 30)
    known.catch_up()
    kept = rows()
    db.session.execute(sa.delete(FigureSum.__table__))
    assert services.settle(courts) == len(kept)
    assert rows() == kept


def test_the_daily_run_tells_the_system_administrators_once(courts, sysadmin):
    History(courts[0], 10, 20)
    known.catch_up()
    actor = system(courts[0])
    assert services.look(actor) == 0
    spoil()
    assert services.look(actor) == 3
    assert services.look(actor) == 3
    told = db.session.scalars(sa.select(Notice).where(Notice.kind == services.KIND)).all()
    assert [notice.user_id for notice in told] == [sysadmin.id]
    assert "3" in told[0].text
    with clock.pretend(clock.now() + timedelta(days=1)):
        services.look(actor)
    assert db.session.scalar(sa.select(sa.func.count()).where(Notice.kind == services.KIND)) == 2


# ---- the operators' commands -----------------------------------------------------------------------------------------------


@pytest.fixture
def run(app):
    def invoke(*args):
        return app.test_cli_runner().invoke(args=args)

    return invoke


def test_figures_over_all_courts(courts, clerk_of_other_court, run):
    dataset.load(courts[0])
    with clock.pretend(clock.at(date(2026, 2, 2), 9)):
        builders.make_dispute(clerk_of_other_court.as_actor())
    known.catch_up()
    quarter = ("--from", "2026-01-01", "--to", "2026-03-31", "--all-courts")
    said = run("stats", "I01", "I13", *quarter)
    assert said.exit_code == 0, said.output
    assert "9 / 17 = 52.94 %" in said.output
    assert "1 / 14 = 7.14 %" in said.output
    (data,) = json.loads(run("stats", "I12a", *quarter, "--json").output)
    assert (data["court"], data["all_courts"], data["numerator"], data["denominator"]) == (None, True, 225, 8)
    (life,) = json.loads(
        run("stats", "I03a", "--way", "cumulative", "--to", "2026-03-31", "--all-courts", "--json").output
    )
    assert (life["numerator"], life["denominator"]) == (5, 10)
    (then,) = json.loads(run("stats", "I01", *quarter, "--as-of", "2026-02-01", "--json").output)
    assert then["numerator"] == 0


def test_one_court_or_all(court, run):
    said = run("stats", "I01", "--all-courts", "--court", court.code)
    assert said.exit_code == 2
    assert "--all-courts" in said.output


def test_check_names_what_differs_with_court_and_month(courts, court, run):
    History(courts[0], 12, 20)
    known.catch_up()
    db.session.commit()
    said = run("sums", "check")
    assert said.exit_code == 0, said.output
    assert "2 courts compared" in said.output
    spoil()
    said = run("sums", "check")
    assert said.exit_code == 1
    assert said.output.count(court.code) == 3
    assert "Disputes received: 2 too many" in said.output
    assert "2025-1" in said.output
    assert run("sums", "check", "--court", "鲁9999").exit_code != 0
    said = run("sums", "check", "--court", court.code, "--rebuild")
    assert said.exit_code == 0, said.output
    assert "3 sums were counted anew" in said.output
    assert run("sums", "check").exit_code == 0


def test_rebuild_makes_known_what_came_past_the_session(courts, run):
    History(courts[0], 13, 20)
    db.session.commit()
    assert run("sums", "check").exit_code == 1
    said = run("sums", "rebuild")
    assert said.exit_code == 0, said.output
    assert known.catch_up() == 0
    assert run("sums", "check").exit_code == 0


def test_two_acts_on_one_dispute_at_once(fresh_app):
    """One corrects the day of receipt while another screens: both bear on what was received, and neither is lost."""
    clerk = builders.someone("clerk_li").as_actor()
    number = builders.make_dispute(clerk).id
    db.session.remove()
    failed = []

    def correct(turn):
        dispute = db.session.get_one(Dispute, number)
        dispute.received_at = clock.at(date(2026, 1 + turn % 6, 5), 9)
        audit.record(clerk, "correct", dispute)

    def screen(turn):
        made = Screening(
            court_id=clerk.court_id, dispute_id=number, decided_by_id=clerk.id,
            result=ScreeningResult.WRONG_COURT if turn == ROUNDS - 1 else ScreeningResult.SUITABLE,
        )  # fmt: skip
        audit.record(clerk, "decide", made)

    def work(act):
        with fresh_app.app_context():
            try:
                for turn in range(ROUNDS):
                    with transaction():
                        act(turn)
            except Exception as error:  # noqa: BLE001 told below
                failed.append(error)
            finally:
                db.session.remove()

    threads = [threading.Thread(target=work, args=(act,)) for act in (correct, screen)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []
    assert list(services.differences([clerk.court_id])) == []
    assert not db.session.scalar(
        sa.select(sa.func.count()).where(FigureSum.__table__.c.measure == rules.Measure.RECEIVED)
    )
