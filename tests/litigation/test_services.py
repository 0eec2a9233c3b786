"""The register on a real database: filing, mediation before trial, fee, fast track, closing."""

from dataclasses import replace
from datetime import timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from mediation.disputes import services as disputes
from mediation.disputes.rules import Capacity
from mediation.disputes.rules import Status as DisputeStatus
from mediation.documents import services as documents
from mediation.kernel import clock
from mediation.kernel.actor import Role
from mediation.kernel.audit import AuditEvent
from mediation.kernel.db import db
from mediation.kernel.errors import DomainError, IllegalStep, NotPermitted
from mediation.litigation import services
from mediation.litigation.rules import Effect, Exclusion, Manner, Procedure, Status
from mediation.litigation.tariff import FeeKind
from mediation.notices import services as notices
from mediation.notices.models import Notice
from mediation.notices.rules import Channel, ServiceMethod
from mediation.periods import services as periods
from mediation.periods.table import PeriodKey
from mediation.scheduling import services as scheduling
from mediation.scheduling.errors import NotBookable
from mediation.scheduling.rules import BookingStatus, ResourceKind
from tests.builders import make_dispute
from tests.conftest import actor_of
from tests.litigation import together
from tests.scheduling.when import at, working_day


def make_case(actor):
    """A dispute whose parties did not want mediation: filed at once."""
    return services.file_case(actor, make_dispute(actor))


@pytest.fixture
def clerk(clerk_li):
    return actor_of(clerk_li)


@pytest.fixture
def judge(judge_zhou):
    return actor_of(judge_zhou)


@pytest.fixture
def case(clerk):
    return make_case(clerk)


@pytest.fixture
def tribunal(clerk):
    return scheduling.resources(clerk, (ResourceKind.TRIBUNAL,))[0]


def demand(clerk, case, **over):
    told = {"kind": FeeKind.PROPERTY, "received_on": clock.today()}
    return services.issue_fee_notice(clerk, case, **(told | over))


def paid(clerk, case):
    demand(clerk, case)
    services.record_payment(clerk, case)
    return case


def on_track(clerk, case, judge, tribunal, **over):
    paid(clerk, case)
    services.to_fast_track(clerk, case, tribunal_id=tribunal.id, judge_id=judge.id, **over)
    return case


def actions(case) -> set[str]:
    db.session.commit()
    wanted = sa.select(AuditEvent.action).where(AuditEvent.dispute_id == case.dispute_id)
    return set(db.session.scalars(wanted))


def test_filing_gives_number_limit_and_notice_and_meets_the_seven_days(clerk, case):
    dispute = disputes.get(clerk, case.dispute_id)
    number = disputes.number_of(dispute, "民初")
    assert number.canonical == f"（{clock.today().year}）鲁0102民初{number.serial}号"
    assert dispute.status is DisputeStatus.FILED
    assert periods.current("dispute", dispute.id, PeriodKey.FILING_DECISION) is None
    limit = periods.current("litigation_case", case.id, PeriodKey.TRIAL_SUMMARY)
    assert limit.start_on == case.filed_on == clock.today()
    assert documents.latest("filing_notice", "litigation_case", case.id).number == number.canonical
    assert {"litigation_case.file", "dispute.file", "case_number.give"} <= actions(case)


def test_numbers_of_filed_cases_have_no_gap(clerk):
    serials = [disputes.number_of(disputes.get(clerk, make_case(clerk).dispute_id), "民初").serial for _ in range(3)]
    assert serials == list(range(serials[0], serials[0] + 3))


def test_a_case_is_filed_once(clerk, case):
    with pytest.raises(DomainError):
        services.file_case(clerk, disputes.get(clerk, case.dispute_id))


def test_only_the_registry_files(clerk, judge):
    dispute = make_dispute(clerk)
    with pytest.raises(NotPermitted):
        services.file_case(judge, dispute)
    assert services.of_dispute(dispute.id) is None


def test_strangers_do_not_see_the_case(case, clerk_of_other_court, mediator_zhao, judge):
    assert services.get(actor_of(clerk_of_other_court), case.id) is None
    assert services.get(actor_of(mediator_zhao), case.id) is None
    assert services.get(judge, case.id) is case


