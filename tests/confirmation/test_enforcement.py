"""The packet for enforcement: only where there is a title in force, for what is overdue, for whom it is owed."""

import io
import zipfile
from datetime import timedelta
from types import SimpleNamespace

import pypdf
import pytest
import sqlalchemy as sa

from mediation.agreements.services import drafting, performance
from mediation.confirmation import services as confirmations
from mediation.confirmation.documents import USUAL_ANSWER
from mediation.confirmation.enforcement import services
from mediation.confirmation.enforcement.rules import Obstacle
from mediation.confirmation.rules import Finding, Ground, Material, Question
from mediation.confirmation.services import Applicant
from mediation.disputes import services as disputes
from mediation.documents import making
from mediation.documents import services as store
from mediation.documents.models import Document
from mediation.documents.rules import Status as DocumentStatus
from mediation.kernel import audit, clock
from mediation.kernel.db import db
from mediation.kernel.errors import DomainError, NotPermitted
from mediation.notices.rules import ServiceMethod
from tests import builders
from tests.world import PASSWORD

LATER = timedelta(days=40)


@pytest.fixture
def agreement(clerk_li, mediator_wang):
    """In effect, payable in a fortnight."""
    return builders.signed_agreement(clerk_li.as_actor(), mediator_wang.as_actor())


def confirm(agreement, *, serve=True):
    clerk, judge = builders.someone("clerk_li").as_actor(), builders.someone("judge_chen").as_actor()
    parties = disputes.parties(agreement.dispute_id)
    dispute = disputes.get(clerk, agreement.dispute_id)
    applicants = [Applicant(p.id) for p in parties]
    found = confirmations.apply(clerk, dispute, applicants=applicants, materials=list(Material))
    confirmations.accept(judge, found)
    answers = {q: USUAL_ANSWER.get(q, "已当庭核实。") for q in Question}
    confirmations.question(judge, found, present=[p.id for p in parties], answers=answers)
    confirmations.examine(judge, found, findings=dict.fromkeys(Ground, Finding.CLEAR))
    confirmations.rule_valid(judge, found, password=PASSWORD)
    for party in parties if serve else ():
        confirmations.serve(
            clerk, found, party, method=ServiceMethod.DIRECT, effective_on=clock.today(), receiver=party.name
        )
    return found


def paying(agreement):
    return drafting.clauses(agreement)[1]


# ---- how things stand ------------------------------------------------------------------------------------------------


def refusal(agreement):
    found = services.standing(agreement)
    return found.obstacle, (found.refusal.article if found.refusal else "")


def test_without_confirmation_the_page_says_what_remains_possible(client_for, clerk_li, agreement):
    with clock.pretend(clock.now() + timedelta(days=20)):
        assert refusal(agreement) == (Obstacle.MAY_STILL_CONFIRM, "CPL arts 205, 206")
        page = client_for(clerk_li).get(f"/agreements/{agreement.id}/enforcement")
        assert "第二百零六条" in page.text
        assert "司法确认" in page.text
        creditor = paying(agreement).creditor_id
        answer = client_for(clerk_li).post(f"/agreements/{agreement.id}/enforcement/{creditor}", status=409)
        assert "第二百零六条" in answer.text
    with clock.pretend(clock.now() + LATER):
        assert refusal(agreement) == (Obstacle.NO_TITLE, "CPL art. 206; S3 art. 32")
    assert store.latest(services.KIND, "party", paying(agreement).creditor_id) is None


def test_while_it_is_before_the_court_and_until_the_ruling_is_served_nothing_is_enforced(clerk_li, agreement):
    dispute = disputes.get(clerk_li.as_actor(), agreement.dispute_id)
    everyone = [Applicant(p.id) for p in disputes.parties(agreement.dispute_id)]
    confirmations.apply(clerk_li.as_actor(), dispute, applicants=everyone, materials=list(Material))
    with clock.pretend(clock.now() + LATER):
        assert refusal(agreement)[0] is Obstacle.BEFORE_THE_COURT


