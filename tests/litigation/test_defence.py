"""The plaint copy, the statement of defence and the hearing that waits for it (CPL art. 128; S2 arts 266, 275)."""

from datetime import date, timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from mediation.disputes import services as disputes
from mediation.documents import services as documents
from mediation.kernel import audit, clock
from mediation.kernel.actor import system
from mediation.kernel.db import db
from mediation.kernel.errors import DomainError, IllegalStep, NotPermitted
from mediation.litigation import services
from mediation.litigation.defence import evidence, keeping, serving
from mediation.litigation.defence.models import Defence
from mediation.litigation.defence.rules import DefenceStatus, Obstacle
from mediation.litigation.jurisdiction import deciding
from mediation.litigation.jurisdiction.rules import Origin
from mediation.litigation.models import LitigationCase
from mediation.litigation.rules import Manner, Procedure, Status
from mediation.notices.models import Notice
from mediation.notices.rules import ServiceMethod
from mediation.periods import services as periods
from mediation.periods.rules import DeadlineStatus
from mediation.periods.table import PeriodKey
from tests.litigation import together
from tests.litigation.test_procedure import on, track
from tests.scheduling.when import at

FILED, SENT, SERVED = date(2026, 3, 2), date(2026, 3, 4), date(2026, 3, 6)
LAST, HEARD = date(2026, 3, 23), date(2026, 3, 24)  # the fifteenth day, 21 March, is a Saturday


@pytest.fixture
def case(clerk, judge, president_he):
    return track(clerk, judge, president_he.as_actor(), Procedure.SUMMARY)


@pytest.fixture
def small(clerk, judge, president_he):
    return track(clerk, judge, president_he.as_actor(), Procedure.SMALL)


def sent(clerk, case):
    with on(SENT):
        return serving.send(clerk, case, on=SENT)[0]


def served(clerk, case, **over):
    one = sent(clerk, case)
    with on(SERVED):
        serving.serve(clerk, one, **({"method": ServiceMethod.DIRECT, "on": SERVED, "receiver": "本人"} | over))
    return one


def running(subject, key):
    return periods.current(type(subject).__tablename__, subject.id, key)


def actions(case):
    db.session.commit()
    return [event.action for event in audit.of_dispute(case.dispute_id)]


def refusal(act, *args, **kwargs):
    with pytest.raises(DomainError) as refused:
        act(*args, **kwargs)
    return refused.value


def again(model, number):
    db.session.expire_all()
    return db.session.get_one(model, number)


# --- the plaint copy --------------------------------------------------------------------------------------------------


def test_the_five_days_run_from_the_filing_and_are_met_by_sending(clerk, case):
    five = running(case, PeriodKey.SERVE_COMPLAINT)
    assert (five.start_on, five.final_on, five.article) == (FILED, date(2026, 3, 9), "CPL art. 128")
    one = sent(clerk, case)
    assert (five.status, five.ended_on) == (DeadlineStatus.MET, SENT)
    assert (one.status, one.sent_on) == (DefenceStatus.SENT, SENT)
    paper = documents.latest(serving.NOTICE, "defence", one.id)
    assert (paper.title, paper.sealed) == ("应诉通知书", True)
    assert (paper.data["judge"], paper.data["procedure"]) == (services.judge_of(case), "summary")
    assert paper.data["addressee"] in paper.data["defendants"]
    assert "defence.send" in actions(case)


def test_it_is_sent_once_to_each_by_the_court_and_not_before_the_filing(clerk, mediator_wang, case):
    with on(SENT):
        assert refusal(serving.send, clerk, case, on=FILED - timedelta(days=1)).field == "on"
        assert refusal(serving.send, clerk, case, on=SENT + timedelta(days=1)).article == "CPL art. 128"
        with pytest.raises(NotPermitted):
            serving.send(mediator_wang.as_actor(), case, on=SENT)
    sent(clerk, case)
    with on(SENT):
        assert "all" not in refusal(serving.send, clerk, case, on=SENT).field
    assert len(keeping.of_case(case)) == len(keeping.defendants(case))


