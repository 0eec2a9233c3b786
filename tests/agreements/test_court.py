"""Settled before the court: typed clauses become the court's own document, its ledger, its reminders and its packet."""

from datetime import timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from mediation.agreements.guard import ClauseFacts, Objection
from mediation.agreements.models import Clause, Performance
from mediation.agreements.rules import ClauseKind
from mediation.agreements.services import drafting, performance, settling
from mediation.agreements.services.sources import being_written, clauses, settled
from mediation.confirmation.enforcement import services as enforcement
from mediation.confirmation.enforcement.rules import Obstacle, Title
from mediation.disputes import services as disputes
from mediation.documents import services as store
from mediation.kernel import audit, clock
from mediation.kernel.actor import system
from mediation.kernel.db import db
from mediation.kernel.errors import DomainError, IllegalStep, NotPermitted
from mediation.litigation import services as litigation
from mediation.litigation.rules import Effect, Manner
from mediation.notices.models import Notice
from mediation.notices.rules import ServiceMethod
from mediation.reminders import dues
from tests import builders, world
from tests.documents.reading import paper
from tests.litigation import together

IN_A_MONTH = timedelta(days=30)
LATER = timedelta(days=40)


@pytest.fixture
def case(clerk_li, judge_wu):
    clerk = clerk_li.as_actor()
    made = litigation.file_case(clerk, builders.make_dispute(clerk))
    together.named(clerk, made, judge_wu.as_actor())
    db.session.commit()
    return made


def sides(case):
    plaintiff, defendant = disputes.parties(case.dispute_id)[:2]
    return plaintiff, defendant


def paying(case, fen=60_000, **told):
    plaintiff, defendant = sides(case)
    facts = {"due_on": clock.today() + IN_A_MONTH, "account": "刘某，某银行，6222"} | told
    return ClauseFacts(0, ClauseKind.PAY, defendant.id, plaintiff.id, amount_fen=fen, **facts)


def write(judge, case, *wanted):
    for clause in wanted or (paying(case),):
        drafting.write_clause(judge, being_written(case), clause)


def draw_up(judge, case, effect=Effect.ON_AGREEMENT, **told):
    return settling.draw_up(
        judge,
        case,
        agreed_on=clock.today(),
        effect=effect,
        fee_fen=2_500,
        fee_bearer="汪某",
        clerk_name="李书记",
        **told,
    )


@pytest.fixture
def binding(judge_wu, case):
    """The parties agreed that the document binds at once."""
    write(judge_wu.as_actor(), case)
    draw_up(judge_wu.as_actor(), case)
    db.session.commit()
    return case


# ---- written ---------------------------------------------------------------------------------------------------------


def test_the_document_says_what_the_clauses_say_and_they_are_its_ledger(judge_wu, case):
    plaintiff, defendant = sides(case)
    write(judge_wu.as_actor(), case)
    document = draw_up(judge_wu.as_actor(), case)
    assert document.data["clauses"] == settling.documents.sentences(case.dispute_id, clauses(settled(case)))
    assert f"{defendant.name}于" in document.data["clauses"][0]
    assert "600.00元" in document.data["clauses"][0]
    assert [clause.document_id for clause in clauses(settled(case))] == [document.id]
    assert list(clauses(being_written(case))) == []
    [due] = performance.dues(settled(case))
    assert (due.debtor_id, due.creditor_id, due.open_fen) == (defendant.id, plaintiff.id, 60_000)
    assert "clause.draw_up" in {event.action for event in audit.of_dispute(case.dispute_id)}
    assert list(audit.verify()) == []


def test_the_guard_looks_at_these_clauses_too(judge_wu, case):
    write(judge_wu.as_actor(), case, paying(case, due_on=None, account=""))
    assert {found.objection for found in settling.objections(case)} == {
        Objection.DUE_MISSING, Objection.ACCOUNT_MISSING,
    }  # fmt: skip
    with pytest.raises(DomainError) as refused:
        draw_up(judge_wu.as_actor(), case)
    assert refused.value.article == "S3 art. 29"
    assert litigation.mediation_document(case) is None


def test_a_guarantee_wants_its_guarantor_beside_the_field(judge_wu, case):
    write(judge_wu.as_actor(), case, paying(case, condition="由案外人提供连带保证"))
    with pytest.raises(DomainError) as refused:
        draw_up(judge_wu.as_actor(), case)
    assert (refused.value.field, refused.value.article) == ("guarantors", "S8 art. 9")
    assert draw_up(judge_wu.as_actor(), case, guarantors=["周某"]).data["guarantors"] == ["周某"]


