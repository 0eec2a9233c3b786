"""A judge or clerk withdraws (CPL arts 47-50): suspended, decided on, reviewed once, succeeded; on screen and in the trail."""

from datetime import timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from mediation.accounts import services as accounts
from mediation.confirmation import services as confirmations
from mediation.confirmation.models import Confirmation
from mediation.confirmation.rules import Material
from mediation.disputes import services as disputes
from mediation.disputes.models import Dispute
from mediation.documents.models import Document
from mediation.kernel import audit, clock
from mediation.kernel.actor import Role, system
from mediation.kernel.db import db
from mediation.kernel.errors import DomainError, IllegalStep, NotPermitted
from mediation.kernel.i18n import force_locale
from mediation.litigation import services
from mediation.litigation.limits import asking
from mediation.litigation.models import LitigationCase
from mediation.litigation.preservation import keeping as preservation
from mediation.litigation.preservation.rules import Object
from mediation.litigation.recusal import deciding, keeping
from mediation.litigation.recusal.models import BenchRecusal
from mediation.litigation.recusal.rules import Answer, Decider, Function, Ground, Origin, RecusalStatus
from mediation.litigation.rules import Status
from mediation.litigation.tariff import FeeKind
from mediation.notices.models import Notice
from mediation.periods import services as periods
from mediation.periods.table import PeriodKey
from mediation.scheduling import services as scheduling
from mediation.scheduling.rules import ResourceKind
from tests import builders, world
from tests.builders import make_dispute

WHY = "审判员系原告之兄。"


def another(court_id, login, role):
    """A colleague with the same function."""
    hashed = accounts.hasher.hash(world.PASSWORD)
    return accounts.create_user(
        system(court_id), login=login, name=f"同事{login}", roles=[role], password=hashed, hashed=True, must_change=False,
        person_key=login,
    )  # fmt: skip


@pytest.fixture
def colleague(judge_zhou):
    return another(judge_zhou.court_id, "judge_qian", Role.FAST_TRACK_JUDGE)


@pytest.fixture
def case(clerk, judge):
    made = services.file_case(clerk, make_dispute(clerk))
    services.issue_fee_notice(clerk, made, kind=FeeKind.PROPERTY, received_on=clock.today())
    services.record_payment(clerk, made)
    tribunal = scheduling.resources(clerk, (ResourceKind.TRIBUNAL,))[0]
    services.to_fast_track(clerk, made, tribunal_id=tribunal.id, judge_id=judge.id)
    db.session.commit()
    return made


def dispute_of(case) -> Dispute:
    return db.session.get_one(Dispute, case.dispute_id)


def asked(case, person_id, **over):
    party = disputes.parties(case.dispute_id)[1].id
    given = {
        "function": Function.TRIAL_JUDGE, "person_id": person_id, "origin": Origin.PARTY,
        "ground": Ground.PARTY_OR_KIN, "statement": WHY, "on": clock.today(), "party_id": party,
    }  # fmt: skip
    return deciding.Application(**(given | over))


@pytest.fixture
def raised(clerk, judge, case):
    made = deciding.bring_up(clerk, dispute_of(case), asked(case, judge.id))
    db.session.commit()
    return made


def work(judge, case):
    """Something that the judge of the case does as such."""
    return asking.ask(judge, case, months=1, reason="案情复杂")


def actions(case):
    db.session.commit()
    return [event.action for event in audit.of_dispute(case.dispute_id)]


def told(user_id):
    return set(db.session.scalars(sa.select(Notice.kind).where(Notice.user_id == user_id)))


# --- brought up ---------------------------------------------------------------------------------------------------------


