"""Supervision orders: issued, answered, raised, closed; what calls for one; who may, and what wrong input gets."""

from datetime import date, timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from mediation.accounts import services as accounts
from mediation.cli import daily
from mediation.kernel import clock
from mediation.kernel.audit import AuditEvent
from mediation.kernel.db import db
from mediation.kernel.errors import DomainError, IllegalStep, NotPermitted
from mediation.kernel.i18n import CHINESE, ENGLISH, force_locale
from mediation.litigation import services as litigation
from mediation.notices.models import Notice
from mediation.supervision import labels, services
from mediation.supervision.models import SupervisionOrder
from mediation.supervision.rules import Level, Obstacle, OrderStatus, Trigger
from tests import builders

MONDAY = date(2026, 3, 2)
REASON = "请说明进展。"


def on(day, hour=9):
    return clock.pretend(clock.at(day, hour))


@pytest.fixture
def running(clerk_li, mediator_wang):
    with on(MONDAY):
        return builders.accepted_assignment(clerk_li.as_actor(), mediator_wang.as_actor())


@pytest.fixture
def leader(triage_sun):
    return triage_sun.as_actor()


@pytest.fixture
def dispute(running):
    return builders.disputes.get(builders.someone("clerk_li").as_actor(), running.dispute_id)


def issued(leader, dispute, to, **over):
    told = {"level": Level.REMINDER, "reason": REASON, "addressee_id": to.id, "due_on": clock.today()}
    return services.issue(leader, dispute, **(told | over))


@pytest.fixture
def order(leader, dispute, mediator_wang):
    with on(MONDAY):
        return issued(leader, dispute, mediator_wang)


def told(kind):
    db.session.commit()
    return [(one.user_id, one.text) for one in db.session.scalars(sa.select(Notice).where(Notice.kind == kind))]


def actions(order):
    db.session.commit()
    rows = sa.select(AuditEvent.action).where(
        AuditEvent.subject_type == "supervision_order", AuditEvent.subject_id == order.id
    )
    return list(db.session.scalars(rows.order_by(AuditEvent.seq)))


class TestActs:
    def test_from_issue_to_close(self, leader, order, mediator_wang, triage_sun, president_he):
        assert [user for user, _text in told("supervision.issued")] == [mediator_wang.id]
        with on(MONDAY, 10):
            services.reply(mediator_wang.as_actor(), order, text="已约定周四面谈。")
            services.ask_again(leader, order, due_on=MONDAY + timedelta(days=3))
            services.raise_level(president_he.as_actor(), order, level=Level.KEY, due_on=MONDAY + timedelta(days=2))
            services.reply(mediator_wang.as_actor(), order, text="已达成初步方案。")
            services.close(leader, order, result="进展正常。")
        assert (order.status, order.level, order.result) == (OrderStatus.CLOSED, Level.KEY, "进展正常。")
        assert [one.text for one in services.replies(order)] == ["已约定周四面谈。", "已达成初步方案。"]
        assert [user for user, _text in told("supervision.answered")] == [triage_sun.id] * 2
        assert [user for user, _text in told("supervision.closed")] == [mediator_wang.id]
        steps = ["issue", "reply", "ask_again", "raise", "reply", "close"]
        assert actions(order) == [f"supervision_order.{step}" for step in steps]

    def test_each_reader_is_told_in_the_own_language(self, leader, dispute, mediator_wang):
        accounts.prefer(mediator_wang.as_actor(), locale=ENGLISH)
        with on(MONDAY), force_locale(CHINESE):
            issued(leader, dispute, mediator_wang)
        ((_user, text),) = told("supervision.issued")
        assert "刘某 v. 汪某" in text
        assert "Answer by 2 March 2026" in text

    def test_what_a_dispute_or_a_level_forbids(self, leader, dispute, order, mediator_wang, clerk_li):
        with on(MONDAY), pytest.raises(DomainError) as refused:
            issued(leader, dispute, mediator_wang)
        assert refused.value.message == labels.OBSTACLE[Obstacle.OPEN_ALREADY]
        for level, words in ((Level.REMINDER, Obstacle.NOT_HIGHER), (Level.KEY, Obstacle.PRESIDENT_ONLY)):
            with on(MONDAY), pytest.raises(DomainError) as refused:
                services.raise_level(leader, order, level=level, due_on=MONDAY)
            assert refused.value.message == labels.OBSTACLE[words]
        with on(MONDAY), pytest.raises(NotPermitted):
            services.ask_again(mediator_wang.as_actor(), order, due_on=MONDAY)
        with on(MONDAY), pytest.raises(IllegalStep):
            services.ask_again(leader, order, due_on=MONDAY)

    def test_the_addressee_must_handle_the_dispute(self, leader, dispute, mediator_zhao):
        with on(MONDAY), pytest.raises(DomainError) as refused:
            issued(leader, dispute, mediator_zhao)
        assert refused.value.field == "addressee_id"

    def test_nobody_presses_a_judge(self, leader, clerk_li):
        with on(MONDAY):
            dispute = builders.make_dispute(clerk_li.as_actor())
            litigation.file_case(clerk_li.as_actor(), dispute)
            with pytest.raises(DomainError) as refused:
                services.may_issue(leader, dispute)
        assert refused.value.message == labels.OBSTACLE[Obstacle.OVER]

    def test_who_may_not(self, clerk_li, mediator_wang, dispute, order):
        with pytest.raises(NotPermitted):
            issued(clerk_li.as_actor(), dispute, mediator_wang)
        with pytest.raises(NotPermitted):
            services.reply(clerk_li.as_actor(), order, text="代答。")
        with pytest.raises(NotPermitted):
            services.calls(clerk_li.as_actor())

    def test_one_open_order_for_a_dispute_in_the_database_itself(self, order, triage_sun):
        copied = {
            name: getattr(order, name)
            for name in ("court_id", "dispute_id", "level", "reason", "addressee_id", "due_on", "issued_at")
        }
        row = SupervisionOrder.__table__.insert().values(
            **copied, status=OrderStatus.OPEN, issued_by_id=triage_sun.id, result="", version=1
        )
        with pytest.raises(IntegrityError), db.session.begin_nested():
            db.session.execute(row)


