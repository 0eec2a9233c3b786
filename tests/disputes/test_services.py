"""A dispute is received, seen, moved, numbered and closed."""

from datetime import date, datetime

import pytest
import sqlalchemy as sa

from mediation.accounts.models import User
from mediation.disputes import services
from mediation.disputes.models import Party
from mediation.disputes.rules import Capacity, Closing, IdType, PartyRole, Route, Sex, Source, Status, TypeCode
from mediation.disputes.services import AgentData
from mediation.kernel import audit, clock
from mediation.kernel.actor import system
from mediation.kernel.db import db
from mediation.kernel.errors import DomainError, IllegalStep, NotPermitted
from mediation.periods import services as periods
from mediation.periods.table import PeriodKey
from tests.builders import TENANT_ID, a_landlord, a_tenant, make_dispute
from tests.conftest import actor_of

FILING = PeriodKey.FILING_DECISION


def deadline(dispute):
    return periods.current("dispute", dispute.id, FILING)


def trail(dispute):
    return [event.action for event in audit.of_dispute(dispute.id)]


def through(actor, dispute, *steps):
    for step in steps:
        services.move(actor, dispute, step)


def test_a_complaint_received_gets_a_receipt_and_seven_days(clerk_li: User):
    dispute = make_dispute(actor_of(clerk_li), received_at=clock.at(date(2026, 3, 2), 10, 30))
    assert dispute.status is Status.RECEIVED
    assert dispute.receipt_no == "SJ-2026-000001"
    assert dispute.complaint_submitted_at == clock.at(date(2026, 3, 2), 10, 30)
    running = deadline(dispute)
    assert (running.start_on, running.final_on) == (date(2026, 3, 2), date(2026, 3, 9))
    db.session.commit()
    assert "dispute.create" in trail(dispute)
    assert trail(dispute).count("party.add") == 2


def test_without_a_complaint_no_clock_runs_until_one_is_handed_in(clerk_li: User):
    actor = actor_of(clerk_li)
    dispute = make_dispute(actor, has_complaint=False)
    assert deadline(dispute) is None
    with pytest.raises(DomainError) as refused:
        services.move(actor, dispute, "file")
    assert refused.value.article == "CPL art. 123"
    services.hand_in_complaint(actor, dispute)
    assert deadline(dispute).start_on == clock.today()
    with pytest.raises(DomainError):
        services.hand_in_complaint(actor, dispute)
    services.withdraw_complaint(actor, dispute, reason="own wish")
    assert deadline(dispute) is None
    assert dispute.complaint_submitted_at is not None, "the day stays: limitation was interrupted"
    with pytest.raises(DomainError):
        services.move(actor, dispute, "file")
    with pytest.raises(DomainError):
        services.withdraw_complaint(actor, dispute)


def test_receipts_are_numbered_without_gaps_per_year(clerk_li: User):
    actor = actor_of(clerk_li)
    first = make_dispute(actor)
    with pytest.raises(DomainError):
        make_dispute(actor, cause_code="no such cause")
    second = make_dispute(actor)
    assert int(second.receipt_no[-6:]) == int(first.receipt_no[-6:]) + 1
    assert make_dispute(actor, received_at=clock.at(date(2019, 5, 6), 9)).receipt_no == "SJ-2019-000001"


def test_the_number_fills_birth_date_sex_and_keys(clerk_li: User):
    dispute = make_dispute(actor_of(clerk_li), parties=[a_tenant(id_no=" 370102199003071238 "), a_landlord()])
    tenant, landlord = services.parties(dispute.id)
    assert (tenant.birth_date, tenant.sex, tenant.id_tail) == (date(1990, 3, 7), Sex.MALE, "1238")
    assert tenant.id_key.startswith("h1:")
    assert tenant.id_key != landlord.id_key
    assert TENANT_ID not in tenant.id_key


@pytest.mark.parametrize(
    ("over", "field"),
    [
        ({"id_no": "370102199003071239"}, "id_no"),
        ({"id_no": "370102190002290020"}, "id_no"),
        ({"id_type": IdType.USCC, "id_no": "91370102MA3C00003L"}, "id_no"),
    ],
)
def test_a_wrong_identity_number_is_refused_wherever_it_comes_from(clerk_li: User, over, field):
    with pytest.raises(DomainError) as refused:
        make_dispute(actor_of(clerk_li), parties=[a_tenant(**over), a_landlord()])
    assert refused.value.field == field
    assert db.session.scalar(sa.select(sa.func.count(Party.id))) == 0


def test_one_side_alone_is_no_dispute(clerk_li: User):
    with pytest.raises(DomainError) as refused:
        make_dispute(actor_of(clerk_li), parties=[a_tenant()])
    assert refused.value.article == "CPL art. 122"


def test_only_the_registry_receives(mediator_wang: User, president_he: User, auditor: User, judge_chen: User):
    for user in (mediator_wang, president_he, auditor, judge_chen):
        with pytest.raises(NotPermitted):
            make_dispute(actor_of(user))


def test_an_absurd_amount_is_refused(clerk_li: User):
    for amount in (-1, 10**15):
        with pytest.raises(DomainError) as refused:
            make_dispute(actor_of(clerk_li), amount_fen=amount)
        assert refused.value.field == "amount"


