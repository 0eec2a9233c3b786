"""After filing every paper of the mediation speaks of plaintiff and defendant; papers of each party say whose they are."""

from datetime import timedelta

import sqlalchemy as sa

from mediation.assignment import services as assignments
from mediation.disputes import documents as receiving
from mediation.disputes import people
from mediation.disputes import services as disputes
from mediation.disputes.people import AddressData
from mediation.documents.models import Document
from mediation.kernel.db import db
from tests import builders

FACTS = "申请人承租被申请人的房屋，灯泡、浴霸损坏，申请人要求退租。"


def papers(dispute_id: int, *kinds: str) -> list[Document]:
    rows = sa.select(Document).where(Document.dispute_id == dispute_id, Document.kind.in_(kinds))
    return list(db.session.scalars(rows.order_by(Document.id)))


def test_papers_of_an_entrusted_mediation_name_plaintiff_and_defendant(client_for, clerk_li, mediator_wang):
    clerk, mediator = clerk_li.as_actor(), mediator_wang.as_actor()
    made = builders.entrusted_assignment(clerk, mediator, facts=FACTS)
    until = assignments.clock_of(made).final_on + timedelta(days=10)
    assignments.extend(mediator, made, until=until, agreed_by=builders.party_ids(made.dispute_id), reason="核对票据")
    builders.open_session(mediator, made)
    party = disputes.parties(made.dispute_id)[0]
    told = AddressData(address="测试路1号", recipient=party.name, phone="13900000000")
    receiving.address_confirmation(clerk, party, people.confirm_address(clerk, party, told))
    kinds = ("entrustment_letter", "extension_confirmation", "rights_notice", "address_confirmation")
    written = papers(made.dispute_id, *kinds)
    assert {paper.kind for paper in written} == set(kinds)
    for paper in written:
        assert "申请人" not in str(paper.data), paper.kind
        assert "原告" in str(paper.data), paper.kind
    browser = client_for(mediator_wang)
    draft = browser.get(f"/assignments/{made.id}/agreements/new")
    assert "原告承租被告的房屋" in draft.field("facts")


def test_before_filing_they_name_applicant_and_respondent(clerk_li, mediator_wang):
    made = builders.accepted_assignment(clerk_li.as_actor(), mediator_wang.as_actor())
    (letter,) = papers(made.dispute_id, "delegation_letter")
    assert {party["role"] for party in letter.data["parties"]} == {"申请人", "被申请人"}


def test_papers_of_each_party_say_whose_they_are(client_for, clerk_li):
    dispute = builders.make_consented(clerk_li.as_actor())
    names = {party.name for party in disputes.parties(dispute.id)}
    for kind in ("consent", "guidance"):
        assert {paper.party for paper in papers(dispute.id, kind)} == names
    db.session.commit()
    page = client_for(clerk_li).get(f"/disputes/{dispute.id}")
    rows = [" ".join(row.get_text(" ").split()) for row in page.soup.select("table tr") if "调解意愿" in row.get_text()]
    assert len(rows) >= 2
    assert all(any(name in row for row in rows) for name in names)
    paper = papers(dispute.id, "consent")[0]
    assert paper.called == f"{paper.title}（{paper.party}）"