def test_a_ruling_not_served_on_all_is_not_in_force(agreement):
    confirm(agreement, serve=False)
    with clock.pretend(clock.now() + LATER):
        assert refusal(agreement) == (Obstacle.NOT_IN_FORCE, "CPL art. 247")


def test_before_the_last_day_is_over_nothing_is_overdue(agreement):
    confirm(agreement)
    last = paying(agreement).due_on
    with clock.pretend(clock.at(last, 23)):
        assert refusal(agreement)[0] is Obstacle.NOTHING_OVERDUE
    with clock.pretend(clock.at(last + timedelta(days=1))):
        assert refusal(agreement)[0] is None


def test_the_courts_own_deadline_names_the_last_day(agreement):
    confirm(agreement)
    with clock.pretend(clock.now() + LATER):
        until, due_on = services.standing(agreement).until, paying(agreement).due_on
    assert until >= due_on.replace(year=due_on.year + 2)
    assert until <= due_on.replace(year=due_on.year + 2) + timedelta(days=15)


# ---- the packet ------------------------------------------------------------------------------------------------------


def test_one_click_writes_the_application_from_the_ledger(client_for, clerk_li, agreement):
    found = confirm(agreement)
    clause = paying(agreement)
    performance.record(clerk_li.as_actor(), agreement, clause, on=clock.today(), amount_fen=20_000, evidence="转账凭证")
    with clock.pretend(clock.now() + LATER):
        browser = client_for(clerk_li)
        assert f"/agreements/{agreement.id}/enforcement" in browser.get(f"/agreements/{agreement.id}").html
        url = f"/agreements/{agreement.id}/enforcement"
        browser.post(f"{url}/{clause.creditor_id}")
        page = browser.get(url)
        made = store.latest(services.KIND, "party", clause.creditor_id)
        assert f"/documents/{made.id}" in page.html
        told = made.data
        assert told["open_fen"] == clause.amount_fen - 20_000
        assert [row[3] for row in told["paid"]] == ["转账凭证"]
        assert told["late"][0][2:] == ["1,200.00", "200.00", "1,000.00"]
        assert told["acts"] == []
        ruling = db.session.get_one(Document, found.ruling_document_id)
        assert told["title_number"] == ruling.number
        assert told["enclosures"][:2] == [ruling.called, "调解协议书"]
        assert len([name for name in told["enclosures"] if name.startswith("送达回证")]) == 2
        assert {"document.request"} <= {event.action for event in audit.of_dispute(agreement.dispute_id)}
        browser.post(f"{url}/{clause.creditor_id}")
        assert store.latest(services.KIND, "party", clause.creditor_id).version == 2
    assert list(audit.verify()) == []


@pytest.fixture
def packed(clerk_li, agreement):
    """A packet whose papers were made, each a page or two."""
    confirm(agreement)
    creditor = paying(agreement).creditor_id
    with clock.pretend(clock.now() + LATER):
        services.make(clerk_li.as_actor(), agreement, creditor)
        for number, document in enumerate(services.papers(clerk_li.as_actor(), agreement, creditor), 1):
            if document.status is not DocumentStatus.READY:
                made = making.Made(pages(number))
                store._settle(document.id, store.system(agreement.court_id), made)
        db.session.commit()
        yield SimpleNamespace(agreement=agreement, creditor=creditor)


def pages(count):
    writer, written = pypdf.PdfWriter(), io.BytesIO()
    for _page in range(count):
        writer.add_blank_page(width=595, height=842)
    writer.write(written)
    return written.getvalue()


