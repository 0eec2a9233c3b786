"""Another procedure (CPL arts 169, 170): objected to or found by the judge, with its ruling, its limit and the trail."""

from datetime import date

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from mediation.disputes import services as disputes
from mediation.documents import services as documents
from mediation.kernel import audit, clock
from mediation.kernel.db import db
from mediation.kernel.errors import DomainError, IllegalStep, NotPermitted
from mediation.litigation import services
from mediation.litigation.models import LitigationCase
from mediation.litigation.procedure import changing, keeping
from mediation.litigation.procedure.models import ProcedureObjection
from mediation.litigation.procedure.rules import Answer, ObjectionStatus
from mediation.litigation.rules import Manner, Procedure, Status
from mediation.litigation.tariff import FeeKind
from mediation.periods import services as periods
from mediation.periods.table import PeriodKey
from mediation.scheduling import services as scheduling
from mediation.scheduling.rules import ResourceKind
from tests import world
from tests.builders import make_dispute
from tests.litigation import together

FILED, LATER = date(2026, 3, 2), date(2026, 3, 10)
REASON = "案情需要鉴定，不宜适用小额诉讼的程序。"


def on(day):
    return clock.pretend(clock.at(day, 10))


def track(clerk, judge, president, procedure):
    with on(FILED):
        made = services.file_case(clerk, make_dispute(clerk))
        services.issue_fee_notice(clerk, made, kind=FeeKind.PROPERTY, received_on=clock.today())
        services.record_payment(clerk, made)
        tribunal = scheduling.resources(clerk, (ResourceKind.TRIBUNAL,))[0]
        if procedure is Procedure.SMALL:
            services.record_wage(president, year=2025, amount_fen=10_000_000, published_on=FILED, source="测试公报")
        services.to_fast_track(clerk, made, tribunal_id=tribunal.id, judge_id=judge.id, procedure=procedure)
    db.session.commit()
    return made


@pytest.fixture
def small(clerk, judge, president_he):
    return track(clerk, judge, president_he.as_actor(), Procedure.SMALL)


@pytest.fixture
def summary(clerk, judge, president_he):
    return track(clerk, judge, president_he.as_actor(), Procedure.SUMMARY)


def party_of(case):
    return disputes.parties(case.dispute_id)[1].id


def objected(clerk, case, *, day=LATER, **over):
    with on(day):
        return changing.object_to(
            clerk, case, **({"party_id": party_of(case), "raised_on": day, "reason": "需要鉴定"} | over)
        )


def actions(case):
    db.session.commit()
    return [event.action for event in audit.of_dispute(case.dispute_id)]


def ruling(case):
    return documents.latest("procedure_ruling", "litigation_case", case.id)


def again(case):
    db.session.expire_all()
    return db.session.get_one(LitigationCase, case.id)


# --- small claims that do not fit -----------------------------------------------------------------------------------


def test_small_claims_go_on_by_the_summary_rules_and_the_limit_is_counted_from_the_filing(judge, small):
    assert services.limit_of(small).final_on == date(2026, 5, 6)
    with on(LATER):
        changing.to_summary(judge, small, reason=REASON)
    assert (small.status, small.procedure, small.fast_track) == (Status.FAST_TRACK, Procedure.SUMMARY, True)
    limit = services.limit_of(small)
    assert (limit.key, limit.start_on, limit.final_on) == (PeriodKey.TRIAL_SUMMARY, FILED, date(2026, 6, 2))
    assert periods.current("litigation_case", small.id, PeriodKey.TRIAL_SMALL) is None
    # CPL art. 169: the other rules of the summary procedure apply without a ruling.
    assert ruling(small) is None
    assert {"litigation_case.to_summary", "litigation_case.change_procedure"} <= set(actions(small))


def test_a_summary_case_has_no_small_claims_to_leave(judge, summary):
    with pytest.raises(DomainError) as refused:
        changing.to_summary(judge, summary, reason=REASON)
    assert refused.value.article == "CPL art. 169"
    assert refused.value.remedy


