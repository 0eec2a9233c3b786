"""Bounds on figures: set by the president, looked at by the daily run, told once for each period, never silently changed."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
import sqlalchemy as sa

from config import Smtp
from mediation.cli import daily
from mediation.kernel import clock
from mediation.kernel.actor import Role, system
from mediation.kernel.audit import AuditEvent
from mediation.kernel.db import db
from mediation.kernel.errors import DomainError, NotPermitted
from mediation.notices.models import Notice
from mediation.notices.rules import Channel
from mediation.statistics.alerts import rules, services
from mediation.statistics.alerts.models import FigureAlert
from mediation.statistics.alerts.rules import Bound, Direction, Measure, Obstacle, Window
from mediation.statistics.alerts.services import Wanted
from mediation.statistics.catalogue import DEFINITIONS, Figure, Unit, Way
from mediation.statistics.rules import Period
from tests.everybody import allowed
from tests.statistics import dataset

SET = Wanted(Figure.I03B, Window.QUARTER, Measure.VALUE, Direction.BELOW, Decimal(90))
APRIL = clock.at(date(2026, 4, 1), 6)
FORM = {
    "alert-figure": "I03b", "alert-way": "", "alert-window": "quarter", "alert-measure": "value", "alert-direction": "below",
    "alert-limit": "90", "alert-least": "0", "alert-e_mail": "",
}  # fmt: skip


@pytest.fixture
def ids(court):
    found = dataset.load(court.id)
    dataset.as_it_happened()
    return found


def events(action: str) -> list[AuditEvent]:
    return list(db.session.scalars(sa.select(AuditEvent).where(AuditEvent.action == action).order_by(AuditEvent.id)))


def told(user) -> list[str]:
    return list(
        db.session.scalars(sa.select(Notice.text).where(Notice.user_id == user.id, Notice.kind == services.KIND))
    )


# ---- rules ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("window", "evening", "first", "last"),
    [
        (Window.MONTH, date(2026, 3, 20), date(2026, 3, 1), date(2026, 3, 20)),
        (Window.MONTH, date(2026, 3, 31), date(2026, 3, 1), date(2026, 3, 31)),
        (Window.QUARTER, date(2026, 2, 2), date(2026, 1, 1), date(2026, 2, 2)),
        (Window.YEAR, date(2026, 2, 2), date(2026, 1, 1), date(2026, 2, 2)),
        (Window.LAST_MONTH, date(2026, 3, 20), date(2026, 2, 1), date(2026, 2, 28)),
        (Window.LAST_MONTH, date(2026, 3, 31), date(2026, 3, 1), date(2026, 3, 31)),
        (Window.LAST_QUARTER, date(2026, 4, 1), date(2026, 1, 1), date(2026, 3, 31)),
        (Window.LAST_YEAR, date(2026, 4, 1), date(2025, 1, 1), date(2025, 12, 31)),
    ],
)
def test_the_days_counted(window, evening, first, last):
    assert rules.period(window, evening) == Period(first, last)


@pytest.mark.parametrize(
    ("bound", "now", "then", "counted", "crossed"),
    [
        (Bound(Measure.VALUE, Direction.ABOVE, Decimal(5)), "5.01", None, 1, True),
        (Bound(Measure.VALUE, Direction.ABOVE, Decimal(5)), "5.00", None, 1, False),
        (Bound(Measure.VALUE, Direction.BELOW, Decimal(5)), "4.99", None, 1, True),
        (Bound(Measure.VALUE, Direction.BELOW, Decimal(5)), None, None, 0, False),
        (Bound(Measure.VALUE, Direction.BELOW, Decimal(5), 10), "1", None, 9, False),
        (Bound(Measure.VALUE, Direction.BELOW, Decimal(5), 10), "1", None, 10, True),
        (Bound(Measure.BEFORE, Direction.ABOVE, Decimal(5)), "16", "10", 1, True),
        (Bound(Measure.BEFORE, Direction.ABOVE, Decimal(5)), "10", "16", 1, False),
        (Bound(Measure.YEAR_AGO, Direction.BELOW, Decimal(5)), "10", "16", 1, True),
        (Bound(Measure.YEAR_AGO, Direction.BELOW, Decimal(5)), "10", None, 1, False),
    ],
)
def test_when_a_bound_is_crossed(bound, now, then, counted, crossed):
    given = [Decimal(value) if value is not None else None for value in (now, then)]
    assert bound.is_crossed(*given, counted) is crossed


@pytest.mark.parametrize(
    ("unit", "measure", "limit", "expected"),
    [
        (Unit.PERCENT, Measure.VALUE, "100", None),
        (Unit.PERCENT, Measure.VALUE, "100.01", Obstacle.NOT_A_SHARE),
        (Unit.SCORE, Measure.VALUE, "5.5", Obstacle.NOT_A_SCORE),
        (Unit.DAYS, Measure.VALUE, "-1", Obstacle.NEGATIVE),
        (Unit.NUMBER, Measure.VALUE, "1000001", Obstacle.TOO_HIGH),
        (Unit.NUMBER, Measure.BEFORE, "0", Obstacle.NO_CHANGE),
        (Unit.PER_10_000, Measure.VALUE, "0", None),
    ],
)
def test_what_is_no_bound(unit, measure, limit, expected):
    assert rules.obstacle(unit, measure, Decimal(limit)) is expected


def test_who_sets_bounds():
    assert allowed(rules.may_set) == {Role.PRESIDENT}


# ---- looking ----------------------------------------------------------------------------------------------------------


def test_whoever_sets_a_bound_sees_at_once_whether_it_is_crossed(ids, president_he):
    actor = president_he.as_actor()
    with clock.pretend(APRIL):
        made = services.create(actor, replace(SET, window=Window.LAST_QUARTER))
        found = services.standing(actor)[0]
        assert (found.alert_id, found.known_on, made.looked_on) == (made.id, date(2026, 3, 31), date(2026, 3, 31))
        assert services.answer_of(found).text == "62.50 %"
        assert told(president_he) == []


def test_a_changed_bound_is_looked_at_anew_and_what_was_found_stays(ids, president_he):
    actor = president_he.as_actor()
    with clock.pretend(APRIL):
        made = services.create(actor, replace(SET, window=Window.LAST_QUARTER))
        services.change(actor, made, replace(SET, window=Window.LAST_QUARTER, limit=Decimal(10)))
        assert services.standing(actor) == []
        assert [(one.alert_id, one.edition) for one in services.past(actor)] == [(made.id, 1)]
        services.change(actor, made, replace(SET, window=Window.LAST_QUARTER, limit=Decimal(80)))
        assert [one.edition for one in services.standing(actor)] == [3]
        services.remove(actor, made)
        assert services.standing(actor) == []
        assert len(services.past(actor)) == 2


def test_a_running_period_is_told_on_the_first_evening_beyond(ids, president_he, court, client_for):
    actor, run = president_he.as_actor(), system(court.id)
    wanted = Wanted(Figure.I21D, Window.QUARTER, Measure.VALUE, Direction.ABOVE, Decimal(3))
    with clock.pretend(clock.at(date(2026, 1, 2), 6)):
        alert = services.create(actor, wanted)
        assert services.standing(actor) == []
    with clock.pretend(clock.at(date(2026, 2, 20), 6)):
        assert services.look(run) == 1
        assert services.look(run) == 0
        found = services.standing(actor)[0]
        answer = services.answer_of(found)
        assert (found.alert_id, found.first_on, found.last_on) == (alert.id, date(2026, 1, 1), date(2026, 2, 19))
        assert answer.numerator > 3
        text = told(president_he)
        assert len(text) == 1
        assert str(answer.numerator) in text[0]
        page = client_for(president_he).get("/statistics/alerts")
        link = next(a["href"] for a in page.soup.select(".figure-counts a"))
        assert "as_of=2026-02-19" in link
        cases = client_for(president_he).get(link)
        assert len(cases.soup.select("table.work-list tbody tr")) == answer.numerator
        desk = client_for(president_he).get("/statistics")
        assert (
            desk.soup.select_one(f'section[aria-labelledby="beyond"] a[href="{link}"]'.replace("&amp;", "&"))
            is not None
        )
    with clock.pretend(clock.at(date(2026, 2, 21), 6)):
        assert services.look(run) == 0
        assert services.standing(actor)[0].known_on == date(2026, 2, 20)
    assert len(told(president_he)) == 1
    with clock.pretend(clock.at(date(2026, 4, 10), 6)):
        assert services.look(run) == 0
        assert services.standing(actor) == []


def test_a_change_is_held_against_the_same_days_of_the_period_before(ids, president_he, court):
    actor, run = president_he.as_actor(), system(court.id)
    with clock.pretend(clock.at(date(2026, 1, 2), 6)):
        services.create(actor, Wanted(Figure.I21D, Window.LAST_QUARTER, Measure.BEFORE, Direction.ABOVE, Decimal(2)))
        services.create(actor, Wanted(Figure.I21D, Window.LAST_QUARTER, Measure.YEAR_AGO, Direction.BELOW, Decimal(2)))
    with clock.pretend(clock.at(date(2026, 4, 1), 6)):
        assert services.look(run) == 1
        found = services.standing(actor)[0]
        assert (found.then_first_on, found.then_last_on) == (date(2025, 10, 1), date(2025, 12, 31))
        assert (found.numerator, found.then_numerator) == (12, 0)
        assert services.former_of(found) == "0"


def test_a_bound_is_said_with_its_unit(ids, president_he):
    actor = president_he.as_actor()
    said = [
        services.sentence(services.create(actor, Wanted(figure, Window.YEAR, measure, Direction.BELOW, Decimal(5))))
        for figure in (Figure.I03B, Figure.I12A, Figure.I21D)
        for measure in (Measure.VALUE, Measure.BEFORE)
    ]
    assert said == ["低于5 %", "比上期下降超过5个百分点", "低于5日", "比上期下降超过5日", "低于5", "比上期下降超过5"]


def test_every_figure_can_be_bounded(ids, president_he, court):
    actor, figures = president_he.as_actor(), list(dict.fromkeys(d.figure for d in DEFINITIONS))
    with clock.pretend(clock.at(date(2026, 3, 1), 6)):
        for figure in figures:
            services.create(actor, Wanted(figure, Window.QUARTER, Measure.YEAR_AGO, Direction.ABOVE, Decimal(1)))
    with clock.pretend(APRIL):
        services.look(system(court.id))
        assert {one.looked_on for one in services.all_of(actor)} == {date(2026, 3, 31)}
        assert len(services.all_of(actor)) == len(figures)


def test_the_daily_run_looks_at_them(ids, president_he, court):
    with clock.pretend(clock.at(date(2026, 1, 2), 6)):
        services.create(
            president_he.as_actor(), Wanted(Figure.I21D, Window.QUARTER, Measure.VALUE, Direction.ABOVE, Decimal(0))
        )
    act = next(act for act in daily.ACTS if "beyond" in act.words)
    with clock.pretend(clock.at(date(2026, 3, 2), 6)):
        assert act.run(system(court.id)) == {"beyond": 1}
        assert act.run(system(court.id)) == {"beyond": 0}


# ---- setting ----------------------------------------------------------------------------------------------------------


def test_set_changed_and_removed_with_a_trail(ids, client_for, president_he):
    browser = client_for(president_he)
    browser.post("/statistics/alerts", FORM, status=302)
    made = db.session.scalars(sa.select(FigureAlert)).one()
    assert (made.figure, made.way, made.hundredths, made.edition) == (Figure.I03B, Way.FLOW, 9000, 1)
    page = browser.get(f"/statistics/alerts/{made.id}")
    assert page.field("alert-limit") == "90"
    browser.post(f"/statistics/alerts/{made.id}", FORM | {"alert-limit": "12.5 %"}, status=302)
    db.session.refresh(made)
    assert (made.hundredths, made.edition) == (1250, 2)
    assert events("figure_alert.change")[0].facts["before"]["hundredths"] == 9000
    browser.post(f"/statistics/alerts/{made.id}/removal", status=302)
    assert events("figure_alert.remove")[0].subject_id == made.id
    browser.get(f"/statistics/alerts/{made.id}", status=404)
    browser.post(f"/statistics/alerts/{made.id}/removal", status=404)


@pytest.mark.parametrize(
    "wrong",
    [
        {"alert-limit": ""},
        {"alert-limit": "viel"},
        {"alert-limit": "-3"},
        {"alert-limit": "101"},
        {"alert-limit": "1.234"},
        {"alert-limit": "9" * 40},
        {"alert-limit": "nan"},
        {"alert-figure": "I99"},
        {"alert-way": "cumulative"},
        {"alert-figure": "I16a", "alert-way": "flow"},
        {"alert-window": "decade"},
        {"alert-least": "-1"},
        {"alert-e_mail": "no address"},
        {"alert-e_mail": "president@court.example"},
        {"alert-measure": "before", "alert-limit": "0"},
    ],
)
def test_bad_input_is_told_and_kept(client_for, president_he, wrong):
    browser = client_for(president_he)
    page = browser.post("/statistics/alerts", FORM | wrong, status=422)
    assert page.errors()
    for name, value in wrong.items():
        if name in {"alert-limit", "alert-e_mail", "alert-least"}:
            assert page.field(name) == value
    assert db.session.scalar(sa.select(sa.func.count(FigureAlert.id))) == 0


def test_the_same_bound_is_not_set_twice(client_for, president_he):
    browser = client_for(president_he)
    browser.post("/statistics/alerts", FORM, status=302)
    browser.post("/statistics/alerts", FORM, status=422)


def test_an_e_mail_goes_out_where_the_installation_sends_them(app, ids, president_he, court, monkeypatch):
    server = Smtp(HOST="mail.court.example", PORT=25, USER="", PASSWORD="", SENDER="centre@court.example")
    monkeypatch.setitem(app.config, "SMTP", server)
    actor = president_he.as_actor()
    with clock.pretend(clock.at(date(2026, 1, 2), 6)):
        wanted = Wanted(Figure.I21D, Window.QUARTER, Measure.VALUE, Direction.ABOVE, Decimal(0))
        services.create(actor, replace(wanted, e_mail="president@court.example"))
    with clock.pretend(clock.at(date(2026, 3, 2), 6)):
        services.look(system(court.id))
    sent = db.session.scalars(sa.select(Notice).where(Notice.channel == Channel.E_MAIL)).one()
    assert (sent.address, sent.kind, sent.dispute_id) == ("president@court.example", services.KIND, None)
    assert "I21d v1" in sent.text


def test_others_read_and_do_not_set(client_for, clerk_li, mediator_wang, clerk_of_other_court, president_he):
    made = services.create(president_he.as_actor(), SET)
    page = client_for(clerk_li).get("/statistics/alerts")
    assert page.soup.select_one('form[action="/statistics/alerts"]') is None
    client_for(clerk_li).post("/statistics/alerts", FORM, status=403)
    client_for(clerk_li).post(f"/statistics/alerts/{made.id}/removal", status=403)
    client_for(mediator_wang).get("/statistics/alerts", status=403)
    client_for(None).get("/statistics/alerts", status=401)
    assert (
        "I03b" not in client_for(clerk_of_other_court).get("/statistics/alerts").soup.select_one("#bounds").get_text()
    )
    with pytest.raises(NotPermitted):
        services.create(clerk_li.as_actor(), SET)
    with pytest.raises(DomainError):
        services.create(president_he.as_actor(), SET)


def test_another_court_s_bound_is_not_there(president_he, clerk_of_other_court):
    made = services.create(president_he.as_actor(), SET)
    assert services.get(clerk_of_other_court.as_actor(), made.id) is None
