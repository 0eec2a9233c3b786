"""A fine for late evidence from the proposal to the answer of the court above (CPL arts 68, 118, 119; S2 arts 102, 184-186)."""

from datetime import date

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from mediation.documents import services as documents
from mediation.kernel.actor import system
from mediation.kernel.db import db
from mediation.kernel.errors import IllegalStep, NotPermitted
from mediation.litigation import services
from mediation.litigation.defence import keeping as defences
from mediation.litigation.evidence import deciding as evidence
from mediation.litigation.evidence.rules import Cause
from mediation.litigation.fines import deciding
from mediation.litigation.fines.models import EvidenceFine
from mediation.litigation.fines.rules import FineStatus, Review
from mediation.litigation.rules import Manner
from mediation.notices.rules import ServiceMethod
from mediation.periods import services as periods
from mediation.periods.table import PeriodKey
from tests.litigation.test_defence import actions, refusal
from tests.litigation.test_evidence import AFTER, LATE, case, notices, party_of
from tests.litigation.test_procedure import on

__all__ = ["case"]
SERVED, LAST, OVER = date(2026, 3, 18), date(2026, 3, 23), date(2026, 3, 24)  # the third day, 21 March, is a Saturday
NUMBER = "（2026）鲁01司惩复1号"


def late_one(judge, case, cause=Cause.INTENT):
    told = LATE | {"party_id": party_of(case), "cause": cause, "basic": True}
    with on(AFTER):
        return evidence.decide_late(judge, case, on=AFTER, **told)


@pytest.fixture
def late(judge, case):
    return late_one(judge, case)


def propose(judge, case, late, **over):
    with on(AFTER):
        return deciding.propose(judge, case, late, **({"amount_fen": 5_000_000, "reason": "致使诉讼迟延。"} | over))


@pytest.fixture
def ordered(judge, president, case, late):
    fine = propose(judge, case, late)
    with on(AFTER):
        deciding.decide(president, fine, approved=True)
    return fine


def serve(clerk, fine, day=SERVED):
    with on(day):
        deciding.serve(clerk, fine, method=ServiceMethod.DIRECT, on=day, receiver="本人")


def test_a_reprimand_is_told(judge, case):
    late_one(judge, case, Cause.CARELESS)
    assert [one.party_id for one in notices(case, evidence.REPRIMAND)] == [party_of(case)]


def test_the_judge_proposes_the_president_is_told_and_nothing_is_decided(judge, president, case, late):
    fine = propose(judge, case, late)
    assert (fine.status, documents.latest(deciding.DECISION, deciding.TYPE, fine.id)) == (FineStatus.PROPOSED, None)
    assert [one.user_id for one in notices(case, "fine.proposed")] == [president.id]
    assert notices(case, deciding.KIND) == []
    assert refusal(propose, judge, case, late).article == "S2 art. 184"


def test_what_may_not_be_proposed(clerk, judge, case, late):
    with pytest.raises(NotPermitted):
        propose(clerk, case, late)
    assert refusal(propose, judge, case, late, amount_fen=0).field == "amount"
    assert refusal(propose, judge, case, late, reason=" ").field == "reason"
    assert refusal(propose, judge, case, late_one(judge, case, Cause.CARELESS)).article == "S2 art. 102"
    with on(AFTER):
        services.close_case(judge, case, Manner.WITHDRAWN, clerk_name="黎燚")
    assert refusal(propose, judge, case, late).article == "CPL arts 68, 118; S2 art. 102"


def test_approved_the_decision_is_made_out_and_the_party_told(judge, case, ordered):
    paper = documents.latest(deciding.DECISION, deciding.TYPE, ordered.id)
    assert (paper.data["amount_fen"], paper.sealed, ordered.status) == (5_000_000, True, FineStatus.ORDERED)
    assert [one.party_id for one in notices(case, deciding.KIND)] == [ordered.party_id]
    assert [one.user_id for one in notices(case, "fine.decided")] == [judge.id]
    assert {"evidence_fine.propose", "evidence_fine.approve"} <= set(actions(case))


def test_not_approved_needs_a_reason_and_the_judge_alone_is_told(judge, president, case, late):
    fine = propose(judge, case, late)
    with on(AFTER):
        with pytest.raises(NotPermitted):
            deciding.decide(judge, fine, approved=True)
        assert refusal(deciding.decide, president, fine, approved=False).field == "reason"
        deciding.decide(president, fine, approved=False, note="情节较轻。")
        with pytest.raises(IllegalStep):
            deciding.decide(president, fine, approved=True)
    assert (fine.status, notices(case, deciding.KIND)) == (FineStatus.NOT_APPROVED, [])


def test_three_days_from_the_receipt_and_once(clerk, mediator_wang, ordered):
    with on(SERVED), pytest.raises(NotPermitted):
        deciding.ask_review(mediator_wang.as_actor(), ordered, on=SERVED, reason="过高。")
    with on(SERVED):
        assert refusal(deciding.ask_review, clerk, ordered, on=SERVED, reason="过高。").article.startswith(
            "CPL art. 119"
        )
    serve(clerk, ordered)
    limit = periods.current(deciding.TYPE, ordered.id, PeriodKey.FINE_REVIEW)
    assert limit.final_on == LAST
    assert refusal(serve, clerk, ordered).article == "CPL art. 119; S2 art. 185"
    with on(OVER):
        assert refusal(deciding.ask_review, clerk, ordered, on=OVER, reason="过高。").article == "S2 art. 185"
        deciding.ask_review(clerk, ordered, on=LAST, reason="过高。")
        assert refusal(deciding.ask_review, clerk, ordered, on=LAST, reason="过高。").article == "CPL art. 119"
    assert not limit.is_running