def test_a_clause_that_sends_the_parties_back_to_judgment_is_refused(judge_wu, case):
    """S8 art. 8."""
    term = ClauseFacts(0, ClauseKind.OTHER, text="如不履行，请求法院判决。")
    write(judge_wu.as_actor(), case, paying(case), term)
    with pytest.raises(DomainError) as refused:
        draw_up(judge_wu.as_actor(), case)
    assert refused.value.article == "S8 art. 8"


def test_without_a_clause_there_is_no_document(judge_wu, case):
    with pytest.raises(DomainError):
        draw_up(judge_wu.as_actor(), case)
    assert litigation.mediation_document(case) is None


def test_only_the_judge_of_the_case_writes_and_nobody_after_it_is_over(clerk_li, judge_zhou, judge_wu, case):
    for somebody in (clerk_li, judge_zhou):
        with pytest.raises(NotPermitted):
            write(somebody.as_actor(), case)
    write(judge_wu.as_actor(), case)
    draw_up(judge_wu.as_actor(), case)
    with pytest.raises(IllegalStep):
        write(judge_wu.as_actor(), case)
    [clause] = clauses(settled(case))
    with pytest.raises(IllegalStep):
        drafting.remove_clause(judge_wu.as_actor(), being_written(case), clause)


def test_an_agreement_in_effect_keeps_its_ledger_and_the_document_repeats_it(clerk_li, mediator_wang, judge_wu):
    agreement = builders.signed_agreement(clerk_li.as_actor(), mediator_wang.as_actor())
    dispute = disputes.get(clerk_li.as_actor(), agreement.dispute_id)
    case = litigation.file_case(clerk_li.as_actor(), dispute)
    together.named(clerk_li.as_actor(), case, judge_wu.as_actor())
    document = draw_up(judge_wu.as_actor(), case)
    assert len(document.data["clauses"]) == len(drafting.clauses(agreement)) == 2
    assert list(clauses(settled(case))) == []
    assert len(performance.dues(agreement)) == 2


def test_a_clause_belongs_to_one_paper(judge_wu, case):
    write(judge_wu.as_actor(), case)
    [clause] = clauses(being_written(case))
    with pytest.raises(IntegrityError), db.session.begin_nested():
        db.session.execute(sa.text("UPDATE clause SET case_id = NULL WHERE id = :id"), {"id": clause.id})


# ---- performed -------------------------------------------------------------------------------------------------------


def test_a_document_to_be_signed_for_binds_when_the_last_party_has(clerk_li, judge_wu, case):
    judge, clerk = judge_wu.as_actor(), clerk_li.as_actor()
    write(judge, case)
    draw_up(judge, case, Effect.ON_RECEIPT)
    [clause] = clauses(settled(case))
    with pytest.raises(DomainError):
        performance.record(clerk, settled(case), clause, on=clock.today(), amount_fen=60_000, evidence="转账凭证")
    for days, party in enumerate(sides(case)):
        with clock.pretend(clock.now() + timedelta(days=days)):
            litigation.serve(
                clerk, case, party, method=ServiceMethod.DIRECT, effective_on=clock.today(), receiver=party.name
            )
    assert settled(case).effective_on is None
    with clock.pretend(clock.now() + timedelta(days=3)):
        litigation.close_case(judge, case, Manner.MEDIATION_DOCUMENT)
    assert settled(case).effective_on == clock.today() + timedelta(days=1)


def test_part_payments_are_recorded_and_fulfilment_is_known(client_for, clerk_li, binding):
    browser = client_for(clerk_li)
    [clause] = clauses(settled(binding))
    url = f"/cases/{binding.id}/ledger"
    assert f'href="{url}"' in browser.get(f"/cases/{binding.id}").html
    assert f'href="{url}"' in browser.get(f"/disputes/{binding.dispute_id}").html
    act = f"{url}/{clause.id}/performance"
    browser.post(act, {"on": "今天", "amount_fen": "200", "evidence": "转账凭证，第一笔"})
    page = browser.get(url)
    assert "已付 200.00 元，共 600.00 元" in page.text
    assert "转账凭证，第一笔" in page.text
    page = browser.post(act, {"on": "今天", "amount_fen": "500", "evidence": "多付"}, status=422)
    assert page.field("evidence") == "多付"
    browser.post(act, {"on": "今天", "amount_fen": "400", "evidence": "余款"})
    assert performance.is_performed(settled(binding))
    assert "全部履行" in browser.get(url).text
    acts = {event.action for event in audit.of_dispute(binding.dispute_id)}
    assert {"performance.record", "clause.perform"} <= acts
    assert db.session.scalar(sa.select(sa.func.count(Performance.id))) == 2


