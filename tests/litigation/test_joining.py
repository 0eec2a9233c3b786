"""Counterclaims, co-parties and third parties: on the records and on the screen (CPL arts 54, 59, 135, 143; S37 art. 55)."""

from datetime import date

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from mediation.assignment.rules import Status
from mediation.disputes import services as disputes
from mediation.disputes.rules import PartyRole
from mediation.documents import services as documents
from mediation.kernel.db import db
from mediation.kernel.errors import IllegalStep, NotPermitted
from mediation.litigation import services
from mediation.litigation.defence import evidence as times
from mediation.litigation.defence import keeping as defences
from mediation.litigation.defence import serving
from mediation.litigation.defence.rules import Obstacle as Waits
from mediation.litigation.joining import claiming, keeping, letting_in
from mediation.litigation.joining.models import Joinder, JoinedClaim
from mediation.litigation.joining.rules import ClaimKind, ClaimStatus, Link, Origin, Place
from mediation.litigation.rules import Manner, Procedure
from mediation.litigation.rules import Obstacle as Stands
from mediation.notices.models import Notice
from mediation.notices.rules import ServiceMethod
from mediation.periods import services as periods
from mediation.periods.table import PeriodKey
from mediation.roster.models import Mediator
from tests import builders
from tests.litigation import together
from tests.litigation.test_defence import actions, refusal
from tests.litigation.test_procedure import on, track

SET, DAY, LAST, AFTER = date(2026, 3, 4), date(2026, 3, 9), date(2026, 3, 16), date(2026, 3, 17)
CLAIM = {"claims": "支付修缮费用二千六百元。", "grounds": "墙面损坏。", "amount_fen": 2_000_000}


@pytest.fixture
def case(clerk, judge, president_he):
    made = track(clerk, judge, president_he.as_actor(), Procedure.SUMMARY)
    with on(SET):
        together.served(clerk, made)
        times.set_evidence(judge, made, days=10, on=SET)
    db.session.commit()
    return made


def sides(case):
    return disputes.parties(case.dispute_id)


def bring(clerk, case, **over):
    with on(DAY):
        return claiming.bring(clerk, case, **({"party_id": sides(case)[1].id, "on": DAY} | CLAIM | over))


def let_in(judge, case, place=Place.CO_DEFENDANT, **over):
    told = {
        "origin": Origin.COURT,
        "on": DAY,
        "granted": True,
        "reason": "系共同出租人。",
        "days": 12,
        "clerk_name": "黎燚",
    } | over
    with on(DAY):
        return letting_in.decide(judge, case, letting_in.Newcomer(place, "赵某某"), **told)


def notices(case, kind):
    rows = sa.select(Notice).where(Notice.kind == kind, Notice.dispute_id == case.dispute_id)
    return [one for one in db.session.scalars(rows) if one.superseded_at is None]


def test_a_counterclaim_costs_half_within_seven_days_and_the_judge_is_told(clerk, judge, case):
    claim = bring(clerk, case)
    assert (claim.kind, claim.tariff_fen, claim.due_fen) == (ClaimKind.COUNTERCLAIM, 30_000, 15_000)
    limit = keeping.payment(claim)
    assert (limit.key, limit.final_on, limit.article) == (PeriodKey.CLAIM_FEE, LAST, "S10 art. 22")
    assert [one.user_id for one in notices(case, "claim.brought")] == [judge.id]
    (told,) = notices(case, claiming.FEE)
    assert "2026年3月16日" in told.text
    with on(DAY):
        assert services.obstacles(case, "close_judgment")[-1] is Stands.CLAIM_UNDECIDED


def test_tried_with_the_suit_the_plaintiff_answers_it_and_evidence_begins_anew(clerk, judge, case):
    with on(SET):
        serving.waive(clerk, case, on=SET)
    claim = bring(clerk, case)
    with on(DAY):
        assert refusal(claiming.decide, judge, claim, link=Link.CAUSAL).field == "days"
        claiming.decide(judge, claim, link=Link.CAUSAL, days=14)
    assert (claim.status, case.waived_on) == (ClaimStatus.JOINED, None)
    limit = defences.evidence_time(case)
    assert (limit.final_on, limit.length) == (date(2026, 3, 23), 14)
    assert len(notices(case, claiming.JOINED)) == len(sides(case))
    assert periods.current("litigation_case", case.id, PeriodKey.SERVE_COMPLAINT).start_on == DAY
    assert defences.unsent(case) == [sides(case)[0]]
    with on(DAY):
        (copy,) = serving.send(clerk, case, on=DAY)
        paper = documents.latest(serving.NOTICE, "defence", copy.id)
        assert (paper.data["claim"]["by"], paper.data["addressee"]) == (sides(case)[1].name, sides(case)[0].name)
        assert Waits.NOT_SERVED in defences.hearing_obstacles(case, DAY, held=True)
        serving.serve(clerk, copy, method=ServiceMethod.DIRECT, on=DAY, receiver="本人")
        assert Waits.DEFENCE_RUNS in defences.hearing_obstacles(case, AFTER, held=True)
    assert defences.time_to_answer(copy).final_on == date(2026, 3, 24)
    assert {"joined_claim.bring", "joined_claim.join", "litigation_case.claimed"} <= set(actions(case))
    with on(DAY), pytest.raises(IllegalStep):
        claiming.decide(judge, claim, link=Link.CAUSAL, days=14)


