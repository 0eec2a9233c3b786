"""A month that is over is frozen once; what is entered later shows as a difference, with the cases that caused it."""

from datetime import date, timedelta

import pytest
import sqlalchemy as sa

from mediation.accounts.models import Court
from mediation.assignment import services as assignments
from mediation.kernel import audit, clock
from mediation.kernel.actor import system
from mediation.kernel.audit import AuditEvent
from mediation.kernel.db import db, transaction
from mediation.kernel.errors import NotPermitted
from mediation.statistics import freezing
from mediation.statistics.catalogue import Figure
from mediation.statistics.models import Snapshot
from tests import builders
from tests.statistics import dataset

MARCH, APRIL = date(2026, 3, 1), date(2026, 4, 1)


@pytest.fixture
def people(clerk_li, mediator_wang):
    return clerk_li.as_actor(), mediator_wang.as_actor()


@pytest.fixture
def frozen(court, people):
    """March as it was known on 1 April: one dispute received, handed out on the 10th, not yet accepted."""
    with clock.pretend(clock.at(date(2026, 3, 9), 9)):
        dispute = builders.make_consented(people[0])
    with clock.pretend(clock.at(date(2026, 3, 30), 9)):
        assignment = builders.make_assignment(people[0], dispute)
    with clock.pretend(clock.at(APRIL, 6)):
        made = freezing.take(system(court.id), MARCH)
    return made, dispute, assignment


def entry(snapshot, figure):
    return next(e for e in freezing.entries_of(snapshot) if e.figure is figure)


def test_every_figure_is_kept_with_both_counts_and_its_definition(frozen):
    snapshot, _dispute, _assignment = frozen
    assert [e.figure for e in freezing.entries_of(snapshot)] == list(Figure)
    received = entry(snapshot, Figure.I01)
    assert (received.numerator, received.denominator, received.text) == (1, 1, "100.00 %")
    assert received.definition.name == "I01 v1"
    assert freezing.differences(snapshot) == []
    assert freezing.is_genuine(snapshot)
    event = db.session.scalars(sa.select(AuditEvent).where(AuditEvent.action == "snapshot.take")).one()
    assert event.facts["digest"] == snapshot.digest


def test_a_late_entry_shows_as_a_difference_with_its_case(frozen, people):
    snapshot, dispute, assignment = frozen
    with clock.pretend(clock.at(date(2026, 4, 2), 10)):
        assignments.accept(people[1], assignment, on=date(2026, 3, 31))
    found = {d.entry.figure: d for d in freezing.differences(snapshot)}
    accepted = found[Figure.I21B]
    assert (accepted.entry.numerator, accepted.numerator) == (0, 1)
    assert {unit for unit, _dispute, _n in accepted.came[0]} == {assignment.id}
    assert accepted.went == (frozenset(), frozenset())
    assert Figure.I01 not in found
    causes = freezing.caused_by(list(found.values()))
    assert set(causes) == {dispute.id}
    assert Figure.I21B in causes[dispute.id][0]
    assert freezing.is_genuine(snapshot)


def test_a_correction_that_moves_a_case_out_of_the_month_shows_too(frozen, people):
    snapshot, dispute, _assignment = frozen
    with clock.pretend(clock.at(date(2026, 5, 4), 10)), transaction():
        dispute.received_at = clock.at(date(2026, 2, 27), 9)
        audit.record(people[0], "correct", dispute)
    found = {d.entry.figure: d for d in freezing.differences(snapshot)}
    assert (found[Figure.I01].entry.text, found[Figure.I01].text) == ("100.00 %", "—")
    assert {of for _unit, of, _n in found[Figure.I01].went[1]} == {dispute.id}
    assert found[Figure.I01].came == (frozenset(), frozenset())


def test_an_altered_snapshot_is_not_genuine(frozen):
    snapshot, _dispute, _assignment = frozen
    with pytest.raises(sa.exc.DBAPIError, match="never changed"), db.session.begin_nested():
        db.session.connection().execute(sa.update(Snapshot.__table__).values(digest="0"))
    db.session.refresh(snapshot)
    db.session.expunge(snapshot)
    snapshot.figures = [dict(f, numerator=f["numerator"] + 1) for f in snapshot.figures]
    assert not freezing.is_genuine(snapshot)
    snapshot.digest = freezing.digest_of(snapshot.court_id, snapshot.month, snapshot.taken_at, snapshot.figures)
    assert not freezing.is_genuine(snapshot)


