"""What was known on an evening: late entries and corrections do not reach back, whatever day they are dated."""

from datetime import date, timedelta

import pytest
import sqlalchemy as sa

from mediation.agreements.rules import SignManner
from mediation.agreements.services import drafting, signing
from mediation.assignment import services as assignments
from mediation.assignment.models import Assignment
from mediation.disputes.models import Dispute
from mediation.kernel import audit, clock, known
from mediation.kernel.db import db, transaction
from mediation.statistics.asking import Question, answer, half
from mediation.statistics.catalogue import DEFINITIONS, Figure, Way
from mediation.statistics.rules import Part, Period
from tests import builders
from tests.statistics import dataset

F, FLOW = Figure, Way.FLOW


def counts(court_id, figure, first, last, as_of=None, way=FLOW):
    found = answer(court_id, Question(figure, way, Period(first, last), as_of))
    return found.numerator, found.denominator


@pytest.fixture
def people(clerk_li, mediator_wang):
    return clerk_li.as_actor(), mediator_wang.as_actor()


def sign(mediator, assignment):
    """Everybody signs: the mediation ends with the agreement."""
    builders.open_session(mediator, assignment)
    made = builders.drafted_agreement(mediator, assignment)
    drafting.put_up(mediator, made)
    for signature in signing.wanted(made):
        signing.sign(mediator, made, signature, manner=SignManner.HANDWRITTEN, at=clock.now())


def test_a_late_entry_is_not_known_before_it_was_made(people):
    """The letter came back signed on Monday; the registry entered it on Thursday."""
    clerk, mediator = people
    monday = date(2026, 3, 2)
    with clock.pretend(clock.at(monday, 9)):
        assignment = builders.make_assignment(clerk)
    thursday = monday + timedelta(days=3)
    with clock.pretend(clock.at(thursday, 10)):
        assignments.accept(mediator, assignment, on=monday)
    assert assignment.accepted_on == monday
    assert counts(clerk.court_id, F.I21B, monday, monday) == (1, None)
    assert counts(clerk.court_id, F.I21B, monday, monday, as_of=monday) == (0, None)
    assert counts(clerk.court_id, F.I21B, monday, monday, as_of=thursday - timedelta(days=1)) == (0, None)
    assert counts(clerk.court_id, F.I21B, monday, monday, as_of=thursday) == (1, None)
    # The handing over itself was known at once.
    assert counts(clerk.court_id, F.I21A, monday, monday, as_of=monday) == (1, None)


def test_a_corrected_past_event_keeps_what_was_known_of_it(people):
    clerk, _mediator = people
    wrong, right, noticed = date(2026, 3, 2), date(2026, 2, 27), date(2026, 4, 1)
    with clock.pretend(clock.at(wrong, 9)):
        dispute = builders.make_dispute(clerk)
    with clock.pretend(clock.at(noticed, 9)), transaction():
        dispute.received_at = clock.at(right, 16)
        audit.record(clerk, "correct", dispute, received_at=dispute.received_at)
    march, february = (date(2026, 3, 1), date(2026, 3, 31)), (date(2026, 2, 1), date(2026, 2, 28))
    assert counts(clerk.court_id, F.I01, *march) == (0, 0)
    assert counts(clerk.court_id, F.I01, *february) == (0, 1)
    for evening in (wrong, date(2026, 3, 31)):
        assert counts(clerk.court_id, F.I01, *march, as_of=evening) == (0, 1)
        assert counts(clerk.court_id, F.I01, *february, as_of=evening) == (0, 0)
    assert counts(clerk.court_id, F.I01, *march, as_of=noticed) == (0, 0)
    assert counts(clerk.court_id, F.I01, *february, as_of=noticed) == (0, 1)


def test_the_cause_by_which_it_was_known_then(people):
    clerk, _mediator = people
    with clock.pretend(clock.at(date(2026, 3, 2), 9)):
        dispute = builders.make_dispute(clerk)
    first = dispute.cause_code
    with clock.pretend(clock.at(date(2026, 3, 9), 9)), transaction():
        dispute.cause_code = "4.10.116.1"
        audit.record(clerk, "correct", dispute, cause=dispute.cause_code)
    then = known.as_known(Dispute, clock.at(date(2026, 3, 9)))
    now = known.as_known(Dispute, clock.at(date(2026, 3, 10)))
    assert db.session.scalar(sa.select(then.c.cause_code).where(then.c.id == dispute.id)) == first
    assert db.session.scalar(sa.select(now.c.cause_code).where(now.c.id == dispute.id)) == "4.10.116.1"


def test_the_evening_ends_at_midnight_of_the_court(people):
    clerk, _mediator = people
    day = date(2026, 3, 2)
    with clock.pretend(clock.at(day, 23, 59)):
        builders.make_dispute(clerk)
    with clock.pretend(clock.at(day + timedelta(days=1), 0, 0)):
        builders.make_dispute(clerk)
    week = (day, day + timedelta(days=7))
    assert counts(clerk.court_id, F.I01, *week, as_of=day) == (0, 1)
    assert counts(clerk.court_id, F.I01, *week, as_of=day + timedelta(days=1)) == (0, 2)


