"""A work order of the 12345 hotline: five working days to answer it, whatever becomes of the dispute (S28 art. 24)."""

from datetime import date, timedelta

import pytest
import sqlalchemy as sa

from mediation.disputes import hotline
from mediation.disputes.rules import Source
from mediation.kernel import audit, clock
from mediation.kernel.db import db
from mediation.kernel.errors import DomainError, NotPermitted
from mediation.notices.models import Notice
from mediation.periods.rules import DeadlineStatus
from mediation.reminders import services as reminders
from mediation.reminders.rules import Stage
from tests import builders

FRIDAY = date(2026, 9, 18)
LAST = date(2026, 9, 24)  # the Sunday in between is a made-up working day


def at(day: date, hour: int = 9):
    return clock.pretend(clock.at(day, hour))


@pytest.fixture
def order(clerk_li):
    with at(FRIDAY):
        return builders.make_dispute(clerk_li.as_actor(), source=Source.HOTLINE)


def test_five_working_days_run_from_the_work_order(order):
    assert hotline.running(order).final_on == LAST


def test_only_for_what_came_from_the_hotline(clerk_li):
    assert hotline.running(builders.make_dispute(clerk_li.as_actor())) is None


def test_the_answer_ends_them_and_stands_in_the_trail(clerk_li, order):
    deadline = hotline.running(order)
    with at(LAST):
        hotline.reply(clerk_li.as_actor(), order, on=LAST)
    assert (deadline.status, deadline.days_overdue) == (DeadlineStatus.MET, 0)
    actions = db.session.scalars(sa.select(audit.AuditEvent.action).order_by(audit.AuditEvent.id.desc()).limit(2)).all()
    assert set(actions) == {"dispute.answer_hotline", "deadline.meet"}
    with at(LAST), pytest.raises(DomainError) as refused:
        hotline.reply(clerk_li.as_actor(), order, on=LAST)
    assert refused.value.article == "S28 art. 24"


@pytest.mark.parametrize("day", [FRIDAY - timedelta(days=1), LAST + timedelta(days=1)])
def test_no_answer_before_the_order_or_after_today(clerk_li, order, day):
    with at(LAST), pytest.raises(DomainError) as refused:
        hotline.reply(clerk_li.as_actor(), order, on=day)
    assert refused.value.field == "on"


def test_the_registry_answers(mediator_wang, judge_wu, order):
    for person in (mediator_wang, judge_wu):
        with pytest.raises(NotPermitted):
            hotline.reply(person.as_actor(), order, on=FRIDAY)


def test_who_received_it_is_reminded_and_then_the_guiding_judge(clerk_li, judge_wu, order):
    number, actor = hotline.running(order).id, clerk_li.as_actor()

    def told(kind: str) -> set[int]:
        rows = sa.select(Notice.user_id).where(Notice.kind == kind, Notice.subject_id == number)
        return set(db.session.scalars(rows))

    with at(LAST - timedelta(days=1), 6):
        assert reminders.remind(actor)[Stage.SOON] >= 1
    assert told("deadline.soon") == {clerk_li.id}
    with at(LAST + timedelta(days=1), 6):
        reminders.remind(actor)
    assert {clerk_li.id, judge_wu.id} <= told("deadline.late")


def test_the_pages(client_for, clerk_li, judge_wu, mediator_wang, clerk_of_other_court):
    order = builders.make_dispute(clerk_li.as_actor(), source=Source.HOTLINE)
    url = f"/disputes/{order.id}/hotline-answer"
    browser = client_for(clerk_li)
    assert "登记对12345热线的答复" in browser.get(f"/disputes/{order.id}").text
    browser.get(url)
    wrong = (clock.today() + timedelta(days=3)).isoformat()
    page = browser.post(url, {"on": wrong}, status=422)
    assert wrong in str(page.soup)
    client_for(judge_wu).post(url, {"on": clock.today().isoformat()}, status=403)
    client_for(mediator_wang).get(url, status=403)
    client_for(clerk_of_other_court).get(url, status=404)
    client_for(None).get(url, status=401)
    browser.post(url, {"on": clock.today().isoformat()}, status=302)
    shown = browser.get(f"/disputes/{order.id}").text
    assert "12345热线工单已答复" in shown
    assert "登记对12345热线的答复" not in shown
    browser.post(url, {"on": clock.today().isoformat()}, status=409)