def test_who_sees_a_dispute(
    clerk_li, triage_sun, judge_chen, judge_wu, president_he, mediator_wang, mediator_zhao, organisation_user,
    sysadmin, secadmin, auditor, clerk_of_other_court,
):  # fmt: skip
    actor = actor_of(clerk_li)
    dispute = make_dispute(actor)
    services.participate(actor, dispute, Capacity.MEDIATED, mediator_id=mediator_wang.mediator_id)
    sees = {user.login for user in (clerk_li, triage_sun, judge_chen, judge_wu, president_he, mediator_wang,
                                    mediator_zhao, organisation_user, sysadmin, secadmin, auditor, clerk_of_other_court)
            if services.get(actor_of(user), dispute.id)}  # fmt: skip
    assert sees == {"clerk_li", "triage_sun", "judge_chen", "judge_wu", "president_he", "mediator_wang"}
    assert services.get(system(dispute.court_id), dispute.id)
    services.end_participation(actor, dispute, mediator_id=mediator_wang.mediator_id)
    assert services.get(actor_of(mediator_wang), dispute.id) is None
    services.participate(actor, dispute, Capacity.ORGANISED, organisation_id=organisation_user.organisation_id)
    assert services.get(actor_of(organisation_user), dispute.id)


def test_a_mediator_sees_a_closed_dispute_for_thirty_days(clerk_li, mediator_wang, monkeypatch):
    actor = actor_of(clerk_li)
    dispute = make_dispute(actor)
    services.participate(actor, dispute, Capacity.MEDIATED, mediator_id=mediator_wang.mediator_id)
    services.withdraw(actor, dispute, reason="settled")
    assert services.get(actor_of(mediator_wang), dispute.id)
    now = clock.now()
    monkeypatch.setattr(clock, "now", lambda: now.replace(year=now.year + 1))
    assert services.get(actor_of(mediator_wang), dispute.id) is None
    assert services.get(actor, dispute.id)


def test_the_title_names_both_sides(clerk_li: User):
    actor = actor_of(clerk_li)
    assert services.title(make_dispute(actor)) == "刘某 诉 汪某"
    many = make_dispute(actor, parties=[a_tenant(), a_tenant(name="王某", id_no=""), a_landlord(),
                                        a_landlord(role=PartyRole.THIRD, name="外人", id_no="")])  # fmt: skip
    assert services.title(many) == "刘某等 诉 汪某"


def test_route_a_suspends_the_filing_deadline_and_failure_resumes_it(clerk_li, mediator_wang):
    actor = actor_of(clerk_li)
    dispute = make_dispute(actor)
    through(actor, dispute, "screen", "guide", "ask_consent", "delegate")
    assert (dispute.status, dispute.route) == (Status.IN_MEDIATION, Route.A)
    assert deadline(dispute).is_suspended
    services.move(actor_of(mediator_wang), dispute, "fail", code="05")
    assert not deadline(dispute).is_suspended
    services.move(actor, dispute, "file")
    assert deadline(dispute) is None
    assert periods.of_dispute(dispute.id)[0].ended_on == clock.today()
    db.session.commit()
    assert [a for a in trail(dispute) if a.startswith("dispute.")] == [
        "dispute.file", "dispute.fail", "dispute.delegate", "dispute.ask_consent", "dispute.guide", "dispute.screen",
        "dispute.create",
    ]  # fmt: skip


def test_route_c_lets_the_filing_deadline_run(clerk_li: User):
    actor = actor_of(clerk_li)
    dispute = make_dispute(actor)
    through(actor, dispute, "screen", "guide", "ask_consent", "refer")
    assert dispute.route is Route.C
    assert not deadline(dispute).is_suspended


def test_route_b_files_first_and_goes_back_to_trial(clerk_li: User):
    actor = actor_of(clerk_li)
    dispute = make_dispute(actor)
    through(actor, dispute, "file")
    services.give_number(actor, dispute, TypeCode.FIRST_INSTANCE)
    through(actor, dispute, "entrust", "fail")
    with pytest.raises(DomainError) as refused:
        services.move(actor, dispute, "file")
    assert refused.value.article == "CPL art. 127"
    with pytest.raises(DomainError):
        services.withdraw(actor, dispute, reason="changed my mind")
    services.move(actor, dispute, "resume_trial")
    services.close(actor, dispute, Closing.LITIGATION_ENDED)
    assert dispute.status is Status.CLOSED
    assert dispute.closed_at is not None


def test_trial_cannot_go_on_where_nothing_was_filed(clerk_li: User):
    actor = actor_of(clerk_li)
    dispute = make_dispute(actor)
    through(actor, dispute, "screen", "guide", "ask_consent", "delegate", "fail")
    with pytest.raises(DomainError):
        services.move(actor, dispute, "resume_trial")