def test_the_fifteen_days_run_from_the_proved_day_with_a_receipt_naming_the_plaint(clerk, case):
    one = served(clerk, case)
    answer = running(one, PeriodKey.DEFENCE)
    assert (answer.start_on, answer.final_on, answer.length) == (SERVED, LAST, 15)
    assert (one.status, one.served_on) == (DefenceStatus.SERVED, SERVED)
    receipts = [d for d in documents.of_dispute(clerk, case.dispute_id) if d.kind == "service_receipt"]
    assert "起诉状副本" in receipts[-1].data["note"]
    assert "defence.serve" in actions(case)
    with on(SERVED), pytest.raises(IllegalStep):
        serving.serve(clerk, one, method=ServiceMethod.DIRECT, on=SERVED, receiver="本人")


def test_a_service_follows_the_rules_of_service(clerk, case):
    one = sent(clerk, case)
    told = {"method": ServiceMethod.DIRECT, "on": SERVED, "receiver": "本人"}
    with on(SERVED):
        assert refusal(serving.serve, clerk, one, **(told | {"on": FILED})).field == "on"
        # S2 art. 140: a summary case serves nothing by announcement.
        early = told | {"method": ServiceMethod.ANNOUNCEMENT, "published_on": SENT}
        assert refusal(serving.serve, clerk, one, **early).article == "S2 art. 140"
    assert one.status is DefenceStatus.SENT
    assert running(one, PeriodKey.DEFENCE) is None


def test_with_consent_the_time_to_answer_is_shorter_in_the_summary_trial_alone(clerk, judge, case):
    one = served(clerk, case, days=7)
    assert running(one, PeriodKey.DEFENCE).final_on == date(2026, 3, 13)
    with on(SERVED):
        services.convert(judge, case, reason="需要鉴定。", clerk_name="黎燚")
    # In the ordinary procedure nobody has less than the law's fifteen days.
    assert running(one, PeriodKey.DEFENCE).final_on == LAST


def test_in_the_ordinary_procedure_it_is_not_shortened(clerk, judge, case):
    one = sent(clerk, case)
    with on(SERVED):
        services.convert(judge, case, reason="需要鉴定。", clerk_name="黎燚")
        told = {"method": ServiceMethod.DIRECT, "on": SERVED, "receiver": "本人"}
        refused = refusal(serving.serve, clerk, one, days=7, **told)
        assert (refused.field, refused.article) == ("days", "CPL art. 128; S2 arts 266, 275")
        serving.serve(clerk, one, **told)
    assert running(one, PeriodKey.DEFENCE).length == 15


# --- the answer -------------------------------------------------------------------------------------------------------


def test_the_answer_is_recorded_and_passed_on_within_five_days(clerk, case):
    one = served(clerk, case)
    answer = running(one, PeriodKey.DEFENCE)
    with on(date(2026, 3, 16)):
        assert refusal(serving.receive, clerk, one, on=FILED).field == "on"
        serving.receive(clerk, one, on=date(2026, 3, 16))
        copy = running(one, PeriodKey.FORWARD_DEFENCE)
        assert (answer.status, copy.final_on) == (DeadlineStatus.MET, date(2026, 3, 23))
        with pytest.raises(IllegalStep):
            serving.receive(clerk, one, on=date(2026, 3, 16))
    with on(date(2026, 3, 18)):
        assert refusal(serving.pass_on, clerk, one, on=date(2026, 3, 15)).field == "on"
        serving.pass_on(clerk, one, on=date(2026, 3, 18))
    assert (one.status, copy.status) == (DefenceStatus.PASSED_ON, DeadlineStatus.MET)
    assert {"defence.receive", "defence.pass_on"} <= set(actions(case))


def test_a_late_answer_is_taken_and_passed_on_too(clerk, judge, case):
    one = served(clerk, case)
    with on(HEARD):
        services.heard(judge, case, on=HEARD)
        serving.receive(clerk, one, on=HEARD)
    assert running(one, PeriodKey.FORWARD_DEFENCE) is not None


def test_only_the_court_records_these_things(clerk, mediator_wang, case):
    one, stranger = served(clerk, case), mediator_wang.as_actor()
    with on(SERVED):
        for act in (serving.receive, serving.pass_on):
            with pytest.raises((NotPermitted, IllegalStep)):
                act(stranger, one, on=SERVED)
        with pytest.raises(NotPermitted):
            serving.waive(stranger, case, on=SERVED)
        with pytest.raises(NotPermitted):
            evidence.set_evidence(clerk, case, days=7, on=SERVED)
    assert one.status is DefenceStatus.SERVED


