"""Reports on paper: asked for, counted in the background, archived, sent where the court wants; nothing small goes outside."""

import json
import re
from datetime import date

import pytest
import sqlalchemy as sa

from config import Smtp
from mediation.cli import daily
from mediation.documents import services as store
from mediation.documents.models import Document
from mediation.documents.rules import Status
from mediation.kernel import clock
from mediation.kernel.actor import Role, system
from mediation.kernel.audit import AuditEvent
from mediation.kernel.db import db
from mediation.kernel.errors import DomainError, IllegalStep, NotPermitted
from mediation.notices import sending
from mediation.notices.models import Notice, WorkerPass
from mediation.notices.rules import Channel
from mediation.statistics import asking
from mediation.statistics.asking import Question
from mediation.statistics.catalogue import Figure, Way
from mediation.statistics.reports import counting, rules, services
from mediation.statistics.reports.counting import Asked
from mediation.statistics.reports.models import FigureReport, ReportPlan
from mediation.statistics.reports.rules import Obstacle, ReportSpan, ReportStatus
from mediation.statistics.rules import Period, month_of, quarter_of
from tests.everybody import allowed
from tests.statistics import dataset

QUARTER = quarter_of(date(2026, 3, 2))
APRIL = clock.at(date(2026, 4, 1), 6)
PLAN = {"plan-span": "month", "plan-wanted": "y", "plan-e_mail": ""}


@pytest.fixture
def ids(court):
    return dataset.load(court.id)


def asked(president, **over) -> FigureReport:
    return services.ask(president.as_actor(), ReportSpan.QUARTER, QUARTER, **({"outward": False} | over))


def events(action: str) -> int:
    return db.session.scalar(sa.select(sa.func.count(AuditEvent.id)).where(AuditEvent.action == action))


# ---- rules ------------------------------------------------------------------------------------------------------------


def test_which_periods_can_be_asked_for():
    today, opened = date(2026, 11, 28), date(2026, 1, 15)
    months = rules.periods(ReportSpan.MONTH, today, opened)
    assert (months[0], months[-1], len(months)) == (month_of(today), month_of(opened), 11)
    assert len(rules.periods(ReportSpan.YEAR, today, date(2017, 6, 1))) == 10
    assert rules.last_over(ReportSpan.MONTH, date(2026, 11, 1)) == month_of(date(2026, 10, 1))
    assert rules.last_over(ReportSpan.YEAR, date(2026, 11, 1)) == Period(date(2025, 1, 1), date(2025, 12, 31))


@pytest.mark.parametrize(
    ("first", "expected"),
    [(date(2026, 12, 1), Obstacle.NOT_BEGUN), (date(2017, 1, 1), Obstacle.NO_COURT_YET), (date(2026, 11, 1), None)],
)
def test_of_which_period_there_is_nothing_to_report(first, expected):
    assert rules.obstacle(month_of(first), today=date(2026, 11, 28), opened_on=date(2017, 6, 1)) is expected


def test_who_asks_and_who_settles():
    assert allowed(rules.may_settle) == {Role.PRESIDENT}
    assert Role.MEDIATOR not in allowed(rules.may_ask)


def test_the_worker_for_papers_prepares_them_and_does_not_go_through_the_outbox(app, ids, president_he):
    report_id = asked(president_he).id
    answer = app.test_cli_runner().invoke(args=["worker", "--once", "--papers"])
    assert answer.exit_code == 0, answer.output
    assert "reports prepared 1" in answer.output
    assert db.session.get(FigureReport, report_id).status is ReportStatus.COUNTED
    assert db.session.scalar(sa.select(sa.func.count(WorkerPass.id))) == 0


# ---- counting ---------------------------------------------------------------------------------------------------------


def counted(court_id: int, *, outward: bool) -> dict:
    order = Asked(court_id, QUARTER, outward)
    data = counting.begun(order)
    for part in counting.parts(order):
        part(data)
    return data


def test_the_report_says_what_the_pages_say(ids, court):
    with clock.pretend(APRIL):
        data = counted(court.id, outward=False)
        expected = asking.answer(court.id, Question(Figure.I03A, Way.FLOW, QUARTER))
    rows = {row[1]: row for row in data["figures"]}
    assert len(rows) == len(counting.FIGURES) == len(data["definitions"])
    assert rows["I03a v1"][2:4] == [f"{expected.numerator} / {expected.denominator}", expected.text]
    assert [spec["kind"] for spec in data["charts"]] == ["line", "tree", "heat", "flow"]
    assert data["tables"][0]["rows"][-1][:4] == ["2026-03", "2", "2", "2"]
    assert json.loads(json.dumps(data)) == data