def test_mediation_before_trial_ends_without_agreement(clerk, case):
    services.begin_prior_mediation(clerk, case)
    assert case.status is Status.PRIOR_MEDIATION
    with pytest.raises(IllegalStep):
        demand(clerk, case)
    db.session.rollback()
    services.end_prior_mediation(clerk, case, agreed=False)
    assert case.status is Status.FILED


def test_settled_before_trial_the_judge_closes_the_case_in_another_manner(clerk, case, guide):
    services.begin_prior_mediation(clerk, case)
    with pytest.raises(DomainError) as nobody:
        services.close_case(guide, case, Manner.OTHER)
    assert nobody.value.article == "CPL arts 40, 97, 100, 157"
    together.named(clerk, case, guide)
    with pytest.raises(DomainError) as refused:
        services.close_case(guide, case, Manner.OTHER)
    assert refused.value.article == "S12 point 4"
    services.end_prior_mediation(clerk, case, agreed=True)
    with pytest.raises(NotPermitted):
        services.close_case(clerk, case, Manner.OTHER)
    services.close_case(guide, case, Manner.OTHER, note="当场履行")
    assert (case.status, case.manner, case.closed_on) == (Status.CLOSED, Manner.OTHER, clock.today())
    assert disputes.get(clerk, case.dispute_id).status is DisputeStatus.CLOSED
    assert periods.current("litigation_case", case.id, PeriodKey.TRIAL_SUMMARY) is None


def test_the_fee_is_counted_halved_and_due_in_seven_days(clerk, case):
    notice = demand(clerk, case, amount_fen=5_000_000)
    assert (notice.tariff_fen, notice.due_fen, notice.halved_because) == (105_000, 52_500, "summary")
    deadline = periods.current("fee_notice", notice.id, PeriodKey.FEE_PAYMENT)
    assert deadline.final_on >= clock.today() + timedelta(days=7)
    data = documents.latest("fee_notice", "fee_notice", notice.id).data
    assert data["pay_until"] == deadline.final_on.isoformat()
    assert data["parts"] == [{"portion_fen": 4_000_000, "rate": 250, "fee_fen": 100_000}]


def test_a_fixed_part_outside_the_tariff_is_refused(clerk, case):
    with pytest.raises(DomainError) as refused:
        demand(clerk, case, kind=FeeKind.DIVORCE, fixed_fen=40_000)
    assert (refused.value.article, refused.value.field) == ("S10 art. 13", "fixed_fen")
    assert case.status is Status.FILED


def test_unpaid_the_case_goes_nowhere_and_is_not_yet_treated_as_withdrawn(clerk, case, judge, judge_wu, tribunal):
    demand(clerk, case)
    together.named(clerk, case, actor_of(judge_wu))
    with pytest.raises(DomainError) as unpaid:
        services.to_fast_track(clerk, case, tribunal_id=tribunal.id, judge_id=judge.id)
    assert unpaid.value.article == "S10 art. 22"
    with pytest.raises(DomainError) as early:
        services.close_case(actor_of(judge_wu), case, Manner.DEEMED_WITHDRAWN, clerk_name="黎燚")
    assert early.value.article == "S10 art. 22"


