"""More time for the trial: asked for by the judge of the case, decided by the president; mediation that was extended."""

from datetime import timedelta

import pytest
import sqlalchemy as sa
from dateutil.relativedelta import relativedelta

from mediation.assignment import services as assignments
from mediation.assignment.rules import EndCode
from mediation.intake import services as intake
from mediation.kernel import audit, clock
from mediation.kernel.db import db
from mediation.kernel.errors import DomainError, NotPermitted
from mediation.litigation import services
from mediation.litigation.models import TrialExtension
from mediation.litigation.services import extending
from mediation.litigation.tariff import FeeKind
from mediation.notices.models import Notice
from mediation.scheduling import services as scheduling
from mediation.scheduling.rules import ResourceKind
from tests import builders
from tests.builders import make_dispute

REASON = "鉴定意见尚未作出，案情需要进一步核实。"


@pytest.fixture
def case(clerk_li, judge_zhou):
    """A case on the fast track before judge Zhou."""
    clerk = clerk_li.as_actor()
    made = services.file_case(clerk, make_dispute(clerk))
    services.issue_fee_notice(clerk, made, kind=FeeKind.PROPERTY, received_on=clock.today())
    services.record_payment(clerk, made)
    tribunal = scheduling.resources(clerk, (ResourceKind.TRIBUNAL,))[0]
    services.to_fast_track(clerk, made, tribunal_id=tribunal.id, judge_id=judge_zhou.id)
    db.session.commit()
    return made


@pytest.fixture
def asked(case, judge_zhou):
    made = extending.ask(judge_zhou.as_actor(), case, months=1, reason=REASON)
    db.session.commit()
    return made


def last_day(case):
    return services.limit_of(case).final_on


def actions(case) -> list[str]:
    return [event.action for event in audit.of_dispute(case.dispute_id)]


def test_the_judge_asks_and_the_president_extends(client_for, judge_zhou, president_he, case):
    before = last_day(case)
    browser = client_for(judge_zhou)
    assert browser.get(f"/cases/{case.id}").soup.find(id="extension")
    sent = {"extension-months": "1", "extension-reason": REASON}
    browser.post(f"/cases/{case.id}/extension", sent)
    president = client_for(president_he)
    page = president.get("/cases/extensions")
    assert REASON in page.text
    asked = db.session.scalars(sa.select(TrialExtension)).one()
    president.post(f"/cases/extensions/{asked.id}", {"answer": "grant"})
    limit = services.limit_of(case)
    assert limit.final_on >= before + relativedelta(months=1) - timedelta(days=9)
    assert limit.final_on > before
    assert limit.history[-1]["final"] == before.isoformat()
    assert {"trial_extension.ask", "trial_extension.grant", "deadline.extend"} <= set(actions(case))
    assert president.get("/cases/extensions").soup.select(".empty")
    told = db.session.scalars(sa.select(Notice).where(Notice.kind == "trial_extension.decided")).one()
    assert told.user_id == judge_zhou.id
    page = browser.get(f"/cases/{case.id}")
    assert "已延长" in page.soup.find(id="extension").get_text()
    # The period's own page tells of it, with the article.
    why = browser.get(f"/deadlines/{limit.id}")
    assert "第一百六十四条" in why.text


def test_the_president_does_not_extend(client_for, president_he, case, asked):
    before = last_day(case)
    client_for(president_he).post(f"/cases/extensions/{asked.id}", {"answer": "deny"})
    assert last_day(case) == before
    assert "trial_extension.deny" in actions(case)
    assert asked.granted is False


def test_the_law_leaves_one_month_and_no_more(judge_zhou, president_he, case, asked):
    extending.grant(president_he.as_actor(), asked)
    assert extending.most_left(services.limit_of(case)) == 0
    with pytest.raises(DomainError) as refused:
        extending.ask(judge_zhou.as_actor(), case, months=1, reason=REASON)
    assert "CPL art. 164" in refused.value.article
    assert refused.value.remedy


@pytest.mark.parametrize("months", ["0", "2", "13", ""])
def test_other_lengths_keep_what_was_typed(client_for, judge_zhou, case, months):
    sent = {"extension-months": months, "extension-reason": REASON}
    page = client_for(judge_zhou).post(f"/cases/{case.id}/extension", sent, status=422)
    assert page.errors()
    assert page.field("extension-reason") == REASON
    assert db.session.scalar(sa.select(sa.func.count(TrialExtension.id))) == 0


def test_one_request_at_a_time(client_for, judge_zhou, case, asked):
    sent = {"extension-months": "1", "extension-reason": REASON}
    page = client_for(judge_zhou).post(f"/cases/{case.id}/extension", sent, status=422)
    assert "待院长审批" in " ".join(page.errors())


def test_after_the_limit_nothing_can_be_asked(judge_zhou, case):
    with clock.pretend(clock.at(last_day(case) + timedelta(days=1), 9)), pytest.raises(DomainError) as refused:
        extending.ask(judge_zhou.as_actor(), case, months=1, reason=REASON)
    assert refused.value.article


def test_on_the_last_day_it_can(judge_zhou, case):
    with clock.pretend(clock.at(last_day(case), 9)):
        assert extending.ask(judge_zhou.as_actor(), case, months=1, reason=REASON).decided_at is None


def test_after_the_limit_the_president_cannot_extend_either(president_he, case, asked):
    with clock.pretend(clock.at(last_day(case) + timedelta(days=1), 9)), pytest.raises(DomainError):
        extending.grant(president_he.as_actor(), asked)
    assert asked.decided_at is None