# --- the hearing waits ------------------------------------------------------------------------------------------------


def test_nothing_is_heard_before_the_plaint_is_served_and_its_time_over(clerk, judge, case):
    with on(SENT):
        refused = refusal(services.heard, judge, case, on=SENT)
        assert (refused.article, refused.field) == ("CPL art. 128", "on")
        assert refused.remedy
    served(clerk, case)
    with on(LAST):
        assert refusal(services.heard, judge, case, on=LAST).article == "CPL art. 128; S2 arts 266, 275"
    with on(HEARD):
        services.heard(judge, case, on=HEARD)
        # Not answered: the trial goes on all the same (CPL art. 128).
        services.close_case(judge, case, Manner.JUDGMENT)
    assert case.status is Status.CLOSED
    found = keeping.time_to_answer(keeping.of_case(case)[0])
    assert found.status is DeadlineStatus.CANCELLED


def test_a_hearing_is_not_fixed_into_the_time_to_answer(clerk, judge, case):
    served(clerk, case)
    with on(SERVED):
        early = {"starts_at": at(LAST, "09:00"), "ends_at": at(LAST, "10:00")}
        assert refusal(services.set_hearing, judge, case, **early).article == "CPL art. 128; S2 arts 266, 275"
        services.set_hearing(judge, case, starts_at=at(HEARD, "09:00"), ends_at=at(HEARD, "10:00"))
    assert services.hearing_of(case) is not None


@pytest.mark.parametrize("which", ["case", "small"])
def test_who_comes_together_may_be_heard_at_once(request, clerk, judge, which):
    found = request.getfixturevalue(which)
    with on(SENT):
        together.served(clerk, found)
        assert refusal(services.heard, judge, found, on=SENT).field == "on"
        serving.waive(judge, found, on=SENT)
        services.heard(judge, found, on=SENT)
    assert found.heard_on == found.waived_on == SENT
    assert running(keeping.of_case(found)[0], PeriodKey.DEFENCE) is None
    assert "litigation_case.waive_periods" in actions(found)


def test_the_ordinary_procedure_knows_no_waiver(clerk, judge, case):
    with on(SENT):
        together.at_once(clerk, case)
        services.convert(judge, case, reason="需要鉴定。", clerk_name="黎燚")
        # What was declared for the summary trial does not carry over.
        assert refusal(services.heard, judge, case, on=SENT).article == "CPL art. 128; S2 arts 266, 275"
        assert refusal(serving.waive, clerk, case, on=SENT).article == "S2 arts 266, 275"


def test_the_daily_run_ends_what_did_not_come_in_time(clerk, judge, case):
    one = served(clerk, case)
    answer = running(one, PeriodKey.DEFENCE)
    with on(SERVED):
        evidence.set_evidence(judge, case, days=5, on=SERVED)
    nobody = system(case.court_id)
    with on(LAST):
        # The evidence is over, the last day to answer is not.
        assert keeping.run_out(nobody) == 1
    with on(HEARD):
        assert (keeping.run_out(nobody), keeping.run_out(nobody)) == (1, 0)
        serving.receive(clerk, one, on=HEARD)
        services.heard(judge, case, on=HEARD)
    assert (answer.status, one.status) == (DeadlineStatus.CANCELLED, DefenceStatus.RECEIVED)


# --- the time for evidence --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("which", "key", "most"),
    [("case", PeriodKey.SUMMARY_EVIDENCE, 15), ("small", PeriodKey.SMALL_EVIDENCE, 7)],
)
def test_the_judge_sets_the_time_for_evidence_within_the_law(request, clerk, judge, which, key, most):
    found = request.getfixturevalue(which)
    with on(SENT):
        long = refusal(evidence.set_evidence, judge, found, days=most + 1, on=SENT)
        assert long.article
        assert long.remedy
        evidence.set_evidence(judge, found, days=5, on=SENT, agreed=True)
        assert running(found, key).final_on == date(2026, 3, 9)
        assert refusal(evidence.set_evidence, judge, found, days=5, on=SENT).article
        together.at_once(clerk, found)
        services.heard(judge, found, on=SENT)
    assert running(found, key) is None
    assert "litigation_case.set_evidence_period" in actions(found)