def test_after_the_last_day_a_judge_rules_that_it_counts_as_withdrawn(clerk, judge_wu, case):
    guide = actor_of(judge_wu)
    demand(clerk, case, received_on=clock.today() - timedelta(days=40))
    together.named(clerk, case, guide)
    services.ask_relief(clerk, case, words="家庭困难，申请缓交")
    with pytest.raises(DomainError) as open_:
        services.close_case(guide, case, Manner.DEEMED_WITHDRAWN, clerk_name="黎燚")
    assert open_.value.article == "S2 art. 213"
    with pytest.raises(DomainError) as silent:
        services.decide_relief(clerk, case, granted=False)
    assert (silent.value.article, silent.value.field) == ("S10 art. 48", "reason")
    services.decide_relief(clerk, case, granted=False, reason="未提交经济困难的证明材料。")
    written = db.session.scalars(sa.select(Notice).where(Notice.kind == "relief_refused")).one()
    assert (written.channel, "未提交经济困难的证明材料。" in written.text) == (Channel.PAPER, True)
    with pytest.raises(NotPermitted):
        services.close_case(clerk, case, Manner.DEEMED_WITHDRAWN, clerk_name="黎燚")
    services.close_case(guide, case, Manner.DEEMED_WITHDRAWN, clerk_name="黎燚")
    assert case.manner is Manner.DEEMED_WITHDRAWN
    ruling = documents.latest("withdrawal_ruling", "litigation_case", case.id)
    assert (ruling.data["bench"], ruling.data["unpaid"]["supplement"]) == ([["审判员", guide.name]], False)


def test_relief_opens_the_way_as_payment_does(clerk, case):
    demand(clerk, case)
    services.ask_relief(clerk, case, words="申请免交")
    services.decide_relief(clerk, case, granted=True)
    services.to_ordinary(clerk, case)
    assert (case.status, case.procedure) == (Status.ORDINARY, Procedure.ORDINARY_SOLE)
    assert periods.current("litigation_case", case.id, PeriodKey.TRIAL_SUMMARY) is None
    assert periods.current("litigation_case", case.id, PeriodKey.TRIAL_ORDINARY).start_on == case.filed_on
    with pytest.raises(DomainError):
        services.record_payment(clerk, case)


def test_fast_track_with_a_hearing(clerk, case, judge, tribunal):
    day = working_day(2)
    on_track(clerk, case, judge, tribunal, starts_at=at(day, "09:00"), ends_at=at(day, "10:30"))
    assert (case.status, case.judge_id, case.tribunal_id) == (Status.FAST_TRACK, judge.id, tribunal.id)
    booking = scheduling.get(clerk, case.hearing_booking_id)
    assert {c.claimant_kind.value for c in booking.claims} == {"resource", "judge", "party"}
    listed = services.hearings_on(judge, day, judge_id=judge.id)
    assert [line.case.id for line in listed] == [case.id]
    assert [
        line.case.id
        for line in map(
            services.listed, db.session.execute(services.work(judge, {Status.FAST_TRACK}, judge_id=judge.id))
        )
    ] == [case.id]


def test_the_judge_cannot_sit_in_two_hearings(clerk, case, judge, tribunal):
    day, others = working_day(2), scheduling.resources(clerk, (ResourceKind.TRIBUNAL,))
    on_track(clerk, case, judge, tribunal, starts_at=at(day, "09:00"), ends_at=at(day, "10:30"))
    other = make_case(clerk)
    with pytest.raises(NotBookable) as taken:
        on_track(clerk, other, judge, others[1], starts_at=at(day, "09:30"), ends_at=at(day, "11:00"))
    assert len(taken.value.free) == 3
    assert other.status is Status.FEE_NOTICE


@pytest.mark.parametrize("exclusion", list(Exclusion))
def test_each_exclusion_of_the_summary_procedure_is_refused(clerk, case, judge, tribunal, exclusion):
    paid(clerk, case)
    with pytest.raises(DomainError) as refused:
        services.to_fast_track(clerk, case, tribunal_id=tribunal.id, judge_id=judge.id, exclusions=[exclusion])
    assert refused.value.article == "S2 art. 257"


def test_small_claims_wait_for_the_wage_and_then_are_prescribed(clerk, case, judge, tribunal, president_he):
    paid(clerk, case)
    told = {"tribunal_id": tribunal.id, "judge_id": judge.id}
    with pytest.raises(DomainError) as unknown:
        services.to_fast_track(clerk, case, procedure=Procedure.SMALL, **told)
    assert unknown.value.article == "S2 art. 272"
    president = actor_of(president_he)
    entered = {"year": 2025, "amount_fen": 10_000_000, "published_on": clock.today(), "source": "测试公报"}
    with pytest.raises(NotPermitted):
        services.record_wage(clerk, **entered)
    services.record_wage(president, **entered)
    with pytest.raises(DomainError) as prescribed:
        services.to_fast_track(clerk, case, procedure=Procedure.SUMMARY, **told)
    assert prescribed.value.article == "CPL art. 165"
    services.to_fast_track(clerk, case, procedure=Procedure.SMALL, **told)
    assert periods.current("litigation_case", case.id, PeriodKey.TRIAL_SMALL).start_on == case.filed_on


