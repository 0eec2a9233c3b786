"""The demonstration court: made once, in every state, with a whole trail; every page and every document of it opens."""

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from types import SimpleNamespace

import pytest
import sqlalchemy as sa
from sqlalchemy import event

from mediation.accounts import services as accounts
from mediation.accounts.models import Court, User
from mediation.assignment.models import Assignment, ChoiceRecord, Extension, Suspension
from mediation.cli import demonstration
from mediation.disputes.models import Dispute
from mediation.disputes.rules import NumberStatus
from mediation.documents import composing, making
from mediation.documents.models import Document
from mediation.intake.models import Consent, Correction
from mediation.kernel import audit, clock
from mediation.kernel.db import Base, db
from mediation.litigation.limits.models import HigherRequest, LimitApproval
from mediation.litigation.models import FeeNotice, LitigationCase
from mediation.litigation.procedure.models import ProcedureObjection
from mediation.periods.models import Deadline
from mediation.roster import services as roster
from mediation.roster.models import Mediator, Organisation
from mediation.roster.rules import RosterStatus
from mediation.scheduling.models import Booking, Resource
from mediation.statistics import services as statistics
from mediation.statistics.reports.rules import ReportStatus
from mediation.statistics.rules import HEADLINE, Period
from tests.conftest import make_app
from tests.page import Browser, Page
from tests.statistics import second_engine

# Of a page that looks at everything which speaks for or against each mediator, or each time; others ask a dozen times.
MOST_QUESTIONS, MOST_ALIKE = 30, 6
LOGINS = [*(login for login, _name, _role in demonstration.PEOPLE), "mediator1", "committee"]


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """The court as `flask demo` makes it in an empty file."""
    app = make_app(f"sqlite:///{tmp_path_factory.mktemp('demo') / 'demo.sqlite'}", MODE="demonstration")
    with app.app_context():
        first = app.test_cli_runner().invoke(args=["demo", "--no-history"])
        assert first.exit_code == 0, first.output
    return SimpleNamespace(app=app, said=first.output)


@pytest.fixture
def demo(made):
    with made.app.app_context():
        yield made
        db.session.remove()


def browser(demo, login):
    user = db.session.scalars(sa.select(User).where(User.login == login)).one()
    client = demo.app.test_client()
    token = accounts.open_session(user, address="127.0.0.1")
    with client.session_transaction() as session:
        session["_user_id"], session["_fresh"] = token, True
    return Browser(client)


def count(model):
    return db.session.scalar(sa.select(sa.func.count()).select_from(model))


# Documents are made in the background after the loading.
LATER = {"document"}


def machines() -> dict[str, sa.Column]:
    """The state of every record that has one, whatever capability keeps it, and what else tells how far things came."""
    found = {
        f"{mapper.local_table.name}.status": mapper.local_table.c.status
        for mapper in Base.registry.mappers
        if "status" in mapper.local_table.c and mapper.local_table.name not in LATER
    }
    further = (
        Dispute.closing,
        Dispute.route,
        Assignment.kind,
        LitigationCase.manner,
        Booking.purpose,
        Consent.answer,
        ProcedureObjection.matter,
        # Each period of the law is opened by an act of the product, and not only computed.
        Deadline.key,
    )
    return found | {str(column): column for column in further}


# A number is voided, a body leaves and a term ends by hand, and rarely; a report is counted by the worker.
BY_HAND = {
    "figure_report.status": {ReportStatus.COUNTED, ReportStatus.FAILED},
    "case_number.status": {NumberStatus.VOID},
    "organisation.status": set(RosterStatus) - {RosterStatus.ACTIVE},
    "mediator.status": {RosterStatus.EXPIRED},
}


def test_every_state_of_every_machine_occurs(demo):
    missing, looked_at = {}, machines()
    for name, column in looked_at.items():
        there = set(db.session.scalars(sa.select(column).distinct()))
        absent = set(column.type.enum_class) - there - BY_HAND.get(name, set())
        if absent:
            missing[name] = sorted(absent)
    assert missing == {}
    assert {"dispute.status", "assignment.status", "litigation_case.status", "confirmation.status"} <= set(looked_at)
    assert {"mediation_session.status", "booking.status", "agreement.status", "wish.status"} <= set(looked_at)


def test_a_certificate_ran_out_and_a_candidate_waits(demo):
    president = db.session.scalars(sa.select(User).where(User.login == "president")).one().as_actor()
    listed = db.session.scalars(roster.listed(president)).all()
    assert {one.status for one in listed} >= set(RosterStatus) - {RosterStatus.EXPIRED}
    assert any(one.certificate_expires_on < clock.today() for one in listed)


def test_the_court_of_the_story_stands(demo):
    for model, number in ((Resource, 10), (Mediator, 22), (Organisation, 9)):
        assert count(model) == number
    for model in (Suspension, Extension, Correction, FeeNotice, LimitApproval, HigherRequest):
        assert count(model) > 0
    assert list(audit.verify()) == []


def test_nothing_in_it_lies_in_the_future(demo):
    now = clock.now()
    assert db.session.scalar(sa.select(sa.func.max(audit.AuditEvent.at))) <= now
    assert db.session.scalar(sa.select(sa.func.max(Dispute.received_at))) <= now


def test_what_waits_for_the_higher_court_is_still_within_its_limit(demo):
    """CPL art. 152: more time is approved before the limit ends; a story past it could not go on."""
    asked = db.session.scalars(sa.select(HigherRequest).where(HigherRequest.status.in_(["asked", "refused"]))).all()
    limits = [db.session.get_one(Deadline, one.deadline_id) for one in asked]
    assert len(limits) > 1
    assert all(limit.is_running and limit.final_on >= clock.today() for limit in limits)
    assert all(one.asked_on <= clock.today() for one in asked)


