"""Still more time is asked of the higher court, which approves or refuses; the limit runs on meanwhile (CPL art. 152)."""

from datetime import date

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from mediation.kernel import audit
from mediation.kernel.db import db
from mediation.kernel.errors import DomainError, IllegalStep, NotPermitted
from mediation.litigation import services
from mediation.litigation.limits import above
from mediation.litigation.limits.models import HigherRequest
from mediation.litigation.limits.rules import HigherStatus
from mediation.litigation.rules import Manner
from mediation.notices.models import Notice
from tests.litigation.test_higher_approval import case, guide, on, record, used_up

__all__ = ["case", "guide", "used_up"]

ASKED = date(2027, 2, 10)
LETTER = {"authority": "济南市中级人民法院", "number": "（2027）鲁0102延请1号", "reason": "鉴定机构更换。"}
REFUSAL = {"number": "（2027）鲁01延复1号", "answered_on": date(2027, 2, 20)}


def ask(actor, found, *, today=ASKED, **over):
    with on(today):
        return above.ask(actor, found, **(LETTER | {"asked_on": ASKED} | over))


def refuse(actor, found, asked, *, today=date(2027, 2, 22), **over):
    with on(today):
        above.refuse(actor, found, asked, **(REFUSAL | over))


def actions(found):
    db.session.commit()
    return {event.action for event in audit.of_dispute(found.dispute_id)}


def test_asking_stops_nothing_and_is_written_down(guide, used_up):
    asked = ask(guide, used_up)
    assert (asked.status, asked.former_final_on) == (HigherStatus.ASKED, date(2027, 3, 2))
    assert services.limit_of(used_up).final_on == date(2027, 3, 2)
    assert above.pending(used_up) is asked
    assert "higher_request.ask" in actions(used_up)


def test_the_approval_answers_the_request(clerk, guide, used_up):
    asked = ask(guide, used_up)
    approval = record(clerk, used_up)
    assert (asked.status, asked.answered_on) == (HigherStatus.APPROVED, approval.approved_on)
    assert (asked.answer_number, asked.answer_by_id) == (approval.number, clerk.id)
    assert services.limit_of(used_up).final_on == date(2027, 6, 2)
    assert {"higher_request.approve", "limit_approval.record"} <= actions(used_up)


def told(found):
    db.session.commit()
    rows = sa.select(Notice).where(Notice.kind == "limit.answered_above", Notice.dispute_id == found.dispute_id)
    return [(one.user_id, one.text) for one in db.session.scalars(rows.order_by(Notice.id))]


def test_the_judge_hears_the_answer(clerk, guide, used_up):
    refuse(clerk, used_up, ask(guide, used_up))
    ask(guide, used_up, today=date(2027, 2, 24), asked_on=date(2027, 2, 24))
    record(clerk, used_up, approved_on=date(2027, 2, 25))
    (who, refused), (again, approved) = told(used_up)
    assert who == again == used_up.judge_id
    assert "2027年3月2日" in refused
    assert "2027年6月2日" in approved


def test_an_approval_is_not_older_than_the_request(clerk, guide, used_up):
    asked = ask(guide, used_up)
    with pytest.raises(DomainError) as refused:
        record(clerk, used_up, approved_on=date(2027, 2, 9))
    assert (refused.value.article, refused.value.field) == ("CPL art. 152", "approved_on")
    assert asked.status is HigherStatus.ASKED


def test_after_a_refusal_the_limit_stays_and_it_may_be_asked_again(clerk, guide, used_up):
    asked = ask(guide, used_up)
    refuse(clerk, used_up, asked, note=" 不属于特殊情况。 ")
    assert (asked.status, asked.note, asked.answer_by_id) == (HigherStatus.REFUSED, "不属于特殊情况。", clerk.id)
    assert services.limit_of(used_up).final_on == date(2027, 3, 2)
    assert "higher_request.refuse" in actions(used_up)
    with pytest.raises(IllegalStep) as again:
        refuse(clerk, used_up, asked)
    assert again.value.article == "CPL art. 152"
    second = ask(clerk, used_up, today=date(2027, 2, 25), asked_on=date(2027, 2, 25))
    assert [one.id for one in above.requests_of(used_up.id)] == [asked.id, second.id]