def test_it_falls_away_with_the_summary_trial_and_with_the_case(clerk, judge, case, small):
    with on(SENT):
        evidence.set_evidence(judge, case, days=10, on=SENT)
        services.convert(judge, case, reason="需要鉴定。", clerk_name="黎燚")
        short = refusal(evidence.set_evidence, judge, case, days=10, on=SENT)
        assert (short.article, short.field) == ("S2 art. 99; S37 art. 51", "days")
        assert short.remedy
        evidence.set_evidence(judge, small, days=7, on=SENT)
        together.served(clerk, small)
        services.close_case(judge, small, Manner.WITHDRAWN, clerk_name="黎燚")
    assert running(case, PeriodKey.SUMMARY_EVIDENCE) is running(small, PeriodKey.SMALL_EVIDENCE) is None
    assert running(keeping.of_case(small)[0], PeriodKey.DEFENCE) is None
    with on(SENT):
        assert refusal(serving.send, clerk, small, on=SENT).article == "CPL art. 128"
        assert refusal(serving.receive, clerk, keeping.of_case(small)[0], on=SENT).article == "CPL art. 128"
        assert keeping.refuse(Obstacle.CLOSED).remedy == ""


def test_the_ordinary_procedure_has_fifteen_days_or_more_unless_agreed_or_set_again(clerk, judge, case):
    with on(SENT):
        together.served(clerk, case)
        services.convert(judge, case, reason="需要鉴定。", clerk_name="黎燚")
        evidence.set_evidence(judge, case, days=30, on=SENT)
        limit = running(case, PeriodKey.ORDINARY_EVIDENCE)
        assert (limit.final_on, limit.article) == (date(2026, 4, 3), "S2 art. 99")
        periods.cancel(judge, limit, "mistaken")
        evidence.set_evidence(judge, case, days=5, on=SENT, agreed=True)
        # Another bench is no other procedure: the time goes on.
        services.to_panel(judge, case, reason="案情复杂。", clerk_name="黎燚")
        assert keeping.evidence_time(case).final_on == date(2026, 3, 9)
    with on(LAST):
        keeping.run_out(system(case.court_id))
        # To rebut what was given: as many days as the court thinks right (S2 art. 99(3)).
        evidence.set_evidence(judge, case, days=3, on=LAST)
    assert keeping.evidence_time(case).final_on == date(2026, 3, 26)


def test_every_party_is_told_the_last_day_and_what_follows(judge, case):
    with on(SENT):
        evidence.set_evidence(judge, case, days=10, on=SENT)
    rows = sa.select(Notice).where(Notice.kind == evidence.KIND, Notice.dispute_id == case.dispute_id)
    told = db.session.scalars(rows).all()
    assert len(told) == len(disputes.parties(case.dispute_id))
    assert {one.subject_id for one in told} == {case.id}
    assert all("2026年3月16日" in one.text for one in told)


def test_it_is_set_while_the_trial_is_prepared(clerk, judge, case):
    with on(SENT):
        together.at_once(clerk, case)
        services.heard(judge, case, on=SENT)
        refused = refusal(evidence.set_evidence, judge, case, days=10, on=SENT)
    assert refused.article == "S2 art. 99"


def test_an_objection_to_jurisdiction_stops_the_time_for_evidence(clerk, judge, case):
    with on(SERVED):
        one = together.served(clerk, case)[0]
        evidence.set_evidence(judge, case, days=10, on=SERVED)
    limit = running(case, PeriodKey.SUMMARY_EVIDENCE)
    assert limit.final_on == date(2026, 3, 16)
    with on(date(2026, 3, 9)):
        raised = deciding.question(
            clerk,
            case,
            origin=Origin.PARTY,
            party_id=one.party_id,
            raised_on=date(2026, 3, 9),
            reason="被告住所地不在本区。",
        )
    assert limit.is_suspended
    with on(date(2026, 3, 12)):
        # S37 art. 55(1): nothing is set meanwhile; afterwards the seven days that were left run on.
        assert refusal(evidence.set_evidence, judge, case, days=5, on=date(2026, 3, 12)).article == "CPL art. 130"
        deciding.drop(clerk, raised)
    assert limit.final_on == date(2026, 3, 19)