@pytest.mark.parametrize(
    ("who", "reads", "records"),
    [
        ("clerk_li", 200, 200),
        ("triage_sun", 200, 200),
        ("judge_wu", 200, 403),
        ("judge_chen", 403, 403),
        ("president_he", 403, 403),
        ("mediator_wang", 403, 404),
        ("clerk_of_other_court", 404, 404),
        ("auditor", 403, 403),
    ],
)
def test_who_reads_the_ledger_and_who_records(request, client_for, binding, who, reads, records):
    browser = client_for(request.getfixturevalue(who))
    [clause] = clauses(settled(binding))
    browser.get(f"/cases/{binding.id}/ledger", status=reads)
    browser.get(f"/cases/{binding.id}/ledger/{clause.id}/performance", status=records)


def test_before_the_document_binds_there_is_no_ledger(client_for, clerk_li, judge_wu, case):
    write(judge_wu.as_actor(), case)
    client_for(clerk_li).get(f"/cases/{case.id}/ledger", status=404)
    draw_up(judge_wu.as_actor(), case, Effect.ON_RECEIPT)
    client_for(clerk_li).get(f"/cases/{case.id}/ledger", status=404)


# ---- on the screen ---------------------------------------------------------------------------------------------------


def test_the_judge_writes_changes_and_draws_up(client_for, judge_wu, clerk_li, case):
    browser = client_for(judge_wu)
    url = f"/cases/{case.id}/mediation-document"
    plaintiff, defendant = sides(case)
    sent = {
        "debtor_id": defendant.id, "creditor_id": plaintiff.id, "amount_fen": "600", "due_on": "2030-05-06", "account": "6222",
        "method": "", "interest_permille": "", "condition": "",
    }  # fmt: skip
    client_for(clerk_li).post(f"{url}/clauses/new/pay", sent, status=403)
    browser.post(f"{url}/clauses/new/pay", sent | {"account": "刘某😀"}, status=422)
    browser.post(f"{url}/clauses/new/pay", sent)
    browser.post(f"{url}/clauses/new/other", {"text": "双方再无其他争议"})
    pay, other = (clause.id for clause in clauses(being_written(case)))
    browser.post(f"{url}/clauses/{pay}", sent | {"amount_fen": "700"})
    browser.post(f"{url}/clauses/{other}/removal", {})
    page = browser.get(url)
    assert "700.00元" in page.text
    assert "再无其他争议" not in page.text
    browser.get(f"{url}/clauses/{other}", status=404)
    told = {
        "agreed_on": "今天", "how": "court", "organisation": "", "guarantors": "", "fee": "25", "fee_bearer": "被告",
        "effect": "on_agreement", "clerk_name": "李书记", "password": "falsch",
    }  # fmt: skip
    page = browser.post(url, told, status=422)
    assert (page.field("clerk_name"), page.field("password")) == ("李书记", "")
    browser.post(url, told | {"password": world.PASSWORD})
    assert litigation.get(judge_wu.as_actor(), case.id).manner is Manner.MEDIATION_DOCUMENT
    assert clauses(settled(case))[0].amount_fen == 70_000
    browser.post(f"{url}/clauses/new/other", {"text": "晚了"}, status=409)


# ---- reminded and enforced -------------------------------------------------------------------------------------------


def told(kind):
    return db.session.scalars(sa.select(Notice).where(Notice.kind == kind).order_by(Notice.id)).all()


def test_the_debtor_is_reminded_and_the_registry_told_with_the_two_years(clerk_li, binding):
    actor = system(binding.court_id)
    assert dues.remind(actor) == {"performances_soon": 0, "performances_late": 0}
    with clock.pretend(clock.now() + timedelta(days=28)):
        assert dues.remind(actor)["performances_soon"] == 1
        assert dues.remind(actor)["performances_soon"] == 0
    with clock.pretend(clock.now() + LATER):
        assert dues.remind(actor)["performances_late"] == 1
        assert dues.remind(actor)["performances_late"] == 0
        until = enforcement.standing(settled(binding)).until
    [reminder] = {notice.text for notice in told("settlement_due")}
    assert litigation.number_of(binding) in reminder
    assert "600" not in reminder
    late = told("performance.late")
    assert clerk_li.id in {notice.user_id for notice in late}
    assert all(f"{until.year}" in notice.text for notice in late)