def test_the_suit_withdrawn_the_counterclaim_goes_on_until_it_is_withdrawn_too(clerk, judge, case):
    claim = bring(clerk, case)
    with on(DAY):
        claiming.decide(judge, claim, link=Link.SAME_FACTS, days=10)
        against = refusal(services.close_case, judge, case, Manner.WITHDRAWN, clerk_name="黎燚")
        assert (against.article, bool(against.remedy)) == ("S2 arts 237, 239", True)
        claiming.withdraw(judge, claim, clerk_name="黎燚")
        assert (claim.status, keeping.payment(claim)) == (ClaimStatus.WITHDRAWN, None)
        paper = documents.latest(keeping.WITHDRAWAL, "joined_claim", claim.id)
        assert (paper.sealed, paper.data["unpaid_until"], paper.data["paid"]) == (True, "", False)
        services.close_case(judge, case, Manner.WITHDRAWN, clerk_name="黎燚")


def test_what_has_nothing_to_do_with_the_suit_is_not_taken_by_a_ruling(clerk, judge, case):
    claim = bring(clerk, case)
    before = defences.evidence_time(case).final_on
    with on(DAY):
        assert refusal(claiming.decide, judge, claim, link=Link.NONE).field == "reason"
        assert refusal(claiming.decide, judge, claim, link=Link.NONE, reason="无关。").field == "clerk_name"
        claiming.decide(
            judge, claim, link=Link.SAME_FACTS, elsewhere=True, reason="属不动产专属管辖。", clerk_name="黎燚"
        )
    assert (claim.status, defences.evidence_time(case).final_on) == (ClaimStatus.REFUSED, before)
    paper = documents.latest(keeping.RULING, "joined_claim", claim.id)
    assert (paper.data["elsewhere"], paper.sealed) == (True, True)
    assert len(notices(case, claiming.REFUSED)) == 1
    assert keeping.payment(claim) is None


def test_a_small_claim_with_a_counterclaim_goes_on_by_the_summary_procedure(clerk, judge, president_he):
    small = track(clerk, judge, president_he.as_actor(), Procedure.SMALL)
    claim = bring(clerk, small)
    with on(DAY):
        claiming.decide(judge, claim, link=Link.SAME_RELATION, days=15)
    assert small.procedure is Procedure.SUMMARY
    assert defences.evidence_time(small).key is PeriodKey.SUMMARY_EVIDENCE


def test_the_fee_is_paid_or_the_claim_counts_as_withdrawn(clerk, judge, case):
    claim, other = bring(clerk, case), bring(clerk, case)
    with on(DAY):
        with pytest.raises(NotPermitted):
            claiming.pay(judge, claim, on=DAY)
        assert refusal(claiming.pay, clerk, claim, on=AFTER).field == "on"
        claiming.pay(clerk, claim, on=DAY)
        assert refusal(claiming.pay, clerk, claim, on=DAY).article == "S10 art. 22"
        assert refusal(claiming.withdraw, judge, claim, unpaid=True, clerk_name="黎燚").article == "S10 art. 22"
        assert (
            refusal(claiming.withdraw, judge, other, unpaid=True, clerk_name="黎燚").article
            == "S10 art. 22; S2 art. 213"
        )
    with on(AFTER):
        claiming.withdraw(judge, other, unpaid=True, clerk_name="黎燚")
        assert (other.status, other.unpaid) == (ClaimStatus.WITHDRAWN, True)
        with pytest.raises(IllegalStep):
            claiming.pay(clerk, other, on=AFTER)
    assert actions(case).count("joined_claim.pay") == 1


def test_nobody_but_a_defendant_or_a_third_party_with_a_claim_and_not_after_the_hearing(
    clerk, judge, mediator_wang, case
):
    assert refusal(bring, clerk, case, party_id=sides(case)[0].id).field == "party_id"
    assert refusal(bring, clerk, case, party_id=0).field == "party_id"
    assert refusal(bring, clerk, case, claims=" ").field == "claims"
    with pytest.raises(NotPermitted):
        bring(mediator_wang.as_actor(), case)
    third = let_in(judge, case, Place.THIRD_WITHOUT_CLAIM)
    assert refusal(bring, clerk, case, party_id=third.party_id).article == "S2 arts 82, 233"
    case.heard_on = None
    with on(AFTER):
        serving.waive(clerk, case, on=AFTER)
        services.heard(judge, case, on=AFTER)
        late = refusal(claiming.bring, clerk, case, party_id=sides(case)[1].id, on=AFTER, **CLAIM)
    assert (late.article, bool(late.remedy)) == ("S2 art. 232", True)


