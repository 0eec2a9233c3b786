"""Objections to confirmation rulings on the records and on the screen (S2 arts 127, 372)."""

from datetime import date, timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from mediation.agreements.models import Agreement
from mediation.confirmation.enforcement import services as enforcement
from mediation.confirmation.enforcement.rules import Obstacle as Barred
from mediation.confirmation.objections import deciding, keeping
from mediation.confirmation.objections.models import ConfirmationObjection
from mediation.confirmation.objections.rules import ObjectionStatus, Ruled
from mediation.disputes import services as disputes
from mediation.documents import services as store
from mediation.kernel import audit, clock
from mediation.kernel.db import db
from mediation.kernel.errors import DomainError, IllegalStep, NotPermitted
from mediation.notices.models import Notice
from mediation.notices.rules import ServiceMethod
from mediation.periods import services as periods
from mediation.periods.rules import DeadlineStatus
from mediation.periods.table import PeriodKey
from tests import builders
from tests.confirmation.test_enforcement import confirm
from tests.world import PASSWORD

REASON = "协议约定抵偿的车辆登记在异议人名下。"


@pytest.fixture
def confirmation(clerk_li, mediator_wang):
    return confirm(builders.signed_agreement(clerk_li.as_actor(), mediator_wang.as_actor()))


@pytest.fixture
def clerk(clerk_li):
    return clerk_li.as_actor()


@pytest.fixture
def judge_chen():
    return builders.someone("judge_chen")


def refusal(act, *args, **kwargs):
    with pytest.raises(DomainError) as caught:
        act(*args, **kwargs)
    return caught.value


def outside(clerk, confirmation, **over):
    today = clock.today()
    told = {"party_id": None, "name": "演示异议人", "known_on": today, "raised_on": today, "reason": REASON}
    return deciding.object_to(clerk, confirmation, **(told | over))


def rule(judge, objection, answer=Ruled.REJECT, **over):
    told = {"reasons": "经审查，异议成立与否如主文。", "altered": "", "password": PASSWORD} | over
    deciding.rule(judge.as_actor(), objection, answer, **told)


def actions(found):
    db.session.commit()
    return {event.action for event in audit.of_dispute(found.dispute_id)}


def test_somebody_outside_objects_within_six_months_of_knowing(clerk, judge_chen, confirmation):
    made = outside(clerk, confirmation)
    counted = keeping.clock_of(made)
    assert (counted.key, counted.start_on, counted.status) == (
        PeriodKey.CONFIRM_OBJECT_OTHER, clock.today(), DeadlineStatus.MET,
    )  # fmt: skip
    assert counted.final_on >= counted.start_on + timedelta(days=180)
    assert "民特监" in keeping.number_of(made)
    told = db.session.scalars(sa.select(Notice).where(Notice.kind == "confirmation.objection")).all()
    assert judge_chen.id in {one.user_id for one in told}
    assert "confirmation_objection.raise" in actions(confirmation)
    # S2 art. 127: the six months are fixed.
    late = counted.final_on + timedelta(days=1)
    deciding.withdraw(clerk, made)
    with clock.pretend(clock.at(late, 9)):
        refused = refusal(outside, clerk, confirmation, known_on=counted.start_on, raised_on=late)
    assert (refused.field, refused.article) == ("raised_on", "S2 arts 372, 127")
    assert str(counted.final_on.day) in str(refused.message)


def test_a_party_objects_within_fifteen_days_of_receipt(clerk, confirmation):
    party = disputes.parties(confirmation.dispute_id)[0]
    service, limit = keeping.received(confirmation, party.id)
    late = limit.final_on + timedelta(days=1)
    told = {"party_id": party.id, "name": "", "known_on": None}
    with clock.pretend(clock.at(late, 9)):
        assert refusal(outside, clerk, confirmation, **told, raised_on=late).article == "S2 art. 372"
        outside(clerk, confirmation, **told, raised_on=limit.final_on)
    assert limit.status is DeadlineStatus.MET
    assert service.party_id == party.id


def test_revoked_nothing_is_enforced_and_a_suit_is_open_again(clerk, judge_chen, confirmation):
    made = outside(clerk, confirmation)
    rule(judge_chen, made, Ruled.REVOKE)
    assert (made.status, made.judge_id) == (ObjectionStatus.REVOKED, judge_chen.id)
    assert disputes.get(clerk, confirmation.dispute_id).confirming is None
    assert periods.current("confirmation", confirmation.id, PeriodKey.ENFORCE_APPLY) is None
    agreement = db.session.get_one(Agreement, confirmation.agreement_id)
    with clock.pretend(clock.now() + timedelta(days=40)):
        assert enforcement.standing(agreement).obstacle is Barred.REVOKED
    paper = keeping.paper(made)
    assert (paper.data["answer"], paper.data["objector"], paper.sealed) == ("revoke", "演示异议人", True)
    told = db.session.scalars(sa.select(Notice).where(Notice.kind == deciding.TOLD)).all()
    assert len(told) == len(disputes.parties(confirmation.dispute_id)) + 1
    assert refusal(outside, clerk, confirmation).article == "S2 art. 372"
    with pytest.raises(IllegalStep):
        rule(judge_chen, made)


