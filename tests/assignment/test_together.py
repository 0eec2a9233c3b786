"""Joint choice before designation, its periods on line, and another mediator at a party's request (S4 arts 12, 13)."""

from datetime import date, timedelta

import pytest
import sqlalchemy as sa

from mediation.assignment import services
from mediation.assignment.models import Assignment
from mediation.assignment.rules import Choice, EndCode, Status
from mediation.assignment.together import choosing, labels, replacing, rules
from mediation.assignment.together.models import ReplacementRequest
from mediation.assignment.together.replacing import Request
from mediation.assignment.together.rules import (
    ChoiceFacts,
    Obstacle,
    ReplacementGround,
    ReplacementOutcome,
    RequestFacts,
)
from mediation.disputes.models import Dispute
from mediation.intake import services as intake
from mediation.intake.rules import Answer, Manner
from mediation.intake.services import ConsentData
from mediation.kernel import clock, law
from mediation.kernel.db import db
from mediation.kernel.errors import DomainError, NotPermitted
from mediation.periods import services as periods
from mediation.periods.rules import PeriodKey
from tests import builders
from tests.traces import trail

JOINT, DESIGNATE = PeriodKey.ONLINE_JOINT_CHOICE, PeriodKey.ONLINE_DESIGNATE


@pytest.fixture
def ids(mediator_wang, mediator_zhao):
    """王调解 and 赵调解."""
    return mediator_wang.mediator_id, mediator_zhao.mediator_id


@pytest.fixture
def answered(clerk_li):
    """The parties answer, each with the mediator it names."""

    def made(*named: int | None, manner: Manner = Manner.ONLINE) -> Dispute:
        clerk = clerk_li.as_actor()
        dispute = builders.make_guided(clerk)
        given = [
            ConsentData(party_id, Answer.AGREES, manner=manner, preferred_mediator_id=mediator)
            for party_id, mediator in zip(builders.party_ids(dispute.id), named, strict=False)
        ]
        intake.record_consents(clerk, dispute, given)
        db.session.commit()
        return dispute

    return made


def running(dispute: Dispute, key: PeriodKey):
    return periods.current("dispute", dispute.id, key)


def hand_over(clerk, dispute, mediator_id, choice=Choice.DESIGNATED):
    return services.issue(clerk.as_actor(), dispute, mediator_id=mediator_id, choice=choice, reason="熟悉该类纠纷")


# --- the rules ----------------------------------------------------------------------------------------------------------

TODAY = date(2026, 3, 2)
FREE = ChoiceFacts(None, joint_may_be_chosen=False, all_named=False, choose_until=None, on=TODAY)
DESIGNATION = [
    (FREE, 1, None),
    (ChoiceFacts(1, joint_may_be_chosen=True, all_named=True, choose_until=None, on=TODAY), 1, None),
    (ChoiceFacts(1, joint_may_be_chosen=True, all_named=True, choose_until=None, on=TODAY), 2, Obstacle.JOINT_CHOSEN),
    (
        ChoiceFacts(1, joint_may_be_chosen=True, all_named=True, choose_until=None, on=TODAY),
        None,
        Obstacle.JOINT_CHOSEN,
    ),
    (ChoiceFacts(1, joint_may_be_chosen=False, all_named=True, choose_until=None, on=TODAY), 2, None),
    (
        ChoiceFacts(None, joint_may_be_chosen=False, all_named=True, choose_until=TODAY, on=TODAY),
        1,
        Obstacle.STILL_CHOOSING,
    ),
    # The last day is theirs; the day after is the court's.
    (
        ChoiceFacts(None, joint_may_be_chosen=False, all_named=True, choose_until=TODAY - timedelta(days=1), on=TODAY),
        1,
        None,
    ),
    # Whoever leaves it to the court waits for nothing.
    (ChoiceFacts(None, joint_may_be_chosen=False, all_named=False, choose_until=TODAY, on=TODAY), 1, None),
]


@pytest.mark.parametrize(("facts", "mediator_id", "obstacle"), DESIGNATION)
def test_when_the_court_may_designate(facts, mediator_id, obstacle):
    assert rules.designation_obstacle(facts, mediator_id) is obstacle


ASKED = {
    "outcome": ReplacementOutcome.GRANTED, "reason": "拖延", "party_id": 1, "parties": [1, 2],
    "ground": ReplacementGround.DELAY, "replaced": 0, "will_not_choose": False,
}  # fmt: skip
COUNTS = ReplacementOutcome.COUNTS_AS_REFUSAL
REQUESTS = [
    ({}, []),
    ({"party_id": None, "ground": None}, []),
    ({"party_id": None, "ground": None, "outcome": ReplacementOutcome.REFUSED}, [Obstacle.NOT_A_PARTY]),
    ({"party_id": 9}, [Obstacle.NOT_A_PARTY]),
    ({"ground": None}, [Obstacle.NO_GROUND]),
    ({"reason": " "}, [Obstacle.NO_REASON]),
    ({"outcome": COUNTS}, [Obstacle.NOTHING_REPLACED_YET, Obstacle.STILL_WILLING]),
    ({"outcome": COUNTS, "replaced": 1}, [Obstacle.STILL_WILLING]),
    ({"outcome": COUNTS, "replaced": 1, "will_not_choose": True}, []),
]