def test_a_third_party_with_a_claim_sues_both_sides(clerk, judge, case):
    assert refusal(let_in, judge, case, Place.THIRD_WITH_CLAIM).field == "origin"
    third = let_in(judge, case, Place.THIRD_WITH_CLAIM, origin=Origin.OWN)
    claim = bring(clerk, case, party_id=third.party_id)
    assert (claim.kind, keeping.payment(claim).key) == (ClaimKind.THIRD_PARTY, PeriodKey.FEE_PAYMENT)
    with on(DAY):
        claiming.decide(judge, claim, link=Link.SAME_FACTS, days=10)
    both = {party.id for party in sides(case) if party.role is not PartyRole.THIRD}
    assert {party.id for party in defences.unsent(case)} == both


def test_a_co_defendant_gets_notice_copy_and_times_and_the_others_are_told(clerk, judge, case):
    with on(DAY):
        serving.waive(clerk, case, on=DAY)
        services.heard(judge, case, on=DAY)
    joinder = let_in(judge, case, origin=Origin.PARTY, applicant_id=sides(case)[0].id)
    newcomer = disputes.party(case.dispute_id, joinder.party_id)
    assert (newcomer.role, case.heard_on, case.waived_on) == (PartyRole.RESPONDENT, None, None)
    assert len(notices(case, letting_in.JOINED)) == len(sides(case)) - 1
    assert documents.latest(letting_in.NOTICE, "joinder", joinder.id).data["addressee"] == "赵某某"
    assert defences.unsent(case) == [newcomer]
    assert defences.evidence_time(case).length == 12
    told = [one for one in notices(case, times.KIND) if one.party_id == newcomer.id]
    assert len(told) == 1
    assert {"joinder.grant", "party.add", "litigation_case.joined"} <= set(actions(case))


def test_rejected_the_applicant_alone_is_told_why(judge, case):
    for_whom = sides(case)[1]
    joinder = let_in(judge, case, origin=Origin.PARTY, applicant_id=for_whom.id, granted=False, days=None)
    paper = documents.latest(letting_in.RULING, "joinder", joinder.id)
    assert (paper.data["applicant"], paper.data["name"], paper.data["clerk"]) == (for_whom.name, "赵某某", "黎燚")
    assert (
        refusal(let_in, judge, case, origin=Origin.OWN, granted=False, days=None, clerk_name="").field == "clerk_name"
    )
    assert (joinder.granted, joinder.party_id, len(sides(case))) == (False, None, 2)
    assert [one.party_id for one in notices(case, letting_in.REFUSED)] == [for_whom.id]
    assert "joinder.refuse" in actions(case)


def test_who_joins_wrongly_is_refused_and_a_newcomers_evidence_has_the_laws_bounds(clerk, judge, case):
    with pytest.raises(NotPermitted):
        let_in(clerk, case)
    assert refusal(let_in, judge, case, days=None).field == "days"
    assert refusal(let_in, judge, case, origin=Origin.PARTY).field == "applicant_id"
    with on(DAY):
        services.convert(judge, case, reason="需要鉴定。", clerk_name="黎燚")
    assert refusal(let_in, judge, case, days=10).article == "S2 art. 99; S37 art. 51"
    assert len(sides(case)) == 2
    assert let_in(judge, case, days=15).granted


def test_a_small_claim_that_is_none_with_another_party(clerk, judge, president_he):
    small = track(clerk, judge, president_he.as_actor(), Procedure.SMALL)
    let_in(judge, small, Place.CO_PLAINTIFF, not_small=True)
    assert small.procedure is Procedure.SUMMARY


def test_a_newcomer_tied_to_the_mediator_at_work_stops_the_mediation(clerk, judge, mediator_wang):
    """R2-22: whoever joins is looked at by the same door as at the counter."""
    wang = mediator_wang.as_actor()
    with on(SET):
        entrusted = builders.entrusted_assignment(clerk, wang)
        found = services.of_dispute(entrusted.dispute_id)
        together.named(clerk, found, judge)
        phone = db.session.get_one(Mediator, wang.mediator_id).phone
        who = letting_in.Newcomer(Place.THIRD_WITHOUT_CLAIM, "赵某某", phone=phone)
        letting_in.decide(judge, found, who, origin=Origin.COURT, on=SET, granted=True, reason="有利害关系。")
    assert entrusted.status is Status.SUSPENDED


