"""From the counter to the chosen route, on a real database."""

from datetime import date, timedelta

import pytest
import sqlalchemy as sa

from mediation.accounts.models import User
from mediation.assignment.models import Assignment
from mediation.assignment.rules import Choice, EndCode, Kind
from mediation.assignment.rules import Status as AssignmentStatus
from mediation.disputes import services as disputes
from mediation.disputes.models import Dispute
from mediation.disputes.rules import Route, Status, TypeCode
from mediation.documents.models import Document
from mediation.intake import rules, services
from mediation.intake.rules import Advice, Answer, Interruption, Manner, Obstacle, ScreeningResult
from mediation.intake.screening import Flag
from mediation.intake.services import ConsentData
from mediation.intake.suitability import Exclusion
from mediation.kernel import audit, clock
from mediation.kernel.actor import Actor
from mediation.kernel.db import db, transaction
from mediation.kernel.errors import DomainError, IllegalStep, NotPermitted
from mediation.periods import services as periods
from mediation.periods.models import Deadline
from mediation.periods.table import PeriodKey
from mediation.roster import services as roster
from tests import builders


def papers(dispute: Dispute) -> list[tuple[str, int]]:
    rows = sa.select(Document.kind, Document.version).where(Document.dispute_id == dispute.id).order_by(Document.id)
    return [(row[0], row[1]) for row in db.session.execute(rows)]


def trail(dispute: Dispute) -> list[str]:
    db.session.commit()
    rows = sa.select(audit.AuditEvent.action).where(audit.AuditEvent.dispute_id == dispute.id)
    return list(db.session.scalars(rows.order_by(audit.AuditEvent.id)))


def filing_deadline(dispute: Dispute) -> Deadline | None:
    return periods.current("dispute", dispute.id, PeriodKey.FILING_DECISION)


def party_ids(dispute: Dispute) -> list[int]:
    return [party.id for party in disputes.parties(dispute.id)]


# ---- screening ----------------------------------------------------------------------------------------------------


def test_a_clean_dispute_is_screened_at_once(clerk_li: User) -> None:
    dispute = builders.make_dispute(clerk_li.as_actor())
    assert services.assess(dispute).clean
    row = services.screen(clerk_li.as_actor(), dispute)
    assert (row.result, row.findings, row.flags) == (ScreeningResult.SUITABLE, [], [])
    assert dispute.status is Status.SCREENED
    assert trail(dispute)[-2:] == ["screening.record", "dispute.screen"]


def test_what_the_clerk_saw_is_kept_with_its_basis(clerk_li: User) -> None:
    dispute = builders.make_dispute(clerk_li.as_actor())
    row = services.screen(clerk_li.as_actor(), dispute, exclusions=[Exclusion.PRESERVATION], flags=[Flag.UNREACHABLE])
    assert row.findings == [{"code": "X09", "basis": "person"}]
    assert row.flags == ["unreachable"]
    assert row.result is ScreeningResult.SUITABLE


def test_the_clerk_does_not_override(clerk_li: User) -> None:
    dispute = builders.make_dispute(clerk_li.as_actor())
    with pytest.raises(NotPermitted), transaction():
        services.screen(clerk_li.as_actor(), dispute, result=ScreeningResult.NOT_SUITABLE, reason="疑难")
    assert services.screening_of(dispute.id) is None


def test_the_triage_officer_overrides_with_a_reason(clerk_li: User, triage_sun: User) -> None:
    dispute = builders.make_screened(clerk_li.as_actor())
    with pytest.raises(DomainError) as refused:
        services.screen(triage_sun.as_actor(), dispute, result=ScreeningResult.NOT_SUITABLE)
    assert refused.value.field == "reason"
    services.screen(triage_sun.as_actor(), dispute, result=ScreeningResult.NOT_SUITABLE, reason="事实争议大")
    latest = services.screening_of(dispute.id)
    assert latest is not None
    assert (latest.result, latest.reason) == (ScreeningResult.NOT_SUITABLE, "事实争议大")
    assert services.route_obstacles(dispute, Route.A) == [Obstacle.UNSUITABLE, Obstacle.NOT_GUIDED]
    assert rules.next_step(services.route_facts(dispute)) is rules.Next.FILE


