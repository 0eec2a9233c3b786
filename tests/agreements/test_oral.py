"""An oral agreement: recorded by whoever mediates, in effect at once before a committee, once signed when delegated."""

import pytest

from mediation.agreements.rules import AgreementStatus, OralObstacle, SignManner
from mediation.agreements.services import drafting, oral, signing
from mediation.assignment.rules import Kind
from mediation.assignment.rules import Status as Mediation
from mediation.disputes.rules import Status
from mediation.documents.models import Document
from mediation.kernel import clock
from mediation.kernel.db import db
from mediation.kernel.errors import DomainError, IllegalStep, NotPermitted
from mediation.periods import services as periods
from mediation.periods.table import PeriodKey
from tests import builders
from tests.builders import disputes
from tests.documents.reading import paper


def drafted(clerk, mediator, *, outside: bool = False, assignment=None):
    """A draft that nobody plans to have confirmed."""
    actor = mediator.as_actor()
    if assignment is None:
        dispute = builders.make_consented(clerk.as_actor(), outside=outside, has_complaint=not outside)
        assignment = builders.accepted_assignment(clerk.as_actor(), actor, dispute)
    builders.open_session(actor, assignment)
    made = builders.drafted_agreement(actor, assignment)
    told = {name: getattr(made, name) for name in drafting.Draft.__dataclass_fields__} | {"confirmation_planned": False}
    drafting.edit(actor, made, drafting.Draft(**told), version=made.version)
    return made


def test_before_the_committee_it_is_in_effect_from_that_day(clerk_li, mediator_wang):
    made = drafted(clerk_li, mediator_wang, outside=True)
    assert made.assignment.kind is Kind.REFERRED
    oral.agree(mediator_wang.as_actor(), made)
    assert (made.status, made.effective_on, made.oral) == (AgreementStatus.EFFECTIVE, clock.today(), True)
    assert signing.wanted(made) == []
    assert made.assignment.status is Mediation.AGREED
    assert disputes.get(clerk_li.as_actor(), made.dispute_id).status is Status.AGREED
    assert periods.current("agreement", made.id, PeriodKey.CONFIRM_APPLY).start_on == clock.today()
    text = paper(db.session.get_one(Document, made.document_id))
    for words in (
        "口头调解协议笔录",
        "《中华人民共和国人民调解法》第二十八条",
        "第三十条",
        "可以签名",
        "1,200.00",
        "调解员（签名）",
    ):
        assert words in text


def test_delegated_by_the_court_the_record_is_signed(clerk_li, mediator_wang):
    made, actor = drafted(clerk_li, mediator_wang), mediator_wang.as_actor()
    oral.agree(actor, made)
    assert (made.status, made.oral) == (AgreementStatus.SIGNING, True)
    text = paper(db.session.get_one(Document, made.document_id))
    assert "特邀调解的规定》第二十三条" in text
    assert "调解组织（盖章）" in text
    for signature in signing.wanted(made):
        signing.sign(actor, made, signature, manner=SignManner.HANDWRITTEN, at=clock.now())
    assert (made.status, made.effective_on) == (AgreementStatus.EFFECTIVE, clock.today())


def test_taken_back_to_draft_it_may_be_written_after_all(clerk_li, mediator_wang):
    made, actor = drafted(clerk_li, mediator_wang), mediator_wang.as_actor()
    oral.agree(actor, made)
    drafting.reopen(actor, made)
    assert not made.oral
    drafting.put_up(actor, made)
    assert db.session.get_one(Document, made.document_id).kind == "agreement"


def test_after_filing_the_court_needs_the_text(clerk_li, mediator_wang):
    assignment = builders.entrusted_assignment(clerk_li.as_actor(), mediator_wang.as_actor())
    made = drafted(clerk_li, mediator_wang, assignment=assignment)
    with pytest.raises(DomainError) as refused:
        oral.agree(mediator_wang.as_actor(), made)
    assert (refused.value.article, bool(refused.value.remedy)) == ("S4 art. 20", True)


def test_what_stands_in_the_way_is_said_on_the_page_and_by_the_act(clerk_li, mediator_wang, client_for):
    assignment = builders.accepted_assignment(clerk_li.as_actor(), mediator_wang.as_actor())
    builders.open_session(mediator_wang.as_actor(), assignment)
    made = builders.drafted_agreement(mediator_wang.as_actor(), assignment)
    assert oral.obstacles(made) == [OralObstacle.CONFIRMATION]
    browser, here = client_for(mediator_wang), f"/agreements/{made.id}"
    page = browser.get(here)
    assert "第三百五十四条" in page.text
    assert not page.soup.select(f"form[action='{here}/oral']")
    browser.post(f"{here}/oral", status=409)


def test_the_mediator_records_it_on_the_page(clerk_li, mediator_wang, client_for):
    made = drafted(clerk_li, mediator_wang, outside=True)
    browser, here = client_for(mediator_wang), f"/agreements/{made.id}"
    assert browser.get(here).soup.select(f"form[action='{here}/oral']")
    browser.post(f"{here}/oral")
    page = browser.get(here)
    assert "口头" in page.text
    assert made.status is AgreementStatus.EFFECTIVE
    client_for(clerk_li).post(f"{here}/oral", status=403)
    with pytest.raises(IllegalStep):
        oral.agree(mediator_wang.as_actor(), made)
    with pytest.raises(NotPermitted):
        oral.agree(clerk_li.as_actor(), made)


def test_delegated_it_says_that_it_waits_for_signatures(clerk_li, mediator_wang, client_for):
    made = drafted(clerk_li, mediator_wang)
    client_for(mediator_wang).post(f"/agreements/{made.id}/oral")
    assert made.status is AgreementStatus.SIGNING


def test_the_guard_objects_to_it_like_to_a_written_one(clerk_li, mediator_wang):
    made, actor = drafted(clerk_li, mediator_wang, outside=True), mediator_wang.as_actor()
    for clause in list(drafting.clauses(made)):
        drafting.remove_clause(actor, made, clause)
    with pytest.raises(DomainError):
        oral.agree(actor, made)
    assert made.status is AgreementStatus.DRAFT
