"""Two mediators in one dispute: asked, all accepting, one presiding (S4 art. 13; S5 arts 11, 12)."""

from datetime import timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError

from mediation.agreements.models import MediationSession
from mediation.agreements.services import sessions
from mediation.assignment import services
from mediation.assignment.rules import Finding, Status
from mediation.assignment.ties import pending
from mediation.assignment.ties.ledger import TieData
from mediation.assignment.ties.recusing import Application
from mediation.assignment.ties.rules import Decision, TieKind, TieSource
from mediation.assignment.together import joining, labels, present, rules
from mediation.assignment.together.models import CoMediator
from mediation.assignment.together.rules import ChairBy, CoObstacle, CoReason, CoStatus
from mediation.disputes import services as disputes
from mediation.kernel import clock, law
from mediation.kernel.actor import system
from mediation.kernel.db import db
from mediation.kernel.errors import DomainError, IllegalStep, NotPermitted
from mediation.periods import services as periods
from mediation.periods.rules import PeriodKey
from mediation.roster import services as roster
from mediation.roster.models import Mediator
from mediation.scheduling.models import Claim
from tests import builders
from tests.traces import recipients, trail

WHY = {"why": "difficult", "reason": "案情复杂，需房屋质量专家"}


@pytest.fixture
def asked(clerk, zhao, accepted) -> CoMediator:
    """赵调解 is asked to join."""
    made = joining.ask(
        clerk, accepted, mediator_id=zhao.mediator_id, why=CoReason.DIFFICULT, reason="案情复杂，需房屋质量专家"
    )
    db.session.commit()
    return made


@pytest.fixture
def joined(zhao, asked) -> CoMediator:
    """赵调解 has accepted."""
    joining.accept(zhao, asked)
    db.session.commit()
    return asked


@pytest.mark.parametrize("obstacle", CoObstacle)
def test_every_refusal_has_article_and_words(obstacle):
    assert law.cite(rules.CO_OBSTACLE_ARTICLE[obstacle])
    assert labels.CO_OBSTACLE[obstacle]


# --- asking and answering -----------------------------------------------------------------------------------------------


def test_asked_with_three_working_days_and_access(zhao, asked, accepted):
    deadline = present.clock_of(asked)
    assert deadline.final_on == periods.compute(PeriodKey.MEDIATOR_ACCEPT, clock.today()).final
    assert recipients("co_mediator.asked") == {"Zhao"}
    assert services.get(zhao, accepted.id) is not None
    assert disputes.get(zhao, accepted.dispute_id) is not None
    assert [co.id for co, _dispute in joining.waiting(zhao)] == [asked.id]
    assert "co_mediator.ask" in trail(accepted.dispute_id)


def test_who_mediates_beside_has_the_dispute_among_the_open_ones(zhao, wang, asked, accepted):
    loads = roster.loads(accepted.court_id)
    assert (loads[wang.mediator_id], loads[zhao.mediator_id]) == (1, 1)
    assert roster.loads(accepted.court_id, mediator_ids=[zhao.mediator_id]) == {zhao.mediator_id: 1}
    joining.decline(zhao, asked, reason="不擅长")
    db.session.commit()
    assert zhao.mediator_id not in roster.loads(accepted.court_id)


def test_no_session_opens_before_all_accepted(wang, zhao, asked, accepted):
    session = builders.planned_session(wang, accepted)
    everybody = {a.id: (True, True) for a in session.attendances}
    with pytest.raises(DomainError) as refused:
        sessions.open_session(wang, session, present=everybody, duties=set(builders.Duty), other_day="各方同意")
    assert refused.value.article == "S4 art. 13; S5 art. 12"
    joining.accept(zhao, asked)
    session = sessions.get(wang, session.id)
    sessions.open_session(wang, session, present=everybody, duties=set(builders.Duty), other_day="各方同意")
    assert accepted.status is Status.IN_SESSION


def test_a_session_takes_the_time_of_both(wang, zhao, joined, accepted):
    session: MediationSession = builders.planned_session(wang, accepted)
    claimed = set(
        db.session.scalars(
            sa.select(Claim.claimant_key).where(
                Claim.booking_id == session.booking_id, Claim.claimant_kind == "mediator"
            )
        )
    )
    assert claimed == {str(wang.mediator_id), str(zhao.mediator_id)}


def test_papers_name_the_one_who_presides_first(joined, accepted):
    assert present.names(accepted) == "王调解（主持）、赵调解"


def test_alone_nobody_is_said_to_preside(accepted):
    assert present.names(accepted) == "王调解"


def test_not_accepting_needs_a_reason_and_ends_access(zhao, asked, accepted):
    with pytest.raises(DomainError) as refused:
        joining.decline(zhao, asked, reason=" ")
    assert refused.value.field == "reason"
    joining.decline(zhao, asked, reason="不熟悉该领域")
    assert asked.status is CoStatus.DECLINED
    assert disputes.get(zhao, accepted.dispute_id) is None
    assert present.clock_of(asked) is None
    with pytest.raises(IllegalStep):
        joining.accept(zhao, asked)