def test_one_click_prepares_the_packet_with_the_two_year_date(client_for, clerk_li, binding):
    [clause] = clauses(settled(binding))
    performance.record(
        clerk_li.as_actor(), settled(binding), clause, on=clock.today(), amount_fen=20_000, evidence="转账凭证"
    )
    url = f"/cases/{binding.id}/enforcement"
    assert enforcement.standing(settled(binding)).obstacle is Obstacle.NOTHING_OVERDUE
    with clock.pretend(clock.now() + LATER):
        browser = client_for(clerk_li)
        now = enforcement.standing(settled(binding))
        assert (now.obstacle, now.title, now.in_force_on) == (None, Title.MEDIATION_DOCUMENT, binding.agreed_on)
        assert clause.due_on.replace(year=clause.due_on.year + 2) <= now.until
        assert f'href="{url}"' in browser.get(f"/cases/{binding.id}/ledger").html
        browser.post(f"{url}/{clause.creditor_id}")
        made = store.latest(enforcement.KIND, "party", clause.creditor_id)
        assert made.data["in_court"]
        assert made.data["open_fen"] == 40_000
        assert made.data["late"][0][2:] == ["600.00", "200.00", "400.00"]
        assert [row[3] for row in made.data["paid"]] == ["转账凭证"]
        assert made.data["until"] == now.until.isoformat()
        assert made.data["enclosures"][0] == "民事调解书"
        assert f"/documents/{made.id}" in browser.get(url).html


@pytest.mark.parametrize(("who", "status"), [("judge_wu", 403), ("clerk_of_other_court", 404), ("mediator_wang", 403)])
def test_the_registry_alone_packs(request, client_for, binding, who, status):
    url = f"/cases/{binding.id}/enforcement"
    creditor = clauses(settled(binding))[0].creditor_id
    with clock.pretend(clock.now() + LATER):
        browser = client_for(request.getfixturevalue(who))
        browser.get(url, status=status)
        browser.post(f"{url}/{creditor}", status=status)
        browser.get(f"{url}/{creditor}/packet.zip", status=status)


def test_a_case_that_ended_otherwise_has_nothing_to_enforce(client_for, clerk_li, judge_wu, case):
    litigation.close_case(judge_wu.as_actor(), case, Manner.WITHDRAWN, clerk_name="黎燚")
    client_for(clerk_li).get(f"/cases/{case.id}/enforcement", status=404)
    client_for(clerk_li).get(f"/cases/{case.id}/ledger", status=404)
    assert db.session.scalar(sa.select(sa.func.count(Clause.id))) == 0


# ---- corrected before anybody received it (R5-03) --------------------------------------------------------------------


def test_the_clauses_are_taken_over_into_a_corrected_version_that_names_the_old_one(judge_wu, case, client_for):
    judge = judge_wu.as_actor()
    write(judge, case)
    first = draw_up(judge, case, effect=Effect.ON_RECEIPT)
    browser, here = client_for(judge_wu), f"/cases/{case.id}/mediation-document"
    assert browser.get(here).soup.select(f"form[action='{here}/correction']")
    browser.post(f"{here}/correction")
    [old], [new] = clauses(settled(case)), clauses(being_written(case))
    assert drafting.facts_of(new) == drafting.facts_of(old)
    drafting.write_clause(judge, being_written(case), paying(case, 70_000), clause_id=new.id)
    second = draw_up(judge, case, effect=Effect.ON_RECEIPT)
    assert (first.version, second.version) == (1, 2)
    assert first.data["replaces"] is None
    text = paper(second)
    assert first.code in text
    assert "700.00元" in text
    assert [clause.amount_fen for clause in clauses(settled(case))] == [70_000]
    assert old.document_id == first.id


def test_what_is_begun_or_served_is_not_taken_over(judge_wu, case, clerk_li):
    judge = judge_wu.as_actor()
    with pytest.raises(DomainError):
        settling.take_over(judge, case)
    write(judge, case)
    draw_up(judge, case, effect=Effect.ON_RECEIPT)
    settling.take_over(judge, case)
    with pytest.raises(DomainError) as refused:
        settling.take_over(judge, case)
    assert (refused.value.article, bool(refused.value.remedy)) == ("CPL art. 157", True)
    drafting.remove_clause(judge, being_written(case), clauses(being_written(case))[0])
    litigation.serve(
        clerk_li.as_actor(),
        case,
        sides(case)[0],
        method=ServiceMethod.DIRECT,
        effective_on=clock.today(),
        receiver="刘某",
    )
    with pytest.raises(DomainError):
        settling.take_over(judge, case)
    with pytest.raises(NotPermitted):
        settling.take_over(clerk_li.as_actor(), case)