def test_the_person_is_suspended_and_the_president_has_three_days(clerk, judge, president, case, raised):
    assert (raised.status, raised.decider) == (RecusalStatus.RAISED, Decider.PRESIDENT)
    limit = deciding.clock_of(raised)
    expected = periods.compute(PeriodKey.RECUSAL_DECIDE, clock.today()).final
    assert (limit.key, limit.final_on) == (PeriodKey.RECUSAL_DECIDE, expected)
    with pytest.raises(DomainError) as refused:
        work(judge, case)
    assert refused.value.article == "CPL art. 48"
    assert refused.value.remedy
    db.session.rollback()
    assert asking.of_case(case.id) == []
    assert "bench_recusal.raised" in told(judge.id)
    assert "bench_recusal.decide" in told(president.id)
    assert keeping.waiting(president) == [raised]
    assert keeping.waiting(judge) == []
    assert "bench_recusal.raise" in actions(case)


def test_urgent_measures_may_still_be_taken(clerk, judge, case, raised):
    people = [party.id for party in disputes.parties(case.dispute_id)]
    wish = preservation.Application(people[0], people[1], Object.DEPOSIT, "账户", "保函", clock.now())
    found = preservation.apply(clerk, dispute_of(case), wish)
    preservation.rule(judge, found, granted=True, at=clock.now())
    assert found.ruled_by_id == judge.id


def test_a_party_is_named_and_only_somebody_of_the_case_can_be_recused(clerk, judge, judge_chen, case):
    with pytest.raises(DomainError) as refused:
        deciding.bring_up(clerk, dispute_of(case), asked(case, judge.id, party_id=None))
    assert refused.value.field == "party_id"
    with pytest.raises(DomainError) as refused:
        deciding.bring_up(clerk, dispute_of(case), asked(case, judge_chen.id))
    assert refused.value.field == "person"
    with pytest.raises(DomainError) as refused:
        deciding.bring_up(clerk, dispute_of(case), asked(case, judge.id, on=clock.today() + timedelta(days=1)))
    assert refused.value.field == "on"


def test_one_decision_at_a_time(clerk, judge, case, raised):
    with pytest.raises(DomainError) as refused:
        deciding.bring_up(clerk, dispute_of(case), asked(case, judge.id))
    assert refused.value.article == "CPL art. 50"


def test_the_judge_withdraws_of_the_own_accord(judge, president, case):
    own = asked(case, judge.id, origin=Origin.OWN, party_id=None)
    found = deciding.bring_up(judge, dispute_of(case), own)
    db.session.commit()
    deciding.decide(president, found, Answer.UPHOLD, reason="情况属实。")
    assert (found.status, found.party_id) == (RecusalStatus.UPHELD, None)
    with pytest.raises(NotPermitted):
        deciding.bring_up(president, dispute_of(case), own)


def test_the_judge_of_the_case_decides_on_the_clerk(clerk, triage_sun, judge, president, case):
    wish = asked(case, triage_sun.id, function=Function.CLERK)
    found = deciding.bring_up(clerk, dispute_of(case), wish)
    db.session.commit()
    assert (found.decider, found.decider_id) == (Decider.PRESIDING, judge.id)
    with pytest.raises(NotPermitted):
        deciding.decide(president, found, Answer.UPHOLD, reason="属实")
    deciding.decide(judge, found, Answer.UPHOLD, reason="属实")
    db.session.commit()
    with pytest.raises(DomainError) as refused:
        audit.record(triage_sun.as_actor(), "touch", dispute_of(case))
    assert refused.value.article == "CPL art. 47"
    db.session.rollback()
    deciding.succeed(president, found, clerk.id)
    assert found.successor_id == clerk.id
    assert "bench_recusal.succeed" in told(clerk.id)


def test_before_a_judge_has_the_case_nobody_decides_on_a_clerk(clerk, triage_sun):
    case = services.file_case(clerk, make_dispute(clerk))
    with pytest.raises(DomainError) as refused:
        deciding.bring_up(clerk, dispute_of(case), asked(case, triage_sun.id, function=Function.CLERK))
    assert refused.value.remedy