def test_every_figure_of_the_president_says_something(demo):
    president = db.session.scalars(sa.select(User).where(User.login == "president")).one().as_actor()
    found = statistics.rates(president, Period(clock.today() - timedelta(days=120), clock.today()))
    for indicator in HEADLINE:
        assert 0 < found[indicator].numerator < found[indicator].denominator, (indicator, found[indicator])


def test_every_document_of_it_can_be_produced(demo):
    for document in db.session.scalars(sa.select(Document)):
        job = making.job_of(document)
        assert composing.compose(job.kind, job.sheet, job.data).html


@pytest.mark.slow
def test_every_dispute_opens_for_the_clerk(demo):
    page = browser(demo, "clerk")
    for dispute_id in db.session.scalars(sa.select(Dispute.id)).all():
        page.get(f"/disputes/{dispute_id}")


@pytest.mark.parametrize("login", LOGINS)
def test_everybody_starts_from_the_page_that_the_table_names(demo, login):
    page = browser(demo, login)
    home = page.get("/", status=302)
    opened = page.get(home.location)
    line = next(line for line in demonstration.sign_ins(demo.app) if line.login == login)
    assert line.page
    with demo.app.test_request_context():
        assert str(line.page) in opened.text


@pytest.fixture
def questions(demo) -> Iterator[list[tuple[str, str]]]:
    """What the database was asked, with what."""
    heard: list[tuple[str, str]] = []

    def hear(_connection, _cursor, statement, parameters, *_more):
        if statement.startswith("SELECT"):
            heard.append((statement, repr(parameters)))

    event.listen(db.engine, "before_cursor_execute", hear)
    yield heard
    event.remove(db.engine, "before_cursor_execute", hear)


@pytest.mark.slow
@pytest.mark.parametrize("login", LOGINS)
def test_every_link_leads_somewhere(demo, login, questions):
    """From the first page on, two pages of each kind: no link of a page is refused to whom it was shown.

    And no page asks the database as often as there are rows in it, nor the same again and again.
    """
    reader, kinds, known, waiting = browser(demo, login), Counter(), {"/"}, ["/"]
    while waiting:
        url = waiting.pop(0)
        kind = re.sub(r"\d+", "N", url.partition("?")[0])
        kinds[kind] += 1
        if kinds[kind] > 2:
            continue
        questions.clear()
        with demo.app.app_context():  # as from outside: nothing of the page before is at hand
            answer = reader.client.get(url)
        assert answer.status_code < 400, (url, answer.status_code)
        assert len(questions) <= MOST_QUESTIONS, (url, len(questions))
        assert not [one for one, times in Counter(questions).items() if times > MOST_ALIKE], url
        links = [answer.location] if answer.location else [a["href"] for a in Page(answer).soup.select("a[href]")]
        for link in links:
            path = link.partition("#")[0]
            if path.startswith("/") and not path.startswith(("/static", "/documents/")) and path not in known:
                known.add(path)
                waiting.append(path)


def test_the_sign_ins_are_printed_and_shown_alike(demo):
    page = Browser(demo.app.test_client()).get("/sign-in")
    for line in demonstration.sign_ins(demo.app):
        assert line.login in demo.said
        assert line.login in page.text
    assert demonstration.PASSWORD in page.text


def test_made_once(demo):
    users = count(User)
    db.session.rollback()
    again = demo.app.test_cli_runner().invoke(args=["demo"])
    assert again.exit_code == 0
    assert "nothing was changed" in again.output
    assert count(User) == users
    assert demo.app.test_cli_runner().invoke(args=["audit", "verify"]).exit_code == 0


def test_the_past_is_left_again():
    before = clock.now()
    with clock.pretend(clock.at(clock.today().replace(year=2020), 9)):
        assert clock.today().year == 2020
    assert clock.now() >= before


def test_only_in_demonstration_mode(fresh_app):
    answer = fresh_app.test_cli_runner().invoke(args=["demo"])
    assert answer.exit_code == 2
    assert "demonstration mode" in answer.output
    assert not fresh_app.extensions.get("demonstration_sign_ins")


def test_every_choice_of_a_mediator_replays_to_the_same_result(demo):
    said = demo.app.test_cli_runner().invoke(args=["assignment", "replay", "--all"])
    assert said.exit_code == 0, said.output
    assert said.output.strip().splitlines()[-1] == f"{count(ChoiceRecord)} replayed, 0 differ"
    assert count(ChoiceRecord) >= count(Assignment)
    dispute = db.session.get(Dispute, db.session.scalars(sa.select(ChoiceRecord.dispute_id).limit(1)).one())
    one = demo.app.test_cli_runner().invoke(args=["assignment", "replay", dispute.receipt_no])
    assert "same result" in one.output
    assert demo.app.test_cli_runner().invoke(args=["assignment", "replay", "nothing"]).exit_code == 2
    assert demo.app.test_cli_runner().invoke(args=["assignment", "replay"]).exit_code == 2


def test_every_figure_is_the_same_counted_a_second_time(demo):
    """As it stands, and as it was known a month ago: the database's queries and the raw tables in memory agree."""
    today = clock.today()
    court_id = db.session.scalar(sa.select(Court.id))
    periods = (Period(today - timedelta(days=120), today), Period(date(2017, 6, 1), today))
    assert second_engine.both(court_id, second_engine.export(), periods) == []
    evening = today - timedelta(days=30)
    then = second_engine.export(clock.at(evening + timedelta(days=1)))
    assert second_engine.both(court_id, then, periods, as_of=evening) == []