def test_what_was_not_decided_falls_away_with_the_case(clerk, judge, case):
    claim = bring(clerk, case)
    with on(DAY):
        services.close_case(judge, case, Manner.WITHDRAWN, clerk_name="黎燚")
    assert (claim.status, keeping.payment(claim)) == (ClaimStatus.DROPPED, None)
    assert refusal(bring, clerk, case).article == "S2 art. 232"
    assert refusal(let_in, judge, case).article == "S2 art. 232"


def test_the_database_knows_only_what_the_law_knows(clerk, judge, case):
    claim, third = bring(clerk, case), let_in(judge, case)
    db.session.flush()
    table, others = JoinedClaim.__table__, Joinder.__table__
    for wrong in (
        {"status": "joined", "decided_on": DAY, "link": "none"}, {"status": "refused", "decided_on": DAY},
        {"claims": ""}, {"due_fen": 1}, {"unpaid": True}, {"status": "joined"},
    ):  # fmt: skip
        with pytest.raises(IntegrityError), db.session.begin_nested():
            db.session.execute(sa.update(table).where(table.c.id == claim.id).values(**wrong))
    for wrong in ({"granted": False}, {"origin": "party"}, {"place": "third_with_claim"}, {"reason": ""}):
        with pytest.raises(IntegrityError), db.session.begin_nested():
            db.session.execute(sa.update(others).where(others.c.id == third.id).values(**wrong))


def test_on_the_page(client_for, clerk_li, judge_zhou, judge_wu, case):
    here = f"/cases/{case.id}"
    told = {
        "claim-party_id": sides(case)[1].id, "claim-on": "今天", "claim-claims": "支付修缮费用。", "claim-fee_kind": "property",
        "claim-amount": "20000",
    }  # fmt: skip
    with on(DAY):
        counter, bench = client_for(clerk_li), client_for(judge_zhou)
        page = counter.post(f"{here}/claims", told | {"claim-on": "昨天昨天"}, status=422)
        assert page.errors()
        assert "支付修缮费用。" in page.text
        counter.post(f"{here}/claims", told)
        claim = db.session.scalars(sa.select(JoinedClaim)).one()
        at, pre = f"{here}/claims/{claim.id}", f"claim-{claim.id}-"
        assert "支付修缮费用。" in bench.get(here).soup.find(id="joining").get_text()
        finds = {f"{pre}link": "none"}
        counter.post(f"{at}/decision", finds, status=403)
        client_for(judge_wu).post(f"{at}/decision", finds, status=403)
        bench.post(f"{here}/claims/{claim.id + 9}/decision", finds, status=404)
        page = bench.post(f"{at}/decision", finds, status=422)
        assert page.errors()
        bench.post(f"{at}/decision", {f"{pre}link": "causal", f"{pre}days": 10, f"{pre}reason": ""})
        bench.post(f"{at}/decision", finds, status=409)
        assert counter.post(f"{at}/payment", {f"{pre}on": "后天"}, status=422).errors()
        counter.post(f"{at}/payment", {f"{pre}on": "今天"})
        bench.post(f"{at}/payment", {}, status=403)
        ends = {f"{pre}end-why": "yes", f"{pre}end-clerk_name": "黎燚"}
        bench.post(f"{at}/withdrawal", ends | {f"{pre}end-why": "no"}, status=422)
        bench.post(f"{at}/withdrawal", ends | {f"{pre}end-clerk_name": ""}, status=422)
        bench.post(f"{at}/withdrawal", ends)
        bench.post(f"{at}/withdrawal", ends, status=409)
        joins = {
            "joining-place": "co_defendant", "joining-origin": "court", "joining-applicant_id": 0, "joining-kind": "natural",
            "joining-name": "赵某某", "joining-id_no": "37010219900101123X", "joining-on": "今天", "joining-answer": "yes",
            "joining-reason": "系共同出租人。", "joining-days": 10,
        }  # fmt: skip
        counter.post(f"{here}/joinders", joins, status=403)
        page = bench.post(f"{here}/joinders", joins, status=422)
        assert page.errors()
        assert "赵某某" in page.soup.find(id="joining").decode()
        bench.post(f"{here}/joinders", joins | {"joining-id_no": ""})
    assert claim.status is ClaimStatus.WITHDRAWN
    assert [party.name for party in sides(case)][-1] == "赵某某"


@pytest.mark.parametrize("act", ["claims", "claims/1/decision", "claims/1/payment", "claims/1/withdrawal", "joinders"])
def test_nobody_else_and_no_other_court(client_for, mediator_wang, president_he, clerk_of_other_court, case, act):
    for somebody in (mediator_wang, president_he):
        client_for(somebody).post(f"/cases/{case.id}/{act}", {}, status=403)
    theirs = act in {"claims", "claims/1/payment"}
    client_for(clerk_of_other_court).post(f"/cases/{case.id}/{act}", {}, status=404 if theirs else 403)