def test_a_decision_is_made_once(client_for, president_he, case, asked):
    browser = client_for(president_he)
    browser.post(f"/cases/extensions/{asked.id}", {"answer": "grant"})
    after = last_day(case)
    browser.post(f"/cases/extensions/{asked.id}", {"answer": "grant"}, status=409)
    browser.post(f"/cases/extensions/{asked.id}", {"answer": "deny"}, status=409)
    assert last_day(case) == after


def test_a_case_converted_meanwhile_has_another_limit(president_he, judge_zhou, case, asked):
    services.convert(judge_zhou.as_actor(), case, reason="案情复杂")
    with pytest.raises(DomainError) as refused:
        extending.grant(president_he.as_actor(), asked)
    assert refused.value.article == "S2 art. 258"


def test_the_ordinary_procedure_leaves_six_months(judge_zhou, president_he, case):
    services.convert(judge_zhou.as_actor(), case, reason="案情复杂")
    before = last_day(case)
    made = extending.ask(judge_zhou.as_actor(), case, months=6, reason=REASON)
    assert extending.grant(president_he.as_actor(), made).final_on > before + timedelta(days=170)


@pytest.mark.parametrize("who", ["clerk_li", "judge_wu", "judge_chen", "president_he", "mediator_wang", "auditor"])
def test_only_the_judge_of_the_case_asks(request, client_for, case, who):
    browser = client_for(request.getfixturevalue(who))
    browser.post(f"/cases/{case.id}/extension", {"extension-months": "1", "extension-reason": REASON}, status=403)
    assert db.session.scalar(sa.select(sa.func.count(TrialExtension.id))) == 0


def test_a_stranger_finds_nothing(client_for, clerk_of_other_court, case):
    client_for(clerk_of_other_court).get(f"/cases/{case.id}", status=404)


@pytest.mark.parametrize("who", ["clerk_li", "judge_zhou", "mediator_wang", "auditor"])
def test_only_the_president_decides(request, client_for, case, asked, who):
    user = request.getfixturevalue(who)
    browser = client_for(user)
    browser.get("/cases/extensions", status=403)
    browser.post(f"/cases/extensions/{asked.id}", {"answer": "grant"}, status=403)
    with pytest.raises(NotPermitted):
        extending.grant(user.as_actor(), asked)
    assert asked.decided_at is None


def test_a_wrong_answer_is_no_request(client_for, president_he, asked):
    client_for(president_he).post(f"/cases/extensions/{asked.id}", {"answer": "perhaps"}, status=400)
    client_for(president_he).post("/cases/extensions/999999", {"answer": "grant"}, status=404)


def test_the_database_lets_nobody_decide_on_the_own_request(case, asked, judge_zhou):
    table = TrialExtension.__table__
    own = sa.update(table).where(table.c.id == asked.id)
    with pytest.raises(sa.exc.IntegrityError):
        db.session.connection().execute(own.values(decided_by_id=judge_zhou.id, granted=True, decided_at=clock.now()))
    db.session.rollback()


# --- mediation that was extended --------------------------------------------------------------------------------------


@pytest.fixture
def entrusted(clerk_li, mediator_wang):
    """Filed, entrusted to 王调解 and accepted."""
    clerk = clerk_li.as_actor()
    dispute = builders.make_consented(clerk)
    case = intake.file_now(clerk, dispute)
    assignment = builders.accepted_assignment(clerk, mediator_wang.as_actor(), dispute)
    return case, assignment


def extended(mediator, assignment, days: int):
    until = assignments.clock_of(assignment).final_on + timedelta(days=days)
    parties = builders.party_ids(assignment.dispute_id)
    assignments.extend(
        mediator,
        assignment,
        until=until,
        agreed_on=clock.today(),
        agreed_by=parties,
        manner="signed",
        reason="继续协商",
    )


def test_only_the_added_part_of_the_mediation_is_left_out_of_the_limit(mediator_wang, entrusted):
    case, assignment = entrusted
    mediator, plain = mediator_wang.as_actor(), assignments.clock_of(assignment).final_on
    extended(mediator, assignment, 20)
    before = services.limit_of(case).raw_on
    with clock.pretend(clock.at(plain + timedelta(days=12), 10)):
        assignments.end(mediator, assignment, EndCode.OTHER, reason="双方分歧过大")
    limit = services.limit_of(case)
    assert [(p.after, p.through) for p in limit.pauses] == [(plain, plain + timedelta(days=12))]
    assert (limit.raw_on - before).days == 12


def test_a_mediation_that_ended_in_its_own_time_costs_the_trial_nothing(mediator_wang, entrusted):
    case, assignment = entrusted
    mediator = mediator_wang.as_actor()
    extended(mediator, assignment, 20)
    before = last_day(case)
    assignments.end(mediator, assignment, EndCode.OTHER, reason="双方分歧过大")
    assert last_day(case) == before
    assert services.limit_of(case).pauses == []


def test_without_extension_the_first_days_run_inside_the_limit(mediator_wang, entrusted):
    case, assignment = entrusted
    before, plain = last_day(case), assignments.clock_of(assignment).final_on
    with clock.pretend(clock.at(plain + timedelta(days=3), 10)):
        assignments.end(mediator_wang.as_actor(), assignment, EndCode.EXPIRED, reason="期限届满")
    assert last_day(case) == before