def test_the_zip_holds_every_archived_file_unchanged_and_one_to_print(client_for, clerk_li, packed):
    url = f"/agreements/{packed.agreement.id}/enforcement/{packed.creditor}"
    answer = client_for(clerk_li).get(f"{url}/packet.zip").response
    assert answer.mimetype == "application/zip"
    with zipfile.ZipFile(io.BytesIO(answer.data)) as archive:
        names = archive.namelist()
        files = services.papers(clerk_li.as_actor(), packed.agreement, packed.creditor)
        assert len(names) == len(files) + 1 == 6
        assert names[0].startswith("01 强制执行申请书")
        for name, document in zip(names, files, strict=False):
            assert archive.read(name) == store.open_file(clerk_li.as_actor(), document).content
        whole = pypdf.PdfReader(io.BytesIO(archive.read("打印合集.pdf")))
    # One, two, three, four, five pages: those of odd length end with a blank back.
    assert len(whole.pages) == 2 + 2 + 4 + 4 + 6
    alone = client_for(clerk_li).get(f"{url}/print.pdf").response
    assert len(pypdf.PdfReader(io.BytesIO(alone.data)).pages) == 18


def test_before_it_was_made_there_is_no_packet_and_for_others_none(client_for, clerk_li, agreement):
    confirm(agreement)
    with clock.pretend(clock.now() + LATER):
        parties = disputes.parties(agreement.dispute_id)
        debtor = paying(agreement).debtor_id
        url = f"/agreements/{agreement.id}/enforcement"
        for party in parties:
            client_for(clerk_li).get(f"{url}/{party.id}/packet.zip", status=404)
            client_for(clerk_li).get(f"{url}/{party.id}/print.pdf", status=404)
        answer = client_for(clerk_li).post(f"{url}/{debtor}", status=409)
        assert "第二百四十七条" in answer.text
        client_for(clerk_li).post(f"{url}/999999", status=409)
        with pytest.raises(NotPermitted):
            services.make(builders.someone("judge_chen").as_actor(), agreement, paying(agreement).creditor_id)


@pytest.mark.parametrize(
    ("who", "status"),
    [("clerk_of_other_court", 404), ("mediator_wang", 403), ("judge_chen", 403), ("president_he", 403), ("auditor", 403)],
)  # fmt: skip
def test_the_registry_alone_puts_it_together(request, client_for, packed, who, status):
    browser = client_for(request.getfixturevalue(who))
    url = f"/agreements/{packed.agreement.id}/enforcement"
    browser.get(url, status=status)
    browser.get(f"{url}/{packed.creditor}/packet.zip", status=status)
    browser.get(f"{url}/{packed.creditor}/print.pdf", status=status)
    browser.post(f"{url}/{packed.creditor}", status=status)


def test_from_the_dispute_and_from_the_ruling_the_registry_goes_there_once_it_is_served(
    client_for, clerk_li, judge_chen, agreement
):
    there = f"/agreements/{agreement.id}/enforcement"

    def offered(who, page):
        return f'href="{there}"' in client_for(who).get(page).html

    pages = [f"/disputes/{agreement.dispute_id}"]
    assert not offered(clerk_li, pages[0])
    found = confirm(agreement, serve=False)
    pages.append(f"/confirmations/{found.id}")
    assert [offered(clerk_li, page) for page in pages] == [False, False]
    for party in disputes.parties(agreement.dispute_id):
        confirmations.serve(
            clerk_li.as_actor(), found, party, method=ServiceMethod.DIRECT, effective_on=clock.today(), receiver="本人"
        )
    assert [offered(clerk_li, page) for page in pages] == [True, True]
    assert [offered(judge_chen, page) for page in pages] == [False, False]


def test_of_an_agreement_not_in_effect_there_is_no_such_page(client_for, clerk_li, mediator_wang):
    assignment = builders.accepted_assignment(clerk_li.as_actor(), mediator_wang.as_actor())
    builders.open_session(mediator_wang.as_actor(), assignment)
    draft = builders.drafted_agreement(mediator_wang.as_actor(), assignment)
    client_for(clerk_li).get(f"/agreements/{draft.id}/enforcement", status=404)
    with pytest.raises(DomainError):
        services.make(clerk_li.as_actor(), draft, paying(draft).creditor_id)
    count = db.session.scalar(sa.select(sa.func.count(Document.id)).where(Document.kind == services.KIND))
    assert count == 0