def test_who_mediated_does_not_try(clerk, case, judge, judge_zhou, tribunal):
    dispute = disputes.get(clerk, case.dispute_id)
    disputes.participate(clerk, dispute, Capacity.MEDIATED, user_id=judge_zhou.id)
    paid(clerk, case)
    with pytest.raises(DomainError) as refused:
        services.to_fast_track(clerk, case, tribunal_id=tribunal.id, judge_id=judge.id)
    assert refused.value.article == "CPL art. 47"
    table = case.__table__
    both = sa.update(table).where(table.c.id == case.id).values(judge_id=judge.id, mediator_user_id=judge.id)
    with pytest.raises(IntegrityError, match="apart"), db.session.begin_nested():
        db.session.execute(both)


def test_only_the_judge_of_the_case_converts_and_decides(clerk, case, judge, tribunal, judge_wu):
    day = working_day(2)
    on_track(clerk, case, judge, tribunal, starts_at=at(day, "09:00"), ends_at=at(day, "10:30"))
    for somebody in (clerk, actor_of(judge_wu)):
        with pytest.raises(NotPermitted):
            services.convert(somebody, case, reason="案情复杂", clerk_name="黎燚")
        with pytest.raises(NotPermitted):
            services.close_case(somebody, case, Manner.WITHDRAWN, clerk_name="黎燚")
    services.convert(judge, case, reason="案情复杂", clerk_name="黎燚")
    assert (case.status, case.fast_track) == (Status.ORDINARY, False)
    assert scheduling.get(clerk, case.hearing_booking_id).status is BookingStatus.CANCELLED
    assert periods.current("litigation_case", case.id, PeriodKey.TRIAL_ORDINARY) is not None


def test_judgment_follows_the_hearing(clerk, case, judge, tribunal):
    on_track(clerk, case, judge, tribunal)
    with pytest.raises(DomainError) as refused:
        services.close_case(judge, case, Manner.JUDGMENT)
    assert refused.value.article == "CPL art. 155"
    together.at_once(judge, case)
    services.heard(judge, case, on=clock.today())
    services.close_case(judge, case, Manner.JUDGMENT)
    assert case.status is Status.CLOSED
    assert {"litigation_case.hear", "litigation_case.close_judgment", "dispute.close"} <= actions(case)
    with pytest.raises(IllegalStep):
        services.close_case(judge, case, Manner.JUDGMENT)


def test_a_judge_allows_the_withdrawal_by_the_ruling_that_halves_the_fee_once(clerk, judge_wu, case):
    """CPL arts 148, 157; S2 art. 238: whether a suit may be withdrawn is ruled by a judge, never by the registry."""
    guide = actor_of(judge_wu)
    notice = demand(clerk, case, amount_fen=5_000_000)
    together.named(clerk, case, guide)
    with pytest.raises(NotPermitted) as refused:
        services.close_case(clerk, case, Manner.WITHDRAWN, clerk_name="黎燚")
    assert "CPL art. 148" in refused.value.article
    assert (case.status, documents.latest("withdrawal_ruling", "litigation_case", case.id)) == (Status.FEE_NOTICE, None)
    services.close_case(guide, case, Manner.WITHDRAWN, clerk_name=clerk.name)
    ruling = documents.latest("withdrawal_ruling", "litigation_case", case.id)
    assert ruling.data["fee_fen"] == notice.due_fen == 52_500
    assert (ruling.data["bench"], ruling.data["clerk"]) == ([["审判员", guide.name]], clerk.name)


@pytest.fixture
def guide(judge_wu):
    return actor_of(judge_wu)