def test_altered_it_is_enforced_by_the_new_ruling_and_rejected_it_stands(clerk, judge_chen, confirmation):
    agreement = db.session.get_one(Agreement, confirmation.agreement_id)
    rejected = outside(clerk, confirmation)
    rule(judge_chen, rejected)
    with clock.pretend(clock.now() + timedelta(days=40)):
        assert enforcement.standing(agreement).obstacle is None
    altered = outside(clerk, confirmation)
    assert refusal(rule, judge_chen, altered, Ruled.ALTER).field == "altered"
    rule(judge_chen, altered, Ruled.ALTER, altered="除第二项外有效。")
    with clock.pretend(clock.now() + timedelta(days=40)):
        assert enforcement.standing(agreement).obstacle is Barred.ALTERED
    assert {"confirmation_objection.reject", "confirmation_objection.alter"} <= actions(confirmation)


def test_who_handed_it_over_does_not_rule_nor_anybody_but_a_judge(clerk, judge_chen, confirmation, mediator_wang):
    made = outside(clerk, confirmation)
    with pytest.raises(NotPermitted):
        deciding.rule(clerk, made, Ruled.REJECT, reasons="无。", altered="", password=PASSWORD)
    with pytest.raises(NotPermitted):
        outside(mediator_wang.as_actor(), confirmation)
    assert refusal(outside, clerk, confirmation).article == "S2 art. 372"
    assert refusal(
        deciding.serve, clerk, made, None, method=ServiceMethod.DIRECT, on=clock.today(), receiver="本人"
    ).article
    with pytest.raises(DomainError):
        rule(judge_chen, made, password="wrong-password")
    assert made.status is ObjectionStatus.RAISED


def test_the_ruling_on_it_reaches_everybody(clerk, judge_chen, confirmation):
    made = outside(clerk, confirmation)
    rule(judge_chen, made)
    tomorrow = clock.today() + timedelta(days=1)
    with pytest.raises(DomainError) as refused:
        deciding.serve(clerk, made, None, method=ServiceMethod.DIRECT, on=tomorrow, receiver="本人")
    assert refused.value.field == "on"
    for party in [*keeping.unserved(made), None]:
        deciding.serve(clerk, made, party, method=ServiceMethod.DIRECT, on=clock.today(), receiver="本人")
    assert (keeping.unserved(made), made.outsider_served_on) == ([], clock.today())
    assert "confirmation_objection.serve" in actions(confirmation)
    assert store.of_dispute(clerk, confirmation.dispute_id)


def test_the_database_holds_what_the_law_says(clerk, confirmation):
    made = outside(clerk, confirmation)
    db.session.commit()
    table = ConfirmationObjection.__table__
    for wrong in (
        {"status": "revoked"},
        {"known_on": None},
        {"name": ""},
        {"reason": ""},
        {"ruled_on": date(2026, 3, 3)},
    ):
        with pytest.raises(IntegrityError), db.session.begin_nested():
            db.session.execute(sa.update(table).where(table.c.id == made.id).values(**wrong))


def test_on_the_page_from_the_objection_to_the_service(client_for, clerk_li, judge_chen, confirmation):
    here, counter, bench = f"/confirmations/{confirmation.id}", client_for(clerk_li), client_for(judge_chen)
    assert counter.get(here).soup.find(id="objections")
    typed = {
        "object-who": "0", "object-name": "", "object-known_on": "今天", "object-raised_on": "今天", "object-reason": REASON,
        "object-phone": "", "object-address": "",
    }  # fmt: skip
    page = counter.post(f"{here}/objections", typed, status=422)
    assert page.errors()
    assert REASON in page.text
    counter.post(f"{here}/objections", typed | {"object-name": "演示异议人"})
    made = db.session.scalars(sa.select(ConfirmationObjection)).one()
    assert "演示异议人" in bench.get(here).soup.find(id="objections").get_text()
    assert "objections" in str(bench.get("/confirmations").soup)
    address = f"{here}/objections/{made.id}"
    counter.post(f"{address}/ruling", {}, status=403)
    bench.post(f"{here}/objections/{made.id + 9}/ruling", {}, status=404)
    counter.post(f"{address}/service", {"objection-service-who": "0"}, status=422)
    no = {"objection-ruling-answer": "reject", "objection-ruling-reasons": "不成立。", "objection-ruling-altered": ""}
    assert bench.post(f"{address}/ruling", no, status=422).errors()
    bench.post(f"{address}/ruling", no | {"objection-ruling-password": PASSWORD})
    bench.post(f"{address}/ruling", no, status=409)
    counter.post(f"{address}/withdrawal", {}, status=409)
    counter.post(
        f"{address}/service",
        {"objection-service-who": "0", "objection-service-method": "direct", "objection-service-on": "今天",
         "objection-service-receiver": "演示异议人"},
    )  # fmt: skip
    assert made.outsider_served_on == clock.today()


@pytest.mark.parametrize(
    "act", ["objections", "objections/1/ruling", "objections/1/service", "objections/1/withdrawal"]
)
def test_nobody_else_and_no_other_court(
    client_for, mediator_wang, president_he, clerk_of_other_court, confirmation, act
):
    for somebody in (mediator_wang, president_he):
        client_for(somebody).post(f"/confirmations/{confirmation.id}/{act}", {}, status=403)
    only_judges = act.endswith("ruling")
    client_for(clerk_of_other_court).post(
        f"/confirmations/{confirmation.id}/{act}", {}, status=403 if only_judges else 404
    )
