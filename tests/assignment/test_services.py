"""From the choice to the end of a mediation, on a real database."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
import sqlalchemy as sa

from mediation.assignment import services
from mediation.assignment.models import Assignment, ConflictCheck
from mediation.assignment.rules import CheckResult, Choice, EndCode, Finding, Kind, Status, SuspensionReason
from mediation.disputes import services as disputes
from mediation.disputes.rules import AgentKind, Authority, Capacity, Closing, Route
from mediation.disputes.rules import Status as DisputeStatus
from mediation.documents import services as library
from mediation.intake import services as intake
from mediation.intake.rules import Answer, Manner
from mediation.intake.services import ConsentData
from mediation.kernel import audit, clock
from mediation.kernel.actor import system
from mediation.kernel.db import db, transaction
from mediation.kernel.errors import DomainError, IllegalStep, NotPermitted
from mediation.litigation import services as litigation
from mediation.litigation.rules import Status as CaseStatus
from mediation.notices.rules import Channel
from mediation.periods import services as periods
from mediation.periods.table import PeriodKey
from mediation.roster.models import Mediator
from tests import builders
from tests.traces import told


@pytest.fixture
def people(clerk_li, mediator_wang, mediator_zhao, organisation_user, judge_wu):
    """Those who act, as actors."""
    return SimpleNamespace(
        clerk=clerk_li.as_actor(), wang=mediator_wang.as_actor(), zhao=mediator_zhao.as_actor(),
        organisation=organisation_user.as_actor(), guide=judge_wu.as_actor(),
    )  # fmt: skip


@pytest.fixture
def later(monkeypatch):
    """Let days pass."""
    real = clock.now

    def pass_days(days: int) -> None:
        monkeypatch.setattr(clock, "now", lambda: real() + timedelta(days=days))

    return pass_days


def wang() -> Mediator:
    return db.session.scalars(sa.select(Mediator).where(Mediator.name == "王调解")).one()


def change(mediator: Mediator, actor, **values) -> None:
    with transaction():
        with db.session.no_autoflush:
            for name, value in values.items():
                setattr(mediator, name, value)
        audit.record(actor, "edit", mediator)


# --- choosing -------------------------------------------------------------------------------------------------------


def test_the_strong_one_is_suggested_with_reasons_and_nothing_is_written(people):
    dispute = builders.make_consented(people.clerk)
    before = db.session.scalar(sa.select(sa.func.count(audit.AuditEvent.id)))
    suggestion = services.suggest(people.clerk, dispute)
    assert suggestion.first.mediator.name == "王调解"
    other = suggestion.of(people.zhao.mediator_id)
    assert other.score is not None
    assert str(other.reason)
    assert db.session.scalar(sa.select(sa.func.count(audit.AuditEvent.id))) == before


def test_handing_over_gives_number_letter_clock_access_and_word(people):
    dispute = builders.make_consented(people.clerk)
    assignment = services.issue(people.clerk, dispute, choice=Choice.DESIGNATED, mediator_id=people.wang.mediator_id)
    assert (assignment.kind, assignment.status) == (Kind.DELEGATED, Status.ISSUED)
    assert (dispute.status, dispute.route) == (DisputeStatus.IN_MEDIATION, Route.A)
    assert disputes.number_of(dispute, "诉前调").canonical.endswith("号")
    assert services.clock_of(assignment).key is PeriodKey.MEDIATOR_ACCEPT
    letter = library.latest("delegation_letter", "assignment", assignment.id)
    assert letter.data["period"]["days"] == 30
    assert letter.data["reply_until"] == services.clock_of(assignment).final_on.isoformat()
    assert disputes.get(people.wang, dispute.id) is not None
    assert disputes.get(people.zhao, dispute.id) is None
    assert [n.user_id for n in told("assignment.offered")] == [people.wang.id]
    assert assignment.reasons["suggested"] == people.wang.mediator_id
    assert list(audit.verify()) == []


def test_a_designated_mediator_is_not_called_a_joint_choice(people):
    dispute = builders.make_consented(people.clerk)
    with pytest.raises(DomainError) as refused:
        services.issue(people.clerk, dispute, choice=Choice.JOINT, mediator_id=people.wang.mediator_id)
    assert refused.value.article == "S4 art. 12"


def test_the_parties_may_choose_together(people):
    dispute = builders.make_consented(people.clerk)
    for party in disputes.parties(dispute.id):
        answer = ConsentData(party.id, Answer.AGREES, preferred_mediator_id=people.zhao.mediator_id)
        intake.record_consent(people.clerk, dispute, answer)
    assert services.joint_choice(dispute.id) == people.zhao.mediator_id
    made = services.issue(people.clerk, dispute, choice=Choice.JOINT, mediator_id=people.zhao.mediator_id)
    assert made.choice is Choice.JOINT


def test_nobody_is_sent_to_mediation_against_his_will(people):
    dispute = builders.make_consented(people.clerk, Answer.AGREES, Answer.REFUSES)
    with pytest.raises(DomainError) as refused:
        services.issue(people.clerk, dispute, choice=Choice.DESIGNATED, mediator_id=people.wang.mediator_id)
    assert "CPL art. 125" in refused.value.article
    assert dispute.status is DisputeStatus.CONSENT_ASKED


def test_a_dispute_is_with_one_mediator_at_a_time(people):
    assignment = builders.make_assignment(people.clerk)
    dispute = services.dispute_of(assignment)
    with pytest.raises(DomainError):
        services.issue(people.clerk, dispute, choice=Choice.DESIGNATED, mediator_id=people.zhao.mediator_id)
    assert services.open_of(dispute.id) is assignment


@pytest.mark.parametrize("who", ["wang", "organisation", "guide"])
def test_only_the_registry_hands_over(people, who):
    dispute = builders.make_consented(people.clerk)
    with pytest.raises(NotPermitted):
        services.issue(getattr(people, who), dispute, choice=Choice.DESIGNATED, mediator_id=people.wang.mediator_id)


def test_whoever_is_full_is_not_given_another(people):
    change(wang(), people.clerk, max_open=1)
    builders.make_assignment(people.clerk)
    dispute = builders.make_consented(people.clerk)
    candidate = services.suggest(people.clerk, dispute).of(people.wang.mediator_id)
    assert not candidate.may_be_chosen
    with pytest.raises(DomainError):
        services.issue(people.clerk, dispute, choice=Choice.DESIGNATED, mediator_id=people.wang.mediator_id)


# --- conflicts ------------------------------------------------------------------------------------------------------


def test_the_same_phone_needs_the_consent_of_all(people):
    dispute = builders.make_consented(
        people.clerk, parties=[builders.a_tenant(phone="13800000011"), builders.a_landlord()]
    )
    with pytest.raises(DomainError) as refused:
        services.issue(people.clerk, dispute, choice=Choice.DESIGNATED, mediator_id=people.wang.mediator_id)
    assert refused.value.article == "S4 art. 15; S5 art. 13"
    check = services.check_conflict(people.clerk, dispute, wang())
    everybody = [p.id for p in disputes.parties(dispute.id)]
    with pytest.raises(DomainError):
        services.waive(people.clerk, check, party_ids=everybody[:1])
    services.waive(people.clerk, check, party_ids=everybody)
    made = services.issue(people.clerk, dispute, choice=Choice.DESIGNATED, mediator_id=people.wang.mediator_id)
    assert services.latest_check(dispute.id, people.wang.mediator_id).waived_by == everybody
    assert library.latest("disclosure", "conflict_check", check.id).data["consents"]
    services.accept(people.wang, made)
    assert made.status is Status.ACCEPTED


def test_a_party_is_no_mediator_whoever_agrees(people):
    dispute = builders.make_consented(people.clerk)
    tenant = disputes.parties(dispute.id)[0]
    change(wang(), people.clerk, person_key=tenant.id_key)
    check = services.check_conflict(people.clerk, dispute, wang())
    assert check.result is CheckResult.BLOCKED
    with pytest.raises(DomainError):
        services.waive(people.clerk, check, party_ids=[p.id for p in disputes.parties(dispute.id)])
    with pytest.raises(DomainError) as refused:
        services.issue(people.clerk, dispute, choice=Choice.DESIGNATED, mediator_id=people.wang.mediator_id)
    assert refused.value.article == "S4 art. 16; CPL art. 47"


def test_a_judge_of_the_dispute_does_not_mediate_it(people):
    dispute = builders.make_consented(people.clerk)
    disputes.participate(people.clerk, dispute, Capacity.JUDGED, person_key=wang().person_key)
    check = services.check_conflict(people.clerk, dispute, wang())
    assert services.kinds(check) == {Finding.ALREADY_TOOK_PART}


def test_a_former_agent_is_found_by_identity(people):
    old = builders.make_dispute(people.clerk)
    number = "370102199501010011"
    tenant = disputes.parties(old.id)[0]
    agent = disputes.AgentData(kind=AgentKind.LAWYER, name="王某", id_no=number, authority=Authority.GENERAL)
    made = disputes.add_agent(people.clerk, tenant, agent)
    dispute = builders.make_consented(people.clerk)
    change(wang(), people.clerk, person_key=made.id_key)
    check = services.check_conflict(people.clerk, dispute, wang())
    assert services.kinds(check) == {Finding.FORMER_AGENT}
    assert check.findings[0]["name"] == "刘某"


def test_what_is_disclosed_before_accepting_waits_for_the_parties(people):
    assignment = builders.make_assignment(people.clerk)
    dispute = services.dispute_of(assignment)
    services.disclose(people.wang, dispute, wang(), declared=[Finding.OTHER_TIE], text="与被申请人曾为邻居")
    with pytest.raises(DomainError) as refused:
        services.accept(people.wang, assignment)
    assert refused.value.article == "S4 art. 15; S5 art. 13"
    check = services.latest_check(dispute.id, people.wang.mediator_id)
    services.waive(people.clerk, check, party_ids=[p.id for p in disputes.parties(dispute.id)])
    services.accept(people.wang, assignment)
    assert services.latest_check(dispute.id, people.wang.mediator_id).disclosed == "与被申请人曾为邻居"


def test_a_new_tie_is_not_covered_by_an_old_consent(people):
    assignment = builders.make_assignment(people.clerk)
    dispute = services.dispute_of(assignment)
    check = services.disclose(people.wang, dispute, wang(), declared=[Finding.OTHER_TIE], text="曾为邻居")
    services.waive(people.clerk, check, party_ids=[p.id for p in disputes.parties(dispute.id)])
    services.disclose(people.wang, dispute, wang(), declared=[Finding.OTHER_TIE, Finding.RELATIVE], text="也是表亲")
    with pytest.raises(DomainError):
        services.accept(people.wang, assignment)


def test_nobody_discloses_for_another(people):
    assignment = builders.make_assignment(people.clerk)
    with pytest.raises(NotPermitted):
        services.disclose(people.zhao, services.dispute_of(assignment), wang(), declared=[], text="")


# --- accepted or not ------------------------------------------------------------------------------------------------


def test_accepting_starts_thirty_days_and_says_why(people):
    assignment = builders.make_assignment(people.clerk)
    deadline = services.accept(people.wang, assignment)
    assert deadline.key is PeriodKey.MEDIATION_PRE
    assert deadline.start_on == clock.today()
    assert deadline.raw_on == clock.today() + timedelta(days=30)
    assert periods.current("assignment", assignment.id, PeriodKey.MEDIATOR_ACCEPT) is None
    assert periods.current("assignment", assignment.id, PeriodKey.CONTACT_RESPONDENT) is not None


def test_the_day_of_signing_is_neither_tomorrow_nor_before_the_letter(people):
    assignment = builders.make_assignment(people.clerk)
    for day in (clock.today() + timedelta(days=1), clock.today() - timedelta(days=1)):
        with pytest.raises(DomainError):
            services.accept(people.wang, assignment, on=day)


@pytest.mark.parametrize("who", ["zhao", "clerk", "guide"])
def test_nobody_else_accepts(people, who):
    assignment = builders.make_assignment(people.clerk)
    with pytest.raises(NotPermitted):
        services.accept(getattr(people, who), assignment)


def test_an_organisation_appoints_one_of_its_own(people):
    dispute = builders.make_consented(people.clerk)
    made = services.issue(
        people.clerk, dispute, choice=Choice.DESIGNATED, organisation_id=people.organisation.organisation_id
    )
    with pytest.raises(DomainError):
        services.accept(people.organisation, made)
    with pytest.raises(DomainError):
        services.accept(people.organisation, made, mediator_id=people.zhao.mediator_id)
    services.accept(people.organisation, made, mediator_id=people.wang.mediator_id)
    assert made.mediator_id == people.wang.mediator_id
    assert disputes.get(people.wang, dispute.id) is not None


def test_declining_leads_back_to_choice_and_the_dispute_stays(people):
    assignment = builders.make_assignment(people.clerk)
    dispute = services.dispute_of(assignment)
    with pytest.raises(DomainError):
        services.decline(people.wang, assignment, reason=" ")
    services.decline(people.wang, assignment, reason="超出擅长领域")
    assert (assignment.status, dispute.status) == (Status.DECLINED, DisputeStatus.IN_MEDIATION)
    assert disputes.get(people.wang, dispute.id) is None
    number = disputes.number_of(dispute, "诉前调").canonical
    again = services.issue(people.clerk, dispute, choice=Choice.DESIGNATED, mediator_id=people.zhao.mediator_id)
    assert again.status is Status.ISSUED
    assert disputes.number_of(dispute, "诉前调").canonical == number


def test_silence_goes_back_to_choice_only_after_three_working_days(people, later):
    assignment = builders.make_assignment(people.clerk)
    with pytest.raises(DomainError) as refused:
        services.lapse(people.clerk, assignment)
    assert refused.value.article == "S5 art. 12"
    assert services.expire_unaccepted(system(people.clerk.court_id)) == 0
    later(14)
    assert services.expire_unaccepted(system(people.clerk.court_id)) == 1
    assert assignment.status is Status.DECLINED
    assert told("assignment.lapsed")[0].user_id == people.clerk.id


def test_a_replaced_mediator_sees_the_dispute_no_more(people):
    assignment = builders.accepted_assignment(people.clerk, people.wang)
    services.replace(people.guide, assignment, reason="回避申请成立")
    assert [one.user_id for one in told("assignment.taken_back")] == [people.wang.id]
    assert disputes.get(people.wang, assignment.dispute_id) is None
    assert services.clock_of(assignment) is None


def test_rejecting_the_designation_is_refusing_mediation(people):
    assignment = builders.make_assignment(people.clerk)
    dispute = services.dispute_of(assignment)
    landlord = disputes.parties(dispute.id)[1]
    services.reject_designation(
        people.clerk, assignment, party_id=landlord.id, manner=Manner.ORAL, minutes="不同意由该调解员调解"
    )
    assert (assignment.status, assignment.end_code) == (Status.REFUSED, EndCode.UNWILLING)
    assert dispute.status is DisputeStatus.NOT_AGREED
    assert intake.consents(dispute.id)[landlord.id].answer is Answer.REFUSES


# --- how it runs ----------------------------------------------------------------------------------------------------


def reach(people, assignment, *channels, reached=False, party=1):
    target = disputes.parties(assignment.dispute_id)[party]
    for channel in channels:
        services.record_contact(
            people.wang, assignment, party_id=target.id, channel=channel, reached=reached, result="无人接听"
        )


def test_cannot_be_reached_needs_proof(people):
    assignment = builders.accepted_assignment(people.clerk, people.wang)
    reach(people, assignment, Channel.PHONE, Channel.PHONE)
    with pytest.raises(DomainError) as refused:
        services.end(people.wang, assignment, EndCode.UNREACHABLE, reason="联系不上")
    assert refused.value.article == "S5 arts 15, 25"
    reach(people, assignment, Channel.SMS)
    services.end(people.wang, assignment, EndCode.UNREACHABLE, reason="联系不上")
    assert assignment.status is Status.REFUSED
    assert periods.current("assignment", assignment.id, PeriodKey.TRANSFER_BACK) is not None


def test_reaching_the_other_side_meets_the_three_days_and_keeps_the_answer(people):
    dispute = builders.make_consented(people.clerk, Answer.AGREES)
    assignment = builders.accepted_assignment(people.clerk, people.wang, dispute)
    landlord = disputes.parties(dispute.id)[1]
    services.record_contact(
        people.wang, assignment, party_id=landlord.id, channel=Channel.PHONE, reached=True, result="同意调解",
        answer=Answer.AGREES,
    )  # fmt: skip
    assert periods.current("assignment", assignment.id, PeriodKey.CONTACT_RESPONDENT) is None
    assert intake.consents(dispute.id)[landlord.id].answer is Answer.AGREES


def test_a_stranger_is_no_party(people):
    assignment = builders.accepted_assignment(people.clerk, people.wang)
    other = builders.make_dispute(people.clerk)
    with pytest.raises(DomainError):
        services.record_contact(
            people.wang, assignment, party_id=disputes.parties(other.id)[0].id, channel=Channel.PHONE, reached=False,
            result="—",
        )  # fmt: skip


def test_only_an_appraisal_is_left_out_of_the_period(people, later):
    assignment = builders.accepted_assignment(people.clerk, people.wang)
    deadline = services.clock_of(assignment)
    before = deadline.raw_on
    services.suspend(people.wang, assignment, reason=SuspensionReason.APPRAISAL)
    assert deadline.is_suspended
    later(10)
    services.resume(people.wang, assignment)
    assert assignment.status is Status.ACCEPTED
    assert deadline.raw_on == before + timedelta(days=10)
    services.suspend(people.wang, assignment, reason=SuspensionReason.SHAM)
    assert not deadline.is_suspended
    assert {n.user_id for n in told("assignment.suspended")} == {people.clerk.id, people.guide.id}


def test_an_extension_needs_all_and_moves_the_last_day(people):
    assignment = builders.accepted_assignment(people.clerk, people.wang)
    deadline = services.clock_of(assignment)
    everybody = [p.id for p in disputes.parties(assignment.dispute_id)]
    until = deadline.final_on + timedelta(days=15)
    with pytest.raises(DomainError) as refused:
        services.extend(people.wang, assignment, until=until, agreed_by=everybody[:1])
    assert refused.value.article == "S4 art. 27; S5 art. 24"
    made = services.extend(people.wang, assignment, until=until, agreed_by=everybody, reason="待补充证据")
    assert services.clock_of(assignment).final_on == made.final_on >= until
    assert library.latest("extension_confirmation", "extension", made.id).data["days"] == 15


def test_after_the_last_day_nothing_is_extended_and_the_answer_names_the_day(people, later):
    assignment = builders.accepted_assignment(people.clerk, people.wang)
    final = services.clock_of(assignment).final_on
    later(60)
    with pytest.raises(DomainError) as refused:
        services.extend(
            people.wang, assignment, until=final + timedelta(days=90),
            agreed_by=[p.id for p in disputes.parties(assignment.dispute_id)],
        )  # fmt: skip
    assert str(final.day) in str(refused.value.message)
    assert refused.value.article == "S4 art. 27; S5 art. 25"


def test_overdue_is_marked_once_told_to_all_and_ends_nothing(people, later):
    assignment = builders.accepted_assignment(people.clerk, people.wang)
    assert services.mark_overdue(system(people.clerk.court_id)) == 0
    later(60)
    assert services.mark_overdue(system(people.clerk.court_id)) == 1
    assert services.mark_overdue(system(people.clerk.court_id)) == 0
    assert {n.user_id for n in told("assignment.overdue")} == {people.wang.id, people.guide.id}
    assert [n.user_id for n in told("assignment.task")] == [people.clerk.id]
    assert assignment.status is Status.ACCEPTED
    services.end(people.wang, assignment, EndCode.EXPIRED)
    assert assignment.status is Status.FAILED
    assert assignment.ended_on > assignment.final_on


# --- how it ends ----------------------------------------------------------------------------------------------------


def test_the_period_must_be_over_to_be_called_over(people):
    assignment = builders.accepted_assignment(people.clerk, people.wang)
    with pytest.raises(DomainError):
        services.end(people.wang, assignment, EndCode.EXPIRED)


def test_a_refusal_ends_at_once_and_the_seven_days_run_on(people):
    assignment = builders.accepted_assignment(people.clerk, people.wang)
    dispute = services.dispute_of(assignment)
    assert periods.current("dispute", dispute.id, PeriodKey.FILING_DECISION).is_suspended
    services.end(people.wang, assignment, EndCode.UNWILLING, reason="被申请人不愿调解")
    assert dispute.status is DisputeStatus.NOT_AGREED
    assert not periods.current("dispute", dispute.id, PeriodKey.FILING_DECISION).is_suspended
    with pytest.raises(IllegalStep):
        services.end(people.wang, assignment, EndCode.UNWILLING, reason="again")


@pytest.mark.parametrize(("settled", "closing"), [(True, Closing.SETTLED), (False, Closing.WITHDRAWN)])
def test_settled_or_withdrawn_before_filing_closes_the_dispute(people, settled, closing):
    assignment = builders.accepted_assignment(people.clerk, people.wang)
    services.withdraw(people.wang, assignment, settled=settled, mediated=settled)
    dispute = services.dispute_of(assignment)
    assert (dispute.status, dispute.closing) == (DisputeStatus.CLOSED, closing)
    assert assignment.mediated is settled


def test_divergence_needs_a_session(people):
    assignment = builders.accepted_assignment(people.clerk, people.wang)
    with pytest.raises(DomainError):
        services.end(people.wang, assignment, EndCode.DIVERGENCE, reason="分歧大")
    builders.open_session(people.wang, assignment)
    services.end(people.wang, assignment, EndCode.DIVERGENCE, reason="分歧大")
    assert assignment.status is Status.FAILED
    assert list(audit.verify()) == []


def filed(people):
    dispute = builders.make_consented(people.clerk)
    intake.file_now(people.clerk, dispute)
    return dispute


def test_after_filing_seven_days_in_summary_procedure_and_back_to_trial(people):
    dispute = filed(people)
    made = services.issue(people.clerk, dispute, choice=Choice.DESIGNATED, mediator_id=people.wang.mediator_id)
    assert (made.kind, dispute.route) == (Kind.ENTRUSTED, Route.B)
    assert library.latest("entrustment_letter", "assignment", made.id).data["period"]["days"] == 7
    assert litigation.of_dispute(dispute.id).status is CaseStatus.PRIOR_MEDIATION
    deadline = services.accept(people.wang, made)
    assert deadline.raw_on == clock.today() + timedelta(days=7)
    everybody = [p.id for p in disputes.parties(dispute.id)]
    with pytest.raises(DomainError) as refused:
        services.extend(people.wang, made, until=deadline.final_on + timedelta(days=31), agreed_by=everybody)
    assert refused.value.article == "S12 point 3"
    services.extend(people.wang, made, until=deadline.final_on + timedelta(days=20), agreed_by=everybody)
    with pytest.raises(DomainError):
        services.extend(people.wang, made, until=deadline.final_on + timedelta(days=5), agreed_by=everybody)
    services.end(people.clerk, made, EndCode.UNWILLING, reason="被告不愿调解")
    assert litigation.of_dispute(dispute.id).status is not CaseStatus.PRIOR_MEDIATION


def test_every_assignment_keeps_to_its_court(people, clerk_of_other_court):
    assignment = builders.make_assignment(people.clerk)
    assert services.get(clerk_of_other_court.as_actor(), assignment.id) is None
    assert services.get(people.zhao, assignment.id) is None
    assert services.get(people.wang, assignment.id) is assignment
    assert services.get(people.organisation, assignment.id) is assignment


# --- what the database itself refuses -------------------------------------------------------------------------------

REFUSED = [
    "INSERT INTO assignment SELECT {columns} FROM assignment WHERE id = :id",
    "UPDATE assignment SET status = 'failed' WHERE id = :id",
    "UPDATE assignment SET status = 'accepted' WHERE id = :id",
    "UPDATE assignment SET mediator_id = NULL, organisation_id = NULL WHERE id = :id",
    "UPDATE assignment SET kind = 'entrusted' WHERE id = :id",
    "UPDATE assignment SET accepted_on = '2000-01-01' WHERE id = :id",
    "UPDATE assignment SET status = 'no_such_state' WHERE id = :id",
]


@pytest.mark.parametrize("statement", REFUSED)
def test_the_database_refuses_by_itself(people, statement):
    assignment = builders.make_assignment(people.clerk)
    db.session.commit()
    names = [c.name for c in Assignment.__table__.columns]
    columns = ", ".join("id + 1000" if n == "id" else n for n in names)
    with pytest.raises(sa.exc.IntegrityError), db.session.begin_nested():
        db.session.execute(sa.text(statement.format(columns=columns)), {"id": assignment.id})


def test_an_unwaivable_check_stays_a_record(people):
    assignment = builders.make_assignment(people.clerk)
    found = db.session.scalars(sa.select(ConflictCheck).where(ConflictCheck.dispute_id == assignment.dispute_id)).all()
    assert [c.result for c in found] == [CheckResult.CLEAR]