def test_what_leaves_the_court_has_no_small_cell(ids, court):
    """R7-13: no count from one to four in any table or chart, and no rate from which one could be reckoned."""
    with clock.pretend(APRIL):
        data = counted(court.id, outward=True)
    for name, version, counts, value, *_former in data["figures"]:
        if version in {"I22 v1", "I19 v1", "I20 v1"}:
            continue
        if "/" in counts and not name.endswith("天数"):
            above, below = (int(part) for part in counts.split("/"))
            assert all(not 0 < one < 5 for one in (above, below, below - above)) or value == "—"
        elif counts.isdigit():
            assert not 0 < int(counts) < 5
    for table in data["tables"]:
        for row in table["rows"]:
            for cell in row[1:]:
                assert not (cell.isdigit() and 0 < int(cell) < 5) or table["title"] != data["tables"][0]["title"]


def test_an_open_definition_or_reading_says_so(ids, court):
    with clock.pretend(APRIL):
        data = counted(court.id, outward=False)
    said = {row[0]: row[2] for row in data["definitions"]}
    assert all(said.values())
    assert all(re.fullmatch(r"\d{4}-\d\d-\d\d", row[3]) for row in data["definitions"])


# ---- preparing --------------------------------------------------------------------------------------------------------


def test_asked_counted_archived_and_told(ids, president_he, client_for):
    with clock.pretend(APRIL):
        made = asked(president_he)
        page = client_for(president_he).get("/statistics/reports")
        assert page.soup.select_one("progress")["max"] == str(counting.STEPS)
        assert services.work("w") == 1
        assert services.work("w") == 0
        db.session.refresh(made)
        assert (made.status, made.done, made.leased_by) == (ReportStatus.COUNTED, made.steps, "")
        paper = services.document_of(made)
        assert (paper.kind, paper.status) == ("figures_report", Status.READY)
        answer = client_for(president_he).get(f"/statistics/reports/{made.id}/file", status=200)
        assert answer.response.data.startswith(b"%PDF")
        told = db.session.scalars(sa.select(Notice).where(Notice.user_id == president_he.id)).all()
        assert [one.kind for one in told] == ["statistics.report"]
        assert events("figure_report.count") == 1


def test_one_report_is_not_prepared_twice_at_once(ids, president_he):
    with clock.pretend(APRIL):
        asked(president_he)
        with pytest.raises(DomainError) as refused:
            asked(president_he)
        assert refused.value.field == "period"
        asked(president_he, outward=True)


def test_what_a_dead_worker_held_is_prepared_by_another(ids, president_he, court):
    with clock.pretend(APRIL):
        made = asked(president_he)
        held = services._take("first")
        assert held is not None
        assert services._take("second") is None
    with clock.pretend(APRIL + rules.LEASE):
        assert services.work("second") == 1
        assert services._settle(made.id, Asked(court.id, QUARTER, False), "first", {}, "") is None


def test_what_could_not_be_counted_is_said_and_can_be_asked_anew(ids, president_he, client_for, court):
    with clock.pretend(APRIL):
        made = asked(president_he)
        with pytest.raises(IllegalStep):
            services.again(president_he.as_actor(), made)
        services._take("w")
        services._settle(made.id, Asked(court.id, QUARTER, False), "w", None, "OperationalError")
        db.session.refresh(made)
        assert (made.status, made.failure) == (ReportStatus.FAILED, "OperationalError")
        client_for(president_he).post(f"/statistics/reports/{made.id}/again", status=302)
        assert services.work("w") == 1
        assert events("figure_report.fail") == events("figure_report.again") == 1


# ---- by itself --------------------------------------------------------------------------------------------------------


def test_the_daily_run_asks_once_for_each_period(ids, president_he, court):
    actor = president_he.as_actor()
    services.settle(actor, ReportSpan.MONTH, wanted=True, outward=False, e_mail="")
    services.settle(actor, ReportSpan.YEAR, wanted=False, outward=False, e_mail="")
    act = next(act for act in daily.ACTS if "reports" in act.words)
    with clock.pretend(APRIL):
        assert act.run(system(court.id)) == {"reports": 1}
        assert act.run(system(court.id)) == {"reports": 0}
    with clock.pretend(clock.at(date(2026, 4, 9), 6)):
        assert act.run(system(court.id)) == {"reports": 0}
    made = db.session.scalars(sa.select(FigureReport)).one()
    assert (made.first_on, made.last_on, made.planned, made.asked_by_id) == (
        date(2026, 3, 1),
        date(2026, 3, 31),
        True,
        0,
    )
    with clock.pretend(clock.at(date(2026, 5, 1), 6)):
        assert act.run(system(court.id)) == {"reports": 1}