def test_a_mediation_that_has_ended_since_was_running_then(people):
    clerk, mediator = people
    begun = date(2026, 3, 2)
    with clock.pretend(clock.at(begun, 9)):
        assignment = builders.accepted_assignment(clerk, mediator)
    with clock.pretend(clock.at(date(2026, 3, 12), 9)):
        sign(mediator, assignment)
    assert assignment.ended_on == date(2026, 3, 12)
    asked = (begun, date(2026, 3, 20))
    assert counts(clerk.court_id, F.I21H, *asked, as_of=date(2026, 3, 11)) == (1, None)
    assert counts(clerk.court_id, F.I21H, *asked, as_of=date(2026, 3, 12)) == (0, None)
    assert counts(clerk.court_id, F.I03A, *asked, as_of=date(2026, 3, 11)) == (0, 1)
    assert counts(clerk.court_id, F.I03A, *asked, as_of=date(2026, 3, 12)) == (1, 1)
    assert counts(clerk.court_id, F.I12A, *asked, as_of=date(2026, 3, 12)) == (10, 1)


def test_a_cohort_goes_on_to_the_day_as_of_which_is_asked(people):
    clerk, mediator = people
    with clock.pretend(clock.at(date(2026, 3, 2), 9)):
        assignment = builders.accepted_assignment(clerk, mediator)
    with clock.pretend(clock.at(date(2026, 3, 20), 9)):
        sign(mediator, assignment)
    asked = (date(2026, 3, 1), date(2026, 3, 10))
    assert counts(clerk.court_id, F.I03A, *asked, way=Way.COHORT) == (0, 1)
    assert counts(clerk.court_id, F.I03A, *asked, as_of=date(2026, 3, 20), way=Way.COHORT) == (1, 1)


def test_as_of_today_is_what_stands_in_the_records(people, court):
    clerk, mediator = people
    builders.signed_agreement(clerk, mediator)
    builders.entrusted_assignment(clerk, mediator)
    today = clock.today()
    month = Period(today.replace(day=1), today)
    tomorrow = clock.at(today + timedelta(days=1))
    for definition in DEFINITIONS:
        for way in definition.ways:
            live = answer(court.id, Question(definition.figure, way, month))
            past = answer(court.id, Question(definition.figure, way, month, known_at=tomorrow))
            assert (live.numerator, live.denominator) == (past.numerator, past.denominator), definition.figure


@pytest.mark.parametrize("day", ["2026-01-31", "2026-02-26", "2026-03-31"])
def test_the_worked_data_set_entered_day_by_day(court, day):
    """Entered each evening, the past answers as it did: as of a day equals what a court that stops there counts."""
    stop = date.fromisoformat(day)
    ids = dataset.load(court.id)
    dataset.as_it_happened()
    period = Period(date(2026, 1, 1), stop)
    for definition in DEFINITIONS:
        if definition.figure in {F.I22, F.I09B, F.I16A}:
            continue
        for way in definition.ways:
            late = answer(court.id, Question(definition.figure, way, period))
            then = answer(court.id, Question(definition.figure, way, period, as_of=stop))
            assert (late.numerator, late.denominator) == (then.numerator, then.denominator), (definition.figure, way)
    assert ids


def test_each_state_is_kept_once_and_never_changes(people):
    clerk, mediator = people
    assignment = builders.accepted_assignment(clerk, mediator)
    states = known.KEPT[Assignment].states
    rows = db.session.execute(sa.select(states).where(states.c.id == assignment.id).order_by(states.c.state_id)).all()
    assert [row.known_until is None for row in rows] == [False] * (len(rows) - 1) + [True]
    assert [a.known_until for a in rows[:-1]] == [b.known_from for b in rows[1:]]
    assert rows[0].accepted_on is None
    assert rows[-1].accepted_on == assignment.accepted_on
    for forbidden in (sa.update(states).values(accepted_on=None), sa.delete(states)):
        with pytest.raises(sa.exc.DBAPIError, match="never changed"), db.session.begin_nested():
            db.session.connection().execute(forbidden)


def test_a_change_of_something_else_writes_no_state(people):
    clerk, _mediator = people
    dispute = builders.make_dispute(clerk)
    states = known.KEPT[Dispute].states
    number = sa.select(sa.func.count()).where(states.c.id == dispute.id)
    before = db.session.scalar(number)
    with transaction():
        dispute.claims = "请求返还押金。"
        audit.record(clerk, "correct", dispute)
    assert db.session.scalar(number) == before == 1


def test_what_was_rolled_back_was_never_known(people):
    clerk, _mediator = people
    dispute = builders.make_dispute(clerk)

    def stopped():
        with transaction():
            dispute.cause_code = "4.10.116.1"
            audit.record(clerk, "correct", dispute)
            db.session.flush()
            raise RuntimeError("stop")

    with pytest.raises(RuntimeError, match="stop"):
        stopped()
    states = known.KEPT[Dispute].states
    assert db.session.scalar(sa.select(sa.func.count()).where(states.c.id == dispute.id)) == 1


def test_what_was_loaded_past_the_session_is_caught_up(court):
    ids = dataset.load(court.id)
    assert known.catch_up() >= len(ids)
    assert known.catch_up() == 0
    states = known.KEPT[Dispute].states
    assert set(db.session.scalars(sa.select(states.c.id).where(states.c.id.in_(ids.values())))) == set(ids.values())


def test_the_cases_behind_a_past_figure_are_those_of_that_evening(people):
    clerk, _mediator = people
    day = date(2026, 3, 2)
    with clock.pretend(clock.at(day, 9)):
        first = builders.make_dispute(clerk)
    with clock.pretend(clock.at(day + timedelta(days=1), 9)):
        builders.make_dispute(clerk)
    asked = Question(F.I01, FLOW, Period(day, day + timedelta(days=5)), as_of=day)
    rows = half(clerk.court_id, asked, Part.DENOMINATOR)
    assert list(db.session.scalars(rows.units())) == [first.id]