def test_the_president_comes_first(guide, case):
    with pytest.raises(DomainError) as refused:
        ask(guide, case, today=date(2026, 8, 20), asked_on=date(2026, 8, 20))
    assert refused.value.article == "CPL art. 152"
    assert refused.value.remedy
    assert above.pending(case) is None


@pytest.mark.parametrize(
    ("over", "field"),
    [
        ({"number": " "}, "number"),
        ({"authority": " "}, "number"),
        ({"asked_on": date(2027, 2, 11)}, "asked_on"),
        ({"asked_on": date(2026, 3, 1)}, "asked_on"),
        ({"today": date(2027, 3, 9), "asked_on": date(2027, 3, 3)}, "asked_on"),
        ({"reason": " "}, "reason"),
    ],
)
def test_what_is_not_asked(guide, used_up, over, field):
    with pytest.raises(DomainError) as refused:
        ask(guide, used_up, **over)
    assert (refused.value.article, refused.value.field) == ("CPL art. 152", field)
    assert not above.requests_of(used_up.id)


@pytest.mark.parametrize(
    ("over", "field"),
    [
        ({"number": " "}, "number"),
        ({"answered_on": date(2027, 2, 9)}, "answered_on"),
        ({"answered_on": date(2027, 2, 23)}, "answered_on"),
    ],
)
def test_what_is_no_refusal(clerk, guide, used_up, over, field):
    asked = ask(guide, used_up)
    with pytest.raises(DomainError) as refused:
        refuse(clerk, used_up, asked, **over)
    assert (refused.value.article, refused.value.field) == ("CPL art. 152", field)
    assert asked.status is HigherStatus.ASKED


def test_one_request_waits_at_a_time(clerk, guide, used_up):
    ask(guide, used_up)
    with pytest.raises(DomainError) as refused:
        ask(clerk, used_up)
    assert refused.value.remedy


def test_it_falls_away_with_the_limit(guide, used_up):
    asked = ask(guide, used_up)
    with on(date(2027, 2, 26)):
        services.close_case(guide, used_up, Manner.WITHDRAWN, clerk_name="黎燚")
    assert asked.status is HigherStatus.DROPPED
    assert "higher_request.drop" in actions(used_up)
    with pytest.raises(IllegalStep):
        refuse(guide, used_up, asked)
    with pytest.raises(IllegalStep):
        ask(guide, used_up)


def test_who_may_not(clerk, mediator_wang, president_he, used_up):
    asked = ask(clerk, used_up)
    for somebody in (mediator_wang, president_he):
        with pytest.raises(NotPermitted):
            ask(somebody.as_actor(), used_up)
        with pytest.raises(NotPermitted):
            refuse(somebody.as_actor(), used_up, asked)


def test_the_database_keeps_no_answer_without_its_paper(guide, used_up):
    asked = ask(guide, used_up)
    table = HigherRequest.__table__
    with pytest.raises(IntegrityError, match="answer"), db.session.begin_nested():
        db.session.execute(sa.update(table).where(table.c.id == asked.id).values(status="refused"))


def test_on_the_page(client_for, clerk_li, president_he, used_up):
    here = f"/cases/{used_up.id}"
    with on(ASKED):
        counter = client_for(clerk_li)
        sent = {"ask-above-authority": "济南市中级人民法院", "ask-above-number": "（2027）鲁0102延请1号",
                "ask-above-asked_on": "2027-02-10", "ask-above-reason": ""}  # fmt: skip
        page = counter.post(f"{here}/higher-request", sent, status=422)
        assert page.errors()
        assert page.field("ask-above-number") == "（2027）鲁0102延请1号"
        client_for(president_he).post(f"{here}/higher-request", sent, status=403)
        counter.post("/cases/999999/higher-request", sent, status=404)
        counter.post(f"{here}/higher-request", sent | {"ask-above-reason": "鉴定机构更换。"})
        shown = counter.get(here).soup.find(id="more-time").get_text()
        assert "（2027）鲁0102延请1号" in shown
        assert "审限照常计算" in shown
    asked = above.pending(used_up)
    with on(date(2027, 2, 22)):
        counter = client_for(clerk_li)
        answer = f"{here}/higher-request/{asked.id}/refused"
        sent = {"refused-above-number": "（2027）鲁01延复1号", "refused-above-answered_on": "2027-02-09"}
        page = counter.post(answer, sent, status=422)
        assert page.errors()
        assert page.field("refused-above-number") == "（2027）鲁01延复1号"
        client_for(president_he).post(answer, sent, status=403)
        counter.post(f"{here}/higher-request/999999/refused", sent, status=404)
        counter.post(answer, sent | {"refused-above-answered_on": "2027-02-20"})
        shown = counter.get(here).soup.find(id="more-time").get_text()
        assert "（2027）鲁01延复1号" in shown
        assert "审限不变" in shown
        assert counter.get(here).soup.find("form", action=f"{here}/higher-request") is not None
        counter.post(answer, sent, status=409)
    with on(date(2027, 3, 3)):
        shown = client_for(clerk_li).get(here).soup.find(id="more-time")
        assert "审限已经届满" in shown.get_text()
        assert shown.find("form", action=f"{here}/higher-request") is None


