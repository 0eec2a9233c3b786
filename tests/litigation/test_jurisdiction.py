"""Jurisdiction (CPL arts 37, 130, 157, 171; S2 arts 35, 39, 82, 223, 243, 244, 276): questioned, ruled, appealed, settled."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from mediation.disputes import services as disputes
from mediation.disputes.rules import Status as DisputeStatus
from mediation.documents import making
from mediation.documents.composing import compose
from mediation.kernel import audit, law
from mediation.kernel.actor import system
from mediation.kernel.db import db
from mediation.kernel.errors import DomainError, IllegalStep, NotPermitted
from mediation.litigation import services
from mediation.litigation.defence import keeping as defences
from mediation.litigation.defence import serving
from mediation.litigation.jurisdiction import deciding, keeping, labels, rules
from mediation.litigation.jurisdiction.models import JurisdictionObjection
from mediation.litigation.jurisdiction.rules import (
    Answer,
    Appeal,
    JurisdictionStatus,
    Obstacle,
    Origin,
    Raising,
)
from mediation.litigation.models import LitigationCase
from mediation.litigation.rules import Manner, Procedure, Status
from mediation.notices.rules import ServiceMethod
from tests import world
from tests.litigation import together
from tests.litigation.test_procedure import FILED, LATER, on, track

OTHER = "济南市市中区人民法院"
DAY = date(2026, 3, 10)
CLEAR = Raising(Origin.PARTY, is_defendant=True, raised_on=DAY, filed_on=FILED, today=DAY, reason="住所地不在本院辖区")
OWN = replace(CLEAR, origin=Origin.COURT, is_defendant=False)


@pytest.mark.parametrize(
    ("raising", "over", "found"),
    [
        (CLEAR, {}, []),
        (CLEAR, {"until": DAY}, []),
        (CLEAR, {"until": DAY - timedelta(days=1)}, [Obstacle.TOO_LATE]),
        (CLEAR, {"is_defendant": False}, [Obstacle.NOT_A_DEFENDANT]),
        # S2 art. 223: who objects in time and answers too is examined all the same.
        (CLEAR, {"answered": True, "until": DAY}, []),
        (CLEAR, {"earlier": [JurisdictionStatus.REJECTED]}, [Obstacle.PENDING]),
        (CLEAR, {"earlier": [JurisdictionStatus.STAYS]}, [Obstacle.DECIDED]),
        (CLEAR, {"raised_on": DAY + timedelta(days=1)}, [Obstacle.NOT_THAT_DAY]),
        (CLEAR, {"reason": " "}, [Obstacle.NO_REASON]),
        (CLEAR, {"is_open": False}, [Obstacle.CLOSED]),
        (OWN, {}, []),
        (OWN, {"answered": True}, [Obstacle.ACCEPTED]),
        (OWN, {"defence_runs": True}, [Obstacle.STILL_TIME]),
        (OWN, {"heard": True}, [Obstacle.HEARD]),
        (OWN, {"answered": True, "heard": True, "defence_runs": True, "mandatory": True}, []),
        (OWN, {"earlier": [JurisdictionStatus.STAYS], "mandatory": True}, []),
    ],
)
def test_what_may_be_questioned(raising, over, found):
    assert rules.obstacles(replace(raising, **over)) == found


@pytest.mark.parametrize(
    ("origin", "answer", "over", "found"),
    [
        (Origin.PARTY, Answer.TRANSFER, {}, []),
        (Origin.PARTY, Answer.TRANSFER, {"court": " "}, [Obstacle.NO_COURT]),
        (Origin.PARTY, Answer.REJECT, {"court": ""}, []),
        (Origin.PARTY, Answer.REJECT, {"fee_fen": 4_999}, [Obstacle.FEE]),
        (Origin.PARTY, Answer.REJECT, {"fee_fen": 10_001}, [Obstacle.FEE]),
        (Origin.COURT, Answer.REJECT, {}, [Obstacle.OWN_REJECTED]),
        (Origin.COURT, Answer.TRANSFER, {"reason": ""}, [Obstacle.NO_REASON]),
    ],
)
def test_what_a_ruling_needs(origin, answer, over, found):
    told = {"reason": "合同履行地在本院辖区", "court": OTHER, "fee_fen": 10_000} | over
    assert rules.ruling_obstacles(origin, answer, **told) == found


APPEAL = Appeal(final=False, served_on=DAY, until=DAY + timedelta(days=10), on=DAY, today=DAY + timedelta(days=20))


@pytest.mark.parametrize(
    ("over", "found"),
    [
        ({}, []),
        ({"on": DAY + timedelta(days=10)}, []),
        ({"on": DAY + timedelta(days=11)}, [Obstacle.APPEAL_OVER]),
        ({"on": DAY - timedelta(days=1)}, [Obstacle.NOT_THAT_DAY]),
        ({"served_on": None, "until": None}, [Obstacle.NOT_SERVED]),
        ({"final": True}, [Obstacle.NO_APPEAL]),
    ],
)
def test_an_appeal_within_ten_days_of_the_own_receipt(over, found):
    assert rules.appeal_obstacles(replace(APPEAL, **over)) == found


def test_when_a_ruling_is_in_force():
    assert rules.ripening(final=True, all_served=False, until=None, today=DAY) == []
    assert rules.ripening(final=False, all_served=False, until=None, today=DAY) == [Obstacle.NOT_SERVED]
    assert rules.ripening(final=False, all_served=True, until=DAY, today=DAY) == [Obstacle.APPEAL_RUNS]
    assert rules.ripening(final=False, all_served=True, until=DAY, today=DAY + timedelta(days=1)) == []


def test_every_refusal_has_words_and_an_article_that_can_be_read():
    assert set(labels.OBSTACLE) == set(Obstacle) == set(rules.OBSTACLE_ARTICLE)
    assert all(law.cite(article) for article in rules.OBSTACLE_ARTICLE.values())
    assert all(law.cite(step.article) for step in rules.STEPS)
    assert set(labels.JURISDICTION_STATUS) == set(labels.TONE) == set(JurisdictionStatus)


# --- on the database -------------------------------------------------------------------------------------------------


@pytest.fixture
def case(clerk, judge, president_he):
    made = track(clerk, judge, president_he.as_actor(), Procedure.SUMMARY)
    with on(FILED):
        together.served(clerk, made)
    db.session.commit()
    return made


@pytest.fixture
def small(clerk, judge, president_he):
    return track(clerk, judge, president_he.as_actor(), Procedure.SMALL)


def defendant(case):
    return disputes.parties(case.dispute_id)[1]


def raised(actor, case, *, day=LATER, **over):
    told = {"origin": Origin.PARTY, "party_id": defendant(case).id, "raised_on": day, "reason": "住所地不在本院辖区"}
    with on(day):
        return deciding.question(actor, case, **(told | over))


def ruled(judge, objection, answer=Answer.REJECT, *, day=LATER, **over):
    told = {"reasons": "合同履行地在本院辖区。", "court": OTHER, "fee_fen": 10_000, "clerk_name": "黎燚"} | over
    with on(day):
        deciding.rule(judge, objection, answer, **told)


def reached(clerk, objection, *, day=LATER):
    with on(day):
        for party in keeping.unserved(objection):
            deciding.serve(clerk, objection, party, method=ServiceMethod.DIRECT, on=day, receiver=party.name)


def actions(case):
    db.session.commit()
    return {event.action for event in audit.of_dispute(case.dispute_id)}


def words(objection):
    job = making.job_of(keeping.ruling(objection))
    return compose(job.kind, job.sheet, job.data).html


def test_rejected_and_not_appealed_against_the_trial_goes_on_and_its_limit_has_stood_still(clerk, judge, case):
    before = services.limit_of(case).final_on
    objection = raised(clerk, case)
    assert services.limit_of(case).is_suspended
    with on(LATER):
        for act in (
            lambda: services.heard(judge, case, on=LATER),
            lambda: services.close_case(judge, case, Manner.DISMISSED),
        ):
            with pytest.raises(DomainError) as refused:
                act()
            assert refused.value.article == "CPL art. 130"
    ruled(judge, objection)
    assert (objection.status, objection.fee_fen, objection.final) == (JurisdictionStatus.REJECTED, 10_000, False)
    assert "驳回" in words(objection)
    assert "十日内" in words(objection)
    with on(LATER), pytest.raises(DomainError) as unserved:
        deciding.take_effect(judge, objection)
    assert unserved.value.article == "CPL art. 171"
    reached(clerk, objection)
    limits = [limit.final_on for _service, limit in keeping.served(objection).values()]
    assert limits == [date(2026, 3, 20)] * 2
    with on(date(2026, 3, 20)):
        with pytest.raises(DomainError):
            deciding.take_effect(judge, objection)
        assert deciding.ripen(system(case.court_id)) == 0
    with on(date(2026, 3, 21)):
        assert deciding.ripen(system(case.court_id)) == 1
        assert deciding.ripen(system(case.court_id)) == 0
    assert (objection.status, objection.effective_on) == (JurisdictionStatus.STAYS, date(2026, 3, 21))
    limit = services.limit_of(case)
    assert not limit.is_suspended
    assert limit.final_on > before
    assert {"jurisdiction_objection.raise", "jurisdiction_objection.reject", "jurisdiction_objection.stay"} <= actions(
        case
    )
    # S2 art. 39: settled once, no party questions it again.
    with pytest.raises(DomainError) as again:
        raised(clerk, case, day=date(2026, 3, 23))
    assert again.value.article in {"S2 art. 39", "CPL art. 130"}


def test_upheld_the_case_goes_to_the_other_court_and_closes_here(clerk, judge, case):
    objection = raised(clerk, case)
    ruled(judge, objection, Answer.TRANSFER, reasons="被告住所地在市中区。")
    assert f"移送{OTHER}处理" in words(objection)
    with on(LATER), pytest.raises(DomainError) as early:
        services.close_case(judge, case, Manner.TRANSFERRED)
    assert early.value.article == "CPL arts 37, 130"
    reached(clerk, objection)
    with on(date(2026, 3, 23)):
        deciding.take_effect(clerk, objection)
        services.close_case(judge, case, Manner.TRANSFERRED)
    assert (objection.status, case.manner) == (JurisdictionStatus.AWAY, Manner.TRANSFERRED)
    assert disputes.get(clerk, case.dispute_id).status is DisputeStatus.CLOSED


def test_an_appeal_keeps_it_open_until_the_higher_court_has_ruled(clerk, judge, case):
    objection = raised(clerk, case)
    ruled(judge, objection)
    with on(LATER), pytest.raises(DomainError) as unserved:
        deciding.appeal(clerk, objection, party_id=defendant(case).id, on=LATER)
    assert unserved.value.article == "CPL art. 171"
    reached(clerk, objection)
    with on(date(2026, 3, 18)):
        deciding.appeal(clerk, objection, party_id=defendant(case).id, on=date(2026, 3, 18))
    assert all(not limit.is_running for _service, limit in keeping.served(objection).values())
    with on(date(2026, 4, 20)):
        assert deciding.ripen(system(case.court_id)) == 0
        with pytest.raises(DomainError):
            deciding.answered_above(clerk, objection, Answer.REJECT, above="", number="", on=date(2026, 4, 17))
        deciding.answered_above(
            clerk, objection, Answer.TRANSFER, above="济南市中级人民法院", number="（2026）鲁01民辖终9号",
            on=date(2026, 4, 17), court=OTHER,
        )  # fmt: skip
    assert (objection.status, objection.effective_on) == (JurisdictionStatus.AWAY, date(2026, 4, 17))
    assert not services.limit_of(case).is_suspended


def test_in_small_claims_the_ruling_is_in_force_at_once(clerk, judge, small):
    objection = raised(clerk, small)
    ruled(judge, objection)
    assert (objection.status, objection.final) == (JurisdictionStatus.STAYS, True)
    assert "一经作出即生效" in words(objection)
    reached(clerk, objection)
    assert all(limit is None for _service, limit in keeping.served(objection).values())


def test_the_court_itself_transfers_what_nobody_answered(clerk, judge, case):
    with pytest.raises(DomainError) as runs:
        raised(judge, case, origin=Origin.COURT)
    assert runs.value.article == "S2 art. 35"
    with pytest.raises(NotPermitted):
        raised(clerk, case, day=date(2026, 3, 20), origin=Origin.COURT)
    objection = raised(judge, case, day=date(2026, 3, 20), origin=Origin.COURT)
    # What the court asks itself is no objection of a party: the trial limit runs on (S2 art. 243).
    assert not services.limit_of(case).is_suspended
    with on(date(2026, 3, 20)), pytest.raises(DomainError):
        deciding.rule(judge, objection, Answer.REJECT, reasons="有管辖权。", fee_fen=10_000, clerk_name="黎燚")
    ruled(judge, objection, Answer.TRANSFER, day=date(2026, 3, 20))
    assert (objection.status, objection.party_id) == (JurisdictionStatus.AWAY, None)


def test_who_answered_and_did_not_object_has_accepted_the_court(client_for, clerk_li, clerk, case):
    one = defences.of_case(case)[0]
    with on(date(2026, 3, 12)):
        serving.receive(clerk, one, on=date(2026, 3, 12))
    db.session.commit()
    with pytest.raises(DomainError) as late:
        raised(clerk, case, day=date(2026, 3, 20))
    assert (late.value.article, late.value.field, bool(late.value.remedy)) == ("CPL art. 130", "raised_on", True)
    with on(date(2026, 3, 20)):
        page = client_for(clerk_li).get(f"/cases/{case.id}")
        assert "《民事诉讼法》第一百三十条" in page.soup.find(id="jurisdiction").get_text()


def test_who_may_not(clerk, judge, judge_wu, mediator_wang, clerk_of_other_court, case):
    for somebody in (mediator_wang, clerk_of_other_court):
        with pytest.raises(NotPermitted):
            raised(somebody.as_actor(), case)
    plaintiff = disputes.parties(case.dispute_id)[0]
    with pytest.raises(DomainError) as other_side:
        raised(clerk, case, party_id=plaintiff.id)
    assert other_side.value.field == "party_id"
    objection = raised(clerk, case)
    for somebody in (clerk, judge_wu.as_actor()):
        with pytest.raises(NotPermitted):
            ruled(somebody, objection)
    ruled(judge, objection)
    with pytest.raises(IllegalStep):
        ruled(judge, objection)


def test_taken_back_or_overtaken_it_falls_away(clerk, judge, case):
    first = raised(clerk, case)
    with on(LATER):
        deciding.drop(clerk, first)
    assert first.status is JurisdictionStatus.DROPPED
    assert not services.limit_of(case).is_suspended
    second = raised(clerk, case)
    with on(LATER):
        services.close_case(judge, case, Manner.WITHDRAWN, clerk_name="黎燚")
    assert (second.status, case.status) == (JurisdictionStatus.DROPPED, Status.CLOSED)


def test_the_database_keeps_a_ruling_with_its_reasons(clerk, case):
    objection = raised(clerk, case)
    db.session.flush()
    table = JurisdictionObjection.__table__
    bare = sa.update(table).where(table.c.id == objection.id)
    for values in ({"status": "rejected"}, {"status": "stays"}, {"origin": "court"}):
        with pytest.raises(IntegrityError), db.session.begin_nested():
            db.session.execute(bare.values(**values))


# --- on the screen ---------------------------------------------------------------------------------------------------


def test_from_the_objection_to_the_ruling_in_force_on_the_page(
    client_for, clerk_li, judge_zhou, clerk_of_other_court, case
):
    here = f"/cases/{case.id}"
    with on(LATER):
        client_for(clerk_of_other_court).post(f"{here}/jurisdiction", {}, status=404)
        counter, bench = client_for(clerk_li), client_for(judge_zhou)
        sent = {"jurisdiction-origin": "party", "jurisdiction-party_id": defendant(case).id,
                "jurisdiction-raised_on": "今天", "jurisdiction-reason": ""}  # fmt: skip
        assert counter.post(f"{here}/jurisdiction", sent, status=422).errors()
        counter.post(f"{here}/jurisdiction", sent | {"jurisdiction-reason": "住所地不在本院辖区"})
        objection = db.session.scalars(sa.select(JurisdictionObjection)).one()
        there = f"{here}/jurisdiction/{objection.id}"
        counter.post(f"{there}/ruling", {}, status=403)
        ruling = {"jurisdiction-ruling-answer": "reject", "jurisdiction-ruling-reasons": "合同履行地在本院辖区。",
                  "jurisdiction-ruling-fee": "10", "jurisdiction-ruling-password": world.PASSWORD,
                  "jurisdiction-ruling-clerk_name": "黎燚"}  # fmt: skip
        page = bench.post(f"{there}/ruling", ruling, status=422)
        assert page.field("jurisdiction-ruling-reasons") == "合同履行地在本院辖区。"
        bench.post(f"{there}/ruling", ruling | {"jurisdiction-ruling-fee": "100"})
        bench.post(f"{there}/ruling", ruling, status=409)
        for party in disputes.parties(case.dispute_id):
            counter.post(
                f"{there}/service",
                {"jurisdiction-service-party_id": party.id, "jurisdiction-service-method": "direct",
                 "jurisdiction-service-on": "今天", "jurisdiction-service-receiver": party.name},
            )  # fmt: skip
        counter.post(f"{there}/effect", {}, status=409)
        counter.post(
            f"{there}/appeal",
            {"jurisdiction-appeal-party_id": defendant(case).id, "jurisdiction-appeal-on": "今天"},
        )
        above = {"jurisdiction-above-answer": "reject", "jurisdiction-above-above": "济南市中级人民法院",
                 "jurisdiction-above-number": "", "jurisdiction-above-on": "今天"}  # fmt: skip
        assert counter.post(f"{there}/higher-ruling", above, status=422).errors()
        counter.post(f"{there}/higher-ruling", above | {"jurisdiction-above-number": "（2026）鲁01民辖终9号"})
        counter.post(f"{there}/withdrawal", {}, status=409)
        assert "（2026）鲁01民辖终9号" in counter.get(here).soup.find(id="jurisdiction").get_text()
    db.session.expire_all()
    assert db.session.get_one(JurisdictionObjection, objection.id).status is JurisdictionStatus.STAYS
    assert db.session.get_one(LitigationCase, case.id).status is Status.FAST_TRACK
