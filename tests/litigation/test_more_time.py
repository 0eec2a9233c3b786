"""More time to try a case (R3-48): the judge asks with reasons, the president decides, the old last day is kept."""

from datetime import date, timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from mediation.accounts import services as accounts
from mediation.kernel import clock
from mediation.kernel.db import db
from mediation.kernel.errors import DomainError, IllegalStep, NotPermitted
from mediation.litigation import services
from mediation.litigation.limits import asking
from mediation.litigation.limits.models import LimitExtension
from mediation.litigation.limits.rules import RequestStatus
from mediation.litigation.models import LitigationCase
from mediation.litigation.rules import Manner, Procedure
from mediation.litigation.tariff import FeeKind
from mediation.periods import services as periods
from mediation.periods.table import PeriodKey
from mediation.scheduling import services as scheduling
from mediation.scheduling.rules import ResourceKind
from tests import builders
from tests.builders import make_dispute
from tests.litigation import together
from tests.traces import told, trail

FILED = date(2026, 3, 2)
REASON = "案情需要等待另案判决，无法在期限内审结。"


def on(day):
    return clock.pretend(clock.at(day, 10))


def file_paid(clerk):
    made = services.file_case(clerk, make_dispute(clerk))
    services.issue_fee_notice(clerk, made, kind=FeeKind.PROPERTY, received_on=clock.today())
    services.record_payment(clerk, made)
    return made


@pytest.fixture
def case(clerk, judge):
    """On the fast track since the day it was filed: three months, to 2 June 2026."""
    with on(FILED):
        made = file_paid(clerk)
        tribunal = scheduling.resources(clerk, (ResourceKind.TRIBUNAL,))[0]
        services.to_fast_track(clerk, made, tribunal_id=tribunal.id, judge_id=judge.id)
    db.session.commit()
    return made


def ask(judge, case, months=1, day=date(2026, 5, 20), reason=REASON):
    with on(day):
        return asking.ask(judge, case, months=months, reason=reason)


def limit(case):
    return services.limit_of(case)


# --- the law ---------------------------------------------------------------------------------------------------------


def test_a_summary_case_gets_one_month_counted_from_filing(judge, president, case):
    assert limit(case).final_on == date(2026, 6, 2)
    asked = ask(judge, case)
    assert [n.user_id for n in told("litigation.more_time")] == [president.id]
    with on(date(2026, 5, 25)):
        asking.grant(president, asked, note="同意")
    assert (asked.status, asked.former_final_on, asked.final_on) == (
        RequestStatus.GRANTED, date(2026, 6, 2), date(2026, 7, 2),
    )  # fmt: skip
    kept = limit(case)
    assert kept.final_on == date(2026, 7, 2), "four months in all"
    assert [(e.by, e.agreed_on, e.note) for e in kept.extensions] == [(1, date(2026, 5, 25), REASON)]
    assert [said["final"] for said in kept.history] == ["2026-06-02"]
    assert [n.user_id for n in told("litigation.more_time_granted")] == [judge.id]
    assert {"limit_extension.ask", "limit_extension.grant", "deadline.extend"} <= set(trail(case.dispute_id))


def test_each_reader_is_told_in_the_own_language(judge, president_he, case):
    accounts.prefer(president_he.as_actor(), locale="en")
    ask(judge, case)
    (word,) = told("litigation.more_time")
    assert word.text == "刘某 v. 汪某: more time to try the case is asked for. The limit ends on 2 June 2026."
    with on(date(2026, 5, 25)):
        asking.grant(president_he.as_actor(), asking.pending(case))
    (back,) = told("litigation.more_time_granted")
    assert "2026年7月2日" in back.text
    assert " v. " not in back.text


def test_no_more_than_the_law_allows(judge, president, case):
    with pytest.raises(DomainError) as too_long:
        ask(judge, case, months=2)
    assert (too_long.value.article, too_long.value.field) == ("CPL art. 164; S2 art. 258", "months")
    asked = ask(judge, case)
    with on(date(2026, 5, 25)):
        asking.grant(president, asked)
    with pytest.raises(DomainError) as used:
        ask(judge, case, day=date(2026, 6, 20))
    assert used.value.article == "CPL art. 164; S2 art. 258"
    assert used.value.remedy


def test_an_ordinary_case_gets_six_months_in_all(judge, case, president):
    with on(FILED + timedelta(days=1)):
        services.convert(judge, case, reason="案情复杂", clerk_name="黎燚")
    assert case.procedure is Procedure.ORDINARY_SOLE
    assert limit(case).final_on == date(2026, 9, 2)
    asked = ask(judge, case, months=4, day=date(2026, 8, 20))
    with on(date(2026, 8, 21)):
        asking.grant(president, asked)
    assert limit(case).final_on == date(2027, 1, 4), "2 January 2027 is a rest day"
    with pytest.raises(DomainError):
        ask(judge, case, months=3, day=date(2026, 12, 1))
    asked = ask(judge, case, months=2, day=date(2026, 12, 1))
    with on(date(2026, 12, 2)):
        asking.grant(president, asked)
    assert asking.months_left(limit(case)) == 0
    with pytest.raises(DomainError) as more:
        ask(judge, case, months=1, day=date(2027, 2, 1))
    assert more.value.article == "CPL art. 152"