def test_others_do_not_screen(clerk_li: User, clerk_of_other_court: User, judge_chen: User) -> None:
    dispute = builders.make_dispute(clerk_li.as_actor())
    for stranger in (clerk_of_other_court, judge_chen):
        with pytest.raises(NotPermitted), transaction():
            services.screen(stranger.as_actor(), dispute)


def test_a_minor_without_guardian_is_flagged(clerk_li: User) -> None:
    child = builders.a_tenant(id_no="", id_type=None, birth_date=clock.today() - timedelta(days=3650))
    dispute = builders.make_dispute(clerk_li.as_actor(), parties=[child, builders.a_landlord()])
    assert services.assess(dispute).flags == (Flag.MINOR,)


# ---- correction ---------------------------------------------------------------------------------------------------


def test_the_period_runs_from_the_day_after_the_correction(clerk_li: User) -> None:
    actor = clerk_li.as_actor()
    dispute = builders.make_dispute(actor)
    assert filing_deadline(dispute) is not None
    services.ask_correction(actor, dispute, missing="起诉状副本\n租赁合同")
    assert filing_deadline(dispute) is None
    assert papers(dispute)[-1] == ("correction", 1)
    services.receive_correction(actor, dispute)
    deadline = filing_deadline(dispute)
    assert deadline is not None
    assert deadline.start_on == clock.today()
    assert deadline.raw_on == clock.today() + timedelta(days=7)
    assert {"correction.ask", "correction.receive"} <= set(trail(dispute))


def test_the_notice_is_given_once_and_complete(clerk_li: User) -> None:
    actor = clerk_li.as_actor()
    dispute = builders.make_dispute(actor)
    with pytest.raises(DomainError) as nothing:
        services.receive_correction(actor, dispute)
    assert nothing.value.article == rules.OBSTACLE_ARTICLE[Obstacle.NO_OPEN_CORRECTION]
    services.ask_correction(actor, dispute, missing="起诉状副本")
    with pytest.raises(DomainError) as twice:
        services.ask_correction(actor, dispute, missing="又缺一份")
    assert twice.value.remedy
    with pytest.raises(DomainError) as early:
        services.receive_correction(actor, dispute, on=clock.today() - timedelta(days=1))
    assert early.value.field == "corrected_on"


# ---- return -------------------------------------------------------------------------------------------------------


def test_a_pending_complaint_is_not_returned_unasked(clerk_li: User) -> None:
    actor = clerk_li.as_actor()
    dispute = builders.make_dispute(actor)
    services.screen(actor, dispute, exclusions=[Exclusion.OTHER_COURT])
    with pytest.raises(DomainError) as refused:
        services.return_(actor, dispute, advice=Advice.COMPETENT_COURT)
    assert (refused.value.field, refused.value.article) == ("complaint_taken_back", "CPL art. 126")
    services.return_(actor, dispute, advice=Advice.COMPETENT_COURT, complaint_taken_back=True)
    assert dispute.status is Status.RETURNED
    assert filing_deadline(dispute) is None
    assert services.limitation(dispute) == [(Interruption.COMPLAINT, clock.today())]


def test_what_is_suitable_is_not_returned(clerk_li: User) -> None:
    dispute = builders.make_screened(clerk_li.as_actor())
    with pytest.raises(DomainError):
        services.return_(clerk_li.as_actor(), dispute, advice=Advice.ARBITRATION, complaint_taken_back=True)
    assert dispute.status is Status.SCREENED


# ---- guidance -----------------------------------------------------------------------------------------------------


def test_every_party_is_handed_notice_and_form(clerk_li: User) -> None:
    dispute = builders.make_guided(clerk_li.as_actor())
    assert dispute.status is Status.GUIDED
    assert set(services.guidances(dispute.id)) == set(party_ids(dispute))
    assert papers(dispute).count(("guidance", 1)) == 2
    assert papers(dispute).count(("consent", 1)) == 2