def test_a_month_is_frozen_once_and_only_when_it_is_over(frozen, court):
    with pytest.raises(sa.exc.IntegrityError), db.session.begin_nested():
        freezing.take(system(court.id), MARCH)
    with pytest.raises(ValueError, match="not over"):
        freezing.take(system(court.id), clock.today())


def test_nobody_freezes_by_hand(court, president_he, clerk_li):
    for person in (president_he, clerk_li):
        with pytest.raises(NotPermitted):
            freezing.take(person.as_actor(), MARCH)


def test_months_are_due_since_the_first_entry_of_the_trail(court):
    first = db.session.scalar(sa.select(AuditEvent.at).where(AuditEvent.court_id == court.id, AuditEvent.seq == 1))
    begun = clock.local(first).date().replace(day=1)
    assert freezing.due(court.id) == []
    later = begun + timedelta(days=70)
    with clock.pretend(clock.at(later, 6)):
        months = freezing.due(court.id)
        assert months[0] == begun
        assert freezing.take_due(system(court.id)) == len(months) == 2
        assert freezing.due(court.id) == []
        assert freezing.take_due(system(court.id)) == 0


def test_a_court_without_any_entry_has_nothing_to_freeze(court):
    other = dataset.put(Court, code="京0101", name="某法院", centre_name="某中心", opened_on=date(2020, 1, 1))
    assert freezing.due(other) == []


# ---- pages and commands ------------------------------------------------------------------------------------------------------


def test_the_pages_show_month_difference_and_cases(frozen, people, client_for, president_he):
    browser = client_for(president_he)
    listed = browser.get("/statistics/months")
    link = listed.soup.select_one("table.list tbody a")
    assert link.get_text() == "2026-03"
    quiet = browser.get(link["href"])
    assert quiet.soup.select_one("#changed table") is None
    assert len(quiet.soup.select("#frozen tbody tr")) == len(Figure)
    with clock.pretend(clock.at(date(2026, 4, 2), 10)):
        assignments.accept(people[1], frozen[2], on=date(2026, 3, 31))
    loud = browser.get(link["href"])
    assert "I21b" in loud.soup.select_one("#changed").get_text()
    assert loud.soup.select_one(f"#changed a[href='/disputes/{frozen[1].id}']") is not None


@pytest.mark.parametrize("path", ["/statistics/months/2026-02", "/statistics/months/2026-13", "/statistics/months/x"])
def test_a_month_that_is_not_frozen_is_not_found(frozen, client_for, president_he, path):
    client_for(president_he).get(path, status=404)


def test_others_stay_outside(frozen, client_for, mediator_wang, auditor, clerk_of_other_court):
    for path in ("/statistics/months", "/statistics/months/2026-03"):
        client_for(mediator_wang).get(path, status=403)
        client_for(auditor).get(path, status=403)
        client_for(None).get(path, status=401)
    assert client_for(clerk_of_other_court).get("/statistics/months").soup.select("table.list") == []
    client_for(clerk_of_other_court).get("/statistics/months/2026-03", status=404)


@pytest.fixture
def run(app, court):
    def invoke(*args):
        return app.test_cli_runner().invoke(args=["snapshot", *args, "--court", court.code])

    return invoke


def test_the_command_freezes_and_verifies(frozen, run, people):
    assert "genuine" in run("verify").output
    said = run("take", "--month", "2026-02")
    assert said.exit_code == 0, said.output
    assert "2026-02" in said.output
    with clock.pretend(clock.at(date(2026, 4, 2), 10)):
        assignments.accept(people[1], frozen[2], on=date(2026, 3, 31))
    assert "others today: " in run("verify").output


@pytest.mark.parametrize(
    ("month", "words"),
    [("2026-03", "frozen already"), ("2099-01", "is not over"), ("2001-01", "centre opened"), ("March", "is no month")],
)
def test_a_month_that_cannot_be_frozen_is_refused(frozen, run, month, words):
    said = run("take", "--month", month)
    assert said.exit_code == 2
    assert words in " ".join(said.output.split())


def test_the_command_freezes_what_is_due(run):
    assert "0 months frozen" in run("take").output