def test_the_report_goes_out_by_e_mail_with_the_paper(app, ids, president_he, court, monkeypatch):
    monkeypatch.setitem(app.config, "SMTP", Smtp(HOST="mail.court.example", PORT=25, SENDER="centre@court.example"))
    with clock.pretend(APRIL):
        made = asked(president_he, e_mail="office@court.example")
        services.work("w")
        services.work("w")
        sent = db.session.scalars(sa.select(Notice).where(Notice.channel == Channel.E_MAIL)).one()
        assert (sent.address, sent.document_id) == ("office@court.example", made.document_id)
        held = sending.take("w", {court.id: court.name})
        paper = services.document_of(made)
        assert held.message.enclosed.content == store.open_file(president_he.as_actor(), paper).content
        mail = app.extensions  # the letter itself is written by the channel
        assert mail is not None
        written = next(iter(sending.adapters().values()))._written(held.message)
        names = [part.get_filename() for part in written.iter_attachments()]
        assert names == [f"{paper.title}{paper.number}.pdf"]


# ---- the page ---------------------------------------------------------------------------------------------------------


def test_asked_for_and_settled_on_the_page(client_for, president_he):
    browser = client_for(president_he)
    page = browser.get("/statistics/reports")
    chosen = page.soup.select_one('select[name="report-period"] option')["value"]
    browser.post("/statistics/reports", {"report-period": chosen, "report-e_mail": ""}, status=302)
    again = browser.post("/statistics/reports", {"report-period": chosen, "report-e_mail": ""}, status=422)
    assert again.errors()
    browser.post("/statistics/reports/plan", PLAN, status=302)
    plan = db.session.scalars(sa.select(ReportPlan)).one()
    assert (plan.span, plan.wanted, plan.outward) == (ReportSpan.MONTH, True, False)
    browser.post("/statistics/reports/plan", {"plan-span": "month", "plan-e_mail": "", "plan-outward": "y"}, status=302)
    db.session.refresh(plan)
    assert (plan.wanted, plan.outward) == (False, True)
    assert events("report_plan.settle") == 2


@pytest.mark.parametrize(
    "wrong",
    [
        {"report-period": "month:2031-01-01"},
        {"report-period": "decade:2020-01-01"},
        {"report-period": ""},
        {"report-e_mail": "nobody"},
        {"report-e_mail": "office@court.example"},
    ],
)
def test_bad_input_is_told_and_kept(client_for, president_he, wrong):
    browser = client_for(president_he)
    chosen = browser.get("/statistics/reports").soup.select_one('select[name="report-period"] option')["value"]
    page = browser.post("/statistics/reports", {"report-period": chosen, "report-e_mail": ""} | wrong, status=422)
    assert page.errors()
    if "report-e_mail" in wrong:
        assert page.field("report-e_mail") == wrong["report-e_mail"]
    assert db.session.scalar(sa.select(sa.func.count(FigureReport.id))) == 0


def test_others_stay_outside(ids, client_for, president_he, clerk_li, mediator_wang, clerk_of_other_court):
    made = asked(president_he)
    client_for(clerk_li).get("/statistics/reports")
    client_for(clerk_li).post("/statistics/reports/plan", PLAN, status=403)
    client_for(mediator_wang).get("/statistics/reports", status=403)
    client_for(None).get("/statistics/reports", status=401)
    client_for(clerk_of_other_court).get(f"/statistics/reports/{made.id}/file", status=404)
    client_for(clerk_li).get(f"/statistics/reports/{made.id}/file", status=404)
    client_for(clerk_li).post(f"/statistics/reports/{made.id}/again", status=409)
    with pytest.raises(NotPermitted):
        services.ask(mediator_wang.as_actor(), ReportSpan.QUARTER, QUARTER, outward=False)
    with pytest.raises(NotPermitted):
        services.settle(clerk_li.as_actor(), ReportSpan.YEAR, wanted=True, outward=False, e_mail="")
    assert db.session.scalar(sa.select(sa.func.count(Document.id)).where(Document.kind == "figures_report")) == 0