def test_the_notice_never_calls_an_agreement_a_judgment(clerk_li: User) -> None:
    from mediation.documents import composing

    dispute = builders.make_guided(clerk_li.as_actor())
    found = db.session.scalars(sa.select(Document).where(Document.kind == "guidance")).first()
    assert found is not None
    sheet = composing.Sheet(court="济南市历下区人民法院", title=found.title, created=clock.now())
    html = composing.compose("guidance", sheet, found.data).html
    assert "同等" not in html
    assert "调解协议本身不能直接申请强制执行" in html
    assert "三十日内" in html
    assert "随时要求立案" in html
    assert f"{clock.today().day}日收到起诉状" in html
    assert dispute.status is Status.GUIDED


def test_nobody_is_guided_before_screening_or_against_it(clerk_li: User) -> None:
    actor = clerk_li.as_actor()
    with pytest.raises(DomainError) as early:
        services.guide(actor, builders.make_dispute(actor))
    assert early.value.article == rules.OBSTACLE_ARTICLE[Obstacle.NOT_SCREENED]
    barred = builders.make_dispute(actor)
    services.screen(actor, barred, exclusions=[Exclusion.SHAM])
    with pytest.raises(DomainError) as unsuitable:
        services.guide(actor, barred)
    assert unsuitable.value.article == rules.OBSTACLE_ARTICLE[Obstacle.UNSUITABLE]


# ---- consent ------------------------------------------------------------------------------------------------------


def test_both_agree_and_delegation_is_open(clerk_li: User) -> None:
    dispute = builders.make_consented(clerk_li.as_actor())
    assert dispute.status is Status.CONSENT_ASKED
    assert services.all_agree(dispute.id)
    assert services.route_obstacles(dispute, Route.A) == []
    assert papers(dispute).count(("consent", 2)) == 2


def test_a_refusal_leads_to_filing_and_is_put_on_paper(clerk_li: User) -> None:
    dispute = builders.make_consented(clerk_li.as_actor(), Answer.AGREES, Answer.REFUSES)
    assert papers(dispute)[-1] == ("refusal", 1)
    assert services.route_obstacles(dispute, Route.A) == [Obstacle.REFUSED]
    assert rules.next_step(services.route_facts(dispute)) is rules.Next.FILE


def test_the_latest_answer_counts(clerk_li: User) -> None:
    actor = clerk_li.as_actor()
    dispute = builders.make_consented(actor, Answer.AGREES, Answer.REFUSES)
    services.record_consent(actor, dispute, ConsentData(party_ids(dispute)[1], Answer.AGREES))
    assert services.all_agree(dispute.id)


def test_silence_is_no_consent_after_filing_and_no_paper(clerk_li: User) -> None:
    dispute = builders.make_consented(clerk_li.as_actor(), Answer.AGREES, Answer.SILENT)
    assert not services.all_agree(dispute.id)
    assert papers(dispute).count(("consent", 2)) == 1


def test_an_oral_answer_is_minuted(clerk_li: User) -> None:
    actor = clerk_li.as_actor()
    dispute = builders.make_guided(actor)
    oral = ConsentData(party_ids(dispute)[0], Answer.AGREES, manner=Manner.ORAL)
    with pytest.raises(DomainError):
        services.record_consent(actor, dispute, oral)
    told = ConsentData(party_ids(dispute)[0], Answer.AGREES, manner=Manner.ORAL, minutes="电话征询，同意调解")
    assert services.record_consent(actor, dispute, told).minutes == "电话征询，同意调解"


def test_the_database_itself_refuses_an_oral_answer_without_minutes(clerk_li: User) -> None:
    dispute = builders.make_guided(clerk_li.as_actor())
    bare = services.Consent(
        court_id=dispute.court_id, dispute_id=dispute.id, party_id=party_ids(dispute)[0], answer=Answer.AGREES,
        manner=Manner.ORAL, answered_on=clock.today(), recorded_by_id=clerk_li.id,
    )  # fmt: skip
    with pytest.raises(sa.exc.IntegrityError), transaction():
        audit.record(clerk_li.as_actor(), "record", bare)


