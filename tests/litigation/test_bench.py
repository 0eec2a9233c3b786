"""Trial by a single judge (CPL arts 40-43): objected to or found by the judge, handed to a panel or kept, with its ruling."""

from datetime import date

import pytest

from mediation.disputes import services as disputes
from mediation.documents import making
from mediation.documents.composing import compose
from mediation.kernel import audit
from mediation.kernel.db import db
from mediation.kernel.errors import DomainError, IllegalStep, NotPermitted
from mediation.litigation import services
from mediation.litigation.procedure import changing, keeping
from mediation.litigation.procedure.rules import Answer, Matter, ObjectionStatus
from mediation.litigation.rules import Procedure, Status
from mediation.litigation.tariff import FeeKind
from tests import world
from tests.builders import make_dispute
from tests.litigation import together
from tests.litigation.test_procedure import FILED, LATER, REASON, again, on, party_of, ruling, track


@pytest.fixture
def guide(judge_wu):
    return judge_wu.as_actor()


@pytest.fixture
def summary(clerk, judge, president_he):
    return track(clerk, judge, president_he.as_actor(), Procedure.SUMMARY)


@pytest.fixture
def sole(clerk, guide):
    """In the trial division, before one judge."""
    with on(FILED):
        made = services.file_case(clerk, make_dispute(clerk))
        services.issue_fee_notice(clerk, made, kind=FeeKind.PROPERTY, received_on=FILED)
        services.record_payment(clerk, made)
        services.to_ordinary(clerk, made)
        together.named(clerk, made, guide)
    db.session.commit()
    return made


def objected(clerk, case, **over):
    told = {"party_id": party_of(case), "raised_on": LATER, "reason": "属于新类型案件。", "matter": Matter.BENCH}
    with on(LATER):
        return changing.object_to(clerk, case, **(told | over))


def words(paper):
    job = making.job_of(paper)
    return compose(job.kind, job.sheet, job.data).html


def actions(case):
    db.session.commit()
    return {event.action for event in audit.of_dispute(case.dispute_id)}


def test_upheld_the_ordinary_case_goes_to_a_panel_by_a_ruling(clerk, guide, sole):
    limit = services.limit_of(sole)
    objection = objected(clerk, sole)
    with on(LATER):
        changing.decide(guide, objection, Answer.PANEL, reason="异议成立，属于新类型案件。", clerk_name="黎燚")
    assert (sole.status, sole.procedure) == (Status.ORDINARY, Procedure.ORDINARY_PANEL)
    assert objection.status is ObjectionStatus.UPHELD
    assert services.limit_of(sole).id == limit.id
    text = words(ruling(sole))
    assert "本案转由合议庭审理。" in text
    assert "第四十三条第二款" in text
    assert disputes.parties(sole.dispute_id)[1].name in text
    assert "转为普通程序" not in text
    assert {"litigation_case.to_panel", "litigation_case.change_procedure", "procedure_objection.uphold"} <= actions(
        sole
    )


def test_upheld_a_summary_case_becomes_an_ordinary_one_before_a_panel(clerk, judge, summary):
    objection = objected(clerk, summary)
    with on(LATER):
        changing.decide(judge, objection, Answer.PANEL, reason="异议成立。", clerk_name="黎燚")
    assert (summary.status, summary.procedure) == (Status.ORDINARY, Procedure.ORDINARY_PANEL)
    text = words(ruling(summary))
    assert "本案转为普通程序，由合议庭审理。" in text
    assert "由审判员一人独任审理提出异议" in text
    assert "第一百七十条" in text


@pytest.mark.parametrize("oral", [False, True])
def test_rejected_the_judge_goes_on_alone(clerk, judge, summary, oral):
    objection = objected(clerk, summary)
    with on(LATER):
        changing.decide(
            judge, objection, Answer.REJECT, reason="事实清楚，权利义务关系明确。", oral=oral, clerk_name="黎燚"
        )
    assert summary.procedure is Procedure.SUMMARY
    paper = ruling(summary)
    assert (paper is None) is oral
    if paper is not None:
        assert "第四十三条第二款" in words(paper)
        assert "第二百六十九条" not in words(paper)


@pytest.mark.parametrize("answer", [Answer.ORDINARY, Answer.SUMMARY])
def test_only_a_panel_answers_an_objection_to_the_single_judge(clerk, judge, summary, answer):
    objection = objected(clerk, summary)
    with on(LATER), pytest.raises(DomainError) as refused:
        changing.decide(judge, objection, answer, reason="异议成立。")
    assert (refused.value.field, refused.value.article) == ("answer", "CPL arts 43, 169")
    assert refused.value.remedy
    other = objection.status
    assert other is ObjectionStatus.RAISED