def issue(actor, case, **over):
    told = {
        "agreed_on": clock.today(),
        "clauses": ["双方解除房屋租赁合同", "汪某于2026年12月31日前退还刘某租金600元"],
        "effect": Effect.ON_RECEIPT,
        "fee_fen": 2_500,
        "fee_bearer": "刘某",
    }
    return services.issue_mediation_document(actor, case, **(told | over), clerk_name="黎燚")


def test_a_mediation_document_is_the_named_judges_and_nobody_elses(clerk, case, guide, judge):
    """CPL arts 97, 100: the registry never stands under it as a judge, nor does anybody before a judge is named."""
    for somebody in (clerk, actor_without(guide)):
        with pytest.raises(NotPermitted):
            issue(somebody, case)
    with pytest.raises(DomainError) as nobody:
        issue(guide, case)
    assert (nobody.value.article, bool(nobody.value.remedy)) == ("CPL arts 40, 97, 100, 157", True)
    together.named(clerk, case, guide)
    for somebody in (clerk, judge):
        with pytest.raises(NotPermitted):
            issue(somebody, case)
    assert issue(guide, case).data["bench"] == [["审判员", guide.name]]


def actor_without(actor):
    """The same person without the role of a judge."""
    return replace(actor, roles=frozenset({Role.PRESIDENT}))


def test_a_mediation_document_binds_when_all_have_signed_for_it(clerk, case, guide):
    together.named(clerk, case, guide)
    document = issue(guide, case)
    with pytest.raises(DomainError) as refused:
        services.close_case(guide, case, Manner.MEDIATION_DOCUMENT)
    assert "CPL art. 100" in refused.value.article
    for party in disputes.parties(case.dispute_id):
        notices.serve(
            clerk,
            document_id=document.id,
            document_kind=document.kind,
            dispute_id=case.dispute_id,
            party_id=party.id,
            method=ServiceMethod.DIRECT,
            effective_on=clock.today(),
            receiver=party.name,
        )
    services.close_case(guide, case, Manner.MEDIATION_DOCUMENT)
    assert case.manner is Manner.MEDIATION_DOCUMENT


def test_agreed_to_bind_on_signing_it_closes_the_case_at_once(clerk, case, guide):
    together.named(clerk, case, guide)
    document = issue(guide, case, effect=Effect.ON_AGREEMENT)
    assert case.status is Status.CLOSED
    assert document.data["clauses"][0] == "双方解除房屋租赁合同"
    assert disputes.get(clerk, case.dispute_id).status is DisputeStatus.CLOSED


def test_a_closed_case_issues_nothing(clerk, guide, case):
    together.named(clerk, case, guide)
    services.close_case(guide, case, Manner.WITHDRAWN, clerk_name="黎燚")
    with pytest.raises(DomainError):
        issue(guide, case)


def test_agreed_extension_of_mediation_is_left_out_of_the_limit(clerk, case):
    before = periods.current("litigation_case", case.id, PeriodKey.TRIAL_SUMMARY).final_on
    today = clock.today()
    services.exclude_extended_mediation(clerk, case, after=today, until=today + timedelta(days=30))
    after = periods.current("litigation_case", case.id, PeriodKey.TRIAL_SUMMARY).final_on
    assert (after - before).days >= 28


def test_the_mediation_document_names_the_sides_of_the_suit(clerk, guide):
    told = {"facts": "申请人承租被申请人的房屋，双方申请人民调解未果。", "claims": "请求被申请人退还押金"}
    case = services.file_case(clerk, make_dispute(clerk, **told))
    together.named(clerk, case, guide)
    data = issue(guide, case).data
    assert data["facts"] == "原告承租被告的房屋，双方申请人民调解未果。"
    assert data["claims"] == "请求被告退还押金"


def test_only_a_judge_dismisses_the_suit(clerk, case, guide):
    together.named(clerk, case, guide)
    with pytest.raises(NotPermitted) as refused:
        services.close_case(clerk, case, Manner.DISMISSED)
    assert refused.value.article == "CPL art. 157; S2 art. 208"
    services.close_case(guide, case, Manner.DISMISSED, note="原告不是适格主体")
    assert case.manner is Manner.DISMISSED