NOTED = {"number": "（2027）鲁01延复9号", "answered_on": date(2027, 2, 26)}


@pytest.fixture
def dropped(guide, used_up):
    asked = ask(guide, used_up)
    with on(date(2027, 2, 24)):
        services.close_case(guide, used_up, Manner.WITHDRAWN, clerk_name="黎燚")
    return asked


@pytest.mark.parametrize("approved", [True, False])
def test_an_answer_after_the_request_fell_away_is_kept_and_changes_nothing(clerk, used_up, dropped, approved):
    with on(date(2027, 3, 1)):
        above.note(clerk, used_up, dropped, approved=approved, note="已收悉。", **NOTED)
        with pytest.raises(IllegalStep):
            above.note(clerk, used_up, dropped, approved=approved, **NOTED)
    assert (dropped.status, dropped.approved_in_vain) == (HigherStatus.NOTED, approved)
    assert (dropped.answer_number, dropped.note) == (NOTED["number"], "已收悉。")
    assert services.limit_of(used_up) is None
    assert above.of_case(used_up.id) == []
    assert "higher_request.note" in actions(used_up)


def test_such_an_answer_has_its_paper_and_a_day_that_can_be(clerk, used_up, dropped):
    for wrong, field in (({"number": " "}, "number"), ({"answered_on": date(2027, 2, 1)}, "answered_on")):
        with on(date(2027, 3, 1)), pytest.raises(DomainError) as refused:
            above.note(clerk, used_up, dropped, approved=True, **(NOTED | wrong))
        assert (refused.value.article, refused.value.field) == ("CPL art. 152", field)
    assert dropped.status is HigherStatus.DROPPED


def test_only_what_fell_away_is_noted_so_and_nobody_else_does(clerk, guide, mediator_wang, used_up):
    asked = ask(guide, used_up)
    with on(date(2027, 3, 1)), pytest.raises(IllegalStep):
        above.note(clerk, used_up, asked, approved=True, **NOTED)
    with on(date(2027, 3, 1)), pytest.raises(NotPermitted):
        above.note(mediator_wang.as_actor(), used_up, asked, approved=True, **NOTED)


def test_on_the_page_of_the_closed_case(client_for, clerk_li, mediator_wang, clerk_of_other_court, used_up, dropped):
    here, at = f"/cases/{used_up.id}", f"/cases/{used_up.id}/higher-request/{dropped.id}/noted"
    told = {"noted-above-answer": "grant", "noted-above-number": "", "noted-above-answered_on": "20270226"}
    with on(date(2027, 3, 1)):
        counter = client_for(clerk_li)
        assert counter.get(here).soup.find(id="more-time").find("form", action=at)
        page = counter.post(at, told, status=422)
        assert page.errors()
        client_for(mediator_wang).post(at, told, status=403)
        client_for(clerk_of_other_court).post(at, told, status=404)
        counter.post(f"{here}/higher-request/{dropped.id + 9}/noted", told, status=404)
        counter.post(at, told | {"noted-above-number": "（2027）鲁01延复9号"})
        counter.post(at, told, status=409)
    assert dropped.status is HigherStatus.NOTED