@pytest.mark.parametrize(("over", "obstacles"), REQUESTS)
def test_what_a_request_needs(over, obstacles):
    assert list(rules.request_obstacles(RequestFacts(**(ASKED | over)))) == obstacles


@pytest.mark.parametrize("obstacle", Obstacle)
def test_every_refusal_has_article_and_words(obstacle):
    assert law.cite(rules.OBSTACLE_ARTICLE[obstacle])
    assert labels.OBSTACLE[obstacle]


# --- the periods on line ------------------------------------------------------------------------------------------------


def test_agreeing_on_line_starts_two_working_days_to_choose_and_three_to_designate(answered):
    dispute = answered(None, None)
    for key, article in ((JOINT, "S5 art. 10"), (DESIGNATE, "S5 art. 10")):
        found = running(dispute, key)
        assert found.final_on == periods.compute(key, clock.today()).final
        assert found.article == article


def test_agreeing_at_the_counter_starts_neither(answered):
    dispute = answered(None, None, manner=Manner.SIGNED)
    assert [running(dispute, key) for key in choosing.KEYS] == [None, None]


def test_one_side_alone_starts_the_designation_only(answered):
    dispute = answered(None)
    assert running(dispute, JOINT) is None
    assert running(dispute, DESIGNATE) is not None


def test_correcting_an_answer_gives_no_new_time(clerk_li, answered, ids):
    dispute = answered(ids[0], None)
    tenant = builders.party_ids(dispute.id)[0]
    before = running(dispute, JOINT).id
    intake.record_consent(clerk_li.as_actor(), dispute, ConsentData(tenant, Answer.AGREES, manner=Manner.ONLINE))
    assert running(dispute, JOINT).id == before


def test_a_refusal_ends_both(clerk_li, answered):
    dispute = answered(None, None)
    tenant = builders.party_ids(dispute.id)[0]
    intake.record_consent(clerk_li.as_actor(), dispute, ConsentData(tenant, Answer.REFUSES, manner=Manner.SIGNED))
    assert choosing.clocks(dispute) == []


def test_finding_a_mediator_meets_both(clerk_li, answered, ids):
    dispute = answered(None, None)
    hand_over(clerk_li, dispute, ids[0])
    assert choosing.clocks(dispute) == []
    ended = {d.key: d.status.value for d in periods.of_subject("dispute", dispute.id)}
    assert (ended[JOINT], ended[DESIGNATE]) == ("met", "met")


# --- designation --------------------------------------------------------------------------------------------------------


def test_nobody_else_is_designated_while_the_parties_choice_stands(clerk_li, answered, ids, organisation_user):
    wang, zhao = ids
    dispute = answered(zhao, zhao, manner=Manner.SIGNED)
    for whom in ({"mediator_id": wang}, {"organisation_id": organisation_user.organisation_id}):
        with pytest.raises(DomainError) as refused:
            services.issue(clerk_li.as_actor(), dispute, choice=Choice.DESIGNATED, reason="更合适", **whom)
        assert refused.value.article == "S4 art. 12; S5 art. 10"
    assert hand_over(clerk_li, dispute, zhao, Choice.JOINT).choice is Choice.JOINT


def test_after_the_chosen_one_declined_the_court_designates(clerk_li, mediator_zhao, answered, ids):
    wang, zhao = ids
    dispute = answered(zhao, zhao, manner=Manner.SIGNED)
    services.decline(mediator_zhao.as_actor(), hand_over(clerk_li, dispute, zhao, Choice.JOINT), reason="超出专长")
    assert hand_over(clerk_li, dispute, wang).mediator_id == wang


def test_different_names_on_line_leave_two_working_days(client_for, clerk_li, answered, ids, monkeypatch):
    wang, zhao = ids
    dispute = answered(wang, zhao)
    with pytest.raises(DomainError) as refused:
        hand_over(clerk_li, dispute, wang)
    assert refused.value.article == "S5 art. 10"
    page = client_for(clerk_li).get(f"/disputes/{dispute.id}/mediator")
    assert str(labels.OBSTACLE[Obstacle.STILL_CHOOSING]) in page.text
    assert not page.soup.find(id="suggested").find("form")
    real, until = clock.now, running(dispute, JOINT).final_on
    days = (until - clock.today()).days + 1
    monkeypatch.setattr(clock, "now", lambda: real() + timedelta(days=days))
    assert hand_over(clerk_li, dispute, wang).mediator_id == wang