def test_the_committee_decides_on_the_president(clerk, judge, president, case):
    found = deciding.bring_up(clerk, dispute_of(case), asked(case, judge.id))
    found.decider = Decider.COMMITTEE
    audit.record(clerk, "set", found)
    db.session.commit()
    assert keeping.waiting(clerk) == [found]
    with pytest.raises(NotPermitted):
        deciding.decide(president, found, Answer.UPHOLD, reason="属实")
    with pytest.raises(DomainError) as refused:
        deciding.decide(clerk, found, Answer.UPHOLD, reason="属实")
    assert refused.value.field == "minutes"
    deciding.decide(clerk, found, Answer.UPHOLD, reason="属实", minutes="审委会〔2026〕3号")
    assert found.minutes == "审委会〔2026〕3号"


# --- decided, reviewed -----------------------------------------------------------------------------------------------------


def test_dismissed_the_judge_goes_on_and_the_applicant_is_told(judge, president, case, raised):
    deciding.decide(president, raised, Answer.DISMISS, reason="二人无亲属关系。")
    db.session.commit()
    work(judge, case)
    assert len(asking.of_case(case.id)) == 1
    kinds = set(db.session.scalars(sa.select(Notice.kind).where(Notice.party_id == raised.party_id)))
    assert "bench_recusal" in kinds
    met = periods.of_subject("bench_recusal", raised.id)
    assert [limit.status.value for limit in met] == ["met"]


def test_the_review_is_asked_for_once_and_the_work_goes_on(clerk, judge, president, case, raised):
    deciding.decide(president, raised, Answer.DISMISS, reason="二人无亲属关系。")
    deciding.ask_review(clerk, raised, statement="户籍可证。", on=clock.today())
    db.session.commit()
    assert deciding.clock_of(raised).key is PeriodKey.RECUSAL_REVIEW
    work(judge, case)
    deciding.decide(president, raised, Answer.DISMISS, reason="复议维持。")
    assert (raised.status, raised.reason, raised.review_reason) == (
        RecusalStatus.CONFIRMED, "二人无亲属关系。", "复议维持。",
    )  # fmt: skip
    with pytest.raises(IllegalStep):
        deciding.ask_review(clerk, raised, statement="再次", on=clock.today())
    assert {"bench_recusal.dismiss", "bench_recusal.ask_review", "bench_recusal.confirm"} <= set(actions(case))


def test_only_a_party_asks_for_review(judge, clerk, president, case):
    own = deciding.bring_up(judge, dispute_of(case), asked(case, judge.id, origin=Origin.OWN, party_id=None))
    deciding.decide(president, own, Answer.DISMISS, reason="无关系")
    with pytest.raises(DomainError) as refused:
        deciding.ask_review(clerk, own, statement="不服", on=clock.today())
    assert refused.value.article == "CPL art. 50"


def test_on_review_the_judge_may_still_have_to_withdraw(clerk, judge, president, case, raised):
    deciding.decide(president, raised, Answer.DISMISS, reason="无关系")
    deciding.ask_review(clerk, raised, statement="户籍可证。", on=clock.today())
    deciding.decide(president, raised, Answer.UPHOLD, reason="户籍属实。")
    db.session.commit()
    assert raised.status is RecusalStatus.UPHELD
    with pytest.raises(DomainError):
        work(judge, case)


def test_taken_back_nothing_is_left_to_decide(clerk, judge, case, raised):
    with pytest.raises(NotPermitted):
        deciding.withdraw(judge, raised)
    deciding.withdraw(clerk, raised)
    db.session.commit()
    assert raised.status is RecusalStatus.WITHDRAWN
    assert deciding.clock_of(raised) is None
    work(judge, case)


def test_nobody_decides_on_the_own_recusal_even_in_the_database(judge, case, raised):
    with pytest.raises(NotPermitted):
        deciding.decide(judge, raised, Answer.DISMISS, reason="无")
    raised.decided_by_id = judge.id
    with pytest.raises(IntegrityError):
        db.session.flush()
    db.session.rollback()


# --- who comes after -------------------------------------------------------------------------------------------------------


def upheld(president, raised):
    deciding.decide(president, raised, Answer.UPHOLD, reason="属实")
    db.session.commit()
    return raised