def test_a_right_that_was_not_used_runs_out(clerk, case, ordered):
    serve(clerk, ordered)
    with on(OVER):
        assert defences.run_out(system(case.court_id)) > 0
    assert periods.current(deciding.TYPE, ordered.id, PeriodKey.FINE_REVIEW) is None


def test_the_court_above_changes_it(clerk, case, ordered):
    serve(clerk, ordered)
    told = {"review": Review.CHANGED, "number": NUMBER, "on": LAST}
    with on(OVER):
        assert refusal(deciding.answer_review, clerk, ordered, **told).article == "S2 art. 186"
        deciding.ask_review(clerk, ordered, on=LAST, reason="过高。")
        assert refusal(deciding.answer_review, clerk, ordered, **told).field == "amount"
        deciding.answer_review(clerk, ordered, amount_fen=5_000_000, **told)
        assert refusal(deciding.answer_review, clerk, ordered, **told).article == "S2 art. 186"
    assert (ordered.review, ordered.changed_fen) == (Review.CHANGED, 5_000_000)
    assert {"evidence_fine.serve", "evidence_fine.ask_review", "evidence_fine.answer_review"} <= set(actions(case))


def test_a_proposal_falls_away_with_the_case(judge, case, late):
    fine = propose(judge, case, late)
    with on(AFTER):
        services.close_case(judge, case, Manner.WITHDRAWN, clerk_name="黎燚")
    assert fine.status is FineStatus.DROPPED


def test_the_database_knows_only_what_the_law_knows(ordered):
    db.session.flush()
    table = EvidenceFine.__table__
    for wrong in (
        {"amount_fen": 0}, {"reason": ""}, {"decided_on": None}, {"status": "not_approved"},
        {"status": "proposed", "decided_on": None, "served_on": SERVED}, {"review_asked_on": SERVED},
        {"review": "upheld", "reviewed_on": SERVED}, {"reviewed_on": SERVED}, {"changed_fen": 1},
    ):  # fmt: skip
        with pytest.raises(IntegrityError), db.session.begin_nested():
            db.session.execute(sa.update(table).where(table.c.id == ordered.id).values(**wrong))


def test_on_the_page(
    client_for, clerk_li, judge_zhou, judge_wu, president_he, mediator_wang, clerk_of_other_court, case, late
):
    here, pre = f"/cases/{case.id}", f"fine-{late.id}-"
    told = {f"{pre}amount": "0.5万", f"{pre}reason": "致使诉讼迟延。"}
    with on(AFTER):
        counter, bench, above = client_for(clerk_li), client_for(judge_zhou), client_for(president_he)
        counter.post(f"{here}/late-evidence/{late.id}/fine", told, status=403)
        client_for(judge_wu).post(f"{here}/late-evidence/{late.id}/fine", told, status=403)
        bench.post(f"{here}/late-evidence/{late.id + 9}/fine", told, status=404)
        page = bench.post(f"{here}/late-evidence/{late.id}/fine", told | {f"{pre}amount": "很多"}, status=422)
        assert page.errors()
        assert "致使诉讼迟延。" in page.text
        bench.post(f"{here}/late-evidence/{late.id}/fine", told | {f"{pre}amount": "50000"})
        fine = db.session.scalars(sa.select(EvidenceFine)).one()
        at = f"{here}/fines/{fine.id}"
        assert above.get(here).soup.find("form", action=f"{at}/approval")
        bench.post(f"{at}/approval", {}, status=403)
        assert above.post(f"{at}/approval", {f"{pre}answer": "no"}, status=422).errors()
        above.post(f"{at}/approval", {f"{pre}answer": "yes"})
        above.post(f"{at}/approval", {f"{pre}answer": "yes"}, status=409)
        assert counter.post(f"{at}/service", {f"{pre}on": "今天"}, status=422).errors()
        counter.post(f"{at}/service", {f"{pre}on": "今天", f"{pre}method": "direct", f"{pre}receiver": "本人"})
        counter.post(f"{at}/reconsideration", {f"{pre}on": "今天", f"{pre}reason": "过高。"})
        told = {f"{pre}review": "revoked", f"{pre}number": NUMBER, f"{pre}on": "今天"}
        assert counter.post(f"{at}/answer", told | {f"{pre}number": ""}, status=422).errors()
        counter.post(f"{at}/answer", told)
        assert NUMBER in counter.get(here).soup.find(id="evidence").get_text()
        for path in ("service", "reconsideration", "answer"):
            client_for(mediator_wang).post(f"{at}/{path}", {}, status=403)
            client_for(clerk_of_other_court).post(f"{at}/{path}", {}, status=404)
            counter.post(f"{here}/fines/{fine.id + 9}/{path}", {}, status=404)