def test_who_does_not_answer_in_time_is_no_longer_waited_for(clerk, asked, accepted, monkeypatch):
    assert joining.expire_unanswered(system(clerk.court_id)) == 0
    real = clock.now
    monkeypatch.setattr(clock, "now", lambda: real() + timedelta(days=14))
    assert joining.expire_unanswered(system(clerk.court_id)) == 1
    assert asked.status is CoStatus.LAPSED
    present.require_all_accepted(accepted)


def test_a_tie_bars_the_further_mediator_as_the_first(clerk, zhao, asked, accepted):
    services.enter_tie(
        zhao,
        db.session.get(Mediator, zhao.mediator_id),
        TieData(TieKind.KIN, "刘某", id_no=builders.TENANT_ID),
        source=TieSource.DISCLOSED,
    )
    (due,) = pending.open_ones(accepted)
    assert due.mediator_id == zhao.mediator_id
    with pytest.raises(DomainError):
        joining.accept(zhao, asked)
    services.decide(clerk, due, Decision.UPHOLD, reason="与申请人系近亲属")
    assert asked.status is CoStatus.LEFT
    assert accepted.status is Status.ACCEPTED, "the one who presides goes on"


def test_a_party_may_apply_against_either(clerk, zhao, joined, accepted):
    party_id = builders.party_ids(accepted.dispute_id)[0]
    made = services.apply(
        clerk,
        accepted,
        Application(party_id, Finding.OTHER_TIE, "曾为对方出具报告", mediator_id=zhao.mediator_id),
    )
    assert (made.mediator_id, accepted.status) == (zhao.mediator_id, Status.SUSPENDED)


ASK = {"why": CoReason.MAJOR, "reason": "影响重大"}


def test_who_cannot_be_asked(clerk, wang, zhao, asked, accepted, organisation_user):
    cases = (
        (clerk, wang.mediator_id, CoObstacle.THE_SAME),
        (clerk, zhao.mediator_id, CoObstacle.ALREADY),
        (clerk, 999999, CoObstacle.OWN_MEMBERS),
    )
    for actor, mediator_id, obstacle in cases:
        with pytest.raises(DomainError) as refused:
            joining.ask(actor, accepted, mediator_id=mediator_id, **ASK)
        assert refused.value.message == labels.CO_OBSTACLE[obstacle]
    joining.leave(clerk, asked, reason="不再需要")
    with pytest.raises(DomainError) as refused:
        joining.ask(organisation_user.as_actor(), accepted, mediator_id=zhao.mediator_id, **ASK)
    assert refused.value.message == labels.CO_OBSTACLE[CoObstacle.OWN_MEMBERS]
    with pytest.raises(DomainError) as refused:
        joining.ask(clerk, accepted, mediator_id=zhao.mediator_id, why=CoReason.MAJOR, reason="  ")
    assert refused.value.field == "reason"


def test_when_the_mediation_goes_back_to_choice_nobody_is_left(clerk, joined, accepted):
    services.replace(clerk, accepted, reason="当事人申请更换")
    assert joined.status is CoStatus.LEFT
    with pytest.raises(DomainError):
        joining.ask(clerk, accepted, mediator_id=joined.mediator_id, **ASK)


def test_the_database_keeps_one_active_row_of_each(clerk, asked):
    copy = (
        "INSERT INTO co_mediator (court_id, dispute_id, assignment_id, mediator_id, why, reason, status, asked_on,"
        " asked_by_id, answer, version) SELECT court_id, dispute_id, assignment_id, mediator_id, why, reason, status,"
        " asked_on, asked_by_id, answer, version FROM co_mediator"
    )
    with pytest.raises(DBAPIError), db.session.begin_nested():
        db.session.execute(sa.text(copy))


# --- who presides -------------------------------------------------------------------------------------------------------


def test_the_court_names_another_to_preside(clerk, wang, zhao, joined, accepted):
    joining.preside(clerk, accepted, joined, by=ChairBy.COURT)
    assert accepted.mediator_id == zhao.mediator_id
    assert present.mediator_ids(accepted) == (zhao.mediator_id, wang.mediator_id)
    assert recipients("co_mediator.presides") == {"Zhao"}
    assert {"assignment.preside", "co_mediator.preside", "co_mediator.step_back"} <= set(trail(accepted.dispute_id))
    # Whoever presides leads; the other does not.
    session = builders.planned_session(zhao, accepted)
    assert session.mediator_id == zhao.mediator_id
    with pytest.raises(NotPermitted):
        builders.planned_session(wang, accepted)