class TestWhatCallsForOne:
    def test_each_reason_on_its_day(self, leader, running):
        def why(day):
            with on(day):
                return [(call.dispute_id, call.trigger) for call in services.calls(leader)]

        number = running.dispute_id
        assert why(MONDAY) == []
        assert why(MONDAY + timedelta(days=7)) == []
        # The sixth working day without a step.
        assert why(MONDAY + timedelta(days=8)) == [(number, Trigger.STILL)]
        assert why(date(2026, 4, 2)) == [(number, Trigger.LATE)]

    def test_not_accepted(self, leader, clerk_li):
        with on(MONDAY):
            waiting = builders.make_assignment(clerk_li.as_actor())
        with on(MONDAY + timedelta(days=1)):
            assert services.calls(leader) == []
        with on(MONDAY + timedelta(days=2)):
            (call,) = services.calls(leader)
        assert (call.dispute_id, call.trigger, call.order_id) == (waiting.dispute_id, Trigger.UNACCEPTED, None)

    def test_an_open_order_is_named(self, leader, order):
        with on(MONDAY + timedelta(days=8)):
            (call,) = services.calls(leader)
        assert call.order_id == order.id


class TestDay:
    def test_late_answers_are_told_once_for_each_day(self, leader, order, triage_sun, mediator_wang):
        court = order.court_id
        for day, number in ((MONDAY, 0), (MONDAY + timedelta(days=1), 1), (MONDAY + timedelta(days=2), 0)):
            with on(day, 6):
                assert daily.day_of(court).done["orders_unanswered"] == number
        assert [user for user, _text in told("supervision.late")] == [triage_sun.id]
        with on(MONDAY + timedelta(days=2)):
            services.raise_level(leader, order, level=Level.SUPERVISION, due_on=MONDAY + timedelta(days=3))
        with on(MONDAY + timedelta(days=4), 6):
            assert daily.day_of(court).done["orders_unanswered"] == 1


class TestPages:
    def test_a_leader_presses_and_the_mediator_answers(self, client_for, triage_sun, mediator_wang, dispute):
        with on(MONDAY + timedelta(days=8)):
            leader, mediator = client_for(triage_sun), client_for(mediator_wang)
            assert f"/disputes/{dispute.id}/supervision" in leader.get("/supervision").html
            page = leader.get(f"/disputes/{dispute.id}/supervision")
            form = {"level": "reminder", "addressee_id": str(mediator_wang.id), "due_on": page.field("due_on")}
            wrong = leader.post(f"/disputes/{dispute.id}/supervision", form | {"reason": ""}, status=422)
            assert wrong.field("due_on") == form["due_on"]
            early = form | {"reason": REASON, "due_on": "2026-03-01"}
            refused = leader.post(f"/disputes/{dispute.id}/supervision", early, status=422)
            assert "反馈期限已过" in refused.text
            assert REASON in refused.text
            made = leader.post(f"/disputes/{dispute.id}/supervision", form | {"reason": REASON}).location
            assert "反馈督办单" in mediator.get(f"/disputes/{dispute.id}").text
            empty = mediator.post(f"{made}/reply", {"reply-text": ""}, status=422)
            assert REASON in empty.text
            mediator.post(f"{made}/reply", {"reply-text": "本周四面谈。"})
            assert "本周四面谈。" in leader.get(made).text
            leader.post(f"{made}/ask-again", {"again-due_on": "2026-03-12"})
            leader.post(f"{made}/raise", {"raise-level": "key", "raise-due_on": "2026-03-12"}, status=422)
            leader.post(f"{made}/raise", {"raise-level": "supervision", "raise-due_on": "2026-03-12"})
            leader.post(f"{made}/close", {"close-result": "已有进展。"})
            leader.post(f"{made}/close", {"close-result": "再办结。"}, status=409)
            assert "已有进展。" in leader.get(made).text
            assert made in leader.get("/supervision?show=closed").html
            assert f'href="{made}"' not in leader.get("/supervision").html

    def test_strangers_and_wrong_roles(
        self, client_for, order, mediator_zhao, clerk_li, judge_chen, clerk_of_other_court
    ):
        address = f"/supervision/{order.id}"
        client_for(mediator_zhao).get(address, status=404)
        client_for(mediator_zhao).post(f"{address}/reply", {"reply-text": "x"}, status=404)
        client_for(clerk_of_other_court).get(address, status=404)
        client_for(clerk_li).get(address)
        client_for(judge_chen).get(address)
        client_for(clerk_li).post(f"{address}/reply", {"reply-text": "x"}, status=403)
        client_for(clerk_li).post(f"{address}/close", {"close-result": "x"}, status=403)
        client_for(clerk_li).get(f"/disputes/{order.dispute_id}/supervision", status=403)

    def test_the_screen_counts_and_names_nobody(self, client_for, order, court):
        shown = client_for(None).get(f"/screen/{court.code}").text
        assert "未办结督办单 1" in " ".join(shown.split())