def test_nobody_is_asked_before_being_told_and_no_stranger_answers(clerk_li: User) -> None:
    actor = clerk_li.as_actor()
    dispute = builders.make_screened(actor)
    with pytest.raises(DomainError) as untold:
        services.record_consent(actor, dispute, ConsentData(party_ids(dispute)[0], Answer.AGREES))
    assert untold.value.article == rules.OBSTACLE_ARTICLE[Obstacle.NOT_GUIDED]
    other = builders.make_guided(actor)
    with pytest.raises(DomainError):
        services.record_consent(actor, other, ConsentData(party_ids(dispute)[0], Answer.AGREES))


def test_a_mediator_asks_only_while_mediating(clerk_li: User, mediator_wang: User) -> None:
    actor = clerk_li.as_actor()
    dispute = builders.make_guided(actor)
    answer = ConsentData(party_ids(dispute)[1], Answer.AGREES)
    with pytest.raises(NotPermitted), transaction():
        services.record_consent(mediator_wang.as_actor(), dispute, answer)
    services.record_consents(actor, dispute, [ConsentData(party_ids(dispute)[0], Answer.AGREES)])
    disputes.move(actor, dispute, "delegate")
    assert services.record_consent(mediator_wang.as_actor(), dispute, answer).answer is Answer.AGREES


def test_withdrawal_lets_the_suspended_period_run_on(clerk_li: User) -> None:
    actor = clerk_li.as_actor()
    dispute = builders.make_consented(actor)
    disputes.move(actor, dispute, "delegate")
    deadline = filing_deadline(dispute)
    assert deadline is not None
    assert deadline.is_suspended
    services.withdraw_consent(actor, dispute, party_ids(dispute)[1])
    assert not deadline.is_suspended
    assert papers(dispute)[-1] == ("refusal", 1)
    with pytest.raises(DomainError) as twice:
        services.withdraw_consent(actor, dispute, party_ids(dispute)[1])
    assert twice.value.article == rules.OBSTACLE_ARTICLE[Obstacle.NO_AGREEMENT_TO_WITHDRAW]
    # The mediation fails afterwards: the period already runs and simply goes on.
    disputes.move(actor, dispute, "fail")
    assert not deadline.is_suspended
    services.file_now(actor, dispute)
    assert dispute.status is Status.FILED


# ---- routes -------------------------------------------------------------------------------------------------------


def test_outside_the_court_only_when_no_complaint_waits(clerk_li: User) -> None:
    actor = clerk_li.as_actor()
    with_complaint = builders.make_consented(actor, outside=True)
    assert services.route_obstacles(with_complaint, Route.C) == [Obstacle.COMPLAINT_PENDING]
    disputes.withdraw_complaint(actor, with_complaint)
    assert services.route_obstacles(with_complaint, Route.C) == []
    without = builders.make_consented(actor, outside=True, has_complaint=False)
    assert services.route_obstacles(without, Route.C) == []
    assert services.route_obstacles(without, Route.B) == [Obstacle.NO_COMPLAINT]


def test_a_court_names_its_preset(clerk_of_other_court: User) -> None:
    actor = clerk_of_other_court.as_actor()
    for row in services.regime(actor.court_id):
        audit.record(actor, "end", row)
        row.valid_to = date(2020, 1, 1)
    assert services.routes_enabled(actor.court_id, date(2026, 1, 1)) == frozenset()
    services.install_regime(actor, "opinions-2025")
    assert services.routes_enabled(actor.court_id, date(2024, 12, 31)) == frozenset(Route)
    assert services.routes_enabled(actor.court_id, date(2025, 1, 1)) == {Route.B, Route.C}
    with pytest.raises(KeyError):
        services.install_regime(actor, "whatever")


# ---- filing -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "build", [builders.make_dispute, builders.make_screened, builders.make_guided, builders.make_consented]
)
def test_filing_is_open_from_every_state_at_the_counter(clerk_li: User, build: object) -> None:
    dispute = build(clerk_li.as_actor())  # type: ignore[operator]
    services.file_now(clerk_li.as_actor(), dispute)
    assert dispute.status is Status.FILED
    assert disputes.number_of(dispute, TypeCode.FIRST_INSTANCE) is not None
    assert filing_deadline(dispute) is None


