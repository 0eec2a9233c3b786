"""The figures of DOMAIN 7.4, from the database, and the cases behind each."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from io import BytesIO

import openpyxl
import pytest
import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.sql import visitors

from mediation.kernel import audit, clock
from mediation.kernel.audit import Audited
from mediation.kernel.db import Base, db, transaction
from mediation.kernel.errors import NotPermitted
from mediation.statistics import counts, keeping, services
from mediation.statistics.keeping import Shelves
from mediation.statistics.rules import Indicator, Part, Period
from tests import builders
from tests.conftest import actor_of
from tests.statistics import dataset

QUARTER = Period(date(2026, 1, 1), date(2026, 3, 31))
EXPECTED = {
    Indicator.I01: ("D01 D02 D03 D04 D05 D06 D07 D08 D09", 16, "56.25 %"),
    Indicator.I02: ("D01 D02 D03 D04 D05 D06 D07 D08 D09 D10 D11 D12 D13", 16, "81.25 %"),
    Indicator.I03A: ("D00 D01 D02 D04 D07", 9, "55.56 %"),
    Indicator.I03A_COHORT: ("D01 D02 D04 D07", 9, "44.44 %"),
    Indicator.I03B: ("D00 D01 D02 D04 D07", 8, "62.50 %"),
    Indicator.I04: ("D10 D11", 4, "50.00 %"),
    Indicator.I05: ("D10 D11", 9, "22.22 %"),
    Indicator.I07: ("D03 D10 D11 D13 D14", 9, "55.56 %"),
    Indicator.I09: ("D02 D04 D07", 5, "60.00 %"),
    Indicator.I10: ("D02", 2, "50.00 %"),
    Indicator.I13: ("D05", 14, "7.14 %"),
    Indicator.I14: ("D03 D05", 2, "100.00 %"),
}


@pytest.fixture
def ids(court):
    return dataset.load(court.id)


@pytest.mark.parametrize("indicator", list(Indicator))
def test_the_worked_data_set(ids, president_he, indicator):
    names, denominator, percent = EXPECTED[indicator]
    actor = actor_of(president_he)
    rate = services.rates(actor, QUARTER, (indicator,))[indicator]
    assert (rate.numerator, rate.denominator, rate.percent) == (len(names.split()), denominator, percent)
    listed = {row.id for row in db.session.execute(services.cases(actor, indicator, Part.NUMERATOR, QUARTER))}
    assert listed == {ids[name] for name in names.split()}
    whole = db.session.execute(services.cases(actor, indicator, Part.DENOMINATOR, QUARTER)).all()
    assert len(whole) == denominator


def test_all_figures_come_in_one_answer(ids, president_he):
    rates = services.rates(actor_of(president_he), QUARTER)
    assert {i: r.percent for i, r in rates.items()} == {i: e[2] for i, e in EXPECTED.items()}


def test_the_figures_of_a_past_day_stay_the_same(ids, president_he):
    rates = services.rates(actor_of(president_he), Period(date(2026, 1, 1), date(2026, 1, 31)))
    assert (rates[Indicator.I01].numerator, rates[Indicator.I01].denominator) == (5, 8)
    assert (rates[Indicator.I03B].numerator, rates[Indicator.I03B].denominator) == (2, 2)
    assert rates[Indicator.I13].numerator == 0


def test_another_court_counts_nothing_of_it(ids, clerk_of_other_court):
    rates = services.rates(actor_of(clerk_of_other_court), QUARTER)
    assert {(r.numerator, r.denominator) for r in rates.values()} == {(0, 0)}


def test_mediators_do_not_read_the_courts_figures(ids, mediator_wang):
    with pytest.raises(NotPermitted):
        services.rates(actor_of(mediator_wang), QUARTER)


def test_the_months_add_up(ids, president_he):
    months = services.by_month(
        president_he.court_id, keeping.of(president_he.court_id), services.last_months(date(2026, 3, 31), 4)
    )
    assert [m["handed_out"] for m in months] == [1, 5, 2, 2]
    assert [m["ended"] for m in months] == [0, 2, 4, 2]
    assert [m["succeeded"] for m in months] == [0, 2, 1, 2]


def test_the_spreadsheet_holds_the_cases_as_text(ids, president_he):
    body = services.workbook(
        actor_of(president_he),
        Indicator.I10,
        Part.DENOMINATOR,
        QUARTER,
        head=["号", "案由", "收件", "状态"],
        status=lambda s: f"={s}",
    )
    rows = list(openpyxl.load_workbook(BytesIO(body)).active.iter_rows())
    assert [c.value for c in rows[0]] == ["号", "案由", "收件", "状态"]
    assert len(rows) == 3
    assert all(cell.data_type == "s" for row in rows for cell in row)
    assert rows[1][3].value.startswith("'=")


def test_the_backlog_counts_cases_waiting_for_a_hearing(ids, court):
    assert services.pending_hearing(court.id) == 0


def test_a_running_mediation_past_its_day_is_overdue(clerk_li, mediator_wang):
    clerk, mediator = clerk_li.as_actor(), mediator_wang.as_actor()
    begun = clock.today() - timedelta(days=60)
    with clock.pretend(clock.at(begun, 9)):
        assignment = builders.accepted_assignment(clerk, mediator)
    whole = Period(begun, clock.today())
    rate = services.rates(clerk, whole, (Indicator.I13,))[Indicator.I13]
    assert (rate.numerator, rate.denominator) == (1, 1)
    listed = db.session.execute(services.cases(clerk, Indicator.I13, Part.NUMERATOR, whole)).all()
    assert [row.id for row in listed] == [assignment.dispute_id]


@contextmanager
def questions() -> Iterator[list[str]]:
    """The statements sent inside."""
    heard: list[str] = []

    def hear(_connection: object, _cursor: object, statement: str, *_more: object) -> None:
        heard.append(" ".join(statement.split()))

    engine = db.session.get_bind()
    event.listen(engine, "before_cursor_execute", hear)
    try:
        yield heard
    finally:
        event.remove(engine, "before_cursor_execute", hear)


def test_only_what_a_change_touches_is_counted_again(clerk_li, president_he):
    period = Period(clock.today().replace(day=1), clock.today())
    reader = actor_of(president_he)
    first = services.sheet(reader, period)
    with questions() as asked:
        assert services.sheet(reader, period) == first
    assert not [q for q in asked if "count(" in q.lower() and "calendar_day" not in q]
    builders.make_dispute(actor_of(clerk_li))
    with questions() as asked:
        second = services.sheet(reader, period)
    assert second.now[Indicator.I01].denominator == first.now[Indicator.I01].denominator + 1
    assert {"FROM dispute" in q for q in asked if "count(" in q.lower() and "calendar_day" not in q} == {True}
    # A mediation's letter was not touched; what is overdue was, for the decision on filing has its deadline.
    assert not [q for q in asked if "assignment.issued_on BETWEEN" in q]
    keeping.clear()
    assert services.sheet(reader, period) == second


def test_every_figure_is_right_after_every_step(clerk_li, mediator_wang, president_he):
    """What is kept equals what is counted anew, whatever has happened in between."""
    reader, clerk, mediator = actor_of(president_he), actor_of(clerk_li), actor_of(mediator_wang)
    period = Period(clock.today().replace(day=1), clock.today())

    def check() -> None:
        kept = services.sheet(reader, period)
        keeping.clear()
        assert services.sheet(reader, period) == kept

    check()
    for step in (
        lambda: builders.make_dispute(clerk),
        lambda: builders.accepted_assignment(clerk, mediator),
        lambda: builders.signed_agreement(clerk, mediator),
        lambda: builders.planned_session(mediator, builders.accepted_assignment(clerk, mediator)),
    ):
        step()
        check()


def test_after_a_step_only_the_shelf_of_its_dispute_is_counted_again(clerk_li, mediator_wang, president_he):
    reader, clerk, mediator = actor_of(president_he), actor_of(clerk_li), actor_of(mediator_wang)
    period = Period(clock.today().replace(day=1), clock.today())
    services.sheet(reader, period)
    builders.accepted_assignment(clerk, mediator)
    with questions() as asked:
        after = services.sheet(reader, period)
    letters = [q for q in asked if "assignment.issued_on BETWEEN" in q]
    assert letters
    # Each arm that reads letters reads them of one shelf.
    assert all(
        q.count("issued_on BETWEEN") <= q.count("dispute.id BETWEEN") + q.count("dispute_id BETWEEN") for q in letters
    )
    with questions() as asked:
        assert services.sheet(reader, period) == after
    assert not [q for q in asked if "assignment" in q]


@pytest.mark.parametrize("shelf", [1, 2, 64])
def test_what_is_kept_stays_right_over_many_steps(clerk_li, mediator_wang, president_he, monkeypatch, shelf):
    """Looked at after each step, after several at once, and after more than the shelves that are counted singly."""
    monkeypatch.setattr(keeping, "SHELF", shelf)
    monkeypatch.setattr(services, "SHELF", shelf)
    services._question_of.cache_clear()
    reader, clerk, mediator = actor_of(president_he), actor_of(clerk_li), actor_of(mediator_wang)
    period = Period(clock.today().replace(day=1), clock.today())
    services.sheet(reader, period)
    for together in (1, 1, 2, 6, 1):
        for _n in range(together):
            builders.accepted_assignment(clerk, mediator)
        builders.signed_agreement(clerk, mediator)
        kept = services.sheet(reader, period)
        held = dict(keeping._kept)
        keeping.clear()
        assert services.sheet(reader, period) == kept
        keeping._kept.update(held)
    services._question_of.cache_clear()


def test_an_entry_about_no_dispute_has_all_of_its_table_counted_again(clerk_li, mediator_wang, president_he):
    reader, clerk, mediator = actor_of(president_he), actor_of(clerk_li), actor_of(mediator_wang)
    builders.accepted_assignment(clerk, mediator)
    period = Period(clock.today().replace(day=1), clock.today())
    before = services.sheet(reader, period)
    audit.note_alone(clerk, "assignment.bench", subject_type="assignment")
    with questions() as asked:
        assert services.sheet(reader, period) == before
    assert [q for q in asked if "assignment.issued_on BETWEEN" in q and "dispute_id BETWEEN" not in q]


def test_shelves_add_up_and_forget_what_left_them():
    held = Shelves({0: 3, 1: 2}, frozenset({1, 2}))
    assert held.number == 5
    again = held.recounted({1: 0, 2: 4})
    assert (again.numbers, again.changed, again.number) == ({0: 3, 2: 4}, frozenset(), 7)


def test_nothing_is_kept_of_what_may_still_be_taken_back(clerk_li, president_he, mediator_wang):
    period = Period(clock.today().replace(day=1), clock.today())
    reader = actor_of(president_he)
    first = services.sheet(reader, period)
    inside = []

    def taken_back() -> None:
        with transaction():
            builders.make_dispute(actor_of(clerk_li))
            inside.append(services.sheet(reader, period))
            services.sheet(actor_of(mediator_wang), period)

    with pytest.raises(NotPermitted):
        taken_back()
    assert inside[0].now[Indicator.I01].denominator == first.now[Indicator.I01].denominator + 1
    assert services.sheet(reader, period) == first


def test_whatever_the_sheet_counts_changes_only_with_an_entry_of_the_trail():
    period = Period(date(2026, 1, 1), date(2026, 3, 31))
    halves = {half for d in counts.DEFINITIONS.values() for half in (d.numerator, d.denominator)}
    read = {part for half in halves for part in visitors.iterate(half(1, period)) if isinstance(part, sa.Table)}
    trailed = {mapper.local_table for mapper in Base.registry.mappers if issubclass(mapper.class_, Audited)}
    assert {table.name for table in read} == {
        "agreement", "assignment", "confirmation", "deadline", "dispute", "litigation_case", "screening",
    }  # fmt: skip
    assert read <= trailed


def test_the_sheet_is_for_court_staff_only(mediator_wang):
    with pytest.raises(NotPermitted):
        services.sheet(actor_of(mediator_wang), QUARTER)
