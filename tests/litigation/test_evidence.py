"""More time for evidence, and evidence that comes late: on the records and on the screen (CPL art. 68; S2 arts 100-102)."""

from datetime import date

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from mediation.disputes import services as disputes
from mediation.kernel import clock
from mediation.kernel.actor import system
from mediation.kernel.db import db
from mediation.kernel.errors import IllegalStep, NotPermitted
from mediation.litigation import services
from mediation.litigation.defence import evidence as times
from mediation.litigation.defence import keeping as defences
from mediation.litigation.evidence import deciding, keeping
from mediation.litigation.evidence.models import EvidenceExtension, LateEvidence
from mediation.litigation.evidence.rules import Cause, Outcome, RequestStatus
from mediation.litigation.jurisdiction import deciding as jurisdiction
from mediation.litigation.jurisdiction.rules import Origin
from mediation.litigation.rules import Manner, Procedure
from mediation.notices.models import Notice
from mediation.notices.rules import ServiceMethod
from tests.litigation import together
from tests.litigation.test_defence import actions, refusal
from tests.litigation.test_procedure import on, track

SET, ASKED, LAST, AFTER = date(2026, 3, 4), date(2026, 3, 9), date(2026, 3, 16), date(2026, 3, 17)


@pytest.fixture
def case(clerk, judge, president_he):
    made = track(clerk, judge, president_he.as_actor(), Procedure.SUMMARY)
    with on(SET):
        together.served(clerk, made)
        times.set_evidence(judge, made, days=10, on=SET)
    db.session.commit()
    return made


def party_of(case):
    return disputes.parties(case.dispute_id)[1].id


def ask(clerk, case, day=ASKED, **over):
    told = {"party_id": party_of(case), "on": day, "reason": "银行流水须向开户行调取。"} | over
    with on(max(day, ASKED)):
        return deciding.ask(clerk, case, **told)


def notices(case, kind):
    rows = sa.select(Notice).where(Notice.kind == kind, Notice.dispute_id == case.dispute_id)
    return [one for one in db.session.scalars(rows) if one.superseded_at is None]


def test_asked_in_writing_the_judge_is_told_and_gives_every_party_more(clerk, judge, case):
    assert defences.evidence_time(case).final_on == LAST
    request = ask(clerk, case)
    assert [one.user_id for one in notices(case, "evidence.asked")] == [judge.id]
    with on(ASKED):
        assert refusal(deciding.decide, judge, request, granted=True).field == "days"
        deciding.decide(judge, request, granted=True, days=7)
    limit = defences.evidence_time(case)
    assert (request.status, limit.final_on) == (RequestStatus.GRANTED, date(2026, 3, 23))
    assert limit.extensions[0].source == "S2 art. 100"
    told = notices(case, times.KIND)
    assert len(told) == len(disputes.parties(case.dispute_id))
    assert all("2026年3月23日" in one.text for one in told)
    assert {"evidence_extension.ask", "evidence_extension.grant"} <= set(actions(case))
    with on(ASKED), pytest.raises(IllegalStep):
        deciding.decide(judge, request, granted=True, days=7)


def test_refused_the_applicant_alone_is_told_and_the_time_stays(clerk, judge, case):
    request = ask(clerk, case)
    with on(ASKED):
        assert refusal(deciding.decide, judge, request, granted=False).field == "reason"
        deciding.decide(judge, request, granted=False, reason="该证据由申请人自行保管。")
    assert (request.status, defences.evidence_time(case).final_on) == (RequestStatus.REFUSED, LAST)
    assert len(notices(case, deciding.REFUSED)) == 1
    assert "evidence_extension.refuse" in actions(case)


def test_what_is_asked_too_late_twice_or_without_reason_is_refused(clerk, judge, mediator_wang, case):
    late = refusal(ask, clerk, case, day=AFTER)
    assert (late.article, late.field, bool(late.remedy)) == ("S2 art. 100", "on", True)
    assert refusal(ask, clerk, case, reason=" ").field == "reason"
    ask(clerk, case)
    assert refusal(ask, clerk, case).article == "S2 art. 100"
    with pytest.raises(NotPermitted):
        ask(mediator_wang.as_actor(), case)
    with on(ASKED), pytest.raises(NotPermitted):
        deciding.decide(clerk, keeping.pending(case), granted=True, days=3)