def test_the_parties_choose_only_together(clerk, joined, accepted):
    everybody = builders.party_ids(accepted.dispute_id)
    with pytest.raises(DomainError) as refused:
        joining.preside(clerk, accepted, joined, by=ChairBy.PARTIES, party_ids=everybody[:1])
    assert (refused.value.article, refused.value.field) == ("S5 art. 11", "party_ids")
    joining.preside(clerk, accepted, joined, by=ChairBy.PARTIES, party_ids=everybody)
    assert accepted.mediator_id == joined.mediator_id


def test_only_who_accepted_presides(clerk, asked, accepted):
    with pytest.raises(DomainError) as refused:
        joining.preside(clerk, accepted, asked, by=ChairBy.COURT)
    assert refused.value.message == labels.CO_OBSTACLE[CoObstacle.NOT_TOGETHER]


@pytest.mark.parametrize(
    "who", ["mediator_wang", "mediator_zhao", "judge_zhou", "president_he", "clerk_of_other_court"]
)
def test_who_does_not_ask_or_name(request, zhao, joined, accepted, who):
    actor = request.getfixturevalue(who).as_actor()
    with pytest.raises(NotPermitted):
        joining.ask(actor, accepted, mediator_id=zhao.mediator_id, **ASK)
    with pytest.raises(NotPermitted):
        joining.preside(actor, accepted, joined, by=ChairBy.COURT)


# --- the pages ----------------------------------------------------------------------------------------------------------


def test_from_asking_to_presiding_on_the_pages(client_for, clerk_li, mediator_zhao, accepted):
    browser, other = client_for(clerk_li), client_for(mediator_zhao)
    url = f"/assignments/{accepted.id}/together"
    assert browser.get(f"/disputes/{accepted.dispute_id}").soup.find("a", href=url)
    browser.get(url)
    sent = WHY | {"mediator_id": str(mediator_zhao.mediator_id)}
    page = browser.post(url, sent | {"why": ""}, status=422)
    assert page.field("reason") == WHY["reason"]
    browser.post(url, sent)
    browser.post(url, sent, status=422)
    (co,) = db.session.scalars(sa.select(CoMediator)).all()
    answer = f"/co-mediators/{co.id}"
    assert other.get("/assignments").soup.find("a", href=answer)
    assert other.get(f"/disputes/{accepted.dispute_id}").soup.find("a", href=answer)
    other.get(answer)
    other.post(answer, {})
    other.post(answer, {}, status=409)
    chair = {"chair-co_id": str(co.id), "chair-by": "parties"}
    browser.post(f"/assignments/{accepted.id}/chair", chair, status=422)
    browser.post(f"/assignments/{accepted.id}/chair", chair | {"chair-by": "court"})
    assert services.open_of(accepted.dispute_id).mediator_id == mediator_zhao.mediator_id
    browser.get(url)


def test_declining_and_taking_out_on_the_pages(client_for, clerk_li, mediator_zhao, asked, accepted):
    other, browser = client_for(mediator_zhao), client_for(clerk_li)
    other.post(f"/co-mediators/{asked.id}/refusal", {"reason": ""}, status=422)
    browser.get(f"/co-mediators/{asked.id}")
    browser.post(f"/co-mediators/{asked.id}/end", {"reason": ""}, status=422)
    browser.post(f"/co-mediators/{asked.id}/end", {"reason": "当事人不再要求"})
    other.post(f"/co-mediators/{asked.id}/refusal", {"reason": "不熟悉"}, status=409)
    assert "co_mediator.leave" in trail(accepted.dispute_id)


@pytest.mark.parametrize(
    ("who", "read", "accept", "end"),
    [
        ("mediator_wang", 404, 404, 403),
        ("organisation_user", 200, 403, 403),
        ("judge_wu", 200, 403, 302),
        ("judge_zhou", 403, 403, 403),
        ("clerk_of_other_court", 404, 404, 404),
    ],
)
def test_who_reads_answers_and_ends(request, client_for, asked, who, read, accept, end):
    browser = client_for(request.getfixturevalue(who))
    browser.get(f"/co-mediators/{asked.id}", status=read)
    browser.post(f"/co-mediators/{asked.id}", {}, status=accept)
    browser.post(f"/co-mediators/{asked.id}/end", {"reason": "不再需要"}, status=end)


@pytest.mark.parametrize(
    ("who", "status"),
    [("mediator_wang", 403), ("organisation_user", 200), ("judge_zhou", 403), ("clerk_of_other_court", 404)],
)
def test_who_opens_the_page_of_asking(request, client_for, accepted, who, status):
    client_for(request.getfixturevalue(who)).get(f"/assignments/{accepted.id}/together", status=status)


@pytest.mark.parametrize("who", ["clerk_li", "mediator_zhao"])
def test_every_page_in_english(request, client_for, asked, accepted, who):
    browser = client_for(request.getfixturevalue(who))
    with browser.client.session_transaction() as session:
        session["locale"] = "en"
    browser.get(f"/co-mediators/{asked.id}")
    browser.get(f"/disputes/{accepted.dispute_id}")
    if who == "clerk_li":
        browser.get(f"/assignments/{accepted.id}/together")
