"""Parts of pages that are kept: never out of date, never another reader's. Questions that are kept ask for the time anew."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest
from flask import Flask

from mediation.accounts.models import User
from mediation.disputes import services as disputes
from mediation.disputes.rules import ACCESS_AFTER_CLOSING, Status
from mediation.disputes.views import Shown
from mediation.disputes.worklist import Line
from mediation.kernel import clock
from mediation.kernel.i18n import force_locale
from mediation.web.drawn import drawn, drawn_each
from tests import builders
from tests.page import Browser

LINE = Line(
    7, "诉前调1", "刘某 诉 汪某", "房屋租赁合同纠纷", Status.RECEIVED, "李书记员", clock.at(date(2026, 3, 2)), 3
)
SHOWN = Shown("已登记", "active", "继续", "/disputes/", "")


def row(line: Line, shown: Shown = SHOWN) -> str:
    return str(drawn("disputes/_list.html", "row", line, shown))


@pytest.mark.parametrize(
    "other",
    [
        {"id": 8}, {"number": "诉前调2"}, {"title": "王某 诉 汪某"}, {"cause": "买卖合同纠纷"}, {"holder": "王调解"},
        {"received_at": clock.at(date(2026, 3, 3))}, {"days_left": -1}, {"days_left": None},
    ],
)  # fmt: skip
def test_whatever_a_line_shows_draws_it_anew(app: Flask, other: dict[str, object]) -> None:
    with app.test_request_context("/"):
        assert row(LINE) == row(replace(LINE))
        assert row(replace(LINE, **other)) != row(LINE)  # type: ignore[arg-type]
        assert row(LINE, replace(SHOWN, next="受理")) != row(LINE)


def test_it_is_drawn_for_the_language_the_day_and_the_root_of_the_reader(app: Flask) -> None:
    with app.test_request_context("/"):
        chinese = row(LINE)
        with force_locale("en"):
            assert "3 days left" in row(LINE)
        assert row(LINE) == chinese
        with clock.pretend(clock.at(date(2027, 1, 5))):
            assert "2026年3月2日" in row(LINE)
        with clock.pretend(clock.at(date(2026, 11, 5))):
            assert "2026年" not in row(LINE)
    with app.test_request_context("/", environ_overrides={"SCRIPT_NAME": "/court"}):
        assert 'href="/court/disputes/7"' in row(LINE)


def test_what_people_typed_is_escaped_in_what_is_kept(app: Flask) -> None:
    with app.test_request_context("/"):
        lines = [(replace(LINE, title="<b>刘某</b>"), SHOWN), (replace(LINE, id=9), SHOWN)]
        text = str(drawn_each("disputes/_list.html", "row", lines))
    assert "<b>" not in text
    assert "&lt;b&gt;刘某" in text
    assert text.count("<tr>") == len(lines)


def test_the_head_of_the_page_carries_the_token_of_its_reader_and_the_way_back(
    clerk_li: User, judge_chen: User, client_for: Callable[[User | None], Browser]
) -> None:
    first, second = client_for(clerk_li), client_for(judge_chen)
    own, others = first.get("/disputes?show=closed"), second.get("/disputes?show=closed")
    assert own.field("csrf_token") != others.field("csrf_token")
    assert own.field("next") == "/disputes?show=closed"
    assert first.get("/disputes").field("next") == "/disputes?"
    assert clerk_li.name in own.text
    assert clerk_li.name not in others.text.partition("<main")[0]


def test_a_mediator_sees_a_closed_dispute_for_thirty_days(clerk_li: User, mediator_wang: User) -> None:
    """SECURITY 6. The question is kept for the person; what is late is asked for each time."""
    clerk, mediator = clerk_li.as_actor(), mediator_wang.as_actor()
    dispute_id = builders.signed_agreement(clerk, mediator).dispute_id
    assert disputes.sees(mediator, dispute_id)
    found = disputes.get(clerk, dispute_id)
    assert found is not None
    disputes.close(clerk, found, disputes.Closing.PERFORMED)
    assert disputes.sees(mediator, dispute_id)
    with clock.pretend(clock.now() + ACCESS_AFTER_CLOSING - timedelta(minutes=1)):
        assert disputes.sees(mediator, dispute_id)
    with clock.pretend(clock.now() + ACCESS_AFTER_CLOSING + timedelta(minutes=1)):
        assert not disputes.sees(mediator, dispute_id)
        assert disputes.sees(clerk, dispute_id)