def test_a_time_for_which_more_was_asked_does_not_run_out_before_the_decision(clerk, judge, case):
    request = ask(clerk, case, day=LAST)
    with on(AFTER):
        assert defences.run_out(system(case.court_id)) == 0
        deciding.decide(judge, request, granted=True, days=5)
    assert defences.evidence_time(case).final_on == date(2026, 3, 23)


def test_it_is_decided_when_jurisdiction_is(clerk, judge, case):
    request = ask(clerk, case)
    with on(ASKED):
        jurisdiction.question(
            clerk, case, origin=Origin.PARTY, party_id=party_of(case), raised_on=ASKED, reason="住所地不在本区。"
        )
        assert refusal(deciding.decide, judge, request, granted=True, days=3).article == "S37 art. 55"


def test_it_falls_away_with_the_case_with_the_hearing_and_with_the_procedure(clerk, judge, case):
    request = ask(clerk, case)
    with on(ASKED):
        services.convert(judge, case, reason="需要鉴定。", clerk_name="黎燚")
        assert request.status is RequestStatus.DROPPED
        assert refusal(ask, clerk, case).article == "S2 art. 99"
        times.set_evidence(judge, case, days=15, on=ASKED)
        again = ask(clerk, case)
        services.close_case(judge, case, Manner.WITHDRAWN, clerk_name="黎燚")
    assert again.status is RequestStatus.DROPPED
    assert "evidence_extension.drop" in actions(case)
    assert refusal(ask, clerk, case).article == "CPL art. 68"


LATE = {"what": "微信聊天记录三页", "reason": "手机送修。", "cause": Cause.CARELESS, "basic": False}


def test_late_evidence_is_heard_about_and_decided_by_the_bench_alone(clerk, judge, case):
    told = LATE | {"party_id": party_of(case)}
    with on(LAST):
        assert refusal(deciding.decide_late, judge, case, on=LAST, **told).article == "S2 arts 101, 102"
    with on(AFTER):
        with pytest.raises(NotPermitted):
            deciding.decide_late(clerk, case, on=AFTER, **told)
        assert refusal(deciding.decide_late, judge, case, on=AFTER, **(told | {"reason": " "})).field == "reason"
        late = deciding.decide_late(judge, case, on=AFTER, **told)
        out = deciding.decide_late(judge, case, on=AFTER, **(told | {"cause": Cause.INTENT}))
    assert (late.outcome, out.outcome) == (Outcome.REPRIMANDED, Outcome.EXCLUDED)
    assert actions(case).count("late_evidence.decide") == 2


def test_the_database_knows_no_outcome_but_the_laws(judge, case):
    with on(AFTER):
        late = deciding.decide_late(judge, case, on=AFTER, party_id=party_of(case), **LATE)
    db.session.flush()
    table = LateEvidence.__table__
    for wrong in ({"outcome": "fined"}, {"outcome": "excluded"}, {"reason": ""}):
        with pytest.raises(IntegrityError), db.session.begin_nested():
            db.session.execute(sa.update(table).where(table.c.id == late.id).values(**wrong))


def test_on_the_page_from_the_application_to_the_late_paper(client_for, clerk_li, judge_zhou, judge_wu, case):
    here = f"/cases/{case.id}"
    asked = {"evidence-ask-party_id": party_of(case), "evidence-ask-on": "今天", "evidence-ask-reason": "须调取。"}
    with on(ASKED):
        counter, bench = client_for(clerk_li), client_for(judge_zhou)
        page = counter.post(f"{here}/evidence-requests", asked | {"evidence-ask-on": "昨天昨天"}, status=422)
        assert page.errors()
        assert "须调取。" in page.text
        counter.post(f"{here}/evidence-requests", asked)
        one = db.session.scalars(sa.select(EvidenceExtension)).one()
        address = f"{here}/evidence-requests/{one.id}"
        assert "须调取。" in bench.get(here).soup.find(id="evidence").get_text()
        counter.post(address, {}, status=403)
        client_for(judge_wu).post(address, {}, status=403)
        bench.post(f"{here}/evidence-requests/{one.id + 9}", {}, status=404)
        no = {"evidence-decision-answer": "no"}
        assert bench.post(address, no, status=422).errors()
        bench.post(address, no | {"evidence-decision-reason": "自行保管。"})
        bench.post(address, no, status=409)
        assert counter.get(here).soup.find(id="evidence")
    late = {
        "late-party_id": party_of(case), "late-on": "今天", "late-what": "微信记录", "late-reason": "手机送修。",
        "late-cause": "intent", "late-basic": "y",
    }  # fmt: skip
    with on(AFTER):
        client_for(clerk_li).post(f"{here}/late-evidence", late, status=403)
        page = client_for(judge_zhou).post(f"{here}/late-evidence", late | {"late-cause": ""}, status=422)
        assert "微信记录" in page.text
        client_for(judge_zhou).post(f"{here}/late-evidence", late)
        assert "微信记录" in client_for(judge_zhou).get(here).soup.find(id="evidence").get_text()
    assert db.session.scalars(sa.select(LateEvidence)).one().outcome is Outcome.FINED