def test_a_small_claim_gets_one_month(clerk, judge, president):
    with on(FILED):
        services.record_wage(president, year=2025, amount_fen=10_000_000, published_on=FILED, source="公报")
        made = file_paid(clerk)
        tribunal = scheduling.resources(clerk, (ResourceKind.TRIBUNAL,))[0]
        services.to_fast_track(clerk, made, tribunal_id=tribunal.id, judge_id=judge.id, procedure=Procedure.SMALL)
    assert limit(made).final_on == date(2026, 5, 6), "2 May lies in the holidays"
    asked = ask(judge, made, day=date(2026, 4, 20))
    with on(date(2026, 4, 21)):
        asking.grant(president, asked)
    assert limit(made).final_on == date(2026, 6, 2)


def test_summary_time_may_be_approved_when_the_limit_has_run_out_ordinary_time_not(clerk, judge, president, case):
    """S2 art. 258 speaks of the limit that has run out; CPL art. 152 does not."""
    asked = ask(judge, case, day=date(2026, 6, 10))
    with on(date(2026, 6, 11)):
        asking.grant(president, asked)
    assert limit(case).final_on == date(2026, 7, 2)
    with on(FILED):
        other = file_paid(clerk)
        services.to_ordinary(clerk, other)
        together.named(clerk, other, guiding())
    with pytest.raises(DomainError) as over:
        ask(guiding(), other, day=date(2026, 9, 3))
    assert over.value.article == "CPL art. 152"


def guiding():
    """The guiding judge asks where no judge of this centre was named."""
    return builders.someone("judge_wu").as_actor()


def test_time_that_would_be_over_already_is_not_asked_for(judge, case):
    with pytest.raises(DomainError) as late:
        ask(judge, case, day=date(2026, 7, 10))
    assert late.value.field == "months"


def test_what_is_decided_too_late_is_refused_and_stays_asked(clerk, president):
    with on(FILED):
        other = file_paid(clerk)
        services.to_ordinary(clerk, other)
        together.named(clerk, other, guiding())
    asked = ask(guiding(), other, months=3, day=date(2026, 8, 20))
    with on(date(2026, 9, 3)), pytest.raises(DomainError) as over:
        asking.grant(president, asked)
    assert over.value.article == "CPL art. 152"
    assert asked.status is RequestStatus.ASKED


# --- refusal, falling away, who and when -----------------------------------------------------------------------------


def test_a_refusal_says_why_and_changes_nothing(judge, president, case):
    asked = ask(judge, case)
    with on(date(2026, 5, 25)):
        with pytest.raises(DomainError) as silent:
            asking.refuse(president, asked, note="  ")
        assert silent.value.field == "note"
        asking.refuse(president, asked, note="理由不充分，应当在期限内审结。")
    assert (asked.status, asked.final_on) == (RequestStatus.REFUSED, None)
    assert limit(case).final_on == date(2026, 6, 2)
    assert [n.user_id for n in told("litigation.more_time_refused")] == [judge.id]
    assert "limit_extension.refuse" in set(trail(case.dispute_id))
    for again in (asking.grant, asking.refuse):
        with on(date(2026, 5, 26)), pytest.raises(IllegalStep):
            again(president, asked, note="再次决定")
    ask(judge, case, day=date(2026, 5, 27))


def test_one_application_at_a_time(judge, case):
    ask(judge, case)
    with pytest.raises(DomainError) as twice:
        ask(judge, case)
    assert twice.value.remedy
    table = LimitExtension.__table__
    row = dict(db.session.execute(sa.select(table)).mappings().one())
    row.pop("id")
    with pytest.raises(IntegrityError), db.session.begin_nested():
        db.session.execute(sa.insert(table).values(**row))


def test_nobody_decides_on_the_own_application(case, judge):
    asked = ask(judge, case)
    table = LimitExtension.__table__
    own = sa.update(table).where(table.c.id == asked.id).values(decided_by_id=judge.id, status="refused", note="x")
    with pytest.raises(IntegrityError, match="somebody_else"), db.session.begin_nested():
        db.session.execute(own)


def test_the_application_falls_away_with_its_limit(judge, case):
    asked = ask(judge, case)
    with on(date(2026, 5, 21)):
        services.convert(judge, case, reason="案情复杂", clerk_name="黎燚")
    assert asked.status is RequestStatus.DROPPED
    later = ask(judge, case, months=6, day=date(2026, 8, 1))
    with on(date(2026, 8, 2)):
        services.close_case(judge, case, Manner.WITHDRAWN, clerk_name="黎燚")
    assert later.status is RequestStatus.DROPPED
    assert "limit_extension.drop" in set(trail(case.dispute_id))
    with pytest.raises(IllegalStep):
        ask(judge, case, day=date(2026, 8, 3))


