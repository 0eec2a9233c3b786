"""A tie that comes to light during the work: the pause, the three days, who decides, consent, replacement (S4 art. 15)."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from mediation.assignment import services
from mediation.assignment.models import Assignment
from mediation.assignment.rules import CheckResult, EndCode, Finding, Status, SuspensionReason
from mediation.assignment.ties import labels, pending, rules
from mediation.assignment.ties.ledger import TieData
from mediation.assignment.ties.models import Recusal, Tie
from mediation.assignment.ties.recusing import Application
from mediation.assignment.ties.rules import Decision, Obstacle, Origin, RecusalStatus, TieKind, TieSource
from mediation.disputes import services as disputes
from mediation.disputes.rules import AgentKind, Authority, PartyRole
from mediation.disputes.services import AgentData
from mediation.documents.models import Document
from mediation.kernel import audit, clock
from mediation.kernel.actor import Actor, Role
from mediation.kernel.db import db, transaction
from mediation.kernel.errors import DomainError, IllegalStep, NotPermitted
from mediation.notices.rules import Channel
from mediation.periods import services as periods
from mediation.periods.rules import PeriodKey
from mediation.roster.models import Mediator
from tests import builders
from tests.traces import recipients, trail

TODAY = {"on": "今天"}


@pytest.fixture
def applied(clerk, accepted) -> Recusal:
    """The tenant applied for recusal."""
    made = services.apply(clerk, accepted, application(accepted))
    db.session.commit()
    return made


def application(assignment: Assignment, ground: Finding = Finding.OTHER_TIE, **over) -> Application:
    party_id = builders.party_ids(assignment.dispute_id)[0]
    return Application(**({"party_id": party_id, "ground": ground, "statement": "与房东同住一村"} | over))


def listed(actor: Actor) -> Mediator:
    return db.session.get(Mediator, actor.mediator_id)


def papers(kind: str) -> list[Document]:
    return list(db.session.scalars(sa.select(Document).where(Document.kind == kind).order_by(Document.id)))


def everybody(assignment: Assignment) -> list[int]:
    return builders.party_ids(assignment.dispute_id)


# --- it comes to light --------------------------------------------------------------------------------------------------


def test_an_application_pauses_the_mediation_and_is_due_in_three_days(clerk, applied, accepted):
    """R2-17, R2-18 (S4 art. 15; CPL art. 50 by analogy): a party applies, the decision is due in three days."""
    assert applied.status is RecusalStatus.OPEN
    assert accepted.status is Status.SUSPENDED
    assert services.open_pause(accepted).reason is SuspensionReason.RECUSAL
    deadline = pending.clock_of(applied)
    expected = periods.compute(PeriodKey.RECUSAL_DECIDE, clock.today()).final
    assert (deadline.final_on, deadline.article) == (expected, "CPL art. 50")
    assert recipients("recusal.raised") == {"Li", "Wu", "User"}
    assert recipients("recusal.paused") == {"Wang"}
    assert {"recusal.raise", "assignment.suspend"} <= set(trail(accepted.dispute_id))


def test_while_it_is_undecided_the_mediator_does_nothing(clerk, wang, guide, applied, accepted):
    acts = (
        lambda who: services.resume(who, accepted),
        lambda who: services.record_contact(
            who, accepted, party_id=everybody(accepted)[0], channel=Channel.PHONE, reached=True, result="接通"
        ),
        lambda who: services.extend(
            who, accepted, until=clock.today() + timedelta(days=60), agreed_by=everybody(accepted), reason="等"
        ),
        lambda who: services.end(who, accepted, EndCode.UNWILLING, reason="不愿继续"),
    )
    for act in acts:
        with pytest.raises(DomainError) as refused:
            act(wang)
        assert refused.value.article == "S4 art. 15; CPL art. 48"
    for who in (clerk, guide):
        with pytest.raises(DomainError):
            services.resume(who, accepted)
    assert applied.status is RecusalStatus.OPEN


def test_a_party_may_leave_at_any_time_through_the_registry(clerk, applied, accepted):
    services.end(clerk, accepted, EndCode.UNWILLING, reason="被申请人不愿继续调解")
    assert applied.status is RecusalStatus.MOOT
    assert pending.clock_of(applied) is None
    assert "recusal.drop" in trail(accepted.dispute_id)


def test_what_the_party_names_goes_into_the_ledger(clerk, wang, accepted):
    tie = TieData(TieKind.KIN, "汪某", id_no=builders.LANDLORD_ID)
    made = services.apply(clerk, accepted, application(accepted, Finding.RELATIVE, tie=tie))
    (entry,) = db.session.scalars(sa.select(Tie)).all()
    assert (entry.source, entry.told_by_id, entry.dispute_id) == (
        TieSource.TOLD,
        everybody(accepted)[0],
        accepted.dispute_id,
    )
    assert ("relative", "汪某") in {(one["finding"], one["name"]) for one in made.findings}


def test_whom_the_party_names_in_the_dispute_is_known_by_number(clerk, accepted):
    tie = TieData(TieKind.KIN, "汪某")
    services.apply(clerk, accepted, application(accepted, Finding.RELATIVE, tie=tie))
    (entry,) = db.session.scalars(sa.select(Tie)).all()
    assert entry.other_key == disputes.parties(accepted.dispute_id)[1].id_key


def test_a_disclosure_during_the_work_pauses_it(clerk, wang, accepted):
    """R2-17 (S4 art. 15; S5 art. 13): the duty to disclose lasts as long as the work; all of it is one decision."""
    dispute = services.dispute_of(accepted)
    services.disclose(wang, dispute, listed(wang), declared=[Finding.INTEREST], text="持有该公司股份")
    (due,) = pending.open_ones(accepted)
    assert (due.origin, due.statement) == (Origin.MEDIATOR, "持有该公司股份")
    services.disclose(wang, dispute, listed(wang), declared=[Finding.INTEREST, Finding.RELATIVE], text="另有表亲")
    assert pending.open_ones(accepted) == [due], "one decision, however much comes to light"
    assert {"relative", "interest"} <= {tie["finding"] for tie in due.findings}
    assert "recusal.widen" in trail(dispute.id)


def test_saying_that_there_is_no_tie_pauses_nothing(wang, accepted):
    services.disclose(wang, services.dispute_of(accepted), listed(wang), declared=[], text="")
    assert accepted.status is Status.ACCEPTED


def test_before_accepting_nothing_pauses_but_nobody_accepts(clerk, wang):
    issued = builders.make_assignment(clerk)
    services.apply(clerk, issued, application(issued))
    assert issued.status is Status.ISSUED
    with pytest.raises(DomainError) as refused:
        services.accept(wang, issued)
    assert refused.value.article == "S4 art. 15; S5 art. 13"


# --- when somebody joins, when something is learnt ----------------------------------------------------------------------


def test_a_party_who_joins_is_looked_at(clerk, wang, accepted):
    """R2-22: looked at again when somebody joins."""
    dispute = services.dispute_of(accepted)
    disputes.add_party(clerk, dispute, builders.a_company(role=PartyRole.THIRD, phone=listed(wang).phone))
    (due,) = pending.open_ones(accepted)
    assert due.origin is Origin.RECORDS
    assert {tie["finding"] for tie in due.findings} == {"same_phone"}
    assert accepted.status is Status.SUSPENDED


def test_a_party_without_a_tie_changes_nothing(clerk, accepted):
    disputes.add_party(clerk, services.dispute_of(accepted), builders.a_company(role=PartyRole.THIRD))
    assert pending.of_dispute(accepted.dispute_id) == []
    assert accepted.status is Status.ACCEPTED
    assert trail(accepted.dispute_id).count("conflict_check.check") == 2, "at handing over and at accepting"


def test_a_number_that_becomes_known_later_is_looked_at(clerk, wang, accepted):
    services.enter_tie(
        wang, listed(wang), TieData(TieKind.KIN, "陈某", id_no=builders.THIRD_ID), source=TieSource.DISCLOSED
    )
    assert pending.open_ones(accepted) == []
    tenant = disputes.party(accepted.dispute_id, everybody(accepted)[0])
    disputes.edit_party(clerk, tenant, builders.a_tenant(id_no=builders.THIRD_ID), version=tenant.version)
    assert len(pending.open_ones(accepted)) == 1


def test_an_agent_who_joins_is_looked_at(clerk, wang, accepted):
    """R2-16, R2-22 (S4 art. 15): a tie to an agent counts like one to the party, whenever the agent comes."""
    services.enter_tie(
        wang, listed(wang), TieData(TieKind.KIN, "陈某", id_no=builders.THIRD_ID), source=TieSource.DISCLOSED
    )
    tenant = disputes.party(accepted.dispute_id, everybody(accepted)[0])
    disputes.add_agent(
        clerk, tenant, AgentData("陈某", kind=AgentKind.RELATIVE, id_no=builders.THIRD_ID, authority=Authority.GENERAL)
    )
    (due,) = pending.open_ones(accepted)
    assert (due.origin, [(tie["finding"], tie["name"]) for tie in due.findings]) == (
        Origin.RECORDS, [("relative", "陈某")],
    )  # fmt: skip
    assert accepted.status is Status.SUSPENDED


def test_an_agent_of_the_mediators_own_firm_leaves_only_withdrawal(clerk, wang, accepted):
    with transaction():
        mediator = listed(wang)
        with db.session.no_autoflush:
            mediator.firm = "山东明德律师事务所"
        audit.record(clerk, "edit", mediator)
    tenant = disputes.party(accepted.dispute_id, everybody(accepted)[0])
    disputes.add_agent(
        clerk, tenant,
        AgentData("陈某", kind=AgentKind.LAWYER, firm="山东明德 律师事务所", authority=Authority.GENERAL),
    )  # fmt: skip
    (due,) = pending.open_ones(accepted)
    with pytest.raises(DomainError) as refused:
        services.decide(clerk, due, Decision.DISMISS, reason="看不出影响")
    assert refused.value.article == "S4 art. 16; CPL art. 47"
    with pytest.raises(DomainError):
        services.waive(
            clerk, services.latest_check(accepted.dispute_id, wang.mediator_id), party_ids=everybody(accepted)
        )
    services.decide(clerk, due, Decision.UPHOLD, reason="所在律师事务所代理一方当事人")
    assert accepted.status is Status.DECLINED


def test_the_mediators_firm_does_not_act_afterwards(clerk, wang, accepted):
    with transaction():
        mediator = listed(wang)
        with db.session.no_autoflush:
            mediator.firm = "山东明德律师事务所"
        audit.record(clerk, "edit", mediator)
    services.replace(clerk, accepted, reason="当事人申请更换")
    tenant = disputes.party(accepted.dispute_id, everybody(accepted)[0])
    with pytest.raises(DomainError) as refused:
        disputes.add_agent(clerk, tenant, AgentData("陈某", firm="山东明德律师事务所"))
    assert refused.value.article == "S4 art. 16"
    agent = disputes.add_agent(clerk, tenant, AgentData("陈某", firm="山东正大律师事务所"))
    with pytest.raises(DomainError):
        disputes.edit_agent(clerk, agent, AgentData("陈某", firm="山东明德律师事务所"), version=agent.version)


def test_a_tie_entered_later_reaches_every_dispute_of_the_mediator(clerk, wang, accepted):
    """R2-22: looked at again in every running dispute when a tie is learnt."""
    other = builders.make_assignment(clerk, builders.make_consented(clerk))
    services.enter_tie(
        wang, listed(wang), TieData(TieKind.CLIENT, "刘某", id_no=builders.TENANT_ID), source=TieSource.DISCLOSED
    )
    assert len(pending.open_ones(accepted)) == len(pending.open_ones(other)) == 1
    assert (accepted.status, other.status) == (Status.SUSPENDED, Status.ISSUED)


def test_an_equal_name_is_asked_about_and_pauses_nothing_until_answered(clerk, wang, accepted):
    tie = services.enter_tie(wang, listed(wang), TieData(TieKind.CLIENT, "刘某"), source=TieSource.DISCLOSED)
    assert accepted.status is Status.ACCEPTED
    assert recipients("recusal.name") == {"Li"}
    services.answer(clerk, services.dispute_of(accepted), tie, name="刘某", is_same=True, reason="调解员确认")
    assert accepted.status is Status.SUSPENDED


# --- it is decided ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("who", ["clerk", "guide", "body"])
def test_no_ground_the_mediation_goes_on_where_it_stood(request, clerk, wang, applied, accepted, who):
    decider = request.getfixturevalue(who)
    services.decide(decider, applied, Decision.DISMISS, reason="同村不足以影响公正")
    assert (applied.status, applied.decided_by_id) == (RecusalStatus.DISMISSED, decider.id)
    assert accepted.status is Status.ACCEPTED
    assert pending.clock_of(applied) is None
    (paper,) = papers("recusal_decision")
    assert paper.data["reason"] == "同村不足以影响公正"
    assert paper.sealed is (who != "body")
    assert recipients("recusal.decided") >= {"Li", "Wang"}
    # What was held to be no ground does not bar again.
    assert services.check_conflict(clerk, services.dispute_of(accepted), listed(wang)).set_aside_on
    assert services.suggest(clerk, services.dispute_of(accepted)).of(wang.mediator_id).may_be_chosen


@pytest.mark.parametrize("who", ["clerk", "guide", "body"])
def test_upheld_another_mediator_is_chosen_and_history_stays(request, clerk, applied, accepted, who):
    """R2-18 (S4 art. 15): the organisation or the court decides; withdrawal is followed by a replacement."""
    services.decide(request.getfixturevalue(who), applied, Decision.UPHOLD, reason="邻里关系密切")
    assert (applied.status, accepted.status) == (RecusalStatus.UPHELD, Status.DECLINED)
    dispute = services.dispute_of(accepted)
    assert services.open_of(dispute.id) is None
    again = builders.make_assignment(clerk, dispute, "赵调解")
    assert [a.id for a in services.of_dispute(dispute.id)] == [again.id, accepted.id]
    with pytest.raises(DomainError):
        services.replace(clerk, again, reason="")
    assert papers("recusal_decision")[0].data["upheld"] is True


def test_all_parties_agree_and_sign(clerk, wang, applied, accepted):
    """R2-17 (S4 art. 15; S5 art. 13): the informed consent of both parties, in a document, lets the mediator go on."""
    check = services.latest_check(accepted.dispute_id, wang.mediator_id)
    with pytest.raises(DomainError) as refused:
        services.waive(clerk, check, party_ids=everybody(accepted)[:1])
    assert refused.value.article == "S4 art. 15; S5 art. 13"
    services.waive(clerk, check, party_ids=everybody(accepted))
    assert (applied.status, accepted.status) == (RecusalStatus.CONSENTED, Status.ACCEPTED)
    (paper,) = papers("tie_consent")
    assert [name for _role, name in paper.data["parties"]] == ["刘某", "汪某"]
    assert "recusal.consent" in trail(accepted.dispute_id)


def test_consent_covers_what_was_known_and_nothing_else(clerk, wang, applied, accepted):
    services.waive(clerk, services.latest_check(accepted.dispute_id, wang.mediator_id), party_ids=everybody(accepted))
    services.disclose(wang, services.dispute_of(accepted), listed(wang), declared=[Finding.RELATIVE], text="后知系远亲")
    (due,) = pending.open_ones(accepted)
    assert due.id != applied.id
    assert accepted.status is Status.SUSPENDED


def test_another_pause_outlives_the_decision(clerk, wang, accepted):
    services.suspend(wang, accepted, reason=SuspensionReason.APPRAISAL)
    made = services.apply(clerk, accepted, application(accepted))
    services.decide(clerk, made, Decision.DISMISS, reason="无事实依据")
    assert accepted.status is Status.SUSPENDED
    services.resume(wang, accepted)
    assert accepted.status is Status.ACCEPTED


def test_a_new_allegation_of_the_same_kind_is_decided_anew(clerk, applied, accepted):
    services.decide(clerk, applied, Decision.DISMISS, reason="无事实依据")
    again = services.apply(clerk, accepted, application(accepted, statement="又查明二人合伙经营"))
    assert again.status is RecusalStatus.OPEN
    assert accepted.status is Status.SUSPENDED


REFUSED = [
    ({"statement": "  "}, {}, Obstacle.NO_WORDS, "statement"),
    ({"party_id": 999999}, {}, Obstacle.NOT_A_PARTY, "party_id"),
    ({}, {"on": clock.today() + timedelta(days=3)}, Obstacle.FUTURE_DAY, "on"),
]


@pytest.mark.parametrize(("over", "more", "obstacle", "field"), REFUSED)
def test_what_is_no_application(clerk, accepted, over, more, obstacle, field):
    with pytest.raises(DomainError) as refused:
        services.apply(clerk, accepted, application(accepted, **over), **more)
    assert (refused.value.message, refused.value.field) == (labels.OBSTACLE[obstacle], field)


def test_decided_once(clerk, applied):
    with pytest.raises(DomainError) as refused:
        services.decide(clerk, applied, Decision.UPHOLD, reason=" ")
    assert refused.value.field == "reason"
    services.decide(clerk, applied, Decision.UPHOLD, reason="理由成立")
    with pytest.raises(IllegalStep):
        services.decide(clerk, applied, Decision.DISMISS, reason="改主意")


def test_only_one_decision_is_due_at_a_time_and_only_while_somebody_mediates(clerk, applied, accepted):
    with pytest.raises(DomainError) as refused:
        services.apply(clerk, accepted, application(accepted))
    assert refused.value.message == labels.OBSTACLE[Obstacle.PENDING_ALREADY]
    services.decide(clerk, applied, Decision.UPHOLD, reason="理由成立")
    with pytest.raises(DomainError) as refused:
        services.apply(clerk, accepted, application(accepted))
    assert refused.value.message == labels.OBSTACLE[Obstacle.NOT_AT_WORK]


@pytest.mark.parametrize(
    "who", ["mediator_wang", "mediator_zhao", "judge_zhou", "president_he", "clerk_of_other_court"]
)
def test_nobody_else_decides_or_applies(request, applied, accepted, who):
    actor = request.getfixturevalue(who).as_actor()
    with pytest.raises(NotPermitted):
        services.decide(actor, applied, Decision.DISMISS, reason="无")
    with pytest.raises(NotPermitted):
        services.apply(actor, accepted, application(accepted))


def test_the_mediator_who_acts_for_the_organisation_does_not_decide_about_himself():
    pair = {"court_id": 1, "mediator_id": 7, "organisation_id": 3}
    both = Actor(5, 1, frozenset({Role.ORGANISATION, Role.MEDIATOR}), mediator_id=7, organisation_id=3)
    other = Actor(6, 1, frozenset({Role.ORGANISATION}), mediator_id=8, organisation_id=3)
    elsewhere = Actor(6, 1, frozenset({Role.ORGANISATION}), organisation_id=4)
    record = Recusal(**pair)
    assert not rules.may_decide(both, record)
    assert rules.may_decide(other, record)
    assert not rules.may_decide(elsewhere, record)


# --- the pages ----------------------------------------------------------------------------------------------------------


def test_the_registry_applies_and_decides_on_the_pages(client_for, clerk_li, accepted):
    browser = client_for(clerk_li)
    page = browser.get(f"/disputes/{accepted.dispute_id}")
    url = f"/assignments/{accepted.id}/recusal"
    assert page.soup.find("a", href=url)
    browser.get(url)
    sent = TODAY | {"party_id": str(everybody(accepted)[0]), "ground": "relative", "statement": "系房东表弟"}
    kept = browser.post(url, sent | {"on": "2999-01-01"}, status=422)
    assert kept.field("statement") == "系房东表弟"
    kept = browser.post(url, sent | {"other_name": "汪某", "id_no": "12"}, status=422)
    assert kept.field("id_no") == "12"
    answer = browser.post(url, sent | {"other_name": "汪某", "id_no": builders.LANDLORD_ID})
    browser.post(url, sent, status=409)
    page = browser.get(answer.location)
    assert "系房东表弟" in page.text
    assert "汪某" in browser.get("/recusals").text or "刘某" in browser.get("/recusals").text
    dispute_page = browser.get(f"/disputes/{accepted.dispute_id}")
    assert dispute_page.soup.find("a", href=answer.location)
    assert dispute_page.soup.select(".step-blocked")
    kept = browser.post(answer.location, {"reason": "查无实据"}, status=422)
    assert kept.field("reason") == "查无实据"
    browser.post(answer.location, {"decision": "uphold", "reason": "亲属关系属实"})
    browser.post(answer.location, {"decision": "uphold", "reason": "亲属关系属实"}, status=409)
    assert services.open_of(accepted.dispute_id) is None


def test_the_organisation_decides_about_its_member(client_for, organisation_user, applied, accepted):
    browser = client_for(organisation_user)
    assert browser.get("/recusals").soup.find("a", href=f"/recusals/{applied.id}")
    browser.get(f"/recusals/{applied.id}")
    browser.post(f"/recusals/{applied.id}", {"decision": "dismiss", "reason": "同村不影响公正"})
    assert services.open_of(accepted.dispute_id).status is Status.ACCEPTED


def test_consent_on_the_page_of_disclosure(client_for, clerk_li, mediator_wang, applied, accepted):
    browser = client_for(clerk_li)
    url = f"/disputes/{accepted.dispute_id}/mediators/{mediator_wang.mediator_id}"
    assert browser.get(f"/recusals/{applied.id}").soup.find("a", href=f"{url}/disclosure")
    browser.get(f"{url}/disclosure")
    browser.post(f"{url}/waiver", TODAY | {"party_ids": [str(p) for p in everybody(accepted)]})
    assert services.open_of(accepted.dispute_id).status is Status.ACCEPTED


@pytest.mark.parametrize(
    ("who", "read", "write"),
    [
        ("mediator_wang", 200, 403),
        ("judge_wu", 200, 302),
        ("judge_zhou", 200, 403),
        ("president_he", 200, 403),
        ("mediator_zhao", 404, 404),
        ("clerk_of_other_court", 404, 404),
        ("auditor", 403, 403),
    ],
)
def test_who_reads_and_decides(request, client_for, applied, who, read, write):
    browser = client_for(request.getfixturevalue(who))
    browser.get(f"/recusals/{applied.id}", status=read)
    browser.post(f"/recusals/{applied.id}", {"decision": "dismiss", "reason": "无"}, status=write)


@pytest.mark.parametrize(("who", "status"), [("mediator_wang", 403), ("judge_wu", 403), ("clerk_of_other_court", 404)])
def test_who_may_not_write_an_application(request, client_for, accepted, who, status):
    browser = client_for(request.getfixturevalue(who))
    browser.get(f"/assignments/{accepted.id}/recusal", status=status)
    browser.post(f"/assignments/{accepted.id}/recusal", {}, status=status)


@pytest.mark.parametrize("who", ["clerk_li", "mediator_wang", "organisation_user"])
def test_every_page_in_english(request, client_for, applied, accepted, who):
    browser = client_for(request.getfixturevalue(who))
    with browser.client.session_transaction() as session:
        session["locale"] = "en"
    browser.get(f"/recusals/{applied.id}")
    browser.get(f"/disputes/{accepted.dispute_id}")


def test_the_check_says_what_was_found(clerk, wang, applied, accepted):
    assert services.latest_check(accepted.dispute_id, wang.mediator_id).result is CheckResult.WAIVABLE