@pytest.mark.parametrize("act", ["evidence-requests", "evidence-requests/1", "late-evidence"])
def test_nobody_else_and_no_other_court(client_for, mediator_wang, president_he, clerk_of_other_court, case, act):
    for somebody in (mediator_wang, president_he):
        client_for(somebody).post(f"/cases/{case.id}/{act}", {}, status=403)
    only_judges = act != "evidence-requests"
    client_for(clerk_of_other_court).post(f"/cases/{case.id}/{act}", {}, status=403 if only_judges else 404)
    assert clock.today()


def test_the_notice_about_the_evidence_is_made_with_the_time_and_served_on_each_party_once(
    clerk, judge, mediator_wang, case
):
    notice = defences.evidence_notice(case)
    paper, limit = notice.paper, notice.limit
    assert (paper.data["days"], paper.data["until"], paper.sealed) == (10, LAST.isoformat(), True)
    first, second = disputes.parties(case.dispute_id)
    told = {"method": ServiceMethod.DIRECT, "on": ASKED, "receiver": "本人"}
    with on(ASKED):
        with pytest.raises(NotPermitted):
            times.serve(mediator_wang.as_actor(), case, party_id=first.id, **told)
        assert refusal(times.serve, clerk, case, party_id=first.id, **(told | {"on": date(2026, 3, 3)})).field == "on"
        assert times.serve(clerk, case, party_id=first.id, **told).document_id == paper.id
        assert refusal(times.serve, clerk, case, party_id=first.id, **told).article == "S37 art. 50"
        assert defences.evidence_notice(case).left == [second]
        times.serve(clerk, case, party_id=second.id, **told)
    assert (defences.evidence_notice(case).left, limit.final_on) == ([], LAST)


def test_without_a_time_and_in_a_closed_case_there_is_no_notice_to_serve(clerk, judge, president_he, case):
    told = {"party_id": party_of(case), "method": ServiceMethod.DIRECT, "on": ASKED, "receiver": "本人"}
    other = track(clerk, judge, president_he.as_actor(), Procedure.SUMMARY)
    with on(ASKED):
        assert refusal(times.serve, clerk, other, **told).article == "S37 art. 50"
        services.close_case(judge, case, Manner.WITHDRAWN, clerk_name="黎燚")
        assert refusal(times.serve, clerk, case, **told).article == "CPL art. 128"


def test_the_notice_is_served_on_the_page(client_for, clerk_li, mediator_wang, clerk_of_other_court, case):
    here = f"/cases/{case.id}"
    told = {
        "evidence-serving-party_id": party_of(case), "evidence-serving-method": "direct", "evidence-serving-on": "今天",
        "evidence-serving-receiver": "",
    }  # fmt: skip
    with on(ASKED):
        counter = client_for(clerk_li)
        assert counter.get(here).soup.find("form", action=f"{here}/evidence-notice")
        assert counter.post(f"{here}/evidence-notice", told, status=422).errors()
        client_for(mediator_wang).post(f"{here}/evidence-notice", told, status=403)
        client_for(clerk_of_other_court).post(f"{here}/evidence-notice", told, status=404)
        told["evidence-serving-receiver"] = "前台李某"
        counter.post(f"{here}/evidence-notice", told)
        assert counter.post(f"{here}/evidence-notice", told, status=422).errors()
        assert "前台李某" in counter.get(here).soup.find(id="defence").get_text()