def test_leaving_small_claims_needs_a_reason_and_the_judge(judge, clerk, judge_wu, small):
    with pytest.raises(DomainError):
        changing.to_summary(judge, small, reason=" ")
    for somebody in (clerk, judge_wu.as_actor()):
        with pytest.raises(NotPermitted):
            changing.to_summary(somebody, small, reason=REASON)
    assert small.procedure is Procedure.SMALL


@pytest.mark.parametrize("which", ["small", "summary"])
def test_conversion_makes_its_ruling(request, judge, which):
    case = request.getfixturevalue(which)
    with on(LATER):
        services.convert(judge, case, reason=REASON, panel=True, clerk_name="黎燚")
    assert (case.status, case.procedure) == (Status.ORDINARY, Procedure.ORDINARY_PANEL)
    assert services.limit_of(case).final_on == date(2026, 9, 2)
    paper = ruling(case)
    assert paper.sealed
    told = {
        key: paper.data[key] for key in ("before", "reason", "objection", "converted", "panel", "clerk", "ruled_on")
    }
    assert told == {
        "before": which, "reason": REASON, "objection": None, "converted": True, "panel": True, "clerk": "黎燚",
        "ruled_on": "2026-03-10",
    }  # fmt: skip


# --- objections -----------------------------------------------------------------------------------------------------


def test_an_objection_is_recorded_once_and_must_be_decided_before_the_judgment(clerk, judge, small):
    with on(LATER):
        together.at_once(judge, small)
        services.heard(judge, small, on=LATER)
        objected(clerk, small, raised_on=date(2026, 3, 9))
        with pytest.raises(DomainError) as twice:
            objected(clerk, small, raised_on=date(2026, 3, 9))
        with pytest.raises(DomainError) as open_still:
            services.close_case(judge, small, Manner.JUDGMENT)
    assert twice.value.article == "S2 arts 269, 279"
    assert open_still.value.article == "CPL arts 43, 169; S2 arts 269, 279"
    assert actions(small).count("procedure_objection.raise") == 1


@pytest.mark.parametrize(
    ("over", "field"),
    [({"reason": " "}, "reason"), ({"party_id": 0}, "party_id"), ({"raised_on": date(2026, 3, 11)}, "raised_on")],
)
def test_what_an_objection_needs(clerk, small, over, field):
    with pytest.raises(DomainError) as refused:
        objected(clerk, small, **over)
    assert refused.value.field == field
    assert refused.value.article


def test_small_claims_are_objected_to_before_the_hearing_only(clerk, judge, small):
    with on(LATER):
        together.at_once(judge, small)
        services.heard(judge, small, on=LATER)
    with pytest.raises(DomainError) as refused:
        objected(clerk, small)
    assert refused.value.article == "S2 art. 279"


def test_upheld_to_the_summary_rules(clerk, judge, small):
    objection = objected(clerk, small)
    with on(LATER):
        changing.decide(judge, objection, Answer.SUMMARY, reason="异议成立。")
    assert (objection.status, objection.decided_by_id) == (ObjectionStatus.UPHELD, judge.id)
    assert small.procedure is Procedure.SUMMARY
    assert ruling(small) is None
    assert "procedure_objection.drop" not in actions(small)


def test_upheld_to_the_ordinary_procedure_names_the_objector_in_the_ruling(clerk, judge, summary):
    objection = objected(clerk, summary)
    with on(LATER):
        changing.decide(judge, objection, Answer.ORDINARY, reason="异议成立。", clerk_name="黎燚")
    assert summary.procedure is Procedure.ORDINARY_SOLE
    told = ruling(summary).data["objection"]
    assert told == {
        "objector": disputes.parties(summary.dispute_id)[1].name, "raised_on": "2026-03-10", "reason": "需要鉴定",
    }  # fmt: skip


@pytest.mark.parametrize("oral", [False, True])
def test_a_rejection_is_ruled_in_writing_or_orally_into_the_record(clerk, judge, summary, oral):
    objection = objected(clerk, summary)
    with on(LATER):
        changing.decide(judge, objection, Answer.REJECT, reason="事实清楚。", oral=oral, clerk_name="黎燚")
    assert (objection.status, objection.oral) == (ObjectionStatus.REJECTED, oral)
    assert summary.procedure is Procedure.SUMMARY
    paper = ruling(summary)
    assert (paper is None) is oral
    if paper is not None:
        assert paper.data["converted"] is False
    with pytest.raises(IllegalStep):
        changing.decide(judge, objection, Answer.REJECT, reason="再次。")
    # Rejected once, a party may object anew with other reasons.
    assert objected(clerk, summary, reason="新的事实").status is ObjectionStatus.RAISED