def test_before_trial_nobody_asks(clerk):
    with on(FILED):
        made = services.file_case(clerk, make_dispute(clerk))
    with pytest.raises(IllegalStep) as early:
        ask(guiding(), made)
    assert early.value.article == "CPL arts 152, 164, 168"


def test_only_the_judge_of_the_case_asks_and_only_the_president_decides(clerk, judge, president, case, judge_wu):
    for somebody in (clerk, president, judge_wu.as_actor()):
        with pytest.raises(NotPermitted):
            ask(somebody, case)
    asked = ask(judge, case)
    for somebody in (clerk, judge, judge_wu.as_actor()):
        with pytest.raises(NotPermitted):
            asking.grant(somebody, asked)
        assert asking.get(somebody, asked.id) is None


# --- on the screen ---------------------------------------------------------------------------------------------------


@pytest.fixture
def today_case(clerk, judge):
    """On the fast track since today."""
    made = file_paid(clerk)
    tribunal = scheduling.resources(clerk, (ResourceKind.TRIBUNAL,))[0]
    services.to_fast_track(clerk, made, tribunal_id=tribunal.id, judge_id=judge.id)
    db.session.commit()
    return made


WISH = {"more-time-months": "1", "more-time-reason": REASON}


def test_judge_asks_president_decides_on_the_screen(client_for, judge_zhou, president_he, today_case):
    browser, chair = client_for(judge_zhou), client_for(president_he)
    page = browser.get(f"/cases/{today_case.id}")
    assert page.soup.find(id="more-time").find("form")
    before = limit(today_case).final_on
    browser.post(f"/cases/{today_case.id}/more-time", WISH)
    page = browser.get(f"/cases/{today_case.id}")
    assert page.soup.find(id="more-time").find("form") is None, "one waits"
    waiting = chair.get("/cases/more-time")
    link = waiting.soup.select_one("td.action a")["href"]
    shown = chair.get(link)
    assert REASON in shown.text
    chair.post(link, {"answer": "refuse", "note": ""}, status=422)
    kept = chair.post(link, {"answer": "", "note": "再考虑"}, status=422)
    assert kept.field("note") == "再考虑"
    chair.post(link, {"answer": "grant", "note": "同意"})
    chair.get(link, status=409)
    db.session.expire_all()
    case = db.session.get_one(LitigationCase, today_case.id)
    assert limit(case).final_on > before
    why = browser.get(f"/deadlines/{limit(case).id}")
    assert "院长" in why.soup.find(id="history").get_text()
    assert REASON in why.soup.find(id="history").get_text()
    assert not chair.get("/cases/more-time").soup.select("td.action")


def test_bad_input_keeps_what_was_typed(client_for, judge_zhou, today_case):
    page = client_for(judge_zhou).post(
        f"/cases/{today_case.id}/more-time", {"more-time-months": "7", "more-time-reason": REASON}, status=422
    )
    assert page.field("more-time-reason") == REASON
    assert page.errors()
    assert asking.of_case(today_case.id) == []


@pytest.mark.parametrize(
    ("who", "status"),
    [("clerk_li", 403), ("president_he", 403), ("judge_wu", 403), ("judge_chen", 403), ("mediator_wang", 403),
     ("clerk_of_other_court", 403)],
)  # fmt: skip
def test_who_may_not_ask(request, client_for, today_case, who, status):
    client_for(request.getfixturevalue(who)).post(f"/cases/{today_case.id}/more-time", WISH, status=status)
    assert asking.of_case(today_case.id) == []


@pytest.mark.parametrize("who", ["clerk_li", "judge_zhou", "judge_chen", "mediator_wang"])
def test_who_may_not_decide(request, client_for, judge, today_case, who):
    asked = asking.ask(judge, today_case, months=1, reason=REASON)
    db.session.commit()
    browser = client_for(request.getfixturevalue(who))
    browser.get("/cases/more-time", status=403)
    browser.post(f"/cases/more-time/{asked.id}", {"answer": "grant"}, status=403)
    assert asked.status is RequestStatus.ASKED


def test_unknown_applications_and_wrong_states(client_for, clerk, judge_wu, president_he, today_case):
    client_for(president_he).get("/cases/more-time/999999", status=404)
    early = services.file_case(clerk, make_dispute(clerk))
    db.session.commit()
    page = client_for(judge_wu).post(f"/cases/{early.id}/more-time", WISH, status=409)
    assert page.soup.select(".error-article")


def test_the_limit_is_left_alone_by_what_the_president_never_saw(judge, case):
    assert periods.current("litigation_case", case.id, PeriodKey.TRIAL_SUMMARY).extensions == []
    ask(judge, case)
    assert periods.current("litigation_case", case.id, PeriodKey.TRIAL_SUMMARY).extensions == []
