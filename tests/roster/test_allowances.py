"""Allowances: the rule of the day and of the closest cause, one release for each mediation, a sheet without formulas."""

import io
from collections.abc import Callable
from datetime import date, timedelta

import pytest
import sqlalchemy as sa
from openpyxl import load_workbook

from mediation.accounts.models import User
from mediation.kernel import clock
from mediation.kernel.audit import AuditEvent
from mediation.kernel.db import db
from mediation.kernel.errors import DomainError, NotPermitted
from mediation.roster.allowances import rules, services
from mediation.roster.allowances.models import Allowance
from mediation.roster.allowances.rules import Ended, Outcome, Rule
from mediation.roster.allowances.services import Month
from tests import builders
from tests.page import Browser

Open = Callable[[User | None], Browser]
MARCH = date(2026, 3, 10)
RULES = (
    Rule(1, date(2026, 1, 1), "", Outcome.AGREED, 10_000, "一"),
    Rule(2, date(2026, 1, 1), "", Outcome.FAILED, 5_000, "一"),
    Rule(3, date(2026, 2, 1), "4.10", Outcome.AGREED, 20_000, "二"),
    Rule(4, date(2026, 3, 11), "", Outcome.AGREED, 12_000, "三"),
    Rule(5, date(2026, 3, 5), "4.10", Outcome.AGREED, 25_000, "四"),
    Rule(6, date(2026, 3, 5), "4.10", Outcome.AGREED, 26_000, "五"),
)


@pytest.mark.parametrize(
    ("cause", "outcome", "on", "rule"),
    [
        ("10.35", Outcome.AGREED, MARCH, 1),
        ("10.35", Outcome.AGREED, date(2026, 3, 11), 4),
        ("10.35", Outcome.FAILED, MARCH, 2),
        ("10.35", Outcome.OTHER, MARCH, None),
        ("4.10.116", Outcome.AGREED, date(2026, 1, 31), 1),
        ("4.10.116", Outcome.AGREED, date(2026, 2, 1), 3),
        ("4.10.116", Outcome.AGREED, date(2026, 3, 20), 6),
        ("4.100", Outcome.AGREED, MARCH, 1),
        ("4.10", Outcome.AGREED, MARCH, 6),
        ("4.10", Outcome.AGREED, date(2025, 12, 31), None),
    ],
)
def test_the_closest_cause_then_the_rule_of_the_day(cause: str, outcome: Outcome, on: date, rule: int | None) -> None:
    found = rules.rule_for(RULES, Ended(1, 1, "n", cause, outcome, on))
    assert (found.id if found else None) == rule


@pytest.fixture
def agreed(clerk_li: User, mediator_wang: User, president_he: User) -> Month:
    """One agreement of February, and a rule that pays for it."""
    with clock.pretend(clock.at(date(2026, 2, 2), 9)):
        services.set_rule(
            president_he.as_actor(), valid_from=date(2026, 2, 2), cause="", outcome=Outcome.AGREED, amount_fen=30_000,
            source="院发〔2026〕2号",
        )  # fmt: skip
        builders.signed_agreement(clerk_li.as_actor(), mediator_wang.as_actor())
    return Month(2026, 2)


def test_a_month_is_counted_and_released_once(
    client_for: Open, agreed: Month, president_he: User, clerk_li: User, judge_chen: User
) -> None:
    assert services.sheet(clerk_li.as_actor(), agreed).total_fen == 30_000
    url = "/roster/allowances/2026-02/release"
    client_for(clerk_li).get("/roster/allowances?month=2026-02")
    client_for(clerk_li).post(url, status=403)
    client_for(judge_chen).get("/roster/allowances", status=403)
    browser = client_for(president_he)
    assert "300.00" in browser.get("/roster/allowances?month=2026-02").text
    browser.post(url)
    kept = db.session.scalars(sa.select(Allowance)).one()
    assert (kept.amount_fen, kept.released_by_id) == (30_000, president_he.id)
    acts = list(db.session.scalars(sa.select(AuditEvent.action).where(AuditEvent.subject_type == "allowance")))
    assert acts == ["allowance.release"]
    browser.post(url, status=409)
    browser.get("/roster/allowances?month=2026-02")
    assert len(db.session.scalars(sa.select(Allowance)).all()) == 1


def test_what_was_released_stands_when_a_rule_changes(agreed: Month, president_he: User) -> None:
    actor = president_he.as_actor()
    services.release(actor, agreed)
    services.set_rule(
        actor, valid_from=clock.today(), cause="", outcome=Outcome.AGREED, amount_fen=99_900, source="新规定"
    )
    assert services.sheet(actor, agreed).total_fen == 30_000


def test_a_month_that_runs_is_not_released(president_he: User, clerk_li: User, mediator_wang: User) -> None:
    builders.signed_agreement(clerk_li.as_actor(), mediator_wang.as_actor())
    with pytest.raises(DomainError) as refused:
        services.release(president_he.as_actor(), Month.of(clock.today()))
    assert refused.value.article == "S4 art. 29"


def test_amounts_are_set_from_today_on_by_the_president(client_for: Open, president_he: User, clerk_li: User) -> None:
    url = "/roster/allowances/rules"
    sent = {"valid_from": str(clock.today()), "cause": "物业服务合同纠纷", "outcome": "agreed", "amount_fen": "150.50",
            "source": "院发〔2026〕3号"}  # fmt: skip
    client_for(clerk_li).get(url)
    client_for(clerk_li).post(url, sent, status=403)
    browser = client_for(president_he)
    for over in ({"valid_from": str(clock.today() - timedelta(days=1))}, {"cause": "没有"}, {"amount_fen": "x"}):
        assert browser.post(url, sent | over, status=422).field("source") == sent["source"]
    browser.post(url, sent)
    assert services.rule_rows(president_he.court_id)[0].amount_fen == 15_050
    assert "150.50" in browser.get(url).text


def test_the_sheet_holds_text_only(
    client_for: Open, agreed: Month, clerk_li: User, mediator_wang: User, judge_chen: User
) -> None:
    db.session.execute(sa.text("UPDATE mediator SET name = '=1+1' WHERE id = :id"), {"id": mediator_wang.mediator_id})
    db.session.commit()
    client_for(judge_chen).post("/roster/allowances/2026-02/spreadsheet", status=403)
    got = client_for(clerk_li).post("/roster/allowances/2026-02/spreadsheet", status=200)
    rows = list(load_workbook(io.BytesIO(got.response.data)).active.iter_rows())
    assert rows[1][0].value == "'=1+1"
    assert rows[1][5].value == "300.00"
    assert {cell.data_type for row in rows for cell in row if cell.value} == {"s"}


@pytest.mark.parametrize("month", ["2026-13", "x", "2026", "0000-01", "2026-02-01"])
def test_what_is_no_month_is_not_found(client_for: Open, president_he: User, month: str) -> None:
    client_for(president_he).get(f"/roster/allowances?month={month}", status=404)
    client_for(president_he).post(f"/roster/allowances/{month}/release", status=404)


def test_a_stranger_reads_another_months_emptiness(agreed: Month, clerk_of_other_court: User, judge_chen: User) -> None:
    assert services.sheet(clerk_of_other_court.as_actor(), agreed).lines == []
    with pytest.raises(NotPermitted):
        services.sheet(judge_chen.as_actor(), agreed)