def test_a_panel_does_not_answer_an_objection_to_the_procedure(clerk, judge, summary):
    objection = objected(clerk, summary, matter=Matter.PROCEDURE)
    with on(LATER), pytest.raises(DomainError) as refused:
        changing.decide(judge, objection, Answer.PANEL, reason="异议成立。", clerk_name="黎燚")
    assert refused.value.field == "answer"


def test_no_single_judge_no_objection(clerk, guide, sole):
    with on(LATER):
        services.to_panel(guide, sole, reason=REASON, clerk_name="黎燚")
    with pytest.raises(DomainError) as refused:
        objected(clerk, sole)
    assert (refused.value.article, refused.value.field) == ("CPL art. 43", "matter")


def test_the_judges_own_finding_makes_its_ruling(clerk, guide, judge, sole):
    with on(LATER):
        with pytest.raises(DomainError):
            services.to_panel(guide, sole, reason=" ", clerk_name="黎燚")
        for somebody in (clerk, judge):
            with pytest.raises(NotPermitted):
                services.to_panel(somebody, sole, reason=REASON, clerk_name="黎燚")
        services.to_panel(guide, sole, reason=REASON, clerk_name="黎燚")
        with pytest.raises(DomainError) as twice:
            services.to_panel(guide, sole, reason=REASON, clerk_name="黎燚")
    assert twice.value.article == "CPL art. 43"
    assert "第四十三条第一款" in words(ruling(sole))


def test_a_case_on_the_fast_track_is_converted_instead(judge, summary):
    with on(LATER), pytest.raises(IllegalStep):
        services.to_panel(judge, summary, reason=REASON, clerk_name="黎燚")


def test_what_is_left_to_decide_when_the_procedure_changes(clerk, judge, guide, summary, sole):
    kept, gone = objected(clerk, summary), objected(clerk, sole)
    with on(LATER):
        services.convert(judge, summary, reason=REASON, clerk_name="黎燚")
        services.to_panel(guide, sole, reason=REASON, clerk_name="黎燚")
    # Converted, one judge still tries the case: about that the court has to decide.
    assert (kept.status, gone.status) == (ObjectionStatus.RAISED, ObjectionStatus.DROPPED)
    assert keeping.pending(summary) is kept
    with on(LATER):
        changing.decide(judge, kept, Answer.PANEL, reason="异议成立。", clerk_name="黎燚")
    assert summary.procedure is Procedure.ORDINARY_PANEL


def test_objected_and_decided_on_the_page(client_for, clerk_li, judge_wu, judge_zhou, sole):
    here = f"/cases/{sole.id}"
    counter, bench = client_for(clerk_li), client_for(judge_wu)
    told = {"objection-matter": "bench", "objection-party_id": party_of(sole), "objection-raised_on": "今天",
            "objection-reason": ""}  # fmt: skip
    assert counter.post(f"{here}/objections", told, status=422).errors()
    counter.post(f"{here}/objections", told | {"objection-reason": "社会影响较大"})
    assert "独任审理" in counter.get(here).soup.find(id="objections").get_text()
    url = f"{here}/objections/{keeping.pending(again(sole)).id}/decision"
    sent = {"answer-answer": "panel", "answer-reason": "异议成立。", "answer-password": world.PASSWORD,
            "answer-clerk_name": "黎燚"}  # fmt: skip
    counter.post(url, sent, status=403)
    client_for(judge_zhou).post(url, sent, status=403)
    page = bench.post(url, sent | {"answer-password": "falsch"}, status=422)
    assert page.field("answer-reason") == "异议成立。"
    bench.post(url, sent)
    assert again(sole).procedure is Procedure.ORDINARY_PANEL


def test_handed_to_a_panel_on_the_page(client_for, clerk_li, judge_wu, clerk_of_other_court, mediator_wang, sole):
    here = f"/cases/{sole.id}/panel"
    sent = {"panel-reason": REASON, "panel-password": world.PASSWORD, "panel-clerk_name": "黎燚"}
    for somebody in (clerk_li, mediator_wang, clerk_of_other_court):
        client_for(somebody).post(here, sent, status=403)
    bench = client_for(judge_wu)
    page = bench.post(here, sent | {"panel-password": "falsch"}, status=422)
    assert page.field("panel-reason") == REASON
    bench.post(here, sent)
    assert again(sole).procedure is Procedure.ORDINARY_PANEL
    assert "合议庭" in bench.get(f"/cases/{sole.id}").text
    bench.post(here, sent, status=422)


def test_the_day_of_the_ruling_stands_in_it(guide, sole):
    with on(LATER):
        services.to_panel(guide, sole, reason=REASON, clerk_name="黎燚")
    assert ruling(sole).data["ruled_on"] == date(2026, 3, 10).isoformat()
