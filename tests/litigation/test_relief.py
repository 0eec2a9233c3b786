"""A missed time restored, on the records and on the screen (CPL art. 86)."""

from datetime import date, timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from mediation.disputes import services as disputes
from mediation.kernel.actor import system
from mediation.kernel.db import db
from mediation.kernel.errors import IllegalStep, NotPermitted
from mediation.litigation.defence import keeping as defences
from mediation.litigation.jurisdiction import deciding as jurisdiction
from mediation.litigation.jurisdiction.rules import Origin
from mediation.litigation.relief import deciding
from mediation.litigation.relief.models import TimeRelief
from mediation.litigation.relief.rules import Hindrance, ReliefStatus
from mediation.litigation.rules import Procedure
from mediation.litigation.services.reading import dispute_of
from mediation.notices.models import Notice
from mediation.periods.rules import DeadlineStatus
from mediation.periods.table import PeriodKey
from tests.litigation import together
from tests.litigation.test_defence import actions, refusal
from tests.litigation.test_procedure import on, track

SERVED, LAST = date(2026, 3, 4), date(2026, 3, 19)
ENDED, ASKED, NEW = date(2026, 3, 23), date(2026, 3, 25), date(2026, 4, 8)
TOO_LATE = date(2026, 4, 3)


@pytest.fixture
def case(clerk, judge, president_he):
    """The time to answer ran out on 19 March; the daily run has seen it."""
    made = track(clerk, judge, president_he.as_actor(), Procedure.SUMMARY)
    with on(SERVED):
        together.served(clerk, made)
    with on(date(2026, 3, 20)):
        defences.run_out(system(made.court_id))
    db.session.commit()
    return made


def answer_time(case):
    return defences.time_to_answer(defences.of_case(case)[0])


def ask(clerk, case, day=ASKED, **over):
    told = {
        "deadline_id": answer_time(case).id, "party_id": disputes.parties(case.dispute_id)[1].id,
        "hindrance": Hindrance.OTHER, "reason": "因病住院，附病历。", "ended_on": ENDED, "asked_on": day,
    } | over  # fmt: skip
    with on(day):
        return deciding.ask(clerk, dispute_of(case), **told)


def notices(kind):
    return db.session.scalars(sa.select(Notice).where(Notice.kind == kind)).all()


def test_restored_the_time_runs_again_and_what_it_is_for_is_open_again(clerk, judge, case):
    assert (answer_time(case).final_on, answer_time(case).status) == (LAST, DeadlineStatus.CANCELLED)
    relief = ask(clerk, case)
    counted = deciding.clock_of(relief)
    assert (counted.key, counted.start_on, counted.final_on, counted.status) == (
        PeriodKey.OBSTACLE_RELIEF, ENDED, date(2026, 4, 2), DeadlineStatus.MET,
    )  # fmt: skip
    assert [one.user_id for one in notices("relief.asked")] == [judge.id]
    with on(ASKED):
        assert refusal(deciding.decide, judge, relief, granted=True).field == "until"
        deciding.decide(judge, relief, granted=True, until=NEW)
    limit = answer_time(case)
    assert (limit.final_on, limit.status, limit.extensions[0].source) == (NEW, DeadlineStatus.OPEN, "CPL art. 86")
    assert any(said["final"] == LAST.isoformat() for said in limit.history)
    assert "2026年4月8日" in notices(deciding.RESTORED)[0].text
    # CPL art. 130: the objection to jurisdiction, refused as too late before, is in time again.
    with on(date(2026, 4, 7)):
        jurisdiction.question(
            clerk,
            case,
            origin=Origin.PARTY,
            party_id=relief.party_id,
            raised_on=date(2026, 4, 7),
            reason="住所地不在本区。",
        )
    assert {"time_relief.ask", "time_relief.grant", "deadline.restore"} <= set(actions(case))
    with on(ASKED), pytest.raises(IllegalStep):
        deciding.decide(judge, relief, granted=True, until=NEW)


def test_refused_the_party_is_told_why_and_the_time_stays_over(clerk, judge, case):
    relief = ask(clerk, case)
    with on(ASKED):
        assert refusal(deciding.decide, judge, relief, granted=False).field == "note"
        deciding.decide(judge, relief, granted=False, note="可以委托他人提交。")
    assert (relief.status, answer_time(case).final_on) == (ReliefStatus.REFUSED, LAST)
    assert "可以委托他人提交。" in notices(deciding.NOT_RESTORED)[0].text
    assert "time_relief.refuse" in actions(case)