def test_leaving_it_to_the_court_waits_for_nothing(client_for, clerk_li, answered, ids):
    dispute = answered(ids[0], None)
    page = client_for(clerk_li).get(f"/disputes/{dispute.id}/mediator")
    assert page.soup.select(".clock")
    assert hand_over(clerk_li, dispute, ids[0]).mediator_id == ids[0]


# --- another mediator ---------------------------------------------------------------------------------------------------


def asked(assignment: Assignment, **over) -> Request:
    party_id = builders.party_ids(assignment.dispute_id)[0]
    told = {"reason": "三周未安排会面", "party_id": party_id, "ground": ReplacementGround.DELAY}
    return Request(**(told | over))


def kept() -> list[ReplacementRequest]:
    return list(db.session.scalars(sa.select(ReplacementRequest).order_by(ReplacementRequest.id)))


def test_a_good_reason_leads_to_another_mediator_and_history_stays(clerk_li, accepted):
    clerk = clerk_li.as_actor()
    replacing.replace(clerk, accepted, asked(accepted))
    assert accepted.status is Status.DECLINED
    again = builders.make_assignment(clerk, services.dispute_of(accepted), "赵调解")
    assert [a.id for a in services.of_dispute(accepted.dispute_id)] == [again.id, accepted.id]
    assert replacing.replaced(accepted.dispute_id) == 1
    assert {"replacement_request.decide", "assignment.replace"} <= set(trail(accepted.dispute_id))


def test_no_good_reason_leaves_the_mediator(clerk_li, accepted):
    replacing.replace(clerk_li.as_actor(), accepted, asked(accepted, outcome=ReplacementOutcome.REFUSED))
    assert accepted.status is Status.ACCEPTED
    assert [one.outcome for one in kept()] == [ReplacementOutcome.REFUSED]


def test_objecting_again_and_not_choosing_counts_as_refusing(clerk_li, mediator_zhao, accepted):
    clerk = clerk_li.as_actor()
    counts = {"outcome": ReplacementOutcome.COUNTS_AS_REFUSAL, "will_not_choose": True, "reason": "谁都不同意"}
    with pytest.raises(DomainError) as refused:
        replacing.replace(clerk, accepted, asked(accepted, **counts))
    assert refused.value.article == "S5 art. 14"
    replacing.replace(clerk, accepted, asked(accepted))
    again = builders.make_assignment(clerk, services.dispute_of(accepted), "赵调解")
    services.accept(mediator_zhao.as_actor(), again)
    replacing.replace(clerk, again, asked(again, **counts))
    assert (again.status, again.end_code) == (Status.REFUSED, EndCode.UNWILLING)
    answers = intake.consents(again.dispute_id)
    assert answers[builders.party_ids(again.dispute_id)[0]].answer is Answer.REFUSES


@pytest.mark.parametrize("who", ["mediator_wang", "organisation_user", "judge_zhou", "president_he"])
def test_who_does_not_decide(request, accepted, who):
    with pytest.raises(NotPermitted):
        replacing.replace(request.getfixturevalue(who).as_actor(), accepted, asked(accepted))
    assert kept() == []


def test_on_the_page(client_for, judge_wu, clerk_li, accepted):
    browser = client_for(judge_wu)
    url = f"/assignments/{accepted.id}/replacement"
    browser.get(url)
    party = str(builders.party_ids(accepted.dispute_id)[1])
    sent = {"party_id": party, "ground": "", "reason": "听不懂方言", "outcome": "granted"}
    page = browser.post(url, sent, status=422)
    assert page.field("reason") == "听不懂方言"
    page = browser.post(url, sent | {"ground": "language", "outcome": "counts_as_refusal"}, status=422)
    assert page.errors()
    browser.post(url, sent | {"ground": "language", "outcome": "refused"})
    assert "听不懂方言" in browser.get(url).soup.find(id="earlier").get_text()
    browser.post(url, sent | {"ground": "language"})
    browser.post(url, sent | {"ground": "language"}, status=409)
    assert services.open_of(accepted.dispute_id) is None
    assert [one.outcome.value for one in kept()] == ["refused", "granted"]


@pytest.mark.parametrize("locale", ["zh_Hans_CN", "en"])
def test_the_page_in_both_languages(client_for, clerk_li, accepted, locale):
    browser = client_for(clerk_li)
    with browser.client.session_transaction() as session:
        session["locale"] = locale
    browser.get(f"/assignments/{accepted.id}/replacement")
    browser.get(f"/disputes/{accepted.dispute_id}")