def test_who_may_not(clerk, judge, judge_wu, mediator_wang, summary):
    with pytest.raises(NotPermitted):
        objected(mediator_wang.as_actor(), summary)
    objection = objected(clerk, summary)
    for somebody in (clerk, judge_wu.as_actor()):
        with pytest.raises(NotPermitted):
            changing.decide(somebody, objection, Answer.REJECT, reason="事实清楚。")
    with pytest.raises(DomainError) as refused:
        changing.decide(judge, objection, Answer.SUMMARY, reason="异议成立。")
    assert refused.value.field == "answer"
    with pytest.raises(DomainError):
        changing.decide(judge, objection, Answer.REJECT, reason="")


def test_what_nobody_decided_falls_away_with_the_procedure_and_with_the_case(clerk, judge, summary, small):
    first, second = objected(clerk, summary), objected(clerk, small)
    with on(LATER):
        services.convert(judge, summary, reason=REASON, clerk_name="黎燚")
        services.close_case(judge, small, Manner.WITHDRAWN, clerk_name="黎燚")
    assert first.status is second.status is ObjectionStatus.DROPPED
    assert keeping.pending(summary) is keeping.pending(small) is None


def test_the_database_keeps_a_decision_with_its_reason(clerk, summary):
    objection = objected(clerk, summary)
    db.session.flush()
    table = ProcedureObjection.__table__
    bare = sa.update(table).where(table.c.id == objection.id).values(status="rejected")
    with pytest.raises(IntegrityError), db.session.begin_nested():
        db.session.execute(bare)


# --- on the screen --------------------------------------------------------------------------------------------------


def test_the_clerk_records_and_the_judge_decides_on_the_page(client_for, clerk_li, judge_zhou, judge_wu, summary):
    counter, here = client_for(clerk_li), f"/cases/{summary.id}"
    empty = {
        "objection-matter": "procedure",
        "objection-party_id": party_of(summary),
        "objection-raised_on": "今天",
        "objection-reason": "",
    }
    page = counter.post(f"{here}/objections", empty, status=422)
    assert page.errors()
    counter.post(f"{here}/objections", empty | {"objection-reason": "需要鉴定"})
    assert "需要鉴定" in counter.get(here).soup.find(id="objections").get_text()
    objection = keeping.pending(again(summary))
    url = f"{here}/objections/{objection.id}/decision"
    sent = {"answer-answer": "reject", "answer-reason": "事实清楚。", "answer-password": world.PASSWORD,
            "answer-clerk_name": "黎燚"}  # fmt: skip
    counter.post(url, sent, status=403)
    client_for(judge_wu).post(url, sent, status=403)
    bench = client_for(judge_zhou)
    page = bench.post(url, sent | {"answer-password": "falsch"}, status=422)
    assert page.field("answer-reason") == "事实清楚。"
    bench.post(f"{here}/objections/{objection.id + 99}/decision", sent, status=404)
    bench.post(url, sent)
    assert keeping.pending(again(summary)) is None
    bench.post(url, sent, status=409)


def test_leaving_small_claims_on_the_page(client_for, clerk_li, judge_zhou, small):
    here = f"/cases/{small.id}/summary-procedure"
    client_for(clerk_li).post(here, {"summary-reason": REASON}, status=403)
    bench = client_for(judge_zhou)
    assert bench.post(here, {"summary-reason": ""}, status=422).errors()
    bench.post(here, {"summary-reason": REASON})
    assert again(small).procedure is Procedure.SUMMARY
    bench.post(here, {"summary-reason": REASON}, status=422)


def test_strangers_and_mediators_do_not_object(client_for, mediator_wang, summary):
    sent = {
        "objection-matter": "procedure",
        "objection-party_id": party_of(summary),
        "objection-raised_on": "今天",
        "objection-reason": "需要鉴定",
    }
    client_for(mediator_wang).post(f"/cases/{summary.id}/objections", sent, status=403)