def test_ten_days_after_the_end_of_the_obstacle_and_not_later(clerk, judge, mediator_wang, case):
    late = refusal(ask, clerk, case, day=TOO_LATE)
    assert (late.article, late.field) == ("CPL art. 86", "asked_on")
    assert "4月2日" in str(late.message)
    assert (
        refusal(ask, clerk, case, ended_on=LAST - timedelta(days=1), day=LAST + timedelta(days=1)).field == "ended_on"
    )
    assert refusal(ask, clerk, case, reason=" ").field == "reason"
    assert refusal(ask, clerk, case, deadline_id=999_999).field == "deadline_id"
    plaintiff = disputes.parties(case.dispute_id)[0].id
    assert refusal(ask, clerk, case, party_id=plaintiff).field == "party_id", "the time to answer is the defendant's"
    relief = ask(clerk, case)
    assert refusal(ask, clerk, case).field == "deadline_id"
    with pytest.raises(NotPermitted):
        ask(mediator_wang.as_actor(), case)
    with on(ASKED), pytest.raises(NotPermitted):
        deciding.decide(clerk, relief, granted=False, note="无。")
    deciding.withdraw(clerk, relief)
    assert relief.status is ReliefStatus.WITHDRAWN
    assert ask(clerk, case).status is ReliefStatus.ASKED


def test_a_time_that_still_runs_is_not_offered(clerk, case):
    with on(LAST):
        assert deciding.missed(case.dispute_id) == []
    with on(ASKED):
        assert [one.key for one in deciding.missed(case.dispute_id)] == [PeriodKey.DEFENCE]


def test_the_database_holds_what_the_law_says(clerk, case):
    relief = ask(clerk, case)
    db.session.commit()
    table = TimeRelief.__table__
    for wrong in ({"status": "granted"}, {"status": "refused"}, {"reason": ""}, {"asked_on": LAST}):
        with pytest.raises(IntegrityError), db.session.begin_nested():
            db.session.execute(sa.update(table).where(table.c.id == relief.id).values(**wrong))


def test_on_the_page_from_the_application_to_the_decision(client_for, clerk_li, judge_zhou, judge_wu, case):
    here = f"/disputes/{case.dispute_id}/relief"
    typed = {
        "relief-deadline_id": str(answer_time(case).id), "relief-hindrance": "other",
        "relief-party_id": str(disputes.parties(case.dispute_id)[1].id), "relief-reason": "因病住院。",
        "relief-ended_on": "2026-03-23", "relief-asked_on": "2026-03-20",
    }  # fmt: skip
    with on(ASKED):
        counter, bench = client_for(clerk_li), client_for(judge_zhou)
        assert here in str(counter.get(f"/disputes/{case.dispute_id}").soup)
        page = counter.post(here, typed, status=422)
        assert page.errors()
        assert "因病住院。" in page.text
        counter.post(here, typed | {"relief-asked_on": "2026-03-25"})
        # Asked for, it is not offered again but said to wait; sent once more all the same, it is refused with its article.
        page = counter.get(here)
        assert page.soup.find("select", attrs={"name": "relief-deadline_id"}) is None
        assert "等待决定" in page.text
        again = counter.post(here, typed | {"relief-asked_on": "2026-03-25"}, status=422)
        assert "第八十六条" in again.text
        relief = db.session.scalars(sa.select(TimeRelief)).one()
        address = f"{here}/{relief.id}"
        counter.post(address, {}, status=403)
        client_for(judge_wu).post(address, {}, status=403)
        bench.post(f"{here}/{relief.id + 9}", {}, status=404)
        assert bench.post(address, {"relief-decision-answer": "no", "relief-decision-until": ""}, status=422).errors()
        bench.post(address, {"relief-decision-answer": "yes", "relief-decision-until": "2026-04-08"})
        bench.post(address, {}, status=409)
        counter.post(f"{address}/withdrawal", {}, status=409)
        assert "4月8日" in counter.get(here).text


@pytest.mark.parametrize("act", ["relief", "relief/1", "relief/1/withdrawal"])
def test_nobody_else_and_no_other_court(client_for, mediator_wang, clerk_of_other_court, case, act):
    client_for(mediator_wang).post(f"/disputes/{case.dispute_id}/{act}", {}, status=403)
    client_for(clerk_of_other_court).post(f"/disputes/{case.dispute_id}/{act}", {}, status=404)