def test_the_successor_gets_the_case_and_who_withdrew_does_not_come_back(
    clerk, judge, colleague, president, case, raised
):
    upheld(president, raised)
    with pytest.raises(DomainError):
        deciding.succeed(clerk, raised, judge.id)
    assert deciding.successors(raised) == [colleague]
    with pytest.raises(NotPermitted):
        deciding.succeed(judge, raised, colleague.id)
    deciding.succeed(clerk, raised, colleague.id)
    db.session.commit()
    found = db.session.get_one(LitigationCase, case.id)
    assert found.judge_id == colleague.id == raised.successor_id
    work(colleague.as_actor(), found)
    assert {"litigation_case.name_judge", "bench_recusal.succeed"} <= set(actions(case))
    with pytest.raises(DomainError):
        deciding.succeed(clerk, raised, colleague.id)


def test_who_withdrew_before_the_trial_is_not_named_as_judge(clerk, judge, president, colleague, case, raised):
    upheld(president, raised)
    deciding.succeed(clerk, raised, colleague.id)
    tribunal = scheduling.resources(clerk, (ResourceKind.TRIBUNAL,))[0]
    case.status = Status.FEE_NOTICE
    with db.session.no_autoflush, pytest.raises(DomainError) as refused:
        services.to_fast_track(clerk, case, tribunal_id=tribunal.id, judge_id=judge.id)
    assert refused.value.article == "CPL arts 47, 48"


@pytest.fixture
def confirming(clerk, mediator_wang, judge_chen):
    made = builders.signed_agreement(clerk, mediator_wang.as_actor())
    everyone = [confirmations.Applicant(p.id) for p in disputes.parties(made.dispute_id)]
    dispute = disputes.get(clerk, made.dispute_id)
    found = confirmations.apply(clerk, dispute, applicants=everyone, materials=list(Material))
    confirmations.accept(judge_chen.as_actor(), found)
    db.session.commit()
    return found


def test_a_confirmation_goes_to_another_judge(client_for, clerk, clerk_li, judge_chen, president, confirming):
    dispute = db.session.get_one(Dispute, confirming.dispute_id)
    wish = deciding.Application(
        Function.CONFIRMATION_JUDGE, judge_chen.id, Origin.PARTY, Ground.INTEREST, "有利害关系", clock.today(),
        disputes.parties(dispute.id)[0].id,
    )  # fmt: skip
    found = deciding.bring_up(clerk, dispute, wish)
    db.session.commit()
    with pytest.raises(DomainError) as refused:
        confirmations.order_supplement(
            judge_chen.as_actor(), confirming, what="身份证明", due=clock.today() + timedelta(days=3)
        )
    assert refused.value.article == "CPL art. 48"
    db.session.rollback()
    deciding.decide(president, found, Answer.UPHOLD, reason="属实")
    db.session.commit()
    other = another(dispute.court_id, "judge_song", Role.CONFIRMATION_JUDGE)
    browser = client_for(clerk_li)
    where = f"/confirmations/recusals/{found.id}/successor"
    assert browser.get(f"/bench-recusals/{found.id}").soup.find("form", action=where)
    browser.post(where, {"successor-successor_id": str(other.id)})
    assert db.session.get_one(Confirmation, confirming.id).judge_id == other.id
    assert "confirmation.name_judge" in actions(confirming)
    client_for(judge_chen).post(where, {}, status=403)


def test_no_successor_before_the_decision(clerk, judge, raised):
    with pytest.raises(IllegalStep):
        deciding.succeed(clerk, raised, judge.id)


# --- on the screen -----------------------------------------------------------------------------------------------------------


def form_of(case, judge, **over):
    party = disputes.parties(case.dispute_id)[1].id
    given = {
        "person": f"trial_judge:{judge.id}", "origin": "party", "party_id": str(party), "ground": "party_or_kin",
        "statement": WHY, "on": clock.today().isoformat(),
    }  # fmt: skip
    return given | over