def test_an_unsuitable_dispute_and_an_open_correction_do_not_stop_filing(clerk_li: User) -> None:
    actor = clerk_li.as_actor()
    dispute = builders.make_dispute(actor)
    services.ask_correction(actor, dispute, missing="证据")
    services.screen(actor, dispute, exclusions=[Exclusion.SHAM])
    services.file_now(actor, dispute)
    assert dispute.status is Status.FILED


def test_without_complaint_it_is_handed_in_first(clerk_li: User) -> None:
    actor = clerk_li.as_actor()
    dispute = builders.make_dispute(actor, has_complaint=False)
    with pytest.raises(DomainError) as refused:
        services.file_now(actor, dispute)
    assert refused.value.field == "hand_in"
    services.file_now(actor, dispute, hand_in=True)
    assert dispute.status is Status.FILED
    assert services.limitation(dispute) == [(Interruption.COMPLAINT, clock.today())]


def test_not_twice_and_not_for_everybody(clerk_li: User, judge_chen: User) -> None:
    actor = clerk_li.as_actor()
    dispute = builders.make_dispute(actor)
    with pytest.raises(NotPermitted), transaction():
        services.file_now(judge_chen.as_actor(), dispute)
    services.file_now(actor, dispute)
    with pytest.raises(DomainError) as twice:
        services.file_now(actor, dispute)
    assert twice.value.article == "CPL art. 126"
    with pytest.raises(IllegalStep), transaction():
        disputes.move(actor, dispute, "file")


# ---- what a later stage left behind ---------------------------------------------------------------------------------


def handed_over(actor: Actor, dispute: Dispute, kind: Kind, status: AssignmentStatus, *, days_ago: int) -> Assignment:
    day = clock.today() - timedelta(days=days_ago)
    over = status is not AssignmentStatus.ACCEPTED
    row = Assignment(
        court_id=dispute.court_id,
        dispute_id=dispute.id,
        kind=kind,
        mediator_id=roster.list_active(actor)[0].id,
        choice=Choice.JOINT,
        status=status,
        issued_on=day,
        issued_by_id=actor.id,
        accepted_on=day,
        ended_on=day if over else None,
        end_code=EndCode.DIVERGENCE if over else None,
        final_on=day if over else None,
    )
    with transaction():
        audit.record(actor, "issue", row)
    return row


@pytest.mark.parametrize(("days_ago", "flags"), [(90, (Flag.FAILED_BEFORE,)), (91, ())])
def test_a_mediation_that_failed_between_the_same_persons_is_seen(
    clerk_li: User, days_ago: int, flags: tuple[Flag, ...]
) -> None:
    actor = clerk_li.as_actor()
    earlier = builders.make_dispute(actor)
    handed_over(actor, earlier, Kind.DELEGATED, AssignmentStatus.FAILED, days_ago=days_ago)
    again = builders.make_dispute(actor)
    assert services.assess(again).flags == flags
    others = builders.make_dispute(actor, parties=[builders.a_tenant(), builders.a_company()])
    assert services.assess(others).flags == ()


def test_asking_a_committee_interrupts_limitation(clerk_li: User) -> None:
    actor = clerk_li.as_actor()
    dispute = builders.make_dispute(actor, has_complaint=False)
    assert services.limitation(dispute) == []
    handed_over(actor, dispute, Kind.REFERRED, AssignmentStatus.ACCEPTED, days_ago=3)
    assert services.limitation(dispute) == [(Interruption.COMMITTEE, clock.today() - timedelta(days=3))]


def test_the_load_of_a_mediator_is_what_is_open(clerk_li: User) -> None:
    actor = clerk_li.as_actor()
    first = roster.list_active(actor)[0]
    handed_over(actor, builders.make_dispute(actor), Kind.REFERRED, AssignmentStatus.ACCEPTED, days_ago=3)
    handed_over(actor, builders.make_dispute(actor), Kind.DELEGATED, AssignmentStatus.FAILED, days_ago=3)
    assert roster.loads(actor.court_id) == {first.id: 1}