def test_the_database_keeps_each_state_with_its_day(clerk, case):
    one = sent(clerk, case)
    db.session.flush()
    table = Defence.__table__
    for bare in ({"status": "served"}, {"status": "received", "served_on": SERVED}, {"served_on": SERVED}):
        with pytest.raises(IntegrityError), db.session.begin_nested():
            db.session.execute(sa.update(table).where(table.c.id == one.id).values(**bare))


# --- on the screen ----------------------------------------------------------------------------------------------------


def test_from_the_plaint_to_the_hearing_on_the_page(client_for, clerk_li, judge_zhou, case):
    counter, bench, here = client_for(clerk_li), client_for(judge_zhou), f"/cases/{case.id}"
    assert "发送起诉状副本" in counter.get(f"/disputes/{case.dispute_id}").text
    assert counter.post(f"{here}/plaint", {"sending-on": ""}, status=422).errors()
    counter.post(f"{here}/plaint", {"sending-on": "今天"})
    one = keeping.of_case(again(LitigationCase, case.id))[0]
    name, url = f"defence-{one.id}-", f"{here}/defences/{one.id}"
    sheet = bench.get(here).soup.find(id="defence").get_text(" ")
    assert "起诉状副本已发送" in sheet
    # The hearing says what it waits for, and is refused beside its field.
    page = bench.post(f"{here}/heard", {"heard-on": "今天"}, status=422)
    assert "第一百二十八条" in page.soup.find(id="hearing").get_text()
    told = {
        f"{name}method": "direct",
        f"{name}on": "今天",
        f"{name}receiver": "",
        f"{name}days": "",
        f"{name}note": "见证",
    }
    page = counter.post(f"{url}/service", told, status=422)
    assert page.field(f"{name}note") == "见证"
    assert counter.post(f"{url}/service", told | {f"{name}receiver": "本人", f"{name}days": "16"}, status=422).errors()
    counter.post(f"{url}/service", told | {f"{name}receiver": "本人"})
    assert again(Defence, one.id).status is DefenceStatus.SERVED
    counter.post(f"{url}/service", told, status=409)
    page = counter.post(f"{url}/statement", {f"{name}on": "昨天昨天"}, status=422)
    assert page.errors()
    counter.post(f"{url}/statement", {f"{name}on": "今天"})
    counter.post(f"{url}/copy", {f"{name}on": "今天"})
    assert again(Defence, one.id).status is DefenceStatus.PASSED_ON
    counter.post(f"{url}/copy", {f"{name}on": "今天"}, status=409)
    counter.post(f"{here}/defences/{one.id + 99}/copy", {}, status=404)
    assert bench.post(f"{here}/periods-waived", {"waiver-on": ""}, status=422).errors()
    bench.post(f"{here}/periods-waived", {"waiver-on": "今天"})
    bench.post(f"{here}/heard", {"heard-on": "今天"})
    assert again(LitigationCase, case.id).heard_on == clock.today()


def test_the_time_for_evidence_on_the_page(client_for, clerk_li, judge_zhou, judge_wu, small):
    here, told = f"/cases/{small.id}/evidence-period", {"evidence-days": "8", "evidence-on": "今天"}
    client_for(clerk_li).post(here, told, status=403)
    client_for(judge_wu).post(here, told, status=403)
    bench = client_for(judge_zhou)
    page = bench.post(here, told, status=422)
    assert page.errors()
    assert page.field("evidence-days") == "8"
    bench.post(here, told | {"evidence-days": "7"})
    assert "7" in bench.get(f"/cases/{small.id}").soup.find(id="defence").get_text()


ACTS = ("plaint", "periods-waived", "evidence-period", "defences/1/service", "defences/1/statement", "defences/1/copy")


@pytest.mark.parametrize("act", ACTS)
def test_nobody_else_and_no_other_court(
    client_for, mediator_wang, president_he, judge_wu, clerk_of_other_court, case, act
):
    for somebody in (mediator_wang, president_he):
        client_for(somebody).post(f"/cases/{case.id}/{act}", {}, status=403)
    only_judges = act == "evidence-period"
    client_for(clerk_of_other_court).post(f"/cases/{case.id}/{act}", {}, status=403 if only_judges else 404)