def test_an_agreement_closes_with_a_fitting_reason_only(clerk_li: User):
    actor = actor_of(clerk_li)
    dispute = make_dispute(actor)
    through(actor, dispute, "screen", "guide", "ask_consent", "delegate", "agree")
    assert deadline(dispute) is None
    for wrong in (Closing.RETURNED, Closing.WITHDRAWN):
        with pytest.raises(DomainError):
            services.close(actor, dispute, wrong)
    services.close(actor, dispute, Closing.PERFORMED)
    assert dispute.closing is Closing.PERFORMED


def test_withdrawal_waits_for_the_mediator(clerk_li, mediator_wang):
    actor = actor_of(clerk_li)
    dispute = make_dispute(actor)
    through(actor, dispute, "screen", "guide", "ask_consent", "delegate")
    services.participate(actor, dispute, Capacity.MEDIATED, mediator_id=mediator_wang.mediator_id)
    with pytest.raises(DomainError) as refused:
        services.withdraw(actor, dispute, reason="settled")
    assert refused.value.remedy
    services.end_participation(actor, dispute)
    services.withdraw(actor, dispute, reason="settled")
    assert (dispute.status, dispute.closing) == (Status.CLOSED, Closing.WITHDRAWN)
    assert deadline(dispute) is None


def test_a_step_from_the_wrong_state_or_by_the_wrong_person(clerk_li, mediator_wang, clerk_of_other_court):
    actor = actor_of(clerk_li)
    dispute = make_dispute(actor)
    with pytest.raises(IllegalStep):
        services.move(actor, dispute, "delegate")
    with pytest.raises(NotPermitted):
        services.move(actor_of(mediator_wang), dispute, "screen")
    with pytest.raises(NotPermitted):
        services.move(actor_of(clerk_of_other_court), dispute, "screen")
    assert dispute.status is Status.RECEIVED


def test_numbers_follow_one_another_per_type_and_year(clerk_li: User):
    actor = actor_of(clerk_li)
    dispute = make_dispute(actor)
    first = services.give_number(actor, dispute, "诉前调", date(2026, 5, 1))
    second = services.give_number(actor, dispute, TypeCode.PRE_FILING_MEDIATION, date(2026, 6, 1))
    filed = services.give_number(actor, dispute, "民初", date(2026, 6, 1))
    assert first.canonical == "（2026）鲁0102诉前调1号"
    assert second.canonical == "（2026）鲁0102诉前调2号"
    assert filed.canonical == "（2026）鲁0102民初1号"
    assert services.number_of(dispute, "诉前调") is second
    services.void_number(actor, second, reason="registered twice")
    assert services.number_of(dispute, "诉前调") is first
    third = services.give_number(actor, dispute, "诉前调", date(2026, 7, 1))
    assert third.serial == 3, "a void number is never used again"
    with pytest.raises(ValueError, match="not a valid"):
        services.give_number(actor, dispute, "民无")


def test_an_agent_who_mediated_is_refused_and_so_is_a_mediator_who_was_agent(clerk_li, mediator_wang, judge_zhou):
    actor = actor_of(clerk_li)
    dispute = make_dispute(actor)
    services.participate(actor, dispute, Capacity.MEDIATED, mediator_id=mediator_wang.mediator_id)
    for capacity in (Capacity.JUDGED, Capacity.CONFIRMED, Capacity.AGENT, Capacity.ASSESSOR, Capacity.WITNESS):
        with pytest.raises(DomainError) as refused:
            services.participate(actor, dispute, capacity, user_id=mediator_wang.id)
        assert refused.value.article == "S4 art. 16"
    services.participate(actor, dispute, Capacity.JUDGED, user_id=judge_zhou.id)
    with pytest.raises(DomainError):
        services.participate(actor, dispute, Capacity.MEDIATED, user_id=judge_zhou.id)
    other = make_dispute(actor)
    services.participate(actor, other, Capacity.JUDGED, user_id=mediator_wang.id)


def test_the_ban_recognises_the_person_by_identity_number(clerk_li, mediator_wang):
    actor = actor_of(clerk_li)
    dispute = make_dispute(actor)
    tenant = services.parties(dispute.id)[0]
    services.participate(
        actor, dispute, Capacity.MEDIATED, person_key=services.people.id_key(None, "370102200002290020")
    )
    with pytest.raises(DomainError) as refused:
        services.add_agent(actor, tenant, AgentData("某律师", id_no="370102200002290020"))
    assert refused.value.article == "S4 art. 16"
    services.add_agent(actor, tenant, AgentData("别的律师", id_no="370102199003071238"))


def test_taking_part_twice_in_the_same_capacity_is_one_record(clerk_li, mediator_wang):
    actor = actor_of(clerk_li)
    dispute = make_dispute(actor)
    first = services.participate(actor, dispute, Capacity.MEDIATED, mediator_id=mediator_wang.mediator_id)
    again = services.participate(actor, dispute, Capacity.MEDIATED, mediator_id=mediator_wang.mediator_id)
    assert first is again
    assert first.user_id == mediator_wang.id


def test_history_uses_the_list_of_causes_at_hand(clerk_li: User):
    dispute = make_dispute(actor_of(clerk_li), received_at=clock.at(date(2019, 7, 8), 9), source=Source.MAIL)
    assert dispute.cause_version == "2025"
    assert isinstance(dispute.received_at, datetime)