def test_from_the_dispute_to_the_successor_on_screen(client_for, clerk_li, president_he, judge, colleague, case):
    clerk = client_for(clerk_li)
    clerk.get(f"/disputes/{case.dispute_id}/recusal")
    clerk.post(f"/disputes/{case.dispute_id}/recusal", form_of(case, judge), status=302)
    found = db.session.scalars(sa.select(BenchRecusal)).one()
    assert WHY in clerk.get(f"/bench-recusals/{found.id}").text
    president = client_for(president_he)
    president.get("/bench-recusals")
    answer = {"answer": "uphold", "reason": "属实", "password": world.PASSWORD}
    president.post(f"/bench-recusals/{found.id}/decision", answer | {"password": "wrong"}, status=422)
    president.post(f"/bench-recusals/{found.id}/decision", answer, status=302)
    db.session.expire_all()
    assert found.status is RecusalStatus.UPHELD
    president.post(f"/bench-recusals/{found.id}/decision", answer, status=409)
    next_one = colleague
    clerk.post(f"/bench-recusals/{found.id}/successor", {"successor-successor_id": str(next_one.id)}, status=302)
    db.session.expire_all()
    assert found.successor_id == next_one.id


def test_bad_input_keeps_what_was_typed(client_for, clerk_li, judge, case):
    page = client_for(clerk_li).post(
        f"/disputes/{case.dispute_id}/recusal", form_of(case, judge, on="2099-01-01"), status=422
    )
    assert WHY in page.text


def test_strangers_and_wrong_roles(client_for, clerk_li, judge_zhou, mediator_wang, clerk_of_other_court, case, raised):
    answer = {"answer": "uphold", "reason": "属实", "password": world.PASSWORD}
    client_for(judge_zhou).post(f"/bench-recusals/{raised.id}/decision", answer, status=403)
    client_for(clerk_li).post(f"/bench-recusals/{raised.id}/decision", answer, status=403)
    client_for(mediator_wang).get(f"/bench-recusals/{raised.id}", status=403)
    client_for(clerk_of_other_court).get(f"/bench-recusals/{raised.id}", status=404)
    client_for(clerk_of_other_court).post(f"/disputes/{case.dispute_id}/recusal", {}, status=404)


def test_the_review_on_screen(client_for, clerk_li, president, raised):
    deciding.decide(president, raised, Answer.DISMISS, reason="无关系")
    db.session.commit()
    told = {"review-statement": "户籍可证。", "review-on": clock.today().isoformat()}
    client_for(clerk_li).post(f"/bench-recusals/{raised.id}/review", told, status=302)
    db.session.expire_all()
    assert raised.status is RecusalStatus.REVIEW
    client_for(clerk_li).post(f"/bench-recusals/{raised.id}/withdrawal", {}, status=302)
    db.session.expire_all()
    assert raised.status is RecusalStatus.WITHDRAWN


# --- the paper --------------------------------------------------------------------------------------------------------


def test_each_decision_is_a_paper_the_one_on_review_too(clerk, president, raised):
    deciding.decide(president, raised, Answer.DISMISS, reason="不影响公正审理")
    deciding.ask_review(clerk, raised, statement="往来密切", on=clock.today())
    deciding.decide(president, raised, Answer.UPHOLD, reason="复查属实")
    rows = sa.select(Document).where(Document.kind == "bench_recusal_decision", Document.subject_id == raised.id)
    first, second = db.session.scalars(rows.order_by(Document.id))
    assert (first.title, first.data["upheld"], first.data["review"], first.sealed) == ("回避决定书", False, None, True)
    assert (second.title, second.data["upheld"], second.data["reason"]) == ("复议决定书", True, "复查属实")
    assert second.data["review"] == {"on": clock.today().isoformat(), "statement": "往来密切"}
    assert first.data["ground"] == "party_or_kin"


def test_the_paper_is_chinese_whoever_decides(president, raised):
    with force_locale("en"):
        deciding.decide(president, raised, Answer.DISMISS, reason="不影响公正审理")
    made = db.session.scalars(sa.select(Document).where(Document.kind == "bench_recusal_decision")).one()
    plaintiff, defendant = disputes.parties(raised.dispute_id)[:2]
    assert made.data["title_of_dispute"] == f"{plaintiff.name}诉{defendant.name}"
